//! Decisions on who a row is about (C4), and what they are kept under.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::id::PartyId;

/// What someone decided on a row that may be about someone known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// It is about this party.
    Same(PartyId),
    /// It is about none of those that the agency knows by that name or
    /// identifier.
    Another,
}

/// A decision as it is kept, so that it is asked once.
///
/// In JSON it is
/// `{"said": "9f86…", "who": {"same": "0190…"}}` or `{"said": "9f86…", "who": "another"}`.
///
/// `said` is a digest of all that the row says of who it is about: its role,
/// identifier, name (as names are compared), username, e-mail address and
/// phone number, and which of the rows it is that say the same. The row of
/// next month's file that says the same has the same digest; one that says
/// anything else is another question. It is no secret, and no more of one
/// than the names and contacts it is made from: it is deleted with them.
///
/// A decision never overrules an identifier or a contact that agrees, and
/// waits while its party is not there. Once `create` has made the other
/// person, `Same` with the new party is what holds: keep that in place of
/// `Another`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhoDecision {
    /// Which rows it is about: 64 hexadecimal digits.
    pub said: String,
    /// What was decided.
    pub who: Who,
}

/// The digest of what a row says, a blank told from all else.
pub(super) fn digest<'a>(said: impl IntoIterator<Item = Option<&'a str>>, occurrence: u64) -> String {
    let mut hash = Sha256::new();
    for text in said {
        match text {
            None => hash.update([0]),
            Some(text) => {
                hash.update([1]);
                hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_le_bytes());
                hash.update(text.as_bytes());
            }
        }
    }
    hash.update(occurrence.to_le_bytes());
    data_encoding::HEXLOWER.encode(&hash.finalize())
}
