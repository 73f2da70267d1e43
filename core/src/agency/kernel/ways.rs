//! What is counted of those who guess (E4): each way in by itself, each device
//! that is known by itself, and each network over all names.
//!
//! A name that nobody has is counted as an account is, in a row of its own, so
//! that nothing tells the two apart.

use time::OffsetDateTime;

use super::act::{Act, system};
use super::actor::Source;
use super::keys::AgencyKeys;
use super::unit::Tracked;
use crate::account::{Refusal, RefusalLine, Refusals, Throttle};
use crate::error::Result;
use crate::finding::{Params, params};
use crate::id::{AccountId, RecordId, TokenId};
use crate::store::record;
use crate::words::{EventKind, Purpose};

/// What is being guessed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way<'a> {
    /// The password of an account, from devices that are not known.
    Password(AccountId),
    /// The password of a name, in canonical form, that nobody has.
    UnknownName(&'a str),
    /// The password of an account, from one device or session that its user has.
    Token(AccountId, TokenId),
    /// The answers of an account, where they are asked without a code (Q5).
    Questions(AccountId),
    /// The same of a name that nobody has.
    UnknownQuestions(&'a str),
    /// The code of an invitation, by what is given with it, in canonical form.
    Invitation(&'a str),
}

impl Way<'_> {
    /// Whose history tells what is refused.
    fn owner(self) -> Option<AccountId> {
        match self {
            Self::Password(account) | Self::Questions(account) | Self::Token(account, _) => Some(account),
            Self::UnknownName(_) | Self::UnknownQuestions(_) | Self::Invitation(_) => None,
        }
    }

    /// Where it is counted.
    pub(crate) fn place(self, keys: &AgencyKeys) -> Place {
        Place { id: self.id(keys), owner: self.owner() }
    }

    /// Under which id it is counted. What someone typed is kept as a keyed
    /// digest alone: it may be an address, or a password in the wrong field.
    pub(crate) fn id(self, keys: &AgencyKeys) -> RecordId {
        let typed = |what: &str, text: &str| RecordId::derived(what, &keys.digest(what, &[text]));
        match self {
            Self::Password(account) => RecordId::derived("password", account.0.as_bytes()),
            Self::UnknownName(name) => typed("unknown name", name),
            Self::Token(_, token) => RecordId::derived("known device", token.0.as_bytes()),
            Self::Questions(account) => RecordId::derived("questions", account.0.as_bytes()),
            Self::UnknownQuestions(name) => typed("unknown questions", name),
            Self::Invitation(with) => typed("given with a code", with),
        }
    }
}

/// Where failures are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) id: RecordId,
    owner: Option<AccountId>,
}

impl Place {
    /// The place of that id; the history of its owner, if it has one, tells
    /// what is refused.
    pub(crate) const fn at(id: RecordId, owner: Option<AccountId>) -> Self {
        Self { id, owner }
    }

    /// Where a name is counted whose account no password opens: as one that
    /// nobody has, and told in the history of the account.
    pub(crate) fn as_unknown(keys: &AgencyKeys, name: &str, owner: AccountId) -> Self {
        Self { id: Way::UnknownName(name).id(keys), owner: Some(owner) }
    }
}

impl Act<'_> {
    /// What is counted there; all zeros where nothing is yet. It is written in
    /// either case.
    pub(crate) fn counted(&self, place: Place) -> Result<Tracked<record::Throttle>> {
        let mut found = self.by_id_or(place.id.0, || blank(self.agency.id, place, self.now))?;
        found.touched_at = self.now;
        // A name that nobody had may be someone's by now.
        found.account = place.owner.or(found.account);
        Ok(found)
    }

    /// All that is counted of an account: at its password, its questions, its
    /// devices and sessions, and at its name while no password opened it.
    pub(crate) fn all_counted(&self, account: AccountId) -> Result<Vec<Tracked<record::Throttle>>> {
        self.find(&self.all().is(record::Throttle::account, account))
    }

    /// Forgets the failures of an account: its user has shown who they are, or
    /// the office says so. What was refused until then is told in its history.
    pub(crate) fn forgive(&mut self, account: &mut Tracked<record::Account>) -> Result<()> {
        let as_unknown = Way::UnknownName(&account.username_canonical).id(self.keys);
        for mut counted in self.all_counted(account.id)? {
            self.tell_refusals(account, &mut counted);
            if counted.id == as_unknown {
                // It goes on as that of a name that nobody has.
                counted.account = None;
            } else {
                counted.keep(Throttle::default());
            }
        }
        Ok(())
    }

    /// Tells what was refused to those who wanted in as an account (E4).
    pub(crate) fn tell_all(&mut self, account: &mut Tracked<record::Account>) -> Result<()> {
        for mut counted in self.all_counted(account.id)? {
            self.tell_refusals(account, &mut counted);
        }
        Ok(())
    }

    /// Writes down in an account's history what was refused and not told yet:
    /// one line for each reason and day (E4).
    pub(crate) fn tell_refusals(
        &mut self,
        account: &mut Tracked<record::Account>,
        counted: &mut Tracked<record::Throttle>,
    ) {
        if counted.refusals.is_empty() {
            return;
        }
        let acting = std::mem::replace(&mut self.acting, system(&Source::UNKNOWN));
        for line in counted.refusals.take() {
            self.acting.source.clone_from(&line.source);
            let (kind, details) = told(line);
            self.event(account, kind, details);
        }
        self.acting = acting;
    }
}

fn told(line: RefusalLine) -> (EventKind, Params) {
    let step = |step: Purpose| params([("step", step.as_str().into())]);
    let (kind, mut details) = match line.reason {
        Refusal::RecoveryStarted => (EventKind::RecoveryStarted, Params::new()),
        Refusal::WrongCode => (EventKind::RecoveryFailed, step(Purpose::RecoveryCode)),
        Refusal::WrongAnswers => (EventKind::RecoveryFailed, step(Purpose::RecoveryQuestions)),
        reason => (EventKind::SignInRefused, params([("reason", reason.as_str().into())])),
    };
    if line.count > 1 {
        details.extend(params([
            ("count", i64::try_from(line.count).unwrap_or(i64::MAX).into()),
            ("first", rfc3339(line.first_at).into()),
            ("last", rfc3339(line.last_at).into()),
        ]));
    }
    (kind, details)
}

/// A moment as a parameter holds it.
pub(crate) fn rfc3339(moment: OffsetDateTime) -> String {
    moment.format(&time::format_description::well_known::Rfc3339).unwrap_or_else(|_| moment.to_string())
}

fn blank(agency: crate::id::AgencyId, place: Place, now: OffsetDateTime) -> record::Throttle {
    record::Throttle {
        agency,
        id: place.id,
        revision: 1,
        account: place.owner,
        failures: 0,
        open: 0,
        open_until: None,
        locked_until: None,
        refusals: Refusals::default(),
        touched_at: now,
    }
}
