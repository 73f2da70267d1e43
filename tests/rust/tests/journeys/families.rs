//! S3: families and their applications.

use carekey::account::State;
use carekey::agency::{Invitee, NewApplication, NewParty, Redeemed};
use carekey::invitation::{OfficeAction, OnlineAccount};
use carekey::roster::Who;
use carekey::words::{EventKind, MessageKind};
use carekey::{ApplicationId, Code, ErrorKind, Method, PartyId, Resource, Role, Secret, SignIn, Source};
use carekey_tests::desk::{Desk, GOOD, Mail, go_on, new_person, twice};
use time::Duration;

use crate::{code, events, user};

fn family(desk: &Desk, name: &str, email: &str) -> PartyId {
    desk.office().add_party(&new_person(name, Role::Family, email)).unwrap().party
}

fn apply(desk: &Desk, number: &str, family: PartyId) -> ApplicationId {
    let new = NewApplication { number: number.to_owned(), family, submitted_at: None };
    let submitted = desk.office().add_application(&new).unwrap();
    assert_eq!(submitted.findings, []);
    submitted.application
}

fn column(desk: &Desk, number: &str) -> OnlineAccount {
    let rows = desk.office().applications(Some(number), 0, 10).unwrap();
    rows.into_iter().find(|row| row.number == number).expect("the application").online_account
}

fn redeem(desk: &Desk, mail: &Mail, with: &str) -> carekey::Result<Redeemed> {
    desk.agency.redeem_code(&mail.code(), with, None, &Source::UNKNOWN)
}

pub fn invited_lapsed_reinvited_redeemed(desk: &Desk) {
    let (office, agency) = (desk.office(), &desk.agency);
    let garcia = family(desk, "Garcia, Rosa", "rosa@example.com");
    let application = apply(desk, "A-1001", garcia);
    let first = desk.one_mail();
    assert_eq!((first.kind, first.to.as_str()), (MessageKind::Invitation, "rosa@example.com"));
    assert_eq!(column(desk, "A-1001"), OnlineAccount::Action(OfficeAction::Reinvite));
    let item = Invitee::Application(application);
    assert_eq!(code(office.invite(item, None), ErrorKind::Invalid), Code::InvitationAlreadySent);
    assert_eq!(code(office.unlink(item), ErrorKind::Invalid), Code::InvitationNotLinked);
    // A code goes with the contact it was sent to, or the number.
    assert_eq!(code(redeem(desk, &first, "other@example.com"), ErrorKind::Refused), Code::InvitationRefused);

    desk.clock.advance(Duration::days(14));
    assert_eq!(code(redeem(desk, &first, "rosa@example.com"), ErrorKind::Refused), Code::InvitationExpired);
    assert_eq!(code(agency.look_at_invitation(&first.link()), ErrorKind::Refused), Code::InvitationExpired);
    office.reinvite(item, None).unwrap();
    let second = desk.one_mail();
    assert_eq!(code(redeem(desk, &first, "rosa@example.com"), ErrorKind::Refused), Code::InvitationRefused);
    desk.clock.advance(Duration::days(14) - Duration::milliseconds(1));
    let Redeemed::NewAccount { account, username, step } = redeem(desk, &second, " A-1001 ").unwrap() else {
        panic!("a new account")
    };
    assert_eq!(username, "rosa@example.com");
    assert_eq!(column(desk, "A-1001"), OnlineAccount::Linked("rosa@example.com".into()));
    assert_eq!(code(redeem(desk, &second, "rosa@example.com"), ErrorKind::Refused), Code::InvitationRefused);
    assert_eq!(code(office.reinvite(item, None), ErrorKind::Invalid), Code::InvitationAlreadyLinked);
    assert_eq!(user(desk, account).state, State::Invited);
    assert!(matches!(desk.sign_in("rosa@example.com", GOOD), SignIn::Refused));
    let good = Secret::from(GOOD);
    assert!(matches!(agency.choose_password(&step.token, twice(&good), &Source::UNKNOWN).unwrap(), SignIn::Granted(_)));
    assert!(agency.can_see(account, Resource::Application, application).unwrap().allowed);
    use EventKind::{AccountCreated, PasswordSet, SignInRefused, SignedIn};
    assert_eq!(events(desk, account), [AccountCreated, EventKind::Redeemed, SignInRefused, PasswordSet, SignedIn]);
    agency.verify_agency_history().unwrap();
}

/// A family with an account, and their application.
fn joined(desk: &Desk, number: &str, name: &str, email: &str) -> (PartyId, ApplicationId, carekey::AccountId) {
    let party = family(desk, name, email);
    let application = apply(desk, number, party);
    let mail = desk.one_mail();
    let Redeemed::NewAccount { account, step, .. } = redeem(desk, &mail, email).unwrap() else { panic!("new") };
    let good = Secret::from(GOOD);
    assert!(matches!(
        desk.agency.choose_password(&step.token, twice(&good), &Source::UNKNOWN).unwrap(),
        SignIn::Granted(_)
    ));
    (party, application, account)
}

pub fn unlinked_and_invited_under_another_contact(desk: &Desk) {
    let (office, agency) = (desk.office(), &desk.agency);
    let (party, application, account) = joined(desk, "A-1", "Garcia, Rosa", "rosa@example.com");
    let session = desk.session("rosa@example.com", GOOD);
    let item = Invitee::Application(application);
    office.unlink(item).unwrap();
    assert_eq!(desk.one_mail().kind, MessageKind::LinkChanged);
    assert_eq!(code(agency.session(session.token.reveal()), ErrorKind::Refused), Code::SessionEnded);
    assert!(!agency.can_see(account, Resource::Application, application).unwrap().allowed);
    assert_eq!(column(desk, "A-1"), OnlineAccount::Action(OfficeAction::Reinvite));
    assert_eq!(agency.party(party).unwrap().account, None);
    // The account stays.
    desk.session("rosa@example.com", GOOD);

    // Another e-mail comes by the roster; the invitation goes there.
    let file = b"Role,Name,Email\nFamily,\"Garcia, Rosa\",rosa.new@example.com\n";
    // The name alone does not say that it is she: the office does (C4).
    let mut preview = office.preview(carekey::roster::Roster::from_csv(&file[..]).unwrap()).unwrap();
    assert_eq!(preview.rows()[0].maybe, [party]);
    preview.decide(2, Who::Same(party)).unwrap();
    assert_eq!(preview.rows()[0].party, Some(party));
    office.create(&preview, None, &mut |_| std::ops::ControlFlow::Continue(())).unwrap();
    assert_eq!(agency.party(party).unwrap().email.as_deref(), Some("rosa.new@example.com"));
    desk.mail();
    office.reinvite(item, None).unwrap();
    let mail = desk.one_mail();
    assert_eq!(mail.to, "rosa.new@example.com");
    let Redeemed::NewAccount { account: new, username, .. } = redeem(desk, &mail, "rosa.new@example.com").unwrap()
    else {
        panic!("a new account")
    };
    assert_eq!(username, "rosa.new@example.com");
    assert_ne!(new, account);
    assert_eq!(column(desk, "A-1"), OnlineAccount::Linked("rosa.new@example.com".into()));
    assert!(!agency.can_see(account, Resource::Application, application).unwrap().allowed);
    assert!(events(desk, account).contains(&EventKind::Unlinked));
}

pub fn a_second_application_joins_the_account(desk: &Desk) {
    let agency = &desk.agency;
    let (party, first, account) = joined(desk, "A-1", "Garcia, Rosa", "rosa@example.com");
    let second = apply(desk, "A-2", party);
    let mail = desk.one_mail();
    let before = desk.snapshot();
    let view = agency.look_at_invitation(&mail.link()).unwrap();
    assert_eq!((view.agency.as_str(), view.application.as_deref()), ("Harbor Home Care", Some("A-2")));
    assert_eq!(desk.snapshot(), before, "looking uses nothing up");
    // Nobody but the user of the account links it (C6).
    let first_sign_in = agency.redeem_link(&mail.link(), None, &Source::UNKNOWN).unwrap();
    assert!(matches!(first_sign_in, Redeemed::SignInFirst));
    let session = desk.session("rosa@example.com", GOOD).token;
    let linked = agency.redeem_link(&mail.link(), Some(session.reveal()), &Source::UNKNOWN).unwrap();
    assert!(matches!(linked, Redeemed::Linked { account: linked, .. } if linked == account));
    desk.session("rosa@example.com", GOOD);
    for application in [first, second] {
        assert!(agency.can_see(account, Resource::Application, application).unwrap().allowed);
    }
    // One is unlinked, the other stays, and so does the party's account.
    desk.office().unlink(Invitee::Application(first)).unwrap();
    assert!(!agency.can_see(account, Resource::Application, first).unwrap().allowed);
    assert!(agency.can_see(account, Resource::Application, second).unwrap().allowed);
    assert_eq!(agency.party(party).unwrap().account, Some(account));

    // With a session, an invitation to another contact joins the same account.
    let cousin = family(desk, "Garcia, Luz", "luz@example.com");
    desk.mail();
    let third = apply(desk, "A-3", cousin);
    let mail = desk.one_mail();
    let session = desk.session("rosa@example.com", GOOD);
    let token = Some(session.token.reveal());
    let linked = agency.redeem_code(&mail.code(), "luz@example.com", token, &Source::UNKNOWN).unwrap();
    assert!(matches!(linked, Redeemed::Linked { account: linked, .. } if linked == account));
    assert!(agency.can_see(account, Resource::Application, third).unwrap().allowed);
    let found = desk.office().applications(Some("garc"), 0, 10).unwrap();
    assert_eq!(found.len(), 3);
}

pub fn batches_send_nothing_twice(desk: &Desk) {
    let office = desk.office();
    let parties: Vec<PartyId> =
        (0..4).map(|n| family(desk, &format!("Family {n}"), &format!("f{n}@example.com"))).collect();
    let nobody = family(desk, "Nobody Reachable", "");
    let items: Vec<Invitee> = parties.iter().chain([&nobody]).map(|party| Invitee::Party(*party)).collect();
    let unknown = Invitee::Party(PartyId(uuid::Uuid::from_u128(77)));
    let items = [items.as_slice(), &[unknown]].concat();
    let rows = office.batch(OfficeAction::Invite, &items, None, desk.clock.now(), &mut go_on).unwrap();
    assert_eq!(rows.iter().map(|row| row.done).collect::<Vec<_>>(), [true, true, true, true, false, false]);
    assert_eq!(rows[4].findings[0].code, Code::InvitationNoContact);
    assert_eq!(rows[5].findings[0].code, Code::PartyNotFound);
    assert_eq!(desk.mail().len(), 4);
    let again = office.batch(OfficeAction::Invite, &items, None, desk.clock.now(), &mut go_on).unwrap();
    assert!(again.iter().all(|row| !row.done));
    assert_eq!(again[0].findings[0].code, Code::InvitationAlreadySent);
    assert!(desk.mail().is_empty());
    // By a method that nobody has a contact for. What the office looks at is newer.
    desk.clock.advance(Duration::MILLISECOND);
    let by_sms =
        office.batch(OfficeAction::Reinvite, &items[..2], Some(Method::Sms), desk.clock.now(), &mut go_on).unwrap();
    assert!(by_sms.iter().all(|row| row.findings[0].code == Code::InvitationNoContact), "{by_sms:?}");
    assert!(desk.mail().is_empty());
    assert!(
        office
            .batch(OfficeAction::Reinvite, &items[..4], None, desk.clock.now(), &mut go_on)
            .unwrap()
            .iter()
            .all(|row| row.done)
    );
    for mail in desk.mail() {
        redeem(desk, &mail, &mail.to.clone()).unwrap();
    }
    let unlink = office.batch(OfficeAction::Unlink, &items, None, desk.clock.now(), &mut go_on).unwrap();
    assert_eq!(unlink.iter().filter(|row| row.done).count(), 4);
    assert_eq!(unlink[4].findings[0].code, Code::InvitationNotLinked);
    let again = office.batch(OfficeAction::Unlink, &items[..4], None, desk.clock.now(), &mut go_on).unwrap();
    assert!(again.iter().all(|row| !row.done && row.findings[0].code == Code::InvitationNotLinked));
}

pub fn by_sms_to_a_phone(desk: &Desk) {
    let new = NewParty {
        phone: Some("(519) 464-8540".into()),
        preferred: Some(Method::Sms),
        locale: Some(carekey::Locale::Spanish),
        ..new_person("Garcia, Rosa", Role::Family, "rosa@example.com")
    };
    let party = desk.office().add_party(&new).unwrap().party;
    apply(desk, "A-1", party);
    let mail = desk.one_mail();
    assert_eq!((mail.method, mail.to.as_str()), (Method::Sms, "+15194648540"));
    let Redeemed::NewAccount { username, step, .. } = redeem(desk, &mail, "519-464-8540").unwrap() else {
        panic!("a new account")
    };
    let good = Secret::from(GOOD);
    let _ = desk.agency.choose_password(&step.token, twice(&good), &Source::UNKNOWN).unwrap();
    assert_eq!(username, "+15194648540");
    desk.session("+1 (519) 464-8540", GOOD);
    assert_eq!(column(desk, "A-1"), OnlineAccount::Linked("+15194648540".into()));
}

pub fn looking_and_slips_use_nothing_up(desk: &Desk) {
    let party = family(desk, "Garcia, Rosa", "rosa@example.com");
    apply(desk, "A-1", party);
    let mail = desk.one_mail();
    let mut slip = mail.code().into_bytes();
    slip[0] = if slip[0] == b'7' { b'8' } else { b'7' };
    let slip = String::from_utf8(slip).unwrap();
    let before = desk.snapshot();
    for _ in 0..20 {
        desk.agency.look_at_invitation(&mail.link()).unwrap();
        let slipped = desk.agency.redeem_code(&slip, "rosa@example.com", None, &Source::UNKNOWN);
        assert_eq!(code(slipped, ErrorKind::Invalid), Code::CodeMistyped);
        let short = desk.agency.redeem_code("7K3Q0", "rosa@example.com", None, &Source::UNKNOWN);
        assert_eq!(code(short, ErrorKind::Invalid), Code::CodeMalformed);
    }
    assert_eq!(desk.snapshot(), before);
    // Typed in small letters, without the hyphen.
    let typed = mail.code().to_lowercase().replace('-', " ");
    let redeemed = desk.agency.redeem_code(&typed, "ROSA@example.com", None, &Source::UNKNOWN).unwrap();
    assert!(matches!(redeemed, Redeemed::NewAccount { .. }));
}
