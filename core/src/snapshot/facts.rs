//! What a snapshot knows, and what it answers from it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::id::{ApplicationId, PartyId};
use crate::policy::VisibilityPolicy;
use crate::relationship::{PartyFacts, Period, Tie};
use crate::visibility::{Decision, Grant, Of, Order, Sight, Viewer, Whose, decide};
use crate::words::{Resource, Role};

/// All that the decisions about one viewer rest on.
///
/// The default is a viewer who is not active and sees nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Who looks.
    pub viewer: Viewer,
    /// Which cells of the matrix the agency took away.
    pub policy: VisibilityPolicy,
    /// Which of the parties that the viewer's ties and grants name are
    /// clients. Where the viewer [has a grant of every
    /// client](Facts::of_every_client): all clients of the agency.
    pub clients: BTreeSet<PartyId>,
}

impl Facts {
    /// Whether, how much and why the viewer sees a resource at that moment:
    /// [`decide`], with what the facts know of whose it is.
    pub fn can_see(&self, resource: Resource, of: impl Into<Whose>, at: OffsetDateTime) -> Decision {
        let knows = |id: PartyId| self.of_every_client() || self.named().any(|named| named == id.0);
        decide(&self.viewer, resource, self.of(of.into(), knows), &self.policy, at)
    }

    /// The same, with the facts in their order.
    pub(super) fn can_see_by(&self, order: &Order, resource: Resource, of: Whose, at: OffsetDateTime) -> Decision {
        let of = self.of(of, |id| order.names(id.0) || order.of_every_client(&self.viewer));
        order.look(&self.viewer, of, at).decide(resource, of, &self.policy)
    }

    /// Everything that the viewer sees at that moment: their own, that of the
    /// clients they are tied to, their applications, and what is granted to
    /// them by name. A grant for every client stands for itself and is not
    /// listed client by client.
    pub fn what(&self, at: OffsetDateTime) -> Vec<Sight> {
        self.what_by(&Order::of(&self.viewer), at)
    }

    /// The same, with the facts in their order.
    pub(super) fn what_by(&self, order: &Order, at: OffsetDateTime) -> Vec<Sight> {
        let mut clients: BTreeSet<PartyId> = self.ties(|period| period.in_force(at)).map(|tie| tie.of).collect();
        let mut applications: BTreeSet<ApplicationId> = self.viewer.applications.iter().copied().collect();
        for grant in self.grants(|period| period.in_force(at)) {
            match grant.of {
                Some(id) if grant.resource == Resource::Application => _ = applications.insert(ApplicationId(id)),
                Some(id) => _ = clients.insert(PartyId(id)),
                None => {}
            }
        }
        clients.retain(|id| self.clients.contains(id) && self.own(*id).is_none());
        let clients = clients.into_iter().map(|id| Of::Party { id, client: true });
        let others = clients.chain(applications.into_iter().map(Of::Application));
        order
            .what_can_see(&self.viewer, others, &self.policy, at)
            .into_iter()
            .map(|(resource, of, decision)| Sight { resource, of: of.into(), decision })
            .collect()
    }

    /// Whether a grant to the viewer, over or not, is for every client, so
    /// that who is a client must be known of all.
    pub fn of_every_client(&self) -> bool {
        self.viewer.grants.iter().any(|grant| grant.of.is_none() && grant.resource != Resource::Application)
    }

    /// The facts that count at some moment of a period. The others stay out of
    /// a snapshot: who was a client once is no longer this viewer's business.
    pub(super) fn within(&self, period: &Period) -> Self {
        if !self.viewer.active {
            return Self::default();
        }
        let mut facts = self.clone();
        facts.viewer.ties = self.ties(|when| when.overlaps(period)).copied().collect();
        facts.viewer.grants = self.grants(|when| when.overlaps(period)).copied().collect();
        if !facts.of_every_client() {
            facts.clients = facts.named().map(PartyId).filter(|id| self.clients.contains(id)).collect();
        }
        facts
    }

    /// Whose it is, with what is known of them: `knows` says whether it would be
    /// known of a party if it were a client.
    ///
    /// A party that no fact names is taken for a client without a tie: to say
    /// otherwise would tell the viewer who is one and who is not.
    fn of(&self, whose: Whose, knows: impl Fn(PartyId) -> bool) -> Of {
        match whose {
            Whose::Own => Of::Own,
            Whose::Application(id) => Of::Application(id),
            Whose::Party(id) => match self.own(id) {
                Some(own) => Of::from(own),
                None => Of::Party { id, client: self.clients.contains(&id) || !knows(id) },
            },
        }
    }

    /// Whom the ties and grants name.
    fn named(&self) -> impl Iterator<Item = Uuid> {
        let tied = self.viewer.ties.iter().map(|tie| tie.of.0);
        tied.chain(self.viewer.grants.iter().filter_map(|grant| grant.of))
    }

    /// The ties that count at such a time.
    fn ties(&self, when: impl Fn(&Period) -> bool) -> impl Iterator<Item = &Tie> {
        self.viewer.ties.iter().filter(move |tie| when(&tie.period) && self.own(tie.who).is_some())
    }

    /// The grants that count at such a time.
    fn grants(&self, when: impl Fn(&Period) -> bool) -> impl Iterator<Item = &Grant> {
        let is_staff = |party: &PartyFacts| party.roles.contains(&Role::OfficeStaff);
        let grants = self.viewer.grants.iter();
        grants.filter(move |grant| when(&grant.period) && self.own(grant.to).is_some_and(is_staff))
    }

    /// One of the viewer's parties.
    fn own(&self, id: PartyId) -> Option<&PartyFacts> {
        self.viewer.parties.iter().find(|party| party.id == id)
    }
}
