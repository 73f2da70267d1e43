//! H: the chain of a history, and its exports.

use carekey::history::{Head, Line, to_csv, to_json_lines, verify};
use data_encoding::HEXLOWER_PERMISSIVE as HEX;
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::border::{guard, malformed, reads, rules};
use crate::show::Show;

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

fn key(key: &Uint8Array) -> carekey::Result<Zeroizing<[u8; 32]>> {
    <[u8; 32]>::try_from(&**key).map(Zeroizing::new).map_err(|_| malformed("key", "32 bytes"))
}

#[napi]
pub fn history_append(given: String, secret: Uint8Array) -> napi::Result<String> {
    guard(|| {
        reads!(&given => head: HeadOf, line: Written);
        let (mut head, mut line) = (head.read()?, line.read()?);
        head.append(&*key(&secret)?, &mut line);
        let head = json!({ "length": head.length, "mac": HEX.encode(&head.mac) });
        Ok(json!({ "line": line.show(), "head": head }).to_string())
    })
}

#[napi]
pub fn history_verify(given: String, secret: Uint8Array) -> napi::Result<String> {
    guard(|| {
        reads!(&given => subject: Uuid, lines: Vec<Written>, head: HeadOf);
        verify(&*key(&secret)?, subject, &Written::all(lines)?, &head.read()?).map(|()| json!(()).to_string())
    })
}

rules! {
    history_csv(lines: Vec<Written>) => to_csv(&Written::all(lines)?)?;

    history_json_lines(lines: Vec<Written>) => to_json_lines(&Written::all(lines)?)?;
}
