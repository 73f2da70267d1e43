//! Histories (H): the chain, and its exports.

use std::sync::{Arc, Mutex, PoisonError};

use carekey::history;
use uuid::Uuid as Identifier;

use super::key;
use super::records::HistoryLine;
use crate::error::CarekeyError;

/// The end of a chain, kept with the record whose history it is.
#[derive(Debug, uniffi::Object)]
pub struct HistoryHead(Mutex<history::Head>);

#[uniffi::export]
impl HistoryHead {
    /// The end of a chain of that many lines; of one without lines, where
    /// nothing is said.
    #[uniffi::constructor(default(length = 0, mac))]
    pub fn new(length: i64, mac: Vec<u8>) -> Arc<Self> {
        Arc::new(Self(Mutex::new(history::Head { length, mac })))
    }

    /// How many lines there are.
    pub fn length(&self) -> i64 {
        self.copy().length
    }

    /// The keyed hash over the last line's and the length; empty for none.
    pub fn mac(&self) -> Vec<u8> {
        self.copy().mac
    }

    /// Appends a line: returns it numbered and chained, and moves this head
    /// behind it. The key is 32 bytes. No earlier line is needed.
    ///
    /// Throws `Invalid` with `key.length`.
    pub fn append(&self, key: Vec<u8>, line: HistoryLine) -> Result<HistoryLine, CarekeyError> {
        let (key, mut line) = (self::key(&key)?, line.into());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).append(&key, &mut line);
        Ok(line.into())
    }
}

impl HistoryHead {
    fn copy(&self) -> history::Head {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Checks a whole history, all its lines in order, against its head.
///
/// Throws `Refused` with `history.broken` and the number of the first line
/// that was edited, inserted, moved, or follows a removed one, or with
/// `history.cut` where lines at the end are missing; `Invalid` with
/// `key.length`.
#[uniffi::export]
pub fn verify_history(
    key: Vec<u8>,
    subject: Identifier,
    lines: Vec<HistoryLine>,
    head: &HistoryHead,
) -> Result<(), CarekeyError> {
    Ok(history::verify(&self::key(&key)?, subject, &core(lines), &head.copy())?)
}

/// The lines as CSV with a header; cells that a spreadsheet would run as a
/// formula are defused.
#[uniffi::export]
pub fn history_csv(lines: Vec<HistoryLine>) -> Result<String, CarekeyError> {
    Ok(history::to_csv(&core(lines))?)
}

/// The lines as JSON, one object a line.
#[uniffi::export]
pub fn history_json_lines(lines: Vec<HistoryLine>) -> Result<String, CarekeyError> {
    Ok(history::to_json_lines(&core(lines))?)
}

fn core(lines: Vec<HistoryLine>) -> Vec<history::Line> {
    lines.into_iter().map(history::Line::from).collect()
}
