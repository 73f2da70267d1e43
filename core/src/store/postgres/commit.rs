//! All writes of a commit, or none.

use std::collections::BTreeMap;
use std::sync::Arc;

use deadpool_postgres::Object;
use futures_util::stream::{FuturesOrdered, StreamExt};
use tokio_postgres::{IsolationLevel, Statement};
use uuid::Uuid;

use super::value::Param;
use super::{dialect, error};
use crate::store::sql::Statements;
use crate::store::{Row, StoreError, StoreResult, Write, check};

/// How many statements of one commit are on their way at the same time.
const PIPELINED: usize = 256;

/// One write as it is sent: the table, the row that it needs to be there, the
/// statement, and what is bound.
pub(super) struct Prepared {
    table: &'static str,
    needs: Option<(Uuid, Uuid)>,
    sql: Arc<str>,
    params: Vec<Param>,
}

impl Prepared {
    pub(super) fn of(write: &Write, statements: &BTreeMap<&'static str, Statements>) -> StoreResult<Self> {
        let table = write.table().name;
        let statements = statements.get(table).ok_or(StoreError::Damaged("no such table"))?;
        let values = |row: &Row| write.table().columns.iter().zip(row).map(Param::of_column).collect::<Vec<_>>();
        let (needs, sql, params) = match write {
            Write::Insert { row, .. } => (None, &statements.insert, values(row)),
            Write::Update { row, .. } => {
                let (agency, id, revision) = check::key(row)?;
                let before = revision.checked_sub(1).ok_or(StoreError::Conflict { table })?;
                let mut params = values(row);
                params.push(Param::Int(before));
                (Some((agency, id)), &statements.update, params)
            }
            Write::Delete { agency, id, revision, .. } => {
                let params = vec![Param::Id(agency.0), Param::Id(*id), Param::Int(*revision)];
                (Some((agency.0, *id)), &statements.delete, params)
            }
        };
        Ok(Self { table, needs, sql: sql.clone(), params })
    }
}

/// Why a commit was not made.
pub(super) enum Failed {
    /// Nothing was sent: it can be tried again.
    ToBegin(StoreError),
    Because(StoreError),
}

/// Makes the writes in one transaction. Each guards itself by its revision and
/// the unique indexes, so the lowest level of isolation will do; what it waits
/// for is decided by whoever holds the row.
pub(super) async fn make(connection: &mut Object, writes: &[Prepared]) -> Result<(), Failed> {
    let begun = connection.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start().await;
    let transaction = begun.map_err(|failure| {
        let why = if error::is_broken(&failure) { Failed::ToBegin } else { Failed::Because };
        why(error::general(&failure))
    })?;
    let because = |table| move |failure| Failed::Because(error::of(table, &failure));
    // Rows are taken in one order by all, so that no two wait for each other.
    let mut needed: BTreeMap<&'static str, (Vec<Uuid>, Vec<Uuid>)> = BTreeMap::new();
    for (table, (agency, id)) in writes.iter().filter_map(|write| Some((write.table, write.needs?))) {
        let (agencies, ids) = needed.entry(table).or_default();
        agencies.push(agency);
        ids.push(id);
    }
    for (table, (agencies, ids)) in needed.iter().filter(|(_, (_, ids))| ids.len() > 1 || needed.len() > 1) {
        let lock = transaction.prepare_cached(&dialect::lock(table)).await.map_err(because(table))?;
        transaction.execute(&lock, &[agencies, ids]).await.map_err(because(table))?;
    }
    let mut statements: BTreeMap<&str, Statement> = BTreeMap::new();
    for write in writes {
        if !statements.contains_key(&*write.sql) {
            let statement = transaction.prepare_cached(&write.sql).await.map_err(because(write.table))?;
            statements.insert(&write.sql, statement);
        }
    }
    // In their order, without waiting for one before the next is sent.
    for some in writes.chunks(PIPELINED) {
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
