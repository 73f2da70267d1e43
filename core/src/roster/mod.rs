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

mod cell;
mod check;
mod columns;
mod contacts;
mod dates;
mod each;
mod formula;
mod garbled;
mod header;
mod identify;
mod known;
mod merged;
mod met;
mod namesakes;
mod number;
mod outline;
mod preview;
mod read;
mod reading;
mod repeated;
mod row;
mod status;
mod text;
mod ties;
mod titles;
mod verdict;
mod who;
mod words;
mod workbook;
mod write;

use std::io::Read;

use csv::StringRecord;

#[cfg(feature = "engine")]
use crate::policy::HashingLimits;
use crate::{Code, Finding, Result};
use columns::{Layout, Sought, Subject};
use header::{Headed, Line};
use read::Record;

pub use formula::defused;

pub use check::{Change, RowAction, RowCheck, RowState};
pub use columns::RosterColumn;
pub use known::Known;
#[cfg(feature = "engine")]
pub(crate) use met::{MANY, Meant};
pub use number::{number_text, single_text};
pub use outline::{Outline, Titled};
#[cfg(feature = "engine")]
pub(crate) use preview::{Find, Met, Others};
pub use preview::{Preview, RoleGroup, Summary};
pub use reading::{DateOrder, Reading};
pub use row::RosterRow;
#[cfg(feature = "engine")]
pub(crate) use row::{ID_LIMIT, NAME_LIMIT, NOTE_LIMIT, identifier};
#[cfg(feature = "engine")]
pub(crate) use ties::{Said, TieBasis, TieDeed, TieStanding};
#[cfg(feature = "engine")]
pub use ties::{TieCheck, TieEnd, TieOutcome, TiePreview};
pub use ties::{TieRoster, TieRosterRow};
pub use who::{Who, WhoDecision};

/// The most bytes that a roster may have, where a host says nothing else.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;
/// The most rows that a roster may have, where a host says nothing else
/// ([`Reading::most_rows`]).
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

impl Sheet {
    /// The cells of the columns that are kept, and those beyond the header,
    /// which belong to no column.
    fn of(header: &[String], lines: Vec<Line>, layout: &Layout) -> Self {
        let kept = |record: &StringRecord| -> StringRecord {
            let kept = layout.kept().chain(core::iter::repeat(true));
            record.iter().zip(kept).filter(|(_, keep)| *keep).map(|(cell, _)| cell).collect()
        };
        let header = kept(&header.iter().map(String::as_str).collect());
        let whole = layout.kept().all(|kept| kept);
        let record = |line: Line| if whole { line.record } else { kept(&line.record) };
        Self { header, records: lines.into_iter().map(record).collect() }
    }
}

/// How large it is: a cell may hold the hash of a password.
impl core::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Sheet").field("columns", &self.header.len()).field("rows", &self.records.len()).finish()
    }
}

impl Roster {
    /// Reads a CSV file to its end: [`Roster::read`] with nothing told.
    ///
    /// # Errors
    ///
    /// Those of [`Roster::read`].
    pub fn from_csv(reader: impl Read) -> Result<Self> {
        Self::read(reader, &Reading::default())
    }

    /// Reads a file as an office exports it, to its end.
    ///
    /// A CSV in UTF-8, UTF-16 with a mark, Windows-1252, or the encoding that
    /// is told: commas, semicolons, tabs or bars, as the header or a line
    /// `sep=;` has them; cells in quotes may hold them and line breaks. Or a
    /// workbook (xlsx, xls, ods), known by its bytes and not by its name, with
    /// the feature `workbooks`.
    ///
    /// The header is the first line with the titles of a roster. They may come
    /// in any order, any case, English or Spanish. Needed are a role, which
    /// may be told for all, and a name: in one column
    /// (`Last, First Middle (Nickname)` or `First Last`), or in a column for
    /// each part, or a company. Of several phones or addresses the first that
    /// is not blank is taken: `roster.columns_ordered` says in which order.
    ///
    /// Nothing is passed over in silence. Lines that are about nobody and
    /// columns that are not known are in [`Roster::findings`]; what was left
    /// out of a cell is a warning of its row. A row that cannot be used is
    /// kept, with its findings, in this order: `roster.row_ragged`; on `role`,
    /// `name`, `organization`, `username`, `email`, `phone`, `external_id`,
    /// `password_hash`, `note`, `preferred`, `language`, `status`. E-mail,
    /// phone and username are checked in [`Roster::preview`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where nothing can be made of the file:
    /// `roster.unreadable`, `roster.too_large` ([`MAX_BYTES`] and [`MAX_ROWS`], or
    /// what [`Reading::most_rows`] says),
    /// `roster.encoding` with the line, where it is not certain,
    /// `roster.encoding_unknown`, `roster.empty`, `roster.malformed` (a quote
    /// that does not close), `roster.too_many_columns` ([`MAX_COLUMNS`]),
    /// `roster.row_too_long` ([`MAX_ROW_BYTES`]), `roster.workbook` (one that
    /// cannot be read), `roster.sheet_unknown`, `roster.sheet_needed` (several
    /// sheets have the titles of a roster), and with findings
    /// `roster.column_missing`, `roster.column_repeated` and
    /// `roster.column_unclear` (a title that may be the other half of a name).
    pub fn read(reader: impl Read, reading: &Reading) -> Result<Self> {
        let (records, mut findings) = open(reader, Sought { subject: Subject::People, reading })?;
        let mut roster = Self::of_records(records, reading)?;
        findings.append(&mut roster.findings);
        Ok(Self { findings, ..roster })
    }

    /// What a file has to choose from: the sheets of a workbook, and the titles
    /// with what each is read as. For a page that asks an office how its file is
    /// to be read, also where [`Roster::read`] refused it for that.
    ///
    /// ```
    /// use carekey::roster::{Reading, Roster, RosterColumn};
    ///
    /// let outline = Roster::outline("Aide,Email\nSue Wright,s@example.com\n".as_bytes(), &Reading::default())?;
    /// let read: Vec<_> = outline.titles.iter().map(|one| (one.title.as_str(), one.column)).collect();
    /// assert_eq!(read, [("Aide", None), ("Email", Some(RosterColumn::Email))]);
    /// # Ok::<(), carekey::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Roster::read`] that are not about titles and sheets.
    pub fn outline(reader: impl Read, reading: &Reading) -> Result<Outline> {
        let sought = Sought { subject: Subject::People, reading };
        let bytes = text::bytes(reader, reading)?;
        let (sheets, records) = match workbook::is_one(&bytes) {
            true => (workbook::sheets(&bytes, reading)?, workbook::records(&bytes, sought).map(|(records, _)| records)),
            false => {
                let (text, _) = text::decode(&bytes, reading.encoding.as_deref())?;
                (Vec::new(), read::records(&text, sought))
            }
        };
        let titles = match records {
            Ok(records) => outline::titles(&records, sought),
            Err(error) if matches!(error.code, Code::RosterSheetNeeded | Code::RosterSheetUnknown) => Vec::new(),
            Err(error) => return Err(error),
        };
        Ok(Outline { sheets, titles })
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
    /// Those of [`Roster::read_table`].
    pub fn from_table<Title: AsRef<str>, Row: IntoIterator<Item: AsRef<str>>>(
        titles: impl IntoIterator<Item = Title>,
        rows: impl IntoIterator<Item = Row>,
    ) -> Result<Self> {
        Self::read_table(titles, rows, &Reading::default())
    }

    /// Reads a table that the host has in memory, as it is told: what columns
    /// mean, and the role of everyone.
    ///
    /// # Errors
    ///
    /// Those of [`Roster::read`] that are not about bytes, quotes and sheets.
    pub fn read_table<Title: AsRef<str>, Row: IntoIterator<Item: AsRef<str>>>(
        titles: impl IntoIterator<Item = Title>,
        rows: impl IntoIterator<Item = Row>,
        reading: &Reading,
    ) -> Result<Self> {
        let header = titles.into_iter().map(|title| title.as_ref().to_owned()).collect();
        Self::of_records(read::table(header, rows, reading)?, reading)
    }

    fn of_records(records: Vec<Record>, reading: &Reading) -> Result<Self> {
        let sought = Sought { subject: Subject::People, reading };
        let Headed { header, layout, rows: lines } = header::headed(records, sought)?;
        let cut = header::cut(&lines, &layout, header.len());
        let order = status::order(&lines, &layout, reading);
        let rows = each::map(lines.iter().enumerate(), |(at, line)| {
            row::from_cells(line, &layout, header.len(), cut.contains(&at), (reading, order))
        });
        let sheet = Sheet::of(&header, lines, &layout);
        Ok(Self { rows, findings: layout.findings, sheet: Some(sheet) })
    }

    /// A roster of the caller's own rows. They are read like those of a file:
    /// blanks are folded, and what cannot be used becomes a finding of its
    /// row, in place of the findings it came with. Lines that rise from row to
    /// row are kept; otherwise rows are counted from 1.
    pub fn from_rows(rows: Vec<RosterRow>) -> Self {
        let rising = is_rising(rows.iter().map(|row| row.line));
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

    /// The same, where who leaves after `today` is there still.
    #[cfg(feature = "engine")]
    pub(crate) fn on(mut self, today: time::Date) -> Self {
        self.rows.iter_mut().for_each(|row| row.say_on(today));
        self
    }

    /// The rows in the order of the file, blank lines left out.
    pub fn rows(&self) -> &[RosterRow] {
        &self.rows
    }

    /// What there is to say about the file itself: how it was read, and the
    /// lines and columns that were passed over.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

/// The records of a file, whatever it is, and what there is to say of it.
fn open(reader: impl Read, sought: Sought<'_>) -> Result<(Vec<Record>, Vec<Finding>)> {
    let bytes = text::bytes(reader, sought.reading)?;
    if workbook::is_one(&bytes) {
        return workbook::records(&bytes, sought);
    }
    let (text, findings) = text::decode(&bytes, sought.reading.encoding.as_deref())?;
    Ok((read::records(&text, sought)?, findings))
}

/// Whether lines rise from row to row.
fn is_rising(mut lines: impl Iterator<Item = u64>) -> bool {
    lines.try_fold(0, |last, line| (line > last).then_some(line)).is_some()
}
