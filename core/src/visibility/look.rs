//! A viewer at a moment: the facts that a decision looks up.

use std::collections::BTreeSet;

use time::OffsetDateTime;
use uuid::Uuid;

use super::prepared::{Chain, Held};
use super::{Grant, Of, Viewer};
use crate::id::PartyId;
use crate::relationship::{PartyFacts, Tie, conveys};
use crate::words::{Resource, Role, TieKind};

/// A set of roles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Roles(u32);

impl Roles {
    pub(super) const NONE: Self = Self(0);

    pub(super) fn of(roles: &BTreeSet<Role>) -> Self {
        let mut set = Self::NONE;
        roles.iter().for_each(|role| set.add(*role));
        set
    }

    pub(super) fn add(&mut self, role: Role) {
        self.0 |= 1 << role as u32;
    }

    pub(super) const fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u32) != 0
    }

    /// Those of either.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Its roles, in the order of [`Role::ALL`].
    pub(super) fn iter(self) -> impl Iterator<Item = Role> {
        let mut left = self.0;
        core::iter::from_fn(move || {
            let next = left.trailing_zeros();
            left &= left.wrapping_sub(1);
            Role::ALL.get(next as usize).copied()
        })
    }
}

/// A viewer at a moment.
#[derive(Clone, Copy)]
pub(crate) struct Look<'a> {
    pub(super) viewer: &'a Viewer,
    at: OffsetDateTime,
    /// The roles of all the viewer's parties.
    pub(super) held: Roles,
    /// The roles of each party, where they were put in order.
    prepared: Option<&'a Held>,
    /// The ties, and the grants, that concern the one asked about, where those
    /// are known.
    ties: Chain<'a>,
    grants: [Chain<'a>; 2],
}

impl<'a> Look<'a> {
    pub(super) fn new(viewer: &'a Viewer, at: OffsetDateTime) -> Self {
        let look =
            Self { viewer, at, held: Roles::NONE, prepared: None, ties: Chain::default(), grants: Default::default() };
        Self { held: look.roles(|_| true), ..look }
    }

    /// The look of a viewer whose roles were put in order, with no ties and
    /// grants to go through yet.
    pub(super) fn prepared(viewer: &'a Viewer, prepared: &'a Held, at: OffsetDateTime) -> Self {
        let held = prepared.roles(|_| true, at);
        Self { viewer, at, held, prepared: Some(prepared), ties: Chain::default(), grants: Default::default() }
    }

    /// The same look with these ties and grants to go through, for a caller who
    /// knows that the others do not concern the one asked about.
    pub(super) fn among(self, ties: Chain<'a>, grants: [Chain<'a>; 2]) -> Self {
        Self { ties, grants, ..self }
    }

    /// Where ties to the one asked about are looked for.
    fn ties(&self) -> impl Iterator<Item = &'a Tie> {
        let all = if self.prepared.is_none() { &self.viewer.ties[..] } else { &[] };
        all.iter().chain(self.ties.of(&self.viewer.ties))
    }

    /// Where grants are looked for.
    fn grants(&self) -> impl Iterator<Item = &'a Grant> {
        let all = if self.prepared.is_none() { &self.viewer.grants[..] } else { &[] };
        all.iter().chain(self.grants.into_iter().flat_map(|chain| chain.of(&self.viewer.grants)))
    }

    /// The roles of some of the viewer's parties: those they have, and those
    /// that their ties in force convey.
    fn roles(&self, of: impl Fn(PartyId) -> bool) -> Roles {
        if let Some(prepared) = self.prepared {
            return prepared.roles(of, self.at);
        }
        let parties = self.viewer.parties.iter().filter(|party| of(party.id));
        let mut roles = parties.fold(Roles::NONE, |roles, party| roles.and(Roles::of(&party.roles)));
        for tie in self.viewer.ties.iter().filter(|tie| of(tie.who)) {
            if let Some(role) = conveys(tie.kind)
                && self.counts(tie)
            {
                roles.add(role);
            }
        }
        roles
    }

    /// Whether a tie is in force and the viewer's.
    fn counts(&self, tie: &Tie) -> bool {
        tie.period.in_force(self.at) && self.party(tie.who).is_some()
    }

    /// One of the viewer's parties.
    fn party(&self, id: PartyId) -> Option<&'a PartyFacts> {
        self.viewer.parties.iter().find(|party| party.id == id)
    }

    /// With which roles what is asked about is the viewer's own, if it is.
    pub(super) fn own(&self, of: Of) -> Option<Roles> {
        match of {
            Of::Own => Some(self.held),
            Of::Party { id, .. } => self.party(id).map(|_| self.roles(|who| who == id)),
            Of::Application(_) => None,
        }
    }

    /// The tie that conveys the role towards that party.
    pub(super) fn tie(&self, role: Role, of: PartyId) -> Option<&'a Tie> {
        self.ties().find(|tie| tie.of == of && conveys(tie.kind) == Some(role) && self.counts(tie))
    }

    /// The tie that assigns a caregiver to that client: to be one is what it
    /// rests on, since the tie conveys no role.
    pub(super) fn assigned(&self, of: PartyId) -> Option<&'a Tie> {
        let is_caregiver = |who: PartyId| self.party(who).is_some_and(|who| who.roles.contains(&Role::Caregiver));
        self.ties()
            .find(|tie| tie.of == of && tie.kind == TieKind::Caregiver && self.counts(tie) && is_caregiver(tie.who))
    }

    /// The tie by which the viewer decides as that client.
    pub(super) fn representative(&self, of: PartyId) -> Option<&'a Tie> {
        let mut ties = self.ties().filter(|tie| tie.of == of && tie.kind == TieKind::PersonalRepresentative);
        ties.find(|tie| self.counts(tie))
    }

    /// The grant of that resource of that client or application. One for all
    /// of them comes before one for this, wherever in the list they stand.
    pub(super) fn grant(&self, resource: Resource, whose: Uuid) -> Option<&'a Grant> {
        let covers = |of: Option<Uuid>| {
            self.grants().find(|grant| {
                grant.resource == resource
                    && grant.of == of
                    && grant.period.in_force(self.at)
                    && self.party(grant.to).is_some_and(|to| to.roles.contains(&Role::OfficeStaff))
            })
        };
        covers(None).or_else(|| covers(Some(whose)))
    }

    /// Whether that application, or any, is linked to the account.
    pub(super) fn linked(&self, of: Of) -> bool {
        match of {
            Of::Own => !self.viewer.applications.is_empty(),
            Of::Application(id) => self.viewer.applications.contains(&id),
            Of::Party { .. } => false,
        }
    }
}
