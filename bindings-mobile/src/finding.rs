//! Findings, and the table of codes.

use core::fmt;
use std::collections::HashMap;

use carekey::Code;

use crate::choice::choices;
use crate::words::{Language, Severity};

choices! {
    /// A parameter of a finding: a number or a text.
    Param = carekey::Param {
        /// A count, a length or a limit.
        Number(
            /// The number.
            value: i64
        ),
        /// A word, a name, or a moment in RFC 3339.
        Text(
            /// The text.
            value: String
        ),
    }
}

/// One thing that a check has to say.
///
/// It prints as its code and its field: its parameters may name a person.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct Finding {
    /// The stable code: `username.taken`, `password.too_short` …
    pub code: String,
    /// The field it is about: `username`, `email`, `password` …
    pub field: String,
    /// Whether what was checked fails because of it.
    pub severity: Severity,
    /// What its text speaks of.
    #[uniffi(default)]
    pub params: HashMap<String, Param>,
    /// A value that would mend it. Never applied by itself.
    #[uniffi(default)]
    pub suggestion: Option<String>,
}

impl fmt::Debug for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Finding({}, {})", self.code, self.field)
    }
}

#[uniffi::export]
impl Finding {
    /// The text for a reader of that language, without a full stop.
    ///
    /// A code that this version does not know (a newer server sent it) is its
    /// own text.
    pub fn message(&self, language: Language) -> String {
        let Ok(code) = self.code.parse::<Code>() else { return self.code.clone() };
        let params = self.params.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
        carekey::Finding { params, ..carekey::Finding::new(code, self.field.clone()) }.message(language.into())
    }
}

/// Every code that this version knows, in the order of the table.
#[uniffi::export]
pub fn all_codes() -> Vec<String> {
    Code::ALL.iter().map(|code| code.as_str().to_owned()).collect()
}

/// How much the findings with a code weigh; none for a code that this version
/// does not know.
#[uniffi::export]
pub fn severity_of_code(code: String) -> Option<Severity> {
    code.parse::<Code>().ok().map(|code| code.severity().into())
}

impl From<carekey::Finding> for Finding {
    fn from(finding: carekey::Finding) -> Self {
        Self {
            code: finding.code.to_string(),
            field: finding.field,
            severity: finding.severity.into(),
            params: finding.params.into_iter().map(|(name, value)| (name, value.into())).collect(),
            suggestion: finding.suggestion,
        }
    }
}

/// Declares what came of reading something: a value, unless an error forbids
/// it, and the findings.
macro_rules! checks {
    ($( $(#[$meta:meta])* $name:ident( $(#[$value_meta:meta])* $value:ty ) )+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
        pub struct $name {
            $(#[$value_meta])*
            pub value: Option<$value>,
            /// What there is to say about it.
            pub findings: Vec<$crate::finding::Finding>,
        }

        impl<T: Into<$value>> From<carekey::Checked<T>> for $name {
            fn from(checked: carekey::Checked<T>) -> Self {
                let findings = $crate::finding::findings(checked.findings);
                Self { value: checked.value.map(Into::into), findings }
            }
        }
    )+ };
}
pub(crate) use checks;

/// Findings of the core, in their order.
pub(crate) fn findings(found: impl IntoIterator<Item = carekey::Finding>) -> Vec<Finding> {
    found.into_iter().map(Finding::from).collect()
}
