//! H: the chain of a history, and its exports.

use carekey::history::{Head, Line, to_csv, to_json_lines, verify};
use data_encoding::HEXLOWER_PERMISSIVE as HEX;
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::border::{malformed, rule};
use crate::show::line;

/// A line as JavaScript has it: its digest in hexadecimal.
#[derive(Deserialize)]
struct Written {
    #[serde(flatten)]
    line: Line,
    #[serde(default)]
    mac: String,
}

#[derive(Deserialize)]
struct HeadOf {
    length: i64,
    mac: String,
}

#[derive(Deserialize)]
struct Appending {
    head: HeadOf,
    line: Written,
}

#[derive(Deserialize)]
struct Verifying {
    subject: Uuid,
    lines: Vec<Written>,
    head: HeadOf,
}

#[derive(Deserialize)]
struct Lines {
    lines: Vec<Written>,
}

fn bytes(hex: &str) -> carekey::Result<Vec<u8>> {
    HEX.decode(hex.as_bytes()).map_err(|_| malformed("mac", "hexadecimal"))
}

impl Written {
    fn read(self) -> carekey::Result<Line> {
        Ok(Line { mac: bytes(&self.mac)?, ..self.line })
    }

    fn all(lines: Vec<Self>) -> carekey::Result<Vec<Line>> {
        lines.into_iter().map(Self::read).collect()
    }
}

impl HeadOf {
    fn read(&self) -> carekey::Result<Head> {
        Ok(Head { length: self.length, mac: bytes(&self.mac)? })
    }
}

fn head(head: &Head) -> Value {
    json!({ "length": head.length, "mac": HEX.encode(&head.mac) })
}

fn key(key: &Uint8Array) -> carekey::Result<Zeroizing<[u8; 32]>> {
    <[u8; 32]>::try_from(&**key).map(Zeroizing::new).map_err(|_| malformed("key", "32 bytes"))
}

#[napi]
pub fn history_append(given: String, secret: Uint8Array) -> napi::Result<String> {
    rule(&given, |given: Appending| {
        let (mut next, mut written) = (given.head.read()?, given.line.read()?);
        next.append(&*key(&secret)?, &mut written);
        Ok(json!({ "line": line(&written), "head": head(&next) }))
    })
}

#[napi]
pub fn history_verify(given: String, secret: Uint8Array) -> napi::Result<String> {
    rule(&given, |Verifying { subject, lines, head }| {
        verify(&*key(&secret)?, subject, &Written::all(lines)?, &head.read()?)?;
        Ok(Value::Null)
    })
}

#[napi]
pub fn history_csv(given: String) -> napi::Result<String> {
    rule(&given, |Lines { lines }| Ok(json!(to_csv(&Written::all(lines)?)?)))
}

#[napi]
pub fn history_json_lines(given: String) -> napi::Result<String> {
    rule(&given, |Lines { lines }| Ok(json!(to_json_lines(&Written::all(lines)?)?)))
}
