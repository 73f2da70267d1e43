//! The feed as an iterator (H).

use std::collections::VecDeque;

use carekey::agency::FeedQuery;
use carekey::words::EventKind;
use pyo3::prelude::*;

use super::Office;
use crate::answers::FeedLine;
use crate::arg::{Count, Many, Moment, Text, Word, text};
use crate::error::run;
use crate::over::Over;

/// Goes through the feed page by page, so that no more than one page is in
/// memory.
#[pyclass(module = "carekey")]
pub(crate) struct FeedLines {
    office: Office,
    query: FeedQuery,
    page: VecDeque<carekey::agency::FeedLine>,
    ended: bool,
}

#[pymethods]
impl FeedLines {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<FeedLine>> {
        loop {
            if let Some(line) = self.page.pop_front() {
                return Ok(Some(line.over()));
            }
            if self.ended {
                return Ok(None);
            }
            let office = self.office.get(py)?;
            let page = run(py, || office.feed(&self.query))?;
            self.ended = !page.more;
            self.query.after = Some(page.next);
            self.page = page.lines.into();
        }
    }
}

#[pymethods]
impl Office {
    /// All lines of the feed after a cursor, by kind and time, as an iterator of
    /// :class:`FeedLine` that reads page by page (H), up to those that are there
    /// when the last page is read. Each line has the cursor from which to go on
    /// after it.
    #[pyo3(signature = (*, after = None, kinds = Many::default(), since = None, until = None, page = Count(500)),
        text_signature = "($self, *, after=None, kinds=(), since=None, until=None, page=500)")]
    fn feed_lines(
        &self,
        after: Option<Text>,
        kinds: Many<Word<EventKind>>,
        since: Option<Moment>,
        until: Option<Moment>,
        page: Count,
    ) -> FeedLines {
        let office = Self {
            agency: self.agency.clone(),
            actor: self.actor.clone(),
            source: self.source.clone(),
            sending: self.sending,
        };
        let (after, kinds, since, until) = (text(after), kinds.over(), since.over(), until.over());
        let query = FeedQuery { after, kinds, since, until, limit: page.0.max(1) };
        FeedLines { office, query, page: VecDeque::new(), ended: false }
    }
}
