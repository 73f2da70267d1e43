//! Messages that wait for the host's mailer.

use std::sync::Arc;

use carekey::Method;
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;

use super::directory::Slot;
use crate::border::{Work, reads};
use crate::show::Show;

/// The outbox of an agency.
#[napi]
pub struct Outbox {
    slot: Arc<Slot>,
    code: String,
}

/// A message that was claimed.
#[napi]
pub struct Claimed {
    message: carekey::Message,
}

#[napi]
impl Claimed {
    /// What is in it, in JSON.
    #[napi]
    pub fn show(&self) -> String {
        self.message.show().to_string()
    }
}

impl Outbox {
    pub(super) fn new(slot: Arc<Slot>, code: String) -> Self {
        Self { slot, code }
    }

    fn about<Answer: Show>(
        &self,
        act: impl FnOnce(&carekey::Agency) -> carekey::Result<Answer> + Send + 'static,
    ) -> AsyncTask<Work> {
        let (slot, code) = (Arc::clone(&self.slot), self.code.clone());
        Work::showing(move || act(&slot.agency(&code)?))
    }
}

#[napi]
impl Outbox {
    #[napi]
    pub fn claim(&self, given: String) -> AsyncTask<Work<Vec<Claimed>>> {
        let (slot, code) = (Arc::clone(&self.slot), self.code.clone());
        Work::on_pool(move || {
            reads!(&given => most: u64, method: Option<Method>);
            let claimed = slot.agency(&code)?.outbox().by(method).claim(most)?;
            Ok(claimed.into_iter().map(|message| Claimed { message }).collect())
        })
    }

    #[napi]
    pub fn sent(&self, claimed: &Claimed) -> AsyncTask<Work> {
        let message = claimed.message.clone();
        self.about(move |agency| agency.outbox().sent(&message))
    }

    #[napi]
    pub fn sent_all(&self, claimed: Vec<&Claimed>) -> AsyncTask<Work> {
        let messages: Vec<_> = claimed.into_iter().map(|claimed| claimed.message.clone()).collect();
        self.about(move |agency| agency.outbox().sent_all(&messages))
    }

    #[napi]
    pub fn failed(&self, claimed: &Claimed) -> AsyncTask<Work> {
        let message = claimed.message.clone();
        self.about(move |agency| agency.outbox().failed(&message))
    }
}
