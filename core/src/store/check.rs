//! What every store holds a request against before it touches a row: the
//! description of the table. It keeps the stores alike where a database would
//! convert a value that has another type than its column.

use uuid::Uuid;

use super::{ColumnType, Row, Select, StoreError, StoreResult, Table, TableColumn, Test, Value, Write};

/// Whether a value, other than null, is one for a column of that type.
pub(super) fn same_type(column_type: ColumnType, value: &Value) -> bool {
    match column_type {
        ColumnType::Int | ColumnType::Bool | ColumnType::Moment | ColumnType::Serial => {
            matches!(value, Value::Int(_))
        }
        ColumnType::Text => matches!(value, Value::Text(_)),
        ColumnType::Bytes => matches!(value, Value::Bytes(_)),
        ColumnType::Id => matches!(value, Value::Id(_)),
    }
}

/// The column of that name.
pub(super) fn column(table: &'static Table, name: &str) -> StoreResult<&'static TableColumn> {
    table.columns.iter().find(|column| column.name == name).ok_or(StoreError::Damaged("no such column"))
}

/// Whether a text can be a word of a set: these rest with a comma before and
/// after each word.
pub(super) fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(',')
}

/// Whether the columns exist, and whether the agency is named: only agencies
/// themselves are listed across agencies.
pub(super) fn select(select: &Select) -> StoreResult<()> {
    if select.agency.is_none() && select.table.name != "agency" {
        return Err(StoreError::Damaged("a select over all agencies"));
    }
    for condition in select.all.iter().chain(&select.any) {
        let asked = column(select.table, condition.column)?;
        if let Test::Found { of, by, .. } = &condition.test {
            self::select(of)?;
            if column(of.table, by)?.column_type != asked.column_type {
                return Err(StoreError::Damaged("columns of two types"));
            }
        }
    }
    let named = select.order.iter().map(|(name, _)| name).chain(select.columns);
    named.into_iter().try_for_each(|name| column(select.table, name).map(|_| ()))
}

/// Whether a select looks for rows by the number that the store gave them, and
/// does not say itself up to which: then it may be shown those that are certain.
#[cfg(feature = "postgres")]
pub(super) fn is_by_serial(select: &Select) -> bool {
    let is_serial = |name: &str| column(select.table, name).is_ok_and(|one| one.column_type == ColumnType::Serial);
    let is_bound = |one: &super::Condition| matches!(one.test, Test::Below(_)) && is_serial(one.column);
    if select.all.iter().any(is_bound) {
        return false;
    }
    let conditions = select.all.iter().chain(&select.any).map(|condition| condition.column);
    conditions.chain(select.order.iter().map(|(name, _)| *name)).any(is_serial)
}

/// Whether the rows have the columns of their tables, and those their types.
pub(super) fn writes(writes: &[Write]) -> StoreResult<()> {
    writes.iter().try_for_each(|write| match write {
        Write::Insert { table, row } | Write::Update { table, row } => self::row(table, row),
        Write::Delete { .. } | Write::Guard { .. } | Write::Follow { .. } => Ok(()),
    })
}

fn row(table: &'static Table, row: &Row) -> StoreResult<()> {
    let fits = |(column, value): (&TableColumn, &Value)| match value {
        Value::Null => column.nullable,
        Value::Int(number) if column.column_type == ColumnType::Bool => matches!(number, 0 | 1),
        value => same_type(column.column_type, value),
    };
    if row.len() == table.columns.len() && table.columns.iter().zip(row).all(fits) {
        Ok(())
    } else {
        Err(StoreError::Damaged("a row does not fit its table"))
    }
}

/// The agency, the id and the revision of a row.
pub(super) fn key(row: &Row) -> StoreResult<(Uuid, Uuid, i64)> {
    match row.as_slice() {
        [Value::Id(agency), Value::Id(id), Value::Int(revision), ..] => Ok((*agency, *id, *revision)),
        _ => Err(StoreError::Damaged("a row without a key")),
    }
}
