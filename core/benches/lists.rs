//! Lists, look-ups and searches of an agency of 1,000 and of 100,000 people, on
//! a file: what one page costs beside how many there are.
//!
//! People are written as rows, since it is reading that is measured. Run it on
//! fewer with `LISTS_MANY=20000`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    unreachable_pub,
    reason = "a bench, which says what it found"
)]

mod table;

use std::cell::RefCell;
use std::time::Duration;

use carekey::agency::{NewStaff, PartyFilter, UserColumn, UserQuery};
use carekey::policy::EnrolmentScheme;
use carekey::roster::Roster;
use carekey::store::record::{Account, Party, UsedName};
use carekey::store::{SqliteStore, Store, Write};
use carekey::{AccountId, Actor, Agency, AgencySettings, Directory, Office, PartyId, PartyKind, RecordId, Role};
use time::OffsetDateTime;
use uuid::Uuid;

const FEW: u32 = 1_000;
const ROLES: [Role; 4] = [Role::Client, Role::Caregiver, Role::Family, Role::OfficeStaff];

fn many() -> u32 {
    std::env::var("LISTS_MANY").ok().and_then(|many| many.parse().ok()).unwrap_or(100_000)
}

/// Somebody of a name of their own, so mixed that no order is that of the rows.
fn person(agency: &Agency, number: u32, at: OffsetDateTime) -> (Account, Party, UsedName) {
    let mixed = number.wrapping_mul(2_654_435_761);
    let (first, last) = (format!("Given{:03}", mixed % 500), format!("Family{mixed:08x}"));
    let name = format!("{first} {last}");
    let username = format!("person{number}@example.com");
    let (id, of) = (Uuid::from_u128(u128::from(number) + 1), agency.id());
    let created = at + time::Duration::seconds(i64::from(number / 2_000));
    let mut account = Account::named(of, AccountId(id), &username, &username, EnrolmentScheme::ActivationLink, created);
    account.display_name.clone_from(&name);
    (account.first_name, account.last_name) = (Some(first.clone()), Some(last.clone()));
    account.sort_display = Some(name.to_lowercase().into_bytes());
    account.sort_first = Some(first.to_lowercase().into_bytes());
    account.sort_last = Some(last.to_lowercase().into_bytes());
    account.search = Some(format!("{name}\n{username}").to_lowercase());
    account.disabled_at = (number.is_multiple_of(20)).then_some(created);
    account.last_sign_in_at =
        (number.is_multiple_of(3)).then(|| at + time::Duration::seconds(i64::from(mixed % 1_000_000)));
    let party = Party {
        agency: of,
        id: PartyId(id),
        revision: 1,
        kind: PartyKind::Person,
        external_id: Some(format!("P-{number}")),
        roles: [ROLES[number as usize % ROLES.len()]].into(),
        display_name: name.clone(),
        first_name: Some(first),
        middle_name: None,
        last_name: Some(last),
        nickname: None,
        name_key: name.to_lowercase(),
        email: Some(username.clone()),
        email_canonical: Some(username.clone()),
        phone: None,
        phone_e164: None,
        preferred: None,
        locale: None,
        invitation: None,
        created_at: created,
        deleted_at: None,
        sort_display: account.sort_display.clone(),
        search: account.search.clone(),
        merged_into: None,
        merge: None,
    };
    // The first fifty have one staff name and its numbers.
    let canonical = match number {
        0 => "104jsmith".to_owned(),
        1 => "104josmith".to_owned(),
        2..50 => format!("104jsmith{number}"),
        _ => username,
    };
    let skeleton = carekey::username::skeleton(&canonical);
    let used = UsedName {
        agency: of,
        id: RecordId(id),
        revision: 1,
        skeleton,
        canonical,
        account: AccountId(id),
        claimed_at: created,
        retired_at: None,
    };
    (account, party, used)
}

/// An agency of so many people.
fn of(people: u32) -> (tempfile::TempDir, Office) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("agency.db");
    let directory = Directory::open(&format!("sqlite:{}", file.display()), &[7; 32]).unwrap();
    let support = Actor::Support("Pat Long".to_owned());
    let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
    let agency = directory.create_agency(settings, &support).unwrap();
    let store = SqliteStore::open(&file).unwrap();
    let at = OffsetDateTime::from_unix_timestamp(1_770_000_000).unwrap();
    let all: Vec<u32> = (0..people).collect();
    for piece in all.chunks(5_000) {
        let write = |number: &u32| {
            let (account, party, used) = person(&agency, *number, at);
            [Write::insert(&account), Write::insert(&party), Write::insert(&used)]
        };
        store.commit(piece.iter().flat_map(write).collect()).unwrap();
    }
    let size = std::fs::metadata(&file).unwrap().len()
        + std::fs::metadata(file.with_extension("db-wal")).map_or(0, |it| it.len());
    println!("{people} people: {} bytes each on disk", size / u64::from(people));
    (folder, agency.acting_as(support))
}

fn page(office: &Office, sort: UserColumn, descending: bool, offset: u64) -> usize {
    let query = UserQuery { sort, descending, offset, show_disabled: true, ..UserQuery::default() };
    office.users(&query).unwrap().users.len()
}

/// The next 100 of all users, behind 90 % of them.
fn each_user(few: &Office, many: &Office) -> Duration {
    let list = |office: &Office| office.each_user(&UserQuery { show_disabled: true, ..UserQuery::default() });
    growth("each_user, the first 100", few, many, BEHIND, |office, _| {
        assert_eq!(list(office).by(100).page().unwrap().len(), 100);
    });
    let begun = |office: &Office, passed: u32| {
        let mut each = list(office).by(u64::from(passed));
        assert_eq!(each.page().unwrap().len(), passed as usize);
        each.by(100)
    };
    // Of few no more lies behind the turns of the bench.
    let lists = RefCell::new([(FEW, begun(few, FEW / 10)), (self::many(), begun(many, self::many() / 10 * 9))]);
    growth("each_user, 100 far behind the first", few, many, BEHIND, |_, people| {
        for (_, each) in lists.borrow_mut().iter_mut().filter(|(of, _)| *of == people) {
            assert_eq!(each.page().unwrap().len(), 100);
        }
    })
}

const BEHIND: &str = "found in an index behind the last row, and not counted";

fn growth(work: &str, few: &Office, many: &Office, note: &str, act: impl Fn(&Office, u32)) -> Duration {
    let of_many = self::many();
    let [small, large]: [Duration; 2] = table::turns([&mut || act(few, FEW), &mut || act(many, of_many)]);
    let ratio = large.as_secs_f64() / small.as_secs_f64();
    let shown = [small, large].map(|one| table::each(one, 1));
    let [small, one] = &shown;
    // One act beside so many people, and not so many acts.
    println!("growth | {work} | {FEW}: {small} | {of_many}: {one} | {ratio:.2} | {note}");
    large
}

/// What was reached, of pages of which each took so long.
fn reach(goal: &str, pages: &[Duration], note: &str) {
    let ends = [pages.iter().min(), pages.iter().max()];
    let mut ends: Vec<String> = ends.into_iter().flatten().map(|one| table::each(*one, 1)).collect();
    ends.dedup();
    table::reach(goal, &ends.join(" to "), note);
}

/// The plain lists pass over what lies before a page, and count, in an index.
const PASSED: &str = "what lies before the page is passed over, and all counted, in the index alone";

fn main() {
    let ((_one, few), (_other, many)) = (of(FEW), of(self::many()));
    let mut users = Vec::new();
    for column in UserColumn::ALL.iter().copied() {
        for descending in [false, true] {
            let way = if descending { ", descending" } else { "" };
            users.push(growth(
                &format!("users by {column}{way}, first page of 100"),
                &few,
                &many,
                PASSED,
                |office, _| {
                    assert_eq!(page(office, column, descending, 0), 100);
                },
            ));
        }
        users.push(growth(&format!("users by {column}, a page at 90 %"), &few, &many, PASSED, |office, people| {
            assert_eq!(page(office, column, false, u64::from(people) * 9 / 10 - 1), 100);
        }));
    }
    let counted =
        [users.iter().min(), users.iter().max()].map(|one| one.map_or(String::new(), |one| table::each(*one, 1)));
    let gone_through = each_user(&few, &many);
    let ends = format!("each_user {}; users {} to {}", table::each(gone_through, 1), counted[0], counted[1]);
    table::reach("users", &ends, &format!("of users: {PASSED}"));
    let window = growth("bulk window, 100 of each role", &few, &many, PASSED, |office, people| {
        let window = office.window(0, 100).unwrap();
        assert_eq!(window.iter().map(|group| group.total).sum::<u64>(), u64::from(people));
    });
    reach("window", &[window], PASSED);
    let read = "what is searched is read from an index alone, all of it";
    let accounts = growth("users, a search that finds nothing", &few, &many, read, |office, _| {
        let query = UserQuery { filter: Some("nobody here".to_owned()), ..UserQuery::default() };
        assert_eq!(office.users(&query).unwrap().found, 0);
    });
    let parties = growth("parties, a search that finds nothing", &few, &many, read, |office, _| {
        let filter = PartyFilter { text: Some("nobody here".to_owned()), ..PartyFilter::default() };
        assert_eq!(office.parties(&filter, 0, 100).unwrap().found, 0);
    });
    reach("search", &[accounts, parties], read);
    let collision =
        growth("a staff name that collides with fifty", &few, &many, "looked up by skeletons", |office, _| {
            let new = NewStaff { first_name: "Jo".to_owned(), last_name: "Smith".to_owned(), ..NewStaff::default() };
            let refused = office.create_staff_account(&new, None).unwrap_err();
            let suggested = refused.findings.iter().find_map(|finding| finding.suggestion.clone());
            assert_eq!(suggested.as_deref(), Some("104jsmith50"));
        });
    reach("collision", &[collision], "beside 100,000");
    let rows: String = (0..100).map(|at| format!("New{at:03} Person{at:03},new{at}@example.org,Caregiver\n")).collect();
    let roster = format!("name,email,role\n{rows}");
    let beside = growth("preview of 100 new people", &few, &many, "all of the agency is read", |office, _| {
        let preview = office.preview(Roster::from_csv(roster.as_bytes()).unwrap()).unwrap();
        assert_eq!(preview.summary().create, 100);
    });
    reach("beside", &[beside], "the preview, beside 100,000: all of the agency is read");
}
