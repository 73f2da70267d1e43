//! What the engine takes from the world: the time and randomness.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};

use rand::rngs::{StdRng, SysRng};
use rand::{CryptoRng, SeedableRng};
use time::{Duration, OffsetDateTime};

use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;

/// The time and randomness, as the engine takes them. Tests give their own.
pub trait Environment: Send + Sync + 'static {
    /// The moment it is.
    fn now(&self) -> OffsetDateTime;

    /// A source of randomness for one act, unpredictable to anyone.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Internal`] where the system has none to give.
    fn randomness(&self) -> Result<Box<dyn CryptoRng>>;
}

/// The system's clock and the system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEnvironment;

impl Environment for SystemEnvironment {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }

    fn randomness(&self) -> Result<Box<dyn CryptoRng>> {
        let rng = StdRng::try_from_rng(&mut SysRng).map_err(|_| Error::new(ErrorKind::Internal, Code::Internal))?;
        Ok(Box::new(rng))
    }
}

/// A clock that stands still until it is moved, with the system's randomness:
/// for the tests of a host, who want to see what 15 days do.
///
/// Clones are the same clock. It keeps milliseconds.
///
/// ```
/// use carekey::agency::{ManualClock, Environment};
/// use time::{Duration, macros::datetime};
///
/// let clock = ManualClock::new(datetime!(2026-03-02 09:00 UTC));
/// let directory = carekey::Directory::open_with("memory:", &[7; 32], clock.clone())?;
/// clock.advance(Duration::days(15));
/// assert_eq!(clock.now(), datetime!(2026-03-17 09:00 UTC));
/// # Ok::<(), carekey::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct ManualClock {
    ms: Arc<AtomicI64>,
}

impl ManualClock {
    /// A clock that shows this moment.
    pub fn new(now: OffsetDateTime) -> Self {
        Self { ms: Arc::new(AtomicI64::new(crate::time_ms(now))) }
    }

    /// Moves it, forwards or (below zero) backwards.
    pub fn advance(&self, by: Duration) {
        self.ms.fetch_add(i64::try_from(by.whole_milliseconds()).unwrap_or(0), SeqCst);
    }
}

impl Environment for ManualClock {
    fn now(&self) -> OffsetDateTime {
        crate::time_from_ms(self.ms.load(SeqCst)).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    fn randomness(&self) -> Result<Box<dyn CryptoRng>> {
        SystemEnvironment.randomness()
    }
}
