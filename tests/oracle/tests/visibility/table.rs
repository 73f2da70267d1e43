//! The whole table of rule V: every role × resource × tie, by hand.

use std::collections::BTreeSet;

use carekey::visibility::{Scope, sees};
use carekey::{Resource, Role, TieKind};

use carekey_oracle::cedar::Oracle;
use carekey_oracle::graph::{Account, GrantRow, Graph, Ms, TieRow, Whose};

/// What someone of one role sees, in this order: their own; that of a client
/// they are tied to; of one they are not tied to; of one whose tie ended this
/// moment; of one whose tie begins the next; of a client granted to them; with
/// a grant that ended this moment; with one that begins the next.
///
/// `E` everything, `O` the same where the agency opens it, `I` what was issued
/// to them, `S` their own schedule.
const PARTIES: &str = "
                   dashboard  invoices  calendar  service_plan  message_owner  profile   client_contact  care_tasks
 client            E.......   E.......  E.......  E.......      E.......       E.......  E.......        E.......
 emergency_contact .E......   .E......  .E......  ........      E.......       E.......  .E......        .O......
 payer             E.......   .I......  .E......  ........      ........       E.......  ........        ........
 community         E.......   .I......  .E......  ........      ........       E.......  ........        ........
 caregiver         E.......   ........  S.......  ........      ........       E.......  .E......        .E......
 office_staff      E.......   .....E..  .....E..  .....E..      E.......       E.......  .....E..        .....E..
 family            E.......   ........  ........  ........      ........       E.......  ........        ........
 organization      ........   ........  ........  ........      ........       E.......  ........        ........
 contact           ........   ........  ........  ........      ........       E.......  ........        ........
 human_resources   ........   ........  ........  ........      ........       E.......  ........        ........
 employer          ........   ........  E........ ........      ........       E.......  ........        ........
 participant       ........   ........  E........ ........      ........       E.......  ........        ........
";

/// Applications: their own, with none linked; their own, with one linked; the
/// linked one; another; one granted to them; with a grant that ended this
/// moment; with one that begins the next.
const APPLICATIONS: &str = "
                   application
 client            .......
 emergency_contact .......
 payer             .......
 community         .......
 caregiver         .......
 office_staff      ....E..
 family            .EE....
 organization      .......
 contact           .......
 human_resources   .......
 employer          .......
 participant       .......
";

const AT: Ms = 1_000;
/// The shortest time that covers the moment.
const NOW: (Ms, Option<Ms>) = (AT, Some(AT + 1));
const ENDED: (Ms, Option<Ms>) = (0, Some(AT));
const FUTURE: (Ms, Option<Ms>) = (AT + 1, None);

#[test]
fn every_role_resource_and_tie_is_as_the_table_says() {
    let oracle = Oracle::new();
    let mut cells = 0;
    for (role, resource, expected) in rows(PARTIES).into_iter().chain(rows(APPLICATIONS)) {
        for kind in ties_of(role) {
            for (column, letter) in expected.chars().enumerate() {
                let (graph, whose) = match resource {
                    Resource::Application => with_application(role, column),
                    _ => with_client(role, resource, kind, column),
                };
                let (mut graph, whose) = (graph, whose);
                if letter == 'O' {
                    let asked = oracle.ask(&graph);
                    for whose in &whose {
                        let seen = sees(&graph.viewer(0), resource, graph.of(*whose), &graph.policy(), graph.moment());
                        assert_eq!(seen, None, "{role} {resource}, column {column}, {kind}, not opened");
                        assert_eq!(asked.answer(0, resource, *whose).scope, None, "Cedar: {role} {resource} {column}");
                    }
                    graph.opened = [(role, resource)].into();
                } else {
                    // Whatever else an agency opens stays as it is.
                    graph.opened = everything_but(role, resource);
                }
                let scope = match letter {
                    'E' | 'O' => Some(Scope::Everything),
                    'I' => Some(Scope::IssuedToViewer),
                    'S' => Some(Scope::OwnSchedule),
                    _ => None,
                };
                let asked = oracle.ask(&graph);
                for whose in whose {
                    let seen = sees(&graph.viewer(0), resource, graph.of(whose), &graph.policy(), graph.moment());
                    assert_eq!(seen, scope, "{role} {resource}, column {column}, {kind}, {whose:?}");
                    assert_eq!(asked.answer(0, resource, whose).scope, scope, "Cedar: {role} {resource} {column}");
                    cells += 1;
                }
            }
        }
    }
    println!("table: {cells} answers");
}

/// All cells but one.
fn everything_but(role: Role, resource: Resource) -> BTreeSet<(Role, Resource)> {
    let all = Role::ALL.iter().flat_map(|role| Resource::ALL.iter().map(|resource| (*role, *resource)));
    all.filter(|cell| *cell != (role, resource)).collect()
}

/// What a client sees of their own, whoever represents them: also roles that
/// never see it otherwise.
#[test]
fn a_representative_sees_what_the_client_sees_while_the_tie_is_in_force() {
    let oracle = Oracle::new();
    let of_clients: Vec<Resource> = rows(PARTIES)
        .into_iter()
        .filter(|(role, _, cells)| *role == Role::Client && cells.starts_with('E'))
        .map(|(_, resource, _)| resource)
        .collect();
    assert_eq!(of_clients.len(), Resource::ALL.len() - 1);
    for role in Role::ALL {
        for resource in Resource::ALL {
            for time in [NOW, ENDED, FUTURE] {
                for taken in [false, true] {
                    // The table speaks of ones who have the role, and this tie besides.
                    let tie = TieRow { kind: TieKind::PersonalRepresentative, who: 0, of: 1, time };
                    let graph = Graph {
                        ties: vec![tie],
                        taken: if taken { [(Role::Client, *resource)].into() } else { BTreeSet::new() },
                        ..viewer(*role)
                    };
                    let sees_as_client = time == NOW && !taken && of_clients.contains(resource);
                    let expected = sees_as_client.then_some(Scope::Everything);
                    let asked = oracle.ask(&graph);
                    let seen =
                        sees(&graph.viewer(0), *resource, graph.of(Whose::Party(1)), &graph.policy(), graph.moment());
                    assert_eq!(seen, expected, "{role} {resource}, {time:?}, taken {taken}");
                    assert_eq!(asked.answer(0, *resource, Whose::Party(1)).scope, expected, "Cedar: {role} {resource}");
                    // And of no other, nor of their own.
                    for whose in [Whose::Own, Whose::Party(0)] {
                        let of = graph.of(whose);
                        let without = Graph { ties: Vec::new(), ..viewer(*role) };
                        let bare = Graph { taken: graph.taken.clone(), ..without };
                        assert_eq!(
                            sees(&graph.viewer(0), *resource, of, &graph.policy(), graph.moment()),
                            sees(&bare.viewer(0), *resource, of, &bare.policy(), bare.moment()),
                        );
                    }
                }
            }
        }
    }
}

/// The rows of a table, cell by cell; each role and resource has its own.
fn rows(table: &str) -> Vec<(Role, Resource, &str)> {
    let mut lines = table.trim().lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let resources = lines.next().expect("a heading");
    let mut rows = Vec::new();
    let mut roles = BTreeSet::new();
    for line in lines {
        let role: Role = line[0].parse().expect("a role");
        assert!(roles.insert(role) && line.len() == resources.len() + 1, "{role}");
        for (resource, cells) in resources.iter().zip(&line[1..]) {
            rows.push((role, resource.parse().expect("a resource"), *cells));
        }
    }
    assert_eq!(roles.len(), Role::ALL.len());
    rows
}

/// The tie that goes with a role; for the others, every tie that opens
/// nothing.
fn ties_of(role: Role) -> Vec<TieKind> {
    match role {
        Role::EmergencyContact => vec![TieKind::EmergencyContact],
        Role::Payer => vec![TieKind::Payer],
        Role::Community => vec![TieKind::Community],
        Role::Caregiver => vec![TieKind::Caregiver],
        _ => vec![
            TieKind::Individual,
            TieKind::OrganizationAssociated,
            TieKind::PossiblePayer,
            TieKind::Manager,
            TieKind::Guardian,
            TieKind::Caregiver,
        ],
    }
}

/// The viewer is party 0, the client party 1.
fn with_client(role: Role, resource: Resource, kind: TieKind, column: usize) -> (Graph, Vec<Whose>) {
    let mut graph = viewer(role);
    let client = vec![Whose::Party(1)];
    let tie = |time| vec![TieRow { kind, who: 0, of: 1, time }];
    let grant = |time| vec![GrantRow { to: 0, resource, of: Some(Whose::Party(1)), time }];
    let whose = match column {
        // One's own, asked for as one's own or as that of one's party.
        0 => vec![Whose::Own, Whose::Party(0)],
        _ => client,
    };
    match column {
        1 => graph.ties = tie(NOW),
        3 => graph.ties = tie(ENDED),
        4 => graph.ties = tie(FUTURE),
        5 => graph.grants = grant(NOW),
        6 => graph.grants = grant(ENDED),
        7 => graph.grants = grant(FUTURE),
        _ => {}
    }
    (graph, whose)
}

fn with_application(role: Role, column: usize) -> (Graph, Vec<Whose>) {
    let mut graph = viewer(role);
    let grant = |time| vec![GrantRow { to: 0, resource: Resource::Application, of: Some(Whose::Application(0)), time }];
    match column {
        1..=3 => graph.accounts[0].applications = vec![0],
        4 => graph.grants = grant(NOW),
        5 => graph.grants = grant(ENDED),
        6 => graph.grants = grant(FUTURE),
        _ => {}
    }
    let whose = match column {
        0 | 1 => Whose::Own,
        3 => Whose::Application(1),
        _ => Whose::Application(0),
    };
    (graph, vec![whose])
}

fn viewer(role: Role) -> Graph {
    Graph {
        at: AT,
        accounts: vec![Account { active: true, parties: vec![0], applications: Vec::new() }],
        parties: vec![[role].into(), [Role::Client].into()],
        applications: 2,
        ties: Vec::new(),
        grants: Vec::new(),
        taken: BTreeSet::new(),
        opened: BTreeSet::new(),
    }
}
