//! Usernames: e-mail addresses, phone numbers and the names of office staff.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use carekey::finding::Checked;
use carekey::username::{self, NameRequest, StaffPattern, Taken};

use crate::choice::choices;
use crate::error::CarekeyError;
use crate::finding::checks;
use crate::policy::Policy;
use crate::records::{Email, PersonName, Phone, UsernameRequest, UsernameVerdict};
use crate::words::ContactMethod;

checks! {
    /// What came of reading an e-mail address.
    EmailCheck(
        /// The address, unless an error forbids it.
        Email
    )

    /// What came of reading a phone number.
    PhoneCheck(
        /// The number, unless an error forbids it.
        Phone
    )

    /// What came of reading an e-mail address or a phone number.
    ContactCheck(
        /// The contact, unless an error forbids it.
        Contact
    )

    /// What came of making a staff name.
    StaffNameCheck(
        /// The name, unless an error forbids it.
        String
    )
}

/// Reads an e-mail address.
///
/// Findings, on the field `email`, in this order: `email.missing`,
/// `email.malformed`, `email.too_long`, `email.local_too_long`,
/// `email.ip_address`, `email.domain_without_dot`, `email.domain_invalid`, and
/// the warning `email.domain_slip` with the mended address as its suggestion.
#[uniffi::export]
pub fn check_email(text: &str) -> EmailCheck {
    username::check_email(text).into()
}

/// Reads a phone number. Without a country code it is one of `country`, the
/// agency's (ISO 3166-1, two capital letters).
///
/// Findings, on the field `phone`: `phone.missing`, `phone.malformed`,
/// `phone.not_valid`.
#[uniffi::export]
pub fn check_phone(text: &str, country: &str) -> PhoneCheck {
    username::check_phone(text, country).into()
}

/// An e-mail address or a phone number.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Contact {
    /// How a message reaches it.
    pub method: ContactMethod,
    /// As it was typed.
    pub display: String,
    /// The form in which it is compared.
    pub canonical: String,
}

/// Reads an e-mail address (what has an `@`) or a phone number (what has
/// digits and no letters).
///
/// Findings: those of `checkEmail` or `checkPhone`, else, on the field
/// `contact`: `contact.missing`, `contact.malformed`.
#[uniffi::export]
pub fn check_contact(text: &str, country: &str) -> ContactCheck {
    username::check_contact(text, country).into()
}

/// The canonical form of a typed username: what sign-in looks up, and what is
/// unique in an agency. Nothing is refused; twice changes nothing.
#[uniffi::export]
pub fn canonical_username(typed: &str, country: &str) -> String {
    username::canonical(typed, country)
}

choices! {
    /// What a name clashes with.
    Clash = carekey::username::Clash {
        /// The same name.
        Taken,
        /// The same name, of someone who was deleted.
        Retired,
        /// A name that looks alike.
        Confusable(
            /// The other name.
            other: String
        ),
    }
}

/// Whether a name in canonical form is in use, or looks like one that is.
/// `retired` are the names of people who were deleted.
#[uniffi::export(default(retired))]
pub fn find_clash(name: &str, taken: Vec<String>, retired: Vec<String>) -> Option<Clash> {
    in_use(&taken, &retired).find(name).map(Clash::from)
}

/// The names in use, and those of people who were deleted.
pub(crate) fn in_use(taken: &[String], retired: &[String]) -> Taken {
    let mut names: Taken = taken.iter().collect();
    retired.iter().for_each(|name| names.insert_retired(name));
    names
}

/// The plain name of a person in a house pattern, in lower-case ASCII: with
/// `{prefix}{first:1}{last}` and 104, Felicia Conner is `104fconner`.
///
/// Findings: `policy.pattern`; on the field `name`: `name.missing`,
/// `name.no_letters`; on `username`: `username.too_long`.
#[uniffi::export]
pub fn staff_name(pattern: &str, prefix: &str, name: PersonName, max_length: u32) -> StaffNameCheck {
    let Checked { value: pattern, findings } = StaffPattern::parse(pattern);
    let name = pattern.map(|pattern| pattern.name_for(prefix, &name.into(), max_length));
    name.unwrap_or(Checked { value: None, findings }).into()
}

/// The usernames of one agency and one batch of rows.
///
/// Rows are checked in their order; a row that passes has its name from then
/// on, and a later row that wants it fails.
#[derive(Debug, uniffi::Object)]
pub struct Usernames(Mutex<username::Usernames>);

#[uniffi::export]
impl Usernames {
    /// A new batch: the agency's policy, its `prefix` for staff names (at most
    /// 8 letters or digits, may be empty), its `country` (two capital letters),
    /// the names in canonical form that it uses or once used, and those of
    /// people who were deleted.
    ///
    /// Throws `Invalid` with the findings `policy.pattern`, `agency.prefix` and
    /// `agency.country`.
    #[uniffi::constructor(default(retired))]
    pub fn new(
        policy: &Policy,
        prefix: &str,
        country: &str,
        taken: Vec<String>,
        retired: Vec<String>,
    ) -> Result<Arc<Self>, CarekeyError> {
        let names = username::Usernames::new(&policy.0.username, prefix, country, in_use(&taken, &retired))?;
        Ok(Arc::new(Self(Mutex::new(names))))
    }

    /// The verdict on the next row. What the same line had before is given
    /// back first, so that a corrected row can be checked again.
    pub fn check(&self, request: UsernameRequest) -> UsernameVerdict {
        let name = request.name.clone().into();
        self.names().check(&borrowed(&request, &name)).into()
    }

    /// The verdicts on all rows of a batch, in their order. The first
    /// suggestions of all failed rows can be accepted together.
    pub fn check_all(&self, requests: Vec<UsernameRequest>) -> Vec<UsernameVerdict> {
        let people: Vec<carekey::name::PersonName> =
            requests.iter().map(|request| request.name.clone().into()).collect();
        let rows: Vec<NameRequest<'_>> =
            requests.iter().zip(&people).map(|(request, name)| borrowed(request, name)).collect();
        self.names().check_all(&rows).into_iter().map(UsernameVerdict::from).collect()
    }

    /// Accepts a suggestion for a row, or any other name that someone typed.
    pub fn accept(&self, request: UsernameRequest, username: &str) -> UsernameVerdict {
        let name = request.name.clone().into();
        self.names().accept(&borrowed(&request, &name), username).into()
    }
}

impl Usernames {
    fn names(&self) -> MutexGuard<'_, username::Usernames> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn borrowed<'a>(request: &'a UsernameRequest, name: &'a carekey::name::PersonName) -> NameRequest<'a> {
    NameRequest {
        line: request.line,
        scheme: request.scheme.into(),
        name,
        username: request.username.as_deref(),
        email: request.email.as_deref(),
        phone: request.phone.as_deref(),
        own: request.own.as_deref(),
        earlier: &request.earlier,
    }
}

impl From<username::Contact> for Contact {
    fn from(contact: username::Contact) -> Self {
        Self {
            method: contact.method().into(),
            display: contact.display().to_owned(),
            canonical: contact.canonical().to_owned(),
        }
    }
}
