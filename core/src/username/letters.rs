//! The names of a person in the letters of a username (rule U3).

use unicode_normalization::UnicodeNormalization;

use crate::finding::{Code, Finding};
use crate::name::PersonName;

/// As many letters of a name as any policy could use.
pub(super) const MOST_LETTERS: usize = 64;

/// The letters of a person's names, in lower-case ASCII. Who has one name has
/// it as `last`.
pub(super) struct Letters {
    pub(super) first: String,
    pub(super) middle: String,
    pub(super) last: String,
}

impl Letters {
    pub(super) fn of(name: &PersonName) -> Result<Self, Finding> {
        let part = |part: &Option<String>| part.as_deref().map(to_ascii).unwrap_or_default();
        let mut letters = Self { first: part(&name.first), middle: part(&name.middle), last: part(&name.last) };
        if letters.last.is_empty() {
            letters.last = core::mem::take(&mut letters.first);
        }
        let names = [&name.first, &name.last];
        if names.iter().all(|name| name.as_deref().is_none_or(|name| name.trim().is_empty())) {
            return Err(Finding::new(Code::NameMissing, "name"));
        }
        if ![&letters.first, &letters.last].iter().any(|text| text.contains(|c: char| c.is_ascii_lowercase())) {
            return Err(Finding::new(Code::NameNoLetters, "name"));
        }
        Ok(letters)
    }
}

/// The letters and digits of a name in `a-z0-9`.
fn to_ascii(name: &str) -> String {
    if name.is_ascii() {
        let mut ascii = String::with_capacity(name.len());
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric).take(MOST_LETTERS);
        ascii.extend(letters.map(|byte| char::from(byte.to_ascii_lowercase())));
        return ascii;
    }
    any_to_ascii(name)
}

fn any_to_ascii(name: &str) -> String {
    name.nfc()
        // Symbols have names in ASCII too (a crown is ":crown:"); no person is called so.
        .filter(|c| c.is_alphanumeric())
        .flat_map(|c| {
            let ascii: &str = if c.is_ascii() { "" } else { any_ascii::any_ascii_char(c) };
            c.is_ascii().then_some(c).into_iter().chain(ascii.chars())
        })
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .take(MOST_LETTERS)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_short_way_is_the_long_way(name in "[ -~]{0,80}|[\\x00-\\x7f]{0,12}|\\PC{0,8}") {
            prop_assert_eq!(to_ascii(&name), any_to_ascii(&name));
        }
    }
}
