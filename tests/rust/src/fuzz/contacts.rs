//! E-mail addresses, phone numbers, and the canonical form (U1, U2, U6).

use carekey::Code;
use carekey::username::{Contact, canonical, check_contact, check_email, check_phone, skeleton};

use super::{consistent, has, parts, text};

/// The bytes are an address.
pub fn email(data: &[u8]) {
    let text = text(data);
    let read = check_email(&text);
    consistent(&read);
    assert!(read.findings.iter().all(|finding| finding.field == "email"));
    // Whoever takes a suggestion is not told to take another.
    for meant in read.findings.iter().filter_map(|finding| finding.suggestion.as_deref()) {
        let mended = check_email(meant);
        assert!(!has(&mended.findings, Code::EmailDomainSlip), "{meant}");
    }
    let Some(email) = read.value else { return };
    assert!(email.typed.len() <= 254 && email.canonical.len() <= 254);
    let (local, domain) = email.canonical.rsplit_once('@').expect("an @");
    assert!((1..=64).contains(&local.len()) && domain.is_ascii() && domain.contains('.'), "{email:?}");
    assert!(!email.typed.contains(|c: char| c.is_control() || c.is_whitespace()), "{email:?}");
    assert_eq!(canonical(&text, "US"), email.canonical);
    let again = check_email(&email.canonical);
    assert_eq!(again.value.map(|again| again.canonical), Some(email.canonical), "{:?}", again.findings);
}

/// The first line is a country, the rest a number.
pub fn phone(data: &[u8]) {
    let [country, typed] = parts(data);
    let read = check_phone(&typed, &country);
    consistent(&read);
    assert!(read.findings.iter().all(|finding| finding.field == "phone"));
    let Some(phone) = read.value else { return };
    assert_eq!(phone.typed, typed.trim());
    let digits = phone.e164.strip_prefix('+').expect("a plus");
    assert!((4..=17).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()), "{phone:?}");
    for country in ["US", "DE", "", country.as_str()] {
        let again = check_phone(&phone.e164, country);
        assert_eq!(again.value.map(|again| again.e164).as_deref(), Some(phone.e164.as_str()), "{country}");
    }
    assert_eq!(canonical(&typed, &country), phone.e164);
}

/// The first line is a country, the rest what someone types as a username.
pub fn contact(data: &[u8]) {
    let [country, typed] = parts(data);
    let read = check_contact(&typed, &country);
    consistent(&read);
    let form = canonical(&typed, &country);
    assert_eq!(canonical(&form, &country), form, "of {typed:?}");
    let looks = skeleton(&form);
    assert_eq!(skeleton(&looks), looks, "of {form:?}");
    if let Some(contact) = read.value {
        assert_eq!(contact.canonical(), form);
        match contact {
            Contact::Email(email) => assert_eq!(Some(email), check_email(&typed).value),
            Contact::Phone(phone) => assert_eq!(Some(phone), check_phone(&typed, &country).value),
        }
    }
}
