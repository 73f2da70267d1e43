//! What was written is there after the file was closed; a file that may not
//! be opened is left as it was.

use std::path::Path;

use carekey::agency::{AdministrativeAct, Description, Invitee, NewTie, Redeemed};
use carekey::store::{Query, Record, SCHEMA_VERSION, SqliteStore, Store, record};
use carekey::words::{MessageKind, MessageState};
use carekey::{AccountId, Code, Directory, ErrorKind, Locale, Method, Resource, Role, SignIn, Source, TieKind};
use carekey_tests::desk::{Clock, Desk, GOOD, KEY, link_in, new_person, open_file, org, quick, sign_in, support};

/// What the first version had no word for, and said nothing of.
const LATER: [AdministrativeAct; 9] = [
    AdministrativeAct::ContactChanged,
    AdministrativeAct::ContactReleased,
    AdministrativeAct::UsernameChanged,
    AdministrativeAct::RolesChanged,
    AdministrativeAct::TieAdded,
    AdministrativeAct::TieEnded,
    AdministrativeAct::GrantAdded,
    AdministrativeAct::GrantEnded,
    AdministrativeAct::SessionsEnded,
];

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
    let tie = NewTie { kind: TieKind::Payer, who: payer, of: ann, begins_at: None, ends_at: None, reference: None };
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

/// Version 1 said what was last done to an account in English, and had no
/// column for "remember me".
#[test]
fn what_version_1_said_in_english_is_told_in_any_language() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("agency.db");
    std::fs::copy(carekey_tests::tests_folder().join("stores/v1.db"), &file).unwrap();
    let raw = rusqlite::Connection::open(&file).unwrap();
    let by = "Zoë \"by\" O'Neil by the Sea";
    let here = carekey::AgencyId::of_code("104").0.as_bytes().to_vec();
    let ids: Vec<Vec<u8>> = raw
        .prepare("SELECT id FROM account WHERE agency = ?")
        .unwrap()
        .query_map([&here], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let said: Vec<(&Vec<u8>, Description)> = ids
        .iter()
        .zip(AdministrativeAct::ALL.iter().filter(|act| !LATER.contains(act)))
        .map(|(id, act)| (id, Description { act: *act, by: by.to_owned() }))
        .collect();
    assert_eq!(said.len(), AdministrativeAct::ALL.len() - LATER.len());
    for (id, description) in &said {
        let sentence = description.text(Locale::English);
        assert_eq!(raw.execute("UPDATE account SET description = ? WHERE id = ?", (sentence, *id)).unwrap(), 1);
    }
    let ticked = "SELECT count(*) FROM token WHERE agency = ? AND purpose = 'session' AND idle_ms IS NULL";
    let remembered: i64 = raw.query_row(ticked, [&here], |row| row.get(0)).unwrap();
    assert!(remembered > 0);
    drop(raw);

    let store = SqliteStore::open(&file).unwrap();
    let agency = open(&file, &KEY).unwrap().agency("104").unwrap();
    let of = || Query::<record::Account>::all(agency.id());
    for (id, description) in said {
        let account = AccountId(uuid::Uuid::from_slice(id).unwrap());
        let row = store.find(of().is(record::Account::id, account).select()).unwrap().remove(0);
        assert_eq!(record::Account::from_row(row).unwrap().description, Some(description));
    }
    let ticked = Query::<record::Token>::all(agency.id()).is(record::Token::remember, true);
    assert_eq!(store.count(ticked.select()).unwrap(), u64::try_from(remembered).unwrap());
    assert_eq!(store.count(ticked.null(record::Token::idle_ms, true).select()).unwrap(), remembered as u64);
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
