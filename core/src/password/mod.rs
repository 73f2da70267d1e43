//! Passwords and security questions (rules P and Q).
//!
//! What a password must be is data, [`PasswordPolicy`]; checking one gives
//! every rule of the policy, met or not, so that a form can tick them off as
//! someone types:
//!
//! ```
//! use carekey::password::Person;
//! use carekey::policy::PasswordPolicy;
//!
//! let person = Person { names: &["Felicia Conner"], ..Person::default() };
//! let checklist = PasswordPolicy::agency().check("felicia 2026", &person);
//! assert!(!checklist.passes());
//! let codes: Vec<&str> = checklist.findings().iter().map(|finding| finding.code.as_str()).collect();
//! assert_eq!(codes, ["password.no_upper", "password.block_listed", "password.contains_person"]);
//! ```
//!
//! [`Hasher`] keeps passwords as Argon2id and accepts the hashes of other
//! systems until their owners sign in. [`questions`] has the list of security
//! questions and what an answer must be.

mod block_list;
mod change;
mod checklist;
mod cost;
mod crypt;
mod foreign;
mod hasher;
mod imported;
mod kernel;
mod letters;
mod memory;
mod personal;
pub mod questions;
mod shares;
mod stored;
mod temporary;
mod unsupported;
mod work;
mod wraps;

pub use block_list::is_block_listed;
pub use change::Change;
pub use checklist::{Checker, Checklist, RuleCheck};
pub use cost::{CostClass, cost_class};
pub use foreign::Sha;
pub use hasher::{Hasher, Verified};
pub use imported::ImportedHash;
pub use memory::{HashingMemory, hashing_memory, limit_hashing_memory};
pub use personal::Person;
pub use shares::Shares;
pub use stored::{HashKind, check_hash};
pub use temporary::temporary;
pub use work::Work;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

#[cfg(doc)]
use crate::policy::PasswordPolicy;

/// The longest password that is looked at, in bytes of UTF-8 (P3).
pub const MAX_BYTES: usize = 1024;

/// Whether a password is too long to be looked at. Asked before any other
/// work, normalisation included: that work is what a flood would be after.
fn is_too_long(password: &str) -> bool {
    password.len() > MAX_BYTES
}

/// A password in NFC: what its length counts and what is hashed (P3).
fn nfc(password: &str) -> Zeroizing<String> {
    composed(password, password.nfc())
}

/// The forms in which a password may have been hashed elsewhere, each once: as
/// it was typed, in NFC, in NFD (P7).
fn forms(password: &str) -> Vec<Zeroizing<String>> {
    let mut forms = vec![Zeroizing::new(password.to_owned())];
    for form in [nfc(password), composed(password, password.nfd())] {
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

fn composed(password: &str, form: impl Iterator<Item = char>) -> Zeroizing<String> {
    // Grown once at most, so that no copy is left behind unwiped: in UTF-8
    // either form is at most three times as long.
    let mut out = Zeroizing::new(String::with_capacity(password.len().saturating_mul(3)));
    out.extend(form);
    out
}
