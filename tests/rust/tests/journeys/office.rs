//! S2: the accounts of the office, and who manages them.

use std::ops::ControlFlow;

use carekey::account::State;
use carekey::agency::{AdministrativeAct, Description, RowOutcome, UserColumn, UserQuery};
use carekey::roster::{Roster, RowState};
use carekey::words::{EventKind, MessageKind};
use carekey::{Code, ErrorKind, Role, Secret, SignIn, Source};
use carekey_tests::desk::{Desk, GOOD, OTHER, new_person, new_staff, twice};
use time::Duration;

use crate::{code, events, listed, reasons, user};

pub fn staff_names_suggestions_and_the_first_logon(desk: &Desk) {
    let file = "Role;First name;Last name;Email\n\
        Office staff;Felicia;Conner;felicia@example.com\n\
        Office staff;Frank;Conner;frank@example.com\n\
        Office staff;Máire;O'Brien-Lee;maire@example.com\n\
        Office staff;;Sukarno;sukarno@example.com\n\
        Office staff;Bartholomew;Featherstonehaugh-Cholmondeley;bart@example.com\n";
    let office = desk.office();
    let mut preview = office.preview(Roster::from_csv(file.as_bytes()).unwrap()).unwrap();
    let names: Vec<Option<&str>> = preview.rows().iter().map(|row| row.username.as_deref()).collect();
    assert_eq!(names[0], Some("104fconner"));
    assert_eq!(names[2], Some("104mobrienlee"));
    assert_eq!(names[3], Some("104sukarno"));
    assert_eq!(preview.rows()[1].state(), RowState::Waiting);
    assert_eq!(preview.rows()[4].username.as_deref(), Some("104bfeatherstonehaug"), "cut to twenty");
    let first = preview.rows()[1].suggestion.clone().unwrap();

    // Not decided: the row waits and nothing is made of it.
    let go = &mut |_| ControlFlow::Continue(());
    let initial = Secret::from(OTHER);
    let report = office.create(&preview, Some(twice(&initial)), go).unwrap();
    assert_eq!((report.count(RowOutcome::Created), report.count(RowOutcome::Waiting)), (4, 1));
    assert!(desk.mail().is_empty(), "a password that a manager typed is handed over, not sent");
    assert_eq!(preview.accept_suggestions(), 1);
    let report = office.create(&preview, Some(twice(&initial)), go).unwrap();
    assert_eq!((report.count(RowOutcome::Created), report.count(RowOutcome::Unchanged)), (1, 4));
    assert_eq!(report.rows[1].username, Some(first.clone()));

    // Everyone signs in with the initial password and must change it.
    let SignIn::ChangePassword(step) = desk.sign_in(&first.to_uppercase(), OTHER) else { panic!("change is forced") };
    assert_eq!(
        code(desk.agency.choose_password(&step.token, twice(&initial), &Source::UNKNOWN), ErrorKind::Invalid),
        Code::PasswordSameAsCurrent
    );
    let good = Secret::from(GOOD);
    assert!(matches!(
        desk.agency.choose_password(&step.token, twice(&good), &Source::UNKNOWN).unwrap(),
        SignIn::Granted(_)
    ));
    let account = report.rows[1]
        .account
        .or(office
            .users(&UserQuery::default())
            .unwrap()
            .users
            .iter()
            .find(|user| user.username == first)
            .map(|user| user.account))
        .unwrap();
    use EventKind::*;
    assert_eq!(events(desk, account), [AccountCreated, SignInStep, PasswordSet, SignedIn]);
    // A weak initial password fails before anything is made.
    let weak = Secret::from("weak");
    let more = Roster::from_csv(&b"Role,Name\nOffice staff,\"New, Nina\"\n"[..]).unwrap();
    let more = office.preview(more).unwrap();
    let before = desk.snapshot();
    assert_eq!(office.create(&more, Some(twice(&weak)), go).unwrap_err().kind, ErrorKind::Invalid);
    assert_eq!(desk.snapshot(), before);
}

pub fn managing_a_user(desk: &Desk) {
    let manager = desk.manager("Mia", "Manager");
    let office = desk.as_person(&manager).from(Source::new("front desk"));
    let staff = desk.staff("Felicia", "Conner");
    desk.staff("Bob", "Adams");
    assert_eq!(listed(desk, &UserQuery::default()), ["Bob Adams", "Felicia Conner", "Mia Manager"]);
    let session = desk.session(&staff.username, GOOD);
    assert_eq!(user(desk, staff.account).last_logon, Some(desk.clock.now()));

    office.disable(staff.account).unwrap();
    assert_eq!(code(desk.agency.session(session.token.reveal()), ErrorKind::Refused), Code::SessionEnded);
    assert!(matches!(desk.sign_in(&staff.username, GOOD), SignIn::Refused));
    assert_eq!(reasons(desk, staff.account), ["disabled"]);
    let shown = user(desk, staff.account);
    assert_eq!((shown.state, shown.disabled), (State::Disabled, Some(desk.clock.now())));
    let description = Description { act: AdministrativeAct::Disabled, by: "Mia Manager".to_owned() };
    assert_eq!(shown.description, Some(description));
    assert_eq!(listed(desk, &UserQuery::default()), ["Bob Adams", "Mia Manager"]);
    let all = UserQuery { show_disabled: true, ..UserQuery::default() };
    let page = office.users(&all).unwrap();
    assert_eq!((page.found, page.active), (3, 2));
    assert_eq!(code(office.disable(staff.account), ErrorKind::Invalid), Code::AccountDisabled);
    let other = Secret::from(OTHER);
    office.enable(staff.account).unwrap();
    assert_eq!(code(office.enable(staff.account), ErrorKind::Invalid), Code::AccountNotDisabled);
    assert_eq!(code(desk.agency.session(session.token.reveal()), ErrorKind::Refused), Code::SessionEnded);
    let session = desk.session(&staff.username, GOOD);

    // Reset: typed twice, sessions ended, change forced, its user told.
    let apart = carekey::NewPassword { new: &other, confirm: &manager.username.as_str().into() };
    assert_eq!(code(office.reset_password(staff.account, apart), ErrorKind::Invalid), Code::PasswordNotConfirmed);
    office.reset_password(staff.account, twice(&other)).unwrap();
    assert_eq!(desk.one_mail().kind, MessageKind::PasswordChanged);
    assert_eq!(code(desk.agency.session(session.token.reveal()), ErrorKind::Refused), Code::SessionEnded);
    assert!(matches!(desk.sign_in(&staff.username, GOOD), SignIn::Refused));
    let SignIn::ChangePassword(step) = desk.sign_in(&staff.username, OTHER) else { panic!("change is forced") };
    // A reset in the meantime ends the step that was begun.
    office.reset_password(staff.account, twice(&other)).unwrap();
    let good = Secret::from(GOOD);
    assert_eq!(
        code(desk.agency.choose_password(&step.token, twice(&good), &Source::UNKNOWN), ErrorKind::Refused),
        Code::StepRefused
    );
    office.set_note(staff.account, " on leave ").unwrap();
    assert_eq!(user(desk, staff.account).note.as_deref(), Some("on leave"));
    assert_eq!(code(office.set_note(staff.account, &"x".repeat(2_001)), ErrorKind::Invalid), Code::TextTooLong);
    let sorted = UserQuery { sort: UserColumn::FirstName, descending: true, limit: 2, ..UserQuery::default() };
    assert_eq!(listed(desk, &sorted), ["Mia Manager", "Felicia Conner"]);
    let found = UserQuery { filter: Some("CONN".into()), ..UserQuery::default() };
    assert_eq!(listed(desk, &found), ["Felicia Conner"]);
    let lines = desk.agency.history(staff.account).unwrap();
    let reset = lines.iter().find(|line| line.kind == EventKind::PasswordReset).unwrap();
    assert_eq!((reset.actor_name.as_str(), reset.source.as_deref()), ("Mia Manager", Some("front desk")));
    assert_eq!(reset.actor_account, Some(manager.account));
}

pub fn three_account_managers(desk: &Desk) {
    let support = desk.office();
    let bare =
        carekey::agency::NewStaff { phone: None, email: None, last_name: String::new(), ..new_staff("Mia", "M") };
    let error = support.add_manager(&bare).unwrap_err();
    let codes: Vec<Code> = error.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes[..3], [Code::ManagerNameMissing, Code::EmailMissing, Code::PhoneMissing]);
    let first = desk.manager("Mia", "Manager");
    assert_eq!(code(support.remove_manager(first.account), ErrorKind::Invalid), Code::ManagerLast);
    assert_eq!(code(support.disable(first.account), ErrorKind::Invalid), Code::ManagerLast);
    let second = desk.manager("Ned", "Manager");
    let third = desk.manager("Ola", "Manager");
    assert_eq!(code(support.add_manager(&new_staff("Pia", "Manager")), ErrorKind::Invalid), Code::ManagerLimit);
    let fourth = desk.staff("Quy", "Staff");
    assert_eq!(code(support.promote(fourth.account), ErrorKind::Invalid), Code::ManagerLimit);

    // Managers do not make managers, and staff do nothing.
    let office = desk.as_person(&first);
    for result in [
        office.promote(fourth.account),
        office.remove_manager(second.account),
        office.hand_over(second.account, fourth.account),
    ] {
        assert_eq!(code(result, ErrorKind::NotAllowed), Code::ActorNotAllowed);
    }
    assert_eq!(code(desk.as_person(&fourth).disable(second.account), ErrorKind::NotAllowed), Code::ActorNotAllowed);
    support.hand_over(third.account, fourth.account).unwrap();
    assert_eq!(code(desk.as_person(&third).users(&UserQuery::default()), ErrorKind::NotAllowed), Code::ActorNotAllowed);
    assert!(desk.as_person(&fourth).users(&UserQuery::default()).is_ok());
    assert_eq!(code(support.hand_over(third.account, fourth.account), ErrorKind::Invalid), Code::ManagerNot);
    assert_eq!(code(support.hand_over(first.account, first.account), ErrorKind::Invalid), Code::ManagerAlready);
    support.remove_manager(second.account).unwrap();
    support.remove_manager(fourth.account).unwrap();
    assert_eq!(code(support.remove_manager(fourth.account), ErrorKind::Invalid), Code::ManagerNot);
    assert_eq!(code(support.remove_manager(first.account), ErrorKind::Invalid), Code::ManagerLast);
    assert!(desk.agency.session(desk.session(&first.username, GOOD).token.reveal()).unwrap().is_manager);
    use EventKind::*;
    let managers: Vec<EventKind> = desk
        .agency
        .agency_history()
        .unwrap()
        .into_iter()
        .map(|line| line.kind)
        .filter(|kind| matches!(kind, ManagerAdded | ManagerRemoved))
        .collect();
    assert_eq!(managers.iter().filter(|kind| **kind == ManagerAdded).count(), 4);
    assert_eq!(managers.iter().filter(|kind| **kind == ManagerRemoved).count(), 3);
    desk.agency.verify_agency_history().unwrap();
}

pub fn an_account_before_its_staff_record(desk: &Desk) {
    let office = desk.office();
    let staff = desk.staff("Felicia", "Conner");
    let other = desk.staff("Bob", "Adams");
    let unlinked = UserQuery { unlinked_only: true, ..UserQuery::default() };
    assert_eq!(listed(desk, &unlinked), ["Bob Adams", "Felicia Conner"]);
    let party = office.add_party(&new_person("Felicia Conner", Role::OfficeStaff, "")).unwrap().party;
    office.link_account(staff.account, party).unwrap();
    assert_eq!(listed(desk, &unlinked), ["Bob Adams"]);
    assert_eq!(code(office.link_account(staff.account, party), ErrorKind::Invalid), Code::AccountAlreadyLinked);
    assert_eq!(code(office.link_account(other.account, party), ErrorKind::Invalid), Code::AccountExists);
    assert_eq!(desk.agency.party(party).unwrap().account, Some(staff.account));
    assert!(events(desk, staff.account).contains(&EventKind::AccountLinked));
}

pub fn failures_lock_and_the_lock_ends(desk: &Desk) {
    let staff = desk.staff("Felicia", "Conner");
    let session = desk.session(&staff.username, GOOD);
    for _ in 0..4 {
        assert!(matches!(desk.sign_in(&staff.username, "wrong"), SignIn::Refused));
    }
    desk.session(&staff.username, GOOD);
    for _ in 0..5 {
        assert!(matches!(desk.sign_in(&staff.username, "wrong"), SignIn::Refused));
    }
    // Locked: also for the right password, and not for who is signed in (E4).
    desk.clock.advance(Duration::seconds(30) - Duration::milliseconds(1));
    assert!(matches!(desk.sign_in(&staff.username, GOOD), SignIn::Refused));
    assert!(desk.agency.session(session.token.reveal()).is_ok());
    desk.clock.advance(Duration::milliseconds(1));
    assert!(desk.agency.session(session.token.reveal()).is_ok());
    // One more failure doubles the wait.
    assert!(matches!(desk.sign_in(&staff.username, "wrong"), SignIn::Refused));
    desk.clock.advance(Duration::seconds(59));
    assert!(matches!(desk.sign_in(&staff.username, GOOD), SignIn::Refused));
    desk.clock.advance(Duration::seconds(1));
    desk.session(&staff.username, GOOD);
    let reasons = reasons(desk, staff.account);
    assert_eq!(reasons.iter().filter(|reason| *reason == "wrong_password").count(), 10);
    assert_eq!(reasons.iter().filter(|reason| *reason == "locked").count(), 2);
}
