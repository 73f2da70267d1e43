//! Nothing starves: a long act makes progress beside any load of short ones, and
//! short ones do not wait for each other. What is counted are the rounds.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use carekey::agency::{Edit, Invitee, PartyEdit};
use carekey::invitation::OfficeAction;
use carekey::roster::{Roster, RowAction};
use carekey::store::{MemoryStore, Row, Select, SqliteStore, Store, StoreError, StoreResult, Write, record};
use carekey::words::EventKind;
use carekey::{Directory, Office, PartyId, Role};
use carekey_tests::desk::{Desk, KEY, Room, go_on, new_person, quick, support};
use carekey_tests::postgres::Schema;
use carekey_tests::race::race;

/// A store that counts commits and conflicts, and lets others come between: what
/// `between` does is done before each commit, as whoever is quicker would.
#[derive(Clone)]
struct Crowded {
    store: Arc<dyn Store>,
    commits: Arc<AtomicUsize>,
    conflicts: Arc<AtomicUsize>,
    between: Arc<Mutex<Option<Between>>>,
}

type Between = Box<dyn FnMut() + Send>;

impl Crowded {
    fn new(store: impl Store) -> Self {
        Self { store: Arc::new(store), commits: Arc::default(), conflicts: Arc::default(), between: Arc::default() }
    }

    fn before_each_commit(&self, between: impl FnMut() + Send + 'static) {
        *self.between.lock().expect("no panic") = Some(Box::new(between));
    }

    fn alone(&self) {
        *self.between.lock().expect("no panic") = None;
    }

    /// How many commits were made and how many met a conflict, since the last
    /// time this was asked.
    fn rounds(&self) -> (usize, usize) {
        (self.commits.swap(0, SeqCst), self.conflicts.swap(0, SeqCst))
    }
}

impl Store for Crowded {
    fn find(&self, select: &Select) -> StoreResult<Vec<Row>> {
        self.store.find(select)
    }

    fn count(&self, select: &Select) -> StoreResult<u64> {
        self.store.count(select)
    }

    fn commit(&self, writes: Vec<Write>) -> StoreResult<()> {
        // Not held while it is done: those who come between commit elsewhere.
        let between = self.between.lock().expect("no panic").take();
        if let Some(mut between) = between {
            between();
            self.between.lock().expect("no panic").get_or_insert(between);
        }
        let made = self.store.commit(writes);
        match &made {
            Ok(()) => self.commits.fetch_add(1, SeqCst),
            Err(StoreError::Conflict { .. }) => self.conflicts.fetch_add(1, SeqCst),
            Err(_) => 0,
        };
        made
    }
}

/// Another process's office on the same records.
fn another_office(desk: &Desk, store: impl Store, seed: u64) -> Office {
    let directory = Directory::with(store, &KEY, Room::new(desk.clock.clone(), seed)).expect("the directory");
    directory.agency("104").expect("the agency").acting_as(support())
}

fn families(office: &Office, from: usize, many: usize) -> Vec<PartyId> {
    let add = |n| office.add_party(&new_person(&format!("P{n} Hale"), Role::Family, &format!("p{n}@example.com")));
    (from..from + many).map(|n| add(n).expect("added").party).collect()
}

/// A batch of a thousand, and before its commit seventeen others invite: more than
/// the agency's history has strands. It is not tried twice.
#[test]
fn a_batch_beside_many_who_invite_is_never_decided_again() {
    let memory = MemoryStore::new();
    let crowded = Crowded::new(memory.clone());
    let desk = Desk::on(crowded.clone(), quick());
    let ours = families(&desk.office(), 0, 1_000);
    let theirs = families(&desk.office(), 5_000, 17 * 2);
    let others: Vec<Office> = (0..17).map(|seed| another_office(&desk, memory.clone(), 100 + seed)).collect();
    let mut waiting = theirs.into_iter();
    crowded.rounds();
    crowded.before_each_commit(move || {
        for other in &others {
            let Some(party) = waiting.next() else { return };
            other.invite(Invitee::Party(party), None).expect("invited");
        }
    });
    let items: Vec<Invitee> = ours.into_iter().map(Invitee::Party).collect();
    let as_of = desk.clock.now();
    let rows = desk.office().batch(OfficeAction::Invite, &items, None, as_of, &mut go_on).expect("a batch");
    assert!(rows.iter().all(|row| row.done));
    assert_eq!(crowded.rounds(), (1, 0));
    crowded.alone();
    let lines = desk.agency.agency_history().expect("a history");
    assert_eq!(lines.iter().filter(|line| line.kind == EventKind::Invited).count(), 1_000 + 17);
    desk.agency.verify_agency_history().expect("as it was written");
}

/// The same of a roster, with families in it, beside people who are added and
/// invited one by one.
#[test]
fn a_roster_beside_many_who_invite_is_never_decided_again() {
    let memory = MemoryStore::new();
    let crowded = Crowded::new(memory.clone());
    let desk = Desk::on(crowded.clone(), quick());
    let other = another_office(&desk, memory, 7);
    let mut file = String::from("name,email,role\n");
    for n in 0..300 {
        let role = if n % 3 == 0 { "family" } else { "caregiver" };
        file.push_str(&format!("Ann{n} Hale,a{n}@example.com,{role}\n"));
    }
    let office = desk.office();
    let preview = office.preview(Roster::from_csv(file.as_bytes()).expect("a roster")).expect("a preview");
    assert!(preview.rows().iter().all(|row| row.action == RowAction::Create));
    let mut next = 9_000;
    crowded.rounds();
    crowded.before_each_commit(move || {
        for party in families(&other, next, 20) {
            other.invite(Invitee::Party(party), None).expect("invited");
        }
        next += 20;
    });
    let report = office.create(&preview, None, &mut go_on).expect("created");
    assert!(report.stopped.is_none());
    // One piece, and the line that says so.
    assert_eq!(crowded.rounds(), (2, 0));
    crowded.alone();
    desk.agency.verify_agency_history().expect("as it was written");
}

/// Whoever changes the very people of a batch, one before each commit, holds it
/// up for as many rounds as it takes to get past them, and no longer.
#[test]
fn a_batch_whose_people_are_changed_all_the_time_gets_past_them() {
    const MANY: usize = 256;
    let memory = MemoryStore::new();
    let crowded = Crowded::new(memory.clone());
    let desk = Desk::on(crowded.clone(), quick());
    let ours = families(&desk.office(), 0, MANY);
    let other = another_office(&desk, memory, 7);
    let (mut turn, changed) = (0, ours.clone());
    crowded.rounds();
    crowded.before_each_commit(move || {
        // Here and there, all over the list.
        let party = changed[turn * 97 % MANY];
        turn += 1;
        let nickname = Edit::Set(format!("N{turn}"));
        other.edit_party(party, &PartyEdit { nickname, ..PartyEdit::default() }).expect("changed");
    });
    let items: Vec<Invitee> = ours.into_iter().map(Invitee::Party).collect();
    let as_of = desk.clock.now();
    let rows = desk.office().batch(OfficeAction::Invite, &items, None, as_of, &mut go_on).expect("a batch");
    assert!(rows.iter().all(|row| row.done));
    let (commits, conflicts) = crowded.rounds();
    assert!(conflicts > 0 && commits + conflicts < MANY / 2, "{commits} commits, {conflicts} conflicts");
}

/// Sixteen at once, each inviting people of their own: none is decided again.
fn many_at_once(store: impl Store) {
    const EACH: usize = 8;
    let crowded = Crowded::new(store);
    let desk = Desk::on(crowded.clone(), quick());
    let parties = families(&desk.office(), 0, 16 * EACH);
    crowded.rounds();
    race(16, |number| {
        for party in &parties[number * EACH..(number + 1) * EACH] {
            desk.office().invite(Invitee::Party(*party), None).expect("invited");
        }
    });
    assert_eq!(crowded.rounds(), (16 * EACH, 0));
    desk.agency.verify_agency_history().expect("as it was written");
    assert_eq!(desk.snapshot().count::<record::Invitation>(), 16 * EACH);
}

#[test]
fn many_at_once_on_memory() {
    many_at_once(MemoryStore::new());
}

#[test]
fn many_at_once_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    many_at_once(SqliteStore::open(&folder.path().join("agency.db")).expect("a new store"));
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn many_at_once_on_postgres() {
    let schema = Schema::new();
    many_at_once(schema.store());
}
