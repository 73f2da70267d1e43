//! Delegated work (A7), played by those who would do more than they may.

use std::collections::{BTreeMap, BTreeSet};

use carekey::agency::{AgencySettings, Invitee, NewApplication, NewParty, NewTie, UserQuery};
use carekey::policy::OfficeAct;
use carekey::{AccountId, Code, ErrorKind, Office, PartyId, Policy, Result, Role, Secret, TieId, TieKind};
use carekey_tests::between::Between;
use carekey_tests::desk::{Desk, GOOD, OTHER, Person, new_person, quick, twice};

/// What is never delegated: whatever is new stands here, or in [`OfficeAct`],
/// once somebody has thought about it.
const NEVER: &[&str] = &[
    "add_manager",
    "change_settings",
    "create",
    "create_agency",
    "create_staff_account",
    "create_ties",
    "delete_agency",
    "delete_party",
    "edit_party",
    "end_grant",
    "export_agency",
    "export_history",
    "feed",
    "former",
    "grant",
    "grants",
    "hand_over",
    "link_account",
    "merge_parties",
    "message_owner",
    "messages",
    "parties",
    "party_file",
    "preview",
    "preview_merge",
    "preview_text",
    "preview_ties",
    "print_code",
    "promote",
    "release_contact",
    "remove_manager",
    "restore_party",
    "resume_agency",
    "review",
    "send_staged",
    "sessions",
    "set_roles",
    "set_text",
    "split_party",
    "staged",
    "suspend_agency",
    "text",
    "texts",
    "trim_history",
];

#[test]
fn every_act_is_delegable_or_never() {
    let texts: serde_json::Value = serde_json::from_str(include_str!("../../../core/src/texts/en.json")).unwrap();
    let acts: BTreeSet<&str> = texts["acts"].as_object().unwrap().keys().map(String::as_str).collect();
    let delegable = OfficeAct::ALL.iter().map(|act| act.as_str());
    let known: BTreeSet<&str> = delegable.chain(NEVER.iter().copied()).chain(["*"]).collect();
    assert_eq!(acts, known);
    assert_eq!(known.len(), OfficeAct::ALL.len() + NEVER.len() + 1, "none is both");
}

/// A policy by which office staff may do everything that can be delegated, on
/// people of these roles.
fn all_on(roles: &[Role]) -> Policy {
    let roles: BTreeSet<Role> = roles.iter().copied().collect();
    let acts: BTreeMap<OfficeAct, BTreeSet<Role>> = OfficeAct::ALL.iter().map(|act| (*act, roles.clone())).collect();
    let mut policy = quick();
    policy.office.delegated.insert(Role::OfficeStaff, acts);
    policy
}

/// Someone of an office role with an active account and a party.
fn of_office(desk: &Desk, name: &str, email: &str) -> Person {
    let party = desk.office().add_party(&new_person(name, Role::OfficeStaff, email)).unwrap().party;
    let enrolled = desk.office().create_account(party, Role::OfficeStaff, None).unwrap();
    desk.finish(email);
    Person { party: Some(party), account: enrolled.account.unwrap(), username: enrolled.username.unwrap() }
}

/// Whom an act is done to.
struct Whom {
    account: AccountId,
    party: PartyId,
    tie: TieId,
}

impl Whom {
    fn of(desk: &Desk, person: &Person, other: PartyId) -> Self {
        let party = person.party.unwrap();
        let new =
            NewTie { kind: TieKind::Guardian, who: party, of: other, begins_at: None, ends_at: None, reference: None };
        Self { account: person.account, party, tie: desk.office().relate(&new).unwrap().tie }
    }
}

/// Does an act to somebody; of a list, whether they stand in it.
fn doing(office: &Office, act: OfficeAct, whom: &Whom, with: PartyId, number: &str) -> Result<bool> {
    let (account, item) = (whom.account, Invitee::Party(whom.party));
    let password = Secret::from(OTHER);
    let done = |_| true;
    match act {
        OfficeAct::User => office.user(account).map(|_| true),
        OfficeAct::Users => {
            let all = UserQuery { show_disabled: true, ..UserQuery::default() };
            Ok(office.users(&all)?.users.iter().any(|user| user.account == account))
        }
        OfficeAct::Window => {
            let groups = office.window(0, 100)?;
            Ok(groups.iter().flat_map(|group| &group.rows).any(|row| row.party == whom.party))
        }
        OfficeAct::Applications => Ok(office.applications(None, 0, 100)?.iter().any(|row| row.family == whom.party)),
        OfficeAct::Ties => office.ties(whom.party, None).map(|_| true),
        OfficeAct::AddParty => {
            let roles: BTreeSet<Role> = office.agency().party(whom.party)?.roles;
            office.add_party(&NewParty { name: "Nora New".to_owned(), roles, ..NewParty::default() }).map(|_| true)
        }
        OfficeAct::CreateAccount => office.create_account(whom.party, Role::Caregiver, None).map(|_| true),
        OfficeAct::SendAgain => office.send_again(account).map(|_| true),
        OfficeAct::ResetPassword => office.reset_password(account, twice(&password)).map(done),
        OfficeAct::Unlock => office.unlock(account).map(done),
        OfficeAct::Disable => office.disable(account).map(done),
        OfficeAct::Enable => office.enable(account).map(done),
        OfficeAct::EndSessions => office.end_sessions(account).map(done),
        OfficeAct::SetNote => office.set_note(account, "seen").map(done),
        OfficeAct::AddApplication => {
            let new = NewApplication { number: number.to_owned(), family: whom.party, submitted_at: None };
            office.add_application(&new).map(|_| true)
        }
        OfficeAct::Invite => office.invite(item, None).map(done),
        OfficeAct::Reinvite => office.reinvite(item, None).map(done),
        OfficeAct::Unlink => office.unlink(item).map(done),
        OfficeAct::CancelInvitation => office.cancel_invitation(item).map(done),
        OfficeAct::Relate => {
            let new = NewTie {
                kind: TieKind::Individual,
                who: whom.party,
                of: with,
                begins_at: None,
                ends_at: None,
                reference: None,
            };
            office.relate(&new).map(|_| true)
        }
        OfficeAct::EndTie => office.end_tie(whom.tie, None).map(done),
    }
}

#[test]
fn nobody_is_reached_beyond_the_roles_that_are_named() {
    let desk = Desk::memory(all_on(&[Role::Caregiver]));
    let dana = of_office(&desk, "Dana Desk", "dana@example.com");
    let otto = of_office(&desk, "Otto Other", "otto@example.com");
    let client = desk.client("Carl Lane", "carl@example.com");
    let both = desk.caregiver("Bea Both", "bea@example.com");
    let manager = desk.caregiver("Max Main", "max@example.com");
    let ann = desk.caregiver("Ann Hale", "ann@example.com");
    let bob = desk.caregiver("Bob Hale", "bob@example.com");
    let with = bob.party.unwrap();
    desk.office().set_roles(both.party.unwrap(), &[Role::Caregiver, Role::Client].into()).unwrap();
    // A manager who is a caregiver as well.
    let phone = "Role,Name,Email,Phone\nCaregiver,Max Main,max@example.com,212-555-0123\n";
    let preview = desk.office().preview(carekey::roster::Roster::from_csv(phone.as_bytes()).unwrap()).unwrap();
    desk.office().create(&preview, None, &mut carekey_tests::desk::go_on).unwrap();
    desk.office().promote(manager.account).unwrap();
    let office = desk.as_person(&dana);
    for (name, person) in [
        ("oneself", &dana),
        ("a colleague", &otto),
        ("a client", &client),
        ("of two roles", &both),
        ("a manager", &manager),
    ] {
        let whom = Whom::of(&desk, person, with);
        for act in OfficeAct::ALL {
            // A manager's party is a caregiver's: adding one more of those is no act on them.
            let only_roles = name == "a manager" && matches!(act, OfficeAct::AddParty);
            let before = desk.snapshot();
            let done = doing(&office, *act, &whom, with, "A-1");
            if only_roles {
                continue;
            }
            match done {
                Ok(listed) => assert!(!listed, "{act} of {name} was done"),
                Err(error) => assert_eq!(error.code, Code::ActorNotAllowed, "{act} of {name}"),
            }
            assert_eq!(desk.snapshot(), before, "{act} of {name} changed something");
        }
    }
    // Within reach all can be done, or is refused for what it is.
    let whom = Whom::of(&desk, &ann, with);
    for act in OfficeAct::ALL {
        match doing(&office, *act, &whom, with, "A-2") {
            Ok(listed) => assert!(listed || *act == OfficeAct::Applications, "{act}"),
            Err(error) => assert_ne!(error.kind, ErrorKind::NotAllowed, "{act}: {error}"),
        }
    }
}

/// Dana disables Ann, a caregiver, while support does something.
fn while_disabling(meanwhile: impl FnOnce(&Office, &Person, &Person, PartyId) + Send + 'static) -> (bool, Code) {
    let between = Between::default();
    let desk = Desk::on(between.clone(), all_on(&[Role::Caregiver]));
    let dana = of_office(&desk, "Dana Desk", "dana@example.com");
    let ann = desk.caregiver("Ann Hale", "ann@example.com");
    let client = desk.client("Carl Lane", "carl@example.com").party.unwrap();
    let phone = "Role,Name,Email,Phone\nCaregiver,Ann Hale,ann@example.com,212-555-0123\n";
    let preview = desk.office().preview(carekey::roster::Roster::from_csv(phone.as_bytes()).unwrap()).unwrap();
    desk.office().create(&preview, None, &mut carekey_tests::desk::go_on).unwrap();
    let (support, actor, target) = (desk.office(), dana.clone(), ann.clone());
    between.before_the_next(move || meanwhile(&support, &actor, &target, client));
    let code = desk.as_person(&dana).disable(ann.account).err().map_or(Code::Internal, |error| error.code);
    assert!(!between.waits(), "somebody came between");
    (desk.office().user(ann.account).unwrap().disabled.is_some(), code)
}

#[test]
fn what_it_rests_on_is_part_of_the_commit() {
    let refused = (false, Code::ActorNotAllowed);
    // Nobody comes between whose act changes nothing that it rests on.
    assert_eq!(
        while_disabling(|support, _, _, client| {
            support.set_roles(client, &[Role::Payer].into()).unwrap();
        }),
        (true, Code::Internal)
    );
    // The actor loses the role, the account, or the link to the party that has it.
    assert_eq!(
        while_disabling(|support, dana, _, _| {
            support.set_roles(dana.party.unwrap(), &[Role::Caregiver].into()).unwrap();
        }),
        refused
    );
    assert_eq!(while_disabling(|support, dana, _, _| support.disable(dana.account).unwrap()), refused);
    assert_eq!(
        while_disabling(|support, dana, _, _| {
            support.unlink(Invitee::Party(dana.party.unwrap())).unwrap();
        }),
        refused
    );
    // The policy is another one.
    assert_eq!(
        while_disabling(|support, _, _, _| {
            let settings = support.agency().settings().unwrap();
            support.change_settings(AgencySettings { policy: quick(), ..settings }).unwrap();
        }),
        refused
    );
    // Whom it is about has another role, from the office or by a tie, or is a manager.
    assert_eq!(
        while_disabling(|support, _, ann, _| {
            support.set_roles(ann.party.unwrap(), &[Role::Caregiver, Role::OfficeStaff].into()).unwrap();
        }),
        refused
    );
    assert_eq!(
        while_disabling(|support, _, ann, client| {
            let new = NewTie {
                kind: TieKind::EmergencyContact,
                who: ann.party.unwrap(),
                of: client,
                begins_at: None,
                ends_at: None,
                reference: None,
            };
            support.relate(&new).unwrap();
        }),
        refused
    );
    assert_eq!(while_disabling(|support, _, ann, _| support.promote(ann.account).unwrap()), refused);
}

/// Signing in by a password that a help desk has reset gives no right of theirs.
#[test]
fn a_reset_password_opens_the_change_alone() {
    let desk = Desk::memory(all_on(&[Role::Client]));
    let dana = of_office(&desk, "Dana Desk", "dana@example.com");
    let client = desk.client("Carl Lane", "carl@example.com");
    let session = desk.session(&client.username, GOOD);
    let password = Secret::from(OTHER);
    desk.as_person(&dana).reset_password(client.account, twice(&password)).unwrap();
    assert!(desk.agency.session(session.token.reveal()).is_err());
    assert!(matches!(desk.sign_in(&client.username, OTHER), carekey::SignIn::ChangePassword(_)));
    desk.agency.verify_history(client.account).unwrap();
}
