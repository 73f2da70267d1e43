//! Usernames (U1 to U6).

use carekey::Method;
use carekey::username as core;
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::checked::CheckedOf;
use super::policy;
use super::written::{Taken, Usernames};
use crate::answers::{NameRequest, NameVerdict};
use crate::arg::{Many, Object, Text, Word};
use crate::engine::settings::Policy;
use crate::error::{rule, rule_or, run};
use crate::over::{Core, Over};
use crate::record::record;
use crate::value::{Reduced, other, reduced};

record! {
    /// An e-mail address or a phone number (U2).
    Contact from core::Contact as contact {
        /// How a message reaches it.
        method: Word<Method> = Word(contact.method()),
        /// As it was typed.
        display: String = contact.display().to_owned(),
        /// The form in which it is compared.
        canonical: String = contact.canonical().to_owned(),
    }
}

/// The house pattern of staff names (U3), `{prefix}{first:1}{last}` by
/// default.
///
/// Parts are `{prefix}`, `{first}`, `{middle}` and `{last}`, the names each
/// with an optional length; between them stands any character that a Windows
/// logon name may have.
///
/// >>> from carekey.username import PersonName, StaffPattern
/// >>> name = PersonName.parse("O'Brien-Lee, Máire").require()
/// >>> StaffPattern.parse("{first}.{last}").require().name_for("", name, 20).value
/// 'maire.obrienlee'
#[pyclass(frozen, eq, module = "carekey")]
#[derive(Clone, PartialEq)]
pub(crate) struct StaffPattern {
    core: core::StaffPattern,
    /// As it was written.
    text: String,
}

#[pymethods]
impl StaffPattern {
    /// Reads a pattern.
    ///
    /// Findings, on the field ``username.staff_pattern``: ``policy.pattern``.
    #[staticmethod]
    fn parse(py: Python<'_>, pattern: Text) -> PyResult<CheckedOf<Self>> {
        rule(py, || CheckedOf::map(core::StaffPattern::parse(&pattern.0), |core| Self { core, text: pattern.0 }))
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        PyString::new(py, &self.text).hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        reduced(py, "StaffPattern._restored", [PyString::new(py, &self.text).into_any()])
    }

    #[staticmethod]
    fn _restored(py: Python<'_>, text: Text) -> PyResult<Self> {
        core::StaffPattern::parse(&text.0).value.map(|core| Self { core, text: text.0 }).ok_or_else(|| other(py))
    }

    fn __str__(&self) -> &str {
        &self.text
    }

    fn __repr__(&self) -> String {
        format!("<StaffPattern {}>", self.text)
    }
}

impl StaffPattern {
    pub(super) fn look<R>(&self, look: impl FnOnce(&core::StaffPattern) -> R) -> R {
        look(&self.core)
    }
}

record! {
    /// Why a name is not free (U4, U6).
    Clash from core::Clash as clash {
        /// The name that it looks like; None where it is that very name which
        /// is or was in use.
        other: Option<String> = match clash {
            core::Clash::Taken | core::Clash::Retired => None,
            core::Clash::Confusable(ref other) => Some(other.clone()),
        },
        /// Whether it was the name of someone who was deleted.
        retired: bool = clash == core::Clash::Retired,
    }
}

#[pymethods]
impl Taken {
    /// Of names in :func:`canonical` form.
    #[new]
    #[pyo3(signature = (names = Many(Vec::new())), text_signature = "(names=())")]
    fn new(py: Python<'_>, names: Many<Text>) -> PyResult<Self> {
        run(py, || Ok(names.0.iter().map(|name| name.0.as_str()).collect())).map(Self::hold)
    }
}

impl NameRequest {
    fn of<'a>(&'a self, name: &'a carekey::name::PersonName) -> core::NameRequest<'a> {
        core::NameRequest {
            line: self.line,
            scheme: self.scheme.0,
            name,
            username: self.username.as_deref(),
            email: self.email.as_deref(),
            phone: self.phone.as_deref(),
            own: self.own.as_deref(),
            earlier: &self.earlier,
        }
    }
}

#[pymethods]
impl NameVerdict {
    /// Whether the row passes.
    #[getter]
    fn passes(&self) -> bool {
        self.username.is_some()
    }
}

#[pymethods]
impl Usernames {
    /// A new batch for an agency: its ``prefix`` for staff names (at most 8
    /// letters or digits, may be empty), its ``country`` (ISO 3166-1, two
    /// capital letters), and the names that it uses or once used.
    ///
    /// Raises :class:`InvalidInput` ``policy.pattern``, ``agency.prefix``,
    /// ``agency.country``.
    #[new]
    #[pyo3(signature = (*, prefix, country, taken = None, policy = None))]
    fn new(
        py: Python<'_>,
        prefix: Text,
        country: Text,
        taken: Option<Object<Taken>>,
        policy: Option<Object<Policy>>,
    ) -> PyResult<Self> {
        let taken = taken.map(Over::over).unwrap_or_default();
        let policy = self::policy(policy).username;
        rule_or(py, || core::Usernames::new(&policy, &prefix.0, &country.0, taken)).map(Self::hold)
    }

    /// The verdict on the next row. What the same line had before is given
    /// back first, so that a corrected row can be checked again.
    fn check(&self, py: Python<'_>, request: Object<NameRequest>) -> PyResult<NameVerdict> {
        let request = request.0.get();
        let name = request.name.core();
        rule(py, || self.with(|names| names.check(&request.of(&name))).over())
    }

    /// The verdicts on all rows of a batch, in their order. Suggestions are
    /// free of all other rows, earlier and later.
    fn check_all(&self, py: Python<'_>, requests: Many<Object<NameRequest>>) -> PyResult<Vec<NameVerdict>> {
        run(py, || {
            let people: Vec<_> = requests.0.iter().map(|request| request.0.get().name.core()).collect();
            let rows = requests.0.iter().zip(&people);
            let rows: Vec<_> = rows.map(|(request, name)| request.0.get().of(name)).collect();
            Ok(self.with(|names| names.check_all(&rows)).over())
        })
    }

    /// Accepts a suggestion for a row, or any other name that someone typed:
    /// the verdict on the same row with that username (U5).
    fn accept(&self, py: Python<'_>, request: Object<NameRequest>, username: Text) -> PyResult<NameVerdict> {
        let request = request.0.get();
        let name = request.name.core();
        rule(py, || self.with(|names| names.accept(&request.of(&name), &username.0)).over())
    }
}

impl Usernames {
    /// As they are now, for a preview that goes its own way from here.
    pub(crate) fn core(&self) -> core::Usernames {
        self.look(|names| names.clone())
    }
}
