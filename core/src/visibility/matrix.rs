//! The matrix: what each role sees of each resource.

use crate::text_enum::text_enum;
use crate::words::{Resource, Role};

text_enum! {
    /// One cell of the matrix: how a role comes to see a resource.
    pub enum Cell {
        /// It does not.
        No = "no",
        /// Not that of another, whatever else the viewer is or was granted.
        Never = "never",
        /// Whatever the role: it is open to all who have it.
        Yes = "yes",
        /// Their own.
        Own = "own",
        /// Their own part of it alone: a caregiver's schedule.
        OwnSchedule = "own_schedule",
        /// That of the clients they are tied to.
        Tied = "tied",
        /// Of the clients they are tied to, what was issued to them.
        Issued = "issued",
        /// That of the clients to whom they are assigned: by a caregiver's tie
        /// in force, while they are a caregiver.
        Assigned = "assigned",
        /// That of the clients they are tied to, where the agency opens it.
        ByPolicy = "by_policy",
        /// By a grant in force.
        Grant = "grant",
        /// Their own, once it is linked to their account.
        Linked = "linked",
    }
}

/// The cell of the matrix (rule V), before the agency takes any away.
///
/// ```
/// use carekey::visibility::{Cell, cell};
/// use carekey::{Resource, Role};
///
/// assert_eq!(cell(Role::Client, Resource::ServicePlan), Cell::Own);
/// assert_eq!(cell(Role::Payer, Resource::ServicePlan), Cell::Never);
/// ```
pub const fn cell(role: Role, resource: Resource) -> Cell {
    use Cell::{Assigned, ByPolicy, Grant, Issued, Linked, Never, No, Own, OwnSchedule, Tied, Yes};
    let [client, emergency_contact, payer, caregiver, office_staff, family, workforce, other] = match resource {
        Resource::Dashboard => [Own, Tied, Own, Own, Own, Own, No, No],
        Resource::Invoices => [Own, Tied, Issued, No, Grant, No, No, No],
        Resource::Calendar => [Own, Tied, Tied, OwnSchedule, Grant, No, Own, No],
        Resource::ServicePlan => [Own, Never, Never, No, Grant, No, No, No],
        Resource::MessageOwner => [Yes, Yes, No, No, Yes, No, No, No],
        Resource::Application => [No, No, No, No, Grant, Linked, No, No],
        Resource::Profile => [Own, Own, Own, Own, Own, Own, Own, Own],
        Resource::ClientContact => [Own, Tied, No, Assigned, Grant, No, No, No],
        Resource::CareTasks => [Own, ByPolicy, No, Assigned, Grant, No, No, No],
    };
    match role {
        Role::Client => client,
        Role::EmergencyContact => emergency_contact,
        Role::Payer | Role::Community => payer,
        Role::Caregiver => caregiver,
        Role::OfficeStaff => office_staff,
        Role::Family => family,
        Role::Employer | Role::Participant => workforce,
        Role::HumanResources | Role::Organization | Role::Contact => other,
    }
}
