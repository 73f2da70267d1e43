//! Forgotten passwords from beginning to end (E6, Q4, Q5), on both stores.

use carekey::account::State;
use carekey::agency::{Asks, Recovery};
use carekey::password::questions::Answer;
use carekey::policy::RecoveryMethod;
use carekey::store::Store;
use carekey::words::{EventKind, MessageKind};
use carekey::{AccountId, Code, Error, ErrorKind, Method, Policy, Role, Secret, SignIn, Source};
use carekey_tests::desk::{Desk, GOOD, OTHER, Person, answers, new_person, quick, twice};
use carekey_tests::race::race;
use time::Duration;

mod by_code_and_questions {
    carekey_tests::on_every_store! { carekey::Policy::default();
        a_code_then_the_questions, only_right_or_wrong_together, five_wrong_sets_end_it, the_last_step_lives_half_an_hour,
        unknown_names_are_asked_as_known_ones_are, codes_and_passwords_are_counted_apart,
        a_newer_step_ends_the_earlier,
    }
    use super::*;
}

mod by_questions {
    carekey_tests::on_every_store! { super::by(super::RecoveryMethod::Questions);
        the_questions_alone, the_same_questions_for_ever, answers_reopen_what_guessing_at_the_password_closed,
        nobody_else_is_asked_otherwise, right_answers_that_come_at_once_are_all_accepted, as_many_are_asked_as_the_policy_has_whoever_answered_how_many,
    }
    use super::*;
}

mod by_code {
    carekey_tests::on_every_store! { super::codes();
        a_code_alone, a_mailed_code_lives_a_day, a_code_by_sms_lives_ten_minutes, five_wrong_codes_end_it,
        codes_are_shared_by_all_that_was_begun, a_code_reopens_what_guessing_closed, who_cannot_recover_gets_the_same_answer,
        what_a_visitor_types_is_never_written_to, too_many_requests_send_nothing_more,
        a_password_that_will_not_do_leaves_the_step_open, what_was_sent_before_a_change_is_dead,
        what_was_begun_before_a_change_burns_no_code,
    }
    use super::*;
}

fn by(method: RecoveryMethod) -> Policy {
    let mut policy = Policy::default();
    policy.recovery.method = method;
    policy
}

/// By code alone; nobody is asked questions.
fn codes() -> Policy {
    let mut policy = quick();
    policy.recovery.method = RecoveryMethod::Code;
    policy
}

const SUE: &str = "sue@example.com";

fn sue(desk: &Desk) -> Person {
    desk.cheap_hashes();
    if desk.agency.settings().unwrap().policy.questions.count > 0 {
        desk.with_answers("Sue Wright", SUE)
    } else {
        desk.caregiver("Sue Wright", SUE)
    }
}

fn recover(desk: &Desk, username: &str) -> Recovery {
    desk.agency.recover(username, &Source::new("203.0.113.7")).unwrap()
}

fn code(desk: &Desk, begun: &Recovery, code: &str) -> carekey::Result<Recovery> {
    desk.agency.recovery_code(&begun.token, code, &Source::UNKNOWN)
}

fn answer(desk: &Desk, begun: &Recovery, answers: &[Answer<'_>]) -> carekey::Result<Recovery> {
    desk.agency.recovery_answers(&begun.token, answers, &Source::UNKNOWN)
}

fn finish(desk: &Desk, begun: &Recovery, password: &str) -> carekey::Result<State> {
    let password = Secret::from(password);
    desk.agency.finish_recovery(&begun.token, twice(&password), &Source::UNKNOWN).map(|done| done.state)
}

/// Begins by code: what was begun, and the code that was sent.
fn sent(desk: &Desk, username: &str) -> (Recovery, String) {
    let begun = recover(desk, username);
    assert_eq!(begun.asks, Asks::Code);
    let mail = desk.one_mail();
    assert_eq!(mail.kind, MessageKind::RecoveryCode);
    (begun, mail.digits())
}

/// A code that is as long and is not that one.
fn other(code: &str) -> String {
    let first = if code.starts_with('0') { '1' } else { '0' };
    format!("{first}{}", &code[1..])
}

fn asked(begun: &Recovery) -> Vec<&'static str> {
    match &begun.asks {
        Asks::Questions(questions) => questions.iter().map(|question| question.id).collect(),
        asks => panic!("questions, not {asks:?}"),
    }
}

/// Every refusal of a step of a recovery is this one, byte for byte.
fn refused<T: std::fmt::Debug>(result: carekey::Result<T>) {
    let expected = Error::new(ErrorKind::Refused, Code::RecoveryRefused);
    assert_eq!(format!("{:?}", result.expect_err("refused")), format!("{expected:?}"));
}

fn step_refused<T: std::fmt::Debug>(result: carekey::Result<T>) {
    assert_eq!(result.expect_err("refused").code, Code::StepRefused);
}

fn events(desk: &Desk, account: AccountId) -> Vec<EventKind> {
    desk.agency.verify_history(account).unwrap();
    desk.agency.history(account).unwrap().iter().map(|line| line.kind).collect()
}

fn a_code_then_the_questions(desk: &Desk) {
    let sue = sue(desk);
    let session = desk.session(SUE, GOOD);
    let (begun, digits) = sent(desk, "Sue@Example.com");
    assert_eq!(digits.len(), 8);
    // As people type it from a phone.
    let typed = format!(" {} {}-{} ", &digits[..3], &digits[3..5], &digits[5..]);
    let second = code(desk, &begun, &typed).unwrap();
    assert_eq!(asked(&second), ["first_pet", "first_school", "childhood_street"]);
    refused(code(desk, &begun, &digits));
    let [pet, school, street] = answers();
    let typed = [
        Answer { answer: "ELM", ..street },
        Answer { answer: "rex,  the second!", ..pet },
        Answer { answer: "st marys", ..school },
    ];
    let third = answer(desk, &second, &typed).unwrap();
    assert_eq!(third.asks, Asks::NewPassword);
    refused(answer(desk, &second, &answers()));

    // Until the last step nothing has changed.
    desk.agency.session(session.token.reveal()).unwrap();
    desk.session(SUE, GOOD);
    assert_eq!(desk.mail().len(), 0);
    // It says where the account stands now, and signs nobody in.
    let sessions = events(desk, sue.account).iter().filter(|kind| **kind == EventKind::SignedIn).count();
    assert_eq!(finish(desk, &third, OTHER).unwrap(), State::Active);
    let after = events(desk, sue.account);
    assert_eq!(after.iter().filter(|kind| **kind == EventKind::SignedIn).count(), sessions);
    assert_eq!(after[after.len() - 2..], [EventKind::PasswordSet, EventKind::RecoveryFinished]);
    assert_eq!(after.iter().filter(|kind| **kind == EventKind::RecoveryStarted).count(), 1);
    step_refused(finish(desk, &third, "Another#1 entirely"));
    assert_eq!(desk.agency.session(session.token.reveal()).unwrap_err().code, Code::SessionEnded);
    let notice = desk.one_mail();
    assert_eq!((notice.kind, notice.to.as_str()), (MessageKind::PasswordChanged, SUE));
    assert!(matches!(desk.sign_in(SUE, GOOD), SignIn::Refused));
    desk.session(SUE, OTHER);
}

fn only_right_or_wrong_together(desk: &Desk) {
    sue(desk);
    let (begun, digits) = sent(desk, SUE);
    let step = code(desk, &begun, &digits).unwrap();
    let [pet, school, street] = answers();
    let wrong = |right: Answer<'static>| Answer { answer: "Something else", ..right };
    let other = Answer { question: "first_job", answer: "Elm" };
    let long = "x".repeat(1025);
    let long = Answer { question: "childhood_street", answer: &long };
    let sets: [&[Answer<'_>]; 4] =
        [&[wrong(pet), school, street], &[pet, school], &[pet, pet, pet], &[pet, school, street, other]];
    for set in sets {
        refused(answer(desk, &step, set));
    }
    // Four were wrong: the fifth may be right.
    assert_eq!(answer(desk, &step, &answers()).unwrap().asks, Asks::NewPassword);
    desk.clock.advance(Duration::hours(1));
    let (begun, digits) = sent(desk, SUE);
    let step = code(desk, &begun, &digits).unwrap();
    assert_eq!(asked(&step), ["first_pet", "first_school", "childhood_street"], "the same again");
    for set in [&[][..], &[wrong(pet), wrong(school), wrong(street)], &[pet, school, other], &[pet, school, long]] {
        refused(answer(desk, &step, set));
        desk.clock.advance(Duration::minutes(4));
    }
}

fn five_wrong_sets_end_it(desk: &Desk) {
    let sue = sue(desk);
    let (begun, digits) = sent(desk, SUE);
    let step = code(desk, &begun, &digits).unwrap();
    for _ in 0..5 {
        refused(answer(desk, &step, &answers()[..2]));
    }
    assert_eq!(desk.failures(sue.account).failures, 0, "each way in is counted by itself");
    desk.session(SUE, GOOD);
    refused(answer(desk, &step, &answers()));
    assert!(matches!(desk.sign_in(SUE, OTHER), SignIn::Refused));
}

fn the_last_step_lives_half_an_hour(desk: &Desk) {
    sue(desk);
    let half_an_hour = Duration::minutes(30);
    for (questions, last, good) in [(half_an_hour, Duration::ZERO, false), (Duration::ZERO, half_an_hour, false)]
        .into_iter()
        .chain([(half_an_hour - Duration::MILLISECOND, half_an_hour - Duration::MILLISECOND, true)])
    {
        let (begun, digits) = sent(desk, SUE);
        let step = code(desk, &begun, &digits).unwrap();
        desk.clock.advance(questions);
        let third = answer(desk, &step, &answers());
        if questions == half_an_hour {
            refused(third);
            continue;
        }
        let third = third.unwrap();
        desk.clock.advance(last);
        let finished = finish(desk, &third, OTHER);
        if good { assert_eq!(finished.unwrap(), State::Active) } else { step_refused(finished) }
    }
}

fn unknown_names_are_asked_as_known_ones_are(desk: &Desk) {
    sue(desk);
    let known = recover(desk, SUE);
    let unknown = recover(desk, "nobody@example.com");
    assert_eq!(format!("{known:?}"), format!("{unknown:?}"));
    desk.one_mail();
    for guess in ["00000000", "", "12345678"] {
        refused(code(desk, &unknown, guess));
        refused(code(desk, &known, guess));
    }
}

/// Each way in is counted by itself (E4): neither keeps the other from working.
fn codes_and_passwords_are_counted_apart(desk: &Desk) {
    let sue = sue(desk);
    let (begun, digits) = sent(desk, SUE);
    for _ in 0..3 {
        refused(code(desk, &begun, &other(&digits)));
    }
    for _ in 0..5 {
        assert!(matches!(desk.sign_in(SUE, "wrong"), SignIn::Refused));
    }
    // Passwords have to wait now; the code has not.
    assert!(matches!(desk.sign_in(SUE, GOOD), SignIn::Refused));
    assert_eq!(asked(&code(desk, &begun, &digits).unwrap()).len(), 3);
    let failed: Vec<_> = desk.agency.history(sue.account).unwrap();
    let failed: Vec<_> = failed.iter().filter(|line| line.kind == EventKind::RecoveryFailed).collect();
    assert_eq!(failed.len(), 1, "one line a day");
    assert_eq!(failed[0].details["count"].to_string(), "3");
}

/// A new set of questions and a new last step end the earlier live one (E6).
fn a_newer_step_ends_the_earlier(desk: &Desk) {
    sue(desk);
    let asked_again = |desk: &Desk| {
        desk.clock.advance(Duration::minutes(1));
        let (begun, digits) = sent(desk, SUE);
        code(desk, &begun, &digits).unwrap()
    };
    let (first, second) = (asked_again(desk), asked_again(desk));
    refused(answer(desk, &first, &answers()));
    let last = answer(desk, &second, &answers()).unwrap();
    let later = answer(desk, &asked_again(desk), &answers()).unwrap();
    step_refused(finish(desk, &last, OTHER));
    assert_eq!(finish(desk, &later, OTHER).unwrap(), State::Active);
}

fn the_questions_alone(desk: &Desk) {
    let sue = sue(desk);
    let session = desk.session(SUE, GOOD);
    let begun = recover(desk, SUE);
    assert_eq!(asked(&begun), ["first_pet", "first_school", "childhood_street"]);
    assert!(desk.mail().is_empty());
    refused(code(desk, &begun, "12345678"));
    let last = answer(desk, &begun, &answers()).unwrap();
    assert_eq!(finish(desk, &last, OTHER).unwrap(), State::Active);
    assert_eq!(desk.agency.session(session.token.reveal()).unwrap_err().code, Code::SessionEnded);
    assert_eq!(desk.one_mail().kind, MessageKind::PasswordChanged);
    desk.session(SUE, OTHER);
    assert!(events(desk, sue.account).contains(&EventKind::RecoveryFinished));

    // Five failures make further ones wait, and the password is as good as ever.
    let begun = recover(desk, SUE);
    for _ in 0..5 {
        refused(answer(desk, &begun, &[]));
    }
    refused(answer(desk, &begun, &answers()));
    desk.session(SUE, OTHER);
    desk.clock.advance(Duration::seconds(30));
    assert_eq!(answer(desk, &begun, &answers()).unwrap().asks, Asks::NewPassword);
}

fn the_same_questions_for_ever(desk: &Desk) {
    sue(desk);
    let mut seen = std::collections::BTreeSet::new();
    for number in 0..8 {
        let name = format!("nobody{number}@example.com");
        let first = asked(&recover(desk, &name));
        assert_eq!(first.len(), 3);
        desk.clock.advance(Duration::days(30));
        assert_eq!(asked(&recover(desk, &name.to_uppercase())), first);
        seen.insert(first);
    }
    assert!(seen.len() > 1, "not the same ones for everybody");
    assert_eq!(asked(&recover(desk, SUE)), asked(&recover(desk, SUE)));
}

/// What strangers did at the password does not keep the owner from answering.
fn answers_reopen_what_guessing_at_the_password_closed(desk: &Desk) {
    let sue = sue(desk);
    assert!(matches!(desk.sign_in(SUE, "wrong"), SignIn::Refused));
    desk.edit_failures(sue.account, |row| row.failures = 100);
    assert!(matches!(desk.sign_in(SUE, GOOD), SignIn::Refused));
    let last = answer(desk, &recover(desk, SUE), &answers()).unwrap();
    assert!(matches!(desk.sign_in(SUE, GOOD), SignIn::Refused), "the answers alone open nothing");
    finish(desk, &last, OTHER).unwrap();
    assert_eq!(desk.failures(sue.account).failures, 0);
    desk.session(SUE, OTHER);
}

/// Disabled, deleted, never activated, without answers: asked three questions
/// like everybody, to which no answer is right.
fn nobody_else_is_asked_otherwise(desk: &Desk) {
    let sue = sue(desk);
    let due = desk.caregiver("Dora Due", "dora@example.com");
    desk.office().disable(sue.account).unwrap();
    for name in [SUE, &*due.username, "nobody@example.com", ""] {
        let begun = recover(desk, name);
        assert_eq!(asked(&begun).len(), 3, "{name}");
        assert_eq!(asked(&recover(desk, name)), asked(&begun), "{name}");
        refused(answer(desk, &begun, &answers()));
    }
    desk.office().enable(sue.account).unwrap();
    desk.office().delete_party(sue.party.unwrap()).unwrap();
    refused(answer(desk, &recover(desk, SUE), &answers()));
    assert!(desk.mail().is_empty());
}

fn a_code_alone(desk: &Desk) {
    sue(desk);
    let session = desk.session(SUE, GOOD);
    let (begun, digits) = sent(desk, SUE);
    let last = code(desk, &begun, &digits).unwrap();
    assert_eq!(last.asks, Asks::NewPassword);
    assert_eq!(finish(desk, &last, OTHER).unwrap(), State::Active);
    assert_eq!(desk.agency.session(session.token.reveal()).unwrap_err().code, Code::SessionEnded);
    assert_eq!(desk.one_mail().kind, MessageKind::PasswordChanged);
    desk.session(SUE, OTHER);
    refused(code(desk, &begun, &digits));
}

fn lives(desk: &Desk, username: &str, method: Method, life: Duration) {
    let begun = recover(desk, username);
    let mail = desk.one_mail();
    assert_eq!(mail.method, method);
    desk.clock.advance(life);
    refused(code(desk, &begun, &mail.digits()));
    let begun = recover(desk, username);
    let mail = desk.one_mail();
    desk.clock.advance(life - Duration::MILLISECOND);
    assert_eq!(code(desk, &begun, &mail.digits()).unwrap().asks, Asks::NewPassword);
}

fn a_mailed_code_lives_a_day(desk: &Desk) {
    sue(desk);
    lives(desk, SUE, Method::Email, Duration::hours(24));
}

fn a_code_by_sms_lives_ten_minutes(desk: &Desk) {
    desk.cheap_hashes();
    desk.family_by_phone("Garcia, Rosa", "(519) 464-8540");
    lives(desk, "519 464 8540", Method::Sms, Duration::minutes(10));
}

fn five_wrong_codes_end_it(desk: &Desk) {
    sue(desk);
    let (begun, digits) = sent(desk, SUE);
    for _ in 0..4 {
        refused(code(desk, &begun, &other(&digits)));
    }
    assert_eq!(code(desk, &begun, &digits).unwrap().asks, Asks::NewPassword);
    desk.session(SUE, GOOD);
    desk.clock.advance(Duration::minutes(1));
    let (begun, digits) = sent(desk, SUE);
    for _ in 0..5 {
        refused(code(desk, &begun, &other(&digits)));
    }
    desk.session(SUE, GOOD);
    refused(code(desk, &begun, &digits));
}

/// A stranger's request ends nothing (E4): each code opens what either began,
/// and the right one ends them all.
fn codes_are_shared_by_all_that_was_begun(desk: &Desk) {
    sue(desk);
    let (first, early) = sent(desk, SUE);
    // In the same minute the one that is on its way must do.
    let second = recover(desk, SUE);
    assert!(desk.mail().is_empty());
    desk.clock.advance(Duration::minutes(1));
    let (third, late) = sent(desk, SUE);
    let last = code(desk, &third, &early).unwrap();
    refused(code(desk, &first, &late));
    refused(code(desk, &second, &early));
    // A password that was set meanwhile ends what was begun before.
    desk.clock.advance(Duration::minutes(1));
    let (third, code_again) = sent(desk, SUE);
    assert_eq!(finish(desk, &last, OTHER).unwrap(), State::Active);
    desk.mail();
    refused(code(desk, &third, &code_again));
}

/// A code opens nothing after its account's password was changed or reset,
/// the account disabled, or the contact corrected, whoever asks again (A4, C2).
fn what_was_sent_before_a_change_is_dead(desk: &Desk) {
    let sue = sue(desk);
    let office = desk.office();
    let changed = |password: &str, to: &str| {
        let session = desk.session(SUE, password);
        let (current, new) = (Secret::from(password), Secret::from(to));
        desk.agency.change_password(session.token.reveal(), &current, twice(&new), &Source::UNKNOWN).unwrap();
    };
    let reset = || {
        let typed = Secret::from("Harvest!88 moon");
        office.reset_password(sue.account, twice(&typed)).unwrap();
        desk.mail();
        let SignIn::ChangePassword(step) = desk.sign_in(SUE, typed.reveal()) else { panic!("a step") };
        let _ = desk.agency.choose_password(&step.token, twice(&Secret::from(GOOD)), &Source::UNKNOWN).unwrap();
    };
    let disabled = || {
        office.disable(sue.account).unwrap();
        office.enable(sue.account).unwrap();
    };
    let changes: [(&str, &dyn Fn()); 4] = [
        ("changed", &|| changed(GOOD, OTHER)),
        ("reset", &reset),
        ("disabled", &disabled),
        ("corrected", &|| desk.correct_email("Sue Wright", SUE, "sue.wright@example.com")),
    ];
    for (what, change) in changes {
        desk.clock.advance(Duration::minutes(1));
        let (begun, digits) = sent(desk, SUE);
        change();
        desk.mail();
        refused(code(desk, &begun, &digits));
        let again = recover(desk, SUE);
        let mail = desk.one_mail();
        assert_eq!((mail.kind, mail.to.as_str()), (MessageKind::RecoveryCode, SUE), "{what}: another is sent at once");
        let old = code(desk, &again, &digits);
        assert!(old.is_err(), "{what}: the old code is good still");
        assert_eq!(code(desk, &again, &mail.digits()).unwrap().asks, Asks::NewPassword, "{what}");
    }
}

/// Whoever comes back to an old page takes the new code from nobody.
fn what_was_begun_before_a_change_burns_no_code(desk: &Desk) {
    let sue = sue(desk);
    let (old, _) = sent(desk, SUE);
    desk.office().disable(sue.account).unwrap();
    desk.office().enable(sue.account).unwrap();
    desk.clock.advance(Duration::minutes(1));
    let (new, digits) = sent(desk, SUE);
    for _ in 0..6 {
        refused(code(desk, &old, &digits));
    }
    assert_eq!(code(desk, &new, &digits).unwrap().asks, Asks::NewPassword);
}

fn a_code_reopens_what_guessing_closed(desk: &Desk) {
    let sue = sue(desk);
    let mut wait: Duration = Duration::seconds(30);
    for number in 1..=100 {
        assert!(matches!(desk.sign_in(SUE, "wrong"), SignIn::Refused));
        if number >= 5 {
            desk.clock.advance(wait);
            wait = Duration::min(wait * 2, Duration::minutes(15));
        }
    }
    assert_eq!(desk.failures(sue.account).failures, 100);
    desk.clock.advance(Duration::days(1));
    assert!(matches!(desk.sign_in(SUE, GOOD), SignIn::Refused), "closed until recovery");
    let (begun, digits) = sent(desk, SUE);
    let last = code(desk, &begun, &digits).unwrap();
    assert!(matches!(desk.sign_in(SUE, GOOD), SignIn::Refused), "the code alone opens nothing");
    finish(desk, &last, OTHER).unwrap();
    desk.session(SUE, OTHER);
    assert_eq!(desk.failures(sue.account).failures, 0);
}

fn who_cannot_recover_gets_the_same_answer(desk: &Desk) {
    let sue = sue(desk);
    let office = desk.office();
    let expected = format!("{:?}", recover(desk, "nobody@example.com"));
    let same = |name: &str, why: &str| {
        let begun = recover(desk, name);
        assert_eq!(format!("{begun:?}"), expected, "{why}");
        assert!(desk.mail().is_empty(), "{why}");
        refused(code(desk, &begun, "00000000"));
        step_refused(finish(desk, &begun, OTHER));
    };
    same("", "an empty name");
    same(&"x".repeat(100_000), "a very long name");
    // Never activated: the office sends the link again.
    let ida = office.add_party(&new_person("Ida Invited", Role::Caregiver, "ida@example.com")).unwrap().party;
    office.create_account(ida, Role::Caregiver, None).unwrap();
    desk.mail();
    same("ida@example.com", "invited");
    // With a temporary password that nobody changed.
    office.add_party(&new_person("Tom Temporary", Role::Client, "tom@example.com")).unwrap();
    desk.mail();
    same("tom@example.com", "a temporary password");
    // Nobody to send to.
    let contacts = desk.take_contacts(sue.account);
    same(SUE, "no contact");
    desk.store.commit(contacts.iter().map(carekey::store::Write::insert).collect()).unwrap();
    office.disable(sue.account).unwrap();
    same(SUE, "disabled");
    office.enable(sue.account).unwrap();
    // One that was begun before dies with the account.
    let (begun, digits) = sent(desk, SUE);
    office.delete_party(sue.party.unwrap()).unwrap();
    refused(code(desk, &begun, &digits));
    same(SUE, "deleted");
}

fn what_a_visitor_types_is_never_written_to(desk: &Desk) {
    desk.cheap_hashes();
    desk.caregiver("Sue Wright", "Sue.Wright@example.com");
    for typed in ["SUE.WRIGHT@EXAMPLE.COM", "sue.wright@EXAMPLE.com"] {
        recover(desk, typed);
        assert_eq!(desk.one_mail().to, "Sue.Wright@example.com");
        desk.clock.advance(Duration::minutes(1));
    }
    for typed in ["sue.wright@example.com.evil.test", "sue.wright@example.com,evil@evil.test", "ѕue.wright@example.com"]
    {
        recover(desk, typed);
        assert!(desk.mail().is_empty(), "{typed}");
    }
}

fn too_many_requests_send_nothing_more(desk: &Desk) {
    sue(desk);
    let mut last = None;
    for _ in 0..10 {
        last = Some(sent(desk, SUE));
        desk.clock.advance(Duration::minutes(1));
    }
    let (begun, digits) = last.unwrap();
    let expected = format!("{begun:?}");
    for _ in 0..20 {
        assert_eq!(format!("{:?}", recover(desk, SUE)), expected);
        desk.clock.advance(Duration::minutes(1));
    }
    assert!(desk.mail().is_empty());
    // The last that was sent is good still, and for what is begun now as well.
    assert_eq!(code(desk, &recover(desk, SUE), &digits).unwrap().asks, Asks::NewPassword);
    desk.clock.advance(Duration::days(1));
    sent(desk, SUE);
}

fn a_password_that_will_not_do_leaves_the_step_open(desk: &Desk) {
    sue(desk);
    let (begun, digits) = sent(desk, SUE);
    let last = code(desk, &begun, &digits).unwrap();
    for (password, expected) in [("short", Code::PasswordTooShort), (GOOD, Code::PasswordSameAsCurrent)] {
        let error = finish(desk, &last, password).unwrap_err();
        assert!(error.findings.iter().any(|finding| finding.code == expected), "{error:?}");
    }
    desk.session(SUE, GOOD);
    finish(desk, &last, OTHER).unwrap();
}

/// An agency changes how many questions it asks: the old number would tell who
/// has answered them (Q5).
fn as_many_are_asked_as_the_policy_has_whoever_answered_how_many(desk: &Desk) {
    sue(desk);
    let asked = |name: &str| {
        let Asks::Questions(questions) = recover(desk, name).asks else { panic!("questions") };
        questions.iter().map(|question| question.id).collect::<Vec<_>>()
    };
    for count in [1, 2, 3, 4, 6] {
        let mut settings = desk.agency.settings().unwrap();
        settings.policy.questions.count = count;
        settings.policy.password.cost = carekey::policy::Argon2Cost::default();
        desk.office().change_settings(settings).unwrap();
        desk.cheap_hashes();
        let (known, unknown) = (asked(SUE), asked("nobody@example.com"));
        assert_eq!((known.len(), unknown.len()), (count as usize, count as usize));
        assert_eq!(known, asked(SUE));
        // Theirs are among them, and whatever is said to the others, theirs decide.
        let theirs = answers();
        let said: Vec<Answer<'_>> = known
            .iter()
            .map(|id| {
                theirs
                    .iter()
                    .find(|own| own.question == *id)
                    .copied()
                    .unwrap_or(Answer { question: id, answer: "Anything" })
            })
            .collect();
        assert_eq!(said.iter().filter(|one| one.answer != "Anything").count(), theirs.len().min(count as usize));
        answer(desk, &recover(desk, SUE), &said).unwrap_or_else(|error| panic!("{count}: {error}"));
        for at in 0..said.len() {
            let mut wrong = said.clone();
            wrong[at].answer = "Nothing of the kind";
            let outcome = answer(desk, &recover(desk, SUE), &wrong);
            assert_eq!(outcome.is_ok(), said[at].answer == "Anything", "{}", said[at].question);
        }
        let begun = recover(desk, SUE);
        assert_eq!(answer(desk, &begun, &said[1..]).unwrap_err().code, Code::RecoveryRefused);
        desk.clock.advance(Duration::hours(1));
        answer(desk, &recover(desk, SUE), &said).unwrap();
    }
}

/// More at once than there are places: who finds none waits, and is not refused
/// for being right (E4).
fn right_answers_that_come_at_once_are_all_accepted(desk: &Desk) {
    sue(desk);
    let begun = recover(desk, SUE);
    let outcomes = race(16, |_| answer(desk, &begun, &answers()).is_ok());
    assert_eq!(outcomes, [true; 16]);
    // Wrong ones are as many as the policy lets be.
    let before = desk.directory.hash_operations();
    let wrong = [Answer { question: "first_pet", answer: "Fido" }; 3];
    assert!(race(16, |_| answer(desk, &begun, &wrong).is_ok()).iter().all(|right| !right));
    assert_eq!(desk.directory.hash_operations() - before, 16 * 3, "each costs the same");
    assert_eq!(answer(desk, &begun, &answers()).unwrap_err().code, Code::RecoveryRefused, "it waits");
}
