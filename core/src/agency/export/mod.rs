//! Everything that an agency has, readable, before it ends (A9): JSON lines,
//! written a piece at a time.
//!
//! The first line says what it is, the last one that it is whole, each other
//! one is a row:
//!
//! ```text
//! {"agency":"104","export":"carekey","id":"…","suspended_at":"2026-03-02T09:00:00Z","version":1}
//! {"row":{"id":"…","revision":1,"kind":"person","roles":["client"],…},"table":"party"}
//! {"mac":"…","rows":{"account":2,…},"sha256":"…"}
//! ```
//!
//! Tables come in the order of the store's, rows in that of their ids. Moments
//! are RFC 3339 in UTC, digests hexadecimal, identifiers UUIDs; what rests as
//! JSON, such as the policy, stands as such. Histories are the rows of `event`,
//! each with its `sequence` and its `mac`, and their ends in `strand` and
//! `account`. The last line counts the rows, and seals with the agency's key the
//! SHA-256 of all lines before it. No secret is in it: no password, answer,
//! token, code or link in any form, and nothing that waits sealed.
//!
//! The same rows give the same bytes.

mod columns;
mod history;
mod lines;
mod verify;
mod write;

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::BufWriter;
use std::path::Path;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::agency::kernel::AgencyKeys;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::id::AgencyId;
use crate::store::{Row, Table, Value, record};

pub use history::{HistoryExport, HistoryRange, verify_history_export, verify_history_export_at};
pub(super) use history::{Segment, read_histories, write_histories};
pub use verify::{verify_export, verify_export_at};
pub(super) use write::{sha256_of, write};

/// The version of the lines.
const VERSION: u32 = 1;

/// How many rows are read, or deleted, at a time.
pub(super) const PIECE: u64 = 500;

/// What an export of an agency has in it (A9).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AgencyExport {
    /// The code of the agency.
    pub agency: String,
    /// Since when it was suspended then, if it was.
    pub suspended_at: Option<OffsetDateTime>,
    /// The SHA-256 of all bytes, in hexadecimal, as `sha256sum` says it.
    pub sha256: String,
    /// How many rows are in it; how many of each table its last line says.
    pub rows: u64,
}

/// Whether a column goes out, and as what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Goes {
    /// As it is, by its type.
    Plain,
    /// As the JSON that it is.
    Json,
    /// As the list of words that it is.
    Words,
    /// Not at all.
    Withheld(Why),
}

/// Why a column does not go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// The hash of a password or an answer: whoever has it could guess at it.
    Hash,
    /// The keyed digest of what somebody was given, or once was called: nobody
    /// can read anything in it.
    Digest,
    /// It is sealed with the key: links, codes and passwords on their way.
    Sealed,
    /// It is made of what goes out, to find and to sort by.
    Derived,
    /// It is the same in every row, and stands in the first line.
    Same,
    /// It is no agency's, but the directory's own.
    Directory,
}

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct First {
    agency: String,
    export: String,
    id: AgencyId,
    #[serde(with = "time::serde::rfc3339::option")]
    suspended_at: Option<OffsetDateTime>,
    version: u32,
}

/// The last line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Last {
    mac: String,
    rows: BTreeMap<String, u64>,
    sha256: String,
}

impl Last {
    fn new(keys: &AgencyKeys, sha256: String, rows: BTreeMap<String, u64>) -> Self {
        Self { mac: HEXLOWER.encode(&keys.digest("export", &[&sha256])), rows, sha256 }
    }
}

/// The tables of an agency, with what becomes of their columns.
fn decided() -> impl Iterator<Item = (&'static Table, &'static [(&'static str, Goes)])> {
    let of_an_agency = |(_, columns): &(&Table, &[(&str, Goes)])| {
        columns.iter().any(|(_, goes)| *goes != Goes::Withheld(Why::Directory))
    };
    record::TABLES.iter().copied().zip(columns::COLUMNS.iter().map(|(_, columns)| *columns)).filter(of_an_agency)
}

/// The tables of an agency.
pub(super) fn tables() -> impl Iterator<Item = &'static Table> {
    decided().map(|(table, _)| table)
}

/// The id and the revision of a row.
pub(super) fn id_of(row: &Row) -> Result<(Uuid, i64)> {
    match (row.get(1), row.get(2)) {
        (Some(Value::Id(id)), Some(Value::Int(revision))) => Ok((*id, *revision)),
        _ => Err(damaged()),
    }
}

fn damaged() -> Error {
    Error::new(ErrorKind::Store, Code::StoreDamaged).with("reason", "a row that carekey did not write")
}

fn fault() -> Error {
    Error::new(ErrorKind::Internal, Code::Internal)
}

/// What a file or its writer says is only the sort of it: its text may name a
/// path.
pub(super) fn failed(error: &std::io::Error) -> Error {
    Error::new(ErrorKind::Store, Code::ExportFailed).with("reason", error.kind().to_string())
}

/// Has a new file written that its owner alone can read: it is there whole, or not
/// at all.
pub(super) fn into_new_file<T>(file: &Path, write: impl FnOnce(&mut BufWriter<File>) -> Result<T>) -> Result<T> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut to = BufWriter::new(options.open(file).map_err(|error| failed(&error))?);
    let made = write(&mut to).and_then(|made| {
        to.get_ref().sync_all().map_err(|error| failed(&error))?;
        Ok(made)
    });
    if made.is_err() {
        // Half of it is worth nothing; that it is left is no second fault.
        let _ = std::fs::remove_file(file);
    }
    made
}
