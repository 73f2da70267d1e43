//! A viewer at a moment: the facts that a decision looks up.

use time::OffsetDateTime;
use uuid::Uuid;

use super::{Grant, Of, Viewer};
use crate::id::PartyId;
use crate::relationship::{PartyFacts, Tie, conveys};
use crate::words::{Resource, Role, TieKind};

/// A set of roles.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Roles(u32);

impl Roles {
    pub(super) const NONE: Self = Self(0);

    fn add(&mut self, role: Role) {
        self.0 |= 1 << role as u32;
    }

    pub(super) fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u32) != 0
    }

    /// Its roles, in the order of [`Role::ALL`].
    pub(super) fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |role| self.has(*role))
    }
}

/// A viewer at a moment.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    pub(super) viewer: &'a Viewer,
    at: OffsetDateTime,
    /// The roles of all the viewer's parties.
    pub(super) held: Roles,
    /// Where ties to the one asked about are looked for.
    ties: &'a [Tie],
    /// Where grants are looked for.
    grants: [&'a [Grant]; 2],
}

impl<'a> Look<'a> {
    pub(super) fn new(viewer: &'a Viewer, at: OffsetDateTime) -> Self {
        let look = Self { viewer, at, held: Roles::NONE, ties: &viewer.ties, grants: [&viewer.grants, &[]] };
        Self { held: look.roles(|_| true), ..look }
    }

    /// The same look with fewer ties and grants to go through, for a caller
    /// who knows that the others do not concern the one asked about.
    pub(super) fn within(self, ties: &'a [Tie], grants: [&'a [Grant]; 2]) -> Self {
        Self { ties, grants, ..self }
    }

    /// The roles of some of the viewer's parties: those they have, and those
    /// that their ties in force convey.
    fn roles(&self, of: impl Fn(PartyId) -> bool) -> Roles {
        let mut roles = Roles::NONE;
        for party in self.viewer.parties.iter().filter(|party| of(party.id)) {
            party.roles.iter().for_each(|role| roles.add(*role));
        }
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
        self.ties.iter().find(|tie| tie.of == of && conveys(tie.kind) == Some(role) && self.counts(tie))
    }

    /// The tie that assigns a caregiver to that client: to be one is what it
    /// rests on, since the tie conveys no role.
    pub(super) fn assigned(&self, of: PartyId) -> Option<&'a Tie> {
        let is_caregiver = |who: PartyId| self.party(who).is_some_and(|who| who.roles.contains(&Role::Caregiver));
        self.ties
            .iter()
            .find(|tie| tie.of == of && tie.kind == TieKind::Caregiver && self.counts(tie) && is_caregiver(tie.who))
    }

    /// The tie by which the viewer decides as that client.
    pub(super) fn representative(&self, of: PartyId) -> Option<&'a Tie> {
        let mut ties = self.ties.iter().filter(|tie| tie.of == of && tie.kind == TieKind::PersonalRepresentative);
        ties.find(|tie| self.counts(tie))
    }

    /// The grant of that resource of that client or application. One for all
    /// of them comes before one for this, wherever in the list they stand.
    pub(super) fn grant(&self, resource: Resource, whose: Uuid) -> Option<&'a Grant> {
        let covers = |of: Option<Uuid>| {
            self.grants.iter().copied().flatten().find(|grant| {
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
