//! Cells that a spreadsheet would run as a formula (CSV injection, CWE-1236).
//!
//! On the way out such a cell gets a leading apostrophe, which spreadsheets
//! take as "this is text"; on the way in exactly that apostrophe is taken off
//! again, so that what was written reads back the same. A cell that has the
//! apostrophe already gets one more: the two steps undo each other for every
//! text.

use std::borrow::Cow;

/// Whether a spreadsheet would run the cell. Blanks before the sign do not
/// save it, since some programs cut them off; full-width signs count too.
pub(super) fn runs(cell: &str) -> bool {
    cell.starts_with(['\t', '\r', '\n']) || cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// The cell as it may be written (rule B): one that a spreadsheet would run as
/// a formula gets an apostrophe before it, which reading takes off again.
pub fn defused(cell: &str) -> Cow<'_, str> {
    if runs(cell.trim_start_matches('\'')) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// The cell as it was before it was written.
pub(super) fn restored(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|_| runs(cell.trim_start_matches('\''))).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn signs_that_start_a_formula() {
        for cell in ["=1+1", "+44 20", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\n"] {
            assert!(runs(cell), "{cell:?}");
            assert!(!runs(&defused(cell)), "{cell:?}");
        }
        for cell in ["", "Ann", "'=1", "a=1", "O'Brien", "''"] {
            assert!(!runs(cell), "{cell:?}");
        }
        assert_eq!(defused("O'Brien"), "O'Brien");
        assert_eq!(restored("'Twas"), "'Twas");
    }

    proptest! {
        #[test]
        fn restoring_undoes_defusing(cell in "['=+@ \t\ra-]{0,6}") {
            let written = defused(&cell);
            prop_assert_eq!(restored(&written), cell.as_str());
            prop_assert!(!runs(&written));
        }
    }
}
