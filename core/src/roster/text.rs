//! The bytes of a file as text: UTF-8, UTF-16 with its mark, or Windows-1252.

use std::io::Read;

use encoding_rs::{UTF_8, WINDOWS_1252};

use super::{MAX_BYTES, too_large};
use crate::{Code, Error, ErrorKind, Result};

/// Reads a whole file. The encoding is decided on the whole of it: one byte
/// that is not UTF-8 makes all of it Windows-1252.
///
/// # Errors
///
/// `roster.unreadable`, `roster.too_large`, `roster.encoding`.
pub(super) fn read(reader: impl Read) -> Result<String> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    let unreadable = |_| Error::new(ErrorKind::Invalid, Code::RosterUnreadable);
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > MAX_BYTES {
        return Err(too_large());
    }
    decode(bytes)
}

fn decode(bytes: Vec<u8>) -> Result<String> {
    // "Unicode text" of a spreadsheet is UTF-16 with a mark. Without one, its
    // zeros give it away: as text they would only make a strange header.
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(&bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        if encoding != UTF_8 {
            let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
            return text.map(|text| text.into_owned()).ok_or_else(|| neither(1));
        }
        return utf8_or_windows(rest.to_vec());
    }
    if bytes.iter().take(2).any(|byte| *byte == 0) {
        return Err(neither(1));
    }
    utf8_or_windows(bytes)
}

fn utf8_or_windows(bytes: Vec<u8>) -> Result<String> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(error.as_bytes());
            // The five bytes that Windows-1252 leaves open come out as controls.
            match text.find(|c| matches!(c, '\u{80}'..='\u{9f}')) {
                None => Ok(text.into_owned()),
                Some(at) => {
                    let before = text.get(..at).unwrap_or_default();
                    Err(neither(1 + before.matches('\n').count()))
                }
            }
        }
    }
}

fn neither(line: usize) -> Error {
    Error::new(ErrorKind::Invalid, Code::RosterEncoding).with("line", line)
}
