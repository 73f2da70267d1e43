//! Passwords made of the person's own data (P1).

use any_ascii::any_ascii;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::letters::read;

/// What a password may not be made of: whose it is, and of which agency.
///
/// Everything may be missing. A password is refused for a datum if, accents,
/// case, punctuation and the usual substitutions (`@` for a, `0` for o, `$`
/// for s …) aside,
///
/// - it contains the datum or one of its words, forwards or backwards, of at
///   least four letters or digits, and has fewer than nine letters beside:
///   `Rose` bars `Prosecco#47`, and leaves `prosecco otter quince tide` alone,
///   which is not made of it; or
/// - its letters are nothing but words of the datum, however short: `Lee`
///   bars `Lee2026!` and `leelee#1`, and leaves `Sleeping#1 otter` alone.
///
/// The words of the trade that agencies are named with (home, care …) and
/// the host of an e-mail address count by the second rule only.
#[derive(Debug, Clone, Copy, Default)]
pub struct Person<'a> {
    /// The person's names: each whole (`Felicia Conner`) or in parts.
    pub names: &'a [&'a str],
    /// The username.
    pub username: Option<&'a str>,
    /// The e-mail address.
    pub email: Option<&'a str>,
    /// The agency's name.
    pub agency: Option<&'a str>,
}

/// The fewest letters of a word that a password may not even contain.
const CONTAINED: usize = 4;

/// With so many letters beside what it contains, a password is made of more
/// than the datum: they are two words at least. In four words that were drawn
/// by lot, `rose` and `lane` come up by chance in one of sixty.
const BESIDE: usize = 9;

/// Words that half of all agencies have in their name. Barring every password
/// that contains one would bar `Scarecrow`.
const TRADE_WORDS: &[&str] = &[
    "adult",
    "agency",
    "aide",
    "aides",
    "assist",
    "assisted",
    "care",
    "caregiver",
    "caregivers",
    "center",
    "comfort",
    "community",
    "companion",
    "companions",
    "corp",
    "family",
    "group",
    "hands",
    "health",
    "healthcare",
    "heart",
    "help",
    "helpers",
    "helping",
    "home",
    "homecare",
    "homes",
    "hospice",
    "inc",
    "life",
    "living",
    "llc",
    "nurse",
    "nursing",
    "private",
    "senior",
    "seniors",
    "service",
    "services",
    "support",
    "the",
    "with",
];

/// The words of a person's data, ready to be looked for in passwords.
pub(super) struct PersonalWords(Vec<(&'static str, Words)>);

impl PersonalWords {
    pub(super) fn of(person: &Person<'_>) -> Self {
        let given = |values: &[&str]| -> Vec<String> {
            values.iter().filter(|value| !value.trim().is_empty()).map(|value| (*value).to_owned()).collect()
        };
        let one = |value: Option<&str>| given(value.as_slice());
        let data = [
            ("name", given(person.names)),
            ("username", one(person.username)),
            ("email", one(person.email)),
            ("agency", one(person.agency)),
        ];
        let data = data.into_iter().filter(|(_, values)| !values.is_empty());
        Self(data.map(|(what, values)| (what, Words::of(&values))).collect())
    }

    /// The data that the person has, each with whether the password is made
    /// of it: `name`, `username`, `email`, `agency`, in this order.
    pub(super) fn within(&self, password: &str) -> Vec<(&'static str, bool)> {
        let password = Forms::of(password);
        self.0.iter().map(|(what, words)| (*what, words.make(&password))).collect()
    }
}

/// The words of a datum, each once, as the readings of a password are compared
/// with them.
#[derive(Default)]
struct Words {
    /// What a password may not even contain, and the same backwards.
    plain: Vec<Zeroizing<String>>,
    read: Vec<Zeroizing<String>>,
    /// The letters of those that it may not be nothing but; of one letter, they
    /// are initials and prove nothing.
    plain_letters: Vec<Zeroizing<String>>,
    read_letters: Vec<Zeroizing<String>>,
}

impl Words {
    /// Of each whole value, its parts, and the host of an address.
    fn of(values: &[String]) -> Self {
        let mut words = Self::default();
        for value in values {
            let (rest, host) =
                value.rsplit_once('@').map_or((value.as_str(), None), |(local, host)| (local, Some(host)));
            words.add(value, true);
            words.add(rest, true);
            for part in parts(rest) {
                words.add(part, true);
                // `104fconner`, `jsmith84`: the letters without the numbers.
                words.add(part.trim_matches(|c: char| c.is_numeric()), true);
            }
            for label in host.iter().flat_map(|host| parts(host)) {
                words.add(label, false);
            }
        }
        words
    }

    fn add(&mut self, text: &str, contained: bool) {
        let Forms { plain, read, letters, .. } = Forms::of(text);
        for (letters, list) in [(letters, &mut self.plain_letters), (letters_of(&read), &mut self.read_letters)] {
            if letters.len() > 1 {
                put(list, letters);
            }
        }
        let trade = TRADE_WORDS.contains(&plain.as_str());
        if contained && plain.len() >= CONTAINED && !trade {
            for (word, list) in [(plain, &mut self.plain), (read, &mut self.read)] {
                put(list, Zeroizing::new(word.chars().rev().collect()));
                put(list, word);
            }
        }
    }

    /// Whether a password is made of them.
    fn make(&self, password: &Forms) -> bool {
        is_mostly(&password.plain, &password.is_letter, &self.plain)
            || is_mostly(&password.read, &password.typed, &self.read)
            || consists_of(&password.letters, &self.plain_letters)
            || consists_of(&password.core, &self.read_letters)
    }
}

/// Takes in a word once.
fn put(list: &mut Vec<Zeroizing<String>>, word: Zeroizing<String>) {
    if !list.contains(&word) {
        list.push(word);
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty())
}

/// A text as it is compared: three readings of it, all lower-case ASCII.
struct Forms {
    /// Letters and digits.
    plain: Zeroizing<String>,
    /// Which of `plain` are letters, and those alone.
    is_letter: Zeroizing<Vec<bool>>,
    letters: Zeroizing<String>,
    /// Letters and digits, with what stands for a letter read as that letter.
    read: Zeroizing<String>,
    /// Which of `read` were typed as letters.
    typed: Zeroizing<Vec<bool>>,
    /// The letters of what is left without the digits and the punctuation
    /// around it, with what stands for a letter read as that letter.
    core: Zeroizing<String>,
}

impl Forms {
    fn of(text: &str) -> Self {
        let ascii = if text.is_ascii() { Zeroizing::new(text.to_ascii_lowercase()) } else { any_ascii_of(text) };
        let core = ascii
            .trim_end_matches(|c: char| !c.is_ascii_alphabetic())
            .trim_start_matches(|c: char| !c.is_ascii_alphabetic() && !matches!(c, '@' | '$'));
        let plain: Zeroizing<String> = Zeroizing::new(ascii.chars().filter(char::is_ascii_alphanumeric).collect());
        Self {
            is_letter: Zeroizing::new(plain.chars().map(|c| c.is_ascii_alphabetic()).collect()),
            letters: letters_of(&plain),
            plain,
            read: Zeroizing::new(ascii.chars().map(read).filter(char::is_ascii_alphanumeric).collect()),
            typed: Zeroizing::new(
                ascii.chars().filter(|c| read(*c).is_ascii_alphanumeric()).map(|c| c.is_ascii_alphabetic()).collect(),
            ),
            core: Zeroizing::new(core.chars().map(read).filter(char::is_ascii_alphabetic).collect()),
        }
    }
}

fn any_ascii_of(text: &str) -> Zeroizing<String> {
    let compatible: Zeroizing<String> = Zeroizing::new(text.nfkc().collect());
    let folded = Zeroizing::new(caseless::default_case_fold_str(&compatible));
    let mut ascii = Zeroizing::new(any_ascii(&folded));
    ascii.make_ascii_lowercase();
    ascii
}

fn letters_of(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.chars().filter(char::is_ascii_alphabetic).collect())
}

/// Whether a text has one of those words in it, and hardly a letter beside them.
fn is_mostly(text: &str, is_letter: &[bool], words: &[Zeroizing<String>]) -> bool {
    let text = text.as_bytes();
    let mut beside: Option<Vec<bool>> = None;
    for word in words.iter().map(|word| word.as_bytes()) {
        // Most places begin with another letter.
        let is_word = |window: &[u8]| window.first() == word.first() && window == word;
        for (at, _) in text.windows(word.len().max(1)).enumerate().filter(|(_, window)| is_word(window)) {
            let beside = beside.get_or_insert_with(|| is_letter.to_vec());
            beside.iter_mut().skip(at).take(word.len()).for_each(|letter| *letter = false);
        }
    }
    beside.is_some_and(|beside| beside.iter().filter(|letter| **letter).count() < BESIDE)
}

/// Whether a text is nothing but those words, one after another.
fn consists_of(text: &str, words: &[Zeroizing<String>]) -> bool {
    if text.is_empty() {
        return false;
    }
    // Where in the text a sequence of words can end.
    let mut ends = vec![false; text.len() + 1];
    if let Some(start) = ends.first_mut() {
        *start = true;
    }
    for at in 0..text.len() {
        if ends.get(at) != Some(&true) {
            continue;
        }
        for word in words {
            let fits = text.get(at..).is_some_and(|rest| rest.starts_with(word.as_str()));
            if let Some(end) = ends.get_mut(at + word.len()).filter(|_| fits) {
                *end = true;
            }
        }
    }
    ends.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_short_way_is_the_long_way(text in "[ -~]{0,24}|[\\x00-\\x7f]{0,12}|\\PC{0,8}") {
            let short = if text.is_ascii() { Zeroizing::new(text.to_ascii_lowercase()) } else { any_ascii_of(&text) };
            prop_assert_eq!(short, any_ascii_of(&text));
        }
    }
}
