//! The values of columns, and how Rust types become them.

use core::marker::PhantomData;

use time::OffsetDateTime;
use uuid::Uuid;

use super::StoreError;
use super::table::ColumnType;
use crate::id::{
    AccountId, AgencyId, ApplicationId, ContactId, EventId, GrantId, InvitationId, LinkId, MessageId, PartyId,
    RecordId, TieId, TokenId,
};
use crate::time_ms;

/// The value of one column in one row. Moments are milliseconds since 1970,
/// booleans 0 and 1.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// No value. It comes before all others.
    Null,
    /// A number, a moment or a boolean.
    Int(i64),
    /// A text.
    Text(String),
    /// A digest or something sealed.
    Bytes(Vec<u8>),
    /// An identifier.
    Id(Uuid),
}

/// Values are personal: a debug print only tells their sort.
impl core::fmt::Debug for Value {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Debug::fmt(&ValueRef::from(self), f)
    }
}

/// A [`Value`] that is only looked at, where it lies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ValueRef<'a> {
    /// No value.
    Null,
    /// A number, a moment or a boolean.
    Int(i64),
    /// A text.
    Text(&'a str),
    /// A digest or something sealed.
    Bytes(&'a [u8]),
    /// An identifier.
    Id(Uuid),
}

impl<'a> ValueRef<'a> {
    /// The text, where it is one.
    pub fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The identifier, where it is one.
    pub fn id(self) -> Option<Uuid> {
        match self {
            Self::Id(id) => Some(id),
            _ => None,
        }
    }
}

impl<'a> From<&'a Value> for ValueRef<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Int(number) => Self::Int(*number),
            Value::Text(text) => Self::Text(text),
            Value::Bytes(bytes) => Self::Bytes(bytes),
            Value::Id(id) => Self::Id(*id),
        }
    }
}

impl From<ValueRef<'_>> for Value {
    fn from(seen: ValueRef<'_>) -> Self {
        match seen {
            ValueRef::Null => Self::Null,
            ValueRef::Int(number) => Self::Int(number),
            ValueRef::Text(text) => Self::Text(text.to_owned()),
            ValueRef::Bytes(bytes) => Self::Bytes(bytes.to_vec()),
            ValueRef::Id(id) => Self::Id(id),
        }
    }
}

/// Values are personal: a debug print only tells their sort.
impl core::fmt::Debug for ValueRef<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Int(_) => "int",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytes",
            Self::Id(_) => "id",
        })
    }
}

/// A column of one record, with the type of its values: what a
/// [`Select`](super::Select) names.
pub struct Col<R, T> {
    name: &'static str,
    of: PhantomData<fn() -> (R, T)>,
}

impl<R, T> Clone for Col<R, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, T> Copy for Col<R, T> {}

impl<R, T> Col<R, T> {
    pub(super) const fn named(name: &'static str) -> Self {
        Self { name, of: PhantomData }
    }

    /// Its name.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// What a column of type `T` can be compared with: its own type, and of one
/// that may be null also what stands in it.
pub trait Fits<T>: Column {}

impl<T: Column> Fits<T> for T {}
impl<T: Column> Fits<Option<T>> for T {}
impl<T: Column> Fits<T> for &T {}
impl<T: Column> Fits<Option<T>> for &T {}
impl Fits<String> for &str {}
impl Fits<Option<String>> for &str {}

/// One row: a value for each column of its table, in the table's order.
pub type Row = Vec<Value>;

/// A Rust type that can rest in a column.
pub trait Column: Sized {
    /// The type of the column.
    const TYPE: ColumnType;
    /// Whether the column may be null.
    const NULLABLE: bool = false;

    /// The value that rests in the column.
    fn to_value(&self) -> Value;

    /// Reads it back.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] where the value is none that
    /// [`Column::to_value`] gives.
    fn from_value(value: Value) -> Result<Self, StoreError>;
}

/// The error for a value that carekey did not write.
pub(crate) const fn damaged() -> StoreError {
    StoreError::Damaged("a column holds a value of another type")
}

impl Column for String {
    const TYPE: ColumnType = ColumnType::Text;

    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }

    fn from_value(value: Value) -> Result<Self, StoreError> {
        match value {
            Value::Text(text) => Ok(text),
            _ => Err(damaged()),
        }
    }
}

impl Column for Vec<u8> {
    const TYPE: ColumnType = ColumnType::Bytes;

    fn to_value(&self) -> Value {
        Value::Bytes(self.clone())
    }

    fn from_value(value: Value) -> Result<Self, StoreError> {
        match value {
            Value::Bytes(bytes) => Ok(bytes),
            _ => Err(damaged()),
        }
    }
}

impl Column for i64 {
    const TYPE: ColumnType = ColumnType::Int;

    fn to_value(&self) -> Value {
        Value::Int(*self)
    }

    fn from_value(value: Value) -> Result<Self, StoreError> {
        match value {
            Value::Int(number) => Ok(number),
            _ => Err(damaged()),
        }
    }
}

/// The place of a row in the order in which its agency's rows of that table came
/// to be seen. The store gives it when the row is inserted, whatever the row
/// says, and no update changes it; none is given twice, and there may be gaps.
///
/// Whoever looks for rows by it sees none before it is certain that no row with
/// a smaller number is still to be seen: see [`Store`](super::Store).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Serial(pub i64);

impl Column for Serial {
    const TYPE: ColumnType = ColumnType::Serial;

    fn to_value(&self) -> Value {
        Value::Int(self.0)
    }

    fn from_value(value: Value) -> Result<Self, StoreError> {
        i64::from_value(value).map(Self)
    }
}

impl Column for u32 {
    const TYPE: ColumnType = ColumnType::Int;

    fn to_value(&self) -> Value {
        Value::Int(i64::from(*self))
    }

    fn from_value(value: Value) -> Result<Self, StoreError> {
        Self::try_from(i64::from_value(value)?).map_err(|_| damaged())
    }
}

impl Column for bool {
    const TYPE: ColumnType = ColumnType::Bool;

    fn to_value(&self) -> Value {
        Value::Int(i64::from(*self))
    }

    fn from_value(value: Value) -> Result<Self, StoreError> {
        match value {
            Value::Int(0) => Ok(false),
            Value::Int(1) => Ok(true),
            _ => Err(damaged()),
        }
    }
}

impl Column for OffsetDateTime {
    const TYPE: ColumnType = ColumnType::Moment;

    fn to_value(&self) -> Value {
        Value::Int(time_ms(*self))
    }

    fn from_value(value: Value) -> Result<Self, StoreError> {
        crate::time_from_ms(i64::from_value(value)?).ok_or_else(damaged)
    }
}

impl<T: Column> Column for Option<T> {
    const TYPE: ColumnType = T::TYPE;
    const NULLABLE: bool = true;

    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, Column::to_value)
    }

    fn from_value(value: Value) -> Result<Self, StoreError> {
        match value {
            Value::Null => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }
}

impl<T: Column> Column for &T {
    const TYPE: ColumnType = T::TYPE;

    fn to_value(&self) -> Value {
        (*self).to_value()
    }

    fn from_value(_: Value) -> Result<Self, StoreError> {
        Err(damaged())
    }
}

/// What a text is compared with.
impl Column for &str {
    const TYPE: ColumnType = ColumnType::Text;

    fn to_value(&self) -> Value {
        Value::Text((*self).to_owned())
    }

    fn from_value(_: Value) -> Result<Self, StoreError> {
        Err(damaged())
    }
}

impl Column for Uuid {
    const TYPE: ColumnType = ColumnType::Id;

    fn to_value(&self) -> Value {
        Value::Id(*self)
    }

    fn from_value(value: Value) -> Result<Self, StoreError> {
        match value {
            Value::Id(id) => Ok(id),
            _ => Err(damaged()),
        }
    }
}

macro_rules! id_columns {
    ($($name:ident),+ $(,)?) => { $(
        impl Column for $name {
            const TYPE: ColumnType = ColumnType::Id;

            fn to_value(&self) -> Value {
                Value::Id(self.0)
            }

            fn from_value(value: Value) -> Result<Self, StoreError> {
                Uuid::from_value(value).map(Self)
            }
        }
    )+ };
}

id_columns!(
    AgencyId,
    PartyId,
    AccountId,
    ContactId,
    LinkId,
    TieId,
    ApplicationId,
    InvitationId,
    TokenId,
    MessageId,
    EventId,
    GrantId,
    RecordId,
);

/// Enums rest as their stable words.
macro_rules! word_columns {
    ($($name:ty),+ $(,)?) => { $(
        impl Column for $name {
            const TYPE: ColumnType = ColumnType::Text;

            fn to_value(&self) -> Value {
                Value::Text(self.as_str().to_owned())
            }

            fn from_value(value: Value) -> Result<Self, StoreError> {
                match value {
                    Value::Text(text) => text.parse().map_err(|_| damaged()),
                    _ => Err(damaged()),
                }
            }
        }
    )+ };
}

word_columns!(
    crate::words::PartyKind,
    crate::words::TieKind,
    crate::words::Resource,
    crate::words::Method,
    crate::policy::EnrolmentScheme,
    crate::words::Stage,
    crate::words::LinkAct,
    crate::words::Purpose,
    crate::words::EventKind,
    crate::words::ActorKind,
    crate::words::MessageKind,
    crate::words::MessageState,
);

/// A language that nobody loaded is one all the same.
impl Column for crate::finding::Locale {
    const TYPE: ColumnType = ColumnType::Text;

    fn to_value(&self) -> Value {
        Value::Text(self.as_str().to_owned())
    }

    fn from_value(value: Value) -> Result<Self, StoreError> {
        match value {
            Value::Text(tag) => Self::stored(&tag).ok_or_else(damaged),
            _ => Err(damaged()),
        }
    }
}

/// A party's roles rest as their words, sorted, with a comma before and after
/// each, so that `,payer,` finds one.
impl Column for std::collections::BTreeSet<crate::words::Role> {
    const TYPE: ColumnType = ColumnType::Text;

    fn to_value(&self) -> Value {
        let mut text = String::from(",");
        for role in self {
            text.push_str(role.as_str());
            text.push(',');
        }
        Value::Text(text)
    }

    fn from_value(value: Value) -> Result<Self, StoreError> {
        let text = String::from_value(value)?;
        text.split(',').filter(|word| !word.is_empty()).map(|word| word.parse().map_err(|_| damaged())).collect()
    }
}

impl Column for crate::policy::StoredPolicy {
    const TYPE: ColumnType = ColumnType::Text;

    fn to_value(&self) -> Value {
        self.to_json().map_or(Value::Null, Value::Text)
    }

    fn from_value(value: Value) -> Result<Self, StoreError> {
        Self::from_json(&String::from_value(value)?).ok_or_else(damaged)
    }
}

/// Parameters, counts, descriptions and lists rest as JSON.
macro_rules! json_columns {
    ($($name:ty),+ $(,)?) => { $(
        impl Column for $name {
            const TYPE: ColumnType = ColumnType::Text;

            fn to_value(&self) -> Value {
                // Plain data without a map keyed by anything but words: it always
                // serializes. If ever it did not, no column of them takes a null.
                serde_json::to_string(self).map_or(Value::Null, Value::Text)
            }

            fn from_value(value: Value) -> Result<Self, StoreError> {
                serde_json::from_str(&String::from_value(value)?).map_err(|_| damaged())
            }
        }
    )+ };
}

json_columns!(
    crate::account::LiveCodes,
    crate::account::Refusals,
    crate::account::SourceTally,
    crate::finding::Params,
    crate::description::Description,
    super::Merge,
    Vec<String>,
);
