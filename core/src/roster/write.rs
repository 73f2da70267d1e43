//! From rows back to a file: what failed, to be corrected and read again.

use std::borrow::Cow;
use std::io::Write;

use csv::{StringRecord, Writer, WriterBuilder};
#[cfg(feature = "engine")]
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::columns::Column;
use super::{Preview, RosterRow, RowCheck, Sheet, formula};
#[cfg(feature = "engine")]
use super::{TieCheck, TiePreview, TieRosterRow};
use crate::finding::{Code, Finding, Locale};
use crate::texts::{Section, said};
use crate::{Error, ErrorKind, Result};

/// The columns of a roster that did not come from a file.
const COLUMNS: [Column; 14] = [
    Column::Role,
    Column::First,
    Column::Middle,
    Column::Last,
    Column::Nickname,
    Column::Organization,
    Column::Username,
    Column::Email,
    Column::Phone,
    Column::Preferred,
    Column::Language,
    Column::ExternalId,
    Column::Note,
    Column::AlreadyCreated,
];

/// The cells of rows that the caller made, for a reader of that language. A
/// password hash is not written: the caller has it, and a file to correct is
/// passed around.
fn sheet<'a>(rows: impl Iterator<Item = &'a RosterRow>, locale: Locale) -> Sheet {
    let header = COLUMNS.iter().map(|column| said(Section::Titles, column.title(), locale)).collect();
    Sheet { header, records: rows.map(|row| cells(row, locale)).collect() }
}

fn cells(row: &RosterRow, locale: Locale) -> StringRecord {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let cells = [
        row.role.map(|role| said(Section::Roles, role.as_str(), locale)).unwrap_or_default(),
        text(&row.name.first),
        text(&row.name.middle),
        text(&row.name.last),
        text(&row.name.nickname),
        text(&row.organization),
        text(&row.username),
        text(&row.email),
        text(&row.phone),
        row.preferred.map(|method| said(Section::Methods, method.as_str(), locale)).unwrap_or_default(),
        row.locale.map(|locale| locale.to_string()).unwrap_or_default(),
        text(&row.external_id),
        text(&row.note),
        row.already_created
            .map(|created| said(Section::Ticks, if created { "yes" } else { "no" }, locale))
            .unwrap_or_default(),
    ];
    StringRecord::from(cells.as_slice())
}

impl Preview {
    /// The file that the rows came in, or the one that they would make.
    fn sheet_in(&self, locale: Locale) -> Cow<'_, Sheet> {
        let made = || Cow::Owned(sheet(self.rows().iter().map(|row| &row.row), locale));
        self.sheet.as_ref().map_or_else(made, Cow::Borrowed)
    }

    /// Writes the rows that do not pass as CSV (UTF-8 with a byte order mark,
    /// which spreadsheets need to see it), each with its problems and what
    /// would mend it in front, the rest as it came; what did not come from a
    /// file is written in that language too. Cells that a spreadsheet would run
    /// as a formula get a leading apostrophe. Read again with
    /// [`Roster::from_csv`](super::Roster::from_csv), the rows say the same; the
    /// two columns in front are passed over.
    ///
    /// # Errors
    ///
    /// `roster.unwritable` where the writer fails.
    pub fn write_failed(&self, writer: impl Write, locale: Locale) -> Result<()> {
        let sheet = self.sheet_in(locale);
        write_remarked(writer, &sheet, self.rows(), |row| (!row.passes()).then(|| remarks(row, locale)), locale)
    }

    /// Writes every row as CSV with what came of it in front: the line, where
    /// it stands, what would be done, the username, problems and suggestion.
    ///
    /// # Errors
    ///
    /// `roster.unwritable` where the writer fails.
    pub fn write_all(&self, writer: impl Write, locale: Locale) -> Result<()> {
        let sheet = self.sheet_in(locale);
        let titles = ["Line", "Result", "Action", "New username", "Problem", "Suggestion"];
        let titles = titles.map(|title| said(Section::Titles, title, locale));
        let rows = self.rows().iter().zip(&sheet.records).map(|(row, record)| {
            let [problem, suggestion] = remarks(row, locale);
            let state = said(Section::States, row.state().as_str(), locale);
            let action = said(Section::Actions, row.action.as_str(), locale);
            let username = row.username.clone().unwrap_or_default();
            ([row.row.line.to_string(), state, action, username, problem, suggestion], record)
        });
        write(writer, core::iter::once((titles, &sheet.header)).chain(rows))
    }
}

/// What is wrong with a row, and what may mend it.
fn remarks(row: &RowCheck, locale: Locale) -> [String; 2] {
    let mend = || mends(&row.findings, locale);
    [problems(&row.findings, locale), row.suggestion.clone().unwrap_or_else(mend)]
}

/// What would mend a row: one alone as it is to be typed, of several each with
/// its field.
fn mends(findings: &[Finding], locale: Locale) -> String {
    let mends: Vec<(&Finding, &str)> =
        findings.iter().filter_map(|finding| Some((finding, finding.suggestion.as_deref()?))).collect();
    match mends.as_slice() {
        [(_, mend)] => (*mend).to_owned(),
        several => {
            let named = |(finding, mend): &(&Finding, &str)| format!("{}: {mend}", field(finding, locale));
            several.iter().map(named).collect::<Vec<_>>().join("; ")
        }
    }
}

fn field(finding: &Finding, locale: Locale) -> String {
    said(Section::Fields, &finding.field, locale)
}

fn problems(findings: &[Finding], locale: Locale) -> String {
    let errors = findings.iter().filter(|finding| finding.is_error());
    let problems: Vec<String> =
        errors.map(|finding| format!("{}: {}", field(finding, locale), finding.message(locale))).collect();
    problems.join("; ")
}

/// The columns of a roster of ties that did not come from a file.
#[cfg(feature = "engine")]
const TIE_COLUMNS: [Column; 12] = [
    Column::Who,
    Column::WhoName,
    Column::WhoEmail,
    Column::WhoPhone,
    Column::Kind,
    Column::Of,
    Column::OfName,
    Column::OfEmail,
    Column::OfPhone,
    Column::From,
    Column::Until,
    Column::Reference,
];

#[cfg(feature = "engine")]
fn tie_cells(row: &TieRosterRow, locale: Locale) -> StringRecord {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let moment = |at: Option<OffsetDateTime>| at.and_then(|at| at.format(&Rfc3339).ok()).unwrap_or_default();
    let cells = [
        text(&row.who),
        text(&row.who_name),
        text(&row.who_email),
        text(&row.who_phone),
        row.kind.map(|kind| said(Section::Ties, kind.as_str(), locale)).unwrap_or_default(),
        text(&row.of),
        text(&row.of_name),
        text(&row.of_email),
        text(&row.of_phone),
        moment(row.begins_at),
        moment(row.ends_at),
        text(&row.reference),
    ];
    StringRecord::from(cells.as_slice())
}

#[cfg(feature = "engine")]
impl TiePreview {
    /// Writes the rows that do not pass as CSV, each with its problems and what
    /// would mend them in front, as [`Preview::write_failed`] does
    /// of people: corrected, the file is read again by
    /// [`TieRoster::read`](super::TieRoster::read).
    ///
    /// # Errors
    ///
    /// `roster.unwritable` where the writer fails.
    pub fn write_failed(&self, writer: impl Write, locale: Locale) -> Result<()> {
        let made = || {
            let header = TIE_COLUMNS.iter().map(|column| said(Section::Titles, column.title(), locale)).collect();
            let records = self.rows().iter().map(|check| tie_cells(&check.row, locale)).collect();
            Cow::Owned(Sheet { header, records })
        };
        let sheet = self.sheet.as_ref().map_or_else(made, Cow::Borrowed);
        let remarks =
            |row: &TieCheck| (!row.passes()).then(|| [problems(&row.findings, locale), mends(&row.findings, locale)]);
        write_remarked(writer, &sheet, self.rows(), remarks, locale)
    }
}

/// Writes the rows that there is something to say of, with that in front.
fn write_remarked<Row>(
    writer: impl Write,
    sheet: &Sheet,
    rows: &[Row],
    remarks: impl Fn(&Row) -> Option<[String; 2]>,
    locale: Locale,
) -> Result<()> {
    let titles = [Column::Problem, Column::Suggestion].map(|column| said(Section::Titles, column.title(), locale));
    let failed = rows.iter().zip(&sheet.records).filter_map(|(row, record)| Some((remarks(row)?, record)));
    write(writer, core::iter::once((titles, &sheet.header)).chain(failed))
}

/// Writes records with cells in front of each. They need not be of one length.
fn write<'a, const N: usize>(
    mut writer: impl Write,
    records: impl Iterator<Item = ([String; N], &'a StringRecord)>,
) -> Result<()> {
    writer.write_all("\u{feff}".as_bytes()).map_err(|_| unwritable())?;
    let mut csv: Writer<_> = WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(writer);
    for (front, record) in records {
        let cells = front.iter().map(String::as_str).chain(record.iter());
        csv.write_record(cells.map(formula::defused).map(|cell| cell.into_owned())).map_err(|_| unwritable())?;
    }
    csv.flush().map_err(|_| unwritable())
}

fn unwritable() -> Error {
    Error::new(ErrorKind::Store, Code::RosterUnwritable)
}
