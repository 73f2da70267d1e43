//! Who sees what (V): the table of the rulebook, cell by cell.

use std::collections::BTreeSet;

use carekey::visibility::Scope;
use carekey::{Resource, Role, Stage, TieKind};

use super::state::{Id, Model, conveys, in_force};
use super::step::{Outcome, Whose};

/// Roles that never see the service plan of another.
const NEVER: [Role; 3] = [Role::EmergencyContact, Role::Payer, Role::Community];

impl Model {
    /// What must be answered to whether an account sees something.
    pub(crate) fn see(&self, account: Id, resource: Resource, of: Whose) -> Option<Outcome> {
        self.accounts.get(&account)?;
        match of {
            Whose::Party(id) if self.parties.get(&id)?.deleted => return Some("party.not_found".into()),
            Whose::Application(id) => {
                self.applications.get(&id)?;
            }
            Whose::Party(_) | Whose::Own => {}
        }
        Some(format!("{:?}", self.scope(account, resource, of)))
    }

    /// How much an account sees; nothing for not at all.
    pub(crate) fn scope(&self, id: Id, resource: Resource, of: Whose) -> Option<Scope> {
        let account = &self.accounts[&id];
        if account.stage != Stage::Active || !account.is_open() {
            return None;
        }
        // A party has no application that is not one by itself, and an
        // application nothing but itself.
        match of {
            Whose::Party(_) if resource == Resource::Application => return None,
            Whose::Application(_) if resource != Resource::Application => return None,
            _ => {}
        }
        let links: Vec<_> = self.links.values().filter(|it| !it.over && it.account == id).collect();
        let mine: BTreeSet<Id> = links.iter().filter(|it| it.application.is_none()).map(|it| it.party).collect();
        // Who redeemed an application of a family is its family, and no more.
        let roles_of = |party: Id| match mine.contains(&party) {
            true => self.roles(party),
            false => self.parties[&party].roles.iter().copied().filter(|role| *role == Role::Family).collect(),
        };
        let held: BTreeSet<Role> = links.iter().flat_map(|it| roles_of(it.party)).collect();
        let own = match of {
            Whose::Own => Some(held.clone()),
            Whose::Party(party) => links.iter().any(|it| it.party == party).then(|| roles_of(party)),
            Whose::Application(_) => None,
        };
        let is = |role| own.as_ref().is_some_and(|own| own.contains(&role));
        let is_client = |party: Id| self.parties[&party].roles.contains(&Role::Client);
        let tied = |role| match of {
            Whose::Party(party) => {
                is_client(party)
                    && self.ties.values().any(|it| {
                        it.of == party
                            && conveys(it.kind) == Some(role)
                            && mine.contains(&it.who)
                            && in_force(it.from, it.until, self.now)
                    })
            }
            _ => false,
        };
        let granted = || {
            let whose = match of {
                Whose::Party(party) if is_client(party) => party,
                Whose::Application(application) => application,
                _ => return false,
            };
            self.grants.values().any(|it| {
                it.resource == resource
                    && it.of.is_none_or(|of| of == whose)
                    && mine.contains(&it.to)
                    && self.parties[&it.to].roles.contains(&Role::OfficeStaff)
                    && in_force(it.from, it.until, self.now)
            })
        };
        let assigned = || match of {
            Whose::Party(party) => {
                let mut ties = self.ties.values().filter(|it| it.of == party && it.kind == TieKind::Caregiver);
                let carer = |it: &Id| mine.contains(it) && self.parties[it].roles.contains(&Role::Caregiver);
                is_client(party) && ties.any(|it| carer(&it.who) && in_force(it.from, it.until, self.now))
            }
            _ => false,
        };
        let all = |sees: bool| sees.then_some(Scope::Everything);
        let pays = [Role::Payer, Role::Community];
        match resource {
            Resource::Profile => all(own.is_some()),
            Resource::Dashboard => {
                let own =
                    [Role::Client, Role::Payer, Role::Community, Role::Caregiver, Role::OfficeStaff, Role::Family];
                all(own.into_iter().any(is) || tied(Role::EmergencyContact))
            }
            Resource::Invoices => all(is(Role::Client) || tied(Role::EmergencyContact) || granted())
                .or_else(|| pays.into_iter().any(tied).then_some(Scope::IssuedToViewer)),
            Resource::Calendar => {
                let own = [Role::Client, Role::Employer, Role::Participant].into_iter().any(is);
                let sees = own || tied(Role::EmergencyContact) || pays.into_iter().any(tied) || granted();
                all(sees).or_else(|| is(Role::Caregiver).then_some(Scope::OwnSchedule))
            }
            Resource::ServicePlan => {
                let never = NEVER.iter().any(|role| held.contains(role));
                all(is(Role::Client) || !never && granted())
            }
            Resource::ClientContact => all(is(Role::Client) || tied(Role::EmergencyContact) || assigned() || granted()),
            // No agency of the model opens it to anybody else.
            Resource::CareTasks => all(is(Role::Client) || assigned() || granted()),
            Resource::MessageOwner => {
                all([Role::Client, Role::EmergencyContact, Role::OfficeStaff].into_iter().any(is))
            }
            Resource::Application => {
                let linked = links.iter().any(|it| match of {
                    Whose::Own => it.application.is_some(),
                    Whose::Application(id) => it.application == Some(id),
                    Whose::Party(_) => false,
                });
                all(held.contains(&Role::Family) && linked || granted() && matches!(of, Whose::Application(_)))
            }
        }
    }
}
