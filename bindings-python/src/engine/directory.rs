//! A directory: all that one store holds, many agencies.

use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

use carekey::agency::SystemEnvironment;
use carekey::{Code, Error, ErrorKind};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::Agency;
use super::settings::{Actor, AgencySettings, HashingLimits, ManualClock};
use crate::answers::{AgencyExport, AgencyRow, HistoryExport};
use crate::arg::{Bytes, FilePath, Object, Text};
use crate::error::{raise, run};
use crate::over::Over;

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
    /// ``agency.exists``, ``agency.deleted`` where one of that code was deleted or is being so
    /// (A9), or with the findings about the settings.
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

    /// The agency that is known by this code. One that is suspended is found; what is
    /// asked of it is refused (A9).
    ///
    /// Raises :class:`NotFound` ``agency.not_found``, ``agency.deleted``.
    fn agency(&self, py: Python<'_>, code: Text) -> PyResult<Agency> {
        let directory = self.directory.get(py)?;
        run(py, || directory.agency(&code.0)).map(|agency| self.handle(agency))
    }

    /// All agencies that are not suspended, by code: those that a job of the host's has
    /// work in. :meth:`agency_rows` has every one.
    fn agencies(&self, py: Python<'_>) -> PyResult<Vec<Agency>> {
        let directory = self.directory.get(py)?;
        let agencies = run(py, || directory.agencies())?;
        Ok(agencies.into_iter().map(|agency| self.handle(agency)).collect())
    }

    /// Every agency that there is or was, by code: those that are suspended and the
    /// notes of those that were deleted too (A9).
    fn agency_rows(&self, py: Python<'_>) -> PyResult<Vec<AgencyRow>> {
        let directory = self.directory.get(py)?;
        run(py, || directory.agency_rows()).map(Over::over)
    }

    /// Suspends an agency: nothing is decided in it and nobody gets in until it is
    /// resumed, by handles that were opened before either (A9). Sign-in and recovery
    /// answer as to a name that nobody has; all else is refused with
    /// ``agency.suspended``. Nothing ends by it: sessions, links and messages wait, as
    /// long as they are good for. What an app holds of it in a snapshot lasts as long
    /// as the snapshot does. Of the reason 500 characters are kept.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed`` but for support, ``agency.suspended``
    /// where it is already; :class:`NotFound` ``agency.not_found``, ``agency.deleted``.
    #[pyo3(signature = (code, *, reason = Text(String::new()), actor), text_signature = "($self, code, *, reason='', actor)")]
    fn suspend_agency(&self, py: Python<'_>, code: Text, reason: Text, actor: Object<Actor>) -> PyResult<()> {
        let directory = self.directory.get(py)?;
        run(py, || directory.suspend_agency(&code.0, &reason.0, &actor.0.get().0))
    }

    /// Takes a suspended agency up again: everything goes on where it was (A9).
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed`` but for support; :class:`InvalidInput`
    /// ``agency.not_suspended``; :class:`NotFound` ``agency.not_found``, ``agency.deleted``.
    #[pyo3(signature = (code, *, actor))]
    fn resume_agency(&self, py: Python<'_>, code: Text, actor: Object<Actor>) -> PyResult<()> {
        let directory = self.directory.get(py)?;
        run(py, || directory.resume_agency(&code.0, &actor.0.get().0))
    }

    /// Writes out everything that an agency has, into a new file of JSON lines, readable
    /// and without a secret (A9). Its history says so first. The file is there whole, or
    /// not at all, and its owner alone can read it; :func:`carekey.verify_export`
    /// verifies it.
    ///
    /// Of an agency that is not suspended it has what was there when its piece was
    /// read, and may not hold together.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed`` but for support; :class:`NotFound`
    /// ``agency.not_found``, ``agency.deleted``; :class:`StoreError` ``export.failed``, also
    /// where there is such a file already.
    #[pyo3(signature = (code, path, *, actor))]
    fn export_agency(
        &self,
        py: Python<'_>,
        code: Text,
        path: FilePath,
        actor: Object<Actor>,
    ) -> PyResult<AgencyExport> {
        let directory = self.directory.get(py)?;
        run(py, || directory.export_agency_to(&code.0, &path.0, &actor.0.get().0)).map(Over::over)
    }

    /// Deletes a suspended agency for good: every row of it, in pieces, but the note of
    /// its name, and of who deleted it when and by which export, under a code that is
    /// not given again (A9). Asked for is the file of an export of it as it is now: one
    /// of before anything was changed, another export among it, is none.
    ///
    /// Killed in the middle, the agency stays suspended, and is deleted by calling it
    /// again with the same export.
    ///
    /// Raises :class:`NotAllowed` ``actor.not_allowed`` but for support; :class:`InvalidInput`
    /// ``agency.not_suspended``, ``agency.not_exported``; :class:`NotFound`
    /// ``agency.not_found``, ``agency.deleted``; :class:`StoreError` ``export.failed``.
    #[pyo3(signature = (code, path, *, actor))]
    fn delete_agency(&self, py: Python<'_>, code: Text, path: FilePath, actor: Object<Actor>) -> PyResult<()> {
        let directory = self.directory.get(py)?;
        run(py, || directory.delete_agency_by(&code.0, &path.0, &actor.0.get().0))
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

/// Whether the file of an export is as it was written, and every history in it (A9, H):
/// with the directory's key, and nothing else. Gives what is in it. All histories are
/// in memory meanwhile.
///
/// Raises :class:`ConfigurationError` ``key.length``; :class:`InvalidInput`
/// ``export.malformed`` with the number of the ``line``; :class:`StoreError`
/// ``history.broken``, ``history.cut``, ``history.removed``, ``export.broken``, ``export.failed``.
#[pyfunction]
#[pyo3(signature = (path, *, key))]
pub(crate) fn verify_export(py: Python<'_>, path: FilePath, key: Bytes) -> PyResult<AgencyExport> {
    run(py, || carekey::agency::verify_export_at(&path.0, &key.0)).map(Over::over)
}

/// Whether an export of histories is as it was written, with the directory's key and
/// nothing else (H): that nothing within its span was changed, left out, added or put
/// in another order, and which span that is. Gives what is in it.
///
/// Raises :class:`ConfigurationError` ``key.length``; :class:`InvalidInput`
/// ``export.malformed`` with the number of the ``line``; :class:`StoreError`
/// ``history.broken``, ``export.broken``, ``export.failed``.
#[pyfunction]
#[pyo3(signature = (path, *, key))]
pub(crate) fn verify_history_export(py: Python<'_>, path: FilePath, key: Bytes) -> PyResult<HistoryExport> {
    run(py, || carekey::agency::verify_history_export_at(&path.0, &key.0)).map(Over::over)
}
