//! With which key a store was made. The first to open it leaves the key's
//! fingerprint; all others must have the same.

use super::record::Setting;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
use super::{StoreError, StoreResult};
use crate::id::{AgencyId, RecordId};

/// The row in which the fingerprint rests.
pub(crate) fn setting(fingerprint: &[u8]) -> Setting {
    Setting {
        agency: AgencyId(uuid::Uuid::nil()),
        id: RecordId::derived("setting", b"key"),
        revision: 1,
        value: fingerprint.to_vec(),
    }
}

/// Whether the fingerprint that is asked for is there already; so it counts
/// where none is asked for.
#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub(super) fn is_left(found: Option<&[u8]>, asked: Option<&[u8]>) -> StoreResult<bool> {
    match (found, asked) {
        (_, None) => Ok(true),
        (None, Some(_)) => Ok(false),
        (Some(found), Some(asked)) if found == asked => Ok(true),
        (Some(_), Some(_)) => Err(StoreError::OtherKey),
    }
}
