//! Every way in obeys the same lock, disabling and expiry (C2, E4, E6): a matrix
//! of all entry points and all that can befall an account, generated. What is
//! tried was begun before; nothing but the one thing happens in between.

use carekey::account::State;
use carekey::agency::{Invitee, NewApplication, NewParty, Recovery, Redeemed};
use carekey::policy::RecoveryMethod;
use carekey::roster::Roster;
use carekey::{AccountId, Agency, AgencySettings, Code, Policy, Role, Secret, Source};
use carekey_tests::desk::{
    Desk, GOOD, OTHER, Person, answers, go_on, new_person, quick, send_all, settings, sign_in, support, twice,
};
use time::Duration;

/// A way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    SignIn,
    KnownDevice,
    TemporarySignIn,
    Activation,
    Activate,
    ChoosePassword,
    SetQuestions,
    Session,
    RememberedSession,
    ChangePassword,
    LookAtInvitation,
    RedeemCode,
    RedeemLink,
    RedeemCodeWithSession,
    RedeemLinkWithSession,
    RecoveryCode,
    RecoveryAnswers,
    FinishRecovery,
    ConfirmContact,
    ObjectToContact,
    MessageOwner,
}

use Entry::*;

const ENTRIES: [Entry; 21] = [
    SignIn,
    KnownDevice,
    TemporarySignIn,
    Activation,
    Activate,
    ChoosePassword,
    SetQuestions,
    Session,
    RememberedSession,
    ChangePassword,
    LookAtInvitation,
    RedeemCode,
    RedeemLink,
    RedeemCodeWithSession,
    RedeemLinkWithSession,
    RecoveryCode,
    RecoveryAnswers,
    FinishRecovery,
    ConfirmContact,
    ObjectToContact,
    MessageOwner,
];

/// What befalls the account, or what was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Nothing: it must work.
    Plain,
    Locked,
    Disabled,
    /// Disabled and enabled again: what was begun before is over.
    DisabledForAWhile,
    Deleted,
    /// A millisecond before its time is over: it must work.
    NearlyExpired,
    Expired,
    /// Something newer took its place: a password, a link, a code.
    Superseded,
    /// Tried at another agency of the same directory.
    Elsewhere,
    /// The agency is suspended (A9).
    Suspended,
}

use Fate::*;

const FATES: [Fate; 10] =
    [Plain, Locked, Disabled, DisabledForAWhile, Deleted, NearlyExpired, Expired, Superseded, Elsewhere, Suspended];

/// What was begun: the one account there is, and what its user holds.
struct Held {
    person: Person,
    /// The application that an invitation is for.
    invited: Option<Invitee>,
    hold: Hold,
}

enum Hold {
    Password(&'static str),
    Device(Secret),
    Temporary(Secret),
    Link(String),
    Token(Secret),
    Session(carekey::Session),
    Invitation { code: String, link: String, session: Option<Secret> },
    Code(Recovery, String),
    Step(Recovery),
}

impl Entry {
    fn policy(self) -> Policy {
        let mut policy = match self {
            SetQuestions | RecoveryAnswers | Activation | Activate => Policy::default(),
            _ => quick(),
        };
        policy.recovery.method = if self == RecoveryAnswers { RecoveryMethod::Questions } else { RecoveryMethod::Code };
        policy
    }

    /// Whose invitation it is stands in the account only once it is redeemed:
    /// what befalls an account says nothing about looking.
    fn is_about_an_account(self) -> bool {
        self != LookAtInvitation
    }

    /// How long what was begun is good.
    fn life(self) -> Option<Duration> {
        match self {
            // A password of one's own does not expire.
            SignIn => None,
            KnownDevice => Some(Duration::days(180)),
            TemporarySignIn => Some(Duration::days(7)),
            Activation | Activate | ConfirmContact => Some(Duration::days(14)),
            ObjectToContact => Some(Duration::days(30)),
            ChoosePassword | SetQuestions | RecoveryAnswers | FinishRecovery => Some(Duration::minutes(30)),
            Session | ChangePassword | MessageOwner => Some(Duration::minutes(15)),
            // With a session: the session is over long before.
            RedeemCodeWithSession | RedeemLinkWithSession => Some(Duration::minutes(15)),
            RememberedSession => Some(Duration::days(30)),
            LookAtInvitation | RedeemCode | RedeemLink => Some(Duration::days(14)),
            RecoveryCode => Some(Duration::hours(24)),
        }
    }

    /// The code of a refusal, or none where the answer itself says it.
    fn refusal(self, fate: Fate) -> Option<Code> {
        Some(match self {
            SignIn | KnownDevice | TemporarySignIn => return None,
            RecoveryCode | RecoveryAnswers => Code::RecoveryRefused,
            _ if fate == Suspended => Code::AgencySuspended,
            Activation | Activate | ChoosePassword | SetQuestions | FinishRecovery => Code::StepRefused,
            ConfirmContact | ObjectToContact => Code::StepRefused,
            Session | RememberedSession | ChangePassword | MessageOwner => Code::SessionEnded,
            LookAtInvitation | RedeemCode | RedeemLink if fate == Expired => Code::InvitationExpired,
            LookAtInvitation | RedeemCode | RedeemLink => Code::InvitationRefused,
            RedeemCodeWithSession | RedeemLinkWithSession => match fate {
                // The invitation itself is over: nothing is said of the session.
                Deleted | Superseded | Elsewhere => Code::InvitationRefused,
                _ => Code::SessionEnded,
            },
        })
    }

    fn prepare(self, desk: &Desk) -> Held {
        let office = desk.office();
        let held = |person: Person, hold: Hold| Held { person, invited: None, hold };
        let remembered = |person: &Person| {
            let password = Secret::from(GOOD);
            let credentials =
                carekey::Credentials { username: &person.username, password: &password, remember: true, device: None };
            match desk.agency.sign_in(&credentials, &Source::UNKNOWN).unwrap() {
                carekey::SignIn::Granted(session) => session,
                other => panic!("{other:?}"),
            }
        };
        match self {
            SignIn => held(desk.caregiver("Sue Wright", SUE), Hold::Password(GOOD)),
            KnownDevice => {
                let person = desk.caregiver("Sue Wright", SUE);
                held(person, Hold::Device(desk.session(SUE, GOOD).device.expect("the token of a new device")))
            }
            ConfirmContact | ObjectToContact => {
                let new = NewParty {
                    phone: Some("212-555-0123".to_owned()),
                    ..new_person("Sue Wright", Role::Caregiver, SUE)
                };
                let party = office.add_party(&new).unwrap().party;
                let account = office.create_account(party, Role::Caregiver, None).unwrap().account.unwrap();
                let good = Secret::from(GOOD);
                desk.agency.activate(&desk.one_mail().link(), twice(&good), &Source::UNKNOWN).unwrap();
                correct(desk, NEW);
                let to = if self == ConfirmContact { NEW } else { SUE };
                let mail = desk.mail().into_iter().find(|mail| mail.to == to).expect("a link");
                let person = Person { party: Some(party), account, username: SUE.to_owned() };
                held(person, Hold::Link(mail.link()))
            }
            TemporarySignIn | ChoosePassword => {
                let added = office.add_party(&new_person("Sue Wright", Role::Client, SUE)).unwrap();
                let enrolled = added.enrolled.unwrap();
                let person = Person {
                    party: Some(added.party),
                    account: enrolled.account.unwrap(),
                    username: enrolled.username.unwrap(),
                };
                let temporary = desk.one_mail().password();
                if self == TemporarySignIn {
                    return held(person, Hold::Temporary(temporary));
                }
                let carekey::SignIn::ChangePassword(step) = desk.sign_in(SUE, temporary.reveal()) else {
                    panic!("a step")
                };
                held(person, Hold::Token(step.token))
            }
            Activation | Activate => {
                let party = office.add_party(&new_person("Sue Wright", Role::Caregiver, SUE)).unwrap().party;
                let enrolled = office.create_account(party, Role::Caregiver, None).unwrap();
                let person =
                    Person { party: Some(party), account: enrolled.account.unwrap(), username: SUE.to_owned() };
                held(person, Hold::Link(desk.one_mail().link()))
            }
            SetQuestions => {
                let person = desk.caregiver("Sue Wright", SUE);
                let carekey::SignIn::SetQuestions(step) = desk.sign_in(SUE, GOOD) else { panic!("a step") };
                held(person, Hold::Token(step.token))
            }
            Session | ChangePassword => {
                let person = desk.caregiver("Sue Wright", SUE);
                held(person, Hold::Session(desk.session(SUE, GOOD)))
            }
            MessageOwner => {
                let person = desk.client("Sue Wright", SUE);
                held(person, Hold::Session(desk.session(SUE, GOOD)))
            }
            RememberedSession => {
                let person = desk.caregiver("Sue Wright", SUE);
                let session = remembered(&person);
                held(person, Hold::Session(session))
            }
            LookAtInvitation | RedeemCode | RedeemLink | RedeemCodeWithSession | RedeemLinkWithSession => {
                // Someone with an account, by its contact, gets an invitation
                // to an application.
                let new = new_person("Sue Wright", Role::Family, SUE);
                let party = office.add_party(&new).unwrap().party;
                office.invite(Invitee::Party(party), None).unwrap();
                let mail = desk.one_mail();
                let redeemed = desk.agency.redeem_code(&mail.code(), SUE, None, &Source::UNKNOWN).unwrap();
                let Redeemed::NewAccount { account, username, step } = redeemed else { panic!("a new account") };
                let good = Secret::from(GOOD);
                let _ = desk.agency.choose_password(&step.token, twice(&good), &Source::UNKNOWN).unwrap();
                let new = NewApplication { number: "A-1".to_owned(), family: party, submitted_at: None };
                let application = office.add_application(&new).unwrap().application;
                let mail = desk.one_mail();
                let session = match self {
                    RedeemCodeWithSession | RedeemLinkWithSession => Some(desk.session(SUE, GOOD).token),
                    _ => None,
                };
                Held {
                    person: Person { party: Some(party), account, username },
                    invited: Some(Invitee::Application(application)),
                    hold: Hold::Invitation { code: mail.code(), link: mail.link(), session },
                }
            }
            RecoveryCode | FinishRecovery => {
                let person = desk.caregiver("Sue Wright", SUE);
                let begun = desk.agency.recover(SUE, &Source::UNKNOWN).unwrap();
                let digits = desk.one_mail().digits();
                if self == RecoveryCode {
                    return held(person, Hold::Code(begun, digits));
                }
                let last = desk.agency.recovery_code(&begun.token, &digits, &Source::UNKNOWN).unwrap();
                held(person, Hold::Step(last))
            }
            RecoveryAnswers => {
                let person = desk.with_answers("Sue Wright", SUE);
                held(person, Hold::Step(desk.agency.recover(SUE, &Source::UNKNOWN).unwrap()))
            }
        }
    }

    /// Tries it at an agency: whether it was accepted, or the code.
    fn attempt(self, agency: &Agency, hold: &Hold) -> Result<(), Option<Code>> {
        let (new, unknown) = (Secret::from(OTHER), &Source::UNKNOWN);
        let answer = |answer: carekey::SignIn| match answer {
            carekey::SignIn::Refused => Err(None),
            _ => Ok(()),
        };
        let told = |error: carekey::Error| Err(Some(error.code));
        match (self, hold) {
            (SignIn, Hold::Password(password)) => answer(sign_in(agency, SUE, password)),
            (KnownDevice, Hold::Device(device)) => {
                // While strangers keep passwords from devices that nobody knows
                // waiting: no other shows that it is known.
                for _ in 0..5 {
                    assert!(matches!(sign_in(agency, SUE, "wrong"), carekey::SignIn::Refused));
                }
                let password = Secret::from(GOOD);
                let device = Some(device.reveal());
                let credentials = carekey::Credentials { username: SUE, password: &password, remember: false, device };
                answer(agency.sign_in(&credentials, unknown).unwrap())
            }
            (ConfirmContact, Hold::Link(link)) => {
                agency.confirm_contact(link, unknown).map(|name| assert_eq!(name, NEW)).or_else(told)
            }
            (ObjectToContact, Hold::Link(link)) => agency.object_to_contact(link, unknown).or_else(told),
            (TemporarySignIn, Hold::Temporary(password)) => answer(sign_in(agency, SUE, password.reveal())),
            (Activation, Hold::Link(link)) => agency.activation(link).map(drop).or_else(told),
            (Activate, Hold::Link(link)) => agency.activate(link, twice(&new), unknown).map(drop).or_else(told),
            (ChoosePassword, Hold::Token(step)) => {
                agency.choose_password(step, twice(&new), unknown).map(drop).or_else(told)
            }
            (SetQuestions, Hold::Token(step)) => {
                agency.set_questions(step, &answers(), unknown).map(drop).or_else(told)
            }
            (Session | RememberedSession, Hold::Session(session)) => {
                agency.session(session.token.reveal()).map(drop).or_else(told)
            }
            (ChangePassword, Hold::Session(session)) => {
                let current = Secret::from(GOOD);
                agency.change_password(session.token.reveal(), &current, twice(&new), unknown).map(drop).or_else(told)
            }
            (MessageOwner, Hold::Session(session)) => {
                agency.message_owner(session.token.reveal(), &"Hello".into(), unknown).or_else(told)
            }
            (LookAtInvitation, Hold::Invitation { link, .. }) => {
                agency.look_at_invitation(link).map(drop).or_else(told)
            }
            (RedeemCode | RedeemCodeWithSession, Hold::Invitation { code, session, .. }) => {
                let session = session.as_ref().map(Secret::reveal);
                let redeemed = agency.redeem_code(code, SUE, session, unknown);
                redeemed.map(|redeemed| linked_if(session.is_some(), &redeemed)).or_else(told)
            }
            (RedeemLink | RedeemLinkWithSession, Hold::Invitation { link, session, .. }) => {
                let session = session.as_ref().map(Secret::reveal);
                let redeemed = agency.redeem_link(link, session, unknown);
                redeemed.map(|redeemed| linked_if(session.is_some(), &redeemed)).or_else(told)
            }
            (RecoveryCode, Hold::Code(begun, digits)) => {
                agency.recovery_code(&begun.token, digits, unknown).map(drop).or_else(told)
            }
            (RecoveryAnswers, Hold::Step(step)) => {
                agency.recovery_answers(&step.token, &answers(), unknown).map(drop).or_else(told)
            }
            (FinishRecovery, Hold::Step(step)) => {
                let finished = agency.finish_recovery(&step.token, twice(&new), unknown);
                finished.map(|done| assert_eq!(done.state, State::Active)).or_else(told)
            }
            _ => panic!("{self:?} holds something else"),
        }
    }
}

const SUE: &str = "sue@example.com";
/// What the office corrects it to.
const NEW: &str = "new@example.com";

/// The office corrects Sue's e-mail address, by a roster.
fn correct(desk: &Desk, email: &str) {
    let file = format!("Role,Name,Email,Phone\nCaregiver,Sue Wright,{email},212-555-0123\n");
    let office = desk.office();
    let preview = office.preview(Roster::from_csv(file.as_bytes()).unwrap()).unwrap();
    let report = office.create(&preview, None, &mut go_on).unwrap();
    assert_eq!(report.count(carekey::agency::RowOutcome::Updated), 1, "{:?}", report.rows);
}

/// An invitation to a contact that has an account is linked by its session, and
/// without one never (C6).
fn linked_if(has_session: bool, redeemed: &Redeemed) {
    match redeemed {
        Redeemed::Linked { .. } => assert!(has_session),
        Redeemed::SignInFirst => assert!(!has_session),
        Redeemed::NewAccount { .. } => panic!("there is an account"),
    }
}

/// What an account has that a way in could give away or change.
fn facts(desk: &Desk, account: AccountId) -> impl PartialEq + std::fmt::Debug + use<> {
    let row = desk.account_row(account);
    let mut contacts: Vec<_> = desk
        .contacts(account)
        .into_iter()
        .map(|contact| (contact.canonical, contact.proven_at, contact.objected_at))
        .collect();
    contacts.sort();
    let after = desk.snapshot();
    let tokens = after.count::<carekey::store::record::Token>();
    let answers = after.count::<carekey::store::record::Answer>();
    (row.password, row.username, desk.linked(account), contacts, row.epoch, tokens, answers)
}

impl Fate {
    fn befall(self, desk: &Desk, entry: Entry, held: &Held) {
        let (office, account) = (desk.office(), held.person.account);
        let millisecond = Duration::MILLISECOND;
        match self {
            Plain | Elsewhere => {}
            Suspended => desk.directory.suspend_agency("104", "", &support()).unwrap(),
            Locked => {
                // Five wrong ones from a device that nobody knows.
                for _ in 0..5 {
                    assert!(matches!(desk.sign_in(&held.person.username, "wrong"), carekey::SignIn::Refused));
                }
            }
            Disabled => office.disable(account).unwrap(),
            DisabledForAWhile => {
                office.disable(account).unwrap();
                office.enable(account).unwrap();
            }
            Deleted => office.delete_party(held.person.party.unwrap()).unwrap(),
            NearlyExpired => desk.clock.advance(entry.life().unwrap() - millisecond),
            Expired => desk.clock.advance(entry.life().unwrap()),
            Superseded => match entry {
                Activation | Activate => drop(office.send_again(account).unwrap()),
                LookAtInvitation | RedeemCode | RedeemLink | RedeemCodeWithSession | RedeemLinkWithSession => {
                    office.reinvite(held.invited.unwrap(), None).unwrap();
                }
                RecoveryCode => drop(desk.agency.recover(SUE, &Source::UNKNOWN).unwrap()),
                // It was a slip: the office takes its correction back (C2).
                ConfirmContact | ObjectToContact => correct(desk, SUE),
                _ => {
                    let typed = Secret::from("Harvest!88 moon");
                    office.reset_password(account, twice(&typed)).unwrap();
                }
            },
        }
    }

    /// Whether it says anything about that way in.
    fn concerns(self, entry: Entry) -> bool {
        match self {
            Plain | Elsewhere | Superseded | Suspended => true,
            Expired | NearlyExpired => entry.life().is_some(),
            // The party is deleted with its account.
            Deleted => true,
            Locked | Disabled => entry.is_about_an_account(),
            // A password is as good as before, and so is an invitation.
            DisabledForAWhile => {
                entry.is_about_an_account() && !matches!(entry, SignIn | TemporarySignIn | RedeemCode | RedeemLink)
            }
        }
    }

    /// A lock refuses passwords and nothing else, and a newer request for a code
    /// ends no earlier code (E4).
    fn lets_in(self, entry: Entry) -> bool {
        match self {
            Plain | NearlyExpired => true,
            Locked => !matches!(entry, SignIn | TemporarySignIn),
            Superseded => entry == RecoveryCode,
            // Without a session the answer is to sign in, whoever has the contact.
            // To object is no way in, and nothing done to the account ends it (C3).
            Disabled => matches!(entry, RedeemCode | RedeemLink | ObjectToContact),
            DisabledForAWhile => entry == ObjectToContact,
            _ => false,
        }
    }
}

fn matrix(new: impl Fn(Policy) -> Desk) {
    let mut tried = 0;
    for entry in ENTRIES {
        for fate in FATES.into_iter().filter(|fate| fate.concerns(entry)) {
            let desk = new(entry.policy());
            let elsewhere = desk.directory.create_agency(settings("105", entry.policy()), &support()).unwrap();
            desk.office().change_settings(with_owner(&desk)).unwrap();
            desk.cheap_hashes();
            let held = entry.prepare(&desk);
            fate.befall(&desk, entry, &held);
            let before = facts(&desk, held.person.account);
            let agency = if fate == Elsewhere { &elsewhere } else { &desk.agency };
            let result = entry.attempt(agency, &held.hold);
            if fate.lets_in(entry) {
                assert_eq!(result, Ok(()), "{entry:?} × {fate:?}");
            } else {
                assert_eq!(result, Err(entry.refusal(fate)), "{entry:?} × {fate:?}");
                assert_eq!(facts(&desk, held.person.account), before, "{entry:?} × {fate:?} changed something");
            }
            tried += 1;
            // What waited goes on where it was.
            if fate == Suspended {
                desk.directory.resume_agency("104", &support()).unwrap();
                let after = entry.attempt(&desk.agency, &held.hold);
                assert_eq!(after, Ok(()), "{entry:?} after it was resumed");
            }
            // A lock is over when it is over, and everything goes on.
            if fate == Locked && !fate.lets_in(entry) {
                desk.clock.advance(Duration::seconds(30));
                let after = entry.attempt(&desk.agency, &held.hold);
                assert_eq!(after, Ok(()), "{entry:?} after the lock");
            }
            // Signing out is harmless, whatever it is given.
            if let Hold::Session(session) = &held.hold {
                agency.sign_out(session.token.reveal(), &Source::UNKNOWN).unwrap();
                agency.sign_out(session.token.reveal(), &Source::UNKNOWN).unwrap();
                let ended = desk.agency.session(session.token.reveal());
                if fate != Elsewhere {
                    assert_eq!(ended.unwrap_err().code, Code::SessionEnded, "{entry:?} × {fate:?}");
                }
            }
            desk.agency.verify_history(held.person.account).unwrap();
        }
    }
    assert!(tried > 165, "{tried}");
}

/// The settings, with an address of the owner.
fn with_owner(desk: &Desk) -> AgencySettings {
    let mut settings = desk.agency.settings().unwrap();
    settings.owner_email = Some("owner@example.com".to_owned());
    settings
}

#[test]
fn every_entry_point_and_every_fate_on_memory() {
    matrix(Desk::memory);
}

#[test]
fn every_entry_point_and_every_fate_on_sqlite() {
    matrix(Desk::sqlite);
}

/// What each entry point holds opens no other: every token at every door.
#[test]
fn no_token_opens_another_door() {
    for entry in ENTRIES {
        let desk = Desk::memory(entry.policy());
        desk.cheap_hashes();
        let held = entry.prepare(&desk);
        let token = match &held.hold {
            Hold::Token(token) | Hold::Device(token) => token.clone(),
            Hold::Session(session) => session.token.clone(),
            Hold::Code(step, _) | Hold::Step(step) => step.token.clone(),
            Hold::Link(link) => link.rsplit(['/', '=']).next().unwrap().into(),
            Hold::Invitation { link, .. } => link.rsplit(['/', '=']).next().unwrap().into(),
            Hold::Password(_) | Hold::Temporary(_) => continue,
        };
        let before = facts(&desk, held.person.account);
        // Nor does it make a device known.
        if entry != KnownDevice && !matches!(entry, RedeemCode | RedeemLink | LookAtInvitation) {
            assert_eq!(KnownDevice.attempt(&desk.agency, &Hold::Device(token.clone())), Err(None), "{entry:?}'s token");
            desk.clock.advance(Duration::seconds(30));
        }
        for door in ENTRIES {
            let hold = match door {
                Session | RememberedSession | ChangePassword | MessageOwner => Hold::Session(carekey::Session {
                    account: held.person.account,
                    token: token.clone(),
                    expires_at: desk.clock.now(),
                    remembered: false,
                    device: None,
                    device_expires_at: desk.clock.now(),
                }),
                ChoosePassword | SetQuestions => Hold::Token(token.clone()),
                RecoveryAnswers | FinishRecovery => {
                    Hold::Step(Recovery { asks: carekey::agency::Asks::NewPassword, token: token.clone() })
                }
                RecoveryCode => {
                    let begun = Recovery { asks: carekey::agency::Asks::Code, token: token.clone() };
                    Hold::Code(begun, "00000000".to_owned())
                }
                Activation | Activate | ConfirmContact | ObjectToContact => Hold::Link(token.reveal().to_owned()),
                LookAtInvitation | RedeemLink => {
                    Hold::Invitation { code: String::new(), link: token.reveal().to_owned(), session: None }
                }
                _ => continue,
            };
            let its_own = matches!(
                (entry, door),
                (
                    Session | RememberedSession | ChangePassword | MessageOwner,
                    Session | RememberedSession | ChangePassword | MessageOwner
                ) | (Activation | Activate, Activation | Activate)
                    | (
                        LookAtInvitation | RedeemCode | RedeemLink | RedeemCodeWithSession | RedeemLinkWithSession,
                        LookAtInvitation | RedeemLink
                    )
            ) || entry == door;
            if its_own {
                continue;
            }
            let refused = door.attempt(&desk.agency, &hold).expect_err("refused");
            let expected = [
                Code::StepRefused,
                Code::SessionEnded,
                Code::RecoveryRefused,
                Code::InvitationRefused,
                Code::LinkMalformed,
            ];
            assert!(refused.is_some_and(|code| expected.contains(&code)), "{entry:?}'s token at {door:?}: {refused:?}");
            assert_eq!(facts(&desk, held.person.account), before, "{entry:?}'s token at {door:?}");
        }
    }
}

/// What is sent at one agency is of no use at another, even to the same person.
#[test]
fn the_same_person_at_two_agencies_is_two() {
    let desk = Desk::memory(quick());
    let elsewhere = desk.another("105");
    desk.caregiver("Sue Wright", SUE);
    let office = elsewhere.acting_as(support());
    let party = office.add_party(&new_person("Sue Wright", Role::Caregiver, SUE)).unwrap().party;
    office.create_account(party, Role::Caregiver, None).unwrap();
    let link = send_all(&elsewhere).remove(0).link();
    let password = Secret::from(OTHER);
    assert_eq!(desk.agency.activate(&link, twice(&password), &Source::UNKNOWN).unwrap_err().code, Code::StepRefused);
    elsewhere.activate(&link, twice(&password), &Source::UNKNOWN).unwrap();
    let session = desk.session(SUE, GOOD);
    assert!(matches!(sign_in(&elsewhere, SUE, GOOD), carekey::SignIn::Refused));
    assert!(matches!(sign_in(&desk.agency, SUE, OTHER), carekey::SignIn::Refused));
    assert_eq!(elsewhere.session(session.token.reveal()).unwrap_err().code, Code::SessionEnded);
    elsewhere.sign_out(session.token.reveal(), &Source::UNKNOWN).unwrap();
    desk.agency.session(session.token.reveal()).unwrap();
}
