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

mod people;
mod table;

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::time::Duration;

use carekey::agency::{NewStaff, PartyFilter, UNUSED_DAYS, UserColumn, UserQuery};
use carekey::roster::Roster;
use carekey::store::SqliteStore;
use carekey::{Actor, AgencySettings, Directory, Office};
use rusqlite::types::ValueRef;

const FEW: u32 = 1_000;

fn many() -> u32 {
    std::env::var("LISTS_MANY").ok().and_then(|many| many.parse().ok()).unwrap_or(100_000)
}

/// An agency of so many people.
fn of(people: u32) -> (tempfile::TempDir, Office) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("agency.db");
    let directory = Directory::open(&format!("sqlite:{}", file.display()), &[7; 32]).unwrap();
    let support = Actor::Support("Pat Long".to_owned());
    let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
    let agency = directory.create_agency(settings, &support).unwrap();
    people::write(&SqliteStore::open(&file).unwrap(), agency.id(), people);
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

/// The plain lists pass over what lies between a page and the end that is nearer.
const PASSED: &str = "what lies between the page and the end that is nearer is passed over, in the index alone";

/// How long SQLite alone takes to read what a preview looks at of those it knows.
fn read_alone(file: &Path) -> Duration {
    let connection = rusqlite::Connection::open(file).unwrap();
    let read = |sql: &str| {
        let mut statement = connection.prepare(sql).unwrap();
        let columns = statement.column_count();
        let (mut rows, mut fields) = (statement.query([]).unwrap(), 0);
        while let Some(row) = rows.next().unwrap() {
            fields += (0..columns).filter(|at| row.get_ref(*at).unwrap() != ValueRef::Null).count();
        }
        fields
    };
    let [took] = table::turns([&mut || {
        let all = [
            "SELECT account, canonical, skeleton, retired_at FROM used_name",
            "SELECT account, canonical FROM contact",
            "SELECT account FROM link",
            "SELECT id, username_canonical, first_name, last_name FROM account",
            "SELECT id, deleted_at, merged_into, roles, name_key, external_id, email_canonical, phone_e164 FROM party",
        ];
        let fields: usize = all.into_iter().map(read).sum();
        assert!(fields > 1_000, "{fields} fields");
    }]);
    took
}

/// A preview names whom it knows and the file does not.
const GONE: &str = "all are looked through, to tell whom the rows may mean, and who is not on the roster any more";

fn main() {
    let ((_one, few), (folder, many)) = (of(FEW), of(self::many()));
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
        // In the middle it is as far from the end as from the first.
        for tenths in [5, 9] {
            let work = format!("users by {column}, a page at {tenths}0 %");
            users.push(growth(&work, &few, &many, PASSED, |office, people| {
                assert_eq!(page(office, column, false, u64::from(people) * tenths / 10 - 1), 100);
            }));
        }
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
    let review = Cell::new(0);
    let took = growth("access review", &few, &many, "all of the agency is read", |office, _| {
        review.set(office.review(UNUSED_DAYS).unwrap().len());
    });
    let found =
        format!("{} of {} found; {} of each", table::each(took, 1), review.get(), table::each(took, review.get()));
    table::reach(
        "review",
        &found,
        "accounts, contacts and ties are read, since most of its kinds are of what is not there",
    );
    let rows: String = (0..100).map(|at| format!("New{at:03} Person{at:03},new{at}@example.org,Caregiver\n")).collect();
    let roster = format!("name,email,role\n{rows}");
    let beside = growth("preview of 100 new people", &few, &many, GONE, |office, _| {
        let preview = office.preview(Roster::from_csv(roster.as_bytes()).unwrap()).unwrap();
        assert_eq!(preview.summary().create, 100);
    });
    let alone = table::each(read_alone(&folder.path().join("agency.db")), 1);
    reach(
        "beside",
        &[beside],
        &format!("the preview, beside 100,000: {GONE}; SQLite alone reads what is looked at in {alone}"),
    );
}
