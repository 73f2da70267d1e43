//! One tenant: every way in, who sees what, and histories.

use std::sync::Arc;

use carekey::agency::Sending;
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::directory::{Slot, actor};
use super::each::Each;
use super::office::Office;
use super::outbox::Outbox;
use super::source;
use crate::border::{Work, guard, read};
use crate::show::Show;

/// From where someone enters the office, and when those whom they enrol are
/// sent to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entering {
    source: Option<String>,
    send: Option<Sending>,
}

/// An agency of a directory.
#[napi]
pub struct Agency {
    slot: Arc<Slot>,
    code: String,
}

impl Agency {
    pub(super) fn new(slot: Arc<Slot>, code: String) -> Self {
        Self { slot, code }
    }

    pub(super) fn act<Given: DeserializeOwned, Answer: Show>(
        &self,
        given: String,
        act: impl FnOnce(&carekey::Agency, Given) -> carekey::Result<Answer> + Send + 'static,
    ) -> AsyncTask<Work> {
        let (slot, code) = (Arc::clone(&self.slot), self.code.clone());
        Work::with(given, move |given| act(&slot.agency(&code)?, given))
    }

    pub(super) fn each<Given: DeserializeOwned + 'static, Row: Show + Send + 'static>(
        &self,
        given: String,
        begin: impl FnOnce(&carekey::Agency, Given) -> carekey::agency::Each<Row> + Send + 'static,
    ) -> Each {
        let (slot, code) = (Arc::clone(&self.slot), self.code.clone());
        Each::of(given, move |given| Ok(begin(&slot.agency(&code)?, given)))
    }
}

#[napi]
impl Agency {
    #[napi]
    pub fn acting_as(&self, by: String, given: String) -> napi::Result<Office> {
        guard(|| {
            let Entering { source: from, send } = read(&given)?;
            let (slot, code) = (Arc::clone(&self.slot), self.code.clone());
            Ok(Office::new(slot, code, actor(&by)?, source(from.as_deref()), send.unwrap_or_default()))
        })
    }

    #[napi]
    pub fn outbox(&self) -> Outbox {
        Outbox::new(Arc::clone(&self.slot), self.code.clone())
    }

    #[napi]
    pub fn snapshot_key(&self) -> AsyncTask<Work> {
        let (slot, code) = (Arc::clone(&self.slot), self.code.clone());
        Work::showing(move || Ok(slot.agency(&code)?.snapshot_key().to_string()))
    }
}
