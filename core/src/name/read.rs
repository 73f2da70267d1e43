//! From a text to the parts of a name, and what in it is none.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::words::{
    ASKED, BEHIND, BETWEEN, CERTAIN, FRONTED, GROUPS, MARKS, NOBODY, OF_A_GROUP, RELATIVES, REMARKS, TRIED, WORK,
    has_vowel, is_capital, is_credential, is_particle, is_shaped, is_suffix, is_title,
};
use super::{PersonName, join};
use crate::finding::{Checked, Code, Finding};

/// The most characters that a whole name may have.
const LIMIT: usize = 200;

/// Reads a name of one text.
pub(super) fn whole(text: &str) -> Checked<PersonName> {
    let findings = faults(text);
    if !findings.is_empty() {
        return Checked { value: None, findings };
    }
    let mut aside = Vec::new();
    let text = if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) };
    let text = unescaped(&text, &mut aside);
    let text = without_tags(&text, &mut aside);
    let text = enclosed(&text);
    if let Some(code) = nobody(text) {
        return Checked::fail(Finding::new(code, "name"));
    }
    let text = unslashed(text);
    let text = in_brackets(&text);
    let (outside, nickname) = take_nickname(&text, &mut aside);
    let outside = without_signs(&outside, &mut aside);
    let outside = without_numbers(&outside, &mut aside);
    let outside = without_work(&outside, &mut aside);
    let outside = without_mark(&outside, &mut aside);
    let outside = without_more(&outside, &mut aside);
    let outside = without_remarks(&outside, &mut aside);
    let outside = without_credentials(&outside, 2, &mut aside);
    let (before, after) = split_at_comma(&outside);
    let unclear = match &after {
        Some(after) => unclear(&before, after),
        None => strange(&before),
    };
    if let Some(unclear) = unclear {
        return Checked::fail(Finding::new(Code::NameUnclear, "name").with("text", unclear));
    }
    let mut name = match after {
        Some(after) => {
            let given = without_title(&after, &mut aside);
            let words: Vec<&str> = given.split_whitespace().collect();
            // "Smith, John Jr."; a letter alone is an initial there.
            let (given, suffix) = match words.split_last() {
                Some((end, given)) if !given.is_empty() && end.len() > 1 && is_suffix(end) => (given, Some(*end)),
                _ => (words.as_slice(), None),
            };
            let mut given = given.iter().copied();
            let first = given.next().map(str::to_owned);
            let last = join(before.split_whitespace().chain(suffix));
            PersonName { first, middle: join(given), last, nickname: None }
        }
        None => split_words(&without_title(&before, &mut aside).split_whitespace().collect::<Vec<_>>()),
    };
    name.nickname = nickname;
    if name.last.is_none() {
        // "(Sue)" and "Sue," have one name, and one name is a last name.
        name.last = name.first.take().or_else(|| name.nickname.take());
    }
    if name.first.is_none() {
        name.last = name.last.take().and_then(|last| named(last, true, &mut aside));
    }
    let mut findings = said(aside);
    if name.last.is_none() {
        findings.push(Finding::new(Code::NameMissing, "name"));
        return Checked { value: None, findings };
    }
    Checked { value: Some(name), findings }
}

/// Reads the parts of a name that came apart.
pub(super) fn parts(name: PersonName) -> (PersonName, Vec<Finding>) {
    let mut aside = Vec::new();
    let mut called = None;
    let shown = join([&name.first, &name.middle].into_iter().flatten().map(String::as_str));
    let of = |text: &Option<String>| text.as_deref().and_then(not_one);
    // "y" stands between two last names of one person.
    let last = name.last.as_ref().map(|last| if shown.is_some() { last.replace(" y ", " ") } else { last.clone() });
    let whole = join([&shown, &last].into_iter().flatten().map(String::as_str));
    // Of one who is nobody, all of the name tells: Test is a last name too.
    let none =
        || whole.as_deref().and_then(nobody).filter(|_| whole.as_deref().is_some_and(|whole| not_one(whole).is_none()));
    let code = of(&shown).filter(|code| *code == Code::NameSeveral).or_else(|| of(&last)).or_else(none);
    let mut tidy = |part: Option<String>, given: bool| {
        let part = part?;
        let part = unescaped(&part, &mut aside);
        let part = without_tags(&part, &mut aside);
        let part = unslashed(&part);
        let part = in_brackets(&part);
        let (outside, nickname) = take_nickname(&part, &mut aside);
        if let Some(nickname) = nickname {
            called.get_or_insert(nickname);
        }
        let outside = without_signs(&outside, &mut aside);
        let outside = without_numbers(&outside, &mut aside);
        let outside = without_work(&outside, &mut aside);
        let outside = without_credentials(&outside, 1, &mut aside);
        let outside = if given { without_title(&outside, &mut aside) } else { &outside };
        join(outside.split_whitespace())
    };
    let (first, middle, last) = (tidy(name.first, true), tidy(name.middle, false), tidy(name.last, false));
    let first = first.and_then(|first| named_first(first, &mut aside));
    let (last, unclear) = last.map_or((None, None), |last| last_alone(&last, first.as_deref()));
    let last = last.and_then(|last| named(last, first.is_none(), &mut aside));
    let mut findings = said(aside);
    findings.extend(code.map(|code| Finding::new(code, "name")));
    findings.extend(unclear.map(|text| Finding::new(Code::NameUnclear, "name").with("text", text)));
    (PersonName { first, middle, last, nickname: name.nickname.or(called) }, findings)
}

/// A last name of a column of its own: `Doe, Jr.` is one, and in `Roe, Pat` the
/// first name stands once more. What else stands behind a comma may be anything.
fn last_alone(text: &str, first: Option<&str>) -> (Option<String>, Option<String>) {
    let (before, after) = split_at_comma(text);
    let again = |after: &String| first.is_some_and(|first| first.to_lowercase() == after.to_lowercase());
    (join(before.split_whitespace()), after.filter(|after| !again(after)))
}

/// A last name, or nothing where it is a title, a credential or a suffix. Beside a
/// first name `MA` and `Sr` are last names.
fn named(text: String, alone: bool, aside: &mut Vec<String>) -> Option<String> {
    let none = |word: &str| match alone {
        true => is_title(word) || is_suffix(word) || is_credential(word) && is_capital(word),
        false => is_credential(word) && is_capital(word) && !is_fronted(word),
    };
    if !text.split_whitespace().all(none) {
        return Some(text);
    }
    aside.push(text);
    None
}

/// A first name of a column of its own. `JR` and `MD` are first names too.
fn named_first(text: String, aside: &mut Vec<String>) -> Option<String> {
    let credential = is_credential(&text) && is_capital(&text) && !is_fronted(&text);
    if !(is_title(&text) || credential) {
        return Some(text);
    }
    aside.push(text);
    None
}

/// What of a name is a first name or what the person has learnt: `García Márquez,
/// JD` and `Jane Doe, JD` are written alike. A particle begins a last name.
fn unclear<'a>(before: &'a str, after: &'a str) -> Option<&'a str> {
    let small = |text: &str| text.contains(char::is_lowercase);
    if is_credential(before) && is_capital(before) && !is_fronted(before) {
        return Some(before);
    }
    let words = || before.split_whitespace().filter(|word| !is_suffix(word));
    let several = words().nth(1).is_some() && !words().next().is_some_and(is_particle);
    let word = after.trim_end_matches('.');
    let capital = word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !small(word);
    let asked = || ASKED.contains(&word.replace('.', "").to_lowercase().as_str());
    (!after.contains(' ') && several && (asked() || capital && small(before))).then_some(after)
}

/// The last word of a name without a comma, where it is written as nothing else of
/// it: `Jane Doe XQZ` has a credential, `Jan Karel VLK` a last name.
fn strange(text: &str) -> Option<&str> {
    let mut words = text.split_whitespace();
    let last = words.next_back().filter(|last| !is_suffix(last))?;
    // "Wright Sue A." has the last name first.
    let initial = last.strip_suffix('.').is_some_and(|letter| letter.chars().count() == 1);
    let shaped = is_shaped(last) && text.contains(char::is_lowercase);
    (words.count() > 1 && (shaped || initial)).then_some(last)
}

fn is_fronted(word: &str) -> bool {
    FRONTED.contains(&word.to_lowercase().as_str())
}

fn said(aside: Vec<String>) -> Vec<Finding> {
    aside.into_iter().map(|text| Finding::new(Code::NameSetAside, "name").with("text", text)).collect()
}

/// Why a text is not the name of one person.
fn nobody(text: &str) -> Option<Code> {
    let folded = text.to_lowercase();
    let words = words_of(&folded);
    of_several(text, &folded, &words).or_else(|| is_nobody(&words).then_some(Code::NameNotPerson))
}

/// Why a text is not the name of one: of several, or of a family.
fn not_one(text: &str) -> Option<Code> {
    let folded = text.to_lowercase();
    of_several(text, &folded, &words_of(&folded))
}

fn of_several(text: &str, folded: &str, words: &[&str]) -> Option<Code> {
    if text.trim_start().starts_with('=') {
        return None;
    }
    if is_several(text, folded, words) {
        return Some(Code::NameSeveral);
    }
    is_group(folded, words).then_some(Code::NameNotPerson)
}

fn words_of(folded: &str) -> Vec<&str> {
    folded.split([' ', ',', '\t']).filter(|word| !word.is_empty()).collect()
}

fn is_several(text: &str, folded: &str, words: &[&str]) -> bool {
    let inner = words.get(1..words.len().saturating_sub(1)).unwrap_or_default();
    let given: Vec<&str> = match folded.split_once(',') {
        // "y" stands between last names too: Ortega y Gasset.
        Some((_, given)) => given.split_whitespace().collect(),
        None => words.iter().copied().take(2).collect(),
    };
    let spanish = given.contains(&"y") && words.len() > 2;
    // "e" stands for "y" before the same sound: Juan e Inés.
    let before_i =
        |pair: &[&str]| matches!(pair, ["e", next] if next.starts_with(['i', 'í']) || next.starts_with("hi"));
    let spanish = spanish || words.windows(2).skip(1).any(before_i);
    let bare = |word: &str| word.trim_matches(['(', ')', '[', ']']).to_uppercase();
    let slash = words.iter().any(|word| {
        word.contains('/')
            && !is_learnt(&bare(word))
            && !WORK.contains(&&*bare(word).to_lowercase())
            && !matches!(*word, "w/" | "c/o")
    });
    // An entity ends in a semicolon too.
    let apart = words.iter().any(|word| word.ends_with(';') && !word.contains('&'));
    // "POA" at the end is asked about.
    let agent = words.len() > 2 && inner.contains(&"poa");
    inner.iter().any(|word| BETWEEN.contains(word))
        || (spanish || slash || apart || agent || words.contains(&"u.") && text.contains(" u. "))
        || words.iter().any(|word| is_joined(word))
}

/// Whether what stands behind the strokes of a word is what somebody learnt:
/// `Doe/HHA`, `HHA/PCA`.
fn is_learnt(word: &str) -> bool {
    let mut pieces = word.split('/').skip(1).peekable();
    is_credential(word) || pieces.peek().is_some() && pieces.all(is_credential)
}

/// Whether it is a family, a house or an estate. Some of these words are last
/// names as well: Familia, Jeurys.
fn is_group(folded: &str, words: &[&str]) -> bool {
    if folded.contains(',') || words.len() < 2 {
        return false;
    }
    let first = words.first().map_or("", |word| word.trim_end_matches(['.', ':']));
    let last = words.last().copied().unwrap_or_default();
    let of_whom = matches!(words.get(1), Some(&"of" | &"de" | &"del" | &"to"));
    OF_A_GROUP.contains(&last)
        || GROUPS.contains(&first)
        || of_whom && (RELATIVES.contains(&first) || matches!(first, "estate" | "family"))
        || matches!(words, ["the", name] if name.ends_with('s'))
        || words.windows(2).any(|pair| matches!(pair, [whose, what] if is_whose(whose) && RELATIVES.contains(what)))
        || matches!(words, ["los", _])
}

/// `Doe's`, before what somebody is of Doe.
fn is_whose(word: &str) -> bool {
    ["'s", "’s"].iter().any(|end| word.ends_with(end))
}

/// Whether it stands where a person is yet to be found, or is none: `VACANT - RN`,
/// `Open Shift`, an address.
fn is_nobody(words: &[&str]) -> bool {
    let words: Vec<&str> =
        words.iter().map(|word| word.trim_matches(['-', '*', '.', '!', '(', ')', '[', ']', '<', '>'])).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let said = |phrase: &[&str]| match phrase {
        // A word alone: others are last names as well.
        [word] => words.iter().all(|said| said == word),
        [word, "…"] => words.first() == Some(word),
        _ => words.windows(phrase.len()).any(|said| said == phrase),
    };
    let made = |word: &&str| TRIED.iter().take(4).any(|made| made == word);
    let tried = words.iter().any(made) && words.iter().all(|word| TRIED.contains(word));
    let address = matches!(words.as_slice(), [word] if is_address(word));
    !words.is_empty() && (tried || address || NOBODY.iter().any(|phrase| said(phrase)))
}

fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(mailbox, domain)| !mailbox.is_empty() && domain.contains('.'))
}

/// Whether two names were written without blanks: `John&Mary`, `J&M`.
fn is_joined(word: &str) -> bool {
    let is_name = |text: &str| !text.is_empty() && text.chars().all(char::is_alphabetic);
    word.trim_end_matches(';').split_once(['&', '+']).is_some_and(|(one, two)| is_name(one) && is_name(two))
}

/// The text without the backslashes that some programs put before quotes.
fn unescaped<'a>(text: &'a str, aside: &mut Vec<String>) -> Cow<'a, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let plain = text.replace("\\\"", "\"").replace("\\'", "'");
    if plain.len() < text.len() {
        aside.push("\\".to_owned());
    }
    Cow::Owned(plain)
}

/// The text without what a page has around it: `<br>`.
fn without_tags<'a>(text: &'a str, aside: &mut Vec<String>) -> Cow<'a, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        let Some((tag, behind)) = after.split_once('>') else { break };
        let word = tag.trim_matches('/').split([' ', '/']).next().unwrap_or_default().to_lowercase();
        let known = matches!(
            word.as_str(),
            "br" | "b" | "i" | "u" | "p" | "a" | "em" | "strong" | "span" | "div" | "font" | "td"
        );
        out.push_str(before);
        if known || is_address(tag) {
            aside.push(format!("<{tag}>"));
            out.push(' ');
            rest = behind;
        } else {
            out.push('<');
            rest = after;
        }
    }
    Cow::Owned(out + rest)
}

/// What stands in brackets, or in quotes, where a whole name does: `(Wright, Sue)`.
fn enclosed(text: &str) -> &str {
    const OPEN: [char; 6] = ['(', '[', '"', '\'', '\u{201c}', '\u{2018}'];
    const CLOSE: [char; 6] = [')', ']', '"', '\'', '\u{201d}', '\u{2019}'];
    let inside = text.trim().strip_prefix(OPEN).and_then(|rest| rest.strip_suffix(CLOSE));
    inside.filter(|name| name.contains(' ') && !name.contains(OPEN) && !name.contains(CLOSE)).unwrap_or(text)
}

/// The text without what no name is behind a whole one: `Jane Doe née Poe`, `Jane
/// Doe @ Home`, `Jane Doe DO NOT SCHEDULE`.
fn without_more<'a>(text: &'a str, aside: &mut Vec<String>) -> Cow<'a, str> {
    let least = if text.contains(',') { 1 } else { 2 };
    let begins = |one: &str, two: &str| BEHIND.contains(&one) || is_folded(one, "do") && is_folded(two, "not");
    // Where it begins, of the words of a part.
    let more = |part: &str| {
        let mut pairs = part.split_whitespace().zip(part.split_whitespace().skip(1)).skip(least);
        pairs.position(|(one, two)| begins(one, two)).map(|at| at + least)
    };
    if text.split(',').all(|part| more(part).is_none()) {
        return Cow::Borrowed(text);
    }
    let names = text.split(',').map(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let (name, more) = words.split_at(more(part).unwrap_or(words.len()));
        aside.extend((!more.is_empty()).then(|| more.join(" ")));
        name.join(" ")
    });
    Cow::Owned(names.collect::<Vec<_>>().join(","))
}

/// Whether a word is that one, which is in small letters.
fn is_folded(word: &str, small: &str) -> bool {
    word.chars().flat_map(char::to_lowercase).eq(small.chars())
}

/// The text without remarks in capitals behind a name in small letters: `Jane Doe
/// NEW`.
fn without_remarks<'a>(text: &'a str, aside: &mut Vec<String>) -> Cow<'a, str> {
    let is_remark =
        |word: &str| is_capital(word) && (REMARKS.contains(&word) || MARKS.contains(&word.to_lowercase().as_str()));
    let last = text.trim_end().rsplit_once(' ').filter(|(name, last)| {
        is_remark(last) && name.contains(char::is_lowercase) && name.split_whitespace().count() > 1
    });
    let Some((name, last)) = last else { return Cow::Borrowed(text) };
    aside.push(last.to_owned());
    Cow::Borrowed(name)
}

/// The text with blanks before what follows a stroke and somebody learnt.
fn unslashed(text: &str) -> Cow<'_, str> {
    if !text.contains('/') {
        return Cow::Borrowed(text);
    }
    let plain = |word: &str| match is_learnt(word) && !is_credential(word) {
        true => word.replace('/', " "),
        false => word.to_owned(),
    };
    // Brackets and commas are of no word.
    let pieces = text.split_inclusive([' ', ',', '(', ')', '[', ']']).map(|piece| {
        let word = piece.trim_end_matches([' ', ',', '(', ')', '[', ']']);
        plain(word) + piece.get(word.len()..).unwrap_or_default()
    });
    Cow::Owned(pieces.collect())
}

/// The text without numbers that name nobody, of three digits or more, and
/// without addresses.
fn without_numbers<'a>(text: &'a str, aside: &mut Vec<String>) -> Cow<'a, str> {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).count();
    let sign = |c: char| c.is_ascii_digit() || "+-.()#".contains(c);
    let number = |word: &str| digits(word) > 2 && word.chars().all(sign);
    let pronouns = |word: &str| word.contains('/') && WORK.contains(&&*word.to_lowercase());
    let is_none = |word: &&str| number(word.trim_end_matches(',')) || is_address(word) || pronouns(word);
    if text.trim_start().starts_with('=') || !text.split_whitespace().any(|word| is_none(&word)) {
        return Cow::Borrowed(text);
    }
    let (out, kept): (Vec<&str>, Vec<&str>) = text.split_whitespace().partition(is_none);
    aside.push(out.join(" "));
    Cow::Owned(kept.join(" "))
}

/// The text without what stands behind a stroke and is no name: `Doe, Jane, RN -
/// Director of Nursing`, `Wright, Sue - nights`.
fn without_work<'a>(text: &'a str, aside: &mut Vec<String>) -> Cow<'a, str> {
    let parted = || [" - ", " – ", " — "].into_iter().find_map(|stroke| text.split_once(stroke));
    let stroke = text.contains(['-', '–', '—']).then(parted).flatten();
    let Some((name, work)) = stroke else { return Cow::Borrowed(text) };
    let of_work = |word: &str| WORK.contains(&word.to_lowercase().as_str()) || is_credential(word);
    let mut words = work.split([' ', ',', '/']).filter(|word| !word.is_empty()).peekable();
    if words.peek().is_none() || !words.all(of_work) || name.trim().is_empty() {
        return Cow::Borrowed(text);
    }
    aside.push(work.trim().to_owned());
    Cow::Borrowed(name)
}

/// The text without signs that no name has: marks of lists, pictures.
fn without_signs<'a>(text: &'a str, aside: &mut Vec<String>) -> Cow<'a, str> {
    // What joins two pictures is of no name either.
    let pictures = text.chars().any(|c| matches!(c, '\u{1f000}'..='\u{1faff}'));
    let is_sign = |c: char| {
        c == '\u{200d}' && pictures
            || matches!(c, '…' | '*' | '#' | '~' | '_' | '!' | '^' | '|' | '<' | '>' | '=' | '%' | '$' | '\u{2190}'..='\u{2bff}'
            | '\u{1f000}'..='\u{1faff}' | '\u{e000}'..='\u{f8ff}')
    };
    let signs: String = text.chars().filter(|c| is_sign(*c) && *c != '\u{200d}').collect();
    if signs.is_empty() || text.trim_start().starts_with('=') {
        return Cow::Borrowed(text);
    }
    aside.push(signs);
    Cow::Owned(text.chars().map(|c| if is_sign(c) { ' ' } else { c }).collect())
}

/// The text with what a person is called in brackets: quotes around words are.
fn in_brackets(text: &str) -> Cow<'_, str> {
    let closing = |open: char| -> &[char] {
        match open {
            '"' | '\u{201d}' => &['"', '\u{201d}'],
            '\u{201c}' | '\u{201e}' => &['\u{201d}', '\u{201c}'],
            '\u{ab}' => &['\u{bb}'],
            '\'' | '\u{2018}' | '`' => &['\'', '\u{2019}'],
            _ => &[],
        }
    };
    if !text.contains(|c| matches!(c, '[' | ']') || !closing(c).is_empty()) {
        return Cow::Borrowed(text);
    }
    let mut chars: Vec<char> = text
        .chars()
        .map(|c| match c {
            '[' => '(',
            ']' => ')',
            c => c,
        })
        .collect();
    let mut at = 0;
    while let Some(open) = chars.get(at).copied() {
        let closes = closing(open);
        let begins =
            at.checked_sub(1).and_then(|before| chars.get(before)).is_none_or(|c| c.is_whitespace() || *c == ',');
        let ends = |place: usize| chars.get(place + 1).is_none_or(|c| c.is_whitespace() || *c == ',');
        let is_close = |place: &usize| chars.get(*place).is_some_and(|c| closes.contains(c)) && ends(*place);
        let mut behind = if begins && !closes.is_empty() { at + 2..chars.len() } else { 0..0 };
        if let Some(close) = behind.find(is_close) {
            if let Some(c) = chars.get_mut(at) {
                *c = '(';
            }
            if let Some(c) = chars.get_mut(close) {
                *c = ')';
            }
            at = close;
        }
        at += 1;
    }
    Cow::Owned(chars.into_iter().collect())
}

/// The text without a remark in capitals before a name in small letters: `NEW Wright,
/// Sue`, `DUPLICATE Wright, Sue`.
fn without_mark<'a>(text: &'a str, aside: &mut Vec<String>) -> Cow<'a, str> {
    let marked = text.trim_start().split_once(' ').filter(|(mark, name)| {
        let mark = mark.trim_end_matches([':', '-']);
        is_capital(mark) && MARKS.contains(&mark.to_lowercase().as_str()) && name.contains(char::is_lowercase)
    });
    let Some((mark, name)) = marked else { return Cow::Borrowed(text) };
    aside.push(mark.to_owned());
    Cow::Borrowed(name)
}

/// What stands in one pair of brackets, but for credentials, numbers and remarks,
/// which are no name.
fn kept(name: &str, aside: &mut Vec<String>) -> Option<String> {
    let none = |word: &str| is_credential(word) || WORK.contains(&word.to_lowercase().as_str());
    let mut words = name.split([' ', ',']).filter(|word| !word.is_empty());
    let all = words.clone().all(none) || words.next().is_some_and(|first| BEHIND.contains(&first));
    // A letter alone is a mark.
    let all = all || name.chars().filter(|c| c.is_alphabetic()).count() == 1 && name.is_ascii();
    if all || !name.chars().any(char::is_alphabetic) {
        aside.extend((!name.trim().is_empty()).then(|| name.trim().to_owned()));
        return None;
    }
    let name = without_numbers(name, aside);
    join(without_credentials(&name, 1, aside).split_whitespace())
}

/// The text without credentials: after a comma, or at the end of more than the
/// `least` words where they are written in capitals.
fn without_credentials(text: &str, least: usize, aside: &mut Vec<String>) -> String {
    let mut parts: Vec<String> = Vec::new();
    let is_word = |word: &&str| !matches!(*word, "-" | "–" | "—");
    let several = text.split(',').next().is_some_and(|part| part.split_whitespace().filter(is_word).count() > 1);
    let small = text.contains(char::is_lowercase);
    for (place, part) in text.split(',').enumerate() {
        let mut words: Vec<&str> = part.split_whitespace().filter(is_word).collect();
        // Behind a whole name stands no other: of what is not known, the letters tell.
        let behind = several && place == 1 || place > 1;
        let learnt = |word: &&str| {
            let long = word.chars().filter(|c| c.is_alphabetic()).count() > 1;
            let third = place > 1 && small && long && is_capital(word) && !is_suffix(word);
            is_credential(word) || behind && (is_shaped(word) || third)
        };
        let titles = words.iter().all(|word| is_title(word) && !is_suffix(word));
        if place > 0 && !words.is_empty() && (titles || words.iter().all(learnt)) {
            aside.push(words.join(" "));
            continue;
        }
        let least = if text.contains(',') { 1 } else { least };
        let mut end = Vec::new();
        while let Some(word) = words.last().copied().filter(|_| words.len() > least) {
            if !(is_credential(word) && (is_capital(word) || !has_vowel(word) || is_certain(word))) {
                break;
            }
            end.push(word);
            words.pop();
        }
        if !end.is_empty() {
            end.reverse();
            aside.push(end.join(" "));
        }
        parts.push(words.join(" "));
    }
    parts.join(",")
}

fn is_certain(word: &str) -> bool {
    CERTAIN.contains(&word.replace('.', "").to_lowercase().as_str())
}

/// The words without a title before them, or a credential that is none of the
/// names.
fn without_title<'a>(text: &'a str, aside: &mut Vec<String>) -> &'a str {
    let mut rest = text.trim();
    // "Don" and "D." are Spanish before a name with Spanish letters.
    let spanish = |after: &str| after.chars().any(|c| "áéíóúñÁÉÍÓÚÑ".contains(c)) && after.contains(' ');
    while let Some((first, after)) = rest.split_once(char::is_whitespace) {
        let folded = first.to_lowercase();
        let credential = is_capital(first) && is_credential(first);
        let courtesy = matches!(folded.as_str(), "don" | "d.") && spanish(after);
        if !(is_title(first) || courtesy || credential && !is_fronted(first)) {
            break;
        }
        aside.push(first.to_owned());
        rest = after.trim_start();
    }
    rest
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
        let code = if is_two_lines(text) { Code::NameSeveral } else { Code::TextControlCharacter };
        findings.push(Finding::new(code, "name"));
    }
    findings
}

/// Whether each of several lines is a whole name: a name may break off too.
fn is_two_lines(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
    let several = text.trim().contains('\n');
    let other = text.chars().any(|c| (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || turns_text(c));
    let is_name = |line: &str| line.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() > 1;
    several && !other && lines.peek().is_some() && lines.all(is_name)
}

/// Whether the character reorders the text around it (UAX 9), by which one
/// name can be shown as another.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text without what stands between parentheses, and what of that the person
/// is called.
fn take_nickname<'a>(text: &'a str, aside: &mut Vec<String>) -> (Cow<'a, str>, Option<String>) {
    if !text.contains(['(', ')']) {
        return (Cow::Borrowed(text), None);
    }
    let (mut outside, mut inside, mut depth) = (String::new(), vec![String::new()], 0_u32);
    for c in text.chars() {
        match c {
            '(' => {
                if depth == 0 {
                    inside.push(String::new());
                }
                depth += 1;
            }
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => {
                outside.push(c);
                continue;
            }
            _ => {
                inside.last_mut().into_iter().for_each(|inside| inside.push(c));
                continue;
            }
        }
        outside.push(' ');
        inside.last_mut().into_iter().for_each(|inside| inside.push(' '));
    }
    let kept: Vec<String> = inside.iter().filter_map(|inside| kept(inside, aside)).collect();
    (Cow::Owned(outside), join(kept.iter().map(String::as_str)))
}

/// `Last, First` in its two halves. A comma before a suffix parts nothing:
/// `John Smith, Jr.` and `Smith, John, Jr.`
fn split_at_comma(text: &str) -> (String, Option<String>) {
    let mut parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let suffix = match parts.last() {
        Some(last) if parts.len() > 1 && is_suffix(last) => parts.pop(),
        _ => None,
    };
    // "Doe, Jr, John": a letter alone is an initial there.
    let inner =
        suffix.is_none() && parts.len() > 2 && parts.get(1).is_some_and(|part| part.len() > 1 && is_suffix(part));
    let suffix = if inner { Some(parts.remove(1)) } else { suffix };
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
    // "V" is a suffix; a small one is a name that was cut.
    while names > 2 && words.get(names - 1).is_some_and(|word| is_suffix(word) && *word != "v") {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// First, middle and last name with bars between them.
    fn read(text: &str) -> (String, Vec<Code>) {
        let Checked { value, findings } = whole(text);
        let name = value.unwrap_or_default();
        let parts = [name.first, name.middle, name.last].map(Option::unwrap_or_default);
        (parts.join("|"), findings.into_iter().map(|finding| finding.code).collect())
    }

    #[test]
    fn ordinary_people_have_their_names() {
        for (text, name) in [
            ("Smith, JD", "JD||Smith"),
            ("Smith, J.D.", "J.D.||Smith"),
            ("St. John, TJ", "TJ||St. John"),
            ("De Leon, AJ", "AJ||De Leon"),
            ("JD Smith", "JD||Smith"),
            ("JR Smith", "JR||Smith"),
            ("Don Lee", "Don||Lee"),
            ("Don Michael Lee", "Don|Michael|Lee"),
            ("Lee, Don", "Don||Lee"),
            ("D. John Smith", "D.|John|Smith"),
            ("Angel Ruiz", "Angel||Ruiz"),
            ("Angel", "||Angel"),
            ("Frances Sue", "Frances||Sue"),
            ("Van Nguyen", "Van||Nguyen"),
            ("Van", "||Van"),
            ("Deacon Jones", "Deacon||Jones"),
            ("Jones, Deacon", "Deacon||Jones"),
            ("Pastor López", "Pastor||López"),
            ("Hon Tran", "Hon||Tran"),
            ("Major Hale", "Major||Hale"),
            ("Capt, Ann", "Ann||Capt"),
            ("Nurse, Ann", "Ann||Nurse"),
            ("Bishop, Kim", "Kim||Bishop"),
            ("Do, Linh", "Linh||Do"),
            ("Ma, Yo-Yo", "Yo-Yo||Ma"),
            ("MA, YO-YO", "YO-YO||MA"),
            ("Md Rahman", "Md||Rahman"),
            ("MD RAHMAN", "MD||RAHMAN"),
            ("Trust, Sarah", "Sarah||Trust"),
            ("Familia, Jeurys", "Jeurys||Familia"),
            ("Los Santos, Ana", "Ana||Los Santos"),
            ("Vacanti, Charles", "Charles||Vacanti"),
            ("Test, Fabio", "Fabio||Test"),
            ("Ann None", "Ann||None"),
            ("Null, Sue", "Sue||Null"),
            ("Open, Ann", "Ann||Open"),
            ("Ford, Betty", "Betty||Ford"),
            ("Fortune, Withers", "Withers||Fortune"),
            ("Poa, Ana", "Ana||Poa"),
            ("DE LA CRUZ, JUAN", "JUAN||DE LA CRUZ"),
            ("GARCIA MARQUEZ, JOSE", "JOSE||GARCIA MARQUEZ"),
            ("García Márquez, José", "José||García Márquez"),
            ("JAN KAREL VLK", "JAN|KAREL|VLK"),
            ("Kim Ng", "Kim||Ng"),
            ("NG, KIM", "KIM||NG"),
            ("O'Brien-Lee, Máire", "Máire||O'Brien-Lee"),
            ("Ortega y Gasset, José", "José||Ortega y Gasset"),
            ("Col·lell, Gal·la", "Gal·la||Col·lell"),
            ("Roe-Smith, Ann", "Ann||Roe-Smith"),
            ("John Smith III", "John||Smith III"),
            ("Smith, John V", "John|V|Smith"),
            ("Nguyễn Thị Ánh", "Nguyễn|Thị|Ánh"),
            ("山田 太郎", "山田||太郎"),
            ("Smith, Donald (Don)", "Donald||Smith"),
            ("Eleanor (Ella) Roe", "Eleanor||Roe"),
            ("Homer, Ann", "Ann||Homer"),
            ("Nee, Sean", "Sean||Nee"),
            ("Sean Nee", "Sean||Nee"),
            ("Linh Do", "Linh||Do"),
            ("\"Jane Doe\"", "Jane||Doe"),
            ("'Jane Doe'", "Jane||Doe"),
            ("Ann Lead", "Ann||Lead"),
            ("ANN NEW", "ANN||NEW"),
            ("Day, Kim", "Kim||Day"),
            ("Case, May", "May||Case"),
            ("New, Ann", "Ann||New"),
            ("NEW ANN", "NEW||ANN"),
            ("Felicia Grace E. Conner", "Felicia|Grace E.|Conner"),
            ("Robert \"Bob\" Estate-Lee", "Robert||Estate-Lee"),
        ] {
            assert_eq!(read(text), (name.to_owned(), Vec::new()), "{text}");
        }
    }

    #[test]
    fn no_name_is_made_of_what_is_none() {
        for (text, name) in [
            ("Jane Doe, QMA", "Jane||Doe"),
            ("Jane Doe, NP-C", "Jane||Doe"),
            ("Jane Doe, FNP-BC", "Jane||Doe"),
            ("Jane Doe, MHA", "Jane||Doe"),
            ("Jane Doe, SHRM-CP", "Jane||Doe"),
            ("Jane Doe, CMC", "Jane||Doe"),
            ("Jane Doe, XQZ", "Jane||Doe"),
            ("JANE DOE, XQZ", "JANE||DOE"),
            ("Jane Doe, MSN, RN, CNE", "Jane||Doe"),
            ("Jane Doe, RN - Director of Nursing", "Jane||Doe"),
            ("Doe, Jane, ABCX", "Jane||Doe"),
            ("Doe, QMA", "||Doe"),
            ("Doe, Mrs.", "||Doe"),
            ("Jane Doe PCW", "Jane||Doe"),
            ("Jane Doe - CNA", "Jane||Doe"),
            ("John Doe Esq", "John||Doe"),
            ("CNA Jane Doe", "Jane||Doe"),
            ("RN Doe", "||Doe"),
            ("Jane Doe/HHA", "Jane||Doe"),
            ("Jane Doe (HHA/PCA)", "Jane||Doe"),
            ("Jane Doe, COTA/L", "Jane||Doe"),
            ("Jane Doe COTA/L", "Jane||Doe"),
            ("Dña. Ana Ruiz", "Ana||Ruiz"),
            ("D. José Ruiz", "José||Ruiz"),
            ("Don José Ruiz", "José||Ruiz"),
            ("Lcda. Ana Ruiz", "Ana||Ruiz"),
            ("Enf. Ana Ruiz", "Ana||Ruiz"),
            ("Señora Ana Ruiz", "Ana||Ruiz"),
            ("Fr. John Doe", "John||Doe"),
            ("Hon. John Doe", "John||Doe"),
            ("Capt. John Doe", "John||Doe"),
            ("Sister Mary Doe", "Mary||Doe"),
            ("1001 Wright, Sue", "Sue||Wright"),
            ("Wright, Sue 212-555-0142", "Sue||Wright"),
            ("Wright, Sue sue@example.com", "Sue||Wright"),
            ("Lee, Sue<br>", "Sue||Lee"),
            ("Wright, Sue (she/her)", "Sue||Wright"),
            ("Sue Wright she/her", "Sue||Wright"),
            ("NEW Wright, Sue", "Sue||Wright"),
            ("(T) Wright, Sue", "Sue||Wright"),
            ("Wright, Sue - nights", "Sue||Wright"),
            ("Jane Doe née Poe", "Jane||Doe"),
            ("Doe née Poe, Jane", "Jane||Doe"),
            ("Jane Doe (née Poe)", "Jane||Doe"),
            ("Jane Doe aka JD", "Jane||Doe"),
            ("Jane Doe formerly Poe", "Jane||Doe"),
            ("Jane Doe @ Home", "Jane||Doe"),
            ("Jane Doe DO NOT SCHEDULE", "Jane||Doe"),
            ("Jane Doe NEW", "Jane||Doe"),
            ("Jane Doe FT", "Jane||Doe"),
            ("Doe, Jane PRN", "Jane||Doe"),
        ] {
            let (read, findings) = read(text);
            assert_eq!(read, name, "{text}");
            assert!(!findings.is_empty() && findings.iter().all(|code| *code == Code::NameSetAside), "{text}");
        }
        assert_eq!(read("Doe, Jr, John"), ("John||Doe Jr".to_owned(), Vec::new()));
        assert_eq!(read("(Wright, Sue)"), ("Sue||Wright".to_owned(), Vec::new()));
        let name = whole("Doe, Jane (RN) (Janie)").value.unwrap();
        assert_eq!((name.first.as_deref(), name.nickname.as_deref()), (Some("Jane"), Some("Janie")));
    }

    #[test]
    fn what_is_not_sure_is_asked() {
        for text in [
            "Jane Doe, JD",
            "García Márquez, JL",
            "John Smith, POA",
            "JANE DOE, JD",
            "RN, Jane",
            "Jane Doe, ABEC",
            "Jane Doe XQZ",
            "Jan Karel VLK",
            "Wright Sue A.",
        ] {
            assert_eq!(read(text), ("||".to_owned(), vec![Code::NameUnclear]), "{text}");
        }
        for text in ["RN", "Dr.", "Jr.", "Mrs.", "12345", "R.N."] {
            let (read, findings) = read(text);
            assert_eq!((read.as_str(), findings.last()), ("||", Some(&Code::NameMissing)), "{text}");
        }
    }

    #[test]
    fn who_is_nobody_or_several_is_told() {
        for text in [
            "Vacant",
            "VACANT - RN",
            "Vacante",
            "Open Shift",
            "OPEN POSITION - CNA",
            "TBD",
            "To Be Hired",
            "Unknown",
            "Unknown, Unknown",
            "DO NOT USE",
            "ZZZ DO NOT USE Wright",
            "sue@example.com",
            "Test Test",
            "Test, User",
            "test client",
            "No Name",
            "Sin nombre",
            "Unassigned",
            "Fam. Pérez",
            "Los Pérez",
            "Sres. Pérez",
            "Hogar Pérez",
            "Mary Smith Estate",
            "Mary Smith Trust",
            "Smith Residence",
            "Mother of Ann Hale",
            "Madre de Ana Ruiz",
            "The Smith Family",
            "Estate of Mary Smith",
            "Jane Doe's daughter",
            "Loading...",
        ] {
            assert_eq!(read(text), ("||".to_owned(), vec![Code::NameNotPerson]), "{text}");
        }
        for text in [
            "J&M Smith",
            "John & Mary Smith",
            "John Smith POA for Mary Smith",
            "John Smith, POA for Mary Smith",
            "John Smith fbo Mary Smith",
            "John Smith with Mary Roe",
            "John Smith\nMary Jones",
            "Smith/Jones, Mary",
        ] {
            assert_eq!(read(text), ("||".to_owned(), vec![Code::NameSeveral]), "{text}");
        }
        assert_eq!(read("Sue\nWright").1, [Code::TextControlCharacter]);
    }

    #[test]
    fn parts_of_a_name_are_read_alike() {
        let read = |first: &str, last: &str| {
            let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let (name, findings) = parts(PersonName { first: part(first), last: part(last), ..PersonName::default() });
            let parts = [name.first, name.last].map(Option::unwrap_or_default);
            (parts.join("|"), findings.into_iter().map(|finding| finding.code).collect::<Vec<_>>())
        };
        for (first, last, name) in [
            ("Jane", "Doe, QMA", "Jane|Doe"),
            ("RN", "Doe", "|Doe"),
            ("Mrs.", "Doe", "|Doe"),
            ("Jane", "Doe - CNA", "Jane|Doe"),
        ] {
            assert_eq!(read(first, last), (name.to_owned(), vec![Code::NameSetAside]), "{first} {last}");
        }
        for (first, last, name) in [
            ("YO-YO", "MA", "YO-YO|MA"),
            ("MD", "RAHMAN", "MD|RAHMAN"),
            ("JR", "Smith", "JR|Smith"),
            ("Jane", "Doe, Jr.", "Jane|Doe Jr."),
            ("Pat", "Roe, Pat", "Pat|Roe"),
            ("Sarah", "Trust", "Sarah|Trust"),
            ("Fabio", "Test", "Fabio|Test"),
            ("José", "Ortega y Gasset", "José|Ortega y Gasset"),
        ] {
            assert_eq!(read(first, last), (name.to_owned(), Vec::new()), "{first} {last}");
        }
        assert_eq!(read("Jane", "Doe, Ann").1, [Code::NameUnclear]);
        assert_eq!(read("Open", "Shift").1, [Code::NameNotPerson]);
    }
}
