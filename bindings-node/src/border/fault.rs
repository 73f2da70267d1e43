//! Errors, whole: the text of a thrown error is the JSON of all its parts.

use std::panic::{AssertUnwindSafe, catch_unwind};

use carekey::{Code, Error, ErrorKind, Locale, Params};
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use serde_json::json;

use super::work::Work;
use crate::show::Show;

/// Does the work of one call. An error becomes one that JavaScript can read,
/// and so does a panic: it ends here, and the process lives.
pub(crate) fn guard<T>(work: impl FnOnce() -> carekey::Result<T>) -> napi::Result<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(answer) => answer.map_err(|error| thrown(&error)),
        Err(_) => Err(thrown(&Error::new(ErrorKind::Internal, Code::Internal))),
    }
}

fn thrown(error: &Error) -> napi::Error {
    napi::Error::from_reason(written(error))
}

/// All parts of an error, in JSON.
pub(crate) fn written(error: &Error) -> String {
    json!({
        "kind": error.kind,
        "code": error.code,
        "params": error.params,
        "message": error.message(Locale::English),
        "findings": error.findings.show(),
    })
    .to_string()
}

/// What was given is not what the argument takes.
pub(crate) fn malformed(argument: &str, expected: &str) -> Error {
    Error::new(ErrorKind::Invalid, Code::InputWrongType).with("argument", argument).with("expected", expected)
}

/// The text of an error that JavaScript finds before it calls.
#[napi]
pub fn fault(kind: String, code: String, params: String) -> napi::Result<String> {
    guard(|| {
        let known = kind.parse::<ErrorKind>().ok().zip(code.parse::<Code>().ok());
        let (kind, code) = known.unwrap_or((ErrorKind::Internal, Code::Internal));
        let params: Params = serde_json::from_str(&params).unwrap_or_default();
        Ok(written(&Error { params, ..Error::new(kind, code) }))
    })
}

/// Panics, so that a test can see that nothing comes of it.
#[napi]
#[allow(clippy::panic)]
pub fn drill() -> napi::Result<()> {
    guard(|| panic!("a drill"))
}

/// The same, on the pool.
#[napi]
#[allow(clippy::panic)]
pub fn drill_later() -> AsyncTask<Work> {
    Work::on_pool(|| panic!("a drill"))
}
