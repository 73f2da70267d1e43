//! The table of codes, and the words of the rulebook.

use carekey::agency::RowOutcome;
use carekey::{Code, ErrorKind, Finding, Locale, Params};
use napi_derive::napi;
use serde_json::{Value, json};

use crate::border::rules;

rules! {
    finding_message(code: Code, #[serde(default)] params: Params, locale: Locale) =>
        Finding { params, ..Finding::new(code, "") }.message(locale);

    row_outcome_label(outcome: String, locale: Locale) => {
        let outcome = outcome.parse::<RowOutcome>();
        let choices = || RowOutcome::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(", ");
        let unknown = || carekey::Error::new(ErrorKind::Invalid, Code::InputUnknownWord).with("argument", "outcome");
        outcome.map_err(|_| unknown().with("choices", choices()))?.label(locale)
    };
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
    crate::show::all_words().to_string()
}
