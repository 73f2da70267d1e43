//! From a text to the parts of a name, and what in it is none.

use unicode_normalization::UnicodeNormalization;

use super::{PersonName, join};
use crate::finding::{Checked, Code, Finding};

/// The most characters that a whole name may have.
const LIMIT: usize = 200;

/// Words that belong to the last name after them.
const PARTICLES: &[&str] = &[
    "af", "al", "av", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn",
    "la", "las", "le", "los", "st", "ten", "ter", "van", "vander", "von", "zu", "zum", "zur", "'t", "’t",
];

/// Words that belong to the last name before them.
pub(super) const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "v", "jnr", "snr", "2nd", "3rd", "4th"];

/// Words before a name that are none. `Sr.` is Spanish here; after a name it
/// is a suffix.
pub(super) const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "mx", "dr", "dra", "prof", "rev", "sr", "sra", "srta"];

/// Titles that are names as well without the dot.
const ABBREVIATED: &[&str] = &["lic.", "licda.", "ing.", "arq.", "mtro.", "mtra."];

/// Letters after a name that tell what the person has learnt. Those that are
/// names as well (`Do`, `Ma`, `Pa`) are not among them.
pub(super) const CREDENTIALS: &[&str] = &[
    "rn", "lpn", "lvn", "cna", "gna", "hha", "pca", "cma", "aprn", "arnp", "crnp", "np", "fnp", "dnp", "bsn", "msn",
    "adn", "md", "phd", "psyd", "pharmd", "dds", "dpt", "pta", "otr", "cota", "slp", "ccc-slp", "rd", "rrt", "msw",
    "lsw", "lcsw", "lmsw", "lpc", "lmft", "mph", "mba", "cpa", "esq", "bsw", "dsp", "cdp", "cmt", "chha", "stna",
    "nac", "rna", "acnp", "pmhnp", "ccrn", "phn", "otd", "otr/l", "ccc/slp", "ms", "ma", "bs", "ba", "pt", "ot",
];

/// Credentials that are words or names as well, where they are written small.
const AMBIGUOUS: &[&str] = &["ms", "ma", "bs", "ba", "pt", "ot", "rd", "np", "md"];

/// Words between two people.
const BETWEEN: &[&str] = &["&", "+", "and", "or", "und", "et", "c/o"];

/// Reads a name of one text.
pub(super) fn whole(text: &str) -> Checked<PersonName> {
    let findings = faults(text);
    if !findings.is_empty() {
        return Checked { value: None, findings };
    }
    let mut aside = Vec::new();
    let text = unescaped(text.nfc().collect(), &mut aside);
    if let Some(code) = nobody(&text) {
        return Checked::fail(Finding::new(code, "name"));
    }
    let (outside, nickname) = take_nickname(&in_brackets(&text));
    let nickname = nickname.and_then(|name| kept(&name, &mut aside));
    let outside = without_signs(&outside, &mut aside);
    let outside = without_credentials(&outside, 2, &mut aside);
    let (before, after) = split_at_comma(&outside);
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
    let of = |text: &Option<String>| text.as_deref().and_then(nobody);
    // "y" stands between two last names of one person.
    let last = name.last.as_ref().map(|last| if shown.is_some() { last.replace(" y ", " ") } else { last.clone() });
    let code = of(&shown).filter(|code| *code == Code::NameSeveral).or_else(|| of(&last));
    let mut tidy = |part: Option<String>, given: bool| {
        let (outside, nickname) = take_nickname(&in_brackets(&unescaped(part?, &mut aside)));
        if let Some(nickname) = nickname.and_then(|name| kept(&name, &mut aside)) {
            called.get_or_insert(nickname);
        }
        let outside = without_signs(&outside, &mut aside);
        let outside = without_credentials(&outside, 1, &mut aside);
        let outside = if given { without_title(&outside, &mut aside) } else { outside };
        join(outside.split_whitespace())
    };
    let (first, middle, last) = (tidy(name.first, true), tidy(name.middle, false), tidy(name.last, false));
    let mut findings = said(aside);
    findings.extend(code.map(|code| Finding::new(code, "name")));
    (PersonName { first, middle, last, nickname: name.nickname.or(called) }, findings)
}

fn said(aside: Vec<String>) -> Vec<Finding> {
    aside.into_iter().map(|text| Finding::new(Code::NameSetAside, "name").with("text", text)).collect()
}

/// Why a text is not the name of one person.
fn nobody(text: &str) -> Option<Code> {
    if text.trim_start().starts_with('=') {
        return None;
    }
    let folded = text.to_lowercase();
    let words: Vec<&str> = folded.split([' ', ',', '\t']).filter(|word| !word.is_empty()).collect();
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
    let slash = words.iter().any(|word| word.contains('/') && !is_credential(word));
    // An entity ends in a semicolon too.
    let apart = words.iter().any(|word| word.ends_with(';') && !word.contains('&'));
    if inner.iter().any(|word| BETWEEN.contains(word)) || spanish || slash || apart || text.contains(" u. ") {
        return Some(Code::NameSeveral);
    }
    if words.iter().any(|word| is_joined(word)) {
        return Some(Code::NameSeveral);
    }
    // Either is a last name as well: Familia, Jeurys.
    let family = matches!(words.last(), Some(&"family" | &"household")) && words.len() > 1 && !folded.contains(',');
    let of_one = !folded.contains(',')
        && matches!(words.as_slice(), ["estate", "of", ..] | ["family", "of", ..] | ["familia", _, ..]);
    let all = matches!(words.as_slice(), ["the", name] if name.ends_with('s'));
    (family || of_one || all).then_some(Code::NameNotPerson)
}

/// Whether two names were written without blanks: `John&Mary`, and no `R&D`.
fn is_joined(word: &str) -> bool {
    let is_name = |text: &str| text.chars().count() > 1 && text.chars().all(char::is_alphabetic);
    word.split_once(['&', '+']).is_some_and(|(one, two)| is_name(one) && is_name(two))
}

/// The text without the backslashes that some programs put before quotes.
fn unescaped(text: String, aside: &mut Vec<String>) -> String {
    let plain = text.replace("\\\"", "\"").replace("\\'", "'");
    if plain.len() < text.len() {
        aside.push("\\".to_owned());
    }
    plain
}

/// The text without signs that no name has: marks of lists, pictures.
fn without_signs(text: &str, aside: &mut Vec<String>) -> String {
    // What joins two pictures is of no name either.
    let pictures = text.chars().any(|c| matches!(c, '\u{1f000}'..='\u{1faff}'));
    let is_sign = |c: char| {
        c == '\u{200d}' && pictures
            || matches!(c, '…' | '*' | '#' | '~' | '_' | '!' | '^' | '|' | '<' | '>' | '=' | '%' | '$' | '\u{2190}'..='\u{2bff}'
            | '\u{1f000}'..='\u{1faff}' | '\u{e000}'..='\u{f8ff}')
    };
    let signs: String = text.chars().filter(|c| is_sign(*c) && *c != '\u{200d}').collect();
    if signs.is_empty() || text.trim_start().starts_with('=') {
        return text.to_owned();
    }
    aside.push(signs);
    text.chars().map(|c| if is_sign(c) { ' ' } else { c }).collect()
}

/// The text with what a person is called in brackets: quotes around words are.
fn in_brackets(text: &str) -> String {
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
        let closes: &[char] = match open {
            '"' | '\u{201d}' => &['"', '\u{201d}'],
            '\u{201c}' | '\u{201e}' => &['\u{201d}', '\u{201c}'],
            '\u{ab}' => &['\u{bb}'],
            '\'' | '\u{2018}' | '`' => &['\'', '\u{2019}'],
            _ => &[],
        };
        let begins =
            at.checked_sub(1).and_then(|before| chars.get(before)).is_none_or(|c| c.is_whitespace() || *c == ',');
        let ends = |place: usize| chars.get(place + 1).is_none_or(|c| c.is_whitespace() || *c == ',');
        let found =
            (at + 2..chars.len()).find(|place| chars.get(*place).is_some_and(|c| closes.contains(c)) && ends(*place));
        if let (true, Some(close)) = (begins, found) {
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
    chars.into_iter().collect()
}

/// What stands in brackets, but for credentials and numbers, which are no name.
fn kept(name: &str, aside: &mut Vec<String>) -> Option<String> {
    let all = name.split([' ', ',']).filter(|word| !word.is_empty()).all(is_credential);
    if all || !name.chars().any(char::is_alphabetic) {
        aside.push(name.to_owned());
        return None;
    }
    join(without_credentials(name, 1, aside).split_whitespace())
}

/// The text without credentials: after a comma, or at the end of more than the
/// `least` words where they are written in capitals.
fn without_credentials(text: &str, least: usize, aside: &mut Vec<String>) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (place, part) in text.split(',').enumerate() {
        let is_word = |word: &&str| !matches!(*word, "-" | "–" | "—");
        let mut words: Vec<&str> = part.split_whitespace().filter(is_word).collect();
        if place > 0 && !words.is_empty() && words.iter().all(|word| is_credential(word)) {
            aside.push(words.join(" "));
            continue;
        }
        let least = if text.contains(',') { 1 } else { least };
        let mut end = Vec::new();
        while words.len() > least
            && words.last().is_some_and(|word| is_credential(word) && (is_capital(word) || is_unspoken(word)))
        {
            end.extend(words.pop());
        }
        if !end.is_empty() {
            end.reverse();
            aside.push(end.join(" "));
        }
        parts.push(words.join(" "));
    }
    parts.join(",")
}

fn is_capital(word: &str) -> bool {
    !word.contains(char::is_lowercase)
}

/// Whether it has no vowel: a credential that nobody is called, however it is
/// written.
fn is_unspoken(word: &str) -> bool {
    !word.to_lowercase().contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// The words without a title before them, or a credential that is none of the
/// names.
fn without_title(text: &str, aside: &mut Vec<String>) -> String {
    let mut rest = text.trim();
    while let Some((first, after)) = rest.split_once(char::is_whitespace) {
        let title = listed(first, TITLES) || ABBREVIATED.contains(&first.to_lowercase().as_str());
        let several = after.split_whitespace().nth(1).is_some();
        let credential = several && is_capital(first) && is_unspoken(first) && is_credential(first);
        let name = AMBIGUOUS.contains(&first.to_lowercase().as_str());
        if !(title || credential && !name) {
            break;
        }
        aside.push(first.to_owned());
        rest = after.trim_start();
    }
    rest.to_owned()
}

fn is_credential(word: &str) -> bool {
    let plain = word.replace('.', "").to_lowercase();
    let small = word.contains(char::is_lowercase) && AMBIGUOUS.contains(&plain.as_str());
    CREDENTIALS.contains(&plain.as_str()) && !small
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

fn is_particle(word: &str) -> bool {
    listed(word, PARTICLES)
}

/// Whether a word belongs to the last name before it.
pub(crate) fn is_suffix(word: &str) -> bool {
    listed(word, SUFFIXES)
}

fn listed(word: &str, list: &[&str]) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    list.contains(&word.as_str())
}
