//! Delegated work (A7): someone of the office does what the policy lets their
//! role do, on people of the roles that it names, and on nobody else.
//!
//! Every act of the office takes whom it is about from here, whoever acts. For
//! delegated work that is where the people are held against what is delegated;
//! an act that asked about nobody is refused, so that one that forgets to ask
//! is closed, not open. What the policy cannot name ([`OfficeAct`]) is never
//! delegated.

use std::cell::Cell;
use std::collections::BTreeSet;

use time::{Duration, OffsetDateTime};

use super::people::facts;
use super::{Office, can_act, may_manage, not_allowed};
use crate::agency::identity::{enrol, links};
use crate::agency::kernel::{Act, Actor, Reach, Tracked, get, read};
use crate::error::{Error, Result};
use crate::id::{AccountId, AgencyId, PartyId};
use crate::policy::{OFFICE_ROLES, OfficeAct};
use crate::relationship::conveys;
use crate::store::{Query, record};
use crate::words::{Role, TieKind};

/// What somebody may do for the office, and on whom (A7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The act.
    pub act: OfficeAct,
    /// On people who have no other roles than these.
    pub roles: BTreeSet<Role>,
}

impl Office {
    /// What the actor may do for the office of what can be delegated, and on
    /// whom, so that pages hide the rest (A7): everything on everybody for
    /// support, account managers and the host's own program; what the policy
    /// delegates to their roles for the office; nothing for all others. Every
    /// act is checked by itself all the same.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn allowed(&self) -> Result<Vec<Allowed>> {
        let (shared, agency) = (&self.agency.shared, self.agency.id);
        let policy = self.agency.record()?.policy;
        let all = || OfficeAct::ALL.iter().map(|act| Allowed { act: *act, roles: Role::ALL.iter().copied().collect() });
        let Actor::Account(id) = &self.actor else { return Ok(all().collect()) };
        let account: Option<record::Account> = get(shared, agency, id.0)?;
        let Some(account) = account.filter(can_act) else { return Ok(Vec::new()) };
        if may_manage(&account) {
            return Ok(all().collect());
        }
        let mine = links::of_accounts(shared, agency, &[account.id])?;
        let mine = mine.iter().filter(|link| link.application.is_none()).map(|link| link.party);
        let parties =
            Query::<record::Party>::all(agency).among(record::Party::id, mine).null(record::Party::deleted_at, true);
        let roles: BTreeSet<Role> = read(shared, &parties)?.into_iter().flat_map(|party| party.roles).collect();
        let allowed = |act: &OfficeAct| Allowed { act: *act, roles: policy.office.reach(&roles, *act) };
        Ok(OfficeAct::ALL.iter().map(allowed).filter(|allowed| !allowed.roles.is_empty()).collect())
    }
}

/// On whom an account may act that is no manager: by the office roles that its
/// parties have, those that ties convey not among them. The act rests on each
/// of these facts.
pub(super) fn reach(act: &Act<'_>, account: &record::Account, name: &str) -> Result<Reach> {
    let what: OfficeAct = name.parse().map_err(|_| not_allowed(name))?;
    let mut mine = BTreeSet::new();
    for link in links::of_account(act, account.id)?.iter().filter(|link| link.application.is_none()) {
        act.guard(link);
        let party: Option<Tracked<record::Party>> = act.by_id(link.party.0)?;
        if let Some(party) = party.filter(|party| party.deleted_at.is_none()) {
            act.guard(&party);
            mine.extend(party.roles.iter().copied());
        }
    }
    let roles = act.policy().office.reach(&mine, what);
    if roles.is_empty() {
        return Err(not_allowed(name));
    }
    act.guard(&act.agency);
    Ok(Reach { actor: account.id, name: name.to_owned(), roles, was_asked: Cell::new(false) })
}

/// Decides one act, or one item of many: delegated work must have asked whom it
/// is about.
pub(super) fn asking<T>(act: &mut Act<'_>, decide: impl FnOnce(&mut Act<'_>) -> Result<T>) -> Result<T> {
    if let Some(reach) = &act.reach {
        reach.was_asked.set(false);
    }
    let done = decide(act)?;
    match &act.reach {
        Some(reach) if !reach.was_asked.get() => Err(not_allowed(&reach.name)),
        _ => Ok(done),
    }
}

/// An account that an act of the office is about.
pub(super) fn account(act: &Act<'_>, id: AccountId) -> Result<Tracked<record::Account>> {
    let account = act.account(id)?;
    if let Some(reach) = &act.reach {
        reach.account(act, &account)?;
    }
    Ok(account)
}

/// A party that an act of the office is about.
pub(super) fn party(act: &Act<'_>, id: PartyId) -> Result<Tracked<record::Party>> {
    let party = enrol::party(act, id)?;
    if let Some(reach) = &act.reach {
        reach.party(act, &party)?;
        for link in links::of_party(act, id)? {
            reach.account(act, &act.account(link.account)?)?;
        }
    }
    Ok(party)
}

/// The two ends of a tie that an act of the office is about.
pub(super) fn both(act: &Act<'_>, who: PartyId, of: PartyId) -> Result<()> {
    if act.reach.is_some() {
        party(act, who)?;
        party(act, of)?;
    }
    Ok(())
}

/// The roles that an act of the office gives to somebody.
pub(super) fn gives(act: &Act<'_>, roles: impl IntoIterator<Item = Role>) -> Result<()> {
    match &act.reach {
        Some(reach) => reach.covers(&roles.into_iter().collect()),
        None => Ok(()),
    }
}

impl Reach {
    fn refused(&self) -> Error {
        not_allowed(&self.name)
    }

    /// All roles that somebody has, and at least one, are among those that were
    /// delegated.
    fn covers(&self, roles: &BTreeSet<Role>) -> Result<()> {
        self.was_asked.set(true);
        let office = roles.iter().any(|role| OFFICE_ROLES.contains(role));
        if roles.is_empty() || office || !roles.is_subset(&self.roles) { Err(self.refused()) } else { Ok(()) }
    }

    /// No manager, not the actor, and every party that it belongs to is within
    /// reach; one that belongs to none may be anybody's.
    fn account(&self, act: &Act<'_>, account: &Tracked<record::Account>) -> Result<()> {
        self.was_asked.set(true);
        let links = links::of_account(act, account.id)?;
        if account.manager_since.is_some() || account.id == self.actor || links.is_empty() {
            return Err(self.refused());
        }
        act.guard(account);
        for link in links {
            self.party(act, &enrol::party(act, link.party)?)?;
        }
        Ok(())
    }

    fn party(&self, act: &Act<'_>, party: &Tracked<record::Party>) -> Result<()> {
        act.guard(party);
        self.covers(&facts(act, party)?.roles)
    }
}

/// The parties that have one of these roles: as the office made them, or by a
/// tie in force.
pub(super) fn having(agency: AgencyId, roles: &BTreeSet<Role>, now: OffsetDateTime) -> Query<record::Party> {
    let next = now.saturating_add(Duration::MILLISECOND);
    let kinds = TieKind::ALL.iter().copied().filter(|kind| conveys(*kind).is_some_and(|role| roles.contains(&role)));
    let ties = Query::<record::Tie>::all(agency)
        .among(record::Tie::kind, kinds)
        .before(record::Tie::begins_at, next)
        .or_null(record::Tie::ends_at)
        .or_from(record::Tie::ends_at, next);
    let stored = roles.iter().fold(Query::all(agency), |query, role| query.or_has(record::Party::roles, *role));
    stored.or_found(record::Party::id, ties, record::Tie::who)
}

/// The parties that somebody may not see who may see those of these roles alone:
/// who has another one too.
pub(super) fn beyond(agency: AgencyId, roles: &BTreeSet<Role>, now: OffsetDateTime) -> Query<record::Party> {
    having(agency, &Role::ALL.iter().copied().filter(|role| !roles.contains(role)).collect(), now)
}

/// The links of account managers: whose they are is out of reach.
pub(super) fn of_managers(agency: AgencyId) -> Query<record::Link> {
    let managers = Query::<record::Account>::all(agency).null(record::Account::manager_since, false);
    links::in_force(Query::all(agency)).found(record::Link::account, managers, record::Account::id, true)
}
