//! The steps between a first link or password and a session: activation,
//! changing the password, setting the questions (E2, P4, Q1).

use super::act::{self, Act};
use super::actor::Source;
use super::session::Session;
use super::sign_in::{Knock, SignIn, next};
use super::{Agency, tokens};
use crate::account::State;
use crate::error::{Error, Result};
use crate::finding::{Code, Finding, Params, has_errors};
use crate::id::{AccountId, RecordId};
use crate::invitation::LinkToken;
use crate::password::questions::{Answer, check_answers, normalise_answer};
use crate::password::{Change, Hasher, Person};
use crate::secret::Secret;
use crate::store::record;
use crate::words::{EventKind, MessageKind, Purpose};

/// A new password, typed twice (P4).
#[derive(Debug, Clone, Copy)]
pub struct NewPassword<'a> {
    /// The password.
    pub new: &'a Secret,
    /// The same, once more.
    pub confirm: &'a Secret,
}

impl Agency {
    /// Whose activation this link is: the username to show beside the
    /// password fields. Looking never uses the link up (I7).
    ///
    /// # Errors
    ///
    /// `link.malformed`; `step.refused` where the link is not or no longer good.
    pub fn activation(&self, link: &str) -> Result<String> {
        let token = LinkToken::parse(link).into_result()?;
        act::run(&self.shared, self.id, &act::system(&Source::UNKNOWN), |act| {
            Ok(tokens::live(act, token.canonical(), Purpose::Activation)?.1.username)
        })
    }

    /// Sets the first password by the link of the activation message (S0).
    /// It signs nobody in: the answer is the state that sign-in will find.
    ///
    /// # Errors
    ///
    /// `link.malformed`; `step.refused` where the link is not or no longer
    /// good, the account disabled or locked; the findings about the password.
    pub fn activate(&self, link: &str, password: NewPassword<'_>, source: &Source) -> Result<State> {
        let token = LinkToken::parse(link).into_result()?;
        self.step(token.canonical(), Purpose::Activation, source, |act, _, account, hasher| {
            set_password(act, account, password, None, hasher, false)?;
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
        self.step(step.reveal(), Purpose::ChangePassword, source, |act, token, account, hasher| {
            let temporary = account.password.clone();
            set_password(act, account, password, temporary.as_deref(), hasher, false)?;
            Ok(next(act, account, token.remember))
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
        self.step(step.reveal(), Purpose::SetQuestions, source, |act, token, account, hasher| {
            let findings = check_answers(&act.policy().questions, &account.username, answers);
            if has_errors(&findings) {
                return Err(Error::invalid(findings));
            }
            keep_answers(act, account.id, answers, hasher)?;
            account.stage = account.stage.after_questions();
            act.event(account, EventKind::QuestionsSet, Params::new());
            Ok(next(act, account, token.remember))
        })
    }

    /// Changes the password of someone who is signed in. Their other sessions
    /// end; this one goes on under a new token, remembered if it was (E5).
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
        let keys = self.shared.key.agency(self.id);
        let cost = self.record()?.policy.password.cost;
        let wrong = || Err(Finding::new(Code::PasswordCurrentWrong, "current").into());
        // The current password is guessed at here as at sign-in: the same count.
        let owner = |act: &Act<'_>| tokens::live(act, session, Purpose::Session).map(|(_, account)| Some(account));
        let known = match self.knock(source, owner, "")? {
            Knock::Evaluate(known) => known,
            knock => {
                self.refused(&knock, source)?;
                return wrong();
            }
        };
        let stored = known.password.clone().unwrap_or_default();
        let hasher = self.shared.hasher(self.id, cost, &keys);
        let right = hasher.verify(&stored, current.reveal()).is_ok_and(|verified| verified.matches);
        self.settle(known.id, right, source)?;
        if !right {
            return wrong();
        }
        self.step(session, Purpose::Session, source, |act, token, account, hasher| {
            if account.password.as_deref() != Some(&stored) {
                return wrong();
            }
            set_password(act, account, password, Some(&stored), hasher, true)?;
            Ok(super::session::grant(act, account, token.remember))
        })
    }

    /// Takes one step: whoever holds its live token may, once.
    pub(crate) fn step<T>(
        &self,
        token: &str,
        purpose: Purpose,
        source: &Source,
        mut take: impl FnMut(&mut Act<'_>, &record::Token, &mut record::Account, &Hasher) -> Result<T>,
    ) -> Result<T> {
        let keys = self.shared.key.agency(self.id);
        let cost = self.record()?.policy.password.cost;
        let hasher = self.shared.hasher(self.id, cost, &keys);
        act::run(&self.shared, self.id, &act::system(source), |act| {
            let (mut found, mut account) = tokens::live(act, token, purpose)?;
            act.acting = act::user(&account, source);
            let outcome = take(act, &found, &mut account, &hasher)?;
            tokens::end(act, &mut found);
            act.update(&mut account);
            Ok(outcome)
        })
    }
}

/// Checks and sets a password that its user chose: the account goes to its
/// next stage, and all sessions and steps begun before end. The caller writes
/// the account.
pub(crate) fn set_password(
    act: &mut Act<'_>,
    account: &mut record::Account,
    password: NewPassword<'_>,
    current: Option<&str>,
    hasher: &Hasher,
    notify: bool,
) -> Result<()> {
    let new = password.new.reveal();
    let names: Vec<&str> = [account.first_name.as_deref(), account.last_name.as_deref(), Some(&account.display_name)]
        .into_iter()
        .flatten()
        .collect();
    let person = Person {
        names: &names,
        username: Some(&account.username),
        email: account.email.as_deref(),
        agency: Some(&act.agency.name),
    };
    let policy = act.policy().password.clone();
    let change = |same_as_current, reused| Change {
        new,
        confirm: password.confirm.reveal(),
        current_matches: None,
        same_as_current,
        reused,
    };
    // The comparisons cost a hash each: only for a password that would do.
    let mut findings = policy.check_change(&change(false, false), &person);
    if findings.is_empty() {
        let (same, reused) = used_before(act, account, new, current, hasher)?;
        findings = policy.check_change(&change(same, reused), &person);
    }
    if has_errors(&findings) {
        return Err(Error::invalid(findings));
    }
    let hash = hasher.hash(new, act.rng)?;
    keep_old(act, account)?;
    account.password = Some(hash);
    account.password_set_at = Some(act.now);
    account.password_expires_at = None;
    account.epoch += 1;
    let questions_set = act.shared.store.count(&act.of::<record::Answer>().is("account", account.id))? > 0;
    account.stage = account.stage.after_password(&act.policy().questions, questions_set);
    act.event(account, EventKind::PasswordSet, Params::new());
    if notify {
        super::enrol::notify(act, account, MessageKind::PasswordChanged)?;
    }
    Ok(())
}

/// Whether a new password is the current one, or one of the last that the
/// policy bars: at most one hash for each of them.
fn used_before(
    act: &Act<'_>,
    account: &record::Account,
    new: &str,
    current: Option<&str>,
    hasher: &Hasher,
) -> Result<(bool, bool)> {
    let is = |stored: &str| hasher.verify(stored, new).is_ok_and(|verified| verified.matches);
    let same = current.is_some_and(|stored| {
        if stored.starts_with('$') && !super::sign_in::is_generated(stored) {
            is(stored)
        } else {
            super::sign_in::generated(act.keys, account.id, &Secret::from(new)) == stored
        }
    });
    if same {
        return Ok((true, false));
    }
    Ok((false, old_passwords(act, account.id)?.iter().any(|old| is(&old.password))))
}

/// The barred passwords of the past, newest first.
fn old_passwords(act: &Act<'_>, account: AccountId) -> Result<Vec<record::OldPassword>> {
    let bars = act.policy().password.history.into();
    if bars == 0 {
        return Ok(Vec::new());
    }
    act.find(&act.of::<record::OldPassword>().is("account", account).by("replaced_at", true).page(0, bars))
}

/// Puts the password that is being replaced among the old ones, and lets go
/// of those that are no longer barred.
fn keep_old(act: &mut Act<'_>, account: &record::Account) -> Result<()> {
    let bars = usize::try_from(act.policy().password.history).unwrap_or(usize::MAX);
    let mut old: Vec<record::OldPassword> =
        act.find(&act.of::<record::OldPassword>().is("account", account.id).by("replaced_at", true))?;
    let replaced = account.password.clone().filter(|stored| !super::sign_in::is_generated(stored));
    let room = match replaced {
        Some(password) if bars > 0 => {
            let id = RecordId::new(act.now, act.rng);
            act.insert(&record::OldPassword {
                agency: act.agency.id,
                id,
                revision: 1,
                account: account.id,
                password,
                replaced_at: act.now,
            });
            bars - 1
        }
        _ => bars,
    };
    for surplus in old.drain(room.min(old.len())..) {
        act.delete(&surplus);
    }
    Ok(())
}

/// Replaces the answers of an account, each hashed with its own salt (Q3).
pub(crate) fn keep_answers(
    act: &mut Act<'_>,
    account: AccountId,
    answers: &[Answer<'_>],
    hasher: &Hasher,
) -> Result<()> {
    for old in act.find::<record::Answer>(&act.of::<record::Answer>().is("account", account))? {
        act.delete(&old);
    }
    for answer in answers {
        let hash = hasher.hash(normalise_answer(answer.answer).reveal(), act.rng)?;
        let id = RecordId::new(act.now, act.rng);
        act.insert(&record::Answer {
            agency: act.agency.id,
            id,
            revision: 1,
            account,
            question: answer.question.to_owned(),
            hash,
        });
    }
    Ok(())
}
