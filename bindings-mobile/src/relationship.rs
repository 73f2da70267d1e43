//! Relationships: parties, roles and ties.

use std::collections::HashSet;

use carekey::{PartyId, relationship};

use crate::finding::{Finding, findings};
use crate::records::{PartyFacts, Period, Tie};
use crate::types::Moment;
use crate::words::{PartyKind, Role, TieKind};

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
