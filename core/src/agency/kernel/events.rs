//! Histories as they are written (H): a line in the history of an account, or
//! in the agency's own.
//!
//! An account's history is one chain, whose head its record keeps. The
//! agency's own is written by every act that tells of no account, and by every
//! act that makes one. Nothing that an act decides rests on it: its lines are
//! chained when the commit comes to them, behind whatever line is the last one
//! then, so that no act is decided again for them. Nor do commits that run side
//! by side wait for each other: it has several [strands](STRANDS), each a chain
//! with a head of its own, and a commit adds to any one that no other is at. All
//! strands begin with the agency, so that one which is missing is missed. The
//! agency's own history names every account whose history begins, so that a
//! history removed whole is missed too.

use std::collections::BTreeSet;

use uuid::Uuid;
use zeroize::Zeroizing;

use super::act::Act;
use super::history::to_record;
use super::unit::Tracked;
use crate::description::{AdministrativeAct, Description};
use crate::error::Result;
use crate::finding::{Params, params};
use crate::history::{Head, Line};
use crate::id::{AccountId, AgencyId, RecordId};
use crate::store::{Follow, Record, Write, record};
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
        self.append(&mut head, self.line(account.id.0, kind, details));
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
    /// None: it is chained when the act is committed.
    pub(crate) fn agency_event(&mut self, kind: EventKind, details: Params) -> Result<()> {
        self.told.push(self.line(self.agency.id.0, kind, details));
        Ok(())
    }

    /// Says in a strand of the agency's own history where it begins from now on,
    /// and names once more the accounts whose beginning stood in what is removed:
    /// all that this act tells goes behind that strand, and none other.
    ///
    /// # Errors
    ///
    /// None: it is chained when the act is committed.
    pub(crate) fn checkpoint_in(&mut self, strand: RecordId, details: Params, begun: Vec<AccountId>) -> Result<()> {
        self.strand = Some(strand);
        self.begun.extend(begun);
        self.agency_event(EventKind::HistoryCheckpoint, details)
    }

    /// Begins the agency's own history: every strand.
    pub(crate) fn begin_strands(&mut self, kind: EventKind, first: u8) {
        for number in first..STRANDS {
            let mut head = Head::default();
            let id = strand_id(self.agency.id, number);
            self.append(&mut head, self.line(id.0, kind, Params::new()));
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
        for begun in std::mem::take(&mut self.begun).chunks(NAMED) {
            let begun = ids(begun.iter().map(|id| id.0)).into();
            self.agency_event(EventKind::HistoriesBegun, params([(ACCOUNTS, begun)]))?;
        }
        Ok(())
    }

    fn line(&self, subject: Uuid, kind: EventKind, details: Params) -> Line {
        Line {
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
        }
    }

    fn append(&self, head: &mut Head, mut line: Line) {
        head.append(&self.keys.history, &mut line);
        drop(self.add(to_record(self.agency.id, line)));
    }
}

/// Writes lines in the agency's own history, behind the last one of a strand:
/// the one that is named, or else the first strand, as long as no other commit is
/// at it, so that lines of one moment keep their order.
pub(super) fn chained(
    agency: AgencyId,
    key: &Zeroizing<[u8; 32]>,
    lines: Vec<Line>,
    strand: Option<RecordId>,
) -> Option<Write> {
    if lines.is_empty() {
        return None;
    }
    let key = key.clone();
    let follow = Follow::of(move |mut strand: record::Strand| {
        let (subject, mut head) = (strand.id.0, strand.head());
        let mut writes = Vec::with_capacity(lines.len() + 1);
        for line in &lines {
            let mut line = Line { subject, ..line.clone() };
            head.append(&key, &mut line);
            writes.push(Write::insert(&to_record(agency, line)));
        }
        strand.keep(head);
        writes.push(Write::update(&mut strand));
        Ok(writes)
    });
    let all = || (0..STRANDS).map(|number| strand_id(agency, number).0).collect();
    let ids = strand.map_or_else(all, |strand| vec![strand.0]);
    Some(Write::Follow { table: record::Strand::TABLE, agency, ids, follow })
}

/// How many accounts one line names at the most.
const NAMED: usize = 2_000;

/// The parameter that names the accounts whose history begins.
pub(super) const ACCOUNTS: &str = "accounts";

/// Identifiers as one text.
pub(crate) fn ids(ids: impl Iterator<Item = Uuid>) -> String {
    ids.map(|id| id.simple().to_string()).collect::<Vec<_>>().join(" ")
}
