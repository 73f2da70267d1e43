//! What PostgreSQL's errors mean to the caller of a store.
//!
//! Its own texts may hold values of a row, names and addresses; only the code
//! is passed on.

use deadpool_postgres::PoolError;
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use crate::store::StoreError;

/// The error of a statement on that table.
pub(super) fn of(table: &'static str, error: &Error) -> StoreError {
    // A unique column is taken; or two commits wait for each other, and the
    // one that is stopped is as late as if the other had come first.
    let late = [&SqlState::UNIQUE_VIOLATION, &SqlState::T_R_DEADLOCK_DETECTED, &SqlState::T_R_SERIALIZATION_FAILURE];
    match error.code() {
        Some(code) if late.contains(&code) => StoreError::Conflict { table },
        _ => general(error),
    }
}

/// The error of anything that concerns the database as a whole.
pub(super) fn general(error: &Error) -> StoreError {
    let Some(code) = error.code() else {
        return StoreError::Unavailable("the server cannot be reached, or the connection broke".to_owned());
    };
    match *code {
        SqlState::UNDEFINED_TABLE | SqlState::UNDEFINED_COLUMN | SqlState::DATATYPE_MISMATCH => {
            StoreError::Damaged("the tables are not those of this release")
        }
        SqlState::NOT_NULL_VIOLATION | SqlState::CHECK_VIOLATION => {
            StoreError::Damaged("a row breaks a rule of its table")
        }
        SqlState::PROGRAM_LIMIT_EXCEEDED => StoreError::Damaged("a text is too long for its index"),
        _ => StoreError::Unavailable(format!("the server answered with the error {}", code.code())),
    }
}

/// The error of a connection that could not be had.
pub(super) fn of_pool(error: &PoolError) -> StoreError {
    match error {
        PoolError::Backend(error) => general(error),
        PoolError::Timeout(_) => StoreError::Unavailable("no connection was free in time".to_owned()),
        _ => StoreError::Unavailable("the store is being closed".to_owned()),
    }
}

/// Whether the connection is of no use any more, so that the statement never
/// came to an end.
pub(super) fn is_broken(error: &Error) -> bool {
    error.is_closed() || error.code().is_none_or(|code| code.code().starts_with("57P0"))
}
