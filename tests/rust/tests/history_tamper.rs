//! Histories in a real file, edited behind the engine's back by a second
//! connection: every byte of every column, every removal, every cut, every
//! exchange is found, also where a whole history is gone (H).

use std::collections::BTreeSet;

use carekey::agency::Invitee;
use carekey::history::{Line, to_csv, to_json_lines};
use carekey::store::record;
use carekey::words::EventKind;
use carekey::{Actor, Code, Directory, Error, Role, Secret, SignIn, Source};
use carekey_tests::desk::{Desk, GOOD, KEY, Person, go_on, new_person, quick, twice};
use carekey_tests::race::race;
use rusqlite::types::Value;
use rusqlite::{Connection, params};

/// Someone whose name and whereabouts are those of a spreadsheet's formula.
const SLY: &str = "=HYPERLINK(\"https://evil.test\")";

/// A desk on a file, and an account to which much has happened.
fn desk() -> (Desk, Person, Connection) {
    let desk = Desk::sqlite(quick());
    desk.cheap_hashes();
    let manager = desk.manager("Mia", "First");
    let sue = desk.caregiver("Sue Wright", "sue@example.com");
    let source = Source::new("203.0.113.7, portal");
    let wrong = Secret::from("wrong");
    let credentials = carekey::Credentials { username: &sue.username, password: &wrong, remember: false, device: None };
    assert!(matches!(desk.agency.sign_in(&credentials, &source).unwrap(), SignIn::Refused));
    desk.session(&sue.username, GOOD);
    desk.clock.advance(time::Duration::minutes(7));
    desk.as_person(&manager).from(Source::new("office")).disable(sue.account).unwrap();
    desk.as_person(&manager).enable(sue.account).unwrap();
    let sly = desk.agency.acting_as(Actor::Support(SLY.to_owned())).from(Source::new("@SUM(1+1)*cmd|' /C calc'!A0"));
    sly.reset_password(sue.account, twice(&Secret::from("Harvest!88 moon"))).unwrap();
    sly.set_note(sue.account, "\t=1+1").unwrap();
    let raw = Connection::open(desk.file()).unwrap();
    raw.pragma_update(None, "synchronous", "OFF").unwrap();
    // Whoever edits the file is not stopped by an index either.
    raw.execute("DROP INDEX event_one_subject_sequence", []).unwrap();
    (desk, sue, raw)
}

/// A row of a table: its columns by name.
type Raw = Vec<(String, Value)>;

fn rows(raw: &Connection, what: &str, id: uuid::Uuid) -> Vec<Raw> {
    let mut statement = raw.prepare(what).unwrap();
    let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let rows = statement.query_map(params![id.as_bytes().to_vec()], |row| {
        names.iter().enumerate().map(|(at, name)| Ok((name.clone(), row.get(at)?))).collect()
    });
    rows.unwrap().map(|row| row.unwrap()).collect()
}

fn events(raw: &Connection, subject: uuid::Uuid) -> Vec<Raw> {
    rows(raw, "SELECT * FROM event WHERE subject = ? ORDER BY sequence", subject)
}

fn column<'a>(row: &'a Raw, name: &str) -> &'a Value {
    &row.iter().find(|(column, _)| column == name).expect("a column").1
}

/// The row of that key with other values.
fn set(raw: &Connection, table: &str, key: &Raw, row: &Raw) {
    let columns: Vec<String> = row.iter().map(|(name, _)| format!("\"{name}\" = ?")).collect();
    let what = format!("UPDATE {table} SET {} WHERE agency = ? AND id = ?", columns.join(", "));
    let values = row.iter().map(|(_, value)| value).chain([column(key, "agency"), column(key, "id")]);
    let done = raw.prepare_cached(&what).unwrap().execute(rusqlite::params_from_iter(values)).unwrap();
    assert_eq!(done, 1);
}

fn remove(raw: &Connection, row: &Raw) {
    remove_from(raw, "event", row);
}

fn remove_from(raw: &Connection, table: &str, row: &Raw) {
    let key = params![column(row, "agency"), column(row, "id")];
    let what = format!("DELETE FROM {table} WHERE agency = ? AND id = ?");
    assert_eq!(raw.prepare_cached(&what).unwrap().execute(key).unwrap(), 1);
}

fn insert(raw: &Connection, row: &Raw) {
    insert_into(raw, "event", row);
}

fn insert_into(raw: &Connection, table: &str, row: &Raw) {
    let columns: Vec<String> = row.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let marks = vec!["?"; row.len()].join(", ");
    let what = format!("INSERT INTO {table} ({}) VALUES ({marks})", columns.join(", "));
    let values = rusqlite::params_from_iter(row.iter().map(|(_, value)| value));
    raw.prepare_cached(&what).unwrap().execute(values).unwrap();
}

/// Every value that differs from it in one byte: by one bit, by its case, by
/// the bit that no letter has. Where there is nothing, there is something.
fn beside(name: &str, value: &Value) -> Vec<Value> {
    let bytes = |bytes: &[u8]| -> Vec<Vec<u8>> {
        (0..bytes.len())
            .flat_map(|at| [0x01, 0x20, 0x80].map(|turned| (at, turned)))
            .map(|(at, turned)| {
                let mut other = bytes.to_vec();
                other[at] ^= turned;
                other
            })
            .collect()
    };
    match value {
        Value::Blob(blob) => bytes(blob).into_iter().map(Value::Blob).collect(),
        // A text of bytes that are no text goes in as a file's editor would put it.
        Value::Text(text) => bytes(text.as_bytes())
            .into_iter()
            .map(|other| String::from_utf8(other).map_or_else(|error| Value::Blob(error.into_bytes()), Value::Text))
            .collect(),
        Value::Integer(number) => bytes(&number.to_be_bytes())
            .into_iter()
            .map(|other| Value::Integer(i64::from_be_bytes(other.try_into().unwrap())))
            .collect(),
        Value::Null if name == "actor_account" => vec![Value::Blob(vec![0; 16])],
        Value::Null => vec![Value::Text(String::new())],
        Value::Real(_) => panic!("no column is one"),
    }
}

/// The row with another value in one column. Bytes that are no text are cast
/// to one, which the table does not look into.
fn change(raw: &Connection, table: &str, row: &Raw, name: &str, value: &Value) -> Raw {
    let was_text = matches!(column(row, name), Value::Text(_));
    let cast = if was_text && matches!(value, Value::Blob(_)) { "CAST(? AS TEXT)" } else { "?" };
    let what = format!("UPDATE {table} SET \"{name}\" = {cast} WHERE agency = ? AND id = ?");
    let key = params![value, column(row, "agency"), column(row, "id")];
    assert_eq!(raw.prepare_cached(&what).unwrap().execute(key).unwrap(), 1);
    row.iter().map(|(column, old)| (column.clone(), if column == name { value.clone() } else { old.clone() })).collect()
}

/// Gives lines other places in the feed: those of each other, which lie in other
/// orders, and none. The places themselves are the store's, and of no chain.
fn every_place(raw: &Connection, lines: &[Raw], found: impl Fn() -> bool) {
    for (at, one) in lines.iter().enumerate() {
        let none = change(raw, "event", one, "serial", &Value::Null);
        assert!(found(), "no place");
        set(raw, "event", &none, one);
        for other in &lines[..at] {
            let swapped = [(one, other), (other, one)];
            // No two have one place at any moment.
            [one, other].into_iter().for_each(|line| drop(change(raw, "event", line, "serial", &Value::Null)));
            swapped
                .iter()
                .for_each(|(line, place)| drop(change(raw, "event", line, "serial", column(place, "serial"))));
            assert!(found(), "a line before its predecessor");
            [one, other].into_iter().for_each(|line| drop(change(raw, "event", line, "serial", &Value::Null)));
            [one, other].into_iter().for_each(|line| set(raw, "event", line, line));
        }
    }
    assert!(!found(), "as it was");
}

/// Changes every byte of every column of these rows, one at a time; but not of
/// the place in the feed, which another test moves.
fn every_byte(raw: &Connection, table: &str, rows: &[Raw], columns: &[&str], found: impl Fn() -> bool) -> usize {
    let is_tried = |name: &str| name != "serial" && (columns.is_empty() || columns.contains(&name));
    let mut tried = 0;
    for row in rows {
        for (name, value) in row.iter().filter(|(name, _)| is_tried(name)) {
            for other in beside(name, value) {
                let changed = change(raw, table, row, name, &other);
                assert!(found(), "{table}.{name}: {value:?} became {other:?}");
                set(raw, table, &changed, row);
                tried += 1;
            }
        }
    }
    assert!(!found(), "as it was");
    tried
}

/// Removes, cuts, exchanges and doubles lines.
fn every_arrangement(raw: &Connection, rows: &[Raw], found: impl Fn() -> bool) {
    for row in rows {
        remove(raw, row);
        assert!(found(), "a line removed");
        insert(raw, row);
        assert!(!found());
    }
    for kept in 0..rows.len() {
        rows[kept..].iter().for_each(|row| remove(raw, row));
        assert!(found(), "cut to {kept}");
        rows[kept..].iter().for_each(|row| insert(raw, row));
    }
    // Two lines exchange their numbers, or all that they say.
    for (at, one) in rows.iter().enumerate() {
        for other in &rows[..at] {
            for numbers_only in [true, false] {
                let swapped = |from: &Raw, to: &Raw| -> Raw {
                    let takes = |name: &str| match name {
                        "agency" | "subject" => false,
                        "sequence" => numbers_only,
                        _ => !numbers_only,
                    };
                    let from_to = |(name, value): &(String, Value)| {
                        (name.clone(), if takes(name) { column(to, name).clone() } else { value.clone() })
                    };
                    from.iter().map(from_to).collect()
                };
                let (first, second) = (swapped(one, other), swapped(other, one));
                [one, other].into_iter().for_each(|row| remove(raw, row));
                [&first, &second].into_iter().for_each(|row| insert(raw, row));
                assert!(found(), "lines exchanged");
                [&first, &second].into_iter().for_each(|row| remove(raw, row));
                [one, other].into_iter().for_each(|row| insert(raw, row));
            }
        }
    }
    // A line said twice, under the next number or in the place of another.
    let last = rows.last().unwrap();
    let Value::Integer(length) = column(last, "sequence") else { panic!("a number") };
    for row in rows {
        let twice: Raw = row
            .iter()
            .map(|(name, value)| match name.as_str() {
                "id" => (name.clone(), Value::Blob(vec![9; 16])),
                "sequence" => (name.clone(), Value::Integer(length + 1)),
                // A place in the feed that no line has.
                "serial" => (name.clone(), Value::Integer(1 << 40)),
                _ => (name.clone(), value.clone()),
            })
            .collect();
        insert(raw, &twice);
        assert!(found(), "a line twice");
        remove(raw, &twice);
    }
    assert!(!found(), "as it was");
}

#[test]
fn every_change_to_an_accounts_history_is_found() {
    let (desk, sue, raw) = desk();
    let found = || desk.agency.verify_history(sue.account).is_err();
    assert!(!found());
    let rows = events(&raw, sue.account.0);
    assert!(rows.len() >= 8, "{}", rows.len());
    every_place(&raw, &rows, found);
    let tried = every_byte(&raw, "event", &rows, &[], found);
    assert!(tried > 4_000, "{tried}");
    every_arrangement(&raw, &rows, found);
    let account = rows_of_account(&raw, &sue);
    let tried = every_byte(&raw, "account", &account, &["history_length", "history_head"], found);
    assert_eq!(tried, 3 * (8 + 32));

    // A tail that is cut, with the length set to fit and even an older head
    // beside another account's: the head is the account's own.
    for kept in 0..rows.len() {
        rows[kept..].iter().for_each(|row| remove(&raw, row));
        let length = Value::Integer(i64::try_from(kept).unwrap());
        let changed = change(&raw, "account", &account[0], "history_length", &length);
        assert_eq!(desk.agency.verify_history(sue.account).unwrap_err().code, Code::HistoryCut);
        set(&raw, "account", &changed, &account[0]);
        rows[kept..].iter().for_each(|row| insert(&raw, row));
    }
    assert!(!found());
    // Another account is another history.
    let other = desk.caregiver("Ann Other", "ann@example.com");
    desk.agency.verify_history(other.account).unwrap();
    let theirs = events(&raw, other.account.0);
    for (mine, their) in rows.iter().zip(&theirs) {
        let (mine_id, their_id) = (column(mine, "subject"), column(their, "subject"));
        assert_ne!(mine_id, their_id);
        remove(&raw, mine);
        remove(&raw, their);
        let moved = |row: &Raw, subject: &Value| -> Raw {
            row.iter()
                .map(|(name, value)| (name.clone(), if name == "subject" { subject.clone() } else { value.clone() }))
                .collect()
        };
        insert(&raw, &moved(their, mine_id));
        insert(&raw, &moved(mine, their_id));
        assert!(found() && desk.agency.verify_history(other.account).is_err());
        remove(&raw, &moved(their, mine_id));
        remove(&raw, &moved(mine, their_id));
        insert(&raw, mine);
        insert(&raw, their);
    }
    assert!(!found());
}

fn rows_of_account(raw: &Connection, person: &Person) -> Vec<Raw> {
    rows(raw, "SELECT * FROM account WHERE id = ?", person.account.0)
}

/// One strand of the agency's own history: its row, and its lines.
struct Strand {
    row: Raw,
    lines: Vec<Raw>,
}

/// All of them, the one with the most lines first.
fn strands(desk: &Desk, raw: &Connection) -> Vec<Strand> {
    let mut strands: Vec<Strand> = rows(raw, "SELECT * FROM strand WHERE agency = ?", desk.agency.id().0)
        .into_iter()
        .map(|row| {
            let Value::Blob(id) = column(&row, "id") else { panic!("an id") };
            let lines = events(raw, uuid::Uuid::from_slice(id).unwrap());
            Strand { row, lines }
        })
        .collect();
    strands.sort_by_key(|strand| std::cmp::Reverse(strand.lines.len()));
    strands
}

/// A row with another row's value in that column.
fn with(row: &Raw, name: &str, other: &Raw) -> Raw {
    let value =
        |column_name: &str, old: &Value| if column_name == name { column(other, name).clone() } else { old.clone() };
    row.iter().map(|(column, old)| (column.clone(), value(column, old))).collect()
}

#[test]
fn every_change_to_the_agencys_history_is_found() {
    let (desk, _, raw) = desk();
    let party = desk.office().add_party(&new_person("Max Muster", Role::Client, "")).unwrap().party;
    desk.office().delete_party(party).unwrap();
    let found = || desk.agency.verify_agency_history().is_err();
    assert!(!found());
    let strands = strands(&desk, &raw);
    assert_eq!(strands.len(), 16);
    assert!(strands[0].lines.len() >= 6, "{}", strands[0].lines.len());
    for Strand { row, lines } in &strands {
        // Every strand is begun with the agency: none can be missing unnoticed.
        assert!(!lines.is_empty());
        every_place(&raw, lines, found);
        let tried = every_byte(&raw, "event", lines, &[], found);
        assert!(tried > 300 * lines.len(), "{tried}");
        every_arrangement(&raw, lines, found);
        let tried = every_byte(&raw, "strand", std::slice::from_ref(row), &["id", "length", "mac"], found);
        assert_eq!(tried, 3 * (16 + 8 + 32));
    }
}

#[test]
fn a_strand_that_is_missing_or_another_is_found() {
    let (desk, _, raw) = desk();
    let code = || desk.agency.verify_agency_history().map_err(|error| error.code);
    let strands = strands(&desk, &raw);
    for Strand { row, lines } in &strands {
        // Its row, its lines, both.
        remove_from(&raw, "strand", row);
        assert_eq!(code(), Err(Code::HistoryCut));
        lines.iter().for_each(|line| remove(&raw, line));
        assert_eq!(code(), Err(Code::HistoryCut));
        insert_into(&raw, "strand", row);
        assert_eq!(code(), Err(Code::HistoryCut));
        lines.iter().for_each(|line| insert(&raw, line));
        assert_eq!(code(), Ok(()));
        // Cut, with its length set to fit.
        for kept in 0..lines.len() {
            lines[kept..].iter().for_each(|line| remove(&raw, line));
            let changed = change(&raw, "strand", row, "length", &Value::Integer(i64::try_from(kept).unwrap()));
            assert_eq!(code(), Err(Code::HistoryCut));
            set(&raw, "strand", &changed, row);
            lines[kept..].iter().for_each(|line| insert(&raw, line));
        }
    }
    // One in the place of another: its head, its lines, both.
    for pair in strands.windows(2) {
        let (one, other) = (&pair[0], &pair[1]);
        let swap = |heads: bool, lines: bool| {
            let both = [(one, other), (other, one)];
            if heads {
                both.iter().for_each(|(strand, _)| remove_from(&raw, "strand", &strand.row));
                both.iter().for_each(|(from, to)| insert_into(&raw, "strand", &with(&from.row, "id", &to.row)));
            }
            if lines {
                both.iter().for_each(|(strand, _)| strand.lines.iter().for_each(|line| remove(&raw, line)));
                for (from, to) in both {
                    from.lines.iter().for_each(|line| insert(&raw, &with(line, "subject", &to.lines[0])));
                }
            }
        };
        let back = |heads: bool, lines: bool| {
            for strand in [one, other] {
                if heads {
                    set(&raw, "strand", &strand.row, &strand.row);
                }
                if lines {
                    strand.lines.iter().for_each(|line| set(&raw, "event", line, line));
                }
            }
        };
        for (heads, lines) in [(true, false), (false, true), (true, true)] {
            swap(heads, lines);
            assert!(code().is_err(), "heads {heads}, lines {lines}");
            back(heads, lines);
            assert_eq!(code(), Ok(()));
        }
    }
    // None at all.
    raw.execute("DELETE FROM event", []).unwrap();
    assert_eq!(code(), Err(Code::HistoryCut));
    raw.execute("DELETE FROM strand", []).unwrap();
    assert_eq!(code(), Err(Code::HistoryCut));
    // Nor does an act begin one anew.
    let error = desk.office().add_party(&new_person("Max Muster", Role::Client, "max@example.com")).unwrap_err();
    assert_eq!(error.code, Code::HistoryCut);
}

/// Whoever writes at the same time writes to different strands, and all of it
/// is told and held to.
#[test]
fn acts_of_many_at_once_are_in_strands_that_all_hold() {
    let desk = Desk::sqlite(quick());
    let place = desk.place();
    let told = race(8, |number| {
        // Every other one by a handle of its own.
        let other = carekey_tests::desk::open_place(&place, desk.clock.clone(), 40 + number as u64);
        let agency = if number % 2 == 0 { desk.agency.clone() } else { other.agency("104").unwrap() };
        let office = agency.acting_as(carekey_tests::desk::support());
        let add = |turn| office.add_party(&new_person(&format!("Pat No{number}x{turn}"), Role::Caregiver, "")).unwrap();
        (0..5).map(add).count()
    });
    assert_eq!(told.iter().sum::<usize>(), 40);
    desk.agency.verify_agency_history().unwrap();
    let raw = Connection::open(desk.file()).unwrap();
    let strands = strands(&desk, &raw);
    let added = desk.agency.agency_history().unwrap().iter().filter(|line| line.kind == EventKind::PartyAdded).count();
    assert_eq!((strands.len(), added), (16, 40));
    for Strand { lines, .. } in &strands {
        let (last, rest) = lines.split_last().unwrap();
        remove(&raw, last);
        assert_eq!(desk.agency.verify_agency_history().unwrap_err().code, Code::HistoryCut);
        insert(&raw, last);
        for line in rest {
            remove(&raw, line);
            assert_eq!(desk.agency.verify_agency_history().unwrap_err().code, Code::HistoryBroken);
            insert(&raw, line);
        }
    }
    desk.agency.verify_agency_history().unwrap();
}

/// All rows that speak of an account, by their tables.
fn rows_about(raw: &Connection, account: uuid::Uuid) -> Vec<(&'static str, Raw)> {
    let tables = [
        ("account", "id"),
        ("event", "subject"),
        ("used_name", "account"),
        ("contact", "account"),
        ("link", "account"),
        ("token", "account"),
        ("message", "account"),
        ("throttle", "account"),
        ("old_password", "account"),
    ];
    let of = |(table, column): (&'static str, &str)| {
        rows(raw, &format!("SELECT * FROM {table} WHERE \"{column}\" = ?"), account)
            .into_iter()
            .map(move |row| (table, row))
    };
    tables.into_iter().flat_map(of).collect()
}

/// The account whose history is gone, as the error names it.
fn gone(error: &Error) -> String {
    assert_eq!(error.code, Code::HistoryRemoved);
    error.params["account"].to_string()
}

/// However an account came to be, and whatever became of it: without its
/// history, and without anything else that speaks of it, it is missed.
#[test]
fn a_whole_account_removed_with_its_history_is_found() {
    let (desk, sue, raw) = desk();
    let office = desk.office();
    // By redeeming, by a roster, of a client, and one who is deleted since.
    desk.mail();
    let family = desk.family_by_phone("Rosa Garcia", "+1 519 672 1843");
    let roster = b"Role,Name,Email\nCaregiver,\"Care, Cat\",cat@example.com\nOffice staff,\"Conner, Felicia\",\n";
    let preview = office.preview(carekey::roster::Roster::from_csv(&roster[..]).unwrap()).unwrap();
    office.create(&preview, None, &mut go_on).unwrap();
    let ann = desk.client("Ann Client", "ann@example.com");
    office.invite(Invitee::Party(ann.party.unwrap()), None).unwrap_err();
    let dan = desk.client("Dan Deleted", "dan@example.com");
    office.delete_party(dan.party.unwrap()).unwrap();
    desk.agency.verify_agency_history().unwrap();

    let accounts = desk.snapshot().rows::<record::Account>();
    let ids: BTreeSet<_> = accounts.iter().map(|account| account.id).collect();
    assert!(
        ids.len() >= 7 && [sue.account, family.account, ann.account, dan.account].iter().all(|id| ids.contains(id))
    );
    for account in &accounts {
        let about = rows_about(&raw, account.id.0);
        let (history, rest): (Vec<_>, Vec<_>) = about.iter().partition(|(table, _)| *table == "event");
        assert!(!history.is_empty());
        // The lines alone: its own verification says so.
        history.iter().for_each(|(table, row)| remove_from(&raw, table, row));
        assert_eq!(desk.agency.verify_history(account.id).unwrap_err().code, Code::HistoryCut);
        // With a head that says there never was one.
        let row = &rows(&raw, "SELECT * FROM account WHERE id = ?", account.id.0)[0];
        let shortened = change(&raw, "account", row, "history_length", &Value::Integer(0));
        let emptied = change(&raw, "account", &shortened, "history_head", &Value::Blob(Vec::new()));
        assert_eq!(desk.agency.verify_history(account.id).unwrap_err().code, Code::HistoryCut);
        assert_eq!(gone(&desk.agency.verify_agency_history().unwrap_err()), account.id.to_string());
        set(&raw, "account", &emptied, row);
        // And with all that speaks of it.
        rest.iter().for_each(|(table, row)| remove_from(&raw, table, row));
        assert_eq!(gone(&desk.agency.verify_agency_history().unwrap_err()), account.id.to_string());
        about.iter().for_each(|(table, row)| insert_into(&raw, table, row));
        desk.agency.verify_agency_history().unwrap();
        desk.agency.verify_history(account.id).unwrap();
    }

    // The line that names it cannot be taken out either.
    let about = rows_about(&raw, sue.account.0);
    about.iter().for_each(|(table, row)| remove_from(&raw, table, row));
    let naming = |line: &&Raw| match column(line, "details") {
        Value::Text(details) => details.contains(&sue.account.0.simple().to_string()),
        _ => false,
    };
    let strands = strands(&desk, &raw);
    let lines: Vec<&Raw> = strands.iter().flat_map(|strand| strand.lines.iter().filter(naming)).collect();
    assert_eq!(lines.len(), 1);
    remove(&raw, lines[0]);
    assert_eq!(desk.agency.verify_agency_history().unwrap_err().code, Code::HistoryBroken);
}

/// What an earlier release wrote is anchored when it is first opened.
#[test]
fn an_account_of_an_earlier_release_is_missed_too() {
    for name in ["v1.db", "v2.db"] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("agency.db");
        std::fs::copy(carekey_tests::tests_folder().join("stores").join(name), &file).unwrap();
        let directory = Directory::open(&format!("sqlite:{}", file.display()), &KEY).unwrap();
        let agency = directory.agency("104").unwrap();
        agency.verify_agency_history().unwrap();
        let raw = Connection::open(&file).unwrap();
        let ids: Vec<Vec<u8>> = raw
            .prepare("SELECT id FROM account WHERE agency = ?")
            .unwrap()
            .query_map([agency.id().0.as_bytes()], |row| row.get(0))
            .unwrap()
            .map(|id| id.unwrap())
            .collect();
        assert!(ids.len() > 3);
        for id in ids {
            let id = uuid::Uuid::from_slice(&id).unwrap();
            let about = rows_about(&raw, id);
            about.iter().for_each(|(table, row)| remove_from(&raw, table, row));
            assert_eq!(gone(&agency.verify_agency_history().unwrap_err()), id.to_string(), "{name}");
            about.iter().for_each(|(table, row)| insert_into(&raw, table, row));
        }
        agency.verify_agency_history().unwrap();
    }
}

#[test]
fn a_history_outlives_its_account_and_is_held_to_all_the_same() {
    let (desk, sue, raw) = desk();
    desk.office().delete_party(sue.party.unwrap()).unwrap();
    desk.agency.verify_history(sue.account).unwrap();
    let rows = events(&raw, sue.account.0);
    let found = || desk.agency.verify_history(sue.account).is_err();
    every_byte(&raw, "event", &rows[rows.len() - 1..], &[], found);
    every_arrangement(&raw, &rows, found);
}

/// Whether a spreadsheet would run the cell.
fn runs(cell: &str) -> bool {
    cell.trim_start_matches(['"', ' ']).starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[test]
fn exports_have_every_line_and_run_nothing() {
    let (desk, sue, _) = desk();
    for lines in [desk.agency.history(sue.account).unwrap(), desk.agency.agency_history().unwrap()] {
        let csv = to_csv(&lines).unwrap();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().map(|record| record.unwrap()).collect();
        assert_eq!(records.len(), lines.len());
        for (record, line) in records.iter().zip(&lines) {
            assert_eq!(record[0], line.sequence.to_string());
            assert_eq!(&record[2], line.kind.as_str());
            assert!(record[4].ends_with(&line.actor_name), "{record:?}");
            assert!(record[6].ends_with(line.source.as_deref().unwrap_or_default()));
            assert!(record.iter().all(|cell| !runs(cell)), "{record:?}");
        }
        let json = to_json_lines(&lines).unwrap();
        let read: Vec<Line> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let plain: Vec<Line> = lines.into_iter().map(|line| Line { mac: Vec::new(), ..line }).collect();
        assert_eq!(read, plain);
    }
    let csv = to_csv(&desk.agency.history(sue.account).unwrap()).unwrap();
    assert!(csv.contains("HYPERLINK") && csv.contains("SUM(1+1)"), "the sly ones are there");
}
