//! The policy of an agency: every number and switch that it may set.

use std::sync::Arc;

use crate::error::CarekeyError;
use crate::finding::{Finding, findings};
use crate::words::{EnrolmentScheme, Role, UsernameScheme};

/// Everything that an agency may set, as its server sends it in JSON.
///
/// It never changes and can be used from any thread. The rules that depend on
/// it are its methods.
#[derive(Debug, uniffi::Object)]
pub struct Policy(pub(crate) carekey::Policy);

#[uniffi::export]
impl Policy {
    /// Reads a policy from JSON. What is left out has its default; a field
    /// that there is not is refused.
    ///
    /// Throws `Invalid` with the findings `policy.malformed` or
    /// `policy.out_of_range`.
    #[uniffi::constructor]
    pub fn new(json: &str) -> Result<Arc<Self>, CarekeyError> {
        Ok(Arc::new(Self(carekey::Policy::read(json).into_result()?)))
    }

    /// The default: passwords of 8 characters with a numeral, a capital and a
    /// special character.
    #[uniffi::constructor]
    pub fn agency() -> Arc<Self> {
        Arc::new(Self(carekey::Policy::agency()))
    }

    /// State visit verification: passwords of 9 characters with small letters
    /// too, the last 10 barred, a lock after 3 failures.
    #[uniffi::constructor]
    pub fn evv_state() -> Arc<Self> {
        Arc::new(Self(carekey::Policy::evv_state()))
    }

    /// NIST SP 800-63B-4: passwords of 15 characters, no rules of composition.
    #[uniffi::constructor]
    pub fn nist() -> Arc<Self> {
        Arc::new(Self(carekey::Policy::nist_800_63b_4()))
    }

    /// The whole policy in JSON, defaults included: what `Policy(json)` reads.
    pub fn json(&self) -> String {
        // Words, numbers and switches always have a form in JSON.
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// Where it departs from NIST SP 800-63B-4, OWASP ASVS 5.0 or the HIPAA
    /// security rule, each place with its citation.
    pub fn departures(&self) -> Vec<Finding> {
        findings(self.0.departures())
    }

    /// What an agency should know of the cells of the matrix that it takes
    /// away and opens, all of it warnings: `policy.profile_taken_away` for each
    /// role that can no longer change its password, `policy.opens_nothing` for
    /// each cell that is not the agency's to open.
    pub fn visibility_findings(&self) -> Vec<Finding> {
        findings(self.0.visibility.findings())
    }

    /// How people of that role get their username.
    pub fn username_scheme(&self, role: Role) -> UsernameScheme {
        self.0.username.scheme(role.into()).into()
    }

    /// How people of that role get their first password.
    pub fn enrolment_scheme(&self, role: Role) -> EnrolmentScheme {
        self.0.enrolment.scheme(role.into()).into()
    }
}

/// Everything there is to say about a policy in JSON: why `Policy(json)`
/// refuses it.
#[uniffi::export]
pub fn check_policy(json: &str) -> Vec<Finding> {
    findings(carekey::Policy::read(json).findings)
}
