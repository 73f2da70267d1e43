//! Failures are counted exactly (E4): by threads, by processes on one file,
//! after a restart in between, and when a process dies in the midst.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use carekey::store::{Query, Row, Select, SqliteStore, Store, StoreResult, Write, record};
use carekey::words::EventKind;
use carekey::{AccountId, Agency, Credentials, Directory, Policy, Secret, SignIn, Source};
use carekey_tests::desk::{Clock, Desk, GOOD, KEY, Room, open_file, quick, sign_in};
use carekey_tests::race::{MANY, child, race, ready, results, start, work};
use time::Duration;

carekey_tests::on_every_store! { carekey_tests::desk::quick();
    exactly_the_limit_is_evaluated_whatever_it_is, after_the_limit_one_at_a_time, right_ones_below_the_limit_all_succeed,
    unknown_names_wait_as_known_ones_do, no_more_are_evaluated_than_close_it, a_known_device_is_counted_by_itself, what_a_known_device_was_refused_is_told,
    names_from_one_network_are_counted_exactly,
}

/// With that limit.
fn limit(failures: u32) -> Policy {
    let mut policy = quick();
    policy.throttle.failures = failures;
    policy
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

fn expect(agency: &Agency, account: AccountId, wrong: usize, locked: usize) {
    let all = [("wrong_password".to_owned(), wrong), ("locked".to_owned(), locked)];
    let expected: BTreeMap<String, usize> = all.into_iter().filter(|(_, count)| *count > 0).collect();
    assert_eq!(refusals(agency, account), expected);
    agency.verify_history(account).unwrap();
}

fn set_limit(desk: &Desk, failures: u32) {
    let mut settings = desk.agency.settings().unwrap();
    settings.policy.password.cost = carekey::policy::Argon2Cost::default();
    settings.policy.throttle.failures = failures;
    desk.office().change_settings(settings).unwrap();
    desk.cheap_hashes();
}

fn exactly_the_limit_is_evaluated_whatever_it_is(desk: &Desk) {
    let limits = [(1, "Ames"), (2, "Baker"), (7, "Conner"), (63, "Dalton"), (64, "Ellis"), (65, "Foster")];
    for (failures, name) in limits {
        set_limit(desk, failures);
        let staff = desk.staff("Felicia", name);
        let before = desk.directory.hash_operations();
        let answers = race(MANY, |number| desk.sign_in(&staff.username, &format!("wrong {number}")));
        assert!(answers.iter().all(|answer| matches!(answer, SignIn::Refused)));
        assert_eq!(desk.directory.hash_operations() - before, MANY as u64, "one hash each");
        let wrong = MANY.min(failures as usize);
        expect(&desk.agency, staff.account, wrong, MANY - wrong);
        let row = desk.failures(staff.account);
        assert_eq!((row.failures as usize, row.open), (wrong, 0));
        let right = desk.sign_in(&staff.username, GOOD);
        assert_eq!(matches!(right, SignIn::Granted(_)), wrong < failures as usize, "{failures}");
        desk.clock.advance(Duration::minutes(1));
    }
}

/// Past the limit each failure brings its wait: of many, one is evaluated.
fn after_the_limit_one_at_a_time(desk: &Desk) {
    set_limit(desk, 3);
    let staff = desk.staff("Felicia", "Conner");
    race(MANY, |_| desk.sign_in(&staff.username, "wrong"));
    let (mut wrong, mut locked) = (3, MANY - 3);
    for wait in [30, 60, 120] {
        expect(&desk.agency, staff.account, wrong, locked);
        desk.clock.advance(Duration::seconds(wait) - Duration::MILLISECOND);
        assert!(matches!(desk.sign_in(&staff.username, GOOD), SignIn::Refused));
        desk.clock.advance(Duration::MILLISECOND);
        race(16, |_| desk.sign_in(&staff.username, "wrong"));
        (wrong, locked) = (wrong + 1, locked + 16);
    }
    expect(&desk.agency, staff.account, wrong, locked);
}

/// Also when only one place is left.
fn right_ones_below_the_limit_all_succeed(desk: &Desk) {
    set_limit(desk, 3);
    let staff = desk.staff("Felicia", "Conner");
    for wrong in 0..3 {
        for _ in 0..wrong {
            assert!(matches!(desk.sign_in(&staff.username, "wrong"), SignIn::Refused));
        }
        let answers = race(MANY, |_| desk.sign_in(&staff.username, GOOD));
        assert!(answers.iter().all(|answer| matches!(answer, SignIn::Granted(_))), "{answers:?}");
        let row = desk.failures(staff.account);
        assert_eq!((row.failures, row.open, row.locked_until), (0, 0, None));
    }
    expect(&desk.agency, staff.account, 3, 0);
}

/// A name that nobody has is counted in the same way, and is nobody's to lock.
fn unknown_names_wait_as_known_ones_do(desk: &Desk) {
    desk.cheap_hashes();
    let answers = race(MANY, |_| desk.sign_in("nobody@example.com", GOOD));
    assert!(answers.iter().all(|answer| matches!(answer, SignIn::Refused)));
    let counts: Vec<record::Throttle> = desk.read(Query::<record::Throttle>::all(desk.agency.id()).select());
    let counts: Vec<_> = counts.iter().map(|row| (row.account, row.failures, row.open)).collect();
    assert_eq!(counts, [(None, 5, 0)]);
    let staff = desk.staff("Felicia", "Conner");
    desk.session(&staff.username, GOOD);
}

/// So many are evaluated in a row, however many come at once and however long
/// they go on (E4).
fn no_more_are_evaluated_than_close_it(desk: &Desk) {
    let mut settings = desk.agency.settings().unwrap();
    (settings.policy.throttle.failures, settings.policy.throttle.close_after) = (3, 10);
    desk.office().change_settings(settings).unwrap();
    desk.cheap_hashes();
    let staff = desk.staff("Felicia", "Conner");
    for _ in 0..12 {
        race(8, |_| desk.sign_in(&staff.username, "wrong"));
        desk.clock.advance(Duration::minutes(15));
    }
    let refusals = refusals(&desk.agency, staff.account);
    assert_eq!(refusals["wrong_password"], 10);
    assert_eq!(refusals.values().sum::<usize>(), 12 * 8);
    desk.clock.advance(Duration::days(300));
    assert!(matches!(desk.sign_in(&staff.username, GOOD), SignIn::Refused), "closed");
    desk.office().unlock(staff.account).unwrap();
    desk.session(&staff.username, GOOD);
}

fn from_device(desk: &Desk, username: &str, password: &str, device: &Secret) -> SignIn {
    let password = Secret::from(password);
    let credentials = Credentials { username, password: &password, remember: false, device: Some(device.reveal()) };
    desk.agency.sign_in(&credentials, &Source::UNKNOWN).unwrap()
}

/// What strangers do keeps a device that is known from nothing, and what is
/// done at one device keeps no other (E4).
fn a_known_device_is_counted_by_itself(desk: &Desk) {
    desk.cheap_hashes();
    let (staff, other) = (desk.staff("Felicia", "Conner"), desk.staff("Otto", "Other"));
    let sessions = [(); 2].map(|()| desk.session(&staff.username, GOOD));
    let until = sessions[1].device_expires_at;
    let lives = until - desk.clock.now();
    let devices = sessions.map(|session| session.device.expect("a device"));
    let strange = desk.session(&other.username, GOOD).device.expect("a device");
    race(MANY, |n| match n % 2 {
        0 => desk.sign_in(&staff.username, "wrong"),
        _ => from_device(desk, &staff.username, "wrong", &strange),
    });
    expect(&desk.agency, staff.account, 5, MANY - 5);
    assert!(matches!(from_device(desk, &staff.username, GOOD, &strange), SignIn::Refused));
    // One of its own is wrong as often.
    race(MANY, |_| from_device(desk, &staff.username, "wrong", &devices[0]));
    let of_account = Query::<record::Throttle>::all(desk.agency.id()).is(record::Throttle::account, staff.account);
    let failures: Vec<record::Throttle> = desk.read(of_account.select());
    let mut failures: Vec<_> = failures.iter().map(|row| (row.failures, row.open)).collect();
    failures.retain(|counted| *counted != (0, 0));
    assert_eq!(failures, [(5, 0), (5, 0)]);
    assert!(matches!(from_device(desk, &staff.username, GOOD, &devices[0]), SignIn::Refused));
    desk.clock.advance(Duration::SECOND);
    let SignIn::Granted(session) = from_device(desk, &staff.username, GOOD, &devices[1]) else { panic!("let in") };
    assert!(session.device.is_none(), "it is known already");
    assert_eq!(session.device_expires_at, desk.clock.now() + lives, "and for longer, as it is in use");
    // Its owner has come: other devices may try again.
    desk.session(&staff.username, GOOD);
    let SignIn::Granted(_) = from_device(desk, &staff.username, GOOD, &devices[0]) else { panic!("let in") };

    // What is in use is known for as long again, to the millisecond.
    desk.clock.advance(lives - Duration::MILLISECOND * 1_000);
    let SignIn::Granted(session) = from_device(desk, &staff.username, GOOD, &devices[1]) else { panic!("let in") };
    assert!(session.device.is_none(), "it is known still");
    desk.clock.advance(lives);
    let SignIn::Granted(session) = from_device(desk, &staff.username, GOOD, &devices[1]) else { panic!("let in") };
    assert!(session.device.is_some(), "it was known no more");
}

/// What a device of its own was refused is in the history at once, as what
/// strangers were is (H).
fn what_a_known_device_was_refused_is_told(desk: &Desk) {
    desk.cheap_hashes();
    let staff = desk.staff("Felicia", "Conner");
    let device = desk.session(&staff.username, GOOD).device.expect("a device");
    for _ in 0..3 {
        let _ = from_device(desk, &staff.username, "wrong", &device);
    }
    assert_eq!(refusals(&desk.agency, staff.account)["wrong_password"], 3);
    // The office forgives what was counted there too.
    for _ in 0..2 {
        let _ = from_device(desk, &staff.username, "wrong", &device);
    }
    assert!(matches!(from_device(desk, &staff.username, GOOD, &device), SignIn::Refused), "it waits");
    desk.office().unlock(staff.account).unwrap();
    assert!(matches!(from_device(desk, &staff.username, GOOD, &device), SignIn::Granted(_)));
    // Nothing that was counted of a person stays behind when they go.
    let ann = desk.client("Pseudonym, Ann", "ann@example.com");
    let device = desk.session(&ann.username, GOOD).device.expect("a device");
    let _ = from_device(desk, &ann.username, "wrong", &device);
    let _ = desk.sign_in(&ann.username, "wrong");
    let of_account = Query::<record::Throttle>::all(desk.agency.id()).is(record::Throttle::account, ann.account);
    assert_eq!(desk.read::<record::Throttle>(of_account.select()).len(), 2);
    desk.office().delete_party(ann.party.expect("a party")).unwrap();
    assert_eq!(desk.read::<record::Throttle>(of_account.select()), []);
}

/// Of many names from one network, so many are evaluated as the policy says.
fn names_from_one_network_are_counted_exactly(desk: &Desk) {
    let mut settings = desk.agency.settings().unwrap();
    settings.policy.throttle.source_names = 7;
    desk.office().change_settings(settings).unwrap();
    desk.cheap_hashes();
    let from = |network: &str, name: &str, password: &str| {
        let password = Secret::from(password);
        let credentials = Credentials { username: name, password: &password, remember: false, device: None };
        desk.agency.sign_in(&credentials, &Source::new(network)).unwrap()
    };
    let before = desk.directory.hash_operations();
    race(MANY, |n| from(&format!("203.0.113.{n}"), &format!("nobody{n}@example.com"), "wrong"));
    assert_eq!(desk.directory.hash_operations() - before, MANY as u64, "one hash each");
    let counts: Vec<record::Throttle> = desk.read(Query::<record::Throttle>::all(desk.agency.id()).select());
    assert_eq!(counts.iter().map(|row| row.failures).sum::<u32>(), 7);
    let staff = desk.staff("Felicia", "Conner");
    assert!(matches!(from("203.0.113.200", &staff.username, GOOD), SignIn::Refused));
    assert!(matches!(from("203.0.114.200", &staff.username, GOOD), SignIn::Granted(_)));
    desk.clock.advance(Duration::minutes(15));
    assert!(matches!(from("203.0.113.200", &staff.username, GOOD), SignIn::Granted(_)));
}

/// A store on which the process ends at its commit of that number.
struct Dying {
    store: SqliteStore,
    left: AtomicU32,
}

impl Store for Dying {
    fn find(&self, select: &Select) -> StoreResult<Vec<Row>> {
        self.store.find(select)
    }

    fn count(&self, select: &Select) -> StoreResult<u64> {
        self.store.count(select)
    }

    fn commit(&self, writes: Vec<Write>) -> StoreResult<()> {
        self.die_in_time();
        self.store.commit(writes)
    }

    fn commit_ahead(&self, writes: Vec<Write>) -> StoreResult<()> {
        self.die_in_time();
        self.store.commit_ahead(writes)
    }
}

impl Dying {
    fn die_in_time(&self) {
        if self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            std::process::abort();
        }
    }
}

/// The work of a child of this file: nothing in a run of its own.
#[test]
fn a_child() {
    let Some(work) = work() else { return };
    let [folder, number, what, rest @ ..] = work.as_slice() else { panic!("work") };
    let folder = Path::new(folder);
    let place: u64 = number.parse().unwrap();
    let file = folder.join("agency.db");
    if what == "die" {
        // Let in by the first commit, and dead before the second.
        let store = Dying { store: SqliteStore::open(&file).unwrap(), left: AtomicU32::new(2) };
        let directory = Directory::with(store, &KEY, Room::new(Clock::new(), 2000 + place)).unwrap();
        let _ = sign_in(&directory.agency("104").unwrap(), &rest[0], GOOD);
        panic!("alive");
    }
    let agency = open_file(&file, Clock::new(), 1000 + place).agency("104").unwrap();
    ready(folder, number);
    for answer in race(8, |thread| sign_in(&agency, &rest[0], rest[1 + thread % (rest.len() - 1)].as_str())) {
        println!("RESULT {}", if matches!(answer, SignIn::Granted(_)) { "granted" } else { "refused" });
    }
}

/// How many of `8 × processes` sign-ins were granted.
fn processes(folder: &Path, processes: usize, username: &str, passwords: &[&str]) -> usize {
    let children: Vec<_> = (0..processes)
        .map(|number| {
            let number = number.to_string();
            let work = [&[folder.to_str().unwrap(), number.as_str(), "sign_in", username], passwords].concat();
            child("a_child", &work)
        })
        .collect();
    start(folder, processes);
    for number in 0..processes {
        std::fs::remove_file(folder.join(format!("ready.{number}"))).unwrap();
    }
    let outcomes: Vec<String> = children.into_iter().flat_map(results).collect();
    std::fs::remove_file(folder.join("go")).unwrap();
    assert_eq!(outcomes.len(), 8 * processes);
    outcomes.iter().filter(|outcome| *outcome == "granted").count()
}

#[test]
fn processes_share_one_count_and_a_restart_does_not_forget_it() {
    let desk = Desk::sqlite(limit(11));
    desk.cheap_hashes();
    let staff = desk.staff("Felicia", "Conner");
    // One process makes eight failures and ends; the desk is closed too.
    let folder = desk.close();
    assert_eq!(processes(folder.path(), 1, &staff.username, &["wrong"]), 0);
    let clock = Clock::new();
    let again = open_file(&folder.path().join("agency.db"), clock.clone(), 5).agency("104").unwrap();
    expect(&again, staff.account, 8, 0);
    // Eight others together may make three more.
    assert_eq!(processes(folder.path(), 8, &staff.username, &["wrong"]), 0);
    expect(&again, staff.account, 11, MANY - 3);
    assert!(matches!(sign_in(&again, &staff.username, GOOD), SignIn::Refused));
    clock.advance(Duration::seconds(30));
    assert!(matches!(sign_in(&again, &staff.username, GOOD), SignIn::Granted(_)));
}

#[test]
fn right_passwords_of_processes_all_succeed_with_one_place_left() {
    let desk = Desk::sqlite(limit(2));
    desk.cheap_hashes();
    let staff = desk.staff("Felicia", "Conner");
    assert!(matches!(desk.sign_in(&staff.username, "wrong"), SignIn::Refused));
    let folder = desk.file().parent().unwrap().to_owned();
    assert_eq!(processes(&folder, 4, &staff.username, &[GOOD]), 32);
    expect(&desk.agency, staff.account, 1, 0);
}

#[test]
fn attempts_of_dead_processes_count_when_their_lease_is_over() {
    let desk = Desk::sqlite(limit(5));
    desk.cheap_hashes();
    let (staff, other) = (desk.staff("Felicia", "Conner"), desk.staff("Otto", "Other"));
    let folder = desk.file().parent().unwrap().to_owned();
    let die = |count: usize, username: &str| {
        for number in 0..count {
            let number = number.to_string();
            let mut dead = child("a_child", &[folder.to_str().unwrap(), &number, "die", username]);
            assert!(!dead.wait().unwrap().success());
        }
    };
    die(3, &staff.username);
    let row = desk.failures(staff.account);
    assert_eq!((row.failures, row.open), (0, 3));
    // Two places are left, and the right password takes one.
    desk.session(&staff.username, GOOD);
    desk.clock.advance(Duration::seconds(30));
    // They count now, and two more may be wrong.
    for _ in 0..2 {
        assert!(matches!(desk.sign_in(&staff.username, "wrong"), SignIn::Refused));
    }
    expect(&desk.agency, staff.account, 2, 0);
    assert!(matches!(desk.sign_in(&staff.username, GOOD), SignIn::Refused));
    expect(&desk.agency, staff.account, 2, 1);

    // Five die: whoever comes after the lease finds the account locked.
    die(5, &other.username);
    desk.clock.advance(Duration::seconds(30));
    assert!(matches!(desk.sign_in(&other.username, GOOD), SignIn::Refused));
    expect(&desk.agency, other.account, 0, 1);
    desk.clock.advance(Duration::seconds(30));
    desk.session(&other.username, GOOD);
}
