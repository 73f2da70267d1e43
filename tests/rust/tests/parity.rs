//! Every outcome of sign-in costs exactly one password hash, and every
//! refusal is the same answer (E3). Known and unknown names are one: at each
//! way in, what is read, written and hashed for a name that somebody has is
//! compared, call by call, with what it is for a name that nobody has and at
//! which the same was tried (E3, E6, P7). Counted, not timed.

use std::fmt::Debug;

use carekey::account::State;
use carekey::agency::{Asks, Invitee, NewParty, Recovery};
use carekey::password::Work;
use carekey::password::questions::Answer;
use carekey::policy::{Argon2Cost, RecoveryMethod};
use carekey::roster::Roster;
use carekey::store::{Query, Record, Store, Write, record};
use carekey::words::EventKind;
use carekey::{AccountId, Code, Credentials, Policy, Role, Secret, SignIn, Source};
use carekey_tests::counting::{Cost, Counted, Rows};
use carekey_tests::desk::{Desk, GOOD, answers, go_on, new_person, quick, twice};
use carekey_tests::race::race;
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

/// A name that somebody has and one that nobody has, at which the same was
/// tried from outside.
struct Twins {
    what: &'static str,
    known: String,
    unknown: String,
}

impl Twins {
    /// Does it at both, and they must cost the same.
    fn alike<T: Debug>(&self, counted: &Counted, what: &str, act: impl Fn(&Desk, &str) -> T) -> (Cost, [T; 2]) {
        let (known, first) = counted.cost(|desk| act(desk, &self.known));
        let (unknown, second) = counted.cost(|desk| act(desk, &self.unknown));
        assert_eq!(known, unknown, "{}, {what}: known on the left, unknown on the right", self.what);
        (known, [first, second])
    }
}

/// SSHA of `secret` with the salt `salt`.
const SSHA: &str = "{SSHA}gVK8WC9YyFT1gMsQHTGCgT3sSv5zYWx0";
/// bcrypt of cost 8.
const BCRYPT: &str = "$2b$08$7bWnqA1VqX3wJ0p4v0VqE.8J8Y8p1v5n6qT1b0n7g2mJkq3l9s7Ae";

/// An account with a password of another system.
fn imported(desk: &Desk, name: &str, email: &str, hash: &str) -> AccountId {
    let file = format!("Role,Name,Email,Password hash\nCaregiver,\"{name}\",{email},\"{hash}\"\n");
    let preview = desk.office().preview(Roster::from_csv(file.as_bytes()).unwrap()).unwrap();
    let report = desk.office().create(&preview, None, &mut go_on).unwrap();
    desk.mail();
    report.rows[0].account.unwrap_or_else(|| panic!("{:?}", report.rows))
}

/// Everyone that a visitor could name, each beside a name that nobody has.
fn twins(counted: &Counted) -> Vec<Twins> {
    let desk = &counted.desk;
    let office = desk.office();
    let mut all = Vec::new();
    let mut add = |what, known: &str| {
        let unknown = format!("nobody{}@example.com", all.len());
        all.push(Twins { what, known: known.to_owned(), unknown: unknown.clone() });
        unknown
    };

    let old = office.add_party(&new_person("Tom Temporary", Role::Client, "tom@example.com")).unwrap();
    assert!(old.enrolled.is_some());
    desk.mail();
    desk.clock.advance(Duration::days(8));
    add("a temporary password that expired", "tom@example.com");
    client(desk, "ann@example.com");
    add("a temporary password", "ann@example.com");
    add("never tried", &desk.caregiver("Dora Due", "dora@example.com").username);
    let ida = office.add_party(&new_person("Ida Invited", Role::Caregiver, "ida@example.com")).unwrap().party;
    office.create_account(ida, Role::Caregiver, None).unwrap();
    desk.mail();
    add("invited", "ida@example.com");
    let disabled = desk.caregiver("Dan Disabled", "dan@example.com");
    office.disable(disabled.account).unwrap();
    add("disabled", &disabled.username);
    imported(desk, "Import, Ina", "ina@example.com", SSHA);
    add("imported, SSHA", "ina@example.com");
    imported(desk, "Import, Bea", "bea@example.com", BCRYPT);
    add("imported, bcrypt", "bea@example.com");
    let by_phone =
        NewParty { phone: Some("(519) 464-8540".to_owned()), ..new_person("Garcia, Rosa", Role::Family, "") };
    let by_phone = office.add_party(&by_phone).unwrap().party;
    office.invite(Invitee::Party(by_phone), None).unwrap();
    let mail = desk.one_mail();
    desk.agency.redeem_code(&mail.code(), "519 464 8540", None, &Source::UNKNOWN).unwrap();
    add("redeemed, by phone", "519-464-8540");

    // Those that follow have signed in, once: so was it tried at their twins.
    let signed_in = |desk: &Desk, unknown: &str| assert!(matches!(desk.sign_in(unknown, GOOD), SignIn::Refused));
    let sue = desk.with_answers("Sue Wright", "sue@example.com");
    signed_in(desk, &add("with answers", &sue.username));
    let mute = desk.with_answers("Max Mute", "max@example.com");
    desk.take_contacts(mute.account);
    signed_in(desk, &add("without a contact", &mute.username));
    let gone = desk.with_answers("Gil Gone", "gil@example.com");
    office.disable(gone.account).unwrap();
    signed_in(desk, &gone.username);
    let unknown = add("disabled, who had signed in", &gone.username);
    signed_in(desk, &unknown);
    for (what, name, email, tries) in [
        ("locked", "Lou Locked", "lou@example.com", 3),
        ("closed", "Clem Closed", "clem@example.com", 5),
        ("locked meanwhile", "Ben Meanwhile", "ben@example.com", 2),
    ] {
        let person = desk.with_answers(name, email);
        let unknown = add(what, &person.username);
        signed_in(desk, &unknown);
        // A right one ends a row of failures, and nobody has a right one.
        desk.clock.advance(Duration::seconds(31));
        for _ in 0..tries {
            assert!(matches!(desk.sign_in(&person.username, "wrong"), SignIn::Refused));
            desk.clock.advance(Duration::minutes(5));
        }
        for _ in 1..tries {
            assert!(matches!(desk.sign_in(&unknown, "wrong"), SignIn::Refused));
            desk.clock.advance(Duration::minutes(5));
        }
    }
    all
}

fn twins_policy() -> Policy {
    let mut policy = policy();
    policy.throttle.close_after = 5;
    policy
}

#[test]
fn known_and_unknown_are_one_at_sign_in() {
    let counted = Counted::new(twins_policy());
    let twins = twins(&counted);
    let long = "x".repeat(1025);
    let owner = counted.desk.with_answers("Olga Owner", "olga@example.com");
    let device = counted.desk.session(&owner.username, GOOD).device.unwrap();
    // One after the other, across waits and the end of a day.
    for (round, (password, pause)) in [
        ("wrong", Duration::ZERO),
        ("", Duration::ZERO),
        (&*long, Duration::ZERO),
        ("wrong", Duration::ZERO),
        ("wrong", Duration::seconds(30)),
        ("wrong", Duration::minutes(1)),
        ("wrong", Duration::days(1)),
        ("wrong", Duration::ZERO),
        (&*long, Duration::days(40)),
    ]
    .into_iter()
    .enumerate()
    {
        counted.desk.clock.advance(pause);
        for (number, twins) in twins.iter().enumerate() {
            for device in [None, Some("no device"), Some(device.reveal())] {
                let round = format!("round {round}, {device:?}");
                let (cost, _) = twins.alike(&counted, &round, |desk, name| {
                    // Each from a network of its own, so that it has the same
                    // behind it.
                    let is_known = name == twins.known;
                    let source = Source::new(&format!("10.{number}.{}.7", u8::from(is_known)));
                    let password = Secret::from(password);
                    let credentials = Credentials { username: name, password: &password, remember: false, device };
                    desk.agency.sign_in(&credentials, &source).unwrap()
                });
                assert_eq!((&*cost.answer, cost.hashes, cost.calls.commits()), ("Refused", 1, 2), "{round}");
            }
        }
    }
}

/// What is right, and may not come in all the same, costs what is wrong at a
/// name that nobody has.
#[test]
fn a_right_password_that_opens_nothing_costs_what_an_unknown_name_costs() {
    let counted = Counted::new(twins_policy());
    for twins in twins(&counted) {
        for round in 0..3 {
            let (cost, _) = twins.alike(&counted, &format!("wrong, {round}"), |desk, name| desk.sign_in(name, "wrong"));
            assert_eq!(&*cost.answer, "Refused");
        }
        let (cost, _) = twins.alike(&counted, "right", |desk, name| desk.sign_in(name, GOOD));
        assert_eq!((&*cost.answer, cost.hashes), ("Refused", 1), "{}", twins.what);
    }
}

/// Whoever signs in from a network learns how many names failed there: each
/// name counts, whatever there is behind it.
#[test]
fn a_network_counts_every_name_alike() {
    let mut policy = twins_policy();
    (policy.throttle.failures, policy.throttle.source_names) = (5, 3);
    let counted = Counted::new(policy);
    let desk = &counted.desk;
    let mut own = twins(&counted);
    // Theirs waits or is closed already, as that of a name which was tried as often.
    own.retain(|twins| !["locked", "closed", "locked meanwhile"].contains(&twins.what));
    let owner = desk.with_answers("Olga Owner", "olga@example.com");
    let from = |number: usize, name: &str, password: &str| {
        let password = Secret::from(password);
        let credentials = Credentials { username: name, password: &password, remember: false, device: None };
        desk.agency.sign_in(&credentials, &Source::new(&format!("10.9.{number}.7"))).unwrap()
    };
    for (number, twins) in own.iter().enumerate() {
        for (network, third) in [(2 * number, &twins.known), (2 * number + 1, &twins.unknown)] {
            for name in ["first@example.net", "second@example.net"].map(|name| format!("{network}{name}")) {
                assert!(matches!(from(network, &name, "wrong"), SignIn::Refused));
            }
            assert!(matches!(from(network, &owner.username, GOOD), SignIn::Granted(_)), "two names failed");
            assert!(matches!(from(network, third, "wrong"), SignIn::Refused));
            let answer = from(network, &owner.username, GOOD);
            assert!(matches!(answer, SignIn::Refused), "{}: {third} does not count", twins.what);
        }
    }
}

/// What was tried where no password opens the account is in its history, and
/// is nothing that its owner waits for once one does.
#[test]
fn guesses_at_a_disabled_account_are_told_and_keep_nobody_waiting() {
    let counted = Counted::new(twins_policy());
    let desk = &counted.desk;
    let dan = desk.with_answers("Dan Disabled", "dan@example.com");
    desk.office().disable(dan.account).unwrap();
    for _ in 0..10 {
        assert!(matches!(desk.sign_in(&dan.username, "wrong"), SignIn::Refused));
        desk.agency.recover(&dan.username, &Source::UNKNOWN).unwrap();
    }
    let lines = desk.agency.history(dan.account).unwrap();
    let told = lines.iter().find(|line| line.kind == EventKind::SignInRefused).expect("a line");
    assert_eq!(
        (told.details["reason"].to_string(), told.details["count"].to_string()),
        ("disabled".into(), "10".into())
    );
    desk.office().enable(dan.account).unwrap();
    desk.session(&dan.username, GOOD);
    desk.office().disable(dan.account).unwrap();
    assert!(matches!(desk.sign_in(&dan.username, "wrong"), SignIn::Refused));
    desk.office().delete_party(dan.party.unwrap()).unwrap();
    let closed = desk.agency.history(dan.account).unwrap();
    assert!(matches!(desk.sign_in(&dan.username, "wrong"), SignIn::Refused));
    desk.clock.advance(Duration::days(400));
    desk.agency.tidy(30).unwrap();
    assert_eq!(desk.agency.history(dan.account).unwrap(), closed, "nothing is told of someone deleted");
    desk.agency.verify_history(dan.account).unwrap();
}

fn by(method: RecoveryMethod) -> Policy {
    let mut policy = twins_policy();
    policy.recovery.method = method;
    policy
}

/// What a recovery asks, as far as it may depend on the name: not which
/// questions, but how many.
fn asks(begun: &Recovery) -> String {
    match &begun.asks {
        Asks::Questions(questions) => format!("{} questions", questions.len()),
        asks => format!("{asks:?}"),
    }
}

#[test]
fn known_and_unknown_are_one_in_recovery_by_code() {
    for method in [RecoveryMethod::Code, RecoveryMethod::CodeThenQuestions] {
        let counted = Counted::new(by(method));
        let mut begun: Vec<(Twins, [Recovery; 2])> = Vec::new();
        for twins in twins(&counted) {
            let (_, both) = twins
                .alike(&counted, "begun", |desk, name| desk.agency.recover(name, &Source::new("203.0.113.7")).unwrap());
            begun.push((twins, both));
        }
        let long = "9".repeat(10_000);
        for (round, guess) in ["00000000", "", "not a code", &long, "1", "2", "3", "4"].into_iter().enumerate() {
            for (twins, begun) in &begun {
                let [known, unknown] = begun;
                assert_eq!((asks(known), known.token.reveal().len()), (asks(unknown), unknown.token.reveal().len()));
                let (cost, _) = twins.alike(&counted, &format!("guess {round}"), |desk, name| {
                    let begun = if name == twins.known { known } else { unknown };
                    desk.agency.recovery_code(&begun.token, guess, &Source::UNKNOWN).map(|begun| begun.asks)
                });
                assert_eq!((cost.hashes, cost.calls.commits()), (0, 1));
            }
        }
        // Again and again, in the same minute and later, until none is sent.
        for round in 0..25 {
            for (twins, _) in &begun {
                twins.alike(&counted, &format!("begun again, {round}"), |desk, name| {
                    desk.agency.recover(name, &Source::UNKNOWN).unwrap()
                });
            }
            counted.desk.clock.advance(Duration::seconds(if round % 2 == 0 { 1 } else { 60 * 60 }));
        }
    }
}

#[test]
fn known_and_unknown_are_one_in_recovery_by_questions() {
    let counted = Counted::new(by(RecoveryMethod::Questions));
    let [pet, school, street] = answers();
    // One letter that grows to eighteen when it is made like the others (Q3).
    let growing = "\u{FDFA}".repeat(341);
    let long = "x".repeat(1025);
    let every = |text| [pet, school, street].map(|answer| Answer { answer: text, ..answer });
    let sets: [Vec<Answer<'_>>; 8] = [
        vec![],
        every("wrong").to_vec(),
        every(&growing).to_vec(),
        vec![pet, school, Answer { answer: &growing, ..street }],
        every(&long).to_vec(),
        every("").to_vec(),
        vec![pet; 50],
        vec![pet, school],
    ];
    let all = twins(&counted);
    for (round, set) in sets.iter().enumerate() {
        for twins in &all {
            let (cost, both) = twins.alike(&counted, &format!("begun, {round}"), |desk, name| {
                let begun = desk.agency.recover(name, &Source::UNKNOWN).unwrap();
                Told(asks(&begun), begun)
            });
            assert_eq!((cost.hashes, cost.calls.commits()), (0, 1));
            let [known, unknown] = both.map(|told| told.1.token);
            assert_eq!(known.reveal().len(), unknown.reveal().len());
            let (cost, _) = twins.alike(&counted, &format!("set {round}"), |desk, name| {
                let token = if name == twins.known { &known } else { &unknown };
                desk.agency.recovery_answers(token, set, &Source::UNKNOWN).map(|begun| begun.asks)
            });
            assert_eq!((cost.hashes, cost.calls.commits()), (3, 2), "{}, set {round}", twins.what);
        }
        counted.desk.clock.advance(Duration::seconds(if round < 5 { 1 } else { 60 * 60 }));
    }
}

/// Prints as its first.
struct Told(String, Recovery);

impl Debug for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Two names share no row: else those who guess at many names that nobody has
/// would wait for each other, and those who guess at known ones not.
#[test]
fn guesses_at_two_names_write_no_row_in_common() {
    for method in [RecoveryMethod::Code, RecoveryMethod::CodeThenQuestions, RecoveryMethod::Questions] {
        let counted = Counted::new(by(method));
        let mut seen: Rows = Rows::new();
        for twins in twins(&counted) {
            for name in [&twins.known, &twins.unknown] {
                let (written, ()) = counted.rows(|desk| {
                    let _ = desk.sign_in(name, "wrong");
                    let begun = desk.agency.recover(name, &Source::UNKNOWN).unwrap();
                    for _ in 0..2 {
                        desk.agency.recovery_code(&begun.token, "0", &Source::UNKNOWN).unwrap_err();
                        if matches!(begun.asks, Asks::Questions(_)) {
                            desk.agency.recovery_answers(&begun.token, &[], &Source::UNKNOWN).unwrap_err();
                        }
                    }
                });
                assert!(!written.is_empty());
                let common: Vec<_> = written.intersection(&seen).collect();
                assert!(common.is_empty(), "{method:?}, {}, {name}: {common:?}", twins.what);
                seen.extend(written);
            }
        }
    }
}

/// How many at once.
const AT_ONCE: usize = 24;

/// So many hashes at the most are made by so many at once, whoever has to
/// decide again because others came between.
fn hashed<T: Send>(desk: &Desk, run: impl Fn(usize) -> T + Sync) -> u64 {
    let before = desk.directory.hash_operations();
    race(AT_ONCE, run);
    desk.directory.hash_operations() - before
}

#[test]
fn nothing_is_hashed_more_often_than_the_answers_need() {
    let each = |hashes: usize| (AT_ONCE * hashes) as u64;
    let counted = Counted::new(by(RecoveryMethod::Questions));
    let desk = &counted.desk;
    let sue = desk.with_answers("Sue Wright", "sue@example.com");
    for (name, given) in
        [("nobody@example.com", 0), (&*sue.username, 0), ("nobody@example.com", 3), (&*sue.username, 3)]
    {
        let begun = desk.agency.recover(name, &Source::UNKNOWN).unwrap();
        let given = &answers()[..given];
        let tries = hashed(desk, |_| desk.agency.recovery_answers(&begun.token, given, &Source::UNKNOWN).is_ok());
        assert_eq!(tries, each(3), "{name}, {} answers", given.len());
        desk.clock.advance(Duration::hours(1));
    }
    for name in ["nobody@example.com", &sue.username] {
        for password in ["wrong", GOOD] {
            desk.clock.advance(Duration::hours(1));
            assert_eq!(hashed(desk, |_| desk.sign_in(name, password)), each(1), "{name}");
        }
    }
    desk.clock.advance(Duration::hours(1));
    desk.office().unlock(sue.account).unwrap();

    // After a code: at one token, right and wrong; then the last step.
    let counted = Counted::new(by(RecoveryMethod::CodeThenQuestions));
    let desk = &counted.desk;
    let sue = desk.with_answers("Sue Wright", "sue@example.com");
    let passwords: Vec<Secret> = (0..AT_ONCE).map(|number| Secret::from(format!("Harvest#{number} moon"))).collect();
    let new = |number: usize| twice(&passwords[number]);
    let code = |desk: &Desk| {
        let begun = desk.agency.recover(&sue.username, &Source::UNKNOWN).unwrap();
        let digits = desk.one_mail().digits();
        desk.agency.recovery_code(&begun.token, &digits, &Source::UNKNOWN).unwrap()
    };
    let step = code(desk);
    let wrong = hashed(desk, |_| desk.agency.recovery_answers(&step.token, &[], &Source::UNKNOWN).is_ok());
    assert_eq!(wrong, each(3));
    desk.clock.advance(Duration::minutes(1));
    let step = code(desk);
    let last = desk.agency.recovery_answers(&step.token, &answers(), &Source::UNKNOWN).unwrap();
    // It is compared with the one of before, and hashed.
    let finished = hashed(desk, |n| desk.agency.finish_recovery(&last.token, new(n), &Source::UNKNOWN).is_ok());
    assert!((2..=each(2)).contains(&finished), "{finished}");
    desk.mail();

    // The steps of enrolment, and a change with a session.
    let (_, temporary) = client(desk, "ann@example.com");
    let SignIn::ChangePassword(step) = desk.sign_in("ann@example.com", temporary.reveal()) else { panic!("a step") };
    let chosen = hashed(desk, |n| desk.agency.choose_password(&step.token, new(n), &Source::UNKNOWN).is_ok());
    assert!((2..=each(2)).contains(&chosen), "{chosen}");
    let office = desk.office();
    let party = office.add_party(&new_person("Act Ivate", Role::Caregiver, "act@example.com")).unwrap().party;
    office.create_account(party, Role::Caregiver, None).unwrap();
    let link = desk.one_mail().link();
    let activated = hashed(desk, |n| desk.agency.activate(&link, new(n), &Source::UNKNOWN).is_ok());
    assert!((1..=each(1)).contains(&activated), "{activated}");
    let due = desk.caregiver("Dora Due", "dora@example.com");
    let SignIn::SetQuestions(step) = desk.sign_in(&due.username, GOOD) else { panic!("questions") };
    let set = hashed(desk, |_| desk.agency.set_questions(&step.token, &answers(), &Source::UNKNOWN).is_ok());
    assert!((3..=each(3)).contains(&set), "{set}");
    let session = desk.session(&due.username, GOOD);
    let (token, good) = (session.token.reveal(), Secret::from(GOOD));
    let wrong = hashed(desk, |n| desk.agency.change_password(token, &passwords[0], new(n), &Source::UNKNOWN).is_ok());
    assert_eq!(wrong, each(1));
    desk.clock.advance(Duration::minutes(14));
    let changed = hashed(desk, |n| desk.agency.change_password(token, &good, new(n), &Source::UNKNOWN).is_ok());
    // The current one, the new one beside it, and the hash.
    assert!((3..=each(3)).contains(&changed), "{changed}");
}

/// An agency may not ask for more than the operator of the directory lets a
/// hash cost, and where a stored policy does, it does not get it (P6).
#[test]
fn no_agency_takes_more_than_the_operator_lets_it() {
    let desk = Desk::memory(quick());
    let dear = Argon2Cost { memory_kib: 256 * 1024, passes: 10, lanes: 1 };
    let mut settings = desk.agency.settings().unwrap();
    settings.policy.password.cost = dear;
    let error = desk.office().change_settings(settings).unwrap_err();
    assert!(error.findings.iter().any(|finding| finding.code == Code::PolicyCostOverLimit), "{error:?}");
    let mut row: record::Agency = desk.read(Query::<record::Agency>::all(desk.agency.id()).select()).remove(0);
    row.policy.password.cost = dear;
    desk.store.commit(vec![Write::update(&mut row)]).unwrap();
    let ann = desk.client("Ann Client", "ann@example.com");
    let stored = desk.account_row(ann.account).password.unwrap();
    assert!(stored.starts_with("$argon2id$v=19$m=65536,t=4,p=1"), "{stored}");
}

/// Whatever is typed and whoever has it, a name costs the work of its class, by
/// counting (E3, P7): in an agency where all accounts are of one class, a name
/// that nobody has draws it too.
#[test]
fn known_and_unknown_names_cost_the_same_work_in_every_class() {
    let others = [
        SSHA.to_owned(),
        "!".to_owned(),
        "pbkdf2_sha256$36000$seasalt2$vXpchA8Hg/fjY1n4gKXWZd25tuYIXAwgm0ZPtfv7oKo=".to_owned(),
        "AAABAgMEBQYHCAkKCwwNDg8FEFatNx5GYFdVhojOwQK7A0p5PiKoggTmCHmWO955Xw==".to_owned(),
        format!("scrypt$1024$seasalt2$8$2${}==", "A".repeat(86)),
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4".to_owned(),
        "$argon2i$v=19$m=1024,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$uoglh0D+fafe+xTPxGvg72K4Hklk/aY01AZL1MrZDsY".to_owned(),
        "bcrypt_sha256$$2b$05$iwns9wjvuNzNLacUVRuMDuEUPJfJmR3E9oqWkvS94EVZVoPmE1FgW".to_owned(),
        "{bcrypt}$2a$05$aUW87gM0DNbXDdeLDj/EheBQYuEH8teeEYa9nvL1KtM9R3/3JR0lq".to_owned(),
        "$5$seasalt2$70bsQwGXphf.L1dC4OjLC6pSysa7AzLQfFaIZ8n2cw3".to_owned(),
        "$6$rounds=1000$seasalt2seasalt2$0EYR4zQV3B9nUsjj5znpcc8KZt9d2aTbUzQ36brenuLQrpwXLKfhFk9anGQy.bJL.yrjTTzefbNkUodZ7HrAy0".to_owned(),
        "$P$6seasalt2URKdv5ZW2iz4Pe19d.8/Z0".to_owned(),
        "pbkdf2:sha512:1000$ZwUDAFJc$12ed92150f0b7b48f250ac924228f6c387e793c5f0ac17a1f0ee392d3bb731a9cee3203395b67fc6cadb66b6edcd857f0989c084437b94d429397231685c9541".to_owned(),
        "scrypt:1024:8:1$Z6lEOYnk$f0d827776710cdf5bfa1b2289b3bb7fcc24462b9c201e1fa47ca938f23ebe60d2ed36c00d5e5d86ac43247b422f7bb183b94917a6fba7d2f330db04e62fa8a78".to_owned(),
        "{SSHA384}UtdRNACXmR/BIQuvDz7ncqRHaKOQSjAh5Dsy7KElGK8nJRVFXMgWuiszFXZEi/2EAQIDBAUGBwg=".to_owned(),
    ];
    let long = "x".repeat(1025);
    for hash in (4..=12).map(|cost| BCRYPT.replace("$08$", &format!("${cost:02}$"))).chain(others) {
        let counted = Counted::new(policy());
        let desk = &counted.desk;
        let known = imported(desk, "Import, Bea", "bea@example.com", &hash);
        let work = |name: &str, password: &str| {
            let before = (desk.directory.hash_work(), desk.directory.hash_operations());
            assert!(matches!(desk.sign_in(name, password), SignIn::Refused));
            assert_eq!(desk.directory.hash_operations() - before.1, 1);
            desk.directory.hash_work() - before.0
        };
        // One form, three forms, none that is looked at; then it waits.
        for password in ["wrong", "\u{d1}andu\u{301}", &long, "", "locked", "\u{d1}andu\u{301}"] {
            let (one, other) = (work("bea@example.com", password), work("nobody@example.com", password));
            assert_eq!(one, other, "{hash}: {:?}", password.get(..10));
            assert_ne!(one, Work::default(), "{hash}");
        }
        desk.office().disable(known).unwrap();
        assert_eq!(work("bea@example.com", "wrong"), work("nobody@example.com", "wrong"), "{hash}: disabled");
    }
}

/// Where there are several, a name draws one and keeps to it.
#[test]
fn an_unknown_name_costs_one_class_whatever_is_typed() {
    let counted = Counted::new(policy());
    let desk = &counted.desk;
    imported(desk, "Import, Bea", "bea@example.com", BCRYPT);
    let sue = desk.caregiver("Sue Wright", "sue@example.com");
    let long = "x".repeat(1025);
    let is_bcrypt = |name: &str, password: &str| {
        let before = desk.directory.hash_work();
        assert!(matches!(desk.sign_in(name, password), SignIn::Refused));
        (desk.directory.hash_work() - before).bcrypt > 0
    };
    let mut drawn = std::collections::BTreeSet::new();
    for (name, expected) in [("bea@example.com".to_owned(), Some(true)), (sue.username, Some(false))]
        .into_iter()
        .chain((0..12).map(|number| (format!("nobody{number}@example.com"), None)))
    {
        let kinds = ["wrong", "", &long, "locked", &long].map(|password| is_bcrypt(&name, password));
        assert!(kinds.iter().all(|kind| *kind == expected.unwrap_or(kinds[0])), "{name}: {kinds:?}");
        drawn.insert(kinds[0]);
    }
    assert_eq!(drawn.len(), 2);
}
