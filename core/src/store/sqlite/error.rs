//! What SQLite's errors mean to the caller of a store.
//!
//! SQLite's own texts may hold values of a row and the path of the file; only
//! the fixed description of a result code is passed on.

use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE, code_to_str};
use rusqlite::{Error, ErrorCode};

use crate::store::StoreError;

/// The error of a statement on that table.
pub(super) fn of(table: &'static str, error: &Error) -> StoreError {
    match error.sqlite_error() {
        Some(failure) if matches!(failure.extended_code, SQLITE_CONSTRAINT_PRIMARYKEY | SQLITE_CONSTRAINT_UNIQUE) => {
            StoreError::Conflict { table }
        }
        _ => general(error),
    }
}

/// The error of anything that concerns the database as a whole.
pub(super) fn general(error: &Error) -> StoreError {
    let failure = match error {
        Error::SqliteFailure(failure, _) | Error::SqlInputError { error: failure, .. } => failure,
        _ => return StoreError::Unavailable("an unexpected answer of sqlite".to_owned()),
    };
    match failure.code {
        ErrorCode::DatabaseCorrupt => StoreError::Damaged("the database is corrupt"),
        ErrorCode::NotADatabase => StoreError::Damaged("the file is not a database"),
        ErrorCode::ConstraintViolation => StoreError::Damaged("a row breaks a rule of its table"),
        // A statement that does not compile: a table or a column is not there.
        ErrorCode::Unknown => StoreError::Damaged("the tables are not those of this release"),
        _ => StoreError::Unavailable(code_to_str(failure.extended_code).to_owned()),
    }
}

/// Whether waiting may help.
pub(super) fn is_busy(error: &Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}
