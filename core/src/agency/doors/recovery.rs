//! Forgotten passwords (E6, Q4, Q5): by a code to a proven contact, by the
//! security questions, or by both.
//!
//! A recovery that was begun is a sealed token in the hands of whoever began
//! it: nothing rests of it, so that strangers who begin many store nothing. The
//! codes belong to the contact that they were sent to, and any recovery of an
//! account that has this contact may use any of them, so that a stranger's
//! request never ends what the owner was sent (E4).
//!
//! A recovery for an unknown name goes through the same steps, with the same
//! reads, writes and hashes: its codes and answers are always wrong.

use data_encoding::BASE64URL_NOPAD;
use rand::{CryptoRng, RngExt};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::session::know_device;
use super::sign_in::{by_name, canonical_name};
use super::steps::NewPassword;
use crate::account::{Admission, Refusal, State};
use crate::agency::identity::contacts::{self, to_account};
use crate::agency::kernel::act::{Suspended, run_where};
use crate::agency::kernel::tokens::{self, About};
use crate::agency::kernel::ways::{Place, Way};
use crate::agency::kernel::{Act, Agency, Post, Sealing, Source, Tracked, system};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Params};
use crate::id::{AccountId, RecordId};
use crate::password::questions::{Answer, Question, normalise_answer};
use crate::policy::{EnrolmentScheme, RecoveryMethod};
use crate::secret::Secret;
use crate::store::record;
use crate::words::{EventKind, MessageKind, Method, Purpose, Stage};

/// A recovery that was begun. It looks the same for every name (E6).
#[derive(Debug, Clone)]
pub struct Recovery {
    /// What the next step asks.
    pub asks: Asks,
    /// Whoever holds it may take that step.
    pub token: Secret,
}

/// What a step of a recovery asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// The code that was sent to the stored contact, if there is one. Where
    /// several were, each of them is good.
    Code,
    /// The answers to these questions, all of them (Q4).
    Questions(Vec<&'static Question>),
    /// A new password.
    NewPassword,
}

/// A recovery that is over: a new password is set, and nobody is signed in by it.
#[derive(Debug, Clone)]
pub struct Recovered {
    /// Where the account stands.
    pub state: State,
    /// The token by which the device that it was done at is known from now on:
    /// to be kept there, and given with the sign-in that comes next, which no
    /// stranger can keep waiting then (E4). It opens nothing.
    pub device: Secret,
    /// Until when it is good.
    pub device_expires_at: OffsetDateTime,
}

impl Agency {
    /// Begins a recovery: by the policy it sends a code to the stored contact,
    /// or asks the security questions (Q5). For unknown names, and for
    /// accounts that cannot be recovered, the answer and the work are the same.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn recover(&self, username: &str, source: &Source) -> Result<Recovery> {
        run_where(&self.shared, self.id, Suspended::IsEmpty, &system(source), |act| {
            let canonical = canonical_name(act, username);
            let account = by_name(act, &canonical)?.filter(|account| recoverable(account));
            let id = account.as_ref().map_or(AccountId::NOBODY, |account| account.id);
            // What comes of it is told in the account's history, at most once a
            // day; of a name that nobody has it is counted as well.
            let way = account.as_ref().map_or(Way::UnknownName(&canonical), |account| Way::Password(account.id));
            let noted = way.place(act.keys);
            act.counted(noted)?.refusals.add(Refusal::RecoveryStarted, source.as_str(), act.now);
            match act.policy().recovery.method {
                RecoveryMethod::Questions => {
                    let known = questions_of(&answers_of(act, id)?);
                    let account = account.filter(|_| !known.is_empty());
                    let questions = filled_up(act, &canonical, known);
                    let way = account.as_ref().map_or(Way::UnknownQuestions(&canonical), |it| Way::Questions(it.id));
                    let begun = Begun::new(act, account.as_deref(), way.id(act.keys), noted, Kind::Questions);
                    Ok(Recovery { asks: Asks::Questions(questions), token: begun.sealed(act)? })
                }
                RecoveryMethod::Code | RecoveryMethod::CodeThenQuestions => send_code(act, account, &canonical, noted),
            }
        })
    }

    /// Takes a code that was sent (E6), and says what is asked next.
    ///
    /// # Errors
    ///
    /// `recovery.refused`, whatever is wrong: the code, its time, the token,
    /// the account.
    pub fn recovery_code(&self, token: &Secret, code: &str, source: &Source) -> Result<Recovery> {
        let digits: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').take(LONGEST_CODE).collect();
        let next = run_where(&self.shared, self.id, Suspended::IsEmpty, &system(source), |act| {
            let Some(begun) = Begun::opened(act, token, Kind::Code) else { return Ok(None) };
            let mut book = contacts::book(act, begun.counted)?;
            let digest = code_digest(act, begun.counted, &digits);
            let account = begun.account(act)?;
            // A right one ends all codes of the contact; a wrong one counts, of
            // nobody too. What was begun before the account changed does neither.
            let is_over = account.is_none() && begun.account != AccountId::NOBODY;
            let right = !is_over && book.codes.try_code(&digest, act.now);
            let id = account.as_ref().map_or(AccountId::NOBODY, |account| account.id);
            let questions = questions_of(&answers_of(act, id)?);
            if let (true, Some(account)) = (right, &account) {
                if act.policy().recovery.method == RecoveryMethod::CodeThenQuestions && !questions.is_empty() {
                    tokens::end_all(act, account.id, Purpose::RecoveryQuestions)?;
                    let step = tokens::issue_step(act, account, Purpose::RecoveryQuestions, About::default());
                    return Ok(Some(Recovery { asks: Asks::Questions(questions), token: step.token }));
                }
                return last_step(act, account).map(Some);
            }
            count_failure(act, begun.noted(), Refusal::WrongCode, source)?;
            Ok(None)
        })?;
        next.ok_or_else(refused)
    }

    /// Takes the answers to all questions that were asked, and says only
    /// whether they are right together (Q4). The fifth wrong set ends the
    /// recovery; where nothing but questions is asked, it makes further ones
    /// wait (E4).
    ///
    /// # Errors
    ///
    /// `recovery.refused`, whatever is wrong.
    pub fn recovery_answers(&self, token: &Secret, answers: &[Answer<'_>], source: &Source) -> Result<Recovery> {
        let (_, hasher) = self.hashing()?;
        // The try is counted before anyone learns what came of it, so that no
        // more than the limit are answered, however many come at once.
        let tried = self.in_turn(Suspended::IsEmpty, source, |act| Tried::of(act, token))?;
        let right = tried.evaluate(&hasher, answers);
        let next = run_where(&self.shared, self.id, Suspended::IsEmpty, &system(source), |act| {
            let Some(account) = tried.still(act)?.filter(|_| right) else {
                tried.failed(act)?;
                count_failure(act, tried.noted, Refusal::WrongAnswers, source)?;
                return Ok(None);
            };
            tried.succeeded(act)?;
            last_step(act, &account).map(Some)
        })?;
        next.ok_or_else(refused)
    }

    /// Chooses the new password and ends the recovery: all sessions end, the
    /// failures are forgotten, and nobody is signed in by it (E6).
    ///
    /// # Errors
    ///
    /// `step.refused`; the findings about the password, after which the step
    /// stays open.
    pub fn finish_recovery(&self, token: &Secret, password: NewPassword<'_>, source: &Source) -> Result<Recovered> {
        self.choose(token.reveal(), Purpose::NewPassword, password, source, |act, _, account| {
            act.forgive(account)?;
            act.event(account, EventKind::RecoveryFinished, Params::new());
            contacts::notify(act, account, MessageKind::PasswordChanged)?;
            let (_, device, device_expires_at) = know_device(act, account);
            Ok(Recovered { state: State::of(account.stage, false), device, device_expires_at })
        })
    }
}

/// The most characters of a code that are looked at.
const LONGEST_CODE: usize = 64;

fn refused() -> Error {
    Error::new(ErrorKind::Refused, Code::RecoveryRefused)
}

/// Whether an account can be recovered at all: its user has had a password of
/// their own, or has shown the contact to be theirs by redeeming its
/// invitation. Others wait for the office: a lapsed link or temporary password
/// is not got round by forgetting it.
fn recoverable(account: &record::Account) -> bool {
    account.disabled_at.is_none()
        && match account.stage {
            Stage::Active | Stage::QuestionsDue => true,
            Stage::Invited => account.enrolment == EnrolmentScheme::InvitationCode,
            Stage::PasswordDue => false,
        }
}

/// Counts a wrong code or wrong answers where the recovery was noted, for the
/// history of the account.
fn count_failure(act: &Act<'_>, noted: Place, what: Refusal, source: &Source) -> Result<()> {
    act.counted(noted)?.refusals.add(what, source.as_str(), act.now);
    Ok(())
}

/// Sends a code to a proven contact, never to what a visitor typed (U6),
/// unless enough are on their way (E4). Where there is no account or no
/// contact, it does the same work for nobody.
fn send_code(
    act: &mut Act<'_>,
    account: Option<Tracked<record::Account>>,
    canonical: &str,
    noted: Place,
) -> Result<Recovery> {
    let contacts = contacts::of(act, account.as_ref().map_or(AccountId::NOBODY, |account| account.id))?;
    let known = account.as_ref().zip(contacts::proven(&contacts, None));
    // Codes belong to the contact: two accounts of one household share them.
    let counted = match known {
        Some((_, contact)) => contacts::code_book(act, &contact.canonical),
        None => RecordId::derived("codes of nobody", &act.keys.digest("codes of nobody", &[canonical])),
    };
    let method = known.map_or(Method::Email, |(_, contact)| contact.method);
    let mut book = contacts::book(act, counted)?;
    if let Some(new) = book.codes.request(&act.agency.policy.recovery, method, act.now) {
        let (code, expires_at) = (random_digits(new.digits, act.rng), new.expires_at);
        book.codes.sent(new, &code_digest(act, counted, code.reveal()));
        let secrets = [("code", code.reveal())];
        match known {
            Some((account, contact)) => act.post(Post {
                valid: Some(expires_at - act.now),
                ..to_account(account, MessageKind::RecoveryCode, contact, &secrets)
            })?,
            None => act.post_nobody(MessageKind::RecoveryCode, &secrets)?,
        }
    }
    let begun = Begun::new(act, known.map(|(account, _)| &**account), counted, noted, Kind::Code);
    Ok(Recovery { asks: Asks::Code, token: begun.sealed(act)? })
}

/// The step after everything that was asked. A newer one ends the earlier.
fn last_step(act: &mut Act<'_>, account: &record::Account) -> Result<Recovery> {
    tokens::end_all(act, account.id, Purpose::NewPassword)?;
    let step = tokens::issue_step(act, account, Purpose::NewPassword, About::default());
    Ok(Recovery { asks: Asks::NewPassword, token: step.token })
}

/// So many random digits.
fn random_digits(count: u32, rng: &mut dyn CryptoRng) -> Secret {
    let digits: String = (0..count).map(|_| char::from(b'0' + rng.random_range(0..10u8))).collect();
    Secret::from(digits)
}

fn code_digest(act: &Act<'_>, book: RecordId, code: &str) -> [u8; 32] {
    act.keys.digest("recovery code", &[&book.to_string(), code])
}

/// What the first step of a recovery asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Code,
    Questions,
}

impl Kind {
    const fn letter(self) -> &'static str {
        match self {
            Self::Code => "c",
            Self::Questions => "q",
        }
    }
}

/// A recovery that was begun, as its token says it: of whom, where what it
/// guesses at is counted, and where it is noted for the history. Of a name that
/// nobody has, both are rows of that name alone: who guesses at one never waits
/// for those at another. Always of one length.
#[derive(Clone, Copy)]
struct Begun {
    account: AccountId,
    counted: RecordId,
    noted: RecordId,
    epoch: i64,
    until: i64,
    kind: Kind,
}

impl Begun {
    fn new(act: &Act<'_>, account: Option<&record::Account>, counted: RecordId, noted: Place, kind: Kind) -> Self {
        let minutes = match kind {
            // As long as a code may be good.
            Kind::Code => act.policy().recovery.email_minutes,
            Kind::Questions => act.policy().enrolment.step_minutes,
        };
        let until = act.now.saturating_add(Duration::minutes(minutes.into()));
        Self {
            account: account.map_or(AccountId::NOBODY, |account| account.id),
            counted,
            noted: noted.id,
            epoch: account.map_or(0, |account| account.epoch),
            until: crate::time_ms(until),
            kind,
        }
    }

    fn sealed(self, act: &mut Act<'_>) -> Result<Secret> {
        let text = format!(
            "{}{}{}{}{:020}{:020}",
            self.kind.letter(),
            self.account.0.simple(),
            self.counted.0.simple(),
            self.noted.0.simple(),
            self.epoch,
            self.until
        );
        let sealed = act.keys.seal(Sealing::Recovery, act.agency.id.0.as_bytes(), &text, act.rng)?;
        Ok(Secret::from(BASE64URL_NOPAD.encode(&sealed)))
    }

    /// What a token says, if it is one of that kind and its time is not over.
    fn opened(act: &Act<'_>, token: &Secret, kind: Kind) -> Option<Self> {
        let sealed = BASE64URL_NOPAD.decode(token.reveal().as_bytes()).ok()?;
        let text = act.keys.unseal(Sealing::Recovery, act.agency.id.0.as_bytes(), &sealed).ok()?;
        let rest = text.reveal().strip_prefix(kind.letter())?;
        let (account, rest) = rest.split_at_checked(32)?;
        let (counted, rest) = rest.split_at_checked(32)?;
        let (noted, rest) = rest.split_at_checked(32)?;
        let (epoch, until) = rest.split_at_checked(20)?;
        let begun = Self {
            account: AccountId(Uuid::parse_str(account).ok()?),
            counted: RecordId(Uuid::parse_str(counted).ok()?),
            noted: RecordId(Uuid::parse_str(noted).ok()?),
            epoch: epoch.parse().ok()?,
            until: until.parse().ok()?,
            kind,
        };
        (crate::time_ms(act.now) < begun.until).then_some(begun)
    }

    /// Where it is noted, for the history of its account.
    fn noted(self) -> Place {
        Place::at(self.noted, Some(self.account).filter(|account| *account != AccountId::NOBODY))
    }

    /// Where answers are counted.
    fn place(self, act: &Act<'_>) -> Place {
        if self.account == AccountId::NOBODY {
            Place::at(self.counted, None)
        } else {
            Way::Questions(self.account).place(act.keys)
        }
    }

    /// Its account, if it may come in, nothing ended what was begun, and the
    /// contact that the codes went to is its own still (C1). As much is read
    /// where there is none.
    fn account(self, act: &Act<'_>) -> Result<Option<Tracked<record::Account>>> {
        let account = act.by_id::<record::Account>(self.account.0)?;
        let account =
            account.filter(|account| account.epoch == self.epoch && recoverable(account) && tokens::is_open(account));
        let theirs = contacts::of(act, account.as_ref().map_or(AccountId::NOBODY, |account| account.id))?;
        let mut proven = theirs.iter().filter(|contact| contact.proven_at.is_some());
        let is_theirs = proven.any(|contact| contacts::code_book(act, &contact.canonical) == self.counted);
        Ok(account.filter(|_| is_theirs))
    }
}

/// A set of answers that is being tried.
struct Tried {
    account: AccountId,
    /// Where it is noted, for the history of the account.
    noted: Place,
    way: TriedAt,
    /// Whether it was let in.
    counts: bool,
    epoch: i64,
    /// The answers that were stored when it was.
    stored: Vec<(String, String)>,
    /// How many hashes it costs.
    asked: usize,
}

/// Where a set of answers is counted.
enum TriedAt {
    /// At the step that a right code began.
    Step(Uuid),
    /// At the account, or at what stands for an unknown name.
    Way(Place),
    /// Nowhere: the token is none.
    Nowhere,
}

impl Tried {
    /// One look at a set of answers; nothing where it has to come back.
    fn of(act: &mut Act<'_>, token: &Secret) -> Result<Option<Self>> {
        let (account, noted, epoch, way, counts) = match Begun::opened(act, token, Kind::Questions) {
            Some(begun) => {
                let mut counted = act.counted(begun.place(act))?;
                let mut throttle = counted.throttle();
                let counts = match throttle.admit(&act.policy().throttle, act.now) {
                    Admission::Busy => return Ok(None),
                    admission => admission == Admission::Evaluate,
                };
                counted.keep(throttle);
                (begun.account, begun.noted(), begun.epoch, TriedAt::Way(begun.place(act)), counts)
            }
            None => match tokens::find(act, token.reveal(), Purpose::RecoveryQuestions)? {
                Some((mut step, account)) => {
                    let live = account.as_ref().is_some_and(|account| tokens::is_live(&step, account, act.now));
                    step.tries = step.tries.saturating_add(1);
                    let limit = act.policy().recovery.answer_tries;
                    if step.tries >= limit {
                        // The last one is under way; it ends itself where it is right.
                        tokens::end(act, &mut step);
                    }
                    let id = account.as_ref().map_or(AccountId::NOBODY, |account| account.id);
                    let noted = Way::Password(id).place(act.keys);
                    (id, noted, step.epoch, TriedAt::Step(step.id.0), live && step.tries <= limit)
                }
                None => {
                    let nobody = AccountId::NOBODY;
                    (nobody, Way::Password(nobody).place(act.keys), 0, TriedAt::Nowhere, false)
                }
            },
        };
        let stored = stored(&answers_of(act, account)?);
        Ok(Some(Self { account, noted, way, counts, epoch, asked: asked(act), stored }))
    }

    /// Whether all answers are right together. It costs one hash for each
    /// question, whether there is an account or not, whether it was let in or
    /// not, and however many of the answers are wrong.
    fn evaluate(&self, hasher: &crate::password::Hasher, answers: &[Answer<'_>]) -> bool {
        let answered = match self.way {
            // Those that were invented have no right answer, nor a wrong one.
            TriedAt::Way(_) => answers.len() == self.asked,
            _ => answers.len() == self.stored.len(),
        };
        let mut right = self.counts && !self.stored.is_empty() && answered;
        for at in 0..self.asked {
            let expected = self.stored.get(at);
            let given = expected.and_then(|(question, _)| answers.iter().find(|answer| answer.question == question));
            right &= match (expected, given) {
                (Some((_, hash)), Some(given)) if given.answer.len() <= crate::password::MAX_BYTES => {
                    match hasher.verify(hash, normalise_answer(given.answer).reveal()) {
                        Ok(verified) => verified.matches,
                        // Some letters grow when they are made alike (Q3), and
                        // what is too long then costs a hash like the others.
                        Err(_) => {
                            hasher.decoy("");
                            false
                        }
                    }
                }
                (expected, _) => {
                    hasher.decoy("");
                    expected.is_none()
                }
            };
        }
        right
    }

    /// The account, if nothing has changed since it was let in.
    fn still(&self, act: &Act<'_>) -> Result<Option<Tracked<record::Account>>> {
        let account = act.by_id::<record::Account>(self.account.0)?;
        let same = stored(&answers_of(act, self.account)?) == self.stored;
        Ok(account.filter(|account| same && account.epoch == self.epoch && tokens::is_open(account)))
    }

    fn failed(&self, act: &Act<'_>) -> Result<()> {
        if let (TriedAt::Way(way), true) = (&self.way, self.counts) {
            let mut counted = act.counted(*way)?;
            let mut throttle = counted.throttle();
            throttle.failed(&act.policy().throttle, act.now);
            counted.keep(throttle);
        }
        Ok(())
    }

    fn succeeded(&self, act: &Act<'_>) -> Result<()> {
        match &self.way {
            TriedAt::Way(way) => {
                let mut counted = act.counted(*way)?;
                let mut throttle = counted.throttle();
                throttle.succeeded();
                counted.keep(throttle);
            }
            TriedAt::Step(step) => {
                if let Some(mut step) = act.by_id::<record::Token>(*step)? {
                    step.ended_at.get_or_insert(act.now);
                }
            }
            TriedAt::Nowhere => {}
        }
        Ok(())
    }
}

/// How many questions are asked at most of whoever recovers by them: as many as
/// the policy has for anybody, whatever it had when the answers were given. Where
/// the number is shown before anything is proven, it is one for all.
fn asked(act: &Act<'_>) -> usize {
    usize::try_from(act.policy().questions.most()).unwrap_or(usize::MAX).clamp(1, Question::ALL.len())
}

/// The answers of an account that are asked for: always the same, in the order
/// of the list.
fn answers_of(act: &Act<'_>, account: AccountId) -> Result<Vec<Tracked<record::Answer>>> {
    let mut answers = act.find::<record::Answer>(&act.all().is(record::Answer::account, account))?;
    answers.retain(|answer| Question::find(&answer.question).is_some());
    answers.sort_by_key(|answer| Question::ALL.iter().position(|known| known.id == answer.question));
    answers.truncate(asked(act));
    Ok(answers)
}

fn stored(answers: &[Tracked<record::Answer>]) -> Vec<(String, String)> {
    answers.iter().map(|answer| (answer.question.clone(), answer.hash.clone())).collect()
}

fn questions_of(answers: &[Tracked<record::Answer>]) -> Vec<&'static Question> {
    answers.iter().filter_map(|answer| Question::find(&answer.question)).collect()
}

/// Those questions, and invented ones where they are fewer than are asked: a
/// function of the name, so that asking again asks the same, and that a name
/// that nobody has is asked as many as one that somebody has (Q5).
fn filled_up(act: &Act<'_>, canonical: &str, mut questions: Vec<&'static Question>) -> Vec<&'static Question> {
    let rank = |question: &&Question| act.keys.digest("invented question", &[canonical, question.id]);
    let mut others: Vec<&Question> =
        Question::ALL.iter().filter(|question| questions.iter().all(|asked| asked.id != question.id)).collect();
    others.sort_by_cached_key(rank);
    others.truncate(asked(act).saturating_sub(questions.len()));
    questions.extend(others);
    questions.sort_by_key(|question| Question::ALL.iter().position(|known| known.id == question.id));
    questions
}
