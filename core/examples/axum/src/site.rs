//! The agency of the portal, and the one door to it.

use std::sync::Arc;

use carekey::{Agency, Code, Error, ErrorKind};

use crate::Problem;

/// What every request shares: cheap to clone.
#[derive(Clone)]
pub struct Site {
    agency: Agency,
    /// Origins of other sites that may send what changes something.
    pub(crate) origins: Arc<[String]>,
}

impl Site {
    /// The site of an agency.
    pub fn new(agency: Agency) -> Self {
        Self { agency, origins: Arc::new([]) }
    }

    /// The same, which takes forms of these origins too: `https://www.example.com`.
    pub fn with_origins(self, origins: impl IntoIterator<Item = String>) -> Self {
        Self { origins: origins.into_iter().collect(), ..self }
    }

    /// Does work on the agency in a thread of its own, so that the runtime goes
    /// on while a password is hashed or the store is waited for. Tokio has 512
    /// such threads at most, and carekey bounds the memory of all hashes
    /// together (P6). Work that has begun is done also where the visitor goes.
    ///
    /// # Errors
    ///
    /// Those of the work; `internal.fault` where it panicked.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Agency) -> carekey::Result<T> + Send + 'static,
    ) -> Result<T, Problem> {
        let agency = self.agency.clone();
        let done = tokio::task::spawn_blocking(move || work(&agency)).await;
        done.unwrap_or_else(|_| Err(Error::new(ErrorKind::Internal, Code::Internal))).map_err(Problem)
    }
}
