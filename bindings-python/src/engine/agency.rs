//! One agency: signing in and all its steps, recovery, invitations, and who
//! sees what.

use carekey::agency::Sending;
use pyo3::prelude::*;

use super::directory::Open;
use super::settings::{Actor, AgencySettings};
use super::{Office, Outbox};
use crate::arg::{Count, Id, Object, Text, Word};
use crate::error::run;
use crate::over::Over;
use crate::record::Row;
use crate::table::PagesOf;

/// One tenant of a directory. A cheap handle; keep it, share it between
/// threads.
#[pyclass(frozen, module = "carekey")]
pub(crate) struct Agency(pub(crate) Open<carekey::Agency>);

impl Agency {
    pub(super) fn get(&self, py: Python<'_>) -> PyResult<carekey::Agency> {
        self.0.get(py)
    }

    pub(super) fn pages<R: Row, Core: Over<R> + Send + Sync + 'static>(
        &self,
        size: Count,
        begin: impl Fn(&carekey::Agency) -> carekey::agency::Each<Core> + Send + Sync + 'static,
    ) -> PagesOf<R> {
        let handle = self.0.clone();
        PagesOf::new(size.0, move |py| Ok(begin(&handle.get(py)?)))
    }
}

#[pymethods]
impl Agency {
    /// The code by which the directory knows it.
    #[getter]
    fn code(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.0.get(py)?.code().to_owned())
    }

    /// Its identifier.
    #[getter]
    fn id(&self, py: Python<'_>) -> PyResult<Id> {
        Ok(Id(self.0.get(py)?.id().0))
    }

    /// Its settings as they are now.
    #[getter]
    fn settings(&self, py: Python<'_>) -> PyResult<AgencySettings> {
        let agency = self.0.get(py)?;
        run(py, || agency.settings()).map(AgencySettings)
    }

    /// The office of this agency with someone acting. ``source`` is from where
    /// they come, as the histories show it.
    ///
    /// Where ``send`` is ``"later"``, those whom it enrols are sent their first
    /// message later (I10): accounts are made whole, but no link, password or
    /// message of theirs exists until :meth:`Office.send_staged`, so that
    /// nothing is over while they wait; families and their applications are
    /// added, and not invited yet.
    #[pyo3(signature = (actor, *, source = None, send = Word(Sending::Now)), text_signature = "($self, actor, *, source=None, send='now')")]
    fn acting_as(&self, actor: Object<Actor>, source: Option<Text>, send: Word<Sending>) -> Office {
        let (agency, actor) = (self.0.clone(), actor.0.get().0.clone());
        Office { agency, actor, source: super::source(source), sending: send.0 }
    }

    /// The messages that wait to be sent.
    #[getter]
    fn outbox(&self) -> Outbox {
        Outbox(self.0.clone())
    }

    /// The public key of the agency's snapshots, to be built into its apps.
    #[getter]
    fn snapshot_key(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.0.get(py)?.snapshot_key().to_string())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Agency {}>", self.0.get(py)?.code()))
    }
}
