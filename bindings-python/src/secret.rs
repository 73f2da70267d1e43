//! Secrets: passwords, codes, links and tokens.

use pyo3::exceptions::PyTypeError;
use pyo3::inspect::{PyStaticExpr, PyStaticOperator};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::arg::{Text, name};
use crate::error::wrong_type;

/// A password, a code, a link or a token.
///
/// It prints as `•••`, cannot be pickled nor be a key of a dictionary, and
/// :meth:`reveal` is the one way to read it. Wherever a secret goes in, a `str` does as well.
///
/// >>> from carekey import Secret
/// >>> secret = Secret("Spring!2026")
/// >>> print(secret, repr(secret))
/// ••• Secret('•••')
/// >>> secret.reveal()
/// 'Spring!2026'
#[pyclass(frozen, eq, module = "carekey", from_py_object)]
#[derive(Clone)]
pub(crate) struct Secret(pub(crate) carekey::Secret);

#[pymethods]
impl Secret {
    #[new]
    fn new(value: Text) -> Self {
        Self(carekey::Secret::from(value.0))
    }

    /// The value itself. Use it for what it is for, and nothing else.
    fn reveal(&self) -> &str {
        self.0.reveal()
    }

    fn __copy__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(slf: PyRef<'py, Self>, memo: &Bound<'py, PyAny>) -> PyRef<'py, Self> {
        let _ = memo;
        slf
    }

    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err("a Secret cannot be pickled: give on what reveal() gives, where that may go"))
    }

    fn __str__(&self) -> &'static str {
        "•••"
    }

    fn __repr__(&self) -> &'static str {
        "Secret('•••')"
    }
}

/// The time that it takes does not depend on where they differ.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.0.reveal().as_bytes(), other.0.reveal().as_bytes());
        let differences = ours.iter().zip(theirs).fold(0, |all, (a, b)| all | (a ^ b));
        ours.len() == theirs.len() && core::hint::black_box(differences) == 0
    }
}

/// A secret that comes in: `str` or `Secret`.
pub(crate) struct SecretArg(pub(crate) carekey::Secret);

impl FromPyObject<'_, '_> for SecretArg {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = PyStaticExpr::BinOp {
        left: &name("str"),
        op: PyStaticOperator::BitOr,
        right: &<Secret as pyo3::PyTypeInfo>::TYPE_HINT,
    };

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if let Ok(secret) = value.cast::<Secret>() {
            return Ok(Self(secret.get().0.clone()));
        }
        if value.is_instance_of::<PyString>() {
            return value.extract().map(|Text(text)| Self(carekey::Secret::from(text)));
        }
        Err(wrong_type(&value, "a secret (str or Secret)"))
    }
}
