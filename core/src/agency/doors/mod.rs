//! The ways in: signing in, the steps before it, sessions and devices,
//! forgotten passwords, redeeming an invitation, confirming a contact (E, I, C).

mod contact;
mod own_sessions;
mod owner;
mod recovery;
mod redeem;
mod session;
mod sign_in;
mod steps;

pub use crate::agency::kernel::tokens::Step;
pub use contact::OwnContact;
pub(crate) use own_sessions::signed_in;
pub use own_sessions::{OwnSession, SessionKind, SessionRow};
pub use recovery::{Asks, Recovered, Recovery};
pub use redeem::{InvitationView, Redeemed};
pub use session::{Session, SignedIn};
pub use sign_in::{Credentials, SignIn};
pub use steps::NewPassword;
