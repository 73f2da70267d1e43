//! Security questions.

use core::fmt;
use std::sync::Arc;

use carekey::Secret;
use carekey::password::questions;

use crate::finding::{Finding, findings};
use crate::policy::Policy;
use crate::words::Language;

/// One question of the list.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SecurityQuestion {
    /// How it is stored: the same in every language and version.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// The list to choose from, in that language.
#[uniffi::export]
pub fn security_questions(language: Language) -> Vec<SecurityQuestion> {
    questions::Question::ALL
        .iter()
        .map(|question| SecurityQuestion {
            id: question.id.to_owned(),
            text: question.text(language.into()).to_owned(),
        })
        .collect()
}

/// The version of the list.
#[uniffi::export]
pub fn security_questions_version() -> u32 {
    questions::VERSION
}

/// An answer to a question of the list. It prints as `•••`.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct SecurityAnswer {
    question: String,
    answer: Secret,
}

#[uniffi::export]
impl SecurityAnswer {
    /// An answer as it was typed, to the question with that `id`.
    #[uniffi::constructor]
    pub fn new(question: String, answer: String) -> Arc<Self> {
        Arc::new(Self { question, answer: answer.into() })
    }
}

impl fmt::Debug for SecurityAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecurityAnswer({}, {})", self.question, self.answer)
    }
}

#[uniffi::export]
impl Policy {
    /// Checks the answers that someone chose: all that is wrong, at once.
    ///
    /// First `questions.count` (field `answers`), then for each answer (field
    /// `answers.0` and so on) `questions.unknown`, `questions.repeated`,
    /// `answer.too_long`, `answer.too_short`, `answer.is_username`,
    /// `answer.in_question`, `answer.repeated`.
    pub fn check_answers(&self, username: &str, answers: Vec<Arc<SecurityAnswer>>) -> Vec<Finding> {
        let answers: Vec<questions::Answer<'_>> = answers
            .iter()
            .map(|answer| questions::Answer { question: &answer.question, answer: answer.answer.reveal() })
            .collect();
        findings(questions::check_answers(&self.0.questions, username, &answers))
    }
}

/// An answer as it is compared: NFKC, one case, without punctuation, with one
/// blank between words. The result is as secret as the answer.
#[uniffi::export]
pub fn normalise_answer(text: &str) -> String {
    questions::normalise_answer(text).reveal().to_owned()
}
