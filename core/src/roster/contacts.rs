//! The e-mail address and the phone number of a row: each is read once.

use super::RosterRow;
use crate::finding::{Checked, Finding};
use crate::username::{Email, Phone, check_email, check_phone};

/// What came of reading them.
#[derive(Debug, Clone, Default)]
pub(super) struct Contacts {
    pub(super) email: Option<Checked<Email>>,
    pub(super) phone: Option<Checked<Phone>>,
}

impl Contacts {
    pub(super) fn of(row: &RosterRow, country: &str) -> Self {
        Self {
            email: row.email.as_deref().map(check_email),
            phone: row.phone.as_deref().map(|text| check_phone(text, country)),
        }
    }

    /// The address, where it is one, in canonical form.
    pub(super) fn email(&self) -> Option<&str> {
        self.email.as_ref()?.value.as_ref().map(|email| email.canonical.as_str())
    }

    /// The number, where it is one, in E.164.
    pub(super) fn phone(&self) -> Option<&str> {
        self.phone.as_ref()?.value.as_ref().map(|phone| phone.e164.as_str())
    }

    /// Whether what was said of either can be used.
    pub(super) fn is_sound(&self) -> bool {
        self.email.as_ref().is_none_or(|email| email.value.is_some())
            && self.phone.as_ref().is_none_or(|phone| phone.value.is_some())
    }

    /// Both, and what there is to say of them.
    pub(super) fn into_parts(self) -> (Option<Email>, Option<Phone>, Vec<Finding>) {
        let (email, mut findings) = self.email.map(|email| (email.value, email.findings)).unwrap_or_default();
        let (phone, more) = self.phone.map(|phone| (phone.value, phone.findings)).unwrap_or_default();
        findings.extend(more);
        (email, phone, findings)
    }
}
