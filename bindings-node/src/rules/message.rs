//! N: texts and links of messages.

use std::collections::BTreeMap;

use carekey::invitation::LinkToken;
use carekey::message::{Page, Text, render};
use carekey::{Locale, Params, Secret};
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use serde_json::json;

use crate::border::{guard, reads, rules};
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
    strict message_link[token](page: Page, base: String) =>
        page.link(&base, &LinkToken::parse(token.reveal()).into_result()?);
}

#[napi]
pub fn load_language(file: Uint8Array) -> napi::Result<String> {
    guard(|| Ok(json!(Locale::load(&file)?).to_string()))
}
