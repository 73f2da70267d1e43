//! Who sees what, from what is stored (V).

use std::collections::{BTreeMap, BTreeSet};

use time::Duration;

use super::identity::links;
use super::kernel::{Agency, get, now, read};
use crate::error::{Error, Result};
use crate::finding::{Code, Finding};
use crate::id::{AccountId, ApplicationId, PartyId};
use crate::relationship::{PartyFacts, Period};
use crate::snapshot::{Facts, PublicKey, Snapshot};
use crate::store::{Query, record};
use crate::visibility::{Decision, Grant, Of, Sight, Viewer, Whose, decide, who_can_see};
use crate::words::{Resource, Role, Stage};

impl Agency {
    /// Whether an account may see a resource now, and why (V). Default deny:
    /// an account or a party of another agency is one that is not there.
    ///
    /// # Errors
    ///
    /// `account.not_found`, `party.not_found`, `application.not_found`, or
    /// those of the store.
    pub fn can_see(&self, viewer: AccountId, resource: Resource, of: impl Into<Whose>) -> Result<Decision> {
        let policy = self.record()?.policy.visibility.clone();
        let of = self.of(of.into())?;
        let viewers = self.viewers(&[viewer])?;
        let viewer = viewers.get(&viewer).ok_or_else(|| Error::not_found(Code::AccountNotFound))?;
        Ok(decide(viewer, resource, of, &policy, now(&self.shared)?))
    }

    /// Everything that an account sees now: its own, that of everyone it is
    /// tied to, its applications, and what is granted to it by name. A grant
    /// for every client stands for itself and is not listed client by client.
    ///
    /// # Errors
    ///
    /// `account.not_found`, or those of the store.
    pub fn sees(&self, viewer: AccountId) -> Result<Vec<Sight>> {
        Ok(self.facts(viewer)?.what(now(&self.shared)?))
    }

    /// Every account that sees a resource of a client or an application now,
    /// and why: the other way round.
    ///
    /// # Errors
    ///
    /// `party.not_found`, `application.not_found`, or those of the store.
    pub fn seen_by(&self, resource: Resource, of: impl Into<Whose>) -> Result<Vec<(AccountId, Decision)>> {
        let policy = self.record()?.policy.visibility.clone();
        let of = of.into();
        let asked = self.of(of)?;
        // Only these can have a way to it: its own people, those tied to it,
        // and those with a grant of the resource.
        let mut accounts = BTreeSet::new();
        let mut parties = BTreeSet::new();
        match of {
            Whose::Own => {}
            Whose::Party(party) => {
                parties.insert(party);
                let ties = Query::<record::Tie>::all(self.id).is(record::Tie::of, party);
                parties.extend(read(&self.shared, &ties)?.iter().map(|tie| tie.who));
            }
            Whose::Application(id) => {
                let linked = links::in_force(Query::all(self.id)).is(record::Link::application, id);
                accounts.extend(read(&self.shared, &linked)?.iter().map(|link| link.account));
            }
        }
        let grants = Query::<record::Grant>::all(self.id).is(record::Grant::resource, resource);
        parties.extend(read(&self.shared, &grants)?.iter().map(|grant| grant.party));
        accounts.extend(links::of_parties(&self.shared, self.id, parties)?.iter().map(|link| link.account));
        let accounts: Vec<AccountId> = accounts.into_iter().collect();
        let viewers = self.viewers(&accounts)?;
        let viewers = viewers.iter().map(|(id, viewer)| (*id, viewer));
        Ok(who_can_see(resource, asked, viewers, &policy, now(&self.shared)?))
    }

    /// A snapshot of what an account may see, for an app to decide by without
    /// a network until it lapses (V, [`snapshot`](crate::snapshot)): as
    /// [`can_see`](Self::can_see), it answers for what is now. It lasts
    /// [as long as the policy says](crate::policy::SnapshotPolicy).
    ///
    /// # Errors
    ///
    /// `account.not_found`, `account.deleted`, `account.disabled`, or those of
    /// the store.
    pub fn snapshot(&self, viewer: AccountId) -> Result<String> {
        let lifetime = Duration::hours(self.record()?.policy.snapshot.lifetime_hours.into());
        let account: Option<record::Account> = get(&self.shared, self.id, viewer.0)?;
        let account = account.ok_or_else(|| Error::not_found(Code::AccountNotFound))?;
        if account.deleted_at.is_some() {
            return Err(Error::not_found(Code::AccountDeleted));
        }
        if account.disabled_at.is_some() {
            return Err(Finding::new(Code::AccountDisabled, "account").into());
        }
        let now = now(&self.shared)?;
        let mut facts = self.facts(viewer)?;
        if facts.of_every_client() {
            facts.clients = self.clients(Query::all(self.id))?;
        }
        Snapshot::new(self.code(), viewer, &facts, now, lifetime).sign(&self.shared.key.snapshot(self.id))
    }

    /// The public key that this agency's snapshots are verified with. It stays
    /// the same as long as the directory's key does.
    pub fn snapshot_key(&self) -> PublicKey {
        self.shared.key.snapshot(self.id).public_key()
    }

    /// All that decisions about an account rest on; of the clients, those that
    /// its ties and grants name.
    fn facts(&self, account: AccountId) -> Result<Facts> {
        let policy = self.record()?.policy.visibility.clone();
        let viewer = self.viewers(&[account])?.remove(&account);
        let mut viewer = viewer.ok_or_else(|| Error::not_found(Code::AccountNotFound))?;
        let named = |grant: &Grant| grant.of.filter(|_| grant.resource == Resource::Application);
        let applications = Query::<record::Application>::all(self.id)
            .among(record::Application::id, viewer.grants.iter().filter_map(named).map(ApplicationId));
        let applications = read(&self.shared, &applications)?;
        viewer.grants.retain(|grant| {
            named(grant).is_none_or(|id| applications.iter().any(|application| application.id.0 == id))
        });
        let named = viewer.ties.iter().map(|tie| tie.of.0).chain(viewer.grants.iter().filter_map(|grant| grant.of));
        let clients = self.clients(Query::all(self.id).among(record::Party::id, named.map(PartyId)))?;
        Ok(Facts { viewer, policy, clients })
    }

    /// Which of these parties are clients.
    fn clients(&self, parties: Query<record::Party>) -> Result<BTreeSet<PartyId>> {
        let clients = parties.has(record::Party::roles, Role::Client).null(record::Party::deleted_at, true);
        Ok(read(&self.shared, &clients)?.iter().map(|party| party.id).collect())
    }

    /// What is asked for, with what is known of it.
    fn of(&self, whose: Whose) -> Result<Of> {
        match whose {
            Whose::Own => Ok(Of::Own),
            Whose::Party(id) => {
                let party: Option<record::Party> = get(&self.shared, self.id, id.0)?;
                let party = party.filter(|party| party.deleted_at.is_none());
                // Nobody is a client by a tie: what the office made it, decides.
                party.map(|party| Of::from(&party.stored_facts())).ok_or_else(|| Error::not_found(Code::PartyNotFound))
            }
            Whose::Application(id) => {
                let application: Option<record::Application> = get(&self.shared, self.id, id.0)?;
                application
                    .map(|application| Of::Application(application.id))
                    .ok_or_else(|| Error::not_found(Code::ApplicationNotFound))
            }
        }
    }

    /// The viewers behind these accounts, as their links in force make them:
    /// one read per table, however many.
    fn viewers(&self, accounts: &[AccountId]) -> Result<BTreeMap<AccountId, Viewer>> {
        let shared = &self.shared;
        let found = read(shared, &Query::<record::Account>::all(self.id).among(record::Account::id, accounts))?;
        let mut viewers: BTreeMap<AccountId, Viewer> = found
            .iter()
            .map(|account| {
                let active =
                    account.stage == Stage::Active && account.disabled_at.is_none() && account.deleted_at.is_none();
                (account.id, Viewer { active, ..Viewer::default() })
            })
            .collect();
        let links = links::of_accounts(shared, self.id, accounts)?;
        let parties = Query::<record::Party>::all(self.id)
            .among(record::Party::id, links.iter().map(|link| link.party))
            .null(record::Party::deleted_at, true);
        let parties: BTreeMap<PartyId, record::Party> =
            read(shared, &parties)?.into_iter().map(|party| (party.id, party)).collect();
        // Whose own a party is, with all that it is and has.
        let mut owners: BTreeMap<PartyId, BTreeSet<AccountId>> = BTreeMap::new();
        for link in links.iter().filter(|link| link.application.is_none()) {
            owners.entry(link.party).or_default().insert(link.account);
        }
        for link in &links {
            let (Some(viewer), Some(party)) = (viewers.get_mut(&link.account), parties.get(&link.party)) else {
                continue;
            };
            viewer.applications.extend(link.application);
            let own = owners.get(&party.id).is_some_and(|owners| owners.contains(&link.account));
            if !viewer.parties.iter().any(|known| known.id == party.id) {
                viewer.parties.push(if own { party.stored_facts() } else { family_of(party) });
            }
        }
        let ties = Query::<record::Tie>::all(self.id).among(record::Tie::who, owners.keys());
        for tie in read(shared, &ties)? {
            for owner in owners.get(&tie.who).into_iter().flatten() {
                if let Some(viewer) = viewers.get_mut(owner) {
                    viewer.ties.push(tie.facts());
                }
            }
        }
        let grants = Query::<record::Grant>::all(self.id).among(record::Grant::party, owners.keys());
        for grant in read(shared, &grants)? {
            for owner in owners.get(&grant.party).into_iter().flatten() {
                if let Some(viewer) = viewers.get_mut(owner) {
                    viewer.grants.push(grant.facts());
                }
            }
        }
        Ok(viewers)
    }
}

/// What a family is to someone who redeemed one of its applications: their
/// family, and nothing else that the party is.
fn family_of(party: &record::Party) -> PartyFacts {
    let roles = party.roles.iter().copied().filter(|role| *role == Role::Family).collect();
    PartyFacts { id: party.id, kind: party.kind, roles }
}

impl record::Party {
    /// What the office made it; what ties convey the rules derive themselves.
    fn stored_facts(&self) -> PartyFacts {
        self.facts(&[], time::OffsetDateTime::UNIX_EPOCH)
    }
}

impl record::Grant {
    pub(super) fn facts(&self) -> Grant {
        let period = Period { begins_at: self.begins_at, ends_at: self.ends_at };
        Grant { to: self.party, resource: self.resource, of: self.of, period }
    }
}
