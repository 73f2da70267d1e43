//! Values on their way into SQLite and back.

use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};

use super::error;
use crate::store::column::damaged;
use crate::store::{ColumnType, Row, StoreResult, Table, TableColumn, Value};

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

/// Reads one row, of these columns of a table.
pub(super) fn row(table: &Table, columns: &[&TableColumn], found: &rusqlite::Row<'_>) -> StoreResult<Row> {
    // Of its length at once: what is collected with an error in sight grows.
    let mut row = Row::with_capacity(columns.len());
    for (place, column) in columns.iter().enumerate() {
        let found = found.get_ref(place).map_err(|failure| error::of(table.name, &failure))?;
        row.push(value(column, found)?);
    }
    Ok(row)
}

fn value(column: &TableColumn, found: ValueRef<'_>) -> StoreResult<Value> {
    Ok(match (column.column_type, found) {
        (_, ValueRef::Null) if column.nullable => Value::Null,
        (ColumnType::Int | ColumnType::Bool | ColumnType::Moment | ColumnType::Serial, ValueRef::Integer(number)) => {
            Value::Int(number)
        }
        (ColumnType::Text, ValueRef::Text(bytes)) => {
            Value::Text(core::str::from_utf8(bytes).map_err(|_| damaged())?.to_owned())
        }
        (ColumnType::Bytes, ValueRef::Blob(bytes)) => Value::Bytes(bytes.to_vec()),
        (ColumnType::Id, ValueRef::Blob(bytes)) => Value::Id(uuid::Uuid::from_slice(bytes).map_err(|_| damaged())?),
        _ => return Err(damaged()),
    })
}
