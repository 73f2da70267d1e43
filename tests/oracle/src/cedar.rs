//! The second opinion: entities for Cedar, made of an agency by other ways
//! than the library's, and its answers.

use std::collections::{BTreeSet, HashMap, HashSet};

use carekey::visibility::Scope;
use carekey::{Resource, Role, TieKind};
use cedar_policy::{
    ActionConstraint, Authorizer, Context, Decision, Entities, Entity, EntityUid, Policy, PolicyId, PolicySet, Request,
    RestrictedExpression, Schema, ValidationMode, Validator,
};

use crate::graph::{Graph, Whose};

/// The policies of `visibility.cedar`.
pub struct Oracle {
    authorizer: Authorizer,
    /// Per action those that speak of it: to let Cedar pass over the others
    /// takes longer than to answer.
    policies: Vec<PolicySet>,
    schema: Schema,
    /// The cell and the scope of each.
    meaning: HashMap<PolicyId, (String, Option<Scope>)>,
    actions: Vec<EntityUid>,
}

/// One agency, ready to be asked.
pub struct Asked<'a> {
    oracle: &'a Oracle,
    entities: Entities,
    context: Context,
    accounts: Vec<EntityUid>,
    parties: Vec<EntityUid>,
    applications: Vec<EntityUid>,
}

/// How much is seen, and which cells decided.
pub struct Answer<'a> {
    pub scope: Option<Scope>,
    pub cells: Vec<&'a str>,
}

impl Oracle {
    #[allow(clippy::new_without_default, reason = "it reads and validates policies")]
    pub fn new() -> Self {
        let policies: PolicySet = include_str!("visibility.cedar").parse().expect("policies");
        let (schema, warnings) =
            Schema::from_cedarschema_str(include_str!("visibility.cedarschema")).expect("a schema");
        assert_eq!(warnings.count(), 0);
        let found = Validator::new(schema.clone()).validate(&policies, ValidationMode::Strict);
        assert!(found.validation_passed_without_warnings(), "{found}");
        let meaning = policies
            .policies()
            .map(|policy| {
                let scope = policy.annotation("scope").map(|scope| scope.parse().expect("a scope"));
                (policy.id().clone(), (policy.annotation("id").expect("an id").to_owned(), scope))
            })
            .collect();
        let actions: Vec<EntityUid> = Resource::ALL.iter().map(|resource| uid("Action", resource.as_str())).collect();
        let policies = actions
            .iter()
            .map(|action| {
                let speaks = |policy: &&Policy| match policy.action_constraint() {
                    ActionConstraint::Any => true,
                    ActionConstraint::Eq(of) => of == *action,
                    ActionConstraint::In(of) => of.contains(action),
                };
                PolicySet::from_policies(policies.policies().filter(speaks).cloned()).expect("policies")
            })
            .collect();
        Self { authorizer: Authorizer::new(), policies, schema, meaning, actions }
    }

    /// The ids of all policies.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.meaning.values().map(|(cell, _)| cell.as_str())
    }

    /// Makes the entities of an agency as it is at its moment.
    pub fn ask(&self, graph: &Graph) -> Asked<'_> {
        let name = |kind: &str, count: usize| (0..count).map(|i| uid(kind, &i.to_string())).collect::<Vec<_>>();
        let accounts = name("Account", graph.accounts.len());
        let parties = name("Party", graph.parties.len());
        let applications = name("Application", graph.applications);

        let holder = |party: usize| graph.accounts.iter().position(|account| account.parties.contains(&party));
        let roles: Vec<BTreeSet<Role>> = (0..graph.parties.len()).map(|party| roles(graph, party)).collect();
        let strings =
            |words: BTreeSet<&str>| RestrictedExpression::new_set(words.into_iter().map(|w| string(w.to_owned())));
        let role_set = |roles: &BTreeSet<Role>| strings(roles.iter().map(|role| role.as_str()).collect());
        // The accounts of some parties, as a set.
        let holders = |parties: &mut dyn Iterator<Item = usize>| {
            let accounts: BTreeSet<usize> = parties.filter_map(holder).collect();
            RestrictedExpression::new_set(
                accounts.into_iter().map(|i| RestrictedExpression::new_entity_uid(uid("Account", &i.to_string()))),
            )
        };
        // Those who are that to a party, now.
        let tied = |kind: TieKind, of: usize| {
            holders(&mut graph.ties.iter().filter(|t| t.kind == kind && t.of == of && graph.now(t.time)).map(|t| t.who))
        };
        // Caregivers by themselves: to visit someone makes nobody one.
        let assigned = |of: usize| {
            let visits = graph.ties.iter().filter(|t| t.kind == TieKind::Caregiver && t.of == of && graph.now(t.time));
            holders(&mut visits.map(|t| t.who).filter(|who| graph.parties[*who].contains(&Role::Caregiver)))
        };
        // Grants count now, and for parties that are office staff themselves.
        let counting: Vec<_> = graph
            .grants
            .iter()
            .filter(|grant| graph.now(grant.time) && graph.parties[grant.to].contains(&Role::OfficeStaff))
            .collect();
        let granted = |resource: Resource, of: Whose| {
            holders(&mut counting.iter().filter(|g| g.resource == resource && g.of == Some(of)).map(|g| g.to))
        };

        let mut entities = Vec::new();
        for (i, account) in graph.accounts.iter().enumerate() {
            let all = counting.iter().filter(|g| g.of.is_none() && account.parties.contains(&g.to));
            let held = account.parties.iter().flat_map(|party| roles[*party].iter().copied()).collect();
            entities.push(entity(
                &accounts[i],
                [
                    ("active", RestrictedExpression::new_bool(account.active)),
                    ("roles", role_set(&held)),
                    ("granted", strings(all.map(|grant| grant.resource.as_str()).collect())),
                    ("has_application", RestrictedExpression::new_bool(!account.applications.is_empty())),
                ],
                None,
            ));
        }
        for (i, party) in parties.iter().enumerate() {
            entities.push(entity(
                party,
                [
                    ("roles", role_set(&roles[i])),
                    ("emergency_contacts", tied(TieKind::EmergencyContact, i)),
                    ("payers", tied(TieKind::Payer, i)),
                    ("communities", tied(TieKind::Community, i)),
                    ("caregivers", assigned(i)),
                    ("representatives", tied(TieKind::PersonalRepresentative, i)),
                    ("invoices_granted_to", granted(Resource::Invoices, Whose::Party(i))),
                    ("calendar_granted_to", granted(Resource::Calendar, Whose::Party(i))),
                    ("service_plan_granted_to", granted(Resource::ServicePlan, Whose::Party(i))),
                    ("client_contact_granted_to", granted(Resource::ClientContact, Whose::Party(i))),
                    ("care_tasks_granted_to", granted(Resource::CareTasks, Whose::Party(i))),
                ],
                holder(i).map(|account| accounts[account].clone()),
            ));
        }
        for (i, application) in applications.iter().enumerate() {
            let linked = graph.accounts.iter().enumerate().filter(|(_, a)| a.applications.contains(&i));
            let linked = linked.map(|(a, _)| RestrictedExpression::new_entity_uid(accounts[a].clone()));
            entities.push(entity(
                application,
                [
                    ("linked_to", RestrictedExpression::new_set(linked)),
                    ("granted_to", granted(Resource::Application, Whose::Application(i))),
                ],
                None,
            ));
        }
        // To check entities against the schema costs more than all answers, so
        // it is done for some agencies only.
        let schema = (graph.parties.len() == 3).then_some(&self.schema);
        let set = |cells: &BTreeSet<(Role, Resource)>| {
            RestrictedExpression::new_set(
                cells.iter().map(|(role, resource)| string(format!("{role} {resource}"))).collect::<Vec<_>>(),
            )
        };
        Asked {
            oracle: self,
            entities: Entities::from_entities(entities, schema).expect("entities"),
            context: Context::from_pairs([
                ("taken".to_owned(), set(&graph.taken)),
                ("opened".to_owned(), set(&graph.opened)),
            ])
            .expect("a context"),
            accounts,
            parties,
            applications,
        }
    }
}

impl Asked<'_> {
    pub fn answer(&self, account: usize, resource: Resource, whose: Whose) -> Answer<'_> {
        let action = &self.oracle.actions[resource as usize];
        let of = match whose {
            Whose::Own => &self.accounts[account],
            Whose::Party(party) => &self.parties[party],
            Whose::Application(application) => &self.applications[application],
        };
        let principal = self.accounts[account].clone();
        let request =
            Request::new(principal, action.clone(), of.clone(), self.context.clone(), None).expect("a request");
        let response =
            self.oracle.authorizer.is_authorized(&request, &self.oracle.policies[resource as usize], &self.entities);
        let errors: Vec<_> = response.diagnostics().errors().collect();
        assert!(errors.is_empty(), "{errors:?}");
        let reasons: Vec<_> = response.diagnostics().reason().map(|id| &self.oracle.meaning[id]).collect();
        Answer {
            scope: match response.decision() {
                Decision::Allow => reasons.iter().filter_map(|(_, scope)| *scope).max(),
                Decision::Deny => None,
            },
            cells: reasons.iter().map(|(cell, _)| cell.as_str()).collect(),
        }
    }
}

/// A party's own roles, and those that come with what it is to others now.
fn roles(graph: &Graph, party: usize) -> BTreeSet<Role> {
    let mut roles = graph.parties[party].clone();
    for tie in graph.ties.iter().filter(|tie| tie.who == party && graph.now(tie.time)) {
        match tie.kind {
            TieKind::EmergencyContact => roles.insert(Role::EmergencyContact),
            TieKind::Payer => roles.insert(Role::Payer),
            TieKind::Community => roles.insert(Role::Community),
            _ => false,
        };
    }
    roles
}

fn entity<const N: usize>(
    uid: &EntityUid,
    attributes: [(&str, RestrictedExpression); N],
    parent: Option<EntityUid>,
) -> Entity {
    let attributes = attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Entity::new(uid.clone(), attributes, parent.into_iter().collect::<HashSet<_>>()).expect("an entity")
}

fn uid(kind: &str, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.parse().expect("a type"), cedar_policy::EntityId::new(id))
}

fn string(text: String) -> RestrictedExpression {
    RestrictedExpression::new_string(text)
}
