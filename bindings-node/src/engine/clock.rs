//! A clock for the tests of hosts.

use carekey::agency::ManualClock;
use napi_derive::napi;
use time::{Duration, OffsetDateTime};

use crate::border::{guard, malformed};

/// A clock that a host's test moves by hand.
#[napi]
pub struct Clock {
    pub(super) clock: ManualClock,
}

#[napi]
impl Clock {
    #[napi(factory)]
    pub fn at(ms: f64) -> napi::Result<Self> {
        guard(|| {
            let now = OffsetDateTime::UNIX_EPOCH.checked_add(Duration::milliseconds(ms as i64));
            Ok(Self { clock: ManualClock::new(now.ok_or_else(|| malformed("now", "a Date"))?) })
        })
    }

    #[napi]
    pub fn advance(&self, ms: f64) {
        self.clock.advance(Duration::milliseconds(ms as i64));
    }
}
