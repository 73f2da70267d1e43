//! Whether two names are ways to write one (C4).

use unicode_normalization::UnicodeNormalization;

use super::add_words;
use super::words::{CREDENTIALS, SUFFIXES, TITLES};

/// A name and its suffix, or `*` for any: what names are found by in maps.
pub(crate) type Form<'a> = (&'a str, &'a str);

/// A name as it is compared (C4), made anew from a [key](PersonName::key)
/// each time: keys are stored, and what is stored stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Likeness {
    /// The words of the name with one blank between them, a bar, and the
    /// suffix, where there is one.
    text: String,
    /// How much of it is the name.
    name: usize,
}

impl Likeness {
    /// The name whose key it is.
    pub(crate) fn of(key: &str) -> Self {
        let text = bare(key);
        let (given, last) = text.rsplit_once('|').unwrap_or(("", &text));
        let (mut given, mut last) = (words(given).peekable(), words(last));
        let mut likeness = Self { text: String::with_capacity(text.len() + 1), name: 0 };
        // One name alone, or an organization: all of it is the name.
        if given.peek().is_none() {
            likeness.add(last);
            return likeness.with_suffix("");
        }
        let mut suffix = "";
        let mut name: Vec<&str> = given.collect();
        name.extend(last.next());
        for word in last {
            match word {
                "jr" | "jnr" => suffix = "jr",
                "sr" | "snr" => suffix = "sr",
                other if SUFFIXES.contains(&other) => suffix = word,
                _ => name.push(word),
            }
        }
        let titled = name.len() > 1 && name.first().is_some_and(|word| TITLES.contains(word));
        let name = name.get(usize::from(titled)..).unwrap_or_default();
        let is_name = |word: &&str| !CREDENTIALS.contains(word);
        likeness.add(name.iter().copied().filter(is_name));
        if likeness.text.is_empty() {
            likeness.add(name.iter().copied());
        }
        likeness.with_suffix(suffix)
    }

    fn add<'a>(&mut self, words: impl Iterator<Item = &'a str>) {
        add_words(words, &mut self.text);
    }

    fn with_suffix(mut self, suffix: &str) -> Self {
        self.name = self.text.len();
        self.text.push('|');
        self.text.push_str(suffix);
        self
    }

    /// What it says, in one text.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    fn name(&self) -> &str {
        self.text.get(..self.name).unwrap_or_default()
    }

    fn suffix(&self) -> &str {
        self.text.get(self.name + 1..).unwrap_or_default()
    }

    /// It itself: name and suffix.
    pub(crate) fn exact(&self) -> Form<'_> {
        (self.name(), self.suffix())
    }

    /// Under which forms it is to be put to be found by [`Likeness::sought`].
    pub(crate) fn stored(&self) -> impl Iterator<Item = Form<'_>> {
        let any = (!self.suffix().is_empty()).then(|| (self.name(), ANY));
        core::iter::once(self.exact()).chain(any)
    }

    /// Under which forms those are that agree with it, the surest first.
    pub(crate) fn sought(&self) -> [Form<'_>; 2] {
        let suffix = self.suffix();
        [(self.name(), suffix), (self.name(), if suffix.is_empty() { ANY } else { "" })]
    }

    /// Its first and its last word: what stays of a name where a middle one
    /// comes or goes.
    pub(crate) fn ends(&self) -> Form<'_> {
        let name = self.name();
        let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
        (first, rest.rsplit_once(' ').map_or(rest, |(_, last)| last))
    }

    /// The same two in the plainest spelling and in no order.
    pub(crate) fn plain_ends(&self) -> [String; 2] {
        let (first, last) = self.ends();
        let mut ends = [plain(first), plain(last)];
        ends.sort_unstable();
        ends
    }

    /// All of its words in the plainest spelling and in no order: what stays of a
    /// name where somebody writes the last one first, or `ue` for `ü`.
    pub(crate) fn plainest(&self) -> String {
        let mut words: Vec<String> = self.name().split(' ').map(plain).collect();
        words.sort_unstable();
        words.join(" ")
    }

    /// Whether no two suffixes tell them apart.
    fn suits(&self, other: &Self) -> bool {
        self.suffix().is_empty() || other.suffix().is_empty() || self.suffix() == other.suffix()
    }

    /// The words between them.
    fn middle(&self) -> impl Iterator<Item = &str> {
        let between = self.name().split_once(' ').and_then(|(_, rest)| rest.rsplit_once(' '));
        between.into_iter().flat_map(|(middle, _)| middle.split(' '))
    }

    /// Whether both may be one name of which a middle part was left out or cut
    /// to its initial: `Ana Maria Ruiz`, `Ana M. Ruiz`, `Ana Ruiz`. Or whose words
    /// are in another order, or spelled otherwise: `Müller Ana`, `Ana Mueller`.
    pub(crate) fn resembles(&self, other: &Self) -> bool {
        let (one, two) = (|| self.middle(), || other.middle());
        let fits = |(one, two): (&str, &str)| one.starts_with(two) || two.starts_with(one);
        let none = one().next().is_none() || two().next().is_none();
        let fit = none || one().count() == two().count() && one().zip(two()).all(fits);
        let ends = || self.ends() == other.ends() || self.suits(other) && self.plain_ends() == other.plain_ends();
        fit && ends() || self.suits(other) && self.plainest() == other.plainest()
    }

    /// Whether one person may have come to be called otherwise: the first name is
    /// the same, or the words are in another order, or all but a first name that
    /// one has in short.
    pub(crate) fn is_kin(&self, other: &Self) -> bool {
        let ((first, last), (other_first, other_last)) = (self.ends(), other.ends());
        let short = first.starts_with(other_first) || other_first.starts_with(first);
        first == other_first || last == other_last && short || self.plainest() == other.plainest()
    }

    /// Whether both are ways to write one name.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        other.stored().any(|stored| self.sought().contains(&stored))
    }
}

/// Stands for any suffix.
const ANY: &str = "*";

/// Letters that are others with a stroke, without a dot or drawn together.
/// Unicode takes none of them apart.
const DRAWN: [(char, &str); 9] =
    [('ł', "l"), ('ø', "o"), ('đ', "d"), ('ħ', "h"), ('ŧ', "t"), ('ı', "i"), ('ß', "ss"), ('æ', "ae"), ('œ', "oe")];

/// A word with one letter for those that another spelling writes as two: `ue` for
/// `ü`, `aa` for `å`. Marks are gone by now, and `ß` is `ss`.
fn plain(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for letter in word.chars() {
        let again = match letter {
            'e' => out.ends_with(['a', 'o', 'u']),
            'a' => out.ends_with('a'),
            _ => false,
        };
        if !again {
            out.push(letter);
        }
    }
    out
}

/// A folded name without marks and without dots, hyphens as blanks.
fn bare(folded: &str) -> String {
    if !folded.is_ascii() {
        return any_bare(folded);
    }
    let mut bare = String::with_capacity(folded.len());
    bare.extend(folded.bytes().filter(|byte| *byte != b'.').map(|byte| match byte {
        b'`' => '\'',
        b'-' => ' ',
        byte => char::from(byte),
    }));
    bare
}

fn any_bare(folded: &str) -> String {
    // An acute accent typed as an apostrophe is a blank with a mark by now.
    let text = folded.replace(" \u{301}", "'").replace(['\u{2018}', '\u{2019}', '\u{2bc}', '\u{2032}', '`'], "'");
    let mut text = text.replace(['-', '\u{2010}'], " ");
    for (letter, plain) in DRAWN {
        if text.contains(letter) {
            text = text.replace(letter, plain);
        }
    }
    text.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}' | '.')).nfc().collect()
}

fn words(bare: &str) -> impl Iterator<Item = &str> {
    bare.split([' ', '|', ',']).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::name::PersonName;

    #[test]
    fn another_order_and_another_spelling_are_alike() {
        let name = |text: &str| Likeness::of(&PersonName::parse(text).value.unwrap().key());
        for (one, other) in [
            ("Conner Felicia", "Felicia Conner"),
            ("Conner Felicia Ann", "Felicia Ann Conner"),
            ("Jürgen Müller", "Juergen Mueller"),
            ("Mueller Juergen", "Jürgen Müller"),
            ("Jörg Weiß", "Joerg Weiss"),
            ("Søren Åkesson", "Soeren Aakesson"),
            ("Ana María Müller", "Mueller Ana"),
            ("Felicia Conner Jr.", "Conner Felicia"),
        ] {
            assert!(name(one).resembles(&name(other)), "{one}, {other}");
            assert!(!name(one).agrees(&name(other)), "{one}, {other}: nobody is taken for another");
        }
        for (one, other) in
            [("Ana Mull", "Ana Muller"), ("John Smith Jr.", "Smith, Jon Sr."), ("Ana Ruiz", "Ana Reyes")]
        {
            assert!(!name(one).resembles(&name(other)), "{one}, {other}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_is_the_long_way(key in "[ -~]{0,24}|[\\x00-\\x7f]{0,12}|\\PC{0,8}") {
            prop_assert_eq!(bare(&key), any_bare(&key));
        }
    }
}
