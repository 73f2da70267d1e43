//! What a decision costs (V): pure, beside the former way and beside Cedar,
//! with one tie and with 10,000; of a snapshot; and of an agency in a file.
#![allow(missing_docs)]

#[path = "../tests/oracle/cedar.rs"]
#[allow(dead_code, reason = "the comparison takes more of it")]
mod cedar;
#[path = "../tests/oracle/graph.rs"]
#[allow(dead_code, reason = "the comparison takes more of it")]
mod graph;
#[path = "../../../core/benches/table/mod.rs"]
mod table;

use std::collections::BTreeSet;
use std::hint::black_box;

use carekey::agency::NewTie;
use carekey::snapshot::{Facts, SigningKey, Snapshot};
use carekey::store::{Select, Store, Write, record};
use carekey::visibility::{Of, PreparedViewer, Viewer, decide, sees};
use carekey::{AccountId, GrantId, PartyId, Resource, Role, TieId, TieKind};
use carekey_tests::desk::{Desk, new_person, quick};
use time::Duration;
use uuid::Uuid;

use graph::{Account, Graph, TieRow, Whose};

const FEW: usize = 1;
const SIZES: [usize; 3] = [FEW, 1_000, 10_000];

fn main() {
    decisions();
    snapshots();
    agencies();
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
    let oracle = cedar::Oracle::new();
    let mut growth = Vec::new();
    for clients in SIZES {
        let graph = payer(clients);
        let (viewer, policy, at) = (graph.viewer(0), graph.policy(), graph.moment());
        let prepared = PreparedViewer::new(viewer.clone());
        // All over the list, so that the former way goes through half of it.
        let asked: Vec<usize> = (0..TIMES).map(|n| 1 + n * 7_919 % clients).collect();
        let of = |party: usize| graph.of(Whose::Party(party));
        let entities = oracle.ask(&graph);
        for party in asked.iter().take(20) {
            let ours = prepared.decide(Resource::Calendar, of(*party), &policy, at);
            assert_eq!(ours, decide(&viewer, Resource::Calendar, of(*party), &policy, at));
            assert_eq!(ours.scope, entities.answer(0, Resource::Calendar, Whose::Party(*party)).scope);
        }
        let [ours, former, theirs] = table::turns([
            &mut || each(&asked, |party| prepared.decide(Resource::Calendar, of(party), &policy, at)),
            &mut || each(&asked, |party| decide(&viewer, Resource::Calendar, of(party), &policy, at)),
            &mut || each(&asked, |party| entities.answer(0, Resource::Calendar, Whose::Party(party)).scope),
        ]);
        let work = format!("a decision with its reasons, {clients} ties");
        table::beside(&work, TIMES, ours, ("read through each time", former), "answers agree");
        table::beside(&work, TIMES, ours, ("{cedar-policy}", theirs), "answers agree");
        let [short, former] = table::turns([
            &mut || each(&asked, |party| prepared.sees(Resource::Calendar, of(party), &policy, at)),
            &mut || each(&asked, |party| sees(&viewer, Resource::Calendar, of(party), &policy, at)),
        ]);
        let work = format!("a decision without reasons, {clients} ties");
        table::beside(&work, TIMES, short, ("read through each time", former), "answers agree");
        growth.push((ours, short));
    }
    let (small, large) = (growth[0], growth[2]);
    table::growth("a decision with its reasons, of 1 and of 10,000 ties", (TIMES, small.0), (TIMES, large.0), "");
    table::growth("a decision without reasons, of 1 and of 10,000 ties", (TIMES, small.1), (TIMES, large.1), "");
}

fn each<T>(asked: &[usize], mut ask: impl FnMut(usize) -> T) {
    for party in asked {
        black_box(ask(black_box(*party)));
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
        let of = |party: usize| PartyId(party_id(&graph, party));
        let asked: Vec<usize> = (0..TIMES).map(|n| 1 + n * 7_919 % clients).collect();
        for party in &asked {
            let ours = snapshot.can_see(Resource::Calendar, of(*party), now).expect("in time");
            assert_eq!(ours, facts.can_see(Resource::Calendar, of(*party), now));
        }
        let [opened, first, ours, former] = table::turns([
            &mut || (0..TIMES).for_each(|_| drop(black_box(open()))),
            &mut || (0..TIMES).for_each(|_| drop(black_box(open().can_see(Resource::Profile, of(1), now)))),
            &mut || each(&asked, |party| snapshot.can_see(Resource::Calendar, of(party), now)),
            &mut || each(&asked, |party| facts.can_see(Resource::Calendar, of(party), now)),
        ]);
        let note = format!("{} bytes", text.len());
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

/// A payer of so many clients, beside as many grants to others; and a client
/// with as many contacts.
struct Office {
    desk: Desk,
    payer: AccountId,
    client: PartyId,
    nobodys: PartyId,
}

impl Office {
    fn new(many: usize) -> Self {
        let desk = Desk::sqlite(quick());
        desk.cheap_hashes();
        let add = |name| desk.office().add_party(&new_person(name, Role::Client, "")).expect("a party").party;
        let (client, nobodys) = (add("Sue Client"), add("Bea Client"));
        let payer = desk.client("Tom Payer", "tom@example.com");
        let (agency, now) = (desk.agency.id(), desk.clock.now());
        let number = |sort: u128, n: usize| Uuid::from_u128((sort << 100) | n as u128);
        let who = payer.party.expect("a party");
        let tie = NewTie { kind: TieKind::Payer, who, of: client, begins_at: None, ends_at: None, reference: None };
        desk.office().relate(&tie).expect("tied");
        let mut writes = Vec::new();
        for n in 0..many {
            writes.push(Write::insert(&record::Tie {
                agency,
                id: TieId(number(1, n)),
                revision: 1,
                kind: TieKind::Payer,
                who,
                of: PartyId(number(2, n)),
                begins_at: now,
                ends_at: None,
                enrols_at: None,
                reference: None,
            }));
            writes.push(Write::insert(&record::Grant {
                agency,
                id: GrantId(number(3, n)),
                revision: 1,
                party: PartyId(number(4, n)),
                resource: Resource::Calendar,
                of: Some(number(2, n)),
                begins_at: now,
                ends_at: Some(now + Duration::days(30)),
                reason: None,
            }));
        }
        desk.store.commit(writes).expect("written");
        Self { desk, payer: payer.account, client, nobodys }
    }

    /// A client whom so many accounts may see: their rows as the engine makes
    /// them, all alike.
    fn with_contacts(contacts: usize) -> Self {
        let office = Self::new(0);
        let now = office.desk.clock.now();
        let agency = office.desk.agency.id();
        let account = office.desk.account_row(office.payer);
        let link: record::Link = office.desk.read(&Select::all::<record::Link>(agency)).remove(0);
        let party = Select::all::<record::Party>(agency).is("id", link.party);
        let party: record::Party = office.desk.read(&party).remove(0);
        let mut writes = Vec::new();
        for n in 0..contacts {
            let number = |sort: u128| Uuid::from_u128((sort << 100) | n as u128);
            let name = format!("contact{n}@example.com");
            writes.push(Write::insert(&record::Account {
                id: AccountId(number(5)),
                revision: 1,
                username: name.clone(),
                username_canonical: name,
                ..account.clone()
            }));
            let id = PartyId(number(6));
            writes.push(Write::insert(&record::Party { id, revision: 1, external_id: None, ..party.clone() }));
            writes.push(Write::insert(&record::Link {
                id: carekey::LinkId(number(7)),
                revision: 1,
                account: AccountId(number(5)),
                party: id,
                sole: Some(id.0),
                ..link.clone()
            }));
            writes.push(Write::insert(&record::Tie {
                agency,
                id: TieId(number(8)),
                revision: 1,
                kind: TieKind::EmergencyContact,
                who: id,
                of: office.client,
                begins_at: now,
                ends_at: None,
                enrols_at: None,
                reference: None,
            }));
        }
        office.desk.store.commit(writes).expect("written");
        office
    }
}

fn agencies() {
    const TIMES: usize = 200;
    let (few, many) = (Office::new(FEW), Office::new(50_000));
    let can_see = |office: &Office| {
        for _ in 0..TIMES {
            let decision = office.desk.agency.can_see(office.payer, Resource::Calendar, office.client);
            assert!(decision.expect("a decision").allowed);
        }
    };
    let nobody = |office: &Office| {
        for _ in 0..TIMES {
            assert!(office.desk.agency.seen_by(Resource::Calendar, office.nobodys).expect("an answer").is_empty());
        }
    };
    let [of_few, of_many, by_few, by_many] =
        table::turns([&mut || can_see(&few), &mut || can_see(&many), &mut || nobody(&few), &mut || nobody(&many)]);
    table::growth("can_see, a payer of 2 and of 50,001 clients, SQLite", (TIMES, of_few), (TIMES, of_many), "");
    table::growth("seen_by, nobody, beside 1 and 50,000 grants, SQLite", (TIMES, by_few), (TIMES, by_many), "");
    let some = Office::with_contacts(100);
    let more = Office::with_contacts(1_000);
    let seen_by = |office: &Office, contacts: usize| {
        let seen = office.desk.agency.seen_by(Resource::Calendar, office.client).expect("an answer");
        assert_eq!(seen.len(), contacts + 1);
    };
    let [of_some, of_more] = table::turns([&mut || seen_by(&some, 100), &mut || seen_by(&more, 1_000)]);
    table::growth("seen_by, each of the contacts of a client, SQLite", (100, of_some), (1_000, of_more), "");
}
