//! What an office's own app needs besides: rosters, histories, the texts of
//! messages, stored passwords and drafts of a policy.
//!
//! It comes with the feature `office` alone: half a mebibyte that a caregiver's
//! phone has no use for.

pub mod history;
pub mod message;
pub mod password;
pub mod policy;
pub mod preview;
pub mod records;
pub mod roster;
pub mod words;

use carekey::{Code, Error, ErrorKind};

use crate::error::CarekeyError;

/// A key: 32 bytes, or the error that they are not so many.
fn key(bytes: &[u8]) -> Result<[u8; 32], CarekeyError> {
    let error =
        || Error::new(ErrorKind::Configuration, Code::KeyLength).with("expected", 32).with("found", bytes.len());
    bytes.try_into().map_err(|_| error().into())
}
