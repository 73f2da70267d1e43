//! Workbooks: the cells of a sheet as they are shown.

use super::columns::Sought;
use crate::{Finding, Result};

#[cfg(feature = "workbooks")]
mod zeros;

#[cfg(feature = "workbooks")]
pub(super) use shown::{records, sheets};

/// Whether the bytes are those of a workbook, whatever the file is called:
/// an archive (xlsx, ods) or a compound file (xls).
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
}

/// Says that it is one, and is to be saved as a CSV.
#[cfg(not(feature = "workbooks"))]
pub(super) fn records(_: &[u8], _: Sought<'_>) -> Result<(Vec<super::read::Record>, Vec<Finding>)> {
    Err(crate::Error::new(crate::ErrorKind::Invalid, crate::Code::RosterWorkbook))
}

/// The same: its sheets are not known.
#[cfg(not(feature = "workbooks"))]
pub(super) fn sheets(_: &[u8], _: &super::reading::Reading) -> Result<Vec<String>> {
    Err(crate::Error::new(crate::ErrorKind::Invalid, crate::Code::RosterWorkbook))
}

#[cfg(feature = "workbooks")]
mod shown {
    use std::collections::BTreeMap;
    use std::io::Cursor;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use calamine::{
        Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Sheets, Xlsx, open_workbook_auto_from_rs,
    };
    use csv::StringRecord;
    use zip::ZipArchive;

    use super::super::header::header_at;
    use super::super::number::number_text;
    use super::super::read::{Record, joined, row_too_long, too_many_columns};
    use super::super::reading::Reading;
    use super::super::{MAX_COLUMNS, MAX_ROW_BYTES};
    use super::{Finding, Result, Sought, zeros};
    use crate::{Code, Error, ErrorKind};

    /// The most bytes that a workbook may have once unpacked.
    const MAX_UNPACKED: u64 = 512 * 1024 * 1024;

    type Book<'a> = Sheets<Cursor<&'a [u8]>>;

    /// The cells of the sheet that is told, or of the only one that has the
    /// titles of a roster. Others are named.
    ///
    /// # Errors
    ///
    /// `roster.workbook`, `roster.sheet_unknown`, `roster.sheet_needed`,
    /// `roster.too_large`, `roster.too_many_columns`, `roster.row_too_long`.
    pub(in super::super) fn records(bytes: &[u8], sought: Sought<'_>) -> Result<(Vec<Record>, Vec<Finding>)> {
        guarded(bytes, sought.reading, |book| chosen(&zeros_of(bytes, book)?, book, sought))
    }

    /// The names of its sheets, in its order.
    ///
    /// # Errors
    ///
    /// `roster.workbook`, `roster.too_large`.
    pub(in super::super) fn sheets(bytes: &[u8], reading: &Reading) -> Result<Vec<String>> {
        guarded(bytes, reading, |book| {
            let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
            Ok(sheets.map(|sheet| sheet.name.trim().to_owned()).collect())
        })
    }

    /// Looks into a workbook that is not larger than it may be.
    fn guarded<T>(bytes: &[u8], reading: &Reading, look: impl FnOnce(&mut Book<'_>) -> Result<T>) -> Result<T> {
        if bytes.starts_with(b"PK") {
            let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
            let sizes = (0..archive.len()).filter_map(|at| archive.by_index_raw(at).ok().map(|file| file.size()));
            if sizes.fold(0_u64, u64::saturating_add) > MAX_UNPACKED {
                return Err(reading.too_large());
            }
        }
        let open = || look(&mut open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| unreadable())?);
        // What a damaged file does to the library that reads it stays there.
        catch_unwind(AssertUnwindSafe(open)).unwrap_or_else(|_| Err(unreadable()))
    }

    /// What calamine does not tell of the numbers of a workbook, of all its sheets
    /// at once: each reading goes through the file.
    fn zeros_of(bytes: &[u8], book: &Book<'_>) -> Result<zeros::Sheets> {
        let zeros = match book {
            Sheets::Xlsx(_) => Some(zeros::Sheets::new()),
            Sheets::Ods(_) => zeros::of_ods(bytes),
            _ => zeros::of_xls(bytes, book.sheets_metadata().iter().map(|sheet| sheet.name.clone())),
        };
        zeros.ok_or_else(unreadable)
    }

    fn chosen(zeros: &zeros::Sheets, book: &mut Book<'_>, sought: Sought<'_>) -> Result<(Vec<Record>, Vec<Finding>)> {
        let metadata = book.sheets_metadata().to_vec();
        let sheets = metadata.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        if let Some(told) = &sought.reading.sheet {
            let Some(sheet) = sheets.clone().find(|sheet| sheet.name.trim() == told.trim()) else {
                let list = joined(sheets.map(|sheet| sheet.name.clone()));
                let error = Error::not_found(Code::RosterSheetUnknown);
                return Err(error.with("sheet", told.as_str()).with("sheets", list));
            };
            return Ok((cells(zeros, book, &sheet.name, sought.reading)?, Vec::new()));
        }
        let mut filled: Vec<(String, bool, Vec<Record>)> = Vec::new();
        for sheet in sheets {
            let records = cells(zeros, book, &sheet.name, sought.reading)?;
            if !records.is_empty() {
                filled.push((sheet.name.clone(), sheet.visible == SheetVisible::Visible, records));
            }
        }
        let headed = |(_, visible, records): &(String, bool, Vec<Record>)| {
            *visible && header_at(records.iter().map(|(_, record)| record), sought).is_some()
        };
        let rosters: Vec<usize> =
            filled.iter().enumerate().filter(|(_, sheet)| headed(sheet)).map(|(at, _)| at).collect();
        if rosters.len() > 1 {
            let list = joined(rosters.iter().filter_map(|at| filled.get(*at)).map(|(name, ..)| name.clone()));
            return Err(Error::new(ErrorKind::Invalid, Code::RosterSheetNeeded).with("sheets", list));
        }
        let at = rosters.first().copied().unwrap_or_default();
        let mut findings = Vec::new();
        let mut taken = Vec::new();
        for (place, (name, _, records)) in filled.into_iter().enumerate() {
            match place == at {
                true => taken = records,
                false => findings.push(Finding::new(Code::RosterSheetPassedOver, "file").with("sheet", name)),
            }
        }
        Ok((taken, findings))
    }

    /// The cells of a sheet, blank rows left out. A line is a row of the sheet.
    fn cells(zeros: &zeros::Sheets, book: &mut Book<'_>, sheet: &str, reading: &Reading) -> Result<Vec<Record>> {
        let mut rows = Rows(BTreeMap::new(), reading);
        if let Sheets::Xlsx(book) = book {
            if put_cells(book, sheet, &mut rows)? {
                put_formulas(book, sheet, &mut rows)?;
            }
        } else {
            let widths = zeros.get(sheet).ok_or_else(unreadable)?;
            let range = book.worksheet_range(sheet).map_err(|_| unreadable())?;
            let (row, column) = range.start().unwrap_or_default();
            for (down, across, cell) in range.used_cells() {
                let at = |offset: u32, by: usize| offset.saturating_add(u32::try_from(by).unwrap_or(u32::MAX));
                let (row, column) = (at(row, down), at(column, across));
                let text = shown(cell);
                let is_number = matches!(cell, Data::Int(_) | Data::Float(_));
                let width = widths.get(&(row, column)).filter(|_| is_number);
                rows.put(row, column, width.map_or(text.clone(), |width| padded(text, *width)))?;
            }
        }
        rows.records()
    }

    /// The cells that have a value, as they are shown. Gives whether any has none.
    fn put_cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, rows: &mut Rows<'_>) -> Result<bool> {
        let mut any_blank = false;
        let mut reader = book.worksheet_cells_reader(sheet).map_err(|_| unreadable())?;
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|_| unreadable())? {
            let format = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
            let width = format.map_or(0, |format| zeros::of_format(&format.format_code));
            any_blank |= matches!(cell.get_value(), DataRef::Empty);
            let (row, column) = cell.get_position();
            rows.put(row, column, shown_ref(cell.get_value(), width))?;
        }
        Ok(any_blank)
    }

    /// A program that is no spreadsheet writes formulas and not what comes of them: such
    /// a cell would be blank, and has its formula instead, as somebody would see it.
    fn put_formulas(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, rows: &mut Rows<'_>) -> Result<()> {
        let mut reader = book.worksheet_cells_reader(sheet).map_err(|_| unreadable())?;
        while let Some(cell) = reader.next_cell_with_formula().map_err(|_| unreadable())? {
            if let (Some(formula), DataRef::Empty) = (cell.formula, &cell.value) {
                rows.put(cell.pos.0, cell.pos.1, format!("={formula}"))?;
            }
        }
        Ok(())
    }

    /// Cells by row and column, in any order.
    struct Rows<'r>(BTreeMap<u32, Vec<String>>, &'r Reading);

    impl Rows<'_> {
        fn put(&mut self, row: u32, column: u32, text: String) -> Result<()> {
            if text.trim().is_empty() {
                return Ok(());
            }
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            if column >= MAX_COLUMNS {
                return Err(too_many_columns(column.saturating_add(1)));
            }
            let cells = self.0.entry(row).or_default();
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            if let Some(cell) = cells.get_mut(column) {
                *cell = text;
            }
            if self.0.len() > self.1.rows() { Err(self.1.too_large()) } else { Ok(()) }
        }

        /// All as wide as the widest, since a sheet has no ragged rows.
        fn records(self) -> Result<Vec<Record>> {
            let width = self.0.values().map(Vec::len).max().unwrap_or_default();
            let record = |(row, mut cells): (u32, Vec<String>)| {
                let line = u64::from(row) + 1;
                cells.resize(width, String::new());
                let record = StringRecord::from(cells);
                if record.as_slice().len() > MAX_ROW_BYTES { Err(row_too_long(line)) } else { Ok((line, record)) }
            };
            self.0.into_iter().map(record).collect()
        }
    }

    fn shown_ref(cell: &DataRef<'_>, width: usize) -> String {
        match cell {
            DataRef::SharedString(text) => (*text).to_owned(),
            DataRef::Int(number) => padded(number.to_string(), width),
            DataRef::Float(number) => padded(number_text(*number), width),
            other => shown(&Data::from(other.clone())),
        }
    }

    /// A cell as it is shown, but for dates, which are shown in many ways and
    /// come as ISO 8601.
    fn shown(cell: &Data) -> String {
        match cell {
            Data::Empty => String::new(),
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
            Data::Int(number) => number.to_string(),
            Data::Float(number) => number_text(*number),
            Data::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
            Data::Error(error) => error.to_string(),
            Data::DateTime(moment) => self::moment(*moment),
        }
    }

    fn moment(moment: ExcelDateTime) -> String {
        if moment.is_duration() {
            return number_text(moment.as_f64());
        }
        let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
        match (hour, minute, second) {
            (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
            _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
        }
    }

    fn padded(number: String, width: usize) -> String {
        if number.bytes().all(|byte| byte.is_ascii_digit()) { format!("{number:0>width$}") } else { number }
    }

    fn unreadable() -> Error {
        Error::new(ErrorKind::Invalid, Code::RosterWorkbook)
    }
}
