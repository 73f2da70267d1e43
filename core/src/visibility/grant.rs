//! Grants: what office staff see beyond the matrix.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Cell, cell};
use crate::finding::{Code, Finding};
use crate::id::PartyId;
use crate::relationship::{PartyFacts, Period};
use crate::words::{Resource, Role};

/// A resource that a member of the office staff may see (rule V).
///
/// Serialized, the period lies flat beside the rest: `begins_at`, `ends_at`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// To whom. It counts while they are of the office staff.
    pub to: PartyId,
    /// What.
    pub resource: Resource,
    /// The client, or for [`Resource::Application`] the application, whose it
    /// is; nothing for every one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Uuid>,
    /// From when until when.
    #[serde(flatten)]
    pub period: Period,
}

/// Whether a grant may be given (rule V).
///
/// The findings, in this order:
///
/// * `grant.unfit` (field `resource`): the matrix does not open it to office
///   staff by grant, but to all of them or to nobody;
/// * `grant.not_staff` (field `to`): it is not for office staff;
/// * `grant.never` (field `to`), once per role: they also have a role to which
///   the resource is never open, so the grant would open nothing;
/// * `grant.ends_before_it_begins` (field `ends_at`), or when it begins;
/// * `grant.end_missing` (field `ends_at`): a grant is given until a moment.
///
/// ```
/// use carekey::relationship::{PartyFacts, Period};
/// use carekey::visibility::check_grant;
/// use carekey::{Code, PartyId, PartyKind, Resource, Role};
/// use time::macros::datetime;
/// # use uuid::Uuid;
///
/// let rita = PartyFacts {
///     id: PartyId(Uuid::from_u128(1)),
///     kind: PartyKind::Person,
///     roles: [Role::OfficeStaff].into(),
/// };
/// let ends_at = Some(datetime!(2026-04-01 00:00 UTC));
/// let period = Period { begins_at: datetime!(2026-03-01 00:00 UTC), ends_at };
/// assert!(check_grant(&rita, Resource::ServicePlan, &period).is_empty());
/// assert_eq!(check_grant(&rita, Resource::Profile, &period)[0].code, Code::GrantUnfit);
/// ```
pub fn check_grant(to: &PartyFacts, resource: Resource, period: &Period) -> Vec<Finding> {
    let mut findings = Vec::new();
    if cell(Role::OfficeStaff, resource) != Cell::Grant {
        findings.push(Finding::new(Code::GrantUnfit, "resource").with("resource", resource.as_str()));
    }
    if !to.roles.contains(&Role::OfficeStaff) {
        findings.push(Finding::new(Code::GrantNotStaff, "to"));
    }
    for role in to.roles.iter().filter(|role| cell(**role, resource) == Cell::Never) {
        let finding = Finding::new(Code::GrantNever, "to");
        findings.push(finding.with("role", role.as_str()).with("resource", resource.as_str()));
    }
    // What ends when it begins is in force at no moment.
    if period.ends_at.is_some_and(|ends| ends <= period.begins_at) {
        findings.push(Finding::new(Code::GrantEndsBeforeItBegins, "ends_at"));
    }
    if period.ends_at.is_none() {
        findings.push(Finding::new(Code::GrantEndMissing, "ends_at"));
    }
    findings
}
