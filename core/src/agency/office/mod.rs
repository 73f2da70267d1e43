//! The agency with someone acting: what support, account managers and the
//! host's own program do (A, B, I, R, N).

mod applications;
mod brought;
mod correct;
mod delegated;
mod each;
mod edit;
mod facts;
mod feed;
mod file;
mod grants;
mod invite;
mod leave;
mod managers;
mod many;
mod merge;
mod met;
mod outbox;
mod people;
mod print;
mod remind;
mod restore;
mod retention;
mod review;
mod roster;
mod sample;
mod sessions;
mod settings;
mod staged;
mod texts;
mod tie_roster;
mod ties;
mod users;
mod window;

pub use crate::agency::kernel::pieces::Progress;
pub use applications::*;
pub use delegated::Allowed;
pub use edit::*;
pub use feed::{FeedLine, FeedLines, FeedPage, FeedQuery};
pub use file::*;
pub use grants::*;
pub use invite::*;
pub use many::DoneRow;
pub use merge::*;
pub use outbox::*;
pub use people::*;
pub use print::*;
pub use restore::*;
pub use retention::Trimmed;
pub use review::*;
pub use roster::*;
pub use settings::*;
pub use staged::*;
pub use texts::TextRow;
pub use tie_roster::*;
pub use ties::*;
pub use users::*;
pub use window::*;

use std::collections::BTreeSet;

use crate::agency::kernel::{Act, Acting, Actor, Agency, Sending, Source, Tracked, act};
use crate::description::AdministrativeAct;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Params, params};
use crate::id::PartyId;
use crate::store::record;
use crate::words::{ActorKind, EventKind, Role, Stage};

/// An agency with someone acting: what support, an account manager or the
/// host's own program may do.
///
/// Whether the actor may do it is decided anew in each act, from the facts of
/// that moment, and the act's commit rests on it: `actor.not_allowed` where not.
/// While the agency is suspended all acts are refused with `agency.suspended`, and
/// once it is deleted with `agency.deleted` (A9).
#[derive(Clone)]
pub struct Office {
    pub(crate) agency: Agency,
    actor: Actor,
    source: Source,
    sending: Sending,
}

impl Agency {
    /// The agency with someone acting. Whether they may do what they then ask
    /// is decided at each act.
    pub fn acting_as(&self, actor: Actor) -> Office {
        Office { agency: self.clone(), actor, source: Source::UNKNOWN, sending: Sending::Now }
    }
}

impl Office {
    /// The same, with a note for the history of where the actor sits.
    #[must_use]
    pub fn from(self, source: Source) -> Self {
        Self { source, ..self }
    }

    /// The same, where those whom it enrols are sent their first message later
    /// (I10): accounts are made whole, but no link, password or message of
    /// theirs exists until [`send_staged`](Self::send_staged), so that nothing
    /// is over while they wait; families and their applications are added, and
    /// not invited yet. Who is enrolled by a tie that begins in the future is
    /// sent to when it begins.
    ///
    /// ```
    /// # use carekey::*;
    /// # let directory = Directory::open("memory:", &[7; 32])?;
    /// # let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
    /// # let agency = directory.create_agency(settings, &Actor::Support("Pat".into()))?;
    /// # let office = agency.acting_as(Actor::Support("Pat".into()));
    /// use carekey::agency::{NewParty, Sending, StagedRow};
    ///
    /// let ann = NewParty { name: "Ann Hale".into(), roles: [Role::Client].into(), email: Some("ann@example.com".into()), ..NewParty::default() };
    /// office.clone().sending(Sending::Later).add_party(&ann)?;
    /// assert!(agency.outbox().claim(10)?.is_empty());
    ///
    /// let staged: Vec<_> = office.staged(0, 100)?.iter().filter_map(StagedRow::item).collect();
    /// let sent = office.send_staged(&staged, &mut |_| std::ops::ControlFlow::Continue(()))?;
    /// assert!(sent[0].done && agency.outbox().claim(10)?.len() == 1);
    /// # Ok::<(), carekey::Error>(())
    /// ```
    #[must_use]
    pub fn sending(self, sending: Sending) -> Self {
        Self { sending, ..self }
    }

    /// The agency.
    pub fn agency(&self) -> &Agency {
        &self.agency
    }

    /// Runs an act of the office: support, managers and the system may, and
    /// those to whom it is delegated, on the people it is delegated for (A7).
    pub(super) fn act<T>(&self, name: &str, mut decide: impl FnMut(&mut Act<'_>) -> Result<T>) -> Result<T> {
        act::run(&self.agency.shared, self.agency.id, &self.someone(), |act| {
            self.admit(act, name)?;
            delegated::asking(act, &mut decide)
        })
    }

    /// Runs an act that only support may.
    pub(super) fn support_act<T>(&self, name: &str, decide: impl FnMut(&mut Act<'_>) -> Result<T>) -> Result<T> {
        if self.is_support() { self.act(name, decide) } else { Err(not_allowed(name)) }
    }

    /// Whether support acts.
    pub(super) fn is_support(&self) -> bool {
        matches!(self.actor, Actor::Support(_))
    }

    /// Reads something for the office.
    pub(super) fn may(&self, name: &str) -> Result<()> {
        self.agency.record()?;
        match &self.actor {
            Actor::Support(_) | Actor::System(_) => Ok(()),
            Actor::Account(id) => {
                let account: Option<record::Account> = act::get(&self.agency.shared, self.agency.id, id.0)?;
                account.filter(may_manage).map(|_| ()).ok_or_else(|| not_allowed(name))
            }
        }
    }

    /// Reads something of somebody: who may do all may, and those to whom it is
    /// delegated where `whom` finds that it is about people it is delegated for.
    pub(super) fn may_of(&self, name: &str, whom: impl FnMut(&mut Act<'_>) -> Result<()>) -> Result<()> {
        match self.may(name) {
            Err(error) if error.kind == ErrorKind::NotAllowed => self.act(name, whom),
            other => other,
        }
    }

    /// Reads a list: nothing where it is whole, else the roles of the people
    /// that it is narrowed to.
    pub(super) fn may_list(&self, name: &str) -> Result<Option<BTreeSet<Role>>> {
        match self.may(name) {
            Err(error) if error.kind == ErrorKind::NotAllowed => {
                act::run(&self.agency.shared, self.agency.id, &self.someone(), |act| {
                    self.admit(act, name)?;
                    Ok(act.reach.take().map(|reach| reach.roles))
                })
            }
            other => other.map(|()| None),
        }
    }

    /// Names an account that acts as it is called at the moment of the act.
    pub(super) fn name_actor(&self, act: &mut Act<'_>) -> Result<()> {
        if let Actor::Account(id) = &self.actor
            && let Some(account) = act.by_id::<record::Account>(id.0)?
        {
            act.acting.name.clone_from(&account.display_name);
        }
        Ok(())
    }

    /// Lets the actor in to an act, which rests on their right from then on.
    pub(super) fn admit(&self, act: &mut Act<'_>, name: &str) -> Result<()> {
        if let Actor::Account(id) = &self.actor {
            let account: Option<Tracked<record::Account>> = act.by_id(id.0)?;
            let account = account.filter(|account| can_act(account)).ok_or_else(|| not_allowed(name))?;
            act.guard(&account);
            act.acting.name.clone_from(&account.display_name);
            if !may_manage(&account) {
                act.reach = Some(delegated::reach(act, &account, name)?);
                act.acting.kind = ActorKind::Staff;
            }
        }
        Ok(())
    }

    /// Who acts; of an account the name is that of the moment of the act.
    pub(super) fn someone(&self) -> Acting {
        let (kind, account, name) = match &self.actor {
            Actor::Support(who) => (ActorKind::Support, None, who.clone()),
            Actor::System(what) => (ActorKind::System, None, what.clone()),
            Actor::Account(id) => (ActorKind::Manager, Some(*id), String::new()),
        };
        Acting { kind, account, name, source: self.source.text(), sending: self.sending }
    }
}

/// Whether an account may act for the office: an account manager who can sign
/// in (A1).
pub(super) fn may_manage(account: &record::Account) -> bool {
    account.manager_since.is_some() && can_act(account)
}

/// Whether an account can act at all.
pub(super) fn can_act(account: &record::Account) -> bool {
    account.disabled_at.is_none() && account.deleted_at.is_none() && account.stage == Stage::Active
}

pub(super) fn not_allowed(name: &str) -> Error {
    Error::new(ErrorKind::NotAllowed, Code::ActorNotAllowed).with("act", name)
}

impl Agency {
    /// The history of an account, first line first. It outlives the account.
    /// What was refused and not told yet, is told now: one line for each
    /// reason and day (E4).
    ///
    /// # Errors
    ///
    /// `account.not_found`, or those of the store.
    pub fn history(&self, account: crate::AccountId) -> Result<Vec<crate::history::Line>> {
        let account = act::run(&self.shared, self.id, &act::system(&Source::UNKNOWN), |act| {
            let mut account: Tracked<record::Account> = act.get(account.0, Code::AccountNotFound)?;
            // The history of someone deleted is closed.
            if account.deleted_at.is_none() {
                act.tell_all(&mut account)?;
            }
            Ok(record::Account::clone(&account))
        })?;
        self.account_lines(&account)
    }
}

/// Ties a line to the account where there is one, else to the agency.
pub(super) fn tell(act: &mut Act<'_>, party: &record::Party, kind: EventKind, details: Params) -> Result<()> {
    let accounts = accounts_of(act, party.id)?;
    if accounts.is_empty() {
        return act.agency_event(kind, details);
    }
    for mut account in accounts {
        act.event(&mut account, kind, details.clone());
    }
    Ok(())
}

/// Says in the lists what was done last to the accounts of a party (A3), where
/// the line about it is the agency's own: a tie has two ends.
pub(super) fn describe(act: &Act<'_>, party: PartyId, what: AdministrativeAct) -> Result<()> {
    for mut account in accounts_of(act, party)? {
        act.describe(&mut account, what);
    }
    Ok(())
}

/// The accounts that are a party's own logins.
fn accounts_of(act: &Act<'_>, party: PartyId) -> Result<Vec<Tracked<record::Account>>> {
    let links = crate::agency::identity::links::of_party(act, party)?;
    let own = links.iter().filter(|link| link.application.is_none());
    let mut accounts = Vec::new();
    for link in own {
        accounts.extend(act.by_id::<record::Account>(link.account.0)?);
    }
    Ok(accounts)
}

/// The parameters of a party, as the agency's history tells of it.
pub(super) fn of_party(party: &record::Party) -> Params {
    params([("party", party.id.to_string().into()), ("name", party.display_name.as_str().into())])
}
