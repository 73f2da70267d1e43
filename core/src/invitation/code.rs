//! The code of an invitation (I3): ten characters that people read aloud,
//! write down and type, with a check character that knows a slip at once.
//!
//! # The check character
//!
//! The alphabet has 32 characters, so each is an element of the field with 32
//! elements, GF(2⁵). Let α be a root of the primitive polynomial x⁵ + x² + 1.
//! The check character is chosen so that
//!
//! > c₀·α⁹ + c₁·α⁸ + … + c₈·α + c₉ = 0
//!
//! where c₉ is the check character itself. α has the order 31, so the ten
//! weights differ from each other and none is zero. From that follows:
//!
//! * one wrong character changes the sum by `weight · error`, a product of two
//!   elements other than zero: **every** wrong character is caught;
//! * two characters that changed places change it by the difference of their
//!   weights times the difference of the characters: **every** swap of two
//!   different characters is caught, of neighbours or not;
//! * of all other slips, 31 in 32 are caught.
//!
//! Crockford's own check, a remainder of 37, needs five more symbols
//! (`*~$=U`), which are hard to say on the phone and to find on a keypad.

use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::finding::{Checked, Code, Finding};
use crate::secret::Secret;

/// How many characters a code has, the check character included.
const LENGTH: usize = 10;

/// How many characters stand before the hyphen when a code is shown.
const GROUP: usize = 5;

/// Crockford's base 32: no I, L and O, which look like digits, and no U, so
/// that fewer codes read as words.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The code of an invitation (I3): nine random characters of Crockford's base
/// 32, 45 bits, and a check character, which catches every wrong character and
/// every two that changed places.
///
/// It prints as `•••`; [`InvitationCode::canonical`] reveals it.
///
/// ```
/// use carekey::Code;
/// use carekey::invitation::InvitationCode;
///
/// let code = InvitationCode::parse("7k3qo-d9wx2").value.expect("a code as someone typed it");
/// assert_eq!(code.canonical(), "7K3Q0D9WX2");
/// assert_eq!(code.grouped().reveal(), "7K3Q0-D9WX2");
/// assert_eq!(format!("{code:?}"), "InvitationCode(•••)");
///
/// // Two neighbours have changed places: no store is asked.
/// let slip = InvitationCode::parse("7K3Q0-9DWX2");
/// assert_eq!(slip.findings[0].code, Code::CodeMistyped);
/// ```
#[derive(Debug, Clone)]
pub struct InvitationCode(Secret);

impl InvitationCode {
    /// A new code.
    pub fn generate(rng: &mut dyn CryptoRng) -> Self {
        Self::from_bits(rng.next_u64())
    }

    /// The code that a derived key stands for: 45 bits of it.
    #[cfg(feature = "engine")]
    pub(crate) fn of(derived: &[u8; 32]) -> Self {
        Self::from_bits(derived.iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte)))
    }

    fn from_bits(mut random: u64) -> Self {
        let mut values = Zeroizing::new([0u8; LENGTH]);
        for value in values.iter_mut().take(LENGTH - 1) {
            *value = (random & 31) as u8;
            random >>= 5;
        }
        // The last value is still zero, so the sum is what is missing to zero.
        let check = weighted_sum(values.iter().copied());
        if let Some(last) = values.last_mut() {
            *last = check;
        }
        Self::from_values(values.iter().copied())
    }

    /// Reads a code as someone typed it: in any case, O as 0, I and L as 1,
    /// blanks and hyphens passed over.
    ///
    /// No store is asked. The findings, one at most, are about the field `code`:
    ///
    /// * `code.malformed`: there are not ten letters and digits;
    /// * `code.mistyped`: there are, and one of them is no character of a code
    ///   or the check character does not fit. It is a slip, not a guess, and
    ///   need not count as a failure.
    pub fn parse(text: &str) -> Checked<Self> {
        // One more than fits is enough to know that there are too many.
        let typed: Zeroizing<Vec<char>> =
            Zeroizing::new(text.chars().filter(|c| !is_passed_over(*c)).take(LENGTH + 1).collect());
        if typed.len() != LENGTH || !typed.iter().all(|c| c.is_alphanumeric()) {
            return Checked::fail(Finding::new(Code::CodeMalformed, "code").with("length", LENGTH));
        }
        let values: Option<Zeroizing<Vec<u8>>> =
            typed.iter().copied().map(value_of).collect::<Option<_>>().map(Zeroizing::new);
        match values {
            Some(values) if weighted_sum(values.iter().copied()) == 0 => {
                Checked::pass(Self::from_values(values.iter().copied()))
            }
            _ => Checked::fail(Finding::new(Code::CodeMistyped, "code")),
        }
    }

    /// The one form that is compared and digested: ten characters, capital
    /// letters, no hyphen. This reveals the code.
    pub fn canonical(&self) -> &str {
        self.0.reveal()
    }

    /// The form for people, in two groups: `7K3Q0-D9WX2`.
    pub fn grouped(&self) -> Secret {
        match self.canonical().split_at_checked(GROUP) {
            Some((first, second)) => Secret::from(format!("{first}-{second}")),
            None => self.0.clone(),
        }
    }

    fn from_values(values: impl Iterator<Item = u8>) -> Self {
        // With its full size from the start, no copy is left behind by growing.
        let mut text = String::with_capacity(LENGTH);
        text.extend(values.filter_map(|value| ALPHABET.get(usize::from(value)).copied()).map(char::from));
        Self(Secret::from(text))
    }
}

/// Blanks, hyphens and dashes, and the marks that come along when text is
/// pasted (soft hyphen, zero-width space, byte order mark).
fn is_passed_over(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ad}' | '\u{200b}' | '\u{feff}')
}

/// The value of a typed character, 0 to 31.
fn value_of(c: char) -> Option<u8> {
    let symbol = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().zip(0u8..).find(|(known, _)| char::from(**known) == symbol).map(|(_, value)| value)
}

/// The sum of all values, each times its weight, by Horner's rule.
fn weighted_sum(values: impl Iterator<Item = u8>) -> u8 {
    values.fold(0, |sum, value| times_alpha(sum) ^ value)
}

/// A value times α, in GF(2⁵) modulo x⁵ + x² + 1.
fn times_alpha(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 0b10_0000 == 0 { shifted } else { shifted ^ 0b10_0101 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alpha_is_primitive_so_that_all_weights_differ() {
        let mut powers = std::collections::BTreeSet::new();
        let mut power = 1;
        for _ in 0..31 {
            assert!(power != 0 && powers.insert(power));
            power = times_alpha(power);
        }
        assert_eq!(power, 1);
    }

    #[cfg(feature = "engine")]
    #[test]
    fn a_derived_code_is_one_and_each_of_its_bits_counts() {
        let mut derived = [0u8; 32];
        let mut codes = std::collections::BTreeSet::from([InvitationCode::of(&derived).canonical().to_owned()]);
        for bit in 0..45 {
            derived = [0; 32];
            derived[7 - bit / 8] = 1 << (bit % 8);
            let code = InvitationCode::of(&derived);
            assert!(InvitationCode::parse(code.canonical()).value.is_some());
            assert!(codes.insert(code.canonical().to_owned()), "bit {bit}");
        }
    }
}
