//! Values on their way into PostgreSQL and back.

use std::borrow::Cow;
use std::error::Error;

use bytes::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

use crate::store::column::damaged;
use crate::store::sql::Bound;
use crate::store::{ColumnType, Row, StoreResult, TableColumn, Value, ValueRef as Seen};

/// What is bound to one mark, owned: it is sent from another thread.
pub(super) enum Param {
    Null,
    Int(i64),
    Bool(bool),
    Text(String),
    Bytes(Vec<u8>),
    Id(Uuid),
    List(Vec<Param>),
}

/// Values are personal or secret, and the client logs what it is given: a
/// debug print only tells their sort.
impl core::fmt::Debug for Param {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Int(_) => "int",
            Self::Bool(_) => "bool",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytes",
            Self::Id(_) => "id",
            Self::List(_) => "list",
        })
    }
}

impl Param {
    /// The value of a column.
    pub(super) fn of_column((column, value): (&TableColumn, &Value)) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Int(number) if column.column_type == ColumnType::Bool => Self::Bool(*number != 0),
            Value::Int(number) => Self::Int(*number),
            Value::Text(text) => Self::Text(written(text).into_owned()),
            Value::Bytes(bytes) => Self::Bytes(bytes.clone()),
            Value::Id(id) => Self::Id(*id),
        }
    }

    /// What a query binds.
    pub(super) fn of(bound: &Bound<'_>) -> Self {
        match bound {
            Bound::Value(column, value) => Self::of_column((column, value)),
            Bound::Id(id) => Self::Id(*id),
            Bound::Number(number) => Self::Int(*number),
            Bound::Text(text) => Self::Text(written(text).into_owned()),
            Bound::List(column, values) => {
                Self::List(values.iter().map(|value| Self::of_column((column, value))).collect())
            }
        }
    }
}

impl ToSql for Param {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) => number.to_sql_checked(ty, out),
            Self::Bool(flag) => flag.to_sql_checked(ty, out),
            Self::Text(text) => text.to_sql_checked(ty, out),
            Self::Bytes(bytes) => bytes.to_sql_checked(ty, out),
            Self::Id(id) => id.to_sql_checked(ty, out),
            Self::List(values) => values.to_sql_checked(ty, out),
        }
    }

    /// Each sort of value looks at the type itself.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// Reads rows, of these columns of a table.
pub(super) fn rows(columns: &[&TableColumn], found: &[tokio_postgres::Row]) -> StoreResult<Vec<Row>> {
    // Of its length at once, as each row: what is collected with an error in sight grows.
    let mut rows = Vec::with_capacity(found.len());
    for found in found {
        rows.push(row(columns, found)?);
    }
    Ok(rows)
}

/// Reads one row.
pub(super) fn row(columns: &[&TableColumn], found: &tokio_postgres::Row) -> StoreResult<Row> {
    let mut row = Row::with_capacity(columns.len());
    for (place, column) in columns.iter().enumerate() {
        row.push(value(column, found, place)?);
    }
    Ok(row)
}

fn value(column: &TableColumn, found: &tokio_postgres::Row, place: usize) -> StoreResult<Value> {
    Ok(match seen(column, found, place)? {
        Seen::Text(text) => Value::Text(read(text)),
        other => other.into(),
    })
}

/// Shows one row.
pub(super) fn look(
    columns: &[&TableColumn],
    found: &tokio_postgres::Row,
    each: &mut dyn FnMut(&[Seen<'_>]),
) -> StoreResult<()> {
    let values = columns.iter().enumerate().map(|(place, column)| seen(column, found, place));
    let mut values = values.collect::<StoreResult<Vec<_>>>()?;
    let read: Vec<Option<String>> =
        values.iter().map(|value| value.text().filter(|text| text.contains(ESCAPE)).map(read)).collect();
    for (value, read) in values.iter_mut().zip(&read) {
        if let Some(text) = read {
            *value = Seen::Text(text);
        }
    }
    each(&values);
    Ok(())
}

/// A value of a column, as the server sent it: of a text, as it was [written].
fn seen<'a>(column: &TableColumn, found: &'a tokio_postgres::Row, place: usize) -> StoreResult<Seen<'a>> {
    fn get<'a, T: FromSql<'a>>(found: &'a tokio_postgres::Row, place: usize) -> StoreResult<Option<T>> {
        found.try_get(place).map_err(|_| damaged())
    }
    let value = match column.column_type {
        ColumnType::Int | ColumnType::Moment | ColumnType::Serial => get(found, place)?.map(Seen::Int),
        ColumnType::Bool => get(found, place)?.map(|flag: bool| Seen::Int(i64::from(flag))),
        ColumnType::Text => get(found, place)?.map(Seen::Text),
        ColumnType::Bytes => get(found, place)?.map(Seen::Bytes),
        ColumnType::Id => get(found, place)?.map(Seen::Id),
    };
    match value {
        Some(value) => Ok(value),
        None if column.nullable => Ok(Seen::Null),
        None => Err(damaged()),
    }
}

/// A text of PostgreSQL has no character U+0000. In its place stands one that
/// nobody types, of the private use area, with a digit behind it; and so that
/// this one comes back as well, it has another digit.
const ESCAPE: char = '\u{f8ff}';

fn written(text: &str) -> Cow<'_, str> {
    if !text.contains(['\0', ESCAPE]) {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len() + 4);
    for c in text.chars() {
        match c {
            '\0' => written.extend([ESCAPE, '0']),
            ESCAPE => written.extend([ESCAPE, '1']),
            c => written.push(c),
        }
    }
    Cow::Owned(written)
}

fn read(text: &str) -> String {
    if !text.contains(ESCAPE) {
        return text.to_owned();
    }
    let mut read = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            ESCAPE => read.push(if chars.next() == Some('0') { '\0' } else { ESCAPE }),
            c => read.push(c),
        }
    }
    read
}
