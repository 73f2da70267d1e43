//! The cookies of a visit: read once, and set with the answer.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use carekey::{Code, Error, ErrorKind, Secret};

use crate::Problem;

/// The session. The browser forgets it when it ends, unless it is remembered.
pub const SESSION: &str = "__Host-carekey-session";
/// The step of a sign-in that is due.
pub const STEP: &str = "__Host-carekey-step";
/// The device, by which its owner gets in whatever strangers try (E4). Nothing
/// takes it away: no sign-out, no lock.
pub const DEVICE: &str = "__Host-carekey-device";

/// What every cookie has: `__Host-` wants no domain, the whole path and TLS;
/// no script reads it, and no other site sends it with a form.
const FLAGS: &str = "; Path=/; Secure; HttpOnly; SameSite=Lax";

/// The cookies of one request, for handlers; the layer puts them there.
#[derive(Clone, Default)]
pub struct Cookies {
    came: Arc<[(String, String)]>,
    set: Arc<Mutex<Vec<HeaderValue>>>,
}

impl Cookies {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        Self { came: pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(), set: Arc::default() }
    }

    /// What came under that name. It is a secret until it is used.
    pub fn get(&self, name: &str) -> Option<Secret> {
        let found = self.came.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| Secret::from(value.as_str())).filter(|value| !value.reveal().is_empty())
    }

    /// Sets one, for so many seconds; without a number, until the browser ends.
    pub fn set(&self, name: &str, value: &Secret, seconds: Option<i64>) {
        let lasts = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        self.push(&format!("{name}={}{FLAGS}{lasts}", value.reveal()));
    }

    /// Takes one away.
    pub fn remove(&self, name: &str) {
        self.push(&format!("{name}={FLAGS}; Max-Age=0"));
    }

    fn push(&self, cookie: &str) {
        // A token is letters and digits, so that this is always a header.
        if let Ok(mut value) = HeaderValue::from_str(cookie) {
            value.set_sensitive(true);
            self.set.lock().unwrap_or_else(PoisonError::into_inner).push(value);
        }
    }

    /// Whether any came.
    pub(crate) fn are_there(&self) -> bool {
        !self.came.is_empty()
    }

    /// What was set, for the answer.
    pub(crate) fn taken(&self) -> Vec<HeaderValue> {
        std::mem::take(&mut *self.set.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Cookies {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // Without the layer what is set would be lost in silence.
        let lacking = || Problem(Error::new(ErrorKind::Internal, Code::Internal));
        parts.extensions.get::<Self>().cloned().ok_or_else(lacking)
    }
}
