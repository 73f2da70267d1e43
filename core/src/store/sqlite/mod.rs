//! The embedded store: one SQLite file.

mod dialect;
mod error;
mod key;
mod migrations;
mod open;
mod readers;
mod totals;
mod value;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::types::ValueRef;
use rusqlite::{CachedStatement, Connection, Statement, Transaction, TransactionBehavior, params_from_iter};

use super::follow::following;
use super::inserts::Inserts;
use super::sql::{Query, Statements, bound, update};
use super::{
    Row, Select, Store, StoreError, StoreResult, Table, TableColumn, Totals, Value, ValueRef as Seen, Write, check,
    record,
};
use crate::id::AgencyId;
use dialect::{Bind, Sqlite};
use open::Wait;
use readers::Readers;

/// From how many writes on a commit has a connection to itself: those of a piece of
/// a roster that has several.
const MANY: usize = 10_000;

/// Records in one SQLite file, with nothing to install.
///
/// Any number of threads and processes on one machine may use the same file:
/// one commit at a time, reads beside it. (Not over a network file system:
/// its locks cannot be relied on.) A commit that returned has reached the
/// disk.
///
/// Beside the file lie two more, with `-wal` and `-shm` added to its name,
/// while it is in use; they belong to it. To back it up meanwhile, run
/// `VACUUM INTO 'copy.db'` with any SQLite tool: a plain copy of the one file
/// lacks the latest commits, and made by the same process it takes SQLite's
/// locks away, as POSIX has it. To look into it, any tool will do: the
/// tables are those of [`record`](crate::store::record), ids are 16 bytes,
/// moments are milliseconds since 1970.
///
/// ```
/// use carekey::store::{Select, SqliteStore, Store, record};
///
/// # let folder = tempfile::tempdir().unwrap();
/// # let path = folder.path().join("agency.db");
/// let store = SqliteStore::open(&path)?;
/// let agency = carekey::AgencyId::of_code("104");
/// assert_eq!(store.count(&Select::all::<record::Party>(agency))?, 0);
/// # Ok::<(), carekey::store::StoreError>(())
/// ```
pub struct SqliteStore {
    path: PathBuf,
    /// Before the writer: fields are dropped in their order.
    readers: Readers,
    writer: Mutex<Connection>,
    /// By the names of the tables.
    statements: BTreeMap<&'static str, Statements>,
    /// What counts rows, of the tables that have totals.
    counted: BTreeMap<&'static str, String>,
}

impl SqliteStore {
    /// Opens the file, or creates it, readable by its owner only. The tables
    /// of an older release are brought up to date; all steps are taken, or
    /// none.
    ///
    /// # Errors
    ///
    /// - [`StoreError::Newer`] where a newer release wrote the file,
    /// - [`StoreError::Damaged`] where it is not a SQLite database, is cut
    ///   short, or belongs to another application,
    /// - [`StoreError::Unavailable`] where it cannot be reached or written to.
    ///
    /// A file that is refused is left as it was. An empty one counts as new.
    pub fn open(path: &Path) -> StoreResult<Self> {
        Self::open_for(path, None)
    }

    /// As [`SqliteStore::open`], for whoever holds the key of that
    /// fingerprint: a digest that tells keys apart and nothing else about
    /// them. A file that has none yet keeps this one, a new file from the
    /// moment it has tables.
    ///
    /// ```
    /// use carekey::store::{SqliteStore, StoreError};
    ///
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let path = folder.path().join("agency.db");
    /// drop(SqliteStore::open_checked(&path, b"one")?);
    /// assert!(matches!(SqliteStore::open_checked(&path, b"another"), Err(StoreError::OtherKey)));
    /// # Ok::<(), StoreError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`SqliteStore::open`], and [`StoreError::OtherKey`] where the file
    /// was made with another key: of an older release or not, it is left as it
    /// was, to the byte.
    pub fn open_checked(path: &Path, fingerprint: &[u8]) -> StoreResult<Self> {
        Self::open_for(path, Some(fingerprint))
    }

    fn open_for(path: &Path, fingerprint: Option<&[u8]>) -> StoreResult<Self> {
        // Absolute, since connections are opened later too, when the process
        // may be in another folder; and so that no name is special to SQLite.
        let path = std::path::absolute(path).map_err(|failure| StoreError::Unavailable(failure.kind().to_string()))?;
        let writer = Mutex::new(open::writer(&path, fingerprint)?);
        let statements = record::TABLES.iter().map(|table| (table.name, Statements::of::<Sqlite>(table))).collect();
        let counted = |table: &&'static Table| Some((table.name, totals::counted(table, table.totals?)));
        let counted = record::TABLES.iter().filter_map(counted).collect();
        Ok(Self { readers: Readers::new(path.clone()), path, writer, statements, counted })
    }

    /// How SQLite would find the rows of a select: a line for each step of its
    /// `EXPLAIN QUERY PLAN`. `SCAN` begins one that reads a whole table.
    ///
    /// # Errors
    ///
    /// As [`Store::find`].
    pub fn plan(&self, select: &Select) -> StoreResult<Vec<String>> {
        let mut query = Query::find::<Sqlite>(select)?;
        query.sql.insert_str(0, "EXPLAIN QUERY PLAN ");
        let failed = |failure: rusqlite::Error| error::of(select.table.name, &failure);
        self.read(select.table, &query, |row| row.get(3).map_err(failed))
    }

    /// Runs a query on a reading connection.
    fn read<T>(
        &self,
        table: &'static Table,
        query: &Query<'_>,
        mut each: impl FnMut(&rusqlite::Row<'_>) -> StoreResult<T>,
    ) -> StoreResult<Vec<T>> {
        self.readers.lend(|connection| answer(connection, table, query, &mut each))
    }

    /// Whether what a guard rests on is there.
    fn guard(&self, transaction: &Transaction<'_>, write: &Write) -> StoreResult<()> {
        let Write::Guard { table, agency, id, revision } = write else { return Ok(()) };
        let failed = |failure: rusqlite::Error| error::of(table.name, &failure);
        let binds = [Bind::Id(agency.0), Bind::Id(*id), Bind::Number(*revision)];
        let mut statement = transaction.prepare_cached(&self.of(table)?.guard).map_err(failed)?;
        let there = statement.exists(params_from_iter(binds)).map_err(failed)?;
        if there { Ok(()) } else { Err(StoreError::Conflict { table: table.name }) }
    }

    /// Makes plain writes, if their revisions and their unique columns allow it.
    /// Guards change nothing.
    fn write(&self, transaction: &Transaction<'_>, writes: &[Write]) -> StoreResult<()> {
        let mut inserts = Inserts::default();
        for write in writes {
            match write {
                Write::Insert { table, row } => inserts.add(table, row),
                Write::Update { table, row } => {
                    self.insert(transaction, std::mem::take(&mut inserts))?;
                    self.update(transaction, table, row)?;
                }
                Write::Delete { table, agency, id, revision } => {
                    self.insert(transaction, std::mem::take(&mut inserts))?;
                    self.count_rows(transaction, table, agency.0, [*id], Counted::Less)?;
                    let binds = [Bind::Id(agency.0), Bind::Id(*id), Bind::Number(*revision)];
                    one(transaction, table, &self.of(table)?.delete, binds)?;
                }
                Write::Guard { .. } | Write::Follow { .. } => {}
            }
        }
        self.insert(transaction, inserts)
    }

    /// Table by table, whose indexes stay at hand then. One by one: statements of
    /// several rows took SQLite longer, also where it need not undo them alone.
    fn insert(&self, transaction: &Transaction<'_>, inserts: Inserts<'_>) -> StoreResult<()> {
        for (table, rows) in inserts.by_table() {
            let insert = &self.of(table)?.insert;
            for row in &rows {
                let binds = bound(table, row).map(|(_, value)| Bind::Value(value));
                one(transaction, table, insert, binds)?;
            }
            if table.totals.is_some() {
                self.count_new(transaction, table, &rows)?;
            }
        }
        Ok(())
    }

    fn count_new(&self, transaction: &Transaction<'_>, table: &'static Table, rows: &[&Row]) -> StoreResult<()> {
        let mut new: BTreeMap<uuid::Uuid, Vec<uuid::Uuid>> = BTreeMap::new();
        for row in rows {
            let (agency, id, _) = check::key(row)?;
            new.entry(agency).or_default().push(id);
        }
        let count = |(agency, ids)| self.count_rows(transaction, table, agency, ids, Counted::More);
        new.into_iter().try_for_each(count)
    }

    /// Counts rows of one agency that are there, where their table has totals.
    fn count_rows(
        &self,
        transaction: &Transaction<'_>,
        table: &'static Table,
        agency: uuid::Uuid,
        ids: impl IntoIterator<Item = uuid::Uuid>,
        counted: Counted,
    ) -> StoreResult<()> {
        let Some(sql) = self.counted.get(table.name) else { return Ok(()) };
        let binds = [Bind::Id(agency), Bind::ids(ids), Bind::Number(counted as i64)];
        run(transaction, table, sql, binds).map(drop)
    }

    fn update(&self, transaction: &Transaction<'_>, table: &'static Table, row: &Row) -> StoreResult<()> {
        let conflict = || StoreError::Conflict { table: table.name };
        let failed = |failure: rusqlite::Error| error::of(table.name, &failure);
        let (agency, id, revision) = check::key(row)?;
        let before = revision.checked_sub(1).ok_or_else(conflict)?;
        let key = [Bind::Id(agency), Bind::Id(id), Bind::Number(before)];
        let mut stored = transaction.prepare_cached(&self.of(table)?.stored).map_err(failed)?;
        let changed = changed(&mut stored, key, table, row)?.ok_or_else(conflict)?;
        let sql = update::<Sqlite>(table, changed.iter().map(|change| change.column));
        let values = changed.iter().map(|change| Bind::Value(change.value));
        let binds = [Bind::Id(agency), Bind::Id(id)].into_iter().chain(values).chain([Bind::Number(before)]);
        if !changed.iter().any(|change| change.is_of_sort(table)) {
            return one(transaction, table, &sql, binds);
        }
        self.count_rows(transaction, table, agency, [id], Counted::Less)?;
        one(transaction, table, &sql, binds)?;
        self.count_rows(transaction, table, agency, [id], Counted::More)
    }

    /// The statements of a table.
    fn of(&self, table: &Table) -> StoreResult<&Statements> {
        self.statements.get(table.name).ok_or(StoreError::Damaged("no such table"))
    }
}

/// Of rows that are counted: whether they came, or go.
#[derive(Clone, Copy)]
enum Counted {
    More = 1,
    Less = -1,
}

/// Runs a statement that has to change one row.
fn one<'a>(
    transaction: &Transaction<'_>,
    table: &'static Table,
    sql: &str,
    binds: impl IntoIterator<Item = Bind<'a>>,
) -> StoreResult<()> {
    match run(transaction, table, sql, binds)? {
        1 => Ok(()),
        _ => Err(StoreError::Conflict { table: table.name }),
    }
}

/// Runs a statement; how many rows it changed.
fn run<'a>(
    transaction: &Transaction<'_>,
    table: &'static Table,
    sql: &str,
    binds: impl IntoIterator<Item = Bind<'a>>,
) -> StoreResult<usize> {
    let run = |mut statement: CachedStatement<'_>| statement.execute(params_from_iter(binds));
    transaction.prepare_cached(sql).and_then(run).map_err(|failure| error::of(table.name, &failure))
}

/// A column of a row that is otherwise than what is stored.
struct Change<'a> {
    column: &'static TableColumn,
    value: &'a Value,
    was_null: bool,
}

impl Change<'_> {
    /// Whether it may make the row one of another sort: a later sign-in does not.
    fn is_of_sort(&self, table: &Table) -> bool {
        let is_null = *self.value == Value::Null;
        let mut facets = table.totals.iter().flat_map(|totals| totals.by);
        facets.any(|facet| facet.column() == self.column.name && facet.may_differ(self.was_null, is_null))
    }
}

/// What of a row is otherwise than what is stored under that key; nothing where it is
/// not there. SQLite writes every index of a column anew that it is told to set,
/// whether it changes or not, and so it is told those that do.
fn changed<'a>(
    stored: &mut Statement<'_>,
    key: [Bind<'_>; 3],
    table: &'static Table,
    row: &'a Row,
) -> StoreResult<Option<Vec<Change<'a>>>> {
    let failed = |failure: rusqlite::Error| error::of(table.name, &failure);
    let mut found = stored.query(params_from_iter(key)).map_err(failed)?;
    let Some(found) = found.next().map_err(failed)? else { return Ok(None) };
    let mut changed = Vec::new();
    for (place, (column, value)) in bound(table, row).enumerate() {
        let was = found.get_ref(place).map_err(failed)?;
        if !value::is(value, was) {
            changed.push(Change { column, value, was_null: was == ValueRef::Null });
        }
    }
    Ok(Some(changed))
}

/// Runs a query.
fn answer<T>(
    connection: &Connection,
    table: &'static Table,
    query: &Query<'_>,
    each: &mut impl FnMut(&rusqlite::Row<'_>) -> StoreResult<T>,
) -> StoreResult<Vec<T>> {
    let failed = |failure: rusqlite::Error| error::of(table.name, &failure);
    let mut statement = connection.prepare_cached(&query.sql).map_err(failed)?;
    let mut rows = statement.query(params_from_iter(query.params.iter().map(Bind::from))).map_err(failed)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(failed)? {
        found.push(each(row)?);
    }
    Ok(found)
}

/// The rows of a select, whose query it is.
fn rows(connection: &Connection, select: &Select, query: &Query<'_>) -> StoreResult<Vec<Row>> {
    let (table, columns) = (select.table, select.wanted());
    answer(connection, table, query, &mut |row| value::row(table, &columns, row))
}

/// Shows the rows of a select, whose query it is.
fn look(
    connection: &Connection,
    select: &Select,
    query: &Query<'_>,
    each: &mut dyn FnMut(&[Seen<'_>]),
) -> StoreResult<()> {
    let (table, columns) = (select.table, select.wanted());
    let shown = answer(connection, table, query, &mut |row| {
        each(&value::row::<Seen<'_>>(table, &columns, row)?);
        Ok(())
    });
    shown.map(drop)
}

/// The first of these rows that is there, as the commit under way has it. No
/// other is under way beside it.
fn first_of(
    transaction: &Transaction<'_>,
    table: &'static Table,
    agency: AgencyId,
    ids: &[uuid::Uuid],
) -> StoreResult<Option<Row>> {
    for id in ids {
        let select = Select::by_key(table, agency, *id);
        let found = rows(transaction, &select, &Query::find::<Sqlite>(&select)?)?;
        if let Some(row) = found.into_iter().next() {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

impl core::fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("SqliteStore")
    }
}

impl Store for SqliteStore {
    fn find(&self, select: &Select) -> StoreResult<Vec<Row>> {
        let total = Query::is_far(select).then(|| self.count(select)).transpose()?;
        let query = Query::find_from::<Sqlite>(select, total)?;
        self.readers.lend(|connection| rows(connection, select, &query))
    }

    fn find_each(&self, selects: &[Select]) -> StoreResult<Vec<Vec<Row>>> {
        let queries = selects.iter().map(Query::find::<Sqlite>).collect::<StoreResult<Vec<_>>>()?;
        self.readers.lend(|connection| {
            // One look at the file for all of them.
            let moment = connection.unchecked_transaction().map_err(|failure| error::general(&failure))?;
            let each = selects.iter().zip(&queries);
            each.map(|(select, query)| rows(&moment, select, query)).collect()
        })
    }

    fn look_through(&self, selects: &[Select], each: &mut dyn FnMut(usize, &[Seen<'_>])) -> StoreResult<()> {
        let queries = selects.iter().map(Query::find::<Sqlite>).collect::<StoreResult<Vec<_>>>()?;
        self.readers.lend(|connection| {
            let moment = connection.unchecked_transaction().map_err(|failure| error::general(&failure))?;
            let mut each_select = selects.iter().zip(&queries).enumerate();
            each_select
                .try_for_each(|(place, (select, query))| look(&moment, select, query, &mut |row| each(place, row)))
        })
    }

    fn count(&self, select: &Select) -> StoreResult<u64> {
        let counted = self.read(select.table, &Query::count::<Sqlite>(select)?, |row| {
            row.get::<_, i64>(0).map_err(|failure| error::of(select.table.name, &failure))
        })?;
        counted.first().and_then(|&count| u64::try_from(count).ok()).ok_or(StoreError::Damaged("a count that is none"))
    }

    fn commit(&self, writes: Vec<Write>) -> StoreResult<()> {
        self.make(&writes, Wait::ForDisk)
    }

    /// Without waiting for the disk: the log keeps the order of commits, and the
    /// next one that waits brings all before it to the disk.
    fn commit_ahead(&self, writes: Vec<Write>) -> StoreResult<()> {
        self.make(&writes, Wait::Not)
    }

    fn recount(&self, agency: AgencyId) -> StoreResult<u64> {
        let counted = record::TABLES.iter().filter_map(|table| Some((*table, table.totals?)));
        counted.map(|(table, totals)| self.mend(table, totals, agency)).sum()
    }
}

impl SqliteStore {
    /// Puts the totals of an agency right; how many were wrong.
    fn mend(&self, table: &'static Table, totals: &Totals, agency: AgencyId) -> StoreResult<u64> {
        let failed = |failure: rusqlite::Error| error::of(table.name, &failure);
        // Without the right to write: nearly always all of them are right.
        let wrong = self.readers.lend(|connection| {
            let mut wrong = connection.prepare_cached(&totals.wrong(table, "?1")).map_err(failed)?;
            wrong.exists(params_from_iter([Bind::Id(agency.0)])).map_err(failed)
        })?;
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        open::wait_for_disk(&writer, Wait::ForDisk)?;
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let mend = |sql: String| run(&transaction, table, &sql, [Bind::Id(agency.0)]);
        let mended = if wrong { mend(totals::mended(table, totals))? } else { 0 };
        mend(totals::swept(totals))?;
        transaction.commit().map_err(failed)?;
        Ok(mended as u64)
    }

    fn make(&self, writes: &[Write], wait: Wait) -> StoreResult<()> {
        check::writes(writes)?;
        if writes.is_empty() {
            return Ok(());
        }
        let failed = |failure: rusqlite::Error| error::general(&failure);
        // A panic while the lock was held left a transaction that was rolled back.
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bulk = (writes.len() > MANY).then(|| open::bulk(&self.path)).transpose()?;
        let writer = bulk.as_mut().unwrap_or(&mut writer);
        open::wait_for_disk(writer, wait)?;
        // Immediate: the right to write first, so that no check is made on
        // facts that another process is about to change.
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        writes.iter().try_for_each(|write| self.guard(&transaction, write))?;
        self.write(&transaction, writes)?;
        for (table, agency, ids, follow) in following(writes) {
            let row = first_of(&transaction, table, agency, ids)?.ok_or(StoreError::Conflict { table: table.name })?;
            self.write(&transaction, &follow.behind(&row)?)?;
        }
        transaction.commit().map_err(failed)
    }
}
