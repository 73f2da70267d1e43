//! What every database takes alike on the way to the tables of this release: a
//! new column is named here once, with its type, and is null in the rows that
//! are there. What databases do each in their own way is in their own steps,
//! which go before.

use super::ColumnType;

/// The last version that each database has steps of its own to.
pub(super) const OWN_STEPS: u32 = 3;

/// What leads from that version to the next ones. What was released is never
/// edited.
const COLUMNS: &[&[NewColumn]] = &[
    // Version 4.
    &[NewColumn { table: "account", column: "disabled_by", column_type: ColumnType::Text }],
];

/// The version of the tables in this release. A store of a newer version is
/// refused, an older one is migrated.
#[expect(clippy::cast_possible_truncation, reason = "a handful")]
pub const SCHEMA_VERSION: u32 = OWN_STEPS + COLUMNS.len() as u32;

/// A column that a table has from a version on.
#[cfg_attr(not(any(feature = "postgres", feature = "sqlite")), allow(dead_code, reason = "no database to write it to"))]
struct NewColumn {
    table: &'static str,
    column: &'static str,
    column_type: ColumnType,
}

/// The statements that a store of that version has not had yet.
#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub(super) fn since<D: super::sql::Dialect>(version: u32) -> impl Iterator<Item = String> {
    let done = version.saturating_sub(OWN_STEPS) as usize;
    COLUMNS.iter().skip(done).copied().flatten().map(|NewColumn { table, column, column_type }| {
        format!("ALTER TABLE \"{table}\" ADD COLUMN \"{column}\" {}", D::column_type(*column_type))
    })
}
