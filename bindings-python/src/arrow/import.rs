//! A data frame of somebody else's: its titles, and its cells as texts.

use core::ffi::{CStr, c_char};
use core::slice;

use carekey::roster::{number_text, single_text};
use time::{Duration, OffsetDateTime};

use super::{Array, RawStream, Schema};

/// Why a frame cannot be read.
pub(crate) enum Fault {
    /// The stream says so, or is none.
    Unreadable,
    /// What a column holds is nothing that a cell of a roster can be.
    Column { title: String, holds: &'static str },
}

type Result<T> = core::result::Result<T, Fault>;

/// The titles and the rows of a stream, which is used up.
///
/// # Safety
///
/// `stream` points to a stream of the interface, made by its rules.
pub(crate) unsafe fn read(stream: *mut RawStream) -> Result<(Vec<String>, Vec<Vec<String>>)> {
    // SAFETY: the caller's promise. What is moved out leaves one that was
    // released, as the interface wants it.
    let mut stream = unsafe { stream.replace(RawStream::none()) };
    let (Some(get_schema), Some(get_next), Some(_)) = (stream.get_schema, stream.get_next, stream.release) else {
        return Err(Fault::Unreadable);
    };
    let mut schema = Schema::none();
    // SAFETY: both are functions of this very stream, which was not released.
    done(unsafe { get_schema(&raw mut stream, &raw mut schema) })?;
    if schema.format()? != "+s" {
        return Err(Fault::Unreadable);
    }
    let fields = schema.children()?;
    let titles: Vec<String> = fields.iter().map(|field| field.title()).collect::<Result<_>>()?;
    let kinds: Vec<Kind> = fields.iter().map(|field| field.kind()).collect::<Result<_>>()?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    loop {
        let mut piece = Array::none();
        // SAFETY: as of the schema.
        done(unsafe { get_next(&raw mut stream, &raw mut piece) })?;
        if piece.release.is_none() {
            return Ok((titles, rows));
        }
        let (offset, length) = (place(piece.offset)?, place(piece.length)?);
        let first = rows.len();
        rows.resize_with(first + length, || Vec::with_capacity(titles.len()));
        let columns = piece.children()?;
        if columns.len() != kinds.len() {
            return Err(Fault::Unreadable);
        }
        for (column, kind) in columns.into_iter().zip(&kinds) {
            for (index, row) in rows.iter_mut().skip(first).enumerate() {
                row.push(column.text(kind, offset + index)?);
            }
        }
    }
}

fn done(status: i32) -> Result<()> {
    if status == 0 { Ok(()) } else { Err(Fault::Unreadable) }
}

fn place(number: i64) -> Result<usize> {
    usize::try_from(number).map_err(|_| Fault::Unreadable)
}

/// What a column holds.
enum Kind {
    Nothing,
    Flag,
    Integer {
        bytes: usize,
        signed: bool,
    },
    Half,
    Single,
    Double,
    /// Texts, each from one offset to the next, of so many bytes.
    Text {
        offset: usize,
    },
    /// Texts of which the short ones stand where they are pointed to.
    TextView,
    Decimal {
        bytes: usize,
        scale: i32,
    },
    Days,
    /// Moments, so many in a second; with a zone they are told in UTC.
    Moment {
        per_second: i64,
        zoned: bool,
    },
    /// Times of day, so many in a second.
    Time {
        bytes: usize,
        per_second: i64,
    },
    /// Places in a list of values.
    Listed {
        bytes: usize,
        signed: bool,
        values: Box<Kind>,
    },
}

impl Schema {
    fn format(&self) -> Result<&str> {
        // SAFETY: a schema has a format: a text that ends with a zero byte.
        unsafe { text(self.format) }.ok_or(Fault::Unreadable)
    }

    fn title(&self) -> Result<String> {
        // SAFETY: a name is such a text too, or null.
        Ok(unsafe { text(self.name) }.unwrap_or_default().to_owned())
    }

    fn children(&self) -> Result<Vec<&Self>> {
        // SAFETY: there are so many pointers, each to a schema that lives as
        // long as this.
        unsafe { children(self.children, self.child_count) }
    }

    fn kind(&self) -> Result<Kind> {
        let holds = |holds| Fault::Column { title: self.title().unwrap_or_default(), holds };
        let format = self.format()?;
        let integer = match format {
            "c" => Some((1, true)),
            "C" => Some((1, false)),
            "s" => Some((2, true)),
            "S" => Some((2, false)),
            "i" => Some((4, true)),
            "I" => Some((4, false)),
            "l" => Some((8, true)),
            "L" => Some((8, false)),
            _ => None,
        };
        if let Some((bytes, signed)) = integer {
            // SAFETY: null, or a schema that lives as long as this.
            return Ok(match unsafe { self.dictionary.as_ref() } {
                Some(values) => Kind::Listed {
                    bytes,
                    signed,
                    values: Box::new(values.kind().map_err(|fault| match fault {
                        // A list of values has no title of its own.
                        Fault::Column { holds: of, .. } => holds(of),
                        Fault::Unreadable => Fault::Unreadable,
                    })?),
                },
                None => Kind::Integer { bytes, signed },
            });
        }
        Ok(match format {
            "n" => Kind::Nothing,
            "b" => Kind::Flag,
            "e" => Kind::Half,
            "f" => Kind::Single,
            "g" => Kind::Double,
            "u" => Kind::Text { offset: 4 },
            "U" => Kind::Text { offset: 8 },
            "vu" => Kind::TextView,
            "tdD" => Kind::Days,
            "tdm" => Kind::Moment { per_second: 1_000, zoned: false },
            "tts" => Kind::Time { bytes: 4, per_second: 1 },
            "ttm" => Kind::Time { bytes: 4, per_second: 1_000 },
            "ttu" => Kind::Time { bytes: 8, per_second: 1_000_000 },
            "ttn" => Kind::Time { bytes: 8, per_second: 1_000_000_000 },
            "z" | "Z" | "vz" => return Err(holds("bytes")),
            _ if format.starts_with("w:") => return Err(holds("bytes")),
            _ if format.starts_with("tD") || format.starts_with("ti") => return Err(holds("durations")),
            _ if format.starts_with("+s") || format.starts_with("+m") => return Err(holds("records")),
            _ if format.starts_with('+') => return Err(holds("lists")),
            _ => match (format.strip_prefix("ts"), format.strip_prefix("d:")) {
                (Some(moment), _) => moments(moment),
                (_, Some(decimal)) => decimals(decimal),
                _ => None,
            }
            .ok_or_else(|| holds("something else"))?,
        })
    }
}

/// `s:`, `m:America/New_York`, …
fn moments(format: &str) -> Option<Kind> {
    let (unit, zone) = format.split_once(':')?;
    let per_second = match unit {
        "s" => 1,
        "m" => 1_000,
        "u" => 1_000_000,
        "n" => 1_000_000_000,
        _ => return None,
    };
    Some(Kind::Moment { per_second, zoned: !zone.is_empty() })
}

/// `precision,scale`, and the bits where they are not 128.
fn decimals(format: &str) -> Option<Kind> {
    let mut parts = format.split(',').skip(1);
    let scale = parts.next()?.parse().ok()?;
    let bytes = match parts.next() {
        None | Some("128") => 16,
        Some("64") => 8,
        Some("32") => 4,
        Some(_) => return None,
    };
    Some(Kind::Decimal { bytes, scale })
}

/// # Safety
///
/// `at` is null, or points to a text that ends with a zero byte and lives for `'a`.
unsafe fn text<'a>(at: *const c_char) -> Option<&'a str> {
    // SAFETY: the caller's promise.
    (!at.is_null()).then(|| unsafe { CStr::from_ptr(at) })?.to_str().ok()
}

/// # Safety
///
/// `at` points to `count` pointers, each to something that lives for `'a`.
unsafe fn children<'a, T>(at: *mut *mut T, count: i64) -> Result<Vec<&'a T>> {
    let count = place(count)?;
    if count == 0 {
        return Ok(Vec::new());
    }
    if at.is_null() {
        return Err(Fault::Unreadable);
    }
    // SAFETY: the caller's promise.
    let pointers = unsafe { slice::from_raw_parts(at, count) };
    // SAFETY: the same.
    pointers.iter().map(|pointer| unsafe { pointer.as_ref() }.ok_or(Fault::Unreadable)).collect()
}

impl Array {
    fn children(&self) -> Result<Vec<&Self>> {
        // SAFETY: as of a schema.
        unsafe { children(self.children, self.child_count) }
    }

    /// A buffer, which must be there.
    fn buffer(&self, nth: usize) -> Result<*const u8> {
        let pointer = self.buffer_or_none(nth);
        if pointer.is_null() { Err(Fault::Unreadable) } else { Ok(pointer) }
    }

    fn buffer_or_none(&self, nth: usize) -> *const u8 {
        let count = usize::try_from(self.buffer_count).unwrap_or_default();
        if nth >= count || self.buffers.is_null() {
            return core::ptr::null();
        }
        // SAFETY: there are `buffer_count` pointers.
        unsafe { *self.buffers.add(nth) }.cast()
    }

    /// The value at a place of a buffer, as its little-endian bytes, of which
    /// there are 16 at most.
    fn bytes(&self, nth: usize, bytes: usize, at: usize) -> Result<[u8; 16]> {
        let mut value = [0; 16];
        let from = self.buffer(nth)?;
        let bytes = bytes.min(16);
        // SAFETY: a buffer of a column has a value of that size for each of
        // `offset + length` places, and `at` is one of these.
        unsafe { core::ptr::copy_nonoverlapping(from.add(at * bytes), value.as_mut_ptr(), bytes) };
        if cfg!(target_endian = "big") {
            value.get_mut(..bytes).unwrap_or_default().reverse();
        }
        Ok(value)
    }

    fn integer(&self, nth: usize, bytes: usize, signed: bool, at: usize) -> Result<i128> {
        let value = i128::from_le_bytes(self.bytes(nth, bytes, at)?);
        let unused = u32::try_from(128 - 8 * bytes.min(16)).unwrap_or_default();
        // Shifted up and down again, the sign fills what was unused.
        Ok(if signed { (value << unused) >> unused } else { value })
    }

    /// A bit of a buffer.
    fn bit(&self, nth: usize, at: usize) -> Result<bool> {
        Ok(self.bytes(nth, 1, at / 8)?.first().is_some_and(|byte| byte >> (at % 8) & 1 == 1))
    }

    /// So many bytes of a buffer, from a place on, as a text.
    fn slice(&self, nth: usize, from: usize, length: usize) -> Result<String> {
        if length == 0 {
            return Ok(String::new());
        }
        // SAFETY: offsets and views say nothing but places within the buffer.
        let bytes = unsafe { slice::from_raw_parts(self.buffer(nth)?.add(from), length) };
        core::str::from_utf8(bytes).map(str::to_owned).map_err(|_| Fault::Unreadable)
    }

    /// The cell at a place of a column, as its text; blank where there is none.
    fn text(&self, kind: &Kind, index: usize) -> Result<String> {
        let at = place(self.offset)? + index;
        if index >= place(self.length)? {
            return Err(Fault::Unreadable);
        }
        if matches!(kind, Kind::Nothing) || (!self.buffer_or_none(0).is_null() && !self.bit(0, at)?) {
            return Ok(String::new());
        }
        Ok(match kind {
            Kind::Nothing => String::new(),
            Kind::Flag => self.bit(1, at)?.to_string(),
            Kind::Integer { bytes, signed } => self.integer(1, *bytes, *signed, at)?.to_string(),
            Kind::Half => number_text(half(self.integer(1, 2, false, at)?)),
            Kind::Single => single_text(f32::from_bits(self.integer(1, 4, false, at)?.try_into().unwrap_or_default())),
            Kind::Double => number_text(f64::from_bits(self.integer(1, 8, false, at)?.try_into().unwrap_or_default())),
            Kind::Text { offset } => {
                let end = |at| usize::try_from(self.integer(1, *offset, true, at)?).map_err(|_| Fault::Unreadable);
                let (from, to) = (end(at)?, end(at + 1)?);
                self.slice(2, from, to.checked_sub(from).ok_or(Fault::Unreadable)?)?
            }
            Kind::TextView => self.view(at)?,
            Kind::Decimal { bytes, scale } => decimal(self.integer(1, *bytes, true, at)?, *scale),
            Kind::Days => moment(self.integer(1, 4, true, at)? * 86_400, 1, false)?,
            Kind::Moment { per_second, zoned } => moment(self.integer(1, 8, true, at)?, *per_second, *zoned)?,
            Kind::Time { bytes, per_second } => {
                // On the day of zero, which is not told.
                let text =
                    moment(self.integer(1, *bytes, true, at)? + 86_400 * i128::from(*per_second), *per_second, false)?;
                text.split_once(' ').map_or_else(|| "00:00:00".to_owned(), |(_, time)| time.to_owned())
            }
            Kind::Listed { bytes, signed, values } => {
                let nth = usize::try_from(self.integer(1, *bytes, *signed, at)?).map_err(|_| Fault::Unreadable)?;
                // SAFETY: null, or an array that lives as long as this.
                unsafe { self.dictionary.as_ref() }.ok_or(Fault::Unreadable)?.text(values, nth)?
            }
        })
    }

    /// A text of up to twelve bytes is in the view, a longer one in one of the
    /// buffers behind it.
    fn view(&self, at: usize) -> Result<String> {
        let part = |nth: usize| place(i64::try_from(self.integer(1, 4, true, at * 4 + nth)?).unwrap_or(-1));
        let length = part(0)?;
        if length <= 12 { self.slice(1, at * 16 + 4, length) } else { self.slice(2 + part(2)?, part(3)?, length) }
    }
}

/// A number of 16 bits (IEEE 754).
fn half(bits: i128) -> f64 {
    let bits = i32::try_from(bits).unwrap_or_default();
    let (sign, exponent, fraction) = (bits >> 15, bits >> 10 & 31, f64::from(bits & 1023) / 1024.0);
    let size = match exponent {
        0 => fraction * 2f64.powi(-14),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1.0 + fraction) * 2f64.powi(exponent - 15),
    };
    if sign == 1 { -size } else { size }
}

fn decimal(number: i128, scale: i32) -> String {
    let digits = number.unsigned_abs().to_string();
    let places = usize::try_from(scale).unwrap_or_default();
    let zeros = usize::try_from(-scale).unwrap_or_default();
    let digits = format!("{digits:0>width$}{}", "0".repeat(zeros), width = places + 1);
    let (whole, fraction) = digits.split_at_checked(digits.len() - places).unwrap_or((&digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let sign = if number < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// A moment as a workbook's is shown: a day alone where it begins with it.
fn moment(units: i128, per_second: i64, zoned: bool) -> Result<String> {
    let per_second = i128::from(per_second);
    let seconds = i64::try_from(units.div_euclid(per_second)).map_err(|_| Fault::Unreadable)?;
    let nanoseconds = i64::try_from(units.rem_euclid(per_second) * 1_000_000_000 / per_second).unwrap_or_default();
    let at = OffsetDateTime::from_unix_timestamp(seconds).ok();
    let at = at.and_then(|at| at.checked_add(Duration::nanoseconds(nanoseconds))).ok_or(Fault::Unreadable)?;
    if zoned {
        return at.format(&time::format_description::well_known::Rfc3339).map_err(|_| Fault::Unreadable);
    }
    let (hour, minute, second) = at.time().as_hms();
    Ok(match (hour, minute, second) {
        (0, 0, 0) => at.date().to_string(),
        _ => format!("{} {hour:02}:{minute:02}:{second:02}", at.date()),
    })
}
