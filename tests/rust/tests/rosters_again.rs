//! What `create` makes of rows that preview judged, and of the same rows again.

use std::ops::ControlFlow;

use carekey::agency::{CreateReport, RowOutcome};
use carekey::roster::Roster;
use carekey::words::MessageState;
use carekey::{Actor, Agency, AgencySettings, Code, Directory, Office};

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
