//! E: counting failures.

use carekey::account::Throttle;
use serde::Deserialize;
use serde_json::{Value, json};

use super::policy_or_default;
use crate::border::{Moment, rules};
use crate::show::Show;

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

rules! {
    throttle(throttle: Throttle, happens: Happens, policy: Option<Value>, now: Moment) => {
        let (mut throttle, now) = (throttle, now.0);
        let policy = policy_or_default(policy.as_ref())?.throttle;
        let mut admission = None;
        match happens {
            Happens::Admit => admission = Some(throttle.admit(&policy, now)),
            Happens::Succeeded => throttle.succeeded(),
            Happens::Failed => throttle.failed(&policy, now),
            Happens::Withdrawn => throttle.withdrawn(),
            Happens::Count => throttle.count(&policy, now),
        }
        json!({ "admission": admission.show(), "throttle": throttle.show() })
    };
}
