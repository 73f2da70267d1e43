//! E4 and E5: counting failures, and how long sessions live.

use carekey::account::{self, Admission, TokenLife};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use super::policy_or_default;
use crate::border::rule;
use crate::show::{moment, moment_or_null};

/// What happens to a throttle.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Happens {
    Admit,
    Succeeded,
    Failed,
    Withdrawn,
    Count,
}

#[derive(Deserialize)]
struct Throttling {
    throttle: account::Throttle,
    happens: Happens,
    policy: Option<Value>,
    #[serde(deserialize_with = "crate::border::moment::deserialize")]
    now: OffsetDateTime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Session {
    policy: Option<Value>,
    #[serde(default)]
    remember: bool,
    #[serde(deserialize_with = "crate::border::moment::deserialize")]
    now: OffsetDateTime,
    #[serde(default)]
    epoch: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    lasts_ms: i64,
    #[serde(deserialize_with = "crate::border::moment::deserialize")]
    now: OffsetDateTime,
    #[serde(default)]
    epoch: i64,
}

#[derive(Deserialize)]
struct Live {
    life: TokenLife,
    epoch: i64,
    #[serde(deserialize_with = "crate::border::moment::deserialize")]
    now: OffsetDateTime,
}

fn life(life: &TokenLife) -> Value {
    json!({
        "expiresAt": moment(life.expires_at),
        "usedAt": moment(life.used_at),
        "idleMs": life.idle_ms,
        "epoch": life.epoch,
        "ended": life.ended,
    })
}

#[napi]
pub fn throttle(given: String) -> napi::Result<String> {
    rule(&given, |Throttling { mut throttle, happens, policy, now }| {
        let policy = policy_or_default(policy.as_ref())?.throttle;
        let mut admission = Value::Null;
        match happens {
            Happens::Admit => {
                admission = match throttle.admit(&policy, now) {
                    Admission::Evaluate => json!({ "status": "evaluate" }),
                    Admission::Locked(until) => json!({ "status": "locked", "until": moment(until) }),
                    Admission::Closed => json!({ "status": "closed" }),
                    Admission::Busy => json!({ "status": "busy" }),
                }
            }
            Happens::Succeeded => throttle.succeeded(),
            Happens::Failed => throttle.failed(&policy, now),
            Happens::Withdrawn => throttle.withdrawn(),
            Happens::Count => throttle.count(&policy, now),
        }
        Ok(json!({
            "admission": admission,
            "throttle": {
                "failures": throttle.failures,
                "open": throttle.open,
                "openUntil": moment_or_null(throttle.open_until),
                "lockedUntil": moment_or_null(throttle.locked_until),
            },
        }))
    })
}

#[napi]
pub fn life_of_session(given: String) -> napi::Result<String> {
    rule(&given, |Session { policy, remember, now, epoch }| {
        Ok(life(&TokenLife::session(&policy_or_default(policy.as_ref())?.session, remember, now, epoch)))
    })
}

#[napi]
pub fn life_of_step(given: String) -> napi::Result<String> {
    rule(&given, |Step { lasts_ms, now, epoch }| {
        Ok(life(&TokenLife::step(Duration::milliseconds(lasts_ms), now, epoch)))
    })
}

#[napi]
pub fn life_is_live(given: String) -> napi::Result<String> {
    rule(&given, |Live { life, epoch, now }| Ok(json!(life.is_live(epoch, now))))
}
