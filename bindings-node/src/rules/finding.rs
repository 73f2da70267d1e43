//! The table of codes, and the words of the rulebook.

use carekey::{Code, Finding, Locale, Params};
use napi_derive::napi;
use serde_json::{Value, json};

use crate::border::rules;

rules! {
    finding_message(code: Code, #[serde(default)] params: Params, locale: Locale) =>
        Finding { params, ..Finding::new(code, "") }.message(locale);
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
