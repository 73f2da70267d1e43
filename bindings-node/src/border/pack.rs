//! Many rows in one piece: all their cells in one text, and where each ends.

use napi::bindgen_prelude::{Uint8Array, Uint32Array};
use napi_derive::napi;

/// Rows as they go over the border.
#[napi(object, object_from_js = false)]
pub struct Packed {
    /// How many cells a row has.
    pub width: u32,
    /// The texts of all cells.
    pub text: String,
    /// Where each cell ends in it, in UTF-16 units.
    pub ends: Uint32Array,
    /// 1 for each cell that is there, 0 for one that is not.
    pub given: Uint8Array,
}

/// Packs rows of `WIDTH` cells.
pub(crate) struct Packer<const WIDTH: usize> {
    text: String,
    end: usize,
    ends: Vec<u32>,
    given: Vec<u8>,
}

impl<const WIDTH: usize> Packer<WIDTH> {
    pub(crate) fn new(rows: usize) -> Self {
        let cells = rows * WIDTH;
        Self { text: String::new(), end: 0, ends: Vec::with_capacity(cells), given: Vec::with_capacity(cells) }
    }

    pub(crate) fn row(&mut self, cells: [Option<&str>; WIDTH]) {
        for cell in cells {
            let text = cell.unwrap_or_default();
            self.end += if text.is_ascii() { text.len() } else { text.encode_utf16().count() };
            self.text.push_str(text);
            self.ends.push(u32::try_from(self.end).unwrap_or(u32::MAX));
            self.given.push(u8::from(cell.is_some()));
        }
    }

    pub(crate) fn finish(self) -> Packed {
        Packed {
            width: u32::try_from(WIDTH).unwrap_or(0),
            text: self.text,
            ends: Uint32Array::new(self.ends),
            given: Uint8Array::new(self.given),
        }
    }
}
