//! Who sees what, from what is stored (V).

mod bearing;
mod gathered;

use std::collections::BTreeSet;

use time::Duration;

use super::identity::links;
use super::kernel::{Agency, get, now, read, read_parts};
use crate::error::{Error, Result};
use crate::finding::{Code, Finding};
use crate::id::{AccountId, ApplicationId, PartyId};
use crate::relationship::{PartyFacts, Period};
use crate::snapshot::{Facts, PublicKey, Snapshot};
use crate::store::{Query, record};
use crate::visibility::{Decision, Grant, Sight, Viewer, Whose, decide, who_can_see};
use crate::words::{Resource, Role, Stage};
use gathered::{Gathered, PartyLine};

impl Agency {
    /// Whether an account may see a resource now, and why (V). Default deny:
    /// an account or a party of another agency is one that is not there.
    ///
    /// # Errors
    ///
    /// `account.not_found`, `party.not_found`, `application.not_found`, or
    /// those of the store.
    pub fn can_see(&self, viewer: AccountId, resource: Resource, of: impl Into<Whose>) -> Result<Decision> {
        let now = now(&self.shared)?;
        let (viewer, of, policy) = self.bearing(viewer, resource, of.into(), now)?;
        Ok(decide(&viewer, resource, of, &policy, now))
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
        let now = now(&self.shared)?;
        let (gathered, of, policy) = self.bearing_on(resource, of.into(), now)?;
        let viewers = gathered.viewers();
        let viewers = viewers.iter().map(|(id, viewer)| (*id, viewer));
        Ok(who_can_see(resource, of, viewers, &policy, now))
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
        let mut viewer = self.viewer(account)?;
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
        let clients: Vec<PartyLine> = read_parts(&self.shared, clients)?;
        Ok(clients.iter().map(|party| party.id).collect())
    }

    /// The viewer behind an account, as its links in force make it, with all
    /// ties and grants: one read for each table.
    fn viewer(&self, account: AccountId) -> Result<Viewer> {
        let (shared, mut gathered) = (&self.shared, Gathered::default());
        let found = get(shared, self.id, account.0)?;
        gathered.account(&found.ok_or_else(|| Error::not_found(Code::AccountNotFound))?);
        gathered.links(read_parts(shared, links::in_force(Query::all(self.id)).is(record::Link::account, account))?);
        let parties = Query::<record::Party>::all(self.id).among(record::Party::id, gathered.of_links());
        gathered.parties(read_parts(shared, parties.null(record::Party::deleted_at, true))?);
        let mine = gathered.owned();
        gathered.ties(read_parts(shared, Query::all(self.id).among(record::Tie::who, &mine))?);
        gathered.grants(read(shared, &Query::all(self.id).among(record::Grant::party, &mine))?);
        Ok(gathered.viewer(account).unwrap_or_default())
    }
}

impl record::Account {
    /// Whether it is fully set up, and neither disabled nor deleted.
    fn is_active(&self) -> bool {
        self.stage == Stage::Active && self.disabled_at.is_none() && self.deleted_at.is_none()
    }
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
