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

impl<'a> Person<'a> {
    /// The data that the person has, each with whether the password is made
    /// of it: `name`, `username`, `email`, `agency`, in this order.
    pub(super) fn within(&self, password: &str) -> Vec<(&'static str, bool)> {
        let password = Forms::of(password);
        let name: Vec<&str> = self.names.iter().copied().filter(|name| !name.trim().is_empty()).collect();
        let one = |value: Option<&'a str>| value.filter(|value| !value.trim().is_empty()).map(|value| vec![value]);
        [
            ("name", (!name.is_empty()).then_some(name)),
            ("username", one(self.username)),
            ("email", one(self.email)),
            ("agency", one(self.agency)),
        ]
        .into_iter()
        .filter_map(|(what, values)| values.map(|values| (what, password.is_made_of(&words(&values)))))
        .collect()
    }
}

/// A word of a datum.
struct Word {
    forms: Forms,
    /// Whether a password may not even contain it.
    contained: bool,
}

/// The words of data: each whole value, its parts, and the host of an address.
fn words(values: &[&str]) -> Vec<Word> {
    let mut words = Vec::new();
    for value in values {
        let (rest, host) = value.rsplit_once('@').map_or((*value, None), |(local, host)| (local, Some(host)));
        let mut add = |text: &str, contained: bool| {
            let forms = Forms::of(text);
            let trade = TRADE_WORDS.contains(&forms.plain.as_str());
            let long = forms.plain.chars().count() >= CONTAINED;
            words.push(Word { contained: contained && long && !trade, forms });
        };
        add(value, true);
        add(rest, true);
        for part in parts(rest) {
            add(part, true);
            // `104fconner`, `jsmith84`: the letters without the numbers.
            add(part.trim_matches(|c: char| c.is_numeric()), true);
        }
        for label in host.iter().flat_map(|host| parts(host)) {
            add(label, false);
        }
    }
    words
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty())
}

/// A text as it is compared: three readings of it, all lower-case ASCII.
struct Forms {
    /// Letters and digits.
    plain: Zeroizing<String>,
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
        let compatible: Zeroizing<String> = Zeroizing::new(text.nfkc().collect());
        let folded = Zeroizing::new(caseless::default_case_fold_str(&compatible));
        let mut ascii = Zeroizing::new(any_ascii(&folded));
        ascii.make_ascii_lowercase();
        let core = ascii
            .trim_end_matches(|c: char| !c.is_ascii_alphabetic())
            .trim_start_matches(|c: char| !c.is_ascii_alphabetic() && !matches!(c, '@' | '$'));
        Self {
            plain: Zeroizing::new(ascii.chars().filter(char::is_ascii_alphanumeric).collect()),
            read: Zeroizing::new(ascii.chars().map(read).filter(char::is_ascii_alphanumeric).collect()),
            typed: Zeroizing::new(
                ascii.chars().filter(|c| read(*c).is_ascii_alphanumeric()).map(|c| c.is_ascii_alphabetic()).collect(),
            ),
            core: Zeroizing::new(core.chars().map(read).filter(char::is_ascii_alphabetic).collect()),
        }
    }

    fn is_made_of(&self, words: &[Word]) -> bool {
        let contained: Vec<&Forms> = words.iter().filter(|word| word.contained).map(|word| &word.forms).collect();
        let is_letter: Vec<bool> = self.plain.chars().map(|c| c.is_ascii_alphabetic()).collect();
        is_mostly(&self.plain, &is_letter, contained.iter().map(|word| word.plain.as_str()))
            || is_mostly(&self.read, &self.typed, contained.iter().map(|word| word.read.as_str()))
            || consists_of(&letters(&self.plain), words.iter().map(|word| letters(&word.forms.plain)))
            || consists_of(&self.core, words.iter().map(|word| letters(&word.forms.read)))
    }
}

fn letters(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.chars().filter(char::is_ascii_alphabetic).collect())
}

/// Whether a text has one of those words in it, forwards or backwards, and
/// hardly a letter beside them.
fn is_mostly<'a>(text: &str, is_letter: &[bool], words: impl Iterator<Item = &'a str>) -> bool {
    let mut beside = is_letter.to_vec();
    let mut found = false;
    for word in words {
        let backwards: Zeroizing<String> = Zeroizing::new(word.chars().rev().collect());
        for word in [word, backwards.as_str()] {
            for at in (0..text.len()).filter(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(word))) {
                found = true;
                beside.iter_mut().skip(at).take(word.len()).for_each(|letter| *letter = false);
            }
        }
    }
    found && beside.iter().filter(|letter| **letter).count() < BESIDE
}

/// Whether a text is nothing but those words, one after another; words of one
/// letter are initials and prove nothing.
fn consists_of(text: &str, words: impl Iterator<Item = Zeroizing<String>>) -> bool {
    let words: Vec<Zeroizing<String>> = words.filter(|word| word.len() > 1).collect();
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
        for word in &words {
            let fits = text.get(at..).is_some_and(|rest| rest.starts_with(word.as_str()));
            if let Some(end) = ends.get_mut(at + word.len()).filter(|_| fits) {
                *end = true;
            }
        }
    }
    ends.last() == Some(&true)
}
