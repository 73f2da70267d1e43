#![doc = include_str!("../../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod account;
#[cfg(feature = "engine")]
pub mod agency;
#[cfg(feature = "engine")]
mod description;
pub mod error;
pub mod finding;
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

// The examples of the guide are compiled with the others.
#[cfg(all(doctest, feature = "sqlite"))]
mod guide {
    #[doc = include_str!("../../docs/rosters.md")]
    struct Rosters;
    #[doc = include_str!("../../docs/first-login.md")]
    struct FirstLogin;
    #[doc = include_str!("../../docs/invitations.md")]
    struct Invitations;
    #[doc = include_str!("../../docs/who-sees-what.md")]
    struct WhoSeesWhat;
    #[doc = include_str!("../../docs/office.md")]
    struct Office;
    #[doc = include_str!("../../docs/messages.md")]
    struct Messages;
    #[doc = include_str!("../../docs/stores.md")]
    struct Stores;
    #[doc = include_str!("../../docs/rules-alone.md")]
    struct RulesAlone;
}

/// Milliseconds since 1970: the precision of every moment that carekey keeps.
pub(crate) fn time_ms(moment: OffsetDateTime) -> i64 {
    i64::try_from(moment.unix_timestamp_nanos().div_euclid(1_000_000)).unwrap_or(i64::MAX)
}

/// The moment that many milliseconds after 1970, in UTC.
pub(crate) fn time_from_ms(ms: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000).ok()
}
