//! The agency with someone acting.

use super::act::{self, Act};
use super::actor::{Acting, Actor, Source};
use super::{Agency, AgencySettings};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Params};
use crate::store::record;
use crate::words::{ActorKind, EventKind, Stage};

/// An agency with someone acting: what support, an account manager or the
/// host's own program may do.
///
/// Whether the actor may do it is decided anew at each act, from the facts of
/// that moment: `actor.not_allowed` where not.
#[derive(Clone)]
pub struct Office {
    pub(crate) agency: Agency,
    actor: Actor,
    source: Source,
}

impl Office {
    pub(crate) fn new(agency: Agency, actor: Actor, source: Source) -> Self {
        Self { agency, actor, source }
    }

    /// The same, with a note for the history of where the actor sits.
    #[must_use]
    pub fn from(self, source: Source) -> Self {
        Self { source, ..self }
    }

    /// The agency.
    pub fn agency(&self) -> &Agency {
        &self.agency
    }

    /// Changes the settings of the agency. The code stays as it is.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, or the findings about the settings.
    pub fn change_settings(&self, settings: AgencySettings) -> Result<()> {
        let settings = settings.checked()?;
        self.act("change_settings", |act| {
            let new = AgencySettings { code: act.agency.code.clone(), ..settings.clone() };
            let old = act.agency.clone();
            let kept = new.into_record(old.id, old.created_at);
            act.agency = record::Agency {
                revision: old.revision,
                history_length: old.history_length,
                history_head: old.history_head,
                ..kept
            };
            act.agency_event(EventKind::AgencyChanged, Params::new());
            Ok(())
        })
    }

    /// Runs an act of the office: support, managers and the system may.
    pub(crate) fn act<T>(&self, name: &str, decide: impl FnMut(&mut Act<'_>) -> Result<T>) -> Result<T> {
        let acting = self.acting(name)?;
        act::run(&self.agency.shared, self.agency.id, &acting, decide)
    }

    /// Runs an act that only support may.
    pub(crate) fn support_act<T>(&self, name: &str, decide: impl FnMut(&mut Act<'_>) -> Result<T>) -> Result<T> {
        if !matches!(self.actor, Actor::Support(_)) {
            return Err(not_allowed(name));
        }
        self.act(name, decide)
    }

    /// Who acts, if they may act for the office now.
    pub(crate) fn acting(&self, name: &str) -> Result<Acting> {
        let source = self.source.text();
        match &self.actor {
            Actor::Support(who) => Ok(Acting { kind: ActorKind::Support, account: None, name: who.clone(), source }),
            Actor::System(what) => Ok(Acting { kind: ActorKind::System, account: None, name: what.clone(), source }),
            Actor::Account(id) => {
                let account: Option<record::Account> = act::get(&self.agency.shared, self.agency.id, id.0)?;
                let account = account.filter(may_manage).ok_or_else(|| not_allowed(name))?;
                Ok(Acting { kind: ActorKind::Manager, account: Some(*id), name: account.display_name, source })
            }
        }
    }
}

fn may_manage(account: &record::Account) -> bool {
    account.manager_since.is_some()
        && account.disabled_at.is_none()
        && account.deleted_at.is_none()
        && account.stage == Stage::Active
}

fn not_allowed(name: &str) -> Error {
    Error::new(ErrorKind::NotAllowed, Code::ActorNotAllowed).with("act", name)
}
