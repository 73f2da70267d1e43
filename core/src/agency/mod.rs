//! The engine: what an agency does with all the rules, over a store.
//!
//! [`Directory`] opens a store, [`Agency`] is one tenant of it, and
//! [`Office`] is that tenant with someone acting: every act of the office has
//! an actor. Whoever comes to sign in, to redeem a code or to recover a
//! password needs no actor: a token or a secret is what they have.

mod act;
mod actor;
mod directory;
mod enrol;
mod invite;
mod keys;
mod leave;
mod manage;
mod office;
mod outbox;
mod owner;
mod people;
mod record_history;
mod recovery;
mod review;
mod roster;
mod session;
mod settings;
mod sight;
mod sign_in;
mod steps;
mod surroundings;
mod tokens;

use std::sync::Arc;

pub use actor::{Actor, Source};
pub use directory::Directory;
use directory::Shared;
pub use enrol::Enrolled;
pub use invite::{ApplicationRow, BatchRow, InvitationView, Invitee, Redeemed};
pub use manage::{NewStaff, User, UserColumn, UserPage, UserQuery};
pub use office::Office;
pub use outbox::{Message, MessageRow, Outbox};
pub use people::{Added, NewApplication, NewParty, NewTie, Party, Submitted, Tied};
pub use recovery::{Asks, Recovery};
pub use review::{ReviewItem, ReviewKind, UNUSED_DAYS, WindowGroup, WindowRow};
pub use roster::{CreateReport, Progress, RowOutcome, RowResult};
pub use session::{Session, SignedIn};
pub use settings::AgencySettings;
pub use sign_in::{Credentials, SignIn, Step};
pub use steps::NewPassword;
pub use surroundings::{ManualClock, Surroundings, SystemSurroundings};

pub use crate::description::{AdministrativeAct, Description};
pub use crate::visibility::{Sight, Whose};

use crate::error::{Error, Result};
use crate::finding::Code;
use crate::id::AgencyId;
use crate::store::record;

/// One tenant of a directory. A cheap handle; clone it, share it.
#[derive(Clone)]
pub struct Agency {
    pub(crate) shared: Arc<Shared>,
    pub(crate) id: AgencyId,
    code: Arc<str>,
}

impl Agency {
    pub(crate) fn new(shared: Arc<Shared>, record: &record::Agency) -> Self {
        Self { shared, id: record.id, code: record.code.as_str().into() }
    }

    /// The code by which the directory knows it.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Its identifier.
    pub fn id(&self) -> AgencyId {
        self.id
    }

    /// What it has set.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn settings(&self) -> Result<AgencySettings> {
        Ok(AgencySettings::from_record(&self.record()?))
    }

    /// The agency with someone acting. Whether they may do what they then ask
    /// is decided at each act.
    pub fn acting_as(&self, actor: Actor) -> Office {
        Office::new(self.clone(), actor, Source::UNKNOWN)
    }

    pub(crate) fn record(&self) -> Result<record::Agency> {
        act::get(&self.shared, self.id, self.id.0)?.ok_or_else(|| Error::not_found(Code::AgencyNotFound))
    }
}
