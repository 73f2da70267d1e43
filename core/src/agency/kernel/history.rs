//! Histories as they rest: reading, verifying, exporting (H).

use std::collections::BTreeSet;

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
        let mut begun = BTreeSet::new();
        for number in 0..STRANDS {
            let id = strand_id(self.id, number);
            let strand: Option<record::Strand> = act::get(&self.shared, self.id, id.0)?;
            let head = strand.map(|strand| strand.head()).unwrap_or_default();
            for line in self.verify(id.0, &head)? {
                if let (EventKind::HistoriesBegun, Some(Param::Text(ids))) = (line.kind, line.details.get(ACCOUNTS)) {
                    begun.extend(ids.split(' ').filter_map(|id| uuid::Uuid::parse_str(id).ok()).map(AccountId));
                }
            }
        }
        let query = Query::<record::Account>::all(self.id).among(record::Account::id, &begun);
        for account in act::read(&self.shared, &query)? {
            if account.history_length > 0 {
                begun.remove(&account.id);
            }
        }
        match begun.first() {
            None => Ok(()),
            Some(gone) => Err(Error::new(ErrorKind::Store, Code::HistoryRemoved).with("account", gone.to_string())),
        }
    }

    fn verify(&self, subject: uuid::Uuid, head: &Head) -> Result<Vec<Line>> {
        let (mut lines, mut before) = (Vec::new(), None);
        for (sequence, event) in (1i64..).zip(self.events(subject)?) {
            // What the chain does not hold itself: the row's own columns.
            let (id, revision, serial) = (event.id, event.revision, event.serial);
            let line = from_record(event);
            // None is a smaller number than any.
            if id != EventId::of_line(line.at, &line.mac) || revision != WRITTEN_ONCE || serial <= before {
                return Err(Error::new(ErrorKind::Store, Code::HistoryBroken).with("sequence", sequence));
            }
            before = serial;
            lines.push(line);
        }
        verify(&self.keys().history, subject, &lines, head)?;
        Ok(lines)
    }

    fn events(&self, subject: uuid::Uuid) -> Result<Vec<record::Event>> {
        let query = Query::<record::Event>::all(self.id).is(record::Event::subject, subject);
        act::read(&self.shared, &query.by(record::Event::sequence, false))
    }
}

/// Those lines that tell of something that happened: not what only holds the
/// strands of the agency's own history together.
pub(crate) fn is_seen(agency: AgencyId, lines: Query<record::Event>) -> Query<record::Event> {
    lines
        .none_of(record::Event::kind, [EventKind::HistoriesBegun])
        // Every strand begins with it.
        .or_none_of(record::Event::kind, [EventKind::AgencyCreated])
        .or_is(record::Event::subject, agency.0)
}
