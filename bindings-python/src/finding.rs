//! Findings: what a check has to say.

use std::collections::BTreeMap;

use carekey::{Locale, Param, Params};
use pyo3::inspect::{PyStaticExpr, PyStaticOperator};
use pyo3::prelude::*;
use pyo3::types::{PyInt, PyString};

use crate::arg::{Named, Text, Word, name, text};
use crate::error::wrong_type;
use crate::value::{json_value, restored_by_class};

/// One thing that a check has to say: a stable code, the field it is about,
/// and what its text speaks of.
///
/// >>> from carekey.username import check_email
/// >>> [finding] = check_email("sue@homehelp").findings
/// >>> finding.code, finding.field, finding.severity
/// ('email.domain_without_dot', 'email', 'error')
/// >>> finding.message("es")
/// 'el dominio homehelp no tiene punto y el correo no puede llegar'
#[pyclass(frozen, eq, module = "carekey")]
#[derive(Clone, PartialEq)]
pub(crate) struct Finding(pub(crate) carekey::Finding);

#[pymethods]
impl Finding {
    /// A finding of a check of the host's own, in carekey's words.
    ///
    /// Raises :class:`InvalidInput` ``input.unknown_word`` for a code that is
    /// none.
    #[new]
    #[pyo3(signature = (code, field, *, params = Named(Vec::new()), suggestion = None),
        text_signature = "(code, field, *, params={}, suggestion=None)")]
    fn new(code: Word<carekey::Code>, field: Text, params: Named<ParamArg>, suggestion: Option<Text>) -> Self {
        let finding = carekey::Finding::new(code.0, field.0);
        let params = params.0.into_iter().map(|(name, value)| (name, value.0)).collect();
        Self(carekey::Finding { params, suggestion: text(suggestion), ..finding })
    }

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

json_value! { key Finding: finding => &finding.0, Finding }
restored_by_class!(Finding);

/// The value of a parameter: a number or a text.
#[derive(IntoPyObject)]
pub(crate) enum ParamValue {
    Number(i64),
    Text(String),
}

/// The value of a parameter that comes in: `int` or `str`.
pub(crate) struct ParamArg(pub(crate) Param);

impl FromPyObject<'_, '_> for ParamArg {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr =
        PyStaticExpr::BinOp { left: &name("int"), op: PyStaticOperator::BitOr, right: &name("str") };

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if value.is_instance_of::<PyString>() {
            return value.extract().map(|Text(text)| Self(Param::Text(text)));
        }
        let number = value.cast::<PyInt>().ok().and_then(|number| number.extract().ok());
        number.map(|number| Self(Param::Number(number))).ok_or_else(|| wrong_type(&value, "a number or a text"))
    }
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
