//! The same decisions, listed both ways round.

use time::OffsetDateTime;

use super::prepared::Order;
use super::{Decision, Of, Viewer};
use crate::policy::VisibilityPolicy;
use crate::words::Resource;

/// Everything that a viewer sees, of their own and of the others given
/// (rule V).
///
/// Their own comes first, then the others in the order given; of each, the
/// resources in the order of [`Resource::ALL`]. An [`Of::Own`] among the
/// others is left out. What is not seen is not listed. It takes time in
/// proportion to the ties and the others, not to their product.
///
/// ```
/// use carekey::Resource;
/// use carekey::policy::VisibilityPolicy;
/// use carekey::visibility::{Of, Viewer, what_can_see};
/// use time::macros::datetime;
///
/// let newcomer = Viewer { active: true, ..Viewer::default() };
/// let at = datetime!(2026-03-14 09:00 UTC);
/// let seen = what_can_see(&newcomer, [], &VisibilityPolicy::default(), at);
/// assert_eq!(seen.len(), 1);
/// assert_eq!((seen[0].0, seen[0].1), (Resource::Profile, Of::Own));
/// ```
pub fn what_can_see(
    viewer: &Viewer,
    others: impl IntoIterator<Item = Of>,
    policy: &VisibilityPolicy,
    at: OffsetDateTime,
) -> Vec<(Resource, Of, Decision)> {
    Order::of(viewer).what_can_see(viewer, others, policy, at)
}

/// Everyone among the viewers given who sees a resource (rule V), with the
/// decision, in the order given. `Id` is whatever the caller knows them by.
///
/// Asked of [`Of::Own`], it says who has such a resource of their own.
pub fn who_can_see<'a, Id>(
    resource: Resource,
    of: Of,
    viewers: impl IntoIterator<Item = (Id, &'a Viewer)>,
    policy: &VisibilityPolicy,
    at: OffsetDateTime,
) -> Vec<(Id, Decision)> {
    viewers
        .into_iter()
        .map(|(id, viewer)| (id, super::decide(viewer, resource, of, policy, at)))
        .filter(|(_, decision)| decision.allowed)
        .collect()
}
