//! What can go wrong, as its caller sees it.

use crate::finding::{Code, Finding, Locale, Param, Params, text};
use crate::text_enum::text_enum;

/// The result of everything that can fail.
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// A word that is none of those an enum or an identifier knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown word")]
pub struct UnknownWord;

text_enum! {
    /// What sort of error it is: what its caller would do about it.
    pub enum ErrorKind {
        /// The input breaks a rule; the findings say which. Correct it.
        Invalid = "invalid",
        /// What was named is not there.
        NotFound = "not_found",
        /// The actor may not do that.
        NotAllowed = "not_allowed",
        /// A token, a code or a password was not accepted. Nothing more is said.
        Refused = "refused",
        /// Others changed the same thing all the time. Try again.
        Conflict = "conflict",
        /// The key, the policy or the address of the store is wrong.
        Configuration = "configuration",
        /// The store cannot be reached, is full, or is damaged.
        Store = "store",
        /// The caller asked to stop. What had been committed stays.
        Cancelled = "cancelled",
        /// A fault of carekey itself. Please report it.
        Internal = "internal",
    }
}

/// An error: a kind, a stable code, and findings where there are any.
///
/// Its text is in English and never holds a secret or a personal detail;
/// [`Error::message`] gives it in another language.
///
/// ```
/// let error = carekey::Error::new(carekey::ErrorKind::NotFound, carekey::Code::AccountNotFound);
/// assert_eq!(error.to_string(), "no such account in this agency [account.not_found]");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} [{}]", self.message(Locale::English), self.code)]
pub struct Error {
    /// What its caller would do about it.
    pub kind: ErrorKind,
    /// The stable code.
    pub code: Code,
    /// The parameters of the code's text.
    pub params: Params,
    /// What a check found, in its fixed order.
    pub findings: Vec<Finding>,
}

impl Error {
    /// An error without parameters or findings yet.
    pub fn new(kind: ErrorKind, code: Code) -> Self {
        Self { kind, code, params: Params::new(), findings: Vec::new() }
    }

    /// Bad input: the code is that of the first error among the findings.
    ///
    /// The error's own text only counts them: a finding may speak of a name
    /// or an address, and the text of an error ends in logs.
    pub fn invalid(findings: Vec<Finding>) -> Self {
        let first = findings.iter().find(|finding| finding.is_error()).or(findings.first());
        let code = first.map_or(Code::InputInvalid, |finding| finding.code);
        Self { kind: ErrorKind::Invalid, code, params: Params::new(), findings }
    }

    /// What was named is not there.
    pub fn not_found(code: Code) -> Self {
        Self::new(ErrorKind::NotFound, code)
    }

    /// The same error with a parameter more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Param>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// The text for a reader of that language.
    ///
    /// ```
    /// use carekey::{Code, Error, Finding, Locale};
    ///
    /// let mut error = Error::invalid(vec![Finding::new(Code::NameMissing, "name")]);
    /// assert_eq!(error.message(Locale::English), "the input breaks the rules in 1 place");
    /// error.findings.push(Finding::new(Code::EmailMissing, "email"));
    /// assert_eq!(error.message(Locale::Spanish), "los datos incumplen las reglas en 2 puntos");
    /// ```
    pub fn message(&self, locale: Locale) -> String {
        if self.findings.is_empty() {
            return text(self.code, &self.params, locale);
        }
        let count = Params::from([("count".to_owned(), self.findings.len().into())]);
        text(Code::InputInvalid, &count, locale)
    }
}

/// Bad input with one finding.
impl From<Finding> for Error {
    fn from(finding: Finding) -> Self {
        Self::invalid(vec![finding])
    }
}
