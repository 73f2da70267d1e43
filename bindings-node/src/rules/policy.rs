//! P1: policies, as documents.

use carekey::account::State;
use carekey::finding::Checked;
use carekey::{Code, Error, ErrorKind, Policy, Role, Stage};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::{Value, json};

use super::policy_or_default;
use crate::border::rule;
use crate::show::{checked, findings};

/// A policy that an agency may have: out of range is an error.
pub(crate) fn read_policy(given: &Value) -> carekey::Result<Policy> {
    Policy::read(&given.to_string()).into_result()
}

/// A policy for a rule to go by, whatever its numbers: only its shape counts.
pub(super) fn parse(given: &Value) -> carekey::Result<Policy> {
    let Checked { value, findings } = Policy::read(&given.to_string());
    let shapeless = findings.iter().any(|finding| finding.code == Code::PolicyMalformed);
    match value {
        Some(policy) => Ok(policy),
        None if shapeless => Err(Error::invalid(findings)),
        None => serde_json::from_value(given.clone()).map_err(|_| Error::new(ErrorKind::Internal, Code::Internal)),
    }
}

#[derive(Deserialize)]
struct Given {
    policy: Value,
}

#[derive(Deserialize)]
struct Text {
    text: String,
}

#[derive(Deserialize)]
struct Preset {
    preset: Name,
}

#[derive(Deserialize)]
enum Name {
    #[serde(rename = "agency")]
    Agency,
    #[serde(rename = "evv_state")]
    EvvState,
    #[serde(rename = "nist_800_63b_4")]
    Nist,
}

#[derive(Deserialize)]
struct Scheme {
    role: Role,
    policy: Option<Value>,
}

#[derive(Deserialize)]
struct Staged {
    stage: Stage,
    #[serde(default)]
    questions_set: bool,
    #[serde(default)]
    disabled: bool,
    policy: Option<Value>,
}

#[napi]
pub fn policy_preset(given: String) -> napi::Result<String> {
    rule(&given, |Preset { preset }| {
        Ok(json!(match preset {
            Name::Agency => Policy::agency(),
            Name::EvvState => Policy::evv_state(),
            Name::Nist => Policy::nist_800_63b_4(),
        }))
    })
}

#[napi]
pub fn policy_read(given: String) -> napi::Result<String> {
    rule(&given, |Given { policy }| Ok(checked(&Policy::read(&policy.to_string()), |policy| json!(policy))))
}

#[napi]
pub fn policy_read_text(given: String) -> napi::Result<String> {
    rule(&given, |Text { text }| Ok(checked(&Policy::read(&text), |policy| json!(policy))))
}

/// The whole policy of a document whose shape is right, whatever its numbers.
#[napi]
pub fn policy_of(given: String) -> napi::Result<String> {
    rule(&given, |Given { policy }| Ok(json!(parse(&policy)?)))
}

#[napi]
pub fn policy_departures(given: String) -> napi::Result<String> {
    rule(&given, |Given { policy }| Ok(findings(&parse(&policy)?.departures())))
}

#[napi]
pub fn policy_scheme(given: String) -> napi::Result<String> {
    rule(&given, |Scheme { role, policy }| {
        let policy = policy_or_default(policy.as_ref())?;
        let enrolment = policy.enrolment.scheme(role);
        Ok(json!({
            "username": policy.username.scheme(role),
            "enrolment": enrolment,
            "firstStage": Stage::first(enrolment),
        }))
    })
}

#[napi]
pub fn stage_after_password(given: String) -> napi::Result<String> {
    rule(&given, |Staged { stage, questions_set, policy, .. }| {
        Ok(json!(stage.after_password(&policy_or_default(policy.as_ref())?.questions, questions_set)))
    })
}

#[napi]
pub fn stage_after_questions(given: String) -> napi::Result<String> {
    rule(&given, |Staged { stage, .. }| Ok(json!(stage.after_questions())))
}

#[napi]
pub fn account_state(given: String) -> napi::Result<String> {
    rule(&given, |Staged { stage, disabled, .. }| Ok(json!(State::of(stage, disabled))))
}
