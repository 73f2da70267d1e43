//! What a decision needs to know: who looks, and whose it is.

use serde::{Deserialize, Serialize};

use super::Grant;
use crate::id::{ApplicationId, PartyId};
use crate::relationship::{PartyFacts, Tie};
use crate::words::Role;

/// Someone who looks: an account and all that it is linked to.
///
/// Ties and grants may hold too much. Those that are not of one of `parties`,
/// or not in force, count for nothing. The default viewer is not active and
/// sees nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Viewer {
    /// Whether the account is fully set up, and neither disabled nor deleted.
    pub active: bool,
    /// The parties linked to the account: one, as a rule.
    pub parties: Vec<PartyFacts>,
    /// The ties of these parties, as [`who`](Tie::who), to others.
    pub ties: Vec<Tie>,
    /// The grants to these parties.
    pub grants: Vec<Grant>,
    /// The applications linked to the account.
    pub applications: Vec<ApplicationId>,
}

/// Whose it is that a viewer asks to see.
///
/// In JSON: `"own"`, `{"party": {"id": "…", "client": true}}` or
/// `{"application": "…"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// The viewer's own: the page they land on, their profile, all their
    /// linked applications.
    Own,
    /// That of a party. Where it is one of the viewer's, it is their own.
    Party {
        /// Which one.
        id: PartyId,
        /// Whether it is a client: no other party has anything to be seen by
        /// others.
        client: bool,
    },
    /// An application.
    Application(ApplicationId),
}

impl From<&PartyFacts> for Of {
    fn from(party: &PartyFacts) -> Self {
        Self::Party { id: party.id, client: party.roles.contains(&Role::Client) }
    }
}
