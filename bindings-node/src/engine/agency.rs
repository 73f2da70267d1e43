//! One tenant: every way in, who sees what, and histories.

use std::sync::Arc;

use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use serde::de::DeserializeOwned;

use super::directory::{Slot, actor};
use super::office::Office;
use super::outbox::Outbox;
use super::{Here, source};
use crate::border::{Work, guard, read};
use crate::show::Show;

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
}

#[napi]
impl Agency {
    #[napi]
    pub fn acting_as(&self, by: String, given: String) -> napi::Result<Office> {
        guard(|| {
            let here: Here = read(&given)?;
            Ok(Office::new(Arc::clone(&self.slot), self.code.clone(), actor(&by)?, source(here.source.as_deref())))
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
