//! All rows of all tables, to compare before and after.

use std::collections::BTreeMap;

use carekey::Directory;
use carekey::store::record::{self, TABLES};
use carekey::store::{Record, Row, Select, Store, Value};

/// The rows of every table of every agency.
#[derive(Clone, PartialEq, Eq)]
pub struct Snapshot(BTreeMap<&'static str, Vec<Row>>);

/// Rows are personal: only how many there are.
impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.0.iter().map(|(table, rows)| (table, rows.len()))).finish()
    }
}

impl Snapshot {
    pub(super) fn of(directory: &Directory, store: &dyn Store) -> Self {
        let nil = carekey::AgencyId(uuid::Uuid::nil());
        let mut agencies: Vec<_> = directory
            .agency_rows()
            .expect("agencies")
            .iter()
            .map(|row| carekey::AgencyId::of_code(&row.code))
            .chain([nil])
            .collect();
        agencies.sort();
        let mut tables = BTreeMap::new();
        for table in TABLES {
            let rows: &mut Vec<Row> = tables.entry(table.name).or_default();
            for agency in &agencies {
                let select = Select { table, ..Select::all::<record::Agency>(*agency) };
                rows.extend(store.find(&select).expect("rows"));
            }
        }
        Self(tables)
    }

    /// How many rows a table has.
    pub fn count<R: Record>(&self) -> usize {
        self.0.get(R::TABLE.name).map_or(0, Vec::len)
    }

    /// The rows of a table.
    pub fn rows<R: Record>(&self) -> Vec<R> {
        let rows = self.0.get(R::TABLE.name).cloned().unwrap_or_default();
        rows.into_iter().map(|row| R::from_row(row).expect("a row that carekey wrote")).collect()
    }

    /// All texts and bytes of all rows.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for value in self.0.values().flatten().flatten() {
            match value {
                Value::Text(text) => out.extend_from_slice(text.as_bytes()),
                Value::Bytes(bytes) => out.extend_from_slice(bytes),
                Value::Null | Value::Int(_) | Value::Id(_) => {}
            }
            out.push(b'\n');
        }
        out
    }

    /// The tables whose rows are not the same.
    pub fn changed(&self, other: &Self) -> Vec<&'static str> {
        self.0.iter().filter(|(table, rows)| other.0.get(*table) != Some(rows)).map(|(table, _)| *table).collect()
    }
}
