//! How the tables of the file become those of this release.

use rusqlite::{Connection, TransactionBehavior};

use super::error;
use crate::store::{SCHEMA_VERSION, StoreError, StoreResult};

/// The steps, the first leading from nothing to version 1. A released step is
/// never edited.
const STEPS: &[&str] = &[include_str!("migrations/0001_tables.sql")];

const _: () = assert!(STEPS.len() == SCHEMA_VERSION as usize);

/// Marks a SQLite file as carekey's: the letters `care`, where tools like
/// `file` look for it.
const APPLICATION_ID: i32 = i32::from_be_bytes(*b"care");

/// The version of the tables in the file, 0 for an empty one. Writes nothing.
///
/// # Errors
///
/// [`StoreError::Newer`] for the file of a newer release,
/// [`StoreError::Damaged`] for the file of another application.
pub(super) fn version(connection: &mut Connection) -> rusqlite::Result<StoreResult<u32>> {
    // Within one transaction: another process may be creating the tables.
    stored_version(&*connection.transaction()?)
}

fn stored_version(connection: &Connection) -> rusqlite::Result<StoreResult<u32>> {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i32>(0));
    let application = number("PRAGMA application_id")?;
    let version = u32::try_from(number("PRAGMA user_version")?);
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    Ok(match (application, version, tables) {
        (0, Ok(0), 0) => Ok(0),
        (APPLICATION_ID, Ok(found), _) if found > SCHEMA_VERSION => Err(StoreError::Newer { found }),
        (APPLICATION_ID, Ok(found @ 1..), _) => Ok(found),
        _ => Err(StoreError::Damaged("the database belongs to another application")),
    })
}

/// Takes the steps that the file has not taken yet: all of them, or none.
///
/// The version is read again under the write lock. The migration crates read
/// it before, so that two processes which start together with a new release
/// would both take the same step.
pub(super) fn migrate(connection: &mut Connection) -> StoreResult<()> {
    let steps = |connection: &mut Connection| {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found = match stored_version(&transaction)? {
            Ok(found) => found,
            Err(refused) => return Ok(Err(refused)),
        };
        for step in STEPS.iter().skip(found as usize) {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
        transaction.commit().map(Ok)
    };
    steps(connection).map_err(|failure| error::general(&failure))?
}
