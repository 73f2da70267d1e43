//! The description of a table, from which every store builds its statements.

use core::cmp::Reverse;

use super::{Condition, Select, Test, Totals};

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// A 64-bit number.
    Int,
    /// Zero or one.
    Bool,
    /// Milliseconds since 1970, UTC.
    Moment,
    /// A text.
    Text,
    /// A digest or something sealed.
    Bytes,
    /// Sixteen bytes.
    Id,
    /// A [`Serial`](super::Serial): a number that the store gives.
    Serial,
}

/// One column of a table.
#[derive(Debug)]
pub struct TableColumn {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub column_type: ColumnType,
    /// Whether it may be null.
    pub nullable: bool,
}

/// A table. Its key is always `(agency, id)`, and every index begins with the
/// agency, so that the data shards by it.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns; the first three are `agency`, `id` and `revision`.
    pub columns: &'static [TableColumn],
    /// Columns that are unique within an agency where none of them is null.
    pub unique: &'static [&'static [&'static str]],
    /// Columns by which rows are often looked for within an agency.
    pub indexes: &'static [&'static [&'static str]],
    /// Orders in which lists show its rows.
    pub lists: &'static [List],
    /// How many rows there are, where lists say so.
    pub totals: Option<&'static Totals>,
}

/// An order in which lists show rows: an index over those rows alone, so that a
/// page costs what it shows, and their number is told without the rows.
#[derive(Debug)]
pub struct List {
    /// The name of the index.
    pub name: &'static str,
    /// The columns by which rows stand in it, then their id.
    pub by: &'static [&'static str],
    /// Further columns that can be asked for without the rows; so can those of
    /// `only`.
    pub with: &'static [&'static str],
    /// Which rows it has: those of which all of this holds.
    pub only: &'static [(&'static str, Only)],
}

/// What holds of a column in all rows of a [`List`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// It is null.
    Null,
    /// It is not null.
    There,
    /// It is a set of words that has this one.
    Has(&'static str),
}

impl Table {
    /// The place of a column, by its name.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|candidate| candidate.name == column)
    }

    /// The list that has all rows of a select, in its order where that is wanted,
    /// and by which alone it is said which of them fit.
    #[cfg_attr(not(any(feature = "postgres", feature = "sqlite")), allow(dead_code, reason = "for databases"))]
    pub(super) fn list(&self, select: &Select, sorted: bool) -> Option<&'static List> {
        if select.agency.is_none() || !select.any.is_empty() {
            return None;
        }
        let is_ordered = |list: &List| list.by.iter().eq(select.order.iter().map(|(name, _)| name));
        let fit = |list: &&'static List| {
            (!sorted || is_ordered(list))
                && list.only.iter().all(|only| select.all.iter().any(|condition| implies(condition, only)))
                && select.all.iter().all(|condition| list.tells(condition))
        };
        // Of the fewest rows, and those the shortest.
        self.lists.iter().filter(fit).min_by_key(|list| (Reverse(list.only.len()), list.by.len() + list.with.len()))
    }

    /// The totals by which alone it is said how many rows fit a select.
    #[cfg_attr(not(any(feature = "postgres", feature = "sqlite")), allow(dead_code, reason = "for databases"))]
    pub(super) fn totals(&self, select: &Select) -> Option<&'static Totals> {
        let tell = |totals: &&Totals| select.all.iter().all(|condition| totals.facet(condition).is_some());
        self.totals.filter(|_| select.agency.is_some() && select.any.is_empty()).filter(tell)
    }

    /// The place of the column in which the store counts the rows, where there
    /// is one.
    pub fn serial(&self) -> Option<usize> {
        self.columns.iter().position(|column| column.column_type == ColumnType::Serial)
    }
}

impl List {
    /// Whether it tells if a row fits. Rows of certain ids are looked up by these.
    fn tells(&self, Condition { column, test }: &Condition) -> bool {
        match test {
            Test::Is(_) | Test::In(_) if *column == "id" => false,
            Test::Found { wanted: true, .. } => false,
            _ => *column == "id" || self.columns().any(|name| name == *column),
        }
    }

    /// All its columns but the key: those by which rows stand in it come first.
    pub fn columns(&self) -> impl Iterator<Item = &'static str> {
        let alike = self.only.iter().map(|(name, _)| *name).filter(|name| !self.by.contains(name));
        self.by.iter().chain(self.with).copied().chain(alike)
    }
}

fn implies(condition: &Condition, (column, only): &(&'static str, Only)) -> bool {
    condition.column == *column
        && match (&condition.test, only) {
            (Test::Null(null), Only::Null) => *null,
            (Test::Null(null), Only::There) => !null,
            (Test::Has(word), Only::Has(one)) => word == one,
            _ => false,
        }
}
