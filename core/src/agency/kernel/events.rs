//! Histories as they are written (H): a line in the history of an account, or
//! in the agency's own.
//!
//! An account's history is one chain, whose head its record keeps. The
//! agency's own is written by every act that tells of no account, and by every
//! act that makes one; as one chain, all these acts would wait for each other.
//! So it has several [strands](STRANDS), each a chain with a head of its own,
//! and an act adds to any one of them. All strands begin with the agency, so
//! that one which is missing is missed. The agency's own history names every
//! account whose history begins, so that a history removed whole is missed too.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use rand::RngExt;
use uuid::Uuid;

use super::act::Act;
use super::history::to_record;
use super::unit::Tracked;
use crate::description::{AdministrativeAct, Description};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Params, params};
use crate::history::{Head, Line};
use crate::id::{AgencyId, RecordId};
use crate::store::record;
use crate::words::{ActorKind, EventKind};

/// Of how many strands the agency's own history is twisted.
pub(crate) const STRANDS: u8 = 16;

/// The strand of that number: its id, and the subject of its lines. The first
/// goes by the agency's own id, as the one chain of earlier releases did.
pub(crate) fn strand_id(agency: AgencyId, number: u8) -> RecordId {
    match number {
        0 => RecordId(agency.0),
        number => RecordId::derived("history strand", &[agency.0.as_bytes(), &[number][..]].concat()),
    }
}

/// All strands: the subjects of the lines of the agency's own history.
pub(crate) fn strand_ids(agency: AgencyId) -> BTreeSet<Uuid> {
    (0..STRANDS).map(|number| strand_id(agency, number).0).collect()
}

impl Act<'_> {
    /// A line in an account's history. What the office did to it is, by this
    /// line, what lists say was done last (A3).
    pub(crate) fn event(&mut self, account: &mut Tracked<record::Account>, kind: EventKind, details: Params) {
        if account.history_length == 0 {
            self.begun.push(account.id);
        }
        let by_office = self.acting.kind != ActorKind::User || kind == EventKind::AccountCreated;
        if let (Some(what), true) = (AdministrativeAct::of(kind, account.staged_at.is_some()), by_office) {
            self.describe(account, what);
        }
        let mut head = Head { length: account.history_length, mac: std::mem::take(&mut account.history_head) };
        self.line(account.id.0, &mut head, kind, details);
        account.history_length = head.length;
        account.history_head = head.mac;
    }

    /// Says in the lists what was last done to an account, and by whom (A3):
    /// where no line in its history does.
    pub(crate) fn describe(&self, account: &mut record::Account, what: AdministrativeAct) {
        account.description = Some(Description { act: what, by: self.acting.name.clone() });
    }

    /// A line in the agency's own history.
    ///
    /// # Errors
    ///
    /// Those of the store; `history.cut` where a strand is missing.
    pub(crate) fn agency_event(&mut self, kind: EventKind, details: Params) -> Result<()> {
        let mut strand = match self.strand.take() {
            Some(strand) => strand,
            None => self.a_strand()?,
        };
        let mut head = strand.head();
        self.line(strand.id.0, &mut head, kind, details);
        strand.keep(head);
        self.strand = Some(strand);
        Ok(())
    }

    /// The first strand that no other act of this handle is at; where another
    /// handle was at the same one and came first, any.
    fn a_strand(&mut self) -> Result<Tracked<record::Strand>> {
        let number = if self.round == 0 {
            let place = self.shared.strands.take();
            let number = place.number;
            self.place = Some(place);
            number
        } else {
            self.rng.random_range(0..STRANDS)
        };
        let id = strand_id(self.agency.id, number);
        self.by_id(id.0)?.ok_or_else(|| {
            Error::new(ErrorKind::Store, Code::HistoryCut).with("expected", i64::from(STRANDS)).with("found", 0)
        })
    }

    /// Begins the agency's own history: every strand.
    pub(crate) fn begin_strands(&mut self, kind: EventKind, first: u8) {
        for number in first..STRANDS {
            let mut head = Head::default();
            let id = strand_id(self.agency.id, number);
            self.line(id.0, &mut head, kind, Params::new());
            drop(self.add(record::Strand {
                agency: self.agency.id,
                id,
                revision: 1,
                length: head.length,
                mac: head.mac,
            }));
        }
    }

    /// Names in the agency's own history the accounts whose history began in
    /// this act.
    pub(super) fn anchor(&mut self) -> Result<()> {
        if self.begun.is_empty() {
            return Ok(());
        }
        let begun = std::mem::take(&mut self.begun);
        self.agency_event(EventKind::HistoriesBegun, params([(ACCOUNTS, ids(begun.iter().map(|id| id.0)).into())]))
    }

    fn line(&mut self, subject: Uuid, head: &mut Head, kind: EventKind, details: Params) {
        let mut line = Line {
            subject,
            sequence: 0,
            at: self.now,
            kind,
            actor: self.acting.kind,
            actor_account: self.acting.account,
            actor_name: self.acting.name.clone(),
            details,
            source: self.acting.source.clone(),
            mac: Vec::new(),
        };
        head.append(&self.keys.history, &mut line);
        drop(self.add(to_record(self.agency.id, line)));
    }
}

/// At which strands the acts of one open directory are: those that come one
/// after the other take the same one, so that lines of one moment keep their
/// order, and those that are under way together take different ones.
#[derive(Default)]
pub(crate) struct Places(Mutex<u32>);

/// A strand that an act is at, until it ends.
pub(crate) struct Place<'a> {
    number: u8,
    places: &'a Places,
}

impl Places {
    fn take(&self) -> Place<'_> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // All of them taken: the last is shared.
        let number = (0..STRANDS - 1).find(|number| *taken & (1 << number) == 0).unwrap_or(STRANDS - 1);
        *taken |= 1 << number;
        Place { number, places: self }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.places.0.lock().unwrap_or_else(PoisonError::into_inner) &= !(1 << self.number);
    }
}

/// The parameter that names the accounts whose history begins.
pub(super) const ACCOUNTS: &str = "accounts";

/// Identifiers as one text.
pub(crate) fn ids(ids: impl Iterator<Item = Uuid>) -> String {
    ids.map(|id| id.simple().to_string()).collect::<Vec<_>>().join(" ")
}
