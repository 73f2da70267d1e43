//! What was written is there after the file was closed; a file that may not
//! be opened is left as it was.

use std::path::Path;

use carekey::agency::{AdministrativeAct, Description, Invitee, NewTie, Redeemed, UserQuery};
use carekey::store::{SCHEMA_VERSION, SqliteStore, record};
use carekey::words::{MessageKind, MessageState};
use carekey::{
    Agency, Code, Credentials, Directory, ErrorKind, Locale, Method, Resource, Role, Secret, SignIn, Source, Step,
    TieKind,
};
use carekey_tests::desk::{
    Clock, Desk, GOOD, KEY, START, link_in, new_person, open_file, org, quick, sign_in, support, twice,
};
use time::Duration;

fn open(file: &Path, key: &[u8]) -> carekey::Result<Directory> {
    Directory::open(&format!("sqlite:{}", file.display()), key)
}

fn code(result: carekey::Result<Directory>) -> (ErrorKind, Code) {
    match result {
        Ok(_) => panic!("it must not open"),
        Err(error) => (error.kind, error.code),
    }
}

#[test]
fn everything_is_there_again() {
    let desk = Desk::sqlite(quick());
    let office = desk.office();
    let client = desk.client("Ann Client", "ann@example.com");
    let manager = desk.manager("Mia", "Manager");
    let session = desk.session("ann@example.com", GOOD);
    let payer = office.add_party(&org("Pay Well", Role::Payer, "pay@example.com")).unwrap().party;
    let ann = client.party.unwrap();
    let tie = NewTie { kind: TieKind::Payer, who: payer, of: ann, begins_at: None, ends_at: None };
    office.relate(&tie).unwrap();
    let family = office.add_party(&new_person("Garcia, Rosa", Role::Family, "rosa@example.com")).unwrap().party;
    office.invite(Invitee::Party(family), None).unwrap();
    let waiting = office.add_party(&new_person("Wes Waiting", Role::Caregiver, "wes@example.com")).unwrap().party;
    office.create_account(waiting, Role::Caregiver, None).unwrap();
    office.set_note(manager.account, "a note").unwrap();
    let text = carekey::message::Text { subject: Some("Hello".into()), body: "{link}".into() };
    office.set_text(MessageKind::Activation, Method::Email, Locale::English, Some(&text)).unwrap();
    let messages = office.messages(None, 0, 99).unwrap();
    drop(office);
    let folder = desk.close();
    let file = folder.path().join("agency.db");
    let again = open_file(&file, Clock::new(), 2);
    let agency = again.agency("104").unwrap();
    let office = agency.acting_as(support());
    assert_eq!(office.messages(None, 0, 99).unwrap(), messages);
    assert_eq!(agency.session(session.token.reveal()).unwrap().party, Some(ann));
    agency.verify_history(client.account).unwrap();
    agency.verify_agency_history().unwrap();
    assert!(agency.can_see(client.account, Resource::ServicePlan, ann).unwrap().allowed);
    assert_eq!(office.user(manager.account).unwrap().note.as_deref(), Some("a note"));
    assert!(matches!(sign_in(&agency, &manager.username, GOOD), SignIn::Granted(_)));
    // What was sealed opens, and works.
    assert_eq!(office.messages(Some(MessageState::Waiting), 0, 99).unwrap().len(), 3);
    for message in agency.outbox().claim(9).unwrap() {
        match message.kind {
            MessageKind::Invitation => {
                let link = link_in(message.body.reveal()).unwrap();
                let redeemed = agency.redeem_link(&link, None, &Source::UNKNOWN).unwrap();
                assert!(matches!(redeemed, Redeemed::NewAccount { .. }));
            }
            MessageKind::Activation => {
                assert_eq!(message.subject.as_deref(), Some("Hello"));
                assert_eq!(agency.activation(message.body.reveal()).unwrap(), "wes@example.com");
            }
            _ => assert_eq!(message.kind, MessageKind::Registration),
        }
    }
}

#[test]
fn rows_are_the_same_after_closing_and_opening() {
    let desk = Desk::sqlite(quick());
    desk.client("Ann Client", "ann@example.com");
    desk.manager("Mia", "Manager");
    let before = desk.snapshot();
    let folder = desk.close();
    let store = SqliteStore::open(&folder.path().join("agency.db")).unwrap();
    let again = Desk::on_file(store, folder);
    assert_eq!(again.snapshot().changed(&before), [""; 0]);
}

/// Signs in with "remember me".
fn remembered(agency: &Agency, username: &str, password: &Secret) -> SignIn {
    agency.sign_in(&Credentials { username, password, remember: true, device: None }, &Source::UNKNOWN).unwrap()
}

/// Makes the file one of version 1: the tables of that release, with what they
/// have room for.
fn as_version_1(file: &Path) {
    let newer = file.with_extension("newer");
    std::fs::rename(file, &newer).unwrap();
    let raw = rusqlite::Connection::open(file).unwrap();
    raw.execute_batch(include_str!("../../../core/src/store/sqlite/migrations/0001_tables.sql")).unwrap();
    raw.execute("ATTACH ? AS newer", [newer.to_str()]).unwrap();
    let columns = "SELECT tables.name, group_concat('\"' || columns.name || '\"')
        FROM main.sqlite_schema AS tables, pragma_table_info(tables.name, 'main') AS columns
        WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' GROUP BY tables.name";
    let mut columns = raw.prepare(columns).unwrap();
    let mut tables = columns.query([]).unwrap();
    while let Some(row) = tables.next().unwrap() {
        let (table, columns): (String, String) = (row.get(0).unwrap(), row.get(1).unwrap());
        let copy = format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}");
        raw.execute(&copy, []).unwrap();
    }
    for (id, description) in descriptions(&raw) {
        let sentence = description.text(Locale::English);
        raw.execute("UPDATE account SET description = ? WHERE id = ?", (sentence, id)).unwrap();
    }
    raw.pragma_update(None, "application_id", i32::from_be_bytes(*b"care")).unwrap();
    raw.pragma_update(None, "user_version", 1).unwrap();
}

/// Of each account: its identifier, and what was last done to it.
fn descriptions(raw: &rusqlite::Connection) -> Vec<(Vec<u8>, Description)> {
    let mut statement = raw.prepare("SELECT id, description FROM main.account ORDER BY id").unwrap();
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?));
    let rows: Vec<(Vec<u8>, String)> = statement.query_map([], read).unwrap().map(Result::unwrap).collect();
    rows.into_iter().map(|(id, text)| (id, serde_json::from_str(&text).unwrap())).collect()
}

/// Lets each account have been through another act, by someone of that name.
fn every_act(file: &Path, by: &str) -> Vec<(Vec<u8>, Description)> {
    let raw = rusqlite::Connection::open(file).unwrap();
    let accounts = descriptions(&raw);
    assert_eq!(accounts.len(), AdministrativeAct::ALL.len());
    for ((id, _), act) in accounts.iter().zip(AdministrativeAct::ALL) {
        let description = serde_json::to_string(&Description { act: *act, by: by.to_owned() }).unwrap();
        raw.execute("UPDATE account SET description = ? WHERE id = ?", (description, id)).unwrap();
    }
    descriptions(&raw)
}

#[test]
fn a_file_of_version_1_is_migrated_and_goes_on() {
    let desk = Desk::sqlite(quick());
    let good = Secret::from(GOOD);
    let ann = desk.client("Ann Client", "ann@example.com");
    let ordinary = desk.session("ann@example.com", GOOD).token;
    let SignIn::Granted(kept) = remembered(&desk.agency, "ann@example.com", &good) else { panic!("granted") };
    let [bobs, cys] = ["bob@example.com", "cy@example.com"].map(|email| {
        desk.office().add_party(&new_person("A Client", Role::Client, email)).unwrap();
        desk.one_mail().password()
    });
    let SignIn::ChangePassword(open) = remembered(&desk.agency, "bob@example.com", &bobs) else { panic!("a step") };
    for number in 3..AdministrativeAct::ALL.len() {
        desk.client("A Client", &format!("client{number}@example.com"));
    }
    let folder = desk.close();
    let file = folder.path().join("agency.db");
    let acts = every_act(&file, "Zoë \"by\" O'Neil by the Sea");
    as_version_1(&file);

    let desk = Desk::on_file(SqliteStore::open(&file).unwrap(), folder);
    let raw = rusqlite::Connection::open(&file).unwrap();
    let version: u32 = raw.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, SCHEMA_VERSION);
    assert_eq!(descriptions(&raw), acts);
    let page = desk.office().users(&UserQuery::default()).unwrap();
    assert_eq!(page.users.iter().filter(|user| user.description.is_some()).count(), acts.len());
    desk.agency.verify_history(ann.account).unwrap();
    let tokens = desk.snapshot().rows::<record::Token>();
    let remembered_until: Vec<_> = tokens.iter().filter(|token| token.remember).map(|token| token.expires_at).collect();
    assert_eq!(remembered_until, [kept.expires_at]);

    // Version 1 did not keep it with a step; a step of now does.
    let choose = |step: &Step| match desk.agency.choose_password(&step.token, twice(&good), &Source::UNKNOWN) {
        Ok(SignIn::Granted(session)) => session.expires_at,
        other => panic!("granted: {other:?}"),
    };
    assert_eq!(choose(&open), START + Duration::hours(12));
    let SignIn::ChangePassword(step) = remembered(&desk.agency, "cy@example.com", &cys) else { panic!("a step") };
    assert_eq!(choose(&step), START + Duration::days(30));

    assert_eq!(desk.agency.session(ordinary.reveal()).unwrap().account, ann.account);
    desk.clock.advance(Duration::days(30) - Duration::milliseconds(1));
    assert_eq!(desk.agency.session(kept.token.reveal()).unwrap().account, ann.account);
    assert!(desk.agency.session(ordinary.reveal()).is_err());
}

/// The bytes of the files of a folder.
fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap())
        })
        // Empty side files may come and go.
        .filter(|(name, bytes)| name == "agency.db" || (!bytes.is_empty() && !name.ends_with("-shm")))
        .collect();
    files.sort();
    files
}

#[test]
fn a_wrong_key_is_refused_and_the_file_left_as_it_was() {
    let desk = Desk::sqlite(quick());
    desk.client("Ann Client", "ann@example.com");
    let folder = desk.close();
    let file = folder.path().join("agency.db");
    let before = bytes(folder.path());
    for key in [[8; 32], [0; 32]] {
        assert_eq!(code(open(&file, &key)), (ErrorKind::Configuration, Code::KeyWrong));
    }
    for length in [0, 31, 33] {
        assert_eq!(code(open(&file, &vec![7; length])), (ErrorKind::Configuration, Code::KeyLength));
        let new = folder.path().join("new.db");
        assert_eq!(code(open(&new, &vec![7; length])).1, Code::KeyLength);
        assert!(!new.exists());
    }
    assert_eq!(bytes(folder.path()), before);
    assert!(open(&file, &KEY).is_ok());
}

#[test]
fn a_newer_file_is_refused_and_left_as_it_was() {
    let desk = Desk::sqlite(quick());
    let folder = desk.close();
    let file = folder.path().join("agency.db");
    let raw = rusqlite::Connection::open(&file).unwrap();
    raw.pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
    drop(raw);
    let before = bytes(folder.path());
    let error = match open(&file, &KEY) {
        Ok(_) => panic!("it must not open"),
        Err(error) => error,
    };
    assert_eq!((error.kind, error.code), (ErrorKind::Store, Code::StoreNewer));
    assert_eq!(error.params["found"], i64::from(SCHEMA_VERSION + 1).into());
    assert_eq!(bytes(folder.path()), before);
}

#[test]
fn a_damaged_file_is_refused_and_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("agency.db");
    let whole = {
        let desk = Desk::sqlite(quick());
        desk.client("Ann Client", "ann@example.com");
        let closed = desk.close();
        std::fs::read(closed.path().join("agency.db")).unwrap()
    };
    let mut header = whole.clone();
    header[..16].copy_from_slice(b"not a database!\0");
    let mut schema = whole.clone();
    schema[100..600].fill(0xff);
    let cut = whole[..whole.len() / 2].to_vec();
    for damaged in [b"Role,Name\nClient,Ann\n".repeat(50), header, schema, cut] {
        std::fs::write(&file, &damaged).unwrap();
        assert_eq!(code(open(&file, &KEY)), (ErrorKind::Store, Code::StoreDamaged));
        assert_eq!(std::fs::read(&file).unwrap(), damaged);
    }
    // Another application's database.
    std::fs::remove_file(&file).unwrap();
    let raw = rusqlite::Connection::open(&file).unwrap();
    raw.execute_batch("CREATE TABLE account (id INTEGER); INSERT INTO account VALUES (1)").unwrap();
    drop(raw);
    let before = std::fs::read(&file).unwrap();
    assert_eq!(code(open(&file, &KEY)), (ErrorKind::Store, Code::StoreDamaged));
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[test]
fn an_address_that_is_none_is_refused() {
    for address in ["", "sqlite:", "memory", "memory:x", "mysql://x", "agency.db"] {
        assert_eq!(code(Directory::open(address, &KEY)), (ErrorKind::Configuration, Code::StoreAddress), "{address}");
    }
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("no/such/folder/agency.db");
    assert_eq!(code(open(&nowhere, &KEY)), (ErrorKind::Store, Code::StoreUnavailable));
    assert_eq!(code(open(folder.path(), &KEY)), (ErrorKind::Store, Code::StoreUnavailable));
}
