//! What PostgreSQL writes in its own way.

use super::serial;
use crate::store::ColumnType;
use crate::store::sql::Dialect;

pub(super) struct Postgres;

impl Dialect for Postgres {
    const MARK: char = '$';
    const NO_LIMIT: &'static str = "ALL";
    const TABLE: &'static str = "";
    const NULLS_FIRST: &'static str = " NULLS FIRST";
    // As an array: a select might be joined, by a scan of the table.
    const IN_PAGE: &'static str = "= ANY (ARRAY(";
    const END_PAGE: &'static str = "))";

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
        // The collation `C`, which the columns have, folds ASCII only.
        format!("strpos(lower({column}), lower({mark} COLLATE \"C\")) > 0")
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
}

/// How a commit takes a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// Others may rest on it too, but not change it.
    Share,
    /// It is written.
    Update,
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
