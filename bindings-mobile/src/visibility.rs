//! Visibility: who sees what, and why.

use carekey::{ApplicationId, Code, PartyId, visibility};
use uuid::Uuid as Identifier;

use crate::finding::{Finding, findings};
use crate::policy::Policy;
use crate::relationship::{PartyFacts, Period, Tie};
use crate::types::Moment;
use crate::words::{Language, Resource, Role, Scope};

/// Someone who looks: an account and all that it is linked to.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Viewer {
    /// Whether the account is fully set up, and neither disabled nor deleted.
    pub active: bool,
    /// The parties linked to the account: one, as a rule.
    #[uniffi(default)]
    pub parties: Vec<PartyFacts>,
    /// The ties of these parties to others.
    #[uniffi(default)]
    pub ties: Vec<Tie>,
    /// The grants to these parties.
    #[uniffi(default)]
    pub grants: Vec<Grant>,
    /// The applications linked to the account.
    #[uniffi(default)]
    pub applications: Vec<ApplicationId>,
}

/// A resource that a member of the office staff may see.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Grant {
    /// To whom. It counts while they are of the office staff.
    pub to: PartyId,
    /// What.
    pub resource: Resource,
    /// The client or the application whose it is; nothing for every one.
    pub of: Option<Identifier>,
    /// From when until when.
    pub period: Period,
}

/// Of it is that a viewer asks to see.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Of {
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
    Application {
        /// Which one.
        id: ApplicationId,
    },
}

/// A decision, with why.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Decision {
    /// Whether it is seen.
    pub allowed: bool,
    /// How much of it; nothing where it is not seen.
    pub scope: Option<Scope>,
    /// Where it is seen, every way that leads to it; where it is not, what
    /// forbids it or all that was missing. Never empty.
    pub because: Vec<Reason>,
}

/// One reason of a decision: the rule, and the tie or grant that it rests on.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Reason {
    /// A `visible.…` or a `hidden.…` code.
    pub code: String,
    /// What was asked for.
    pub resource: Resource,
    /// The viewer's role that it speaks of.
    pub role: Option<Role>,
    /// The tie that allows it.
    pub tie: Option<Tie>,
    /// The grant that allows it.
    pub grant: Option<Grant>,
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
    /// Of.
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

impl From<Viewer> for visibility::Viewer {
    fn from(Viewer { active, parties, ties, grants, applications }: Viewer) -> Self {
        Self {
            active,
            parties: parties.into_iter().map(Into::into).collect(),
            ties: ties.into_iter().map(Into::into).collect(),
            grants: grants.into_iter().map(Into::into).collect(),
            applications,
        }
    }
}

impl From<Of> for visibility::Of {
    fn from(of: Of) -> Self {
        match of {
            Of::Own => Self::Own,
            Of::Party { id, client } => Self::Party { id, client },
            Of::Application { id } => Self::Application(id),
        }
    }
}

impl From<visibility::Of> for Of {
    fn from(of: visibility::Of) -> Self {
        match of {
            visibility::Of::Own => Self::Own,
            visibility::Of::Party { id, client } => Self::Party { id, client },
            visibility::Of::Application(id) => Self::Application { id },
        }
    }
}

impl From<visibility::Grant> for Grant {
    fn from(visibility::Grant { to, resource, of, period }: visibility::Grant) -> Self {
        Self { to, resource: resource.into(), of, period: period.into() }
    }
}

impl From<Grant> for visibility::Grant {
    fn from(Grant { to, resource, of, period }: Grant) -> Self {
        Self { to, resource: resource.into(), of, period: period.into() }
    }
}

impl From<visibility::Decision> for Decision {
    fn from(visibility::Decision { allowed, scope, because }: visibility::Decision) -> Self {
        Self { allowed, scope: scope.map(Scope::from), because: because.into_iter().map(Reason::from).collect() }
    }
}

impl From<visibility::Reason> for Reason {
    fn from(visibility::Reason { code, resource, role, tie, grant }: visibility::Reason) -> Self {
        Self {
            code: code.to_string(),
            resource: resource.into(),
            role: role.map(Role::from),
            tie: tie.map(Tie::from),
            grant: grant.map(Grant::from),
        }
    }
}
