//! The house pattern of staff names (rule U3).

use super::letters::{Letters, MOST_LETTERS};
use super::logon::may_stand;
use crate::finding::{Checked, Code, Finding};
use crate::name::PersonName;

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
        match self.render(&prefix.to_ascii_lowercase(), &letters, Variation::Plain, max_length) {
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
    /// there is no room for it. The prefix is in lower case.
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
                Part::Prefix => line.part(part, prefix),
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
struct Line<'a> {
    texts: Vec<(Option<Part>, &'a str)>,
    /// Literals that wait for a part that is not empty.
    waiting: Vec<&'a str>,
    /// Whether the part before was empty.
    gap: bool,
}

impl<'a> Line<'a> {
    fn literal(&mut self, text: &'a str) {
        if !self.gap {
            self.waiting.push(text);
        }
    }

    fn part(&mut self, part: Part, text: &'a str) {
        self.gap = text.is_empty();
        if !self.gap {
            self.texts.extend(self.waiting.drain(..).map(|literal| (None, literal)));
            self.texts.push((Some(part), text));
        }
    }

    /// The whole, cut to a length in that order, each part to one letter.
    fn finish(mut self, order: &[Part], max_length: usize) -> Option<String> {
        if !self.gap {
            self.texts.extend(self.waiting.drain(..).map(|literal| (None, literal)));
        }
        let length: usize = self.texts.iter().map(|(_, text)| text.len()).sum();
        let mut over = length.saturating_sub(max_length);
        for part in order {
            for (_, text) in self.texts.iter_mut().filter(|(of, _)| *of == Some(*part)) {
                let cut = over.min(text.len().saturating_sub(1));
                *text = head(text, text.len() - cut);
                over -= cut;
            }
        }
        let length = self.texts.iter().map(|(_, text)| text.len()).sum();
        (over == 0).then(|| self.texts.iter().fold(String::with_capacity(length), |name, (_, text)| name + text))
    }
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
