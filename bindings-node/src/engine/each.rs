//! All rows of a long list, page after page, as JavaScript asks for them.

use std::sync::{Arc, Mutex, PoisonError};

use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use serde::de::DeserializeOwned;

use crate::border::{Work, read};
use crate::show::Show;

type Next = Box<dyn FnMut() -> carekey::Result<serde_json::Value> + Send>;

/// Where a list was read up to.
#[napi]
pub struct Each(Arc<Mutex<Next>>);

impl Each {
    /// Of a list that is begun when its first page is asked for.
    pub(super) fn of<Given: DeserializeOwned, T: Show + Send + 'static>(
        given: String,
        begin: impl FnOnce(Given) -> carekey::Result<carekey::agency::Each<T>> + Send + 'static,
    ) -> Self {
        let (mut begin, mut begun) = (Some(begin), None);
        let next = move || {
            if let Some(begin) = begin.take() {
                begun = Some(begin(read(&given)?)?);
            }
            let rows: Vec<T> = begun.as_mut().map_or(Ok(Vec::new()), carekey::agency::Each::page)?;
            Ok(rows.show())
        };
        Self(Arc::new(Mutex::new(Box::new(next))))
    }
}

#[napi]
impl Each {
    /// The rows of the next page; none at the end.
    #[napi]
    pub fn page(&self) -> AsyncTask<Work> {
        let next = Arc::clone(&self.0);
        Work::showing(move || next.lock().unwrap_or_else(PoisonError::into_inner)())
    }
}
