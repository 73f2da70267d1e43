//! The table of codes, and the words of the rulebook.

use carekey::account::State;
use carekey::agency::{AdministrativeAct, ReviewKind, RowOutcome, UserColumn};
use carekey::invitation::{OfficeAction, Standing};
use carekey::message::Page;
use carekey::password::HashKind;
use carekey::policy::{EnrolmentScheme, RecoveryMethod, UsernameScheme};
use carekey::roster::{RowAction, RowState};
use carekey::visibility::{Cell, Scope};
use carekey::words::{ActorKind, EventKind, MessageKind, MessageState};
use carekey::{Code, ErrorKind, Finding, Locale, Method, Params, PartyKind, Resource, Role, Severity, Stage, TieKind};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::border::rule;

#[derive(Deserialize)]
struct Message {
    code: Code,
    #[serde(default)]
    params: Params,
    locale: Locale,
}

#[derive(Deserialize)]
struct Outcome {
    outcome: String,
    locale: Locale,
}

#[napi]
pub fn finding_message(given: String) -> napi::Result<String> {
    rule(&given, |Message { code, params, locale }| {
        Ok(json!(Finding { params, ..Finding::new(code, "") }.message(locale)))
    })
}

#[napi]
pub fn row_outcome_label(given: String) -> napi::Result<String> {
    rule(&given, |Outcome { outcome, locale }| {
        let outcome = outcome.parse::<RowOutcome>();
        let choices = || RowOutcome::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(", ");
        let unknown = || carekey::Error::new(ErrorKind::Invalid, Code::InputUnknownWord).with("argument", "outcome");
        Ok(json!(outcome.map_err(|_| unknown().with("choices", choices()))?.label(locale)))
    })
}

/// The whole table of codes.
#[napi]
pub fn codes() -> String {
    let codes = Code::ALL
        .iter()
        .map(|code| json!({ "code": code, "severity": code.severity(), "params": code.params(), "rule": code.rule() }));
    codes.collect::<Value>().to_string()
}

/// Every union of words that the type definitions have, for the test that
/// holds the two against each other.
#[napi]
pub fn words() -> String {
    json!({
        "ActorKind": ActorKind::ALL,
        "AdministrativeAct": AdministrativeAct::ALL,
        "Cell": Cell::ALL,
        "EnrolmentScheme": EnrolmentScheme::ALL,
        "ErrorKind": ErrorKind::ALL,
        "EventKind": EventKind::ALL,
        "HashKind": HashKind::ALL,
        "Locale": Locale::ALL,
        "MessageKind": MessageKind::ALL,
        "MessageState": MessageState::ALL,
        "Method": Method::ALL,
        "OfficeAction": OfficeAction::ALL,
        "Page": Page::ALL,
        "PartyKind": PartyKind::ALL,
        "RecoveryMethod": RecoveryMethod::ALL,
        "Resource": Resource::ALL,
        "ReviewKind": ReviewKind::ALL,
        "Role": Role::ALL,
        "RowAction": RowAction::ALL,
        "RowOutcome": RowOutcome::ALL,
        "RowState": RowState::ALL,
        "Scope": Scope::ALL,
        "Severity": Severity::ALL,
        "Stage": Stage::ALL,
        "Standing": Standing::ALL,
        "State": State::ALL,
        "TieKind": TieKind::ALL,
        "UserColumn": UserColumn::ALL,
        "UsernameScheme": UsernameScheme::ALL,
    })
    .to_string()
}
