//! The description of a table, from which every store builds its statements.

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
}

impl Table {
    /// The place of a column, by its name.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|candidate| candidate.name == column)
    }

    /// The place of the column in which the store counts the rows, where there
    /// is one.
    pub fn serial(&self) -> Option<usize> {
        self.columns.iter().position(|column| column.column_type == ColumnType::Serial)
    }
}
