//! Access snapshots (V): what an app decides by without a network.

use carekey::AccountId;
use carekey::snapshot::PublicKey;
use pyo3::prelude::*;

use super::sight::Sight;
use super::whose;
use crate::answers::Decision;
use crate::arg::{Id, Moment, Text, Word};
use crate::error::{rule, rule_or};
use crate::over::Over;
use crate::table::{Table, TableOf};

/// What one account may see, signed and dated: made by
/// :meth:`Agency.snapshot`, verified and asked here without a store.
#[pyclass(frozen, module = "carekey")]
pub(crate) struct Snapshot(carekey::snapshot::Snapshot);

#[pymethods]
impl Snapshot {
    /// Opens a snapshot of an agency for an account. ``key`` is the agency's
    /// public key (:attr:`Agency.snapshot_key`).
    ///
    /// Raises :class:`RefusedError` ``snapshot.malformed``,
    /// ``snapshot.newer``, ``snapshot.older``, ``snapshot.other_agency``, ``snapshot.forged``,
    /// ``snapshot.other_viewer``, ``snapshot.not_yet`` or
    /// ``snapshot.lapsed``; :class:`InvalidInput` ``snapshot.key``.
    #[staticmethod]
    #[pyo3(signature = (text, *, key, agency, account, now))]
    fn open(py: Python<'_>, text: Text, key: Text, agency: Text, account: Id, now: Moment) -> PyResult<Self> {
        rule_or(py, || {
            let key = PublicKey::parse(&key.0).into_result()?;
            carekey::snapshot::Snapshot::open(&text.0, &key, &agency.0, AccountId(account.0), now.0)
        })
        .map(Self)
    }

    /// Whether the viewer sees a resource at that moment, and why, as the
    /// server would say: of a party, of an application, or, with neither,
    /// their own.
    ///
    /// Raises :class:`RefusedError` ``snapshot.lapsed``, ``snapshot.not_yet``.
    #[pyo3(signature = (resource, *, party = None, application = None, at))]
    fn can_see(
        &self,
        py: Python<'_>,
        resource: Word<carekey::Resource>,
        party: Option<Id>,
        application: Option<Id>,
        at: Moment,
    ) -> PyResult<Decision> {
        let of = whose(py, party, application)?;
        rule_or(py, || self.0.can_see(resource.0, of, at.0)).map(Over::over)
    }

    /// Everything that the viewer sees at that moment: a table of
    /// :class:`Sight`.
    ///
    /// Raises :class:`RefusedError` as :meth:`can_see`.
    fn what(&self, py: Python<'_>, at: Moment) -> PyResult<TableOf<Sight>> {
        rule_or(py, || self.0.what(at.0)).map(Table::of)
    }

    /// Whom it is about.
    #[getter]
    fn account(&self) -> Id {
        Id(self.0.account().0)
    }

    /// When it was issued.
    #[getter]
    fn issued_at(&self) -> Moment {
        Moment(self.0.issued_at())
    }

    /// From when on it says nothing more; the moment itself is outside.
    #[getter]
    fn lapses_at(&self) -> Moment {
        Moment(self.0.lapses_at())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        rule(py, || format!("<Snapshot for {} until {}>", self.0.account(), self.0.lapses_at()))
    }
}
