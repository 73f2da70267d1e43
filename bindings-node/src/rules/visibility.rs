//! V: who sees what.

use carekey::relationship::{PartyFacts, Period};
use carekey::visibility::{
    self, Of, Reason, Viewer, cell, check_grant, check_policy, decide, what_can_see, who_can_see,
};
use carekey::{Locale, Resource, Role};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::policy_or_default;
use crate::border::rule;
use crate::show::{decision, findings};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deciding {
    viewer: Viewer,
    resource: Resource,
    of: Of,
    policy: Option<Value>,
    #[serde(deserialize_with = "crate::border::moment::deserialize")]
    at: OffsetDateTime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct What {
    viewer: Viewer,
    others: Vec<Of>,
    policy: Option<Value>,
    #[serde(deserialize_with = "crate::border::moment::deserialize")]
    at: OffsetDateTime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Who {
    resource: Resource,
    of: Of,
    viewers: Vec<(String, Viewer)>,
    policy: Option<Value>,
    #[serde(deserialize_with = "crate::border::moment::deserialize")]
    at: OffsetDateTime,
}

#[derive(Deserialize)]
struct Cell {
    role: Role,
    resource: Resource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Granting {
    to: PartyFacts,
    resource: Resource,
    period: Period,
}

#[derive(Deserialize)]
struct Given {
    policy: Option<Value>,
}

#[derive(Deserialize)]
struct Saying {
    reason: Reason,
    locale: Locale,
}

#[napi]
pub fn visibility_decide(given: String) -> napi::Result<String> {
    rule(&given, |Deciding { viewer, resource, of, policy, at }| {
        let policy = policy_or_default(policy.as_ref())?.visibility;
        Ok(decision(&decide(&viewer, resource, of, &policy, at)))
    })
}

#[napi]
pub fn visibility_sees(given: String) -> napi::Result<String> {
    rule(&given, |Deciding { viewer, resource, of, policy, at }| {
        let policy = policy_or_default(policy.as_ref())?.visibility;
        Ok(json!(visibility::sees(&viewer, resource, of, &policy, at)))
    })
}

#[napi]
pub fn visibility_what(given: String) -> napi::Result<String> {
    rule(&given, |What { viewer, others, policy, at }| {
        let policy = policy_or_default(policy.as_ref())?.visibility;
        let seen = what_can_see(&viewer, others, &policy, at).into_iter();
        let seen =
            seen.map(|(resource, of, seen)| json!({ "resource": resource, "of": of, "decision": decision(&seen) }));
        Ok(seen.collect())
    })
}

#[napi]
pub fn visibility_who(given: String) -> napi::Result<String> {
    rule(&given, |Who { resource, of, viewers, policy, at }| {
        let policy = policy_or_default(policy.as_ref())?.visibility;
        let viewers = viewers.iter().map(|(id, viewer)| (id, viewer));
        let seen = who_can_see(resource, of, viewers, &policy, at).into_iter();
        Ok(seen.map(|(id, seen)| json!({ "id": id, "decision": decision(&seen) })).collect())
    })
}

#[napi]
pub fn visibility_cell(given: String) -> napi::Result<String> {
    rule(&given, |Cell { role, resource }| Ok(json!(cell(role, resource))))
}

#[napi]
pub fn visibility_check_grant(given: String) -> napi::Result<String> {
    rule(&given, |Granting { to, resource, period }| Ok(findings(&check_grant(&to, resource, &period))))
}

#[napi]
pub fn visibility_check_policy(given: String) -> napi::Result<String> {
    rule(&given, |Given { policy }| Ok(findings(&check_policy(&policy_or_default(policy.as_ref())?.visibility))))
}

#[napi]
pub fn visibility_reason_message(given: String) -> napi::Result<String> {
    rule(&given, |Saying { reason, locale }| Ok(json!(reason.message(locale))))
}
