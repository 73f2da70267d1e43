//! The lines of an export as they are read: one that says what it is, and one that
//! seals all between them.

use std::io::{BufRead, Read};

use data_encoding::HEXLOWER;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::failed;
use crate::error::{Error, Result};
use crate::finding::{Code, Finding};

/// The most bytes of a line: no row is as long by far.
const LONGEST_LINE: u64 = 1 << 24;

pub(super) fn malformed(line: u64) -> Error {
    Finding::new(Code::ExportMalformed, "export").with("line", line).into()
}

/// The lines of a file, and what they come to so far.
pub(super) struct Lines<'a> {
    from: &'a mut dyn BufRead,
    number: u64,
    digest: Sha256,
}

impl<'a> Lines<'a> {
    /// With the first line, which says what follows.
    pub(super) fn of<First: DeserializeOwned>(from: &'a mut dyn BufRead) -> Result<(Self, First)> {
        let mut lines = Self { from, number: 0, digest: Sha256::new() };
        let first = lines.next()?.ok_or_else(|| malformed(1))?;
        let first = serde_json::from_str(&first).map_err(|_| malformed(1))?;
        Ok((lines, first))
    }

    /// Hands on each line that is there, with its number, up to the one that seals
    /// them; nothing comes behind that. Gives it, where there is one, and the
    /// SHA-256 of all before it.
    pub(super) fn until_sealed<Last: DeserializeOwned>(
        &mut self,
        mut each: impl FnMut(&str, u64) -> Result<()>,
    ) -> Result<Option<(Last, String)>> {
        let mut end = None;
        loop {
            let before = self.digest.clone();
            let Some(line) = self.next()? else { return Ok(end) };
            if end.is_some() {
                return Err(malformed(self.number));
            }
            match serde_json::from_str::<Last>(&line) {
                Ok(last) => end = Some((last, HEXLOWER.encode(&before.finalize()))),
                Err(_) => each(&line, self.number)?,
            }
        }
    }

    /// The SHA-256 of all that was read.
    pub(super) fn sha256(self) -> String {
        HEXLOWER.encode(&self.digest.finalize())
    }

    fn next(&mut self) -> Result<Option<String>> {
        let mut line = Vec::new();
        (&mut *self.from).take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(|error| failed(&error))?;
        if line.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        self.digest.update(&line);
        String::from_utf8(line).map(Some).map_err(|_| malformed(self.number))
    }
}
