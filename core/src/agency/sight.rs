//! Who sees what, from what is stored (V).

use std::collections::{BTreeMap, BTreeSet};

use time::Duration;

use super::Agency;
use super::act;
use crate::error::{Error, Result};
use crate::finding::{Code, Finding};
use crate::id::{AccountId, PartyId};
use crate::relationship::Period;
use crate::snapshot::{Facts, PublicKey, Snapshot};
use crate::store::{Select, Test, record};
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
        let of = self.of(of.into())?;
        let viewers = self.viewers(&[viewer])?;
        let viewer = viewers.get(&viewer).ok_or_else(|| Error::not_found(Code::AccountNotFound))?;
        let policy = self.record()?.policy.visibility;
        Ok(decide(viewer, resource, of, &policy, act::now(&self.shared)?))
    }

    /// Everything that an account sees now: its own, that of everyone it is
    /// tied to, its applications, and what is granted to it by name. A grant
    /// for every client stands for itself and is not listed client by client.
    ///
    /// # Errors
    ///
    /// `account.not_found`, or those of the store.
    pub fn sees(&self, viewer: AccountId) -> Result<Vec<Sight>> {
        Ok(self.facts(viewer)?.what(act::now(&self.shared)?))
    }

    /// Every account that sees a resource of a client or an application now,
    /// and why: the other way round.
    ///
    /// # Errors
    ///
    /// `party.not_found`, `application.not_found`, or those of the store.
    pub fn seen_by(&self, resource: Resource, of: impl Into<Whose>) -> Result<Vec<(AccountId, Decision)>> {
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
                let ties = Select::of::<record::Tie>(self.id).is("of", party);
                parties.extend(act::read::<record::Tie>(&self.shared, &ties)?.iter().map(|tie| tie.who));
            }
            Whose::Application(id) => {
                let application: Option<record::Application> = act::get(&self.shared, self.id, id.0)?;
                accounts.extend(application.and_then(|application| application.account));
            }
        }
        let grants = Select::of::<record::Grant>(self.id).is("resource", resource);
        parties.extend(act::read::<record::Grant>(&self.shared, &grants)?.iter().map(|grant| grant.party));
        let select = Select::of::<record::Party>(self.id).among("id", parties);
        accounts.extend(act::read::<record::Party>(&self.shared, &select)?.iter().filter_map(|party| party.account));
        let accounts: Vec<AccountId> = accounts.into_iter().collect();
        let viewers = self.viewers(&accounts)?;
        let policy = self.record()?.policy.visibility;
        let viewers = viewers.iter().map(|(id, viewer)| (*id, viewer));
        Ok(who_can_see(resource, asked, viewers, &policy, act::now(&self.shared)?))
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
        let account: Option<record::Account> = act::get(&self.shared, self.id, viewer.0)?;
        let account = account.ok_or_else(|| Error::not_found(Code::AccountNotFound))?;
        if account.deleted_at.is_some() {
            return Err(Error::not_found(Code::AccountDeleted));
        }
        if account.disabled_at.is_some() {
            return Err(Finding::new(Code::AccountDisabled, "account").into());
        }
        let lifetime = Duration::hours(self.record()?.policy.snapshot.lifetime_hours.into());
        let now = act::now(&self.shared)?;
        let mut facts = self.facts(viewer)?;
        if facts.of_every_client() {
            facts.clients = self.clients(Select::of::<record::Party>(self.id))?;
        }
        Snapshot::new(&self.code, viewer, &facts, now, lifetime).sign(&self.shared.key.snapshot(self.id))
    }

    /// The public key that this agency's snapshots are verified with. It stays
    /// the same as long as the directory's key does.
    pub fn snapshot_key(&self) -> PublicKey {
        self.shared.key.snapshot(self.id).public_key()
    }

    /// All that decisions about an account rest on; of the clients, those that
    /// its ties and grants name.
    fn facts(&self, account: AccountId) -> Result<Facts> {
        let viewer = self.viewers(&[account])?.remove(&account);
        let mut viewer = viewer.ok_or_else(|| Error::not_found(Code::AccountNotFound))?;
        let named = |grant: &Grant| grant.of.filter(|_| grant.resource == Resource::Application);
        let applications =
            Select::of::<record::Application>(self.id).among("id", viewer.grants.iter().filter_map(named));
        let applications: Vec<record::Application> = act::read(&self.shared, &applications)?;
        viewer.grants.retain(|grant| {
            named(grant).is_none_or(|id| applications.iter().any(|application| application.id.0 == id))
        });
        let named = viewer.ties.iter().map(|tie| tie.of.0).chain(viewer.grants.iter().filter_map(|grant| grant.of));
        let clients = self.clients(Select::of::<record::Party>(self.id).among("id", named))?;
        Ok(Facts { viewer, policy: self.record()?.policy.visibility, clients })
    }

    /// Which of these parties are clients.
    fn clients(&self, parties: Select) -> Result<BTreeSet<PartyId>> {
        let select =
            parties.and("roles", Test::Contains(format!(",{},", Role::Client))).and("deleted_at", Test::Null(true));
        Ok(act::read::<record::Party>(&self.shared, &select)?.iter().map(|party| party.id).collect())
    }

    /// What is asked for, with what is known of it.
    fn of(&self, whose: Whose) -> Result<Of> {
        match whose {
            Whose::Own => Ok(Of::Own),
            Whose::Party(id) => {
                let party: Option<record::Party> = act::get(&self.shared, self.id, id.0)?;
                let party = party.filter(|party| party.deleted_at.is_none());
                party.map(|party| Of::from(&party.facts())).ok_or_else(|| Error::not_found(Code::PartyNotFound))
            }
            Whose::Application(id) => {
                let application: Option<record::Application> = act::get(&self.shared, self.id, id.0)?;
                application
                    .map(|application| Of::Application(application.id))
                    .ok_or_else(|| Error::not_found(Code::ApplicationNotFound))
            }
        }
    }

    /// The viewers behind these accounts: one read per table, however many.
    fn viewers(&self, accounts: &[AccountId]) -> Result<BTreeMap<AccountId, Viewer>> {
        let shared = &self.shared;
        let select = Select::of::<record::Account>(self.id).among("id", accounts);
        let found: Vec<record::Account> = act::read(shared, &select)?;
        let mut viewers: BTreeMap<AccountId, Viewer> = found
            .iter()
            .map(|account| {
                let active =
                    account.stage == Stage::Active && account.disabled_at.is_none() && account.deleted_at.is_none();
                (account.id, Viewer { active, ..Viewer::default() })
            })
            .collect();
        let select =
            Select::of::<record::Party>(self.id).among("account", accounts).and("deleted_at", Test::Null(true));
        let mut owner = BTreeMap::new();
        for party in act::read::<record::Party>(shared, &select)? {
            if let Some(viewer) = party.account.and_then(|account| viewers.get_mut(&account)) {
                viewer.parties.push(party.facts());
                owner.insert(party.id, party.account);
            }
        }
        let of_party = |party: &PartyId| owner.get(party).copied().flatten();
        let select = Select::of::<record::Tie>(self.id).among("who", owner.keys());
        for tie in act::read::<record::Tie>(shared, &select)? {
            if let Some(viewer) = of_party(&tie.who).and_then(|account| viewers.get_mut(&account)) {
                viewer.ties.push(tie.facts());
            }
        }
        let select = Select::of::<record::Grant>(self.id).among("party", owner.keys());
        for grant in act::read::<record::Grant>(shared, &select)? {
            if let Some(viewer) = of_party(&grant.party).and_then(|account| viewers.get_mut(&account)) {
                viewer.grants.push(grant.facts());
            }
        }
        let select = Select::of::<record::Application>(self.id).among("account", accounts);
        for application in act::read::<record::Application>(shared, &select)? {
            if let Some(viewer) = application.account.and_then(|account| viewers.get_mut(&account)) {
                viewer.applications.push(application.id);
            }
        }
        Ok(viewers)
    }
}

impl record::Grant {
    fn facts(&self) -> Grant {
        let period = Period { begins_at: self.begins_at, ends_at: self.ends_at };
        Grant { to: self.party, resource: self.resource, of: self.of, period }
    }
}
