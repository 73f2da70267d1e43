//! Laws of the engine: previews come true, the same again changes nothing,
//! nothing crosses agencies, nothing is seen by default, histories verify.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use carekey::agency::{Invitee, NewApplication, NewParty, NewTie, Redeemed, RowOutcome, UserQuery, Whose};
use carekey::invitation::OfficeAction;
use carekey::name::PersonName;
use carekey::roster::{Preview, Roster, RowAction, RowCheck, RowState};
use carekey::store::record;
use carekey::words::MessageKind;
use carekey::{
    AccountId, Actor, Agency, Code, Credentials, ErrorKind, PartyId, Resource, Role, Secret, SignIn, Source, TieKind,
};
use carekey_tests::desk::{
    Desk, GOOD, Mail, OTHER, Person, Snapshot, go_on, new_person, org, quick, send_all, sign_in, support, twice,
};
use proptest::prelude::*;

fn create(agency: &Agency, preview: &Preview) -> carekey::agency::CreateReport {
    agency.acting_as(support()).create(preview, None, &mut |_| ControlFlow::Continue(())).unwrap()
}

fn csv(rows: &[Vec<&str>]) -> Roster {
    let mut file = String::from("Role,Name,Username,Email,Cell,ID,Preferred contact\n");
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        file += &(cells.join(",") + "\n");
    }
    Roster::from_csv(file.as_bytes()).unwrap()
}

/// Rows of few words each, so that people meet, share and contradict.
fn messy_row() -> impl Strategy<Value = Vec<&'static str>> {
    let role = prop::sample::select(vec![
        "Caregiver",
        "Client",
        "Office staff",
        "Family",
        "Payer",
        "Community",
        "Human Resources",
        "Emergency contact",
        "Dancer",
        "",
        "Contact",
    ]);
    let name = prop::sample::select(vec![
        "Conner, Felicia",
        "Conner, Frank",
        "CONNER, FELICIA",
        "Sukarno",
        "O'Brien-Lee, Máire",
        "Smith, J",
        "Smith, Jo",
        "José Ñandú",
        "Иванова, Анна",
        "Acme Care",
        "=1+1",
        "",
        "Taming, Sue (Sue W)",
        "Sue Taming",
    ]);
    let email = prop::sample::select(vec![
        "",
        "",
        "a@example.com",
        "A@Example.com",
        "b@example.com",
        "c@gmial.com",
        "no-at",
        "d@localhost",
        "x@1.2.3.4",
        "ä@example.com",
        "b@exаmple.com",
    ]);
    let username = prop::sample::select(vec!["", "", "", "a@example.com", "104fconner", "b@example.com", "bad name!"]);
    let phone = prop::sample::select(vec!["", "", "519-672-1843", "+44 20 7946 0958", "12", "(519) 464-8540"]);
    let id = prop::sample::select(vec!["", "", "", "E-1", "E-2"]);
    let preferred = prop::sample::select(vec!["", "", "SMS", "email", "pigeon"]);
    (role, name, username, email, phone, id, preferred).prop_map(
        |(role, name, username, email, phone, id, preferred)| vec![role, name, username, email, phone, id, preferred],
    )
}

/// Whether two rows of one name differ in what tells who they are about. Of
/// such a roster only one can be right, and once it was taken in, what it says
/// of the other may lead elsewhere.
fn contradictory(rows: &[Vec<&str>]) -> bool {
    let key = |row: &Vec<&str>| PersonName::parse(row[1]).value.map(|name| name.key());
    let differ = |one: &str, other: &str| !one.is_empty() && !other.is_empty() && one != other;
    rows.iter().enumerate().any(|(at, one)| {
        rows[..at].iter().any(|other| key(one) == key(other) && (2..6).any(|cell| differ(one[cell], other[cell])))
    }) || rows.iter().any(|row| !row[2].is_empty() && row[2] != row[3])
}

/// What a row's verdict promises.
fn promised(row: &RowCheck) -> Vec<RowOutcome> {
    match (row.state(), row.action) {
        (RowState::Fail, _) => vec![RowOutcome::Failed],
        (RowState::Waiting, _) => vec![RowOutcome::Waiting],
        // A row that adds a role to the person of an earlier one comes out as
        // an update of that one, if that one is made.
        (RowState::Pass, _) if row.same_as.is_some() => vec![RowOutcome::Updated, RowOutcome::Unchanged],
        (RowState::Pass, RowAction::Create) => vec![RowOutcome::Created, RowOutcome::Invited],
        (RowState::Pass, RowAction::Update) => vec![RowOutcome::Updated],
        (RowState::Pass, RowAction::Unchanged) => vec![RowOutcome::Unchanged],
    }
}

fn keeps_its_promises(desk: &Desk, rows: &[Vec<&str>], accept: bool) -> Result<(), TestCaseError> {
    let office = desk.office();
    let before = desk.snapshot();
    let mut preview = office.preview(csv(rows)).unwrap();
    let clean = preview.rows().iter().all(RowCheck::passes);
    if accept {
        preview.accept_suggestions();
    }
    prop_assert_eq!(desk.snapshot(), before);
    let report = create(&desk.agency, &preview);
    prop_assert_eq!(report.rows.len(), preview.rows().len());
    for (row, result) in preview.rows().iter().zip(&report.rows) {
        prop_assert_eq!(row.row.line, result.line);
        prop_assert!(
            promised(row).contains(&result.outcome),
            "line {}: {:?} {:?} became {:?}: {:?}",
            row.row.line,
            row.state(),
            row.action,
            result.outcome,
            result.findings
        );
        if result.outcome == RowOutcome::Created {
            prop_assert_eq!(&row.username, &result.username);
        }
    }
    let after = desk.snapshot();
    whole(desk, &after)?;
    // The very same decisions again.
    let again = create(&desk.agency, &preview);
    if contradictory(rows) {
        return whole(desk, &desk.snapshot());
    }
    prop_assert_eq!(desk.snapshot().changed(&after), Vec::<&str>::new());
    for result in &again.rows {
        prop_assert!(!matches!(result.outcome, RowOutcome::Created | RowOutcome::Invited | RowOutcome::Updated));
    }
    // A row that failed may look like another once that one is known; where
    // none did, all is as it was.
    if clean {
        prop_assert_eq!(again.count(RowOutcome::Unchanged), again.rows.len());
    }
    Ok(())
}

/// Every account has its name, its message or its reason not to have one, and
/// its history.
fn whole(desk: &Desk, snapshot: &Snapshot) -> Result<(), TestCaseError> {
    let accounts = snapshot.rows::<record::Account>();
    let used = snapshot.rows::<record::UsedName>();
    let names: BTreeSet<&str> = accounts.iter().map(|account| account.username_canonical.as_str()).collect();
    prop_assert_eq!(names.len(), accounts.len());
    for account in &accounts {
        // Earlier names of theirs stay used; the one of now is among them.
        let theirs = |name: &&record::UsedName| name.account == account.id;
        prop_assert!(used.iter().filter(theirs).any(|name| name.canonical == account.username_canonical));
        prop_assert!(desk.agency.verify_history(account.id).is_ok());
        for party in desk.linked(account.id) {
            prop_assert_eq!(desk.agency.party(party).unwrap().account, Some(account.id));
        }
    }
    prop_assert!(desk.agency.verify_agency_history().is_ok());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn previews_come_true_and_the_same_again_changes_nothing(
        first in prop::collection::vec(messy_row(), 1..10),
        second in prop::collection::vec(messy_row(), 1..10),
        accept in any::<bool>(),
    ) {
        let desk = Desk::memory(quick());
        keeps_its_promises(&desk, &first, accept)?;
        keeps_its_promises(&desk, &second, accept)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn previews_come_true_on_sqlite(rows in prop::collection::vec(messy_row(), 1..10), accept in any::<bool>()) {
        keeps_its_promises(&Desk::sqlite(quick()), &rows, accept)?;
    }

    #[test]
    fn histories_verify_after_anything(acts in prop::collection::vec((0u8..24, 0usize..4, 0usize..4), 1..40)) {
        let desk = Desk::memory(quick());
        let people = [
            desk.client("Ann Client", "ann@example.com"),
            desk.caregiver("Cat Care", "cat@example.com"),
            desk.client("Ben Client", "ben@example.com"),
            desk.manager("Mia", "Manager"),
        ];
        let mut steps: Vec<Mail> = Vec::new();
        for (act, one, other) in acts {
            any_act(&desk, &people, act, one, other, &mut steps);
        }
        for account in desk.snapshot().rows::<record::Account>() {
            prop_assert!(desk.agency.verify_history(account.id).is_ok());
            // What was counted is told when someone reads it.
            let told = desk.agency.history(account.id).unwrap().len();
            prop_assert_eq!(told as i64, desk.account_row(account.id).history_length);
        }
        prop_assert!(desk.agency.verify_agency_history().is_ok());
    }
}

/// Some act; whether it may be done is beside the point.
fn any_act(desk: &Desk, people: &[Person], act: u8, one: usize, other: usize, mail: &mut Vec<Mail>) {
    let (office, agency) = (desk.office(), &desk.agency);
    let (first, second) = (&people[one], &people[other]);
    let (good, next) = (Secret::from(GOOD), Secret::from(OTHER));
    let party = |person: &Person| person.party.unwrap_or(PartyId(uuid::Uuid::nil()));
    match act {
        0 => drop(office.disable(first.account)),
        1 => drop(office.enable(first.account)),
        2 => drop(office.reset_password(first.account, twice(&next))),
        3 => drop(office.send_again(first.account)),
        4 => drop(office.set_note(first.account, "a note")),
        5 => drop(office.promote(first.account)),
        6 => drop(office.remove_manager(first.account)),
        7 => drop(office.hand_over(first.account, second.account)),
        8 => drop(sign_in(agency, &first.username, "wrong")),
        9 | 10 => match sign_in(agency, &first.username, if act == 9 { GOOD } else { OTHER }) {
            SignIn::ChangePassword(step) => {
                let _ = agency.choose_password(&step.token, twice(&good), &Source::UNKNOWN);
            }
            SignIn::Granted(session) if one > other => {
                let _ = agency.change_password(session.token.reveal(), &good, twice(&next), &Source::new("portal"));
            }
            SignIn::Granted(session) => agency.sign_out(session.token.reveal(), &Source::UNKNOWN).unwrap(),
            _ => {}
        },
        11 | 12 => {
            let kind = if act == 11 { TieKind::EmergencyContact } else { TieKind::Guardian };
            let tie =
                NewTie { kind, who: party(first), of: party(second), begins_at: None, ends_at: None, reference: None };
            if let (Ok(tied), true) = (office.relate(&tie), one > other) {
                office.end_tie(tied.tie, None).unwrap();
            }
        }
        13 => drop(office.set_roles(party(first), &[Role::Client, Role::OfficeStaff].into())),
        14 => {
            if let Ok(grant) = office.grant(
                party(first),
                Resource::ServicePlan,
                None,
                Some(desk.clock.now() + time::Duration::days(30)),
                None,
            ) {
                office.end_grant(grant, None).unwrap();
            }
        }
        15 => {
            let number = format!("A-{one}-{other}");
            drop(office.add_application(&NewApplication { number, family: party(first), submitted_at: None }));
        }
        16 => drop(office.invite(Invitee::Party(party(first)), None)),
        17 => drop(office.unlink(Invitee::Party(party(first)))),
        18 => drop(office.reinvite(Invitee::Party(party(first)), None)),
        19 => mail.extend(send_all(agency)),
        20 => {
            for mail in mail.drain(..).filter(|mail| mail.kind == MessageKind::Invitation) {
                drop(agency.redeem_link(&mail.link(), None, &Source::UNKNOWN));
            }
        }
        21 => desk.clock.advance(time::Duration::minutes(7)),
        22 => {
            let email = format!("new{one}@example.com");
            let rows = vec![vec!["Client", "Ann Client", "", email.as_str(), "", "", ""]];
            if let Ok(preview) = office.preview(csv(&rows)) {
                create(agency, &preview);
            }
        }
        _ => drop(office.add_party(&new_person("Zoe Client", Role::Client, "zoe@example.com"))),
    }
}

carekey_tests::on_every_store! { quick();
    nothing_crosses_agencies, nothing_is_seen_by_default, two_parties_of_one_account_on_one_roster,
    an_invited_family_is_left_alone_by_the_same_roster, a_row_between_two_people_is_neither, a_username_is_the_contact_that_was_invited,
}

/// People of one agency, with all that can be asked of them.
struct Town {
    client: Person,
    caregiver: Person,
    manager: Person,
    application: carekey::ApplicationId,
    tie: carekey::TieId,
    grant: carekey::GrantId,
    session: carekey::Session,
    activation: String,
    confirm: String,
    object: String,
    invitation: Mail,
    step: carekey::Step,
}

/// The same people in every agency.
fn town(desk: &Desk) -> Town {
    let office = desk.office();
    let client = desk.client("Ann Client", "ann@example.com");
    let caregiver = desk.caregiver("Cat Care", "cat@example.com");
    let manager = desk.manager("Mia", "Manager");
    let staff = office.add_party(&new_person("Mia Manager", Role::OfficeStaff, "")).unwrap().party;
    office.link_account(manager.account, staff).unwrap();
    let payer = office.add_party(&org("Pay Well", Role::Payer, "pay@example.com")).unwrap().party;
    let new = NewTie {
        kind: TieKind::Payer,
        who: payer,
        of: client.party.unwrap(),
        begins_at: None,
        ends_at: None,
        reference: None,
    };
    let tie = office.relate(&new).unwrap().tie;
    let registration = desk.one_mail().password();
    let SignIn::ChangePassword(step) = desk.sign_in("pay@example.com", registration.reveal()) else { panic!("a step") };
    let grant = office
        .grant(staff, Resource::ServicePlan, None, Some(desk.clock.now() + time::Duration::days(30)), None)
        .unwrap();
    let family = office.add_party(&new_person("Garcia, Rosa", Role::Family, "rosa@example.com")).unwrap().party;
    let new = NewApplication { number: "A-1".into(), family, submitted_at: None };
    let application = office.add_application(&new).unwrap().application;
    let invitation = desk.one_mail();
    let waiting = office.add_party(&new_person("Wes Waiting", Role::Caregiver, "wes@example.com")).unwrap().party;
    office.create_account(waiting, Role::Caregiver, None).unwrap();
    let activation = desk.one_mail().link();
    // The office corrects where someone is reached who is known by her phone too.
    let eve =
        NewParty { phone: Some("519-464-8540".into()), ..new_person("Eve Known", Role::Caregiver, "eve@example.com") };
    let eve = office.add_party(&eve).unwrap().party;
    office.create_account(eve, Role::Caregiver, None).unwrap();
    let good = Secret::from(GOOD);
    desk.agency.activate(&desk.one_mail().link(), twice(&good), &Source::UNKNOWN).unwrap();
    let row = vec!["Caregiver", "Eve Known", "", "new@example.com", "519-464-8540", "", ""];
    create(&desk.agency, &office.preview(csv(&[row])).unwrap());
    let sent = desk.mail();
    let link = |to: &str| sent.iter().find(|mail| mail.to == to).expect("a link").link();
    let (confirm, object) = (link("new@example.com"), link("eve@example.com"));
    let session = desk.session("ann@example.com", GOOD);
    Town { client, caregiver, manager, application, tie, grant, session, activation, confirm, object, invitation, step }
}

fn nothing_crosses_agencies(desk: &Desk) {
    let here = town(desk);
    // Another agency with people of the same names and addresses.
    let mut other = Desk::memory(quick());
    other.agency = desk.another("105");
    other.directory = desk.directory.clone();
    other.store = desk.store.clone();
    let there = town(&other);
    let agency = &other.agency;
    let office = other.office();
    let before = desk.snapshot();
    let refused = |result: carekey::Result<()>, code: Code| {
        let error = result.expect_err("refused");
        assert_eq!(error.code, code);
        assert!(matches!(error.kind, ErrorKind::NotFound | ErrorKind::Refused | ErrorKind::NotAllowed), "{error}");
    };
    let good = Secret::from(GOOD);
    let (account, party) = (here.client.account, here.client.party.unwrap());
    let theirs = there.client.party.unwrap();

    // Lookups.
    refused(agency.party(party).map(drop), Code::PartyNotFound);
    refused(office.user(account).map(drop), Code::AccountNotFound);
    refused(agency.history(account).map(drop), Code::AccountNotFound);
    refused(agency.verify_history(account), Code::AccountNotFound);
    refused(agency.sees(account).map(drop), Code::AccountNotFound);
    for resource in Resource::ALL {
        refused(agency.can_see(account, *resource, Whose::Own).map(drop), Code::AccountNotFound);
        refused(agency.can_see(account, *resource, theirs).map(drop), Code::AccountNotFound);
        refused(agency.can_see(there.client.account, *resource, party).map(drop), Code::PartyNotFound);
        refused(agency.seen_by(*resource, party).map(drop), Code::PartyNotFound);
        refused(agency.seen_by(*resource, here.application).map(drop), Code::ApplicationNotFound);
        let seen = agency.seen_by(*resource, theirs).unwrap();
        let own: BTreeSet<AccountId> =
            office.users(&UserQuery::default()).unwrap().users.iter().map(|user| user.account).collect();
        assert!(seen.iter().all(|(viewer, _)| own.contains(viewer)));
    }
    // Lists are of the same length and hold none of the other's.
    let users = office.users(&UserQuery::default()).unwrap();
    assert_eq!(users.found, desk.office().users(&UserQuery::default()).unwrap().found);
    assert!(users.users.iter().all(|user| user.account != account && user.account != here.manager.account));
    assert!(agency.find_parties("", 0, 99).unwrap().iter().all(|found| found.id != party));
    assert!(office.applications(None, 0, 99).unwrap().iter().all(|row| row.id != here.application));
    // Messages: each agency's own wait for its own host.
    let messages = |desk: &Desk| -> BTreeSet<_> {
        desk.office().messages(None, 0, 999).unwrap().into_iter().map(|row| row.id).collect()
    };
    assert!(messages(desk).is_disjoint(&messages(&other)));

    // Whatever opens something here opens nothing there.
    refused(agency.session(here.session.token.reveal()).map(drop), Code::SessionEnded);
    agency.sign_out(here.session.token.reveal(), &Source::UNKNOWN).unwrap();
    refused(agency.activation(&here.activation).map(drop), Code::StepRefused);
    refused(agency.activate(&here.activation, twice(&good), &Source::UNKNOWN).map(drop), Code::StepRefused);
    refused(agency.choose_password(&here.step.token, twice(&good), &Source::UNKNOWN).map(drop), Code::StepRefused);
    refused(agency.set_questions(&here.step.token, &[], &Source::UNKNOWN).map(drop), Code::StepRefused);
    for link in [&here.confirm, &here.object, &here.activation] {
        refused(agency.confirm_contact(link, &Source::UNKNOWN).map(drop), Code::StepRefused);
        refused(agency.object_to_contact(link, &Source::UNKNOWN), Code::StepRefused);
    }
    refused(agency.look_at_invitation(&here.invitation.link()).map(drop), Code::InvitationRefused);
    refused(agency.redeem_link(&here.invitation.link(), None, &Source::UNKNOWN).map(drop), Code::InvitationRefused);
    let session = agency.redeem_link(&there.invitation.link(), Some(here.session.token.reveal()), &Source::UNKNOWN);
    refused(session.map(drop), Code::SessionEnded);
    refused(
        agency
            .change_password(here.session.token.reveal(), &good, twice(&Secret::from(OTHER)), &Source::UNKNOWN)
            .map(drop),
        Code::SessionEnded,
    );

    // Nobody of here acts there, and nobody there acts upon here.
    let stranger = agency.acting_as(Actor::Account(here.manager.account));
    refused(stranger.users(&UserQuery::default()).map(drop), Code::ActorNotAllowed);
    refused(stranger.disable(there.client.account), Code::ActorNotAllowed);
    for result in [
        office.disable(account),
        office.enable(account),
        office.reset_password(account, twice(&good)),
        office.send_again(account).map(drop),
        office.unlock(account),
        office.end_sessions(account),
        office.release_contact(account, "ann@example.com"),
        office.set_note(account, "x"),
        office.promote(account),
        office.remove_manager(here.manager.account),
        office.hand_over(here.manager.account, there.client.account),
        office.hand_over(there.manager.account, account),
        office.link_account(account, theirs),
    ] {
        refused(result, Code::AccountNotFound);
    }
    let tie = |who, of| NewTie { kind: TieKind::Guardian, who, of, begins_at: None, ends_at: None, reference: None };
    for result in [
        office.create_account(party, Role::Client, None).map(drop),
        office.set_roles(party, &[Role::Client].into()).map(drop),
        office.relate(&tie(party, theirs)).map(drop),
        office.relate(&tie(theirs, party)).map(drop),
        office.grant(party, Resource::Invoices, None, None, None).map(drop),
        office.invite(Invitee::Party(party), None),
        office.add_application(&NewApplication { number: "A-9".into(), family: party, submitted_at: None }).map(drop),
    ] {
        refused(result, Code::PartyNotFound);
    }
    refused(office.end_tie(here.tie, None), Code::TieNotFound);
    refused(office.end_grant(here.grant, None), Code::GrantNotFound);
    refused(office.unlink(Invitee::Application(here.application)), Code::ApplicationNotFound);
    refused(office.cancel_invitation(Invitee::Application(here.application)), Code::ApplicationNotFound);
    let rows = office
        .batch(OfficeAction::Reinvite, &[Invitee::Application(here.application)], None, desk.clock.now(), &mut go_on)
        .unwrap();
    assert_eq!(rows[0].findings[0].code, Code::ApplicationNotFound);
    assert_eq!(desk.snapshot(), before, "nothing was written anywhere");

    // A guess there is no failure here; the code of here is wrong there.
    let guess = agency.redeem_code(&here.invitation.code(), "rosa@example.com", None, &Source::UNKNOWN);
    refused(guess.map(drop), Code::InvitationRefused);
    let password = Secret::from("wrong");
    for _ in 0..5 {
        let credentials =
            Credentials { username: "cat@example.com", password: &password, remember: false, device: None };
        assert!(matches!(agency.sign_in(&credentials, &Source::UNKNOWN).unwrap(), SignIn::Refused));
    }
    assert!(matches!(sign_in(agency, "cat@example.com", GOOD), SignIn::Refused));
    desk.session(&here.caregiver.username, GOOD);
    assert!(desk.agency.session(here.session.token.reveal()).is_ok());
    let redeemed = desk.agency.redeem_code(&here.invitation.code(), "rosa@example.com", None, &Source::UNKNOWN);
    assert!(matches!(redeemed.unwrap(), Redeemed::NewAccount { .. }));
    // A roster there neither finds nor misses anyone of here.
    let rows = vec![vec!["Client", "Ann Client", "", "ann@example.com", "", "", ""]];
    let preview = office.preview(csv(&rows)).unwrap();
    assert_eq!(preview.rows()[0].party, Some(theirs));
    assert!(!preview.gone().contains(&party));
}

fn nothing_is_seen_by_default(desk: &Desk) {
    let client = desk.client("Ann Client", "ann@example.com").party.unwrap();
    let family = desk.office().add_party(&new_person("Garcia, Rosa", Role::Family, "rosa@example.com")).unwrap().party;
    let new = NewApplication { number: "A-1".into(), family, submitted_at: None };
    let application = desk.office().add_application(&new).unwrap().application;
    desk.mail();
    let strangers = [
        desk.client("Ben Client", "ben@example.com"),
        desk.caregiver("Cat Care", "cat@example.com"),
        desk.staff("Olga", "Office"),
        desk.manager("Mia", "Manager"),
    ];
    for stranger in &strangers {
        for resource in Resource::ALL {
            for whose in [Whose::Party(client), Whose::Application(application)] {
                let decision = desk.agency.can_see(stranger.account, *resource, whose).unwrap();
                assert!(!decision.allowed, "{} {resource} {whose:?}", stranger.username);
                assert!(!decision.because.is_empty(), "every decision says why");
            }
        }
        let own = desk.agency.sees(stranger.account).unwrap();
        assert!(own.iter().all(|sight| sight.of != Whose::Party(client)));
    }
    for resource in Resource::ALL {
        let seen = desk.agency.seen_by(*resource, client).unwrap();
        assert!(seen.iter().all(|(viewer, _)| strangers.iter().all(|stranger| stranger.account != *viewer)));
    }
}

/// One who is a client and a family's mother: two parties, one account (I8).
fn two_parties_of_one_account_on_one_roster(desk: &Desk) {
    let office = desk.office();
    let client = desk.client("Ann Client", "ann@example.com");
    let family = office.add_party(&new_person("Ann Garcia", Role::Family, "ann@example.com")).unwrap().party;
    office.invite(Invitee::Party(family), None).unwrap();
    let session = desk.session(&client.username, GOOD).token;
    let link = desk.one_mail().link();
    let redeemed = desk.agency.redeem_link(&link, Some(session.reveal()), &Source::UNKNOWN).unwrap();
    assert!(matches!(redeemed, Redeemed::Linked { account, .. } if account == client.account));
    let rows = |phone| {
        vec![
            vec!["Client", "Ann Client", "", "ann@example.com", phone, "", ""],
            vec!["Family", "Ann Garcia", "", "ann@example.com", phone, "", ""],
        ]
    };
    let preview = office.preview(csv(&rows(""))).unwrap();
    let actions: Vec<RowAction> = preview.rows().iter().map(|row| row.action).collect();
    assert_eq!((preview.summary().failed, actions.as_slice()), (0, [RowAction::Unchanged; 2].as_slice()));
    // Both change, and so the one account twice, in one piece.
    let preview = office.preview(csv(&rows("519-672-1843"))).unwrap();
    assert_eq!(preview.summary().update, 2);
    let report = create(&desk.agency, &preview);
    assert_eq!(report.count(RowOutcome::Updated), 2);
    desk.agency.verify_history(client.account).unwrap();
    let after = desk.snapshot();
    create(&desk.agency, &preview);
    assert_eq!(desk.snapshot(), after);
    desk.session("ann@example.com", GOOD);
}

fn an_invited_family_is_left_alone_by_the_same_roster(desk: &Desk) {
    let rows = vec![vec!["Family", "Garcia, Rosa", "", "rosa@example.com", "", "", ""]];
    let preview = desk.office().preview(csv(&rows)).unwrap();
    assert_eq!(create(&desk.agency, &preview).count(RowOutcome::Invited), 1);
    let mail = desk.one_mail();
    let again = desk.office().preview(csv(&rows)).unwrap();
    assert_eq!(again.rows()[0].action, RowAction::Unchanged);
    assert_eq!(create(&desk.agency, &again).count(RowOutcome::Unchanged), 1);
    let moved = vec![vec!["Family", "Garcia, Rosa", "", "rosa@example.com", "519-672-1843", "", ""]];
    let preview = desk.office().preview(csv(&moved)).unwrap();
    assert_eq!(preview.rows()[0].action, RowAction::Update);
    assert_eq!(create(&desk.agency, &preview).count(RowOutcome::Updated), 1);
    assert!(desk.mail().is_empty(), "nothing is sent twice");
    assert!(desk.agency.look_at_invitation(&mail.link()).is_ok());
}

/// Two of one name, and a row with the username of one and the e-mail of the
/// other: nobody gets what is the other's.
fn a_row_between_two_people_is_neither(desk: &Desk) {
    let rows = |username| {
        vec![
            vec!["Caregiver", "Smith, J", "", "one@example.com", "", "", ""],
            vec!["Caregiver", "Smith, J", username, "two@example.com", "", "", ""],
        ]
    };
    let preview = desk.office().preview(csv(&rows(""))).unwrap();
    assert_eq!(create(&desk.agency, &preview).count(RowOutcome::Created), 2);
    let before = desk.snapshot();
    let preview = desk.office().preview(csv(&rows("one@example.com"))).unwrap();
    assert_eq!(preview.rows()[1].state(), RowState::Fail);
    assert_eq!(preview.rows()[1].findings[0].code, Code::RosterAmbiguous);
    assert!(preview.gone().is_empty());
    create(&desk.agency, &preview);
    assert_eq!(desk.snapshot(), before);
}

/// U2: whatever else the one is who accepts.
fn a_username_is_the_contact_that_was_invited(desk: &Desk) {
    let new = NewParty {
        roles: [Role::Caregiver, Role::Family].into(),
        phone: Some("519-464-8540".into()),
        ..new_person("Rosa Garcia", Role::Family, "")
    };
    let family = desk.office().add_party(&new).unwrap().party;
    let staff = new_person("Olga Office", Role::OfficeStaff, "olga@example.com");
    let staff = desk.office().add_party(&staff).unwrap().party;
    for (party, expected) in [(family, "+15194648540"), (staff, "olga@example.com")] {
        desk.office().invite(Invitee::Party(party), None).unwrap();
        let link = desk.one_mail().link();
        let Redeemed::NewAccount { username, .. } = desk.agency.redeem_link(&link, None, &Source::UNKNOWN).unwrap()
        else {
            panic!("a new account")
        };
        assert_eq!(username, expected);
    }
}
