//! A viewer whose facts were put in order once, to decide many times.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use time::OffsetDateTime;
use uuid::Uuid;

use super::look::{Look, Roles};
use super::{Decision, Of, Scope, Viewer};
use crate::id::PartyId;
use crate::policy::VisibilityPolicy;
use crate::relationship::{Period, conveys};
use crate::words::{Resource, Role};

/// A [`Viewer`] for many decisions (rule V): its ties and grants are found by
/// whose they are, so that a decision costs the same however many there are.
///
/// Periods are held against the moment that each decision is asked for, as
/// ever: it stays right as time goes by, and is to be made anew when ties,
/// grants, roles or the account change.
///
/// ```
/// use carekey::Resource;
/// use carekey::policy::VisibilityPolicy;
/// use carekey::visibility::{Of, PreparedViewer, Scope, Viewer};
/// use time::macros::datetime;
///
/// let newcomer = PreparedViewer::new(Viewer { active: true, ..Viewer::default() });
/// let at = datetime!(2026-03-14 09:00 UTC);
/// let seen = newcomer.sees(Resource::Profile, Of::Own, &VisibilityPolicy::default(), at);
/// assert_eq!(seen, Some(Scope::Everything));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedViewer {
    viewer: Viewer,
    order: Order,
}

impl PreparedViewer {
    /// Puts the facts in order: in proportion to the ties and grants.
    pub fn new(viewer: Viewer) -> Self {
        Self { order: Order::of(&viewer), viewer }
    }

    /// The viewer, as it was given.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// As [`sees`](super::sees).
    pub fn sees(&self, resource: Resource, of: Of, policy: &VisibilityPolicy, at: OffsetDateTime) -> Option<Scope> {
        self.order.look(&self.viewer, of, at).sees(resource, of, policy)
    }

    /// As [`decide`](super::decide).
    pub fn decide(&self, resource: Resource, of: Of, policy: &VisibilityPolicy, at: OffsetDateTime) -> Decision {
        self.order.look(&self.viewer, of, at).decide(resource, of, policy)
    }

    /// As [`what_can_see`](super::what_can_see).
    pub fn what_can_see(
        &self,
        others: impl IntoIterator<Item = Of>,
        policy: &VisibilityPolicy,
        at: OffsetDateTime,
    ) -> Vec<(Resource, Of, Decision)> {
        self.order.what_can_see(&self.viewer, others, policy, at)
    }
}

impl From<Viewer> for PreparedViewer {
    fn from(viewer: Viewer) -> Self {
        Self::new(viewer)
    }
}

/// Where in the lists of one viewer the ties and grants stand that concern
/// somebody, and which roles the viewer has when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Order {
    held: Held,
    /// Behind each tie, and each grant, the next one of the same.
    ties: Vec<Place>,
    grants: Vec<Place>,
    of_all: Place,
    /// By ids, which no stranger chooses.
    of_one: HashMap<Uuid, First, RandomState>,
}

/// The first tie and the first grant of one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct First {
    tie: Place,
    grant: Place,
}

impl Order {
    pub(crate) fn of(viewer: &Viewer) -> Self {
        let mut order = Self { held: Held::of(viewer), ..Self::default() };
        order.of_one.reserve(viewer.ties.len());
        order.ties = chained(&viewer.ties, |tie, place| {
            core::mem::replace(&mut order.of_one.entry(tie.of.0).or_default().tie, place)
        });
        order.grants = chained(&viewer.grants, |grant, place| {
            let first = match grant.of {
                Some(whose) => &mut order.of_one.entry(whose).or_default().grant,
                None => &mut order.of_all,
            };
            core::mem::replace(first, place)
        });
        order
    }

    /// The viewer at a moment, with nothing to go through but what concerns the
    /// one asked about.
    pub(crate) fn look<'a>(&'a self, viewer: &'a Viewer, of: Of, at: OffsetDateTime) -> Look<'a> {
        self.towards(Look::prepared(viewer, &self.held, at), of)
    }

    fn towards<'a>(&'a self, look: Look<'a>, of: Of) -> Look<'a> {
        let whose = match of {
            Of::Own => return look,
            Of::Party { id, .. } => id.0,
            Of::Application(id) => id.0,
        };
        let First { tie, grant } = self.of_one.get(&whose).copied().unwrap_or_default();
        look.among(self.ties_from(tie), [self.grants_from(self.of_all), self.grants_from(grant)])
    }

    fn ties_from(&self, first: Place) -> Chain<'_> {
        Chain { first, next: &self.ties }
    }

    fn grants_from(&self, first: Place) -> Chain<'_> {
        Chain { first, next: &self.grants }
    }

    pub(crate) fn what_can_see(
        &self,
        viewer: &Viewer,
        others: impl IntoIterator<Item = Of>,
        policy: &VisibilityPolicy,
        at: OffsetDateTime,
    ) -> Vec<(Resource, Of, Decision)> {
        let look = Look::prepared(viewer, &self.held, at);
        let mut seen = Vec::new();
        for of in core::iter::once(Of::Own).chain(others.into_iter().filter(|of| *of != Of::Own)) {
            let look = self.towards(look, of);
            for resource in Resource::ALL {
                let decision = look.decide(*resource, of, policy);
                if decision.allowed {
                    seen.push((*resource, of, decision));
                }
            }
        }
        seen
    }

    /// Whether a grant, over or not, is for every client.
    pub(crate) fn of_every_client(&self, viewer: &Viewer) -> bool {
        self.grants_from(self.of_all).of(&viewer.grants).any(|grant| grant.resource != Resource::Application)
    }

    /// Whether a tie or a grant names it.
    pub(crate) fn names(&self, id: Uuid) -> bool {
        self.of_one.contains_key(&id)
    }
}

/// A place in a list, or that there is none: narrow, since a decision of one
/// among many waits for the memory that it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place(u32);

impl Place {
    /// Of more than there is memory for, the last ones are in none.
    fn at(place: usize) -> Self {
        u32::try_from(place).map_or_else(|_| Self::default(), Self)
    }
}

impl Default for Place {
    fn default() -> Self {
        Self(u32::MAX)
    }
}

/// The things in a list that concern one: the first, and behind each the next.
#[derive(Clone, Copy, Default)]
pub(super) struct Chain<'a> {
    first: Place,
    next: &'a [Place],
}

impl<'a> Chain<'a> {
    /// Those of them, in the list's own order.
    pub(super) fn of<T>(self, list: &'a [T]) -> impl Iterator<Item = &'a T> {
        let mut last = None;
        core::iter::from_fn(move || {
            // Asked for when it is needed: the first is the one, as a rule.
            let at = last.map_or(Some(self.first), |last: usize| self.next.get(last).copied())?;
            last = Some(at.0 as usize);
            list.get(at.0 as usize)
        })
    }
}

/// Behind each thing of a list the next of the same: from the last on, each comes
/// before the one that was the first until then.
fn chained<T>(list: &[T], mut before: impl FnMut(&T, Place) -> Place) -> Vec<Place> {
    let mut next = vec![Place::default(); list.len()];
    for (at, (thing, next)) in list.iter().zip(&mut next).enumerate().rev() {
        *next = before(thing, Place::at(at));
    }
    next
}

/// Which roles each of the viewer's parties has, at any moment: those that are
/// its own, and those that ties convey, with when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Held(Vec<(PartyId, Roles, Conveyed)>);

type Conveyed = Vec<(Role, Vec<Period>)>;

impl Held {
    fn of(viewer: &Viewer) -> Self {
        let mut held = Self::default();
        for party in &viewer.parties {
            let stored = Roles::of(&party.roles);
            match held.0.iter_mut().find(|(id, ..)| *id == party.id) {
                Some((_, roles, _)) => *roles = roles.and(stored),
                None => held.0.push((party.id, stored, Vec::new())),
            }
        }
        for tie in &viewer.ties {
            let party = held.0.iter_mut().find(|(id, ..)| *id == tie.who);
            let (Some((_, _, conveyed)), Some(role)) = (party, conveys(tie.kind)) else { continue };
            match conveyed.iter_mut().find(|(known, _)| *known == role) {
                Some((_, periods)) => periods.push(tie.period),
                None => conveyed.push((role, vec![tie.period])),
            }
        }
        let conveyed = held.0.iter_mut().flat_map(|(_, _, conveyed)| conveyed);
        conveyed.for_each(|(_, periods)| *periods = merged(core::mem::take(periods)));
        held
    }

    /// The roles that some of the parties have at that moment.
    pub(super) fn roles(&self, of: impl Fn(PartyId) -> bool, at: OffsetDateTime) -> Roles {
        let mut roles = Roles::NONE;
        for (_, stored, conveyed) in self.0.iter().filter(|(id, ..)| of(*id)) {
            roles = roles.and(*stored);
            for (role, periods) in conveyed {
                // The last one that has begun: none before it lasts longer.
                let begun = periods.partition_point(|period| period.begins_at <= at);
                let last = begun.checked_sub(1).and_then(|last| periods.get(last));
                if last.is_some_and(|period| period.in_force(at)) {
                    roles.add(*role);
                }
            }
        }
        roles
    }
}

/// The same moments in as few periods as can be, one after the other.
fn merged(mut periods: Vec<Period>) -> Vec<Period> {
    // One that is never in force would hide another that is.
    periods.retain(|period| period.ends_at.is_none_or(|end| period.begins_at < end));
    periods.sort_by_key(|period| period.begins_at);
    let mut merged: Vec<Period> = Vec::new();
    for period in periods {
        match merged.last_mut() {
            Some(last) if last.ends_at.is_none_or(|end| period.begins_at <= end) => {
                last.ends_at = last.ends_at.zip(period.ends_at).map(|(one, other)| one.max(other));
            }
            _ => merged.push(period),
        }
    }
    merged
}
