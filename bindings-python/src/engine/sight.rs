//! Decisions on who sees what, as results.

use carekey::PartyId;
use carekey::relationship::{Period, Tie as CoreTie};
use carekey::visibility::{self as core, Whose};

use crate::arg::{Id, Moment, Word};
use crate::record::record;

record! {
    /// A tie between two parties (R): `who` is something to `of`.
    Tie from CoreTie as tie {
        /// What `who` is to `of`.
        kind: Word<carekey::TieKind> = Word(tie.kind),
        /// The one who has the part: the emergency contact, the payer.
        who: Id = Id(tie.who.0),
        /// The one whose relationship it is: the client, as a rule.
        of: Id = Id(tie.of.0),
        /// From this moment on.
        begins_at: Moment = Moment(tie.period.begins_at),
        /// Until this moment; None for no end.
        ends_at: Option<Moment> = tie.period.ends_at.map(Moment),
    }
    methods {
        #[new]
        #[pyo3(signature = (kind, *, who, of, begins_at, ends_at = None))]
        fn new(kind: Word<carekey::TieKind>, who: Id, of: Id, begins_at: Moment, ends_at: Option<Moment>) -> Self {
            Self { kind, who, of, begins_at, ends_at }
        }
    }
}

impl Tie {
    pub(crate) fn core(&self) -> CoreTie {
        CoreTie {
            kind: self.kind.0,
            who: PartyId(self.who.0),
            of: PartyId(self.of.0),
            period: Period { begins_at: self.begins_at.0, ends_at: self.ends_at.map(|at| at.0) },
        }
    }
}

record! {
    /// A grant of one resource to a member of the office staff (V).
    Grant from core::Grant as grant {
        /// To whom.
        to: Id = Id(grant.to.0),
        /// What.
        resource: Word<carekey::Resource> = Word(grant.resource),
        /// Whose; None for every client's.
        of: Option<Id> = grant.of.map(Id),
        /// From this moment on.
        begins_at: Moment = Moment(grant.period.begins_at),
        /// Until this moment; None for no end.
        ends_at: Option<Moment> = grant.period.ends_at.map(Moment),
    }
    methods {
        #[new]
        #[pyo3(signature = (*, to, resource, begins_at, of = None, ends_at = None))]
        fn new(to: Id, resource: Word<carekey::Resource>, begins_at: Moment, of: Option<Id>, ends_at: Option<Moment>) -> Self {
            Self { to, resource, of, begins_at, ends_at }
        }
    }
}

impl Grant {
    pub(crate) fn core(&self) -> core::Grant {
        core::Grant {
            to: PartyId(self.to.0),
            resource: self.resource.0,
            of: self.of.map(|of| of.0),
            period: Period { begins_at: self.begins_at.0, ends_at: self.ends_at.map(|at| at.0) },
        }
    }
}

/// One reason of a decision: the rule, and the tie or grant it rests on (V).
#[pyo3::pyclass(frozen, eq, module = "carekey")]
#[derive(Clone, PartialEq)]
pub(crate) struct Reason(core::Reason);

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
        self.0.tie.map(Into::into)
    }

    /// The grant that allows it.
    #[getter]
    fn grant(&self) -> Option<Grant> {
        self.0.grant.map(Into::into)
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

impl crate::record::ToCell for Reason {
    fn cell(&self) -> crate::record::Cell<'_> {
        crate::record::Cell::Text(self.0.message(carekey::Locale::English).into())
    }
}

record! {
    /// A decision, with why (V). It is true where it allows.
    Decision from core::Decision as decision {
        /// Whether it is seen.
        allowed: bool = decision.allowed,
        /// How much of it; None where it is not seen.
        scope: Option<Word<core::Scope>> = decision.scope.map(Word),
        /// Where it is seen, every way that leads to it; where it is not, what
        /// forbids it or all that was missing. Never empty.
        because: Vec<Reason> = decision.because.into_iter().map(Reason).collect(),
    }
    methods {
        fn __bool__(&self) -> bool {
            self.allowed
        }
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
        party: Option<Id> = match sight.of { Whose::Party(id) => Some(Id(id.0)), _ => None },
        /// Which application.
        application: Option<Id> = match sight.of { Whose::Application(id) => Some(Id(id.0)), _ => None },
        /// How much, and why.
        decision: Decision = sight.decision.into(),
    }
}

record! {
    /// One account that sees something.
    row SeenBy from (carekey::AccountId, core::Decision) as seen {
        /// The account.
        account: Id = Id(seen.0.0),
        /// How much, and why.
        decision: Decision = seen.1.into(),
    }
}
