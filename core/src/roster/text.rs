//! The bytes of a file as text: UTF-8, UTF-16 with its mark, Windows-1252
//! where nothing speaks against it, or the encoding that was told.

use std::borrow::Cow;
use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::reading::Reading;
use crate::{Code, Error, ErrorKind, Finding, Result};

/// A byte order mark, and one that was read as Windows-1252 and written anew.
const MARKS: [&str; 2] = ["\u{feff}", "ï»¿"];

/// Reads a whole file.
///
/// # Errors
///
/// `roster.unreadable`, `roster.too_large`.
pub(super) fn bytes(reader: impl Read, reading: &Reading) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(reading.bytes()).unwrap_or(u64::MAX);
    let unreadable = |_| Error::new(ErrorKind::Invalid, Code::RosterUnreadable);
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > reading.bytes() { Err(reading.too_large()) } else { Ok(bytes) }
}

/// The text of a file, without marks at its beginning and end, and what there
/// is to say of how it was read. The encoding is that of the whole of it.
///
/// UTF-8 is told beyond doubt. Nothing is, of what has one byte a character:
/// Windows-1252 is taken where a detector sees no other, and where no word of
/// it is one that only another encoding makes.
///
/// # Errors
///
/// `roster.encoding_unknown` where no encoding has the name that was told;
/// `roster.encoding` with the first line that is not in the encoding, or may
/// be in another.
pub(super) fn decode<'b>(bytes: &'b [u8], told: Option<&str>) -> Result<(Cow<'b, str>, Vec<Finding>)> {
    if let Some(label) = told {
        let unknown = || Error::new(ErrorKind::Invalid, Code::RosterEncodingUnknown).with("encoding", label);
        let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(unknown)?;
        return strictly(encoding, bytes).map(|text| (Cow::Owned(text), Vec::new()));
    }
    // "Unicode text" of a spreadsheet is UTF-16 with a mark. Without one, its
    // zeros give it away: as text they would only make a strange header.
    if let Some((encoding, _)) = Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8) {
        let text = strictly(encoding, bytes)?;
        // A zero is half of a character of UTF-32.
        return if text.contains('\0') { Err(uncertain(1)) } else { Ok((Cow::Owned(text), Vec::new())) };
    }
    if bytes.iter().take(2).any(|byte| *byte == 0) {
        return Err(uncertain(1));
    }
    match core::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(unmarked(text)), Vec::new())),
        Err(_) => windows(bytes).map(|(text, findings)| (Cow::Owned(text), findings)),
    }
}

/// What is certainly Windows-1252.
fn windows(bytes: &[u8]) -> Result<(String, Vec<Finding>)> {
    if let Some(line) = mixed(bytes) {
        return Err(uncertain(line));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let text = strictly(WINDOWS_1252, bytes)?;
    if let Some(line) = lines(&text).position(is_doubtful) {
        return Err(uncertain(line + 1));
    }
    if detector.guess(None, Utf8Detection::Deny) != WINDOWS_1252 {
        return Err(uncertain(first_line(bytes)));
    }
    Ok((text, vec![Finding::new(Code::RosterReadAs, "file").with("encoding", WINDOWS_1252.name())]))
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Result<String> {
    let (bytes, mark) = match Encoding::for_bom(bytes) {
        Some((of, mark)) if of == encoding => (bytes.get(mark..).unwrap_or_default(), mark),
        _ => (bytes, 0),
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    let text = text.ok_or_else(|| {
        // The first line that does not decode, for encodings of whole bytes.
        let lines = bytes.split(|byte| *byte == b'\n');
        let bad = |line: &[u8]| encoding.decode_without_bom_handling_and_without_replacement(line).is_none();
        uncertain(if mark > 0 { 1 } else { 1 + lines.take_while(|line| !bad(line)).count() })
    })?;
    Ok(unmarked(&text).to_owned())
}

/// The line of the first byte that is not UTF-8, in a file that otherwise is:
/// one that two programs wrote, or that was cut.
fn mixed(bytes: &[u8]) -> Option<usize> {
    let whole = bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    let cut = core::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none());
    let first = bytes.utf8_chunks().next()?.valid().len();
    (whole || cut).then(|| line_of(bytes, first))
}

fn first_line(bytes: &[u8]) -> usize {
    line_of(bytes, bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or_default())
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    let before = bytes.get(..at).unwrap_or_default();
    let breaks = |sign: u8| before.iter().filter(|byte| **byte == sign).count();
    1 + breaks(b'\n').max(breaks(b'\r'))
}

/// Lines as editors count them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(if text.contains('\n') { '\n' } else { '\r' })
}

/// Whether a line, read as Windows-1252, has what no language writes: a sign
/// within a word, a capital after a small letter, or a word of another script.
fn is_doubtful(line: &str) -> bool {
    let chars: Vec<char> = line.chars().collect();
    let at = |place: Option<usize>| place.and_then(|place| chars.get(place)).copied();
    chars.iter().enumerate().any(|(place, c)| {
        let (before, after) = (at(place.checked_sub(1)), at(place.checked_add(1)));
        let follows = before.is_some_and(char::is_alphabetic);
        let goes_on = after.is_some_and(char::is_alphabetic);
        let small = after.is_some_and(char::is_lowercase);
        match c {
            c if c.is_ascii() || *c == '\u{a0}' => false,
            '\u{80}'..='\u{9f}' | 'þ' | 'ð' => true,
            '’' | '‘' => follows && small && !is_elision(&chars, place),
            '–' | '—' => follows && small,
            '“' | '”' | '«' | '»' | '¿' | '¡' | '…' | '·' => follows && goes_on,
            c if c.is_alphabetic() => {
                let two_before = at(place.checked_sub(2)).is_some_and(|c| !c.is_ascii() && c.is_alphabetic());
                let capital = c.is_uppercase() && (before.is_some_and(char::is_lowercase) || follows && small);
                capital || two_before && before.is_some_and(|c| !c.is_ascii() && c.is_alphabetic())
            }
            _ => follows || goes_on,
        }
    })
}

/// Whether an apostrophe is one between letters: O’Brien, d’Angelo, client’s.
fn is_elision(chars: &[char], place: usize) -> bool {
    let letters = |chars: &mut dyn Iterator<Item = &char>| -> String {
        chars.take_while(|c| c.is_alphabetic()).take(3).collect()
    };
    let (before, after) = chars.split_at_checked(place).unwrap_or_default();
    let before = letters(&mut before.iter().rev());
    let after = letters(&mut after.iter().skip(1));
    before.chars().count() < 2
        || before.chars().any(char::is_uppercase)
        || matches!(after.as_str(), "s" | "t" | "d" | "m" | "ll" | "re" | "ve")
}

/// The text without marks of byte order, which programs add to each other's,
/// and without the ends of files of old systems.
fn unmarked(mut text: &str) -> &str {
    while let Some(rest) = MARKS.iter().find_map(|mark| text.strip_prefix(mark)) {
        text = rest;
    }
    let end = text.trim_end_matches(['\0', '\u{1a}', '\r', '\n']);
    let marked = text.get(end.len()..).is_some_and(|rest| rest.contains(['\0', '\u{1a}']));
    if marked { end } else { text }
}

fn uncertain(line: usize) -> Error {
    Error::new(ErrorKind::Invalid, Code::RosterEncoding).with("line", line)
}
