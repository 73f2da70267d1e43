//! How long a session or a step is good (E5, E6).

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::policy::SessionPolicy;

/// The life of one token: a session, or a step that was begun (E5, E6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenLife {
    /// When it ends, used or not.
    #[serde(with = "time::serde::rfc3339")]
    pub expires_at: OffsetDateTime,
    /// When it was last used.
    #[serde(with = "time::serde::rfc3339")]
    pub used_at: OffsetDateTime,
    /// How long it may be left unused, in milliseconds; nothing: as long as it lasts.
    pub idle_ms: Option<i64>,
    /// The account's epoch when it was made: all of an older epoch have ended.
    pub epoch: i64,
    /// Whether it was ended.
    pub ended: bool,
}

impl TokenLife {
    /// A new session (E5): an idle and an absolute limit, or with "remember
    /// me" so many days, used or not.
    ///
    /// ```
    /// use carekey::{account::TokenLife, policy::SessionPolicy};
    /// use time::macros::datetime;
    ///
    /// let now = datetime!(2026-11-22 9:00 UTC);
    /// let life = TokenLife::session(&SessionPolicy::default(), false, now, 0);
    /// assert!(life.is_live(0, datetime!(2026-11-22 9:14:59.999 UTC)));
    /// assert!(!life.is_live(0, datetime!(2026-11-22 9:15 UTC)));
    /// ```
    pub fn session(policy: &SessionPolicy, remember: bool, now: OffsetDateTime, epoch: i64) -> Self {
        let (lasts, idle_ms) = if remember && policy.remember_days > 0 {
            (Duration::days(policy.remember_days.into()), None)
        } else {
            (Duration::hours(policy.absolute_hours.into()), Some(i64::from(policy.idle_minutes) * 60_000))
        };
        Self { expires_at: now.saturating_add(lasts), used_at: now, idle_ms, epoch, ended: false }
    }

    /// A new step that lasts so long.
    pub fn step(lasts: Duration, now: OffsetDateTime, epoch: i64) -> Self {
        Self { expires_at: now.saturating_add(lasts), used_at: now, idle_ms: None, epoch, ended: false }
    }

    /// Whether it is good at that moment, for an account of that epoch. The
    /// moment of a limit itself is outside.
    pub fn is_live(&self, epoch: i64, now: OffsetDateTime) -> bool {
        let idle = self.idle_ms.map(Duration::milliseconds);
        !self.ended && self.epoch == epoch && now < self.expires_at && idle.is_none_or(|idle| now - self.used_at < idle)
    }
}
