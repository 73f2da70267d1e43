//! Laws of visibility (V): what holds for any viewer, any ties and grants.

mod viewers;

use std::collections::BTreeSet;

use carekey::policy::VisibilityPolicy;
use carekey::relationship::{PartyFacts, Period, Tie};
use carekey::visibility::{
    Cell, Grant, Of, PreparedViewer, Scope, Viewer, cell, decide, sees, what_can_see, who_can_see,
};
use carekey::{Code, PartyId, PartyKind, Resource, Role, TieKind};
use proptest::prelude::*;
use proptest::sample::select;
use time::Duration;
use viewers::{application, now, party, policies, roles, ties, viewers, viewers_with};

/// Whose it may be; a party of the viewer's is a client if it is one.
fn subjects(viewer: &Viewer) -> Vec<Of> {
    let party_of = |n| {
        let mine = viewer.parties.iter().find(|facts| facts.id == party(n));
        mine.map_or(Of::Party { id: party(n), client: n != 6 }, Of::from)
    };
    let applications = (0..3).map(|n| Of::Application(application(n)));
    core::iter::once(Of::Own).chain((0..7).map(party_of)).chain(applications).collect()
}

fn is_own(viewer: &Viewer, of: Of) -> bool {
    match of {
        Of::Own => true,
        Of::Party { id, .. } => viewer.parties.iter().any(|party| party.id == id),
        Of::Application(_) => false,
    }
}

fn in_force(period: &Period) -> bool {
    period.begins_at <= now() && period.ends_at.is_none_or(|end| now() < end)
}

/// The rulebook once more, said another way: for each role that some party
/// holds, what it adds, and at the end whether *never* forbids it all.
fn oracle(viewer: &Viewer, resource: Resource, of: Of, policy: &VisibilityPolicy) -> Option<Scope> {
    use Resource as R;
    let mine: BTreeSet<PartyId> = viewer.parties.iter().map(|party| party.id).collect();
    let live: Vec<&Tie> = viewer.ties.iter().filter(|tie| mine.contains(&tie.who) && in_force(&tie.period)).collect();
    let conveyed = [
        (TieKind::EmergencyContact, Role::EmergencyContact),
        (TieKind::Payer, Role::Payer),
        (TieKind::Community, Role::Community),
    ];
    let mut held: BTreeSet<(PartyId, Role)> = BTreeSet::new();
    for party in &viewer.parties {
        held.extend(party.roles.iter().map(|role| (party.id, *role)));
    }
    for (kind, role) in conveyed {
        held.extend(live.iter().filter(|tie| tie.kind == kind).map(|tie| (tie.who, role)));
    }
    let own_by = |party: PartyId| match of {
        Of::Own => true,
        Of::Party { id, .. } => id == party,
        Of::Application(_) => false,
    };
    let client = match of {
        Of::Party { id, client: true } => Some(id),
        _ => None,
    };
    let tied = |role: Role| live.iter().any(|tie| conveyed.contains(&(tie.kind, role)) && Some(tie.of) == client);
    let visits = |who: PartyId| {
        live.iter().any(|tie| tie.kind == TieKind::Caregiver && tie.who == who && Some(tie.of) == client)
    };
    let granted = |staff: PartyId| {
        let whose = match (of, resource) {
            (Of::Application(id), R::Application) => Some(id.0),
            (_, R::Application) => None,
            _ => client.map(|id| id.0),
        };
        whose.is_some_and(|whose| {
            viewer.grants.iter().any(|grant| {
                grant.to == staff
                    && grant.resource == resource
                    && (grant.of.is_none() || grant.of == Some(whose))
                    && in_force(&grant.period)
            })
        })
    };
    let linked = match of {
        Of::Own => !viewer.applications.is_empty(),
        Of::Application(id) => viewer.applications.contains(&id),
        Of::Party { .. } => false,
    };
    let all = Some(Scope::Everything);
    let may = |yes: bool, scope: Option<Scope>| if yes { scope } else { None };
    let mut widest = None;
    let mut own_as_client = false;
    for (party, role) in &held {
        if policy.taken_away.get(role).is_some_and(|taken| taken.contains(&resource)) {
            continue;
        }
        let own = own_by(*party);
        let scope = match (role, resource) {
            (_, R::Profile) => may(own, all),
            (Role::EmergencyContact, R::Dashboard | R::Invoices | R::Calendar) => may(tied(*role), all),
            (Role::Client, R::Dashboard | R::Invoices | R::Calendar | R::ServicePlan) => may(own, all),
            (Role::Payer | Role::Community, R::Invoices) => may(tied(*role), Some(Scope::IssuedToViewer)),
            (Role::Payer | Role::Community, R::Calendar) => may(tied(*role), all),
            (Role::Caregiver, R::Calendar) => may(own, Some(Scope::OwnSchedule)),
            (Role::Payer | Role::Community | Role::Caregiver | Role::OfficeStaff | Role::Family, R::Dashboard) => {
                may(own, all)
            }
            (
                Role::OfficeStaff,
                R::Invoices | R::Calendar | R::ServicePlan | R::Application | R::ClientContact | R::CareTasks,
            ) => {
                let really = viewer.parties.iter().any(|p| p.id == *party && p.roles.contains(&Role::OfficeStaff));
                may(really && granted(*party), all)
            }
            (Role::Client | Role::EmergencyContact | Role::OfficeStaff, R::MessageOwner) => may(own, all),
            (Role::Family, R::Application) => may(linked, all),
            (Role::Employer | Role::Participant, R::Calendar) | (Role::Client, R::ClientContact | R::CareTasks) => {
                may(own, all)
            }
            (Role::EmergencyContact, R::ClientContact) => may(tied(*role), all),
            (Role::EmergencyContact, R::CareTasks) => {
                let opened = policy.opened.get(role).is_some_and(|opened| opened.contains(&resource));
                may(opened && tied(*role), all)
            }
            (Role::Caregiver, R::ClientContact | R::CareTasks) => may(visits(*party), all),
            _ => None,
        };
        own_as_client |= *role == Role::Client && own && scope.is_some();
        widest = widest.max(scope);
    }
    let never = resource == R::ServicePlan && held.iter().any(|(_, role)| conveyed.iter().any(|(_, r)| r == role));
    if never && !own_as_client {
        widest = None;
    }
    // Whoever represents a client decides as the client, never or not.
    let stands_for = |tie: &&Tie| tie.kind == TieKind::PersonalRepresentative && Some(tie.of) == client;
    let kept = policy.taken_away.get(&Role::Client).is_none_or(|taken| !taken.contains(&resource));
    if resource != R::Application && kept && live.iter().any(stands_for) {
        widest = all;
    }
    let roleless = match of {
        Of::Own => held.is_empty(),
        Of::Party { id, .. } => mine.contains(&id) && held.iter().all(|(party, _)| *party != id),
        Of::Application(_) => false,
    };
    if resource == R::Profile && roleless {
        widest = all;
    }
    if viewer.active { widest } else { None }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// A viewer that was prepared once answers as one that is read through each
    /// time, reasons and their order included, before, at and after the moments
    /// at which ties and grants begin and end.
    #[test]
    fn a_prepared_viewer_decides_the_same(
        viewer in prop_oneof![viewers(), viewers_with(60, 40)], policy in policies(), seconds in -3i64..=3,
    ) {
        let at = now() + Duration::seconds(seconds);
        let prepared = PreparedViewer::new(viewer.clone());
        prop_assert_eq!(prepared.viewer(), &viewer);
        for of in subjects(&viewer) {
            for resource in Resource::ALL {
                let expected = decide(&viewer, *resource, of, &policy, at);
                prop_assert_eq!(prepared.sees(*resource, of, &policy, at), expected.scope);
                prop_assert_eq!(prepared.decide(*resource, of, &policy, at), expected, "{} {:?}", resource, of);
            }
        }
        let others: Vec<Of> = subjects(&viewer).into_iter().filter(|of| *of != Of::Own).collect();
        let one_by_one: Vec<_> = core::iter::once(Of::Own)
            .chain(others.iter().copied())
            .flat_map(|of| Resource::ALL.iter().map(move |resource| (*resource, of)))
            .map(|(resource, of)| (resource, of, decide(&viewer, resource, of, &policy, at)))
            .filter(|(.., decision)| decision.allowed)
            .collect();
        prop_assert_eq!(prepared.what_can_see(others.clone(), &policy, at), one_by_one.clone());
        prop_assert_eq!(what_can_see(&viewer, others, &policy, at), one_by_one);
    }

    #[test]
    fn the_decision_is_what_the_rulebook_says(viewer in viewers(), policy in policies()) {
        for of in subjects(&viewer) {
            for resource in Resource::ALL {
                let expected = oracle(&viewer, *resource, of, &policy);
                prop_assert_eq!(sees(&viewer, *resource, of, &policy, now()), expected, "{} {:?}", resource, of);
            }
        }
    }

    #[test]
    fn a_decision_is_never_without_reasons_and_agrees_with_the_short_way(viewer in viewers(), policy in policies()) {
        for of in subjects(&viewer) {
            for resource in Resource::ALL {
                let decision = decide(&viewer, *resource, of, &policy, now());
                prop_assert_eq!(decision.scope, sees(&viewer, *resource, of, &policy, now()));
                prop_assert_eq!(decision.allowed, decision.scope.is_some());
                prop_assert!(!decision.because.is_empty());
                for reason in &decision.because {
                    let visible = reason.code.as_str().starts_with("visible.");
                    prop_assert_eq!(visible, decision.allowed);
                    let by_tie = [Code::VisibleTie, Code::VisibleRepresentative];
                    prop_assert_eq!(reason.tie.is_some(), by_tie.contains(&reason.code));
                    let by_grant = [Code::VisibleGrant, Code::VisibleGrantAll];
                    prop_assert_eq!(reason.grant.is_some(), by_grant.contains(&reason.code));
                    let of_all = reason.grant.is_some_and(|grant| grant.of.is_none());
                    prop_assert_eq!(of_all, reason.code == Code::VisibleGrantAll);
                    for locale in carekey::Locale::ALL {
                        let message = reason.message(*locale);
                        prop_assert!(!message.contains("{"), "{}", message);
                    }
                }
            }
        }
    }

    #[test]
    fn without_role_tie_grant_and_link_only_ones_own_profile_is_seen(policy in policies()) {
        let viewer = Viewer { active: true, ..Viewer::default() };
        for of in subjects(&viewer) {
            for resource in Resource::ALL {
                let expected = *resource == Resource::Profile && of == Of::Own;
                prop_assert_eq!(sees(&viewer, *resource, of, &policy, now()).is_some(), expected);
            }
        }
    }

    #[test]
    fn an_account_that_is_not_active_sees_nothing(viewer in viewers(), policy in policies()) {
        let viewer = Viewer { active: false, ..viewer };
        for of in subjects(&viewer) {
            for resource in Resource::ALL {
                prop_assert_eq!(sees(&viewer, *resource, of, &policy, now()), None);
            }
        }
    }

    #[test]
    fn never_beats_any_role_tie_and_grant(
        mut viewer in viewers(),
        policy in policies(),
        role in select(&[Role::EmergencyContact, Role::Payer, Role::Community][..]),
        by_tie in any::<bool>(),
    ) {
        // There is one way past it, which another law tells.
        viewer.ties.retain(|tie| tie.kind != TieKind::PersonalRepresentative);
        let period = Period { begins_at: now(), ends_at: None };
        let mut parties = vec![PartyFacts { id: party(0), kind: PartyKind::Person, roles: BTreeSet::new() }];
        parties.extend(viewer.parties.drain(..).filter(|facts| facts.id != party(0)));
        if by_tie {
            let kind = role.as_str().parse().expect("a tie of the same name");
            viewer.ties.push(Tie { kind, who: party(0), of: party(3), period });
        } else {
            parties[0].roles.insert(role);
        }
        parties[0].roles.insert(Role::OfficeStaff);
        viewer.parties = parties;
        viewer.grants.push(Grant { to: party(0), resource: Resource::ServicePlan, of: None, period });
        for of in subjects(&viewer) {
            if !is_own(&viewer, of) {
                prop_assert_eq!(sees(&viewer, Resource::ServicePlan, of, &policy, now()), None);
            }
        }
    }

    #[test]
    fn a_representative_sees_what_the_client_sees_and_of_that_client_alone(
        mut viewer in viewers(),
        policy in policies(),
        role in select(Role::ALL),
    ) {
        viewer.active = true;
        viewer.parties.retain(|facts| facts.id != party(0));
        viewer.parties.push(PartyFacts { id: party(0), kind: PartyKind::Person, roles: [role].into() });
        let before = viewer.clone();
        let period = Period { begins_at: now(), ends_at: Some(now() + time::Duration::SECOND) };
        viewer.ties.push(Tie { kind: TieKind::PersonalRepresentative, who: party(0), of: party(3), period });
        let client = Viewer {
            active: true,
            parties: vec![PartyFacts { id: party(3), kind: PartyKind::Person, roles: [Role::Client].into() }],
            ..Viewer::default()
        };
        for resource in Resource::ALL {
            let of = Of::Party { id: party(3), client: true };
            let own = sees(&client, *resource, of, &policy, now());
            let seen = sees(&viewer, *resource, of, &policy, now());
            prop_assert!(seen >= own, "{}", resource);
            prop_assert_eq!(seen, own.max(sees(&before, *resource, of, &policy, now())), "{}", resource);
            for of in subjects(&viewer).into_iter().filter(|it| *it != of) {
                prop_assert_eq!(
                    sees(&viewer, *resource, of, &policy, now()),
                    sees(&before, *resource, of, &policy, now())
                );
            }
        }
    }

    #[test]
    fn taking_a_cell_away_never_shows_more(
        viewer in viewers(),
        policy in policies(),
        role in select(Role::ALL),
        taken in select(Resource::ALL),
    ) {
        let mut less = policy.clone();
        less.taken_away.entry(role).or_default().insert(taken);
        for of in subjects(&viewer) {
            for resource in Resource::ALL {
                let before = sees(&viewer, *resource, of, &policy, now());
                let after = sees(&viewer, *resource, of, &less, now());
                prop_assert!(after <= before);
                prop_assert!(after == before || *resource == taken);
            }
        }
    }

    #[test]
    fn opening_shows_what_the_matrix_leaves_open_and_nothing_else(
        viewer in viewers(),
        policy in policies(),
        role in select(Role::ALL),
        opened in select(Resource::ALL),
    ) {
        let mut more = policy.clone();
        more.opened.entry(role).or_default().insert(opened);
        let fixed = cell(role, opened) != Cell::ByPolicy;
        let told = more.findings().iter().any(|finding| {
            finding.code == Code::PolicyOpensNothing
                && finding.params.get("role").is_some_and(|it| it.to_string() == role.as_str())
                && finding.params.get("resource").is_some_and(|it| it.to_string() == opened.as_str())
        });
        prop_assert_eq!(told, fixed);
        for of in subjects(&viewer) {
            for resource in Resource::ALL {
                let before = sees(&viewer, *resource, of, &policy, now());
                let after = sees(&viewer, *resource, of, &more, now());
                prop_assert!(after == before || !fixed && *resource == opened && before.is_none());
            }
        }
    }

    #[test]
    fn a_tie_to_one_shows_nothing_more_of_another(viewer in viewers(), policy in policies(), tie in ties()) {
        let mut more = viewer.clone();
        more.ties.push(tie);
        for of in subjects(&viewer) {
            let another = matches!(of, Of::Party { id, .. } if id != tie.of && !is_own(&viewer, of));
            for resource in Resource::ALL.iter().filter(|_| another || matches!(of, Of::Application(_))) {
                let before = sees(&viewer, *resource, of, &policy, now());
                let after = sees(&more, *resource, of, &policy, now());
                // It may bring a never with it.
                prop_assert!(after == before || after.is_none() && *resource == Resource::ServicePlan);
            }
        }
    }

    #[test]
    fn ties_and_grants_that_are_not_in_force_are_as_none(viewer in viewers(), policy in policies()) {
        let mut bare = viewer.clone();
        bare.ties.retain(|tie| in_force(&tie.period));
        bare.grants.retain(|grant| in_force(&grant.period));
        for of in subjects(&viewer) {
            for resource in Resource::ALL {
                let decision = decide(&viewer, *resource, of, &policy, now());
                prop_assert_eq!(decision, decide(&bare, *resource, of, &policy, now()));
            }
        }
    }

    #[test]
    fn ties_and_grants_of_others_are_as_none(viewer in viewers(), policy in policies()) {
        let mine = |id: PartyId| viewer.parties.iter().any(|party| party.id == id);
        let mut bare = viewer.clone();
        bare.ties.retain(|tie| mine(tie.who));
        bare.grants.retain(|grant| mine(grant.to));
        for of in subjects(&viewer) {
            for resource in Resource::ALL {
                let decision = decide(&viewer, *resource, of, &policy, now());
                prop_assert_eq!(decision, decide(&bare, *resource, of, &policy, now()));
            }
        }
    }

    #[test]
    fn several_roles_are_the_union_but_for_never(
        viewer in viewers(),
        policy in policies(),
        first in roles(),
        second in roles(),
    ) {
        let with = |roles: &BTreeSet<Role>| Viewer {
            active: true,
            parties: vec![PartyFacts { id: party(0), kind: PartyKind::Person, roles: roles.clone() }],
            ..viewer.clone()
        };
        let (one, other) = (with(&first), with(&second));
        let both = with(&first.union(&second).copied().collect());
        let never = both.parties[0].roles.iter().any(|role| cell(*role, Resource::ServicePlan) == Cell::Never);
        for of in subjects(&both) {
            for resource in Resource::ALL {
                let seen = |viewer| sees(viewer, *resource, of, &policy, now());
                let union = seen(&one).max(seen(&other));
                // A party without a role has its profile by another way.
                let roleless = *resource == Resource::Profile && (first.is_empty() || second.is_empty());
                if (*resource == Resource::ServicePlan && never) || roleless {
                    prop_assert!(seen(&both) <= union);
                } else {
                    prop_assert_eq!(seen(&both), union);
                }
            }
        }
    }

    #[test]
    fn both_ways_round_say_what_decide_says(viewers in prop::collection::vec(viewers(), 1..4), policy in policies()) {
        let first = &viewers[0];
        let all = subjects(first);
        let mut expected = Vec::new();
        for of in &all {
            for resource in Resource::ALL {
                let decision = decide(first, *resource, *of, &policy, now());
                if decision.allowed {
                    expected.push((*resource, *of, decision));
                }
            }
        }
        prop_assert_eq!(what_can_see(first, all.iter().copied(), &policy, now()), expected);

        for of in all {
            for resource in Resource::ALL {
                let found = who_can_see(*resource, of, viewers.iter().enumerate(), &policy, now());
                let expected: Vec<_> = viewers
                    .iter()
                    .map(|viewer| decide(viewer, *resource, of, &policy, now()))
                    .enumerate()
                    .filter(|(_, decision)| decision.allowed)
                    .collect();
                prop_assert_eq!(found, expected);
            }
        }
    }

    #[test]
    fn facts_and_decisions_survive_json(viewer in viewers(), policy in policies()) {
        let text = serde_json::to_string(&viewer).expect("json");
        prop_assert_eq!(&serde_json::from_str::<Viewer>(&text).expect("a viewer"), &viewer);
        for of in subjects(&viewer) {
            let decision = decide(&viewer, Resource::Calendar, of, &policy, now());
            let text = serde_json::to_string(&(of, &decision)).expect("json");
            prop_assert_eq!(serde_json::from_str::<(Of, _)>(&text).expect("a decision"), (of, decision));
        }
    }
}
