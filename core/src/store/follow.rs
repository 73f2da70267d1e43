//! What a commit writes behind a row that every commit writes.

use std::sync::Arc;

use super::record::Record;
use super::{Row, StoreError, StoreResult, Table, Write, check};

/// What is written behind a row, made of the row as it is when the commit comes
/// to it ([`Write::Follow`]).
#[derive(Clone)]
pub struct Follow(Arc<Make>);

type Make = dyn Fn(&Row) -> StoreResult<Vec<Write>> + Send + Sync;

impl Follow {
    /// What is made of a record: new rows, and its own new version.
    pub fn of<R: Record>(make: impl Fn(R) -> StoreResult<Vec<Write>> + Send + Sync + 'static) -> Self {
        Self(Arc::new(move |row| make(R::from_row(row.clone())?)))
    }

    /// What is to be written behind this row.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] where the row is none of its record, or what is
    /// made of it does not fit its tables or is no plain write.
    pub fn behind(&self, row: &Row) -> StoreResult<Vec<Write>> {
        let writes = (self.0)(row)?;
        check::writes(&writes)?;
        if writes.iter().any(|write| matches!(write, Write::Guard { .. } | Write::Follow { .. })) {
            return Err(StoreError::Damaged("no plain write behind a row"));
        }
        Ok(writes)
    }
}

impl core::fmt::Debug for Follow {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Follow")
    }
}

/// The rows behind one of which a write follows, and what does.
pub(super) type Behind<'a> = (&'static Table, crate::id::AgencyId, &'a [uuid::Uuid], &'a Follow);

/// The writes of a commit that follow, which come after all else.
pub(super) fn following(writes: &[Write]) -> impl Iterator<Item = Behind<'_>> {
    writes.iter().filter_map(|write| match write {
        Write::Follow { table, agency, ids, follow } => Some((*table, *agency, ids.as_slice(), follow)),
        _ => None,
    })
}
