//! B: rosters, from a file to accounts and back to a file.
//!
//! A [`Roster`] is read with [`Roster::from_csv`] or, from memory, with
//! [`Roster::from_table`], or made of the host's own rows with
//! [`Roster::from_rows`]. [`Roster::preview`] holds every row
//! against what the agency knows and gives it a verdict; it writes nothing.
//! The [`Preview`] is where people decide on suggestions, and on rows that may
//! be about someone known ([`Preview::decide`]), and what the agency's
//! `create` takes. Rows that fail can be written out, corrected in a
//! spreadsheet, and read again.
//!
//! ```
//! use carekey::Policy;
//! use carekey::roster::{Roster, RowState};
//! use carekey::username::{Taken, Usernames};
//!
//! let file = "Role;Name;Correo\n\
//!             Cuidador;\"Taming, Sue (Sue W)\";sue@example.com\n\
//!             Office staff;Felicia Conner;\n";
//! let policy = Policy::default();
//! let taken: Taken = ["104fconner"].into_iter().collect();
//!
//! let roster = Roster::from_csv(file.as_bytes())?;
//! let usernames = Usernames::new(&policy.username, "104", "US", taken)?;
//! let mut preview = roster.preview(&[], &[], usernames, &policy, "US");
//! assert_eq!(preview.rows()[0].username.as_deref(), Some("sue@example.com"));
//! assert_eq!(preview.rows()[1].state(), RowState::Waiting);
//!
//! preview.accept_suggestions();
//! assert_eq!(preview.rows()[1].username.as_deref(), Some("104feconner"));
//! assert_eq!(preview.summary().create, 2);
//! # Ok::<(), carekey::Error>(())
//! ```

mod check;
mod columns;
mod formula;
mod identify;
mod known;
mod namesakes;
mod preview;
mod read;
mod row;
mod text;
mod verdict;
mod who;
mod words;
mod write;

use std::io::Read;

use csv::StringRecord;

#[cfg(feature = "engine")]
use crate::policy::HashingLimits;
use crate::{Code, Error, ErrorKind, Finding, Result};
use columns::Layout;
use read::Cells;

pub use formula::defused;

pub use check::{Change, RowAction, RowCheck, RowState};
pub use known::Known;
pub use preview::{Preview, RoleGroup, Summary};
#[cfg(feature = "engine")]
pub(crate) use row::NOTE_LIMIT;
pub use row::RosterRow;
pub use who::{Who, WhoDecision};

/// The most bytes that a roster may have.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;
/// The most rows that a roster may have.
pub const MAX_ROWS: usize = 250_000;
/// The most bytes that one line may have, in UTF-8.
pub const MAX_ROW_BYTES: usize = 64 * 1024;
/// The most columns that a roster may have.
pub const MAX_COLUMNS: usize = 256;

/// A roster as it was read: people and organizations, in the order of the file.
#[derive(Debug, Clone)]
pub struct Roster {
    rows: Vec<RosterRow>,
    findings: Vec<Finding>,
    /// The file's own cells, for writing rows back as they came; nothing of
    /// rows that came in no file.
    sheet: Option<Sheet>,
}

/// The cells of a file: one record for each row of the roster.
#[derive(Clone)]
struct Sheet {
    header: StringRecord,
    records: Vec<StringRecord>,
}

/// How large it is: a cell may hold the hash of a password.
impl core::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Sheet").field("columns", &self.header.len()).field("rows", &self.records.len()).finish()
    }
}

impl Roster {
    /// Reads a CSV file to its end.
    ///
    /// UTF-8 with or without a byte order mark, UTF-16 with one, or
    /// Windows-1252. Commas, semicolons or tabs, as the header has them; cells
    /// in quotes may hold them and line breaks. Titles may come in any order,
    /// any case, English or Spanish. Needed are a role and a name: in one
    /// column (`Last, First Middle (Nickname)` or `First Last`), or in a
    /// column for each part, or a company.
    ///
    /// A row that cannot be used is kept, with its findings, in this order:
    /// `roster.row_ragged`; on `role`, `name`, `organization`, `username`,
    /// `email`, `phone`, `external_id`, `password_hash`, `note`, `preferred`, `language`. E-mail, phone and
    /// username are checked in [`Roster::preview`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] where nothing can be made of the file:
    /// `roster.unreadable`, `roster.too_large` ([`MAX_BYTES`], [`MAX_ROWS`]),
    /// `roster.encoding`, `roster.empty`, `roster.malformed` (a quote that
    /// does not close), `roster.too_many_columns` ([`MAX_COLUMNS`]),
    /// `roster.row_too_long` ([`MAX_ROW_BYTES`]), and with findings
    /// `roster.column_missing` and `roster.column_repeated`.
    pub fn from_csv(reader: impl Read) -> Result<Self> {
        Self::of_cells(read::cells(&text::read(reader)?)?)
    }

    /// Reads a table that the host has in memory: a title for each column, and
    /// rows of cells, blank where there is nothing. Titles and cells are read
    /// like those of a file ([`Roster::from_csv`]); lines are counted from 1,
    /// the first row of cells.
    ///
    /// ```
    /// use carekey::roster::Roster;
    ///
    /// let roster = Roster::from_table(["role", "name"], [["Caregiver", "Sue Wright"]])?;
    /// assert_eq!(roster.rows()[0].name.last.as_deref(), Some("Wright"));
    /// # Ok::<(), carekey::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Roster::from_csv`] that are not about bytes and quotes.
    pub fn from_table<Title: AsRef<str>, Row: IntoIterator<Item: AsRef<str>>>(
        titles: impl IntoIterator<Item = Title>,
        rows: impl IntoIterator<Item = Row>,
    ) -> Result<Self> {
        let header = titles.into_iter().map(|title| title.as_ref().to_owned()).collect();
        Self::of_cells(read::table(header, rows)?)
    }

    fn of_cells(cells: Cells) -> Result<Self> {
        let layout = Layout::of(&cells.header)?;
        let kept = |record: &StringRecord| -> StringRecord {
            // Cells beyond the header belong to no column and stay.
            let kept = layout.kept().chain(core::iter::repeat(true));
            record.iter().zip(kept).filter(|(_, keep)| *keep).map(|(cell, _)| cell).collect()
        };
        let header = kept(&StringRecord::from(cells.header.clone()));
        let (mut rows, mut records) = (Vec::with_capacity(cells.rows.len()), Vec::with_capacity(cells.rows.len()));
        for (line, record) in cells.rows {
            rows.push(row::from_cells(line, &record, &layout, cells.header.len()));
            records.push(kept(&record));
        }
        Ok(Self { rows, findings: layout.findings, sheet: Some(Sheet { header, records }) })
    }

    /// A roster of the caller's own rows. They are read like those of a file:
    /// blanks are folded, and what cannot be used becomes a finding of its
    /// row, in place of the findings it came with. Lines that rise from row to
    /// row are kept; otherwise rows are counted from 1.
    pub fn from_rows(rows: Vec<RosterRow>) -> Self {
        let rising = rows.iter().try_fold(0, |last, row| (row.line > last).then_some(row.line)).is_some();
        let read = |(row, place): (RosterRow, u64)| {
            let line = if rising { row.line } else { place };
            RosterRow { line, ..row }.read_again()
        };
        let rows: Vec<RosterRow> = rows.into_iter().zip(1..).map(read).collect();
        Self { rows, findings: Vec::new(), sheet: None }
    }

    /// A roster of rows that were read before, with what was found then.
    #[cfg(feature = "engine")]
    pub(crate) fn from_read(rows: Vec<RosterRow>) -> Self {
        Self { rows, findings: Vec::new(), sheet: None }
    }

    /// The same, where a hash that costs more than the operator allows fails its
    /// row: `hash.over_limit` (P6).
    #[cfg(feature = "engine")]
    pub(crate) fn within(mut self, limits: &HashingLimits) -> Self {
        self.rows.iter_mut().for_each(|row| row.refuse_dear(limits));
        self
    }

    /// The rows in the order of the file, blank lines left out.
    pub fn rows(&self) -> &[RosterRow] {
        &self.rows
    }

    /// What there is to say about the file itself: columns that were passed over.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

fn too_large() -> Error {
    Error::new(ErrorKind::Invalid, Code::RosterTooLarge)
        .with("rows", MAX_ROWS)
        .with("mebibytes", MAX_BYTES / (1024 * 1024))
}
