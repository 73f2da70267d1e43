//! Histories as they rest: reading, verifying, exporting (H).

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::act;
use super::agency::Agency;
use super::events::{ACCOUNTS, STRANDS, strand_id, strand_ids};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Param};
use crate::history::{Head, Line, verify};
use crate::id::{AccountId, AgencyId, EventId};
use crate::store::{Query, record};
use crate::words::EventKind;

/// A line is written once.
const WRITTEN_ONCE: i64 = 1;

pub(crate) fn to_record(agency: AgencyId, line: Line) -> record::Event {
    record::Event {
        agency,
        id: EventId::of_line(line.at, &line.mac),
        revision: WRITTEN_ONCE,
        subject: line.subject,
        sequence: line.sequence,
        at: line.at,
        kind: line.kind,
        actor: line.actor,
        actor_account: line.actor_account,
        actor_name: line.actor_name,
        details: line.details,
        source: line.source,
        mac: line.mac,
        serial: None,
    }
}

pub(crate) fn from_record(event: record::Event) -> Line {
    Line {
        subject: event.subject,
        sequence: event.sequence,
        at: event.at,
        kind: event.kind,
        actor: event.actor,
        actor_account: event.actor_account,
        actor_name: event.actor_name,
        details: event.details,
        source: event.source,
        mac: event.mac,
    }
}

impl Agency {
    /// The lines of an account's history, first line first.
    pub(crate) fn account_lines(&self, account: &record::Account) -> Result<Vec<Line>> {
        Ok(self.events(account.id.0)?.into_iter().map(from_record).collect())
    }

    /// The agency's own history: settings, managers, rosters, ties, grants.
    /// Lines of one moment that two handles wrote are in no order of their own.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn agency_history(&self) -> Result<Vec<Line>> {
        self.record()?;
        let query = is_seen(self.id, Query::all(self.id)).among(record::Event::subject, strand_ids(self.id));
        let mut lines: Vec<Line> = act::read(&self.shared, &query)?.into_iter().map(from_record).collect();
        lines.sort_by_key(|line| (line.at, line.subject, line.sequence));
        Ok(lines)
    }

    /// Whether the history of an account is as it was written.
    ///
    /// # Errors
    ///
    /// `history.broken` with the number of the first line that is not as it
    /// was written, or that the feed has before its predecessor; `history.cut` where lines are missing at the end; those of
    /// [`Agency::history`].
    pub fn verify_history(&self, account: AccountId) -> Result<()> {
        self.record()?;
        let known: Option<record::Account> = act::get(&self.shared, self.id, account.0)?;
        let known = known.ok_or_else(|| Error::not_found(Code::AccountNotFound))?;
        self.verify(account.0, &Head { length: known.history_length, mac: known.history_head })?;
        Ok(())
    }

    /// Whether the agency's own history is as it was written, and whether
    /// every account whose history it ever saw begin still has one.
    ///
    /// # Errors
    ///
    /// `history.broken`, `history.cut`, or `history.removed` with the account whose
    /// history is gone.
    pub fn verify_agency_history(&self) -> Result<()> {
        self.record()?;
        let mut begun = BTreeSet::new();
        for number in 0..STRANDS {
            let id = strand_id(self.id, number);
            let strand: Option<record::Strand> = act::get(&self.shared, self.id, id.0)?;
            let head = strand.map(|strand| strand.head()).unwrap_or_default();
            begun.extend(self.verify(id.0, &head)?.iter().flat_map(begun_by));
        }
        let query = Query::<record::Account>::all(self.id).among(record::Account::id, &begun);
        for account in act::read(&self.shared, &query)? {
            if account.history_length > 0 {
                begun.remove(&account.id);
            }
        }
        none_gone(&begun)
    }

    fn verify(&self, subject: Uuid, head: &Head) -> Result<Vec<Line>> {
        chained(&self.keys().history, subject, self.events(subject)?, head)
    }

    pub(crate) fn events(&self, subject: Uuid) -> Result<Vec<record::Event>> {
        let query = Query::<record::Event>::all(self.id).is(record::Event::subject, subject);
        act::read(&self.shared, &query.by(record::Event::sequence, false))
    }
}

/// The histories of an agency as they stand in an export (A9): verified as those
/// in the store are.
pub(crate) struct Chains {
    agency: AgencyId,
    lines: BTreeMap<Uuid, Vec<record::Event>>,
    heads: BTreeMap<Uuid, Head>,
}

impl Chains {
    pub(crate) fn new(agency: AgencyId) -> Self {
        Self { agency, lines: BTreeMap::new(), heads: BTreeMap::new() }
    }

    pub(crate) fn line(&mut self, event: record::Event) {
        self.lines.entry(event.subject).or_default().push(event);
    }

    pub(crate) fn head(&mut self, subject: Uuid, head: Head) {
        self.heads.insert(subject, head);
    }

    /// # Errors
    ///
    /// As [`Agency::verify_agency_history`] and [`Agency::verify_history`].
    pub(crate) fn verify(mut self, key: &[u8; 32]) -> Result<()> {
        let mut begun = BTreeSet::new();
        for subject in strand_ids(self.agency) {
            begun.extend(self.take(key, subject)?.iter().flat_map(begun_by));
        }
        let others: BTreeSet<Uuid> = self.heads.keys().chain(self.lines.keys()).copied().collect();
        for subject in others {
            // Of an earlier release, and of nobody whom the agency saw begin.
            let is_none = self.heads.get(&subject).is_some_and(|head| head.length == 0);
            if !is_none || self.lines.contains_key(&subject) {
                self.take(key, subject)?;
                begun.remove(&AccountId(subject));
            }
        }
        none_gone(&begun)
    }

    fn take(&mut self, key: &[u8; 32], subject: Uuid) -> Result<Vec<Line>> {
        let mut lines = self.lines.remove(&subject).unwrap_or_default();
        lines.sort_by_key(|line| line.sequence);
        chained(key, subject, lines, &self.heads.remove(&subject).unwrap_or_default())
    }
}

/// The lines of a history as it is chained, its rows being in their order.
pub(crate) fn chained(key: &[u8; 32], subject: Uuid, events: Vec<record::Event>, head: &Head) -> Result<Vec<Line>> {
    let (mut lines, mut before, mut broken) = (Vec::new(), None, None);
    for event in events {
        // What the chain does not hold itself: the row's own columns.
        let (id, revision, serial) = (event.id, event.revision, event.serial);
        let line = from_record(event);
        // None is a smaller number than any.
        if id != EventId::of_line(line.at, &line.mac) || revision != WRITTEN_ONCE || serial <= before {
            broken.get_or_insert(lines.len());
        }
        before = serial;
        lines.push(line);
    }
    if let Some(at) = broken {
        let sequence = i64::try_from(at).unwrap_or(i64::MAX).saturating_add(1);
        let sequence = Head::before(&lines).length.saturating_add(sequence);
        return Err(Error::new(ErrorKind::Store, Code::HistoryBroken).with("sequence", sequence));
    }
    verify(key, subject, &lines, head)?;
    Ok(lines)
}

/// The accounts whose history begins by a line of the agency's own.
pub(crate) fn begun_by(line: &Line) -> Vec<AccountId> {
    match (line.kind, line.details.get(ACCOUNTS)) {
        (EventKind::HistoriesBegun, Some(Param::Text(ids))) => {
            ids.split(' ').filter_map(|id| Uuid::parse_str(id).ok()).map(AccountId).collect()
        }
        _ => Vec::new(),
    }
}

/// `history.removed` with the first of those whose history is gone.
fn none_gone(begun: &BTreeSet<AccountId>) -> Result<()> {
    match begun.first() {
        None => Ok(()),
        Some(gone) => Err(Error::new(ErrorKind::Store, Code::HistoryRemoved).with("account", gone.to_string())),
    }
}

/// Those lines that tell of something that happened: not what only holds the
/// strands of the agency's own history together, or says where one begins.
pub(crate) fn is_seen(agency: AgencyId, lines: Query<record::Event>) -> Query<record::Event> {
    lines
        .none_of(record::Event::kind, [EventKind::HistoriesBegun, EventKind::HistoryCheckpoint])
        // Every strand begins with it.
        .or_none_of(record::Event::kind, [EventKind::AgencyCreated])
        .or_is(record::Event::subject, agency.0)
}
