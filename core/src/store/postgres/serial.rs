//! The serial numbers of a table, and which of them are certain.
//!
//! Commits run side by side here. A sequence gives each row the next number, but
//! a commit with a small one may end after a commit with a greater one: whoever
//! followed the numbers would pass it by. So a commit announces, before it takes
//! numbers, above which number its own will be: a shared advisory lock on the
//! sequence and that number, which nobody waits for and which the server lets go
//! when the transaction ends, however it ends. Whoever reads looks at the
//! sequence first and at the locks then: up to the least number that is
//! announced, or that the sequence had, nothing is still to come.
//!
//! Why not the number of the transaction (`pg_current_xact_id`), shown up to
//! `pg_snapshot_xmin`: it begins anew where a dump is restored on another server,
//! and a long transaction of anybody on the server, of a database beside this one
//! too, holds up all that read. A counter in a row would have all acts of an
//! agency wait for each other. A sequence is part of every dump.

use tokio_postgres::{Error, GenericClient};

use super::PostgresStore;
use crate::store::record::TABLES;
use crate::store::sql::Query;
use crate::store::{Condition, Select, StoreError, StoreResult, Test, Value, check};

/// The numbers of the locks are counted round: they have 31 bits.
const ROUND: i64 = 1 << 31;

fn sequence(table: &str) -> String {
    format!("\"{table}_serial\"")
}

/// The next number of a table.
pub(super) fn next(table: &str) -> String {
    format!("nextval('{}')", sequence(table))
}

/// Makes the sequence, above the numbers that are there.
pub(super) fn begin(table: &str) -> String {
    let sequence = sequence(table);
    format!(
        "CREATE SEQUENCE {sequence};
        SELECT setval('{sequence}', greatest(max(\"serial\"), 1)) FROM \"{table}\""
    )
}

/// The key of the locks of a sequence, as a number of 32 bits with a sign; and
/// as the view of the locks shows it.
fn key(table: &str) -> (String, String) {
    let oid = format!("'{}'::regclass::oid::bigint", sequence(table));
    (format!("({oid} - {ROUND})::int"), format!("({oid} + {ROUND}) % {}", ROUND * 2))
}

/// Says, until the end of the transaction, that its numbers will be greater than
/// the last one of now. Answers with one row.
pub(super) fn announce(table: &str) -> String {
    let (key, sequence) = (key(table).0, sequence(table));
    format!("SELECT pg_advisory_xact_lock_shared({key}, (last_value % {ROUND})::int) FROM {sequence}")
}

/// A database into which rows were brought without the sequences, as a dump of the
/// tables alone or replication leaves it, goes on above them: with its serial numbers,
/// and with those of the rows of [totals](super::totals). Where it is as it should be,
/// no row has a greater number than the sequence, so that nothing is done beside those
/// who write.
pub(super) async fn catch_up(client: &impl GenericClient) -> Result<(), Error> {
    let totals = TABLES.iter().filter_map(|table| table.totals);
    let totals = totals.map(|totals| raised(totals.name, "number", &format!("\"{}_number_seq\"", totals.name)));
    for raise in core::iter::once(raised("event", "serial", &sequence("event"))).chain(totals) {
        client.query(&raise, &[]).await?;
    }
    Ok(())
}

/// Raises a sequence to the greatest number of a column, which an index has for each
/// agency.
fn raised(table: &str, column: &str, sequence: &str) -> String {
    format!(
        "SELECT setval('{sequence}', newest) FROM (
            SELECT max(last.\"{column}\") AS newest FROM agency, LATERAL (
                SELECT \"{column}\" FROM \"{table}\" AS of_table
                WHERE of_table.agency = agency.id ORDER BY \"{column}\" DESC LIMIT 1
            ) AS last
        ) AS found WHERE newest > (SELECT last_value FROM {sequence})"
    )
}

impl PostgresStore {
    /// The select without the rows of which it is not certain that none is still
    /// to come below them.
    pub(super) fn certain(&self, select: &Select) -> StoreResult<Option<Select>> {
        if !check::is_by_serial(select) {
            return Ok(None);
        }
        let (table, position) = (select.table, select.table.serial());
        let column = position.and_then(|position| table.columns.get(position));
        let column = column.ok_or(StoreError::Damaged("no such column"))?;
        // First how far the sequence is, then who is under way. A commit that
        // announces itself in between takes greater numbers.
        let sql = format!("SELECT last_value, pg_is_in_recovery() FROM {}", sequence(table.name));
        let reached = self.read(table.name, &Query { sql, params: Vec::new() })?;
        let reached = reached.first().ok_or(StoreError::Damaged("a sequence without a value"))?;
        let get = |failure: Error| super::error::of(table.name, &failure);
        let (last, standby): (i64, bool) = (reached.try_get(0).map_err(get)?, reached.try_get(1).map_err(get)?);
        if standby {
            return Err(StoreError::Unavailable("a standby does not know which commits are under way".to_owned()));
        }
        let sql = format!(
            "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND classid::bigint = {}",
            key(table.name).1
        );
        let mut certain = last;
        for row in self.read(table.name, &Query { sql, params: Vec::new() })? {
            let announced: i64 = row.try_get(0).map_err(get)?;
            let before = (last - announced).rem_euclid(ROUND);
            // Beyond half a round it is ahead: announced since.
            if before < ROUND / 2 {
                certain = certain.min(last - before);
            }
        }
        let mut select = select.clone();
        select.all.push(Condition { column: column.name, test: Test::Below(Value::Int(certain.saturating_add(1))) });
        Ok(Some(select))
    }
}
