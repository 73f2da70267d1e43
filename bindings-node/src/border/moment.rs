//! A moment, as it is given: what JSON makes of a `Date`.

use core::fmt;

use serde::de::{Deserializer, Visitor};
use time::OffsetDateTime;

/// By which name a moment is asked for.
pub(super) const NAME: &str = "Moment";

/// Reads a moment.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<OffsetDateTime, D::Error> {
    deserializer.deserialize_newtype_struct(NAME, Moment)
}

/// The same, where there may be none.
pub(crate) mod option {
    use super::{Deserializer, Moment, NAME, OffsetDateTime, Visitor, fmt};

    struct Perhaps;

    impl<'de> Visitor<'de> for Perhaps {
        type Value = Option<OffsetDateTime>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a Date, or nothing")
        }

        fn visit_none<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
            deserializer.deserialize_newtype_struct(NAME, Moment).map(Some)
        }
    }

    /// Reads it.
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<OffsetDateTime>, D::Error> {
        deserializer.deserialize_option(Perhaps)
    }
}

struct Moment;

impl<'de> Visitor<'de> for Moment {
    type Value = OffsetDateTime;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Date")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        time::serde::rfc3339::deserialize(deserializer)
    }
}
