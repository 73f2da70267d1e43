//! Some columns of a record: what is read of very many rows, of which most is not
//! looked at.

use super::StoreResult;
use super::column::Row;
use super::record::Record;

/// Some columns of the rows of a record.
pub(crate) trait Part: Sized {
    /// The record.
    type Of: Record;

    /// The columns, in the order of the fields.
    const COLUMNS: &'static [&'static str];

    /// Reads it back.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`](super::StoreError::Damaged) where the row is none that carekey wrote.
    fn from_row(row: Row) -> StoreResult<Self>;

    /// Reads all of them back, as [`from_row`](Self::from_row) does one.
    fn from_rows(rows: Vec<Row>) -> StoreResult<Vec<Self>> {
        // Of its length at once: what is collected with an error in sight grows.
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            all.push(Self::from_row(row)?);
        }
        Ok(all)
    }
}

/// All of them.
impl<R: Record> Part for R {
    type Of = R;

    const COLUMNS: &'static [&'static str] = &[];

    fn from_row(row: Row) -> StoreResult<Self> {
        Record::from_row(row)
    }
}

/// Structs of fields that a record has: `Name of Record { column: type, ... }`.
macro_rules! parts {
    ($($(#[$meta:meta])* $vis:vis $name:ident of $record:ident { $($field:ident: $type:ty),+ $(,)? })+) => { $(
        $(#[$meta])*
        $vis struct $name {
            $($vis $field: $type,)+
        }

        impl $crate::store::Part for $name {
            type Of = $crate::store::record::$record;

            const COLUMNS: &'static [&'static str] = {
                // The compiler holds the types against those of the record.
                $(let _: $crate::store::Col<$crate::store::record::$record, $type> =
                    $crate::store::record::$record::$field;)+
                &[$(stringify!($field)),+]
            };

            fn from_row(row: $crate::store::Row) -> $crate::store::StoreResult<Self> {
                let mut values = row.into_iter();
                let mut next = || values.next().ok_or($crate::store::StoreError::Damaged("a row is too short"));
                Ok(Self { $($field: $crate::store::Column::from_value(next()?)?,)+ })
            }
        }
    )+ };
}
pub(crate) use parts;
