//! What programs leave in cells: marks of spreadsheets, characters that are
//! not seen, entities, words for nothing. What is certain
//! is mended and said; what is not is an error with its mend.

use std::borrow::Cow;

use super::garbled;
use super::words::{folded, short};
use crate::finding::{Code, Finding};
use crate::password::{HashKind, check_hash};

/// Stands for what is not told.
const HIDDEN: &str = "•••";

/// What stands where there is nothing, folded to small letters.
const NOTHING: &[&str] = &[
    "n/a",
    "na",
    "n.a.",
    "null",
    "(null)",
    "\\n",
    "none",
    "nil",
    "nan",
    "-nan",
    "x",
    "xx",
    "xxx",
    "unknown",
    "unk",
    "not available",
    "not applicable",
    "no email",
    "no e-mail",
    "no phone",
    "ninguno",
    "ninguna",
    "desconocido",
    "no tiene",
    "sin correo",
    "sin teléfono",
    "n/d",
    "s/n",
    "tbd",
    "declined",
    "refused",
    "undefined",
    "[null]",
    "<null>",
    "<none>",
];

/// What stands where an address or a number is none, folded.
const NO_CONTACT: &[&str] = &[
    "no",
    "0",
    "false",
    "pending",
    "pendiente",
    "tba",
    "tbd",
    "tofollow",
    "willprovide",
    "blank",
    "empty",
    "vacio",
    "noaplica",
    "notapplicable",
    "nodisponible",
    "notavailable",
    "notprovided",
    "noproporcionado",
    "nonegiven",
    "notgiven",
    "noneprovided",
    "noemail",
    "noemailonfile",
    "noemailaddress",
    "nomail",
    "nocorreo",
    "sincorreo",
    "sinemail",
    "nophone",
    "notelefono",
    "sintelefono",
    "notiene",
    "noneonfile",
    "notonfile",
    "doesnothaveemail",
    "doesnthaveemail",
    "donthaveone",
    "doesnthaveone",
    "nointernet",
    "declinedtoprovide",
    "patientrefused",
    "rehuso",
    "rehusado",
    "unlisted",
    "unpublished",
    "disconnected",
    "desconectado",
    "invalid",
    "bounced",
    "null",
    "nil",
    "undefined",
    "none",
    "unknown",
    "deceased",
];

/// What stands where an identifier is yet to be given, folded.
const NO_ID: &[&str] = &[
    "pending",
    "pendiente",
    "new",
    "newhire",
    "nuevo",
    "nueva",
    "nuevoingreso",
    "temp",
    "temporary",
    "temporal",
    "tba",
    "tbd",
    "tobeassigned",
    "unassigned",
    "notassigned",
    "noassigned",
    "sinasignar",
    "porasignar",
    "noasignado",
    "sinnumero",
    "noid",
    "sinid",
    "noaplica",
    "notavailable",
    "nodisponible",
    "undefined",
    "blank",
    "test",
];

/// Where addresses end that are nobody's, before the first dot of the domain.
const NO_DOMAIN: &[&str] = &[
    "noemail",
    "no-email",
    "nomail",
    "no-mail",
    "noemailaddress",
    "sincorreo",
    "notiene",
    "nohay",
    "none",
    "no",
    "na",
    "null",
    "unknown",
    "xxx",
    "fake",
    "nowhere",
    "donotemail",
    "test",
    "noaddress",
    "nobody",
    "asdf",
];

/// Words that stand for anybody, where an address has one on both sides:
/// `email@email.com`. Alone each may be a mailbox, or a house that people write to.
const ANYBODY: &[&str] = &[
    "a", "aa", "aaa", "abc", "b", "correo", "email", "example", "ejemplo", "mail", "name", "nombre", "noname",
    "sample", "user", "usuario", "xyz", "123", "1",
];

/// Ends of domains that no mail ever goes to (RFC 6761). Not so `example`: what is
/// shown to people is written with it.
const RESERVED: &[&str] = &[".invalid", ".test", ".localhost"];

/// What stands for nothing where a name has to be: words that are nobody's.
const NO_NAME: &[&str] = &[
    "NULL",
    "(null)",
    "[null]",
    "<null>",
    "\\N",
    "N/A",
    "n/a",
    "NaN",
    "nan",
    "-",
    "--",
    "–",
    "—",
    ".",
    "?",
    "#N/A",
    "TBD",
    "TBA",
    "UNKNOWN",
    "Unknown",
    "unknown",
    "undefined",
    "FNU",
    "LNU",
    "NMN",
    "NMI",
];

/// What stands before the `@` of addresses that are nobody's.
const NO_MAILBOX: &[&str] = &[
    "noemail",
    "no-email",
    "no_email",
    "no.email",
    "nomail",
    "none",
    "na",
    "n/a",
    "null",
    "unknown",
    "donotemail",
    "sincorreo",
    "notengo",
    "notengocorreo",
    "noaplica",
    "noaddress",
    "test",
    "testing",
    "testuser",
    "prueba",
    "fake",
    "dummy",
    "noone",
    "ninguno",
    "nadie",
    "asdf",
    "xxx",
];

/// The text of a cell as a program that reads it first sees it: what `="…"`
/// holds, without characters that are not seen and with entities as what they
/// stand for. Says what it took out or put in.
pub(super) fn read(raw: &str, field: &str, found: &mut Vec<Finding>) -> String {
    let plain = constant(raw.trim());
    if let Some(garbled) = garbled::decoded(&plain) {
        let finding = Finding::new(Code::RosterGarbled, field).with("text", short(&plain));
        found.push(match garbled {
            Some(meant) => finding.suggest(meant),
            None => finding,
        });
    }
    let seen = visible(&plain);
    if seen.len() < plain.len() {
        found.push(Finding::new(Code::RosterInvisible, field));
    }
    let decoded = entities(&seen);
    if is_lost(&decoded) {
        found.push(Finding::new(Code::RosterGarbled, field).with("text", short(&decoded)));
    }
    if decoded == seen {
        return decoded.trim().to_owned();
    }
    found.push(Finding::new(Code::RosterEntity, field).with("text", short(&seen)));
    // An entity may stand for what is not seen.
    let shown = visible(&decoded);
    if shown.len() < decoded.len() && seen.len() == plain.len() {
        found.push(Finding::new(Code::RosterInvisible, field));
    }
    shown.trim().to_owned()
}

/// The text of a cell, or nothing where it says that there is none: that is
/// said, once.
pub(super) fn read_or_nothing(raw: &str, field: &str, found: &mut Vec<Finding>) -> Option<String> {
    let text = read(raw, field, found);
    if !says_nothing(&text) {
        return Some(text).filter(|text| !text.is_empty());
    }
    found.push(Finding::new(Code::RosterPlaceholder, field).with("text", short(&text)));
    None
}

/// What a finding shows of a cell that belongs to no column: a password hash
/// may stand anywhere, and is not told.
pub(super) fn shown(text: &str) -> String {
    let checked = check_hash(text.trim());
    let hash = checked.value.is_some_and(|kind| kind != HashKind::Unusable)
        || checked.findings.iter().any(|finding| finding.code != Code::HashUnrecognised && finding.is_error());
    if hash { HIDDEN.to_owned() } else { short(text) }
}

/// The number of a phone or an identifier, without the apostrophe by which a
/// spreadsheet is told that it is text.
pub(super) fn number(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '+')).unwrap_or(text)
}

/// An address without that apostrophe. One at its end too is a quote.
pub(super) fn address(text: &str) -> &str {
    let plain = |rest: &&str| rest.contains('@') && !rest.contains('\'') && rest.starts_with(char::is_alphanumeric);
    text.strip_prefix('\'').filter(plain).unwrap_or(text)
}

/// Whether it is a word for nothing, or strokes.
pub(super) fn says_nothing(text: &str) -> bool {
    let strokes = !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '–' | '—' | '.' | '_' | '/' | '*' | '?'));
    // None of the words has a digit.
    let worded = !text.contains(|c: char| c.is_ascii_digit() || c == '@');
    strokes || worded && NOTHING.contains(&text.to_lowercase().as_str()) || is_error_value(text)
}

/// Whether no name is that.
pub(super) fn is_no_name(text: &str) -> bool {
    NO_NAME.contains(&text) || is_error_value(text)
}

/// Whether an address or a number is one that programs are made to take, or says
/// that there is none: `noemail1@example.com`, `000-000-0000`, `pending`.
pub(super) fn is_no_contact(text: &str) -> bool {
    if let Some((mailbox, domain)) = text.split_once('@') {
        return is_no_address(&mailbox.to_lowercase(), &domain.to_lowercase());
    }
    let mut digits = text.bytes().filter(u8::is_ascii_digit);
    match text.bytes().all(|byte| byte.is_ascii_digit() || b"-. ()+".contains(&byte)) {
        true => {
            let (count, first) = (digits.clone().count(), digits.next());
            count >= 7 && digits.all(|digit| Some(digit) == first) || count == 1 && first == Some(b'0')
        }
        false => NO_CONTACT.contains(&folded(text).as_str()),
    }
}

fn is_no_address(mailbox: &str, domain: &str) -> bool {
    let plain = mailbox.trim_end_matches(|c: char| c.is_ascii_digit());
    let host = domain.split('.').next().unwrap_or_default();
    NO_MAILBOX.contains(&plain)
        || NO_DOMAIN.contains(&host)
        || RESERVED.iter().any(|end| domain.ends_with(end))
        || mailbox == host && ANYBODY.contains(&host) && domain.matches('.').count() == 1
        || mailbox.split(['.', '_', '-', '+']).any(|part| part == "noemail")
}

/// Whether an identifier is one that is yet to be given, or stands for any:
/// `NEW HIRE`, `XXX-XX-XXXX`, `999999999`.
pub(super) fn is_no_identifier(text: &str) -> bool {
    let plain: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let all = |only: &[char]| !plain.is_empty() && plain.iter().all(|c| only.contains(c));
    let nines = all(&['9']) && plain.len() > 5;
    // None of the words has a digit.
    let worded = || !text.trim().chars().take(64).any(|c| c.is_ascii_digit());
    nines || all(&['x', 'X']) && plain.len() > 1 || worded() && NO_ID.contains(&folded(text).as_str())
}

/// An error of a spreadsheet: `#REF!`, `#N/A`, `#¿NOMBRE?`, `Err:502`, or a
/// number that was too wide for its column.
pub(super) fn is_error_value(text: &str) -> bool {
    let sharp = text.strip_prefix('#').is_some_and(|rest| {
        rest.ends_with(['!', '?']) || ["n/a", "n/d", "nv"].iter().any(|word| rest.eq_ignore_ascii_case(word))
    });
    let sharp = sharp || ["#GETTING_DATA", "#BUSY!", "Loading...", "Loading…"].contains(&text);
    let wide = text.len() > 1 && text.chars().all(|c| c == '#');
    let office = ["Err:", "Fehler:"].iter().find_map(|word| text.strip_prefix(word));
    let office = office.is_some_and(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit()));
    sharp || wide || office
}

/// What a formula holds that is nothing but a text: `="00123"`.
fn constant(cell: &str) -> Cow<'_, str> {
    let inside = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    match inside.filter(|text| !text.replace("\"\"", "").contains('"')) {
        Some(text) => Cow::Owned(text.replace("\"\"", "\"")),
        None => Cow::Borrowed(cell),
    }
}

/// The text without characters that are not seen. Those that reorder it stay:
/// names with them are refused. So do joiners where they shape letters.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().collect();
    let shapes = |at: Option<usize>| {
        at.and_then(|at| chars.get(at)).is_some_and(|c| *c > '\u{52f}' && !is_unseen(*c) && !c.is_whitespace())
    };
    let kept = chars.iter().enumerate().filter(|(at, c)| match c {
        '\u{200c}' | '\u{200d}' => shapes(at.checked_sub(1)) && shapes(at.checked_add(1)),
        c => !is_unseen(**c),
    });
    let kept: String = kept.map(|(_, c)| if is_blank_letter(*c) { ' ' } else { *c }).collect();
    if kept.len() < text.len() { Cow::Owned(kept) } else { Cow::Borrowed(text) }
}

/// A letter that is shown as a blank: fillers of Hangul, the empty one of Braille.
fn is_blank_letter(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}')
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202c}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// The text with what entities of HTML stand for, however often they were made.
fn entities(text: &str) -> Cow<'_, str> {
    let mut out = Cow::Borrowed(text);
    for _ in 0..3 {
        if !(out.contains('&') && out.contains(';')) {
            break;
        }
        match html_escape::decode_html_entities(out.as_ref()) {
            Cow::Borrowed(_) => break,
            Cow::Owned(decoded) => out = Cow::Owned(decoded),
        }
    }
    out
}

/// Whether an entity stands for no character: `&#0;`.
fn is_lost(text: &str) -> bool {
    let is_code = |code: &str| (1..9).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.contains('&')
        && text.split("&#").skip(1).any(|rest| rest.split_once(';').is_some_and(|(code, _)| is_code(code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_looked_for_where_they_can_be() {
        let has = |word: &&str, of: fn(char) -> bool| word.contains(of);
        assert!(!NOTHING.iter().any(|word| has(word, |c| c.is_ascii_digit() || c == '@')));
        assert!(!NO_ID.iter().any(|word| has(word, |c| c.is_ascii_digit())));
        let without = NO_CONTACT.iter().filter(|word| !has(word, char::is_alphabetic));
        assert_eq!(without.collect::<Vec<_>>(), [&"0"]);
    }

    #[test]
    fn what_programs_leave_is_read_and_said() {
        for (raw, text, code) in [
            ("=\"00123\"", "00123", None),
            ("=\"a\"\"b\"", "a\"b", None),
            ("O&#039;Brien", "O'Brien", Some(Code::RosterEntity)),
            ("Tom &amp;amp; Ann", "Tom & Ann", Some(Code::RosterEntity)),
            ("\u{200b}Kim\u{feff}", "Kim", Some(Code::RosterInvisible)),
            ("AT&T; x", "AT&T; x", None),
            ("José", "José", None),
            ("JosÃ©", "JosÃ©", Some(Code::RosterGarbled)),
            ("Jos\u{fffd}", "Jos\u{fffd}", Some(Code::RosterGarbled)),
            ("می\u{200c}خواهم", "می\u{200c}خواهم", None),
        ] {
            let mut found = Vec::new();
            assert_eq!(read(raw, "name", &mut found), text, "{raw}");
            assert_eq!(found.first().map(|finding| finding.code), code, "{raw}");
        }
    }
}
