//! Names of the office staff: the house pattern, and what a Windows logon
//! name may be (rule U3).

use unicode_normalization::UnicodeNormalization;

use crate::finding::{Checked, Code, Finding};
use crate::name::PersonName;

/// What a Windows logon name may not contain.
const FORBIDDEN: &str = r#""/\[]:;|=,+*?<>@"#;

/// As many letters of a name as any policy could use.
const MOST_LETTERS: usize = 64;

/// The house pattern of staff names (rule U3), `{prefix}{first:1}{last}` by
/// default.
///
/// Parts are `{prefix}`, `{first}`, `{middle}` and `{last}`, the names each
/// with an optional length, `{first:1}`; between them stands any character
/// that a Windows logon name may have. A character between two parts is left
/// out with a part that is empty: without a middle name,
/// `{first:1}.{middle:1}.{last}` gives `f.conner`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffPattern(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Part(Part, usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Prefix,
    First,
    Middle,
    Last,
}

/// How a name is to differ from the plain one (rule U5).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Variation {
    /// Not at all.
    Plain,
    /// With the initial of the middle name after the first name.
    MiddleInitial,
    /// With this many letters of the first name.
    FirstLetters(usize),
    /// With this number after it.
    Number(u64),
}

impl StaffPattern {
    /// Reads a pattern.
    ///
    /// Findings, on the field `username.staff_pattern`: `policy.pattern`
    /// where a part is unknown, has a length outside 1 to 64 or stands twice,
    /// no part is a name, a character may not stand in a logon name, or the
    /// last is a dot.
    ///
    /// ```
    /// use carekey::name::PersonName;
    /// use carekey::username::StaffPattern;
    ///
    /// let name = PersonName::parse("O'Brien-Lee, Máire").into_result()?;
    /// let house = StaffPattern::parse("{prefix}{first:1}{last}").into_result()?;
    /// assert_eq!(house.name_for("104", &name, 20).into_result()?, "104mobrienlee");
    ///
    /// let other = StaffPattern::parse("{first}.{last}").into_result()?;
    /// assert_eq!(other.name_for("", &name, 20).into_result()?, "maire.obrienlee");
    /// # Ok::<(), carekey::Error>(())
    /// ```
    pub fn parse(pattern: &str) -> Checked<Self> {
        match read_pieces(pattern) {
            Some(pieces) => Checked::pass(Self(pieces)),
            None => Checked::fail(Finding::new(Code::PolicyPattern, "username.staff_pattern")),
        }
    }

    /// The plain name of a person in this pattern, in lower-case ASCII and at
    /// most `max_length` characters: the last name is cut first.
    ///
    /// Accents go and other scripts are transliterated; marks and blanks
    /// within a name are dropped. Who has one name has it whole.
    ///
    /// Findings, on the field `name`: `name.missing`, `name.no_letters`; on
    /// `username`: `username.too_long` where the prefix leaves no room.
    pub fn name_for(&self, prefix: &str, name: &PersonName, max_length: u32) -> Checked<String> {
        let letters = match Letters::of(name) {
            Ok(letters) => letters,
            Err(finding) => return Checked::fail(finding),
        };
        match self.render(prefix, &letters, Variation::Plain, max_length) {
            Some(name) => Checked::pass(name),
            None => Checked::fail(
                Finding::new(Code::UsernameTooLong, "username")
                    .with("limit", max_length)
                    .with("length", prefix.chars().count() + self.fewest()),
            ),
        }
    }

    /// The fewest characters that a name has beside its prefix: all that
    /// stands between the parts, and one letter of each name.
    pub(super) fn fewest(&self) -> usize {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Literal(text) => text.len(),
                Piece::Part(Part::Prefix, _) => 0,
                Piece::Part(..) => 1,
            })
            .sum()
    }

    /// How many letters of the first name stand in the plain name.
    pub(super) fn first_length(&self) -> Option<usize> {
        self.0.iter().find_map(|piece| match piece {
            Piece::Part(Part::First, length) => Some(*length),
            _ => None,
        })
    }

    fn has(&self, wanted: Part) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Part(part, _) if *part == wanted))
    }

    /// The name with that variation, or nothing where it does not apply or
    /// there is no room for it.
    pub(super) fn render(
        &self,
        prefix: &str,
        letters: &Letters,
        variation: Variation,
        max_length: u32,
    ) -> Option<String> {
        let max_length = usize::try_from(max_length).unwrap_or(usize::MAX);
        let number = match variation {
            Variation::Number(number) => number.to_string(),
            _ => String::new(),
        };
        if variation == Variation::MiddleInitial
            && (letters.first.is_empty() || letters.middle.is_empty() || self.has(Part::Middle))
        {
            return None;
        }
        let whole = letters.first.is_empty();
        let mut line = Line::default();
        for piece in &self.0 {
            let (part, length) = match piece {
                Piece::Literal(text) => {
                    line.literal(text);
                    continue;
                }
                Piece::Part(part, length) => (*part, *length),
            };
            match part {
                Part::Prefix => line.part(part, &prefix.to_ascii_lowercase()),
                // The one name of a person, where the pattern has no last name.
                Part::First if whole && !self.has(Part::Last) => line.part(part, &letters.last),
                Part::First => {
                    let length = match variation {
                        Variation::FirstLetters(more) => more,
                        _ => length,
                    };
                    line.part(part, head(&letters.first, length));
                    if variation == Variation::MiddleInitial {
                        line.part(Part::Middle, head(&letters.middle, 1));
                    }
                }
                Part::Middle => line.part(part, head(&letters.middle, length)),
                Part::Last => line.part(part, head(&letters.last, if whole { MOST_LETTERS } else { length })),
            }
        }
        let order: &[Part] = match variation {
            // Letters that make the difference are not cut again.
            Variation::FirstLetters(_) | Variation::MiddleInitial => &[Part::Last],
            _ => &[Part::Last, Part::First, Part::Middle],
        };
        line.finish(order, max_length.checked_sub(number.len())?).map(|name| name + &number)
    }
}

/// A name being put together.
#[derive(Default)]
struct Line {
    texts: Vec<(Option<Part>, String)>,
    /// A literal that waits for a part that is not empty.
    waiting: String,
    /// Whether the part before was empty.
    gap: bool,
}

impl Line {
    fn literal(&mut self, text: &str) {
        if !self.gap {
            self.waiting.push_str(text);
        }
    }

    fn part(&mut self, part: Part, text: &str) {
        self.gap = text.is_empty();
        if !self.gap {
            self.texts.push((None, core::mem::take(&mut self.waiting)));
            self.texts.push((Some(part), text.to_owned()));
        }
    }

    /// The whole, cut to a length in that order, each part to one letter.
    fn finish(mut self, order: &[Part], max_length: usize) -> Option<String> {
        if !self.gap {
            self.texts.push((None, self.waiting));
        }
        let length: usize = self.texts.iter().map(|(_, text)| text.len()).sum();
        let mut over = length.saturating_sub(max_length);
        for part in order {
            for (_, text) in self.texts.iter_mut().filter(|(of, _)| *of == Some(*part)) {
                let cut = over.min(text.len().saturating_sub(1));
                text.truncate(text.len() - cut);
                over -= cut;
            }
        }
        (over == 0).then(|| self.texts.into_iter().map(|(_, text)| text).collect())
    }
}

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

/// The first letters of an ASCII text.
fn head(text: &str, length: usize) -> &str {
    text.get(..length).unwrap_or(text)
}

fn read_pieces(pattern: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    loop {
        let (literal, after) = rest.split_once('{').map_or((rest, None), |(literal, after)| (literal, Some(after)));
        if !literal.is_empty() {
            if !literal.chars().all(may_stand) || literal.contains('}') {
                return None;
            }
            pieces.push(Piece::Literal(literal.to_ascii_lowercase()));
        }
        let Some(after) = after else { break };
        let (inside, tail) = after.split_once('}')?;
        let part = read_part(inside)?;
        if pieces.iter().any(|piece| matches!((piece, &part), (Piece::Part(a, _), Piece::Part(b, _)) if a == b)) {
            return None;
        }
        pieces.push(part);
        rest = tail;
    }
    let named = pieces.iter().any(|piece| matches!(piece, Piece::Part(Part::First | Part::Last, _)));
    (named && !pattern.ends_with('.')).then_some(pieces)
}

fn read_part(inside: &str) -> Option<Piece> {
    let (word, length) = match inside.split_once(':') {
        Some((word, length)) => {
            let length = length.parse().ok().filter(|length| (1..=MOST_LETTERS).contains(length))?;
            (word, Some(length))
        }
        None => (inside, None),
    };
    let part = match word {
        "prefix" if length.is_none() => Part::Prefix,
        "first" => Part::First,
        "middle" => Part::Middle,
        "last" => Part::Last,
        _ => return None,
    };
    Some(Piece::Part(part, length.unwrap_or(MOST_LETTERS)))
}

/// Whether a character may stand in a staff name.
fn may_stand(c: char) -> bool {
    c.is_ascii_graphic() && !FORBIDDEN.contains(c)
}

/// Reads a staff name that someone typed (rule U3): a Windows logon name in
/// ASCII without blanks. The value is in lower case.
///
/// Findings, on the field `username`, in this order: `username.missing`,
/// `username.too_long`, `username.forbidden_character` for each such
/// character once (one that cannot be shown as `U+0020`),
/// `username.ends_with_dot`.
///
/// ```
/// use carekey::username::check_staff_name;
///
/// assert_eq!(check_staff_name("104FConner", 20).into_result()?, "104fconner");
/// assert!(check_staff_name("104:fconner", 20).value.is_none());
/// # Ok::<(), carekey::Error>(())
/// ```
pub fn check_staff_name(typed: &str, max_length: u32) -> Checked<String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Checked::fail(Finding::new(Code::UsernameMissing, "username"));
    }
    let mut findings = Vec::new();
    let length = typed.chars().count();
    if length > usize::try_from(max_length).unwrap_or(usize::MAX) {
        findings.push(Finding::new(Code::UsernameTooLong, "username").with("limit", max_length).with("length", length));
    }
    let mut seen = Vec::new();
    // A text of megabytes has more characters than anyone wants to be told.
    for c in typed.chars().take(READ_LIMIT).filter(|c| !may_stand(*c)) {
        if !seen.contains(&c) {
            seen.push(c);
            findings.push(Finding::new(Code::UsernameForbiddenCharacter, "username").with("character", shown(c)));
        }
    }
    if typed.ends_with('.') {
        findings.push(Finding::new(Code::UsernameEndsWithDot, "username"));
    }
    if findings.is_empty() { Checked::pass(typed.to_ascii_lowercase()) } else { Checked { value: None, findings } }
}

/// How many characters of a typed name are looked at one by one.
const READ_LIMIT: usize = 256;

fn shown(c: char) -> String {
    if c.is_alphanumeric() || c.is_ascii_graphic() { c.to_string() } else { format!("U+{:04X}", u32::from(c)) }
}
