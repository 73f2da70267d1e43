//! Cells that are numbers, as their texts.

/// The most digits that a spreadsheet keeps of a number.
const DIGITS: f64 = 1e15;
/// From here on, not every whole number is one of 32 bits.
const SINGLE: f32 = 16_777_216.0;

/// A cell that is a number, of a workbook or a data frame, as its text (B): a
/// whole number without a fraction, also where the column is one of fractions
/// only because something in it is blank; what is no number (NaN) as a blank;
/// and one of which digits were lost as a power of ten, which no number of
/// anything is taken from.
///
/// ```
/// use carekey::roster::number_text;
///
/// assert_eq!(number_text(2_125_550_142.0), "2125550142");
/// assert_eq!(number_text(f64::NAN), "");
/// assert_eq!(number_text(4.5e17), "4.5E+17");
/// ```
pub fn number_text(number: f64) -> String {
    match number {
        _ if number.is_nan() => String::new(),
        _ if number.abs() >= DIGITS => powered(format!("{number:E}")),
        _ => number.to_string(),
    }
}

/// The same of a number of 32 bits, which keeps seven digits.
pub fn single_text(number: f32) -> String {
    match number {
        _ if number.is_nan() => String::new(),
        _ if number.abs() >= SINGLE => powered(format!("{number:E}")),
        _ => number.to_string(),
    }
}

fn powered(text: String) -> String {
    text.replace('E', "E+")
}
