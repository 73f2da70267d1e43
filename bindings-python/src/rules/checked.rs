//! What came of reading a value.

use carekey::finding::Checked as CoreChecked;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::PyType;
use pyo3::{IntoPyObjectExt, PyTypeInfo};

use crate::error::raise;
use crate::finding::{Finding, findings};
use crate::over::Over;
use crate::value::{Reduced, Restore, reduced_fields};

/// What came of reading a value: the value where it can be used, and all that
/// there is to say about it. With an error among the findings there is no
/// value; a warning leaves it.
///
/// >>> from carekey.username import check_email
/// >>> checked = check_email("sue@gmial.com")
/// >>> checked.passes, checked.value.canonical, checked.findings[0].suggestion
/// (True, 'sue@gmial.com', 'sue@gmail.com')
#[pyclass(frozen, module = "carekey")]
pub(crate) struct Checked {
    value: Option<Py<PyAny>>,
    found: Vec<carekey::Finding>,
}

#[pymethods]
impl Checked {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: (&'static str, &'static str) = ("value", "findings");

    /// The value; None where an error forbids it.
    #[getter]
    fn value(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.value.as_ref().map(|value| value.clone_ref(py))
    }

    /// What was found, in the fixed order of the check.
    #[getter]
    fn findings(&self) -> Vec<Finding> {
        findings(self.found.clone())
    }

    /// Whether there is a value.
    #[getter]
    fn passes(&self) -> bool {
        self.value.is_some()
    }

    /// The value.
    ///
    /// Raises :class:`InvalidInput` with the findings where there is none.
    fn require(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let invalid = || raise(py, carekey::Error::invalid(self.found.clone()));
        self.value(py).ok_or_else(invalid)
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(other) = other.cast::<Self>() else { return Ok(false) };
        let other = other.get();
        let same = match (&self.value, &other.value) {
            (Some(one), Some(two)) => one.bind(py).eq(two)?,
            (one, two) => one.is_none() && two.is_none(),
        };
        Ok(same && self.found == other.found)
    }

    fn __hash__(slf: &Bound<'_, Self>) -> PyResult<isize> {
        crate::value::hash(slf.as_any(), "Checked", &["value", "findings"])
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        reduced_fields(slf.as_any(), "Checked", &["value", "findings"])
    }

    #[staticmethod]
    fn _restored(value: Option<Py<PyAny>>, found: &Bound<'_, PyAny>) -> PyResult<Self> {
        let found: Vec<Finding> = Restore::restore(found)?;
        Ok(Self { value, found: found.into_iter().map(|finding| finding.0).collect() })
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let value = self.value.as_ref().map(|value| value.bind(py).repr()).transpose()?;
        let value = value.map_or_else(|| "None".to_owned(), |value| value.to_string());
        let codes: Vec<&str> = self.found.iter().map(|finding| finding.code.as_str()).collect();
        Ok(format!("Checked(value={value}, findings=[{}])", codes.join(", ")))
    }

    #[classmethod]
    fn __class_getitem__(class: &Bound<'_, PyType>, _value: &Bound<'_, PyAny>) -> Py<PyType> {
        class.clone().unbind()
    }
}

/// What came of reading a value, with its type: for the type stub.
pub(crate) struct CheckedOf<T> {
    value: Option<T>,
    findings: Vec<carekey::Finding>,
}

impl<T> CheckedOf<T> {
    /// The same of a value made of the core's.
    pub(crate) fn map<Core>(checked: CoreChecked<Core>, make: impl FnOnce(Core) -> T) -> Self {
        Self { value: checked.value.map(make), findings: checked.findings }
    }
}

impl<Core: Over<T>, T> Over<CheckedOf<T>> for CoreChecked<Core> {
    fn over(self) -> CheckedOf<T> {
        CheckedOf::map(self, Over::over)
    }
}

impl<'py, T: IntoPyObject<'py>> IntoPyObject<'py> for CheckedOf<T> {
    type Target = Checked;
    type Output = Bound<'py, Checked>;
    type Error = PyErr;

    const OUTPUT_TYPE: PyStaticExpr =
        PyStaticExpr::Subscript { value: &<Checked as PyTypeInfo>::TYPE_HINT, slice: &T::OUTPUT_TYPE };

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let value = self.value.map(|value| value.into_py_any(py)).transpose()?;
        Bound::new(py, Checked { value, found: self.findings })
    }
}
