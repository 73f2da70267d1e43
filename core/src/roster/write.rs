//! From rows back to a file: what failed, to be corrected and read again.

use std::io::Write;

use csv::{StringRecord, Writer, WriterBuilder};

use super::columns::Column;
use super::{Preview, RosterRow, RowCheck, Sheet, formula};
use crate::finding::{Code, Locale};
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

/// The cells of rows that the caller made. A password hash is not written: the
/// caller has it, and a file to correct is passed around.
pub(super) fn sheet(rows: &[RosterRow]) -> Sheet {
    let header = COLUMNS.iter().map(|column| column.title()).collect();
    Sheet { header, records: rows.iter().map(cells).collect() }
}

fn cells(row: &RosterRow) -> StringRecord {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let word = |word: Option<&'static str>| word.unwrap_or_default().to_owned();
    let cells = [
        word(row.role.map(|role| role.as_str())),
        text(&row.name.first),
        text(&row.name.middle),
        text(&row.name.last),
        text(&row.name.nickname),
        text(&row.organization),
        text(&row.username),
        text(&row.email),
        text(&row.phone),
        word(row.preferred.map(|method| method.as_str())),
        word(row.locale.map(|locale| locale.as_str())),
        text(&row.external_id),
        text(&row.note),
        word(row.already_created.map(|created| if created { "yes" } else { "no" })),
    ];
    cells.iter().collect()
}

impl Preview {
    /// Writes the rows that do not pass as CSV (UTF-8 with a byte order mark,
    /// which spreadsheets need to see it), each with its problems and its
    /// first suggestion in front, the rest as it came. Cells that a
    /// spreadsheet would run as a formula get a leading apostrophe.
    /// Read again with [`Roster::from_csv`](super::Roster::from_csv), the rows
    /// say the same; the two columns in front are passed over.
    ///
    /// # Errors
    ///
    /// `roster.unwritable` where the writer fails.
    pub fn write_failed(&self, writer: impl Write, locale: Locale) -> Result<()> {
        let failed = self.rows().iter().zip(&self.sheet.records).filter(|(row, _)| !row.passes());
        let remarks = failed.map(|(row, record)| (remarks(row, locale), record));
        let titles = [Column::Problem, Column::Suggestion].map(|column| column.title().to_owned());
        write(writer, core::iter::once((titles, &self.sheet.header)).chain(remarks))
    }

    /// Writes every row as CSV with what came of it in front: the line, where
    /// it stands, what would be done, the username, problems and suggestion.
    ///
    /// # Errors
    ///
    /// `roster.unwritable` where the writer fails.
    pub fn write_all(&self, writer: impl Write, locale: Locale) -> Result<()> {
        let titles = ["Line", "Result", "Action", "New username", "Problem", "Suggestion"].map(str::to_owned);
        let rows = self.rows().iter().zip(&self.sheet.records).map(|(row, record)| {
            let [problem, suggestion] = remarks(row, locale);
            let (state, action) = (row.state().to_string(), row.action.to_string());
            let username = row.username.clone().unwrap_or_default();
            ([row.row.line.to_string(), state, action, username, problem, suggestion], record)
        });
        write(writer, core::iter::once((titles, &self.sheet.header)).chain(rows))
    }
}

/// What is wrong with a row, and what may mend it.
fn remarks(row: &RowCheck, locale: Locale) -> [String; 2] {
    let errors = row.findings.iter().filter(|finding| finding.is_error());
    let problems: Vec<String> =
        errors.map(|finding| format!("{}: {}", finding.field, finding.message(locale))).collect();
    [problems.join("; "), row.suggestions.first().cloned().unwrap_or_default()]
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
