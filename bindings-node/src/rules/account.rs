//! E: stages, counting failures, and how long sessions live.

use carekey::Stage;
use carekey::account::{State, Throttle, TokenLife};
use serde::Deserialize;
use serde_json::{Value, json};
use time::Duration;

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
    stage_after_password(stage: Stage, #[serde(default)] questions_set: bool, policy: Option<Value>) =>
        stage.after_password(&policy_or_default(policy.as_ref())?.questions, questions_set);

    stage_after_questions(stage: Stage) => stage.after_questions();

    account_state(stage: Stage, #[serde(default)] disabled: bool) => State::of(stage, disabled);

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

    strict life_of_session(
        policy: Option<Value>, #[serde(default)] remember: bool, now: Moment, #[serde(default)] epoch: i64,
    ) => TokenLife::session(&policy_or_default(policy.as_ref())?.session, remember, now.0, epoch);

    strict life_of_step(lasts_ms: i64, now: Moment, #[serde(default)] epoch: i64) =>
        TokenLife::step(Duration::milliseconds(lasts_ms), now.0, epoch);

    life_is_live(life: TokenLife, epoch: i64, now: Moment) => life.is_live(epoch, now.0);
}
