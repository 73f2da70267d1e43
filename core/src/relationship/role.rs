//! What a party can be, and what a tie makes of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::Tie;
use crate::finding::{Code, Finding};
use crate::id::PartyId;
use crate::words::{PartyKind, Role, TieKind};

/// What the rules need to know of a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyFacts {
    /// Which one.
    pub id: PartyId,
    /// Person or organization.
    pub kind: PartyKind,
    /// What it is to the agency.
    #[serde(default)]
    pub roles: BTreeSet<Role>,
}

/// Whether a person, or an organization, can have that role (rule R).
///
/// An organization and a community are organizations. A payer, a family and an
/// employer may be either: people pay bills, agencies apply for a child, and
/// both employ. All other roles are for people.
///
/// Returns `party.role_unfit` on the field `roles` where it cannot.
///
/// ```
/// use carekey::relationship::role_fits;
/// use carekey::{Code, PartyKind, Role};
///
/// assert_eq!(role_fits(Role::Payer, PartyKind::Organization), None);
/// let finding = role_fits(Role::Caregiver, PartyKind::Organization).expect("a finding");
/// assert_eq!(finding.code, Code::PartyRoleUnfit);
/// ```
pub fn role_fits(role: Role, kind: PartyKind) -> Option<Finding> {
    let fits = match role {
        Role::Payer | Role::Family | Role::Employer => true,
        Role::Organization | Role::Community => kind == PartyKind::Organization,
        Role::Client
        | Role::Caregiver
        | Role::OfficeStaff
        | Role::HumanResources
        | Role::Contact
        | Role::EmergencyContact
        | Role::Participant => kind == PartyKind::Person,
    };
    (!fits).then(|| Finding::new(Code::PartyRoleUnfit, "roles").with("role", role.as_str()).with("kind", kind.as_str()))
}

/// The role that a tie gives to whoever has it, and by which it enrols them
/// (rule R, S1). It is theirs while the tie is in force.
///
/// A manager and a caregiver have their role before the tie, and keep it after.
/// The other ties give none: to be someone's guardian, relative or possible
/// payer opens nothing by itself. A personal representative sees by the tie
/// what the client sees, and has no role by it.
pub const fn conveys(kind: TieKind) -> Option<Role> {
    match kind {
        TieKind::EmergencyContact => Some(Role::EmergencyContact),
        TieKind::Payer => Some(Role::Payer),
        TieKind::Community => Some(Role::Community),
        TieKind::Individual
        | TieKind::OrganizationAssociated
        | TieKind::PossiblePayer
        | TieKind::Manager
        | TieKind::Guardian
        | TieKind::Caregiver
        | TieKind::PersonalRepresentative => None,
    }
}

/// The roles that the ties of a party convey at that moment (rule R): they
/// begin and end with the ties, and are stored nowhere.
///
/// ```
/// use carekey::relationship::{Period, Tie, conveyed};
/// use carekey::{PartyId, Role, TieKind};
/// use time::macros::datetime;
///
/// let (who, of) = (PartyId(uuid::Uuid::from_u128(1)), PartyId(uuid::Uuid::from_u128(2)));
/// let begins_at = datetime!(2026-11-22 9:00 UTC);
/// let period = Period { begins_at, ends_at: Some(datetime!(2026-12-01 0:00 UTC)) };
/// let tie = Tie { kind: TieKind::Payer, who, of, period };
/// assert!(conveyed(who, &[tie], begins_at).contains(&Role::Payer));
/// assert!(conveyed(who, &[tie], datetime!(2026-12-01 0:00 UTC)).is_empty());
/// ```
pub fn conveyed(who: PartyId, ties: &[Tie], at: OffsetDateTime) -> BTreeSet<Role> {
    let mine = ties.iter().filter(|tie| tie.who == who && tie.period.in_force(at));
    mine.filter_map(|tie| conveys(tie.kind)).collect()
}

/// Whether several accounts may belong to a party of these roles: two parents to a
/// family.
#[cfg(feature = "engine")]
pub(crate) fn may_have_several(roles: &BTreeSet<Role>) -> bool {
    roles.len() == 1 && roles.contains(&Role::Family)
}
