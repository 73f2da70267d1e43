//! A directory: all that one store holds, many agencies.

use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

use carekey::agency::SystemEnvironment;
use carekey::{Code, Error, ErrorKind};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::Agency;
use super::settings::{Actor, AgencySettings, HashingLimits, ManualClock};
use crate::arg::{Bytes, Object, Text};
use crate::error::{raise, run};

/// A handle that `Directory.close` can take away from whoever holds it.
#[derive(Clone)]
pub(crate) struct Open<T>(Arc<RwLock<Option<T>>>);

impl<T: Clone> Open<T> {
    fn new(value: T) -> Self {
        Self(Arc::new(RwLock::new(Some(value))))
    }

    /// What it is a handle of, while the directory is open.
    pub(crate) fn get(&self, py: Python<'_>) -> PyResult<T> {
        let value = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        value.ok_or_else(|| raise(py, Error::new(ErrorKind::Store, Code::DirectoryClosed)))
    }
}

fn close<T>(handle: &RwLock<Option<T>>) {
    handle.write().unwrap_or_else(PoisonError::into_inner).take();
}

/// All that one store holds: many agencies, none of which sees another.
///
/// Share it between threads; several processes may open the same SQLite file.
/// It is a context manager, and closes the file at the end.
///
/// >>> from carekey import Actor, AgencySettings, Directory
/// >>> with Directory.open("memory:", key=bytes(32)) as directory:
/// ...     settings = AgencySettings("104", "Harbor Home Care", "https://portal.example.com")
/// ...     agency = directory.create_agency(settings, actor=Actor.support("Pat Long"))
/// ...     agency.code
/// '104'
#[pyclass(frozen, module = "carekey")]
pub(crate) struct Directory {
    directory: Open<carekey::Directory>,
    agencies: Mutex<Vec<Weak<RwLock<Option<carekey::Agency>>>>>,
}

impl Directory {
    fn handle(&self, agency: carekey::Agency) -> Agency {
        let handle = Open::new(agency);
        let mut agencies = self.agencies.lock().unwrap_or_else(PoisonError::into_inner);
        // Those that nobody holds any more are forgotten as the list grows.
        if agencies.len() == agencies.capacity() {
            agencies.retain(|agency| agency.strong_count() > 0);
        }
        agencies.push(Arc::downgrade(&handle.0));
        Agency(handle)
    }
}

#[pymethods]
impl Directory {
    /// Opens the directory at that address, and makes it where there is none:
    /// ``sqlite:FILE``, ``postgres://…`` or ``memory:``. The key is 32 bytes that the host
    /// keeps elsewhere; a directory opens only with the key it was made with.
    /// A ``clock`` of one's own is for tests.
    ///
    /// ``hashing_limits`` is what a password hash may cost here at most,
    /// whatever an agency sets (P6).
    ///
    /// Raises :class:`ConfigurationError` ``key.length``, ``key.wrong``,
    /// ``store.address``; :class:`StoreError` ``store.newer``,
    /// ``store.damaged``, ``store.unavailable``. Nothing is written then.
    #[staticmethod]
    #[pyo3(signature = (address, *, key, clock = None, hashing_limits = None))]
    fn open(
        py: Python<'_>,
        address: Text,
        key: Bytes,
        clock: Option<Object<ManualClock>>,
        hashing_limits: Option<Object<HashingLimits>>,
    ) -> PyResult<Self> {
        let clock = clock.map(|clock| clock.0.get().0.clone());
        let limits = hashing_limits.map(|limits| limits.0.get().core()).unwrap_or_default();
        let directory = run(py, || match clock {
            Some(clock) => carekey::Directory::open_within(&address.0, &key.0, clock, limits),
            None => carekey::Directory::open_within(&address.0, &key.0, SystemEnvironment, limits),
        })?;
        Ok(Self { directory: Open::new(directory), agencies: Mutex::default() })
    }

    /// Makes a new agency. Only support does.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed``; :class:`InvalidInput`
    /// ``agency.exists``, or with the findings about the settings.
    #[pyo3(signature = (settings, *, actor))]
    fn create_agency(
        &self,
        py: Python<'_>,
        settings: Object<AgencySettings>,
        actor: Object<Actor>,
    ) -> PyResult<Agency> {
        let (directory, settings) = (self.directory.get(py)?, settings.0.get().0.clone());
        run(py, || directory.create_agency(settings, &actor.0.get().0)).map(|agency| self.handle(agency))
    }

    /// The agency that is known by this code.
    ///
    /// Raises :class:`NotFound` ``agency.not_found``.
    fn agency(&self, py: Python<'_>, code: Text) -> PyResult<Agency> {
        let directory = self.directory.get(py)?;
        run(py, || directory.agency(&code.0)).map(|agency| self.handle(agency))
    }

    /// All agencies, by code.
    fn agencies(&self, py: Python<'_>) -> PyResult<Vec<Agency>> {
        let directory = self.directory.get(py)?;
        let agencies = run(py, || directory.agencies())?;
        Ok(agencies.into_iter().map(|agency| self.handle(agency)).collect())
    }

    /// How many password hashes this handle has computed: for tests of timing
    /// parity, which count instead of measuring.
    fn hash_operations(&self, py: Python<'_>) -> PyResult<u64> {
        Ok(self.directory.get(py)?.hash_operations())
    }

    /// Closes it. Whatever came of it raises ``directory.closed`` from then
    /// on. Closing twice is no fault.
    fn close(&self) {
        close(&self.directory.0);
        let mut agencies = self.agencies.lock().unwrap_or_else(PoisonError::into_inner);
        agencies.drain(..).filter_map(|agency| agency.upgrade()).for_each(|agency| close(&agency));
    }

    fn __enter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    #[pyo3(signature = (*_exception: "object"))]
    fn __exit__(&self, _exception: &Bound<'_, PyTuple>) {
        self.close();
    }
}
