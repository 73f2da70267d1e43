//! Names of people, as rosters and forms write them.

use carekey::name as core;
use pyo3::prelude::*;

use super::checked::CheckedOf;
use crate::answers::PersonName;
use crate::arg::Text;
use crate::error::rule;
use crate::over::{Core, Over};

#[pymethods]
impl PersonName {
    /// Reads a name written as `Last, First Middle (Nickname)` or as
    /// `First Middle Last`. One word is a last name.
    ///
    /// Findings, on the field ``name``: ``name.missing``,
    /// ``text.too_long`` (over 200 characters),
    /// ``text.control_character``.
    #[staticmethod]
    fn parse(py: Python<'_>, text: Text) -> PyResult<CheckedOf<Self>> {
        rule(py, || core::PersonName::parse(&text.0).over())
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
