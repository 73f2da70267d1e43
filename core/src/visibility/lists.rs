//! The same decisions, listed both ways round.

use time::OffsetDateTime;
use uuid::Uuid;

use super::look::Look;
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
    let look = Look::new(viewer, at);
    // Sorted by whose they are, those of one stand together; stable, so that
    // the first one that allows is the same as in the viewer's own order.
    let mut ties = viewer.ties.clone();
    ties.sort_by_key(|tie| tie.of);
    let mut grants = viewer.grants.clone();
    grants.sort_by_key(|grant| grant.of);
    let of_all = of_one(&grants, |grant| grant.of, None);

    let mut seen = Vec::new();
    for of in core::iter::once(Of::Own).chain(others.into_iter().filter(|of| *of != Of::Own)) {
        let whose: Option<Uuid> = match of {
            Of::Own => None,
            Of::Party { id, .. } => Some(id.0),
            Of::Application(id) => Some(id.0),
        };
        let (ties, grants) = match whose {
            None => (&[][..], &[][..]),
            Some(whose) => (of_one(&ties, |tie| tie.of.0, whose), of_one(&grants, |grant| grant.of, Some(whose))),
        };
        let look = look.within(ties, [of_all, grants]);
        for resource in Resource::ALL {
            let decision = look.decide(*resource, of, policy);
            if decision.allowed {
                seen.push((*resource, of, decision));
            }
        }
    }
    seen
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

/// Those of one, in a list that is sorted by whose they are.
fn of_one<T, K: Ord>(sorted: &[T], key: impl Fn(&T) -> K, whose: K) -> &[T] {
    let from = sorted.partition_point(|item| key(item) < whose);
    let rest = sorted.get(from..).unwrap_or_default();
    let until = rest.partition_point(|item| key(item) <= whose);
    rest.get(..until).unwrap_or_default()
}
