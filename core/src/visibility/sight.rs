//! What is asked to see, and what is seen, without what is known of it.

use serde::{Deserialize, Serialize};

use super::{Decision, Of};
use crate::id::{ApplicationId, PartyId};
use crate::words::Resource;

/// Whose resource is asked for, by name: whether a party is a client is for
/// the one who is asked to know. With that known, it is an [`Of`].
///
/// In JSON: `"own"`, `{"party": "…"}` or `{"application": "…"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// The viewer's own.
    Own,
    /// That of a party: a client, as a rule.
    Party(PartyId),
    /// An application.
    Application(ApplicationId),
}

impl From<PartyId> for Whose {
    fn from(party: PartyId) -> Self {
        Self::Party(party)
    }
}

impl From<ApplicationId> for Whose {
    fn from(application: ApplicationId) -> Self {
        Self::Application(application)
    }
}

impl From<Of> for Whose {
    fn from(of: Of) -> Self {
        match of {
            Of::Own => Self::Own,
            Of::Party { id, .. } => Self::Party(id),
            Of::Application(id) => Self::Application(id),
        }
    }
}

/// One thing that a viewer sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sight {
    /// What.
    pub resource: Resource,
    /// Whose.
    pub of: Whose,
    /// How much, and why.
    pub decision: Decision,
}
