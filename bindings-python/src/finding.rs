//! Findings: what a check has to say.

use std::collections::BTreeMap;

use carekey::{Locale, Param, Params};
use pyo3::prelude::*;

use crate::arg::Word;

/// One thing that a check has to say: a stable code, the field it is about,
/// and what its text speaks of.
///
/// >>> from carekey.username import check_email
/// >>> [finding] = check_email("sue@homehelp").findings
/// >>> finding.code, finding.field, finding.severity
/// ('email.domain_without_dot', 'email', 'error')
/// >>> finding.message("es")
/// 'el dominio homehelp no tiene punto'
#[pyclass(frozen, eq, module = "carekey")]
#[derive(Clone, PartialEq)]
pub(crate) struct Finding(pub(crate) carekey::Finding);

#[pymethods]
impl Finding {
    /// The stable code: a lower-case dotted word that keeps its meaning.
    #[getter]
    fn code(&self) -> &'static str {
        self.0.code.as_str()
    }

    /// The field it is about: `username`, `email`, `password` …
    #[getter]
    fn field(&self) -> &str {
        &self.0.field
    }

    /// How much it weighs: with an `error`, what was checked fails.
    #[getter]
    fn severity(&self) -> Word<carekey::Severity> {
        Word(self.0.severity)
    }

    /// What its text speaks of, by name.
    #[getter]
    fn params(&self) -> BTreeMap<String, ParamValue> {
        params(&self.0.params)
    }

    /// A value that would mend it. Never applied by itself.
    #[getter]
    fn suggestion(&self) -> Option<&str> {
        self.0.suggestion.as_deref()
    }

    /// Whether what was checked fails because of it.
    #[getter]
    fn is_error(&self) -> bool {
        self.0.is_error()
    }

    /// The rule of the rulebook that its code comes from, as `U3`.
    #[getter]
    fn rule(&self) -> &'static str {
        self.0.code.rule()
    }

    /// The text for a reader of that language.
    #[pyo3(signature = (locale = Word(Locale::English)), text_signature = "($self, locale='en')")]
    fn message(&self, locale: Word<Locale>) -> String {
        self.0.message(locale.0)
    }

    fn __repr__(&self) -> String {
        format!("Finding({:?}, field={:?}, message={:?})", self.code(), self.0.field, self.0.message(Locale::English))
    }

    fn __str__(&self) -> String {
        self.0.message(Locale::English)
    }
}

/// The value of a parameter: a number or a text.
#[derive(IntoPyObject)]
pub(crate) enum ParamValue {
    Number(i64),
    Text(String),
}

pub(crate) fn params(params: &Params) -> BTreeMap<String, ParamValue> {
    let value = |param: &Param| match param {
        Param::Number(number) => ParamValue::Number(*number),
        Param::Text(text) => ParamValue::Text(text.clone()),
    };
    params.iter().map(|(name, param)| (name.clone(), value(param))).collect()
}

pub(crate) fn findings(found: Vec<carekey::Finding>) -> Vec<Finding> {
    found.into_iter().map(Finding).collect()
}
