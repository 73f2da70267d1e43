//! S0: one caregiver, and caregivers in bulk.

use std::ops::ControlFlow;

use carekey::account::State;
use carekey::agency::RowOutcome;
use carekey::roster::{Roster, RowState};
use carekey::words::{EventKind, MessageKind, MessageState};
use carekey::{Code, Credentials, ErrorKind, Role, Secret, SignIn, Source};
use carekey_tests::desk::{Desk, GOOD, answers, new_person, twice};
use time::Duration;

use crate::{code, events, user};

pub fn one_caregiver_from_the_link_to_portal_and_app(desk: &Desk) {
    let office = desk.office();
    let agency = &desk.agency;
    let added = office.add_party(&new_person("Wright, Sue", Role::Caregiver, "Sue.Wright@Example.com")).unwrap();
    assert!(added.enrolled.is_none(), "only clients are enrolled by being added");
    assert!(desk.mail().is_empty());

    // The username must be the e-mail address.
    let error = office.create_account(added.party, Role::Caregiver, Some("swright")).unwrap_err();
    assert_eq!((error.kind, error.code), (ErrorKind::Invalid, Code::UsernameNotEmail));
    assert_eq!(error.findings[0].suggestion.as_deref(), Some("Sue.Wright@Example.com"));
    let enrolled = office.create_account(added.party, Role::Caregiver, Some("sue.wright@example.com")).unwrap();
    let account = enrolled.account.unwrap();
    assert_eq!(user(desk, account).state, State::Invited);
    assert_eq!(
        code(office.create_account(added.party, Role::Caregiver, None), ErrorKind::Invalid),
        Code::AccountExists
    );

    // Nothing but the link opens an account that was invited.
    assert!(matches!(desk.sign_in("sue.wright@example.com", GOOD), SignIn::Refused));
    let mail = desk.one_mail();
    assert_eq!((mail.kind, mail.to.as_str()), (MessageKind::Activation, "Sue.Wright@Example.com"));
    let link = mail.link();
    for _ in 0..3 {
        assert_eq!(agency.activation(&link).unwrap(), enrolled.username.clone().unwrap(), "looking uses nothing up");
    }

    // What fails leaves the link open; all that is wrong comes at once.
    let bad = Secret::from("sue");
    let error = agency.activate(&link, twice(&bad), &Source::UNKNOWN).unwrap_err();
    let codes: Vec<Code> = error.findings.iter().map(|finding| finding.code).collect();
    for expected in [Code::PasswordTooShort, Code::PasswordNoDigit, Code::PasswordNoUpper, Code::PasswordNoSpecial] {
        assert!(codes.contains(&expected), "{expected} is missing among {codes:?}");
    }
    let good = Secret::from(GOOD);
    assert_eq!(agency.activate(&link, twice(&good), &Source::UNKNOWN).unwrap(), State::QuestionsDue);
    assert_eq!(code(agency.activate(&link, twice(&good), &Source::UNKNOWN), ErrorKind::Refused), Code::StepRefused);
    assert_eq!(code(agency.activation(&link), ErrorKind::Refused), Code::StepRefused);

    // Three questions before the account is active.
    let SignIn::SetQuestions(step) = desk.sign_in("SUE.WRIGHT@example.com", GOOD) else { panic!("questions are due") };
    let error = agency.set_questions(&step.token, &answers()[..2], &Source::UNKNOWN).unwrap_err();
    assert_eq!(error.code, Code::QuestionsCount);
    assert_eq!(user(desk, account).state, State::QuestionsDue);
    let SignIn::Granted(portal) = agency.set_questions(&step.token, &answers(), &Source::UNKNOWN).unwrap() else {
        panic!("signed in after the questions")
    };
    assert_eq!(
        code(agency.set_questions(&step.token, &answers(), &Source::UNKNOWN), ErrorKind::Refused),
        Code::StepRefused
    );
    assert_eq!(user(desk, account).state, State::Active);

    // Portal and app at once; the app is remembered.
    let credentials = Credentials { username: "sue.wright@example.com", password: &good, remember: true, device: None };
    let SignIn::Granted(app) = agency.sign_in(&credentials, &Source::new("app")).unwrap() else { panic!("signed in") };
    assert_eq!(app.expires_at - portal.expires_at, Duration::days(30) - Duration::hours(12));
    for token in [&portal.token, &app.token] {
        let signed_in = agency.session(token.reveal()).unwrap();
        assert_eq!((signed_in.account, signed_in.party, signed_in.is_manager), (account, Some(added.party), false));
    }
    desk.clock.advance(Duration::minutes(15));
    assert_eq!(code(agency.session(portal.token.reveal()), ErrorKind::Refused), Code::SessionEnded);
    assert!(agency.session(app.token.reveal()).is_ok());
    desk.clock.advance(Duration::days(30) - Duration::minutes(15) - Duration::milliseconds(1));
    assert!(agency.session(app.token.reveal()).is_ok());
    agency.sign_out(app.token.reveal(), &Source::UNKNOWN).unwrap();
    assert_eq!(code(agency.session(app.token.reveal()), ErrorKind::Refused), Code::SessionEnded);
    agency.sign_out(app.token.reveal(), &Source::UNKNOWN).unwrap();

    use EventKind::*;
    assert_eq!(
        events(desk, account),
        [
            AccountCreated,
            SignInRefused,
            PasswordSet,
            ContactProven,
            SignInStep,
            QuestionsSet,
            SignedIn,
            SignedIn,
            SignedOut
        ]
    );
    assert!(desk.mail().is_empty());
    assert!(office.messages(Some(MessageState::Waiting), 0, 9).unwrap().is_empty());
}

pub fn caregivers_in_bulk(desk: &Desk) {
    let file = "Role,Person / Company,Username,Email,Cell\n\
        Caregiver,\"Taming, Sue (Sue W)\",sue@example.com,sue@example.com,\n\
        Caregiver,\"Dawson, Becky\",other@example.com,becky@example.com,\n\
        Caregiver,\"Captian, Les\",,les@gmial.com,\n\
        Caregiver,\"Petterson, Jillian\",jillian@example.com,jillian@example.com,\n\
        Caregiver,\"James, Rick\",jillian@example.com,jillian@example.com,\n\
        Caregiver,\"Pearson, Jane\",,,\n\
        Human Resources,\"Smit, June\",,june@example.com,\n";
    let office = desk.office();
    let before = desk.snapshot();
    let preview = office.preview(Roster::from_csv(file.as_bytes()).unwrap()).unwrap();
    assert_eq!(desk.snapshot(), before, "a preview writes nothing");
    let states: Vec<RowState> = preview.rows().iter().map(|row| row.state()).collect();
    assert_eq!(states[0], RowState::Pass);
    assert_ne!(states[1], RowState::Pass);
    assert_eq!(states[2], RowState::Pass, "a slip is a warning");
    assert_eq!(states[3], RowState::Pass, "the earlier row wins");
    assert_ne!(states[4], RowState::Pass);
    assert_eq!(states[5], RowState::Fail);
    assert_eq!(states[6], RowState::Pass);
    let groups = preview.by_role();
    assert_eq!(groups.iter().map(|group| group.rows.len()).collect::<Vec<_>>(), [6, 1]);

    let mut steps = Vec::new();
    let report = office
        .create(&preview, None, &mut |progress| {
            steps.push((progress.done, progress.total));
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(steps.last(), Some(&(7, 7)));
    assert_eq!(report.rows.len(), 7);
    let created: Vec<bool> = report.rows.iter().map(|row| row.outcome == RowOutcome::Created).collect();
    assert_eq!(created, states.iter().map(|state| *state == RowState::Pass).collect::<Vec<_>>());
    let mail = desk.mail();
    assert_eq!(mail.len(), 4);
    assert!(mail.iter().all(|mail| mail.kind == MessageKind::Activation));
    let to = |address: &str| mail.iter().find(|mail| mail.to == address);
    assert!(to("les@gmial.com").is_some(), "never a silent change");

    let good = Secret::from(GOOD);
    assert_eq!(
        desk.agency.activate(&to("june@example.com").unwrap().link(), twice(&good), &Source::UNKNOWN).unwrap(),
        State::QuestionsDue
    );
    let account = report.rows[6].account.unwrap();
    use EventKind::*;
    assert_eq!(events(desk, account), [AccountCreated, PasswordSet, ContactProven]);
    desk.agency.verify_agency_history().unwrap();
}

pub fn a_link_sent_again(desk: &Desk) {
    let office = desk.office();
    let party = office.add_party(&new_person("Jean Jackson", Role::Caregiver, "jean@example.com")).unwrap().party;
    let account = office.create_account(party, Role::Caregiver, None).unwrap().account.unwrap();
    let first = desk.one_mail().link();
    desk.clock.advance(Duration::days(14));
    assert_eq!(code(desk.agency.activation(&first), ErrorKind::Refused), Code::StepRefused);
    office.send_again(account).unwrap();
    let second = desk.one_mail().link();
    office.send_again(account).unwrap();
    let third = desk.one_mail().link();
    let good = Secret::from(GOOD);
    for dead in [&first, &second] {
        assert_eq!(
            code(desk.agency.activate(dead, twice(&good), &Source::UNKNOWN), ErrorKind::Refused),
            Code::StepRefused
        );
    }
    office.disable(account).unwrap();
    assert_eq!(
        code(desk.agency.activate(&third, twice(&good), &Source::UNKNOWN), ErrorKind::Refused),
        Code::StepRefused
    );
    assert_eq!(code(office.send_again(account), ErrorKind::Invalid), Code::AccountDisabled);
    office.enable(account).unwrap();
    office.send_again(account).unwrap();
    let last = desk.one_mail().link();
    desk.clock.advance(Duration::days(14) - Duration::milliseconds(1));
    assert_eq!(desk.agency.activate(&last, twice(&good), &Source::UNKNOWN).unwrap(), State::QuestionsDue);
    assert_eq!(code(office.send_again(account), ErrorKind::Invalid), Code::AccountActive);
}
