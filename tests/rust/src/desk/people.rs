//! People who can sign in, made by the way that people go.

use carekey::agency::{Invitee, NewParty, NewStaff, Redeemed, RowOutcome};
use carekey::password::questions::Answer;
use carekey::roster::Roster;
use carekey::{AccountId, Agency, Credentials, NewPassword, PartyId, PartyKind, Role, Secret, Session, SignIn, Source};

use super::mail::send_all;
use super::{Desk, go_on};

/// A password that the default policy admits.
pub const GOOD: &str = "Lantern#47 tide";

/// Another one.
pub const OTHER: &str = "Quiet!93 meadow";

/// Someone with an active account, and [`GOOD`] for a password.
#[derive(Debug, Clone)]
pub struct Person {
    /// The party; none for the office's own, before their staff record.
    pub party: Option<PartyId>,
    /// The account.
    pub account: AccountId,
    /// The username.
    pub username: String,
}

/// A person to be added.
pub fn new_person(name: &str, role: Role, email: &str) -> NewParty {
    NewParty {
        name: name.to_owned(),
        roles: [role].into(),
        email: (!email.is_empty()).then(|| email.to_owned()),
        ..NewParty::default()
    }
}

/// An organization to be added.
pub fn org(name: &str, role: Role, email: &str) -> NewParty {
    NewParty { kind: PartyKind::Organization, ..new_person(name, role, email) }
}

/// A new password, typed twice the same.
pub fn twice(password: &Secret) -> NewPassword<'_> {
    NewPassword { new: password, confirm: password }
}

/// Three answers that pass.
pub fn answers() -> [Answer<'static>; 3] {
    [
        Answer { question: "first_pet", answer: "Rex the Second" },
        Answer { question: "first_school", answer: "St. Mary's" },
        Answer { question: "childhood_street", answer: "Elm" },
    ]
}

/// Signs in, not to be remembered.
pub fn sign_in(agency: &Agency, username: &str, password: &str) -> SignIn {
    let password = Secret::from(password);
    let credentials = Credentials { username, password: &password, remember: false, device: None };
    agency.sign_in(&credentials, &Source::UNKNOWN).expect("an answer")
}

impl Desk {
    /// Signs in, not to be remembered.
    pub fn sign_in(&self, username: &str, password: &str) -> SignIn {
        sign_in(&self.agency, username, password)
    }

    /// Signs in, which must be granted.
    pub fn session(&self, username: &str, password: &str) -> Session {
        match self.sign_in(username, password) {
            SignIn::Granted(session) => session,
            other => panic!("{username} was to be signed in: {other:?}"),
        }
    }

    /// A caregiver who has activated their account; where the policy asks
    /// questions, they are due.
    pub fn caregiver(&self, name: &str, email: &str) -> Person {
        let office = self.office();
        let party = office.add_party(&new_person(name, Role::Caregiver, email)).expect("a party").party;
        let enrolled = office.create_account(party, Role::Caregiver, None).expect("an account");
        let account = enrolled.account.expect("an account");
        let mail = send_all(&self.agency);
        let mail = mail.iter().find(|mail| mail.to == email).expect("an activation");
        let password = Secret::from(GOOD);
        self.agency.activate(&mail.link(), twice(&password), &Source::UNKNOWN).expect("activated");
        Person { party: Some(party), account, username: enrolled.username.expect("a username") }
    }

    /// A caregiver who has activated their account and set [`answers`]. The
    /// policy must ask three questions.
    pub fn with_answers(&self, name: &str, email: &str) -> Person {
        let person = self.caregiver(name, email);
        let SignIn::SetQuestions(step) = self.sign_in(&person.username, GOOD) else { panic!("questions are due") };
        let answer = self.agency.set_questions(&step.token, &answers(), &Source::UNKNOWN).expect("set");
        assert!(matches!(answer, SignIn::Granted(_)));
        person
    }

    /// A family with an account by its phone number, active. The policy must
    /// ask no questions.
    pub fn family_by_phone(&self, name: &str, phone: &str) -> Person {
        let new = NewParty { phone: Some(phone.to_owned()), ..new_person(name, Role::Family, "") };
        let party = self.office().add_party(&new).expect("a party").party;
        self.office().invite(Invitee::Party(party), None).expect("invited");
        let mail = self.one_mail();
        let redeemed = self.agency.redeem_code(&mail.code(), phone, None, &Source::UNKNOWN).expect("redeemed");
        let Redeemed::NewAccount { account, username, step } = redeemed else { panic!("a new account") };
        let password = Secret::from(GOOD);
        let _ = self.agency.choose_password(&step.token, twice(&password), &Source::UNKNOWN).expect("chosen");
        Person { party: Some(party), account, username }
    }

    /// A client who has changed their temporary password. The policy must ask
    /// no questions.
    pub fn client(&self, name: &str, email: &str) -> Person {
        let added = self.office().add_party(&new_person(name, Role::Client, email)).expect("a party");
        let enrolled = added.enrolled.expect("clients are enrolled at once");
        let account = enrolled.account.expect("an account");
        self.finish(email);
        Person { party: Some(added.party), account, username: enrolled.username.expect("a username") }
    }

    /// The office learns a phone number of a caregiver's, and then another
    /// e-mail, by rosters (C2, C4).
    pub fn correct_email(&self, name: &str, old: &str, new: &str) {
        for email in [old, new] {
            let file = format!("Role,Name,Email,Phone\nCaregiver,{name},{email},212-555-0123\n");
            let office = self.office();
            let preview = office.preview(Roster::from_csv(file.as_bytes()).expect("a roster")).expect("a preview");
            let report = office.create(&preview, None, &mut go_on).expect("a report");
            assert_eq!(report.count(RowOutcome::Updated), 1, "{:?}", report.rows);
        }
    }

    /// Takes the temporary password that was sent to an address and changes it.
    pub fn finish(&self, email: &str) {
        let mail = send_all(&self.agency);
        let mail = mail.iter().find(|mail| mail.to == email).expect("a registration");
        let username = mail.body.reveal().lines().find_map(|line| line.strip_prefix("Username: ")).expect("a username");
        let SignIn::ChangePassword(step) = self.sign_in(username, mail.password().reveal()) else {
            panic!("a temporary password opens the change")
        };
        let password = Secret::from(GOOD);
        let answer = self.agency.choose_password(&step.token, twice(&password), &Source::UNKNOWN).expect("changed");
        assert!(matches!(answer, SignIn::Granted(_)), "the policy asks no questions");
    }

    /// Someone of the office with an active account.
    pub fn staff(&self, first: &str, last: &str) -> Person {
        self.staff_as(first, last, false)
    }

    /// An active account manager.
    pub fn manager(&self, first: &str, last: &str) -> Person {
        self.staff_as(first, last, true)
    }

    fn staff_as(&self, first: &str, last: &str, manager: bool) -> Person {
        let email = format!("{first}.{last}@example.com").to_lowercase();
        let new = new_staff(first, last);
        let office = self.office();
        let enrolled = if manager { office.add_manager(&new) } else { office.create_staff_account(&new, None) };
        let enrolled = enrolled.expect("an account");
        self.finish(&email);
        Person {
            party: None,
            account: enrolled.account.expect("an account"),
            username: enrolled.username.expect("a username"),
        }
    }
}

/// Someone of the office, with an e-mail and a phone.
pub fn new_staff(first: &str, last: &str) -> NewStaff {
    NewStaff {
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        email: Some(format!("{first}.{last}@example.com").to_lowercase()),
        phone: Some("+1 519 672 1843".to_owned()),
        username: None,
    }
}
