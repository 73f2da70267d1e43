//! P1: policies, as documents.

use carekey::finding::Checked;
use carekey::{Code, Error, ErrorKind, Policy, Role, Stage};
use serde::Deserialize;
use serde_json::{Value, json};

use super::policy_or_default;
use crate::border::rules;

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
enum Name {
    #[serde(rename = "agency")]
    Agency,
    #[serde(rename = "evv_state")]
    EvvState,
    #[serde(rename = "nist_800_63b_4")]
    Nist,
}

rules! {
    policy_preset(preset: Name) => match preset {
        Name::Agency => Policy::agency(),
        Name::EvvState => Policy::evv_state(),
        Name::Nist => Policy::nist_800_63b_4(),
    };

    policy_read(policy: Value) => Policy::read(&policy.to_string());

    policy_read_text(text: String) => Policy::read(&text);

    // The whole policy of a document whose shape is right, whatever its numbers.
    policy_of(policy: Value) => parse(&policy)?;

    policy_departures(policy: Value) => parse(&policy)?.departures();

    policy_scheme(role: Role, policy: Option<Value>) => {
        let policy = policy_or_default(policy.as_ref())?;
        let enrolment = policy.enrolment.scheme(role);
        json!({
            "username": policy.username.scheme(role),
            "enrolment": enrolment,
            "firstStage": Stage::first(enrolment),
        })
    };
}
