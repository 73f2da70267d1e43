//! What a list, a page, a decision and a sign-in cost in an agency of 1,000 people
//! and in one of 1,000,000, the one alone and the other in a directory of 10,000
//! agencies, in files.
//!
//! People are written as rows, since it is reading that is measured. Run it on
//! fewer with `GROWTH_MANY=20000`.
#![allow(clippy::print_stdout, clippy::expect_used, missing_docs)]

#[path = "../../../core/benches/people/mod.rs"]
mod people;
#[path = "../../../core/benches/table/mod.rs"]
mod table;

use std::cell::RefCell;

use carekey::agency::{Each, NewTie, SignIn, User, UserQuery};
use carekey::store::{Select, Store, Write, record};
use carekey::{AgencyId, PartyId, Resource, Role, TieKind};
use carekey_tests::desk::{Desk, GOOD, Person, new_person, quick, sign_in};

const FEW: u32 = 1_000;
const AGENCIES: u32 = 10_000;
const TIMES: usize = 40;

fn many() -> u32 {
    std::env::var("GROWTH_MANY").ok().and_then(|many| many.parse().ok()).unwrap_or(1_000_000)
}

/// An agency of so many people, among so many agencies.
struct Office {
    desk: Desk,
    staff: Person,
    payer: Person,
    client: PartyId,
    people: u64,
    /// All of its users, gone through but for the last tenth.
    behind: RefCell<Each<User>>,
}

impl Office {
    fn of(people: u32, agencies: u32) -> Self {
        let desk = Desk::sqlite(quick());
        desk.cheap_hashes();
        let own: record::Agency = desk.read(&Select::all::<record::Agency>(desk.agency.id())).remove(0);
        let mut others = Vec::new();
        for number in 1..agencies {
            let mut other = own.clone();
            other.code = format!("A{number:05}");
            other.prefix = format!("p{number:05}");
            other.id = AgencyId::of_code(&other.code);
            others.push(other);
        }
        desk.store.commit(others.iter().map(Write::insert).collect()).expect("written");
        people::write(&desk.store, desk.agency.id(), people);
        let staff = desk.caregiver("Ana Ruiz", "ana.ruiz@example.com");
        let payer = desk.client("Tom Payer", "tom@example.com");
        let client = desk.office().add_party(&new_person("Sue Client", Role::Client, "")).expect("a party").party;
        let who = payer.party.expect("a party");
        let tie = NewTie { kind: TieKind::Payer, who, of: client, begins_at: None, ends_at: None, reference: None };
        desk.office().relate(&tie).expect("tied");
        let mut behind = desk.office().each_user(&all()).by(u64::from(people / 10));
        for _ in 0..9 {
            assert_eq!(behind.page().expect("a page").len(), people as usize / 10);
        }
        Self { desk, staff, payer, client, people: u64::from(people), behind: RefCell::new(behind.by(10)) }
    }
}

/// What is asked of an agency.
type Asked<'a> = &'a dyn Fn(&Office);

fn all() -> UserQuery {
    UserQuery { show_disabled: true, ..UserQuery::default() }
}

fn main() {
    let (few, many) = (Office::of(FEW, 1), Office::of(many(), AGENCIES));
    let mut most = 0.0_f64;
    let growth = |work: &str, times: usize, act: Asked<'_>| {
        let [small, large] =
            table::turns([&mut || (0..times).for_each(|_| act(&few)), &mut || (0..times).for_each(|_| act(&many))]);
        table::growth(work, (times, small), (times, large), "");
        large.as_secs_f64() / small.as_secs_f64()
    };
    let acts: [(&str, Asked<'_>); 7] = [
        ("an agency found by its code", &|office| drop(office.desk.directory.agency("104").expect("the agency"))),
        ("can_see", &|office| {
            let decision = office.desk.agency.can_see(office.payer.account, Resource::Calendar, office.client);
            assert!(decision.expect("a decision").allowed);
        }),
        ("seen_by", &|office| {
            assert_eq!(office.desk.agency.seen_by(Resource::Calendar, office.client).expect("seen").len(), 1);
        }),
        ("sign-in without its hash", &|office| {
            assert!(matches!(sign_in(&office.desk.agency, &office.staff.username, GOOD), SignIn::Granted(_)));
        }),
        ("a user found by its id", &|office| drop(office.desk.office().user(office.payer.account).expect("a user"))),
        ("each_user, the first 100", &|office| {
            assert_eq!(office.desk.office().each_user(&all()).by(100).page().expect("a page").len(), 100);
        }),
        ("each_message, the first 10", &|office| {
            drop(office.desk.office().each_message(None).by(10).page().expect("a page"));
        }),
    ];
    for (work, act) in acts {
        most = most.max(growth(work, TIMES, act));
    }
    // Of few no more lies behind the turns of the bench.
    let behind = |office: &Office| assert!(!office.behind.borrow_mut().page().expect("a page").is_empty());
    let far = growth("each_user, 10 behind nine tenths of them", 1, &behind);
    let counted = growth("users, the first 100, with how many there are", 1, &|office| {
        assert_eq!(office.desk.office().users(&all()).expect("users").users.len(), 100);
    });
    let middle = growth("users, 100 in the middle of them", 1, &|office| {
        let offset = office.people / 2;
        assert_eq!(office.desk.office().users(&UserQuery { offset, ..all() }).expect("users").users.len(), 100);
    });
    let reached = format!(
        "{most:.2} times at most; ten behind nine tenths {far:.2}; a page that says how many there are {counted:.2}; by its number, in the middle, {middle:.0}"
    );
    let why = "rows far behind lie each on a page of the file that nobody read before; \
        a page by its number passes over what lies between it and the nearer end, which each_user does not";
    table::reach("growth", &reached, why);
}
