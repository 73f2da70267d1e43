//! Every outcome of sign-in costs exactly one password hash, and every
//! refusal is the same answer (E3). Counted, not timed.

use carekey::account::State;
use carekey::store::{Record, Store, Write, record};
use carekey::{AccountId, Code, Credentials, Policy, Role, Secret, SignIn, Source};
use carekey_tests::desk::{Desk, GOOD, answers, new_person, twice};
use time::Duration;

carekey_tests::on_every_store! { policy();
    every_outcome_costs_one_hash, a_hash_that_cannot_be_read_costs_one_too, guesses_at_a_session_cost_what_sign_in_costs,
    a_password_too_long_is_refused_before_anything_is_hashed,
}

/// Three failures bring a wait, and the fourth closes.
fn policy() -> Policy {
    let mut policy = Policy::default();
    policy.throttle.failures = 3;
    policy.throttle.close_after = 4;
    policy
}

/// The answer, and how many hashes it took.
fn counted(desk: &Desk, username: &str, password: &str) -> (SignIn, u64) {
    let before = desk.directory.hash_operations();
    let password = Secret::from(password);
    let credentials = Credentials { username, password: &password, remember: false, device: None };
    let answer = desk.agency.sign_in(&credentials, &Source::new("203.0.113.7")).unwrap();
    (answer, desk.directory.hash_operations() - before)
}

fn refused(desk: &Desk, what: &str, username: &str, password: &str) {
    let (answer, hashes) = counted(desk, username, password);
    assert_eq!((format!("{answer:?}").as_str(), hashes), ("Refused", 1), "{what}");
}

/// A client, and the temporary password that was sent.
fn client(desk: &Desk, email: &str) -> (AccountId, Secret) {
    let added = desk.office().add_party(&new_person("Ann Client", Role::Client, email)).unwrap();
    (added.enrolled.unwrap().account.unwrap(), desk.one_mail().password())
}

fn last_reason(desk: &Desk, account: AccountId) -> String {
    desk.agency.history(account).unwrap().last().unwrap().details["reason"].to_string()
}

fn every_outcome_costs_one_hash(desk: &Desk) {
    let office = desk.office();
    refused(desk, "unknown", "nobody@example.com", GOOD);
    refused(desk, "an empty name", "", GOOD);
    refused(desk, "an empty name and password", "", "");
    refused(desk, "a name of 100 kB", &"x".repeat(100_000), GOOD);

    let party = office.add_party(&new_person("Sue Wright", Role::Caregiver, "sue@example.com")).unwrap().party;
    let invited = office.create_account(party, Role::Caregiver, None).unwrap().account.unwrap();
    desk.mail();
    refused(desk, "invited, without a password", "sue@example.com", GOOD);
    assert_eq!(last_reason(desk, invited), "no_password");

    // A temporary password.
    let (ann, temporary) = client(desk, "ann@example.com");
    refused(desk, "wrong for a temporary one", "ann@example.com", GOOD);
    refused(desk, "empty for a temporary one", "ann@example.com", "");
    let (answer, hashes) = counted(desk, "ann@example.com", temporary.reveal());
    let SignIn::ChangePassword(step) = answer else { panic!("a step") };
    assert_eq!(hashes, 1, "temporary");
    desk.clock.advance(Duration::days(7));
    refused(desk, "an expired temporary one", "ann@example.com", temporary.reveal());
    assert_eq!(last_reason(desk, ann), "expired");
    office.send_again(ann).unwrap();
    let temporary = desk.one_mail().password();
    let good = Secret::from(GOOD);
    assert_eq!(
        desk.agency.choose_password(&step.token, twice(&good), &Source::UNKNOWN).unwrap_err().code,
        Code::StepRefused
    );
    let SignIn::ChangePassword(step) = counted(desk, "ann@example.com", temporary.reveal()).0 else { panic!("a step") };
    let SignIn::SetQuestions(earlier) =
        desk.agency.choose_password(&step.token, twice(&good), &Source::UNKNOWN).unwrap()
    else {
        panic!("questions")
    };
    let (answer, hashes) = counted(desk, "ann@example.com", GOOD);
    let SignIn::SetQuestions(questions) = answer else { panic!("questions") };
    assert_eq!(hashes, 1, "questions due");
    // A new step ends the earlier one (E6).
    let ended = desk.agency.set_questions(&earlier.token, &answers(), &Source::UNKNOWN);
    assert_eq!(ended.unwrap_err().code, Code::StepRefused);
    let _ = desk.agency.set_questions(&questions.token, &answers(), &Source::UNKNOWN).unwrap();

    // A password of one's own.
    let (answer, hashes) = counted(desk, "ANN@Example.com", GOOD);
    assert!(matches!(answer, SignIn::Granted(_)));
    assert_eq!(hashes, 1, "right");
    refused(desk, "wrong", "ann@example.com", "wrong");
    refused(desk, "empty", "ann@example.com", "");
    assert!(matches!(counted(desk, "ann@example.com", GOOD).0, SignIn::Granted(_)));
    refused(desk, "over 1,024 bytes", "ann@example.com", &"x".repeat(1025));
    refused(desk, "a megabyte", "ann@example.com", &"x".repeat(1 << 20));
    assert!(matches!(counted(desk, "ann@example.com", GOOD).0, SignIn::Granted(_)));
    office.disable(ann).unwrap();
    refused(desk, "disabled, right", "ann@example.com", GOOD);
    refused(desk, "disabled, wrong", "ann@example.com", "wrong");
    assert_eq!(last_reason(desk, ann), "disabled");
    office.enable(ann).unwrap();
    for _ in 0..3 {
        refused(desk, "wrong", "ann@example.com", "wrong");
    }
    refused(desk, "locked, right", "ann@example.com", GOOD);
    refused(desk, "locked, wrong", "ann@example.com", "wrong");
    assert_eq!(last_reason(desk, ann), "locked");
    desk.clock.advance(Duration::seconds(30));
    refused(desk, "the last one", "ann@example.com", "wrong");
    desk.clock.advance(Duration::days(1));
    refused(desk, "closed, right", "ann@example.com", GOOD);
    refused(desk, "closed, wrong", "ann@example.com", "wrong");
    assert_eq!(last_reason(desk, ann), "closed");
    assert_eq!(office.user(ann).unwrap().state, State::Active);
    desk.agency.verify_history(ann).unwrap();
}

fn a_hash_that_cannot_be_read_costs_one_too(desk: &Desk) {
    let (ann, _) = client(desk, "ann@example.com");
    for stored in ["", "nonsense", "$argon2id$v=19$m=4194304,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA", "$carekey-digest$"] {
        let mut row = desk.snapshot().rows::<record::Account>().into_iter().find(|row| row.id == ann).unwrap();
        row.password = Some(stored.to_owned());
        assert_eq!(row.key(), ann.0);
        desk.store.commit(vec![Write::update(&mut row)]).unwrap();
        refused(desk, stored, "ann@example.com", GOOD);
        refused(desk, stored, "ann@example.com", "");
        let counted = desk.failures(ann);
        assert_eq!(counted.open, 0, "no attempt is left open");
        desk.clock.advance(Duration::hours(1));
        if counted.failures > 1 {
            desk.edit_failures(ann, |row| (row.failures, row.locked_until) = (0, None));
        }
    }
}

fn guesses_at_a_session_cost_what_sign_in_costs(desk: &Desk) {
    let (ann, temporary) = client(desk, "ann@example.com");
    let good = Secret::from(GOOD);
    let SignIn::ChangePassword(step) = counted(desk, "ann@example.com", temporary.reveal()).0 else { panic!("a step") };
    let SignIn::SetQuestions(step) = desk.agency.choose_password(&step.token, twice(&good), &Source::UNKNOWN).unwrap()
    else {
        panic!("questions")
    };
    let SignIn::Granted(session) = desk.agency.set_questions(&step.token, &answers(), &Source::UNKNOWN).unwrap() else {
        panic!("granted")
    };
    // Whoever holds a session may not guess at the password without end.
    let wrong = Secret::from("wrong");
    for _ in 0..3 {
        let before = desk.directory.hash_operations();
        let error =
            desk.agency.change_password(session.token.reveal(), &wrong, twice(&good), &Source::UNKNOWN).unwrap_err();
        assert_eq!((error.code, desk.directory.hash_operations() - before), (Code::PasswordCurrentWrong, 1));
    }
    let error =
        desk.agency.change_password(session.token.reveal(), &good, twice(&wrong), &Source::UNKNOWN).unwrap_err();
    assert_eq!(error.code, Code::PasswordCurrentWrong, "it has to wait");
    // Whoever holds the session keeps its owner from nothing (E4).
    assert_eq!(desk.failures(ann).failures, 0);
    assert!(matches!(counted(desk, "ann@example.com", GOOD).0, SignIn::Granted(_)));
}

fn a_password_too_long_is_refused_before_anything_is_hashed(desk: &Desk) {
    let (_, temporary) = client(desk, "ann@example.com");
    let SignIn::ChangePassword(step) = counted(desk, "ann@example.com", temporary.reveal()).0 else { panic!("a step") };
    let long = Secret::from("Aa1!".repeat(300));
    let before = desk.directory.hash_operations();
    let error = desk.agency.choose_password(&step.token, twice(&long), &Source::UNKNOWN).unwrap_err();
    assert_eq!((error.code, desk.directory.hash_operations() - before), (Code::PasswordTooLong, 0));
}
