//! E: schemes, stages, counting failures, sessions.

use carekey::account::{Admission, State, Throttle, TokenLife};
use carekey::policy::{QuestionPolicy, SessionPolicy, ThrottlePolicy};
use carekey::{Policy, Role, Stage};
use carekey_tests::moment;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

/// Answers the calls of rule E.
pub fn call(call: &str, given: &Value) -> Option<Value> {
    Some(match call {
        "policy.scheme" => {
            let policy: Policy = given.get("policy").map(read).unwrap_or_default();
            let role: Role = read(&given["role"]);
            let enrolment = policy.enrolment.scheme(role);
            json!({
                "username": policy.username.scheme(role),
                "enrolment": enrolment,
                "first_stage": Stage::first(enrolment),
            })
        }
        "account.after_password" => {
            let questions: QuestionPolicy = given.get("questions").map(read).unwrap_or_default();
            json!(read::<Stage>(&given["stage"]).after_password(&questions, given["questions_set"] == true))
        }
        "account.after_questions" => json!(read::<Stage>(&given["stage"]).after_questions()),
        "account.state" => json!(State::of(read(&given["stage"]), given["disabled"] == true)),
        "account.throttle" => throttle(given),
        "account.session" => session(given),
        _ => return None,
    })
}

/// Plays a script of attempts: `admit` lets one in; `right`, `wrong` and
/// `withdraw` end one; `try_right` and `try_wrong` let one in and end it if it
/// was let in; `count` is a failure of another way in. Says what became of
/// each that wanted in, and how the throttle stands at the end.
fn throttle(given: &Value) -> Value {
    let policy: ThrottlePolicy = given.get("policy").map(read).unwrap_or_default();
    let mut throttle = Throttle::default();
    let mut admissions = Vec::new();
    for step in given["script"].as_array().expect("a script") {
        let now = moment(&step["at"]);
        for _ in 0..step["times"].as_u64().unwrap_or(1) {
            let what = step["do"].as_str().expect("what is done");
            if matches!(what, "admit" | "try_right" | "try_wrong") {
                let admission = throttle.admit(&policy, now);
                admissions.push(match admission {
                    Admission::Evaluate => json!("evaluate"),
                    Admission::Locked(until) => json!({ "locked_until": rfc3339(until) }),
                    Admission::Closed => json!("closed"),
                    Admission::Busy => json!("busy"),
                });
                if admission != Admission::Evaluate {
                    continue;
                }
            }
            match what {
                "admit" => {}
                "right" | "try_right" => throttle.succeeded(),
                "wrong" | "try_wrong" => throttle.failed(&policy, now),
                "withdraw" => throttle.withdrawn(),
                "count" => throttle.count(&policy, now),
                other => panic!("no such step: {other}"),
            }
        }
    }
    json!({ "admissions": admissions, "throttle": throttle })
}

/// A session (or, with `step_minutes`, a step) that began at `begun_at`, was
/// used at each of `uses` while it was live, and is looked at `now`.
fn session(given: &Value) -> Value {
    let policy: SessionPolicy = given.get("policy").map(read).unwrap_or_default();
    let begun = moment(&given["begun_at"]);
    let epoch = |name: &str| given[name].as_i64().unwrap_or(0);
    let mut life = match given["step_minutes"].as_i64() {
        Some(minutes) => TokenLife::step(Duration::minutes(minutes), begun, epoch("epoch")),
        None => TokenLife::session(&policy, given["remember"] == true, begun, epoch("epoch")),
    };
    for used in given["uses"].as_array().into_iter().flatten().map(moment) {
        if life.is_live(epoch("epoch"), used) {
            life.used_at = used;
        }
    }
    life.ended = given["ended"] == true;
    json!({
        "expires_at": rfc3339(life.expires_at),
        "live": life.is_live(epoch("account_epoch"), moment(&given["now"])),
    })
}

fn rfc3339(moment: OffsetDateTime) -> String {
    moment.format(&Rfc3339).expect("a moment")
}

fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"))
}
