//! Histories in a real file, edited behind the engine's back by a second
//! connection: every byte of every column, every removal, every cut, every
//! exchange is found (H).

use carekey::history::{Line, to_csv, to_json_lines};
use carekey::{Actor, Code, Role, Secret, SignIn, Source};
use carekey_tests::desk::{Desk, GOOD, Person, new_person, quick, twice};
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
    let key = params![column(row, "agency"), column(row, "id")];
    assert_eq!(raw.execute("DELETE FROM event WHERE agency = ? AND id = ?", key).unwrap(), 1);
}

fn insert(raw: &Connection, row: &Raw) {
    let columns: Vec<String> = row.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let marks = vec!["?"; row.len()].join(", ");
    let what = format!("INSERT INTO event ({}) VALUES ({marks})", columns.join(", "));
    raw.execute(&what, rusqlite::params_from_iter(row.iter().map(|(_, value)| value))).unwrap();
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

/// Changes every byte of every column of these rows, one at a time.
fn every_byte(raw: &Connection, table: &str, rows: &[Raw], columns: &[&str], found: impl Fn() -> bool) -> usize {
    let mut tried = 0;
    for row in rows {
        for (name, value) in row.iter().filter(|(name, _)| columns.is_empty() || columns.contains(&name.as_str())) {
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

#[test]
fn every_change_to_the_agencys_history_is_found() {
    let (desk, _, raw) = desk();
    let party = desk.office().add_party(&new_person("Max Muster", Role::Client, "")).unwrap().party;
    desk.office().delete_party(party).unwrap();
    let found = || desk.agency.verify_agency_history().is_err();
    assert!(!found());
    let rows = events(&raw, desk.agency.id().0);
    assert!(rows.len() >= 4, "{}", rows.len());
    every_byte(&raw, "event", &rows, &[], found);
    every_arrangement(&raw, &rows, found);
    let agency = self::rows(&raw, "SELECT * FROM agency WHERE id = ?", desk.agency.id().0);
    every_byte(&raw, "agency", &agency, &["history_length", "history_head"], found);
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
