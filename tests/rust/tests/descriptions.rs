//! The list of users says what was last done to an account and by whom (A3):
//! after every act of the office that concerns one, and after none of its user's.

use std::collections::BTreeSet;

use carekey::agency::{AdministrativeAct, Description, Edit, Invitee, NewTie, PartyEdit, Sending, UserQuery};
use carekey::roster::Roster;
use carekey::{AccountId, Actor, Office, Resource, Role, Secret, Source, TieKind};
use carekey_tests::desk::{Desk, GOOD, OTHER, go_on, new_person, new_staff, quick, send_all, twice};
use time::Duration;

/// What is said of an account, also of a disabled one.
fn said(desk: &Desk, account: AccountId) -> Option<(AdministrativeAct, String)> {
    let query = UserQuery { show_disabled: true, limit: 1_000, ..UserQuery::default() };
    let users = desk.office().users(&query).unwrap().users;
    let user = users.into_iter().find(|user| user.account == account)?;
    user.description.map(|Description { act, by }| (act, by))
}

/// The office, each time with another name, so that no description of before
/// passes for one of now.
struct Names<'a> {
    desk: &'a Desk,
    number: u32,
    seen: BTreeSet<AdministrativeAct>,
}

impl Names<'_> {
    /// Someone of support acts, and their act is what is said of the account.
    fn after(&mut self, what: AdministrativeAct, account: AccountId, act: impl FnOnce(Office)) {
        self.number += 1;
        let name = format!("Clerk {}", self.number);
        act(self.desk.agency.acting_as(Actor::Support(name.clone())));
        assert_eq!(said(self.desk, account), Some((what, name)));
        self.seen.insert(what);
    }
}

#[test]
fn every_act_of_the_office_on_an_account_is_said_last() {
    let desk = Desk::memory(quick());
    let mut names = Names { desk: &desk, number: 0, seen: BTreeSet::new() };
    let party = desk.office().add_party(&new_person("Cora Care", Role::Caregiver, "cora@example.com")).unwrap().party;
    let later = desk.office().sending(Sending::Later);
    let cora = later.create_account(party, Role::Caregiver, None).unwrap().account.unwrap();
    names.seen.insert(said(&desk, cora).unwrap().0);
    let sue = desk.client("Sue Client", "sue@example.com");

    use AdministrativeAct::*;
    names.after(Sent, cora, |office| drop(office.send_again(cora).unwrap()));
    names.after(SentAgain, cora, |office| drop(office.send_again(cora).unwrap()));
    let roles = [Role::Caregiver, Role::OfficeStaff].into();
    names.after(RolesChanged, cora, |office| drop(office.set_roles(party, &roles).unwrap()));
    let edit = PartyEdit { nickname: Edit::Set("Co".to_owned()), ..PartyEdit::default() };
    names.after(Edited, cora, |office| drop(office.edit_party(party, &edit).unwrap()));
    let mut grant = None;
    names.after(GrantAdded, cora, |office| {
        grant = Some(
            office
                .grant(party, Resource::Invoices, None, Some(time::macros::datetime!(2100-01-01 00:00 UTC)), None)
                .unwrap(),
        );
    });
    names.after(GrantEnded, cora, |office| office.end_grant(grant.unwrap(), None).unwrap());
    let new = NewTie {
        kind: TieKind::Manager,
        who: party,
        of: sue.party.unwrap(),
        begins_at: None,
        ends_at: None,
        reference: None,
    };
    let mut tie = None;
    names.after(TieAdded, cora, |office| tie = Some(office.relate(&new).unwrap().tie));
    // Of the other end nothing was done to the account.
    assert_eq!(said(&desk, sue.account), Some((Created, "Pat Long".to_owned())));
    desk.clock.advance(Duration::SECOND);
    names.after(TieEnded, cora, |office| office.end_tie(tie.unwrap(), None).unwrap());
    names.after(NoteChanged, cora, |office| office.set_note(cora, "seen").unwrap());
    names.after(SessionsEnded, cora, |office| office.end_sessions(cora).unwrap());
    names.after(Unlocked, cora, |office| office.unlock(cora).unwrap());
    names.after(Disabled, cora, |office| office.disable(cora).unwrap());
    names.after(Enabled, cora, |office| office.enable(cora).unwrap());
    names.after(PasswordReset, cora, |office| office.reset_password(cora, twice(&Secret::from(OTHER))).unwrap());
    let file = "Role,Name,Email,Phone\nCaregiver,Cora Care,cora@example.com,212-555-0123\n";
    let roster = |office: Office, file: &str| {
        let preview = office.preview(Roster::from_csv(file.as_bytes()).unwrap()).unwrap();
        drop(office.create(&preview, None, &mut go_on).unwrap());
    };
    names.after(Updated, cora, |office| roster(office, file));
    names.after(Updated, cora, |office| roster(office, &file.replace("cora@", "cora.care@")));
    // One more account whose e-mail is its name, and has a phone beside it.
    let dana = desk.staff("Dana", "Desk");
    let phone = new_staff("Dana", "Desk").phone.unwrap();
    names.after(ContactReleased, dana.account, |office| office.release_contact(dana.account, &phone).unwrap());
    let record = new_person("Dana Desk", Role::OfficeStaff, "");
    let record = desk.office().add_party(&record).unwrap().party;
    names.after(Linked, dana.account, |office| office.link_account(dana.account, record).unwrap());
    let boss = desk.staff("Mia", "Manager").account;
    names.after(ManagerAdded, boss, |office| office.promote(boss).unwrap());
    let second = desk.staff("Ned", "Next").account;
    names.after(ManagerAdded, second, |office| office.hand_over(boss, second).unwrap());
    assert_eq!(said(&desk, boss).unwrap(), (ManagerRemoved, format!("Clerk {}", names.number)));
    names.after(ManagerAdded, boss, |office| office.promote(boss).unwrap());
    names.after(ManagerRemoved, boss, |office| office.remove_manager(boss).unwrap());
    let family = desk.family_by_phone("Rosa Garcia", "+1 212 555 0177");
    let item = Invitee::Party(family.party.unwrap());
    names.after(Unlinked, family.account, |office| office.unlink(item).unwrap());

    // What no act of today's does: correcting a contact by other means than a
    // roster, renaming; and whoever is deleted is in no list.
    let elsewhere = [ContactChanged, UsernameChanged, Deleted];
    let all: BTreeSet<_> = AdministrativeAct::ALL.iter().copied().filter(|act| !elsewhere.contains(act)).collect();
    assert_eq!(names.seen, &all | &[ManagerRemoved].into());
}

#[test]
fn what_users_and_the_engine_do_is_no_act_of_the_office() {
    let desk = Desk::memory(quick());
    let cora = desk.caregiver("Cora Care", "cora@example.com");
    let created = Some((AdministrativeAct::Created, "Pat Long".to_owned()));
    assert_eq!(said(&desk, cora.account), created);
    let session = desk.session(&cora.username, GOOD);
    let _ = desk.sign_in(&cora.username, "wrong");
    let (current, new) = (Secret::from(GOOD), Secret::from(OTHER));
    desk.agency.change_password(session.token.reveal(), &current, twice(&new), &Source::UNKNOWN).unwrap();
    desk.agency.remind().unwrap();
    assert_eq!(said(&desk, cora.account), created);

    // Confirming a new address moves the username: its user does it.
    desk.correct_email("Cora Care", "cora@example.com", "cora.care@example.com");
    let updated = said(&desk, cora.account);
    assert_eq!(updated, Some((AdministrativeAct::Updated, "Pat Long".to_owned())));
    let mail = send_all(&desk.agency);
    let mail = mail.iter().find(|mail| mail.to == "cora.care@example.com").unwrap();
    let name = desk.agency.confirm_contact(&mail.link(), &Source::UNKNOWN).unwrap();
    assert_eq!(name, "cora.care@example.com");
    assert_eq!(said(&desk, cora.account), updated);
}

#[test]
fn an_act_that_fails_says_nothing() {
    let desk = Desk::memory(quick());
    let cora = desk.caregiver("Cora Care", "cora@example.com");
    let before = said(&desk, cora.account);
    let office = desk.agency.acting_as(Actor::Support("Nobody".into()));
    assert!(office.enable(cora.account).is_err());
    assert!(office.send_again(cora.account).is_err());
    assert!(office.release_contact(cora.account, "cora@example.com").is_err());
    assert!(office.set_note(cora.account, &"x".repeat(2_001)).is_err());
    assert_eq!(said(&desk, cora.account), before);
}
