//! Names of people, as rosters and forms write them.

use caseless::Caseless;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::finding::{Checked, Code, Finding};

/// The most characters that a whole name may have.
const LIMIT: usize = 200;

/// Words that belong to the last name after them.
const PARTICLES: &[&str] = &[
    "af", "al", "av", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn",
    "la", "las", "le", "los", "st", "ten", "ter", "van", "vander", "von", "zu", "zum", "zur",
];

/// Words that belong to the last name before them.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "jnr", "snr"];

/// Words before a name that are none. `Sr.` is Spanish here; after a name it
/// is a suffix.
const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "mx", "dr", "dra", "prof", "rev", "sr", "sra", "srta"];

/// Letters after a name that tell what the person has learnt. Those that are
/// names as well (`Do`, `Ma`, `Pa`) are not among them.
const CREDENTIALS: &[&str] = &[
    "rn", "lpn", "lvn", "cna", "gna", "hha", "pca", "cma", "aprn", "arnp", "crnp", "np", "fnp", "dnp", "bsn", "msn",
    "adn", "md", "phd", "psyd", "pharmd", "dds", "dpt", "pta", "otr", "cota", "slp", "ccc-slp", "rd", "rrt", "msw",
    "lsw", "lcsw", "lmsw", "lpc", "lmft", "mph", "mba", "cpa", "esq",
];

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
    /// has two last names writes them before a comma.
    ///
    /// Findings, on the field `name`: `name.missing`, `text.too_long` (more
    /// than 200 characters), `text.control_character` (also for one that reorders
    /// the text around it).
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
        let findings = faults(text);
        if !findings.is_empty() {
            return Checked { value: None, findings };
        }
        let text: String = text.nfc().collect();
        let (outside, nickname) = take_nickname(&text);
        let (before, after) = split_at_comma(&outside);
        let mut name = match after {
            Some(after) => {
                let mut words = after.split_whitespace();
                let first = words.next().map(str::to_owned);
                Self { first, middle: join(words), last: join(before.split_whitespace()), nickname: None }
            }
            None => split_words(&before.split_whitespace().collect::<Vec<_>>()),
        };
        name.nickname = nickname;
        if name.last.is_none() {
            // "(Sue)" and "Sue," have one name, and one name is a last name.
            name.last = name.first.take().or_else(|| name.nickname.take());
        }
        if name.last.is_none() {
            return Checked::fail(Finding::new(Code::NameMissing, "name"));
        }
        Checked::pass(name)
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
        [&self.first, &self.middle, &self.last].map(|part| part.as_deref().map(fold).unwrap_or_default()).join("|")
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
        let name = name.join(" ");
        let suffixed = suffix.is_some();
        Self {
            exact: format!("{name}|{}", suffix.unwrap_or_default()),
            plain: format!("{name}|"),
            any: format!("{name}|*"),
            suffixed,
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

    /// Whether both are ways to write one name.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        other.stored().any(|stored| self.sought().contains(&stored))
    }
}

/// The words of a folded name, without marks and without dots.
fn words(folded: &str) -> Vec<String> {
    // An acute accent typed as an apostrophe is a blank with a mark by now.
    let text = folded.replace(" \u{301}", "'").replace(['\u{2018}', '\u{2019}', '\u{2bc}', '\u{2032}', '`'], "'");
    let bare: String = text.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}' | '.')).nfc().collect();
    bare.split([' ', '|', ',']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// What forbids reading the text at all.
fn faults(text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let text = text.trim();
    if text.is_empty() {
        findings.push(Finding::new(Code::NameMissing, "name"));
    }
    let length = text.chars().count();
    if length > LIMIT {
        findings.push(Finding::new(Code::TextTooLong, "name").with("limit", LIMIT).with("length", length));
    }
    if text.chars().any(|c| (c.is_control() && c != '\t') || turns_text(c)) {
        findings.push(Finding::new(Code::TextControlCharacter, "name"));
    }
    findings
}

/// Whether the character reorders the text around it (UAX 9), by which one
/// name can be shown as another.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text without what stands between parentheses, and that.
fn take_nickname(text: &str) -> (String, Option<String>) {
    let (mut outside, mut inside, mut depth) = (String::new(), String::new(), 0_u32);
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => {
                outside.push(c);
                continue;
            }
            _ => {
                inside.push(c);
                continue;
            }
        }
        outside.push(' ');
        inside.push(' ');
    }
    (outside, join(inside.split_whitespace()))
}

/// `Last, First` in its two halves. A comma before a suffix parts nothing:
/// `John Smith, Jr.` and `Smith, John, Jr.`
fn split_at_comma(text: &str) -> (String, Option<String>) {
    let mut parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let suffix = match parts.last() {
        Some(last) if parts.len() > 1 && is_suffix(last) => parts.pop(),
        _ => None,
    };
    let mut parts = parts.into_iter();
    let mut before = parts.next().unwrap_or_default().to_owned();
    let after = join(parts.flat_map(str::split_whitespace));
    if let Some(suffix) = suffix {
        before.push(' ');
        before.push_str(suffix);
    }
    (before, after)
}

/// `First Middle Last`.
fn split_words(words: &[&str]) -> PersonName {
    let mut names = words.len();
    while names > 2 && words.get(names - 1).is_some_and(|word| is_suffix(word)) {
        names -= 1;
    }
    let mut start = names.saturating_sub(1);
    while start > 0 && words.get(start - 1).is_some_and(|word| is_particle(word)) {
        // A first name may be spelled like a particle: Van Nguyen. One that
        // begins with a small letter is not a first name: van Gogh.
        if start == 1 && words.first().is_some_and(|word| word.starts_with(char::is_uppercase)) {
            break;
        }
        start -= 1;
    }
    let (given, last) = words.split_at_checked(start).unwrap_or((words, &[]));
    let mut given = given.iter().copied();
    PersonName {
        first: given.next().map(str::to_owned),
        middle: join(given),
        last: join(last.iter().copied()),
        nickname: None,
    }
}

fn is_particle(word: &str) -> bool {
    listed(word, PARTICLES)
}

fn is_suffix(word: &str) -> bool {
    listed(word, SUFFIXES)
}

fn listed(word: &str, list: &[&str]) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    list.contains(&word.as_str())
}

/// The words with one blank between them, or nothing where there are none.
fn join<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let joined = words.into_iter().collect::<Vec<_>>().join(" ");
    (!joined.is_empty()).then_some(joined)
}

/// NFKC, case-folded, blanks folded.
fn fold(text: &str) -> String {
    let folded: String = text.nfkd().default_case_fold().nfkc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}
