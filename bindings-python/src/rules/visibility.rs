//! Who sees what, and why (V).

use carekey::visibility as core;
use carekey::{ApplicationId, PartyId, Resource};
use pyo3::prelude::*;

use super::visibility;
use crate::answers::{Decision, Grant, PartyFacts, Tie};
use crate::arg::{Flag, Id, Many, Moment, Object, Word};
use crate::engine::settings::Policy;
use crate::error::rule;
use crate::over::Over;
use crate::value::json_value;

/// Someone who looks: an account and all that it is linked to. Ties and grants
/// that are not of one of the parties, or not in force, count for nothing. They
/// are put in order when it is made, so that each decision costs the same
/// however many there are.
#[pyclass(frozen, eq, module = "carekey")]
#[derive(PartialEq)]
pub(crate) struct Viewer(core::PreparedViewer);

impl Viewer {
    pub(crate) fn look<R>(&self, look: impl FnOnce(&core::Viewer) -> R) -> R {
        look(self.0.viewer())
    }
}

#[pymethods]
impl Viewer {
    #[new]
    #[pyo3(signature = (*, active, parties = Many(Vec::new()), ties = Many(Vec::new()), grants = Many(Vec::new()),
        applications = Many(Vec::new())),
        text_signature = "(*, active, parties=(), ties=(), grants=(), applications=())")]
    fn new(
        active: Flag,
        parties: Many<Object<PartyFacts>>,
        ties: Many<Object<Tie>>,
        grants: Many<Object<Grant>>,
        applications: Many<Id>,
    ) -> Self {
        let viewer = core::Viewer {
            active: active.0,
            parties: parties.over(),
            ties: ties.over(),
            grants: grants.over(),
            applications: applications.over(),
        };
        Self(viewer.into())
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        crate::record::repr(slf.as_any(), "Viewer", &["active", "parties", "ties", "grants", "applications"])
    }
}

json_value! { key Viewer: viewer => viewer.0.viewer(), |viewer: core::Viewer| Self(viewer.into()) }

/// Whose it is that a viewer asks to see.
#[pyclass(frozen, eq, module = "carekey")]
#[derive(PartialEq, Clone, Copy)]
pub(crate) struct Of(core::Of);

#[pymethods]
impl Of {
    /// The viewer's own: the page they land on, their profile, all their
    /// linked applications.
    #[staticmethod]
    fn own() -> Self {
        Self(core::Of::Own)
    }

    /// That of a party. Where it is one of the viewer's, it is their own.
    #[staticmethod]
    fn party(party: Object<PartyFacts>) -> Self {
        Self(core::Of::from(&party.over()))
    }

    /// That of an application.
    #[staticmethod]
    fn application(id: Id) -> Self {
        Self(core::Of::Application(ApplicationId(id.0)))
    }

    /// `own`, `party` or `application`.
    #[getter]
    fn kind(&self) -> &'static str {
        match self.0 {
            core::Of::Own => "own",
            core::Of::Party { .. } => "party",
            core::Of::Application(_) => "application",
        }
    }

    /// Which party or application; None for one's own.
    #[getter]
    fn id(&self) -> Option<Id> {
        match self.0 {
            core::Of::Own => None,
            core::Of::Party { id: PartyId(id), .. } | core::Of::Application(ApplicationId(id)) => Some(Id(id)),
        }
    }

    /// Whether it is a party that is a client: no other has anything to be
    /// seen by others.
    #[getter]
    fn client(&self) -> bool {
        matches!(self.0, core::Of::Party { client: true, .. })
    }

    fn __repr__(&self) -> String {
        match self.0 {
            core::Of::Own => "Of.own()".to_owned(),
            core::Of::Party { id, .. } => format!("<Of party {id}>"),
            core::Of::Application(id) => format!("Of.application('{id}')"),
        }
    }
}

json_value! { key Of: of => &of.0, Of }

/// How much of a resource a viewer sees at that moment (V); None for not at
/// all. It is :func:`decide` without the reasons.
#[pyfunction]
#[pyo3(signature = (viewer, resource, of, *, at, policy = None))]
pub(crate) fn sees(
    py: Python<'_>,
    viewer: Object<Viewer>,
    resource: Word<Resource>,
    of: Object<Of>,
    at: Moment,
    policy: Option<Object<Policy>>,
) -> PyResult<Option<Word<core::Scope>>> {
    let policy = visibility(policy.as_ref());
    rule(py, || viewer.0.get().0.sees(resource.0, of.0.get().0, policy, at.0).map(Word))
}

/// Whether, how much and why a viewer sees a resource at that moment (V). The
/// policy says which cells the agency took away.
///
/// >>> from datetime import datetime, timezone
/// >>> from uuid import UUID
/// >>> from carekey.relationship import PartyFacts, Tie
/// >>> from carekey.visibility import Of, Viewer, decide
/// >>> at = datetime(2026, 3, 14, 9, tzinfo=timezone.utc)
/// >>> sue, tom = PartyFacts(UUID(int=1), roles=["client"]), PartyFacts(UUID(int=2))
/// >>> tie = Tie("emergency_contact", who=tom.id, of=sue.id, begins_at=at)
/// >>> viewer = Viewer(active=True, parties=[tom], ties=[tie])
/// >>> decide(viewer, "calendar", Of.party(sue), at=at).allowed
/// True
/// >>> plan = decide(viewer, "service_plan", Of.party(sue), at=at)
/// >>> plan.because[0].message()
/// 'as emergency contact, they never see this of another: service plan'
#[pyfunction]
#[pyo3(signature = (viewer, resource, of, *, at, policy = None))]
pub(crate) fn decide(
    py: Python<'_>,
    viewer: Object<Viewer>,
    resource: Word<Resource>,
    of: Object<Of>,
    at: Moment,
    policy: Option<Object<Policy>>,
) -> PyResult<Decision> {
    let policy = visibility(policy.as_ref());
    rule(py, || viewer.0.get().0.decide(resource.0, of.0.get().0, policy, at.0).over())
}

/// Everything that a viewer sees at that moment, of their own and of the
/// others given (V): the resource, whose it is, and the decision. Their own
/// comes first; what is not seen is not listed.
#[pyfunction]
#[pyo3(signature = (viewer, others, *, at, policy = None))]
pub(crate) fn what_can_see(
    py: Python<'_>,
    viewer: Object<Viewer>,
    others: Many<Object<Of>>,
    at: Moment,
    policy: Option<Object<Policy>>,
) -> PyResult<Vec<(Word<Resource>, Of, Decision)>> {
    let policy = visibility(policy.as_ref());
    let others: Vec<core::Of> = others.0.iter().map(|of| of.0.get().0).collect();
    rule(py, || {
        let seen = viewer.0.get().0.what_can_see(others, policy, at.0);
        seen.into_iter().map(|(resource, of, decision)| (Word(resource), Of(of), decision.over())).collect()
    })
}

/// Everyone among the viewers given who sees a resource at that moment (V),
/// with the decision, in the order given. Each comes as a pair of whatever the
/// host knows them by, and the viewer.
#[pyfunction]
#[pyo3(signature = (resource, of, viewers, *, at, policy = None))]
pub(crate) fn who_can_see(
    py: Python<'_>,
    resource: Word<Resource>,
    of: Object<Of>,
    viewers: Many<(Py<PyAny>, Object<Viewer>)>,
    at: Moment,
    policy: Option<Object<Policy>>,
) -> PyResult<Vec<(Py<PyAny>, Decision)>> {
    let policy = visibility(policy.as_ref());
    rule(py, || {
        let viewers = viewers.0.iter().map(|(id, viewer)| (id, viewer.0.get().0.viewer()));
        let seen = core::who_can_see(resource.0, of.0.get().0, viewers, policy, at.0);
        seen.into_iter().map(|(id, decision)| (id.clone_ref(py), decision.over())).collect()
    })
}
