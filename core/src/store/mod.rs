//! Where records rest: a small trait that a host can implement, and the
//! stores that ship.
//!
//! A store knows [records](record), not rules. It answers [`Store::find`] and
//! [`Store::count`], and it takes a whole list of [`Write`]s or none of it
//! ([`Store::commit`]). Every row has a revision; a write against a stale
//! revision, or one that would take a unique key twice, fails with
//! [`StoreError::Conflict`], and its caller decides again from fresh facts.
//! What a commit rests on without changing it is guarded by its revision too
//! ([`Write::Guard`]), and what every commit writes is written in turn
//! ([`Write::Follow`]). That is the whole concurrency control: no lock is held
//! across thought, and no isolation level is trusted.
//!
//! One suite (`store_suite`, among the tests) holds every store to this.

mod check;
mod column;
mod follow;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod inserts;
#[cfg(feature = "engine")]
pub(crate) mod key;
mod lists;
mod memory;
mod merge;
mod migrations;
mod part;
#[cfg(feature = "postgres")]
mod postgres;
mod query;
pub mod record;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod sql;
#[cfg(feature = "sqlite")]
mod sqlite;
mod table;
mod totals;

use crate::id::AgencyId;

pub use column::{Col, Column, Fits, Row, Serial, Value, ValueRef};
pub use follow::Follow;
pub use memory::MemoryStore;
pub use merge::{Ends, Merge, MergedTie, Span};
pub use migrations::SCHEMA_VERSION;
pub(crate) use part::{Part, parts};
#[cfg(feature = "postgres")]
pub use postgres::PostgresStore;
pub use query::Query;
pub use record::Record;
#[cfg(feature = "sqlite")]
pub use sqlite::SqliteStore;
pub use table::{ColumnType, List, Only, Table, TableColumn};
pub use totals::{Facet, Totals};

/// What can go wrong in a store. It never holds the content of a row.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// A revision was stale or a unique key was taken: decide again.
    #[error("conflict in {table}")]
    Conflict {
        /// The table that the failed write was for.
        table: &'static str,
    },
    /// The store was written by a newer release.
    #[error("version {found} is newer than {SCHEMA_VERSION}")]
    Newer {
        /// The version found.
        found: u32,
    },
    /// The store was made with another key than the one it was opened with.
    #[error("made with another key")]
    OtherKey,
    /// The store holds something that carekey did not write.
    #[error("damaged: {0}")]
    Damaged(&'static str),
    /// The store cannot be reached, is full, or failed.
    #[error("unavailable: {0}")]
    Unavailable(String),
}

/// The result of a call to a store.
pub type StoreResult<T> = Result<T, StoreError>;

/// Where records rest.
///
/// Implementations are shared between threads. Reads need not see one common
/// snapshot: what matters is guarded by the revisions in the commit. Texts are
/// any that Rust has, U+0000 included; those that an index covers are short,
/// as the rules bound them.
///
/// A table may have a column of [serial numbers](Serial), which the store gives.
/// A select that names it, in a condition or an order, shows only rows below
/// which none is still to come: a commit that another thread, process or server
/// has under way may have been given a smaller number. So whoever asks for what
/// lies above the greatest number that they saw is shown every row once. What is
/// not certain yet is shown later, and a select that does not name the column
/// shows what is there. So does one that says itself below which number: that of
/// a row which it was shown so, below which nothing is still to come.
pub trait Store: Send + Sync + 'static {
    /// The rows that fit, in the order asked for (by `id` where none is), each with
    /// the columns that the select names.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`], or [`StoreError::Damaged`], also where the
    /// table lacks a column that is named, or no agency is named and the table
    /// is not `agency`.
    fn find(&self, select: &Select) -> StoreResult<Vec<Row>>;

    /// The rows of several selects, in their order: [`Store::find`] of each, for
    /// one way to the database and back. SQLite reads all of them as of one
    /// moment.
    ///
    /// # Errors
    ///
    /// As [`Store::find`].
    fn find_each(&self, selects: &[Select]) -> StoreResult<Vec<Vec<Row>>> {
        selects.iter().map(|select| self.find(select)).collect()
    }

    /// Shows each row of each select, in their order, to `each`, with the place of its
    /// select: [`Store::find_each`] for whoever looks through very many to keep few. A
    /// store shows them where they lie, without a copy of any.
    ///
    /// ```
    /// use carekey::store::{MemoryStore, Record, Select, Store, ValueRef, Write, record::Setting};
    /// use carekey::{AgencyId, RecordId};
    ///
    /// let store = MemoryStore::new();
    /// let agency = AgencyId::of_code("104");
    /// let id = RecordId(uuid::Uuid::from_u128(1));
    /// store.commit(vec![Write::insert(&Setting { agency, id, revision: 1, value: vec![7, 7] })])?;
    /// let mut bytes = 0;
    /// let values = Select { columns: &["value"], ..Select::all::<Setting>(agency) };
    /// store.look_through(&[values], &mut |_, row| {
    ///     if let [ValueRef::Bytes(value)] = row {
    ///         bytes += value.len();
    ///     }
    /// })?;
    /// assert_eq!(bytes, 2);
    /// # Ok::<(), carekey::store::StoreError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Store::find`]; some rows may have been shown before.
    fn look_through(&self, selects: &[Select], each: &mut dyn FnMut(usize, &[ValueRef<'_>])) -> StoreResult<()> {
        for (place, rows) in self.find_each(selects)?.iter().enumerate() {
            for row in rows {
                each(place, &row.iter().map(ValueRef::from).collect::<Vec<_>>());
            }
        }
        Ok(())
    }

    /// How many rows fit; order, offset and limit do not count.
    ///
    /// # Errors
    ///
    /// As [`Store::find`].
    fn count(&self, select: &Select) -> StoreResult<u64>;

    /// All of the writes, in their order, or none of them. When it returns
    /// `Ok`, they survive a crash of the process and of the machine.
    ///
    /// Guards come before all else, wherever they stand in the list: they are
    /// held against what was there before the commit, and keep holding until
    /// it is made. What [follows](Write::Follow) comes after all else.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] where a revision is stale, a row to guard,
    /// update, delete or follow is gone, or a unique key is taken. [`StoreError::Damaged`] where
    /// a row has not the columns of its table. Else as [`Store::find`].
    fn commit(&self, writes: Vec<Write>) -> StoreResult<()>;

    /// As [`Store::commit`], ahead of another one that nobody is answered
    /// without: when it returns `Ok`, the writes are seen by all and survive a
    /// crash of the process, and once a later commit has returned, that of the
    /// machine too. So two commits wait for the disk once. A store for which that
    /// is no difference makes a commit.
    ///
    /// # Errors
    ///
    /// As [`Store::commit`].
    fn commit_ahead(&self, writes: Vec<Write>) -> StoreResult<()> {
        self.commit(writes)
    }

    /// Counts the rows of an agency anew, where the store keeps [`Totals`] of them:
    /// what somebody took out of step, with data that was brought in without the
    /// triggers or a table that was emptied, is right afterwards. How many sorts were
    /// wrong. Nobody who writes waits for it where none is. A store that counts each
    /// time it is asked has nothing to do; one around another hands it on.
    ///
    /// ```
    /// use carekey::store::{SqliteStore, Store};
    ///
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let path = folder.path().join("agency.db");
    /// let store = SqliteStore::open(&path)?;
    /// assert_eq!(store.recount(carekey::AgencyId::of_code("104"))?, 0);
    /// # Ok::<(), carekey::store::StoreError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    fn recount(&self, _agency: AgencyId) -> StoreResult<u64> {
        Ok(0)
    }
}

/// One write of a commit.
#[derive(Debug, Clone)]
pub enum Write {
    /// A new row; its key and its unique columns must be free.
    Insert {
        /// The table.
        table: &'static Table,
        /// All columns, in the order of [`Table::columns`].
        row: Row,
    },
    /// A new version of a row, in place of exactly the revision before it:
    /// the row's `revision` column holds the new one, one above the stored.
    Update {
        /// The table.
        table: &'static Table,
        /// All columns, in the order of [`Table::columns`].
        row: Row,
    },
    /// The end of a row, if it still has that revision.
    Delete {
        /// The table.
        table: &'static Table,
        /// The agency, the first half of the key.
        agency: AgencyId,
        /// The id, the second half of the key.
        id: uuid::Uuid,
        /// The revision that it must still have.
        revision: i64,
    },
    /// No change, but a condition: the row must still be there with exactly
    /// that revision when the others are committed (A1).
    ///
    /// What the same commit does to the row does not count: an update or a
    /// delete of it asks for the same revision once more, and a row that the
    /// commit inserts was not there.
    ///
    /// ```
    /// use carekey::store::{MemoryStore, Record, Select, Store, StoreError, Write, record::Setting};
    /// use carekey::{AgencyId, RecordId};
    ///
    /// let store = MemoryStore::new();
    /// let setting = |number| Setting {
    ///     agency: AgencyId::of_code("104"),
    ///     id: RecordId(uuid::Uuid::from_u128(number)),
    ///     revision: 1,
    ///     value: vec![],
    /// };
    /// let mut open = setting(1);
    /// store.commit(vec![Write::insert(&open)])?;
    /// let rests_on_open = Write::guard(&open);
    /// // Someone else is first.
    /// store.commit(vec![Write::update(&mut open)])?;
    /// let late = store.commit(vec![rests_on_open, Write::insert(&setting(2))]);
    /// assert!(matches!(late, Err(StoreError::Conflict { table: "setting" })));
    /// # Ok::<(), StoreError>(())
    /// ```
    Guard {
        /// The table.
        table: &'static Table,
        /// The agency, the first half of the key.
        agency: AgencyId,
        /// The id, the second half of the key.
        id: uuid::Uuid,
        /// The revision that it must still have.
        revision: i64,
    },
    /// What goes behind a row that many commits write, such as the next lines of
    /// a chain behind its head: made of the row as it is when the commit comes to
    /// it, after all its other writes. So no two commits conflict over the row,
    /// and none has to be decided again because another came between: each has
    /// its turn.
    ///
    /// Any one of several rows will do. A store takes the first that no commit
    /// under way has taken, and waits only where all are taken.
    ///
    /// ```
    /// use carekey::store::{Follow, MemoryStore, Record, Select, Store, Write, record::Strand};
    /// use carekey::{AgencyId, RecordId};
    ///
    /// let store = MemoryStore::new();
    /// let agency = AgencyId::of_code("104");
    /// let id = uuid::Uuid::from_u128(1);
    /// store.commit(vec![Write::insert(&Strand { agency, id: RecordId(id), revision: 1, length: 0, mac: vec![] })])?;
    /// let longer = |mut strand: Strand| {
    ///     strand.length += 1;
    ///     Ok(vec![Write::update(&mut strand)])
    /// };
    /// let one_more = Write::Follow { table: Strand::TABLE, agency, ids: vec![id], follow: Follow::of(longer) };
    /// store.commit(vec![one_more.clone()])?;
    /// store.commit(vec![one_more])?;
    /// let rows = store.find(&Select::all::<Strand>(agency))?;
    /// assert_eq!(Strand::from_row(rows[0].clone())?.length, 2);
    /// # Ok::<(), carekey::store::StoreError>(())
    /// ```
    Follow {
        /// The table.
        table: &'static Table,
        /// The agency, the first half of the key.
        agency: AgencyId,
        /// The ids of the rows of which one is taken: the earlier the rather.
        ids: Vec<uuid::Uuid>,
        /// What is made of it.
        follow: Follow,
    },
}

impl Write {
    /// A new row.
    pub fn insert<R: Record>(record: &R) -> Self {
        Self::Insert { table: R::TABLE, row: record.to_row() }
    }

    /// A new version of a row: counts its revision up by one, so that the
    /// record can be written again after the commit.
    pub fn update<R: Record>(record: &mut R) -> Self {
        record.bump();
        Self::Update { table: R::TABLE, row: record.to_row() }
    }

    /// The end of a row.
    pub fn delete<R: Record>(record: &R) -> Self {
        Self::Delete { table: R::TABLE, agency: record.agency(), id: record.key(), revision: record.revision() }
    }

    /// The row stays as it was read: what the commit rests on.
    pub fn guard<R: Record>(record: &R) -> Self {
        Self::Guard { table: R::TABLE, agency: record.agency(), id: record.key(), revision: record.revision() }
    }

    /// The table of its row.
    pub fn table(&self) -> &'static Table {
        match self {
            Self::Insert { table, .. }
            | Self::Update { table, .. }
            | Self::Delete { table, .. }
            | Self::Guard { table, .. }
            | Self::Follow { table, .. } => table,
        }
    }
}

/// A condition on one column. A null value never fits, but for [`Test::Null`];
/// nor does anything fit a null, or a value of another type than the column's.
#[derive(Debug, Clone)]
pub struct Condition {
    /// The name of the column.
    pub column: &'static str,
    /// What is asked of it.
    pub test: Test,
}

/// What is asked of a column.
#[derive(Debug, Clone)]
pub enum Test {
    /// It has exactly this value.
    Is(Value),
    /// It has one of these values. Stores split long lists themselves.
    In(Vec<Value>),
    /// It has none of these values; a null fits neither way.
    NoneOf(Vec<Value>),
    /// It lies below this value.
    Below(Value),
    /// It is this value or lies above it.
    AtLeast(Value),
    /// It stands behind this value in the order of a list: above it, or below it
    /// where the list descends. Behind null stands whatever is not, and nothing
    /// where the list descends.
    Behind {
        /// The value.
        value: Value,
        /// Whether the list descends.
        descending: bool,
    },
    /// Its text contains this text, letter for letter: what lists search in and
    /// what is sought are brought to one case before. Never so in a column that is
    /// no text.
    Contains(String),
    /// It is a set of words, such as the roles of a party, and has this very
    /// word. How a set rests in its column is the store's own affair.
    Has(String),
    /// It is null, or is not.
    Null(bool),
    /// It is among what the column `by` has in the rows of another select, whose
    /// order and page do not count; or, where `wanted` is false, it is not. A
    /// null fits neither way, and a null among those rows stands for nothing.
    /// Both columns are of one type.
    Found {
        /// The other rows.
        of: Box<Select>,
        /// The column of theirs.
        by: &'static str,
        /// Whether it is to be among them.
        wanted: bool,
    },
}

/// Which rows of one table, in which order, how many.
#[derive(Debug, Clone)]
pub struct Select {
    /// The table.
    pub table: &'static Table,
    /// The agency; `None`, all of them, only for the table `agency`.
    pub agency: Option<AgencyId>,
    /// All of these must hold.
    pub all: Vec<Condition>,
    /// Where it is not empty, one of these must hold too.
    pub any: Vec<Condition>,
    /// Columns to sort by, `true` for descending; then by `id`. Texts are
    /// compared byte by byte; nulls come first, or last where it descends.
    pub order: Vec<(&'static str, bool)>,
    /// How many rows to leave out first.
    pub offset: u64,
    /// How many rows at the most.
    pub limit: Option<u64>,
    /// The columns of each row, in this order; none for all those of the table.
    pub columns: &'static [&'static str],
}

impl Select {
    /// All rows of a record's table in one agency.
    pub fn all<R: Record>(agency: AgencyId) -> Self {
        Self::of(R::TABLE, agency)
    }

    /// All rows of a table in one agency.
    pub(crate) fn of(table: &'static Table, agency: AgencyId) -> Self {
        Self {
            table,
            agency: Some(agency),
            all: Vec::new(),
            any: Vec::new(),
            order: Vec::new(),
            offset: 0,
            limit: None,
            columns: &[],
        }
    }

    /// The row of that key.
    #[cfg(feature = "sqlite")]
    fn by_key(table: &'static Table, agency: AgencyId, id: uuid::Uuid) -> Self {
        Self::of(table, agency).and("id", Test::Is(Value::Id(id)))
    }

    /// The columns of each row, in their order.
    #[cfg(any(feature = "postgres", feature = "sqlite"))]
    pub(crate) fn wanted(&self) -> Vec<&'static TableColumn> {
        let (table, named) = (self.table, self.columns);
        if named.is_empty() {
            return table.columns.iter().collect();
        }
        named.iter().filter_map(|name| table.columns.get(table.position(name)?)).collect()
    }

    /// Those where the column passes the test too.
    #[must_use]
    pub fn and(mut self, column: &'static str, test: Test) -> Self {
        self.all.push(Condition { column, test });
        self
    }

    /// Those where the column has exactly this value.
    #[must_use]
    pub fn is(self, column: &'static str, value: impl Column) -> Self {
        self.and(column, Test::Is(value.to_value()))
    }

    /// Those where the column has one of these values.
    #[must_use]
    pub fn among<C: Column>(self, column: &'static str, values: impl IntoIterator<Item = C>) -> Self {
        self.and(column, Test::In(values.into_iter().map(|value| value.to_value()).collect()))
    }

    /// One more way to fit: of those given so, one must hold.
    #[must_use]
    pub fn or(mut self, column: &'static str, test: Test) -> Self {
        self.any.push(Condition { column, test });
        self
    }

    /// Sorted by this column, after those given before.
    #[must_use]
    pub fn by(mut self, column: &'static str, descending: bool) -> Self {
        self.order.push((column, descending));
        self
    }

    /// What stands behind a place in this order, its columns' values and the id, as
    /// selects that come one after the other and have no row in common: first what
    /// stands with it but for the last column, then what is further away. Each is
    /// found by the index of the whole list, whatever was added or went meanwhile.
    pub(crate) fn behind(&self, place: &[Value]) -> Vec<Self> {
        let order = self.order.iter().copied().chain([("id", false)]);
        let mut with = self.clone();
        let mut nearest_last = Vec::new();
        for ((column, descending), value) in order.zip(place) {
            let is_null = *value == Value::Null;
            // Nulls come first, or last where it descends.
            let others = (!is_null || !descending).then(|| Test::Behind { value: value.clone(), descending });
            let nulls = (!is_null && descending).then_some(Test::Null(true));
            nearest_last.push([others, nulls].map(|test| test.map(|test| with.clone().and(column, test))));
            with = with.and(column, if is_null { Test::Null(true) } else { Test::Is(value.clone()) });
        }
        nearest_last.into_iter().rev().flatten().flatten().collect()
    }

    /// A page: leave out `offset` rows, give at most `limit`.
    #[must_use]
    pub fn page(mut self, offset: u64, limit: u64) -> Self {
        self.offset = offset;
        self.limit = Some(limit);
        self
    }
}
