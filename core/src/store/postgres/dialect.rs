//! What PostgreSQL writes in its own way.

use super::{serial, totals};
use crate::store::sql::{Dialect, columns};
use crate::store::{ColumnType, Table, Totals};

pub(super) struct Postgres;

impl Dialect for Postgres {
    const MARK: char = '$';
    const NO_LIMIT: &'static str = "ALL";
    const TABLE: &'static str = "";
    const NULLS_FIRST: &'static str = " NULLS FIRST";
    // As an array: a select might be joined, by a scan of the table.
    const IN_PAGE: &'static str = "= ANY (ARRAY(";
    const END_PAGE: &'static str = "))";
    const LEAST: &'static str = "least";
    const GREATEST: &'static str = "greatest";

    fn own_check(_: &str) -> &'static str {
        ""
    }

    fn column_type(column_type: ColumnType) -> &'static str {
        match column_type {
            ColumnType::Int | ColumnType::Moment | ColumnType::Serial => "bigint",
            ColumnType::Bool => "boolean",
            ColumnType::Text => "text COLLATE \"C\"",
            ColumnType::Bytes => "bytea",
            ColumnType::Id => "uuid",
        }
    }

    fn among(column: &str, mark: &str) -> String {
        format!("{column} = ANY({mark})")
    }

    fn contains(column: &str, mark: &str) -> String {
        format!("strpos({column}, {mark}) > 0")
    }

    fn has(column: &str, mark: &str) -> String {
        format!("strpos({column}, ',' || {mark} || ',') > 0")
    }

    fn by_index(_: &str) -> String {
        String::new()
    }

    fn next_serial(table: &str) -> String {
        serial::next(table)
    }

    fn begin_serial(table: &str) -> String {
        serial::begin(table)
    }

    fn begin_totals(table: &Table, of: &Totals) -> String {
        totals::begin(table, of)
    }
}

/// How a commit takes a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// Others may rest on it too, but not change it.
    Share,
    /// It is written.
    Update,
}

/// Inserts any number of rows: what is bound are, of each column but those that
/// the store gives, the values of all rows, in their order.
pub(super) fn insert_many(table: &Table) -> String {
    let (mut values, mut names, mut arrays) = (Vec::new(), Vec::new(), Vec::new());
    for column in table.columns {
        let array = match column.column_type {
            ColumnType::Serial => {
                values.push(serial::next(table.name));
                continue;
            }
            ColumnType::Text => "text",
            other => Postgres::column_type(other),
        };
        let name = format!("v{}", names.len() + 1);
        arrays.push(format!("${}::{array}[]", names.len() + 1));
        values.push(name.clone());
        names.push(name);
    }
    format!(
        "INSERT INTO \"{}\" ({}) SELECT {} FROM unnest({}) AS rows ({})",
        table.name,
        columns(table),
        values.join(", "),
        arrays.join(", "),
        names.join(", ")
    )
}

/// Takes the first of some rows of one agency, in the order of the list, that
/// nobody else has taken: as it is now.
pub(super) fn take_any(table: &Table) -> String {
    format!(
        "SELECT {} FROM \"{}\" WHERE agency = $1 AND id = ANY($2::uuid[])
        ORDER BY array_position($2::uuid[], id) LIMIT 1 FOR UPDATE SKIP LOCKED",
        columns(table),
        table.name
    )
}

/// Takes one row, whoever has to be waited for.
pub(super) fn take_one(table: &Table) -> String {
    format!("SELECT {} FROM \"{}\" WHERE agency = $1 AND id = $2 FOR UPDATE", columns(table), table.name)
}

/// Takes rows of one agency in the order of their ids, and answers with their
/// revisions: the present ones, of whatever it had to wait for.
pub(super) fn lock(table: &str, hold: Hold) -> String {
    let strength = match hold {
        Hold::Share => "SHARE",
        Hold::Update => "UPDATE",
    };
    format!("SELECT id, revision FROM \"{table}\" WHERE agency = $1 AND id = ANY($2) ORDER BY id FOR {strength}")
}
