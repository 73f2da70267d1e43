//! From a moment until a moment.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// From a moment, and until one or open-ended (rule R).
///
/// The first moment is inside, the last one outside: of two ties of which one
/// ends when the other begins, exactly one is in force at every moment.
///
/// ```
/// use carekey::relationship::Period;
/// use time::macros::datetime;
///
/// let march = Period {
///     begins_at: datetime!(2026-03-01 00:00 UTC),
///     ends_at: Some(datetime!(2026-04-01 00:00 UTC)),
/// };
/// assert!(march.in_force(datetime!(2026-03-01 00:00 UTC)));
/// assert!(!march.in_force(datetime!(2026-04-01 00:00 UTC)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// From this moment on, itself included.
    #[serde(with = "time::serde::rfc3339")]
    pub begins_at: OffsetDateTime,
    /// Until this moment, itself excluded; nothing for no end.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "time::serde::rfc3339::option")]
    pub ends_at: Option<OffsetDateTime>,
}

impl Period {
    /// Whether that moment lies within.
    pub fn in_force(&self, at: OffsetDateTime) -> bool {
        self.begins_at <= at && self.ends_at.is_none_or(|end| at < end)
    }

    /// Whether there is a moment at which both are in force.
    pub fn overlaps(&self, other: &Self) -> bool {
        // The later of the two beginnings is in both, or nothing is.
        let begins_at = self.begins_at.max(other.begins_at);
        self.in_force(begins_at) && other.in_force(begins_at)
    }

    /// Whether it does not end before it begins.
    ///
    /// It may end at the moment it begins: that is how something is called off
    /// before its time, or at once. It is then never in force.
    pub fn valid(&self) -> bool {
        self.ends_at.is_none_or(|end| self.begins_at <= end)
    }
}
