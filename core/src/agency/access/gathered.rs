//! What was read of viewers, and the viewers that it makes.

use std::collections::{BTreeMap, BTreeSet};

use time::OffsetDateTime;

use crate::agency::identity::links;
use crate::id::{AccountId, ApplicationId, LinkId, PartyId};
use crate::relationship::{PartyFacts, Period, Tie};
use crate::store::{parts, record};
use crate::visibility::Viewer;
use crate::words::{PartyKind, Role, TieKind};

parts! {
    /// What a party is, as the office made it.
    pub(super) PartyLine of Party { id: PartyId, kind: PartyKind, roles: BTreeSet<Role> }

    /// Whose an account is.
    pub(super) LinkLine of Link {
        id: LinkId,
        account: AccountId,
        party: PartyId,
        application: Option<ApplicationId>,
        since: OffsetDateTime,
    }

    /// What somebody is to somebody.
    pub(super) TieLine of Tie {
        kind: TieKind,
        who: PartyId,
        of: PartyId,
        begins_at: OffsetDateTime,
        ends_at: Option<OffsetDateTime>,
    }
}

/// Rows of accounts, and of what belongs to them.
#[derive(Default)]
pub(super) struct Gathered {
    /// Whether each account is active.
    accounts: BTreeMap<AccountId, bool>,
    links: Vec<LinkLine>,
    parties: BTreeMap<PartyId, PartyFacts>,
    ties: Vec<TieLine>,
    grants: Vec<record::Grant>,
}

impl Gathered {
    pub(super) fn account(&mut self, account: &record::Account) {
        self.accounts.insert(account.id, account.is_active());
    }

    /// Of these the accounts are known to be active.
    pub(super) fn active(&mut self, links: &[LinkLine]) {
        self.accounts.extend(links.iter().map(|link| (link.account, true)));
    }

    pub(super) fn links(&mut self, links: Vec<LinkLine>) {
        self.links.extend(links);
        self.links.sort_by_key(|link| links::by_age(link.since, link.id));
    }

    pub(super) fn parties(&mut self, parties: Vec<PartyLine>) {
        let facts = |PartyLine { id, kind, roles }| (id, PartyFacts { id, kind, roles });
        self.parties.extend(parties.into_iter().map(facts));
    }

    /// Those of one stand in the order in which they come.
    pub(super) fn ties(&mut self, ties: Vec<TieLine>) {
        self.ties.extend(ties);
    }

    /// Those of one stand in the order in which they come.
    pub(super) fn grants(&mut self, grants: Vec<record::Grant>) {
        self.grants.extend(grants);
    }

    /// The parties that the links name.
    pub(super) fn of_links(&self) -> BTreeSet<PartyId> {
        self.links.iter().map(|link| link.party).collect()
    }

    /// Those of them that are somebody's own, with all that they are and have.
    pub(super) fn owned(&self) -> BTreeSet<PartyId> {
        self.links.iter().filter(|link| link.application.is_none()).map(|link| link.party).collect()
    }

    /// The viewer of one account.
    pub(super) fn viewer(self, account: AccountId) -> Option<Viewer> {
        self.viewers().remove(&account)
    }

    /// The viewers behind the accounts, as their links make them.
    pub(super) fn viewers(self) -> BTreeMap<AccountId, Viewer> {
        let viewer = |(id, active)| (id, Viewer { active, ..Viewer::default() });
        let mut viewers: BTreeMap<AccountId, Viewer> = self.accounts.into_iter().map(viewer).collect();
        // Whose own a party is.
        let mut owners: BTreeMap<PartyId, BTreeSet<AccountId>> = BTreeMap::new();
        for link in self.links.iter().filter(|link| link.application.is_none()) {
            owners.entry(link.party).or_default().insert(link.account);
        }
        for link in &self.links {
            let (Some(viewer), Some(party)) = (viewers.get_mut(&link.account), self.parties.get(&link.party)) else {
                continue;
            };
            viewer.applications.extend(link.application);
            let own = owners.get(&party.id).is_some_and(|owners| owners.contains(&link.account));
            if !viewer.parties.iter().any(|known| known.id == party.id) {
                viewer.parties.push(if own { party.clone() } else { family_of(party) });
            }
        }
        for TieLine { kind, who, of, begins_at, ends_at } in self.ties {
            for owner in owners.get(&who).into_iter().flatten() {
                if let Some(viewer) = viewers.get_mut(owner) {
                    viewer.ties.push(Tie { kind, who, of, period: Period { begins_at, ends_at } });
                }
            }
        }
        for grant in self.grants {
            for owner in owners.get(&grant.party).into_iter().flatten() {
                if let Some(viewer) = viewers.get_mut(owner) {
                    viewer.grants.push(grant.facts());
                }
            }
        }
        viewers
    }
}

/// What a family is to someone who redeemed one of its applications: their
/// family, and nothing else that the party is.
fn family_of(party: &PartyFacts) -> PartyFacts {
    let roles = party.roles.iter().copied().filter(|role| *role == Role::Family).collect();
    PartyFacts { id: party.id, kind: party.kind, roles }
}
