//! N: texts and links of messages.

use std::collections::BTreeMap;

use carekey::invitation::LinkToken;
use carekey::message::{self, Page, Text, check_link_base, check_template, fields, masked, render, retry_at, shipped};
use carekey::words::MessageKind;
use carekey::{Locale, Method, Params, Secret};
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use serde_json::{Value, json};
use time::Duration;

use super::policy_or_default;
use crate::border::{Moment, guard, reads, rules};
use crate::show::Show;

/// The facts name the secrets; their values come beside them.
#[napi]
pub fn message_render(given: String, secrets: Vec<String>) -> napi::Result<String> {
    let values: Vec<Secret> = secrets.into_iter().map(Secret::from).collect();
    guard(|| {
        reads!(strict &given => text: Text, #[serde(default)] params: Params, #[serde(default)] secrets: Vec<String>);
        let secrets: BTreeMap<String, Secret> = secrets.into_iter().zip(values).collect();
        Ok(render(&text, &params, &secrets).show().to_string())
    })
}

rules! {
    message_fields(kind: MessageKind) => fields(kind);

    strict message_check_template(kind: MessageKind, method: Method, text: Text) =>
        check_template(kind, method, &text);

    strict message_shipped(kind: MessageKind, method: Method, locale: Locale) => shipped(kind, method, locale);

    strict message_masked(kind: MessageKind, text: Text, #[serde(default)] params: Params) =>
        masked(kind, &text, &params);

    message_page(kind: MessageKind) => Page::of(kind);

    strict message_address(page: Page, base: String) => page.address(&base);

    strict message_link[token](page: Page, base: String) =>
        page.link(&base, &LinkToken::parse(token.reveal()).into_result()?);

    message_link_base(text: String) => check_link_base(&text);

    strict message_retry_at(policy: Option<Value>, tries: u32, now: Moment) =>
        retry_at(&policy_or_default(policy.as_ref())?.outbox, tries, now.0);

    message_span(ms: i64, locale: Locale) => message::span(Duration::milliseconds(ms), locale);

    message_moment(at: Moment, locale: Locale) => message::moment(at.0, locale);
}

#[napi]
pub fn load_language(file: Uint8Array) -> napi::Result<String> {
    guard(|| Ok(json!(Locale::load(&file)?).to_string()))
}
