//! Sign-in (E3, E4).
//!
//! An attempt goes through two commits with the evaluation of the password
//! between them: it is let in and holds a place in the count, it is evaluated,
//! and it is decided. A name that nobody has goes the same way, with the same
//! reads, the same writes and the same waits, and costs what a name that
//! somebody has would cost (P7).

use std::sync::Arc;

use time::OffsetDateTime;

use super::session::{Session, grant};
use super::steps::Owner;
use crate::account::{Admission, Network, Refusal, SourceTally};
use crate::agency::identity::passwords::{self, Outcome};
use crate::agency::kernel::act::{Suspended, run_where};
use crate::agency::kernel::tokens::{self, About, Step};
use crate::agency::kernel::ways::{Place, Way};
use crate::agency::kernel::{Act, Agency, AgencyKeys, Source, Tracked, pause, run, system};
use crate::error::Result;
use crate::finding::{Params, params};
use crate::id::{AccountId, RecordId, TokenId};
use crate::password::{Change, CostClass, Hasher, MAX_BYTES};
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
    /// The token of the device, where an earlier [`Session`] left one there
    /// (E4): such a device is counted by itself, whatever strangers do.
    pub device: Option<&'a str>,
}

/// The answer to a sign-in (E3).
#[derive(Debug, Clone)]
#[must_use]
pub enum SignIn {
    /// The user is signed in.
    Granted(Session),
    /// The password was temporary, or one from elsewhere that the policy does
    /// not allow: it opens this step and nothing else (P7, P8).
    ChangePassword(Step),
    /// The security questions are to be set first (Q1).
    SetQuestions(Step),
    /// Not accepted. The reason is in the history, not in the answer.
    Refused,
}

/// The longest username that is looked at: the longest e-mail address has 254
/// octets. Longer ones are nobody's, all in one.
const LONGEST_NAME: usize = 1024;

/// The canonical form of what a visitor typed as a username.
pub(super) fn canonical_name(act: &Act<'_>, typed: &str) -> String {
    if typed.len() > LONGEST_NAME { String::new() } else { username::canonical(typed, &act.agency.country) }
}

/// The account of that name in canonical form, if there is one and it was not
/// deleted.
pub(super) fn by_name(act: &Act<'_>, canonical: &str) -> Result<Option<Tracked<record::Account>>> {
    let found = act.first(&act.all().is(record::Account::username_canonical, canonical))?;
    Ok(found.filter(|account: &Tracked<record::Account>| account.deleted_at.is_none()))
}

/// What an attempt found when it was let in.
pub(super) struct Knock {
    /// Whose name it is.
    pub(super) account: Option<AccountId>,
    /// Where it is counted.
    counted: Place,
    /// From which network it comes, where that counts.
    network: Option<RecordId>,
    /// What evaluating it costs, where that is not a hash of the policy.
    class: Option<CostClass>,
    /// Why no password opens the account, where none does.
    barred: Option<Refusal>,
    /// What is to be evaluated, or why nothing is.
    pub(super) evaluate: std::result::Result<Stored, Refusal>,
    /// The device or session that it comes from, where that is known.
    device: Option<TokenId>,
}

/// The password that is to be evaluated, as it rests, and of which epoch.
#[derive(PartialEq, Eq)]
pub(super) struct Stored {
    pub(super) password: String,
    epoch: i64,
}

impl Stored {
    fn of(account: &record::Account) -> Option<Self> {
        Some(Self { password: account.password.clone()?, epoch: account.epoch })
    }
}

/// Where an attempt comes from.
pub(super) enum From<'a> {
    /// Someone typed a name, on a device that may be known.
    Anywhere { name: &'a str, device: Option<&'a str> },
    /// From a session of the account.
    Session(&'a str),
}

impl Agency {
    /// Signs in. Every refusal looks the same and costs the same, whether the
    /// name is unknown, the password wrong or empty, the account disabled,
    /// locked or expired (E3).
    ///
    /// Failures from devices that are not known are counted together, and make
    /// further passwords from such devices wait; a device whose token is given
    /// is counted by itself (E4).
    ///
    /// ```
    /// # use carekey::*;
    /// # let directory = Directory::open("memory:", &[7; 32])?;
    /// # let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
    /// # let agency = directory.create_agency(settings, &Actor::Support("Pat".into()))?;
    /// let password = Secret::from("a guess");
    /// let credentials =
    ///     Credentials { username: "sue@example.com", password: &password, remember: false, device: None };
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
        let (keys, hasher) = self.hashing()?;
        let from = From::Anywhere { name: credentials.username, device: credentials.device };
        let knock = self.knock(&from, source)?;
        let outcome = evaluate(&knock, &hasher, &keys, credentials.password);
        let renewed = match outcome {
            Some(Outcome::Renew) => {
                let mut rng = self.shared.environment.randomness()?;
                Some(hasher.hash(credentials.password.reveal(), &mut *rng)?)
            }
            _ => None,
        };
        self.answer(&knock, outcome, renewed.as_deref(), credentials, source)
    }

    /// The keys of the agency, and the hasher for its passwords.
    pub(super) fn hashing(&self) -> Result<(AgencyKeys, Arc<Hasher>)> {
        let keys = self.keys();
        let hasher = self.hasher(&self.even_suspended()?, &keys);
        Ok((keys, hasher))
    }

    /// Lets an attempt in, or says why not.
    pub(super) fn knock(&self, from: &From<'_>, source: &Source) -> Result<Knock> {
        let suspended = match from {
            From::Anywhere { .. } => Suspended::IsEmpty,
            From::Session(_) => Suspended::Refuses,
        };
        self.in_turn(suspended, source, |act| {
            // Whatever comes of the attempt is committed before it is answered,
            // and brings its place in the count to the disk with it: an attempt
            // that is forgotten with the power is one that nobody heard of.
            act.is_ahead();
            let_in(act, from, source)
        })
    }

    /// What comes of an attempt. One that finds all places held by others under
    /// way gets nothing, and comes back in a moment.
    pub(super) fn in_turn<T>(
        &self,
        suspended: Suspended,
        source: &Source,
        mut look: impl FnMut(&mut Act<'_>) -> Result<Option<T>>,
    ) -> Result<T> {
        let mut rng = self.shared.environment.randomness()?;
        let mut round = 0;
        loop {
            if let Some(found) = run_where(&self.shared, self.id, suspended, &system(source), &mut look)? {
                return Ok(found);
            }
            pause(round, &mut *rng);
            round += 1;
        }
    }

    /// Counts an attempt that was evaluated and is no sign-in.
    pub(super) fn settle(&self, knock: &Knock, right: bool, source: &Source) -> Result<()> {
        run(&self.shared, self.id, &system(source), |act| {
            let mut counted = act.counted(knock.counted)?;
            let mut throttle = counted.throttle();
            if right {
                throttle.succeeded();
            } else {
                throttle.failed(&act.policy().throttle, act.now);
                counted.refusals.add(Refusal::WrongPassword, source.as_str(), act.now);
            }
            counted.keep(throttle);
            Ok(())
        })
    }

    /// Decides an attempt that was evaluated.
    fn answer(
        &self,
        knock: &Knock,
        outcome: Option<Outcome>,
        renewed: Option<&str>,
        credentials: &Credentials<'_>,
        source: &Source,
    ) -> Result<SignIn> {
        run_where(&self.shared, self.id, Suspended::IsEmpty, &system(source), |act| {
            let account = act.by_id::<record::Account>(knock.account.unwrap_or(AccountId::NOBODY).0)?;
            let mut counted = act.counted(knock.counted)?;
            let network = knock.network.map(|id| from_network(act, id)).transpose()?;
            let mut throttle = counted.throttle();
            let refused = refusal(account.as_deref(), knock, outcome, act.now);
            let (Some(mut account), None) = (account, refused) else {
                match (&knock.evaluate, outcome) {
                    // Nobody's password is as wrong as somebody's.
                    (Ok(_), Some(Outcome::Wrong)) => throttle.failed(&act.policy().throttle, act.now),
                    (Ok(_), _) => throttle.withdrawn(),
                    (Err(_), _) => {}
                }
                counted.keep(throttle);
                counted.refusals.add(refused.unwrap_or(Refusal::WrongPassword), source.as_str(), act.now);
                if let Some(mut network) = network {
                    match (&knock.evaluate, outcome) {
                        (Ok(_), Some(Outcome::Wrong)) => {
                            let canonical = canonical_name(act, credentials.username);
                            let [a, b, c, d, e, f, g, h, ..] = act.keys.digest("name from a network", &[&canonical]);
                            let name = [a, b, c, d, e, f, g, h];
                            network.tally.failed(name, &act.policy().throttle.clone(), act.now);
                        }
                        (Ok(_), _) => network.tally.withdrawn(),
                        (Err(_), _) => {}
                    }
                }
                return Ok(SignIn::Refused);
            };
            throttle.succeeded();
            counted.keep(throttle);
            if let Some(mut network) = network {
                network.tally.withdrawn();
            }
            act.tell_refusals(&mut account, &mut counted);
            drop(counted);
            if knock.device.is_some() {
                // Its user has shown who they are: other devices may try again.
                act.forgive(&mut account)?;
            }
            act.acting = crate::agency::kernel::act::user(&account, source);
            let is_bad = passwords::is_imported(knock.stored()) && !allowed(act, &account, credentials.password)?;
            if let Some(renewed) = renewed.filter(|_| !is_bad) {
                passwords::renewed(act, &mut account, renewed)?;
                act.event(&mut account, EventKind::PasswordRehashed, Params::new());
            }
            prove_by_password(act, &mut account)?;
            let about = Visit { remember: credentials.remember, device: knock.device };
            if is_bad {
                return begin_step(act, &mut account, Purpose::ChangePassword, about).map(SignIn::ChangePassword);
            }
            next(act, &mut account, about)
        })
    }
}

impl Knock {
    fn stored(&self) -> &str {
        self.evaluate.as_ref().map_or("", |stored| &stored.password)
    }
}

/// One look at an attempt; nothing where it has to come back.
fn let_in(act: &mut Act<'_>, from: &From<'_>, source: &Source) -> Result<Option<Knock>> {
    let (canonical, account, device) = match from {
        From::Anywhere { name, device } => {
            let canonical = canonical_name(act, name);
            let account = by_name(act, &canonical)?;
            let device = tokens::find(act, device.unwrap_or_default(), Purpose::Device)?;
            let device = device.filter(|(token, owner)| match (owner, &account) {
                (Some(owner), Some(account)) => owner.id == account.id && tokens::is_live(token, account, act.now),
                _ => false,
            });
            (canonical, account, device.map(|(token, _)| token.id))
        }
        From::Session(token) => {
            let (token, account) = tokens::live(act, token, Purpose::Session)?;
            (account.username_canonical.clone(), Some(account), Some(token.id))
        }
    };
    let way = match (&account, device) {
        (Some(account), Some(token)) => Way::Token(account.id, token),
        (Some(account), None) => Way::Password(account.id),
        (None, _) => Way::UnknownName(&canonical),
    };
    // Where no password opens the account, it is counted as a name that nobody
    // has: what waits, and for how long, must not tell the two apart.
    let barred = account.as_deref().and_then(barred);
    let counted = match (&account, barred) {
        (Some(account), Some(_)) => Place::as_unknown(act.keys, &canonical, account.id),
        _ => way.place(act.keys),
    };
    let network = match (device, source.as_str()) {
        (None, Some(source)) => Network::of(source, &act.policy().throttle),
        _ => None,
    };
    let network =
        network.map(|network| RecordId::derived("network", &act.keys.digest("network", &[&network.to_string()])));
    // Both are read whether there is an account or not.
    let drawn = passwords::shares(act)?.draw(&act.keys.digest("password class", &[&canonical]));
    let class = match &account {
        Some(account) => passwords::class_of(account),
        None => Some(drawn).filter(|class| !class.is_policy()),
    };
    let mut row = act.counted(counted)?;
    let mut throttle = row.throttle();
    let policy = act.policy().throttle.clone();
    let stored = account.as_deref().and_then(Stored::of);
    let mut of_network = network.map(|id| from_network(act, id)).transpose()?;
    let refusal = match throttle.admit(&policy, act.now) {
        Admission::Busy => return Ok(None),
        Admission::Evaluate => match of_network.as_mut().map(|network| network.tally.admit(&policy, act.now)) {
            None | Some(Admission::Evaluate) => None,
            Some(Admission::Busy) => return Ok(None),
            Some(Admission::Locked(_) | Admission::Closed) => {
                throttle.withdrawn();
                Some(Refusal::SourceLocked)
            }
        },
        Admission::Locked(_) => Some(Refusal::Locked),
        Admission::Closed => Some(Refusal::Closed),
    };
    row.keep(throttle);
    drop(of_network);
    let evaluate = match refusal {
        Some(reason) => Err(reason),
        None => Ok(stored.unwrap_or(Stored { password: String::new(), epoch: 0 })),
    };
    let account = account.map(|account| account.id);
    Ok(Some(Knock { account, counted, network, class, barred, evaluate, device }))
}

/// Why no password opens an account, where none does.
fn barred(account: &record::Account) -> Option<Refusal> {
    match (account.disabled_at, &account.password) {
        (Some(_), _) => Some(Refusal::Disabled),
        (None, None) => Some(Refusal::NoPassword),
        (None, Some(_)) => None,
    }
}

/// What is counted of a network; all zeros where nothing is yet.
fn from_network(act: &Act<'_>, id: RecordId) -> Result<Tracked<record::SourceCount>> {
    let mut found = act.by_id_or(id.0, || record::SourceCount {
        agency: act.agency.id,
        id,
        revision: 1,
        tally: SourceTally::default(),
        touched_at: act.now,
    })?;
    found.touched_at = act.now;
    Ok(found)
}

/// Evaluates the password at the cost that an attempt at this name has,
/// whatever became of it.
pub(super) fn evaluate(knock: &Knock, hasher: &Hasher, keys: &AgencyKeys, password: &Secret) -> Option<Outcome> {
    // One that is too long is not looked at, at the cost of one that is.
    let looked_at = knock.account.filter(|_| knock.barred.is_none() && password.reveal().len() <= MAX_BYTES);
    match (&knock.evaluate, looked_at) {
        (Ok(stored), Some(account)) => Some(passwords::matches(hasher, keys, account, &stored.password, password)),
        (evaluate, _) => {
            match &knock.class {
                Some(class) => hasher.decoy_like(*class, password.reveal()),
                None => hasher.decoy(password.reveal()),
            }
            evaluate.is_ok().then_some(Outcome::Wrong)
        }
    }
}

/// Why an attempt that was evaluated is refused, if it is.
fn refusal(
    account: Option<&record::Account>,
    knock: &Knock,
    outcome: Option<Outcome>,
    now: OffsetDateTime,
) -> Option<Refusal> {
    if knock.barred.is_some() {
        return knock.barred;
    }
    let stored = match &knock.evaluate {
        Ok(stored) => stored,
        Err(reason) => return Some(*reason),
    };
    let Some(account) = account else { return Some(Refusal::WrongPassword) };
    match outcome {
        Some(Outcome::Wrong) | None => Some(Refusal::WrongPassword),
        Some(Outcome::Unusable) => Some(Refusal::UnusableHash),
        _ if account.disabled_at.is_some() => Some(Refusal::Disabled),
        _ if account.deleted_at.is_some() || Stored::of(account).as_ref() != Some(stored) => {
            Some(Refusal::ChangedMeanwhile)
        }
        _ if account.password_expires_at.is_some_and(|at| now >= at) => Some(Refusal::Expired),
        _ => None,
    }
}

/// Whether the policy allows a password that another system let pass (P7).
fn allowed(act: &Act<'_>, account: &record::Account, password: &Secret) -> Result<bool> {
    let change = Change {
        new: password.reveal(),
        confirm: password.reveal(),
        current_matches: None,
        same_as_current: false,
        reused: false,
    };
    Ok(!crate::has_errors(&Owner::of(act, account)?.check(&change, &act.agency)))
}

/// A generated password came by a message: whoever signs in with it has the
/// contact that it went to (C1).
fn prove_by_password(act: &mut Act<'_>, account: &mut Tracked<record::Account>) -> Result<()> {
    if account.password.as_deref().is_some_and(passwords::is_generated) {
        let contact = account.written_to;
        return crate::agency::identity::contacts::prove(act, account, contact);
    }
    Ok(())
}

/// What a visit carries from one step to the next.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Visit {
    pub(super) remember: bool,
    /// The device that it comes from, where that is known.
    pub(super) device: Option<TokenId>,
}

/// What comes next for someone who has shown who they are: a session, or the
/// step that is due.
pub(super) fn next(act: &mut Act<'_>, account: &mut Tracked<record::Account>, visit: Visit) -> Result<SignIn> {
    match account.stage {
        Stage::Active => Ok(SignIn::Granted(grant(act, account, visit)?)),
        Stage::PasswordDue | Stage::Invited => {
            begin_step(act, account, Purpose::ChangePassword, visit).map(SignIn::ChangePassword)
        }
        Stage::QuestionsDue => begin_step(act, account, Purpose::SetQuestions, visit).map(SignIn::SetQuestions),
    }
}

fn begin_step(
    act: &mut Act<'_>,
    account: &mut Tracked<record::Account>,
    purpose: Purpose,
    visit: Visit,
) -> Result<Step> {
    tokens::end_all(act, account.id, purpose)?;
    let about = About { remember: visit.remember, ..About::default() };
    let step = tokens::issue_step(act, account, purpose, about);
    act.event(account, EventKind::SignInStep, params([("step", purpose.as_str().into())]));
    Ok(step)
}
