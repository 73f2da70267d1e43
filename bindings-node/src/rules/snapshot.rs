//! V: access snapshots.

use carekey::snapshot::{self, PublicKey};
use carekey::visibility::Whose;
use carekey::{AccountId, Resource};
use napi_derive::napi;
use serde_json::json;

use crate::border::{Moment, guard, reads};
use crate::show::Show;

/// A snapshot that was verified.
#[napi]
pub struct Snapshot(snapshot::Snapshot);

#[napi]
impl Snapshot {
    #[napi(factory)]
    pub fn open(given: String) -> napi::Result<Self> {
        guard(|| {
            reads!(strict &given => text: String, key: String, agency: String, account: AccountId, now: Moment);
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
            reads!(strict &given => resource: Resource, of: Whose, at: Moment);
            Ok(self.0.can_see(resource, of, at.0)?.show().to_string())
        })
    }

    #[napi]
    pub fn what(&self, given: String) -> napi::Result<String> {
        guard(|| {
            reads!(strict &given => at: Moment);
            Ok(self.0.what(at.0)?.show().to_string())
        })
    }
}
