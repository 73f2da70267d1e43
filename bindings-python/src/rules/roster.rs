//! What rosters are written by (B).

use carekey::roster as core;
use pyo3::prelude::*;

use crate::arg::Text;
use crate::error::rule;

/// The cell as it may be written: one that a spreadsheet would run as a
/// formula gets an apostrophe before it, which reading takes off again (B).
///
/// >>> from carekey.roster import defused
/// >>> defused("=1+1"), defused("Ann")
/// ("'=1+1", 'Ann')
#[pyfunction]
pub(crate) fn defused(py: Python<'_>, cell: Text) -> PyResult<String> {
    rule(py, || core::defused(&cell.0).into_owned())
}
