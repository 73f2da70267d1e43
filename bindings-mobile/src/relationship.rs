//! Relationships: parties, roles and ties.

use std::collections::HashSet;

use carekey::{PartyId, relationship};

use crate::finding::{Finding, findings};
use crate::types::Moment;
use crate::words::{PartyKind, Role, TieKind};

/// From a moment, and until one or open-ended. The first moment is inside,
/// the last one outside.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Period {
    /// From this moment on, itself included.
    pub begins_at: Moment,
    /// Until this moment, itself excluded; nothing for no end.
    #[uniffi(default)]
    pub ends_at: Option<Moment>,
}

#[uniffi::export]
impl Period {
    /// Whether that moment lies within.
    pub fn in_force(&self, at: Moment) -> bool {
        relationship::Period::from(self.clone()).in_force(at)
    }

    /// Whether there is a moment at which both are in force.
    pub fn overlaps(&self, other: Period) -> bool {
        relationship::Period::from(self.clone()).overlaps(&other.into())
    }

    /// Whether it does not end before it begins.
    pub fn valid(&self) -> bool {
        relationship::Period::from(self.clone()).valid()
    }
}

/// What the rules need to know of a party.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PartyFacts {
    /// Which one.
    pub id: PartyId,
    /// Person or organization.
    pub kind: PartyKind,
    /// What it is to the agency.
    #[uniffi(default)]
    pub roles: HashSet<Role>,
}

/// A typed, dated, directed tie: `who` is the `kind` of `of`.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Tie {
    /// What `who` is to `of`.
    pub kind: TieKind,
    /// The one who has the part: the emergency contact, the payer.
    pub who: PartyId,
    /// The one whose relationship it is: the client, as a rule.
    pub of: PartyId,
    /// From when until when.
    pub period: Period,
}

/// Why a person, or an organization, cannot have that role: `party.role_unfit`;
/// nothing where it can.
#[uniffi::export]
pub fn check_role(role: Role, kind: PartyKind) -> Option<Finding> {
    relationship::role_fits(role.into(), kind.into()).map(Finding::from)
}

/// The role that a tie gives to whoever has it, while it is in force.
#[uniffi::export]
pub fn role_conveyed_by(kind: TieKind) -> Option<Role> {
    relationship::conveys(kind.into()).map(Role::from)
}

/// The roles that the ties of a party convey at that moment: they begin and end
/// with the ties.
#[uniffi::export]
pub fn conveyed_roles(who: PartyId, ties: Vec<Tie>, at: Moment) -> HashSet<Role> {
    let ties: Vec<relationship::Tie> = ties.into_iter().map(relationship::Tie::from).collect();
    relationship::conveyed(who, &ties, at).into_iter().map(Role::from).collect()
}

/// Why a tie cannot be made: `tie.to_itself`, `tie.unfit`,
/// `tie.ends_before_it_begins`, `tie.duplicate`. `existing` are the ties that
/// are there already.
#[uniffi::export]
pub fn check_tie(kind: TieKind, who: PartyFacts, of: PartyFacts, period: Period, existing: Vec<Tie>) -> Vec<Finding> {
    let existing: Vec<relationship::Tie> = existing.into_iter().map(relationship::Tie::from).collect();
    findings(relationship::check_tie(kind.into(), &who.into(), &of.into(), &period.into(), &existing))
}

impl From<relationship::Period> for Period {
    fn from(relationship::Period { begins_at, ends_at }: relationship::Period) -> Self {
        Self { begins_at, ends_at }
    }
}

impl From<Period> for relationship::Period {
    fn from(Period { begins_at, ends_at }: Period) -> Self {
        Self { begins_at, ends_at }
    }
}

impl From<PartyFacts> for relationship::PartyFacts {
    fn from(PartyFacts { id, kind, roles }: PartyFacts) -> Self {
        Self { id, kind: kind.into(), roles: roles.into_iter().map(carekey::Role::from).collect() }
    }
}

impl From<relationship::Tie> for Tie {
    fn from(relationship::Tie { kind, who, of, period }: relationship::Tie) -> Self {
        Self { kind: kind.into(), who, of, period: period.into() }
    }
}

impl From<Tie> for relationship::Tie {
    fn from(Tie { kind, who, of, period }: Tie) -> Self {
        Self { kind: kind.into(), who, of, period: period.into() }
    }
}
