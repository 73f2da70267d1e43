//! The second roster: ties between people and organizations (R, B).
//!
//! A [`TieRoster`] says who is what of whom, from when and until when. It is
//! read as a roster of people is, and held against the agency by
//! [`Office::preview_ties`](crate::Office::preview_ties), which writes nothing;
//! [`Office::create_ties`](crate::Office::create_ties) makes and ends the ties.

#[cfg(feature = "engine")]
mod check;
#[cfg(feature = "engine")]
mod ends;
#[cfg(feature = "engine")]
mod preview;
mod row;
#[cfg(feature = "engine")]
mod standing;

use std::io::Read;

use super::columns::{Sought, Subject};
use super::header::{self, Headed};
use super::read::Record;
use super::reading::Reading;
use super::{Sheet, is_rising, open, read};
use crate::{Finding, Result};

#[cfg(feature = "engine")]
pub use check::{TieCheck, TieEnd, TieOutcome};
#[cfg(feature = "engine")]
pub(crate) use preview::TieBasis;
#[cfg(feature = "engine")]
pub use preview::TiePreview;
pub use row::TieRosterRow;
#[cfg(feature = "engine")]
pub(crate) use standing::{Said, TieDeed, TieStanding};

/// A roster of ties as it was read, in the order of the file.
#[derive(Debug, Clone)]
pub struct TieRoster {
    pub(super) rows: Vec<TieRosterRow>,
    pub(super) findings: Vec<Finding>,
    /// Of each row of a file, whether its beginning and its end are days or
    /// clocks of the agency, read as if they were in UTC.
    #[cfg_attr(not(feature = "engine"), allow(dead_code, reason = "only an agency has a time zone"))]
    local: Vec<[bool; 2]>,
    /// The file's own cells; nothing of rows that came in no file.
    #[cfg_attr(not(feature = "engine"), allow(dead_code, reason = "a preview writes them back"))]
    pub(super) sheet: Option<Sheet>,
}

impl TieRoster {
    /// Reads a file as an office exports it, to its end: the same files, read
    /// in the same way, as [`Roster::read`](super::Roster::read) does.
    ///
    /// The columns, in any order and any case, in English or Spanish: *who*,
    /// *kind* (a sort of tie, as any language that has texts calls it), *of*,
    /// and where there are any *from*, *until* and *reference*: the document
    /// that a personal representative is one by. *Who* and *of* each name a
    /// party by its identifier, its external id, an e-mail address, a phone
    /// number or a name. Columns for a name, an e-mail address and a phone
    /// number of either end (*Who: name*, *Who: e-mail* …) say more of it: a
    /// name with a contact that agrees is certain, a name alone is not (C4).
    ///
    /// A date alone is the beginning of that day, and *until* the first moment
    /// outside: who is a payer until 2026-04-01 is one on 31 March, and no longer
    /// on 1 April. It is the agency's day: read here as if in UTC, it is put into
    /// the agency's time zone where the roster is held against it, and so is a time
    /// without an offset. Dates are read as ISO 8601 writes them
    /// (`2026-03-01`, `2026-03-01T09:00:00-05:00`) and as workbooks hold them;
    /// `03/01/2026` only where it is certain which number is the day: both are
    /// the same, one is beyond 12, other dates of the file or
    /// [`Reading::dates`] say it. Otherwise it is `roster.date_ambiguous`.
    ///
    /// ```
    /// use carekey::TieKind;
    /// use carekey::roster::{Reading, TieRoster};
    ///
    /// let file = "Who,Kind,Of,From\nTom Reed,emergency contact,C-17,03/25/2026\n";
    /// let roster = TieRoster::read(file.as_bytes(), &Reading::default())?;
    /// assert_eq!(roster.rows()[0].kind, Some(TieKind::EmergencyContact));
    /// assert_eq!(roster.rows()[0].begins_at, Some(time::macros::datetime!(2026-03-25 00:00 UTC)));
    /// # Ok::<(), carekey::Error>(())
    /// ```
    ///
    /// A row that cannot be used is kept, with its findings, in this order:
    /// `roster.row_ragged`; on `who`, `kind` (`roster.kind_missing`,
    /// `roster.kind_unknown`), `of` (`roster.end_missing`), `begins_at` and
    /// `ends_at` (`roster.date_ambiguous`, `roster.date_unreadable`).
    ///
    /// # Errors
    ///
    /// Those of [`Roster::read`](super::Roster::read).
    pub fn read(reader: impl Read, reading: &Reading) -> Result<Self> {
        let (records, mut findings) = open(reader, Sought { subject: Subject::Ties, reading })?;
        let mut roster = Self::of_records(records, reading)?;
        findings.append(&mut roster.findings);
        Ok(Self { findings, ..roster })
    }

    /// Reads a table that the host has in memory: a title for each column, and
    /// rows of cells, blank where there is nothing. Lines are counted from 1,
    /// the first row of cells.
    ///
    /// # Errors
    ///
    /// Those of [`TieRoster::read`] that are not about bytes, quotes and sheets.
    pub fn read_table<Title: AsRef<str>, Row: IntoIterator<Item: AsRef<str>>>(
        titles: impl IntoIterator<Item = Title>,
        rows: impl IntoIterator<Item = Row>,
        reading: &Reading,
    ) -> Result<Self> {
        let header = titles.into_iter().map(|title| title.as_ref().to_owned()).collect();
        Self::of_records(read::table(header, rows, reading)?, reading)
    }

    fn of_records(records: Vec<Record>, reading: &Reading) -> Result<Self> {
        let Headed { header, layout, rows: lines } =
            header::headed(records, Sought { subject: Subject::Ties, reading })?;
        let cut = header::cut(&lines, &layout, header.len());
        let order = row::order(&lines, &layout, reading);
        let rows = lines.iter().enumerate();
        let rows =
            rows.map(|(at, line)| row::from_cells(line, &layout, header.len(), cut.contains(&at), (reading, order)));
        let rows = rows.collect();
        let local = lines.iter().map(|line| row::local(line, &layout)).collect();
        let sheet = Sheet::of(&header, lines, &layout);
        Ok(Self { rows, findings: layout.findings, local, sheet: Some(sheet) })
    }

    /// A roster of the caller's own rows. They are read like those of a file:
    /// blanks are folded, and what cannot be used becomes a finding of its
    /// row, in place of the findings it came with. Lines that rise from row to
    /// row are kept; otherwise rows are counted from 1.
    pub fn from_rows(rows: Vec<TieRosterRow>) -> Self {
        let rising = is_rising(rows.iter().map(|row| row.line));
        let read = |(row, place): (TieRosterRow, u64)| {
            let line = if rising { row.line } else { place };
            TieRosterRow { line, ..row }.read_again()
        };
        let rows = rows.into_iter().zip(1..).map(read).collect();
        Self { rows, findings: Vec::new(), local: Vec::new(), sheet: None }
    }

    /// The rows in the order of the file, blank lines left out.
    pub fn rows(&self) -> &[TieRosterRow] {
        &self.rows
    }

    /// What there is to say about the file itself: how it was read, and the
    /// lines and columns that were passed over.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}
