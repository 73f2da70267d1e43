//! The engine: directories, agencies, and the office.

mod agency;
#[rustfmt::skip]
mod agency_acts;
mod clock;
mod directory;
mod each;
mod office;
#[rustfmt::skip]
mod office_acts;
mod outbox;
mod progress;
mod roster;
mod tie_roster;

use carekey::password::questions::Answer;
use carekey::{Secret, Source};

pub(crate) fn source(text: Option<&str>) -> Source {
    text.map_or(Source::UNKNOWN, Source::new)
}

/// A password, typed twice, as it comes over the border.
pub(crate) struct Typed {
    new: Secret,
    confirm: Secret,
}

impl Typed {
    pub(crate) fn new(new: String, confirm: String) -> Self {
        Self { new: Secret::from(new), confirm: Secret::from(confirm) }
    }

    pub(crate) fn both(&self) -> carekey::NewPassword<'_> {
        carekey::NewPassword { new: &self.new, confirm: &self.confirm }
    }
}

/// Answers to security questions, as they come over the border.
pub(crate) struct Answers(Vec<Secret>);

impl Answers {
    pub(crate) fn new(answers: Vec<String>) -> Self {
        Self(answers.into_iter().map(Secret::from).collect())
    }

    /// Each with the question that it answers.
    pub(crate) fn to<'a>(&'a self, questions: &'a [String]) -> Vec<Answer<'a>> {
        questions.iter().zip(&self.0).map(|(question, answer)| Answer { question, answer: answer.reveal() }).collect()
    }
}

/// How long a page is where nothing else is asked for: as that of the users.
pub(crate) fn page_limit() -> u64 {
    carekey::agency::UserQuery::default().limit
}
