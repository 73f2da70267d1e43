//! What a text with more than an address or a number in it was meant to hold
//! (B): nothing is taken from it, it is suggested.

use std::borrow::Cow;

/// What was meant by a text that is no address or no number itself.
pub(super) enum Meant {
    /// One, with something about it.
    One(String),
    /// Several: how many, and the first.
    Several(usize, String),
    /// A number with an extension.
    Extension(String),
}

/// The addresses in a text, those that `is_one`: of `Erin <e@example.com>`,
/// `mailto:e@example.com`, `e@example.com; f@example.com`. Words beside one
/// that are in no brackets may be a part of it, and then none is told.
pub(super) fn email(text: &str, is_one: impl Fn(&str) -> bool) -> Option<Meant> {
    let plain = plain(text);
    if !plain.contains('@') {
        return None;
    }
    let apart = |c: char| c.is_whitespace() || "<>()[]\";,|".contains(c);
    let pieces = plain.split(apart).flat_map(|piece| {
        // A slash may stand before an `@`.
        let several = piece.matches('@').count() > 1;
        piece.split(move |c| several && c == '/')
    });
    let bare = |piece: &str| -> String {
        let piece = piece.strip_prefix("mailto:").or_else(|| piece.strip_prefix("MAILTO:")).unwrap_or(piece);
        let piece = piece.trim_start_matches('/');
        piece.trim_end_matches(['.', ':', '\'']).trim_start_matches('\'').to_owned()
    };
    let all: Vec<String> = pieces.map(bare).filter(|piece| is_one(piece)).collect();
    let repeated = all.len() > 1;
    let found = distinct(all.into_iter());
    let bracketed = plain.contains('<') && plain.contains('>');
    let beside = || {
        let outside = plain.split(['(', ')', '[', ']']).step_by(2);
        let words = outside.flat_map(str::split_whitespace).filter(|word| word.chars().any(char::is_alphanumeric));
        words.filter(|word| !word.ends_with(':')).count()
    };
    if found.len() > 1 || !found.is_empty() && (bracketed || repeated || beside() < 2) {
        return told(found);
    }
    if !found.is_empty() {
        return None;
    }
    let closed = plain.replace(" @", "@").replace("@ ", "@").replace("@@", "@").replace(',', ".");
    let closed = closed.trim().trim_end_matches(['.', '>']).trim_start_matches('<');
    is_one(closed).then(|| Meant::One(closed.to_owned()))
}

/// The numbers in a text, those that `is_one`: of `tel:+12125550142`,
/// `Cell: 212-555-0142`, `212-555-0142 x11`.
pub(super) fn phone(text: &str, is_one: impl Fn(&str) -> bool) -> Option<Meant> {
    let plain = plain(text).to_lowercase();
    let parts = plain
        .split([';', '/', '|', '\n', ','])
        .flat_map(|part| part.split(" or "))
        .flat_map(|part| part.split(" and "));
    let found = distinct(parts.filter_map(|part| number(part, &is_one)));
    if found.len() > 1 {
        return told(found);
    }
    let mark = |c: char| c.is_alphabetic() || matches!(c, '#' | '*' | ',' | ';');
    let (before, after) = plain.split_at(plain.find(mark).unwrap_or(plain.len()));
    let marks = [
        "extension",
        "extensión",
        "ext.:",
        "ext:",
        "ext.",
        "ext",
        "interno",
        "int.",
        "int",
        "anexo",
        "x",
        "p",
        "#",
        "*",
        ",,",
        ",",
        ";ext=",
        ";",
    ];
    let inner = marks.iter().find_map(|mark| after.strip_prefix(mark)).map(str::trim);
    let is_inner =
        inner.is_some_and(|inner| (1..=6).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_digit()));
    let before = before.trim_end_matches([' ', '-', '.', ',']);
    if is_inner && is_one(before) {
        return Some(Meant::Extension(before.to_owned()));
    }
    let grouped = plain.replace(',', "");
    told(found).or_else(|| number(&grouped, &is_one).map(Meant::One))
}

/// The number of a text, without words about it. A letter within digits is of
/// no word: `2.1E9`.
fn number(text: &str, is_one: impl Fn(&str) -> bool) -> Option<String> {
    let text = text.trim();
    let text = text.strip_suffix(".0").unwrap_or(text).replace("(0)", "");
    let letters = |c: char| c.is_alphabetic() || c == ':';
    let word = |word: &str| word.chars().any(|c| c.is_ascii_digit()) && word.chars().any(char::is_alphabetic);
    if text.split([' ', ':', '(', ')']).any(word) {
        return None;
    }
    let bare: String = text.chars().filter(|c| !letters(*c)).collect();
    let bare = bare.replace("()", "");
    let bare = bare.trim_matches([' ', '.', '-', '\'', '"', '<', '>', '*']);
    is_one(bare).then(|| bare.to_owned())
}

fn distinct(found: impl Iterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for one in found {
        if !out.iter().any(|other| other.eq_ignore_ascii_case(&one)) {
            out.push(one);
        }
    }
    out
}

fn told(found: Vec<String>) -> Option<Meant> {
    let count = found.len();
    let first = found.into_iter().next()?;
    Some(if count > 1 { Meant::Several(count, first) } else { Meant::One(first) })
}

/// The text in the letters that are typed, of full width or not, without those
/// that are not seen.
fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c if c.is_whitespace() => ' ',
        c => c,
    };
    Cow::Owned(text.chars().filter(|c| !super::email::is_ignorable(*c)).map(narrow).collect())
}
