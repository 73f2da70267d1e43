//! Many at the same time: threads on every store, and processes on one file or
//! one server.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Mutex;

use carekey::agency::{Invitee, NewTie, Redeemed, Sending, SentRow, StagedRow, UserQuery};
use carekey::invitation::OfficeAction;
use carekey::roster::Roster;
use carekey::store::record;
use carekey::words::{EventKind, MessageKind, Method};
use carekey::{AccountId, Agency, Code, Error, MessageId, Role, Secret, SignIn, Source, TieKind};
use carekey_tests::desk::{
    Clock, Desk, GOOD, Mail, OTHER, go_on, new_person, new_staff, open_place, quick, sign_in, support, twice,
};
use carekey_tests::race::{MANY, child, race, ready, results, start, work};

carekey_tests::on_every_store! { quick();
    one_code_is_redeemed_once, one_link_is_redeemed_once, two_invitations_to_one_contact_make_one_account,
    the_last_managers_place_goes_to_one, one_username_goes_to_one, wrong_passwords_are_evaluated_up_to_the_limit,
    right_passwords_all_succeed, right_and_wrong_together, one_of_two_managers_stays,
    one_of_two_managers_stays_when_the_other_is_disabled, the_same_tie_is_made_once, a_step_is_taken_once,
    an_activation_link_is_taken_once, an_invitation_is_sent_once, messages_are_claimed_once,
    two_rosters_of_the_same_people_make_each_once, a_recovery_is_asked_for_by_many_and_sent_once,
    a_recovery_code_is_taken_once, wrong_codes_are_counted_exactly, a_recovery_is_finished_once,
    a_batch_sends_nothing_twice, a_contact_is_confirmed_once, what_waits_is_sent_once, a_reminder_is_sent_once,
    two_parties_are_merged_once, whoever_confirms_a_contact_the_objector_is_safe,
}

/// How many succeeded; all others must have failed with that code.
fn winners<T>(results: Vec<carekey::Result<T>>, code: Code) -> usize {
    let others: Vec<Error> = results.iter().filter_map(|result| result.as_ref().err()).cloned().collect();
    assert!(others.iter().all(|error| error.code == code), "{:?}", others.iter().find(|error| error.code != code));
    results.len() - others.len()
}

/// How often an account was refused for each reason. Repeated ones are one line.
fn refusals(agency: &Agency, account: AccountId) -> BTreeMap<String, usize> {
    let mut reasons = BTreeMap::new();
    for line in agency.history(account).unwrap() {
        if line.kind == EventKind::SignInRefused {
            let count = line.details.get("count").map_or(1, |count| count.to_string().parse().unwrap());
            *reasons.entry(line.details["reason"].to_string()).or_default() += count;
        }
    }
    reasons
}

fn invited(desk: &Desk, name: &str, email: &str) -> Mail {
    let party = desk.office().add_party(&new_person(name, Role::Family, email)).unwrap().party;
    desk.office().invite(Invitee::Party(party), None).unwrap();
    desk.one_mail()
}

fn one_code_is_redeemed_once(desk: &Desk) {
    let code = invited(desk, "Garcia, Rosa", "rosa@example.com").code();
    let results = race(MANY, |_| desk.agency.redeem_code(&code, "rosa@example.com", None, &Source::UNKNOWN));
    assert_eq!(winners(results, Code::InvitationRefused), 1);
    let after = desk.snapshot();
    assert_eq!((after.count::<record::Account>(), after.count::<record::UsedName>()), (1, 1));
    let account = &after.rows::<record::Account>()[0];
    let lines = desk.agency.history(account.id).unwrap();
    assert_eq!(lines.iter().filter(|line| line.kind == EventKind::Redeemed).count(), 1);
    desk.agency.verify_history(account.id).unwrap();
}

fn one_link_is_redeemed_once(desk: &Desk) {
    let link = invited(desk, "Garcia, Rosa", "rosa@example.com").link();
    let results = race(MANY, |_| desk.agency.redeem_link(&link, None, &Source::UNKNOWN));
    assert_eq!(winners(results, Code::InvitationRefused), 1);
    assert_eq!(desk.snapshot().count::<record::Account>(), 1);
}

fn two_invitations_to_one_contact_make_one_account(desk: &Desk) {
    let links = [
        invited(desk, "Garcia, Rosa", "home@example.com").link(),
        invited(desk, "Garcia, Luz", "home@example.com").link(),
    ];
    let redeemed = race(2, |number| desk.agency.redeem_link(&links[number], None, &Source::UNKNOWN).unwrap());
    let new = redeemed.iter().filter(|redeemed| matches!(redeemed, Redeemed::NewAccount { .. })).count();
    assert_eq!((new, desk.snapshot().count::<record::Account>()), (1, 1));
}

fn the_last_managers_place_goes_to_one(desk: &Desk) {
    desk.manager("Mia", "First");
    desk.manager("Ned", "Second");
    let office = desk.office();
    let results = race(MANY, |number| office.add_manager(&new_staff("Ola", &letters(number))));
    assert_eq!(winners(results, Code::ManagerLimit), 1);
    let users = office.users(&UserQuery::default()).unwrap().users;
    assert_eq!((users.len(), users.iter().filter(|user| user.is_manager).count()), (3, 3));
}

/// A number as letters, none of which looks like another.
fn letters(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(b'A' + digit - b'0')).collect()
}

fn one_username_goes_to_one(desk: &Desk) {
    let office = desk.office();
    let results = race(MANY, |_| office.create_staff_account(&new_staff("Felicia", "Conner"), None));
    assert_eq!(winners(results, Code::UsernameTaken), 1);
    let after = desk.snapshot();
    assert_eq!((after.count::<record::Account>(), after.count::<record::UsedName>()), (1, 1));
    assert_eq!(after.count::<record::Message>(), 1);
}

fn wrong_passwords_are_evaluated_up_to_the_limit(desk: &Desk) {
    let staff = desk.staff("Felicia", "Conner");
    let before = desk.directory.hash_operations();
    let answers = race(MANY, |number| desk.sign_in(&staff.username, &format!("wrong {number}")));
    assert!(answers.iter().all(|answer| matches!(answer, SignIn::Refused)));
    assert_eq!(desk.directory.hash_operations() - before, MANY as u64);
    let expected = BTreeMap::from([("wrong_password".to_owned(), 5), ("locked".to_owned(), MANY - 5)]);
    assert_eq!(refusals(&desk.agency, staff.account), expected);
    desk.agency.verify_history(staff.account).unwrap();
    // The wait is that of five failures, not of sixty-four.
    desk.clock.advance(time::Duration::seconds(30));
    desk.session(&staff.username, GOOD);
}

fn right_passwords_all_succeed(desk: &Desk) {
    let staff = desk.staff("Felicia", "Conner");
    for threads in [4, MANY] {
        let answers = race(threads, |_| desk.sign_in(&staff.username, GOOD));
        assert!(answers.iter().all(|answer| matches!(answer, SignIn::Granted(_))), "{answers:?}");
    }
    assert_eq!(refusals(&desk.agency, staff.account), BTreeMap::new());
    desk.agency.verify_history(staff.account).unwrap();
    let row = desk.failures(staff.account);
    assert_eq!((row.failures, row.open, row.locked_until), (0, 0, None));
}

/// Below the limit a right password is never refused, whoever else is wrong.
fn right_and_wrong_together(desk: &Desk) {
    let staff = desk.staff("Felicia", "Conner");
    let answers = race(12, |number| (number, desk.sign_in(&staff.username, if number < 4 { "wrong" } else { GOOD })));
    for (number, answer) in answers {
        assert_eq!(matches!(answer, SignIn::Granted(_)), number >= 4, "{number}");
    }
    assert_eq!(refusals(&desk.agency, staff.account), BTreeMap::from([("wrong_password".to_owned(), 4)]));
}

fn one_of_two_managers_stays(desk: &Desk) {
    let managers = [desk.manager("Mia", "First"), desk.manager("Ned", "Second")];
    let office = desk.office();
    for _ in 0..10 {
        let results = race(2, |number| office.remove_manager(managers[number].account));
        let gone = results.iter().position(Result::is_ok).expect("one goes");
        assert_eq!(winners(results, Code::ManagerLast), 1);
        office.promote(managers[gone].account).unwrap();
    }
}

fn one_of_two_managers_stays_when_the_other_is_disabled(desk: &Desk) {
    let managers = [desk.manager("Mia", "First"), desk.manager("Ned", "Second")];
    let office = desk.office();
    for _ in 0..10 {
        let [mia, ned] = [managers[0].account, managers[1].account];
        let results = race(2, |number| if number == 0 { office.remove_manager(mia) } else { office.disable(ned) });
        let removed = results[0].is_ok();
        assert_eq!(winners(results, Code::ManagerLast), 1);
        if removed { office.promote(mia).unwrap() } else { office.enable(ned).unwrap() }
    }
}

fn the_same_tie_is_made_once(desk: &Desk) {
    let office = desk.office();
    let client = office.add_party(&new_person("Ann Client", Role::Client, "")).unwrap().party;
    let tom = office.add_party(&new_person("Tom Contact", Role::Contact, "tom@example.com")).unwrap().party;
    desk.mail();
    let new = NewTie {
        kind: TieKind::EmergencyContact,
        who: tom,
        of: client,
        begins_at: None,
        ends_at: None,
        reference: None,
    };
    let results = race(MANY, |_| office.relate(&new));
    assert_eq!(winners(results, Code::TieDuplicate), 1);
    assert_eq!(desk.snapshot().count::<record::Tie>(), 1);
    assert_eq!(desk.mail().len(), 1, "enrolled once");
}

fn two_parties_are_merged_once(desk: &Desk) {
    let office = desk.office();
    let add = |name, email| office.add_party(&new_person(name, Role::Contact, email)).unwrap().party;
    let pair = [add("Reed, Tom", "tom@example.com"), add("Reed, Thomas", "thomas@example.com")];
    let results = race(MANY, |number| office.merge_parties(pair[number % 2], pair[(number + 1) % 2]));
    assert_eq!(winners(results, Code::PartyMerged), 1);
    assert_eq!(desk.agency.find_parties("reed", 0, 10).unwrap().found, 1);
    let gone = pair.into_iter().find(|party| desk.agency.party(*party).is_err()).unwrap();
    let results = race(MANY, |_| office.split_party(gone));
    assert_eq!(winners(results, Code::PartyNotMerged), 1);
    assert_eq!(desk.agency.find_parties("reed", 0, 10).unwrap().found, 2);
}

fn a_step_is_taken_once(desk: &Desk) {
    desk.office().add_party(&new_person("Ann Client", Role::Client, "ann@example.com")).unwrap();
    let temporary = desk.one_mail().password();
    let SignIn::ChangePassword(step) = desk.sign_in("ann@example.com", temporary.reveal()) else { panic!("a step") };
    let passwords: Vec<Secret> = (0..16).map(|number| Secret::from(format!("{GOOD} {number}"))).collect();
    let results =
        race(16, |number| desk.agency.choose_password(&step.token, twice(&passwords[number]), &Source::UNKNOWN));
    let won = results.iter().position(Result::is_ok).expect("one wins");
    assert_eq!(winners(results, Code::StepRefused), 1);
    desk.session("ann@example.com", passwords[won].reveal());
}

fn an_activation_link_is_taken_once(desk: &Desk) {
    let office = desk.office();
    let party = office.add_party(&new_person("Sue Wright", Role::Caregiver, "sue@example.com")).unwrap().party;
    office.create_account(party, Role::Caregiver, None).unwrap();
    let link = desk.one_mail().link();
    let passwords = [Secret::from(GOOD), Secret::from(OTHER)];
    let results = race(8, |number| desk.agency.activate(&link, twice(&passwords[number % 2]), &Source::UNKNOWN));
    assert_eq!(winners(results, Code::StepRefused), 1);
}

fn an_invitation_is_sent_once(desk: &Desk) {
    let party = desk.office().add_party(&new_person("Garcia, Rosa", Role::Family, "rosa@example.com")).unwrap().party;
    let results = race(16, |_| desk.office().invite(Invitee::Party(party), None));
    assert_eq!(winners(results, Code::InvitationAlreadySent), 1);
    assert_eq!(desk.mail().len(), 1);
}

/// A roster of so many caregivers.
fn caregivers(count: usize) -> Roster {
    let mut file = String::from("Role,Name,Email\n");
    for number in 0..count {
        file += &format!("Caregiver,\"Person, {}\",p{number}@example.com\n", letters(number));
    }
    Roster::from_csv(file.as_bytes()).unwrap()
}

fn messages_are_claimed_once(desk: &Desk) {
    let office = desk.office();
    let preview = office.preview(caregivers(200)).unwrap();
    office.create(&preview, None, &mut |_| ControlFlow::Continue(())).unwrap();
    let claimed: Mutex<BTreeMap<MessageId, usize>> = Mutex::default();
    race(8, |_| {
        loop {
            let messages = desk.agency.outbox().claim(7).unwrap();
            if messages.is_empty() {
                break;
            }
            for message in messages {
                *claimed.lock().unwrap().entry(message.id).or_default() += 1;
                desk.agency.outbox().sent(&message).unwrap();
            }
        }
    });
    let claimed = claimed.into_inner().unwrap();
    assert_eq!((claimed.len(), claimed.values().sum::<usize>()), (200, 200));
}

fn two_rosters_of_the_same_people_make_each_once(desk: &Desk) {
    let reports = race(4, |_| {
        let office = desk.office();
        let preview = office.preview(caregivers(120)).unwrap();
        office.create(&preview, None, &mut |_| ControlFlow::Continue(())).unwrap()
    });
    let created = |report: &carekey::agency::CreateReport| report.count(carekey::agency::RowOutcome::Created);
    assert_eq!(reports.iter().map(created).sum::<usize>(), 120);
    let after = desk.snapshot();
    let counts = (after.count::<record::Party>(), after.count::<record::Account>(), after.count::<record::Message>());
    assert_eq!(counts, (120, 120, 120));
}

fn a_recovery_is_asked_for_by_many_and_sent_once(desk: &Desk) {
    let sue = desk.caregiver("Sue Wright", "sue@example.com");
    let begun = race(MANY, |_| desk.agency.recover(&sue.username, &Source::UNKNOWN).unwrap());
    // One code for all of them (E4).
    let digits = desk.one_mail().digits();
    desk.agency.recovery_code(&begun[MANY / 2].token, &digits, &Source::UNKNOWN).unwrap();
}

fn a_recovery_code_is_taken_once(desk: &Desk) {
    let sue = desk.caregiver("Sue Wright", "sue@example.com");
    let begun = [(); 2].map(|()| desk.agency.recover(&sue.username, &Source::UNKNOWN).unwrap());
    let digits = desk.one_mail().digits();
    let results = race(MANY, |n| desk.agency.recovery_code(&begun[n % 2].token, &digits, &Source::UNKNOWN));
    assert_eq!(winners(results, Code::RecoveryRefused), 1);
}

fn wrong_codes_are_counted_exactly(desk: &Desk) {
    let sue = desk.caregiver("Sue Wright", "sue@example.com");
    for (wrong, good) in [(4, true), (5, false)] {
        let begun = desk.agency.recover(&sue.username, &Source::UNKNOWN).unwrap();
        let digits = desk.one_mail().digits();
        let results = race(wrong, |_| desk.agency.recovery_code(&begun.token, "wrong", &Source::UNKNOWN));
        assert_eq!(winners(results, Code::RecoveryRefused), 0);
        let right = desk.agency.recovery_code(&begun.token, &digits, &Source::UNKNOWN);
        assert_eq!(right.is_ok(), good, "after {wrong}");
        desk.clock.advance(time::Duration::minutes(1));
    }
}

fn a_recovery_is_finished_once(desk: &Desk) {
    let sue = desk.caregiver("Sue Wright", "sue@example.com");
    let begun = desk.agency.recover(&sue.username, &Source::UNKNOWN).unwrap();
    let last = desk.agency.recovery_code(&begun.token, &desk.one_mail().digits(), &Source::UNKNOWN).unwrap();
    let passwords: Vec<Secret> = (0..16).map(|number| Secret::from(format!("{OTHER} {number}"))).collect();
    let results =
        race(16, |number| desk.agency.finish_recovery(&last.token, twice(&passwords[number]), &Source::UNKNOWN));
    let won = results.iter().position(Result::is_ok).expect("one wins");
    assert_eq!(winners(results, Code::StepRefused), 1);
    desk.session(&sue.username, passwords[won].reveal());
}

/// The same batch, twice at once (I9): each is invited once.
fn a_batch_sends_nothing_twice(desk: &Desk) {
    let office = desk.office();
    let items: Vec<Invitee> = (0..40)
        .map(|number| {
            let (name, email) = (format!("Garcia, {}", letters(number)), format!("p{number}@example.com"));
            Invitee::Party(office.add_party(&new_person(&name, Role::Family, &email)).unwrap().party)
        })
        .collect();
    let as_of = desk.clock.now();
    race(4, |_| desk.office().batch(OfficeAction::Invite, &items, None, as_of, &mut go_on).unwrap());
    assert_eq!(desk.mail().len(), 40);
}

fn a_contact_is_confirmed_once(desk: &Desk) {
    let sue = desk.caregiver("Sue Wright", "sue@example.com");
    desk.correct_email("Sue Wright", &sue.username, "sue.wright@example.com");
    let mail = desk.mail();
    let link = mail.iter().find(|mail| mail.to == "sue.wright@example.com").expect("a link").link();
    let results = race(16, |_| desk.agency.confirm_contact(&link, &Source::UNKNOWN));
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    assert!(matches!(desk.sign_in("sue.wright@example.com", GOOD), SignIn::Granted(_)));
    desk.agency.verify_history(sue.account).unwrap();
}

/// C3: someone who knows the password confirms an address of theirs at the moment
/// at which the owner objects. Whoever is first, the owner is in, and alone.
fn whoever_confirms_a_contact_the_objector_is_safe(desk: &Desk) {
    let mut confirmed = 0;
    for round in 0..8 {
        let (owner, thief) = (format!("owner{round}@example.com"), format!("thief{round}@example.net"));
        let sue = desk.caregiver(
            &format!("Sue {}", ["Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Oak", "Yew"][round]),
            &owner,
        );
        let session = desk.session(&owner, GOOD);
        let password = Secret::from(GOOD);
        desk.agency.change_contact(session.token.reveal(), &password, Method::Email, &thief, &Source::UNKNOWN).unwrap();
        let mail = desk.mail();
        let link = |to: &str| mail.iter().find(|mail| mail.to == to).expect("a link").link();
        let (confirm, object) = (link(&thief), link(&owner));
        let results = race(2, |number| match number {
            0 => desk.agency.confirm_contact(&confirm, &Source::UNKNOWN).map(drop),
            _ => desk.agency.object_to_contact(&object, &Source::UNKNOWN),
        });
        let [to_confirm, to_object] = &results[..] else { unreachable!("two raced") };
        assert_eq!(*to_object, Ok(()), "round {round}");
        match to_confirm {
            Ok(()) => confirmed += 1,
            // What is read is no snapshot: the link may end between two reads.
            Err(error) => assert!(matches!(error.code, Code::ContactObjected | Code::StepRefused), "{error:?}"),
        }
        // The thief has neither session, name, password nor link.
        assert_eq!(desk.agency.session(session.token.reveal()).unwrap_err().code, Code::SessionEnded);
        for name in [&owner, &thief] {
            assert!(matches!(desk.sign_in(name, GOOD), SignIn::Refused), "round {round}: {name}");
        }
        let again = desk.agency.confirm_contact(&confirm, &Source::UNKNOWN).unwrap_err();
        assert_eq!(again.code, Code::ContactObjected);
        desk.agency.recover(&thief, &Source::UNKNOWN).unwrap();
        assert!(desk.mail().iter().all(|mail| mail.kind != MessageKind::RecoveryCode), "round {round}");
        // The owner comes back by the earlier address alone.
        let begun = desk.agency.recover(&owner, &Source::UNKNOWN).unwrap();
        let code = desk.one_mail();
        assert_eq!(code.to, owner);
        let step = desk.agency.recovery_code(&begun.token, &code.digits(), &Source::UNKNOWN).unwrap();
        let other = Secret::from(OTHER);
        desk.agency.finish_recovery(&step.token, twice(&other), &Source::UNKNOWN).unwrap();
        assert!(matches!(desk.sign_in(&owner, OTHER), SignIn::Granted(_)), "round {round}");
        desk.agency.verify_history(sue.account).unwrap();
    }
    println!("confirmed first in {confirmed} of 8");
}

fn what_waits_is_sent_once(desk: &Desk) {
    let later = desk.office().sending(Sending::Later);
    let preview = later.preview(caregivers(40)).unwrap();
    later.create(&preview, None, &mut go_on).unwrap();
    assert!(desk.mail().is_empty());
    let waiting: Vec<_> = later.staged(0, 100).unwrap().iter().filter_map(StagedRow::item).collect();
    let sent = race(4, |_| desk.office().send_staged(&waiting, &mut go_on).unwrap());
    let done = |rows: &Vec<SentRow>| rows.iter().filter(|row| row.done).count();
    assert_eq!((waiting.len(), sent.iter().map(done).sum::<usize>(), desk.mail().len()), (40, 40, 40));
    let left = sent.iter().flatten().filter(|row| !row.done);
    assert!(left.flat_map(|row| &row.findings).all(|finding| finding.code == Code::EnrolmentNotStaged));
}

fn a_reminder_is_sent_once(desk: &Desk) {
    let mut settings = desk.agency.settings().unwrap();
    settings.policy.enrolment.reminder_days = [3].into();
    desk.office().change_settings(settings).unwrap();
    let preview = desk.office().preview(caregivers(20)).unwrap();
    desk.office().create(&preview, None, &mut go_on).unwrap();
    let first: BTreeMap<String, String> = desk.mail().iter().map(|mail| (mail.to.clone(), mail.link())).collect();
    desk.clock.advance(time::Duration::days(3));
    let reminded = race(4, |_| desk.agency.remind().unwrap());
    let again = desk.mail();
    assert_eq!((reminded.iter().sum::<u64>(), again.len()), (20, 20));
    assert!(again.iter().all(|mail| first[&mail.to] == mail.link()));
}

/// How many processes, with eight threads each, are [`MANY`].
const PROCESSES: usize = MANY / 8;

/// The work of a child of this file: nothing in a run of its own.
#[test]
fn a_child() {
    let Some(work) = work() else { return };
    let [place, folder, number, what, rest @ ..] = work.as_slice() else { panic!("work") };
    let nth: usize = number.parse().unwrap();
    let directory = open_place(place, Clock::new(), 1000 + nth as u64);
    let agency = directory.agency("104").unwrap();
    let office = agency.acting_as(support());
    ready(std::path::Path::new(folder), number);
    let outcomes = race(8, |thread| match what.as_str() {
        "redeem" => outcome(agency.redeem_code(&rest[0], &rest[1], None, &Source::UNKNOWN)),
        "manager" => outcome(office.add_manager(&new_staff("Ola", &letters(nth * 8 + thread)))),
        "wrong" => match sign_in(&agency, &rest[0], &format!("wrong {nth} {thread}")) {
            SignIn::Refused => "refused".to_owned(),
            _ => "granted".to_owned(),
        },
        _ => panic!("{what}?"),
    });
    for outcome in outcomes {
        println!("RESULT {outcome}");
    }
}

fn outcome<T>(result: carekey::Result<T>) -> String {
    result.map_or_else(|error| error.code.to_string(), |_| "won".to_owned())
}

/// How often each outcome came, of [`MANY`] in [`PROCESSES`].
fn race_processes(desk: &Desk, what: &str, rest: &[&str]) -> BTreeMap<String, usize> {
    let (place, folder) = (desk.place(), tempfile::tempdir().unwrap());
    let folder = folder.path();
    let children: Vec<_> = (0..PROCESSES)
        .map(|number| {
            let number = number.to_string();
            let work = [&[&place, folder.to_str().unwrap(), &number, what], rest].concat();
            child("a_child", &work)
        })
        .collect();
    start(folder, PROCESSES);
    let mut outcomes = BTreeMap::new();
    for outcome in children.into_iter().flat_map(results) {
        *outcomes.entry(outcome).or_default() += 1;
    }
    assert_eq!(outcomes.values().sum::<usize>(), MANY);
    outcomes
}

#[test]
fn one_code_is_redeemed_once_by_processes() {
    a_code_and_processes(&Desk::sqlite(quick()));
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn one_code_is_redeemed_once_by_processes_on_a_server() {
    a_code_and_processes(&Desk::postgres(quick()));
}

fn a_code_and_processes(desk: &Desk) {
    let code = invited(desk, "Garcia, Rosa", "rosa@example.com").code();
    let outcomes = race_processes(desk, "redeem", &[&code, "rosa@example.com"]);
    let expected = BTreeMap::from([("won".to_owned(), 1), ("invitation.refused".to_owned(), MANY - 1)]);
    assert_eq!(outcomes, expected);
    assert_eq!(desk.snapshot().count::<record::Account>(), 1);
}

#[test]
fn the_last_managers_place_goes_to_one_process() {
    a_managers_place_and_processes(&Desk::sqlite(quick()));
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn the_last_managers_place_goes_to_one_process_on_a_server() {
    a_managers_place_and_processes(&Desk::postgres(quick()));
}

fn a_managers_place_and_processes(desk: &Desk) {
    desk.manager("Mia", "First");
    desk.manager("Ned", "Second");
    let outcomes = race_processes(desk, "manager", &[]);
    assert_eq!(outcomes, BTreeMap::from([("won".to_owned(), 1), ("manager.limit".to_owned(), MANY - 1)]));
    assert_eq!(desk.office().users(&UserQuery::default()).unwrap().found, 3);
    desk.agency.verify_agency_history().unwrap();
}

#[test]
fn wrong_passwords_of_processes_are_evaluated_up_to_the_limit_and_after_a_restart_none() {
    wrong_passwords_and_processes(&Desk::sqlite(quick()));
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn wrong_passwords_of_processes_are_evaluated_up_to_the_limit_and_after_a_restart_none_on_a_server() {
    wrong_passwords_and_processes(&Desk::postgres(quick()));
}

fn wrong_passwords_and_processes(desk: &Desk) {
    let staff = desk.staff("Felicia", "Conner");
    let outcomes = race_processes(desk, "wrong", &[&staff.username]);
    assert_eq!(outcomes, BTreeMap::from([("refused".to_owned(), MANY)]));
    let expected = BTreeMap::from([("wrong_password".to_owned(), 5), ("locked".to_owned(), MANY - 5)]);
    assert_eq!(refusals(&desk.agency, staff.account), expected);
    desk.agency.verify_history(staff.account).unwrap();
    // Locked after a restart too, until the wait is over.
    let clock = Clock::new();
    let again = open_place(&desk.place(), clock.clone(), 9).agency("104").unwrap();
    assert!(matches!(sign_in(&again, &staff.username, GOOD), SignIn::Refused));
    assert_eq!(refusals(&again, staff.account)["locked"], MANY - 4);
    clock.advance(time::Duration::seconds(30));
    assert!(matches!(sign_in(&again, &staff.username, GOOD), SignIn::Granted(_)));
}
