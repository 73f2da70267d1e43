//! What a decision costs (V): two ways to the store, and the same rows, however
//! much else the viewer and the client have; and no table is read through.

use std::sync::{Arc, Mutex};

use carekey::agency::{NewTie, Whose};
use carekey::store::{Row, Select, SqliteStore, Store, StoreResult, Write, record};
use carekey::visibility::Decision;
use carekey::{AccountId, GrantId, PartyId, Resource, Role, TieId, TieKind};
use carekey_tests::desk::{Desk, new_person, quick};
use time::Duration;
use uuid::Uuid;

/// A SQLite file that notes what it is asked.
#[derive(Clone)]
struct Noting {
    store: Arc<SqliteStore>,
    noted: Arc<Mutex<Noted>>,
}

#[derive(Default)]
struct Noted {
    /// How often the store was asked, for however many selects.
    ways: usize,
    rows: usize,
    selects: Vec<Select>,
}

impl Noting {
    fn note(&self, selects: &[Select], found: &[Vec<Row>]) {
        let mut noted = self.noted.lock().expect("no panic");
        noted.ways += 1;
        noted.rows += found.iter().map(Vec::len).sum::<usize>();
        noted.selects.extend(selects.iter().cloned());
    }

    fn take(&self) -> Noted {
        std::mem::take(&mut *self.noted.lock().expect("no panic"))
    }
}

impl Store for Noting {
    fn find(&self, select: &Select) -> StoreResult<Vec<Row>> {
        let found = self.store.find(select)?;
        self.note(std::slice::from_ref(select), std::slice::from_ref(&found));
        Ok(found)
    }

    fn find_each(&self, selects: &[Select]) -> StoreResult<Vec<Vec<Row>>> {
        let found = self.store.find_each(selects)?;
        self.note(selects, &found);
        Ok(found)
    }

    fn count(&self, select: &Select) -> StoreResult<u64> {
        self.store.count(select)
    }

    fn commit(&self, writes: Vec<Write>) -> StoreResult<()> {
        self.store.commit(writes)
    }
}

/// An agency in which Tom pays for Sue, and Rita of the office was granted her
/// calendar.
struct Office {
    desk: Desk,
    store: Noting,
    sue: PartyId,
    tom: (PartyId, AccountId),
    rita: (PartyId, AccountId),
    _folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = SqliteStore::open(&folder.path().join("agency.db")).expect("a new store");
        let store = Noting { store: Arc::new(store), noted: Arc::default() };
        let desk = Desk::on(store.clone(), quick());
        desk.cheap_hashes();
        let sue = desk.office().add_party(&new_person("Sue Client", Role::Client, "")).expect("a party").party;
        // Whatever they were enrolled as, they are active and can look.
        let of = |name: &str, email: &str| {
            let person = desk.client(name, email);
            (person.party.expect("a party"), person.account)
        };
        let (tom, rita) = (of("Tom Payer", "tom@example.com"), of("Rita Office", "rita@example.com"));
        desk.office().set_roles(tom.0, &[].into()).expect("no role");
        desk.office().set_roles(rita.0, &[Role::OfficeStaff].into()).expect("of the office");
        let tie = NewTie { kind: TieKind::Payer, who: tom.0, of: sue, begins_at: None, ends_at: None, reference: None };
        desk.office().relate(&tie).expect("tied");
        let until = Some(desk.clock.now() + Duration::days(90));
        desk.office().grant(rita.0, Resource::Calendar, Some(sue.0), until, None).expect("granted");
        Self { desk, store, sue, tom, rita, _folder: folder }
    }

    /// That many parties beside, whom Tom pays for, each in another way: in force,
    /// over, not begun; as many grants of theirs to Rita, and to others.
    fn beside(&self, many: u128) {
        let (agency, now) = (self.desk.agency.id(), self.desk.clock.now());
        let number = |sort: u128, n: u128| Uuid::from_u128((sort << 100) | n);
        let mut writes = Vec::new();
        for n in 0..many {
            let (begins_at, ends_at) = match n % 4 {
                0 => (now - Duration::days(1), None),
                1 => (now - Duration::days(1), Some(now + Duration::days(1))),
                2 => (now - Duration::days(2), Some(now - Duration::days(1))),
                _ => (now + Duration::days(1), None),
            };
            let kind = [TieKind::Payer, TieKind::EmergencyContact, TieKind::Caregiver][(n / 4 % 3) as usize];
            writes.push(Write::insert(&record::Tie {
                agency,
                id: TieId(number(1, n)),
                revision: 1,
                kind,
                who: self.tom.0,
                of: PartyId(number(2, n)),
                begins_at,
                ends_at,
                enrols_at: None,
                reference: None,
            }));
            for (sort, party) in [(3, self.rita.0), (4, PartyId(number(5, n)))] {
                writes.push(Write::insert(&record::Grant {
                    agency,
                    id: GrantId(number(sort, n)),
                    revision: 1,
                    party,
                    resource: Resource::ALL[(n % 9) as usize],
                    of: Some(number(2, n)),
                    begins_at,
                    ends_at: Some(ends_at.unwrap_or(now + Duration::days(30))),
                    reason: None,
                }));
            }
        }
        self.store.commit(writes).expect("written");
    }

    fn of(&self) -> [Whose; 3] {
        [Whose::Own, Whose::Party(self.sue), Whose::Party(self.tom.0)]
    }

    /// Every decision about Tom and Rita, and what each took.
    fn decisions(&self) -> Vec<(Decision, usize, usize)> {
        let mut made = Vec::new();
        for viewer in [self.tom.1, self.rita.1] {
            for (of, resource) in self.of().into_iter().flat_map(|of| Resource::ALL.iter().map(move |it| (of, *it))) {
                self.store.take();
                let decision = self.desk.agency.can_see(viewer, resource, of).expect("a decision");
                let noted = self.store.take();
                made.push((decision, noted.ways, noted.rows));
            }
        }
        made
    }
}

/// Six rows at the most beside one for each way that a role may be had.
const ROWS: usize = 12;

#[test]
fn a_decision_takes_two_ways_to_the_store_however_much_there_is() {
    let office = Office::new();
    // One of each sort first, so that the roles are those of many.
    office.beside(24);
    let few = office.decisions();
    assert!(few.iter().any(|(decision, ..)| decision.allowed) && few.iter().any(|(decision, ..)| !decision.allowed));
    for (decision, ways, rows) in &few {
        assert!(*ways == 2 && *rows <= ROWS, "{ways} ways, {rows} rows: {decision:?}");
    }
    let other = Office::new();
    other.beside(2_400);
    let many = other.decisions();
    for ((few, ways, rows), (many, ways_of_many, rows_of_many)) in few.iter().zip(&many) {
        assert_eq!((ways, rows), (ways_of_many, rows_of_many), "{many:?}");
        assert_eq!((few.allowed, few.scope, few.because.len()), (many.allowed, many.scope, many.because.len()));
    }
}

#[test]
fn who_sees_a_client_costs_what_there_is_of_that_client() {
    let seen_by = |beside| {
        let office = Office::new();
        office.beside(beside);
        let mut costs = Vec::new();
        for resource in Resource::ALL {
            office.store.take();
            let seen = office.desk.agency.seen_by(*resource, office.sue).expect("an answer");
            let noted = office.store.take();
            let seen: Vec<bool> = seen.iter().map(|(account, _)| *account == office.tom.1).collect();
            costs.push((seen, noted.ways, noted.rows));
        }
        costs
    };
    let (few, many) = (seen_by(24), seen_by(2_400));
    // A payer's invoices and calendar; the calendar by Rita's grant too.
    let seen: usize = few.iter().map(|(seen, ..)| seen.len()).sum();
    assert_eq!(seen, 3, "{few:?}");
    for (resource, (few, many)) in Resource::ALL.iter().zip(few.iter().zip(&many)) {
        assert!(few.1 <= 3, "{resource}: {few:?}");
        assert_eq!(few, many, "{resource}");
    }
}

#[test]
fn nobody_costs_nothing() {
    let office = Office::new();
    office.beside(2_400);
    let bea = office.desk.office().add_party(&new_person("Bea Client", Role::Client, "")).expect("a party").party;
    office.store.take();
    assert_eq!(office.desk.agency.seen_by(Resource::Invoices, bea).expect("an answer"), []);
    let noted = office.store.take();
    // Herself, twice, and the policy.
    assert!(noted.ways == 2 && noted.rows <= 3, "{} ways, {} rows", noted.ways, noted.rows);
}

#[test]
fn no_table_is_read_through() {
    let office = Office::new();
    office.beside(240);
    office.store.take();
    for viewer in [office.tom.1, office.rita.1] {
        for (of, resource) in office.of().into_iter().flat_map(|of| Resource::ALL.iter().map(move |it| (of, *it))) {
            office.desk.agency.can_see(viewer, resource, of).expect("a decision");
            if of != Whose::Own {
                office.desk.agency.seen_by(resource, of).expect("an answer");
            }
        }
    }
    let mut plans = std::collections::BTreeSet::new();
    for select in office.store.take().selects {
        let plan = office.store.store.plan(&select).expect("a plan");
        for step in &plan {
            assert!(!step.contains("SCAN") || step.contains("rarray"), "{}: {plan:#?}", select.table.name);
            // By more than the agency: its rows are not gone through either.
            assert!(!step.ends_with("(agency=?)"), "{}: {plan:#?}", select.table.name);
            assert!(!step.contains("TEMP B-TREE") || select.limit.is_none(), "{}: {plan:#?}", select.table.name);
        }
        plans.insert(plan.join("; "));
    }
    let has = |part: &str| plans.iter().any(|plan| plan.contains(part));
    assert!(has("tie_by_who_kind_ends_at_id (agency=? AND who=? AND kind=? AND ends_at=?)"), "{plans:#?}");
    assert!(has("tie_by_of_who (agency=? AND of=? AND who=?)"), "{plans:#?}");
    assert!(has("access_grant_by_party_resource_of (agency=? AND party=? AND resource=? AND of=?)"), "{plans:#?}");
}
