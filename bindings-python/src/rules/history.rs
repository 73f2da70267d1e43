//! The chain of a history (H).

use pyo3::prelude::*;

use super::written::Head;
use crate::answers::Line;
use crate::arg::{Bytes, Object};
use crate::error::rule;
use crate::over::{Core, Over};

#[pymethods]
impl Head {
    /// Appends a line: returns it numbered and chained, and moves this head
    /// behind it. The key is 32 bytes. No earlier line is needed.
    ///
    /// Raises :class:`ConfigurationError` ``key.length``.
    fn append(&self, py: Python<'_>, key: Bytes, line: Object<Line>) -> PyResult<Line> {
        let (key, mut line) = (key.key(py)?, line.0.get().core());
        rule(py, || {
            self.with(|head| head.append(&key, &mut line));
            line.over()
        })
    }
}
