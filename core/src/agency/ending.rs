//! An agency's end (A9): it is suspended, exported, and deleted, in no other
//! order.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use data_encoding::HEXLOWER;
use time::OffsetDateTime;

use super::directory::Directory;
use super::export::{self, AgencyExport, PIECE};
use super::kernel::act::{Suspended, run_where};
use super::kernel::{Act, Acting, Actor, Sending, get, read};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Params, params};
use crate::id::AgencyId;
use crate::policy::Policy;
use crate::store::{Query, Select, StoreError, Table, Write, record};
use crate::text_enum::text_enum;
use crate::words::{ActorKind, EventKind};

text_enum! {
    /// How an agency stands in its directory (A9).
    pub enum AgencyState {
        /// It works.
        Open = "open",
        /// Nothing is decided in it, and nobody gets in.
        Suspended = "suspended",
        /// Suspended for good: its rows are being deleted, and deleting it again
        /// ends that.
        Deleting = "deleting",
        /// Nothing of it is left but this note; its code is not given again.
        Deleted = "deleted",
    }
}

/// An agency as its directory knows it, whatever its state (A9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyRow {
    /// The code by which the directory knows it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub state: AgencyState,
    /// Since when it stands so: created, suspended, being deleted, deleted.
    pub since: OffsetDateTime,
    /// Who suspended or deleted it.
    pub by: Option<String>,
    /// Why it was suspended.
    pub reason: Option<String>,
    /// The SHA-256 of the export that the deletion rests on, in hexadecimal.
    pub export: Option<String>,
}

impl From<record::Agency> for AgencyRow {
    fn from(agency: record::Agency) -> Self {
        let (state, since) = match (agency.deleted_at, agency.deleting_since, agency.suspended_at) {
            (Some(at), _, _) => (AgencyState::Deleted, at),
            (None, Some(at), _) => (AgencyState::Deleting, at),
            (None, None, Some(at)) => (AgencyState::Suspended, at),
            (None, None, None) => (AgencyState::Open, agency.created_at),
        };
        Self {
            code: agency.code,
            name: agency.name,
            state,
            since,
            by: agency.deleted_by.or(agency.suspended_by),
            reason: agency.suspended_for,
            export: agency.deleted_export.map(|digest| HEXLOWER.encode(&digest)),
        }
    }
}

/// The most characters of a reason that are kept.
const LONGEST_REASON: usize = 500;

impl Directory {
    /// Every agency that there is or was, by code: those that are suspended and
    /// the notes of those that were deleted too (A9).
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn agency_rows(&self) -> Result<Vec<AgencyRow>> {
        let found = read(&self.shared, &Query::agencies().by(record::Agency::code, false))?;
        Ok(found.into_iter().map(AgencyRow::from).collect())
    }

    /// Suspends an agency: nothing is decided in it and nobody gets in until it
    /// is resumed, by handles that were opened before either (A9). Sign-in and
    /// recovery answer as to a name that nobody has; all else is refused with
    /// `agency.suspended`. Nothing ends by it: sessions, links and messages
    /// wait, as long as they are good for. No act that began before is committed
    /// after it. What an app holds of it in a snapshot lasts as long as the
    /// snapshot does.
    ///
    /// Of the reason 500 characters are kept.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed` but for support; `agency.not_found`;
    /// `agency.suspended` where it is already; `agency.deleted`, also where its
    /// rows are being deleted.
    pub fn suspend_agency(&self, code: &str, reason: &str, actor: &Actor) -> Result<()> {
        let acting = support(actor, "suspend_agency")?;
        let reason: String = reason.trim().chars().take(LONGEST_REASON).collect();
        self.ends(code, &acting, |act| {
            not_deleted(&act.agency)?;
            if act.agency.suspended_at.is_some() {
                return Err(Error::new(ErrorKind::NotAllowed, Code::AgencySuspended));
            }
            act.agency.suspended_at = Some(act.now);
            act.agency.suspended_by = Some(acting.name.clone());
            act.agency.suspended_for = Some(reason.clone()).filter(|reason| !reason.is_empty());
            act.agency_event(EventKind::AgencySuspended, params([("reason", reason.as_str().into())]))
        })
    }

    /// Takes a suspended agency up again: everything goes on where it was (A9).
    ///
    /// # Errors
    ///
    /// `actor.not_allowed` but for support; `agency.not_found`;
    /// `agency.not_suspended`; `agency.deleted`, also where its rows are being
    /// deleted.
    pub fn resume_agency(&self, code: &str, actor: &Actor) -> Result<()> {
        let acting = support(actor, "resume_agency")?;
        self.ends(code, &acting, |act| {
            not_deleted(&act.agency)?;
            suspended(&act.agency)?;
            act.agency.suspended_at = None;
            act.agency.suspended_by = None;
            act.agency.suspended_for = None;
            act.agency_event(EventKind::AgencyResumed, Params::new())
        })
    }

    /// Writes out everything that an agency has, as JSON lines, readable and
    /// without a secret (A9). Its history says so first, so that it is in it.
    ///
    /// The first line says of which agency it is, the last one seals it with the
    /// key and counts the rows; each other one has the `table` and the `row`.
    /// Moments are RFC 3339, digests hexadecimal. Left out are hashes of
    /// passwords and answers, digests of links, codes and tokens, what waits
    /// sealed, and what is only there to find and to sort by.
    /// [`verify_export`](crate::agency::verify_export) verifies it.
    ///
    /// Of an agency that is not suspended it has what was there when its piece
    /// was read, and may not hold together.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed` but for support; `agency.not_found`;
    /// `agency.deleted`, also where its rows are being deleted;
    /// `export.failed` where it cannot be written.
    pub fn export_agency(&self, code: &str, to: &mut dyn std::io::Write, actor: &Actor) -> Result<AgencyExport> {
        let acting = support(actor, "export_agency")?;
        self.ends(code, &acting, |act| {
            not_deleted(&act.agency)?;
            act.agency_event(EventKind::AgencyExported, Params::new())
        })?;
        export::write(&self.shared, &self.there(code)?, to)
    }

    /// As [`Directory::export_agency`], into a new file that its owner alone can
    /// read. It is there whole, or not at all.
    ///
    /// # Errors
    ///
    /// As [`Directory::export_agency`]; `export.failed` also where there is such
    /// a file already.
    pub fn export_agency_to(&self, code: &str, file: &Path, actor: &Actor) -> Result<AgencyExport> {
        support(actor, "export_agency")?;
        export::into_new_file(file, |to| self.export_agency(code, to, actor))
    }

    /// Deletes a suspended agency for good: every row of it, in pieces, but the
    /// note of its name, and of who deleted it when and by which export, under a
    /// code that is not given again (A9). Asked for is an export of it as it is
    /// now, to be read: one of before anything was changed, another export among
    /// it, is none.
    ///
    /// Killed in the middle, the agency stays suspended, and is deleted by
    /// calling it again with the same export.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed` but for support; `agency.not_found`;
    /// `agency.not_suspended`; `agency.not_exported` where the export is not of
    /// this agency as it is now; `agency.deleted` where it was before;
    /// `export.failed` where the export cannot be read.
    pub fn delete_agency(&self, code: &str, export: &mut dyn Read, actor: &Actor) -> Result<()> {
        let acting = support(actor, "delete_agency")?;
        let agency = self.there(code)?;
        suspended(&agency)?;
        let given = export::sha256_of(export)?;
        // What is begun rests on the export that it was begun with.
        if agency.deleting_since.is_none()
            && export::write(&self.shared, &agency, &mut std::io::sink())?.sha256 != given
        {
            return Err(not_exported());
        }
        let digest = HEXLOWER.decode(given.as_bytes()).map_err(|_| not_exported())?;
        self.ends(code, &acting, |act| {
            if act.agency.deleted_at.is_some() {
                return Err(Error::not_found(Code::AgencyDeleted));
            }
            if act.agency.deleting_since.is_some() {
                let is_the_same = act.agency.deleted_export.as_ref() == Some(&digest);
                return if is_the_same { Ok(()) } else { Err(not_exported()) };
            }
            suspended(&act.agency)?;
            // Whoever resumed it meanwhile wrote it.
            if act.agency.revision != agency.revision {
                return Err(not_exported());
            }
            act.agency.deleting_since = Some(act.now);
            act.agency.deleted_by = Some(acting.name.clone());
            act.agency.deleted_export = Some(digest.clone());
            Ok(())
        })?;
        for table in export::tables().filter(|table| table.name != "agency") {
            self.delete_rows(table, agency.id)?;
        }
        self.shared.store.recount(agency.id)?;
        self.ends(code, &acting, |act| {
            act.agency.deleted_at.get_or_insert(act.now);
            act.agency.prefix.clear();
            act.agency.link_base.clear();
            act.agency.owner_email = None;
            act.agency.owner_emails = None;
            act.agency.time_zone = None;
            act.agency.listed_by = None;
            act.agency.suspended_for = None;
            act.agency.policy = Policy::default().into();
            Ok(())
        })
    }

    /// As [`Directory::delete_agency`], with an export that is a file.
    ///
    /// # Errors
    ///
    /// As [`Directory::delete_agency`].
    pub fn delete_agency_by(&self, code: &str, export: &Path, actor: &Actor) -> Result<()> {
        support(actor, "delete_agency")?;
        let mut export = File::open(export).map_err(|error| export::failed(&error))?;
        self.delete_agency(code, &mut export, actor)
    }

    fn delete_rows(&self, table: &'static Table, agency: AgencyId) -> Result<()> {
        loop {
            let found = self.shared.store.find(&Select::of(table, agency).page(0, PIECE))?;
            if found.is_empty() {
                return Ok(());
            }
            let mut piece = Vec::with_capacity(found.len());
            for row in &found {
                let (id, revision) = export::id_of(row)?;
                piece.push(Write::Delete { table, agency, id, revision });
            }
            match self.shared.store.commit(piece) {
                // Another process is at the same: what is left is looked for again.
                Ok(()) | Err(StoreError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// The row of an agency, whatever its state.
    pub(super) fn there(&self, code: &str) -> Result<record::Agency> {
        let id = AgencyId::of_code(code);
        get(&self.shared, id, id.0)?.ok_or_else(|| Error::not_found(Code::AgencyNotFound))
    }

    /// An act by which it comes to its end, or does not.
    fn ends(&self, code: &str, acting: &Acting, decide: impl FnMut(&mut Act<'_>) -> Result<()>) -> Result<()> {
        run_where(&self.shared, AgencyId::of_code(code), Suspended::IsMet, acting, decide)
    }
}

/// Only support does any of it.
pub(super) fn support(actor: &Actor, what: &str) -> Result<Acting> {
    let Actor::Support(name) = actor else {
        return Err(Error::new(ErrorKind::NotAllowed, Code::ActorNotAllowed).with("act", what));
    };
    Ok(Acting { kind: ActorKind::Support, account: None, name: name.clone(), source: None, sending: Sending::Now })
}

fn suspended(agency: &record::Agency) -> Result<()> {
    match agency.suspended_at {
        Some(_) => Ok(()),
        None => Err(Error::new(ErrorKind::Invalid, Code::AgencyNotSuspended)),
    }
}

fn not_exported() -> Error {
    Error::new(ErrorKind::Invalid, Code::AgencyNotExported)
}

/// `agency.deleted` where its deletion was begun.
fn not_deleted(agency: &record::Agency) -> Result<()> {
    match agency.deleting_since {
        Some(_) => Err(Error::not_found(Code::AgencyDeleted)),
        None => Ok(()),
    }
}
