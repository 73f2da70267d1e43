//! The store on a PostgreSQL server.

mod address;
mod commit;
mod dialect;
mod error;
mod key;
mod locks;
mod migrations;
#[cfg(test)]
mod plans;
mod serial;
mod totals;
mod value;

use std::borrow::Cow;
use std::future::Future;
use std::sync::Arc;
use std::sync::mpsc;

use deadpool_postgres::{Object, Pool};
use futures_util::future::try_join_all;
use futures_util::stream::TryStreamExt;
use tokio::runtime::Runtime;

use super::sql::Query;
use super::{Row, Select, Store, StoreError, StoreResult, ValueRef, Write, check, record};
use crate::id::AgencyId;
use commit::{Failed, Prepared, Statements, Wait};
use dialect::Postgres;
use value::Param;

/// Records on a PostgreSQL server (12 or later, in UTF-8), for agencies that
/// outgrow one machine: any number of processes on any number of machines.
///
/// The tables lie in the first schema of the search path; name one in the
/// address to keep them apart (`?options=-csearch_path%3Dcarekey`). They are
/// those of [`record`](crate::store::record): ids are `uuid`s, moments are
/// milliseconds since 1970, and every key and index begins with the agency.
///
/// Up to sixteen connections are opened as they are needed. They are used in
/// the usual way of a session (prepared statements, settings): a pooler in
/// between must lend whole sessions.
///
/// Calls block the thread that makes them, like those of any store. They may
/// be made from an asynchronous program too, but hold one of its threads up.
/// A store serves the process that opened it: open another one after a fork.
pub struct PostgresStore {
    pool: Pool,
    /// Where connections live and statements are sent from.
    runtime: Option<Runtime>,
    process: u32,
    statements: Arc<Statements>,
}

impl PostgresStore {
    /// Connects to a database, and makes the tables or brings those of an
    /// older release up to date; all steps are taken, or none.
    ///
    /// The address is `postgres://user:password@host:port/database`, with
    /// `?name=value&…` behind it for more: `sslmode`, `connect_timeout`,
    /// `application_name`, `options`, and what else `libpq` knows of these.
    ///
    /// What crosses a network is encrypted, and the server's certificate must
    /// be one that the system trusts (or the file that `SSL_CERT_FILE` names).
    /// Only on this machine, or with `sslmode=disable`, is it not.
    ///
    /// ```no_run
    /// use carekey::store::PostgresStore;
    ///
    /// let store = PostgresStore::open("postgres://carekey:…@db.example.com/office?options=-csearch_path%3Dcarekey")?;
    /// # Ok::<(), carekey::store::StoreError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - [`StoreError::Newer`] where a newer release made the tables,
    /// - [`StoreError::Damaged`] where the schema has tables of another
    ///   application by the same names, or texts that are not in UTF-8,
    /// - [`StoreError::Unavailable`] where the address is none, or the server
    ///   cannot be reached or refuses.
    pub fn open(address: &str) -> StoreResult<Self> {
        Self::open_for(address, None)
    }

    /// As [`PostgresStore::open`], for whoever holds the key of that
    /// fingerprint: a digest that tells keys apart and nothing else about
    /// them. A database that has none yet keeps this one, a new one from the
    /// moment it has tables.
    ///
    /// # Errors
    ///
    /// As [`PostgresStore::open`], and [`StoreError::OtherKey`] where the
    /// tables were made with another key: of an older release or not, they are
    /// left as they were.
    pub fn open_checked(address: &str, fingerprint: &[u8]) -> StoreResult<Self> {
        Self::open_for(address, Some(fingerprint))
    }

    fn open_for(address: &str, fingerprint: Option<&[u8]>) -> StoreResult<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("carekey-postgres")
            .enable_all()
            .build()
            .map_err(|failure| StoreError::Unavailable(failure.kind().to_string()))?;
        let store = Self {
            pool: address::pool(address)?,
            runtime: Some(runtime),
            process: std::process::id(),
            statements: Arc::new(Statements::new()),
        };
        let (pool, fingerprint) = (store.pool.clone(), fingerprint.map(<[u8]>::to_vec));
        store.run(async move { migrations::migrate(&mut lend(&pool).await?, fingerprint.as_deref()).await })?;
        Ok(store)
    }

    /// Has a task done where the connections live, and waits for it: blocking
    /// there instead would be a panic in an asynchronous program.
    fn run<T: Send + 'static>(&self, task: impl Future<Output = StoreResult<T>> + Send + 'static) -> StoreResult<T> {
        // The threads of the runtime stay behind in a fork.
        if self.process != std::process::id() {
            return Err(StoreError::Unavailable("the store was opened before a fork".to_owned()));
        }
        let gone = || StoreError::Unavailable("the store is being closed".to_owned());
        let (sender, receiver) = mpsc::sync_channel(1);
        self.runtime.as_ref().ok_or_else(gone)?.spawn(async move {
            // Who asked waits below, unless their thread has ended.
            let _ = sender.send(task.await);
        });
        receiver.recv().map_err(|_| gone())?
    }

    /// Runs a query.
    fn read(&self, table: &'static str, query: &Query<'_>) -> StoreResult<Vec<tokio_postgres::Row>> {
        Ok(self.read_each(vec![(table, query)])?.pop().unwrap_or_default())
    }

    /// Runs queries, each for a table, all of them sent before the first answer
    /// is there. Reading twice does no harm: where a connection turns out to be
    /// broken, the next one is asked.
    fn read_each(&self, queries: Vec<(&'static str, &Query<'_>)>) -> StoreResult<Vec<Vec<tokio_postgres::Row>>> {
        let sent = |(table, query): (&'static str, &Query<'_>)| {
            (table, query.sql.clone(), query.params.iter().map(Param::of).collect::<Vec<_>>())
        };
        let queries: Vec<_> = queries.into_iter().map(sent).collect();
        let pool = self.pool.clone();
        self.run(async move {
            loop {
                let connection = lend(&pool).await?;
                let lent = &connection;
                let found = try_join_all(queries.iter().map(|(table, sql, params)| async move {
                    let found = async {
                        let statement = lent.prepare_cached(sql).await?;
                        lent.query_raw(&statement, params).await?.try_collect().await
                    };
                    found.await.map_err(|failure| (*table, failure))
                }));
                match found.await {
                    Err((_, failure))
                        if error::is_broken(&failure) && Object::metrics(&connection).recycle_count > 0 =>
                    {
                        drop(Object::take(connection));
                    }
                    found => return found.map_err(|(table, failure)| error::of(table, &failure)),
                }
            }
        })
    }
}

/// A connection of the pool.
async fn lend(pool: &Pool) -> StoreResult<Object> {
    pool.get().await.map_err(|failure| error::of_pool(&failure))
}

impl core::fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("PostgresStore")
    }
}

impl Drop for PostgresStore {
    fn drop(&mut self) {
        // Without waiting: that would be a panic in an asynchronous program.
        // Nothing is lost: a call returns when its task has ended.
        if let Some(runtime) = self.runtime.take() {
            if self.process == std::process::id() {
                runtime.shutdown_background();
            } else {
                // Its threads are those of the process that opened it.
                core::mem::forget(runtime);
            }
        }
    }
}

impl Store for PostgresStore {
    fn find(&self, select: &Select) -> StoreResult<Vec<Row>> {
        let certain = self.certain(select)?;
        let select = certain.as_ref().unwrap_or(select);
        let total = Query::is_far(select).then(|| self.count(select)).transpose()?;
        let found = self.read(select.table.name, &Query::find_from::<Postgres>(select, total)?)?;
        value::rows(&select.wanted(), &found)
    }

    fn find_each(&self, selects: &[Select]) -> StoreResult<Vec<Vec<Row>>> {
        let found = self.sent(selects)?;
        selects.iter().zip(&found).map(|(select, found)| value::rows(&select.wanted(), found)).collect()
    }

    fn look_through(&self, selects: &[Select], each: &mut dyn FnMut(usize, &[ValueRef<'_>])) -> StoreResult<()> {
        for (place, (select, found)) in selects.iter().zip(self.sent(selects)?).enumerate() {
            let columns = select.wanted();
            found.iter().try_for_each(|row| value::look(&columns, row, &mut |row| each(place, row)))?;
        }
        Ok(())
    }

    fn count(&self, select: &Select) -> StoreResult<u64> {
        let certain = self.certain(select)?;
        let select = certain.as_ref().unwrap_or(select);
        let counted = self.read(select.table.name, &Query::count::<Postgres>(select)?)?;
        let count: Option<i64> = counted.first().and_then(|row| row.try_get(0).ok());
        count.and_then(|count| u64::try_from(count).ok()).ok_or(StoreError::Damaged("a count that is none"))
    }

    fn commit(&self, writes: Vec<Write>) -> StoreResult<()> {
        self.make(writes, Wait::ForDisk)
    }

    fn commit_ahead(&self, writes: Vec<Write>) -> StoreResult<()> {
        self.make(writes, Wait::Not)
    }

    fn recount(&self, agency: AgencyId) -> StoreResult<u64> {
        let pool = self.pool.clone();
        self.run(async move {
            let mut mended = 0;
            for (table, totals) in record::TABLES.iter().filter_map(|table| Some((*table, table.totals?))) {
                mended += loop {
                    let mut connection = lend(&pool).await?;
                    match totals::mend(&mut connection, table, totals, agency.0).await {
                        // It broke while it lay in the pool. Mending twice does no harm.
                        Err(failure)
                            if error::is_broken(&failure) && Object::metrics(&connection).recycle_count > 0 =>
                        {
                            drop(Object::take(connection));
                        }
                        mended => break mended.map_err(|failure| error::of(table.name, &failure))?,
                    }
                };
            }
            Ok(mended)
        })
    }
}

impl PostgresStore {
    /// The rows of several selects, as the server sends them.
    fn sent(&self, selects: &[Select]) -> StoreResult<Vec<Vec<tokio_postgres::Row>>> {
        let selects = selects.iter().map(|select| Ok(self.certain(select)?.map_or(Cow::Borrowed(select), Cow::Owned)));
        let selects = selects.collect::<StoreResult<Vec<_>>>()?;
        let queries = selects.iter().map(|select| Query::find::<Postgres>(select)).collect::<StoreResult<Vec<_>>>()?;
        let sent = selects.iter().zip(&queries).map(|(select, query)| (select.table.name, query));
        self.read_each(sent.collect())
    }

    fn make(&self, writes: Vec<Write>, wait: Wait) -> StoreResult<()> {
        check::writes(&writes)?;
        if writes.is_empty() {
            return Ok(());
        }
        let commit = Prepared::of(&writes, Arc::clone(&self.statements))?;
        let pool = self.pool.clone();
        self.run(async move {
            loop {
                let mut connection = lend(&pool).await?;
                match commit::make(&mut connection, &commit, wait).await {
                    // It broke while it lay in the pool, before anything was sent.
                    Err(Failed::ToBegin(_)) if Object::metrics(&connection).recycle_count > 0 => {
                        drop(Object::take(connection));
                    }
                    Err(Failed::ToBegin(error) | Failed::Because(error)) => return Err(error),
                    Ok(()) => return Ok(()),
                }
            }
        })
    }
}
