//! Decisions on who sees what, as results.

use carekey::visibility::{self as core, Whose};

use crate::answers::{Decision, Grant, Tie};
use crate::arg::{Id, Word};
use crate::over::Over;
use crate::record::record;
use crate::value::{json_value, restored_by_class};

/// One reason of a decision: the rule, and the tie or grant it rests on (V).
#[pyo3::pyclass(frozen, eq, module = "carekey")]
#[derive(Clone, PartialEq)]
pub(crate) struct Reason(pub(crate) core::Reason);

#[pyo3::pymethods]
impl Reason {
    /// A `visible.…` or a `hidden.…` code.
    #[getter]
    fn code(&self) -> &'static str {
        self.0.code.as_str()
    }

    /// What was asked for.
    #[getter]
    fn resource(&self) -> Word<carekey::Resource> {
        Word(self.0.resource)
    }

    /// The viewer's role that it speaks of.
    #[getter]
    fn role(&self) -> Option<Word<carekey::Role>> {
        self.0.role.map(Word)
    }

    /// The tie that allows it.
    #[getter]
    fn tie(&self) -> Option<Tie> {
        self.0.tie.over()
    }

    /// The grant that allows it.
    #[getter]
    fn grant(&self) -> Option<Grant> {
        self.0.grant.over()
    }

    /// The reason in words, for a reader of that language. It is for the
    /// office: a viewer need not learn what they lack.
    #[pyo3(signature = (locale = Word(carekey::Locale::English)), text_signature = "($self, locale='en')")]
    fn message(&self, locale: Word<carekey::Locale>) -> String {
        self.0.message(locale.0)
    }

    fn __repr__(&self) -> String {
        format!("Reason({:?}, message={:?})", self.code(), self.0.message(carekey::Locale::English))
    }
}

json_value! { key Reason: reason => &reason.0, Reason }
restored_by_class!(Reason);

impl crate::record::ToCell for Reason {
    fn cell(&self) -> crate::record::Cell<'_> {
        crate::record::Cell::Text(self.0.message(carekey::Locale::English).into())
    }
}

#[pyo3::pymethods]
impl Decision {
    fn __bool__(&self) -> bool {
        self.allowed
    }
}

impl crate::record::ToCell for Decision {
    fn cell(&self) -> crate::record::Cell<'_> {
        self.because.cell()
    }
}

record! {
    /// One thing that a viewer sees.
    row Sight from core::Sight as sight {
        /// What.
        resource: Word<carekey::Resource> = Word(sight.resource),
        /// Whose, where it is a party's. With no application either, it is
        /// the viewer's own.
        party: Option<Id> = match sight.of { Whose::Party(id) => Some(id.over()), _ => None },
        /// Which application.
        application: Option<Id> = match sight.of { Whose::Application(id) => Some(id.over()), _ => None },
        /// How much, and why.
        decision: Decision = sight.decision.over(),
    }
}

record! {
    /// One account that sees something.
    row SeenBy from (carekey::AccountId, core::Decision) as seen {
        /// The account.
        account: Id = seen.0.over(),
        /// How much, and why.
        decision: Decision = seen.1.over(),
    }
}
