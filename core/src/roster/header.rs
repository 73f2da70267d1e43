//! From records to rows: where the header is, and which lines are none of
//! anybody. Each line that is passed over is said.

use std::collections::HashSet;

use csv::StringRecord;

use super::columns::{Column, Layout, Sought, Subject};
use super::read::Record;
use super::reading::Reading;
use super::{cell, words};
use crate::words::Role;
use crate::{Code, Error, ErrorKind, Finding, Result};

/// How many records are looked through for the header.
pub(super) const LOOKED_AT: usize = 40;

/// The word with which a line begins that sums others up.
const TOTALS: &[&str] =
    &["total", "totals", "totales", "subtotal", "subtotals", "grandtotal", "sumatotal", "grantotal"];
/// What a line alone begins with that a report has at its head or foot.
const MARGINS: &[&str] = &[
    "page",
    "pagina",
    "printed",
    "impreso",
    "generated",
    "generado",
    "run",
    "report",
    "endof",
    "findel",
    "confidential",
];

/// A row, and the role of the section that it stands in.
pub(super) struct Line {
    pub(super) line: u64,
    pub(super) record: StringRecord,
    pub(super) role: Option<Role>,
}

/// A file of which the header is known.
pub(super) struct Headed {
    pub(super) header: Vec<String>,
    pub(super) layout: Layout,
    pub(super) rows: Vec<Line>,
}

/// Where the header is: the first of the records with the titles of a roster.
pub(super) fn header_at<'a>(
    records: impl Iterator<Item = &'a StringRecord>,
    sought: Sought<'_>,
) -> Option<(usize, usize)> {
    let mut scored = records.take(LOOKED_AT).map(|record| Layout::score(record.iter(), sought)).enumerate();
    scored.find(|(_, score)| *score > 0)
}

/// Where the header is, and how it is read: sections may tell the roles that
/// no column does. Nothing where no line has the titles of a roster.
pub(super) fn found(records: &[Record], sought: Sought<'_>) -> Option<(usize, Reading)> {
    let at = |reading: Reading| {
        let sought = Sought { reading: &reading, ..sought };
        let found = header_at(records.iter().map(|(_, record)| record), sought);
        found.map(|(at, _)| (at, reading))
    };
    let reading = sought.reading;
    let sectioned = || Reading { role: reading.role.or_else(|| first_section(records)), ..reading.clone() };
    at(reading.clone()).or_else(|| at(sectioned()))
}

/// Finds the header, and passes over what is not a row.
///
/// # Errors
///
/// `roster.empty`; those of [`Layout::of`], of the first line where no line
/// has the titles of a roster.
pub(super) fn headed(records: Vec<Record>, sought: Sought<'_>) -> Result<Headed> {
    let reading = sought.reading;
    let (at, reading_here) = found(&records, sought).unwrap_or_else(|| (0, reading.clone()));
    let mut records = records.into_iter();
    let above: Vec<Record> = records.by_ref().take(at).collect();
    let (_, header) = records.next().ok_or_else(|| Error::new(ErrorKind::Invalid, Code::RosterEmpty))?;
    let header: Vec<String> = header.iter().map(str::to_owned).collect();
    let mut layout = Layout::of(&header, Sought { reading: &reading_here, ..sought })?;
    layout.role = reading.role;
    let mut section = None;
    let mut passed = Vec::new();
    for (line, record) in above {
        section = section_role(&record).or(section);
        passed.push(passed_over(line, &record));
    }
    let titles: Vec<String> = header.iter().map(|title| words::folded(title)).collect();
    let mut rows = Vec::new();
    for (line, record) in records {
        if let Some(role) = section_role(&record) {
            section = Some(role);
            passed.push(passed_over(line, &record));
        } else if is_margin(&record, &layout, &titles) {
            passed.push(passed_over(line, &record));
        } else {
            if rows.len() >= reading.rows() {
                return Err(reading.too_large());
            }
            rows.push(Line { line, record, role: section });
        }
    }
    passed.append(&mut layout.findings);
    layout.findings = passed;
    Ok(Headed { header, layout, rows })
}

fn passed_over(line: u64, record: &StringRecord) -> Finding {
    let filled = record.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let cells: Vec<String> = filled.map(cell::shown).collect();
    Finding::new(Code::RosterLinePassedOver, "file").with("line", line).with("text", words::short(&cells.join(" ")))
}

/// The only cell of a record that is not blank.
fn alone(record: &StringRecord) -> Option<(usize, &str)> {
    let mut filled = record.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
    let first = filled.next()?;
    filled.next().is_none().then_some(first)
}

/// The role that a heading gives the lines below it, as lists of accounts have
/// it: `Role : Caregiver (36 items)`.
fn section_role(record: &StringRecord) -> Option<Role> {
    let (_, text) = alone(record)?;
    let (title, role) = text.split_once(':')?;
    let role = role.split('(').next().unwrap_or_default();
    (Subject::People.meant(title) == Some(Column::Role)).then(|| words::role(role)).flatten()
}

fn first_section(records: &[Record]) -> Option<Role> {
    records.iter().take(LOOKED_AT).find_map(|(_, record)| section_role(record))
}

/// Whether a line is about nobody: the header again, a sum, a heading, a foot.
fn is_margin(record: &StringRecord, layout: &Layout, titles: &[String]) -> bool {
    if record.len() <= titles.len() && record.iter().zip(titles).all(|(cell, title)| words::folded(cell) == *title) {
        return true;
    }
    if layout.is_worded(record) {
        return false;
    }
    // Our own remarks on an earlier file are about somebody.
    let said = |place: usize| layout.at(place).is_none_or(|column| !column.is_remark());
    let mut filled = record.iter().enumerate().filter(|(at, cell)| said(*at) && !cell.trim().is_empty());
    let Some((_, cell)) = filled.next() else { return false };
    let mut parts = cell.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(words::folded);
    let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if TOTALS.contains(&first.as_str()) || TOTALS.contains(&format!("{first}{second}").as_str()) {
        return true;
    }
    let first = words::folded(cell);
    let Some((place, text)) = alone(record) else { return false };
    let named = layout.is_named(place);
    let margin = MARGINS.iter().any(|word| first.starts_with(word)) && text.chars().any(|c| c.is_ascii_digit());
    titles.len() > 1 && (!named || margin)
}

/// The places of lines that were cut in two by a line break without quotes:
/// together they have the cells of one, and the second has no word of its own.
pub(super) fn cut(lines: &[Line], layout: &Layout, expected: usize) -> HashSet<usize> {
    let pairs = lines.windows(2).enumerate().filter(|(_, pair)| match pair {
        [first, second] => {
            let (one, other) = (first.record.len(), second.record.len());
            let half = one < expected && other < expected && one + other == expected + 1;
            half && !layout.is_worded(&second.record)
        }
        _ => false,
    });
    pairs.flat_map(|(at, _)| [at, at + 1]).collect()
}
