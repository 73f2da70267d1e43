//! A clock that can be moved forward: fourteen days are long to wait for.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use carekey::agency::{Environment, SystemEnvironment};
use rand::CryptoRng;
use time::{Duration, OffsetDateTime};

/// The system's time and randomness, and so many seconds later.
#[derive(Clone, Default)]
pub struct Clock {
    ahead_seconds: Arc<AtomicI64>,
}

impl Clock {
    /// Lets this much time pass.
    pub fn forward(&self, by: Duration) {
        self.ahead_seconds.fetch_add(by.whole_seconds(), Ordering::Relaxed);
    }
}

impl Environment for Clock {
    fn now(&self) -> OffsetDateTime {
        SystemEnvironment.now() + Duration::seconds(self.ahead_seconds.load(Ordering::Relaxed))
    }

    fn randomness(&self) -> carekey::Result<Box<dyn CryptoRng>> {
        SystemEnvironment.randomness()
    }
}
