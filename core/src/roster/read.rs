//! From text to rows of cells: which character separates, where records begin
//! and end, and what is too much.

use std::io::Read;

use csv::{ReaderBuilder, StringRecord};

use super::{MAX_COLUMNS, MAX_ROW_BYTES, MAX_ROWS, formula, too_large};
use crate::{Code, Error, ErrorKind, Result};

/// Read after the text itself. A quote that does not close swallows it; that
/// is how one is noticed.
const END: &str = "\n\u{1}end";

/// The cells of a file, without the apostrophes that defuse.
#[derive(Debug)]
pub(super) struct Cells {
    /// The first line that is not blank.
    pub(super) header: Vec<String>,
    /// All others, each with the line it begins on.
    pub(super) rows: Vec<(u64, StringRecord)>,
}

/// Splits a text into cells, in time linear in its length.
///
/// # Errors
///
/// `roster.empty`, `roster.malformed`, `roster.too_many_columns`,
/// `roster.row_too_long`, `roster.too_large`.
pub(super) fn cells(text: &str) -> Result<Cells> {
    // Spreadsheets write and obey a first line such as `sep=;`.
    let (told, skipped) = match text.lines().next().and_then(|line| Some((line, line.strip_prefix("sep=")?))) {
        Some((line, sign @ (";" | "," | "\t"))) => (sign.bytes().next(), line.len()),
        _ => (None, 0),
    };
    let body = text.get(skipped..).unwrap_or_default();
    let delimiter = told.map_or_else(|| sniff(body), Ok)?;

    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(body.as_bytes().chain(END.as_bytes()));
    let mut record = StringRecord::new();
    let mut header = None;
    let mut rows = Vec::new();
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
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let restored = restored(&record);
        if header.is_none() {
            header = Some(restored.iter().map(str::to_owned).collect());
        } else if rows.len() < MAX_ROWS {
            rows.push((line, restored));
        } else {
            return Err(too_large());
        }
    }
    let header = header.ok_or_else(|| Error::new(ErrorKind::Invalid, Code::RosterEmpty))?;
    Ok(Cells { header, rows })
}

/// The cells of a table that was never a file; blank rows are left out.
///
/// # Errors
///
/// As those of [`cells`], but for `roster.malformed`.
pub(super) fn table<Row: IntoIterator<Item: AsRef<str>>>(
    header: Vec<String>,
    table: impl IntoIterator<Item = Row>,
) -> Result<Cells> {
    if header.len() > MAX_COLUMNS {
        return Err(too_many_columns(header.len()));
    }
    if header.is_empty() {
        return Err(Error::new(ErrorKind::Invalid, Code::RosterEmpty));
    }
    let mut rows = Vec::new();
    for (row, line) in table.into_iter().zip(1..) {
        let mut record = StringRecord::new();
        row.into_iter().for_each(|cell| record.push_field(formula::restored(cell.as_ref())));
        if record.as_slice().len() > MAX_ROW_BYTES {
            return Err(row_too_long(line));
        }
        if record.len() > MAX_COLUMNS {
            return Err(too_many_columns(record.len()));
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() >= MAX_ROWS {
            return Err(too_large());
        }
        rows.push((line, record));
    }
    Ok(Cells { header, rows })
}

fn restored(record: &StringRecord) -> StringRecord {
    record.iter().map(formula::restored).collect()
}

/// How far the reader got, in bytes.
fn position<R: Read>(reader: &csv::Reader<R>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}

/// The separator that the header uses most, outside quotes; a comma where
/// none stands out. Columns are counted here, before any is read.
fn sniff(text: &str) -> Result<u8> {
    let mut counts = [(b',', 0usize), (b';', 0), (b'\t', 0)];
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
    let mut best = (b',', 0);
    for candidate in counts {
        if candidate.1 > best.1 {
            best = candidate;
        }
    }
    if best.1 >= MAX_COLUMNS { Err(too_many_columns(best.1 + 1)) } else { Ok(best.0) }
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

fn too_many_columns(count: usize) -> Error {
    Error::new(ErrorKind::Invalid, Code::RosterTooManyColumns).with("limit", MAX_COLUMNS).with("count", count)
}

fn row_too_long(line: u64) -> Error {
    Error::new(ErrorKind::Invalid, Code::RosterRowTooLong).with("limit", MAX_ROW_BYTES).with("line", line)
}

fn unreadable() -> Error {
    Error::new(ErrorKind::Invalid, Code::RosterUnreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with one row of so many bytes, its line end left out.
    fn row_of(bytes: usize) -> String {
        format!("Role,Name\r\n\r\nClient,{}\r\nClient,Sue\r\n", "x".repeat(bytes - "Client,".len()))
    }

    #[test]
    fn a_row_may_be_as_long_as_the_limit_and_no_longer() {
        assert_eq!(cells(&row_of(MAX_ROW_BYTES)).unwrap().rows.len(), 2);
        let error = cells(&row_of(MAX_ROW_BYTES + 1)).unwrap_err();
        assert_eq!(error.code, Code::RosterRowTooLong);
        assert_eq!(
            error.to_string(),
            "line 3 is longer than the 65536 bytes that a line may have [roster.row_too_long]"
        );
        assert_eq!(cells(&row_of(1024 * 1024)).unwrap_err().code, Code::RosterRowTooLong);
    }

    #[test]
    fn ten_thousand_columns_are_refused_before_any_is_read() {
        let error = cells(&format!("Role,Name{}\n", ",x".repeat(9_998))).unwrap_err();
        assert_eq!((error.code, error.params["count"].to_string()), (Code::RosterTooManyColumns, "10000".to_owned()));
    }

    #[test]
    fn rows_beyond_the_limit_are_refused() {
        let file = format!("Role,Name\n{}", "Client,Sue\n".repeat(MAX_ROWS));
        assert_eq!(cells(&file).unwrap().rows.len(), MAX_ROWS);
        assert_eq!(cells(&(file + "Client,Sue")).unwrap_err().code, Code::RosterTooLarge);
    }

    #[test]
    fn a_file_without_end_is_refused() {
        let error = super::super::text::read(std::io::repeat(b'x')).unwrap_err();
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
        assert_eq!(super::super::text::read(Broken).unwrap_err().code, Code::RosterUnreadable);
    }

    #[test]
    fn a_quote_that_does_not_close_is_one_wherever_the_file_ends() {
        for file in ["Role,\"", "Role,Name\nClient,\"Sue", "Role,Name\nClient,\"Sue\n", "Role,Name\nClient,\"Sue\"\"\n"]
        {
            assert_eq!(cells(file).unwrap_err().code, Code::RosterMalformed, "{file:?}");
        }
        assert_eq!(cells("Role,Name\nClient,\"Sue\"").unwrap().rows.len(), 1);
    }
}
