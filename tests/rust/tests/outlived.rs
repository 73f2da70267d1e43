//! What must not outlive what it rests on, and what must not be lost in silence: the
//! ways by which somebody had more after an act than before it, or by which nobody
//! heard of something, each played by whoever would try it.

use carekey::agency::{
    Edit, HistoryRange, Invitee, NewApplication, NewParty, NewTie, PartyEdit, Redeemed, ReviewKind, RowOutcome,
    Sending, Staged,
};
use carekey::policy::{EnrolmentScheme, UsernameScheme};
use carekey::roster::Roster;
use carekey::words::MessageKind;
use carekey::{
    AccountId, Actor, AgencySettings, Code, Method, Office, PartyId, Resource, Result, Role, Secret, Source, TieId,
    TieKind,
};
use carekey_tests::desk::{Desk, GOOD, Mail, OTHER, go_on, new_person, new_staff, org, quick, twice};
use time::Duration;

carekey_tests::on_every_store! { quick();
    what_was_unlinked_stays_so_after_a_split,
    a_role_taken_away_does_not_come_back_by_a_split,
    of_two_merges_the_later_is_split_first,
    merges_that_joined_one_tie_are_split_the_later_first,
    a_tie_that_began_while_two_were_one_enrols_after_the_split,
    one_document_does_not_cover_the_time_of_another,
    a_split_says_whose_contact_was_corrected_and_what_ended,
    a_printed_code_goes_with_its_own_party_again,
    a_grant_ends_with_what_it_is_of,
    a_grant_is_of_a_client_or_an_application_that_is_there,
    nobody_but_a_family_has_two_accounts,
    a_representative_comes_by_no_merge_of_a_program_and_in_no_silence,
    a_client_is_told_at_all_proven_contacts,
    an_objection_stands_whatever_the_office_writes_down,
    one_manager_who_can_act_remains,
    a_password_that_nobody_would_know_is_not_made,
    whoever_waits_to_be_invited_is_listed_and_can_be,
    a_tie_enrols_for_a_client_alone_also_for_one_of_later,
    identifiers_and_names_are_read_alike_at_every_door,
    a_domain_that_looks_alike_is_taken_for_it,
    a_message_goes_to_a_sendable_address,
    what_ends_before_it_begins_is_refused,
    whoever_is_disabled_is_asked_once_they_are_enabled,
}

fn system(desk: &Desk) -> Office {
    desk.agency.acting_as(Actor::System("job".to_owned()))
}

fn code<T: core::fmt::Debug>(result: Result<T>) -> Code {
    let error = result.unwrap_err();
    error.findings.first().map_or(error.code, |finding| finding.code)
}

fn party(desk: &Desk, name: &str, role: Role, email: &str) -> PartyId {
    desk.office().add_party(&new_person(name, role, email)).unwrap().party
}

fn tie(desk: &Desk, kind: TieKind, who: PartyId, of: PartyId) -> NewTie {
    let ends_at = Some(desk.clock.now() + Duration::days(30));
    NewTie { kind, who, of, begins_at: None, ends_at, reference: None }
}

fn relate(desk: &Desk, kind: TieKind, who: PartyId, of: PartyId) -> TieId {
    desk.office().relate(&tie(desk, kind, who, of)).unwrap().tie
}

fn sees(desk: &Desk, account: AccountId, resource: Resource, of: PartyId) -> bool {
    desk.agency.can_see(account, resource, of).unwrap().allowed
}

fn accounts(desk: &Desk, party: PartyId) -> Vec<AccountId> {
    desk.agency.party(party).unwrap().accounts
}

fn to(mail: &[Mail], kind: MessageKind) -> Vec<String> {
    let mut to: Vec<String> = mail.iter().filter(|mail| mail.kind == kind).map(|mail| mail.to.clone()).collect();
    to.sort();
    to
}

fn only(mail: &[Mail], kind: MessageKind) -> &Mail {
    mail.iter().find(|mail| mail.kind == kind).expect("such a message")
}

/// A family with an account, and a session of it.
fn family(desk: &Desk, name: &str, email: &str) -> (PartyId, AccountId, String) {
    desk.mail();
    desk.clock.advance(Duration::minutes(1));
    let family = party(desk, name, Role::Family, email);
    desk.office().invite(Invitee::Party(family), None).unwrap();
    let link = desk.one_mail().link();
    let redeemed = desk.agency.redeem_link(&link, None, &Source::UNKNOWN).unwrap();
    let Redeemed::NewAccount { account, step, .. } = redeemed else { panic!("a new account") };
    let _ = desk.agency.choose_password(&step.token, twice(&Secret::from(GOOD)), &Source::UNKNOWN).unwrap();
    let session = desk.session(email, GOOD);
    (family, account, session.token.reveal().to_owned())
}

/// Another party of the account of that session.
fn also(desk: &Desk, name: &str, email: &str, session: &str) -> PartyId {
    let other = party(desk, name, Role::Family, email);
    desk.office().invite(Invitee::Party(other), None).unwrap();
    let link = desk.one_mail().link();
    desk.agency.redeem_link(&link, Some(session), &Source::UNKNOWN).unwrap();
    other
}

/// A member of the office staff with an account and a record.
fn staff(desk: &Desk, name: &str, email: &str) -> (PartyId, AccountId) {
    let staff = party(desk, name, Role::OfficeStaff, email);
    let account = desk.office().create_account(staff, Role::OfficeStaff, None).unwrap().account.unwrap();
    desk.finish(email);
    (staff, account)
}

fn email(email: &str) -> PartyEdit {
    PartyEdit { email: Edit::Set(email.to_owned()), ..PartyEdit::default() }
}

fn what_was_unlinked_stays_so_after_a_split(desk: &Desk) {
    let office = desk.office();
    let (keep, account, session) = family(desk, "Ann Lund", "lund@example.com");
    let gone = also(desk, "Anna Lund", "lund@example.com", &session);
    // Nothing came between: the link is there again.
    office.merge_parties(keep, gone).unwrap();
    let split = office.split_party(gone).unwrap();
    assert_eq!((accounts(desk, gone), split.changed), (vec![account], vec![]));

    office.merge_parties(keep, gone).unwrap();
    office.unlink(Invitee::Party(keep)).unwrap();
    let split = office.split_party(gone).unwrap();
    assert_eq!((accounts(desk, gone), split.changed.is_empty()), (vec![], false));
    assert_eq!(accounts(desk, keep), []);

    // Nor is an account linked again that was deleted meanwhile.
    let (keep, account, session) = family(desk, "Bo Berg", "berg@example.com");
    let gone = also(desk, "Bob Berg", "berg@example.com", &session);
    let third = also(desk, "Bea Berg", "berg@example.com", &session);
    office.merge_parties(keep, gone).unwrap();
    office.unlink(Invitee::Party(keep)).unwrap();
    office.delete_party(third).unwrap();
    office.split_party(gone).unwrap();
    assert_eq!(accounts(desk, gone), []);
    office.delete_party(gone).unwrap();
    assert_eq!(code(office.set_note(account, "x")), Code::AccountDeleted);
}

fn a_role_taken_away_does_not_come_back_by_a_split(desk: &Desk) {
    let office = desk.office();
    let client = desk.client("Cy Client", "cy@example.com").party.unwrap();
    let (gone, account) = staff(desk, "Stella Moss", "stella@example.com");
    let keep = party(desk, "Stela Moss", Role::Contact, "");
    let ends = Some(desk.clock.now() + Duration::days(30));
    office.grant(gone, Resource::ServicePlan, Some(client.0), ends, None).unwrap();
    office.merge_parties(keep, gone).unwrap();
    assert!(sees(desk, account, Resource::ServicePlan, client));
    office.set_roles(keep, &[Role::Contact].into()).unwrap();
    assert!(!sees(desk, account, Resource::ServicePlan, client));
    let split = office.split_party(gone).unwrap();
    assert!(!sees(desk, account, Resource::ServicePlan, client));
    assert!(split.changed.contains(&gone.0));
    assert_eq!(desk.agency.party(gone).unwrap().roles, [].into());
    assert_eq!(desk.agency.party(keep).unwrap().roles, [Role::Contact].into());
}

fn of_two_merges_the_later_is_split_first(desk: &Desk) {
    let office = desk.office();
    let client = desk.client("Cy Client", "cy@example.com").party.unwrap();
    let keep = party(desk, "Ann Hale", Role::Contact, "");
    let one = desk.caregiver("Anna Hale", "anna@example.com");
    let other = party(desk, "Anne Hale", Role::Caregiver, "");
    let first = one.party.unwrap();
    office.set_roles(keep, &[Role::Caregiver].into()).unwrap();
    let now = desk.clock.now();
    let dated = |who, from: i64, until: i64| NewTie {
        begins_at: Some(now + Duration::days(from)),
        ends_at: Some(now + Duration::days(until)),
        ..tie(desk, TieKind::Caregiver, who, client)
    };
    office.relate(&dated(first, 0, 10)).unwrap();
    office.relate(&dated(other, 5, 100)).unwrap();
    office.merge_parties(keep, first).unwrap();
    office.merge_parties(keep, other).unwrap();
    let error = office.split_party(first).unwrap_err();
    assert_eq!(error.findings[0].code, Code::PartyMergedLater);
    assert_eq!(error.findings[0].params["party"].to_string(), other.to_string());
    office.split_party(other).unwrap();
    office.split_party(first).unwrap();
    desk.clock.advance(Duration::days(50));
    assert!(!sees(desk, one.account, Resource::CareTasks, client), "what neither had, nobody has");
    let until = |who| office.ties(who, None).unwrap().iter().map(|tie| tie.ends_at).collect::<Vec<_>>();
    assert_eq!(until(first), [Some(now + Duration::days(10))]);
    assert_eq!(until(other), [Some(now + Duration::days(100))]);
    assert_eq!(until(keep), []);
}

fn merges_that_joined_one_tie_are_split_the_later_first(desk: &Desk) {
    let office = desk.office();
    let [ann, anna] = ["Ann Hale", "Anna Hale"].map(|name| party(desk, name, Role::Contact, ""));
    let [bob, rob] = ["Bob Moss", "Rob Moss"].map(|name| party(desk, name, Role::Contact, ""));
    let kept = relate(desk, TieKind::Guardian, ann, bob);
    relate(desk, TieKind::Guardian, anna, bob);
    relate(desk, TieKind::Guardian, ann, rob);
    office.merge_parties(ann, anna).unwrap();
    office.merge_parties(rob, bob).unwrap();
    assert_eq!(code(office.split_party(anna)), Code::PartyMergedLater);
    office.split_party(bob).unwrap();
    office.split_party(anna).unwrap();
    let now = desk.clock.now();
    let in_force = |who| office.ties(who, Some(now)).unwrap().len();
    assert_eq!((in_force(ann), in_force(anna), in_force(bob), in_force(rob)), (2, 1, 2, 1));
    assert!(office.ties(ann, Some(now)).unwrap().iter().any(|tie| tie.tie == kept));
}

fn a_tie_that_began_while_two_were_one_enrols_after_the_split(desk: &Desk) {
    let office = desk.office();
    let client = desk.client("Cy Client", "cy@example.com").party.unwrap();
    let keep = desk.caregiver("Kit Reed", "kit@example.com").party.unwrap();
    let gone = party(desk, "Kid Reed", Role::Contact, "kid@example.com");
    let begins_at = Some(desk.clock.now() + Duration::days(3));
    office.relate(&NewTie { begins_at, ..tie(desk, TieKind::EmergencyContact, gone, client) }).unwrap();
    office.merge_parties(keep, gone).unwrap();
    desk.clock.advance(Duration::days(4));
    assert!(desk.mail().is_empty(), "there is a login");
    office.split_party(gone).unwrap();
    assert_eq!(to(&desk.mail(), MessageKind::Registration), ["kid@example.com"]);
    assert_eq!(accounts(desk, gone).len(), 1);

    // The same of who became a client while there was the login of the other.
    let keep = party(desk, "Lou Reed", Role::Contact, "lou@example.com");
    let gone = desk.caregiver("Louis Reed", "louis@example.com").party.unwrap();
    office.merge_parties(keep, gone).unwrap();
    office.set_roles(keep, &[Role::Contact, Role::Caregiver, Role::Client].into()).unwrap();
    assert!(desk.mail().is_empty());
    office.split_party(gone).unwrap();
    assert_eq!(to(&desk.mail(), MessageKind::Registration), ["lou@example.com"]);
}

fn one_document_does_not_cover_the_time_of_another(desk: &Desk) {
    let office = desk.office();
    let client = desk.client("Cy Client", "cy@example.com").party.unwrap();
    let [one, other] = ["Rep One", "Rep Won"].map(|name| party(desk, name, Role::Contact, ""));
    let now = desk.clock.now();
    for (kind, has_end) in [(TieKind::PersonalRepresentative, true), (TieKind::Guardian, false)] {
        for (who, from, days, reference) in [(one, 0, 10, "Court order A"), (other, 5, 100, "Court order B")] {
            let ends_at = has_end.then(|| now + Duration::days(days)).or(Some(now + Duration::days(days)));
            let begins_at = Some(now + Duration::days(from));
            let new =
                NewTie { begins_at, ends_at, reference: Some(reference.to_owned()), ..tie(desk, kind, who, client) };
            office.relate(&new).unwrap();
        }
    }
    let merged = office.merge_parties(one, other).unwrap();
    assert_eq!(merged.joined, []);
    let until = |days: i64| Some(now + Duration::days(days));
    for tie in office.ties(client, None).unwrap() {
        let days = if tie.reference.as_deref() == Some("Court order A") { 10 } else { 100 };
        assert_eq!(tie.ends_at, until(days));
    }
}

fn a_split_says_whose_contact_was_corrected_and_what_ended(desk: &Desk) {
    let office = desk.office();
    let (client, (rita, _)) =
        (desk.client("Cy Client", "cy@example.com").party.unwrap(), staff(desk, "Rita Ames", "rita@example.com"));
    let keep = party(desk, "Ann Hale", Role::OfficeStaff, "");
    let ends = Some(desk.clock.now() + Duration::days(30));
    let grant = office.grant(rita, Resource::Invoices, Some(client.0), ends, None).unwrap();
    let tie = relate(desk, TieKind::Guardian, rita, client);
    office.merge_parties(keep, rita).unwrap();
    desk.clock.advance(Duration::days(1));
    office.edit_party(keep, &email("right@example.com")).unwrap();
    office.end_grant(grant, None).unwrap();
    office.end_tie(tie, None).unwrap();
    let split = office.split_party(rita).unwrap();
    let mut expected = vec![rita.0, grant.0, tie.0];
    let mut changed = split.changed.clone();
    (expected.sort(), changed.sort());
    assert_eq!(changed, expected);
    assert_eq!(desk.agency.party(keep).unwrap().email.as_deref(), Some("right@example.com"));
    assert_eq!(desk.agency.party(rita).unwrap().email.as_deref(), Some("rita@example.com"));

    // An invitation that the merge cancelled is dead: the split says so.
    let [one, other] = ["Fay Ross", "Faye Ross"].map(|name| party(desk, name, Role::Family, ""));
    for (family, to) in [(one, "fay@example.com"), (other, "faye@example.com")] {
        office.edit_party(family, &email(to)).unwrap();
        office.invite(Invitee::Party(family), None).unwrap();
    }
    let merged = office.merge_parties(one, other).unwrap();
    assert_eq!(merged.cancelled.len(), 1);
    assert_eq!(office.split_party(other).unwrap().changed, [merged.cancelled[0].0]);
}

fn a_printed_code_goes_with_its_own_party_again(desk: &Desk) {
    let office = desk.office();
    let keep = party(desk, "Fay Ross", Role::Family, "fay@example.com");
    let gone = party(desk, "Faye Ross", Role::Family, "faye@example.com");
    let printed = office.print_code(Invitee::Party(gone), None).unwrap();
    office.merge_parties(keep, gone).unwrap();
    office.edit_party(keep, &email("fay2@example.com")).unwrap();
    office.split_party(gone).unwrap();
    let redeem = |with: &str| desk.agency.redeem_code(printed.code.reveal(), with, None, &Source::UNKNOWN);
    assert_eq!(code(redeem("fay2@example.com")), Code::InvitationRefused);
    redeem("faye@example.com").unwrap();
    assert_eq!((accounts(desk, gone).len(), accounts(desk, keep).len()), (1, 0));
}

fn a_grant_ends_with_what_it_is_of(desk: &Desk) {
    let office = desk.office();
    let (rita, account) = staff(desk, "Rita Ames", "rita@example.com");
    let client = desk.client("Cy Client", "cy@example.com").party.unwrap();
    let family = party(desk, "Fay Ross", Role::Family, "fay@example.com");
    let new = NewApplication { number: "A-1".to_owned(), family, submitted_at: None };
    let application = office.add_application(&new).unwrap().application;
    let ends = Some(desk.clock.now() + Duration::days(300));
    office.grant(rita, Resource::ServicePlan, Some(client.0), ends, None).unwrap();
    office.grant(rita, Resource::Application, Some(application.0), ends, None).unwrap();
    assert!(sees(desk, account, Resource::ServicePlan, client));
    office.delete_party(client).unwrap();
    office.delete_party(family).unwrap();
    desk.clock.advance(Duration::days(2));
    office.restore_party(client, &new_person("Cy Client", Role::Client, "cy@example.com")).unwrap();
    office.restore_party(family, &new_person("Fay Ross", Role::Family, "fay@example.com")).unwrap();
    assert!(!sees(desk, account, Resource::ServicePlan, client));
    assert!(!desk.agency.can_see(account, Resource::Application, application).unwrap().allowed);
    assert!(office.grants(rita, Some(desk.clock.now())).unwrap().is_empty());
}

fn a_grant_is_of_a_client_or_an_application_that_is_there(desk: &Desk) {
    let office = desk.office();
    let (rita, _) = staff(desk, "Rita Ames", "rita@example.com");
    let [client, deleted] = ["c1", "c2"].map(|name| {
        desk.client(if name == "c1" { "Cy Client" } else { "Di Client" }, &format!("{name}@example.com")).party.unwrap()
    });
    let merged = party(desk, "Cyd Client", Role::Contact, "");
    let caregiver = desk.caregiver("Cora Care", "cora@example.com").party.unwrap();
    office.delete_party(deleted).unwrap();
    office.merge_parties(client, merged).unwrap();
    let ends = Some(desk.clock.now() + Duration::days(3));
    let grant = |resource, of| office.grant(rita, resource, Some(of), ends, None);
    let unknown = uuid::Uuid::from_u128(7);
    assert_eq!(code(grant(Resource::ServicePlan, unknown)), Code::PartyNotFound);
    assert_eq!(code(grant(Resource::ServicePlan, deleted.0)), Code::PartyNotFound);
    assert_eq!(code(grant(Resource::ServicePlan, merged.0)), Code::PartyMerged);
    assert_eq!(code(grant(Resource::ServicePlan, caregiver.0)), Code::GrantNotClient);
    assert_eq!(code(grant(Resource::Application, client.0)), Code::ApplicationNotFound);
    grant(Resource::ServicePlan, client.0).unwrap();
}

fn nobody_but_a_family_has_two_accounts(desk: &Desk) {
    let office = desk.office();
    let (mum, first, _) = family(desk, "Fay Ross", "mum@example.com");
    let (dad, second, _) = family(desk, "Fay Ross", "dad@example.com");
    office.merge_parties(mum, dad).unwrap();
    assert_eq!(accounts(desk, mum).len(), 2);
    assert_eq!(code(office.set_roles(mum, &[Role::Family, Role::Client].into())), Code::PartyTwoAccounts);
    let preview = office.preview(Roster::from_csv(&b"Role,Name,Email\nClient,Fay Ross,mum@example.com\n"[..]).unwrap());
    let report = office.create(&preview.unwrap(), None, &mut go_on).unwrap();
    assert_eq!(report.count(RowOutcome::Failed), 1, "{:?}", report.rows);
    let found = &report.rows[0].findings;
    assert!(found.iter().any(|finding| finding.code == Code::PartyTwoAccounts), "{found:?}");
    assert_eq!(desk.agency.party(mum).unwrap().roles, [Role::Family].into());
    for account in [first, second] {
        assert!(!sees(desk, account, Resource::ServicePlan, mum));
    }
    // With one of them it may be a client, and then no second account comes to it.
    office.split_party(dad).unwrap();
    office.set_roles(mum, &[Role::Family, Role::Client].into()).unwrap();
    assert_eq!(code(office.merge_parties(mum, dad)), Code::PartyTwoAccounts);
}

fn a_representative_comes_by_no_merge_of_a_program_and_in_no_silence(desk: &Desk) {
    let office = desk.office();
    let client = desk.client("Cy Client", "cy@example.com");
    let cora = desk.caregiver("Cora Care", "cora@example.com");
    let (client, keep) = (client.party.unwrap(), cora.party.unwrap());
    let rep = party(desk, "Rep Care", Role::Contact, "");
    let reference = Some("Court order A".to_owned());
    office.relate(&NewTie { reference, ..tie(desk, TieKind::PersonalRepresentative, rep, client) }).unwrap();
    desk.mail();
    assert_eq!(code(system(desk).merge_parties(keep, rep)), Code::ActorNotAllowed);
    assert!(!sees(desk, cora.account, Resource::ServicePlan, client));
    office.merge_parties(keep, rep).unwrap();
    let mail = desk.mail();
    let told = only(&mail, MessageKind::RepresentativeAdded);
    assert_eq!(told.to, "cy@example.com");
    assert!(told.body.reveal().contains("Cora Care"));
    assert_eq!(code(system(desk).split_party(rep)), Code::ActorNotAllowed);
    office.split_party(rep).unwrap();
    assert!(only(&desk.mail(), MessageKind::RepresentativeAdded).body.reveal().contains("Rep Care"));

    // The client's side: whose representative it is then is told.
    let other = party(desk, "Cyrus Client", Role::Contact, "");
    assert_eq!(code(system(desk).merge_parties(other, client)), Code::ActorNotAllowed);
    office.merge_parties(other, client).unwrap();
    assert_eq!(to(&desk.mail(), MessageKind::RepresentativeAdded), ["cy@example.com"]);
}

fn a_client_is_told_at_all_proven_contacts(desk: &Desk) {
    let office = desk.office();
    let client = desk.client("Cy Client", "cy@example.com");
    let session = desk.session(&client.username, GOOD);
    let password = Secret::from(GOOD);
    desk.agency
        .change_contact(session.token.reveal(), &password, Method::Sms, "212-555-0142", &Source::UNKNOWN)
        .unwrap();
    let mail = desk.mail();
    desk.agency.confirm_contact(&only(&mail, MessageKind::ConfirmContact).link(), &Source::UNKNOWN).unwrap();
    let rep = party(desk, "Rep Reed", Role::Contact, "");
    let reference = Some("Court order A".to_owned());
    let new = NewTie { reference, ..tie(desk, TieKind::PersonalRepresentative, rep, client.party.unwrap()) };
    office.relate(&new).unwrap();
    assert_eq!(to(&desk.mail(), MessageKind::RepresentativeAdded), ["+12125550142", "cy@example.com"]);
}

fn an_objection_stands_whatever_the_office_writes_down(desk: &Desk) {
    let office = desk.office();
    let client = desk.client("Cy Client", "cy@example.com");
    let party = client.party.unwrap();
    let objections = || {
        let review = office.review(90).unwrap();
        let objections = review.into_iter().filter(|item| item.kind == ReviewKind::Objection);
        objections.map(|item| item.contacts[0].clone()).collect::<Vec<_>>()
    };
    office.edit_party(party, &email("thief@example.com")).unwrap();
    let mail = desk.mail();
    desk.agency.confirm_contact(&only(&mail, MessageKind::ConfirmContact).link(), &Source::UNKNOWN).unwrap();
    desk.agency.object_to_contact(&only(&mail, MessageKind::ContactChanging).link(), &Source::UNKNOWN).unwrap();
    assert_eq!(objections(), ["thief@example.com"]);
    office.edit_party(party, &PartyEdit { email: Edit::Clear, ..PartyEdit::default() }).unwrap();
    assert_eq!(objections(), ["thief@example.com"]);
    office.edit_party(party, &email("third@example.com")).unwrap();
    assert_eq!(objections(), ["thief@example.com"]);
    office.edit_party(party, &email("thief@example.com")).unwrap();
    assert_eq!(objections(), ["thief@example.com"]);
    let file = format!("Role,Name,Email\nClient,Cy Client,{}\n", "cy@example.com");
    let preview = office.preview(Roster::from_csv(file.as_bytes()).unwrap()).unwrap();
    office.create(&preview, None, &mut go_on).unwrap();
    assert_eq!(objections(), ["thief@example.com"]);
    office.release_contact(client.account, "thief@example.com").unwrap();
    assert!(objections().is_empty());
}

fn one_manager_who_can_act_remains(desk: &Desk) {
    let office = desk.office();
    let mia = desk.manager("Mia", "One");
    let max = office.add_manager(&new_staff("Max", "Two")).unwrap().account.unwrap();
    desk.mail();
    let password = Secret::from(OTHER);
    assert_eq!(code(office.disable(mia.account)), Code::ManagerLast);
    assert_eq!(code(system(desk).reset_password(mia.account, twice(&password))), Code::ManagerLast);
    // Support may, since nobody else could help them; and they remain the one.
    office.reset_password(mia.account, twice(&password)).unwrap();
    assert_eq!(code(office.disable(mia.account)), Code::ManagerLast);
    assert_eq!(code(office.remove_manager(mia.account)), Code::ManagerLast);
    assert_eq!(code(system(desk).disable(mia.account)), Code::ManagerLast);
    // Whoever never came goes as before.
    office.disable(max).unwrap();
}

fn a_password_that_nobody_would_know_is_not_made(desk: &Desk) {
    let mut settings: AgencySettings = desk.agency.settings().unwrap();
    settings.policy.username.schemes.insert(Role::EmergencyContact, UsernameScheme::Staff);
    settings.policy.username.schemes.insert(Role::Client, UsernameScheme::Staff);
    let office = desk.office();
    office.change_settings(settings).unwrap();
    let client = party(desk, "Cy Client", Role::Client, "cy@example.com");
    let contact = party(desk, "Ed Later", Role::Contact, "");
    let begins_at = Some(desk.clock.now() + Duration::days(1));
    office.relate(&NewTie { begins_at, ..tie(desk, TieKind::EmergencyContact, contact, client) }).unwrap();
    desk.clock.advance(Duration::days(2));
    desk.mail();
    let staged = office.staged(0, 9).unwrap().rows;
    assert_eq!(staged.iter().map(|row| row.party).collect::<Vec<_>>(), [Some(contact)]);
    let sent = office.send_staged(&[staged[0].item().unwrap()], &mut go_on).unwrap();
    let password = sent[0].hand_over.clone().expect("to be handed over");
    assert!(matches!(
        desk.sign_in(sent[0].username.as_deref().unwrap(), password.reveal()),
        carekey::SignIn::ChangePassword(_)
    ));

    // Nor where the only contact of somebody who never came is taken away.
    office.edit_party(client, &PartyEdit { email: Edit::Clear, ..PartyEdit::default() }).unwrap();
    let staged = office.staged(0, 9).unwrap().rows;
    assert_eq!(staged.iter().map(|row| row.party).collect::<Vec<_>>(), [Some(client)]);
}

fn whoever_waits_to_be_invited_is_listed_and_can_be(desk: &Desk) {
    let later = desk.office().sending(Sending::Later);
    let sue = desk.client("Sue Wright", "house@example.com");
    let roster = Roster::from_csv(&b"Role,Name,Email\nClient,Bob Wright,house@example.com\n"[..]).unwrap();
    let mut preview = later.preview(roster).unwrap();
    preview.share(preview.rows()[0].row.line).unwrap();
    let report = later.create(&preview, None, &mut go_on).unwrap();
    assert_eq!(report.count(RowOutcome::Staged), 1, "{:?}", report.rows);
    let bob = report.rows[0].party.unwrap();

    let mut settings = desk.agency.settings().unwrap();
    settings.policy.enrolment.schemes.insert(Role::EmergencyContact, EnrolmentScheme::InvitationCode);
    desk.office().change_settings(settings).unwrap();
    let contact = party(desk, "Ed Moss", Role::Contact, "ed@example.com");
    later.relate(&tie(desk, TieKind::EmergencyContact, contact, sue.party.unwrap())).unwrap();
    // One that is nothing but a contact waits for nothing.
    party(desk, "Al Wright", Role::Contact, "house@example.com");
    assert!(desk.mail().is_empty());

    let waiting = desk.office().staged(0, 9).unwrap().rows;
    let mut parties: Vec<PartyId> = waiting.iter().filter_map(|row| row.party).collect();
    let mut expected = vec![bob, contact];
    (parties.sort(), expected.sort());
    assert_eq!(parties, expected);
    let items: Vec<Staged> = expected.iter().map(|party| Staged::Party(*party)).collect();
    let sent = desk.office().send_staged(&items, &mut go_on).unwrap();
    assert!(sent.iter().all(|row| row.done), "{sent:?}");
    assert_eq!(to(&desk.mail(), MessageKind::Invitation), ["ed@example.com", "house@example.com"]);
    assert!(desk.office().staged(0, 9).unwrap().rows.is_empty());
}

fn a_tie_enrols_for_a_client_alone_also_for_one_of_later(desk: &Desk) {
    let office = desk.office();
    let client = desk.client("Cy Client", "cy@example.com").party.unwrap();
    let begins_at = Some(desk.clock.now() + Duration::days(2));
    let one = party(desk, "Ed One", Role::Contact, "one@example.com");
    office.relate(&NewTie { begins_at, ..tie(desk, TieKind::EmergencyContact, one, client) }).unwrap();
    office.set_roles(client, &[Role::Contact].into()).unwrap();
    desk.clock.advance(Duration::days(3));
    assert!(desk.mail().is_empty());
    assert_eq!(accounts(desk, one), []);

    let later = party(desk, "Di Later", Role::Contact, "di@example.com");
    let [now, then] = [("Ed Two", "two@example.com"), ("Ed Three", "three@example.com")]
        .map(|(name, email)| party(desk, name, Role::Contact, email));
    let payer = office.add_party(&org("Payer Inc", Role::Organization, "pay@example.com")).unwrap().party;
    relate(desk, TieKind::EmergencyContact, now, later);
    relate(desk, TieKind::Payer, payer, later);
    let begins_at = Some(desk.clock.now() + Duration::days(2));
    office.relate(&NewTie { begins_at, ..tie(desk, TieKind::EmergencyContact, then, later) }).unwrap();
    assert!(desk.mail().is_empty(), "nobody's client");
    office.set_roles(later, &[Role::Contact, Role::Client].into()).unwrap();
    let registered = to(&desk.mail(), MessageKind::Registration);
    assert_eq!(registered, ["di@example.com", "pay@example.com", "two@example.com"]);
    desk.clock.advance(Duration::days(2));
    assert_eq!(to(&desk.mail(), MessageKind::Registration), ["three@example.com"]);
}

fn identifiers_and_names_are_read_alike_at_every_door(desk: &Desk) {
    let office = desk.office();
    let ann = party(desk, "Ann Hale", Role::Contact, "");
    let id = |party: PartyId| desk.agency.party(party).unwrap().external_id;
    for (number, typed) in ["n/a", "NULL", "0", "-", "nan", "1.23E+10", "#REF!"].iter().enumerate() {
        let letter = char::from(b'a' + u8::try_from(number).unwrap());
        let name = format!("Bo M{letter}s");
        let new = NewParty { external_id: Some((*typed).to_owned()), ..new_person(&name, Role::Contact, "") };
        assert_eq!(id(office.add_party(&new).unwrap().party), None, "{typed}");
        let edit = PartyEdit { external_id: Edit::Set((*typed).to_owned()), ..PartyEdit::default() };
        let edited = office.edit_party(ann, &edit).unwrap();
        assert_eq!((id(ann), edited.findings.len()), (None, 1), "{typed}");
    }
    let set = |typed: &str| {
        office.edit_party(ann, &PartyEdit { external_id: Edit::Set(typed.to_owned()), ..PartyEdit::default() })
    };
    set("=\"7\"").unwrap();
    assert_eq!(id(ann).as_deref(), Some("7"));
    let same = NewParty { external_id: Some(" 7 ".to_owned()), ..new_person("Cy Moss", Role::Contact, "") };
    assert_eq!(code(office.add_party(&same)), Code::PartyExists);
    assert_eq!(code(set("a\u{7}b")), Code::TextControlCharacter);
    assert_eq!(code(set(&"7".repeat(101))), Code::TextTooLong);
    office.delete_party(ann).unwrap();
    let back = NewParty { external_id: Some("N/A".to_owned()), ..new_person("Ann Hale", Role::Contact, "") };
    office.restore_party(ann, &back).unwrap();
    assert_eq!(id(ann), None);

    let long = "x".repeat(201);
    for (name, wrong) in [("Acme\nBcc: x@y.example", Code::TextControlCharacter), (&*long, Code::TextTooLong)] {
        assert_eq!(code(office.add_party(&org(name, Role::Payer, ""))), wrong);
        assert_eq!(code(office.add_party(&new_person(name, Role::Contact, ""))), wrong);
        let nickname = PartyEdit { nickname: Edit::Set(name.to_owned()), ..PartyEdit::default() };
        assert_eq!(code(office.edit_party(ann, &nickname)), wrong);
        let application = NewApplication { number: name.to_owned(), family: ann, submitted_at: None };
        assert_eq!(code(office.add_application(&application)), wrong);
        let settings = AgencySettings { name: name.to_owned(), ..desk.agency.settings().unwrap() };
        assert_eq!(code(office.change_settings(settings)), wrong);
    }
    assert_eq!(code(office.add_party(&org("\u{200b}\u{202e}", Role::Payer, ""))), Code::NameMissing);
}

fn a_domain_that_looks_alike_is_taken_for_it(desk: &Desk) {
    let office = desk.office();
    let sue = desk.client("Sue Wright", "sue@example.com");
    let enrolled = |email: &str| {
        let added = office.add_party(&new_person("Mal Lory", Role::Client, email)).unwrap();
        let enrolled = added.enrolled.unwrap();
        enrolled.findings.first().map(|finding| finding.code)
    };
    // The second letter of the domain is Cyrillic.
    assert_eq!(enrolled("sue@ex\u{430}mple.com"), Some(Code::UsernameConfusable));
    assert_eq!(enrolled("sue@xn--exmple-4nf.com"), Some(Code::UsernameConfusable));
    assert_eq!(enrolled("sue@bücher.example"), None);
    // Whoever is deleted is told by their own address alone.
    office.delete_party(sue.party.unwrap()).unwrap();
    let former = |name: &str| office.former(name).unwrap().map(|former| former.party);
    assert_eq!(former("SUE@example.com"), sue.party);
    assert_eq!(former("sue@examp1e.com"), None);
    assert!(enrolled("sue@examp1e.com").is_some(), "nor does anybody get one that looks like it");
    assert_eq!(enrolled("sue@example.com"), Some(Code::UsernameRetired));
}

fn a_message_goes_to_a_sendable_address(desk: &Desk) {
    for (name, typed, to) in [
        // A full stop as people type it in Chinese, a mark of its own, and a space that nobody sees.
        ("Al Reed", "Al@EXAMPLE\u{3002}com", "Al@example.com"),
        ("Bo Reed", "bo@exa\u{308}mple.com", "bo@xn--exmple-cua.com"),
        ("Cy Reed", "cy@exam\u{200b}ple.com", "cy@example.com"),
        ("Di Reed", "Di@Example.com", "Di@Example.com"),
    ] {
        party(desk, name, Role::Client, typed);
        assert_eq!(desk.one_mail().to, to);
    }
}

fn what_ends_before_it_begins_is_refused(desk: &Desk) {
    let office = desk.office();
    let client = desk.client("Cy Client", "cy@example.com").party.unwrap();
    let (rita, _) = staff(desk, "Rita Ames", "rita@example.com");
    let now = Some(desk.clock.now());
    let tie = NewTie { begins_at: now, ends_at: now, ..tie(desk, TieKind::Guardian, rita, client) };
    assert_eq!(code(office.relate(&tie)), Code::TieEndsBeforeItBegins);
    assert_eq!(code(office.grant(rita, Resource::Invoices, None, now, None)), Code::GrantEndsBeforeItBegins);
    let range = HistoryRange { since: now, until: now.map(|now| now - Duration::days(1)), account: None };
    assert_eq!(code(office.export_history(&range, &mut Vec::new())), Code::ExportEndsBeforeItBegins);
}

fn whoever_is_disabled_is_asked_once_they_are_enabled(desk: &Desk) {
    let office = desk.office();
    let client = desk.client("Cy Client", "cy@example.com");
    office.disable(client.account).unwrap();
    office.edit_party(client.party.unwrap(), &email("new@example.com")).unwrap();
    assert!(to(&desk.mail(), MessageKind::ConfirmContact).is_empty());
    office.enable(client.account).unwrap();
    let mail = desk.mail();
    assert_eq!(to(&mail, MessageKind::ContactChanging), ["cy@example.com"]);
    desk.agency.confirm_contact(&only(&mail, MessageKind::ConfirmContact).link(), &Source::UNKNOWN).unwrap();
    assert_eq!(office.user(client.account).unwrap().username, "new@example.com");
}
