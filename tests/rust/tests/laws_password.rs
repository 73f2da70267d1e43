//! Laws of passwords and security questions: what holds for any input.

use std::collections::BTreeMap;

use carekey::password::questions::normalise_answer;
use carekey::password::{Hasher, MAX_BYTES, Person, Work, check_hash, cost_class, is_block_listed, temporary};
use carekey::policy::{Argon2Cost, PasswordPolicy, TemporaryPasswordPolicy};
use carekey::{Code, has_errors};
use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use unicode_normalization::UnicodeNormalization;

/// A cost that tests can pay many times; no policy allows it.
const CHEAP: Argon2Cost = Argon2Cost { memory_kib: 8, passes: 1, lanes: 1 };

const NOBODY: Person<'static> = Person { names: &[], username: None, email: None, agency: None };

prop_compose! {
    fn policies()(
        min_length in 1u32..=64,
        digit: bool, upper: bool, lower: bool, special: bool, block_list: bool, personal: bool,
    ) -> PasswordPolicy {
        PasswordPolicy { min_length, digit, upper, lower, special, block_list, personal, ..PasswordPolicy::agency() }
    }
}

/// Texts that reach the corners: any characters, and letters with accents.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,80}", any::<String>(), "[a-zñéüçA-ZÀ-Ý\u{300}-\u{30f} '.!0-9-]{0,40}"]
}

proptest! {
    #[test]
    fn a_temporary_password_conforms_and_has_no_look_alikes(
        policy in policies(), length in 0u32..=70, seed: u64,
    ) {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let settings = TemporaryPasswordPolicy { length, ..TemporaryPasswordPolicy::default() };
        let password = temporary(&policy, &settings, &mut rng);
        let password = password.reveal();
        prop_assert!(policy.check(password, &NOBODY).passes());
        prop_assert_eq!(password.len(), usize::try_from(length.max(policy.min_length).max(12)).unwrap());
        prop_assert!(!password.contains(|c| "0OoQD1IliLjJ!|2Zz5Ss$6Gb8B&gqUuVv\"'`<>\\ ".contains(c)));
        // No letter in both cases where they differ in size alone.
        for pair in ["Cc", "Kk", "Mm", "Pp", "Ww", "Xx"] {
            prop_assert!(!password.contains(|c: char| c.is_lowercase() && pair.contains(c)));
        }
    }

    #[test]
    fn normalising_an_answer_twice_changes_nothing(text in texts()) {
        let once = normalise_answer(&text);
        let twice = normalise_answer(once.reveal());
        prop_assert_eq!(once.reveal(), twice.reveal());
        prop_assert!(!once.reveal().starts_with(' ') && !once.reveal().ends_with(' ') && !once.reveal().contains("  "));
    }

    #[test]
    fn an_answer_is_the_same_however_it_is_typed(words in prop::collection::vec("[a-zñéü]{1,8}", 1..4)) {
        let plain = words.join(" ");
        let loud = format!("  {}?! ", words.join("  ").to_uppercase());
        let apart: String = plain.nfd().collect();
        for other in [loud, apart, words.join(" ' ")] {
            let (other, plain) = (normalise_answer(&other), normalise_answer(&plain));
            prop_assert_eq!(other.reveal(), plain.reveal());
        }
    }

    #[test]
    fn a_hash_verifies_its_password_in_any_form_and_no_other(
        password in texts(), other in texts(), peppered: bool, seed: u64,
    ) {
        let hasher = Hasher::new(CHEAP, peppered.then_some([7; 32]));
        let stored = hasher.hash(&password, &mut ChaCha20Rng::seed_from_u64(seed)).unwrap();
        let apart: String = password.nfd().collect();
        for form in [&password, &apart] {
            let verified = hasher.verify(&stored, form).unwrap();
            prop_assert!(verified.matches && !verified.renew);
        }
        if !other.nfc().eq(password.nfc()) {
            prop_assert!(!hasher.verify(&stored, &other).unwrap().matches);
        }
        let operations = hasher.operations();
        prop_assert!(!Hasher::new(CHEAP, Some([8; 32])).verify(&stored, &password).unwrap().matches || !peppered);
        prop_assert_eq!(hasher.operations(), operations);
        prop_assert_eq!(check_hash(&stored).value.map(|kind| kind.as_str()), Some("argon2id"));
    }

    #[test]
    fn a_checklist_has_the_same_rules_for_every_password(policy in policies(), one in texts(), other in texts()) {
        let person = Person { names: &["Felicia Conner"], username: Some("104fconner"), ..NOBODY };
        let lists = [&one, &other].map(|password| policy.check(password, &person));
        let codes = lists.each_ref().map(|list| list.rules.iter().map(|rule| rule.code).collect::<Vec<_>>());
        prop_assert_eq!(&codes[0], &codes[1]);
        for list in &lists {
            prop_assert_eq!(list.passes(), !has_errors(&list.findings()));
            prop_assert!(list.rules.iter().all(|rule| rule.finding.code == rule.code));
        }
    }

    #[test]
    fn a_password_is_judged_in_nfc(policy in policies(), password in texts()) {
        let apart: String = password.nfd().collect();
        prop_assume!(apart.len() <= MAX_BYTES && password.len() <= MAX_BYTES);
        let person = Person { names: &["Ana Núñez"], ..NOBODY };
        prop_assert_eq!(policy.check(&password, &person), policy.check(&apart, &person));
    }

    #[test]
    fn a_name_is_found_whatever_is_put_around_it(name in "[a-z]{4,12}", before in "[0-9#!._ ]{0,4}", after in "[0-9#!._ ]{0,4}") {
        let policy = PasswordPolicy::agency();
        let person = Person { names: &[&name], ..NOBODY };
        let backwards: String = name.chars().rev().collect();
        for word in [name.clone(), name.to_uppercase(), backwards, name.replace('a', "@").replace('e', "3")] {
            let findings = policy.check(&format!("{before}{word}{after}"), &person).findings();
            prop_assert!(findings.iter().any(|finding| finding.code == Code::PasswordContainsPerson), "{word}");
        }
    }

    #[test]
    fn whatever_is_stored_is_read_without_a_panic(
        stored in prop_oneof![any::<String>(), "[$a-z0-9{}=,/+]{0,80}", "\\$(argon2id|scrypt|2b)\\$[$a-z0-9=,]{0,60}"],
    ) {
        let checked = check_hash(&stored);
        prop_assert_eq!(checked.value.is_none(), has_errors(&checked.findings));
    }

    #[test]
    fn a_damaged_hash_is_refused_or_does_not_match(at in 0usize..97, byte in 33u8..127) {
        // `password`, of the reference implementation's tests.
        let stored = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        let mut bytes = stored.as_bytes().to_vec();
        let at = at % bytes.len();
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        let damaged = String::from_utf8(bytes).unwrap();
        // A damage that asks for a dear hash proves nothing more.
        prop_assume!(!damaged.contains("m=9") && !damaged.contains("t=9"));
        let hasher = Hasher::new(CHEAP, None);
        prop_assert!(hasher.verify(stored, "password").unwrap().matches);
        if let Ok(verified) = hasher.verify(&damaged, "password") {
            prop_assert!(!verified.matches, "{damaged}");
        }
    }

    #[test]
    fn the_block_list_does_not_mind_case(entry in prop::sample::select(vec!["password1!", "summer2026!", "1qaz@wsx"]), flips: u16) {
        let typed: String = entry
            .chars()
            .enumerate()
            .map(|(at, c)| if flips >> at & 1 == 1 { c.to_ascii_uppercase() } else { c })
            .collect();
        prop_assert!(is_block_listed(&typed));
    }
}

#[test]
fn what_is_refused_unread_costs_no_hash() {
    let hasher = Hasher::new(Argon2Cost::default(), None);
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let long = "x".repeat(MAX_BYTES + 1);
    assert_eq!(hasher.hash(&long, &mut rng).unwrap_err().code, Code::PasswordTooLong);
    let stored =
        |params: &str| format!("$argon2id$v=19${params}$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
    assert_eq!(hasher.verify(&stored("m=256,t=2,p=1"), &long).unwrap_err().code, Code::PasswordTooLong);
    for params in ["m=1048577,t=2,p=1", "m=4294967295,t=2,p=1", "m=256,t=11,p=1", "m=256,t=2,p=17"] {
        assert_eq!(hasher.verify(&stored(params), "password").unwrap_err().code, Code::HashOutOfBounds);
    }
    assert_eq!(hasher.verify("scrypt$2097152$salt$8$1$AAAA", "password").unwrap_err().code, Code::HashOutOfBounds);
    assert_eq!(hasher.verify("password", "password").unwrap_err().code, Code::HashUnrecognised);
    assert_eq!(hasher.operations(), 0);
}

#[test]
fn every_answer_and_every_decoy_costs_exactly_one_hash() {
    let hasher = Hasher::new(CHEAP, Some([7; 32]));
    let stored = hasher.hash("Lantern#47 tide", &mut ChaCha20Rng::seed_from_u64(1)).unwrap();
    let mut expect = 1;
    assert_eq!(hasher.operations(), expect);
    for password in ["Lantern#47 tide", "wrong", ""] {
        hasher.verify(&stored, password).unwrap();
        hasher.verify("{SSHA}71Z8lcXKIfnRhPboY1t1qUao/KoBAgMEBQYHCA==", password).unwrap();
        hasher.decoy(password);
        expect += 3;
        assert_eq!(hasher.operations(), expect);
    }
    hasher.decoy(&"x".repeat(MAX_BYTES + 1));
    assert_eq!(hasher.operations(), expect + 1);
}

/// One of each kind that is quickly computed.
const STORED: [&str; 8] = [
    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
    "$argon2id$v=19$m=8,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$6CcLCk7Ti6xS5V7/GRlrFyhd9SmC/6KWUH3dyEJzfZg",
    "$2a$04$KxsdrZg5fFQkE8p1Tq2sOucZiQu2P1q6EC4sVwf.wQfl9kRAukrhS",
    "$2b$08$7bWnqA1VqX3wJ0p4v0VqE.8J8Y8p1v5n6qT1b0n7g2mJkq3l9s7Ae",
    "pbkdf2_sha1$5000$seasalt2$LFWNHP9cOQmH/ju69rIylfXv7yM=",
    "$scrypt$ln=4,r=8,p=2$AAECAwQFBgcICQoLDA0ODw$UtwRuO0C2vv02PnkAlSIDuA+YyTvevFhHH4URggL9kQ",
    "AAABAgMEBQYHCAkKCwwNDg8FEFatNx5GYFdVhojOwQK7A0p5PiKoggTmCHmWO955Xw==",
    "{SSHA}71Z8lcXKIfnRhPboY1t1qUao/KoBAgMEBQYHCA==",
];

/// What a call costs.
fn work<T>(hasher: &Hasher, call: impl FnOnce() -> T) -> Work {
    let (work, operations) = (hasher.work(), hasher.operations());
    call();
    assert_eq!(hasher.operations() - operations, 1);
    hasher.work() - work
}

/// A refusal costs the same whether the hash was looked at or not, whatever was
/// typed, and a hash of the policy at least where it costs clearly less.
#[test]
fn a_decoy_of_a_class_costs_what_comparing_with_its_hashes_does() {
    let policy = Argon2Cost { memory_kib: 16 * 1024, passes: 2, lanes: 1 };
    let apart = "contrase\u{f1}a N\u{303}andu\u{301}";
    for cost in [policy, CHEAP] {
        let hasher = Hasher::new(cost, Some([7; 32]));
        for stored in STORED {
            let class = cost_class(stored).unwrap();
            for password in ["Lantern#47 tide", "wrong", "", apart] {
                let compared = work(&hasher, || hasher.verify_filled(stored, password));
                let decoy = work(&hasher, || hasher.decoy_like(class, password));
                assert_eq!(compared, decoy, "{stored} {password}");
                let is_dear = compared.bcrypt >= 256 || compared.scrypt >= 16 * 1024;
                assert!(cost == CHEAP || is_dear || compared.argon2 >= 32 * 1024, "{stored}: {compared:?}");
            }
        }
    }
}

/// As typed, in NFC and in NFD, each once: by what was typed and nothing else.
#[test]
fn the_forms_that_are_tried_are_told_by_the_password_alone() {
    let hasher = Hasher::new(CHEAP, None);
    let stored = "pbkdf2_sha1$5000$seasalt2$LFWNHP9cOQmH/ju69rIylfXv7yM=";
    for (password, forms) in [
        ("Lantern#47 tide", 1),
        ("Lantern#47", 1),
        ("", 1),
        ("\u{3bb}\u{4e2d}", 1),
        ("Ñandú", 2),
        ("N\u{303}andu\u{301}", 2),
        ("Ñandu\u{301}", 3),
    ] {
        let compared = work(&hasher, || hasher.verify_filled(stored, password));
        assert_eq!(compared, Work { pbkdf2_sha1: 5000 * forms, ..Work::default() }, "{password}");
    }
    // One of Argon2 may come from elsewhere as well: a decoy costs as many.
    let own = hasher.hash("Ñandú", &mut ChaCha20Rng::seed_from_u64(1)).unwrap();
    assert_eq!(work(&hasher, || hasher.verify(&own, "Ñandu\u{301}")), Work { argon2: 24, ..Work::default() });
    assert_eq!(work(&hasher, || hasher.decoy("Ñandu\u{301}")), Work { argon2: 24, ..Work::default() });
    // Under a pepper it is our own, of the NFC.
    let hasher = Hasher::new(CHEAP, Some([7; 32]));
    let own = hasher.hash("Ñandú", &mut ChaCha20Rng::seed_from_u64(1)).unwrap();
    assert_eq!(work(&hasher, || hasher.verify(&own, "Ñandu\u{301}")), Work { argon2: 8, ..Work::default() });
    assert_eq!(work(&hasher, || hasher.decoy("Ñandu\u{301}")), Work { argon2: 8, ..Work::default() });
}

#[test]
fn two_hashes_of_one_password_have_nothing_in_common() {
    let hasher = Hasher::new(CHEAP, None);
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let one = hasher.hash("Lantern#47 tide", &mut rng).unwrap();
    let other = hasher.hash("Lantern#47 tide", &mut rng).unwrap();
    let tails = |stored: &str| stored.split('$').skip(4).map(str::to_owned).collect::<Vec<_>>();
    assert!(tails(&one).iter().zip(tails(&other)).all(|(one, other)| *one != other));
}

#[test]
fn many_threads_share_a_hasher() {
    let hasher = Hasher::new(Argon2Cost { memory_kib: 64, passes: 1, lanes: 2 }, None);
    std::thread::scope(|scope| {
        for seed in 0..8 {
            let hasher = &hasher;
            scope.spawn(move || {
                let mut rng = ChaCha20Rng::seed_from_u64(seed);
                for round in 0..20 {
                    let password = format!("Lantern#{seed} {round}");
                    let stored = hasher.hash(&password, &mut rng).unwrap();
                    assert!(hasher.verify(&stored, &password).unwrap().matches);
                }
            });
        }
    });
    assert_eq!(hasher.operations(), 8 * 20 * 2);
}

#[test]
fn a_debug_print_says_nothing_of_the_pepper() {
    let print = format!("{:?}", Hasher::new(CHEAP, Some([201; 32])));
    assert!(print.contains("peppered: true") && !print.contains("201") && !print.contains("c9"), "{print}");
}

/// Each character comes as often as it should: the draw has no bias that
/// ten thousand passwords would show.
#[test]
fn temporary_passwords_use_their_whole_alphabet_evenly() {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let mut counts: BTreeMap<char, f64> = BTreeMap::new();
    for _ in 0..10_000 {
        let password = temporary(&PasswordPolicy::agency(), &TemporaryPasswordPolicy::default(), &mut rng);
        for c in password.reveal().chars() {
            *counts.entry(c).or_default() += 1.0;
        }
    }
    // Within a kind all are alike; the kinds differ, since each must appear.
    for class in ["ACEFHKMNPRTWXY", "adefhnrty", "3479", "#%+=?*@"] {
        let of_class: Vec<f64> = class.chars().map(|c| counts[&c]).collect();
        let mean = of_class.iter().sum::<f64>() / of_class.len() as f64;
        let chi_square: f64 = of_class.iter().map(|count| (count - mean).powi(2) / mean).sum();
        assert!(chi_square < 45.0, "{class}: {chi_square}");
    }
    assert_eq!(counts.len(), 34);
}
