//! Numbers of the North American plan that were read before.
//!
//! The plan gives numbers out by thousands: by their first seven digits of ten.
//! So whether one is valid is asked of libphonenumber once for each seven, and of
//! the others with the same seven only the digits are taken. It keeps nothing but
//! that answer: a bit for each seven digits, no number.

use std::sync::atomic::{AtomicU64, Ordering};

const WORDS: usize = 10_000_000 / 64 + 1;
static VALID: [AtomicU64; WORDS] = [const { AtomicU64::new(0) }; WORDS];

/// The digits of a number, where it is written as those of the plan are.
struct National([u8; 10]);

impl National {
    /// Of a text: `(212) 555-0142`, `1-212-555-0142`, `+1 212 555 0142`. Without
    /// a `+` it is one of the plan in the countries that are known to dial so.
    fn of(typed: &str, country: &str) -> Option<Self> {
        let abroad = typed.strip_prefix("+1");
        if abroad.is_none() && !matches!(country, "US" | "CA") {
            return None;
        }
        let (mut digits, mut count) = ([0_u8; 11], 0);
        for byte in abroad.unwrap_or(typed).bytes() {
            match byte {
                b'0'..=b'9' => *digits.get_mut(count)? = byte - b'0',
                b' ' | b'-' | b'.' | b'(' | b')' => continue,
                _ => return None,
            }
            count += 1;
        }
        let national = match (count, digits) {
            (10, [a, b, c, d, e, f, g, h, i, j, _]) => [a, b, c, d, e, f, g, h, i, j],
            (11, [1, a, b, c, d, e, f, g, h, i, j]) if abroad.is_none() => [a, b, c, d, e, f, g, h, i, j],
            _ => return None,
        };
        (national.first() > Some(&1)).then_some(Self(national))
    }

    /// The bit of its first seven digits.
    fn bit(&self) -> (Option<&'static AtomicU64>, u64) {
        let seven = self.0.iter().take(7).fold(0_usize, |number, digit| number * 10 + usize::from(*digit));
        (VALID.get(seven / 64), 1 << (seven % 64))
    }
}

/// The number in E.164, where one with its first seven digits was valid before.
pub(super) fn known(typed: &str, country: &str) -> Option<String> {
    let national = National::of(typed, country)?;
    let (word, bit) = national.bit();
    if word?.load(Ordering::Relaxed) & bit == 0 {
        return None;
    }
    let digits = national.0.iter().map(|digit| char::from(b'0' + digit));
    let mut e164 = String::with_capacity(12);
    e164.push_str("+1");
    e164.extend(digits);
    Some(e164)
}

/// Keeps that a number is valid, in E.164.
pub(super) fn keep(e164: &str) {
    if let Some(national) = e164.starts_with("+1").then(|| National::of(e164, "")).flatten() {
        let (word, bit) = national.bit();
        if let Some(word) = word {
            word.fetch_or(bit, Ordering::Relaxed);
        }
    }
}
