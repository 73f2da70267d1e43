//! The engine: a directory, its agencies, and acts by an actor.

mod agency;
#[rustfmt::skip]
mod agency_acts;
mod directory;
pub(crate) mod feed;
mod office;
#[rustfmt::skip]
mod office_acts;
pub(crate) mod outbox;
mod progress;
pub(crate) mod results;
pub(crate) mod roster;
pub(crate) mod settings;
pub(crate) mod sight;
pub(crate) mod snapshot;
pub(crate) mod tie_roster;

pub(crate) use agency::Agency;
pub(crate) use directory::{Directory, verify_export, verify_history_export};
pub(crate) use office::Office;
pub(crate) use outbox::Outbox;

use carekey::agency::{Invitee, NewPassword};
use carekey::password::questions::Answer;
use carekey::visibility::Whose;
use carekey::{ApplicationId, PartyId, Secret, Source};
use pyo3::inspect::{PyStaticExpr, PyStaticOperator};
use pyo3::prelude::*;
use pyo3::types::PyMapping;

use crate::arg::{Id, Many, Named, Text};
use crate::error::{unknown_word, wrong_type};
use crate::secret::SecretArg;

/// From where someone comes, as the host words it.
fn source(source: Option<Text>) -> Source {
    source.map_or(Source::UNKNOWN, |text| Source::new(&text.0))
}

/// Whose resource is asked for: at most one of the two is given.
fn whose(py: Python<'_>, party: Option<Id>, application: Option<Id>) -> PyResult<Whose> {
    match (party, application) {
        (None, None) => Ok(Whose::Own),
        (Some(party), None) => Ok(Whose::Party(PartyId(party.0))),
        (None, Some(application)) => Ok(Whose::Application(ApplicationId(application.0))),
        (Some(_), Some(_)) => Err(unknown_word(py, "what is asked for", &["party", "application"])),
    }
}

/// The item that is meant: a party or an application, exactly one.
fn item(py: Python<'_>, party: Option<Id>, application: Option<Id>) -> PyResult<Invitee> {
    match (party, application) {
        (Some(party), None) => Ok(Invitee::Party(PartyId(party.0))),
        (None, Some(application)) => Ok(Invitee::Application(ApplicationId(application.0))),
        _ => Err(unknown_word(py, "what is invited", &["party", "application"])),
    }
}

/// A password typed twice. Without the second, the host has compared them.
struct Typed {
    new: Secret,
    confirm: Option<Secret>,
}

impl Typed {
    fn of(new: SecretArg, confirm: Option<SecretArg>) -> Self {
        Self { new: new.0, confirm: confirm.map(|confirm| confirm.0) }
    }

    fn both(&self) -> NewPassword<'_> {
        NewPassword { new: &self.new, confirm: self.confirm.as_ref().unwrap_or(&self.new) }
    }
}

/// Answers to security questions: a mapping from the question's id, or pairs
/// of the two.
pub(crate) struct Answers(Vec<(String, Secret)>);

impl FromPyObject<'_, '_> for Answers {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = PyStaticExpr::BinOp {
        left: &Named::<SecretArg>::INPUT_TYPE,
        op: PyStaticOperator::BitOr,
        right: &Many::<(Text, SecretArg)>::INPUT_TYPE,
    };

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if value.is_instance_of::<PyMapping>() {
            let named = value.extract::<Named<SecretArg>>()?.0;
            return Ok(Self(named.into_iter().map(|(question, answer)| (question, answer.0)).collect()));
        }
        let expected = |_| wrong_type(&value, "answers by question (dict, or pairs)");
        let pairs = value.extract::<Many<(Text, SecretArg)>>().map_err(expected)?.0;
        Ok(Self(pairs.into_iter().map(|(question, answer)| (question.0, answer.0)).collect()))
    }
}

impl Answers {
    pub(crate) fn borrowed(&self) -> Vec<Answer<'_>> {
        self.0.iter().map(|(question, answer)| Answer { question, answer: answer.reveal() }).collect()
    }
}
