#![doc = include_str!("../README.md")]
//!
//! # Features
//!
//! | feature | by default | brings |
//! |---|---|---|
//! | `sqlite` | yes | the engine, and the store on one SQLite file, which is bundled |
//! | `simd-argon2` | yes | a faster Argon2id, checked against known answers when first used |
//! | `regex` | yes | phone numbers by the fast engine of regular expressions, for rosters; without it by the small one, with the same answers |
//! | `workbooks` | yes | rosters from xlsx, xls and ods; without it they are refused, and CSV is read |
//! | `postgres` | | the engine, and the store on a PostgreSQL server |
//! | `engine` | | [`Directory`], [`Agency`] and [`Office`] over a [`store::Store`] of your own |
//!
//! Without any of them, the rules alone: no engine, no store, nothing that a
//! phone need not carry.
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod account;
#[cfg(feature = "engine")]
pub mod agency;
#[cfg(feature = "engine")]
mod description;
pub mod error;
pub mod finding;
#[cfg(all(doctest, feature = "sqlite"))]
mod guide;
pub mod history;
mod id;
pub mod invitation;
pub mod message;
pub mod name;
pub mod password;
pub mod policy;
pub mod relationship;
mod remark;
pub mod roster;
mod secret;
pub mod snapshot;
#[cfg(feature = "engine")]
pub mod store;
mod text_enum;
mod texts;
pub mod username;
pub mod visibility;
pub mod words;

#[cfg(feature = "engine")]
pub use agency::{
    Actor, Agency, AgencySettings, Credentials, Directory, Message, NewPassword, Office, Session, SignIn, Source, Step,
};
pub use error::{Error, ErrorKind, Result, UnknownWord};
pub use finding::{Checked, Code, Finding, Locale, Param, Params, Severity, has_errors};
pub use id::{
    AccountId, AgencyId, ApplicationId, ContactId, EventId, GrantId, InvitationId, LinkId, MessageId, PartyId,
    RecordId, TieId, TokenId,
};
pub use policy::Policy;
pub use secret::Secret;
pub use words::{Method, PartyKind, Resource, Role, Stage, TieKind};

use time::OffsetDateTime;

/// Milliseconds since 1970: the precision of every moment that carekey keeps.
pub(crate) fn time_ms(moment: OffsetDateTime) -> i64 {
    i64::try_from(moment.unix_timestamp_nanos().div_euclid(1_000_000)).unwrap_or(i64::MAX)
}

/// The moment that many milliseconds after 1970, in UTC.
pub(crate) fn time_from_ms(ms: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000).ok()
}
