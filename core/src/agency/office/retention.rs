//! Histories over the years (H): a part of them written out, to be kept elsewhere,
//! and the lines of before a moment removed once they are.
//!
//! What is removed is what an export has in it: whoever wants lines gone shows
//! them, as they are, from the first on. In each history a checkpoint stays, a line
//! of its chain, that says how many are gone and what the chain was behind the last
//! one: so what remains is verified as before. Line and removal are one commit.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use time::OffsetDateTime;
use uuid::Uuid;

use super::{Office, not_allowed};
use crate::agency::export::{self, HistoryExport, HistoryRange, Segment};
use crate::agency::kernel::ways::rfc3339;
use crate::agency::kernel::{Act, Tracked, begun_by, chained, get, now, read, strand_ids};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Finding, Params, params};
use crate::history::{Head, Line};
use crate::id::{AccountId, RecordId};
use crate::store::{Query, record};
use crate::words::EventKind;

/// How many lines one commit removes at the most.
const PIECE: usize = 500;

/// How often a history is read again of which somebody removed lines meanwhile.
const ROUNDS: u32 = 10;

/// What was removed of an agency's histories (H).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Trimmed {
    /// Before which moment the lines were.
    pub until: OffsetDateTime,
    /// How many lines were removed by this call.
    pub lines: u64,
}

impl Office {
    /// Writes out the lines of a span of time, of all histories of the agency or
    /// of one account's, as JSON lines (H). Its history says so first.
    ///
    /// Every history is verified as it is read. What is written is sealed with the
    /// key, and has for each history what it goes on from and what comes behind:
    /// [`verify_history_export`](crate::agency::verify_history_export) shows with the
    /// file and the key that nothing in that span was changed, left out, added or
    /// put in another order. One history is in memory at a time.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`; `account.not_found`; `export.ends_before_it_begins` for a
    /// span that does; `history.broken`, `history.cut`
    /// where a history is not as it was written; `export.failed` where it cannot be
    /// written.
    pub fn export_history(&self, range: &HistoryRange, to: &mut dyn Write) -> Result<HistoryExport> {
        self.may("export_history")?;
        let (shared, agency) = (&self.agency.shared, self.agency.record()?);
        if let Some(account) = range.account {
            get::<record::Account>(shared, agency.id, account.0)?
                .ok_or_else(|| Error::not_found(Code::AccountNotFound))?;
        }
        let now = now(shared)?;
        let until = range.until.map_or(now, |until| until.min(now));
        if range.since.zip(range.until).is_some_and(|(since, until)| since > until) {
            return Err(Finding::new(Code::ExportEndsBeforeItBegins, "until").into());
        }
        self.act("export_history", |act| {
            let mut details = params([("until", rfc3339(until).into())]);
            let since = range.since.map(|since| ("since".to_owned(), rfc3339(since).into()));
            let account = range.account.map(|account| ("account".to_owned(), account.to_string().into()));
            details.extend(since.into_iter().chain(account));
            act.agency_event(EventKind::HistoryExported, details)
        })?;
        let strands = strand_ids(agency.id);
        let subjects: BTreeSet<Uuid> = match range.account {
            Some(account) => [account.0].into(),
            None => self.begun()?.chain(strands.iter().copied()).collect(),
        };
        let keys = self.agency.keys();
        let mut chains = subjects.into_iter().map(|subject| Ok((subject, self.whole(subject, &strands)?)));
        export::write_histories(&keys, &agency, (range, until), &mut chains, to)
    }

    /// As [`Office::export_history`], into a new file that its owner alone can
    /// read. It is there whole, or not at all.
    ///
    /// # Errors
    ///
    /// As [`Office::export_history`]; `export.failed` also where there is such a
    /// file already.
    pub fn export_history_to(&self, range: &HistoryRange, file: &Path) -> Result<HistoryExport> {
        self.may("export_history")?;
        export::into_new_file(file, |to| self.export_history(range, to))
    }

    /// Removes from the histories the lines that an export has in it: those of
    /// before its moment, from the first on (H). The export is of all histories of
    /// the agency, and is verified, as is each history, before anything is removed.
    /// Only support does it.
    ///
    /// In each history a checkpoint stays, by which `verify` holds over what
    /// remains. Pieces of at most 500 lines are each one commit, line and removal:
    /// killed in the middle, it goes on when it is called again with the same
    /// export. A cursor of the feed before that moment is `cursor.removed` from then
    /// on.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed` but for support; those of
    /// [`verify_history_export`](crate::agency::verify_history_export);
    /// `history.not_exported` where the export is of another agency, of one account,
    /// of a later beginning, or of other lines than are there; `history.broken`,
    /// `history.cut` where a history is not as it was written.
    pub fn trim_history(&self, export: &mut dyn BufRead) -> Result<Trimmed> {
        if !self.is_support() {
            return Err(not_allowed("trim_history"));
        }
        let agency = self.agency.record()?;
        let shared = &self.agency.shared;
        let (id, made, segments) = export::read_histories(&|agency| shared.key.agency(agency), export)?;
        if id != agency.id || made.account.is_some() || made.since.is_some() {
            return Err(not_exported());
        }
        // All of it, before the first line goes.
        let (mut due, strands) = (Vec::new(), strand_ids(agency.id));
        for segment in segments {
            let lines = self.whole(segment.subject, &strands)?;
            let many = removable(&self.agency.keys().history, &segment, &lines)?;
            if many > 0 {
                due.push((segment, many));
            }
        }
        let said = params([("until", rfc3339(made.until).into()), ("export", made.sha256.as_str().into())]);
        self.support_act("trim_history", |act| {
            let kind = EventKind::HistoryTrimmed;
            let earlier: Vec<Tracked<record::Event>> = act.find(&act.all().is(record::Event::kind, kind))?;
            let is_said = earlier.iter().any(|line| line.details == said);
            if is_said || due.is_empty() { Ok(()) } else { act.agency_event(kind, said.clone()) }
        })?;
        let (mut lines, mut piece, mut room) = (0, Vec::new(), PIECE);
        for (segment, many) in &due {
            // A strand goes alone: its checkpoint stands behind its own last line.
            let alone = *many > PIECE || strands.contains(&segment.subject);
            if alone || *many > room {
                lines += self.remove(&std::mem::take(&mut piece), &strands, &said)?;
                room = PIECE;
            }
            if alone {
                while let more @ 1.. = self.remove(&[segment], &strands, &said)? {
                    lines += more;
                }
            } else {
                room -= *many;
                piece.push(segment);
            }
        }
        lines += self.remove(&piece, &strands, &said)?;
        Ok(Trimmed { until: made.until, lines })
    }

    /// As [`Office::trim_history`], with an export that is a file.
    ///
    /// # Errors
    ///
    /// As [`Office::trim_history`].
    pub fn trim_history_by(&self, export: &Path) -> Result<Trimmed> {
        if !self.is_support() {
            return Err(not_allowed("trim_history"));
        }
        let mut export = BufReader::new(File::open(export).map_err(|error| export::failed(&error))?);
        self.trim_history(&mut export)
    }

    /// Removes what is due of these histories, of each at most a piece, in one
    /// commit.
    fn remove(&self, segments: &[&Segment], strands: &BTreeSet<Uuid>, said: &Params) -> Result<u64> {
        if segments.is_empty() {
            return Ok(0);
        }
        settled(|| {
            self.support_act("trim_history", |act| {
                segments.iter().try_fold(0, |lines, segment| Ok(lines + remove(act, segment, strands, said)?))
            })
        })
    }

    /// The accounts of the agency that have a history: one of an earlier release
    /// may have none.
    fn begun(&self) -> Result<impl Iterator<Item = Uuid>> {
        let accounts = read(&self.agency.shared, &Query::<record::Account>::all(self.agency.id))?;
        Ok(accounts.into_iter().filter(|account| account.history_length > 0).map(|account| account.id.0))
    }

    /// The lines of a history, verified. Its head is read before them: what came
    /// meanwhile is behind it, and is left out.
    fn whole(&self, subject: Uuid, strands: &BTreeSet<Uuid>) -> Result<Vec<Line>> {
        let (shared, agency) = (&self.agency.shared, self.agency.id);
        settled(|| {
            let head = if strands.contains(&subject) {
                get::<record::Strand>(shared, agency, subject)?.map(|strand| strand.head())
            } else {
                get::<record::Account>(shared, agency, subject)?.map(|account| head_of(&account))
            };
            let head = head.ok_or_else(not_exported)?;
            let mut events = self.agency.events(subject)?;
            events.retain(|event| event.sequence <= head.length);
            chained(&self.agency.keys().history, subject, events, &head)
        })
    }
}

/// Reads again what does not hold together, in case that lines went meanwhile.
fn settled<T>(mut look: impl FnMut() -> Result<T>) -> Result<T> {
    let mut round = 0;
    loop {
        match look() {
            Err(error) if matches!(error.code, Code::HistoryBroken | Code::HistoryCut) && round < ROUNDS => round += 1,
            other => return other,
        }
    }
}

/// Removes what is due of one history, at most a piece of it, and says so in its
/// chain. How many lines that is.
fn remove(act: &mut Act<'_>, segment: &Segment, strands: &BTreeSet<Uuid>, said: &Params) -> Result<u64> {
    let key = act.keys.history.clone();
    let (strand, account) = if strands.contains(&segment.subject) {
        (act.by_id::<record::Strand>(segment.subject)?, None)
    } else {
        (None, act.by_id::<record::Account>(segment.subject)?)
    };
    let head = match (&strand, &account) {
        (Some(strand), _) => strand.head(),
        (_, Some(account)) => head_of(account),
        _ => return Err(not_exported()),
    };
    let query = act.all().is(record::Event::subject, segment.subject).by(record::Event::sequence, false);
    let mut events: Vec<Tracked<record::Event>> = act.find(&query)?;
    events.retain(|event| event.sequence <= head.length);
    let rows = events.iter().map(|event| record::Event::clone(event)).collect();
    let lines = chained(&key, segment.subject, rows, &head)?;
    let many = removable(&key, segment, &lines)?.min(PIECE);
    let Some(last) = many.checked_sub(1).and_then(|last| lines.get(last)) else { return Ok(0) };
    let mut details = Head::of(&key, segment.subject, last.sequence, &last.mac).checkpoint();
    details.extend(said.clone());
    let gone: Vec<Tracked<record::Event>> = events.drain(..many).collect();
    let begun: Vec<AccountId> = lines.iter().take(many).flat_map(begun_by).collect();
    gone.into_iter().for_each(Tracked::delete);
    match account {
        Some(mut account) => act.event(&mut account, EventKind::HistoryCheckpoint, details),
        None => act.checkpoint_in(RecordId(segment.subject), details, begun)?,
    }
    Ok(many as u64)
}

/// How many lines of a history an export allows to remove: those that are there
/// still of those that it has.
fn removable(key: &[u8; 32], segment: &Segment, lines: &[Line]) -> Result<usize> {
    let first = Head::before(lines);
    let many = usize::try_from(segment.after.length.saturating_sub(first.length)).unwrap_or(0);
    let Some(last) = many.checked_sub(1) else { return Ok(0) };
    let last = lines.get(last).ok_or_else(not_exported)?;
    let is_it = Head::of(key, segment.subject, last.sequence, &last.mac) == segment.after;
    if is_it && segment.before.length <= first.length { Ok(many) } else { Err(not_exported()) }
}

fn head_of(account: &record::Account) -> Head {
    Head { length: account.history_length, mac: account.history_head.clone() }
}

fn not_exported() -> Error {
    Error::new(ErrorKind::Invalid, Code::HistoryNotExported)
}
