//! All writes of a commit, or none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use deadpool_postgres::{Object, Transaction};
use futures_util::stream::{FuturesOrdered, StreamExt, TryStreamExt};
use tokio_postgres::{Error, IsolationLevel, Statement};
use uuid::Uuid;

use super::dialect::{insert_many, take_any, take_one};
use super::locks::Needed;
use super::value::{self, Param};
use super::{Postgres, error, serial};
use crate::store::follow::following;
use crate::store::inserts::Inserts;
use crate::store::sql::{self, bound};
use crate::store::{Follow, Row, StoreError, StoreResult, Table, Write, check, record};

/// How many statements of one commit are on their way at the same time.
pub(super) const PIPELINED: usize = 256;

/// How many rows one statement inserts at most.
const ROWS: usize = 1000;

/// The statements of all tables, by their names.
pub(super) struct Statements(BTreeMap<&'static str, (sql::Statements, Arc<str>)>);

impl Statements {
    pub(super) fn new() -> Self {
        let of_table =
            |table: &&'static Table| (table.name, (sql::Statements::of::<Postgres>(table), insert_many(table).into()));
        Self(record::TABLES.iter().map(of_table).collect())
    }
}

/// A commit as it is sent.
pub(super) struct Prepared {
    needed: Needed,
    writes: Vec<Sent>,
    following: Vec<Following>,
    statements: Arc<Statements>,
    /// The tables whose serial numbers are announced.
    counted: BTreeSet<&'static str>,
}

/// A statement as it is sent: the table, what is bound, and how many rows it
/// has to change.
struct Sent {
    table: &'static str,
    sql: Arc<str>,
    params: Vec<Param>,
    rows: u64,
}

/// What goes behind one of these rows.
struct Following {
    table: &'static Table,
    agency: Uuid,
    ids: Vec<Uuid>,
    follow: Follow,
}

impl Prepared {
    pub(super) fn of(writes: &[Write], statements: Arc<Statements>) -> StoreResult<Self> {
        let following = following(writes).map(|(table, agency, ids, follow)| Following {
            table,
            agency: agency.0,
            ids: ids.to_vec(),
            follow: follow.clone(),
        });
        let mut prepared = Self {
            needed: Needed::default(),
            writes: Vec::with_capacity(writes.len()),
            following: following.collect(),
            statements,
            counted: BTreeSet::new(),
        };
        prepared.add(writes)?;
        Ok(prepared)
    }

    /// Adds writes, but for what follows.
    fn add(&mut self, writes: &[Write]) -> StoreResult<()> {
        let statements = Arc::clone(&self.statements);
        let mut first = None;
        let mut inserts = Inserts::default();
        for write in writes {
            let table = write.table().name;
            let (one, _) = statements.0.get(table).ok_or(StoreError::Damaged("no such table"))?;
            let (key, sql, params) = match write {
                Write::Insert { table, row } => {
                    inserts.add(table, row);
                    continue;
                }
                Write::Update { table: of, row } => {
                    let (agency, id, revision) = check::key(row)?;
                    let before = revision.checked_sub(1).ok_or(StoreError::Conflict { table })?;
                    let mut params: Vec<Param> = bound(of, row).map(Param::of_column).collect();
                    params.push(Param::Int(before));
                    ((table, agency, id), &one.update, params)
                }
                Write::Delete { agency, id, revision, .. } => {
                    let params = vec![Param::Id(agency.0), Param::Id(*id), Param::Int(*revision)];
                    ((table, agency.0, *id), &one.delete, params)
                }
                Write::Guard { agency, id, revision, .. } => {
                    self.needed.guard((table, agency.0, *id), *revision)?;
                    continue;
                }
                Write::Follow { .. } => continue,
            };
            self.insert(std::mem::take(&mut inserts))?;
            if self.writes.is_empty() {
                first = Some(key);
            }
            self.needed.write(key);
            self.writes.push(Sent { table, sql: sql.clone(), params, rows: 1 });
        }
        self.insert(inserts)?;
        // A single row that is written before all else needs no more: the
        // write itself takes it.
        if first.is_some_and(|first| self.needed.is_only(first)) {
            self.needed = Needed::default();
        }
        Ok(())
    }

    fn insert(&mut self, inserts: Inserts<'_>) -> StoreResult<()> {
        for (table, rows) in inserts.by_table() {
            let statements = Arc::clone(&self.statements);
            let (one, many) = statements.0.get(table.name).ok_or(StoreError::Damaged("no such table"))?;
            // Before its numbers, a commit says that it is under way.
            if table.serial().is_some() && self.counted.insert(table.name) {
                let sql = serial::announce(table.name).into();
                self.writes.push(Sent { table: table.name, sql, params: Vec::new(), rows: 1 });
            }
            for some in rows.chunks(ROWS) {
                let (sql, params) = match some {
                    [row] => (&one.insert, bound(table, row).map(Param::of_column).collect()),
                    some => (many, by_column(table, some)),
                };
                self.writes.push(Sent { table: table.name, sql: sql.clone(), params, rows: some.len() as u64 });
            }
        }
        Ok(())
    }
}

/// For each column that is bound, the values of all rows.
fn by_column(table: &'static Table, rows: &[&Row]) -> Vec<Param> {
    let mut columns: Vec<Vec<Param>> = Vec::new();
    for row in rows {
        columns.resize_with(bound(table, row).count(), || Vec::with_capacity(rows.len()));
        for (column, value) in columns.iter_mut().zip(bound(table, row).map(Param::of_column)) {
            column.push(value);
        }
    }
    columns.into_iter().map(Param::List).collect()
}

/// What a commit waits for before it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wait {
    /// Until it is on the server's disk.
    ForDisk,
    /// Not even that: the server's log keeps the order of commits, and the next
    /// one that waits brings all before it to the disk.
    Not,
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
pub(super) async fn make(connection: &mut Object, commit: &Prepared, wait: Wait) -> Result<(), Failed> {
    let begun = connection.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start().await;
    let transaction = begun.map_err(|failure| {
        let why = if error::is_broken(&failure) { Failed::ToBegin } else { Failed::Because };
        why(error::general(&failure))
    })?;
    if wait == Wait::Not {
        let ahead = transaction.batch_execute("SET LOCAL synchronous_commit = off").await;
        ahead.map_err(|failure| Failed::Because(error::general(&failure)))?;
    }
    write(&transaction, commit).await.map_err(Failed::Because)?;
    transaction.commit().await.map_err(|failure| Failed::Because(error::general(&failure)))
}

async fn write(transaction: &Transaction<'_>, commit: &Prepared) -> StoreResult<()> {
    commit.needed.take(transaction).await?;
    send(transaction, &commit.writes).await?;
    // Last, so that what others wait for is held for as short as can be, and so
    // that nobody who holds it waits for anything.
    for following in &commit.following {
        let row = following.take(transaction).await?;
        let mut behind = Prepared::of(&[], Arc::clone(&commit.statements))?;
        behind.counted.clone_from(&commit.counted);
        behind.add(&following.follow.behind(&row)?)?;
        send(transaction, &behind.writes).await?;
    }
    Ok(())
}

/// Sends statements in their order, without waiting for one before the next.
async fn send(transaction: &Transaction<'_>, writes: &[Sent]) -> StoreResult<()> {
    let because = |table| move |failure: Error| error::of(table, &failure);
    let mut statements: BTreeMap<&str, Statement> = BTreeMap::new();
    for write in writes {
        if !statements.contains_key(&*write.sql) {
            let statement = transaction.prepare_cached(&write.sql).await.map_err(because(write.table))?;
            statements.insert(&write.sql, statement);
        }
    }
    for some in writes.chunks(PIPELINED) {
        let mut sent = FuturesOrdered::new();
        for write in some {
            let Some(statement) = statements.get(&*write.sql) else { continue };
            let changed = transaction.execute_raw(statement, &write.params);
            sent.push_back(async move {
                let changed = changed.await.map_err(because(write.table))?;
                if changed == write.rows { Ok(()) } else { Err(StoreError::Conflict { table: write.table }) }
            });
        }
        while let Some(made) = sent.next().await {
            made?;
        }
    }
    Ok(())
}

impl Following {
    /// Takes the first of the rows that no commit under way has taken; where all
    /// are taken, waits for one, and the next commit for the next.
    async fn take(&self, transaction: &Transaction<'_>) -> StoreResult<Row> {
        static TURN: AtomicUsize = AtomicUsize::new(0);
        let failed = |failure: Error| error::of(self.table.name, &failure);
        let ids = Param::List(self.ids.iter().copied().map(Param::Id).collect());
        let mut found = self.first(transaction, &take_any(self.table), ids).await.map_err(failed)?;
        if found.is_none() {
            let turn = TURN.fetch_add(1, Ordering::Relaxed).checked_rem(self.ids.len()).unwrap_or(0);
            let id = self.ids.get(turn).copied().unwrap_or(Uuid::nil());
            found = self.first(transaction, &take_one(self.table), Param::Id(id)).await.map_err(failed)?;
        }
        let found = found.ok_or(StoreError::Conflict { table: self.table.name })?;
        value::row(&self.table.columns.iter().collect::<Vec<_>>(), &found)
    }

    async fn first(
        &self,
        transaction: &Transaction<'_>,
        sql: &str,
        which: Param,
    ) -> Result<Option<tokio_postgres::Row>, Error> {
        let statement = transaction.prepare_cached(sql).await?;
        let found = transaction.query_raw(&statement, [Param::Id(self.agency), which]).await?;
        Ok(found.try_collect::<Vec<_>>().await?.into_iter().next())
    }
}
