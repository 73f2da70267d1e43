//! The steps between a first link or password and a session: activation,
//! changing the password, setting the questions (E2, P4, Q1).
//!
//! A password is hashed between two commits and never inside an act, which may
//! be decided again: the facts are read, the password is judged and hashed,
//! and the act that sets it rests on the facts being the same still.

use super::session::{Session, go_on};
use super::sign_in::{From, SignIn, Visit, evaluate, next};
use crate::account::State;
use crate::agency::identity::{answers, contacts, passwords};
use crate::agency::kernel::tokens;
use crate::agency::kernel::{Act, Agency, Source, Tracked, act, run, system};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Finding, Params, has_errors};
use crate::id::{AccountId, RecordId};
use crate::invitation::LinkToken;
use crate::password::questions::{Answer, check_answers, normalise_answer};
use crate::password::{Change, Person};
use crate::secret::Secret;
use crate::store::record;
use crate::words::{EventKind, MessageKind, Method, Purpose};

/// A new password, typed twice (P4).
#[derive(Debug, Clone, Copy)]
pub struct NewPassword<'a> {
    /// The password.
    pub new: &'a Secret,
    /// The same, once more.
    pub confirm: &'a Secret,
}

/// How often a password is judged again because the account changed meanwhile.
const ROUNDS: u32 = 20;

impl Agency {
    /// Whose activation this link is: the username to show beside the
    /// password fields. Looking never uses the link up (I7).
    ///
    /// # Errors
    ///
    /// `link.malformed`; `step.refused` where the link is not or no longer good.
    pub fn activation(&self, link: &str) -> Result<String> {
        let token = LinkToken::parse(link).into_result()?;
        run(&self.shared, self.id, &system(&Source::UNKNOWN), |act| {
            Ok(tokens::live(act, token.canonical(), Purpose::Activation)?.1.username.clone())
        })
    }

    /// Sets the first password by the link of the activation message (S0). The
    /// contact that it went to is proven by it (C1). It signs nobody in: the
    /// answer is the state that sign-in will find.
    ///
    /// # Errors
    ///
    /// `link.malformed`; `step.refused` where the link is not or no longer
    /// good, the account disabled; the findings about the password.
    pub fn activate(&self, link: &str, password: NewPassword<'_>, source: &Source) -> Result<State> {
        let token = LinkToken::parse(link).into_result()?;
        self.choose(token.canonical(), Purpose::Activation, password, source, |act, token, account| {
            contacts::prove(act, account, token.contact)?;
            Ok(State::of(account.stage, false))
        })
    }

    /// Chooses a password: takes the step that [`SignIn::ChangePassword`] or
    /// a redeemed invitation began, and goes on to what comes next.
    ///
    /// # Errors
    ///
    /// `step.refused`; the findings about the password. The step stays open
    /// after findings.
    pub fn choose_password(&self, step: &Secret, password: NewPassword<'_>, source: &Source) -> Result<SignIn> {
        self.choose(step.reveal(), Purpose::ChangePassword, password, source, |act, token, account| {
            contacts::ask_whom_nothing_was_sent(act, account)?;
            next(act, account, Visit { remember: token.remember, device: None })
        })
    }

    /// Sets the security questions: takes the step that
    /// [`SignIn::SetQuestions`] began, and signs in.
    ///
    /// # Errors
    ///
    /// `step.refused`; the findings about the answers. The step stays open
    /// after findings.
    pub fn set_questions(&self, step: &Secret, answers: &[Answer<'_>], source: &Source) -> Result<SignIn> {
        run(&self.shared, self.id, &system(source), |act| {
            let (_, account) = tokens::live(act, step.reveal(), Purpose::SetQuestions)?;
            check(act, &account, answers)
        })?;
        let hashed = self.hashed(answers)?;
        run(&self.shared, self.id, &system(source), |act| {
            let (mut token, mut account) = tokens::live(act, step.reveal(), Purpose::SetQuestions)?;
            act.acting = act::user(&account, source);
            answers::keep(act, account.id, &hashed)?;
            account.stage = account.stage.after_questions();
            act.event(&mut account, EventKind::QuestionsSet, Params::new());
            tokens::end(act, &mut token);
            next(act, &mut account, Visit { remember: token.remember, device: None })
        })
    }

    /// How many security questions whoever holds this step, or this session,
    /// answers (Q1): the largest number that the policy has for a role of theirs.
    /// So a page knows how many to show.
    ///
    /// # Errors
    ///
    /// `step.refused`, where it is neither.
    pub fn question_count(&self, token: &str) -> Result<u32> {
        run(&self.shared, self.id, &system(&Source::UNKNOWN), |act| {
            let live = |purpose| match tokens::live(act, token, purpose) {
                Err(error) if error.kind == ErrorKind::Refused => Ok(None),
                found => found.map(|(_, account)| Some(account)),
            };
            let account = match live(Purpose::SetQuestions)? {
                None => live(Purpose::Session)?,
                step => step,
            };
            let account = account.ok_or_else(|| Error::new(ErrorKind::Refused, Code::StepRefused))?;
            Ok(answers::policy(act, account.id)?.count)
        })
    }

    /// Changes one's own security questions, with one's password (Q5): by the
    /// rules by which they were first set (Q1 to Q4). What somebody began of a
    /// recovery ends; all proven contacts of the user are told.
    ///
    /// # Errors
    ///
    /// `session.ended`; `password.current_wrong`, counted as at sign-in (E4); the
    /// findings about the answers.
    pub fn change_questions(
        &self,
        session: &str,
        password: &Secret,
        answers: &[Answer<'_>],
        source: &Source,
    ) -> Result<()> {
        let proved = self.prove_current(session, password, "password", source)?;
        run(&self.shared, self.id, &system(source), |act| {
            let (_, account) = proved.still(act, session)?;
            check(act, &account, answers)
        })?;
        let hashed = self.hashed(answers)?;
        run(&self.shared, self.id, &system(source), |act| {
            let (_, mut account) = proved.still(act, session)?;
            act.acting = act::user(&account, source);
            answers::put_aside(act, account.id)?;
            answers::keep(act, account.id, &hashed)?;
            for step in [Purpose::RecoveryQuestions, Purpose::NewPassword] {
                tokens::end_all(act, account.id, step)?;
            }
            act.event(&mut account, EventKind::QuestionsChanged, Params::new());
            contacts::notify_all(act, &account, MessageKind::QuestionsChanged)
        })
    }

    /// Each answer with its hash, each with its own salt (Q3): between two acts.
    fn hashed(&self, answers: &[Answer<'_>]) -> Result<Vec<(String, String)>> {
        let (_, hasher) = self.hashing()?;
        let mut rng = self.shared.environment.randomness()?;
        let mut hash = |answer: &Answer<'_>| {
            let hash = hasher.hash(normalise_answer(answer.answer).reveal(), &mut *rng)?;
            Ok((answer.question.to_owned(), hash))
        };
        answers.iter().map(&mut hash).collect()
    }

    /// Changes the password of someone who is signed in. Their other sessions
    /// and devices end; this one goes on under new tokens, remembered if it
    /// was (E5). It is no sign-in.
    ///
    /// # Errors
    ///
    /// `session.ended`; the findings about the passwords, with
    /// `password.current_wrong` among them.
    pub fn change_password(
        &self,
        session: &str,
        current: &Secret,
        password: NewPassword<'_>,
        source: &Source,
    ) -> Result<Session> {
        let proved = self.prove_current(session, current, "current", source)?;
        self.choose(session, Purpose::Session, password, source, |act, token, account| {
            contacts::notify(act, account, MessageKind::PasswordChanged)?;
            go_on(act, account, Visit { remember: token.remember, device: None })
        })
        .or_else(|error| {
            // Where the password that was right is not the current one any more.
            run(&self.shared, self.id, &system(source), |act| proved.still(act, session).map(drop))?;
            Err(error)
        })
    }

    /// Proves the current password of whoever has a session, as sign-in does:
    /// one hash whatever comes of it, counted by that session (E4), so that no
    /// act that asks for it is a way to guess. What rests on it is decided in an
    /// act of its own, where it has to [hold](Proved::still).
    ///
    /// # Errors
    ///
    /// `session.ended`; `password.current_wrong` about that field.
    pub(super) fn prove_current(
        &self,
        session: &str,
        current: &Secret,
        field: &'static str,
        source: &Source,
    ) -> Result<Proved> {
        let (keys, hasher) = self.hashing()?;
        // It is guessed at here by whoever has the session: counted by itself.
        let knock = self.knock(&From::Session(session), source)?;
        let Some(outcome) = evaluate(&knock, &hasher, &keys, current) else { return Err(wrong(field)) };
        self.settle(&knock, outcome.is_right(), source)?;
        match knock.evaluate {
            Ok(stored) if outcome.is_right() => Ok(Proved { password: stored.password, field }),
            _ => Err(wrong(field)),
        }
    }

    /// Takes the step of choosing a password: whoever holds its live token
    /// may, once. All sessions, steps and devices of before end, and the
    /// account goes to its next stage; then it is `finish`ed.
    pub(super) fn choose<T>(
        &self,
        token: &str,
        purpose: Purpose,
        password: NewPassword<'_>,
        source: &Source,
        mut finish: impl FnMut(&mut Act<'_>, &record::Token, &mut Tracked<record::Account>) -> Result<T>,
    ) -> Result<T> {
        let (keys, hasher) = self.hashing()?;
        for _ in 0..ROUNDS {
            let facts = run(&self.shared, self.id, &system(source), |act| {
                let (_, account) = tokens::live(act, token, purpose)?;
                Facts::of(act, &account)
            })?;
            let hash = facts.hash(&password, &hasher, &keys, &mut *self.shared.environment.randomness()?)?;
            let done = run(&self.shared, self.id, &system(source), |act| {
                let (mut found, mut account) = tokens::live(act, token, purpose)?;
                if !facts.hold(&account) {
                    return Ok(None);
                }
                act.acting = act::user(&account, source);
                act.tell_all(&mut account)?;
                set_password(act, &mut account, &hash)?;
                tokens::end(act, &mut found);
                finish(act, &found, &mut account).map(Some)
            })?;
            if let Some(done) = done {
                return Ok(done);
            }
        }
        Err(Error::new(ErrorKind::Conflict, Code::StoreConflict))
    }
}

/// Refuses answers that are not as they have to be (Q1, Q2).
fn check(act: &Act<'_>, account: &record::Account, answers: &[Answer<'_>]) -> Result<()> {
    let findings = check_answers(&answers::policy(act, account.id)?, &account.username, answers);
    if has_errors(&findings) { Err(Error::invalid(findings)) } else { Ok(()) }
}

/// A password that was right, as it rested then.
pub(super) struct Proved {
    password: String,
    field: &'static str,
}

impl Proved {
    /// The session and its account, where the password is the same still.
    pub(super) fn still(
        &self,
        act: &Act<'_>,
        session: &str,
    ) -> Result<(Tracked<record::Token>, Tracked<record::Account>)> {
        let (token, account) = tokens::live(act, session, Purpose::Session)?;
        if account.password.as_deref() == Some(&*self.password) { Ok((token, account)) } else { Err(wrong(self.field)) }
    }
}

fn wrong(field: &str) -> Error {
    Finding::new(Code::PasswordCurrentWrong, field).into()
}

/// Whose password it is, as far as it may not be made of it (P1).
pub(crate) struct Owner {
    names: Vec<String>,
    username: String,
    email: Option<String>,
}

impl Owner {
    pub(crate) fn of(act: &Act<'_>, account: &record::Account) -> Result<Self> {
        let contacts = contacts::of(act, account.id)?;
        let email = contacts.iter().rev().find(|contact| contact.method == Method::Email);
        let names = [account.first_name.as_ref(), account.last_name.as_ref(), Some(&account.display_name)];
        Ok(Self {
            names: names.into_iter().flatten().cloned().collect(),
            username: account.username.clone(),
            email: email.map(|contact| contact.address.clone()),
        })
    }

    /// What there is to say of a password that they want.
    pub(crate) fn check(&self, change: &Change<'_>, agency: &record::Agency) -> Vec<Finding> {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let person = Person {
            names: &names,
            username: Some(&self.username),
            email: self.email.as_deref(),
            agency: Some(&agency.name),
        };
        agency.policy.password.check_change(change, &person)
    }
}

/// What judging a new password rests on.
struct Facts {
    agency: record::Agency,
    account: AccountId,
    owner: Owner,
    stored: Option<String>,
    epoch: i64,
    old: Vec<String>,
}

impl Facts {
    fn of(act: &Act<'_>, account: &record::Account) -> Result<Self> {
        Ok(Self {
            agency: record::Agency::clone(&act.agency),
            account: account.id,
            owner: Owner::of(act, account)?,
            stored: account.password.clone(),
            epoch: account.epoch,
            old: old_passwords(act, account.id)?.iter().map(|old| old.password.clone()).collect(),
        })
    }

    fn hold(&self, account: &record::Account) -> bool {
        account.epoch == self.epoch && account.password == self.stored
    }

    /// Judges the password, and hashes it where it will do. The comparisons
    /// with earlier ones cost a hash each: only for one that would do.
    fn hash(
        &self,
        password: &NewPassword<'_>,
        hasher: &crate::password::Hasher,
        keys: &crate::agency::kernel::AgencyKeys,
        rng: &mut dyn rand::CryptoRng,
    ) -> Result<String> {
        let change = |same_as_current, reused| Change {
            new: password.new.reveal(),
            confirm: password.confirm.reveal(),
            current_matches: None,
            same_as_current,
            reused,
        };
        let mut findings = self.owner.check(&change(false, false), &self.agency);
        if findings.is_empty() {
            let is = |stored: &str| passwords::matches(hasher, keys, self.account, stored, password.new).is_right();
            let same = self.stored.as_deref().is_some_and(is);
            let reused = !same && self.old.iter().any(|old| is(old));
            findings = self.owner.check(&change(same, reused), &self.agency);
        }
        if has_errors(&findings) {
            return Err(Error::invalid(findings));
        }
        hasher.hash(password.new.reveal(), rng)
    }
}

/// Sets a password that its user chose: the account goes to its next stage,
/// and all sessions, steps and devices of before end.
fn set_password(act: &mut Act<'_>, account: &mut Tracked<record::Account>, hash: &str) -> Result<()> {
    keep_old(act, account)?;
    passwords::renewed(act, account, hash)?;
    account.password_set_at = Some(act.now);
    account.password_expires_at = None;
    account.epoch += 1;
    contacts::end_codes(act, account.id)?;
    let questions_set = act.count(&act.all().is(record::Answer::account, account.id))? > 0;
    account.stage = account.stage.after_password(&answers::policy(act, account.id)?, questions_set);
    act.event(account, EventKind::PasswordSet, Params::new());
    Ok(())
}

/// The barred passwords of the past, newest first.
fn old_passwords(act: &Act<'_>, account: AccountId) -> Result<Vec<Tracked<record::OldPassword>>> {
    let bars = act.policy().password.history.into();
    if bars == 0 {
        return Ok(Vec::new());
    }
    let old = act.all().is(record::OldPassword::account, account);
    act.find(&old.by(record::OldPassword::replaced_at, true).page(0, bars))
}

/// Puts the password that is being replaced among the old ones, and lets go
/// of those that are no longer barred.
fn keep_old(act: &mut Act<'_>, account: &record::Account) -> Result<()> {
    let bars = usize::try_from(act.policy().password.history).unwrap_or(usize::MAX);
    let old = act.all().is(record::OldPassword::account, account.id);
    let mut old = act.find(&old.by(record::OldPassword::replaced_at, true))?;
    let replaced = account.password.clone().filter(|stored| !passwords::is_generated(stored));
    let room = match replaced {
        Some(password) if bars > 0 => {
            let id = RecordId(act.new_id());
            drop(act.add(record::OldPassword {
                agency: act.agency.id,
                id,
                revision: 1,
                account: account.id,
                password,
                replaced_at: act.now,
            }));
            bars - 1
        }
        _ => bars,
    };
    old.drain(room.min(old.len())..).for_each(Tracked::delete);
    Ok(())
}
