//! A password hash from another system, on its way in (P7).

use serde::{Deserialize, Serialize};

/// A password hash from another system, as text: any kind that
/// [`check_hash`](super::check_hash) knows. It prints as `•••`.
///
/// ```
/// let hash = carekey::password::ImportedHash::from("$2b$12$…");
/// assert_eq!(format!("{hash:?}"), "•••");
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ImportedHash(String);

impl ImportedHash {
    /// The text of the hash, to be stored and nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for ImportedHash {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for ImportedHash {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl core::fmt::Debug for ImportedHash {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("•••")
    }
}
