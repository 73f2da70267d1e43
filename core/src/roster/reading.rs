//! How a file is to be read, where it does not say so itself.

use std::collections::BTreeMap;

use super::columns::RosterColumn;
use super::words::folded;
use super::{MAX_BYTES, MAX_ROWS};
use crate::text_enum::text_enum;
use crate::words::Role;
use crate::{Code, Error, ErrorKind};

text_enum! {
    /// Which number of a date such as `01/02/2026` is the day.
    pub enum DateOrder {
        /// The first: 1 February.
        DayFirst = "day_first",
        /// The second: 2 January.
        MonthFirst = "month_first",
    }
}

/// How a file is to be read, where it does not say so itself: what a host or
/// an office keeps for its exports. In JSON:
/// `{"sheet": "Staff", "columns": {"Aide": "name", "Branch": null}, "role": "caregiver",
/// "statuses": {"Per visit": true, "Pool": false}}`.
///
/// ```
/// use carekey::Role;
/// use carekey::roster::{Reading, Roster, RosterColumn};
///
/// let file = "Aide,Branch\n\"Wright, Sue\",North\n";
/// let mut reading = Reading { role: Some(Role::Caregiver), ..Reading::default() };
/// reading.columns.insert("Aide".to_owned(), Some(RosterColumn::Name));
/// reading.columns.insert("Branch".to_owned(), None);
/// let roster = Roster::read(file.as_bytes(), &reading)?;
/// assert_eq!(roster.rows()[0].display(), "Sue Wright");
/// assert!(roster.findings().is_empty());
/// # Ok::<(), carekey::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Reading {
    /// The sheet of a workbook, by its name; of a text, nothing.
    pub sheet: Option<String>,
    /// What titles of the file mean, without regard to case, marks and blanks;
    /// nothing for a column that is passed over. What is not here is read by
    /// the titles that carekey knows.
    pub columns: BTreeMap<String, Option<RosterColumn>>,
    /// What words of a status mean, without regard to case, marks and blanks:
    /// whether who has it is there still, of a tie whether it holds. What is not here
    /// is read by the words that carekey knows (`roster.status_unclear` where it knows
    /// none).
    pub statuses: BTreeMap<String, bool>,
    /// The role of everyone, where the file has no column for it.
    pub role: Option<Role>,
    /// The encoding of a text, by a name of the WHATWG Encoding Standard
    /// (`macintosh`, `windows-1250`, `shift_jis`), where it is not told by the
    /// file itself.
    pub encoding: Option<String>,
    /// The order of day and month, where the dates of a roster of ties, or the
    /// days of leaving of one of people, have neither the year first nor a day
    /// beyond 12 anywhere.
    pub dates: Option<DateOrder>,
    /// The most rows that a roster may have: 250,000 where nothing is said. For
    /// more than those the file may have more than 32 MiB, in proportion.
    ///
    /// It is the host's word, since a roster is held in memory, and a preview of
    /// it too. No larger one is begun, whatever is uploaded.
    pub most_rows: Option<usize>,
}

impl Reading {
    /// The most rows that are read.
    pub(super) fn rows(&self) -> usize {
        self.most_rows.unwrap_or(MAX_ROWS)
    }

    /// The most bytes that are read.
    pub(super) fn bytes(&self) -> usize {
        let bytes = self.rows().max(MAX_ROWS).checked_mul(MAX_BYTES);
        bytes.map_or(usize::MAX, |bytes| bytes / MAX_ROWS)
    }

    /// That a roster has more of either.
    pub(super) fn too_large(&self) -> Error {
        Error::new(ErrorKind::Invalid, Code::RosterTooLarge)
            .with("rows", self.rows())
            .with("mebibytes", self.bytes() / (1024 * 1024))
    }

    /// Whether who has a status is there, by what was told, if anything was.
    pub(super) fn is_there(&self, status: &str) -> Option<bool> {
        if self.statuses.is_empty() {
            return None;
        }
        let (status, plain) = (status.trim(), folded(status));
        let named = |known: &&String| known.trim() == status || !plain.is_empty() && folded(known) == plain;
        self.statuses.iter().find(|(known, _)| named(known)).map(|(_, there)| *there)
    }

    /// What a title means by what was told, if anything was.
    pub(super) fn told(&self, title: &str) -> Option<Option<RosterColumn>> {
        if self.columns.is_empty() {
            return None;
        }
        let folded = folded(title);
        let named =
            |known: &&String| known.trim() == title.trim() || !folded.is_empty() && self::folded(known) == folded;
        self.columns.iter().find(|(known, _)| named(known)).map(|(_, column)| *column)
    }
}
