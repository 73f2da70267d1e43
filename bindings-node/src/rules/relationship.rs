//! R: roles, ties and their time.

use carekey::relationship::{PartyFacts, Period, Tie, check_tie, conveyed, conveys, role_fits};
use carekey::{PartyId, PartyKind, Role, TieKind};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::border::rule;
use crate::show::{finding, findings};

#[derive(Deserialize)]
struct Fitting {
    role: Role,
    kind: PartyKind,
}

#[derive(Deserialize)]
struct Kind {
    kind: TieKind,
}

#[derive(Deserialize)]
struct Conveying {
    who: PartyId,
    ties: Vec<Tie>,
    #[serde(deserialize_with = "crate::border::moment::deserialize")]
    at: OffsetDateTime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Checking {
    kind: TieKind,
    who: PartyFacts,
    of: PartyFacts,
    period: Period,
    #[serde(default)]
    existing: Vec<Tie>,
}

#[derive(Deserialize)]
struct At {
    period: Period,
    #[serde(deserialize_with = "crate::border::moment::deserialize")]
    at: OffsetDateTime,
}

#[derive(Deserialize)]
struct Two {
    period: Period,
    other: Period,
}

#[derive(Deserialize)]
struct One {
    period: Period,
}

#[napi]
pub fn relationship_role_fits(given: String) -> napi::Result<String> {
    rule(&given, |Fitting { role, kind }| Ok(role_fits(role, kind).as_ref().map_or(Value::Null, finding)))
}

#[napi]
pub fn relationship_conveys(given: String) -> napi::Result<String> {
    rule(&given, |Kind { kind }| Ok(json!(conveys(kind))))
}

#[napi]
pub fn relationship_conveyed(given: String) -> napi::Result<String> {
    rule(&given, |Conveying { who, ties, at }| Ok(json!(conveyed(who, &ties, at))))
}

#[napi]
pub fn relationship_check_tie(given: String) -> napi::Result<String> {
    rule(&given, |Checking { kind, who, of, period, existing }| {
        Ok(findings(&check_tie(kind, &who, &of, &period, &existing)))
    })
}

#[napi]
pub fn period_in_force(given: String) -> napi::Result<String> {
    rule(&given, |At { period, at }| Ok(json!(period.in_force(at))))
}

#[napi]
pub fn period_overlaps(given: String) -> napi::Result<String> {
    rule(&given, |Two { period, other }| Ok(json!(period.overlaps(&other))))
}

#[napi]
pub fn period_valid(given: String) -> napi::Result<String> {
    rule(&given, |One { period }| Ok(json!(period.valid())))
}
