//! What a citation of a rule looks like: `(U4)`, `(E3, E4)`, `rules U1 to U6`,
//! `families U2`; and what only looks like one: `E.164`, `SUM(A1)`, `P-256`.

use std::collections::BTreeSet;

/// One rule in a line of text: a letter, and a number unless the letter is
/// meant as a whole.
struct Item {
    letter: char,
    number: Option<u8>,
    /// The position after it.
    end: usize,
}

/// The rules that a line of prose cites, a range as all rules in it.
///
/// A letter with a number is a citation wherever it stands as a word, if it is
/// one of `letters`, the rulebook's own. After `(` or `rule` any letter with a
/// number is one, so that a slip of the pen is found; a letter as a whole is
/// one only there, since elsewhere it is a word, an initial or a type.
pub fn citations(line: &str, letters: &BTreeSet<char>) -> Vec<String> {
    let text: Vec<char> = line.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if let Some((start, named)) = list(&text, at) {
            let end = items(&text, start, named, letters, &mut found);
            if end > start {
                at = end;
                continue;
            }
        }
        match item(&text, at) {
            Some(Item { letter, number: Some(number), end }) if letters.contains(&letter) && begins(&text, at) => {
                found.push(format!("{letter}{number}"));
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// Where a list of rules may start, if what leads to one stands here; and
/// whether the word "rule" does.
fn list(text: &[char], at: usize) -> Option<(usize, bool)> {
    let opens = text[at] == '(' && at.checked_sub(1).is_none_or(|before| " [\"".contains(text[before]));
    let start = if opens { at + 1 } else { at };
    for word in ["rules ", "rule ", "Rules ", "Rule "] {
        let end = start + word.len();
        let own = opens || at.checked_sub(1).is_none_or(|before| !text[before].is_alphanumeric());
        if own && text.get(start..end).is_some_and(|part| part.iter().copied().eq(word.chars())) {
            return Some((end, true));
        }
    }
    opens.then_some((start, false))
}

/// Reads as many items as there are, and returns where they end.
fn items(text: &[char], start: usize, named: bool, letters: &BTreeSet<char>, found: &mut Vec<String>) -> usize {
    let (mut at, mut end, mut from) = (start, start, None);
    while let Some(item) = item(text, at) {
        let Item { letter, number, .. } = item;
        let next = separator(text, item.end);
        match number {
            Some(last) => {
                let first = match from {
                    Some((before, first)) if before == letter => first,
                    _ => last,
                };
                found.extend((first.min(last)..=last).map(|number| format!("{letter}{number}")));
            }
            None if (named || letters.contains(&letter)) && ends_whole(text, item.end) => {
                found.push(letter.to_string())
            }
            None => break,
        }
        end = item.end;
        let Some((after, range)) = next else { break };
        from = number.filter(|_| range).map(|number| (letter, number + 1));
        at = after;
    }
    end
}

/// A capital letter with up to two digits, at its end a word's end.
fn item(text: &[char], at: usize) -> Option<Item> {
    let letter = *text.get(at).filter(|letter| letter.is_ascii_uppercase())?;
    let digits: String = text[at + 1..].iter().take_while(|digit| digit.is_ascii_digit()).collect();
    let number = if digits.is_empty() { None } else { Some(digits.parse().ok().filter(|number| *number < 100)?) };
    let end = at + 1 + digits.len();
    let rest = [text.get(end), text.get(end + 1)];
    let ended = match rest[0] {
        None => true,
        Some(' ' | ',' | ';' | ')' | ']') => true,
        Some('.' | ':') => matches!(rest[1], None | Some(' ' | ')')),
        Some('\'' | '’') => rest[1] == Some(&'s'),
        Some(_) => false,
    };
    ended.then_some(Item { letter, number, end })
}

/// Whether a word begins here.
fn begins(text: &[char], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    match text[before] {
        '(' => before.checked_sub(1).is_none_or(|before| " [\"".contains(text[before])),
        other => other == ' ' || other == '[',
    }
}

/// Whether a letter that ends here can be a rule as a whole: what follows is a
/// mark, or goes on with another rule ("I think" is none).
fn ends_whole(text: &[char], end: usize) -> bool {
    text.get(end) != Some(&' ') || separator(text, end).is_some_and(|(next, _)| item(text, next).is_some())
}

/// Where the next item of a list stands, and whether what is between is a
/// range.
fn separator(text: &[char], at: usize) -> Option<(usize, bool)> {
    [(", ", false), ("; ", false), (" and ", false), (", and ", false), (" or ", false), (" to ", true)]
        .into_iter()
        .filter(|(word, _)| text.get(at..at + word.len()).is_some_and(|part| part.iter().copied().eq(word.chars())))
        .map(|(word, range)| (at + word.len(), range))
        .next_back()
}

/// The prose in a line of a file with that ending: comments of code, all of
/// what is written to be read (in Python docstrings are).
pub fn prose<'a>(ending: &str, line: &'a str) -> &'a str {
    let marks: &[&str] = match ending {
        "md" | "py" | "pyi" => return line,
        "sql" => &["--"],
        _ if line.trim_start().starts_with('*') => return line,
        _ => &["//", "/*"],
    };
    marks.iter().filter_map(|mark| line.find(mark)).min().map_or("", |start| &line[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(line: &str) -> String {
        citations(line, &"ABCEHINPQRSUV".chars().collect()).join(" ")
    }

    #[test]
    fn citations_are_found() {
        for (line, rules) in [
            ("//! Rosters (B): read from anything (U4).", "B U4"),
            ("//! Sign-in (E3, E4).", "E3 E4"),
            ("/// what is due (rule U4); or (rules U4, U6)", "U4 U4 U6"),
            ("//! Usernames (rules U1 to U4): e-mail", "U1 U2 U3 U4"),
            ("The facts of one invitation (I2, I5 to I7).", "I2 I5 I6 I7"),
            ("//! Passwords and security questions (rules P and Q).", "P Q"),
            ("//! Parties, ties, roles (R, V, I4).", "R V I4"),
            ("/// (rule R, S1). It is theirs", "R S1"),
            ("/// and each by rule V.", "V"),
            ("/// The scheme of a role: families U2, office staff U3, all others U1.", "U2 U3 U1"),
            ("/// U5, and the e-mail of U1.", "U5 U1"),
            ("//! What an invitation is sent to (I1,", "I1"),
            ("//! I4, I9).", "I4 I9"),
            ("/// S2's rule, and the house style of U3.", "S2 U3"),
            ("\"\"\"The security questions (Q1).\"\"\"", "Q1"),
            ("/// (V, [`snapshot`](crate::snapshot)): as", "V"),
            ("see [U4](rulebook.md#u4), ([I10](rulebook.md#i10))", "U4 I10"),
            ("/// Argon2id (P6, RFC 9106), of rule I.", "P6 I"),
            // Slips of the pen: nothing has these names, so that each is reported.
            ("/// No such rule (U7), (X1), nor rule Z.", "U7 X1 Z"),
        ] {
            assert_eq!(cited(line), rules, "{line}");
        }
    }

    #[test]
    fn what_is_none_is_not_found() {
        for line in [
            "a phone number in E.164 (E.164), as E164",
            "application A-1, \"A-0417\" or (A-1)",
            "\"@SUM(A1)\", =A1, A1:B2, $A$1, cell=A1",
            "45 CFR 164.308(a)(5)(ii)(D), 164.308(a)(3)(ii)(C)",
            "fn map<R>(read: impl Fn(R) -> V) -> Result<(U, V), E>",
            "P-256 and P256, H264, U2F, N-API 8, UTF8, an M4 and an L1 cache",
            "U+00E9 and \\u{E9}, 0xA1, #B2, `U3`, x.E1, /A1/, A1_B2",
            "A family (I think) asked rule I follow. A rule A person made.",
            "Plan B, vitamin C, generic over (T), (K, V)",
            "ties of X, rules of Y, molecule A1x and capsule(A)",
        ] {
            assert_eq!(cited(line), "", "{line}");
        }
    }

    #[test]
    fn prose_is_comments_and_pages() {
        assert_eq!(prose("rs", "    let a1 = b; // as (U4) says"), "// as (U4) says");
        assert_eq!(prose("ts", "  /** Its state (E2). */"), "/** Its state (E2). */");
        assert_eq!(prose("ts", "   * Its state (E2)."), "   * Its state (E2).");
        assert_eq!(prose("rs", "Err((U4, U5))"), "");
        assert_eq!(prose("sql", "id BLOB -- its party (A2)"), "-- its party (A2)");
        assert_eq!(prose("md", "any (U4)"), "any (U4)");
    }
}
