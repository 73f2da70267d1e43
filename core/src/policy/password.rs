//! The numbers and switches of passwords (P1, P6, P8), and the presets.

use serde::{Deserialize, Serialize};

/// What a password must be (P1). Checked by [`PasswordPolicy::check`].
///
/// Lengths count code points after NFC (P3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PasswordPolicy {
    /// The fewest characters.
    pub min_length: u32,
    /// The fewest characters where a second factor is asked too.
    pub min_length_with_second_factor: u32,
    /// Whether it needs a numeral.
    pub digit: bool,
    /// Whether it needs a capital letter.
    pub upper: bool,
    /// Whether it needs a small letter.
    pub lower: bool,
    /// Whether it needs a character that is neither letter nor numeral.
    pub special: bool,
    /// How many of the last passwords are barred, besides the current one.
    pub history: u32,
    /// Whether passwords that attackers try first are barred (P5).
    pub block_list: bool,
    /// Whether passwords made of the person's own names, username, e-mail or
    /// the agency's name are barred.
    pub personal: bool,
    /// What a hash costs (P6).
    pub cost: Argon2Cost,
}

/// The cost of one Argon2id hash (P6, RFC 9106).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Argon2Cost {
    /// Memory in KiB (m).
    pub memory_kib: u32,
    /// Passes over the memory (t).
    pub passes: u32,
    /// Lanes (p).
    pub lanes: u32,
}

impl Default for Argon2Cost {
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 }
    }
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self::agency()
    }
}

impl PasswordPolicy {
    /// S2's rule and the default: 8 characters, a numeral, a capital letter,
    /// a special character.
    pub fn agency() -> Self {
        Self {
            min_length: 8,
            min_length_with_second_factor: 8,
            digit: true,
            upper: true,
            lower: false,
            special: true,
            history: 0,
            block_list: true,
            personal: true,
            cost: Argon2Cost::default(),
        }
    }

    /// What the vendor of S1 ships today for state visit verification: 9
    /// characters, upper, lower, number, special, the last 10 barred. (It
    /// locks after 3 failures: set `throttle.failures` too, as
    /// [`Policy::evv_state`](super::Policy::evv_state) does.)
    pub fn evv_state() -> Self {
        Self { min_length: 9, min_length_with_second_factor: 9, lower: true, history: 10, ..Self::agency() }
    }

    /// NIST SP 800-63B-4: 15 characters, 8 beside a second factor, no rules
    /// of composition, a block list.
    pub fn nist_800_63b_4() -> Self {
        Self {
            min_length: 15,
            min_length_with_second_factor: 8,
            digit: false,
            upper: false,
            lower: false,
            special: false,
            ..Self::agency()
        }
    }
}

/// Temporary passwords (P8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TemporaryPasswordPolicy {
    /// How many characters a generated one has; never fewer than the
    /// password policy asks.
    pub length: u32,
    /// How long it opens the change-password step.
    pub lifetime_hours: u32,
}

impl Default for TemporaryPasswordPolicy {
    fn default() -> Self {
        Self { length: 12, lifetime_hours: 7 * 24 }
    }
}
