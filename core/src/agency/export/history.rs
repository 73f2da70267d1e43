//! Histories of a range, to be kept elsewhere (H): JSON lines, each chain with
//! what it goes on from and what comes behind it.
//!
//! ```text
//! {"account":null,"agency":"104","export":"carekey history","id":"…","since":null,"until":"2026-03-02T09:00:00Z","version":1}
//! {"chain":{"after":{"head":"…","length":7},"before":{"head":"","length":0},"removed":0,"subject":"…"}}
//! {"line":{"subject":"…","sequence":1,"at":"…","kind":"account.created",…},"mac":"…"}
//! {"chains":17,"lines":7,"mac":"…","sha256":"…"}
//! ```
//!
//! `before` and `after` are heads as records keep them: how many lines there are
//! up to there, and the keyed hash behind the last one. Every chain is named, one
//! of which nothing is in the range with the same head twice. `removed` says how
//! many of its lines were gone already. The last line seals all before it with the
//! agency's key.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use time::OffsetDateTime;
use uuid::Uuid;

use super::lines::{Lines, malformed};
use super::write::Out;
use super::{failed, fault};
use crate::agency::kernel::{AgencyKeys, MasterKey, strand_ids};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::history::{Head, Line};
use crate::id::{AccountId, AgencyId};
use crate::store::record;

/// What the first line calls it.
const NAME: &str = "carekey history";

/// The version of the lines.
const VERSION: u32 = 1;

/// Which part of an agency's histories is written out (H): the lines of a span of
/// time. Where the clock of a host went back, a line belongs to the moment of the
/// latest one before it in its history, so that each history goes out in one piece.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryRange {
    /// One account's; nothing for all, the agency's own among them.
    pub account: Option<AccountId>,
    /// From this moment on; nothing for from the first line that is there.
    pub since: Option<OffsetDateTime>,
    /// Before this moment; nothing, or one to come, for until now.
    pub until: Option<OffsetDateTime>,
}

/// What an export of histories has in it (H).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HistoryExport {
    /// The code of the agency.
    pub agency: String,
    /// Whose history it is; nothing for all, the agency's own among them.
    pub account: Option<AccountId>,
    /// From which moment on; nothing for from the first line that was there.
    pub since: Option<OffsetDateTime>,
    /// Before which moment.
    pub until: OffsetDateTime,
    /// The SHA-256 of all bytes, in hexadecimal, as `sha256sum` says it.
    pub sha256: String,
    /// How many lines are in it.
    pub lines: u64,
    /// How many lines of these histories had been removed before it was made.
    pub removed: u64,
}

/// A part of a chain: what it goes on from, and what comes behind it.
pub(in crate::agency) struct Segment {
    pub(in crate::agency) subject: Uuid,
    pub(in crate::agency) before: Head,
    pub(in crate::agency) after: Head,
}

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct First {
    account: Option<AccountId>,
    agency: String,
    export: String,
    id: AgencyId,
    #[serde(with = "time::serde::rfc3339::option")]
    since: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339")]
    until: OffsetDateTime,
    version: u32,
}

/// A line between the first and the last.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Between {
    Chain { chain: Chain },
    Line { line: Box<Line>, mac: String },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Chain {
    after: Place,
    before: Place,
    removed: i64,
    subject: Uuid,
}

/// A head, as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    head: String,
    length: i64,
}

impl Place {
    fn of(head: &Head) -> Self {
        Self { head: HEXLOWER.encode(&head.mac), length: head.length }
    }

    fn head(&self) -> Option<Head> {
        Some(Head { length: self.length, mac: HEXLOWER.decode(self.head.as_bytes()).ok()? })
    }
}

/// The last line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Last {
    chains: u64,
    lines: u64,
    mac: String,
    sha256: String,
}

impl Last {
    fn new(keys: &AgencyKeys, sha256: String, (chains, lines): (u64, u64)) -> Self {
        Self { chains, lines, mac: HEXLOWER.encode(&keys.digest("history export", &[&sha256])), sha256 }
    }
}

/// Which part of a chain is in a span of time.
struct Span {
    since: Option<OffsetDateTime>,
    until: OffsetDateTime,
}

impl Span {
    /// How many lines come before it, and how many are in it.
    fn of(&self, lines: &[Line]) -> (usize, usize) {
        let mut latest = None;
        let reached = lines.iter().map(|line| {
            latest = latest.max(Some(line.at));
            latest
        });
        let reached: Vec<Option<OffsetDateTime>> = reached.collect();
        let earlier = |moment| reached.iter().take_while(|at| **at < Some(moment)).count();
        let before = self.since.map_or(0, earlier);
        (before, earlier(self.until).saturating_sub(before))
    }
}

/// Writes the histories of a range: `chains` gives one after the other, each
/// verified, by its subject.
pub(in crate::agency) fn write_histories(
    keys: &AgencyKeys,
    agency: &record::Agency,
    (range, until): (&HistoryRange, OffsetDateTime),
    chains: &mut dyn Iterator<Item = Result<(Uuid, Vec<Line>)>>,
    to: &mut dyn Write,
) -> Result<HistoryExport> {
    let mut out = Out { to, digest: Sha256::new() };
    out.line(&First {
        account: range.account,
        agency: agency.code.clone(),
        export: NAME.to_owned(),
        id: agency.id,
        since: range.since,
        until,
        version: VERSION,
    })?;
    let span = Span { since: range.since, until };
    let (mut count, mut written, mut removed) = (0, 0, 0);
    for chain in chains {
        let (subject, lines) = chain?;
        let first = Head::before(&lines);
        let (before, within) = span.of(&lines);
        let head = |at: usize| -> Result<Head> {
            let Some(line) = at.checked_sub(1).and_then(|last| lines.get(last)) else { return Ok(first.clone()) };
            Ok(Head::of(&keys.history, subject, line.sequence, &line.mac))
        };
        let (from, to) = (head(before)?, head(before + within)?);
        let chain = Chain { after: Place::of(&to), before: Place::of(&from), removed: first.length, subject };
        out.line(&Between::Chain { chain })?;
        for line in lines.into_iter().skip(before).take(within) {
            let mac = HEXLOWER.encode(&line.mac);
            out.line(&Between::Line { line: Box::new(line), mac })?;
        }
        count += 1;
        written += within as u64;
        removed += u64::try_from(first.length).map_err(|_| fault())?;
    }
    let before = HEXLOWER.encode(&out.digest.clone().finalize());
    out.line(&Last::new(keys, before, (count, written)))?;
    out.flush().map_err(|error| failed(&error))?;
    Ok(HistoryExport {
        agency: agency.code.clone(),
        account: range.account,
        since: range.since,
        until,
        sha256: HEXLOWER.encode(&out.digest.finalize()),
        lines: written,
        removed,
    })
}

/// Whether an export of histories is as it was written (H), with the directory's
/// key and nothing else: that nothing within its span was changed, left out, added
/// or put in another order, and which span that is. Gives what is in it.
///
/// ```
/// # use carekey::*;
/// # let directory = Directory::open("memory:", &[7; 32])?;
/// # let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
/// # let agency = directory.create_agency(settings, &Actor::Support("Pat".into()))?;
/// # let office = agency.acting_as(Actor::Support("Pat".into()));
/// use carekey::agency::{HistoryRange, verify_history_export};
///
/// let mut bytes = Vec::new();
/// let made = office.export_history(&HistoryRange::default(), &mut bytes)?;
/// assert_eq!(verify_history_export(&mut bytes.as_slice(), &[7; 32])?, made);
/// # Ok::<(), carekey::Error>(())
/// ```
///
/// # Errors
///
/// `key.length`; `export.malformed` with the number of the `line` that is none of
/// an export of histories, or of another release's; `history.broken` where a line
/// does not follow the one before it; `export.broken` where anything else is not as
/// it was written, lines are missing, or it was written with another key;
/// `export.failed` where it cannot be read.
pub fn verify_history_export(from: &mut dyn BufRead, key: &[u8]) -> Result<HistoryExport> {
    let key = MasterKey::new(key)?;
    Ok(read_histories(&|agency| key.agency(agency), from)?.1)
}

/// As [`verify_history_export`], of a file.
///
/// # Errors
///
/// As [`verify_history_export`].
pub fn verify_history_export_at(file: &Path, key: &[u8]) -> Result<HistoryExport> {
    verify_history_export(&mut BufReader::new(File::open(file).map_err(|error| failed(&error))?), key)
}

/// Reads an export of histories and verifies it: of which agency it is, what is in
/// it, and each of its chains.
pub(in crate::agency) fn read_histories(
    keys_of: &dyn Fn(AgencyId) -> AgencyKeys,
    from: &mut dyn BufRead,
) -> Result<(AgencyId, HistoryExport, Vec<Segment>)> {
    let (mut lines, first) = Lines::of::<First>(from)?;
    if (first.export.as_str(), first.version) != (NAME, VERSION) || first.id != AgencyId::of_code(&first.agency) {
        return Err(malformed(1));
    }
    let keys = keys_of(first.id);
    let broken = || Error::new(ErrorKind::Store, Code::ExportBroken);
    let mut segments: Vec<Segment> = Vec::new();
    let (mut at, mut latest): (Option<Head>, Option<OffsetDateTime>) = (None, None);
    let (mut written, mut removed) = (0, 0);
    let end = lines.until_sealed::<Last>(|line, number| {
        let none = || malformed(number);
        match serde_json::from_str(line).map_err(|_| none())? {
            Between::Chain { chain } => {
                let (Some(before), Some(after)) = (chain.before.head(), chain.after.head()) else {
                    return Err(none());
                };
                ends(segments.last(), at.take().as_ref()).ok_or_else(broken)?;
                removed += u64::try_from(chain.removed).map_err(|_| none())?;
                (at, latest) = (Some(before.clone()), None);
                segments.push(Segment { subject: chain.subject, before, after });
            }
            Between::Line { line, mac } => {
                let mac = HEXLOWER.decode(mac.as_bytes()).map_err(|_| none())?;
                let line = Line { mac, ..*line };
                let (Some(head), Some(segment)) = (&at, segments.last()) else { return Err(none()) };
                let behind = head.behind(&keys.history, segment.subject, &line)?;
                let is_first = latest.is_none();
                latest = latest.max(Some(line.at));
                let is_in = latest < Some(first.until) && (!is_first || first.since <= latest);
                if !is_in {
                    return Err(broken());
                }
                at = Some(behind);
                written += 1;
            }
        }
        Ok(())
    })?;
    ends(segments.last(), at.as_ref()).ok_or_else(broken)?;
    let (last, before) = end.ok_or_else(broken)?;
    let wanted = Last::new(&keys, before, (segments.len() as u64, written));
    let is_sealed = bool::from(last.mac.as_bytes().ct_eq(wanted.mac.as_bytes()));
    if !is_sealed || (&last.sha256, last.chains, last.lines) != (&wanted.sha256, wanted.chains, wanted.lines) {
        return Err(broken());
    }
    // Whose they are is what it says: one account's, or every strand and more.
    let mut strands = strand_ids(first.id);
    strands.retain(|strand| segments.iter().all(|segment| segment.subject != *strand));
    let is_whole = match first.account {
        Some(account) => segments.iter().map(|segment| segment.subject).eq([account.0]),
        None => strands.is_empty(),
    };
    if !is_whole {
        return Err(broken());
    }
    let sha256 = lines.sha256();
    let made = HistoryExport {
        agency: first.agency,
        account: first.account,
        since: first.since,
        until: first.until,
        sha256,
        lines: written,
        removed,
    };
    Ok((first.id, made, segments))
}

/// Whether a chain ends where it says; nothing where it does not.
fn ends(segment: Option<&Segment>, at: Option<&Head>) -> Option<()> {
    match (segment, at) {
        (None, None) => Some(()),
        (Some(segment), Some(at)) => (segment.after == *at).then_some(()),
        _ => None,
    }
}
