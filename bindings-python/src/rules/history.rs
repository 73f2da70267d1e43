//! The chain of a history, and its exports (H).

use carekey::history as core;
use pyo3::prelude::*;

use super::Held;
use crate::answers::Line;
use crate::arg::{Bytes, Id, Many, Object, Whole};
use crate::engine::results::Mac;
use crate::error::{rule, run};
use crate::over::{Core, Over};
use crate::value::{Reduced, reduced};

/// The end of a chain, kept with the record whose history it is (H).
///
/// >>> from datetime import datetime, timezone
/// >>> from uuid import UUID
/// >>> from carekey.history import Head, Line, verify
/// >>> key, subject, head = bytes(32), UUID(int=1), Head()
/// >>> at = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
/// >>> line = head.append(key, Line(subject, at=at, kind="account.disabled", actor="manager", actor_name="Felicia Conner"))
/// >>> line.sequence, head.length
/// (1, 1)
/// >>> verify(key, subject, [line], head)
#[pyclass(frozen, eq, module = "carekey")]
#[derive(PartialEq)]
pub(crate) struct Head(Held<core::Head>);

#[pymethods]
impl Head {
    #[new]
    #[pyo3(signature = (length = Whole(0), mac = Bytes(Vec::new())), text_signature = "(length=0, mac=b'')")]
    fn new(length: Whole, mac: Bytes) -> Self {
        Self(Held::new(core::Head { length: length.0, mac: mac.0 }))
    }

    /// How many lines there are.
    #[getter]
    fn length(&self) -> i64 {
        self.0.with(|head| head.length)
    }

    /// The keyed hash over the last line's and the length; empty for none.
    #[getter]
    fn mac(&self) -> Mac {
        self.0.with(|head| Mac(head.mac.clone()))
    }

    /// Appends a line: returns it numbered and chained, and moves this head
    /// behind it. The key is 32 bytes. No earlier line is needed.
    ///
    /// Raises :class:`ConfigurationError` ``key.length``.
    fn append(&self, py: Python<'_>, key: Bytes, line: Object<Line>) -> PyResult<Line> {
        let (key, mut line) = (key.key(py)?, line.0.get().core());
        rule(py, || {
            self.0.with(|head| head.append(&key, &mut line));
            line.over()
        })
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        reduced(slf.py(), "Head", [slf.getattr("length")?, slf.getattr("mac")?])
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        crate::record::repr(slf.as_any(), "Head", &["length", "mac"])
    }
}

fn core_of(lines: &Many<Object<Line>>) -> Vec<core::Line> {
    lines.0.iter().map(|line| line.0.get().core()).collect()
}

/// Checks a whole history, all its lines in order, against its head.
///
/// Raises :class:`StoreError` ``history.broken`` with the number of the first
/// line that was edited, inserted, moved, or follows a removed one;
/// ``history.cut`` where lines at the end are missing; and
/// :class:`ConfigurationError` ``key.length``.
#[pyfunction]
pub(crate) fn verify(
    py: Python<'_>,
    key: Bytes,
    subject: Id,
    lines: Many<Object<Line>>,
    head: Object<Head>,
) -> PyResult<()> {
    let (key, head) = (key.key(py)?, head.0.get().0.get());
    run(py, || core::verify(&key, subject.0, &core_of(&lines), &head))
}

/// The lines as CSV (UTF-8) with a header; cells that a spreadsheet would run
/// as a formula are defused (B).
#[pyfunction]
pub(crate) fn to_csv(py: Python<'_>, lines: Many<Object<Line>>) -> PyResult<String> {
    run(py, || core::to_csv(&core_of(&lines)))
}

/// The lines as JSON, one object a line.
#[pyfunction]
pub(crate) fn to_json_lines(py: Python<'_>, lines: Many<Object<Line>>) -> PyResult<String> {
    run(py, || core::to_json_lines(&core_of(&lines)))
}
