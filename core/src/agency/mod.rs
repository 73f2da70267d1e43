//! The engine: what an agency does with all the rules, over a store.
//!
//! [`Directory`] opens a store, [`Agency`] is one tenant of it, and
//! [`Office`] is that tenant with someone acting: every act of the office has
//! an actor. Whoever comes to sign in, to redeem a code or to recover a
//! password needs no actor: a token or a secret is what they have.
//!
//! Its rooms, from the ground up, none of which knows one above it:
//!
//! * `kernel`: an act and its commit, who acts, keys and tokens, what is
//!   counted of those who guess, messages and histories;
//! * `identity`: who is who: contacts, links, names, enrolment (C, E1);
//! * `doors`: the ways in (E, I);
//! * `office`: what the office does (A, B, I, R, N);
//! * `access`: who sees what, from what is stored (V).
//!
//! Above them is the directory, with `ending` and `export`: an agency's end (A9).

mod access;
mod directory;
mod doors;
mod ending;
mod export;
mod identity;
mod kernel;
mod office;
mod upgrade;

pub use directory::Directory;
pub use doors::{
    Asks, Credentials, InvitationView, NewPassword, OwnContact, OwnSession, Recovered, Recovery, Redeemed, Session,
    SessionKind, SessionRow, SignIn, SignedIn, Step,
};
pub use ending::{AgencyRow, AgencyState};
pub use export::{
    AgencyExport, HistoryExport, HistoryRange, verify_export, verify_export_at, verify_history_export,
    verify_history_export_at,
};
pub use identity::Enrolled;
pub use kernel::{Actor, Agency, Each, Environment, ListPage, ManualClock, Sending, Source, SystemEnvironment};
pub use office::*;

pub use crate::description::{AdministrativeAct, Description};
pub use crate::visibility::{Sight, Whose};
