//! The one bridge for errors, and the one door for work.
//!
//! The exceptions are classes of Python (`carekey/_errors.py`): there they can
//! be documented, and there `except ValueError` works too. Each error of the
//! core comes out as the class of its kind, with its code and its findings.

use std::panic::{AssertUnwindSafe, catch_unwind};

use carekey::{Code, Error, ErrorKind, Locale};
use pyo3::exceptions::PyBaseException;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};

use crate::finding::{findings, params};

/// Does work of the core with the interpreter released, so that other threads
/// of Python go on. A panic becomes an `InternalError`.
pub(crate) fn run<T: Send>(py: Python<'_>, work: impl FnOnce() -> carekey::Result<T> + Send) -> PyResult<T> {
    let done = py.detach(|| catch_unwind(AssertUnwindSafe(work)));
    done.unwrap_or_else(|_| Err(fault())).map_err(|error| raise(py, error))
}

/// Does cheap work of a rule, which cannot fail, without releasing anything.
pub(crate) fn rule<T>(py: Python<'_>, work: impl FnOnce() -> T) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| raise(py, fault()))
}

/// Does cheap work of a rule that can fail.
pub(crate) fn rule_or<T>(py: Python<'_>, work: impl FnOnce() -> carekey::Result<T>) -> PyResult<T> {
    rule(py, work)?.map_err(|error| raise(py, error))
}

fn fault() -> Error {
    Error::new(ErrorKind::Internal, Code::Internal)
}

/// The exception for an error of the core.
pub(crate) fn raise(py: Python<'_>, error: Error) -> PyErr {
    exception(py, "of_kind", error.kind.as_str(), error)
}

/// An error of the core that is not raised: the exception itself.
pub(crate) struct Raised(pub(crate) Error);

impl<'py> IntoPyObject<'py> for Raised {
    type Target = PyBaseException;
    type Output = Bound<'py, PyBaseException>;
    type Error = core::convert::Infallible;

    const OUTPUT_TYPE: PyStaticExpr =
        PyStaticExpr::Attribute { value: &PyStaticExpr::Name { id: "carekey" }, attr: "CarekeyError" };

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(raise(py, self.0).into_value(py).into_bound(py))
    }
}

/// The exception for a value of the wrong type: also a `TypeError`.
/// `expected` says what it should be, as `text (str)`.
pub(crate) fn wrong_type(value: &Bound<'_, PyAny>, expected: &str) -> PyErr {
    let given = value.get_type().name().map_or_else(|_| String::new(), |name| format!(", not {name}"));
    let error = Error::new(ErrorKind::Invalid, Code::InputWrongType)
        .with("argument", "this value")
        .with("expected", format!("{expected}{given}"));
    exception(value.py(), "WrongType", "invalid", error)
}

/// The exception for a column of a data frame that no cells can be read from:
/// also a `TypeError`.
pub(crate) fn wrong_column(py: Python<'_>, title: &str, holds: &str) -> PyErr {
    let expected = format!("a column of texts, numbers, moments, or true and false, not {holds}");
    let error = Error::new(ErrorKind::Invalid, Code::InputWrongType)
        .with("argument", title.to_owned())
        .with("expected", expected);
    exception(py, "WrongType", "invalid", error)
}

/// The exception for a word that is none of those there are.
pub(crate) fn unknown_word(py: Python<'_>, what: &str, choices: &[&str]) -> PyErr {
    let error = Error::new(ErrorKind::Invalid, Code::InputUnknownWord)
        .with("argument", what)
        .with("choices", choices.join(", "));
    raise(py, error)
}

fn exception(py: Python<'_>, maker: &str, kind: &'static str, error: Error) -> PyErr {
    static ERRORS: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let made = || -> PyResult<PyErr> {
        let module = ERRORS.get_or_try_init(py, || PyModule::import(py, "carekey._errors").map(Bound::unbind))?;
        let texts = PyDict::new(py);
        for locale in Locale::known() {
            texts.set_item(locale.as_str(), error.message(locale))?;
        }
        let given = PyDict::new(py);
        given.set_item("kind", kind)?;
        given.set_item("code", error.code.as_str())?;
        given.set_item("params", params(&error.params))?;
        given.set_item("findings", PyTuple::new(py, findings(error.findings))?)?;
        given.set_item("texts", texts)?;
        let exception = module.bind(py).getattr(maker)?.call((), Some(&given))?;
        Ok(PyErr::from_value(exception))
    };
    made().unwrap_or_else(|failed| failed)
}
