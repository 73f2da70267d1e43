//! The rows that a commit needs, taken before it writes.
//!
//! All commits take them in one order, by table, agency and id, so that no two
//! wait for each other. One that is to be written is taken so at once: whoever
//! shared it first would wait for others who do the same.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use deadpool_postgres::Transaction;
use futures_util::stream::{FuturesOrdered, StreamExt, TryStreamExt};
use tokio_postgres::Error;
use uuid::Uuid;

use super::commit::PIPELINED;
use super::dialect::{Hold, lock};
use super::error;
use super::value::Param;
use crate::store::{StoreError, StoreResult};

/// The rows that a commit needs, in the order in which they are taken.
#[derive(Default)]
pub(super) struct Needed {
    rows: BTreeMap<Key, Need>,
}

/// The table, the agency and the id of a row.
type Key = (&'static str, Uuid, Uuid);

/// What a commit needs of a row.
struct Need {
    hold: Hold,
    /// The revision that it rests on.
    guarded: Option<i64>,
}

/// Rows that one statement takes.
struct Run {
    table: &'static str,
    agency: Uuid,
    hold: Hold,
    ids: Vec<Uuid>,
}

impl Needed {
    /// The row is to be written.
    pub(super) fn write(&mut self, key: Key) {
        self.rows.entry(key).or_insert(Need { hold: Hold::Update, guarded: None }).hold = Hold::Update;
    }

    /// The row must have that revision.
    pub(super) fn guard(&mut self, key: Key, revision: i64) -> StoreResult<()> {
        match self.rows.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(Need { hold: Hold::Share, guarded: Some(revision) });
            }
            Entry::Occupied(mut entry) => match entry.get().guarded {
                Some(other) if other != revision => return Err(StoreError::Conflict { table: key.0 }),
                _ => entry.get_mut().guarded = Some(revision),
            },
        }
        Ok(())
    }

    /// Whether the row is all that is needed, and only to be written.
    pub(super) fn is_only(&self, key: Key) -> bool {
        let mut rows = self.rows.iter();
        matches!((rows.next(), rows.next()), (Some((&only, Need { guarded: None, .. })), None) if only == key)
    }

    /// Takes the rows, until the end of the transaction, and holds the guarded
    /// ones against their revisions.
    pub(super) async fn take(&self, transaction: &Transaction<'_>) -> StoreResult<()> {
        for some in self.runs().chunks(PIPELINED) {
            let mut sent = FuturesOrdered::new();
            for run in some {
                let failed = |failure: Error| error::of(run.table, &failure);
                let statement = transaction.prepare_cached(&lock(run.table, run.hold)).await.map_err(failed)?;
                let params = [Param::Id(run.agency), Param::List(run.ids.iter().copied().map(Param::Id).collect())];
                // Sent without waiting for the one before.
                sent.push_back(async move {
                    let rows = transaction.query_raw(&statement, params).await.map_err(failed)?;
                    Ok::<_, StoreError>((run, rows.try_collect::<Vec<_>>().await.map_err(failed)?))
                });
            }
            while let Some(taken) = sent.next().await {
                let (run, rows) = taken?;
                let read = |row: &tokio_postgres::Row| Ok((row.try_get(0)?, row.try_get(1)?));
                let found: Result<BTreeMap<Uuid, i64>, Error> = rows.iter().map(read).collect();
                self.hold_against(run, &found.map_err(|failure| error::of(run.table, &failure))?)?;
            }
        }
        Ok(())
    }

    /// Whether the guarded rows of a run are there as they must be.
    fn hold_against(&self, run: &Run, found: &BTreeMap<Uuid, i64>) -> StoreResult<()> {
        let is_there = |id: &Uuid| match self.rows.get(&(run.table, run.agency, *id)) {
            Some(Need { guarded: Some(revision), .. }) => found.get(id) == Some(revision),
            _ => true,
        };
        if run.ids.iter().all(is_there) { Ok(()) } else { Err(StoreError::Conflict { table: run.table }) }
    }

    /// Rows beside each other that are taken alike, for one statement each.
    fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (&(table, agency, id), need) in &self.rows {
            match runs.last_mut() {
                Some(run) if (run.table, run.agency, run.hold) == (table, agency, need.hold) => run.ids.push(id),
                _ => runs.push(Run { table, agency, hold: need.hold, ids: vec![id] }),
            }
        }
        runs
    }
}
