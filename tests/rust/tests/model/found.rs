//! What the model check has found, each by the shortest story that shows it.

use carekey::name::PersonName;
use carekey::roster::{Roster, RosterRow, Who};
use carekey::words::MessageKind;
use carekey::{Code, Role, Source};
use carekey_tests::desk::{Desk, GOOD, Mail, answers, new_person, quick};

const NOWHERE: &Source = &Source::UNKNOWN;

/// A row of a roster about Sue Wright, client.
fn correct(desk: &Desk, email: Option<&str>, phone: Option<&str>) -> carekey::agency::CreateReport {
    let row = RosterRow {
        role: Some(Role::Client),
        name: PersonName { first: Some("Sue".into()), last: Some("Wright".into()), ..PersonName::default() },
        email: email.map(str::to_owned),
        phone: phone.map(str::to_owned),
        external_id: Some("P-1".into()),
        ..RosterRow::default()
    };
    let office = desk.office();
    let preview = office.preview(Roster::from_rows(vec![row])).unwrap();
    office.create(&preview, None, &mut carekey_tests::desk::go_on).unwrap()
}

fn sue(desk: &Desk, email: &str, phone: Option<&str>) {
    let mut new = new_person("Wright, Sue", Role::Client, email);
    (new.external_id, new.phone) = (Some("P-1".into()), phone.map(str::to_owned));
    desk.office().add_party(&new).unwrap();
}

fn of(mail: &[Mail], kind: MessageKind, to: &str) -> Mail {
    mail.iter().find(|mail| mail.kind == kind && mail.to == to).expect("it was sent").clone()
}

/// E-mail and phone corrected in one row: the correction of the one ended the
/// link that had just been sent to confirm the other (C2).
#[test]
fn both_contacts_that_are_corrected_at_once_can_be_confirmed() {
    let desk = Desk::memory(quick());
    sue(&desk, "old@example.com", Some("+12125550123"));
    desk.finish("old@example.com");
    correct(&desk, Some("new@example.com"), Some("+12125550124"));
    let mail = desk.mail();
    for to in ["new@example.com", "+12125550124"] {
        desk.agency.confirm_contact(&of(&mail, MessageKind::ConfirmContact, to).link(), NOWHERE).unwrap();
    }
    desk.session("new@example.com", GOOD);
}

/// A code that went to the earlier contact, and the step that it led to,
/// recovered the account after the new one was confirmed (C1, E6).
#[test]
fn nothing_that_was_sent_to_a_contact_recovers_once_another_has_taken_its_place() {
    for uses_the_code_first in [false, true] {
        let desk = Desk::memory(quick());
        sue(&desk, "old@example.com", None);
        desk.finish("old@example.com");
        correct(&desk, Some("new@example.com"), None);
        let begun = desk.agency.recover("old@example.com", NOWHERE).unwrap();
        let mail = desk.mail();
        let code = of(&mail, MessageKind::RecoveryCode, "old@example.com").digits();
        let confirm =
            || desk.agency.confirm_contact(&of(&mail, MessageKind::ConfirmContact, "new@example.com").link(), NOWHERE);
        if uses_the_code_first {
            let step = desk.agency.recovery_code(&begun.token, &code, NOWHERE).unwrap();
            confirm().unwrap();
            let new = carekey::Secret::from(carekey_tests::desk::OTHER);
            let refused = desk.agency.finish_recovery(&step.token, carekey_tests::desk::twice(&new), NOWHERE);
            assert_eq!(refused.unwrap_err().code, Code::StepRefused);
        } else {
            confirm().unwrap();
            let refused = desk.agency.recovery_code(&begun.token, &code, NOWHERE);
            assert_eq!(refused.unwrap_err().code, Code::RecoveryRefused);
        }
    }
}

/// The same where a code leads to the questions first.
#[test]
fn no_answers_recover_once_another_contact_has_taken_the_place_of_the_one_that_got_the_code() {
    let desk = Desk::memory(carekey::Policy::default());
    desk.cheap_hashes();
    let ann = desk.with_answers("Ann Hale", "old@example.com");
    let office = desk.office();
    let row = RosterRow {
        role: Some(Role::Caregiver),
        name: PersonName { first: Some("Ann".into()), last: Some("Hale".into()), ..PersonName::default() },
        email: Some("new@example.com".into()),
        ..RosterRow::default()
    };
    let mut preview = office.preview(Roster::from_rows(vec![row])).unwrap();
    let line = preview.rows()[0].row.line;
    preview.decide(line, Who::Same(ann.party.unwrap())).unwrap();
    office.create(&preview, None, &mut carekey_tests::desk::go_on).unwrap();
    let begun = desk.agency.recover("old@example.com", NOWHERE).unwrap();
    let mail = desk.mail();
    let code = of(&mail, MessageKind::RecoveryCode, "old@example.com").digits();
    let step = desk.agency.recovery_code(&begun.token, &code, NOWHERE).unwrap();
    desk.agency.confirm_contact(&of(&mail, MessageKind::ConfirmContact, "new@example.com").link(), NOWHERE).unwrap();
    let refused = desk.agency.recovery_answers(&step.token, &answers(), NOWHERE);
    assert_eq!(refused.unwrap_err().code, Code::RecoveryRefused);
}

/// A row without an e-mail gave the name of someone deleted to another, who was
/// known by the same address (U4).
#[test]
fn a_roster_that_leaves_the_address_blank_gives_nobody_a_retired_name() {
    let desk = Desk::memory(quick());
    let first = desk.client("Garcia, Rosa", "shared@example.com");
    sue(&desk, "shared@example.com", None);
    desk.office().delete_party(first.party.unwrap()).unwrap();
    let report = correct(&desk, None, Some("+12125550123"));
    assert!(report.rows[0].findings.iter().any(|finding| finding.code == Code::UsernameRetired));
    assert_eq!(report.rows[0].account, None);
}
