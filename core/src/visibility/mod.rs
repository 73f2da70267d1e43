//! Visibility: who sees what, and why (rule V).
//!
//! A viewer is an [account](Viewer) with the parties, ties, grants and
//! applications that belong to it. It asks to see a
//! [resource](crate::Resource) [of someone](Of), and [`decide`] answers with
//! a [`Decision`]: whether, [how much](Scope), and every [`Reason`].
//! [`sees`] is the same without the reasons; [`what_can_see`] and
//! [`who_can_see`] list the decisions both ways round. Whoever decides often for
//! one viewer [prepares](PreparedViewer) it once. A
//! [`snapshot`](crate::snapshot) takes them along to where no server is.
//!
//! Nothing is seen unless a cell of the matrix opens it:
//!
//! | resource | client | emergency contact | payer, community | caregiver | office staff | family | employer, participant | others |
//! |---|---|---|---|---|---|---|---|---|
//! | dashboard | own | tied | own | own | own | own | no | no |
//! | invoices | own | tied | issued | no | grant | no | no | no |
//! | calendar | own | tied | tied | own schedule | grant | no | own | no |
//! | service plan | own | **never** | **never** | no | grant | no | no | no |
//! | message the owner | yes | yes | no | no | yes | no | no | no |
//! | application | no | no | no | no | grant | linked | no | no |
//! | profile and password | own | own | own | own | own | own | own | own |
//! | client contact | own | tied | no | assigned | grant | no | no | no |
//! | care tasks | own | by policy | no | assigned | grant | no | no | no |
//!
//! ([`cell`] is this table; *others* are human resources, organization and
//! contact.)
//!
//! # How it is decided
//!
//! 1. An account that is not active sees nothing.
//! 2. The viewer has the roles of all its parties, and those that its ties in
//!    force [convey](crate::relationship::conveys).
//! 3. One of these roles with a *never* shuts all that is not the viewer's
//!    own, whatever other roles, ties and grants there are. So an emergency
//!    contact in the office sees no client's service plan, granted or not, and
//!    one who is a client too sees their own.
//!    The one way past it is that of a [personal
//!    representative](crate::TieKind::PersonalRepresentative), which the law
//!    treats as the client: whoever has such a tie in force to a client sees of
//!    that very client what they see of their own, the service plan included,
//!    and nothing that the agency took away from clients. The reason says so.
//! 4. Of the other cells the viewer has the union, but for those that the
//!    agency [took away](VisibilityPolicy::taken_away) from their role.
//!    * *own*, *yes*: the thing is the viewer's own, by a party that has the
//!      role. A caregiver sees their own calendar alone, not that of a client.
//!    * *tied*, *issued*: it is a client's, and a tie in force to this very
//!      client conveys the role. The role without the tie opens nothing of
//!      others. An emergency contact has no dashboard of their own: what they
//!      see is their client's.
//!    * *assigned*: it is a client's, and a caregiver's tie in force to this
//!      very client is that of a party which is a caregiver.
//!    * *by policy*: as *tied*, where the agency
//!      [opened](VisibilityPolicy::opened) it to that role.
//!    * *grant*: it is a client's or an application, and a grant in force to
//!      one of the viewer's parties that is of the office staff covers it.
//!    * *linked*: the application is linked to the account.
//! 5. An active account whose party has no role still has its own profile:
//!    people must be able to change their password.
//!
//! An agency may take away the profile too. Then these people cannot change
//! their password, so [`check_policy`] warns of it.
//!
//! Everything is decided within one agency. It is the caller's part to bring
//! together only what belongs to one.

#[cfg(feature = "engine")]
mod bearing;
mod decide;
mod decision;
mod facts;
mod grant;
mod lists;
mod look;
mod matrix;
mod prepared;
mod sight;

#[cfg(feature = "engine")]
pub(crate) use bearing::{conveying, opening, shuts};
pub use decide::{decide, sees};
pub use decision::{Decision, Reason, Scope};
pub use facts::{Of, Viewer};
pub use grant::{Grant, check_grant};
pub use lists::{what_can_see, who_can_see};
pub use matrix::{Cell, cell};
pub(crate) use prepared::Order;
pub use prepared::PreparedViewer;
pub use sight::{Sight, Whose};

use crate::finding::Finding;
use crate::policy::VisibilityPolicy;

/// What an agency should know of the cells it takes away and opens (rule V): the
/// [findings of its policy](VisibilityPolicy::findings).
pub fn check_policy(policy: &VisibilityPolicy) -> Vec<Finding> {
    policy.findings()
}
