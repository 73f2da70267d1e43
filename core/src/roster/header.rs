//! From records to rows: where the header is, and which lines are none of
//! anybody. Each line that is passed over is said.

use std::collections::HashSet;

use csv::StringRecord;

use super::columns::{Column, Layout, Sought, Subject};
use super::read::Record;
use super::reading::Reading;
use super::{cell, each, read, words};
use crate::words::Role;
use crate::{Code, Error, ErrorKind, Finding, Result};

/// How many records are looked through for the header.
pub(super) const LOOKED_AT: usize = 100;

/// The word with which a line begins that sums others up.
const TOTALS: &[&str] =
    &["total", "totals", "totales", "subtotal", "subtotals", "grandtotal", "sumatotal", "grantotal"];
/// What a line alone begins with that a report has at its head or foot.
const MARGINS: &[&str] =
    &["page", "pagina", "printed", "impreso", "generated", "generado", "run", "report", "confidential"];
/// What a line alone begins with that ends a report.
const ENDS: &[&str] = &["endof", "findel", "findela"];
/// What is counted at the foot of a list: `12 record(s)`.
const COUNTED: &[&str] = &["record", "records", "row", "rows", "item", "items", "registro", "registros", "filas"];

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
    let (at, reading_here) = found(&records, sought).unwrap_or_else(|| (likeliest(&records, sought), reading.clone()));
    let mut records = records.into_iter();
    let above: Vec<Record> = records.by_ref().take(at).collect();
    let (_, header) = records.next().ok_or_else(|| Error::new(ErrorKind::Invalid, Code::RosterEmpty))?;
    let mut header: Vec<String> = header.iter().map(str::to_owned).collect();
    let sought = Sought { reading: &reading_here, ..sought };
    let mut records = records.peekable();
    if let Some((_, below)) = records.next_if(|(_, record)| goes_on(&header, record, sought)) {
        header = with_titles(header, &below);
    }
    let mut layout = Layout::of(&header, sought)?;
    layout.role = reading.role;
    let mut section = None;
    let mut passed = Vec::new();
    for (line, record) in above {
        section = section_role(&record).or(section);
        passed.push(passed_over(line, &record));
    }
    let titles: Vec<String> = header.iter().map(|title| words::folded(title)).collect();
    let told = each::map(records, |(line, record)| {
        let kind = Kind::of(line, &record, &layout, &titles, sought);
        (line, record, kind)
    });
    let mut rows = Vec::with_capacity(told.len().min(reading.rows()));
    for (line, record, kind) in told {
        match kind? {
            Kind::Row if rows.len() >= reading.rows() => return Err(reading.too_large()),
            Kind::Row => rows.push(Line { line, record, role: section }),
            Kind::Section(role) => {
                section = Some(role);
                passed.push(passed_over(line, &record));
            }
            Kind::Beside => passed.push(passed_over(line, &record)),
        }
    }
    passed.append(&mut layout.findings);
    layout.findings = passed;
    Ok(Headed { header, layout, rows })
}

/// What a line below the header is.
enum Kind {
    Row,
    /// A heading that gives the lines below it their role.
    Section(Role),
    /// About nobody.
    Beside,
}

impl Kind {
    fn of(line: u64, record: &StringRecord, layout: &Layout, titles: &[String], sought: Sought<'_>) -> Result<Self> {
        if let Some(role) = section_role(record) {
            return Ok(Self::Section(role));
        }
        let beside = is_margin(record, layout, titles) || is_header_again(line, record, layout, sought)?;
        Ok(if beside { Self::Beside } else { Self::Row })
    }
}

/// The line with the most known titles, where none has all that a roster needs:
/// it is to be told what that one lacks.
fn likeliest(records: &[Record], sought: Sought<'_>) -> usize {
    let known = |record: &StringRecord| record.iter().filter(|title| sought.of_title(title).is_some()).count();
    let counted = records.iter().take(LOOKED_AT).map(|(_, record)| known(record)).enumerate();
    counted.reduce(|best, next| if next.1 > best.1 { next } else { best }).map_or(0, |(at, _)| at)
}

/// Whether a header goes on in the line below it: titles alone, under columns
/// that have none, or one for them all, as where cells of a workbook were merged.
fn goes_on(header: &[String], below: &StringRecord, sought: Sought<'_>) -> bool {
    let filled = || below.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
    let blank_above = |at: usize| header.get(at).is_none_or(|title| title.trim().is_empty());
    let known = filled().all(|(_, cell)| sought.of_title(cell).is_some());
    known
        && filled().any(|(at, _)| blank_above(at))
        && below.iter().zip(header).any(|(cell, title)| cell.trim() != title.trim())
}

fn with_titles(header: Vec<String>, below: &StringRecord) -> Vec<String> {
    let width = header.len().max(below.len());
    let title = |at: usize| {
        let lower = below.get(at).map(str::trim).filter(|title| !title.is_empty()).map(str::to_owned);
        lower.or_else(|| header.get(at).cloned()).unwrap_or_default()
    };
    (0..width).map(title).collect()
}

/// Whether a line has the titles again, in other words.
///
/// # Errors
///
/// `roster.other_header` where they are those of other columns: what stands
/// below them would be taken for something else.
fn is_header_again(line: u64, record: &StringRecord, layout: &Layout, sought: Sought<'_>) -> Result<bool> {
    let first = record.iter().map(str::trim).find(|cell| !cell.is_empty()).unwrap_or_default();
    let is_title = !first.contains(|c: char| c.is_ascii_digit() || c == '@') && sought.of_title(first).is_some();
    if !is_title || Layout::score(record.iter(), sought) == 0 {
        return Ok(false);
    }
    let meant = |cell: &str| sought.of_title(cell).flatten();
    let same = record.iter().enumerate().all(|(at, cell)| layout.at(at) == meant(cell));
    if same { Ok(true) } else { Err(Error::new(ErrorKind::Invalid, Code::RosterOtherHeader).with("line", line)) }
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
    if record.iter().all(|cell| !cell.contains(char::is_alphanumeric)) {
        return true;
    }
    // Our own remarks on an earlier file are about somebody.
    let said = |place: usize| layout.at(place).is_none_or(|column| !column.is_remark());
    let mut filled = record.iter().enumerate().filter(|(at, cell)| said(*at) && !cell.trim().is_empty());
    let Some((_, cell)) = filled.next() else { return false };
    let mut parts = cell.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(words::folded);
    let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let last = parts.next_back().unwrap_or_else(|| second.clone());
    if [&first, &last, &format!("{first}{second}")].into_iter().any(|word| TOTALS.contains(&word.as_str())) {
        return true;
    }
    let counts = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
    let (counted, first) = (counts && COUNTED.contains(&second.as_str()), words::folded(cell));
    let Some((place, text)) = alone(record) else { return false };
    if counted || ENDS.iter().any(|word| first.starts_with(word)) {
        return true;
    }
    // Somebody's line whose cells are parted by another sign, or an address.
    if text.contains('@')
        || read::SIGNS.iter().any(|sign| read::cells_by(*sign, text) == titles.len()) && titles.len() > 1
    {
        return false;
    }
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
