//! Lists of people (A3, A5, A6): pages by any column are those of the whole
//! list, and cost the same beside many as beside few.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use carekey::agency::{
    ApplicationFilter, ListPage, NewApplication, NewStaff, NewTie, Party, PartyFilter, Sending, User, UserColumn,
    UserQuery, WindowRow,
};
use carekey::store::SqliteStore;
use carekey::{AccountId, Actor, Code, Error, PartyId, Role, TieKind};
use carekey_tests::counting::{Calls, Counting};
use carekey_tests::desk::{Desk, new_person, new_staff, quick};
use time::Duration;

carekey_tests::on_every_store! { quick();
    pages_of_users_are_those_of_the_whole_list, pages_of_a_role_are_those_of_all_who_have_it,
    nobody_is_passed_over_while_others_come_and_go, each_of_every_list_is_on_its_pages,
    the_next_of_one_name_is_told_the_next_number,
}

const FIRST: [&str; 4] = ["Ann", "Bea", "Cy", "Dee"];
const LAST: [&str; 3] = ["Young", "Boyd", "Kern"];

fn accounts(desk: &Desk, number: usize) -> Vec<AccountId> {
    let office = desk.office();
    let made = (0..number).map(|at| {
        // Several have one name, and several were made at one moment.
        if at % 3 == 0 {
            desk.clock.advance(Duration::minutes(1));
        }
        let username = format!("someone{at}");
        let new = NewStaff {
            username: Some(username),
            email: Some(format!("someone{at}@example.com")),
            ..new_staff(FIRST[at % 4], LAST[at % 3])
        };
        office.create_staff_account(&new, None).expect("an account").account.expect("its id")
    });
    made.collect()
}

/// Some are disabled, several of them at one moment, and some deleted.
fn some_are_gone(desk: &Desk, accounts: &[AccountId]) {
    let office = desk.office();
    for (at, account) in accounts.iter().enumerate() {
        if at % 4 == 1 {
            desk.clock.advance(Duration::minutes(i64::from(at % 8 == 1)));
            office.disable(*account).expect("disabled");
        } else if at % 9 == 2 {
            let party = office.add_party(&new_person("Gone Soon", Role::Caregiver, "")).expect("a party").party;
            office.link_account(*account, party).expect("linked");
            office.delete_party(party).expect("deleted");
        }
    }
}

/// What a column shows, as an order.
fn by(column: UserColumn, one: &User, other: &User) -> Ordering {
    match column {
        UserColumn::DisplayName => one.display_name.cmp(&other.display_name),
        UserColumn::FirstName => one.first_name.cmp(&other.first_name),
        UserColumn::LastName => one.last_name.cmp(&other.last_name),
        UserColumn::Username => one.username.cmp(&other.username),
        UserColumn::Status => one.disabled.cmp(&other.disabled),
        UserColumn::LastLogon => one.last_logon.cmp(&other.last_logon),
        UserColumn::Created => one.created.cmp(&other.created),
        UserColumn::Description => {
            let text = |user: &User| user.description.as_ref().map(|it| serde_json::to_string(it).expect("plain data"));
            text(one).cmp(&text(other))
        }
    }
}

fn pages_of_users_are_those_of_the_whole_list(desk: &Desk) {
    let made = accounts(desk, 40);
    some_are_gone(desk, &made);
    let office = desk.office();
    let all = UserQuery { show_disabled: true, limit: 1_000, ..UserQuery::default() };
    let everybody = office.users(&all).expect("all").users;
    let enabled = everybody.iter().filter(|user| user.disabled.is_none()).count();
    assert!(enabled > 20 && everybody.len() > enabled + 5 && made.len() > everybody.len());
    for column in UserColumn::ALL.iter().copied() {
        for (descending, show_disabled) in [(false, false), (false, true), (true, false), (true, true)] {
            let mut expected: Vec<&User> =
                everybody.iter().filter(|user| show_disabled || user.disabled.is_none()).collect();
            expected.sort_by(|one, other| {
                let order = by(column, one, other);
                let order = if descending { order.reverse() } else { order };
                order.then_with(|| (&one.display_name, one.account).cmp(&(&other.display_name, other.account)))
            });
            for size in [1, 7, 30, 1_000] {
                let query = UserQuery { show_disabled, descending, sort: column, limit: size, ..UserQuery::default() };
                let mut seen = Vec::new();
                loop {
                    let offset = seen.len() as u64;
                    let page = office.users(&UserQuery { offset, ..query.clone() }).expect("a page");
                    assert_eq!((page.found, page.active), (expected.len() as u64, enabled as u64), "{column} {size}");
                    if page.users.is_empty() {
                        break;
                    }
                    assert!(page.users.len() as u64 <= size);
                    seen.extend(page.users);
                }
                assert!(expected.iter().copied().eq(&seen), "{column}, descending {descending}, by {size}");
                let each: Vec<User> = office.each_user(&query).by(size).map(|user| user.expect("a user")).collect();
                assert!(each == seen, "each by {column}, descending {descending}, by {size}");
                assert_eq!(office.each_user(&query).found().expect("a number"), expected.len() as u64);
            }
            let beyond = UserQuery { show_disabled, descending, sort: column, offset: 500, ..UserQuery::default() };
            let beyond = office.users(&beyond).expect("a page");
            assert_eq!((beyond.users.len(), beyond.found), (0, expected.len() as u64));
        }
    }
    let none = UserQuery { filter: Some("nobody".to_owned()), ..UserQuery::default() };
    let none = office.users(&none).expect("a page");
    assert_eq!((none.users.len(), none.found, none.active), (0, 0, enabled as u64));
}

fn pages_of_a_role_are_those_of_all_who_have_it(desk: &Desk) {
    let office = desk.office();
    let roles = [Role::Caregiver, Role::Payer, Role::EmergencyContact];
    let parties: Vec<PartyId> = (0..24)
        .map(|at| {
            let name = format!("{} {}", FIRST[at % 4], LAST[at % 3]);
            office.add_party(&new_person(&name, roles[at % 3], "")).expect("a party").party
        })
        .collect();
    // Some have a role by a tie, some of them beside having it from the office,
    // and some had it.
    for (at, who) in parties.iter().enumerate() {
        if at % 2 == 0 {
            let kind = if at % 4 == 0 { TieKind::EmergencyContact } else { TieKind::Payer };
            let new = NewTie { who: *who, of: parties[(at + 1) % 24], ..tie(kind) };
            let tied = office.relate(&new).expect("a tie");
            if at % 8 == 6 {
                desk.clock.advance(Duration::minutes(1));
                office.end_tie(tied.tie, None).expect("it is over");
            }
        }
    }
    desk.clock.advance(Duration::minutes(1));
    let all: Vec<Party> = office.parties(&PartyFilter::default(), 0, 1_000).expect("all").rows;
    let mut expected: BTreeMap<Role, Vec<PartyId>> = BTreeMap::new();
    for party in &all {
        for role in &party.roles {
            expected.entry(*role).or_default().push(party.id);
        }
    }
    assert!(all.iter().any(|party| !party.conveyed.is_empty()));
    let every = |filter: &PartyFilter, size| -> Vec<PartyId> {
        office.each_party(filter).by(size).map(|party| party.expect("a party").id).collect()
    };
    for size in [1, 3, 10, 100] {
        assert!(all.iter().map(|party| party.id).eq(every(&PartyFilter::default(), size)));
        for (role, wanted) in &expected {
            assert_eq!(
                every(&PartyFilter { role: Some(*role), ..PartyFilter::default() }, size),
                *wanted,
                "{role} {size}"
            );
        }
        let found: Vec<PartyId> =
            desk.agency.each_party("ann").by(size).map(|party| party.expect("a party").id).collect();
        let page = desk.agency.find_parties("ann", 0, 1_000).expect("found");
        assert!(found.len() > 3 && page.iter().map(|party| party.id).eq(found));
    }
    for size in [1, 3, 10, 100] {
        for offset in 0..26 {
            let window = office.window(offset, size).expect("the window");
            let found: Vec<Role> = window.iter().map(|group| group.role).collect();
            assert_eq!(found, expected.keys().copied().collect::<Vec<_>>(), "every role that anyone has");
            for group in window {
                let wanted = &expected[&group.role];
                let page: Vec<PartyId> = wanted.iter().skip(offset as usize).take(size as usize).copied().collect();
                assert_eq!(group.total, wanted.len() as u64);
                assert_eq!(group.rows.iter().map(|row: &WindowRow| row.party).collect::<Vec<_>>(), page);
                let filter = PartyFilter { role: Some(group.role), ..PartyFilter::default() };
                let ListPage { rows, found } = office.parties(&filter, offset, size).expect("a page");
                assert_eq!((rows.iter().map(|party| party.id).collect::<Vec<_>>(), found), (page, group.total));
            }
        }
    }
}

fn nobody_is_passed_over_while_others_come_and_go(desk: &Desk) {
    let made = accounts(desk, 40);
    let office = desk.office();
    for column in [UserColumn::DisplayName, UserColumn::Created, UserColumn::LastLogon, UserColumn::Username] {
        for descending in [false, true] {
            let query = UserQuery { sort: column, descending, ..UserQuery::default() };
            let mut each = office.each_user(&query).by(7);
            let mut seen: Vec<AccountId> = Vec::new();
            let mut left = Vec::new();
            loop {
                let page = each.page().expect("a page");
                if page.is_empty() {
                    break;
                }
                seen.extend(page.iter().map(|user| user.account));
                // Two who were shown leave, so that all behind them move up by two.
                for user in page.iter().take(2) {
                    office.disable(user.account).expect("disabled");
                    left.push(user.account);
                }
            }
            let mut sorted = seen.clone();
            sorted.sort_unstable();
            let mut there = made.clone();
            there.sort_unstable();
            assert_eq!(sorted, there, "{column}, descending {descending}: each once");
            for account in left {
                office.enable(account).expect("enabled");
            }
        }
    }
    // Whoever loses the right is shown no further page, and then there is an end.
    let nobody = desk.agency.acting_as(Actor::Account(made[0]));
    let mut each = nobody.each_user(&UserQuery::default());
    assert_eq!(each.next().expect("an answer").expect_err("no manager").code, Code::ActorNotAllowed);
    assert!(each.next().is_none());
    // What could not be read is no end: the same page is asked for again.
    let mut pages = nobody.each_user(&UserQuery::default());
    for _ in 0..2 {
        assert_eq!(pages.page().expect_err("no manager").code, Code::ActorNotAllowed);
    }
}

fn each_of_every_list_is_on_its_pages(desk: &Desk) {
    let office = desk.office();
    let family =
        office.add_party(&new_person("Marisol Alvarez", Role::Family, "marisol@example.com")).expect("a party");
    for at in 0..12 {
        desk.clock.advance(Duration::minutes(i64::from(at % 3 == 0)));
        let new = NewApplication { number: format!("A-{at:04}"), family: family.party, submitted_at: None };
        office.add_application(&new).expect("an application");
    }
    let later = desk.office().sending(Sending::Later);
    for at in 0..5 {
        let name = format!("Bo Young{}", "xy".repeat(at));
        let party = later.add_party(&new_person(&name, Role::Caregiver, &format!("bo{at}@example.com")));
        later.create_account(party.expect("a party").party, Role::Caregiver, None).expect("an account");
    }
    for size in [1, 5, 100] {
        let filter = ApplicationFilter::default();
        let every: Vec<_> = office.each_application(None).by(size).map(|row| row.expect("a row")).collect();
        assert!(every.len() == 12 && every == office.applications_by(&filter, 0, 100).expect("all").rows);
        let every: Vec<_> = office.each_message(None).by(size).map(|row| row.expect("a row").id).collect();
        let page = office.messages(None, 0, 100).expect("all");
        assert!(every.len() >= 12 && page.iter().map(|row| row.id).eq(every));
        let every: Vec<_> = office.each_staged().by(size).map(|row| row.expect("a row")).collect();
        assert!(every.len() == 5 && every == office.staged(0, 100).expect("all").rows);
    }
}

fn tie(kind: TieKind) -> NewTie {
    let nobody = PartyId(uuid::Uuid::nil());
    NewTie { kind, who: nobody, of: nobody, begins_at: None, ends_at: None, reference: None }
}

fn suggested(error: &Error) -> Option<String> {
    error.findings.iter().find_map(|finding| finding.suggestion.clone())
}

fn the_next_of_one_name_is_told_the_next_number(desk: &Desk) {
    let office = desk.office();
    let new = |at: u32, username: Option<String>| NewStaff {
        username,
        email: Some(format!("smith{at}@example.com")),
        ..new_staff("Jo", "Smith")
    };
    let made = office.create_staff_account(&new(1, None), None).expect("the first");
    assert_eq!(made.username.as_deref(), Some("104jsmith"));
    let mut given = Vec::new();
    for at in 2..60 {
        let refused = office.create_staff_account(&new(at, None), None).expect_err("the name is taken");
        let next = suggested(&refused).expect("another");
        office.create_staff_account(&new(at, Some(next.clone())), None).expect("it was free");
        given.push(next);
    }
    let numbered = (2..59).map(|number| format!("104jsmith{number}"));
    let expected: Vec<String> = core::iter::once("104josmith".to_owned()).chain(numbered).collect();
    assert_eq!(given, expected);
}

/// What an act asks of a store, that has so many people, and those of one name
/// among them.
fn asked(people: usize, act: impl Fn(&Desk)) -> Calls {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Counting::new(SqliteStore::open(&folder.path().join("agency.db")).expect("a store"));
    let desk = Desk::on(store.clone(), quick());
    let made = accounts(&desk, people);
    some_are_gone(&desk, &made);
    let office = desk.office();
    for at in 0..people {
        let name = format!("{} {}", FIRST[at % 4], LAST[at % 3]);
        office.add_party(&new_person(&name, Role::Caregiver, "")).expect("a party");
    }
    store.take();
    act(&desk);
    store.take().0
}

/// What asks for a list, and what it is called.
type Asks = (&'static str, fn(&Desk));

#[test]
fn a_list_asks_no_more_beside_many_than_beside_few() {
    let lists: [Asks; 4] = [
        ("users by name", |desk| drop(page(desk, UserColumn::DisplayName))),
        ("users by status", |desk| drop(page(desk, UserColumn::Status))),
        ("the bulk window", |desk| drop(desk.office().window(0, 5).expect("the window"))),
        ("a name that is taken", |desk| {
            let taken = NewStaff { username: Some("someone1".to_owned()), ..new_staff("Ann", "Young") };
            desk.office().create_staff_account(&taken, None).expect_err("it is taken");
        }),
    ];
    for (list, act) in lists {
        assert_eq!(asked(12, act), asked(48, act), "{list}");
    }
}

fn page(desk: &Desk, sort: UserColumn) -> Vec<User> {
    let query = UserQuery { sort, show_disabled: true, limit: 5, ..UserQuery::default() };
    desk.office().users(&query).expect("a page").users
}
