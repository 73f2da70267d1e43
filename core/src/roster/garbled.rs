//! Text that was garbled on its way into a file (B): decoded in another encoding
//! than it was written in, or with signs in place of its letters. What it was
//! before is told where that is certain.

use std::borrow::Cow;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

/// The upper half of the code pages of DOS.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// Signs that stand within no word of a name: apostrophes, hyphens, dots and what
/// joins two names are not among them.
const WITHIN: &str = "*#~_!^|=%$:{}\\¡¢£¤¥¦§¨©«¬®¯°±²³¶¸¹»¼½¾¿×÷ˆ˜‚„†‡•…‰‹›€™";
/// Those of them that follow no letter.
const AFTER: &str = "¡¢£¤¥¦¬±¶¿‚„‰";
/// What a name may begin with before a capital within it.
const BEFORE_CAPITAL: &[&str] =
    &["mc", "mac", "de", "del", "da", "di", "du", "la", "le", "van", "von", "fitz", "o", "d", "l", "al", "el", "bin"];

/// Letters of Cyrillic and Greek that look like the Latin ones below them.
const LOOK: &str = "аеорсхуіјѕһԁԛԝАВЕКМНОРСТХУІЈЅοαεικρτυνΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
const LATIN: &str = "aeopcxyijshdqwABEKMHOPCTXYIJSoaeikptuvABEZHIKMNOPTYX";

/// A way to read bytes, and back.
#[derive(Clone, Copy)]
enum Page {
    Of(&'static Encoding),
    Dos(&'static str),
}

const PAGES: [Page; 4] = [Page::Of(WINDOWS_1252), Page::Of(MACINTOSH), Page::Dos(CP437), Page::Dos(CP850)];

impl Page {
    /// The bytes that are shown as the text.
    fn bytes(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Of(encoding) => {
                let (bytes, _, unmappable) = encoding.encode(text);
                (!unmappable).then(|| bytes.into_owned())
            }
            Self::Dos(upper) => text.chars().map(|c| dos_byte(upper, c)).collect(),
        }
    }

    /// The text that bytes are shown as.
    fn text(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Of(encoding) => {
                encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned)
            }
            Self::Dos(upper) => bytes.iter().map(|byte| dos_char(upper, *byte)).collect(),
        }
    }
}

fn dos_byte(upper: &str, c: char) -> Option<u8> {
    if c.is_ascii() {
        return u8::try_from(c).ok();
    }
    let at = upper.chars().position(|known| known == c)?;
    u8::try_from(at + 128).ok()
}

fn dos_char(upper: &str, byte: u8) -> Option<char> {
    if byte.is_ascii() {
        return Some(char::from(byte));
    }
    upper.chars().nth(usize::from(byte).checked_sub(128)?)
}

/// Whether any text was decoded wrongly: UTF-8 as if it were something else
/// (`JosÃ©`, `Mu√±oz`, `Mu├▒oz`), with what it was before; or with a character
/// lost (`Jos\u{fffd}`).
pub(super) fn decoded(text: &str) -> Option<Option<String>> {
    if text.is_ascii() {
        return None;
    }
    if text.contains('\u{fffd}') {
        return Some(None);
    }
    let utf_8 = |page: Page| String::from_utf8(page.bytes(text)?).ok().filter(|meant| !meant.is_ascii());
    if let Some(meant) = PAGES.into_iter().find_map(utf_8) {
        return Some(Some(meant));
    }
    let mut pairs = text.chars().zip(text.chars().skip(1));
    let broken = |(one, next): (char, char)| matches!(one, 'Ã' | 'Â') && !next.is_ascii() && !next.is_alphabetic();
    pairs.any(broken).then_some(None)
}

/// Whether a name has signs in place of letters, with what it was before: `Mu¤oz`,
/// `MuÒoz`, `Mu%C3%B1oz`, letters of two scripts in one word.
pub(super) fn name(text: &str) -> Option<Option<String>> {
    // As names are written, and nothing else.
    let plain = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b',' | b'.' | b'-' | b'\'');
    if text.starts_with(['=', '@']) || text.bytes().all(plain) {
        return None;
    }
    let escaped = unescaped(text);
    if escaped.is_some() {
        return Some(escaped);
    }
    if let Some(meant) = of_one_script(text) {
        return Some(meant);
    }
    has_signs(text).then(|| meant(text))
}

/// Whether signs stand within words, or capitals that an encoding made.
fn has_signs(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let at = |place: Option<usize>| place.and_then(|place| chars.get(place)).copied().unwrap_or(' ');
    let mut places = chars.iter().enumerate();
    places.any(|(place, c)| {
        let (before, after) = (at(place.checked_sub(1)), at(place.checked_add(1)));
        let between = before.is_alphabetic() && after.is_alphabetic();
        let small_after = between && !after.is_uppercase();
        match c {
            // "Day_Kim" and "Roe–Lee" are two names each.
            '_' | ':' | '–' | '—' => small_after,
            // A byte as three digits: `M\303\274ller`.
            '\\' => between || before.is_alphabetic() && after.is_ascii_digit(),
            '\u{2190}'..='\u{2bff}' | '\u{e000}'..='\u{f8ff}' => between,
            c if AFTER.contains(*c) => before.is_alphabetic(),
            c if WITHIN.contains(*c) => between,
            c if c.is_ascii() => false,
            c if c.is_uppercase() => before.is_lowercase() && after.is_lowercase() && !begins(&chars, place),
            // Programs that know no marks write `MUñOZ`; `LàPEZ` is none of theirs.
            c => *c == 'à' && before.is_uppercase() && after.is_uppercase(),
        }
    })
}

/// Whether what stands in the word before the place may stand before a capital:
/// `McÉvoy`.
fn begins(chars: &[char], place: usize) -> bool {
    let before = chars.get(..place).unwrap_or_default().iter().rev().take_while(|c| c.is_alphabetic());
    let word: String = before.collect::<Vec<_>>().into_iter().rev().collect::<String>().to_lowercase();
    BEFORE_CAPITAL.contains(&word.as_str())
}

/// The one text of letters that another encoding makes of it.
fn meant(text: &str) -> Option<String> {
    let ways = PAGES.into_iter().flat_map(|seen| PAGES.into_iter().map(move |meant| (seen, meant)));
    let mut found: Vec<String> = Vec::new();
    for (seen, meant) in ways {
        let read = seen.bytes(text).and_then(|bytes| meant.text(&bytes));
        let Some(read) = read.filter(|read| read != text && is_plain(read)) else { continue };
        if !found.contains(&read) {
            found.push(read);
        }
    }
    let only = found.len() == 1;
    found.pop().filter(|_| only)
}

/// Whether all of it is what Spanish names are written with.
fn is_plain(text: &str) -> bool {
    let known = |c: char| c.is_ascii() || "áéíóúüñÁÉÍÓÚÜÑ".contains(c);
    text.chars().all(known) && !has_signs(text)
}

/// The text with what escapes stand for: `\u00f1`, `%C3%B1`, `=C3=B1`, `+APE-`.
fn unescaped(text: &str) -> Option<String> {
    if !text.contains(['\\', '%', '=', '+']) {
        return None;
    }
    let coded = |mark: &str, digits: usize| by_code(text, mark, digits);
    let octets = |mark: char| by_octets(text, mark);
    coded("\\u", 4)
        .or_else(|| coded("\\x", 2))
        .or_else(|| octets('%'))
        .or_else(|| octets('='))
        .or_else(|| of_utf_7(text))
}

fn by_code(text: &str, mark: &str, digits: usize) -> Option<String> {
    let mut pieces = text.split(mark);
    let mut out = pieces.next()?.to_owned();
    let mut any = false;
    for piece in pieces {
        let code = piece.get(..digits).filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        out.push(char::from_u32(u32::from_str_radix(code, 16).ok()?)?);
        out.push_str(piece.get(digits..)?);
        any = true;
    }
    any.then_some(out)
}

fn by_octets(text: &str, mark: char) -> Option<String> {
    let mut pieces = text.split(mark);
    let mut out = pieces.next()?.as_bytes().to_vec();
    let mut any = false;
    for piece in pieces {
        let code = piece.get(..2).filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        out.push(u8::from_str_radix(code, 16).ok()?);
        out.extend_from_slice(piece.get(2..)?.as_bytes());
        any = true;
    }
    let read = String::from_utf8(out).ok()?;
    (any && !read.is_ascii()).then_some(read)
}

/// What UTF-7 has between `+` and `-`.
fn of_utf_7(text: &str) -> Option<String> {
    let (before, rest) = text.split_once('+')?;
    let (code, after) = rest.split_once('-')?;
    if code.len() < 3 || !before.ends_with(char::is_alphabetic) && !before.is_empty() {
        return None;
    }
    let bytes = data_encoding::BASE64_NOPAD.decode(code.as_bytes()).ok()?;
    let units: Option<Vec<u16>> =
        bytes.chunks(2).map(|pair| Some(u16::from_be_bytes([*pair.first()?, *pair.get(1)?]))).collect();
    let letters = String::from_utf16(&units?).ok().filter(|letters| letters.chars().all(char::is_alphabetic))?;
    Some(format!("{before}{letters}{after}"))
}

/// Whether a word has letters of Latin and of a script that looks like it; what
/// is seen is told where it looks like Latin alone.
fn of_one_script(text: &str) -> Option<Option<String>> {
    let other = |c: char| c.is_alphabetic() && matches!(c, '\u{370}'..='\u{52f}') && c != 'µ';
    let latin = |c: char| c.is_alphabetic() && c < '\u{250}';
    let mixed = |word: &str| word.contains(other) && word.contains(latin);
    if text.is_ascii() || !text.split(|c: char| !c.is_alphabetic()).any(mixed) {
        return None;
    }
    let looks = |c: char| {
        let at = LOOK.chars().position(|known| known == c);
        at.and_then(|at| LATIN.chars().nth(at)).unwrap_or(c)
    };
    let seen: String = text.chars().map(looks).collect();
    Some((!seen.contains(other)).then_some(seen))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_garbled_is_told_where_it_is_certain() {
        assert_eq!(LOOK.chars().count(), LATIN.chars().count());
        for (text, meant) in [("Mu√±oz", "Muñoz"), ("Mu├▒oz", "Muñoz"), ("OΓÇÖBrien", "O’Brien"), ("JosÃ©", "José")]
        {
            assert_eq!(decoded(text), Some(Some(meant.to_owned())), "{text}");
        }
        for (text, meant) in [
            ("Mu¤oz, Ana", Some("Muñoz, Ana")),
            ("Jos‚", Some("José")),
            ("MuÒoz", None),
            ("Mu–oz", None),
            ("Mu¿oz", None),
            ("Muсoz", Some("Mucoz")),
            ("Mu\\u00f1oz", Some("Muñoz")),
            ("Mu\\xf1oz", Some("Muñoz")),
            ("Mu%C3%B1oz", Some("Muñoz")),
            ("Mu=C3=B1oz", Some("Muñoz")),
            ("Mu+APE-oz", Some("Muñoz")),
            ("Mu□oz", None),
            ("Mu_oz", None),
            ("Mu*oz", None),
            ("Mu~oz", None),
            ("Mu|oz", None),
            ("M\\303\\274ller", None),
        ] {
            let found = name(text);
            assert!(found.is_some(), "{text}");
            if meant.is_some() {
                assert_eq!(found.flatten().as_deref(), meant, "{text}");
            }
        }
    }

    #[test]
    fn ordinary_names_are_not_garbled() {
        for text in [
            "Muñoz, José",
            "O’Brien-Lee, Máire",
            "D‘Angelo",
            "Roe–Lee, Ann",
            "Day_Kim",
            "Wright*, Sue",
            "Núñez, Zoë ✓",
            "**Hale",
            "Gal·la",
            "Col·lell",
            "St. John",
            "J.R. Smith",
            "McÉvoy",
            "DeÁngel",
            "GROSS, ÉMILE",
            "Groß",
            "STRAßE",
            "Łukasz Żak",
            "Иванова, Анна",
            "Παπαδόπουλος",
            "毛泽东",
            "मोहन",
            "می\u{200c}خواهم",
            "Nguyễn Thị Ánh",
            "Ｓｕｅ",
            "Sue 🌸 Wright",
            "Robert \"Bob\" Smith",
            "=HYPERLINK(1)",
            "Ağaoğlu, Işık",
            "İnci",
            "Mª Carmen",
            "John & Mary",
            "Smith/Jones",
            "Sue® Wright",
            "Ana (Anita) Ruiz",
            "O'Neil",
            "O`Neil",
            "O´Neil",
            "N'Diaye",
            "Ka‘imi",
            "Kaʻimi",
            "Sørensen, Åse",
        ] {
            assert_eq!(name(text), None, "{text}");
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
