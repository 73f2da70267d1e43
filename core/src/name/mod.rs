//! Names of people, as rosters and forms write them.

mod likeness;
mod read;
mod words;

use caseless::Caseless;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::finding::{Checked, Finding};

pub(crate) use likeness::{Form, Likeness};
pub(crate) use words::{address, is_suffix};

/// The name of a person.
///
/// A person with one name has it as `last`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PersonName {
    /// The first name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// The middle name or names, or their initials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub middle: Option<String>,
    /// The last name, with its particles (`van der`) and its suffix (`Jr.`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// What the person is called; no username is made from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
}

impl PersonName {
    /// Reads a name written as `Last, First Middle (Nickname)` or as
    /// `First Middle Last`.
    ///
    /// Blanks are folded and the text is brought to NFC. A suffix stays with
    /// the last name, and so do particles. One word is a last name. Without a
    /// comma all words between the first and the last are middle names: who
    /// has two last names writes them before a comma. Between brackets or
    /// quotes is what the person is called. Titles, credentials and signs are
    /// no part of the name: `Dr. Jane Doe, RN` is Jane Doe.
    ///
    /// Findings, on the field `name`: `name.missing`, `text.too_long` (more
    /// than 200 characters), `text.control_character` (also for one that reorders
    /// the text around it), `name.several` (`John & Mary Smith`),
    /// `name.not_person` (`The Smith Family`, `Vacant`), `name.unclear` (`Jane Doe,
    /// JD`: a first name or a degree), and for each thing that was left aside the
    /// warning `name.set_aside`.
    ///
    /// ```
    /// use carekey::name::PersonName;
    ///
    /// let name = PersonName::parse("Taming,  Sue (Sue W)").into_result()?;
    /// assert_eq!(name.first.as_deref(), Some("Sue"));
    /// assert_eq!(name.last.as_deref(), Some("Taming"));
    /// assert_eq!(name.nickname.as_deref(), Some("Sue W"));
    /// assert_eq!(name.display(), "Sue Taming");
    ///
    /// let name = PersonName::parse("Ludwig van Beethoven").into_result()?;
    /// assert_eq!(name.last.as_deref(), Some("van Beethoven"));
    /// # Ok::<(), carekey::Error>(())
    /// ```
    pub fn parse(text: &str) -> Checked<Self> {
        read::whole(text)
    }

    /// Reads a name that came in parts: titles, credentials and nicknames in
    /// quotes that stand in one of them are read as [`PersonName::parse`] reads
    /// them.
    pub(crate) fn tidied(self) -> (Self, Vec<Finding>) {
        read::parts(self)
    }

    /// How a list shows the person: first and last name.
    pub fn display(&self) -> String {
        join([&self.first, &self.last].into_iter().flatten().map(String::as_str))
            .or_else(|| self.nickname.clone())
            .unwrap_or_default()
    }

    /// The form by which a roster knows the same name again: first, middle
    /// and last name in NFKC, case-folded, blanks folded.
    ///
    /// ```
    /// use carekey::name::PersonName;
    ///
    /// let one = PersonName::parse("Conner, Felicia").into_result()?;
    /// let other = PersonName::parse(" FELICIA  conner").into_result()?;
    /// assert_eq!(one.key(), other.key());
    /// # Ok::<(), carekey::Error>(())
    /// ```
    pub fn key(&self) -> String {
        let parts = [&self.first, &self.middle, &self.last];
        let mut key =
            String::with_capacity(2 + parts.iter().map(|part| part.as_ref().map_or(0, String::len)).sum::<usize>());
        for (place, part) in parts.into_iter().enumerate() {
            if place > 0 {
                key.push('|');
            }
            fold(part.as_deref().unwrap_or_default(), &mut key);
        }
        key
    }

    /// Whether both are ways to write one name (C4): without regard to marks,
    /// case, titles, credentials, the kind of apostrophe, where the first name
    /// ends, and a suffix that only one of them has. It says nothing about
    /// whether they are one person.
    ///
    /// ```
    /// use carekey::name::PersonName;
    ///
    /// let name = |text| PersonName::parse(text).into_result();
    /// assert!(name("Muñoz, Ana")?.is_like(&name("Ana MUNOZ, RN")?));
    /// assert!(name("O’Brien, Dr. Lee")?.is_like(&name("Lee O'Brien")?));
    /// assert!(name("John Smith Jr.")?.is_like(&name("John Smith")?));
    /// assert!(!name("John Smith Jr.")?.is_like(&name("John Smith Sr.")?));
    /// # Ok::<(), carekey::Error>(())
    /// ```
    pub fn is_like(&self, other: &Self) -> bool {
        Likeness::of(&self.key()).agrees(&Likeness::of(&other.key()))
    }
}

/// The words with one blank between them, or nothing where there are none.
pub(super) fn join<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut joined = String::new();
    add_words(words, &mut joined);
    (!joined.is_empty()).then_some(joined)
}

/// Adds the words with one blank between them.
fn add_words<'a>(words: impl IntoIterator<Item = &'a str>, out: &mut String) {
    for (place, word) in words.into_iter().enumerate() {
        if place > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// Adds the text in NFKC, case-folded, blanks folded.
fn fold(text: &str, out: &mut String) {
    if !text.is_ascii() {
        return any_fold(text, out);
    }
    let start = out.len();
    add_words(text.split_whitespace(), out);
    if let Some(added) = out.get_mut(start..) {
        added.make_ascii_lowercase();
    }
}

fn any_fold(text: &str, out: &mut String) {
    let folded: String = text.nfkd().default_case_fold().nfkc().collect();
    add_words(folded.split_whitespace(), out);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_short_way_to_fold_is_the_long_way(text in "[ -~]{0,16}|[\\x00-\\x7f]{0,12}|\\PC{0,8}") {
            let of = |way: fn(&str, &mut String)| {
                let mut out = "kept|".to_owned();
                way(&text, &mut out);
                out
            };
            prop_assert_eq!(of(fold), of(any_fold));
        }
    }
}
