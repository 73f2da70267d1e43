//! Values on their way into SQLite and back.

use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};

use super::error;
use crate::store::column::damaged;
use crate::store::{ColumnType, StoreResult, Table, TableColumn, Value, ValueRef as Seen};

/// A value, lent to SQLite for one call.
pub(super) fn lent(value: &Value) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(match value {
        Value::Null => ValueRef::Null,
        Value::Int(number) => ValueRef::Integer(*number),
        Value::Text(text) => ValueRef::Text(text.as_bytes()),
        Value::Bytes(bytes) => ValueRef::Blob(bytes),
        Value::Id(id) => ValueRef::Blob(id.as_bytes()),
    })
}

/// Whether that value is stored.
pub(super) fn is(value: &Value, stored: ValueRef<'_>) -> bool {
    lent(value) == ToSqlOutput::Borrowed(stored)
}

/// A value as a member of a list.
pub(super) fn owned(value: &Value) -> Owned {
    match value {
        Value::Null => Owned::Null,
        Value::Int(number) => Owned::Integer(*number),
        Value::Text(text) => Owned::Text(text.clone()),
        Value::Bytes(bytes) => Owned::Blob(bytes.clone()),
        Value::Id(id) => Owned::Blob(id.as_bytes().to_vec()),
    }
}

/// Reads one row, of these columns of a table: its values, or where they lie.
pub(super) fn row<'a, V: From<Seen<'a>>>(
    table: &Table,
    columns: &[&TableColumn],
    found: &'a rusqlite::Row<'_>,
) -> StoreResult<Vec<V>> {
    // Of its length at once: what is collected with an error in sight grows.
    let mut row = Vec::with_capacity(columns.len());
    for (place, column) in columns.iter().enumerate() {
        let found = found.get_ref(place).map_err(|failure| error::of(table.name, &failure))?;
        row.push(seen(column, found)?.into());
    }
    Ok(row)
}

/// A value of a column, where SQLite has it.
fn seen<'a>(column: &TableColumn, found: ValueRef<'a>) -> StoreResult<Seen<'a>> {
    Ok(match (column.column_type, found) {
        (_, ValueRef::Null) if column.nullable => Seen::Null,
        (ColumnType::Int | ColumnType::Bool | ColumnType::Moment | ColumnType::Serial, ValueRef::Integer(number)) => {
            Seen::Int(number)
        }
        (ColumnType::Text, ValueRef::Text(bytes)) => Seen::Text(core::str::from_utf8(bytes).map_err(|_| damaged())?),
        (ColumnType::Bytes, ValueRef::Blob(bytes)) => Seen::Bytes(bytes),
        (ColumnType::Id, ValueRef::Blob(bytes)) => Seen::Id(uuid::Uuid::from_slice(bytes).map_err(|_| damaged())?),
        _ => return Err(damaged()),
    })
}
