//! Rosters of ties and their previews, and the two acts of the office with
//! them.

use std::fs::File;
use std::sync::{Arc, PoisonError, RwLock};

use carekey::roster::{self, Reading, TieEnd, TieOutcome, TieRosterRow};
use carekey::{Code, Error, ErrorKind, Locale, PartyId};
use napi::bindgen_prelude::{AsyncTask, FnArgs, Function, Uint8Array};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::office::Office;
use super::progress::{Stop, telling};
use super::roster::csv;
use crate::border::{Work, guard, read, reads, written};
use crate::show::Show;

/// A roster of ties that was read.
#[napi]
pub struct TieRoster {
    roster: roster::TieRoster,
}

/// A preview of a roster of ties, and what was said on it.
#[napi]
pub struct TiePreview {
    preview: Arc<RwLock<roster::TiePreview>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    rows: Vec<TieRosterRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    titles: Vec<String>,
    rows: Vec<Vec<String>>,
    #[serde(default)]
    reading: Reading,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Accepted {
    line: u64,
    end: TieEnd,
    party: PartyId,
}

#[derive(Deserialize)]
struct AcceptedAll {
    accepted: Vec<Accepted>,
}

impl TieRoster {
    fn of(roster: roster::TieRoster) -> Self {
        Self { roster }
    }
}

#[napi]
impl TieRoster {
    #[napi]
    pub fn of_bytes(bytes: Uint8Array, given: String) -> AsyncTask<Work<TieRoster>> {
        let bytes = bytes.to_vec();
        Work::on_pool(move || roster::TieRoster::read(bytes.as_slice(), &read(&given)?).map(TieRoster::of))
    }

    #[napi]
    pub fn of_text(text: String, given: String) -> AsyncTask<Work<TieRoster>> {
        Work::on_pool(move || roster::TieRoster::read(text.as_bytes(), &read(&given)?).map(TieRoster::of))
    }

    #[napi]
    pub fn of_file(path: String, given: String) -> AsyncTask<Work<TieRoster>> {
        Work::on_pool(move || {
            let unreadable = |_| Error::new(ErrorKind::Invalid, Code::RosterUnreadable);
            let reading = read(&given)?;
            roster::TieRoster::read(File::open(path).map_err(unreadable)?, &reading).map(TieRoster::of)
        })
    }

    #[napi]
    pub fn of_table(given: String) -> AsyncTask<Work<TieRoster>> {
        Work::on_pool(move || {
            let Table { titles, rows, reading } = read(&given)?;
            roster::TieRoster::read_table(titles, rows, &reading).map(TieRoster::of)
        })
    }

    #[napi]
    pub fn of_rows(given: String) -> AsyncTask<Work<TieRoster>> {
        Work::on_pool(move || {
            let Rows { rows } = read(&given)?;
            Ok(TieRoster::of(roster::TieRoster::from_rows(rows)))
        })
    }

    #[napi]
    pub fn findings(&self) -> String {
        self.roster.findings().show().to_string()
    }

    #[napi]
    pub fn rows(&self) -> String {
        self.roster.rows().show().to_string()
    }
}

impl TiePreview {
    fn look(&self, look: impl FnOnce(&roster::TiePreview) -> Value) -> napi::Result<String> {
        guard(|| Ok(look(&self.preview.read().unwrap_or_else(PoisonError::into_inner)).to_string()))
    }
}

#[napi]
impl TiePreview {
    #[napi]
    pub fn findings(&self) -> napi::Result<String> {
        self.look(|preview| preview.findings().show())
    }

    #[napi]
    pub fn rows(&self) -> napi::Result<String> {
        self.look(|preview| preview.rows().show())
    }

    #[napi]
    pub fn counts(&self) -> napi::Result<String> {
        self.look(|preview| {
            let counts = TieOutcome::ALL.iter().map(|outcome| (outcome.to_string(), preview.count(*outcome)));
            let counts = counts.filter(|(_, count)| *count > 0).map(|(outcome, count)| (outcome, json!(count)));
            Value::Object(counts.collect::<Map<_, _>>())
        })
    }

    /// Says who ends are; not while the preview is being created from.
    #[napi]
    pub fn accept_all(&self, given: String) -> napi::Result<()> {
        guard(|| {
            let AcceptedAll { accepted } = read(&given)?;
            let accepted: Vec<_> = accepted.iter().map(|one| (one.line, one.end, one.party)).collect();
            let busy = |_| Error::new(ErrorKind::Conflict, Code::StoreConflict);
            self.preview.try_write().map_err(busy)?.accept_all(&accepted)
        })
    }

    #[napi]
    pub fn failed_csv(&self, given: String) -> napi::Result<String> {
        guard(|| {
            reads!(strict &given => #[serde(default)] locale: Locale);
            let preview = self.preview.read().unwrap_or_else(PoisonError::into_inner);
            csv(|out| preview.write_failed(out, locale))
        })
    }
}

#[napi]
impl Office {
    #[napi]
    pub fn preview_ties(&self, roster: &TieRoster) -> AsyncTask<Work<TiePreview>> {
        let (open, roster) = (self.opener(), roster.roster.clone());
        Work::on_pool(move || {
            let preview = open()?.preview_ties(roster)?;
            Ok(TiePreview { preview: Arc::new(RwLock::new(preview)) })
        })
    }

    /// Makes and ends what the preview let pass, and tells `progress` how many
    /// rows of how many are done.
    #[napi]
    pub fn create_ties(
        &self,
        preview: &TiePreview,
        stop: &Stop,
        progress: Function<'_, FnArgs<(u32, u32)>, ()>,
    ) -> napi::Result<AsyncTask<Work<String>>> {
        let (open, preview) = (self.opener(), Arc::clone(&preview.preview));
        let mut progress = telling(stop, &progress)?;
        Ok(Work::on_pool(move || {
            let preview = preview.read().unwrap_or_else(PoisonError::into_inner);
            let report = open()?.create_ties(&preview, &mut progress)?;
            let stopped = report.stopped.as_ref().map(written);
            Ok(json!({ "rows": report.rows.show(), "stopped": stopped }).to_string())
        }))
    }
}
