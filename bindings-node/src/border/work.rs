//! Work that hashes or touches a store: on the pool of libuv, while the event
//! loop goes on.

use carekey::{Code, Error, ErrorKind};
use napi::bindgen_prelude::{AsyncTask, ToNapiValue, TypeName};
use napi::{Env, Task};
use serde::de::DeserializeOwned;

use super::fault::guard;
use super::read::read;
use crate::show::Show;

type Job<T> = Box<dyn FnOnce() -> carekey::Result<T> + Send>;

/// Something to be done once, and what comes of it.
pub struct Work<T = String>(Option<Job<T>>);

impl<T> Work<T> {
    pub fn on_pool(job: impl FnOnce() -> carekey::Result<T> + Send + 'static) -> AsyncTask<Self>
    where
        Self: Task,
    {
        AsyncTask::new(Self(Some(Box::new(job))))
    }

    fn run(&mut self) -> napi::Result<T> {
        let job = self.0.take();
        guard(|| job.ok_or_else(|| Error::new(ErrorKind::Internal, Code::Internal))?())
    }
}

impl Work {
    /// Reads what it is given, and answers in JSON.
    pub(crate) fn with<Given: DeserializeOwned, Answer: Show>(
        given: String,
        job: impl FnOnce(Given) -> carekey::Result<Answer> + Send + 'static,
    ) -> AsyncTask<Self> {
        Self::showing(move || job(read(&given)?))
    }

    /// Answers in JSON.
    pub(crate) fn showing<Answer: Show>(
        job: impl FnOnce() -> carekey::Result<Answer> + Send + 'static,
    ) -> AsyncTask<Self> {
        Self::on_pool(move || job().map(|answer| answer.show().to_string()))
    }
}

impl<T> Task for Work<T>
where
    T: ToNapiValue + TypeName + Send + 'static,
{
    type Output = T;
    type JsValue = T;

    fn compute(&mut self) -> napi::Result<T> {
        self.run()
    }

    fn resolve(&mut self, _: Env, output: T) -> napi::Result<T> {
        Ok(output)
    }
}
