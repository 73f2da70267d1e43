//! Types that both languages have already: moments and identifiers.
//!
//! Nothing here can fail: UniFFI would answer a value that it cannot read
//! with the end of the app.

pub(crate) use carekey::{AccountId, ApplicationId, PartyId};
use time::{Duration, OffsetDateTime, PrimitiveDateTime};
pub(crate) use uuid::Uuid as Identifier;

/// A moment of carekey.
pub(crate) type Moment = OffsetDateTime;

uniffi::custom_type!(
    /// A moment, to the microsecond.
    Moment, i64, {
        remote,
        lower: |moment| microseconds(moment),
        try_lift: |microseconds| Ok(moment(microseconds)),
    }
);

uniffi::custom_type!(
    /// The identifier of a person or an organization.
    PartyId, String, {
        remote,
        lower: |id| id.to_string(),
        try_lift: |text| Ok(PartyId(identifier(&text))),
    }
);

uniffi::custom_type!(
    /// The identifier of a login.
    AccountId, String, {
        remote,
        lower: |id| id.to_string(),
        try_lift: |text| Ok(AccountId(identifier(&text))),
    }
);

uniffi::custom_type!(
    /// The identifier of a child-care application.
    ApplicationId, String, {
        remote,
        lower: |id| id.to_string(),
        try_lift: |text| Ok(ApplicationId(identifier(&text))),
    }
);

uniffi::custom_type!(
    /// The identifier of a party or of an application.
    Identifier, String, {
        remote,
        lower: |id| id.to_string(),
        try_lift: |text| Ok(identifier(&text)),
    }
);

/// Every moment of four digits of a year fits.
fn microseconds(moment: OffsetDateTime) -> i64 {
    i64::try_from(moment.unix_timestamp_nanos().div_euclid(1_000)).unwrap_or(i64::MAX)
}

/// A moment beyond the years that carekey knows is the last or the first that
/// it knows: in the far future, or long ago, either way.
fn moment(microseconds: i64) -> OffsetDateTime {
    let bound = if microseconds < 0 { PrimitiveDateTime::MIN } else { PrimitiveDateTime::MAX };
    OffsetDateTime::UNIX_EPOCH.checked_add(Duration::microseconds(microseconds)).unwrap_or(bound.assume_utc())
}

/// Both languages send a UUID, never anything else.
fn identifier(text: &str) -> Identifier {
    Identifier::parse_str(text).unwrap_or_default()
}
