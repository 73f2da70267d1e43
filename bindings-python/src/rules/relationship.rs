//! Relationships: what a party is, and the ties between two (R).

use carekey::relationship as core;
use carekey::{PartyKind, Role, TieKind};
use pyo3::prelude::*;

use crate::answers::{PartyFacts, Period, Tie};
use crate::arg::{Id, Many, Moment, Object, Word};
use crate::error::rule;
use crate::finding::Finding;
use crate::over::{Core, Over};

#[pymethods]
impl Period {
    /// Whether that moment lies within.
    fn in_force(&self, at: Moment) -> bool {
        self.core().in_force(at.0)
    }

    /// Whether there is a moment at which both are in force.
    fn overlaps(&self, other: Object<Period>) -> bool {
        self.core().overlaps(&other.over())
    }

    /// Whether it does not end before it begins.
    #[getter]
    fn valid(&self) -> bool {
        self.core().valid()
    }
}

/// Whether a person, or an organization, can have that role (R): None, or
/// ``party.role_unfit`` on the field ``roles``.
#[pyfunction]
pub(crate) fn role_fits(role: Word<Role>, kind: Word<PartyKind>) -> Option<Finding> {
    core::role_fits(role.0, kind.0).over()
}

/// The role that a tie gives to whoever has it while it is in force, and by
/// which it enrols them (R).
///
/// >>> from carekey.relationship import conveys
/// >>> conveys("payer"), conveys("guardian")
/// ('payer', None)
#[pyfunction]
pub(crate) fn conveys(kind: Word<TieKind>) -> Option<Word<Role>> {
    core::conveys(kind.0).over()
}

/// The roles that the ties of a party convey at that moment (R): they begin
/// and end with the ties, and are stored nowhere.
///
/// >>> from datetime import datetime, timezone
/// >>> from uuid import UUID
/// >>> from carekey.relationship import Period, Tie, conveyed
/// >>> begins_at = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
/// >>> ends_at = datetime(2026, 12, 1, tzinfo=timezone.utc)
/// >>> tie = Tie("payer", who=UUID(int=1), of=UUID(int=2), begins_at=begins_at, ends_at=ends_at)
/// >>> conveyed(UUID(int=1), [tie], begins_at), conveyed(UUID(int=1), [tie], ends_at)
/// (['payer'], [])
#[pyfunction]
pub(crate) fn conveyed(py: Python<'_>, who: Id, ties: Many<Object<Tie>>, at: Moment) -> PyResult<Vec<Word<Role>>> {
    let ties: Vec<core::Tie> = ties.over();
    rule(py, || core::conveyed(who.over(), &ties, at.0).over())
}

/// Whether a tie may be made (R): ``who`` is something to ``of``.
/// ``existing`` are the ties that are there already, any of them.
///
/// Findings: ``tie.to_itself``, ``tie.unfit`` for an end that cannot have this
/// part, ``tie.ends_before_it_begins``, ``tie.duplicate``.
///
/// >>> from datetime import datetime, timezone
/// >>> from uuid import UUID
/// >>> from carekey.relationship import PartyFacts, Period, check_tie
/// >>> sue = PartyFacts(UUID(int=1), roles=["client"])
/// >>> home = PartyFacts(UUID(int=2), kind="organization")
/// >>> period = Period(datetime(2026, 3, 1, tzinfo=timezone.utc))
/// >>> check_tie("community", who=home, of=sue, period=period)
/// []
/// >>> [finding.code for finding in check_tie("emergency_contact", who=home, of=sue, period=period)]
/// ['tie.unfit']
#[pyfunction]
#[pyo3(signature = (kind, *, who, of, period, existing = Many(Vec::new())),
    text_signature = "(kind, *, who, of, period, existing=())")]
pub(crate) fn check_tie(
    py: Python<'_>,
    kind: Word<TieKind>,
    who: Object<PartyFacts>,
    of: Object<PartyFacts>,
    period: Object<Period>,
    existing: Many<Object<Tie>>,
) -> PyResult<Vec<Finding>> {
    let existing: Vec<core::Tie> = existing.over();
    let (who, of, period) = (who.over(), of.over(), period.over());
    rule(py, || core::check_tie(kind.0, &who, &of, &period, &existing).over())
}
