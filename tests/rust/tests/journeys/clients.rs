//! S1 and S4: a client, and those who are tied to one.

use carekey::account::State;
use carekey::agency::{NewTie, Whose};
use carekey::words::{EventKind, MessageKind};
use carekey::{Code, ErrorKind, PartyId, Resource, Role, Secret, SignIn, Source, TieKind};
use carekey_tests::desk::{Desk, GOOD, OTHER, answers, new_person, org, twice};
use time::Duration;

use crate::{code, events, reasons, user};

pub fn a_client_from_the_one_time_password_to_a_session(desk: &Desk) {
    let agency = &desk.agency;
    let added = desk.office().add_party(&new_person("Ann Client", Role::Client, "ann@example.com")).unwrap();
    let account = added.enrolled.unwrap().account.unwrap();
    assert_eq!(user(desk, account).state, State::PasswordDue);
    let mail = desk.one_mail();
    assert_eq!((mail.kind, mail.to.as_str()), (MessageKind::Registration, "ann@example.com"));
    let temporary = mail.password();
    assert!(temporary.reveal().chars().count() >= 12);

    assert!(matches!(desk.sign_in("ann@example.com", "nonsense"), SignIn::Refused));
    let SignIn::ChangePassword(step) = desk.sign_in("ann@example.com", temporary.reveal()) else {
        panic!("the temporary password opens the change")
    };
    // The step is no session, and a password of one's own is asked for.
    assert_eq!(code(agency.session(step.token.reveal()), ErrorKind::Refused), Code::SessionEnded);
    let same = agency.choose_password(&step.token, twice(&temporary), &Source::UNKNOWN).unwrap_err();
    assert_eq!(same.code, Code::PasswordSameAsCurrent);
    let (good, other) = (Secret::from(GOOD), Secret::from(OTHER));
    let apart = carekey::NewPassword { new: &good, confirm: &other };
    assert_eq!(
        code(agency.choose_password(&step.token, apart, &Source::UNKNOWN), ErrorKind::Invalid),
        Code::PasswordNotConfirmed
    );
    let SignIn::SetQuestions(questions) = agency.choose_password(&step.token, twice(&good), &Source::UNKNOWN).unwrap()
    else {
        panic!("questions are due")
    };
    assert_eq!(
        code(agency.choose_password(&step.token, twice(&good), &Source::UNKNOWN), ErrorKind::Refused),
        Code::StepRefused
    );
    assert!(matches!(desk.sign_in("ann@example.com", temporary.reveal()), SignIn::Refused));
    let SignIn::Granted(session) = agency.set_questions(&questions.token, &answers(), &Source::UNKNOWN).unwrap() else {
        panic!("signed in")
    };
    assert!(agency.session(session.token.reveal()).is_ok());

    // Changing the password ends the other session, and this one goes on.
    let elsewhere = desk.session("ann@example.com", GOOD);
    let wrong = Secret::from("nonsense");
    assert_eq!(
        code(
            agency.change_password(session.token.reveal(), &wrong, twice(&other), &Source::UNKNOWN),
            ErrorKind::Invalid
        ),
        Code::PasswordCurrentWrong
    );
    let new = agency.change_password(session.token.reveal(), &good, twice(&other), &Source::UNKNOWN).unwrap();
    for ended in [&session.token, &elsewhere.token] {
        assert_eq!(code(agency.session(ended.reveal()), ErrorKind::Refused), Code::SessionEnded);
    }
    assert_eq!(agency.session(new.token.reveal()).unwrap().account, account);
    assert_eq!(desk.one_mail().kind, MessageKind::PasswordChanged);
    assert!(matches!(desk.sign_in("ann@example.com", GOOD), SignIn::Refused));
    desk.session("ann@example.com", OTHER);
    use EventKind::*;
    assert_eq!(
        events(desk, account),
        [
            AccountCreated,
            SignInRefused,
            ContactProven,
            SignInStep,
            PasswordSet,
            SignInStep,
            QuestionsSet,
            SignedIn,
            SignInRefused,
            SignedIn,
            // The current password was wrong.
            SignInRefused,
            PasswordSet,
            SignInRefused,
            SignedIn
        ]
    );
    assert_eq!(reasons(desk, account), ["wrong_password"; 4]);
}

pub fn an_expired_one_time_password_and_a_new_one(desk: &Desk) {
    let added = desk.office().add_party(&new_person("Ann Client", Role::Client, "ann@example.com")).unwrap();
    let account = added.enrolled.unwrap().account.unwrap();
    let first = desk.one_mail().password();
    desk.clock.advance(Duration::days(7) - Duration::milliseconds(1));
    assert!(matches!(desk.sign_in("ann@example.com", first.reveal()), SignIn::ChangePassword(_)));
    desk.clock.advance(Duration::milliseconds(1));
    assert!(matches!(desk.sign_in("ann@example.com", first.reveal()), SignIn::Refused));
    assert_eq!(reasons(desk, account), ["expired"]);
    desk.office().send_again(account).unwrap();
    let second = desk.one_mail().password();
    assert_ne!(first.reveal(), second.reveal());
    assert!(matches!(desk.sign_in("ann@example.com", first.reveal()), SignIn::Refused));
    assert!(matches!(desk.sign_in("ann@example.com", second.reveal()), SignIn::ChangePassword(_)));
}

fn tie(kind: TieKind, who: PartyId, of: PartyId) -> NewTie {
    NewTie { kind, who, of, begins_at: None, ends_at: None, reference: None }
}

pub fn ties_enrol_and_open_what_the_matrix_says(desk: &Desk) {
    let office = desk.office();
    let agency = &desk.agency;
    let client = desk.client("Ann Client", "ann@example.com");
    let other = desk.client("Oto Other", "oto@example.com");
    let (ann, oto) = (client.party.unwrap(), other.party.unwrap());
    let add = |new| office.add_party(&new).unwrap().party;
    let tom = add(new_person("Tom Contact", Role::Contact, "tom@example.com"));
    let pay = add(org("Pay Well", Role::Organization, "pay@example.com"));
    let home = add(org("Sunny Home", Role::Organization, "home@example.com"));
    let mut accounts = Vec::new();
    let mut ties = Vec::new();
    for (kind, who, address, role) in [
        (TieKind::EmergencyContact, tom, "tom@example.com", Role::EmergencyContact),
        (TieKind::Payer, pay, "pay@example.com", Role::Payer),
        (TieKind::Community, home, "home@example.com", Role::Community),
    ] {
        let tied = office.relate(&tie(kind, who, ann)).unwrap();
        let enrolled = tied.enrolled.expect("the tie enrols");
        assert_eq!(enrolled.findings, []);
        assert!(agency.party(who).unwrap().roles.contains(&role));
        assert_eq!(code(office.relate(&tie(kind, who, ann)), ErrorKind::Invalid), Code::TieDuplicate);
        desk.finish(address);
        accounts.push(enrolled.account.unwrap());
        ties.push(tied.tie);
        // A second client's tie enrols nobody twice.
        assert_eq!(office.relate(&tie(kind, who, oto)).unwrap().enrolled.map(|it| it.account), None);
        assert!(desk.mail().is_empty());
    }
    let [contact, payer, community] = accounts[..] else { unreachable!() };
    let see = |viewer, resource, of: PartyId| agency.can_see(viewer, resource, of).unwrap().allowed;
    for of in [ann, oto] {
        for viewer in [contact, payer, community] {
            assert!(see(viewer, Resource::Calendar, of));
            assert!(see(viewer, Resource::Invoices, of));
            assert!(!see(viewer, Resource::ServicePlan, of));
        }
        assert!(see(contact, Resource::Dashboard, of) && !see(payer, Resource::Dashboard, of));
    }
    let never = agency.can_see(payer, Resource::ServicePlan, ann).unwrap();
    assert_eq!(never.because[0].code, Code::HiddenNever);
    assert!(see(client.account, Resource::ServicePlan, ann) && !see(client.account, Resource::ServicePlan, oto));
    let seen = agency.seen_by(Resource::Calendar, ann).unwrap();
    let mut viewers: Vec<_> = seen.iter().map(|(account, _)| *account).collect();
    viewers.sort();
    let mut expected = vec![client.account, contact, payer, community];
    expected.sort();
    assert_eq!(viewers, expected);
    let sights = agency.sees(community).unwrap();
    assert!(sights.iter().any(|sight| sight.resource == Resource::Calendar && sight.of == Whose::Party(oto)));

    // What a tie allowed is over with it, and a disabled account sees nothing.
    office.end_tie(ties[1], None).unwrap();
    assert_eq!(code(office.end_tie(ties[1], None), ErrorKind::Invalid), Code::TieEnded);
    assert!(!see(payer, Resource::Invoices, ann) && see(payer, Resource::Invoices, oto));
    assert_eq!(agency.can_see(payer, Resource::Invoices, ann).unwrap().because[0].code, Code::HiddenNoTie);
    office.disable(contact).unwrap();
    assert!(!see(contact, Resource::Calendar, ann));
    assert_eq!(agency.seen_by(Resource::Calendar, ann).unwrap().len(), 2);
    // The same again, after the end.
    office.relate(&tie(TieKind::Payer, pay, ann)).unwrap();
    assert!(see(payer, Resource::Invoices, ann));
    agency.verify_agency_history().unwrap();
}

pub fn ties_of_all_sorts(desk: &Desk) {
    let office = desk.office();
    let add = |new| office.add_party(&new).unwrap().party;
    let ann = add(new_person("Ann Client", Role::Client, ""));
    let ben = add(new_person("Ben Client", Role::Client, ""));
    let cat = add(new_person("Cat Care", Role::Caregiver, "cat@example.com"));
    let firm = add(org("Acme", Role::Organization, "acme@example.com"));
    let refused = |kind, who, of| code(office.relate(&tie(kind, who, of)), ErrorKind::Invalid);
    assert_eq!(refused(TieKind::Individual, ann, ann), Code::TieToItself);
    assert_eq!(refused(TieKind::OrganizationAssociated, ben, ann), Code::TieUnfit);
    assert_eq!(refused(TieKind::EmergencyContact, firm, ann), Code::TieUnfit);
    assert_eq!(refused(TieKind::Manager, cat, ann), Code::TieUnfit);
    // Both ways, in circles, and several kinds at once.
    for (kind, who, of) in [
        (TieKind::Individual, ann, ben),
        (TieKind::Individual, ben, ann),
        (TieKind::Individual, cat, ann),
        (TieKind::Individual, ben, cat),
        (TieKind::Guardian, ben, ann),
        (TieKind::Caregiver, cat, ann),
        (TieKind::PossiblePayer, firm, ann),
        (TieKind::OrganizationAssociated, firm, cat),
    ] {
        let tied = office.relate(&tie(kind, who, of)).unwrap();
        assert!(tied.enrolled.is_none(), "{kind} enrols nobody");
    }
    assert_eq!(refused(TieKind::Guardian, ben, ann), Code::TieDuplicate);
    // Dated ties: one after the other, not one within the other.
    let now = desk.clock.now();
    let dated = |from: i64, until: i64| NewTie {
        begins_at: Some(now + Duration::days(from)),
        ends_at: Some(now + Duration::days(until)),
        ..tie(TieKind::PossiblePayer, firm, ben)
    };
    office.relate(&dated(1, 3)).unwrap();
    office.relate(&dated(3, 5)).unwrap();
    assert_eq!(code(office.relate(&dated(4, 6)), ErrorKind::Invalid), Code::TieDuplicate);
    assert_eq!(code(office.relate(&dated(9, 8)), ErrorKind::Invalid), Code::TieEndsBeforeItBegins);
    let unknown = PartyId(uuid::Uuid::from_u128(9));
    assert_eq!(code(office.relate(&tie(TieKind::Payer, unknown, ann)), ErrorKind::NotFound), Code::PartyNotFound);
}

pub fn grants_and_roles(desk: &Desk) {
    let office = desk.office();
    let agency = &desk.agency;
    let ann = desk.client("Ann Client", "ann@example.com").party.unwrap();
    let staff = desk.staff("Olga", "Office");
    let party =
        office.add_party(&new_person("Olga Office", Role::OfficeStaff, "olga.record@example.com")).unwrap().party;
    office.link_account(staff.account, party).unwrap();
    let sees = || agency.can_see(staff.account, Resource::ServicePlan, ann).unwrap().allowed;
    assert!(!sees());
    let grant = office
        .grant(party, Resource::ServicePlan, Some(ann.0), Some(desk.clock.now() + time::Duration::days(30)), None)
        .unwrap();
    assert!(sees());
    assert_eq!(code(office.grant(ann, Resource::Invoices, None, None, None), ErrorKind::Invalid), Code::GrantNotStaff);
    // *Never* wins over the grant.
    let tied = office.relate(&tie(TieKind::EmergencyContact, party, ann)).unwrap();
    assert!(!sees());
    office.end_tie(tied.tie, None).unwrap();
    office.set_roles(party, &[Role::OfficeStaff].into()).unwrap();
    assert!(sees());
    office.end_grant(grant, None).unwrap();
    assert!(!sees());
    let (staff_events, kinds) = (events(desk, staff.account), [EventKind::GrantAdded, EventKind::GrantEnded]);
    assert!(kinds.iter().all(|kind| staff_events.contains(kind)));
    assert!(staff_events.contains(&EventKind::RolesChanged));
}
