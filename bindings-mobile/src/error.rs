//! The one error of this library.

use std::collections::HashMap;

use carekey::{ErrorKind, Locale};

use crate::finding::{Finding, Param, findings};

/// What is thrown where something cannot be done.
///
/// Its text never holds a secret or a personal detail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum CarekeyError {
    /// The input breaks a rule; the findings say which. Correct it.
    #[error("{reason} [{code}]")]
    Invalid {
        /// The stable code.
        code: String,
        /// The text of the code, in English.
        reason: String,
        /// What its text speaks of.
        params: HashMap<String, Param>,
        /// What a check found, in its fixed order.
        findings: Vec<Finding>,
    },
    /// It was not accepted. Nothing more is said.
    #[error("{reason} [{code}]")]
    Refused {
        /// The stable code.
        code: String,
        /// The text of the code, in English.
        reason: String,
        /// What its text speaks of.
        params: HashMap<String, Param>,
        /// What a check found, in its fixed order.
        findings: Vec<Finding>,
    },
    /// A fault of carekey itself. Please report it.
    #[error("{reason} [{code}]")]
    Internal {
        /// The stable code.
        code: String,
        /// The text of the code, in English.
        reason: String,
        /// What its text speaks of.
        params: HashMap<String, Param>,
        /// What a check found, in its fixed order.
        findings: Vec<Finding>,
    },
}

impl From<carekey::Error> for CarekeyError {
    fn from(error: carekey::Error) -> Self {
        let code = error.code.to_string();
        let reason = error.message(Locale::English);
        let params = error.params.into_iter().map(|(name, value)| (name, value.into())).collect();
        let findings = findings(error.findings);
        match error.kind {
            // A line that is not there and a key that is none are input, too.
            ErrorKind::Invalid | ErrorKind::NotFound | ErrorKind::Configuration => {
                Self::Invalid { code, reason, params, findings }
            }
            // Of a store only a history comes here, which is not as it was written.
            ErrorKind::Refused | ErrorKind::NotAllowed | ErrorKind::Store => {
                Self::Refused { code, reason, params, findings }
            }
            // None of these comes without an engine and its store.
            ErrorKind::Conflict | ErrorKind::Cancelled | ErrorKind::Internal => {
                Self::Internal { code, reason, params, findings }
            }
        }
    }
}
