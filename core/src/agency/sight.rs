//! Who sees what, from what is stored (V).

use std::collections::{BTreeMap, BTreeSet};

use super::Agency;
use super::act;
use crate::error::{Error, Result};
use crate::finding::Code;
use crate::id::{AccountId, ApplicationId, PartyId};
use crate::relationship::Period;
use crate::store::{Select, Test, record};
use crate::visibility::{Decision, Grant, Of, Viewer, decide, what_can_see, who_can_see};
use crate::words::{Resource, Stage};

/// Whose resource is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Whose {
    /// The viewer's own.
    Own,
    /// That of a party: a client, as a rule.
    Party(PartyId),
    /// An application.
    Application(ApplicationId),
}

impl From<PartyId> for Whose {
    fn from(party: PartyId) -> Self {
        Self::Party(party)
    }
}

impl From<ApplicationId> for Whose {
    fn from(application: ApplicationId) -> Self {
        Self::Application(application)
    }
}

/// One thing that a viewer sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// What.
    pub resource: Resource,
    /// Whose.
    pub of: Whose,
    /// How much, and why.
    pub decision: Decision,
}

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
        let viewers = self.viewers(&[viewer])?;
        let viewer = viewers.get(&viewer).ok_or_else(|| Error::not_found(Code::AccountNotFound))?;
        let own: BTreeSet<PartyId> = viewer.parties.iter().map(|party| party.id).collect();
        let named = viewer.grants.iter().filter_map(|grant| grant.of);
        let tied = viewer.ties.iter().map(|tie| tie.of.0);
        let ids: BTreeSet<uuid::Uuid> = tied.chain(named).filter(|id| !own.contains(&PartyId(*id))).collect();
        let parties =
            Select::of::<record::Party>(self.id).among("id", ids.iter().copied()).and("deleted_at", Test::Null(true));
        let parties: Vec<record::Party> = act::read(&self.shared, &parties)?;
        let granted = Select::of::<record::Application>(self.id).among("id", ids.iter().copied());
        let granted: Vec<record::Application> = act::read(&self.shared, &granted)?;
        let applications: BTreeSet<ApplicationId> =
            viewer.applications.iter().copied().chain(granted.iter().map(|application| application.id)).collect();
        let others =
            parties.iter().map(|party| Of::from(&party.facts())).chain(applications.into_iter().map(Of::Application));
        let policy = self.record()?.policy.visibility;
        Ok(what_can_see(viewer, others, &policy, act::now(&self.shared)?)
            .into_iter()
            .map(|(resource, of, decision)| Sight { resource, of: whose(of), decision })
            .collect())
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

fn whose(of: Of) -> Whose {
    match of {
        Of::Own => Whose::Own,
        Of::Party { id, .. } => Whose::Party(id),
        Of::Application(id) => Whose::Application(id),
    }
}

impl record::Grant {
    fn facts(&self) -> Grant {
        let period = Period { begins_at: self.begins_at, ends_at: self.ends_at };
        Grant { to: self.party, resource: self.resource, of: self.of, period }
    }
}
