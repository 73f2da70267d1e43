//! New rows that go to a database together.

use super::{Row, Table};

/// Rows to be inserted with nothing but inserts between them. No table says
/// anything of another's rows: those of one table keep their order, and go
/// together.
#[derive(Default)]
pub(super) struct Inserts<'a>(Vec<(&'static Table, Vec<&'a Row>)>);

impl<'a> Inserts<'a> {
    pub(super) fn add(&mut self, table: &'static Table, row: &'a Row) {
        match self.0.iter_mut().find(|(other, _)| other.name == table.name) {
            Some((_, rows)) => rows.push(row),
            None => self.0.push((table, vec![row])),
        }
    }

    /// The rows of each table.
    pub(super) fn by_table(self) -> impl Iterator<Item = (&'static Table, Vec<&'a Row>)> {
        self.0.into_iter()
    }
}
