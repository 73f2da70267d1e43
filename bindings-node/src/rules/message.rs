//! N: texts and links of messages.

use std::collections::BTreeMap;

use carekey::invitation::LinkToken;
use carekey::message::{self, Page, Text, check_link_base, check_template, fields, masked, render, retry_at, shipped};
use carekey::words::MessageKind;
use carekey::{Locale, Method, Params, Secret};
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use serde::Deserialize;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use super::policy_or_default;
use crate::border::{guard, rule};
use crate::show::{checked, findings, moment_or_null, secret};

#[derive(Deserialize)]
struct Kind {
    kind: MessageKind,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    kind: MessageKind,
    method: Method,
    text: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    kind: MessageKind,
    method: Method,
    locale: Locale,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rendering {
    text: Text,
    #[serde(default)]
    params: Params,
    /// The names of the secrets; their values come beside them.
    #[serde(default)]
    secrets: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Masking {
    kind: MessageKind,
    text: Text,
    #[serde(default)]
    params: Params,
}

#[derive(Deserialize)]
struct Base {
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Linking {
    page: Page,
    base: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Retrying {
    policy: Option<Value>,
    tries: u32,
    #[serde(deserialize_with = "crate::border::moment::deserialize")]
    now: OffsetDateTime,
}

#[derive(Deserialize)]
struct Span {
    ms: i64,
    locale: Locale,
}

#[derive(Deserialize)]
struct Moment {
    #[serde(deserialize_with = "crate::border::moment::deserialize")]
    at: OffsetDateTime,
    locale: Locale,
}

fn text(text: &Text) -> Value {
    json!({ "subject": text.subject, "body": text.body })
}

#[napi]
pub fn message_fields(given: String) -> napi::Result<String> {
    rule(&given, |Kind { kind }| {
        let fields = fields(kind);
        Ok(json!({ "params": fields.params, "secrets": fields.secrets }))
    })
}

#[napi]
pub fn message_check_template(given: String) -> napi::Result<String> {
    rule(&given, |Template { kind, method, text }| Ok(findings(&check_template(kind, method, &text))))
}

#[napi]
pub fn message_shipped(given: String) -> napi::Result<String> {
    rule(&given, |Shipped { kind, method, locale }| Ok(text(&shipped(kind, method, locale))))
}

#[napi]
pub fn message_render(given: String, secrets: Vec<String>) -> napi::Result<String> {
    let values: Vec<Secret> = secrets.into_iter().map(Secret::from).collect();
    rule(&given, |Rendering { text, params, secrets }| {
        let secrets: BTreeMap<String, Secret> = secrets.into_iter().zip(values).collect();
        let rendered = render(&text, &params, &secrets);
        Ok(json!({ "subject": rendered.subject, "body": secret(&rendered.body) }))
    })
}

#[napi]
pub fn message_masked(given: String) -> napi::Result<String> {
    rule(&given, |Masking { kind, text: template, params }| Ok(text(&masked(kind, &template, &params))))
}

#[napi]
pub fn message_page(given: String) -> napi::Result<String> {
    rule(&given, |Kind { kind }| Ok(json!(Page::of(kind))))
}

#[napi]
pub fn message_address(given: String) -> napi::Result<String> {
    rule(&given, |Linking { page, base }| Ok(json!(page.address(&base))))
}

#[napi]
pub fn message_link(given: String, token: String) -> napi::Result<String> {
    let token = Secret::from(token);
    rule(&given, |Linking { page, base }| {
        let token = LinkToken::parse(token.reveal()).into_result()?;
        Ok(secret(&page.link(&base, &token)))
    })
}

#[napi]
pub fn message_link_base(given: String) -> napi::Result<String> {
    rule(&given, |Base { text }| Ok(checked(&check_link_base(&text), |base| json!(base))))
}

#[napi]
pub fn message_retry_at(given: String) -> napi::Result<String> {
    rule(&given, |Retrying { policy, tries, now }| {
        Ok(moment_or_null(retry_at(&policy_or_default(policy.as_ref())?.outbox, tries, now)))
    })
}

#[napi]
pub fn message_span(given: String) -> napi::Result<String> {
    rule(&given, |Span { ms, locale }| Ok(json!(message::span(Duration::milliseconds(ms), locale))))
}

#[napi]
pub fn message_moment(given: String) -> napi::Result<String> {
    rule(&given, |Moment { at, locale }| Ok(json!(message::moment(at, locale))))
}

#[napi]
pub fn load_language(file: Uint8Array) -> napi::Result<String> {
    guard(|| Ok(json!(Locale::load(&file)?).to_string()))
}
