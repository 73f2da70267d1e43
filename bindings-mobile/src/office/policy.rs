//! A policy that someone is still working on.

use std::sync::Arc;

use crate::error::CarekeyError;
use crate::policy::Policy;

#[uniffi::export]
impl Policy {
    /// Reads a policy as `Policy(json)` does, but whatever its numbers: those
    /// of a form that is being filled in. `checkPolicy` says which lie out of
    /// their range.
    ///
    /// Throws `Invalid` with the finding `policy.malformed`.
    #[uniffi::constructor]
    pub fn draft(json: &str) -> Result<Arc<Self>, CarekeyError> {
        Ok(Arc::new(Self(carekey::Policy::draft(json)?)))
    }
}
