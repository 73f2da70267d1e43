//! An agency's end (A9), played by those whom it does not suit: users and
//! managers, acts under way, whoever edits an export, a machine that dies, and
//! another agency beside it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use carekey::agency::{AgencyExport, AgencyState, verify_export};
use carekey::roster::Roster;
use carekey::store::record::{Agency, TABLES};
use carekey::store::{Row, Select, Store, Value};
use carekey::{Actor, AgencyId, Code, ErrorKind, Role, SignIn, Source};
use carekey_tests::between::Between;
use carekey_tests::desk::{Desk, GOOD, go_on, new_person, quick, sign_in, support};
use carekey_tests::race::race;

const KEY: [u8; 32] = carekey_tests::desk::KEY;

carekey_tests::on_every_store! { quick();
    from_suspension_to_deletion, whoever_signs_in_learns_nothing, acts_at_a_barrier, another_agency_is_untouched,
    only_an_export_of_now_deletes,
}

/// Exports the agency 104.
fn export(desk: &Desk) -> (Vec<u8>, AgencyExport) {
    let mut bytes = Vec::new();
    let made = desk.directory.export_agency("104", &mut bytes, &support()).unwrap();
    (bytes, made)
}

fn suspend(desk: &Desk) {
    desk.directory.suspend_agency("104", "The contract ended", &support()).unwrap();
}

fn code_of<T: std::fmt::Debug>(result: carekey::Result<T>) -> Code {
    result.unwrap_err().code
}

/// Some of everything.
fn peopled(desk: &Desk) {
    desk.manager("Mia", "Manager");
    let client = desk.client("Ann Hale", "ann@example.com");
    let _ = desk.session(&client.username, GOOD);
    let _ = desk.agency.recover(&client.username, &Source::new("203.0.113.7")).unwrap();
    let carer = desk.caregiver("Bob Müller", "bob@example.com");
    desk.office().disable(carer.account).unwrap();
    let new = new_person("Zoë Reed", Role::Family, "zoe@example.com");
    let family = desk.office().add_party(&new).unwrap().party;
    desk.office().invite(carekey::agency::Invitee::Party(family), None).unwrap();
    desk.office().delete_party(carer.party.unwrap()).unwrap();
}

/// The rows of one agency, by table.
fn rows_of(desk: &Desk, code: &str) -> BTreeMap<&'static str, Vec<Row>> {
    let all = |table| desk.store.find(&Select { table, ..Select::all::<Agency>(AgencyId::of_code(code)) }).unwrap();
    TABLES.iter().map(|table| (table.name, all(table))).collect()
}

fn from_suspension_to_deletion(desk: &Desk) {
    peopled(desk);
    let directory = &desk.directory;
    let row = || directory.agency_rows().unwrap().into_iter().next().unwrap();
    assert_eq!(row().state, AgencyState::Open);
    assert_eq!(code_of(directory.resume_agency("104", &support())), Code::AgencyNotSuspended);
    assert_eq!(code_of(directory.delete_agency("104", &mut &b""[..], &support())), Code::AgencyNotSuspended);
    assert_eq!(code_of(directory.suspend_agency("999", "", &support())), Code::AgencyNotFound);
    suspend(desk);
    assert_eq!(code_of(directory.suspend_agency("104", "", &support())), Code::AgencySuspended);
    let found = row();
    assert_eq!((found.state, found.since), (AgencyState::Suspended, desk.clock.now()));
    assert_eq!((found.by.as_deref(), found.reason.as_deref()), (Some("Pat Long"), Some("The contract ended")));
    assert_eq!(directory.agencies().unwrap().len(), 0, "no job has work in it");
    // It is no less there.
    assert_eq!(
        code_of(directory.create_agency(carekey_tests::desk::settings("104", quick()), &support()).map(drop)),
        Code::AgencyExists
    );

    let (bytes, made) = export(desk);
    let rows = rows_of(desk, "104");
    let end: serde_json::Value =
        serde_json::from_slice(bytes.split(|byte| *byte == b'\n').rev().nth(1).unwrap()).unwrap();
    assert!(rows.iter().all(|(name, rows)| *name == "setting" || end["rows"][*name] == rows.len()));
    assert!(end["rows"].get("setting").is_none());
    assert_eq!(made.rows as usize, rows.values().map(Vec::len).sum::<usize>());
    assert_eq!(bytes.iter().filter(|byte| **byte == b'\n').count() as u64, made.rows + 2);
    directory.delete_agency("104", &mut bytes.as_slice(), &support()).unwrap();
    let left = rows_of(desk, "104");
    assert!(left.iter().all(|(name, rows)| rows.len() == usize::from(*name == "agency")), "the note alone is left");
    let found = row();
    assert_eq!((found.state, found.name.as_str()), (AgencyState::Deleted, "Harbor Home Care"));
    assert_eq!((found.export.as_ref(), found.by.as_deref()), (Some(&made.sha256), Some("Pat Long")));
    assert_eq!(found.reason, None);

    // Its end is the end, and its code is not given again.
    assert_eq!(code_of(directory.agency("104").map(drop)), Code::AgencyDeleted);
    assert_eq!(code_of(desk.agency.settings().map(drop)), Code::AgencyDeleted);
    assert!(matches!(desk.sign_in("ann@example.com", GOOD), SignIn::Refused));
    let new = carekey_tests::desk::settings("104", quick());
    assert_eq!(code_of(directory.create_agency(new, &support()).map(drop)), Code::AgencyDeleted);
    for refused in [
        directory.suspend_agency("104", "", &support()),
        directory.resume_agency("104", &support()),
        directory.export_agency("104", &mut Vec::new(), &support()).map(drop),
        directory.delete_agency("104", &mut bytes.as_slice(), &support()),
    ] {
        assert_eq!(code_of(refused), Code::AgencyDeleted);
    }
    // What was written out can be verified all the same.
    assert_eq!(verify_export(&mut bytes.as_slice(), &KEY).unwrap(), made);
}

#[test]
fn nothing_tells_how_many_there_were() {
    let desk = Desk::sqlite(quick());
    peopled(&desk);
    let tool = rusqlite::Connection::open(desk.file()).unwrap();
    let totals = || {
        let tables = TABLES.iter().filter_map(|table| table.totals);
        let rows = tables.map(|totals| {
            let sql = format!("SELECT count(*) FROM {} WHERE agency = ?1", totals.name);
            tool.query_row(&sql, [AgencyId::of_code("104").0.as_bytes().as_slice()], |row| row.get::<_, i64>(0))
                .unwrap()
        });
        rows.collect::<Vec<_>>()
    };
    assert!(totals().iter().any(|rows| *rows > 0));
    suspend(&desk);
    let (bytes, _) = export(&desk);
    desk.directory.delete_agency("104", &mut bytes.as_slice(), &support()).unwrap();
    assert!(totals().iter().all(|rows| *rows == 0), "{:?}", totals());
}

/// A right password, a wrong one and a name that nobody has are answered alike,
/// at the same cost; nothing is counted, and nobody is locked out by it.
fn whoever_signs_in_learns_nothing(desk: &Desk) {
    let client = desk.client("Ann Hale", "ann@example.com");
    let session = desk.session(&client.username, GOOD);
    suspend(desk);
    let before = desk.snapshot();
    let mut costs = Vec::new();
    for (name, password) in [("ann@example.com", GOOD), ("ann@example.com", "wrong"), ("nobody@example.com", GOOD)] {
        for _ in 0..7 {
            let work = desk.directory.hash_operations();
            assert!(matches!(desk.sign_in(name, password), SignIn::Refused));
            costs.push(desk.directory.hash_operations() - work);
        }
        let begun = desk.agency.recover(name, &Source::UNKNOWN).unwrap();
        assert_eq!(begun.asks, carekey::agency::Asks::Code);
        assert_eq!(
            code_of(desk.agency.recovery_code(&begun.token, "00000000", &Source::UNKNOWN).map(drop)),
            Code::RecoveryRefused
        );
    }
    assert_eq!(costs, [1; 21]);
    assert_eq!(desk.snapshot(), before);
    desk.directory.resume_agency("104", &support()).unwrap();
    assert!(desk.agency.outbox().claim(9).unwrap().is_empty(), "no code was sent to anybody");
    assert_eq!(desk.agency.session(session.token.reveal()).unwrap().account, client.account);
    let _ = desk.session("ann@example.com", GOOD);
}

/// Users and the office act while support suspends: each act is there whole
/// before the line that says so in time, or not at all.
fn acts_at_a_barrier(desk: &Desk) {
    let client = desk.client("Ann Hale", "ann@example.com");
    let rows = Mutex::new(None);
    let done = race(16, |number| match number {
        0 => {
            suspend(desk);
            *rows.lock().unwrap() = Some(rows_of(desk, "104"));
            Ok(())
        }
        1..=5 => desk.office().add_party(&new_person(&format!("Zoe {number}"), Role::Client, "")).map(drop),
        6..=10 => desk.office().set_note(client.account, &format!("note {number}")),
        _ => {
            let _ = sign_in(&desk.agency, "ann@example.com", GOOD);
            Ok(())
        }
    });
    for result in done {
        if let Err(error) = result {
            assert_eq!(error.code, Code::AgencySuspended);
        }
    }
    // What was there when it was suspended is all there is.
    assert_eq!(rows.lock().unwrap().take().unwrap(), rows_of(desk, "104"));
    desk.directory.resume_agency("104", &support()).unwrap();
    desk.agency.verify_agency_history().unwrap();
    desk.agency.verify_history(client.account).unwrap();
}

/// What each act comes to when the agency is suspended between its reads and its
/// commit.
#[test]
fn no_act_that_began_before_is_committed_after() {
    let between = Between::default();
    let desk = Desk::on(between.clone(), quick());
    let client = desk.client("Ann Hale", "ann@example.com");
    let session = desk.session("ann@example.com", GOOD);
    let mail = desk.office().add_party(&new_person("Zoe", Role::Client, "zoe@example.com")).unwrap();
    let roster = || Roster::from_csv(&b"Role,Name,Email\nClient,Zoe Zed,zed@example.com\n"[..]).unwrap();
    let prepared = desk.office().preview(roster()).unwrap();
    type Tried<'a> = Box<dyn Fn() -> Option<Code> + 'a>;
    let refused = |result: carekey::Result<()>| Some(code_of(result));
    let tries: Vec<Tried<'_>> = vec![
        Box::new(|| refused(desk.office().set_note(client.account, "x"))),
        Box::new(|| refused(desk.office().disable(client.account))),
        // Its rows say so, where it had begun.
        Box::new(|| desk.office().create(&prepared, None, &mut go_on).err().map(|error| error.code)),
        Box::new(|| refused(desk.office().delete_party(mail.party))),
        Box::new(|| refused(desk.agency.outbox().claim(9).map(drop))),
        Box::new(|| refused(desk.agency.sign_out(session.token.reveal(), &Source::UNKNOWN))),
        Box::new(|| refused(desk.agency.message_owner(session.token.reveal(), &"Hello".into(), &Source::UNKNOWN))),
        Box::new(|| {
            // So long after, there is something to be tidied away.
            desk.clock.advance(time::Duration::days(400));
            refused(desk.agency.tidy(0).map(drop))
        }),
        Box::new(|| match desk.sign_in("ann@example.com", GOOD) {
            SignIn::Refused => None,
            other => panic!("{other:?}"),
        }),
    ];
    let mut settings = desk.agency.settings().unwrap();
    settings.owner_email = Some("owner@example.com".to_owned());
    desk.office().change_settings(settings).unwrap();
    desk.clock.advance(time::Duration::seconds(20));
    for (number, act) in tries.iter().enumerate() {
        let (directory, seen) = (desk.directory.clone(), Arc::new(Mutex::new(None)));
        let (note, store) = (Arc::clone(&seen), desk.store.clone());
        let all = move || -> Vec<Vec<Row>> {
            let of = |table| store.find(&Select { table, ..Select::all::<Agency>(AgencyId::of_code("104")) }).unwrap();
            TABLES.iter().map(|table| of(table)).collect()
        };
        let look = all.clone();
        between.before_the_next(move || {
            directory.suspend_agency("104", "", &support()).unwrap();
            *note.lock().unwrap() = Some(all());
        });
        let code = act();
        assert!(code.is_none_or(|code| code == Code::AgencySuspended), "{number}: {code:?}");
        assert_eq!(seen.lock().unwrap().take().expect("it came between"), look(), "{number} was committed");
        desk.directory.resume_agency("104", &support()).unwrap();
    }
}

/// Killed after any piece of its deletion, an agency is deleted by asking again,
/// and never comes back.
#[test]
fn killed_while_it_is_deleted() {
    let between = Between::default();
    let desk = Desk::on(between.clone(), quick());
    peopled(&desk);
    // More than one piece of one table.
    for number in 0..700u32 {
        let letter = |place: u32| char::from(b'a' + u8::try_from(number / 26u32.pow(place) % 26).unwrap());
        let name = format!("Zoe Q{}{}{}", letter(2), letter(1), letter(0));
        desk.office().add_party(&new_person(&name, Role::Caregiver, "")).unwrap();
    }
    suspend(&desk);
    let (bytes, made) = export(&desk);
    assert!(made.rows > 1400);
    let mut pieces = 0;
    loop {
        between.dies_after(2);
        let before: usize = rows_of(&desk, "104").values().map(Vec::len).sum();
        match desk.directory.delete_agency("104", &mut bytes.as_slice(), &support()) {
            Ok(()) => break,
            Err(error) => assert_eq!((error.kind, error.code), (ErrorKind::Store, Code::StoreUnavailable)),
        }
        between.lives();
        let after: usize = rows_of(&desk, "104").values().map(Vec::len).sum();
        assert!(after < before, "it goes on");
        pieces += 1;
        // As it is then, nobody gets anything out of it or brings it back.
        assert_eq!(desk.directory.agency_rows().unwrap()[0].state, AgencyState::Deleting);
        assert_eq!(code_of(desk.agency.settings().map(drop)), Code::AgencySuspended);
        assert_eq!(code_of(desk.directory.resume_agency("104", &support())), Code::AgencyDeleted);
        assert_eq!(code_of(desk.directory.suspend_agency("104", "", &support())), Code::AgencyDeleted);
        assert_eq!(
            code_of(desk.directory.export_agency("104", &mut Vec::new(), &support()).map(drop)),
            Code::AgencyDeleted
        );
        assert_eq!(
            code_of(desk.directory.delete_agency("104", &mut &b"other"[..], &support())),
            Code::AgencyNotExported
        );
        // Nor does opening the store once more.
        let again = carekey::Directory::with(desk.store.clone(), &KEY, carekey::agency::SystemEnvironment).unwrap();
        assert_eq!(again.agency_rows().unwrap()[0].state, AgencyState::Deleting);
    }
    assert!(pieces > 5, "{pieces}");
    assert_eq!(rows_of(&desk, "104").values().map(Vec::len).sum::<usize>(), 1);
    assert_eq!(desk.directory.agency_rows().unwrap()[0].export, Some(made.sha256));
}

/// What becomes of one agency leaves another as it is, to the byte.
fn another_agency_is_untouched(desk: &Desk) {
    peopled(desk);
    let other = desk.another("105");
    other.acting_as(support()).add_party(&new_person("Ann Hale", Role::Client, "ann@example.com")).unwrap();
    let mail = carekey_tests::desk::send_all(&other);
    let before = rows_of(desk, "105");
    suspend(desk);
    let mut theirs = Vec::new();
    let (bytes, _) = export(desk);
    assert_eq!(rows_of(desk, "105"), before);
    desk.directory.delete_agency("104", &mut bytes.as_slice(), &support()).unwrap();
    assert_eq!(rows_of(desk, "105"), before);
    assert!(matches!(sign_in(&other, "ann@example.com", mail[0].password().reveal()), SignIn::ChangePassword(_)));
    desk.directory.export_agency("105", &mut theirs, &support()).unwrap();
    assert!(!theirs.windows(3).any(|bytes| bytes == b"Bob"), "nobody of the other agency is in it");
}

/// An export that is another agency's, older, edited or cut deletes nothing.
fn only_an_export_of_now_deletes(desk: &Desk) {
    desk.client("Ann Hale", "ann@example.com");
    desk.another("105");
    let directory = &desk.directory;
    let (open, _) = export(desk);
    suspend(desk);
    let (before, _) = export(desk);
    directory.resume_agency("104", &support()).unwrap();
    desk.office().add_party(&new_person("Zoe", Role::Client, "")).unwrap();
    suspend(desk);
    let (older, _) = export(desk);
    let (now, _) = export(desk);
    directory.suspend_agency("105", "", &support()).unwrap();
    let mut other = Vec::new();
    directory.export_agency("105", &mut other, &support()).unwrap();
    let mut edited = now.clone();
    let at = edited.windows(3).position(|bytes| bytes == b"Ann").unwrap();
    edited[at] = b'E';
    let rows = rows_of(desk, "104");
    for (what, bytes) in [
        ("while it was open", open.as_slice()),
        ("of before it was resumed", before.as_slice()),
        ("of before it was exported again", older.as_slice()),
        ("another agency's", other.as_slice()),
        ("an edited one", edited.as_slice()),
        ("a cut one", &now[..now.len() - 1]),
        ("an empty one", &b""[..]),
    ] {
        let refused = directory.delete_agency("104", &mut &*bytes, &support());
        assert_eq!(code_of(refused), Code::AgencyNotExported, "{what}");
    }
    assert_eq!(rows_of(desk, "104"), rows);
    directory.delete_agency("104", &mut now.as_slice(), &support()).unwrap();
}

/// Every column of every record is in an export, or is one that could give
/// somebody away; and what opens something is in none.
#[test]
fn everything_is_in_it_but_what_opens_something() {
    let desk = Desk::memory(carekey::Policy::default());
    let person = desk.with_answers("Ann Hale", "ann@example.com");
    let session = desk.session(&person.username, GOOD);
    desk.office().add_party(&new_person("Zoe", Role::Client, "zoe@example.com")).unwrap();
    let _ = desk.agency.recover(&person.username, &Source::UNKNOWN).unwrap();
    let (bytes, _) = export(&desk);
    let text = String::from_utf8(bytes).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |table: &str| lines.iter().find(|line| line["table"] == table).map(|line| line["row"].clone()).unwrap();
    let mut left_out = Vec::new();
    for table in TABLES.iter().filter(|table| !["setting"].contains(&table.name)) {
        let Some(line) = lines.iter().find(|line| line["table"] == table.name) else { continue };
        for column in table.columns {
            if line["row"].get(column.name).is_none() {
                left_out.push(format!("{}.{}", table.name, column.name));
            }
        }
    }
    left_out.retain(|column| !column.ends_with(".agency"));
    assert_eq!(
        left_out,
        [
            "agency.listed_by",
            "party.name_key",
            "party.sort_display",
            "party.search",
            "account.password",
            "account.sort_display",
            "account.sort_first",
            "account.sort_last",
            "account.search",
            "used_name.skeleton",
            "answer.hash",
            "token.digest",
            "message.sealed",
            "code_book.codes",
        ]
    );
    let party = lines.iter().find(|line| line["row"]["display_name"] == "Ann Hale" && line["table"] == "party");
    let party = party.unwrap()["row"].clone();
    assert_eq!((&party["display_name"], &party["roles"]), (&"Ann Hale".into(), &serde_json::json!(["caregiver"])));
    assert!(of("agency")["policy"].is_object());
    assert!(of("event")["at"].as_str().unwrap().ends_with('Z'));
    // Nothing that anybody holds, or that was kept of it.
    let waiting = desk.mail();
    let words = waiting.iter().flat_map(|mail| mail.body.reveal().split_whitespace());
    let mut secrets: Vec<String> =
        words.filter_map(|word| word.split_once('#').map(|(_, link)| link.to_owned())).collect();
    secrets.extend(
        waiting.iter().filter(|mail| mail.to == "zoe@example.com").map(|mail| mail.password().reveal().to_owned()),
    );
    secrets.extend([GOOD.to_owned(), session.token.reveal().to_owned(), "argon2".to_owned()]);
    for table in TABLES {
        for row in rows_of(&desk, "104").remove(table.name).unwrap() {
            for (column, value) in table.columns.iter().zip(row) {
                if let (Value::Bytes(bytes), "digest" | "sealed" | "link_digest" | "code_digest") = (value, column.name)
                {
                    secrets.push(data_encoding::HEXLOWER.encode(&bytes));
                }
            }
        }
    }
    assert!(secrets.len() > 8);
    for secret in secrets {
        assert!(!text.contains(&secret));
    }
}

/// Whoever has the file and not the key edits, takes away, adds, moves and cuts:
/// the key and the file alone show it.
#[test]
fn an_export_is_verified_by_itself() {
    let desk = Desk::memory(quick());
    peopled(&desk);
    suspend(&desk);
    let (bytes, made) = export(&desk);
    assert_eq!(verify_export(&mut bytes.as_slice(), &KEY).unwrap(), made);
    assert_eq!(made.suspended_at, Some(desk.clock.now()));
    drop(desk);
    let text = String::from_utf8(bytes).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let verify = |lines: &[&str]| {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let error = verify_export(&mut text.as_bytes(), &KEY).unwrap_err();
        error.findings.first().map_or(error.code, |finding| finding.code)
    };
    let events: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].contains("\"table\":\"event\"")).collect();
    assert!(events.len() > 30);
    for at in 0..lines.len() {
        let is_event = events.contains(&at);
        let is_end = at == lines.len() - 1;
        let mut without = lines.clone();
        without.remove(at);
        let found = verify(&without);
        match found {
            Code::HistoryBroken | Code::HistoryCut | Code::HistoryRemoved => {
                assert!(
                    is_event || lines[at].contains("\"history_length\"") || lines[at].contains("strand"),
                    "{found}"
                );
            }
            Code::ExportBroken => assert!(!is_event),
            Code::ExportMalformed => assert_eq!(at, 0),
            other => panic!("{other}"),
        }
        // A letter or a digit of it is another one.
        let mut edited = lines[at].to_owned().into_bytes();
        let place = edited.iter().rposition(u8::is_ascii_digit).unwrap();
        edited[place] = if edited[place] == b'7' { b'8' } else { b'7' };
        let edited = String::from_utf8(edited).unwrap();
        let mut with = lines.clone();
        with[at] = &edited;
        let found = verify(&with);
        assert!(
            matches!(
                found,
                Code::HistoryBroken
                    | Code::HistoryCut
                    | Code::HistoryRemoved
                    | Code::ExportBroken
                    | Code::ExportMalformed
            ),
            "{found}"
        );
        if !is_end && at > 0 {
            let mut twice = lines.clone();
            twice.insert(at, lines[at]);
            let found = verify(&twice);
            assert!(matches!(found, Code::HistoryBroken | Code::HistoryCut | Code::ExportBroken), "{found}");
        }
    }
    // Cut anywhere, in the middle of a line too.
    for cut in (0..text.len() - 1).step_by(997).chain([text.len() - 2]) {
        verify_export(&mut &text.as_bytes()[..cut], &KEY).unwrap_err();
    }
    let other = verify_export(&mut text.as_bytes(), &[9; 32]).unwrap_err().code;
    assert_eq!(other, Code::HistoryBroken, "another key");
    assert_eq!(verify_export(&mut text.as_bytes(), &[9; 31]).unwrap_err().code, Code::KeyLength);
    let none = verify_export(&mut &b"\xff\xfe\n"[..], &KEY).unwrap_err();
    assert_eq!(none.findings[0].code, Code::ExportMalformed);
    assert_eq!(none.findings[0].params["line"], carekey::Param::Number(1));
}

/// A disk that is full, and a file that is there: nothing is left behind, and
/// nothing is overwritten.
#[test]
fn an_export_is_there_whole_or_not_at_all() {
    struct Full(usize);
    impl std::io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 = self.0.checked_sub(1).ok_or(std::io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let desk = Desk::memory(quick());
    let error = desk.directory.export_agency("104", &mut Full(3), &support()).unwrap_err();
    assert_eq!((error.kind, error.code), (ErrorKind::Store, Code::ExportFailed));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("104.jsonl");
    let not_allowed = desk.directory.export_agency_to("104", &file, &Actor::System("job".to_owned()));
    assert_eq!(code_of(not_allowed), Code::ActorNotAllowed);
    assert_eq!(code_of(desk.directory.export_agency_to("999", &file, &support())), Code::AgencyNotFound);
    assert!(!file.exists());
    let made = desk.directory.export_agency_to("104", &file, &support()).unwrap();
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
    let bytes = std::fs::read(&file).unwrap();
    assert_eq!(verify_export(&mut bytes.as_slice(), &KEY).unwrap(), made);
    assert_eq!(code_of(desk.directory.export_agency_to("104", &file, &support())), Code::ExportFailed);
    assert_eq!(std::fs::read(&file).unwrap(), bytes);
    desk.directory.suspend_agency("104", "", &support()).unwrap();
    let now = folder.path().join("now.jsonl");
    desk.directory.export_agency_to("104", &now, &support()).unwrap();
    assert_eq!(
        code_of(desk.directory.delete_agency_by("104", &folder.path().join("none"), &support())),
        Code::ExportFailed
    );
    desk.directory.delete_agency_by("104", &now, &support()).unwrap();
}
