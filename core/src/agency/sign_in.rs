//! Sign-in (E3, E4).

use data_encoding::BASE64URL_NOPAD;
use subtle::ConstantTimeEq;
use time::OffsetDateTime;

use super::act::{self, Act};
use super::actor::Source;
use super::invite::with_throttle;
use super::keys::AgencyKeys;
use super::session::{Session, grant};
use super::{Agency, tokens};
use crate::account::{Admission, Throttle};
use crate::error::Result;
use crate::finding::Params;
use crate::id::{AccountId, RecordId};
use crate::password::Hasher;
use crate::secret::Secret;
use crate::store::record;
use crate::username;
use crate::words::{EventKind, Purpose, Stage};

/// What someone typed to sign in.
#[derive(Debug, Clone, Copy)]
pub struct Credentials<'a> {
    /// The username in any way of writing that has the same canonical form (U6).
    pub username: &'a str,
    /// The password.
    pub password: &'a Secret,
    /// Whether "remember me" was ticked (E5). The steps that may come first
    /// keep it for the session that they lead to.
    pub remember: bool,
}

/// A step that was begun: whoever holds the token may take it, once.
#[derive(Debug, Clone)]
pub struct Step {
    /// 256 random bits in base64url; only a digest is kept.
    pub token: Secret,
    /// Until when it can be taken.
    pub expires_at: OffsetDateTime,
}

/// The answer to a sign-in (E3).
#[derive(Debug, Clone)]
#[must_use]
pub enum SignIn {
    /// The user is signed in.
    Granted(Session),
    /// The password was temporary: it opens this step and nothing else (P8).
    ChangePassword(Step),
    /// The security questions are to be set first (Q1).
    SetQuestions(Step),
    /// Not accepted. The reason is in the history, not in the answer.
    Refused,
}

/// How a generated temporary password begins where it rests: it is random
/// enough to be kept as a keyed digest.
const DIGEST_MARK: &str = "$carekey-digest$";

/// Whether what is stored is a generated temporary password.
pub(crate) fn is_generated(stored: &str) -> bool {
    stored.starts_with(DIGEST_MARK)
}

/// What is kept of a generated temporary password.
pub(crate) fn generated(keys: &AgencyKeys, account: AccountId, password: &Secret) -> String {
    let digest = keys.digest("temporary password", &[&account.to_string(), password.reveal()]);
    format!("{DIGEST_MARK}{}", BASE64URL_NOPAD.encode(&digest))
}

impl Throttle {
    pub(crate) fn of(account: &record::Account) -> Self {
        Self {
            failures: account.failures,
            open: account.attempts_open,
            open_until: account.attempts_until,
            locked_until: account.locked_until,
        }
    }

    pub(crate) fn keep(self, account: &mut record::Account) {
        account.failures = self.failures;
        account.attempts_open = self.open;
        account.attempts_until = self.open_until;
        account.locked_until = self.locked_until;
    }
}

/// What the first half of an attempt found.
pub(crate) enum Knock {
    /// Evaluate this account's password.
    Evaluate(Box<record::Account>),
    /// Refused: the account, and the reason for its history.
    Refused(AccountId, &'static str),
    /// Nobody has this name. What is counted in the account's place.
    Unknown(RecordId),
    /// Come back in a moment.
    Busy,
}

impl Agency {
    /// Signs in. Every refusal looks the same and costs exactly one password
    /// hash, whether the name is unknown, the password wrong or empty, the
    /// account disabled, locked or expired (E3).
    ///
    /// ```
    /// # use carekey::*;
    /// # let directory = Directory::open("memory:", &[7; 32])?;
    /// # let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
    /// # let agency = directory.create_agency(settings, &Actor::Support("Pat".into()))?;
    /// let password = Secret::from("a guess");
    /// let credentials = Credentials { username: "sue@example.com", password: &password, remember: false };
    /// match agency.sign_in(&credentials, &Source::new("203.0.113.7"))? {
    ///     SignIn::Granted(session) => println!("welcome, {}", session.account),
    ///     SignIn::ChangePassword(_step) => println!("choose a new password"),
    ///     SignIn::SetQuestions(_step) => println!("answer three questions"),
    ///     SignIn::Refused => println!("not accepted"),
    /// }
    /// # Ok::<(), carekey::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Only those of the store: a refusal is an answer.
    pub fn sign_in(&self, credentials: &Credentials<'_>, source: &Source) -> Result<SignIn> {
        let keys = self.shared.key.agency(self.id);
        let cost = self.record()?.policy.password.cost;
        let hasher = self.shared.hasher(self.id, cost, &keys);
        // Whatever it comes to: the same reads, two commits, and one hash
        // between them. Only a right password may cost another, to renew.
        match self.knock(source, |act| by_name(act, credentials.username), credentials.username)? {
            Knock::Evaluate(account) => {
                let verdict = matches(&hasher, &keys, &account, credentials.password);
                self.answer(account.id, &verdict, credentials, &hasher, source)
            }
            knock => {
                hasher.decoy(credentials.password.reveal());
                self.refused(&knock, source)?;
                Ok(SignIn::Refused)
            }
        }
    }

    /// Lets an attempt at the account's password in, or says why not.
    pub(crate) fn knock(
        &self,
        source: &Source,
        mut find: impl FnMut(&Act<'_>) -> Result<Option<record::Account>>,
        name: &str,
    ) -> Result<Knock> {
        let mut rng = self.shared.surroundings.randomness()?;
        let mut round = 0;
        loop {
            let knock = act::run(&self.shared, self.id, &act::system(source), |act| {
                let Some(mut account) = find(act)? else {
                    let canonical = username::canonical(name, &act.agency.country);
                    let subject = RecordId::derived("unknown name", canonical.as_bytes());
                    with_throttle(act, subject, |throttle, policy, now| throttle.admit(policy, now))?;
                    return Ok(Knock::Unknown(subject));
                };
                // The look at a count that an unknown name costs.
                act::get::<record::Throttle>(act.shared, act.agency.id, AccountId::NOBODY.0)?;
                let mut throttle = Throttle::of(&account);
                let refusal = if account.disabled_at.is_some() {
                    Some("disabled")
                } else if account.password.is_none() {
                    Some("no_password")
                } else {
                    match throttle.admit(&act.policy().throttle, act.now) {
                        Admission::Busy => return Ok(Knock::Busy),
                        Admission::Evaluate => None,
                        Admission::Locked(_) => Some("locked"),
                        Admission::Closed => Some("closed"),
                    }
                };
                throttle.keep(&mut account);
                act.update(&mut account);
                Ok(match refusal {
                    Some(reason) => Knock::Refused(account.id, reason),
                    None => Knock::Evaluate(Box::new(account)),
                })
            })?;
            if !matches!(knock, Knock::Busy) {
                return Ok(knock);
            }
            act::pause(round, &mut *rng);
            round += 1;
        }
    }

    /// Writes down an attempt that was not let in.
    pub(crate) fn refused(&self, knock: &Knock, source: &Source) -> Result<()> {
        act::run(&self.shared, self.id, &act::system(source), |act| {
            match knock {
                Knock::Refused(id, reason) => {
                    // Deleted meanwhile: its history is closed.
                    if let Ok(mut account) = act.account(*id) {
                        refuse(act, &mut account, reason);
                    }
                }
                Knock::Unknown(subject) => {
                    with_throttle(act, *subject, |throttle, policy, now| throttle.failed(policy, now))?;
                }
                Knock::Evaluate(_) | Knock::Busy => {}
            }
            Ok(())
        })
    }

    /// Counts an attempt that was let in and is no sign-in.
    pub(crate) fn settle(&self, id: AccountId, right: bool, source: &Source) -> Result<()> {
        act::run(&self.shared, self.id, &act::system(source), |act| {
            let mut account = act.account(id)?;
            let mut throttle = Throttle::of(&account);
            if right {
                throttle.succeeded();
            } else {
                throttle.failed(&act.policy().throttle, act.now);
            }
            throttle.keep(&mut account);
            if right {
                act.update(&mut account);
            } else {
                refuse(act, &mut account, "wrong_password");
            }
            Ok(())
        })
    }

    /// Decides an attempt that was let in and evaluated.
    fn answer(
        &self,
        id: AccountId,
        verdict: &Verdict,
        credentials: &Credentials<'_>,
        hasher: &Hasher,
        source: &Source,
    ) -> Result<SignIn> {
        let renewed = if verdict.outcome == Outcome::Renew {
            let mut rng = self.shared.surroundings.randomness()?;
            Some(hasher.hash(credentials.password.reveal(), &mut *rng)?)
        } else {
            None
        };
        act::run(&self.shared, self.id, &act::system(source), |act| {
            let Ok(mut account) = act.account(id) else { return Ok(SignIn::Refused) };
            let mut throttle = Throttle::of(&account);
            let unchanged = account.epoch == verdict.epoch && account.password.as_deref() == Some(&*verdict.stored);
            let expired = account.password_expires_at.is_some_and(|at| act.now >= at);
            let refusal = if verdict.outcome == Outcome::Wrong {
                Some("wrong_password")
            } else if verdict.outcome == Outcome::Unusable {
                Some("unusable_hash")
            } else if account.disabled_at.is_some() {
                Some("disabled")
            } else if !unchanged {
                Some("changed_meanwhile")
            } else if expired {
                Some("expired")
            } else {
                None
            };
            if let Some(reason) = refusal {
                match verdict.outcome {
                    Outcome::Wrong => throttle.failed(&act.policy().throttle, act.now),
                    _ => throttle.withdrawn(),
                }
                throttle.keep(&mut account);
                refuse(act, &mut account, reason);
                return Ok(SignIn::Refused);
            }
            throttle.succeeded();
            throttle.keep(&mut account);
            act.acting = act::user(&account, source);
            if let Some(renewed) = &renewed {
                account.password = Some(renewed.clone());
                act.event(&mut account, EventKind::PasswordRehashed, Params::new());
            }
            let answer = next(act, &mut account, credentials.remember);
            act.update(&mut account);
            Ok(answer)
        })
    }
}

/// The account of that name, if there is one and it was not deleted.
pub(crate) fn by_name(act: &Act<'_>, name: &str) -> Result<Option<record::Account>> {
    let canonical = username::canonical(name, &act.agency.country);
    let select = act.of::<record::Account>().is("username_canonical", canonical);
    Ok(act.find::<record::Account>(&select)?.into_iter().find(|account| account.deleted_at.is_none()))
}

/// What comes next for someone who has shown who they are: a session, or the
/// step that is due. The caller writes the account.
pub(crate) fn next(act: &mut Act<'_>, account: &mut record::Account, remember: bool) -> SignIn {
    let purpose = match account.stage {
        Stage::Active => return SignIn::Granted(grant(act, account, remember)),
        Stage::PasswordDue | Stage::Invited => Purpose::ChangePassword,
        Stage::QuestionsDue => Purpose::SetQuestions,
    };
    let step = tokens::issue_step(act, account, purpose, remember);
    act.event(account, EventKind::SignInStep, crate::finding::params([("step", purpose.as_str().into())]));
    match purpose {
        Purpose::SetQuestions => SignIn::SetQuestions(step),
        _ => SignIn::ChangePassword(step),
    }
}

/// Writes a refusal and its reason down.
fn refuse(act: &mut Act<'_>, account: &mut record::Account, reason: &str) {
    act.event(account, EventKind::SignInRefused, crate::finding::params([("reason", reason.into())]));
    act.update(account);
}

/// What the one hash said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Right,
    /// Right, and the stored hash is weaker than the policy or foreign (P6, P7).
    Renew,
    Wrong,
    /// What is stored cannot be evaluated: nobody's failure.
    Unusable,
}

struct Verdict {
    outcome: Outcome,
    epoch: i64,
    stored: String,
}

/// Compares the password with what is stored: exactly one password hash,
/// whatever is stored.
fn matches(hasher: &Hasher, keys: &AgencyKeys, account: &record::Account, password: &Secret) -> Verdict {
    let stored = account.password.clone().unwrap_or_default();
    let outcome = if is_generated(&stored) {
        hasher.decoy(password.reveal());
        let expected = generated(keys, account.id, password);
        if bool::from(expected.as_bytes().ct_eq(stored.as_bytes())) { Outcome::Right } else { Outcome::Wrong }
    } else if password.reveal().len() > crate::password::MAX_BYTES {
        hasher.decoy(password.reveal());
        Outcome::Wrong
    } else {
        match hasher.verify(&stored, password.reveal()) {
            Ok(verified) if verified.matches && verified.renew => Outcome::Renew,
            Ok(verified) if verified.matches => Outcome::Right,
            Ok(_) => Outcome::Wrong,
            Err(_) => {
                hasher.decoy(password.reveal());
                Outcome::Unusable
            }
        }
    };
    Verdict { outcome, epoch: account.epoch, stored }
}
