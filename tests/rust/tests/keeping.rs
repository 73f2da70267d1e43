//! What the office does to keep its accounts in order: the bulk window, the
//! access review, tidying up, deleting a person, batches sent twice, what users
//! write to the owner, and corrections of contacts.

use std::collections::BTreeSet;

use carekey::account::State;
use carekey::agency::{
    BatchRow, Edit, Invitee, NewApplication, NewParty, NewTie, PartyEdit, Redeemed, ReviewKind, RowOutcome, UserQuery,
    WindowGroup,
};
use carekey::invitation::OfficeAction;
use carekey::roster::Roster;
use carekey::store::record;
use carekey::words::{EventKind, MessageKind, MessageState};
use carekey::{Code, Locale, Method, PartyId, Resource, Role, Secret, SignIn, Source, TieKind};
use carekey_tests::desk::{Desk, GOOD, OTHER, go_on, new_person, new_staff, quick, sign_in, twice};
use time::Duration;

mod kept {
    carekey_tests::on_every_store! { super::quick();
        the_bulk_window_by_role, two_who_share_an_account_both_show_it, the_access_review,
        what_is_over_is_tidied_up, what_stays_keeps_nothing_from_being_tidied_up,
        a_deleted_person_leaves_their_history_and_their_name,
        waiting_messages_go_with_whom_they_are_about, the_last_manager_is_not_deleted,
        an_account_that_is_anothers_too_stays_theirs, a_batch_sent_twice_sends_nothing_twice,
        what_users_write_to_the_owner, a_correction_taken_back_leaves_nothing_good,
        an_objection_reaches_the_office_whoever_is_first, a_review_shows_both_contacts,
        a_user_is_written_to_in_their_language,
    }
    use super::*;
}

const NOWHERE: &Source = &Source::UNKNOWN;

fn family(desk: &Desk, name: &str, email: &str) -> PartyId {
    desk.office().add_party(&new_person(name, Role::Family, email)).unwrap().party
}

/// A family with an active account; the party and its session.
fn joined(desk: &Desk, name: &str, email: &str) -> (PartyId, carekey::AccountId, Secret) {
    let party = family(desk, name, email);
    desk.office().invite(Invitee::Party(party), None).unwrap();
    let mail = desk.one_mail();
    let redeemed = desk.agency.redeem_code(&mail.code(), email, None, NOWHERE).unwrap();
    let Redeemed::NewAccount { account, step, .. } = redeemed else { panic!("a new account") };
    let good = Secret::from(GOOD);
    let SignIn::Granted(session) = desk.agency.choose_password(&step.token, twice(&good), NOWHERE).unwrap() else {
        panic!("granted")
    };
    (party, account, session.token)
}

fn group(groups: &[WindowGroup], role: Role) -> &WindowGroup {
    groups.iter().find(|group| group.role == role).expect("the role")
}

fn names(group: &WindowGroup) -> Vec<&str> {
    group.rows.iter().map(|row| row.display_name.as_str()).collect()
}

fn the_bulk_window_by_role(desk: &Desk) {
    desk.cheap_hashes();
    let office = desk.office();
    let sue = desk.caregiver("Wright, Sue", "sue@example.com");
    office.set_note(sue.account, "nights only").unwrap();
    let both = NewParty {
        roles: [Role::Caregiver, Role::HumanResources].into(),
        phone: Some("(519) 464-8540".into()),
        ..new_person("Adams, Bo", Role::Caregiver, "")
    };
    office.add_party(&both).unwrap();
    let ann = desk.client("Client, Ann", "ann@example.com");
    office.disable(ann.account).unwrap();
    let gone = office.add_party(&new_person("Zed, Gone", Role::Caregiver, "")).unwrap().party;
    office.delete_party(gone).unwrap();

    let groups = office.window(0, 100).unwrap();
    let roles: Vec<(Role, u64)> = groups.iter().map(|group| (group.role, group.total)).collect();
    let expected: Vec<(Role, u64)> = Role::ALL
        .iter()
        .filter_map(|role| match role {
            Role::Client => Some((*role, 1)),
            Role::Caregiver => Some((*role, 2)),
            Role::HumanResources => Some((*role, 1)),
            _ => None,
        })
        .collect();
    assert_eq!(roles, expected, "only roles that someone has, with how many");
    let caregivers = group(&groups, Role::Caregiver);
    assert_eq!(names(caregivers), ["Bo Adams", "Sue Wright"]);
    let [bo, wright] = caregivers.rows.as_slice() else { panic!("two") };
    assert_eq!((bo.username.as_deref(), bo.account, bo.state), (None, None, None));
    assert_eq!((bo.email.as_deref(), bo.phone.as_deref()), (None, Some("(519) 464-8540")));
    assert_eq!((wright.account, wright.state), (Some(sue.account), Some(State::Active)));
    assert_eq!((wright.username.as_deref(), wright.note.as_deref()), (Some("sue@example.com"), Some("nights only")));
    assert_eq!(group(&groups, Role::Client).rows[0].state, Some(State::Disabled));
    // In pages, each with the number of all.
    let second = office.window(1, 1).unwrap();
    assert_eq!(
        (group(&second, Role::Caregiver).total, names(group(&second, Role::Caregiver))),
        (2, vec!["Sue Wright"])
    );
    assert_eq!((group(&second, Role::Client).total, group(&second, Role::Client).rows.len()), (1, 0));
    assert_eq!(desk.as_person(&sue).window(0, 1).unwrap_err().code, Code::ActorNotAllowed);
}

fn two_who_share_an_account_both_show_it(desk: &Desk) {
    desk.cheap_hashes();
    let (_, account, session) = joined(desk, "Garcia, Rosa", "rosa@example.com");
    let luz = family(desk, "Garcia, Luz", "luz@example.com");
    desk.office().invite(Invitee::Party(luz), None).unwrap();
    let code = desk.one_mail().code();
    desk.agency.redeem_code(&code, "luz@example.com", Some(session.reveal()), NOWHERE).unwrap();
    let groups = desk.office().window(0, 10).unwrap();
    let accounts: Vec<_> = group(&groups, Role::Family).rows.iter().map(|row| row.account).collect();
    assert_eq!(accounts, [Some(account), Some(account)]);
}

fn the_access_review(desk: &Desk) {
    desk.cheap_hashes();
    let office = desk.office();
    let review = |desk: &Desk| -> Vec<(ReviewKind, String)> {
        let items = desk.office().review(90).unwrap();
        items.into_iter().map(|item| (item.kind, item.names.join(" & "))).collect()
    };
    assert_eq!(review(desk), []);
    let sue = desk.caregiver("Wright, Sue", "sue@example.com");
    let manager = desk.manager("Mia", "First");
    let ida = office.add_party(&new_person("Idle, Ida", Role::Caregiver, "shared@example.com")).unwrap().party;
    let idle = office.create_account(ida, Role::Caregiver, None).unwrap().account.unwrap();
    let with_phone = |name: &str, email: &str| NewParty {
        phone: Some("(519) 464-8540".into()),
        ..new_person(name, Role::Contact, email)
    };
    office.add_party(&with_phone("Same, Tom", "SHARED@example.com")).unwrap();
    office.add_party(&with_phone("Same, Tim", "")).unwrap();
    let rosa = family(desk, "Garcia, Rosa", "rosa@example.com");
    let new = NewApplication { number: "A-1".into(), family: rosa, submitted_at: None };
    let application = office.add_application(&new).unwrap().application;
    desk.mail();
    let was = |kind: ReviewKind, name: &str| (kind, name.to_owned());
    let shared =
        [was(ReviewKind::SharedEmail, "Ida Idle & Tom Same"), was(ReviewKind::SharedPhone, "Tom Same & Tim Same")];
    let sorted = |mut items: Vec<(ReviewKind, String)>| {
        // Those who share stand in the order of their ids.
        for (_, names) in &mut items {
            let mut each: Vec<&str> = names.split(" & ").collect();
            each.sort_unstable();
            *names = each.join(" & ");
        }
        items
    };
    let shared = sorted(shared.to_vec());
    assert_eq!(sorted(review(desk)), [&[was(ReviewKind::NotActivated, "Ida Idle")], &shared[..]].concat());

    // Fourteen days on, the invitation is stale; sent again, it is not.
    desk.clock.advance(Duration::days(14) - Duration::MILLISECOND);
    assert!(!review(desk).contains(&was(ReviewKind::StaleInvitation, "Rosa Garcia")));
    desk.clock.advance(Duration::MILLISECOND);
    assert!(review(desk).contains(&was(ReviewKind::StaleInvitation, "Rosa Garcia")));
    let stale = office.review(90).unwrap().into_iter().find(|item| item.kind == ReviewKind::StaleInvitation).unwrap();
    assert_eq!((stale.application, stale.since), (Some(application), Some(desk.clock.now())));
    office.reinvite(Invitee::Application(application), None).unwrap();
    assert!(!review(desk).contains(&was(ReviewKind::StaleInvitation, "Rosa Garcia")));
    let code = desk.one_mail().code();
    desk.clock.advance(Duration::days(1));
    desk.agency.redeem_code(&code, "rosa@example.com", None, NOWHERE).unwrap();
    desk.clock.advance(Duration::days(20));
    assert!(!review(desk).iter().any(|(kind, _)| *kind == ReviewKind::StaleInvitation), "redeemed");

    // No role left, for a person and not for a manager without a record.
    office.set_roles(sue.party.unwrap(), &BTreeSet::new()).unwrap();
    let no_role: Vec<_> = review(desk).into_iter().filter(|(kind, _)| *kind == ReviewKind::NoRole).collect();
    assert_eq!(no_role, [was(ReviewKind::NoRole, "Sue Wright")]);

    // Ninety days without a sign-in; who signs in is in use.
    desk.session(&manager.username, GOOD);
    desk.clock.advance(Duration::days(90) - Duration::MILLISECOND);
    let unused = |desk: &Desk| -> Vec<String> {
        review(desk).into_iter().filter(|(kind, _)| *kind == ReviewKind::Unused).map(|(_, name)| name).collect()
    };
    assert_eq!(unused(desk), ["Sue Wright"]);
    desk.clock.advance(Duration::MILLISECOND);
    assert_eq!(unused(desk).len(), 2);
    desk.session(&sue.username, GOOD);
    assert_eq!(unused(desk).len(), 1);
    // A disabled account needs no review.
    office.disable(idle).unwrap();
    assert!(!review(desk).iter().any(|(kind, name)| *kind == ReviewKind::NotActivated && name == "Ida Idle"));
    let kinds: Vec<ReviewKind> = office.review(90).unwrap().into_iter().map(|item| item.kind).collect();
    assert!(kinds.is_sorted());
    assert_eq!(desk.as_person(&sue).review(90).unwrap_err().code, Code::ActorNotAllowed);
}

/// Somebody edited what lists say of how many they have.
#[test]
fn tidying_up_counts_lists_anew() {
    let desk = Desk::sqlite(quick());
    desk.caregiver("Wright, Sue", "sue@example.com");
    desk.client("Ann Hale", "ann@example.com");
    let tool = rusqlite::Connection::open(desk.file()).unwrap();
    let found = || desk.office().users(&UserQuery { limit: 1, ..UserQuery::default() }).unwrap().found;
    let there = found();
    tool.execute("UPDATE account_totals SET total = total + 5", []).unwrap();
    assert!(found() > there);
    assert_eq!(desk.agency.tidy(30).unwrap(), 0, "no row went");
    assert_eq!(found(), there);
}

fn what_is_over_is_tidied_up(desk: &Desk) {
    desk.cheap_hashes();
    let agency = &desk.agency;
    let sue = desk.caregiver("Wright, Sue", "sue@example.com");
    let good = Secret::from(GOOD);
    let credentials =
        carekey::Credentials { username: "sue@example.com", password: &good, remember: true, device: None };
    let SignIn::Granted(remembered) = agency.sign_in(&credentials, NOWHERE).unwrap() else { panic!("granted") };
    let session = desk.session("sue@example.com", GOOD);
    let _ = sign_in(agency, "nobody@example.com", "wrong");
    desk.office().reset_password(desk.staff("Felicia", "Conner").account, twice(&Secret::from(OTHER))).unwrap();
    assert_eq!(desk.mail().len(), 1);
    desk.office().add_party(&new_person("Client, Ann", Role::Client, "ann@example.com")).unwrap();
    let tokens = |desk: &Desk| desk.snapshot().count::<record::Token>();
    let messages = |desk: &Desk| desk.snapshot().count::<record::Message>();
    let throttles = |desk: &Desk| desk.snapshot().count::<record::Throttle>();
    let begun = (tokens(desk), messages(desk), throttles(desk));
    assert_eq!(agency.tidy(30).unwrap(), 0);
    assert_eq!((tokens(desk), messages(desk), throttles(desk)), begun);

    // The session is over after 12 hours, and kept a day longer.
    desk.clock.advance(Duration::hours(36));
    agency.tidy(30).unwrap();
    assert_eq!(throttles(desk), 0);
    let kept = tokens(desk);
    desk.clock.advance(Duration::MILLISECOND);
    agency.tidy(30).unwrap();
    assert!(tokens(desk) < kept);
    assert_eq!(agency.session(session.token.reveal()).unwrap_err().code, Code::SessionEnded);
    agency.session(remembered.token.reveal()).unwrap();
    assert_eq!(messages(desk), begun.1);

    // Sent messages go after so many days; those that wait stay.
    desk.office().reset_password(sue.account, twice(&Secret::from(OTHER))).unwrap();
    let lines = agency.history(sue.account).unwrap();
    desk.clock.advance(Duration::days(30) - Duration::hours(36));
    let removed = agency.tidy(30).unwrap();
    assert!(removed as usize >= begun.1 - 1, "{removed}");
    let left = desk.snapshot().rows::<record::Message>();
    assert_eq!(left.iter().map(|message| message.state).collect::<Vec<_>>(), [MessageState::Waiting; 2]);
    desk.clock.advance(Duration::days(400));
    agency.tidy(0).unwrap();
    assert_eq!((tokens(desk), messages(desk)), (0, 2));
    assert_eq!(agency.tidy(0).unwrap(), 0);
    assert_eq!(agency.history(sue.account).unwrap(), lines);
    agency.verify_history(sue.account).unwrap();
    // What waits is sent still, but for a password that opens nothing any more.
    let mail = desk.mail();
    assert_eq!(mail.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["sue@example.com"]);
    let row = desk.snapshot().rows::<record::Message>().into_iter().find(|row| row.address == "ann@example.com");
    let row = row.expect("it is kept for the office to see");
    assert_eq!((row.state, row.sealed, row.tries), (MessageState::Withdrawn, None, 0));
    desk.clock.advance(Duration::MILLISECOND);
    assert_eq!(agency.tidy(0).unwrap(), 2);
}

/// More counts that stay than are looked at in one piece, before one that goes
/// (E4: strangers cause a bounded number of stored lines).
fn what_stays_keeps_nothing_from_being_tidied_up(desk: &Desk) {
    const MANY: usize = 1_001;
    desk.cheap_hashes();
    let rows: String = (0..MANY).map(|n| format!("client,Client {n},client{n}@example.com\n")).collect();
    let roster = Roster::from_csv(format!("role,organization,email\n{rows}").as_bytes()).unwrap();
    let office = desk.office();
    let preview = office.preview(roster).unwrap();
    office.create(&preview, None, &mut carekey_tests::desk::go_on).unwrap();
    for n in 0..MANY {
        let _ = sign_in(&desk.agency, &format!("client{n}@example.com"), "wrong");
    }
    let throttles = |desk: &Desk| desk.snapshot().count::<record::Throttle>();
    assert!(throttles(desk) >= MANY);
    desk.clock.advance(Duration::hours(1));
    let _ = sign_in(&desk.agency, "nobody@example.com", "wrong");
    let all = throttles(desk);
    desk.clock.advance(Duration::days(2));
    desk.agency.tidy(30).unwrap();
    assert_eq!(throttles(desk), all - 1);
}

fn a_deleted_person_leaves_their_history_and_their_name(desk: &Desk) {
    desk.cheap_hashes();
    let (office, agency) = (desk.office(), &desk.agency);
    let ann = desk.client("Pseudonym, Ann", "ann@example.com");
    let party = ann.party.unwrap();
    let tom = office.add_party(&new_person("Contact, Tom", Role::Contact, "tom@example.com")).unwrap().party;
    let tie = NewTie {
        kind: TieKind::EmergencyContact,
        who: tom,
        of: party,
        begins_at: None,
        ends_at: None,
        reference: None,
    };
    office.relate(&tie).unwrap();
    desk.mail();
    let session = desk.session("ann@example.com", GOOD);
    let before = agency.history(ann.account).unwrap();
    desk.clock.advance(Duration::hours(1));
    office.delete_party(party).unwrap();

    assert_eq!(agency.session(session.token.reveal()).unwrap_err().code, Code::SessionEnded);
    assert!(matches!(desk.sign_in("ann@example.com", GOOD), SignIn::Refused));
    assert_eq!(agency.party(party).unwrap_err().code, Code::PartyNotFound);
    assert_eq!(agency.find_parties("Pseudonym", 0, 9).unwrap().len(), 0);
    let all = UserQuery { show_disabled: true, ..UserQuery::default() };
    assert!(office.users(&all).unwrap().users.iter().all(|user| user.account != ann.account));
    assert_eq!(office.delete_party(party).unwrap_err().code, Code::PartyNotFound);
    assert_eq!(office.disable(ann.account).unwrap_err().code, Code::AccountDeleted);
    // Nothing is left of them but their history, and the name.
    let rows = desk.snapshot();
    assert_eq!(rows.rows::<record::Answer>().len() + rows.rows::<record::OldPassword>().len(), 0);
    assert!(rows.rows::<record::Token>().iter().all(|token| token.account != Some(ann.account)));
    assert!(rows.rows::<record::Message>().iter().all(|message| message.address != "ann@example.com"));
    assert!(rows.rows::<record::Tie>().iter().all(|tie| tie.ends_at == Some(desk.clock.now())));
    let row = desk.account_row(ann.account);
    assert_eq!((row.password, row.first_name, row.last_name, row.written_to), Default::default());
    assert_eq!((desk.contacts(ann.account).len(), desk.linked(ann.account).len()), (0, 0));
    assert!(!row.display_name.contains("Ann"));
    let left = rows.rows::<record::Party>().into_iter().find(|row| row.id == party).unwrap();
    assert_eq!((left.email, left.email_canonical, left.first_name, left.last_name), Default::default());
    let after = agency.history(ann.account).unwrap();
    assert_eq!(after[..before.len()], before);
    assert_eq!(after[before.len()..].iter().map(|line| line.kind).next(), Some(EventKind::Deleted));
    agency.verify_history(ann.account).unwrap();
    agency.verify_agency_history().unwrap();
    assert!(!agency.can_see(ann.account, Resource::Dashboard, carekey::agency::Whose::Own).unwrap().allowed);

    // Of an address that was a username only a keyed digest stays (U4).
    let is_digest =
        |name: &record::UsedName| [&name.skeleton, &name.canonical].iter().all(|it| it.starts_with("$digest$"));
    assert!(rows.rows::<record::UsedName>().iter().any(|name| name.account == ann.account && is_digest(name)));
    // The name is nobody else's, ever.
    let other = office.add_party(&new_person("Other, Ann", Role::Client, "ann@example.com")).unwrap();
    let findings = other.enrolled.unwrap().findings;
    assert_eq!(findings[0].code, Code::UsernameRetired);
}

fn waiting_messages_go_with_whom_they_are_about(desk: &Desk) {
    let office = desk.office();
    let rosa = family(desk, "Garcia, Rosa", "home@example.com");
    let luz = family(desk, "Garcia, Luz", "home@example.com");
    for party in [rosa, luz] {
        office.invite(Invitee::Party(party), None).unwrap();
    }
    let ann = office.add_party(&new_person("Client, Ann", Role::Client, "ann@example.com")).unwrap().party;
    office.delete_party(rosa).unwrap();
    office.delete_party(ann).unwrap();
    // The other one's invitation to the same address goes out.
    let mail = desk.one_mail();
    assert!(mail.body.reveal().contains("Luz Garcia"));
    desk.agency.redeem_code(&mail.code(), "home@example.com", None, NOWHERE).unwrap();
    assert!(desk.snapshot().rows::<record::Message>().iter().all(|row| row.address != "ann@example.com"));
}

fn the_last_manager_is_not_deleted(desk: &Desk) {
    desk.cheap_hashes();
    let office = desk.office();
    let manager = desk.manager("Mia", "First");
    let staff = office.add_party(&new_person("First, Mia", Role::OfficeStaff, "")).unwrap().party;
    office.link_account(manager.account, staff).unwrap();
    let before = desk.snapshot();
    assert_eq!(office.delete_party(staff).unwrap_err().code, Code::ManagerLast);
    assert_eq!(desk.snapshot(), before);
    desk.manager("Ned", "Second");
    office.delete_party(staff).unwrap();
    assert_eq!(desk.account_row(manager.account).manager_since, None);
    let new = new_staff("Mona", "First");
    assert_eq!(office.create_staff_account(&new, None).unwrap_err().code, Code::UsernameRetired);
}

fn an_account_that_is_anothers_too_stays_theirs(desk: &Desk) {
    desk.cheap_hashes();
    let (office, agency) = (desk.office(), &desk.agency);
    let (rosa, account, session) = joined(desk, "Garcia, Rosa", "rosa@example.com");
    let luz = family(desk, "Garcia, Luz", "luz@example.com");
    office.invite(Invitee::Party(luz), None).unwrap();
    let code = desk.one_mail().code();
    agency.redeem_code(&code, "luz@example.com", Some(session.reveal()), NOWHERE).unwrap();
    office.delete_party(rosa).unwrap();
    let token = desk.session("rosa@example.com", GOOD).token;
    let signed_in = agency.session(token.reveal()).unwrap();
    assert_eq!((signed_in.account, signed_in.party), (account, Some(luz)));
    assert_eq!(signed_in.display_name, "Luz Garcia");
    assert_eq!(agency.party(luz).unwrap().account, Some(account));
    agency.verify_history(account).unwrap();
    office.delete_party(luz).unwrap();
    assert!(matches!(desk.sign_in("rosa@example.com", GOOD), SignIn::Refused));
}

fn codes(rows: &[BatchRow]) -> Vec<Option<Code>> {
    rows.iter().map(|row| row.findings.first().map(|finding| finding.code)).collect()
}

fn a_batch_sent_twice_sends_nothing_twice(desk: &Desk) {
    let office = desk.office();
    let items: Vec<Invitee> = ["Adams", "Baker", "Clark"]
        .iter()
        .map(|name| Invitee::Party(family(desk, &format!("{name}, Ann"), &format!("{name}@example.com"))))
        .collect();
    let listed = desk.clock.now();
    desk.clock.advance(Duration::minutes(2));
    let rows = office.batch(OfficeAction::Invite, &items, None, listed, &mut go_on).unwrap();
    assert!(rows.iter().all(|row| row.done && row.findings.is_empty()));
    assert_eq!(desk.mail().len(), 3);
    let again = office.batch(OfficeAction::Invite, &items, None, listed, &mut go_on).unwrap();
    assert_eq!(codes(&again), [Some(Code::InvitationAlreadySent); 3]);

    // Looked at again: two are to be sent once more. The work stops after one,
    // and the whole batch is run again.
    desk.clock.advance(Duration::days(3));
    let listed = desk.clock.now();
    desk.clock.advance(Duration::minutes(2));
    assert!(office.batch(OfficeAction::Reinvite, &items[..1], None, listed, &mut go_on).unwrap()[0].done);
    let first = desk.one_mail();
    let rows = office.batch(OfficeAction::Reinvite, &items[..2], None, listed, &mut go_on).unwrap();
    assert_eq!(codes(&rows), [Some(Code::InvitationAlreadySent), None]);
    assert_eq!(rows.iter().map(|row| row.done).collect::<Vec<_>>(), [false, true]);
    assert_eq!(desk.mail().len(), 1);
    let rows = office.batch(OfficeAction::Reinvite, &items[..2], None, listed, &mut go_on).unwrap();
    assert_eq!(codes(&rows), [Some(Code::InvitationAlreadySent); 2]);
    assert!(desk.mail().is_empty());
    // The one that was sent is the one that is good.
    desk.agency.redeem_code(&first.code(), "adams@example.com", None, NOWHERE).unwrap();
    // What was sent at the very moment at which the list was looked at counts
    // as sent since, whatever the grain of the clock.
    let now = desk.clock.now();
    let rows = office.batch(OfficeAction::Reinvite, &items, None, now, &mut go_on).unwrap();
    assert_eq!(codes(&rows), [Some(Code::InvitationAlreadyLinked), Some(Code::InvitationAlreadySent), None]);
    let rows = office.batch(OfficeAction::Reinvite, &items, None, now + Duration::microseconds(999), &mut go_on);
    assert_eq!(codes(&rows.unwrap())[1..], [Some(Code::InvitationAlreadySent); 2]);
    let rows = office.batch(OfficeAction::Reinvite, &items, None, now + Duration::MILLISECOND, &mut go_on).unwrap();
    assert_eq!(codes(&rows), [Some(Code::InvitationAlreadyLinked), None, None]);
    let rows = office.batch(OfficeAction::Unlink, &items, None, listed, &mut go_on).unwrap();
    assert_eq!(codes(&rows), [None, Some(Code::InvitationNotLinked), Some(Code::InvitationNotLinked)]);
}

fn what_users_write_to_the_owner(desk: &Desk) {
    desk.cheap_hashes();
    let agency = &desk.agency;
    let ann = desk.client("Client, Ann", "ann@example.com");
    let sue = desk.caregiver("Wright, Sue", "sue@example.com");
    let write = |username: &str, text: &str| {
        let session = desk.session(username, GOOD);
        agency.message_owner(session.token.reveal(), &Secret::from(text), NOWHERE)
    };
    assert_eq!(write(&ann.username, "Hello").unwrap_err().code, Code::EmailMissing);
    // The cost is put back to what a policy may say, as any change of settings must.
    let mut settings = agency.settings().unwrap();
    settings.policy = quick();
    settings.owner_email = Some("owner@example.com".into());
    desk.office().change_settings(settings).unwrap();
    desk.cheap_hashes();
    desk.mail();
    let text = "Who comes on Friday?\n¿Y el sábado? <b>{name}</b> {code}";
    write(&ann.username, text).unwrap();
    let waiting = &desk.office().messages(Some(MessageState::Waiting), 0, 9).unwrap()[0];
    assert!(!waiting.body.contains("Friday"), "it waits sealed");
    let mail = desk.one_mail();
    assert_eq!(
        (mail.kind, mail.method, mail.to.as_str()),
        (MessageKind::MessageOwner, Method::Email, "owner@example.com")
    );
    assert!(mail.body.reveal().contains(text) && mail.body.reveal().contains("ann@example.com"));
    assert_eq!(write(&sue.username, "Hello").unwrap_err().code, Code::ActorNotAllowed);
    // Who decides as a client writes as the client does (V), as long as they do.
    let begins = desk.clock.now();
    let represents = NewTie {
        kind: TieKind::PersonalRepresentative,
        who: sue.party.unwrap(),
        of: ann.party.unwrap(),
        begins_at: None,
        ends_at: Some(begins + Duration::days(2)),
        reference: Some("Probate 12-88".to_owned()),
    };
    desk.office().relate(&represents).unwrap();
    desk.mail();
    write(&sue.username, "For Ann").unwrap();
    assert!(desk.one_mail().body.reveal().contains("For Ann"));
    desk.clock.advance(Duration::days(2));
    assert_eq!(write(&sue.username, "For Ann").unwrap_err().code, Code::ActorNotAllowed);
    write(&ann.username, &"ñ".repeat(5_000)).unwrap();
    assert_eq!(write(&ann.username, &"ñ".repeat(5_001)).unwrap_err().code, Code::TextTooLong);
    assert_eq!(agency.message_owner("no session", &Secret::from("x"), NOWHERE).unwrap_err().code, Code::SessionEnded);
    // What she wrote before she was disabled goes out all the same.
    desk.office().disable(ann.account).unwrap();
    let mail = desk.mail();
    assert_eq!(mail.iter().filter(|mail| mail.kind == MessageKind::MessageOwner).count(), 1);
    assert!(mail.iter().all(|mail| mail.kind == MessageKind::MessageOwner || mail.to == "ann@example.com"));
}

/// The office corrects the e-mail address of a caregiver, who is known by her
/// phone too.
fn correct(desk: &Desk, email: &str) {
    let file = format!("Role,Name,Email,Phone\nCaregiver,Sue Wright,{email},212-555-0123\n");
    let office = desk.office();
    let preview = office.preview(Roster::from_csv(file.as_bytes()).unwrap()).unwrap();
    let report = office.create(&preview, None, &mut go_on).unwrap();
    assert_eq!(report.count(RowOutcome::Updated), 1, "{:?}", report.rows);
}

/// A caregiver with an active account, an e-mail address and a phone.
fn with_phone(desk: &Desk) -> carekey::AccountId {
    desk.cheap_hashes();
    let new = NewParty {
        phone: Some("212-555-0123".to_owned()),
        ..new_person("Sue Wright", Role::Caregiver, "sue@example.com")
    };
    let party = desk.office().add_party(&new).unwrap().party;
    let account = desk.office().create_account(party, Role::Caregiver, None).unwrap().account.unwrap();
    let link = desk.one_mail().link();
    desk.agency.activate(&link, twice(&Secret::from(GOOD)), NOWHERE).unwrap();
    account
}

/// C2: what went to an address by mistake is dead once the mistake is mended,
/// on its way or there.
fn a_correction_taken_back_leaves_nothing_good(desk: &Desk) {
    let account = with_phone(desk);
    let office = desk.office();
    let contacts = desk.contacts(account);
    // On its way: it is never sent.
    correct(desk, "slip@example.com");
    correct(desk, "sue@example.com");
    assert!(desk.mail().iter().all(|mail| mail.to == "sue@example.com"));
    assert_eq!(desk.contacts(account), contacts);
    // There: its link opens nothing, nor does that to object.
    correct(desk, "slip@example.com");
    let sent = desk.mail();
    let link = |to: &str| sent.iter().find(|mail| mail.to == to).expect("a link").link();
    correct(desk, "sue@example.com");
    let refused = desk.agency.confirm_contact(&link("slip@example.com"), NOWHERE).unwrap_err();
    assert_eq!(refused.code, Code::StepRefused);
    let refused = desk.agency.object_to_contact(&link("sue@example.com"), NOWHERE).unwrap_err();
    assert_eq!(refused.code, Code::StepRefused);
    assert_eq!(desk.contacts(account), contacts);
    // Another one in its place, and an objection that is followed.
    correct(desk, "slip@example.com");
    correct(desk, "other@example.com");
    let sent = desk.mail();
    let link = |to: &str| sent.iter().rev().find(|mail| mail.to == to).expect("a link").link();
    assert!(sent.iter().all(|mail| mail.to != "slip@example.com"));
    desk.agency.object_to_contact(&link("sue@example.com"), NOWHERE).unwrap();
    let objections = |desk: &Desk| {
        let items = desk.office().review(90).unwrap();
        items.into_iter().filter(|item| item.kind == ReviewKind::Objection).map(|item| item.account).collect::<Vec<_>>()
    };
    assert_eq!(objections(desk), [Some(account)]);
    correct(desk, "sue@example.com");
    assert_eq!(objections(desk), [Some(account)], "whatever is written down, the office has not decided");
    office.release_contact(account, "other@example.com").unwrap();
    assert_eq!(objections(desk), [], "the office has seen to it");
    assert_eq!(desk.contacts(account), contacts);
    assert!(office.user(account).is_ok());
    desk.session("sue@example.com", GOOD);
    desk.agency.verify_history(account).unwrap();
    desk.agency.verify_agency_history().unwrap();
}

/// C2: who has the new address may be quicker than who has the old one. The
/// office hears of it all the same.
fn an_objection_reaches_the_office_whoever_is_first(desk: &Desk) {
    let account = with_phone(desk);
    correct(desk, "thief@example.com");
    let sent = desk.mail();
    let link = |to: &str| sent.iter().find(|mail| mail.to == to).expect("a link").link();
    assert_eq!(desk.agency.confirm_contact(&link("thief@example.com"), NOWHERE).unwrap(), "thief@example.com");
    desk.clock.advance(Duration::hours(9));
    desk.agency.object_to_contact(&link("sue@example.com"), NOWHERE).unwrap();
    let again = desk.agency.object_to_contact(&link("sue@example.com"), NOWHERE).unwrap_err();
    assert_eq!(again.code, Code::StepRefused);
    let items = desk.office().review(90).unwrap();
    let item = items.iter().find(|item| item.kind == ReviewKind::Objection).expect("it is in the review");
    assert_eq!((item.account, item.since), (Some(account), Some(desk.clock.now())));
    let last = desk.agency.history(account).unwrap().pop().unwrap();
    assert_eq!(last.kind, EventKind::ContactObjected);
    // Whoever was quicker is out, with the password that they may have set.
    for name in ["thief@example.com", "sue@example.com"] {
        assert!(matches!(desk.sign_in(name, GOOD), SignIn::Refused));
    }
}

/// C2, C3: of an objection the office sees between what it decides, and of a
/// contact that its user changed what it wrote itself.
fn a_review_shows_both_contacts(desk: &Desk) {
    let person = desk.caregiver("Sue Wright", "sue@example.com");
    let change = |password: &str, to: &str| {
        let session = desk.session(&desk.office().user(person.account).unwrap().username, password);
        let password = Secret::from(password);
        desk.agency.change_contact(session.token.reveal(), &password, Method::Email, to, NOWHERE).unwrap();
        let sent = desk.mail();
        let link = |kind| sent.iter().find(|mail| mail.kind == kind).expect("a link").link();
        desk.agency.confirm_contact(&link(MessageKind::ConfirmContact), NOWHERE).unwrap();
        link(MessageKind::ContactChanging)
    };
    let review = |desk: &Desk| {
        let items = desk.office().review(90).unwrap();
        items.into_iter().map(|item| (item.kind, item.contacts, item.since)).collect::<Vec<_>>()
    };
    let object = change(GOOD, "new@example.com");
    let both = |one: &str, other: &str| vec![one.to_owned(), other.to_owned()];
    let now = Some(desk.clock.now());
    assert_eq!(review(desk), [(ReviewKind::OwnContact, both("sue@example.com", "new@example.com"), now)]);
    desk.clock.advance(Duration::hours(1));
    desk.agency.object_to_contact(&object, NOWHERE).unwrap();
    let now = Some(desk.clock.now());
    assert_eq!(review(desk), [(ReviewKind::Objection, both("new@example.com", "sue@example.com"), now)]);
    desk.office().release_contact(person.account, "sue@example.com").unwrap();
    assert_eq!(review(desk), [(ReviewKind::OwnContact, both("sue@example.com", "new@example.com"), now)]);
    desk.agency.verify_history(person.account).unwrap();
}

/// C3: in the language that they chose, until the office says otherwise.
fn a_user_is_written_to_in_their_language(desk: &Desk) {
    let person = desk.caregiver("Sue Wright", "sue@example.com");
    let session = desk.session("sue@example.com", GOOD);
    let subject = |desk: &Desk| {
        desk.agency.recover("sue@example.com", NOWHERE).unwrap();
        desk.clock.advance(Duration::minutes(5));
        let body = desk.one_mail().body;
        ["Hello ", "Hola"].into_iter().find(|hello| body.reveal().contains(hello)).expect("a greeting").to_owned()
    };
    assert_eq!(subject(desk), "Hello ");
    desk.agency.set_language(session.token.reveal(), Locale::Spanish, NOWHERE).unwrap();
    assert_eq!(subject(desk), "Hola");
    let party = person.party.unwrap();
    let edit = |edit: &PartyEdit| desk.office().edit_party(party, edit).unwrap();
    edit(&PartyEdit { nickname: Edit::Set("Susie".to_owned()), ..PartyEdit::default() });
    assert_eq!(subject(desk), "Hola");
    edit(&PartyEdit { locale: Edit::Set(Locale::English), ..PartyEdit::default() });
    assert_eq!(subject(desk), "Hello ");
    let lines = desk.agency.history(person.account).unwrap();
    let told: Vec<_> = lines.iter().filter(|line| line.kind == EventKind::LanguageChanged).collect();
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].details["before"].to_string(), told[0].details["after"].to_string()),
        ("en".into(), "es".into())
    );
}
