//! All writes of a commit, or none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use deadpool_postgres::Object;
use futures_util::stream::{FuturesOrdered, StreamExt};
use tokio_postgres::{IsolationLevel, Statement};

use super::error;
use super::locks::Needed;
use super::serial;
use super::value::Param;
use crate::store::sql::{Statements, bound};
use crate::store::{Row, StoreError, StoreResult, Write, check};

/// How many statements of one commit are on their way at the same time.
pub(super) const PIPELINED: usize = 256;

/// A commit as it is sent.
pub(super) struct Prepared {
    needed: Needed,
    writes: Vec<Sent>,
}

/// One write as it is sent: the table, the statement, and what is bound.
struct Sent {
    table: &'static str,
    sql: Arc<str>,
    params: Vec<Param>,
}

impl Prepared {
    pub(super) fn of(writes: &[Write], statements: &BTreeMap<&'static str, Statements>) -> StoreResult<Self> {
        let mut needed = Needed::default();
        let mut sent = Vec::with_capacity(writes.len());
        let mut first = None;
        let mut counted = BTreeSet::new();
        for write in writes {
            let table = write.table().name;
            let statements = statements.get(table).ok_or(StoreError::Damaged("no such table"))?;
            let values = |row: &Row| bound(write.table(), row).map(Param::of_column).collect::<Vec<_>>();
            let (key, sql, params) = match write {
                Write::Insert { row, .. } => (None, &statements.insert, values(row)),
                Write::Update { row, .. } => {
                    let (agency, id, revision) = check::key(row)?;
                    let before = revision.checked_sub(1).ok_or(StoreError::Conflict { table })?;
                    let mut params = values(row);
                    params.push(Param::Int(before));
                    (Some((table, agency, id)), &statements.update, params)
                }
                Write::Delete { agency, id, revision, .. } => {
                    let params = vec![Param::Id(agency.0), Param::Id(*id), Param::Int(*revision)];
                    (Some((table, agency.0, *id)), &statements.delete, params)
                }
                Write::Guard { agency, id, revision, .. } => {
                    needed.guard((table, agency.0, *id), *revision)?;
                    continue;
                }
            };
            if sent.is_empty() {
                first = key;
            }
            if let Some(key) = key {
                needed.write(key);
            }
            // Before its numbers, a commit says that it is under way.
            if key.is_none() && write.table().serial().is_some() && counted.insert(table) {
                sent.push(Sent { table, sql: serial::announce(table).into(), params: Vec::new() });
            }
            sent.push(Sent { table, sql: sql.clone(), params });
        }
        // A single row that is written before all else needs no more: the
        // write itself takes it.
        if first.is_some_and(|first| needed.is_only(first)) {
            needed = Needed::default();
        }
        Ok(Self { needed, writes: sent })
    }
}

/// Why a commit was not made.
pub(super) enum Failed {
    /// Nothing was sent: it can be tried again.
    ToBegin(StoreError),
    Because(StoreError),
}

/// Makes the writes in one transaction. Each guards itself by its revision and
/// the unique indexes, and what the commit rests on besides is held until its
/// end, so the lowest level of isolation will do; what it waits for is decided
/// by whoever holds the row.
pub(super) async fn make(connection: &mut Object, commit: &Prepared) -> Result<(), Failed> {
    let begun = connection.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start().await;
    let transaction = begun.map_err(|failure| {
        let why = if error::is_broken(&failure) { Failed::ToBegin } else { Failed::Because };
        why(error::general(&failure))
    })?;
    let because = |table| move |failure| Failed::Because(error::of(table, &failure));
    commit.needed.take(&transaction).await.map_err(Failed::Because)?;
    let mut statements: BTreeMap<&str, Statement> = BTreeMap::new();
    for write in &commit.writes {
        if !statements.contains_key(&*write.sql) {
            let statement = transaction.prepare_cached(&write.sql).await.map_err(because(write.table))?;
            statements.insert(&write.sql, statement);
        }
    }
    // In their order, without waiting for one before the next is sent.
    for some in commit.writes.chunks(PIPELINED) {
        let mut sent = FuturesOrdered::new();
        for write in some {
            let Some(statement) = statements.get(&*write.sql) else { continue };
            let changed = transaction.execute_raw(statement, &write.params);
            sent.push_back(async move {
                match changed.await.map_err(because(write.table))? {
                    1 => Ok(()),
                    _ => Err(Failed::Because(StoreError::Conflict { table: write.table })),
                }
            });
        }
        while let Some(made) = sent.next().await {
            made?;
        }
    }
    transaction.commit().await.map_err(|failure| Failed::Because(error::general(&failure)))
}
