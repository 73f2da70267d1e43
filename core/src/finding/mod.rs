//! Findings: what a check has to say.
//!
//! A check never stops at the first fault. It returns all its findings in a
//! fixed order, each with a stable [`Code`], the field it is about, a
//! severity, typed parameters, and where there is one a suggestion. The codes
//! belong to [one table](Code) and their texts to one home; a binding only
//! carries them.
//!
//! ```
//! use carekey::{Code, Finding, Locale};
//!
//! let finding = Finding::new(Code::PasswordTooShort, "password")
//!     .with("minimum", 8)
//!     .with("length", 5);
//! assert_eq!(finding.code.as_str(), "password.too_short");
//! assert_eq!(
//!     finding.message(Locale::English),
//!     "the password needs at least 8 characters and has 5"
//! );
//! ```

mod locale;
mod table;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text_enum::text_enum;
use crate::texts::{counted, param};

#[cfg(feature = "engine")]
pub use locale::Further;
pub use locale::Locale;
pub use table::Code;

text_enum! {
    /// How much a finding weighs.
    pub enum Severity {
        /// Something worth knowing; nothing is wrong.
        Info = "info",
        /// Probably wrong, and allowed: someone should look.
        Warning = "warning",
        /// Not allowed: what was checked fails.
        Error = "error",
    }
}

/// A typed parameter of a finding or a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Param {
    /// A count, a length or a limit.
    Number(i64),
    /// A word, a name, or a moment in RFC 3339.
    Text(String),
}

impl core::fmt::Display for Param {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl From<&str> for Param {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Param {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

macro_rules! param_from_number {
    ($($type:ty),+) => { $(
        impl From<$type> for Param {
            fn from(value: $type) -> Self {
                Self::Number(i64::try_from(value).unwrap_or(i64::MAX))
            }
        }
    )+ };
}

param_from_number!(i32, i64, u8, u16, u32, u64, usize);

/// The parameters of a finding, by name.
pub type Params = BTreeMap<String, Param>;

/// Parameters from a list of names and values.
#[cfg(feature = "engine")]
pub(crate) fn params<const N: usize>(list: [(&str, Param); N]) -> Params {
    list.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// One thing that a check has to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The stable code.
    pub code: Code,
    /// The field it is about: `username`, `email`, `password` …
    pub field: String,
    /// Always the one that the table gives for the code.
    pub severity: Severity,
    /// What the text of the code speaks of.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: Params,
    /// A value that would mend it. Never applied by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

impl Finding {
    /// A finding about a field, without parameters yet.
    pub fn new(code: Code, field: impl Into<String>) -> Self {
        Self { code, field: field.into(), severity: code.severity(), params: Params::new(), suggestion: None }
    }

    /// The same finding with a parameter more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Param>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// The same finding with a suggestion.
    #[must_use]
    pub fn suggest(mut self, value: impl Into<String>) -> Self {
        self.suggestion = Some(value.into());
        self
    }

    /// Whether what was checked fails because of it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The text for a reader of that language. A parameter that is a stable
    /// word, such as a role, is said in that language too; names, addresses and
    /// what people typed stay as they are.
    pub fn message(&self, locale: Locale) -> String {
        text(self.code, &self.params, locale)
    }
}

/// What came of reading a value: the value where it can be used, and all that
/// there is to say about it.
///
/// With an error among the findings there is no value; a warning leaves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked<T> {
    /// The value, unless an error forbids it.
    pub value: Option<T>,
    /// What was found, in the fixed order of the check.
    pub findings: Vec<Finding>,
}

impl<T> Checked<T> {
    /// Nothing, and nothing to say about it.
    #[cfg(feature = "engine")]
    pub(crate) const fn none() -> Self {
        Self { value: None, findings: Vec::new() }
    }

    /// A value with nothing to say about it.
    pub fn pass(value: T) -> Self {
        Self { value: Some(value), findings: Vec::new() }
    }

    /// No value, for that one reason.
    pub fn fail(finding: Finding) -> Self {
        Self { value: None, findings: vec![finding] }
    }

    /// The value, or the findings as an error.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) with the findings, where there is no value.
    pub fn into_result(self) -> crate::Result<T> {
        self.value.ok_or_else(|| crate::Error::invalid(self.findings))
    }
}

/// Whether any of the findings is an error.
pub fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(Finding::is_error)
}

/// The text of a code with its parameters, for a reader of that language.
pub(crate) fn text(code: Code, params: &Params, locale: Locale) -> String {
    fill(code.template(locale), |field| match field.split_once(':') {
        None => params.get(field).map(|value| param(code, field, value, locale)),
        Some((name, "=")) => params.get(name).map(Param::to_string),
        Some((name, forms)) => Some(counted(forms, name, params.get(name), locale)),
    })
}

/// Puts values in the place of `{name}`; a name without a value stays as it is.
pub(crate) fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match value(name) {
            Some(text) => out.push_str(&text),
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_well_formed() {
        let mut seen = std::collections::BTreeSet::new();
        for code in Code::ALL {
            let word = code.as_str();
            assert!(seen.insert(word), "{word} twice");
            assert!(word.contains('.'), "{word} is not dotted");
            assert!(
                word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '_'),
                "{word}"
            );
        }
    }

    #[test]
    fn a_value_with_braces_is_not_read_as_a_template() {
        let finding = Finding::new(Code::UsernameTaken, "username").with("username", "{username}{");
        assert_eq!(finding.message(Locale::English), "the username {username}{ is already in use");
    }
}
