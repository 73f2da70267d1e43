//! How SQLite keeps [totals](Totals): a row for each sort. One commit at a time is
//! under way, so that nobody waits for a row of them.
//!
//! Triggers keep them of whoever writes. The store has none of its own run, and
//! counts by itself, since for a statement that has triggers SQLite copies each page
//! first that it writes: of an account those of a dozen indexes.

use super::dialect::Sqlite;
use crate::store::sql::Dialect;
use crate::store::{ColumnType, Facet, Table, Totals};

/// Counts rows that are there: the agency, their ids, and 1, or -1 before they go or
/// change.
pub(super) fn counted(table: &Table, totals: &Totals) -> String {
    format!(
        "INSERT INTO \"{}\" SELECT agency{}, count(*) * ?3 FROM \"{}\" WHERE agency = ?1 AND {} GROUP BY {}
        ON CONFLICT DO UPDATE SET total = total + excluded.total",
        totals.name,
        totals.of(""),
        table.name,
        Sqlite::among("id", "?2"),
        totals.places()
    )
}

/// Adds what is missing in the totals of an agency, and takes away what is too much.
pub(super) fn mended(table: &Table, totals: &Totals) -> String {
    format!(
        "INSERT INTO \"{}\" {} ON CONFLICT DO UPDATE SET total = total + excluded.total",
        totals.name,
        totals.wrong(table, "?1")
    )
}

/// Takes sorts away of which an agency has nothing any more.
pub(super) fn swept(totals: &Totals) -> String {
    format!("DELETE FROM \"{}\" WHERE agency = ?1 AND total = 0", totals.name)
}

/// Makes the table of totals, counts what is there, and has it kept from then on.
pub(super) fn begin(table: &Table, totals: &Totals) -> String {
    let (name, of) = (totals.name, table.name);
    let (id, check) = (Sqlite::column_type(ColumnType::Id), Sqlite::own_check("agency"));
    let (sorts, columns, places) = (totals.described::<Sqlite>(), totals.columns(), totals.places());
    let sort = |row: &str| format!("{row}agency{}", totals.of(row));
    let one_more =
        format!("INSERT INTO \"{name}\" VALUES ({}, 1) ON CONFLICT DO UPDATE SET total = total + 1;", sort("NEW."));
    let is = |facet: &Facet| format!(" AND \"{}\" = ({})", facet.column(), facet.of("OLD."));
    let those = format!("agency = OLD.agency{}", totals.by.iter().map(is).collect::<String>());
    let one_less = format!("UPDATE \"{name}\" SET total = total - 1 WHERE {those};");
    let facets = totals.by.iter().map(|facet| format!("\"{}\"", facet.column())).collect::<Vec<_>>().join(", ");
    let update = totals.becomes_another().map(|others| {
        format!(
            "CREATE TRIGGER {name}_update AFTER UPDATE OF {facets} ON \"{of}\" WHEN {others}
            BEGIN {one_less} {one_more} END;"
        )
    });
    format!(
        "CREATE TABLE \"{name}\" (
            agency {id} NOT NULL{check}, {sorts}total INTEGER NOT NULL, PRIMARY KEY (agency{columns})
        ) STRICT, WITHOUT ROWID;
        INSERT INTO \"{name}\" SELECT {}, count(*) FROM \"{of}\" GROUP BY {places};
        CREATE TRIGGER {name}_insert AFTER INSERT ON \"{of}\" BEGIN {one_more} END;
        {}
        CREATE TRIGGER {name}_delete AFTER DELETE ON \"{of}\" BEGIN {one_less} END;",
        sort(""),
        update.unwrap_or_default()
    )
}
