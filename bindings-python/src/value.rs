//! Values among Python's: keys of dictionaries and sets, copied, and given to
//! other processes (`pickle`), but for secrets.
//!
//! A pickle names a maker of this module and what it takes, so that it does not
//! matter where a class is exported from. It is for the same version of
//! carekey: to keep something, keep what `to_dict()` gives.

use carekey::{Code, Error, ErrorKind};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};

use crate::arg::{Bytes, Id, Moment, Named, Text, TextEnum, Word};
use crate::engine::results::{Details, Mac};
use crate::engine::roster::Who;
use crate::error::raise;
use crate::finding::ParamArg;
use crate::over::Over;
use crate::secret::Secret;
use crate::table::Table;

/// How a value is told: the maker, and what it takes.
pub(crate) type Reduced<'py> = (Bound<'py, PyAny>, Bound<'py, PyTuple>);

/// How a value is told whose maker, of this module, takes these.
pub(crate) fn reduced<'py>(
    py: Python<'py>,
    maker: &str,
    takes: impl IntoIterator<Item = Bound<'py, PyAny>>,
) -> PyResult<Reduced<'py>> {
    let named = PyString::new(py, maker).into_any();
    let takes: Vec<Bound<'py, PyAny>> = [named].into_iter().chain(takes).collect();
    Ok((py.import("carekey._carekey")?.getattr("_restored")?, PyTuple::new(py, takes)?))
}

/// How a record is told.
pub(crate) fn reduced_fields<'py>(record: &Bound<'py, PyAny>, class: &str, fields: &[&str]) -> PyResult<Reduced<'py>> {
    let values = fields.iter().map(|field| record.getattr(*field)).collect::<PyResult<Vec<_>>>()?;
    reduced(record.py(), &format!("{class}._restored"), values)
}

/// Makes a value again that was told: the maker is a name of this module, or a
/// method of one.
#[pyfunction]
#[pyo3(signature = (maker, *takes))]
pub(crate) fn _restored<'py>(py: Python<'py>, maker: Text, takes: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
    let module = py.import("carekey._carekey")?.into_any();
    maker.0.split('.').try_fold(module, |found, name| found.getattr(name))?.call1(takes)
}

/// The hash of a record: equal ones have the same. Lists count as what they
/// hold; a secret does not count.
pub(crate) fn hash(record: &Bound<'_, PyAny>, class: &str, fields: &[&str]) -> PyResult<isize> {
    let py = record.py();
    let values = fields.iter().map(|field| counted(record.getattr(*field)?)).collect::<PyResult<Vec<_>>>()?;
    (class, PyTuple::new(py, values)?).into_pyobject(py)?.hash()
}

fn counted(value: Bound<'_, PyAny>) -> PyResult<Bound<'_, PyAny>> {
    let py = value.py();
    if value.is_instance_of::<Secret>() {
        return Ok(py.None().into_bound(py));
    }
    if value.is_instance_of::<Table>() {
        return Ok(value.len()?.into_pyobject(py)?.into_any());
    }
    let items = match value.cast::<PyDict>() {
        // Their order does not count, and the hash of their number is enough
        // beside the other fields.
        Ok(named) => return Ok(named.len().into_pyobject(py)?.into_any()),
        Err(_) => value.cast::<PyList>().map(|list| list.iter().collect::<Vec<_>>()),
    };
    match items {
        Ok(items) => {
            let items = items.into_iter().map(counted).collect::<PyResult<Vec<_>>>()?;
            Ok(PyTuple::new(py, items)?.into_any())
        }
        Err(_) => Ok(value),
    }
}

/// What can be made again of what Python has of it.
pub(crate) trait Restore: Sized {
    fn restore(value: &Bound<'_, PyAny>) -> PyResult<Self>;
}

/// The next field of a record that is made again.
pub(crate) fn next<'py, T: Restore>(
    fields: &mut impl Iterator<Item = Bound<'py, PyAny>>,
    py: Python<'_>,
) -> PyResult<T> {
    T::restore(&fields.next().ok_or_else(|| other(py))?)
}

/// That a pickle is of another version, or was made by hand.
pub(crate) fn other(py: Python<'_>) -> PyErr {
    let expected = "a pickle of this version of carekey";
    let error = Error::new(ErrorKind::Invalid, Code::InputWrongType);
    raise(py, error.with("argument", "this value").with("expected", expected))
}

macro_rules! restored_by_type {
    ($($type:ty),+) => { $(
        impl Restore for $type {
            fn restore(value: &Bound<'_, PyAny>) -> PyResult<Self> {
                value.extract().map_err(|_| other(value.py()))
            }
        }
    )+ };
}
restored_by_type!(bool, i64, u32, u64, usize, Id, Moment, Who);

/// Declares that a class is restored as itself.
macro_rules! restored_by_class {
    ($($class:ty),+ $(,)?) => { $(
        impl $crate::value::Restore for $class {
            fn restore(value: &pyo3::Bound<'_, pyo3::PyAny>) -> pyo3::PyResult<Self> {
                value.cast::<Self>().map(|class| class.get().clone()).map_err(|_| $crate::value::other(value.py()))
            }
        }
    )+ };
}
pub(crate) use restored_by_class;

/// Declares how a class goes to other processes that holds a value of the core,
/// as its JSON: `json_value! { Reason: reason => &reason.0, Reason }`; with
/// `key` before it, it is a key of dictionaries too.
macro_rules! json_value {
    (key $class:ident: $value:ident => $core:expr, $make:expr) => {
        $crate::value::json_value! { $class: $value => $core, $make }

        #[pyo3::pymethods]
        impl $class {
            fn __hash__(&self, py: pyo3::Python<'_>) -> pyo3::PyResult<isize> {
                use pyo3::types::PyAnyMethods;
                let $value = self;
                pyo3::types::PyString::new(py, &$crate::value::json(py, $core)?).hash()
            }
        }
    };
    ($class:ident: $value:ident => $core:expr, $make:expr) => {
        #[pyo3::pymethods]
        impl $class {
            fn __reduce__<'py>(&self, py: pyo3::Python<'py>) -> pyo3::PyResult<$crate::value::Reduced<'py>> {
                let $value = self;
                let json = pyo3::types::PyString::new(py, &$crate::value::json(py, $core)?).into_any();
                $crate::value::reduced(py, concat!(stringify!($class), "._restored"), [json])
            }

            #[staticmethod]
            fn _restored(py: pyo3::Python<'_>, json: $crate::arg::Text) -> pyo3::PyResult<Self> {
                serde_json::from_str(&json.0).map($make).map_err(|_| $crate::value::other(py))
            }
        }
    };
}
pub(crate) use json_value;

pub(crate) fn json(py: Python<'_>, value: &impl serde::Serialize) -> PyResult<String> {
    serde_json::to_string(value).map_err(|_| raise(py, Error::new(ErrorKind::Internal, Code::Internal)))
}

impl Restore for String {
    fn restore(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        value.extract().map(|Text(text)| text).map_err(|_| other(value.py()))
    }
}

impl<T: TextEnum> Restore for Word<T> {
    fn restore(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        value.extract().map_err(|_| other(value.py()))
    }
}

impl<T: Restore> Restore for Option<T> {
    fn restore(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if value.is_none() { Ok(None) } else { T::restore(value).map(Some) }
    }
}

impl<T: Restore> Restore for Vec<T> {
    fn restore(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        value.try_iter()?.map(|item| T::restore(&item?)).collect()
    }
}

impl Restore for Details {
    fn restore(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        value.extract().map(|named: Named<ParamArg>| named.over()).map_err(|_| other(value.py()))
    }
}

impl Restore for Mac {
    fn restore(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        value.extract().map(|bytes: Bytes| bytes.over()).map_err(|_| other(value.py()))
    }
}

restored_by_class!(Secret);
