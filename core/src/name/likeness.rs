//! Whether two names are ways to write one (C4).

use unicode_normalization::UnicodeNormalization;

use super::read::{CREDENTIALS, SUFFIXES, TITLES};

/// A name as it is compared (C4), made anew from a [key](PersonName::key)
/// each time: keys are stored, and what is stored stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Likeness {
    /// With the suffix, where there is one.
    exact: String,
    /// For a name with a suffix: itself without one. For a name without: what
    /// stands for it with any.
    plain: String,
    any: String,
    suffixed: bool,
    /// The first and the last word: what stays of a name where a middle one
    /// comes or goes.
    ends: String,
    /// The words between them.
    middle: Vec<String>,
}

impl Likeness {
    /// The name whose key it is.
    pub(crate) fn of(key: &str) -> Self {
        let mut parts = key.rsplitn(2, '|');
        let last = words(parts.next().unwrap_or_default());
        let mut name = words(parts.next().unwrap_or_default());
        // One name alone, or an organization: all of it is the name.
        if name.is_empty() {
            return Self::from_parts(&last, None);
        }
        let mut suffix = None;
        for (place, word) in last.into_iter().enumerate() {
            match word.as_str() {
                "jr" | "jnr" if place > 0 => suffix = Some("jr".to_owned()),
                "sr" | "snr" if place > 0 => suffix = Some("sr".to_owned()),
                other if place > 0 && SUFFIXES.contains(&other) => suffix = Some(word),
                _ => name.push(word),
            }
        }
        if name.len() > 1 && name.first().is_some_and(|word| TITLES.contains(&word.as_str())) {
            name.remove(0);
        }
        let is_name = |word: &&String| !CREDENTIALS.contains(&word.as_str());
        let kept: Vec<String> = name.iter().filter(is_name).cloned().collect();
        Self::from_parts(if kept.is_empty() { &name } else { &kept }, suffix)
    }

    fn from_parts(name: &[String], suffix: Option<String>) -> Self {
        let (ends, middle) = match name {
            [first, middle @ .., last] => (format!("{first} {last}"), middle.to_vec()),
            one => (one.join(" "), Vec::new()),
        };
        let name = name.join(" ");
        let suffixed = suffix.is_some();
        Self {
            exact: format!("{name}|{}", suffix.unwrap_or_default()),
            plain: format!("{name}|"),
            any: format!("{name}|*"),
            suffixed,
            ends,
            middle,
        }
    }

    /// What it says, in one text.
    pub(crate) fn as_str(&self) -> &str {
        &self.exact
    }

    /// Under which texts it is to be put to be found by [`Likeness::sought`].
    pub(crate) fn stored(&self) -> impl Iterator<Item = &str> {
        core::iter::once(self.exact.as_str()).chain(self.suffixed.then_some(self.any.as_str()))
    }

    /// Under which texts those are that agree with it, the surest first.
    pub(crate) fn sought(&self) -> [&str; 2] {
        [&self.exact, if self.suffixed { &self.plain } else { &self.any }]
    }

    /// Its first and its last word.
    pub(crate) fn ends(&self) -> &str {
        &self.ends
    }

    /// Whether both may be one name of which a middle part was left out or cut
    /// to its initial: `Ana Maria Ruiz`, `Ana M. Ruiz`, `Ana Ruiz`.
    pub(crate) fn resembles(&self, other: &Self) -> bool {
        let (one, two) = (&self.middle, &other.middle);
        let fits = |(one, two): (&String, &String)| one.starts_with(two.as_str()) || two.starts_with(one.as_str());
        let fit = one.is_empty() || two.is_empty() || one.len() == two.len() && one.iter().zip(two).all(fits);
        self.ends == other.ends && fit
    }

    /// Whether both are ways to write one name.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        other.stored().any(|stored| self.sought().contains(&stored))
    }
}

/// Letters that are others with a stroke, without a dot or drawn together.
/// Unicode takes none of them apart.
const DRAWN: [(char, &str); 9] =
    [('ł', "l"), ('ø', "o"), ('đ', "d"), ('ħ', "h"), ('ŧ', "t"), ('ı', "i"), ('ß', "ss"), ('æ', "ae"), ('œ', "oe")];

/// The words of a folded name, without marks and without dots.
fn words(folded: &str) -> Vec<String> {
    // An acute accent typed as an apostrophe is a blank with a mark by now.
    let text = folded.replace(" \u{301}", "'").replace(['\u{2018}', '\u{2019}', '\u{2bc}', '\u{2032}', '`'], "'");
    let mut text = text.replace(['-', '\u{2010}'], " ");
    for (letter, plain) in DRAWN {
        if text.contains(letter) {
            text = text.replace(letter, plain);
        }
    }
    let bare: String = text.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}' | '.')).nfc().collect();
    bare.split([' ', '|', ',']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
