//! What a decision costs (V): pure, beside the former way and beside Cedar,
//! with one tie and with 10,000; and of a snapshot.
#![allow(missing_docs)]

#[path = "../../../core/benches/table/mod.rs"]
mod table;

use std::collections::BTreeSet;
use std::hint::black_box;

use carekey::snapshot::{Facts, SigningKey, Snapshot};
use carekey::visibility::{Of, PreparedViewer, Viewer, decide, sees};
use carekey::{AccountId, PartyId, Resource, Role, TieKind};
use carekey_oracle::cedar::Oracle;
use carekey_oracle::graph::{Account, Graph, TieRow, Whose};
use time::Duration;
use uuid::Uuid;

const FEW: usize = 1;
const SIZES: [usize; 3] = [FEW, 1_000, 10_000];

fn main() {
    decisions();
    snapshots();
}

/// Party 0 pays for all others, who are clients.
fn payer(clients: usize) -> Graph {
    let parties = core::iter::once(BTreeSet::new()).chain((0..clients).map(|_| BTreeSet::from([Role::Client])));
    let tie = |of| TieRow { kind: TieKind::Payer, who: 0, of, time: (0, None) };
    Graph {
        at: 1_000_000,
        accounts: vec![Account { active: true, parties: vec![0], applications: vec![] }],
        parties: parties.collect(),
        applications: 0,
        ties: (1..=clients).map(tie).collect(),
        grants: vec![],
        taken: BTreeSet::new(),
        opened: BTreeSet::new(),
    }
}

fn decisions() {
    const TIMES: usize = 1_000;
    let oracle = Oracle::new();
    let mut growth = Vec::new();
    for clients in SIZES {
        let graph = payer(clients);
        let (viewer, policy, at) = (graph.viewer(0), graph.policy(), graph.moment());
        let prepared = PreparedViewer::new(viewer.clone());
        // All over the list, so that the former way goes through half of it.
        let asked: Vec<usize> = (0..TIMES).map(|n| 1 + n * 7_919 % clients).collect();
        // What is asked is there before: making it is no decision.
        let others: Vec<(usize, Of)> = asked.iter().map(|party| (*party, graph.of(Whose::Party(*party)))).collect();
        let entities = oracle.ask(&graph);
        for (party, of) in others.iter().take(20) {
            let ours = prepared.decide(Resource::Calendar, *of, &policy, at);
            assert_eq!(ours, decide(&viewer, Resource::Calendar, *of, &policy, at));
            assert_eq!(ours.scope, entities.answer(0, Resource::Calendar, Whose::Party(*party)).scope);
        }
        let [ours, former_whole, theirs] = table::turns([
            &mut || each(&others, |(_, of)| prepared.decide(Resource::Calendar, of, &policy, at)),
            &mut || each(&others, |(_, of)| decide(&viewer, Resource::Calendar, of, &policy, at)),
            &mut || each(&others, |(party, _)| entities.answer(0, Resource::Calendar, Whose::Party(party)).scope),
        ]);
        let work = format!("a decision with its reasons, {clients} ties");
        table::beside(&work, TIMES, ours, ("read through each time", former_whole), "answers agree");
        table::beside(&work, TIMES, ours, ("{cedar-policy}", theirs), "answers agree");
        let [short, former] = table::turns([
            &mut || each(&others, |(_, of)| prepared.sees(Resource::Calendar, of, &policy, at)),
            &mut || each(&others, |(_, of)| sees(&viewer, Resource::Calendar, of, &policy, at)),
        ]);
        let work = format!("a decision without reasons, {clients} ties");
        table::beside(&work, TIMES, short, ("read through each time", former), "answers agree");
        for (series, took) in [("prepared", ours), ("read through each time", former_whole), ("Cedar", theirs)] {
            table::size("A decision", series, clients, (TIMES, took));
        }
        growth.push((ours, short));
    }
    let (small, large) = (growth[0], growth[2]);
    let shown = |took| table::each(took, TIMES);
    let whole = format!("{} with one tie, {} with 10,000", shown(small.1), shown(large.1));
    let reasons = format!("with its reasons {} and {}", shown(small.0), shown(large.0));
    let why = "of many, a tie is found by a table, and read, in memory that no near cache holds";
    table::reach("decision", &format!("{whole}; {reasons}"), why);
    table::growth("a decision with its reasons, of 1 and of 10,000 ties", (TIMES, small.0), (TIMES, large.0), "");
    table::growth("a decision without reasons, of 1 and of 10,000 ties", (TIMES, small.1), (TIMES, large.1), "");
}

fn each<A: Copy, T>(asked: &[A], mut ask: impl FnMut(A) -> T) {
    for one in asked {
        black_box(ask(black_box(*one)));
    }
}

fn snapshots() {
    const TIMES: usize = 100;
    let key = SigningKey::from_bytes(&[7; 32]);
    let public = key.public_key();
    let account = AccountId(Uuid::from_u128(9));
    for clients in SIZES {
        let graph = payer(clients);
        let now = graph.moment();
        let facts = facts(&graph);
        let text = Snapshot::new("104", account, &facts, now, Duration::hours(24)).sign(&key).expect("signed");
        let open = || Snapshot::open(&text, &public, "104", account, now).expect("it opens");
        let snapshot = open();
        let asked: Vec<PartyId> = (0..TIMES).map(|n| PartyId(party_id(&graph, 1 + n * 7_919 % clients))).collect();
        for party in &asked {
            let ours = snapshot.can_see(Resource::Calendar, *party, now).expect("in time");
            assert_eq!(ours, facts.can_see(Resource::Calendar, *party, now));
        }
        // A letter of the body is another: it is refused by the signature, and not read.
        let (front, back) = text.split_at(text.len() / 2);
        let other = if back.starts_with('A') { "B" } else { "A" };
        let forged = format!("{front}{other}{}", &back[1..]);
        let [opened, refused, first, ours, former] = table::turns([
            &mut || (0..TIMES).for_each(|_| drop(black_box(open()))),
            &mut || {
                for _ in 0..TIMES {
                    black_box(Snapshot::open(&forged, &public, "104", account, now)).expect_err("forged");
                }
            },
            &mut || (0..TIMES).for_each(|_| drop(black_box(open().can_see(Resource::Profile, asked[0], now)))),
            &mut || each(&asked, |party| snapshot.can_see(Resource::Calendar, party, now)),
            &mut || each(&asked, |party| facts.can_see(Resource::Calendar, party, now)),
        ]);
        let note = format!("{} bytes", text.len());
        if clients == 1_000 {
            let signature = table::each(refused, TIMES);
            let floor = format!("{signature} of it verify the signature of all {} bytes", text.len());
            table::reach("snapshot", &table::each(opened, TIMES), &floor);
        }
        table::beside(&format!("opening a snapshot, {clients} ties"), TIMES, opened, ("with a decision", first), &note);
        let work = format!("a decision of a snapshot, {clients} ties");
        table::beside(&work, TIMES, ours, ("read through each time", former), "answers agree");
    }
}

fn facts(graph: &Graph) -> Facts {
    let viewer: Viewer = graph.viewer(0);
    let clients = viewer.ties.iter().map(|tie| tie.of).collect();
    Facts { viewer, policy: graph.policy(), clients }
}

fn party_id(graph: &Graph, party: usize) -> Uuid {
    match graph.of(Whose::Party(party)) {
        Of::Party { id, .. } => id.0,
        other => panic!("a party, not {other:?}"),
    }
}
