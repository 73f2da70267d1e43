//! V: access snapshots.

use carekey::snapshot::{self, PublicKey};
use carekey::visibility::Whose;
use carekey::{AccountId, Resource};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::json;

use crate::border::{Moment, guard, read};
use crate::engine::Of;
use crate::show::Show;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    text: String,
    key: String,
    agency: String,
    account: AccountId,
    now: Moment,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seeing {
    resource: Resource,
    of: Of,
    at: Moment,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct All {
    at: Moment,
}

/// A snapshot that was verified.
#[napi]
pub struct Snapshot(snapshot::Snapshot);

#[napi]
impl Snapshot {
    #[napi(factory)]
    pub fn open(given: String) -> napi::Result<Self> {
        guard(|| {
            let Opening { text, key, agency, account, now } = read(&given)?;
            let key = PublicKey::parse(&key).into_result()?;
            snapshot::Snapshot::open(&text, &key, &agency, account, now.0).map(Self)
        })
    }

    #[napi]
    pub fn about(&self) -> napi::Result<String> {
        guard(|| {
            let about = json!({
                "account": self.0.account(),
                "issuedAt": self.0.issued_at().show(),
                "lapsesAt": self.0.lapses_at().show(),
            });
            Ok(about.to_string())
        })
    }

    #[napi]
    pub fn can_see(&self, given: String) -> napi::Result<String> {
        guard(|| {
            let Seeing { resource, of, at } = read(&given)?;
            Ok(self.0.can_see(resource, Whose::from(of), at.0)?.show().to_string())
        })
    }

    #[napi]
    pub fn what(&self, given: String) -> napi::Result<String> {
        guard(|| {
            let All { at } = read(&given)?;
            Ok(self.0.what(at.0)?.show().to_string())
        })
    }
}
