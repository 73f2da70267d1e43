//! The list holds what rule P5 asks, and the library carries this very list.

use carekey::password::{Person, is_block_listed};
use carekey::policy::PasswordPolicy;
use carekey_block_list::{List, entries};
use rand::{RngExt, SeedableRng};

/// How many entries a policy would admit if it had no block list.
fn admitted(policy: &PasswordPolicy, entries: &[String]) -> usize {
    let policy = PasswordPolicy { block_list: false, ..policy.clone() };
    entries.iter().filter(|entry| policy.check(entry, &Person::default()).passes()).count()
}

#[test]
fn the_library_carries_this_list() {
    let made = List::of(&entries()).filter().unwrap();
    assert!(made == include_bytes!("../../../core/src/password/block_list/filter.bin"), "run carekey-block-list");
}

#[test]
fn each_preset_would_admit_at_least_100_000_entries() {
    let entries = entries();
    let presets = [
        ("agency", PasswordPolicy::agency()),
        ("evv_state", PasswordPolicy::evv_state()),
        ("nist_800_63b_4", PasswordPolicy::nist_800_63b_4()),
    ];
    for (name, policy) in presets {
        let count = admitted(&policy, &entries);
        assert!(count >= 100_000, "{name}: {count}");
    }
}

#[test]
fn no_entry_is_missed_in_any_case() {
    for entry in entries() {
        assert!(is_block_listed(&entry), "{entry}");
        assert!(is_block_listed(&entry.to_ascii_uppercase()), "{entry}");
    }
}

#[test]
fn of_a_million_other_passwords_none_is_taken_for_an_entry() {
    const CHARACTERS: &[u8] = b"abcdefghijkmnopqrstuvwxyzACDEFGH23456789#%+=?*@-";
    let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(1);
    let mut found = 0;
    for _ in 0..1_000_000 {
        let password: String = (0..14).map(|_| char::from(CHARACTERS[rng.random_range(0..CHARACTERS.len())])).collect();
        found += usize::from(is_block_listed(&password));
    }
    assert_eq!(found, 0);
}
