//! Phone numbers (rule U2).

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, Region};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::mend::{self, Meant};
use crate::finding::{Checked, Code, Finding};

/// The most characters that are read as a phone number: E.164 has 15 digits,
/// and no way of writing them doubles that and more.
const LIMIT: usize = 40;
/// Beyond this no number is looked for in a text.
const READ_LIMIT: usize = 200;

/// A phone number that can be used as a username and written to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Phone {
    /// As it was typed, without the blanks around it: what is shown.
    pub typed: String,
    /// In E.164, `+12125550142`: what is compared and written to.
    pub e164: String,
}

/// Reads a phone number (rule U2). Without a country code it is one of
/// `country`, the agency's (ISO 3166-1, two capital letters).
///
/// It must be valid by the numbering plan of its country, after the metadata
/// of libphonenumber; a number that merely has a possible length is not
/// accepted, since a message to it would never arrive. Extensions and letters
/// are malformed: no text message reaches an extension.
///
/// Findings, on the field `phone`: `phone.missing`, `phone.malformed`,
/// `phone.not_valid`, `phone.several` (two numbers and more), and
/// `phone.extension`. Where a number without what stands about it is valid, it
/// is the suggestion; nothing is completed.
///
/// ```
/// use carekey::username::check_phone;
///
/// let phone = check_phone("(212) 555-0142", "US").into_result()?;
/// assert_eq!(phone.e164, "+12125550142");
/// # Ok::<(), carekey::Error>(())
/// ```
pub fn check_phone(text: &str, country: &str) -> Checked<Phone> {
    let typed = text.trim();
    if typed.is_empty() {
        return Checked::fail(Finding::new(Code::PhoneMissing, "phone"));
    }
    let finding = match read(typed, country) {
        Ok(e164) => return Checked::pass(Phone { typed: typed.to_owned(), e164 }),
        Err(Unread::Malformed) => Finding::new(Code::PhoneMalformed, "phone"),
        Err(Unread::NotValid(country)) => Finding::new(Code::PhoneNotValid, "phone").with("country", country),
    };
    if typed.chars().count() > READ_LIMIT {
        return Checked::fail(finding);
    }
    Checked::fail(match mend::phone(typed, |piece| read(piece, country).is_ok()) {
        Some(Meant::One(number)) => finding.suggest(number),
        Some(Meant::Extension(number)) => Finding::new(Code::PhoneExtension, "phone").suggest(number),
        Some(Meant::Several(count, first)) => {
            Finding::new(Code::PhoneSeveral, "phone").with("count", count).suggest(first)
        }
        None => finding,
    })
}

/// Why a text is not the number of a phone.
pub(super) enum Unread {
    Malformed,
    /// The country in which there is no such number.
    NotValid(String),
}

/// The number in E.164.
pub(super) fn read(typed: &str, country: &str) -> Result<String, Unread> {
    if is_unwritten(typed) {
        return Err(Unread::Malformed);
    }
    let plain = plain(typed).ok_or(Unread::Malformed)?;
    let region = country.parse::<Region>().ok();
    let unknown = || Unread::NotValid(country.to_owned());
    if region.is_none() && !plain.starts_with('+') {
        return Err(unknown());
    }
    let number = PHONE_NUMBER_UTIL.parse(&plain, region).map_err(|_| unknown())?;
    let of = PHONE_NUMBER_UTIL.get_region_for_country_code(number.country_code);
    if !is_valid(&number, of) {
        return Err(match of {
            Some(of) if plain.starts_with('+') => Unread::NotValid(of.to_string()),
            _ => unknown(),
        });
    }
    Ok(number.format_as(PhoneNumberFormat::E164).into_owned())
}

/// Whether the plan of its country has the number. Of the countries that share a
/// code the main one is the first that is asked for whose it is: what is valid
/// there need not be looked for in all of them.
fn is_valid(number: &PhoneNumber, main: Option<Region>) -> bool {
    main.is_some_and(|main| number.is_valid_for_region(main)) || number.is_valid()
}

/// The text in ASCII, if it has only what a phone number is written with.
///
/// The parser is never given anything else: it then has no letters, no
/// extension and no `tel:` parameter to read, and stays within the part of
/// it that has regular expressions known to compile (every country's are
/// tried in the tests, since it would panic on one that does not).
fn plain(typed: &str) -> Option<String> {
    if is_unwritten(typed) {
        return None;
    }
    if typed.is_ascii() { digits(typed.chars(), typed.len()) } else { any_plain(typed) }
}

fn any_plain(typed: &str) -> Option<String> {
    if typed.chars().any(is_no_digit) { None } else { digits(typed.nfkc(), typed.len()) }
}

/// Whether no number is written so: too long, or a fraction.
fn is_unwritten(typed: &str) -> bool {
    typed.len() > LIMIT && typed.chars().nth(LIMIT).is_some() || is_fraction(typed)
}

fn digits(typed: impl Iterator<Item = char>, length: usize) -> Option<String> {
    let mut out = String::with_capacity(length);
    for c in typed {
        match c {
            '0'..='9' | '+' | '-' | '.' | '(' | ')' | '/' | ' ' => out.push(c),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            // A digit of another script.
            _ if c.is_numeric() => match any_ascii::any_ascii_char(c) {
                digit if digit.len() == 1 => out.push_str(digit),
                _ => return None,
            },
            _ => return None,
        }
    }
    let digits = out.chars().filter(char::is_ascii_digit).count();
    (digits >= 3 && out.rfind('+').is_none_or(|at| at == 0)).then_some(out)
}

/// A number that a spreadsheet kept as a fraction: `664123456.0`. The zero is
/// no digit of the phone's.
fn is_fraction(typed: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    typed.strip_suffix(".0").is_some_and(|whole| whole.len() > 3 && digits(whole.trim_start_matches('+')))
}

/// A number that is raised, ringed or a fraction, and no digit: `²`, `①`. Those
/// of full width are digits.
fn is_no_digit(c: char) -> bool {
    c.is_numeric() && !c.is_ascii() && !matches!(c, '\u{ff10}'..='\u{ff19}') && !core::iter::once(c).nfkc().eq([c])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_short_way_is_the_long_way(typed in "[ -~]{0,12}|[0-9+() .-]{0,16}|\\PC{0,8}") {
            prop_assert_eq!(plain(&typed), if is_unwritten(&typed) { None } else { any_plain(&typed) });
        }
    }

    #[test]
    fn the_main_country_of_a_code_is_asked_first_and_changes_no_answer() {
        let mut valid = 0;
        for code in [1, 7, 39, 44, 47, 61, 212, 262, 290, 358, 590, 599, 49, 91] {
            let main = PHONE_NUMBER_UTIL.get_region_for_country_code(code);
            for area in 100..1000 {
                for rest in ["5550142", "234567", "12345"] {
                    let Ok(number) = PHONE_NUMBER_UTIL.parse(format!("+{code}{area}{rest}"), main) else { continue };
                    assert_eq!(is_valid(&number, main), number.is_valid(), "+{code}{area}{rest}");
                    valid += usize::from(number.is_valid());
                }
            }
        }
        assert!(valid > 1000, "only {valid} numbers were valid");
    }

    /// The parser compiles a country's regular expressions when it first
    /// needs them, and panics on one that does not compile. Here it needs
    /// those of every country there could be, for numbers of every length.
    #[test]
    fn numbers_of_every_country_are_read_without_a_panic() {
        let mut valid = 0;
        for a in 'A'..='Z' {
            for b in 'A'..='Z' {
                let country = format!("{a}{b}");
                for start in 0..10 {
                    for length in [4, 7, 8, 9, 10, 11, 12, 16] {
                        let digits: String = (0..length).map(|i| char::from(b'0' + (start + i * 3) % 10)).collect();
                        valid += usize::from(read(&digits, &country).is_ok());
                    }
                }
            }
        }
        for code in 1..1000 {
            for rest in ["", "1", "23456", "234567890", "612345678", "2125550142", "99999999999999"] {
                valid += usize::from(read(&format!("+{code}{rest}"), "US").is_ok());
            }
        }
        assert!(valid > 1000, "only {valid} numbers were valid");
    }
}
