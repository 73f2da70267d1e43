//! A table of carekey's, for whoever reads Arrow: one piece with all its rows.

use core::ffi::{CStr, c_char, c_int, c_void};
use core::ptr::null_mut;
use std::ffi::CString;

use super::{Array, RawStream, Schema};
use crate::record::Cell;

/// Whether something may be missing: the one flag that is set.
const NULLABLE: i64 = 2;

/// A column while it is filled. What it holds shows with the first value.
pub(crate) struct Column {
    values: Values,
    /// One bit for each row: whether there is a value.
    present: Bits,
}

enum Values {
    /// Nobody said anything yet.
    Blank,
    Text {
        ends: Vec<i32>,
        bytes: Vec<u8>,
    },
    Number(Vec<i64>),
    Flag(Bits),
    Moment(Vec<i64>),
}

/// Bits, the lowest of a byte first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    length: usize,
    ones: usize,
}

impl Bits {
    fn push(&mut self, bit: bool) {
        if self.length.is_multiple_of(8) {
            self.bytes.push(0);
        }
        if let Some(byte) = self.bytes.last_mut().filter(|_| bit) {
            *byte |= 1 << (self.length % 8);
            self.ones += 1;
        }
        self.length += 1;
    }
}

impl Column {
    pub(crate) fn new() -> Self {
        Self { values: Values::Blank, present: Bits::default() }
    }

    /// Adds a cell. None where the texts of the column are over 2 GiB.
    pub(crate) fn push(&mut self, cell: &Cell<'_>) -> Option<()> {
        let before = self.present.length;
        if matches!(self.values, Values::Blank) {
            self.values = match cell {
                Cell::Blank => Values::Blank,
                Cell::Text(_) => Values::text(before),
                Cell::Number(_) => Values::Number(vec![0; before]),
                Cell::Moment(_) => Values::Moment(vec![0; before]),
                Cell::Flag(_) => {
                    let mut flags = Bits::default();
                    (0..before).for_each(|_| flags.push(false));
                    Values::Flag(flags)
                }
            };
        }
        let present = match (&mut self.values, cell) {
            (Values::Blank, _) => false,
            (Values::Text { ends, bytes }, cell) => {
                let text = if let Cell::Text(text) = cell { text.as_bytes() } else { &[] };
                bytes.extend_from_slice(text);
                ends.push(i32::try_from(bytes.len()).ok()?);
                matches!(cell, Cell::Text(_))
            }
            (Values::Number(numbers), Cell::Number(number)) => pushed(numbers, *number),
            (Values::Moment(moments), Cell::Moment(at)) => {
                pushed(moments, i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX))
            }
            (Values::Flag(flags), Cell::Flag(flag)) => {
                flags.push(*flag);
                true
            }
            (Values::Number(missing) | Values::Moment(missing), _) => !pushed(missing, 0),
            (Values::Flag(flags), _) => {
                flags.push(false);
                false
            }
        };
        self.present.push(present);
        Some(())
    }

    /// A column in which nobody said anything is one of texts.
    fn finish(mut self) -> Self {
        if matches!(self.values, Values::Blank) {
            self.values = Values::text(self.present.length);
        }
        self
    }

    /// Its type, as the interface writes it.
    fn format(&self) -> &'static CStr {
        match self.values {
            Values::Blank | Values::Text { .. } => c"u",
            Values::Number(_) => c"l",
            Values::Flag(_) => c"b",
            Values::Moment(_) => c"tsm:UTC",
        }
    }

    /// It as an array, which keeps it.
    fn array(self) -> Array {
        let (length, present) = (self.present.length, self.present.ones);
        let mut buffers = vec![Buffer::Bytes(self.present.bytes)];
        match self.values {
            Values::Blank => {}
            Values::Text { ends, bytes } => buffers.extend([Buffer::Ends(ends), Buffer::Bytes(bytes)]),
            Values::Number(numbers) | Values::Moment(numbers) => buffers.push(Buffer::Numbers(numbers)),
            Values::Flag(flags) => buffers.push(Buffer::Bytes(flags.bytes)),
        }
        array(length, length - present, buffers, Vec::new())
    }
}

impl Values {
    /// Texts, after so many blanks.
    fn text(blanks: usize) -> Self {
        Self::Text { ends: vec![0; blanks + 1], bytes: Vec::new() }
    }
}

fn pushed(to: &mut Vec<i64>, number: i64) -> bool {
    to.push(number);
    true
}

/// What an array points to.
enum Buffer {
    Bytes(Vec<u8>),
    Ends(Vec<i32>),
    Numbers(Vec<i64>),
    /// That every value is there.
    None,
}

impl Buffer {
    fn pointer(&self) -> *const c_void {
        match self {
            Self::Bytes(bytes) => bytes.as_ptr().cast(),
            Self::Ends(ends) => ends.as_ptr().cast(),
            Self::Numbers(numbers) => numbers.as_ptr().cast(),
            Self::None => core::ptr::null(),
        }
    }
}

/// What an array or a schema keeps alive until it is released.
struct Kept<T> {
    /// Held for their addresses.
    _buffers: Vec<Buffer>,
    pointers: Vec<*const c_void>,
    _name: CString,
    children: Vec<*mut T>,
}

impl<T> Drop for Kept<T> {
    fn drop(&mut self) {
        for child in self.children.drain(..) {
            // SAFETY: `children` are boxes that were taken apart when this was
            // made. Whoever moved one out of its box has marked it as released.
            drop(unsafe { Box::from_raw(child) });
        }
    }
}

fn boxed<T>(values: Vec<T>) -> Vec<*mut T> {
    values.into_iter().map(|value| Box::into_raw(Box::new(value))).collect()
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

fn array(length: usize, missing: usize, buffers: Vec<Buffer>, children: Vec<Array>) -> Array {
    unsafe extern "C" fn release(array: *mut Array) {
        // SAFETY: the caller gives an array of `array`, whose `private` is a
        // box of that type, and gives it once, as `release` is taken out.
        let array = unsafe { &mut *array };
        // SAFETY: the same.
        drop(unsafe { Box::from_raw(array.private.cast::<Kept<Array>>()) });
        array.release = None;
    }
    let pointers = buffers.iter().map(Buffer::pointer).collect();
    let mut kept = Box::new(Kept { _buffers: buffers, pointers, _name: CString::default(), children: boxed(children) });
    Array {
        length: count(length),
        null_count: count(missing),
        offset: 0,
        buffer_count: count(kept.pointers.len()),
        child_count: count(kept.children.len()),
        buffers: kept.pointers.as_mut_ptr(),
        children: kept.children.as_mut_ptr(),
        dictionary: null_mut(),
        release: Some(release),
        private: Box::into_raw(kept).cast(),
    }
}

fn schema(name: CString, format: &'static CStr, flags: i64, children: Vec<Schema>) -> Schema {
    unsafe extern "C" fn release(schema: *mut Schema) {
        // SAFETY: as of an array.
        let schema = unsafe { &mut *schema };
        // SAFETY: the same.
        drop(unsafe { Box::from_raw(schema.private.cast::<Kept<Schema>>()) });
        schema.release = None;
    }
    let at: *const c_char = name.as_ptr();
    let mut kept =
        Box::new(Kept { _buffers: Vec::new(), pointers: Vec::new(), _name: name, children: boxed(children) });
    Schema {
        format: format.as_ptr(),
        name: at,
        metadata: core::ptr::null(),
        flags,
        child_count: count(kept.children.len()),
        children: kept.children.as_mut_ptr(),
        dictionary: null_mut(),
        release: Some(release),
        private: Box::into_raw(kept).cast(),
    }
}

/// A table as a stream, to be put into a capsule.
#[repr(transparent)]
pub(crate) struct Stream(RawStream);

// SAFETY: it owns what it points to, and nothing of that is bound to a thread.
unsafe impl Send for Stream {}

/// What a stream has to give.
struct Source {
    fields: Vec<(CString, &'static CStr)>,
    /// Until it was given.
    columns: Option<Vec<Column>>,
}

impl Stream {
    pub(crate) fn new(names: &[&str], columns: Vec<Column>) -> Self {
        unsafe extern "C" fn get_schema(stream: *mut RawStream, out: *mut Schema) -> c_int {
            // SAFETY: the caller gives a stream of `new`, and a place for a schema.
            let source = unsafe { &*(*stream).private.cast::<Source>() };
            let fields = source.fields.iter();
            let fields = fields.map(|(name, format)| schema(name.clone(), format, NULLABLE, Vec::new())).collect();
            // SAFETY: the place holds nothing that would have to be dropped.
            unsafe { out.write(schema(CString::default(), c"+s", 0, fields)) };
            0
        }
        unsafe extern "C" fn get_next(stream: *mut RawStream, out: *mut Array) -> c_int {
            // SAFETY: as of `get_schema`.
            let source = unsafe { &mut *(*stream).private.cast::<Source>() };
            let next = source.columns.take().map_or_else(Array::none, |columns| {
                let rows = columns.first().map_or(0, |column| column.present.length);
                array(rows, 0, vec![Buffer::None], columns.into_iter().map(Column::array).collect())
            });
            // SAFETY: as of `get_schema`.
            unsafe { out.write(next) };
            0
        }
        unsafe extern "C" fn get_last_error(_stream: *mut RawStream) -> *const c_char {
            core::ptr::null()
        }
        unsafe extern "C" fn release(stream: *mut RawStream) {
            // SAFETY: as of an array.
            let stream = unsafe { &mut *stream };
            // SAFETY: the same.
            drop(unsafe { Box::from_raw(stream.private.cast::<Source>()) });
            stream.release = None;
        }
        let columns: Vec<Column> = columns.into_iter().map(Column::finish).collect();
        let formats = columns.iter().map(Column::format);
        // No name of a column has a zero byte: they are those of fields.
        let names = names.iter().map(|name| CString::new(*name).unwrap_or_default());
        let source = Source { fields: names.zip(formats).collect(), columns: Some(columns) };
        Self(RawStream {
            get_schema: Some(get_schema),
            get_next: Some(get_next),
            get_last_error: Some(get_last_error),
            release: Some(release),
            private: Box::into_raw(Box::new(source)).cast(),
        })
    }
}
