//! The fingerprint of the key in a file.

use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::dialect::{Bind, Sqlite};
use crate::store::record::Setting;
use crate::store::sql::Statements;
use crate::store::{Record, StoreResult, key};

/// Whether the fingerprint is in the file, which has tables of any version.
pub(super) fn is_left(connection: &Connection, fingerprint: Option<&[u8]>) -> rusqlite::Result<StoreResult<bool>> {
    // Without a fingerprint there is nothing to look for.
    let Some(asked) = fingerprint else { return Ok(Ok(true)) };
    let setting = key::setting(asked);
    let found: Option<Vec<u8>> = connection
        .query_row(
            "SELECT value FROM setting WHERE agency = ?1 AND id = ?2",
            params_from_iter([setting.agency.0, setting.id.0].map(Bind::Id)),
            |row| row.get(0),
        )
        .optional()?;
    Ok(key::is_left(found.as_deref(), fingerprint))
}

/// Leaves the fingerprint in a file of this release.
pub(super) fn leave(connection: &Connection, fingerprint: &[u8]) -> rusqlite::Result<()> {
    let row = key::setting(fingerprint).to_row();
    let insert = Statements::of::<Sqlite>(Setting::TABLE).insert;
    connection.execute(&insert, params_from_iter(row.iter().map(Bind::Value))).map(|_| ())
}
