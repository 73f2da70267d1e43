//! The engine: a directory, its agencies, and acts by an actor.

mod agency;
mod directory;
mod office;
pub(crate) mod outbox;
mod progress;
pub(crate) mod results;
pub(crate) mod roster;
pub(crate) mod settings;
pub(crate) mod sight;
pub(crate) mod snapshot;

pub(crate) use agency::Agency;
pub(crate) use directory::Directory;
pub(crate) use office::Office;
pub(crate) use outbox::Outbox;

use carekey::agency::NewPassword;
use carekey::password::questions::Answer;
use carekey::visibility::Whose;
use carekey::{ApplicationId, PartyId, Secret, Source};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{PyMapping, PyMappingMethods};

use crate::arg::{Id, Text, name};
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

/// A password typed twice. Without the second, the host has compared them.
fn typed<'a>(new: &'a Secret, confirm: Option<&'a Secret>) -> NewPassword<'a> {
    NewPassword { new, confirm: confirm.unwrap_or(new) }
}

/// Answers to security questions: a mapping from the question's id.
struct Answers(Vec<(String, Secret)>);

impl FromPyObject<'_, '_> for Answers {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = PyStaticExpr::Subscript {
        value: &PyStaticExpr::Attribute { value: &name("collections.abc"), attr: "Mapping" },
        slice: &PyStaticExpr::Tuple { elts: &[name("str"), SecretArg::INPUT_TYPE] },
    };

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let expected = || wrong_type(&value, "answers by question (dict)");
        let mapping = value.cast::<PyMapping>().map_err(|_| expected())?;
        let mut answers = Vec::new();
        for item in mapping.items()?.iter() {
            let (question, answer): (Text, SecretArg) = item.extract()?;
            answers.push((question.0, answer.0));
        }
        Ok(Self(answers))
    }
}

impl Answers {
    fn borrowed(&self) -> Vec<Answer<'_>> {
        self.0.iter().map(|(question, answer)| Answer { question, answer: answer.reveal() }).collect()
    }
}
