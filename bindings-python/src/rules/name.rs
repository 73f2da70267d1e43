//! Names of people, as rosters and forms write them.

use carekey::name as core;

use super::checked::CheckedOf;
use crate::arg::{Text, text};
use crate::error::rule;
use crate::record::record;

record! {
    /// The name of a person. Whoever has one name has it as `last`.
    ///
    /// >>> from carekey.username import PersonName
    /// >>> name = PersonName.parse("Taming,  Sue (Sue W)").require()
    /// >>> name.first, name.last, name.nickname, name.display()
    /// ('Sue', 'Taming', 'Sue W', 'Sue Taming')
    PersonName from core::PersonName as name {
        /// The first name.
        first: Option<String> = name.first,
        /// The middle name or names, or their initials.
        middle: Option<String> = name.middle,
        /// The last name, with its particles (`van der`) and suffix (`Jr.`).
        last: Option<String> = name.last,
        /// What the person is called; no username is made from it.
        nickname: Option<String> = name.nickname,
    }
    methods {
        #[new]
        #[pyo3(signature = (*, first = None, middle = None, last = None, nickname = None))]
        fn new(first: Option<Text>, middle: Option<Text>, last: Option<Text>, nickname: Option<Text>) -> Self {
            Self { first: text(first), middle: text(middle), last: text(last), nickname: text(nickname) }
        }

        /// Reads a name written as `Last, First Middle (Nickname)` or as
        /// `First Middle Last`. One word is a last name.
        ///
        /// Findings, on the field ``name``: ``name.missing``,
        /// ``text.too_long`` (over 200 characters),
        /// ``text.control_character``.
        #[staticmethod]
        fn parse(py: pyo3::Python<'_>, text: Text) -> pyo3::PyResult<CheckedOf<Self>> {
            rule(py, || core::PersonName::parse(&text.0).into())
        }

        /// How a list shows the person: first and last name.
        fn display(&self) -> String {
            self.core().display()
        }

        /// The form by which a roster knows the same name again.
        fn key(&self) -> String {
            self.core().key()
        }
    }
}

impl PersonName {
    pub(super) fn core(&self) -> core::PersonName {
        let Self { first, middle, last, nickname } = self.clone();
        core::PersonName { first, middle, last, nickname }
    }
}
