//! A store that forgets everything when its last handle is dropped.

mod fit;
mod shelf;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::{Condition, Row, Select, Store, StoreError, StoreResult, Table, Test, Value, Write, check, follow};
use fit::Fit;
use shelf::{Key, Shelf};

/// Records in memory: for tests, for trying things out, and as the plainest
/// reading of what [`Store`] asks for.
///
/// A clone is another handle to the same records.
///
/// ```
/// use carekey::store::{MemoryStore, Select, Store, record};
///
/// let store = MemoryStore::new();
/// let agency = carekey::AgencyId::of_code("104");
/// assert_eq!(store.count(&Select::all::<record::Party>(agency))?, 0);
/// # Ok::<(), carekey::store::StoreError>(())
/// ```
#[derive(Clone, Default)]
pub struct MemoryStore {
    shelves: Arc<RwLock<Shelves>>,
}

/// Whether a row fits a select.
pub(super) fn holds(select: &Select) -> impl Fn(&Row) -> bool {
    let fit = Fit::new(select);
    move |row| fit.holds(row)
}

/// Of these rows, each once, those that fit a select, in its order, and of them
/// its page.
pub(super) fn page_of<'a>(select: &Select, rows: impl Iterator<Item = &'a Row>) -> Vec<Row> {
    let fit = Fit::new(select);
    let mut rows: Vec<&Row> = rows.filter(|row| fit.holds(row)).collect();
    rows.sort_by(|left, right| left.get(ID).cmp(&right.get(ID)));
    fit.sort(&mut rows);
    paged(select, rows)
}

/// The place of the id in every table.
const ID: usize = 1;

fn paged(select: &Select, rows: Vec<&Row>) -> Vec<Row> {
    let skip = usize::try_from(select.offset).unwrap_or(usize::MAX);
    let take = select.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
    let rows = rows.into_iter().skip(skip).take(take);
    if select.columns.is_empty() {
        return rows.cloned().collect();
    }
    let places: Vec<usize> = select.columns.iter().filter_map(|name| select.table.position(name)).collect();
    rows.map(|row| places.iter().filter_map(|place| row.get(*place).cloned()).collect()).collect()
}

/// The tables that were written to, by their names.
type Shelves = BTreeMap<&'static str, Shelf>;

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// Calls `with` with the rows that fit, sorted, before paging.
    fn fitting<T>(&self, select: &Select, with: impl FnOnce(Vec<&Row>) -> T) -> StoreResult<T> {
        check::select(select)?;
        let shelves = self.shelves.read().unwrap_or_else(PoisonError::into_inner);
        let select = spelled_out(&shelves, select);
        let fit = Fit::new(&select);
        let mut rows = fitting(&shelves, &select, &fit);
        fit.sort(&mut rows);
        Ok(with(rows))
    }
}

fn fitting<'a>(shelves: &'a Shelves, select: &Select, fit: &Fit<'_>) -> Vec<&'a Row> {
    let shelf = shelves.get(select.table.name);
    shelf.map(|shelf| shelf.candidates(select).into_iter().filter(|row| fit.holds(row)).collect()).unwrap_or_default()
}

/// The same, where what is among other rows is one of their values.
fn spelled_out<'a>(shelves: &Shelves, select: &'a Select) -> Cow<'a, Select> {
    let is_found = |one: &Condition| matches!(one.test, Test::Found { .. });
    if !select.all.iter().chain(&select.any).any(is_found) {
        return Cow::Borrowed(select);
    }
    let mut select = select.clone();
    for Condition { test, .. } in select.all.iter_mut().chain(&mut select.any) {
        let Test::Found { of, by, wanted } = test else { continue };
        let rows = spelled_out(shelves, of);
        let position = rows.table.position(by);
        let value = |row: &Row| position.and_then(|position| row.get(position).cloned());
        let values = fitting(shelves, &rows, &Fit::new(&rows)).into_iter().filter_map(value);
        let values: Vec<Value> = values.filter(|value| value != &Value::Null).collect();
        *test = if *wanted { Test::In(values) } else { Test::NoneOf(values) };
    }
    Cow::Owned(select)
}

impl core::fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("MemoryStore")
    }
}

impl Store for MemoryStore {
    fn find(&self, select: &Select) -> StoreResult<Vec<Row>> {
        self.fitting(select, |rows| paged(select, rows))
    }

    fn count(&self, select: &Select) -> StoreResult<u64> {
        self.fitting(select, |rows| rows.len() as u64)
    }

    fn commit(&self, writes: Vec<Write>) -> StoreResult<()> {
        check::writes(&writes)?;
        let mut shelves = self.shelves.write().unwrap_or_else(PoisonError::into_inner);
        writes.iter().try_for_each(|write| guard(&shelves, write))?;
        let mut done: Vec<Done> = Vec::with_capacity(writes.len());
        let made = apply_all(&mut shelves, writes, &mut done);
        if made.is_err() {
            for Done { table, key, before } in done.into_iter().rev() {
                shelf(&mut shelves, table).put(key, before);
            }
        }
        made
    }
}

/// Applies all writes, up to the first that cannot be, and says what was done.
fn apply_all(shelves: &mut Shelves, writes: Vec<Write>, done: &mut Vec<Done>) -> StoreResult<()> {
    let (following, plain): (Vec<Write>, Vec<Write>) =
        writes.into_iter().partition(|write| matches!(write, Write::Follow { .. }));
    for write in plain {
        done.extend(apply(shelves, write)?);
    }
    for (table, agency, ids, follow) in follow::following(&following) {
        let there = shelves.get(table.name);
        let row = there.and_then(|shelf| ids.iter().find_map(|id| shelf.row((agency.0, *id))));
        for write in follow.behind(row.ok_or(StoreError::Conflict { table: table.name })?)? {
            done.extend(apply(shelves, write)?);
        }
    }
    Ok(())
}

/// One write that was applied, and what it takes to undo it.
struct Done {
    table: &'static Table,
    key: Key,
    before: Option<Row>,
}

fn shelf<'a>(shelves: &'a mut Shelves, table: &'static Table) -> &'a mut Shelf {
    shelves.entry(table.name).or_insert_with(|| Shelf::new(table))
}

/// Whether what a guard rests on is there.
fn guard(shelves: &Shelves, write: &Write) -> StoreResult<()> {
    match write {
        Write::Guard { table, agency, id, revision } => {
            let found = shelves.get(table.name).and_then(|shelf| shelf.revision((agency.0, *id)));
            if found == Some(*revision) { Ok(()) } else { Err(StoreError::Conflict { table: table.name }) }
        }
        _ => Ok(()),
    }
}

/// Applies one plain write, if its revision and its unique columns allow it. A
/// guard changes nothing.
fn apply(shelves: &mut Shelves, write: Write) -> StoreResult<Option<Done>> {
    let table = write.table();
    let shelf = shelf(shelves, table);
    let conflict = StoreError::Conflict { table: table.name };
    let (key, expected, row) = match write {
        Write::Insert { row, .. } => {
            let (agency, id, _) = check::key(&row)?;
            ((agency, id), None, Some(row))
        }
        Write::Update { row, .. } => {
            let (agency, id, revision) = check::key(&row)?;
            let Some(before) = revision.checked_sub(1) else { return Err(conflict) };
            ((agency, id), Some(before), Some(row))
        }
        Write::Delete { agency, id, revision, .. } => ((agency.0, id), Some(revision), None),
        Write::Guard { .. } | Write::Follow { .. } => return Ok(None),
    };
    if shelf.revision(key) != expected {
        return Err(conflict);
    }
    let row = row.map(|row| shelf.counted(key, row));
    if row.as_ref().is_some_and(|row| shelf.is_taken(key, row)) {
        return Err(conflict);
    }
    Ok(Some(Done { table, key, before: shelf.put(key, row) }))
}
