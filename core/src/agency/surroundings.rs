//! What the engine takes from the world: the time and randomness.

use rand::rngs::{StdRng, SysRng};
use rand::{CryptoRng, SeedableRng};
use time::OffsetDateTime;

use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;

/// The time and randomness, as the engine takes them. Tests give their own.
pub trait Surroundings: Send + Sync + 'static {
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
pub struct SystemSurroundings;

impl Surroundings for SystemSurroundings {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }

    fn randomness(&self) -> Result<Box<dyn CryptoRng>> {
        let rng = StdRng::try_from_rng(&mut SysRng).map_err(|_| Error::new(ErrorKind::Internal, Code::Internal))?;
        Ok(Box::new(rng))
    }
}
