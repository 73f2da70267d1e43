//! Names of people.

use carekey::name;

use crate::finding::checks;
use crate::records::PersonName;

#[uniffi::export]
impl PersonName {
    /// How a list shows the person: first and last name.
    pub fn display(&self) -> String {
        name::PersonName::from(self.clone()).display()
    }

    /// The form by which the same name is known again.
    pub fn key(&self) -> String {
        name::PersonName::from(self.clone()).key()
    }
}

checks! {
    /// What came of reading a name.
    PersonNameCheck(
        /// The name, unless an error forbids it.
        PersonName
    )
}

/// Reads a name written as `Last, First Middle (Nickname)` or as
/// `First Middle Last`.
///
/// Findings, on the field `name`: `name.missing`, `text.too_long` (more than
/// 200 characters), `text.control_character`.
#[uniffi::export]
pub fn check_person_name(text: &str) -> PersonNameCheck {
    name::PersonName::parse(text).into()
}
