//! A moment, as it is given: what JSON makes of a `Date`.

use core::fmt;

use serde::de::{Deserialize, Deserializer, Visitor};
use time::{Duration, OffsetDateTime};

/// By which name a moment is asked for.
pub(super) const NAME: &str = "Moment";

/// A moment that is given.
#[derive(Clone, Copy)]
pub(crate) struct Moment(pub(crate) OffsetDateTime);

impl Moment {
    /// That of a valid `Date`, by its milliseconds, where JSON writes its year with
    /// four digits.
    pub(crate) fn of_date(ms: f64) -> Option<Self> {
        let since = ms.is_finite().then_some(Duration::milliseconds(ms as i64))?;
        let moment = OffsetDateTime::UNIX_EPOCH.checked_add(since)?;
        (0..=9999).contains(&moment.year()).then_some(Self(moment))
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NAME, Named).map(Self)
    }
}

struct Named;

impl<'de> Visitor<'de> for Named {
    type Value = OffsetDateTime;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Date")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        time::serde::rfc3339::deserialize(deserializer)
    }
}
