//! Results: frozen classes with one field for each of the core's.

use std::borrow::Cow;

use carekey::Locale;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyDict, PyList, PyString, PyTuple};

use crate::arg::{Id, Moment, TextEnum, Word};
use crate::finding::Finding;
use crate::secret::Secret;

/// Declares a class of results: a frozen value (`crate::value`) with a telling
/// repr, with `to_dict()`, fit for `match`; with `row` before its name, a row of a table
/// too. One that only hosts make says no source and no values.
///
/// ```text
/// record! {
///     /// What it is.
///     Session from carekey::Session as session {
///         /// Whose it is.
///         account: Id = Id(session.account.0),
///     }
/// }
/// ```
macro_rules! record {
    (
        $(#[$meta:meta])*
        row $name:ident from $source:ty as $from:ident {
            $( $(#[$fmeta:meta])* $field:ident : $type:ty = $value:expr ),* $(,)?
        }
        $( methods { $($methods:tt)* } )?
    ) => {
        $crate::record::record! {
            $(#[$meta])*
            $name from $source as $from {
                $( $(#[$fmeta])* $field : $type = $value ),*
            }
            $( methods { $($methods)* } )?
        }

        impl $crate::record::Row for $name {
            const CLASS: &'static str = stringify!($name);
            const COLUMNS: &'static [&'static str] = Self::FIELDS;

            fn cells(&self) -> Vec<$crate::record::Cell<'_>> {
                vec![$( $crate::record::ToCell::cell(&self.$field) ),*]
            }

            fn object(&self, py: pyo3::Python<'_>) -> pyo3::PyResult<pyo3::Py<pyo3::PyAny>> {
                use pyo3::IntoPyObjectExt;
                self.clone().into_py_any(py)
            }

            fn dict<'py>(&self, py: pyo3::Python<'py>) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::types::PyDict>> {
                use pyo3::IntoPyObjectExt;
                use pyo3::types::PyDictMethods;
                let out = pyo3::types::PyDict::new(py);
                $(
                    let value = self.$field.clone().into_bound_py_any(py)?;
                    out.set_item(pyo3::intern!(py, stringify!($field)), $crate::record::plain(value)?)?;
                )*
                Ok(out)
            }
        }

        #[pyo3::pymethods]
        impl $name {
            #[staticmethod]
            fn _table(rows: &pyo3::Bound<'_, pyo3::PyAny>) -> pyo3::PyResult<$crate::table::Table> {
                let rows: Vec<Self> = $crate::value::Restore::restore(rows)?;
                Ok($crate::table::Table::holding(rows))
            }
        }
    };
    (
        $(#[$meta:meta])*
        $name:ident from $source:ty as $from:ident {
            $( $(#[$fmeta:meta])* $field:ident : $type:ty = $value:expr ),* $(,)?
        }
        $( methods { $($methods:tt)* } )?
    ) => {
        $crate::record::record! {
            $(#[$meta])*
            $name { $( $(#[$fmeta])* $field : $type ),* }
            $( methods { $($methods)* } )?
        }

        impl $crate::over::Over<$name> for $source {
            fn over(self) -> $name {
                let $from = self;
                $name { $( $field: $value ),* }
            }
        }
    };
    (
        $(#[$meta:meta])*
        $name:ident {
            $( $(#[$fmeta:meta])* $field:ident : $type:ty ),* $(,)?
        }
        $( methods { $($methods:tt)* } )?
    ) => {
        $(#[$meta])*
        #[pyo3::pyclass(frozen, get_all, eq, module = "carekey")]
        #[derive(Clone, PartialEq)]
        pub(crate) struct $name { $( $(#[$fmeta])* pub(crate) $field: $type ),* }

        #[pyo3::pymethods]
        impl $name {
            #[classattr]
            #[pyo3(name = "__match_args__")]
            fn match_args(py: pyo3::Python<'_>) -> pyo3::PyResult<pyo3::Bound<'_, pyo3::types::PyTuple>> {
                pyo3::types::PyTuple::new(py, Self::FIELDS)
            }

            /// The fields by name; a secret stays one.
            fn to_dict<'py>(slf: &pyo3::Bound<'py, Self>) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::types::PyDict>> {
                $crate::record::to_dict(slf.as_any(), Self::FIELDS)
            }

            fn __repr__(slf: &pyo3::Bound<'_, Self>) -> pyo3::PyResult<String> {
                $crate::record::repr(slf.as_any(), stringify!($name), Self::FIELDS)
            }

            fn __hash__(slf: &pyo3::Bound<'_, Self>) -> pyo3::PyResult<isize> {
                $crate::value::hash(slf.as_any(), stringify!($name), Self::FIELDS)
            }

            fn __reduce__<'py>(slf: &pyo3::Bound<'py, Self>) -> pyo3::PyResult<$crate::value::Reduced<'py>> {
                $crate::value::reduced_fields(slf.as_any(), stringify!($name), Self::FIELDS)
            }

            #[staticmethod]
            #[pyo3(signature = (*fields))]
            #[allow(unused_mut, unused_variables, reason = "some have no fields")]
            fn _restored(fields: &pyo3::Bound<'_, pyo3::types::PyTuple>) -> pyo3::PyResult<Self> {
                use pyo3::types::PyTupleMethods;
                let mut values = fields.iter();
                Ok(Self { $( $field: $crate::value::next(&mut values, fields.py())? ),* })
            }

            $( $($methods)* )?
        }

        $crate::value::restored_by_class!($name);

        impl $name {
            const FIELDS: &'static [&'static str] = &[$( stringify!($field) ),*];
        }
    };
}
pub(crate) use record;

pub(crate) fn repr(record: &Bound<'_, PyAny>, name: &str, fields: &[&str]) -> PyResult<String> {
    let mut shown = Vec::with_capacity(fields.len());
    for field in fields {
        shown.push(format!("{field}={}", record.getattr(*field)?.repr()?));
    }
    Ok(format!("{name}({})", shown.join(", ")))
}

pub(crate) fn to_dict<'py>(record: &Bound<'py, PyAny>, fields: &[&str]) -> PyResult<Bound<'py, PyDict>> {
    let out = PyDict::new(record.py());
    for field in fields {
        out.set_item(field, plain(record.getattr(*field)?)?)?;
    }
    Ok(out)
}

/// Records within records as dictionaries too.
pub(crate) fn plain(value: Bound<'_, PyAny>) -> PyResult<Bound<'_, PyAny>> {
    // Most cells, for which nothing is to be looked up.
    if value.is_none() || value.is_exact_instance_of::<PyString>() || value.is_exact_instance_of::<PyDateTime>() {
        return Ok(value);
    }
    if let Ok(list) = value.cast::<PyList>() {
        let items = list.iter().map(plain).collect::<PyResult<Vec<_>>>()?;
        return Ok(PyList::new(value.py(), items)?.into_any());
    }
    if let Ok(list) = value.cast::<PyTuple>() {
        let items = list.iter().map(plain).collect::<PyResult<Vec<_>>>()?;
        return Ok(PyTuple::new(value.py(), items)?.into_any());
    }
    let to_dict = value.getattr_opt(intern!(value.py(), "to_dict"))?;
    to_dict.map_or(Ok(value), |to_dict| to_dict.call0())
}

/// What a table is made of.
pub(crate) trait Row: pyo3::PyTypeInfo + Send + Sync + 'static {
    /// The name of the class.
    const CLASS: &'static str;
    /// The names of the columns.
    const COLUMNS: &'static [&'static str];
    /// The cells, one for each column.
    fn cells(&self) -> Vec<Cell<'_>>;
    /// The row as an object of its class.
    fn object(&self, py: Python<'_>) -> PyResult<Py<PyAny>>;
    /// The row as a dictionary, as its `to_dict` gives it.
    fn dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>>;
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell<'a> {
    /// Nothing there.
    Blank,
    /// A text, a word, an identifier, or a list of these joined by `; `.
    Text(Cow<'a, str>),
    /// A count.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// A moment.
    Moment(time::OffsetDateTime),
}

/// A field of a record as a cell of a table.
pub(crate) trait ToCell {
    fn cell(&self) -> Cell<'_>;
}

impl ToCell for String {
    fn cell(&self) -> Cell<'_> {
        Cell::Text(Cow::Borrowed(self))
    }
}

impl ToCell for bool {
    fn cell(&self) -> Cell<'_> {
        Cell::Flag(*self)
    }
}

macro_rules! numbers {
    ($($type:ty),+) => { $(
        impl ToCell for $type {
            fn cell(&self) -> Cell<'_> {
                Cell::Number(i64::try_from(*self).unwrap_or(i64::MAX))
            }
        }
    )+ };
}
numbers!(i64, u32, u64, usize);

impl ToCell for Id {
    fn cell(&self) -> Cell<'_> {
        Cell::Text(Cow::Owned(self.0.to_string()))
    }
}

impl ToCell for Moment {
    fn cell(&self) -> Cell<'_> {
        Cell::Moment(self.0)
    }
}

impl<T: TextEnum> ToCell for Word<T> {
    fn cell(&self) -> Cell<'_> {
        Cell::Text(Cow::Borrowed(self.0.word()))
    }
}

/// A secret does not go into a table.
impl ToCell for Secret {
    fn cell(&self) -> Cell<'_> {
        Cell::Text(Cow::Borrowed("•••"))
    }
}

impl ToCell for Finding {
    fn cell(&self) -> Cell<'_> {
        Cell::Text(Cow::Owned(self.0.message(Locale::English)))
    }
}

impl<T: ToCell> ToCell for Option<T> {
    fn cell(&self) -> Cell<'_> {
        self.as_ref().map_or(Cell::Blank, T::cell)
    }
}

impl<T: ToCell> ToCell for Vec<T> {
    fn cell(&self) -> Cell<'_> {
        let shown: Vec<String> = self.iter().map(|item| item.cell().to_string()).collect();
        if shown.is_empty() { Cell::Blank } else { Cell::Text(Cow::Owned(shown.join("; "))) }
    }
}

impl core::fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Blank => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Flag(flag) => f.write_str(if *flag { "yes" } else { "no" }),
            Self::Moment(at) => {
                let text = at.format(&time::format_description::well_known::Rfc3339);
                f.write_str(&text.unwrap_or_default())
            }
        }
    }
}
