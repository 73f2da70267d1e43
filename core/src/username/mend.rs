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
/// that are in no brackets may be a part of it, and then none is told, unless it
/// begins with one of them: `Erin Bar erin@example.com`.
pub(super) fn email(text: &str, is_one: impl Fn(&str) -> bool) -> Option<Meant> {
    let plain = plain(text);
    if !plain.contains('@') {
        return None;
    }
    let apart = |c: char| c.is_whitespace() || "<>()[]\";,|“”«»".contains(c);
    let pieces = plain.split(apart).flat_map(|piece| {
        // A slash may stand before an `@`.
        let several = piece.matches('@').count() > 1;
        piece.split(move |c| several && c == '/')
    });
    let all: Vec<String> = pieces.map(bare).filter(|piece| is_one(piece)).collect();
    let repeated = all.len() > 1;
    let found = distinct(all.into_iter());
    // "erin,bar@example.com": what stands before the comma may be its beginning.
    let cut = |address: &String| {
        plain.split_once(address.as_str()).is_some_and(|(before, _)| {
            let before = before.trim_end_matches(['(', '<', '"', '“']);
            let left = before.strip_suffix([',', ';']).unwrap_or_default();
            left.ends_with(char::is_alphanumeric) && !left.contains('@')
        })
    };
    if found.len() == 1 && found.iter().any(cut) {
        return None;
    }
    let bracketed = plain.contains('<') && plain.contains('>');
    let enclosed =
        |address: &String| plain.contains(&format!("({address})")) || plain.contains(&format!("[{address}]"));
    let outside = || plain.split(['(', ')', '[', ']']).step_by(2).flat_map(str::split_whitespace);
    let beside = || {
        let words = outside().filter(|word| word.chars().any(char::is_alphanumeric));
        words.filter(|word| !word.ends_with(':')).count()
    };
    let named = |address: &String| {
        let local = address.split('@').next().unwrap_or_default().to_lowercase();
        outside().any(|word| word.len() > 2 && !word.contains('@') && local.starts_with(&word.to_lowercase()))
    };
    let sure = bracketed || repeated || found.iter().any(enclosed) || beside() < 2 || found.iter().any(named);
    if found.len() > 1 || !found.is_empty() && sure {
        return told(found);
    }
    if !found.is_empty() {
        return None;
    }
    let closed = plain.replace(" @", "@").replace("@ ", "@").replace("@@", "@").replace(',', ".");
    let closed = closed.trim().trim_end_matches(['.', '>']).trim_start_matches('<');
    // A comma within it stands for no dot before the `@`.
    let dotted = plain.split('@').next().is_some_and(|local| local.contains(','));
    (!dotted && is_one(closed)).then(|| Meant::One(closed.to_owned()))
}

/// A piece of a text without what programs put before and behind an address.
fn bare(piece: &str) -> String {
    let (before, rest) = piece.split_once(':').unwrap_or(("", piece));
    let scheme = matches!(before.to_lowercase().as_str(), "mailto" | "smtp" | "email" | "e-mail" | "correo");
    let piece = if scheme { rest } else { piece };
    let piece = piece.split_once('?').map_or(piece, |(address, _)| if scheme { address } else { piece });
    let piece = piece.trim_start_matches(['/', '*', '#', '•', '‘', '’']);
    piece.trim_end_matches(['.', ':', '\'', '*', '‘', '’']).trim_start_matches('\'').to_owned()
}

/// The numbers in a text, those that `is_one`: of `tel:+12125550142`,
/// `Cell: 212-555-0142`, `212-555-0142 x11`.
pub(super) fn phone(text: &str, is_one: impl Fn(&str) -> bool) -> Option<Meant> {
    let plain = plain(text).to_lowercase();
    let parted = labelled(&plain);
    let parts = parted
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

/// The text with a stroke for each word that says whose number follows: `C: … H: …`.
fn labelled(text: &str) -> Cow<'_, str> {
    let is_label = |word: &str| {
        word.strip_suffix(':').is_some_and(|word| !word.is_empty() && word.chars().all(char::is_alphabetic))
    };
    if text.split_whitespace().filter(|word| is_label(word)).count() < 2 {
        return Cow::Borrowed(text);
    }
    let word = |word: &str| if is_label(word) { ";".to_owned() } else { format!("{word} ") };
    Cow::Owned(text.split_whitespace().map(word).collect())
}

/// The number of a text, without words about it. A letter within digits is of
/// no word: `2.1E9`.
fn number(text: &str, is_one: impl Fn(&str) -> bool) -> Option<String> {
    let text = text.trim();
    let text = text.strip_suffix(".0").unwrap_or(text).replace("(0)", "");
    let text = without_letter(&text);
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

/// The text without the letter that says where the phone is: `212-555-0142c`,
/// `h-212-555-0142`.
fn without_letter(text: &str) -> &str {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '(' || c == ' ');
    let sort = ['c', 'h', 'w', 'm', 't'];
    let behind = text.strip_suffix(sort).filter(|rest| digit(rest.chars().next_back()));
    let before = text
        .strip_prefix(sort)
        .map(|rest| rest.trim_start_matches(['-', '.']))
        .filter(|rest| digit(rest.chars().next()));
    behind.or(before).unwrap_or(text)
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
