//! Temporary passwords (P8).

use rand::{CryptoRng, RngExt};
use zeroize::Zeroizing;

use super::is_block_listed;
use crate::policy::{PasswordPolicy, TemporaryPasswordPolicy};
use crate::secret::Secret;

/// The fewest characters of a temporary password (P8).
const SHORTEST: u32 = 12;

/// The most characters, whatever the policy says.
const LONGEST: u32 = 256;

/// What a temporary password is made of: capitals, small letters, numerals,
/// special characters. It is read out on the telephone and typed from paper,
/// so no two of them look alike, and of a letter whose two cases differ in
/// size alone there is one case: no `0 O o Q D`, `1 I l i L j J ! |`, `2 Z z`,
/// `5 S s $`, `6 G b`, `8 B &`, `g q`, `U u V v`, and `c k m p w x` only as
/// capitals. The special ones mean nothing to HTML and are in every SMS.
const CLASSES: [&str; 4] = ["ACEFHKMNPRTWXY", "adefhnrty", "3479", "#%+=?*@"];

/// Makes a temporary password (P8): at least 12 characters, more where either
/// policy asks for more, with all four kinds of characters whatever the
/// policy asks, and not block-listed.
///
/// Every such password is as likely as any other: one that lacks a kind is
/// drawn again whole. Twelve characters have some 60 bits. Not a function to
/// call with a source that always says the same, on which it never ends.
///
/// ```
/// use carekey::password::{Person, temporary};
/// use carekey::policy::{PasswordPolicy, TemporaryPasswordPolicy};
///
/// # let mut rng = rand::rng();
/// let policy = PasswordPolicy::evv_state();
/// let password = temporary(&policy, &TemporaryPasswordPolicy::default(), &mut rng);
/// assert_eq!(password.reveal().len(), 12);
/// assert!(policy.check(password.reveal(), &Person::default()).passes());
/// ```
pub fn temporary(policy: &PasswordPolicy, temporary: &TemporaryPasswordPolicy, rng: &mut dyn CryptoRng) -> Secret {
    let length = temporary.length.max(policy.min_length).clamp(SHORTEST, LONGEST);
    let alphabet: Vec<char> = CLASSES.iter().flat_map(|class| class.chars()).collect();
    loop {
        let mut password = Zeroizing::new(String::new());
        password.reserve_exact(usize::try_from(length).unwrap_or(0));
        for _ in 0..length {
            password.extend(alphabet.get(rng.random_range(0..alphabet.len())));
        }
        if CLASSES.iter().all(|class| password.contains(|c| class.contains(c))) && !is_block_listed(&password) {
            return Secret::from(password.as_str());
        }
    }
}
