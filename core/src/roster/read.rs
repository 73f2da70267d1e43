//! From text to rows of cells: which character separates, where records begin
//! and end, and what is too much.

use std::io::Read;

use csv::{ReaderBuilder, StringRecord};

use super::columns::Sought;
use super::reading::Reading;
use super::{MAX_COLUMNS, MAX_ROW_BYTES, formula, header};
use crate::{Code, Error, ErrorKind, Result};

/// Read after the text itself. A quote that does not close swallows it; that
/// is how one is noticed.
const END: &str = "\n\u{1}end";
/// How many lines there may be beside the rows: headings, sums, headers again.
const LINES_BESIDE: usize = 50_000;

/// A record, and the line it begins on.
pub(super) type Record = (u64, StringRecord);

/// What may part the cells of a line, in the order in which they are tried.
pub(super) const SIGNS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How much of a text is looked at to tell what parts its cells.
const LOOKED_AT: usize = 64 * 1024;

/// Splits a text into records of cells, in time linear in its length. Lines
/// without a cell are left out.
///
/// # Errors
///
/// `roster.malformed`, `roster.too_many_columns`, `roster.row_too_long`,
/// `roster.too_large`.
pub(super) fn records(text: &str, sought: Sought<'_>) -> Result<Vec<Record>> {
    let (told, skipped) = told_sign(text);
    let body = text.get(skipped..).unwrap_or_default();
    let escape = escapes(body);
    let delimiter = match told.or_else(|| by_header(body, escape, sought)) {
        Some(sign) => sign,
        None => sniff(body)?,
    };
    let mut reader = builder(delimiter, escape).from_reader(body.as_bytes().chain(END.as_bytes()));
    let mut record = StringRecord::new();
    let mut records = Vec::new();
    let mut lines = Lines { bytes: body.as_bytes(), at: 0, line: 1 };
    loop {
        let from = position(&reader);
        let more = reader.read_record(&mut record).map_err(|_| unreadable())?;
        let line = lines.advance_to(from);
        if lines.at >= body.len() {
            break;
        }
        if !more || position(&reader) > body.len().saturating_add(1) {
            return Err(Error::new(ErrorKind::Invalid, Code::RosterMalformed).with("line", line));
        }
        // One byte of the line end was read with the row.
        if position(&reader).saturating_sub(lines.at + 1) > MAX_ROW_BYTES {
            return Err(row_too_long(line));
        }
        if record.len() > MAX_COLUMNS {
            return Err(too_many_columns(record.len()));
        }
        if is_blank(&record) {
            continue;
        }
        if records.len() > sought.reading.rows().saturating_add(LINES_BESIDE) {
            return Err(sought.reading.too_large());
        }
        records.push((line, restored(&record)));
    }
    Ok(records)
}

fn builder(delimiter: u8, escape: bool) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).has_headers(false).flexible(true).escape(escape.then_some(b'\\'));
    builder
}

/// Spreadsheets write and obey a first line such as `sep=;`: the sign, and how
/// much of the text that line is.
fn told_sign(text: &str) -> (Option<u8>, usize) {
    let Some(line) = text.lines().next() else { return (None, 0) };
    let plain: String = line.chars().filter(|c| !matches!(c, '"' | ' ')).collect();
    let sign = plain.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).and_then(|_| plain.get(4..));
    match sign.and_then(|sign| SIGNS.into_iter().find(|known| sign.as_bytes() == [*known])) {
        Some(sign) => (Some(sign), line.len()),
        None => (None, 0),
    }
}

/// Whether quotes within quotes are written `\"`, as databases do, and not
/// `""`: one stands before more of a cell.
fn escapes(text: &str) -> bool {
    text.match_indices("\\\"").any(|(at, pair)| {
        let next = text.get(at + pair.len()..).and_then(|rest| rest.chars().next());
        next.is_some_and(|c| c.is_alphanumeric() || c == ' ')
    })
}

/// The sign by which a line has the titles of a roster, most of them.
fn by_header(text: &str, escape: bool, sought: Sought<'_>) -> Option<u8> {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let start = text.get(..end).unwrap_or_default();
    let scored = SIGNS.into_iter().filter_map(|sign| {
        let records = builder(sign, escape).from_reader(start.as_bytes()).into_records();
        let records: Vec<StringRecord> = records.take(header::LOOKED_AT).map_while(core::result::Result::ok).collect();
        header::header_at(records.iter().filter(|record| !is_blank(record)), sought).map(|(_, score)| (sign, score))
    });
    // The first of those with the most.
    scored.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(sign, _)| sign)
}

/// How many cells a line has that such a sign parts.
pub(super) fn cells_by(sign: u8, line: &str) -> usize {
    let mut records = builder(sign, false).from_reader(line.as_bytes()).into_records();
    records.next().and_then(core::result::Result::ok).map_or(0, |record| record.len())
}

fn is_blank(record: &StringRecord) -> bool {
    record.iter().all(|cell| cell.trim().is_empty())
}

/// The records of a table that was never a file; blank rows are left out.
///
/// # Errors
///
/// As those of [`records`], but for `roster.malformed`, and `roster.empty`
/// where there is no column.
pub(super) fn table<Row: IntoIterator<Item: AsRef<str>>>(
    header: Vec<String>,
    table: impl IntoIterator<Item = Row>,
    reading: &Reading,
) -> Result<Vec<Record>> {
    if header.len() > MAX_COLUMNS {
        return Err(too_many_columns(header.len()));
    }
    if header.is_empty() {
        return Err(Error::new(ErrorKind::Invalid, Code::RosterEmpty));
    }
    let mut rows = vec![(0, StringRecord::from(header))];
    for (row, line) in table.into_iter().zip(1..) {
        let mut record = StringRecord::new();
        row.into_iter().for_each(|cell| record.push_field(formula::restored(cell.as_ref())));
        if record.as_slice().len() > MAX_ROW_BYTES {
            return Err(row_too_long(line));
        }
        if record.len() > MAX_COLUMNS {
            return Err(too_many_columns(record.len()));
        }
        if is_blank(&record) {
            continue;
        }
        if rows.len() > reading.rows() {
            return Err(reading.too_large());
        }
        rows.push((line, record));
    }
    Ok(rows)
}

/// As long as it needs to be, whatever the lines before had.
fn restored(record: &StringRecord) -> StringRecord {
    let mut own = StringRecord::with_capacity(record.as_slice().len(), record.len());
    record.iter().for_each(|cell| own.push_field(formula::restored(cell)));
    own
}

/// How far the reader got, in bytes.
fn position<R: Read>(reader: &csv::Reader<R>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}

/// The separator that the first line uses most, outside quotes; a comma where
/// none stands out. Columns are counted here, before any is read.
fn sniff(text: &str) -> Result<u8> {
    let mut counts = SIGNS.map(|sign| (sign, 0_usize));
    let mut quoted = false;
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            _ if !quoted => {
                for (sign, count) in &mut counts {
                    *count += usize::from(*sign == byte);
                }
            }
            _ => {}
        }
    }
    let best = counts.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best });
    let (sign, count) = best.unwrap_or((b',', 0));
    if count >= MAX_COLUMNS { Err(too_many_columns(count + 1)) } else { Ok(sign) }
}

/// The first few of many names, for a finding.
#[cfg(feature = "workbooks")]
pub(super) fn joined(names: impl Iterator<Item = String>) -> String {
    names.take(20).map(|name| super::words::short(&name)).collect::<Vec<_>>().join(", ")
}

/// Counts lines as editors do: `\n`, `\r\n` or `\r` ends one.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// Goes to the first byte of a record: past `from`, and past the line
    /// breaks and empty lines that stand there. Returns its line.
    fn advance_to(&mut self, from: usize) -> u64 {
        while let Some(byte) = self.bytes.get(self.at) {
            let breaks = matches!(byte, b'\r' | b'\n');
            if self.at >= from && !breaks {
                break;
            }
            let pair = *byte == b'\r' && self.bytes.get(self.at + 1) == Some(&b'\n');
            self.line += u64::from(breaks && !pair);
            self.at += 1;
        }
        self.line
    }
}

pub(super) fn too_many_columns(count: usize) -> Error {
    Error::new(ErrorKind::Invalid, Code::RosterTooManyColumns).with("limit", MAX_COLUMNS).with("count", count)
}

pub(super) fn row_too_long(line: u64) -> Error {
    Error::new(ErrorKind::Invalid, Code::RosterRowTooLong).with("limit", MAX_ROW_BYTES).with("line", line)
}

fn unreadable() -> Error {
    Error::new(ErrorKind::Invalid, Code::RosterUnreadable)
}

#[cfg(test)]
mod tests {
    use super::super::MAX_ROWS;
    use super::super::columns::Subject;
    use super::*;

    fn cells(text: &str) -> Result<header::Headed> {
        let sought = Sought { subject: Subject::People, reading: &Reading::default() };
        header::headed(records(text, sought)?, sought)
    }

    /// A file with one row of so many bytes, its line end left out.
    fn row_of(bytes: usize) -> String {
        format!("Role,Name\r\n\r\nClient,{}\r\nClient,Sue\r\n", "x".repeat(bytes - "Client,".len()))
    }

    #[test]
    fn a_row_may_be_as_long_as_the_limit_and_no_longer() {
        assert_eq!(cells(&row_of(MAX_ROW_BYTES)).unwrap().rows.len(), 2);
        let error = cells(&row_of(MAX_ROW_BYTES + 1)).map(drop).unwrap_err();
        assert_eq!(error.code, Code::RosterRowTooLong);
        assert_eq!(
            error.to_string(),
            "line 3 is longer than the 65536 bytes that a line may have [roster.row_too_long]"
        );
        assert_eq!(cells(&row_of(1024 * 1024)).map(drop).unwrap_err().code, Code::RosterRowTooLong);
    }

    #[test]
    fn ten_thousand_columns_are_refused_before_any_is_read() {
        let error = cells(&format!("Role,Name{}\n", ",x".repeat(9_998))).map(drop).unwrap_err();
        assert_eq!((error.code, error.params["count"].to_string()), (Code::RosterTooManyColumns, "10000".to_owned()));
    }

    #[test]
    fn rows_beyond_the_limit_are_refused() {
        let file = format!("Role,Name\n{}", "Client,Sue\n".repeat(MAX_ROWS));
        assert_eq!(cells(&file).unwrap().rows.len(), MAX_ROWS);
        assert_eq!(cells(&(file + "Client,Sue")).map(drop).unwrap_err().code, Code::RosterTooLarge);
    }

    #[test]
    fn a_host_says_how_many_rows_there_may_be() {
        let read = |rows: usize, most: usize| {
            let reading = Reading { most_rows: Some(most), ..Reading::default() };
            let file = format!("Role,Name\n{}", "Client,Sue\n".repeat(rows));
            super::super::Roster::read(file.as_bytes(), &reading).map(|roster| roster.rows().len())
        };
        assert_eq!(read(10, 10), Ok(10));
        let error = read(11, 10).unwrap_err();
        assert_eq!((error.code, error.params["rows"].to_string()), (Code::RosterTooLarge, "10".to_owned()));
        assert_eq!(read(MAX_ROWS + 1, MAX_ROWS + 1), Ok(MAX_ROWS + 1));
        // Bytes are bounded with the rows, before any row is looked at.
        let reading = Reading { most_rows: Some(1000), ..Reading::default() };
        let error = super::super::text::bytes(std::io::repeat(b'x'), &reading).unwrap_err();
        assert_eq!(error.code, Code::RosterTooLarge);
        assert_eq!(Reading::default().bytes(), super::super::MAX_BYTES);
        assert_eq!(Reading { most_rows: Some(usize::MAX), ..Reading::default() }.bytes(), usize::MAX);
    }

    #[test]
    fn a_file_without_end_is_refused() {
        let error = super::super::text::bytes(std::io::repeat(b'x'), &Reading::default()).map(drop).unwrap_err();
        assert_eq!(error.code, Code::RosterTooLarge);
    }

    #[test]
    fn a_reader_that_fails_is_an_error() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                Err(std::io::Error::other("unplugged"))
            }
        }
        assert_eq!(
            super::super::text::bytes(Broken, &Reading::default()).map(drop).unwrap_err().code,
            Code::RosterUnreadable
        );
    }

    #[test]
    fn a_quote_that_does_not_close_is_one_wherever_the_file_ends() {
        for file in ["Role,\"", "Role,Name\nClient,\"Sue", "Role,Name\nClient,\"Sue\n", "Role,Name\nClient,\"Sue\"\"\n"]
        {
            assert_eq!(cells(file).map(drop).unwrap_err().code, Code::RosterMalformed, "{file:?}");
        }
        assert_eq!(cells("Role,Name\nClient,\"Sue\"").unwrap().rows.len(), 1);
    }
}
