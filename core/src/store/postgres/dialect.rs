//! What PostgreSQL writes in its own way.

use crate::store::sql::Dialect;

pub(super) struct Postgres;

impl Dialect for Postgres {
    const MARK: char = '$';
    const NO_LIMIT: &'static str = "ALL";

    fn among(column: &str, mark: &str) -> String {
        format!("{column} = ANY({mark})")
    }

    fn contains(column: &str, mark: &str) -> String {
        // The collation `C`, which the columns have, folds ASCII only.
        format!("strpos(lower({column}), lower({mark} COLLATE \"C\")) > 0")
    }
}

/// Takes rows for writing, in the order of their keys.
pub(super) fn lock(table: &str) -> String {
    format!("SELECT FROM \"{table}\" WHERE agency = ANY($1) AND id = ANY($2) ORDER BY agency, id FOR UPDATE")
}
