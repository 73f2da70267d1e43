//! What a merge moved, as it rests with the party that was merged (A6): all
//! that is needed to split it again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::id::{AccountId, ApplicationId, GrantId, InvitationId, LinkId, RecordId, TieId};
use crate::words::Role;

/// What one merge moved from a party to another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// The roles that the other had not.
    pub roles: BTreeSet<Role>,
    /// What the other had not, and got: the fields by name, and what was put
    /// there.
    pub given: Vec<(String, String)>,
    /// Ties.
    pub ties: Vec<MergedTie>,
    /// Grants, and which of their ends.
    pub grants: Vec<(GrantId, Ends)>,
    /// Links; those that the merge ended, since the other had the same account.
    pub links: Vec<(LinkId, bool)>,
    /// Applications.
    pub applications: Vec<ApplicationId>,
    /// Invitations.
    pub invitations: Vec<InvitationId>,
    /// Decisions on who is who.
    pub decisions: Vec<RecordId>,
    /// Accounts that went by its name.
    pub named: Vec<AccountId>,
    /// Its place among the merges of the agency, of which a later one has a
    /// greater one: 0 for those of an earlier release, which come before all others.
    #[serde(default)]
    pub place: u64,
    /// The invitations, of either, that it cancelled.
    #[serde(default)]
    pub cancelled: Vec<InvitationId>,
    /// Of each link that it ended, the other's to the same account, which stood for
    /// both from then on.
    #[serde(default)]
    pub twins: Vec<(LinkId, LinkId)>,
    /// E-mail and phone of the other, as it left them.
    #[serde(default)]
    pub contacts: Option<(Option<String>, Option<String>)>,
    /// When each of what it moved was to end or was over, in milliseconds, as it left
    /// it.
    #[serde(default)]
    pub ends: BTreeMap<Uuid, Option<i64>>,
}

/// Which ends of something were those of the party that was merged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ends {
    /// The one who has it.
    pub who: bool,
    /// The one whose it is.
    pub of: bool,
}

/// A tie that a merge moved or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergedTie {
    /// The tie.
    pub tie: TieId,
    /// Which ends were moved.
    pub ends: Ends,
    /// From when until when it was, and when it was to enrol, where the merge
    /// changed that.
    pub before: Option<Span>,
    /// What it was changed to.
    pub after: Option<Span>,
    /// The tie that took its place: the same one of the other party.
    pub joined: Option<TieId>,
}

/// The moments of a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// From when.
    #[serde(with = "time::serde::rfc3339")]
    pub begins_at: OffsetDateTime,
    /// Until when.
    #[serde(with = "time::serde::rfc3339::option")]
    pub ends_at: Option<OffsetDateTime>,
    /// When it enrols.
    #[serde(with = "time::serde::rfc3339::option")]
    pub enrols_at: Option<OffsetDateTime>,
}
