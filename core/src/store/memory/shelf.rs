//! The rows of one table and its indexes.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::store::{Row, Select, Table, Test, Value, check};

/// The agency and the id of a row.
pub(super) type Key = (Uuid, Uuid);

/// The rows of one table, by key and by each of its indexes.
pub(super) struct Shelf {
    rows: BTreeMap<Key, Row>,
    indexes: Vec<Index>,
    /// The place of the serial numbers, and the last one of each agency.
    serial: Option<usize>,
    last: BTreeMap<Uuid, i64>,
}

/// An index: the values of its columns, the agency before them, and whose
/// they are.
struct Index {
    names: &'static [&'static str],
    positions: Vec<usize>,
    unique: bool,
    entries: BTreeSet<(Vec<Value>, Uuid)>,
}

impl Shelf {
    pub(super) fn new(table: &'static Table) -> Self {
        let index = |names: &'static [&'static str], unique| Index {
            names,
            positions: names.iter().filter_map(|name| table.position(name)).collect(),
            unique,
            entries: BTreeSet::new(),
        };
        let unique = table.unique.iter().map(|names| index(names, true));
        let plain = table.indexes.iter().map(|names| index(names, false));
        Self {
            rows: BTreeMap::new(),
            indexes: unique.chain(plain).collect(),
            serial: table.serial(),
            last: BTreeMap::new(),
        }
    }

    /// The row with that key, if there is one.
    pub(super) fn row(&self, key: Key) -> Option<&Row> {
        self.rows.get(&key)
    }

    /// The revision of the row with that key, if there is one.
    pub(super) fn revision(&self, key: Key) -> Option<i64> {
        self.rows.get(&key).and_then(|row| check::key(row).ok()).map(|(_, _, revision)| revision)
    }

    /// Whether another row holds the same values in unique columns.
    pub(super) fn is_taken(&self, key: Key, row: &Row) -> bool {
        self.indexes.iter().filter(|index| index.unique).any(|index| {
            let values = index.values(key.0, row);
            !values.contains(&Value::Null) && index.holders(&values).any(|id| id != key.1)
        })
    }

    /// The row with its serial number: the next one, or that of the row in whose
    /// place it comes. Commits are made one after the other, so that whatever is
    /// seen is certain.
    pub(super) fn counted(&mut self, key: Key, mut row: Row) -> Row {
        let Some(place) = self.serial else { return row };
        let before = self.rows.get(&key).and_then(|before| before.get(place)).cloned();
        let number = before.unwrap_or_else(|| {
            let last = self.last.entry(key.0).or_default();
            *last += 1;
            Value::Int(*last)
        });
        if let Some(value) = row.get_mut(place) {
            *value = number;
        }
        row
    }

    /// Puts a row, or nothing, in the place of what was there.
    pub(super) fn put(&mut self, key: Key, row: Option<Row>) -> Option<Row> {
        let before = self.rows.remove(&key);
        for index in &mut self.indexes {
            if let Some(before) = &before {
                index.entries.remove(&(index.values(key.0, before), key.1));
            }
            if let Some(row) = &row {
                index.entries.insert((index.values(key.0, row), key.1));
            }
        }
        if let Some(row) = row {
            self.rows.insert(key, row);
        }
        before
    }

    /// Rows among which are all that fit, sorted by key: found by id or by
    /// the index of which most columns are given, else all of the agency.
    pub(super) fn candidates(&self, select: &Select) -> Vec<&Row> {
        let Some(agency) = select.agency.map(|agency| agency.0) else { return self.rows.values().collect() };
        if let Some(values) = given(select, "id") {
            let ids: BTreeSet<Uuid> = values.iter().filter_map(as_id).collect();
            return ids.into_iter().filter_map(|id| self.rows.get(&(agency, id))).collect();
        }
        let best = self.indexes.iter().map(|index| (index.given(select), index)).max_by_key(|(given, _)| given.len());
        match best {
            Some((given, index)) if !given.is_empty() => {
                let ids: BTreeSet<Uuid> =
                    prefixes(agency, &given).iter().flat_map(|prefix| index.holders(prefix)).collect();
                ids.into_iter().filter_map(|id| self.rows.get(&(agency, id))).collect()
            }
            _ => self.rows.range((agency, Uuid::nil())..=(agency, Uuid::max())).map(|(_, row)| row).collect(),
        }
    }
}

impl Index {
    fn values(&self, agency: Uuid, row: &Row) -> Vec<Value> {
        let columns = self.positions.iter().filter_map(|&position| row.get(position).cloned());
        core::iter::once(Value::Id(agency)).chain(columns).collect()
    }

    /// The ids of the rows whose values begin with these.
    fn holders(&self, prefix: &[Value]) -> impl Iterator<Item = Uuid> {
        self.entries
            .range((prefix.to_vec(), Uuid::nil())..)
            .take_while(move |(values, _)| values.starts_with(prefix))
            .map(|(_, id)| *id)
    }

    /// The values that a select gives for the first columns of the index.
    fn given<'a>(&self, select: &'a Select) -> Vec<&'a [Value]> {
        self.names.iter().map_while(|name| given(select, name)).collect()
    }
}

/// The values of which the column must have one, where a select says so.
fn given<'a>(select: &'a Select, column: &str) -> Option<&'a [Value]> {
    select.all.iter().filter(|condition| condition.column == column).find_map(|condition| match &condition.test {
        Test::Is(value) => Some(core::slice::from_ref(value)),
        Test::In(values) => Some(values.as_slice()),
        _ => None,
    })
}

fn as_id(value: &Value) -> Option<Uuid> {
    match value {
        Value::Id(id) => Some(*id),
        _ => None,
    }
}

/// Every way to take one value for each column.
fn prefixes(agency: Uuid, given: &[&[Value]]) -> Vec<Vec<Value>> {
    given.iter().fold(vec![vec![Value::Id(agency)]], |prefixes, values| {
        let longer = |prefix: &Vec<Value>| {
            let prefix = prefix.clone();
            values.iter().map(move |value| prefix.iter().cloned().chain([value.clone()]).collect())
        };
        prefixes.iter().flat_map(longer).collect()
    })
}
