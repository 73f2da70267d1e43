//! How many digits a number of an xls or an ods is always shown with, which
//! calamine tells of xlsx alone: `00123` in a column of the format `00000` has
//! the value 123, and an identifier that lost its zeros is another one.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufReader, Cursor, Read};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// The digits that are always shown, by row and column from 0.
pub(super) type Widths = HashMap<(u32, u32), usize>;

/// Those of each sheet, by its name.
pub(super) type Sheets = HashMap<String, Widths>;

/// More such cells than any roster has; a file can repeat one without end.
const MAX_PADDED: usize = 4_000_000;

/// Digits of a format that always shows so many: five of `00000`, ten of
/// `(000) 000-0000`, none where it has more than digits and signs.
pub(super) fn of_format(format: &str) -> usize {
    let first = format.split(';').next().unwrap_or_default();
    let plain = first.chars().all(|c| matches!(c, '0' | '-' | '(' | ')' | ' ' | '"' | '\\'));
    if plain { first.matches('0').count() } else { 0 }
}

/// Of an ods, which has beside each value how it is shown. Nothing where the
/// file cannot be read.
pub(super) fn of_ods(bytes: &[u8]) -> Option<Sheets> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let content = archive.by_name("content.xml").ok()?;
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(content));
    reader.config_mut().expand_empty_elements = true;
    let mut sheets = Sheets::new();
    let mut found = Shown::default();
    let mut padded = 0;
    let mut buffer = Vec::new();
    let mut sheet: Option<String> = None;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(start) => match start.name().as_ref() {
                "table:table" => {
                    sheet = attribute(&start, "table:name");
                    found = Shown { most: MAX_PADDED - padded, ..Shown::default() };
                }
                _ if sheet.is_none() => {}
                name => found.begins(name, &start),
            },
            Event::Text(text) if sheet.is_some() => found.says(&text.xml10_content()),
            Event::End(end) => match (end.name().as_ref(), &sheet) {
                (_, None) => {}
                ("table:table", Some(_)) => {
                    let widths = std::mem::take(&mut found.widths);
                    padded += widths.len();
                    sheets.entry(sheet.take()?).or_insert(widths);
                }
                (name, Some(_)) => found.ends(name)?,
            },
            Event::Eof => return Some(sheets),
            _ => {}
        }
    }
}

/// Where a reader of an ods is in its sheet.
#[derive(Default)]
struct Shown {
    widths: Widths,
    /// How many there may be.
    most: usize,
    row: u32,
    /// For how many rows, and for how many columns, what is read stands.
    rows: u32,
    columns: u32,
    column: u32,
    is_number: bool,
    /// Within a remark on a cell, whose text is none of the cell's.
    remarks: u32,
    text: String,
    /// Of this row: the first column, how many, and the digits.
    padded: Vec<(u32, u32, usize)>,
}

impl Shown {
    fn begins(&mut self, name: &str, start: &BytesStart<'_>) {
        let times = |name| attribute(start, name).and_then(|times| times.parse().ok()).unwrap_or(1);
        match name {
            "table:table-row" => {
                (self.rows, self.column) = (times("table:number-rows-repeated"), 0);
                self.padded.clear();
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.columns = times("table:number-columns-repeated");
                self.is_number = attribute(start, "office:value-type").as_deref() == Some("float");
                self.text.clear();
            }
            "office:annotation" => self.remarks += 1,
            _ => {}
        }
    }

    fn says(&mut self, text: &str) {
        if self.is_number && self.remarks == 0 {
            self.text.push_str(text);
        }
    }

    /// Nothing where more is repeated than a roster has.
    fn ends(&mut self, name: &str) -> Option<()> {
        match name {
            "table:table-cell" | "table:covered-table-cell" => {
                let digits = self.text.bytes().filter(u8::is_ascii_digit).count();
                let is_padded = of_format(&self.text.replace(|c: char| c.is_ascii_digit(), "0")) == digits;
                if is_padded && self.is_number && self.text.contains('0') {
                    self.padded.push((self.column, self.columns, digits));
                }
                self.is_number = false;
                self.column = self.column.saturating_add(self.columns);
            }
            "table:table-row" => {
                let columns: u64 = self.padded.iter().map(|(_, columns, _)| u64::from(*columns)).sum();
                let cells = columns.saturating_mul(u64::from(self.rows));
                if cells.saturating_add(self.widths.len() as u64) > self.most as u64 {
                    return None;
                }
                for (first, columns, digits) in &self.padded {
                    for row in self.row..self.row.saturating_add(self.rows) {
                        for column in *first..first.saturating_add(*columns) {
                            self.widths.insert((row, column), *digits);
                        }
                    }
                }
                self.row = self.row.saturating_add(self.rows);
            }
            "office:annotation" => self.remarks = self.remarks.saturating_sub(1),
            _ => {}
        }
        Some(())
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.try_get_attribute(name).ok()??;
    Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// Of an xls (MS-XLS 2.4), whose sheets are called so in their order: by the
/// format of each cell of a number. Nothing where the file cannot be read; a
/// sheet that cannot be read is not among them.
pub(super) fn of_xls(bytes: &[u8], names: impl Iterator<Item = String>) -> Option<Sheets> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name))?;
    let mut stream = Vec::new();
    file.open_stream(name).ok()?.take(bytes.len() as u64).read_to_end(&mut stream).ok()?;

    let (mut formats, mut styles, mut sheets, mut is_biff8) = (BTreeMap::new(), Vec::new(), Vec::new(), false);
    for (kind, data) in records(&stream) {
        match kind {
            BOF => is_biff8 = short(data, 0)? >= 0x0600,
            FORMAT => drop(formats.insert(short(data, 0)?, format_code(data.get(2..)?, is_biff8)?)),
            XF => styles.push(short(data, 2)?),
            BOUND_SHEET => sheets.push(u32::from_le_bytes(data.get(..4)?.try_into().ok()?)),
            EOF => break,
            _ => {}
        }
    }
    // Formats that are not written down have no more than one zero in front.
    let widths: Vec<usize> =
        styles.iter().map(|style| formats.get(style).map_or(0, |code: &String| of_format(code))).collect();

    let read = |(begin, name): (&u32, String)| {
        let begin = usize::try_from(*begin).ok()?;
        Some((name, of_substream(stream.get(begin..)?, &widths)?))
    };
    Some(sheets.iter().zip(names).filter_map(read).collect())
}

/// Of one sheet, with the digits of each style.
fn of_substream(substream: &[u8], widths: &[usize]) -> Option<Widths> {
    let mut found = Widths::new();
    let mut put = |row: u16, column: u16, style: u16| {
        if let Some(width @ 1..) = widths.get(usize::from(style)) {
            found.insert((row.into(), column.into()), *width);
        }
    };
    let mut within = 0_u32;
    for (kind, data) in records(substream) {
        match kind {
            BOF => within += 1,
            EOF if within <= 1 => break,
            EOF => within -= 1,
            // A drawing within the sheet has cells of its own.
            _ if within > 1 => {}
            NUMBER | RK | FORMULA => put(short(data, 0)?, short(data, 2)?, short(data, 4)?),
            MUL_RK => {
                let (row, first) = (short(data, 0)?, short(data, 2)?);
                let cells = data.get(4..data.len().checked_sub(2)?)?.chunks_exact(6);
                for (column, cell) in (first..).zip(cells) {
                    put(row, column, short(cell, 0)?);
                }
            }
            _ => {}
        }
    }
    Some(found)
}

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;
const BOUND_SHEET: u16 = 0x0085;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027E;
const MUL_RK: u16 = 0x00BD;
const FORMULA: u16 = 0x0006;

/// The records of a stream, each with its kind, up to a cut one.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    core::iter::from_fn(move || {
        let (kind, length) = (short(rest, 0)?, usize::from(short(rest, 2)?));
        let data = rest.get(4..4 + length)?;
        rest = rest.get(4 + length..)?;
        Some((kind, data))
    })
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// The text of a format: of one byte a letter, or of two where a flag says so,
/// which version 8 has.
fn format_code(data: &[u8], is_biff8: bool) -> Option<String> {
    if !is_biff8 {
        let length = usize::from(*data.first()?);
        return Some(data.get(1..)?.iter().take(length).copied().map(char::from).collect());
    }
    let (length, letters) = (usize::from(short(data, 0)?), data.get(3..)?);
    if data.get(2)? & 1 == 0 {
        return Some(letters.iter().take(length).copied().map(char::from).collect());
    }
    let wide = letters.chunks_exact(2).take(length).filter_map(|pair| short(pair, 0));
    Some(char::decode_utf16(wide).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}
