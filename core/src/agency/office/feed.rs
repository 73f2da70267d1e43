//! The feed (H): all lines of all histories of an agency, in the order in which
//! they came to be seen.
//!
//! It is for a program that follows what happens: it keeps the cursor that it was
//! given last, and asks for what came after. The order is that of the commits,
//! not of the moments, which hosts take from their own clocks. So nothing comes
//! to stand before a cursor: who follows is given every line once, and none
//! before the line that its history has before it.

use std::collections::{BTreeSet, VecDeque};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use super::Office;
use crate::agency::kernel::ways::rfc3339;
use crate::agency::kernel::{from_record, get, is_seen, read, strand_ids};
use crate::error::{Error, Result};
use crate::finding::{Code, Finding, Param};
use crate::history::Line;
use crate::id::{AccountId, EventId};
use crate::store::{Query, Serial, StoreError, record};
use crate::words::EventKind;

/// Which lines of the feed are wanted (H).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedQuery {
    /// Only those after this cursor; nothing for all from the first on.
    pub after: Option<String>,
    /// Only events of these kinds; none for all kinds. No line is ever of
    /// `histories.begun` or `history.checkpoint`: they hold histories together, and
    /// tell of nothing that happened.
    pub kinds: BTreeSet<EventKind>,
    /// Only events of this moment or a later one.
    pub since: Option<OffsetDateTime>,
    /// Only events before this moment.
    pub until: Option<OffsetDateTime>,
    /// How many at the most.
    pub limit: u64,
}

impl Default for FeedQuery {
    fn default() -> Self {
        Self { after: None, kinds: BTreeSet::new(), since: None, until: None, limit: 100 }
    }
}

/// A line of the feed (H).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedLine {
    /// The account whose history it is in; nothing for the agency's own.
    pub account: Option<AccountId>,
    /// From where what came after this line is asked for.
    pub cursor: String,
    /// The line.
    pub line: Line,
}

/// A page of the feed (H).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedPage {
    /// The lines, in the order in which they came to be seen.
    pub lines: Vec<FeedLine>,
    /// From where what came after is asked for: after the last line here or,
    /// where no more fit, after all that were there, those that did not fit too.
    pub next: String,
    /// Whether more fit already.
    pub more: bool,
}

/// All lines that a [`FeedQuery`] asks for, page after page.
pub struct FeedLines<'a> {
    office: &'a Office,
    /// What is asked for next; its cursor is where we are.
    query: FeedQuery,
    page: VecDeque<FeedLine>,
    /// Where to go on behind the page, until there is no more.
    next: Option<String>,
    ended: bool,
}

impl Office {
    /// A page of the feed: what happened in the agency after a cursor, by kind and
    /// time, in the order in which it came to be seen (H). Ask with
    /// [`next`](FeedPage::next) for the page after it, also tomorrow and from
    /// another host: every line is given once.
    ///
    /// A cursor is a text to be kept as it is. It holds in its agency, whatever
    /// the query asks for.
    ///
    /// ```
    /// # use carekey::*;
    /// # let directory = Directory::open("memory:", &[7; 32])?;
    /// # let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
    /// # let agency = directory.create_agency(settings, &Actor::Support("Pat".into()))?;
    /// # let office = agency.acting_as(Actor::Support("Pat".into()));
    /// use carekey::agency::{FeedQuery, NewParty};
    /// use carekey::words::EventKind;
    ///
    /// let page = office.feed(&FeedQuery::default())?;
    /// assert_eq!(page.lines[0].line.kind, EventKind::AgencyCreated);
    /// let kept = page.next;
    ///
    /// let ann = NewParty { name: "Ann Hale".into(), roles: [Role::Family].into(), ..NewParty::default() };
    /// office.add_party(&ann)?;
    /// let page = office.feed(&FeedQuery { after: Some(kept), ..FeedQuery::default() })?;
    /// assert_eq!(page.lines[0].line.kind, EventKind::PartyAdded);
    /// assert!(!page.more);
    /// # Ok::<(), carekey::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `cursor.malformed`; `cursor.removed` with the moment `since` which there are
    /// lines, where its own went with those of before: what it had not given is gone,
    /// and stands in the export; `cursor.not_found` where its line is not in this
    /// agency: it is that of another one, or the store was put back to an earlier
    /// day, so that lines that were followed are not there; `actor.not_allowed`,
    /// and those of the store.
    pub fn feed(&self, query: &FeedQuery) -> Result<FeedPage> {
        self.may("feed")?;
        let shared = &self.agency.shared;
        let all = || Query::<record::Event>::all(self.agency.id);
        let after = query.after.as_deref().map(cursor::read).transpose()?;
        let mut reached = self.reached(after)?;
        // How far it is certain comes first: what is written meanwhile is beyond.
        let newest = all().by(record::Event::serial, true).page(0, 1);
        let Some(newest) = read(shared, &newest)?.pop() else {
            return Ok(FeedPage { lines: Vec::new(), next: cursor::of(reached.0), more: false });
        };
        let newest = (newest.id, serial(&newest)?);
        let mut fit = is_seen(self.agency.id, all())
            .after(record::Event::serial, reached.1)
            .up_to(record::Event::serial, newest.1)
            .by(record::Event::serial, false)
            .page(0, query.limit.saturating_add(1));
        if !query.kinds.is_empty() {
            fit = fit.among(record::Event::kind, query.kinds.iter().copied());
        }
        if let Some(since) = query.since {
            fit = fit.from(record::Event::at, since);
        }
        if let Some(until) = query.until {
            fit = fit.before(record::Event::at, until);
        }
        let mut rows = read(shared, &fit)?;
        let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        if !more {
            // What was certain before may not be for a while, where a commit is
            // under way: never back.
            reached = if newest.1 > reached.1 { newest } else { reached };
        } else if let Some(last) = rows.last() {
            reached.0 = last.id;
        }
        let strands = strand_ids(self.agency.id);
        let line = |row: record::Event| FeedLine {
            account: (!strands.contains(&row.subject)).then_some(AccountId(row.subject)),
            cursor: cursor::of(row.id),
            line: from_record(row),
        };
        Ok(FeedPage { lines: rows.into_iter().map(line).collect(), next: cursor::of(reached.0), more })
    }

    /// The line that a cursor stands behind, and its number.
    fn reached(&self, after: Option<EventId>) -> Result<(EventId, Serial)> {
        let Some(id) = after.filter(|id| *id != cursor::START) else { return Ok((cursor::START, Serial(0))) };
        let line: Option<record::Event> = get(&self.agency.shared, self.agency.id, id.0)?;
        match line {
            Some(line) => Ok((id, serial(&line)?)),
            None => Err(self.is_gone(id)?),
        }
    }

    /// Why the line of a cursor is not there: it went with those of before a
    /// moment, or there never was one.
    fn is_gone(&self, id: EventId) -> Result<Error> {
        let trimmed = Query::<record::Event>::all(self.agency.id).is(record::Event::kind, EventKind::HistoryTrimmed);
        let trimmed = read(&self.agency.shared, &trimmed)?;
        let until = trimmed.iter().filter_map(|line| match line.details.get("until")? {
            Param::Text(until) => OffsetDateTime::parse(until, &Rfc3339).ok(),
            Param::Number(_) => None,
        });
        Ok(match until.max() {
            Some(until) if id.at().is_some_and(|at| at < until) => {
                Error::not_found(Code::CursorRemoved).with("since", rfc3339(until))
            }
            _ => Error::not_found(Code::CursorNotFound),
        })
    }
}

impl FeedQuery {
    /// All lines that a query asks for, up to those that are there when the last
    /// page is read; its limit is how many are read at a time (H).
    ///
    /// ```
    /// # use carekey::*;
    /// # let directory = Directory::open("memory:", &[7; 32])?;
    /// # let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
    /// # let agency = directory.create_agency(settings, &Actor::Support("Pat".into()))?;
    /// # let office = agency.acting_as(Actor::Support("Pat".into()));
    /// # fn handle(_: &carekey::history::Line) {}
    /// # fn keep(_: &str) {}
    /// let mut lines = carekey::agency::FeedQuery::default().lines(&office);
    /// while let Some(found) = lines.next() {
    ///     handle(&found?.line);
    ///     keep(lines.cursor().unwrap_or_default());
    /// }
    /// keep(lines.cursor().unwrap_or_default());
    /// # Ok::<(), carekey::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Office::feed`], as the last item.
    pub fn lines(self, office: &Office) -> FeedLines<'_> {
        // A page of none would never end.
        let query = Self { limit: self.limit.max(1), ..self };
        FeedLines { office, query, page: VecDeque::new(), next: None, ended: false }
    }
}

impl FeedLines<'_> {
    /// From where what comes after the last line is asked for; at the end, what
    /// comes after all that were there. Nothing before the first one where the
    /// query had none.
    pub fn cursor(&self) -> Option<&str> {
        self.query.after.as_deref()
    }
}

impl Iterator for FeedLines<'_> {
    type Item = Result<FeedLine>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(line) = self.page.pop_front() {
                self.query.after = Some(line.cursor.clone());
                return Some(Ok(line));
            }
            if let Some(next) = self.next.take() {
                self.query.after = Some(next);
            }
            if self.ended {
                return None;
            }
            match self.office.feed(&self.query) {
                Ok(page) => {
                    self.ended = !page.more;
                    self.next = Some(page.next);
                    self.page = page.lines.into();
                }
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error));
                }
            }
        }
    }
}

fn serial(line: &record::Event) -> Result<Serial> {
    line.serial.ok_or_else(|| StoreError::Damaged("a line without a number").into())
}

/// Cursors as texts: a letter for the version, and the identifier of the line,
/// which says nothing about how many there are.
mod cursor {
    use super::{Code, EventId, Finding, Result, Uuid};

    const VERSION: &str = "a";

    /// Before the first line.
    pub(super) const START: EventId = EventId(Uuid::nil());

    pub(super) fn of(line: EventId) -> String {
        format!("{VERSION}{}", line.0.simple())
    }

    pub(super) fn read(text: &str) -> Result<EventId> {
        let id = text.strip_prefix(VERSION).and_then(|id| Uuid::try_parse(id).ok()).map(EventId);
        // One line has one cursor: no other way to write its identifier.
        let id = id.filter(|id| of(*id) == text);
        id.ok_or_else(|| Finding::new(Code::CursorMalformed, "after").into())
    }
}
