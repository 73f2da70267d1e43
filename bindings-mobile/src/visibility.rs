//! Visibility: who sees what, and why.

use carekey::{ApplicationId, Code, PartyId, visibility};

use crate::choice::choices;
use crate::finding::{Finding, findings};
use crate::policy::Policy;
use crate::records::{Decision, PartyFacts, Period, Reason, Viewer};
use crate::types::Moment;
use crate::words::{Language, Resource, Scope};

choices! {
    /// Whose it is that a viewer asks to see.
    Of = carekey::visibility::Of {
        /// The viewer's own.
        Own,
        /// That of a party.
        Party {
            /// Which one.
            id: PartyId,
            /// Whether it is a client: no other party has anything to be seen by
            /// others.
            client: bool,
        },
        /// An application.
        Application(
            /// Which one.
            id: ApplicationId
        ),
    }
}

#[uniffi::export]
impl Reason {
    /// The reason in words, for a reader of that language. It is for the
    /// office: a viewer need not learn what they lack.
    pub fn message(&self, language: Language) -> String {
        let Ok(code) = self.code.parse::<Code>() else { return self.code.clone() };
        let Self { resource, role, tie, grant, .. } = self.clone();
        visibility::Reason {
            code,
            resource: resource.into(),
            role: role.map(carekey::Role::from),
            tie: tie.map(carekey::relationship::Tie::from),
            grant: grant.map(visibility::Grant::from),
        }
        .message(language.into())
    }
}

/// One thing that a viewer sees.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Seen {
    /// What.
    pub resource: Resource,
    /// Whose.
    pub of: Of,
    /// How much of it, and why.
    pub decision: Decision,
}

/// One viewer who sees something.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Seer {
    /// Their place in the list that was given.
    pub index: u32,
    /// How much of it, and why.
    pub decision: Decision,
}

#[uniffi::export]
impl Policy {
    /// Whether a viewer sees a resource at that moment, how much of it, and
    /// every reason.
    pub fn decide(&self, viewer: Viewer, resource: Resource, of: Of, at: Moment) -> Decision {
        visibility::decide(&viewer.into(), resource.into(), of.into(), &self.0.visibility, at).into()
    }

    /// The same without the reasons: how much of it, nothing where it is not
    /// seen.
    pub fn sees(&self, viewer: Viewer, resource: Resource, of: Of, at: Moment) -> Option<Scope> {
        visibility::sees(&viewer.into(), resource.into(), of.into(), &self.0.visibility, at).map(Scope::from)
    }

    /// Everything that a viewer sees, of their own and of the others given.
    pub fn what_can_see(&self, viewer: Viewer, others: Vec<Of>, at: Moment) -> Vec<Seen> {
        let others = others.into_iter().map(visibility::Of::from);
        visibility::what_can_see(&viewer.into(), others, &self.0.visibility, at)
            .into_iter()
            .map(|(resource, of, decision)| Seen {
                resource: resource.into(),
                of: of.into(),
                decision: decision.into(),
            })
            .collect()
    }

    /// Everyone among the viewers given who sees a resource, in their order.
    pub fn who_can_see(&self, resource: Resource, of: Of, viewers: Vec<Viewer>, at: Moment) -> Vec<Seer> {
        let viewers: Vec<visibility::Viewer> = viewers.into_iter().map(visibility::Viewer::from).collect();
        visibility::who_can_see(resource.into(), of.into(), (0..).zip(&viewers), &self.0.visibility, at)
            .into_iter()
            .map(|(index, decision)| Seer { index, decision: decision.into() })
            .collect()
    }
}

/// Why a grant cannot be given: `grant.unfit`, `grant.not_staff`,
/// `grant.never`, `grant.ends_before_it_begins`.
#[uniffi::export]
pub fn check_grant(to: PartyFacts, resource: Resource, period: Period) -> Vec<Finding> {
    findings(visibility::check_grant(&to.into(), resource.into(), &period.into()))
}
