//! V: access snapshots.

use carekey::snapshot::{self, PublicKey};
use carekey::visibility::Whose;
use carekey::{AccountId, Resource};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::json;
use time::OffsetDateTime;

use crate::border::{guard, read};
use crate::engine::Of;
use crate::show::{decision, list, moment, sight};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    text: String,
    key: String,
    agency: String,
    account: AccountId,
    #[serde(deserialize_with = "crate::border::moment::deserialize")]
    now: OffsetDateTime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seeing {
    resource: Resource,
    of: Of,
    #[serde(deserialize_with = "crate::border::moment::deserialize")]
    at: OffsetDateTime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct All {
    #[serde(deserialize_with = "crate::border::moment::deserialize")]
    at: OffsetDateTime,
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
            snapshot::Snapshot::open(&text, &key, &agency, account, now).map(Self)
        })
    }

    #[napi]
    pub fn about(&self) -> napi::Result<String> {
        guard(|| {
            let about = json!({
                "account": self.0.account(),
                "issuedAt": moment(self.0.issued_at()),
                "lapsesAt": moment(self.0.lapses_at()),
            });
            Ok(about.to_string())
        })
    }

    #[napi]
    pub fn can_see(&self, given: String) -> napi::Result<String> {
        guard(|| {
            let Seeing { resource, of, at } = read(&given)?;
            Ok(decision(&self.0.can_see(resource, Whose::from(of), at)?).to_string())
        })
    }

    #[napi]
    pub fn what(&self, given: String) -> napi::Result<String> {
        guard(|| {
            let All { at } = read(&given)?;
            Ok(list(&self.0.what(at)?, sight).to_string())
        })
    }
}
