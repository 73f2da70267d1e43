//! What `create` makes of rows that preview judged, and of the same rows again.

use std::ops::ControlFlow;

use carekey::agency::{CreateReport, RowOutcome};
use carekey::roster::{Roster, RowState, Who};
use carekey::store::record;
use carekey::words::MessageState;
use carekey::{Actor, Agency, AgencySettings, Code, Directory, Office, Role};
use carekey_tests::between::Between;
use carekey_tests::desk::{Desk, go_on, new_person, new_staff, quick};

fn office() -> (Agency, Office) {
    let directory = Directory::open("memory:", &[7; 32]).expect("a directory");
    let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
    let support = Actor::Support("Pat Long".into());
    let agency = directory.create_agency(settings, &support).expect("an agency");
    let office = agency.acting_as(support);
    (agency, office)
}

fn create(office: &Office, file: &str) -> CreateReport {
    let preview = office.preview(Roster::from_csv(file.as_bytes()).expect("a roster")).expect("a preview");
    let report = office.create(&preview, None, &mut |_| ControlFlow::Continue(())).expect("a report");
    for (check, row) in preview.rows().iter().zip(&report.rows) {
        let fails = matches!(row.outcome, RowOutcome::Failed | RowOutcome::Waiting);
        assert_eq!(check.passes(), !fails, "line {}", row.line);
        if fails {
            assert_eq!(check.findings, row.findings, "line {}", row.line);
        }
    }
    report
}

#[test]
fn what_was_found_in_the_file_holds_when_it_is_created() {
    let (_, office) = office();
    let report = create(
        &office,
        "Role,Name,Email\n\
         Chauffeur,Irene Bell,irene@example.com\n\
         Caregiver,Sue Taming,sue@example.com,one cell too many\n\
         Caregiver,Jane Pearson,jane@example.com\n",
    );
    let codes = |row: usize| report.rows[row].findings.iter().map(|finding| finding.code).collect::<Vec<_>>();
    assert_eq!(codes(0), [Code::RosterRoleUnknown]);
    assert!(codes(1).contains(&Code::RosterRowRagged));
    assert_eq!(report.rows[2].outcome, RowOutcome::Created);
}

#[test]
fn the_same_roster_again_changes_nothing() {
    let (agency, office) = office();
    let file = "Role,Name,Email\n\
                Caregiver,Sue Taming,sue@example.com\n\
                Family,Wei Chen,wei@example.com\n";
    let first = create(&office, file);
    let again = create(&office, file);
    assert_eq!(again.count(RowOutcome::Unchanged), 2);
    for (one, other) in first.rows.iter().zip(&again.rows) {
        assert_eq!((one.party, one.account), (other.party, other.account));
    }
    assert_eq!(agency.outbox().claim(100).expect("messages").len(), 2);
}

#[test]
fn a_namesake_waits_and_gets_nothing_of_whom_the_agency_knows() {
    let (agency, office) = office();
    let old = create(&office, "Role,Name,Email\nCaregiver,\"Garcia, Maria\",maria.old@example.com\n");
    let file = "Role,Name,Email\n\
                Caregiver,\"Garcia, Maria\",maria.old@example.com\n\
                Caregiver,Tom Reed,tom@example.com\n";
    let file = file.replace("maria.old", "maria.new");
    let waiting = create(&office, &file);
    assert_eq!((waiting.rows[0].outcome, waiting.rows[0].party), (RowOutcome::Waiting, None));
    assert_eq!(waiting.rows[0].findings[0].code, Code::RosterMaybeSame);
    assert_eq!(waiting.rows[1].outcome, RowOutcome::Created);
    assert!(waiting.gone.is_empty(), "she may be the one on the row");

    let mut preview = office.preview(Roster::from_csv(file.as_bytes()).expect("a roster")).expect("a preview");
    assert_eq!(preview.rows()[0].state(), RowState::Waiting);
    assert_eq!(Some(preview.rows()[0].maybe[0]), old.rows[0].party);
    preview.decide(2, Who::Another).expect("a row that waits");
    let report = office.create(&preview, None, &mut |_| ControlFlow::Continue(())).expect("a report");
    assert_eq!(report.rows[0].outcome, RowOutcome::Created);
    assert_ne!(report.rows[0].party, old.rows[0].party);
    let known = agency.party(old.rows[0].party.expect("a party")).expect("the first of the name");
    assert_eq!(known.email.as_deref(), Some("maria.old@example.com"));
    assert_eq!(create(&office, &file).count(RowOutcome::Unchanged), 2, "she is known by her e-mail now");
}

#[test]
fn many_messages_are_marked_as_sent_in_one_write() {
    let (agency, office) = office();
    create(&office, "Role,Name,Email\nCaregiver,Sue Taming,sue@example.com\nClient,Ann Lee,ann@example.com\n");
    let outbox = agency.outbox();
    let claimed = outbox.claim(100).expect("messages");
    outbox.sent(&claimed[0]).expect("sent");
    let twice = [claimed.clone(), claimed].concat();
    assert_eq!(outbox.sent_all(&twice).expect("sent"), 1, "the other was sent before");
    assert_eq!(office.messages(Some(MessageState::Sent), 0, 10).expect("rows").len(), 2);
}

/// Of a store that reads no two tables as of one moment: whatever of somebody was read
/// before they came, and whatever after.
#[test]
fn whoever_comes_between_two_reads_is_there_once() {
    for table in ["agency", "used_name", "contact", "account", "link", "party", "tie", "who_decision"] {
        let store = Between::default();
        let desk = Desk::on(store.clone(), quick());
        let roster = || Roster::from_csv("Role,Name,Email\nCaregiver,Sue Taming,sue@example.com\n".as_bytes()).unwrap();
        let (office, other) = (desk.office(), desk.office());
        let preview = office.preview(roster()).unwrap();
        store.after_reading(table, move || {
            let preview = other.preview(roster()).unwrap();
            let report = other.create(&preview, None, &mut go_on).unwrap();
            assert_eq!(report.count(RowOutcome::Created), 1);
        });
        let report = office.create(&preview, None, &mut go_on).unwrap();
        let made = desk.snapshot();
        let counts = (made.count::<record::Party>(), made.count::<record::Account>(), made.count::<record::Link>());
        assert_eq!(counts, (1, 1, 1), "{table}");
        let [row] = report.rows.as_slice() else { panic!("one row") };
        assert!(matches!(row.outcome, RowOutcome::Unchanged | RowOutcome::Updated), "{table}: {row:?}");
    }
}

#[test]
fn a_login_that_gets_its_record_meanwhile_gets_no_second_one() {
    let desk = Desk::sqlite(quick());
    let office = desk.office();
    let login = office.create_staff_account(&new_staff("Jo", "Smith"), None).unwrap().account.unwrap();
    let file = "Role,Name,Email\nOffice staff,Jo Smith,jo.smith@example.com\n";
    let preview = office.preview(Roster::from_csv(file.as_bytes()).unwrap()).unwrap();
    assert!(preview.rows()[0].passes() && preview.rows()[0].has_account, "it is about the login");
    let report = office.create(&preview, None, &mut |progress| {
        // It was held against all that is there, and is not written yet.
        if progress.done == 0 {
            let record = office.add_party(&new_person("Jo Smith", Role::OfficeStaff, "")).unwrap().party;
            office.link_account(login, record).unwrap();
        }
        ControlFlow::Continue(())
    });
    let [row] = &report.unwrap().rows[..] else { panic!("one row") };
    let codes: Vec<Code> = row.findings.iter().map(|finding| finding.code).collect();
    assert_eq!((row.outcome, row.party), (RowOutcome::Failed, None));
    assert!(codes.contains(&Code::AccountAlreadyLinked), "{codes:?}");
    assert_eq!(desk.snapshot().count::<record::Party>(), 1, "nobody is left behind without a login");
}
