//! Which ties bear on a decision, by what the matrix says: for whoever reads them
//! from where there are many.

use super::{Cell, cell};
use crate::relationship::conveys;
use crate::words::{Resource, Role, TieKind};

/// The kinds of ties whose role makes a difference to that resource, whoever it
/// is of. A role whose cell is *no* makes none.
pub(crate) fn conveying(resource: Resource) -> impl Iterator<Item = TieKind> {
    let says = move |kind: &TieKind| conveys(*kind).is_some_and(|role| cell(role, resource) != Cell::No);
    TieKind::ALL.iter().copied().filter(says)
}

/// Whether a role may shut that resource of others.
pub(crate) fn shuts(resource: Resource) -> bool {
    Role::ALL.iter().any(|role| cell(*role, resource) == Cell::Never)
}

/// The kinds of ties that may open that resource of the one they are to.
pub(crate) fn opening(resource: Resource) -> impl Iterator<Item = TieKind> {
    TieKind::ALL.iter().copied().filter(move |kind| match kind {
        TieKind::PersonalRepresentative => matches!(cell(Role::Client, resource), Cell::Own | Cell::Yes),
        TieKind::Caregiver => cell(Role::Caregiver, resource) == Cell::Assigned,
        TieKind::EmergencyContact | TieKind::Payer | TieKind::Community => conveys(*kind)
            .is_some_and(|role| matches!(cell(role, resource), Cell::Tied | Cell::Issued | Cell::ByPolicy)),
        TieKind::Individual
        | TieKind::OrganizationAssociated
        | TieKind::PossiblePayer
        | TieKind::Manager
        | TieKind::Guardian => false,
    })
}
