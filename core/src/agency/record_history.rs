//! Histories as they rest: reading, verifying, exporting (H).

use super::Agency;
use super::act;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::history::{Head, Line, verify};
use crate::id::{AccountId, AgencyId, EventId};
use crate::store::{Select, record};

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
    }
}

fn from_record(event: record::Event) -> Line {
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
    /// The history of an account, first line first. It outlives the account.
    ///
    /// # Errors
    ///
    /// `account.not_found`, or those of the store.
    pub fn history(&self, account: AccountId) -> Result<Vec<Line>> {
        let known: Option<record::Account> = act::get(&self.shared, self.id, account.0)?;
        known.ok_or_else(|| Error::not_found(Code::AccountNotFound))?;
        self.lines(account.0)
    }

    /// The agency's own history: settings, managers, rosters, ties, grants.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn agency_history(&self) -> Result<Vec<Line>> {
        self.lines(self.id.0)
    }

    /// Whether the history of an account is as it was written.
    ///
    /// # Errors
    ///
    /// `history.broken` with the number of the first line that is not as it
    /// was written; `history.cut` where lines are missing at the end; those of
    /// [`Agency::history`].
    pub fn verify_history(&self, account: AccountId) -> Result<()> {
        let known: Option<record::Account> = act::get(&self.shared, self.id, account.0)?;
        let known = known.ok_or_else(|| Error::not_found(Code::AccountNotFound))?;
        self.verify(account.0, &Head { length: known.history_length, mac: known.history_head })
    }

    /// Whether the agency's own history is as it was written.
    ///
    /// # Errors
    ///
    /// As [`Agency::verify_history`].
    pub fn verify_agency_history(&self) -> Result<()> {
        let known = self.record()?;
        self.verify(self.id.0, &Head { length: known.history_length, mac: known.history_head })
    }

    fn verify(&self, subject: uuid::Uuid, head: &Head) -> Result<()> {
        let mut lines = Vec::new();
        for (sequence, event) in (1i64..).zip(self.events(subject)?) {
            // What the chain does not hold itself: the row's own columns.
            let (id, revision) = (event.id, event.revision);
            let line = from_record(event);
            if id != EventId::of_line(line.at, &line.mac) || revision != WRITTEN_ONCE {
                return Err(Error::new(ErrorKind::Store, Code::HistoryBroken).with("sequence", sequence));
            }
            lines.push(line);
        }
        verify(&self.shared.key.agency(self.id).history, subject, &lines, head)
    }

    fn lines(&self, subject: uuid::Uuid) -> Result<Vec<Line>> {
        Ok(self.events(subject)?.into_iter().map(from_record).collect())
    }

    fn events(&self, subject: uuid::Uuid) -> Result<Vec<record::Event>> {
        act::read(&self.shared, &Select::of::<record::Event>(self.id).is("subject", subject).by("sequence", false))
    }
}
