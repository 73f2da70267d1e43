//! Rosters (B): read from a file, a table, or rows of one's own.

use core::fmt;
use std::sync::Arc;

use carekey::roster;
use carekey::username::Usernames;

use super::preview::Preview;
use super::records::{KnownParty, RosterRow, WhoDecision};
use crate::error::CarekeyError;
use crate::finding::{Finding, findings};
use crate::policy::Policy;
use crate::username::in_use;

impl fmt::Debug for RosterRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RosterRow(line {})", self.line)
    }
}

/// A roster as it was read: people and organizations, in the order of the
/// file.
#[derive(Debug, uniffi::Object)]
pub struct Roster(roster::Roster);

#[uniffi::export]
impl Roster {
    /// Reads a CSV file: UTF-8, UTF-16 with a byte order mark, or
    /// Windows-1252; commas, semicolons or tabs; titles in any order, any case,
    /// English or Spanish. Needed are a role and a name. A row that cannot be
    /// used is kept, with its findings.
    ///
    /// Throws `Invalid` where nothing can be made of the file:
    /// `roster.too_large`, `roster.encoding`, `roster.empty`,
    /// `roster.malformed`, `roster.too_many_columns`, `roster.row_too_long`, or
    /// with the findings `roster.column_missing` and `roster.column_repeated`.
    #[uniffi::constructor]
    pub fn new(csv: Vec<u8>) -> Result<Arc<Self>, CarekeyError> {
        Ok(Arc::new(Self(roster::Roster::from_csv(csv.as_slice())?)))
    }

    /// Reads a table: a title for each column, and rows of cells, blank where
    /// there is nothing. Rows count from 1. Throws as `Roster(csv)` does.
    #[uniffi::constructor]
    pub fn from_table(titles: Vec<String>, rows: Vec<Vec<String>>) -> Result<Arc<Self>, CarekeyError> {
        Ok(Arc::new(Self(roster::Roster::from_table(titles, rows)?)))
    }

    /// A roster of one's own rows, which are read like those of a file. Lines
    /// that rise from row to row are kept; otherwise rows count from 1.
    #[uniffi::constructor]
    pub fn from_rows(rows: Vec<RosterRow>) -> Arc<Self> {
        Arc::new(Self(roster::Roster::from_rows(rows.into_iter().map(roster::RosterRow::from).collect())))
    }

    /// The rows in the order of the file, blank lines left out.
    pub fn rows(&self) -> Vec<RosterRow> {
        self.0.rows().iter().cloned().map(RosterRow::from).collect()
    }

    /// What there is to say about the file itself: columns that were passed
    /// over.
    pub fn findings(&self) -> Vec<Finding> {
        findings(self.0.findings().iter().cloned())
    }

    /// Holds every row against what the agency knows and the usernames in use,
    /// and against each other: the earlier row wins. Nothing is written.
    ///
    /// `taken` has every username in canonical form that the agency uses or
    /// once used, those of `known` included, and `retired` those of people who
    /// were deleted; `prefix` and `country` are the agency's. `decisions` are
    /// those on who rows are about that were kept from earlier previews.
    ///
    /// Throws `Invalid` with the findings `policy.pattern`, `agency.prefix` and
    /// `agency.country`.
    #[uniffi::method(default(retired = [], decisions = []))]
    #[allow(clippy::too_many_arguments, reason = "both languages call them by name")]
    pub fn preview(
        &self,
        known: Vec<KnownParty>,
        taken: Vec<String>,
        prefix: &str,
        country: &str,
        policy: &Policy,
        retired: Vec<String>,
        decisions: Vec<WhoDecision>,
    ) -> Result<Arc<Preview>, CarekeyError> {
        let known: Vec<roster::Known> = known.into_iter().map(roster::Known::from).collect();
        let decisions: Vec<roster::WhoDecision> = decisions.into_iter().map(roster::WhoDecision::from).collect();
        let usernames = Usernames::new(&policy.0.username, prefix, country, in_use(&taken, &retired))?;
        Ok(Preview::new(self.0.clone().preview(&known, &decisions, usernames, &policy.0, country)))
    }
}
