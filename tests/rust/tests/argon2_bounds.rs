//! What is out of bounds is refused before any memory is taken and before any
//! work is done (P3, P6): measured by counting what is allocated.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use carekey::password::questions::Answer;
use carekey::password::{Change, HashKind, Hasher, Person, check_hash};
use carekey::policy::{Argon2Cost, PasswordPolicy};
use carekey::{Code, Secret, SignIn, Source};
use carekey_tests::desk::{Desk, GOOD, quick, twice};

thread_local! {
    static ALLOCATED: Cell<usize> = const { Cell::new(0) };
}

/// Counts the bytes that each thread asks for.
struct Counted;

// SAFETY: everything is passed on to the system's allocator as it is.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = ALLOCATED.try_with(|bytes| bytes.set(bytes.get() + layout.size()));
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counted = Counted;

/// How many bytes this thread asked for meanwhile.
fn allocated<T>(run: impl FnOnce() -> T) -> (T, usize) {
    let before = ALLOCATED.with(Cell::get);
    let out = run();
    (out, ALLOCATED.with(Cell::get) - before)
}

const GIB: u64 = 1 << 30;

/// The most address space this process has had, in bytes; 0 where the system
/// does not tell.
fn address_space() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmPeak:"));
    peak.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).map_or(0, |kib| kib * 1024)
}

/// What reading a stored hash and saying what is wrong with it may take.
const LITTLE: usize = 4 * 1024;

const SALT_AND_TAG: &str = "AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn argon2(memory: u64, passes: u64, lanes: u64) -> String {
    format!("$argon2id$v=19$m={memory},t={passes},p={lanes}${SALT_AND_TAG}")
}

#[test]
fn stored_hashes_out_of_bounds_take_no_memory() {
    let hasher = Hasher::new(Argon2Cost::default(), Some([7; 32]));
    let before = address_space();
    let mib = 1024;
    let out = [
        argon2(1024 * mib + 1, 2, 1),
        argon2(4096 * mib, 2, 1),
        argon2(u64::from(u32::MAX), 2, 1),
        argon2(u64::MAX, 2, 1),
        argon2(19 * mib, 11, 1),
        argon2(19 * mib, u64::from(u32::MAX), 1),
        argon2(19 * mib, 2, 17),
        argon2(19 * mib, 2, u64::from(u32::MAX)),
        argon2(1024 * mib + 1, 11, 17),
        "$2b$31$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.".to_owned(),
        "pbkdf2_sha256$10000001$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".to_owned(),
        "scrypt$1048576$salt$8$17$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".to_owned(),
        "scrypt$16777216$salt$8$1$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".to_owned(),
    ];
    for stored in &out {
        let (error, bytes) = allocated(|| hasher.verify(stored, "Lantern#47 tide").unwrap_err());
        assert_eq!(error.code, Code::HashOutOfBounds, "{stored}");
        assert!(bytes < LITTLE, "{stored} took {bytes} bytes");
        assert_eq!(check_hash(stored).findings[0].code, Code::HashOutOfBounds);
    }
    for stored in [&argon2(0, 2, 1), &argon2(7, 1, 1), "", "$argon2id$", &"$".repeat(10_000), &"x".repeat(1 << 24)] {
        let (error, bytes) = allocated(|| hasher.verify(stored, "Lantern#47 tide").unwrap_err());
        assert_eq!(error.code, Code::HashUnrecognised);
        assert!(bytes < LITTLE, "{bytes} bytes");
    }
    assert_eq!(hasher.operations(), 0, "nothing was hashed");
    // A kernel may ask the system itself: the whole process has not grown by
    // what the least of them asks for, and the measure sees what is asked.
    let grown = address_space() - before;
    assert!(grown < GIB / 2, "grown by {grown} bytes");
    let within = argon2(600 * mib, 1, 1);
    assert!(!hasher.verify(&within, "Lantern#47 tide").unwrap().matches);
    assert_eq!(hasher.operations(), 1);
    if before > 0 {
        assert!(address_space() - before > GIB / 2, "the measure sees nothing");
    }
    // At the bounds it is a hash; telling so takes nothing either.
    let (checked, bytes) = allocated(|| check_hash(&argon2(1024 * mib, 10, 16)));
    assert_eq!(checked.value, Some(HashKind::Argon2id));
    assert!(bytes < LITTLE, "{bytes} bytes");
}

/// A password over 1,024 bytes, of letters that composing would have to work
/// on, is refused by its length alone.
#[test]
fn passwords_too_long_are_neither_composed_nor_hashed() {
    let hasher = Hasher::new(Argon2Cost::default(), Some([7; 32]));
    let mut rng = rand::rng();
    let stored = hasher.hash("Lantern#47 tide", &mut rng).unwrap();
    let (policy, person) = (PasswordPolicy::agency(), Person::default());
    let before = hasher.operations();
    for length in [1025, 1 << 20, 50_000_000] {
        let long = "e\u{301}".repeat(length / 3 + 1);
        assert!(long.len() >= length);
        let (error, bytes) = allocated(|| hasher.hash(&long, &mut rng).unwrap_err());
        assert!(error.code == Code::PasswordTooLong && bytes < LITTLE, "{bytes}");
        let (error, bytes) = allocated(|| hasher.verify(&stored, &long).unwrap_err());
        assert!(error.code == Code::PasswordTooLong && bytes < LITTLE, "{bytes}");
        let (findings, bytes) = allocated(|| policy.check(&long, &person).findings());
        assert!(findings[0].code == Code::PasswordTooLong && bytes < LITTLE, "{findings:?} {bytes}");
        let change =
            Change { new: &long, confirm: &long, current_matches: None, same_as_current: false, reused: false };
        let (findings, bytes) = allocated(|| policy.check_change(&change, &person));
        assert!(findings[0].code == Code::PasswordTooLong && bytes < LITTLE, "{findings:?} {bytes}");
    }
    assert_eq!(hasher.operations(), before);
    // At the limit it is looked at.
    let longest = "x".repeat(1024);
    assert!(policy.check(&longest, &person).findings().iter().all(|finding| finding.code != Code::PasswordTooLong));
}

/// Through the engine: no door does more than its usual work for 20 MB.
#[test]
fn no_door_works_on_what_is_too_long() {
    let mut policy = quick();
    policy.questions.count = 3;
    policy.recovery.method = carekey::policy::RecoveryMethod::Questions;
    let desk = Desk::memory(policy);
    desk.cheap_hashes();
    let sue = desk.with_answers("Sue Wright", "sue@example.com");
    let session = desk.session(&sue.username, GOOD);
    let long = Secret::from("e\u{301}".repeat(7_000_000));
    let usual = 1 << 20;
    let (answer, bytes) = allocated(|| {
        let credentials =
            carekey::Credentials { username: &sue.username, password: &long, remember: false, device: None };
        desk.agency.sign_in(&credentials, &Source::UNKNOWN).unwrap()
    });
    assert!(matches!(answer, SignIn::Refused) && bytes < usual, "{bytes}");
    let good = Secret::from(GOOD);
    let token = session.token.reveal();
    for (current, new) in [(&long, &good), (&good, &long)] {
        let (result, bytes) = allocated(|| desk.agency.change_password(token, current, twice(new), &Source::UNKNOWN));
        assert!(result.is_err() && bytes < usual, "{bytes}");
    }
    let begun = desk.agency.recover(&sue.username, &Source::UNKNOWN).unwrap();
    let answers =
        ["first_pet", "first_school", "childhood_street"].map(|question| Answer { question, answer: long.reveal() });
    let (result, bytes) = allocated(|| desk.agency.recovery_answers(&begun.token, &answers, &Source::UNKNOWN));
    assert!(result.is_err() && bytes < usual, "{bytes}");
}
