//! Security questions (Q1 to Q3): what an answer must be, and how answers are
//! compared.
//!
//! ```
//! use carekey::password::questions::{Answer, check_answers, normalise_answer};
//! use carekey::policy::QuestionPolicy;
//!
//! let answers = [
//!     Answer { question: "first_pet", answer: "Rex the Second" },
//!     Answer { question: "first_school", answer: "St. Mary's" },
//!     Answer { question: "childhood_street", answer: "Elm" },
//! ];
//! assert!(check_answers(&QuestionPolicy::default(), "jo@example.com", &answers).is_empty());
//! assert_eq!(normalise_answer("  St. MARY’S ").reveal(), "st marys");
//! ```

mod list;

use std::collections::BTreeSet;

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use zeroize::Zeroizing;

use super::MAX_BYTES;
use crate::finding::{Code, Finding};
use crate::policy::QuestionPolicy;
use crate::secret::Secret;

pub use list::{Question, VERSION};

/// An answer to a question of the list.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    /// The [`Question::id`].
    pub question: &'a str,
    /// The answer as typed.
    pub answer: &'a str,
}

/// Checks the answers that someone chose (Q1, Q2): all that is wrong, at once.
///
/// First `questions.count` (field `answers`) where they are not as many as
/// the policy asks. Then for each answer (field `answers.0` and so on), in
/// this order: a question that the list does not have or that was chosen
/// before; an answer of more than [`MAX_BYTES`] bytes (nothing else is then
/// said of it) or of too few letters and digits; one that is the username, or
/// nothing but words of its question in any language, or the same as an
/// earlier one. Answers are compared as [`normalise_answer`] makes them,
/// blanks aside.
pub fn check_answers(policy: &QuestionPolicy, username: &str, answers: &[Answer<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let minimum = usize::try_from(policy.answer_min_length).unwrap_or(usize::MAX);
    if u32::try_from(answers.len()) != Ok(policy.count) {
        findings.push(
            Finding::new(Code::QuestionsCount, "answers").with("count", policy.count).with("given", answers.len()),
        );
    }
    let username = squeezed(&normalise_answer(username));
    let (mut questions, mut seen) = (BTreeSet::new(), Vec::new());
    // More answers than there are questions are counted and not looked at.
    for (at, Answer { question: id, answer }) in answers.iter().take(Question::ALL.len()).enumerate() {
        let mut find = |finding: Finding| findings.push(Finding { field: format!("answers.{at}"), ..finding });
        let question = Question::find(id);
        if question.is_none() {
            find(Finding::new(Code::QuestionsUnknown, "").with("question", *id));
        }
        if !questions.insert(*id) {
            find(Finding::new(Code::QuestionsRepeated, "").with("question", *id));
        }
        let too_long = || Finding::new(Code::AnswerTooLong, "").with("limit", MAX_BYTES);
        if answer.len() > MAX_BYTES {
            find(too_long());
            continue;
        }
        let normal = normalise_answer(answer);
        if normal.reveal().len() > MAX_BYTES {
            find(too_long());
            continue;
        }
        if normal.reveal().chars().filter(|c| c.is_alphanumeric()).count() < minimum {
            find(Finding::new(Code::AnswerTooShort, "").with("minimum", policy.answer_min_length));
        }
        let answer = squeezed(&normal);
        if answer.is_empty() {
            continue;
        }
        if answer == username {
            find(Finding::new(Code::AnswerIsUsername, ""));
        }
        if question.is_some_and(|question| question.has_words(&normal)) {
            find(Finding::new(Code::AnswerInQuestion, ""));
        }
        if seen.contains(&answer) {
            find(Finding::new(Code::AnswerRepeated, ""));
        }
        seen.push(answer);
    }
    findings
}

impl Question {
    /// Whether a text is nothing but words of the question in one language.
    fn has_words(&self, normal: &Secret) -> bool {
        crate::texts::locales().map(|locale| self.text(locale)).any(|text| {
            let text = normalise_answer(text);
            let words: BTreeSet<&str> = text.reveal().split(' ').collect();
            normal.reveal().split(' ').all(|word| words.contains(word))
        })
    }
}

/// An answer as it is compared and hashed (Q3): NFKC, case-folded, letters,
/// digits and their accents only, with one blank between words.
///
/// Doing it twice changes nothing. Each answer is hashed like a password, with
/// its own salt.
pub fn normalise_answer(text: &str) -> Secret {
    let mut normal = once(text);
    // Dropping a character can bring two together that compose; twice is
    // enough for everything that people write, and the bound for the rest.
    for _ in 0..4 {
        let again = once(&normal);
        if *again == *normal {
            break;
        }
        normal = again;
    }
    Secret::from(normal.as_str())
}

fn once(text: &str) -> Zeroizing<String> {
    let compatible: Zeroizing<String> = Zeroizing::new(text.nfkc().collect());
    let folded: Zeroizing<String> = Zeroizing::new(compatible.chars().default_case_fold().nfkc().collect());
    let kept: Zeroizing<String> = Zeroizing::new(
        folded.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace() || is_combining_mark(*c)).collect(),
    );
    let mut out = Zeroizing::new(String::with_capacity(kept.len()));
    for word in kept.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn squeezed(normal: &Secret) -> Zeroizing<String> {
    Zeroizing::new(normal.reveal().chars().filter(|c| *c != ' ').collect())
}
