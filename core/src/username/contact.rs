//! What an invitation is sent to: e-mail or phone (rule U2).

use super::email::{Email, check_email};
use super::phone::{Phone, check_phone};
use crate::finding::{Checked, Code, Finding};
use crate::words::Method;

/// An e-mail address or a phone number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contact {
    /// An e-mail address.
    Email(Email),
    /// A phone number.
    Phone(Phone),
}

impl Contact {
    /// The form in which it is compared: [`canonical`](super::canonical) of what was typed.
    pub fn canonical(&self) -> &str {
        match self {
            Self::Email(email) => &email.canonical,
            Self::Phone(phone) => &phone.e164,
        }
    }

    /// As it was typed.
    pub fn display(&self) -> &str {
        match self {
            Self::Email(email) => &email.typed,
            Self::Phone(phone) => &phone.typed,
        }
    }

    /// How a message reaches it.
    pub fn method(&self) -> Method {
        match self {
            Self::Email(_) => Method::Email,
            Self::Phone(_) => Method::Sms,
        }
    }
}

/// Reads an e-mail address or a phone number (rule U2); `country` as in
/// [`check_phone`].
///
/// What has an `@` is checked as an e-mail address, with the findings of
/// [`check_email`]; what has digits and no letters as a phone number, with
/// those of [`check_phone`]. Else, on the field `contact`: `contact.missing`,
/// `contact.malformed`.
///
/// ```
/// use carekey::Method;
/// use carekey::username::check_contact;
///
/// let contact = check_contact("212-555-0142", "US").into_result()?;
/// assert_eq!(contact.method(), Method::Sms);
/// assert_eq!(contact.canonical(), "+12125550142");
/// # Ok::<(), carekey::Error>(())
/// ```
pub fn check_contact(text: &str, country: &str) -> Checked<Contact> {
    let text = text.trim();
    if text.is_empty() {
        return Checked::fail(Finding::new(Code::ContactMissing, "contact"));
    }
    if text.contains('@') {
        let Checked { value, findings } = check_email(text);
        return Checked { value: value.map(Contact::Email), findings };
    }
    if text.chars().any(char::is_numeric) && !text.chars().any(char::is_alphabetic) {
        let Checked { value, findings } = check_phone(text, country);
        return Checked { value: value.map(Contact::Phone), findings };
    }
    Checked::fail(Finding::new(Code::ContactMalformed, "contact"))
}
