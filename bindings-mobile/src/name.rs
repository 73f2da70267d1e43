//! Names of people.

use carekey::name;

use crate::finding::{Finding, findings};

/// The name of a person. A person with one name has it as `last`.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PersonName {
    /// The first name.
    #[uniffi(default)]
    pub first: Option<String>,
    /// The middle name or names, or their initials.
    #[uniffi(default)]
    pub middle: Option<String>,
    /// The last name, with its particles (`van der`) and its suffix (`Jr.`).
    #[uniffi(default)]
    pub last: Option<String>,
    /// What the person is called; no username is made from it.
    #[uniffi(default)]
    pub nickname: Option<String>,
}

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

/// What came of reading a name.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PersonNameCheck {
    /// The name, unless an error forbids it.
    pub value: Option<PersonName>,
    /// What there is to say about it.
    pub findings: Vec<Finding>,
}

/// Reads a name written as `Last, First Middle (Nickname)` or as
/// `First Middle Last`.
///
/// Findings, on the field `name`: `name.missing`, `text.too_long` (more than
/// 200 characters), `text.control_character`.
#[uniffi::export]
pub fn check_person_name(text: &str) -> PersonNameCheck {
    let checked = name::PersonName::parse(text);
    PersonNameCheck { value: checked.value.map(PersonName::from), findings: findings(checked.findings) }
}

impl From<name::PersonName> for PersonName {
    fn from(name::PersonName { first, middle, last, nickname }: name::PersonName) -> Self {
        Self { first, middle, last, nickname }
    }
}

impl From<PersonName> for name::PersonName {
    fn from(PersonName { first, middle, last, nickname }: PersonName) -> Self {
        Self { first, middle, last, nickname }
    }
}
