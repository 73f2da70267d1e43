//! The unit of work of one act: it hands out records, remembers which were
//! changed, added and deleted, and which the act rests on, and gives the whole
//! change-set once.
//!
//! A record that an act reads is [`Tracked`]. Whatever changes it, is written
//! when the record goes out of scope: nobody has to remember to. Read again in
//! the same act, a changed record comes back as it was changed. What an act
//! only looked at, and rests on, it [guards](Unit::guard): the commit fails
//! where that has changed meanwhile.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use uuid::Uuid;

use super::listing::Listing;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::id::AgencyId;
use crate::store::{Query, Record, Row, Table, Value, Write};

/// The table's name and the row's id: of one agency.
type Key = (&'static str, Uuid);

/// The place of the revision in every table.
const REVISION: usize = 2;

/// What becomes of one row.
struct Pending {
    table: &'static Table,
    /// The revision that the store has; nothing for a new row.
    base: Option<i64>,
    /// What it becomes; nothing for a row that is deleted.
    row: Option<Row>,
    /// Its place among the rows of the act, in the order in which they came.
    order: usize,
    /// How often it was written in this act.
    version: u32,
}

#[derive(Default)]
struct Changes {
    rows: BTreeMap<Key, Pending>,
    guards: BTreeMap<Key, (&'static Table, i64)>,
    /// Two handles changed one row, neither knowing of the other.
    torn: bool,
}

/// The change-set of an act under way, and by what its rows are found and
/// sorted.
#[derive(Clone)]
pub(crate) struct Unit(Rc<RefCell<Changes>>, Rc<Listing>);

impl Unit {
    pub(super) fn new(listing: Listing) -> Self {
        Self(Rc::default(), Rc::new(listing))
    }

    /// A record as the store gave it, or as this act has changed it since;
    /// nothing where this act deleted it.
    pub(super) fn track<R: Record>(&self, record: R) -> Result<Option<Tracked<R>>> {
        let changes = self.0.borrow();
        let (record, version) = match changes.rows.get(&key(&record)) {
            None => (record, 0),
            Some(Pending { row: None, .. }) => return Ok(None),
            Some(Pending { row: Some(row), version, .. }) => (R::from_row(row.clone())?, *version),
        };
        Ok(Some(Tracked { record, version, is_new: false, changed: false, unit: self.clone() }))
    }

    /// The rows of a query as this act has changed them since: those that do
    /// not fit any more are left out, and new ones that fit come last.
    pub(super) fn as_changed<R: Record>(&self, query: &Query<R>, found: Vec<R>) -> Result<Vec<Tracked<R>>> {
        let mut out = Vec::with_capacity(found.len());
        let holds = query.holds();
        for record in found {
            let (is_changed, fits) = match self.0.borrow().rows.get(&key(&record)) {
                Some(Pending { row: Some(row), .. }) => (true, holds(row)),
                Some(Pending { row: None, .. }) => (true, false),
                None => (false, true),
            };
            if !is_changed || fits {
                out.extend(self.track(record)?);
            }
        }
        let changes = self.0.borrow();
        let first = (R::TABLE.name, Uuid::nil());
        for ((_, _), pending) in changes.rows.range(first..).take_while(|((table, _), _)| *table == R::TABLE.name) {
            let Pending { base: None, row: Some(row), version, .. } = pending else { continue };
            if holds(row) {
                let record = R::from_row(row.clone())?;
                out.push(Tracked { record, version: *version, is_new: true, changed: false, unit: self.clone() });
            }
        }
        Ok(out)
    }

    /// A row of that id that this act added or changed before: what an act
    /// looks for by its id, it finds also where the store has none yet.
    pub(super) fn pending<R: Record>(&self, id: Uuid) -> Result<Option<Tracked<R>>> {
        let changes = self.0.borrow();
        let Some(Pending { row: Some(row), version, base, .. }) = changes.rows.get(&(R::TABLE.name, id)) else {
            return Ok(None);
        };
        let record = R::from_row(row.clone())?;
        Ok(Some(Tracked { record, version: *version, is_new: base.is_none(), changed: false, unit: self.clone() }))
    }

    /// A record that is new: it is written when it goes out of scope.
    pub(super) fn add<R: Record>(&self, record: R) -> Tracked<R> {
        Tracked { record, version: 0, is_new: true, changed: true, unit: self.clone() }
    }

    /// What the act rests on without changing it.
    pub(super) fn guard<R: Record>(&self, record: &Tracked<R>) {
        if !record.is_new {
            self.0.borrow_mut().guards.insert(key(&record.record), (R::TABLE, record.record.revision()));
        }
    }

    /// The change-set: deletions first, which make room for unique keys, then
    /// changes, then new rows in the order in which they came, and guards of
    /// all that is not written itself. What is written behind them counts as a
    /// change.
    pub(super) fn finish(self, agency: AgencyId, behind: Option<Write>) -> Result<Vec<Write>> {
        let changes = self.0.take();
        if changes.torn {
            return Err(Error::new(ErrorKind::Internal, Code::Internal));
        }
        let mut guards = changes.guards;
        let (mut deleted, mut changed, mut added) = (Vec::new(), Vec::new(), Vec::new());
        for (key, pending) in changes.rows {
            guards.remove(&key);
            match (pending.base, pending.row) {
                (Some(revision), None) => {
                    deleted.push(Write::Delete { table: pending.table, agency, id: key.1, revision });
                }
                (Some(revision), Some(mut row)) => {
                    // A store takes the revision after the one it has.
                    if let Some(value) = row.get_mut(REVISION) {
                        *value = Value::Int(revision + 1);
                    }
                    changed.push(Write::Update { table: pending.table, row });
                }
                (None, Some(row)) => added.push((pending.order, Write::Insert { table: pending.table, row })),
                (None, None) => {}
            }
        }
        added.sort_by_key(|(order, _)| *order);
        // Whoever lets go of a unique key does so before another takes it.
        changed.sort_by_key(has_unique);
        let guards =
            guards.into_iter().map(|((_, id), (table, revision))| Write::Guard { table, agency, id, revision });
        let writes: Vec<Write> =
            deleted.into_iter().chain(changed).chain(added.into_iter().map(|(_, write)| write)).chain(behind).collect();
        // Guards alone change nothing: what was only read is answered as it was.
        Ok(if writes.is_empty() { writes } else { writes.into_iter().chain(guards).collect() })
    }
}

/// Whether a row has any of the keys that are unique in its table.
fn has_unique(write: &Write) -> bool {
    let Write::Update { table, row } = write else { return false };
    let is_there = |name: &&str| {
        let place = table.columns.iter().position(|column| column.name == *name);
        place.and_then(|place| row.get(place)).is_some_and(|value| *value != Value::Null)
    };
    table.unique.iter().any(|columns| columns.iter().all(is_there))
}

fn key<R: Record>(record: &R) -> Key {
    (R::TABLE.name, record.key())
}

impl Changes {
    fn put<R: Record>(&mut self, record: &R, row: Option<Row>, is_new: bool, version: u32) {
        let order = self.rows.len();
        let pending = self.rows.entry(key(record)).or_insert(Pending {
            table: R::TABLE,
            base: (!is_new).then(|| record.revision()),
            row: None,
            order,
            version: 0,
        });
        self.torn |= pending.version != version;
        pending.version += 1;
        pending.row = row;
    }
}

/// A record of an act under way. Changing it is all there is to do: it is
/// written, once, when it goes out of scope.
pub(crate) struct Tracked<R: Record> {
    record: R,
    version: u32,
    is_new: bool,
    changed: bool,
    unit: Unit,
}

impl<R: Record> Tracked<R> {
    /// Deletes the row.
    pub(crate) fn delete(mut self) {
        self.changed = false;
        self.unit.0.borrow_mut().put(&self.record, None, self.is_new, self.version);
    }

    /// Writes the row although nothing in it changes, so that acts which
    /// count what belongs to it come one after the other.
    pub(crate) fn touch(&mut self) {
        self.changed = true;
    }

    /// Whether this act adds it.
    pub(crate) fn is_new(&self) -> bool {
        self.is_new
    }
}

impl<R: Record> Deref for Tracked<R> {
    type Target = R;

    fn deref(&self) -> &R {
        &self.record
    }
}

impl<R: Record> DerefMut for Tracked<R> {
    fn deref_mut(&mut self) -> &mut R {
        self.changed = true;
        &mut self.record
    }
}

impl<R: Record> Drop for Tracked<R> {
    fn drop(&mut self) {
        if !self.changed {
            return;
        }
        let Unit(changes, listing) = &self.unit;
        listing.keep(&mut self.record);
        let row = self.record.to_row();
        changes.borrow_mut().put(&self.record, Some(row), self.is_new, self.version);
    }
}
