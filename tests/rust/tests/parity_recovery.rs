//! What an answer does not tell, the work must not tell either (E3, E6, I3):
//! hashes and calls of the store are counted for known, unknown and disabled
//! names, and must be the same. Counted, not timed.

use carekey::agency::{Asks, Invitee, NewApplication, Recovery};
use carekey::password::questions::Answer;
use carekey::policy::RecoveryMethod;
use carekey::store::{Select, Store, Write, record};
use carekey::{Code, Credentials, Policy, Role, Secret, SignIn, Source};
use carekey_tests::counting::{Cost, Counted};
use carekey_tests::desk::{Desk, GOOD, Mail, Person, answers, new_person, quick, send_all, settings, support};
use time::Duration;

fn by(method: RecoveryMethod) -> Policy {
    let mut policy = Policy::default();
    policy.recovery.method = method;
    policy
}

/// Everyone that a visitor could name, and who must look alike: an active
/// account, nobody, a disabled one, a deleted one, one that was never
/// activated, one without a contact, one without answers, and one that was
/// asked for too often.
fn names(counted: &Counted) -> Vec<(&'static str, String)> {
    let desk = &counted.desk;
    let office = desk.office();
    let person = |name: &str, email: &str| -> Person { desk.with_answers(name, email) };
    let known = person("Sue Wright", "sue@example.com");
    let disabled = person("Dan Disabled", "dan@example.com");
    office.disable(disabled.account).unwrap();
    let deleted = person("Eve Deleted", "eve@example.com");
    office.delete_party(deleted.party.unwrap()).unwrap();
    let mute = person("Max Mute", "max@example.com");
    desk.take_contacts(mute.account);
    let due = desk.caregiver("Dora Due", "dora@example.com");
    let often = person("Otto Often", "otto@example.com");
    for _ in 0..5 {
        desk.agency.recover(&often.username, &Source::UNKNOWN).unwrap();
        desk.agency.recover("nobody.often@example.com", &Source::UNKNOWN).unwrap();
    }
    let ida = office.add_party(&new_person("Ida Invited", Role::Caregiver, "ida@example.com")).unwrap().party;
    office.create_account(ida, Role::Caregiver, None).unwrap();
    vec![
        ("known", known.username),
        ("unknown", "nobody@example.com".to_owned()),
        ("disabled", disabled.username),
        ("deleted", deleted.username),
        ("without a contact", mute.username),
        ("without answers", due.username),
        ("invited", "ida@example.com".to_owned()),
        ("known, too often", often.username),
        ("unknown, too often", "nobody.often@example.com".to_owned()),
        ("empty", String::new()),
    ]
}

/// The costs must all be the first one; what is written depends on what was
/// counted before.
fn all_alike(costs: &[(&'static str, Cost)]) {
    let first = costs[0].1.outline();
    for (what, cost) in costs {
        assert_eq!(cost.outline(), first, "{what}");
    }
}

fn begun(counted: &Counted, names: &[(&'static str, String)]) -> Vec<(&'static str, Recovery)> {
    let (costs, begun): (Vec<_>, Vec<_>) = names
        .iter()
        .map(|(what, name)| {
            let (cost, begun) = counted.cost(|desk| desk.agency.recover(name, &Source::UNKNOWN).unwrap());
            ((*what, cost), (*what, begun))
        })
        .unzip();
    for (what, cost) in &costs {
        assert_eq!((cost.calls.commits(), cost.hashes), (1, 0), "{what}");
    }
    if matches!(begun[0].1.asks, Asks::Code) {
        all_alike(&costs);
    }
    begun
}

#[test]
fn asking_for_a_code_and_giving_a_wrong_one_costs_the_same_for_every_name() {
    for method in [RecoveryMethod::Code, RecoveryMethod::CodeThenQuestions] {
        let counted = Counted::new(by(method));
        let names = names(&counted);
        let begun = begun(&counted, &names);
        for guess in ["00000000", "", "not a code", &"9".repeat(10_000)] {
            let costs: Vec<_> = begun
                .iter()
                .map(|(what, begun)| {
                    let wrong = |desk: &Desk| desk.agency.recovery_code(&begun.token, guess, &Source::UNKNOWN);
                    let (cost, answer) = counted.cost(wrong);
                    assert_eq!(answer.unwrap_err().code, Code::RecoveryRefused, "{what}");
                    (*what, cost)
                })
                .collect();
            all_alike(&costs);
            assert_eq!((costs[0].1.calls.commits(), costs[0].1.hashes), (1, 0));
        }
    }
}

/// The right code of an account that was disabled since, or whose
/// password was changed.
#[test]
fn a_right_code_for_an_account_that_may_not_come_in_costs_what_a_wrong_one_costs() {
    let counted = Counted::new(by(RecoveryMethod::Code));
    let desk = &counted.desk;
    let sue = desk.with_answers("Sue Wright", "sue@example.com");
    let unknown = desk.agency.recover("nobody@example.com", &Source::UNKNOWN).unwrap();
    let (wrong, _) = counted.cost(|desk| desk.agency.recovery_code(&unknown.token, "00000000", &Source::UNKNOWN));
    desk.mail();
    let try_it = |why: &str| {
        let known = desk.agency.recover("sue@example.com", &Source::UNKNOWN).unwrap();
        let digits = desk.one_mail().digits();
        match why {
            "disabled" => desk.office().disable(sue.account).unwrap(),
            _ => desk.edit_account(sue.account, |row| row.epoch += 1),
        }
        let (cost, answer) = counted.cost(|desk| desk.agency.recovery_code(&known.token, &digits, &Source::UNKNOWN));
        assert_eq!(answer.unwrap_err().code, Code::RecoveryRefused);
        assert_eq!(cost.outline(), wrong.outline(), "{why}");
    };
    try_it("ended meanwhile");
    desk.clock.advance(Duration::minutes(1));
    try_it("disabled");
}

#[test]
fn wrong_answers_cost_a_hash_for_each_question_whoever_was_named() {
    let counted = Counted::new(by(RecoveryMethod::Questions));
    let names = names(&counted);
    let begun = begun(&counted, &names);
    let [pet, school, street] = answers();
    let long = "x".repeat(1025);
    let sets: [Vec<Answer<'_>>; 5] = [
        vec![],
        vec![pet],
        vec![pet, school, Answer { answer: "wrong", ..street }],
        vec![Answer { answer: "wrong", ..pet }, Answer { answer: "", ..school }, Answer { answer: &long, ..street }],
        vec![pet; 50],
    ];
    for (number, set) in sets.iter().enumerate() {
        let costs: Vec<_> = begun
            .iter()
            .map(|(what, begun)| {
                let wrong = |desk: &Desk| desk.agency.recovery_answers(&begun.token, set, &Source::UNKNOWN);
                let (cost, answer) = counted.cost(wrong);
                assert_eq!(answer.unwrap_err().code, Code::RecoveryRefused, "{what}");
                (*what, cost)
            })
            .collect();
        all_alike(&costs);
        // Counted before anything is hashed, and after.
        assert_eq!((costs[0].1.calls.commits(), costs[0].1.hashes), (2, 3), "set {number}");
    }
}

/// Every outcome of sign-in: two commits, and one hash.
#[test]
fn every_outcome_of_sign_in_is_two_commits_and_one_hash_between_them() {
    let mut policy = Policy::default();
    (policy.throttle.failures, policy.throttle.close_after) = (3, 4);
    let counted = Counted::new(policy);
    let desk = &counted.desk;
    let office = desk.office();
    let mut seen = Vec::new();
    let mut outcome = |what: &'static str, username: &str, password: &str| -> SignIn {
        let password = Secret::from(password);
        let credentials = Credentials { username, password: &password, remember: false, device: None };
        let (cost, answer) =
            counted.cost(|desk| desk.agency.sign_in(&credentials, &Source::new("203.0.113.7")).unwrap());
        if matches!(answer, SignIn::Refused) {
            assert_eq!(cost.answer, "Refused", "{what}");
        }
        seen.push((what, cost.calls.commits(), cost.hashes));
        answer
    };
    let _ = outcome("unknown", "nobody@example.com", GOOD);
    for _ in 0..4 {
        let _ = outcome("unknown again, locked at last", "nobody@example.com", GOOD);
    }
    let _ = outcome("empty", "", "");
    let _ = outcome("unknown, over 1,024 bytes", "x@example.com", &"x".repeat(1025));
    let ida = office.add_party(&new_person("Ida Invited", Role::Caregiver, "ida@example.com")).unwrap().party;
    office.create_account(ida, Role::Caregiver, None).unwrap();
    desk.mail();
    let _ = outcome("invited", "ida@example.com", GOOD);

    let tom = office.add_party(&new_person("Tom Temporary", Role::Client, "tom@example.com")).unwrap();
    let temporary = desk.one_mail().password();
    let _ = outcome("wrong for a temporary one", "tom@example.com", GOOD);
    assert!(matches!(outcome("temporary", "tom@example.com", temporary.reveal()), SignIn::ChangePassword(_)));
    desk.clock.advance(Duration::days(7));
    let _ = outcome("expired", "tom@example.com", temporary.reveal());
    office.delete_party(tom.party).unwrap();
    let _ = outcome("deleted", "tom@example.com", temporary.reveal());

    let due = desk.caregiver("Dora Due", "dora@example.com");
    assert!(matches!(outcome("questions due", &due.username, GOOD), SignIn::SetQuestions(_)));
    let sue = desk.with_answers("Sue Wright", "sue@example.com");
    assert!(matches!(outcome("right", &sue.username, GOOD), SignIn::Granted(_)));
    let _ = outcome("wrong", &sue.username, "wrong");
    let _ = outcome("empty", &sue.username, "");
    assert!(matches!(outcome("right again", &sue.username, GOOD), SignIn::Granted(_)));
    let _ = outcome("over 1,024 bytes", &sue.username, &"x".repeat(1025));
    assert!(matches!(outcome("right again", &sue.username, GOOD), SignIn::Granted(_)));
    office.disable(sue.account).unwrap();
    let _ = outcome("disabled, right", &sue.username, GOOD);
    let _ = outcome("disabled, wrong", &sue.username, "wrong");
    office.enable(sue.account).unwrap();
    desk.edit_account(sue.account, |row| row.password = Some("$unreadable$".to_owned()));
    let _ = outcome("a hash that cannot be read", &sue.username, GOOD);
    for _ in 0..3 {
        let _ = outcome("wrong", &due.username, "wrong");
    }
    let _ = outcome("locked, right", &due.username, GOOD);
    let _ = outcome("locked, wrong", &due.username, "wrong");
    desk.clock.advance(Duration::seconds(30));
    let _ = outcome("the last one", &due.username, "wrong");
    desk.clock.advance(Duration::days(1));
    let _ = outcome("closed, right", &due.username, GOOD);
    let _ = outcome("closed, wrong", &due.username, "wrong");

    // What each refusal asks of the store, `parity.rs` compares call by call.
    for (what, commits, hashes) in seen {
        assert_eq!((commits, hashes), (2, 1), "{what}");
    }
}

/// A granted sign-in, and only that, may cost a second hash: the one that
/// renews what is weaker than the policy (P6).
#[test]
fn only_a_granted_sign_in_renews() {
    let counted = Counted::new(quick());
    let desk = &counted.desk;
    let sue = desk.caregiver("Sue Wright", "sue@example.com");
    let mut agency: record::Agency = desk.read(&Select::all::<record::Agency>(desk.agency.id())).remove(0);
    agency.policy.password.cost.memory_kib = 16;
    desk.store.commit(vec![Write::update(&mut agency)]).unwrap();
    let (cost, _) = counted.cost(|desk| desk.sign_in(&sue.username, "wrong"));
    assert_eq!(cost.hashes, 1);
    let (renewing, answer) = counted.cost(|desk| desk.sign_in(&sue.username, GOOD));
    assert!(matches!(answer, SignIn::Granted(_)));
    assert_eq!((renewing.calls.commits(), renewing.hashes), (2, 2));
    let (cost, answer) = counted.cost(|desk| desk.sign_in(&sue.username, GOOD));
    assert!(matches!(answer, SignIn::Granted(_)));
    assert_eq!(cost.hashes, 1);
}

/// An invitation to an application of this family.
fn invited(desk: &Desk, number: &str, name: &str, email: &str) -> Mail {
    let family = desk.office().add_party(&new_person(name, Role::Family, email)).unwrap().party;
    let new = NewApplication { number: number.to_owned(), family, submitted_at: None };
    desk.office().add_application(&new).unwrap();
    desk.one_mail()
}

#[test]
fn a_code_that_is_not_accepted_costs_the_same_whatever_is_wrong() {
    let counted = Counted::new(Policy::default());
    let desk = &counted.desk;
    let rosa = invited(desk, "A-1", "Garcia, Rosa", "rosa@example.com");
    let old = invited(desk, "A-2", "Old, Ina", "ina@example.com");
    let party = desk.office().add_party(&new_person("Luz, Ana", Role::Family, "ana@example.com")).unwrap().party;
    desk.office().invite(Invitee::Party(party), None).unwrap();
    let ana = desk.one_mail();
    desk.agency.redeem_code(&old.code(), "ina@example.com", None, &Source::UNKNOWN).unwrap();
    // Well-formed, and of nobody: an earlier one of another agency.
    let elsewhere = desk.directory.create_agency(settings("105", Policy::default()), &support()).unwrap();
    let office = elsewhere.acting_as(support());
    let party = office.add_party(&new_person("Else, Where", Role::Family, "else@example.com")).unwrap().party;
    office.invite(Invitee::Party(party), None).unwrap();
    let wrong = send_all(&elsewhere).remove(0).code();
    let (rosa, old, ana) = (rosa.code(), old.code(), ana.code());
    let tries = [
        ("a wrong code for a known contact", &wrong, "rosa@example.com"),
        ("a wrong code for a known number", &wrong, "A-1"),
        ("a wrong code for an unknown contact", &wrong, "nobody@example.com"),
        ("a wrong code and no contact", &wrong, ""),
        ("a right code for another's contact", &rosa, "ina@example.com"),
        ("a right code for an unknown contact", &rosa, "nobody2@example.com"),
        ("a party's right code for an unknown contact", &ana, "nobody3@example.com"),
        ("a code that was used", &old, "ina@example.com"),
    ];
    let costs: Vec<_> = tries
        .into_iter()
        .map(|(what, code, with)| {
            let (cost, answer) = counted.cost(|desk| desk.agency.redeem_code(code, with, None, &Source::UNKNOWN));
            assert_eq!(answer.unwrap_err().code, Code::InvitationRefused, "{what}");
            (what, cost)
        })
        .collect();
    all_alike(&costs);
    assert_eq!((costs[0].1.calls.commits(), costs[0].1.hashes), (1, 0));
}
