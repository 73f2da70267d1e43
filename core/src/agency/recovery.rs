//! Forgotten passwords (E6, Q4, Q5): by a code to the stored contact, by the
//! security questions, or by both.
//!
//! A recovery for an unknown name goes through the same steps and the same
//! work: it has a token without an account, whose codes and answers are
//! always wrong. Every wrong code and every wrong set of answers counts at
//! the account as a wrong password does (E4).

use data_encoding::HEXLOWER;
use rand::{CryptoRng, RngExt};
use subtle::ConstantTimeEq;
use time::Duration;

use super::act::{self, Act, Post};
use super::actor::Source;
use super::enrol::to_account;
use super::sign_in::by_name;
use super::steps::{NewPassword, set_password};
use super::{Agency, tokens};
use crate::account::{Admission, State, Throttle, TokenLife};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Params, params};
use crate::id::{AccountId, RecordId, TokenId};
use crate::invitation::choose_method;
use crate::password::Hasher;
use crate::password::questions::{Answer, Question, normalise_answer};
use crate::policy::{EnrolmentScheme, RecoveryMethod};
use crate::secret::Secret;
use crate::store::{Test, record};
use crate::username;
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
    /// The code that was sent to the stored contact, if there is one.
    Code,
    /// The answers to these questions, all of them (Q4).
    Questions(Vec<&'static Question>),
    /// A new password.
    NewPassword,
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
        act::run(&self.shared, self.id, &act::system(source), |act| {
            let canonical = username::canonical(username, &act.agency.country);
            // Too many requests for one name send nothing more; nobody learns it.
            let subject = RecordId::derived("recovery", canonical.as_bytes());
            let admitted = super::invite::with_throttle(act, subject, |throttle, policy, now| {
                let admitted = throttle.admit(policy, now) == Admission::Evaluate;
                if admitted {
                    throttle.failed(policy, now);
                }
                admitted
            })?;
            let account = by_name(act, username)?.filter(|account| admitted && recoverable(account));
            let method = act.policy().recovery.method;
            match method {
                RecoveryMethod::Questions => ask(act, account, &canonical),
                RecoveryMethod::Code | RecoveryMethod::CodeThenQuestions => send_code(act, account),
            }
        })
    }

    /// Takes the code that was sent (E6), and says what is asked next. The
    /// fifth wrong code ends the recovery.
    ///
    /// # Errors
    ///
    /// `recovery.refused`, whatever is wrong: the code, its time, the token,
    /// the account.
    pub fn recovery_code(&self, token: &Secret, code: &str, source: &Source) -> Result<Recovery> {
        let digits: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let right = |act: &Act<'_>, found: &record::Token, _: Option<&record::Account>| {
            let expected = code_digest(act, found.id, &digits);
            Ok(found.code_digest.as_deref().is_some_and(|stored| bool::from(stored.ct_eq(&expected))))
        };
        self.try_step(token, Purpose::RecoveryCode, source, right, |act, account| {
            let questions = asked_of(act, account.id)?;
            if act.policy().recovery.method == RecoveryMethod::CodeThenQuestions && !questions.is_empty() {
                let step = tokens::issue_step(act, account, Purpose::RecoveryQuestions, false);
                return Ok(Recovery { asks: Asks::Questions(questions), token: step.token });
            }
            Ok(last_step(act, account))
        })
    }

    /// Takes the answers to all questions that were asked, and says only
    /// whether they are right together (Q4). The fifth wrong set ends the
    /// recovery.
    ///
    /// # Errors
    ///
    /// `recovery.refused`, whatever is wrong.
    pub fn recovery_answers(&self, token: &Secret, answers: &[Answer<'_>], source: &Source) -> Result<Recovery> {
        let keys = self.shared.key.agency(self.id);
        let cost = self.record()?.policy.password.cost;
        let hasher = self.shared.hasher(self.id, cost, &keys);
        let right = |act: &Act<'_>, _: &record::Token, account: Option<&record::Account>| {
            all_right(act, &hasher, account, answers)
        };
        self.try_step(token, Purpose::RecoveryQuestions, source, right, |act, account| Ok(last_step(act, account)))
    }

    /// Chooses the new password and ends the recovery: all sessions end, the
    /// failures are forgotten, and nobody is signed in by it (E6).
    ///
    /// # Errors
    ///
    /// `step.refused`; the findings about the password, after which the step
    /// stays open.
    pub fn finish_recovery(&self, token: &Secret, password: NewPassword<'_>, source: &Source) -> Result<State> {
        self.step(token.reveal(), Purpose::NewPassword, source, |act, _, account, hasher| {
            let current = account.password.clone();
            set_password(act, account, password, current.as_deref(), hasher, true)?;
            Throttle::default().keep(account);
            act.event(account, EventKind::RecoveryFinished, Params::new());
            Ok(State::of(account.stage, false))
        })
    }

    /// One try at a step of a recovery. A wrong one is counted, at the token
    /// and at the account, before anyone learns that it was wrong; so no more
    /// than the limit are answered, however many come at once.
    fn try_step(
        &self,
        token: &Secret,
        purpose: Purpose,
        source: &Source,
        mut is_right: impl FnMut(&Act<'_>, &record::Token, Option<&record::Account>) -> Result<bool>,
        mut next: impl FnMut(&mut Act<'_>, &mut record::Account) -> Result<Recovery>,
    ) -> Result<Recovery> {
        let next = act::run(&self.shared, self.id, &act::system(source), |act| {
            let Some((mut found, account)) = tokens::look(act, token.reveal(), purpose)? else { return Ok(None) };
            let right = is_right(act, &found, account.as_ref())?;
            let live = account.filter(|account| tokens::is_live(&found, account, act.now));
            if let (true, Some(account)) = (right, &live) {
                let mut account = account.clone();
                tokens::end(act, &mut found);
                return next(act, &mut account).map(Some);
            }
            let recovery = &act.policy().recovery;
            let limit = if purpose == Purpose::RecoveryCode { recovery.code_tries } else { recovery.answer_tries };
            found.tries = found.tries.saturating_add(1);
            if found.tries >= limit {
                found.ended_at = Some(act.now);
            }
            act.update(&mut found);
            if let Some(mut account) = live {
                let mut throttle = Throttle::of(&account);
                throttle.count(&act.policy().throttle, act.now);
                throttle.keep(&mut account);
                act.event(&mut account, EventKind::RecoveryFailed, params([("step", purpose.as_str().into())]));
                act.update(&mut account);
            }
            Ok(None)
        })?;
        next.ok_or_else(|| Error::new(ErrorKind::Refused, Code::RecoveryRefused))
    }
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

/// Sends a code to the stored contact, never to what a visitor typed (U6).
/// Where there is no account or no contact, it does the same work for nobody.
fn send_code(act: &mut Act<'_>, account: Option<record::Account>) -> Result<Recovery> {
    let earlier = earlier_codes(act, account.as_ref().map_or(AccountId::NOBODY, |account| account.id))?;
    let known = account.and_then(|account| {
        let contact = choose_method(None, None, account.email.as_deref(), account.phone_e164.as_deref()).value;
        Some((account, contact?))
    });
    let Some((mut account, (method, address))) = known else {
        return Ok(Recovery { asks: Asks::Code, token: decoy(act, Purpose::RecoveryCode) });
    };
    let minutes = match method {
        Method::Email => act.policy().recovery.email_minutes,
        Method::Sms => act.policy().recovery.sms_minutes,
    };
    let valid = Duration::minutes(minutes.into());
    let code = digits(act.policy().recovery.code_digits, act.rng);
    // A newer code ends the earlier ones.
    for mut earlier in earlier {
        tokens::end(act, &mut earlier);
    }
    let token = tokens::random(act.rng);
    let life = TokenLife::step(valid, act.now, account.epoch);
    let mut record = tokens::record(act, Some(account.id), Purpose::RecoveryCode, life, token.reveal());
    record.code_digest = Some(code_digest(act, record.id, code.reveal()));
    act.insert(&record);
    let secrets = [("code", code.reveal())];
    act.post(Post {
        valid: Some(valid),
        ..to_account(&account, MessageKind::RecoveryCode, method, &address, &secrets)
    })?;
    act.event(&mut account, EventKind::RecoveryStarted, params([("method", method.as_str().into())]));
    act.update(&mut account);
    Ok(Recovery { asks: Asks::Code, token })
}

/// The codes that were sent to an account and not ended since.
fn earlier_codes(act: &Act<'_>, account: AccountId) -> Result<Vec<record::Token>> {
    let select = act.of::<record::Token>().is("account", account).is("purpose", Purpose::RecoveryCode);
    act.find(&select.and("ended_at", Test::Null(true)))
}

/// Asks the questions straight away (Q5, `questions`). An unknown name is
/// asked questions too, always the same ones.
fn ask(act: &mut Act<'_>, account: Option<record::Account>, canonical: &str) -> Result<Recovery> {
    let questions = asked_of(act, account.as_ref().map_or(AccountId::NOBODY, |account| account.id))?;
    let Some(mut account) = account.filter(|_| !questions.is_empty()) else {
        let token = decoy(act, Purpose::RecoveryQuestions);
        return Ok(Recovery { asks: Asks::Questions(invented(act, canonical)), token });
    };
    let step = tokens::issue_step(act, &account, Purpose::RecoveryQuestions, false);
    act.event(&mut account, EventKind::RecoveryStarted, params([("method", "questions".into())]));
    act.update(&mut account);
    Ok(Recovery { asks: Asks::Questions(questions), token: step.token })
}

/// The step after everything that was asked.
fn last_step(act: &mut Act<'_>, account: &record::Account) -> Recovery {
    let step = tokens::issue_step(act, account, Purpose::NewPassword, false);
    Recovery { asks: Asks::NewPassword, token: step.token }
}

/// A token that belongs to no account: its code and answers are always wrong.
fn decoy(act: &mut Act<'_>, purpose: Purpose) -> Secret {
    let token = tokens::random(act.rng);
    let life = TokenLife::step(Duration::minutes(act.policy().recovery.email_minutes.into()), act.now, 0);
    let record = tokens::record(act, None, purpose, life, token.reveal());
    act.insert(&record);
    token
}

/// So many random digits.
fn digits(count: u32, rng: &mut dyn CryptoRng) -> Secret {
    let digits: String = (0..count).map(|_| char::from(b'0' + rng.random_range(0..10u8))).collect();
    Secret::from(digits)
}

fn code_digest(act: &Act<'_>, token: TokenId, code: &str) -> Vec<u8> {
    act.keys.digest("recovery code", &[&token.to_string(), code])
}

/// The questions that an account has answered: always the same, in the order
/// of the list.
fn asked_of(act: &Act<'_>, account: AccountId) -> Result<Vec<&'static Question>> {
    let answers = act.find::<record::Answer>(&act.of::<record::Answer>().is("account", account))?;
    let mut questions: Vec<&Question> = answers.iter().filter_map(|answer| Question::find(&answer.question)).collect();
    questions.sort_by_key(|question| Question::ALL.iter().position(|known| known.id == question.id));
    Ok(questions)
}

/// Questions for a name that has none: a function of the name, so that asking
/// again asks the same ones.
fn invented(act: &Act<'_>, canonical: &str) -> Vec<&'static Question> {
    let count = usize::try_from(act.policy().questions.count).unwrap_or(usize::MAX);
    let rank = |question: &Question| act.keys.digest("invented question", &[canonical, question.id]);
    let mut questions: Vec<&Question> = Question::ALL.iter().collect();
    questions.sort_by_cached_key(|question| HEXLOWER.encode(&rank(question)));
    questions.truncate(count.max(1));
    questions.sort_by_key(|question| Question::ALL.iter().position(|known| known.id == question.id));
    questions
}

/// Whether all answers are right together. It costs one hash for each question
/// of the policy, whether there is an account or not, and however many of the
/// answers are wrong.
fn all_right(
    act: &Act<'_>,
    hasher: &Hasher,
    account: Option<&record::Account>,
    answers: &[Answer<'_>],
) -> Result<bool> {
    let id = account.map_or(AccountId::NOBODY, |account| account.id);
    let stored = act.find::<record::Answer>(&act.of::<record::Answer>().is("account", id))?;
    let asked = stored.len().max(usize::try_from(act.policy().questions.count).unwrap_or(usize::MAX));
    let mut right = !stored.is_empty() && answers.len() == stored.len();
    for at in 0..asked {
        let expected = stored.get(at);
        let given = expected.and_then(|expected| answers.iter().find(|answer| answer.question == expected.question));
        right &= match (expected, given) {
            (Some(expected), Some(given)) if given.answer.len() <= crate::password::MAX_BYTES => hasher
                .verify(&expected.hash, normalise_answer(given.answer).reveal())
                .is_ok_and(|verified| verified.matches),
            _ => {
                hasher.decoy("");
                false
            }
        };
    }
    // What guessing has closed (E4) is not reopened by answers alone.
    let alone = act.policy().recovery.method == RecoveryMethod::Questions;
    let closed = account.is_some_and(|account| Throttle::of(account).closed(&act.policy().throttle));
    Ok(right && !(alone && closed))
}
