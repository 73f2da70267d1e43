//! The decision itself.

use time::OffsetDateTime;

use super::look::{Look, Roles};
use super::{Cell, Decision, Of, Reason, Scope, Viewer, cell};
use crate::finding::Code;
use crate::id::{ApplicationId, PartyId};
use crate::policy::VisibilityPolicy;
use crate::words::{Resource, Role};

/// How much of a resource a viewer sees at that moment (rule V); nothing for
/// not at all.
///
/// It is [`decide`] without the reasons: it takes no memory, and time in
/// proportion to the viewer's ties and grants. Whoever asks often prepares the
/// viewer once: [`PreparedViewer`](super::PreparedViewer).
///
/// ```
/// use carekey::Resource;
/// use carekey::policy::VisibilityPolicy;
/// use carekey::visibility::{Of, Viewer, sees};
/// use time::macros::datetime;
///
/// let nobody = Viewer::default();
/// let at = datetime!(2026-03-14 09:00 UTC);
/// assert_eq!(sees(&nobody, Resource::Dashboard, Of::Own, &VisibilityPolicy::default(), at), None);
/// ```
pub fn sees(
    viewer: &Viewer,
    resource: Resource,
    of: Of,
    policy: &VisibilityPolicy,
    at: OffsetDateTime,
) -> Option<Scope> {
    Look::new(viewer, at).sees(resource, of, policy)
}

/// Whether, how much and why a viewer sees a resource at that moment (rule V).
///
/// `of` says whose it is, `policy` which cells the agency took away. The
/// [module](super) tells how the decision is made. It takes time in proportion
/// to the viewer's ties and grants; whoever asks often prepares the viewer once:
/// [`PreparedViewer`](super::PreparedViewer).
///
/// ```
/// use carekey::policy::VisibilityPolicy;
/// use carekey::relationship::{PartyFacts, Period, Tie};
/// use carekey::visibility::{Of, Viewer, decide};
/// use carekey::{Code, Locale, PartyId, PartyKind, Resource, Role, TieKind};
/// use time::macros::datetime;
/// # use uuid::Uuid;
///
/// let sue = PartyFacts { id: PartyId(Uuid::from_u128(1)), kind: PartyKind::Person, roles: [Role::Client].into() };
/// let tom = PartyFacts { id: PartyId(Uuid::from_u128(2)), kind: PartyKind::Person, roles: [].into() };
/// let period = Period { begins_at: datetime!(2026-01-01 00:00 UTC), ends_at: None };
/// let viewer = Viewer {
///     active: true,
///     ties: vec![Tie { kind: TieKind::EmergencyContact, who: tom.id, of: sue.id, period }],
///     parties: vec![tom],
///     ..Viewer::default()
/// };
/// let policy = VisibilityPolicy::default();
/// let at = datetime!(2026-03-14 09:00 UTC);
///
/// let calendar = decide(&viewer, Resource::Calendar, Of::from(&sue), &policy, at);
/// assert!(calendar.allowed);
/// assert_eq!(calendar.because[0].tie, Some(viewer.ties[0]));
///
/// let plan = decide(&viewer, Resource::ServicePlan, Of::from(&sue), &policy, at);
/// assert!(!plan.allowed);
/// assert_eq!(plan.because[0].code, Code::HiddenNever);
/// assert_eq!(
///     plan.because[0].message(Locale::English),
///     "as emergency contact, they never see this of another: service plan"
/// );
/// ```
pub fn decide(viewer: &Viewer, resource: Resource, of: Of, policy: &VisibilityPolicy, at: OffsetDateTime) -> Decision {
    Look::new(viewer, at).decide(resource, of, policy)
}

impl Look<'_> {
    pub(crate) fn sees(&self, resource: Resource, of: Of, policy: &VisibilityPolicy) -> Option<Scope> {
        let mut widest = None;
        self.weigh(resource, of, policy, |_, scope| widest = widest.max(scope));
        widest
    }

    pub(crate) fn decide(&self, resource: Resource, of: Of, policy: &VisibilityPolicy) -> Decision {
        let mut scope = None;
        let mut because: Vec<Reason> = Vec::new();
        self.weigh(resource, of, policy, |reason, found| {
            // With a first way in, what is missing on others is beside the point.
            if found.is_some() && scope.is_none() {
                because.clear();
            }
            if (found.is_some() || scope.is_none()) && !because.contains(&reason) {
                because.push(reason);
            }
            scope = scope.max(found);
        });
        Decision { allowed: scope.is_some(), scope, because }
    }

    /// Tells every way in, with what it shows; and with nothing, what forbids
    /// it or is missing.
    fn weigh(
        &self,
        resource: Resource,
        of: Of,
        policy: &VisibilityPolicy,
        mut tell: impl FnMut(Reason, Option<Scope>),
    ) {
        let because = |code, role| Reason { code, resource, role, tie: None, grant: None };
        if !self.viewer.active {
            return tell(because(Code::HiddenAccount, None), None);
        }
        let own = self.own(of);
        let as_client = self.as_client(resource, of, policy);

        // *Never* wins over every way but those to what is the viewer's own, or
        // that of whom they represent.
        let never = self.held.iter().any(|role| cell(role, resource) == Cell::Never);
        if never && own.is_none() && as_client.is_none() {
            for role in self.held.iter().filter(|role| cell(*role, resource) == Cell::Never) {
                tell(because(Code::HiddenNever, Some(role)), None);
            }
            return;
        }

        let mut told = as_client.is_some();
        if let Some(way) = as_client {
            match way {
                Ok(reason) => tell(reason, Some(Scope::Everything)),
                Err(reason) => tell(reason, None),
            }
        }
        for role in self.held.iter().filter(|role| !never || cell(*role, resource) == Cell::Own) {
            let Some(way) = self.way(role, resource, of, own, policy) else { continue };
            told = true;
            match way {
                _ if policy.takes_away(role, resource) => tell(because(Code::HiddenByPolicy, Some(role)), None),
                Ok(reason) => tell(reason, Some(shown(role, resource))),
                Err(reason) => tell(reason, None),
            }
        }
        if !told && resource == Resource::Profile && own == Some(Roles::NONE) {
            tell(because(Code::VisibleAccount, None), Some(Scope::Everything));
        } else if !told {
            tell(because(Code::HiddenRole, None), None);
        }
    }

    /// The way of a personal representative: what the client sees of their own,
    /// so nothing that the agency took away from clients.
    fn as_client(&self, resource: Resource, of: Of, policy: &VisibilityPolicy) -> Option<Result<Reason, Reason>> {
        let Of::Party { id, client: true } = of else { return None };
        if !matches!(cell(Role::Client, resource), Cell::Own | Cell::Yes) {
            return None;
        }
        let tie = self.representative(id)?;
        let because = |code| Reason { code, resource, role: None, tie: None, grant: None };
        Some(match policy.takes_away(Role::Client, resource) {
            true => Err(Reason { role: Some(Role::Client), ..because(Code::HiddenByPolicy) }),
            false => Ok(Reason { tie: Some(*tie), ..because(Code::VisibleRepresentative) }),
        })
    }

    /// The way that a role's cell opens, or what is missing on it; nothing
    /// where the cell says nothing of such an `of`.
    fn way(
        &self,
        role: Role,
        resource: Resource,
        of: Of,
        own: Option<Roles>,
        policy: &VisibilityPolicy,
    ) -> Option<Result<Reason, Reason>> {
        let because = |code| Reason { code, resource, role: Some(role), tie: None, grant: None };
        let is_own = own.is_some_and(|own| own.has(role));
        let way = match (cell(role, resource), of) {
            _ if !is_of(resource, of) => return None,
            (Cell::Yes, _) if is_own => Ok(because(Code::VisibleRole)),
            (Cell::Own | Cell::OwnSchedule, _) if is_own => Ok(because(Code::VisibleOwn)),
            (
                Cell::Tied | Cell::Issued | Cell::Assigned | Cell::ByPolicy | Cell::Grant,
                Of::Party { client: false, .. },
            ) => Err(Reason { role: None, ..because(Code::HiddenNotClient) }),
            (Cell::ByPolicy, Of::Party { .. }) if !policy.opens(role, resource) => Err(because(Code::HiddenNotOpened)),
            (found @ (Cell::Tied | Cell::Issued | Cell::Assigned | Cell::ByPolicy), Of::Party { id, .. }) => {
                let tie = if found == Cell::Assigned { self.assigned(id) } else { self.tie(role, id) };
                match tie {
                    Some(tie) => Ok(Reason { tie: Some(*tie), ..because(Code::VisibleTie) }),
                    None => Err(because(Code::HiddenNoTie)),
                }
            }
            (Cell::Grant, Of::Party { id: PartyId(whose), .. } | Of::Application(ApplicationId(whose))) => {
                match self.grant(resource, whose) {
                    Some(grant) => {
                        let code = if grant.of.is_none() { Code::VisibleGrantAll } else { Code::VisibleGrant };
                        Ok(Reason { grant: Some(*grant), ..because(code) })
                    }
                    None => Err(because(Code::HiddenNoGrant)),
                }
            }
            (Cell::Linked, _) if self.linked(of) => Ok(because(Code::VisibleLinked)),
            (Cell::Linked, _) => Err(because(Code::HiddenNotLinked)),
            _ => return None,
        };
        // Nobody lacks a tie or a grant to see what is their own.
        let lacks = way.is_err() && own.is_some() && matches!(of, Of::Party { .. });
        (!lacks).then_some(way)
    }
}

/// Whether there can be such a resource of such an owner.
fn is_of(resource: Resource, of: Of) -> bool {
    match of {
        Of::Own => true,
        Of::Party { .. } => resource != Resource::Application,
        Of::Application(_) => resource == Resource::Application,
    }
}

/// How much a role sees of a resource, once it sees it.
fn shown(role: Role, resource: Resource) -> Scope {
    match cell(role, resource) {
        Cell::OwnSchedule => Scope::OwnSchedule,
        Cell::Issued => Scope::IssuedToViewer,
        _ => Scope::Everything,
    }
}
