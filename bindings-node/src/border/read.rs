//! Reading what a call was given.

use carekey::{Code, Error, ErrorKind};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::fault::{guard, malformed};
use super::spelling::{camel_case, core_spelling};

/// Does a rule: reads what it is given, and answers in JSON.
pub(crate) fn rule<Given: DeserializeOwned>(
    given: &str,
    rule: impl FnOnce(Given) -> carekey::Result<Value>,
) -> napi::Result<String> {
    guard(|| rule(read(given)?).map(|answer| answer.to_string()))
}

/// Reads facts and options. What is wrong with them is said by the name that
/// it has in JavaScript; what was given is never repeated.
///
/// # Errors
///
/// `input.wrong_type`, `input.unknown_word`, `id.malformed`.
pub(crate) fn read<T: DeserializeOwned>(given: &str) -> carekey::Result<T> {
    let value: Value = serde_json::from_str(given).map_err(|_| malformed("options", "well-formed text"))?;
    let value = core_spelling(value)?;
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = camel_case(&error.path().to_string());
        said(if path == "." { "options" } else { &path }, &error.inner().to_string())
    })
}

/// What serde said, as an error of carekey's.
fn said(argument: &str, text: &str) -> Error {
    let expected = text.split_once(", expected ").map_or("", |(_, expected)| expected).replace('`', "");
    if text.starts_with("unknown variant") || text.starts_with("unknown word") {
        return word(argument, expected.trim_start_matches("one of "));
    }
    if text.starts_with("unknown field") {
        let names: Vec<String> = expected.trim_start_matches("one of ").split(", ").map(camel_case).collect();
        return word(argument, &names.join(", "));
    }
    if text.starts_with("UUID parsing failed") {
        return Error::new(ErrorKind::Invalid, Code::IdMalformed);
    }
    if let Some(name) = text.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
        let name = camel_case(name);
        let name = if argument == "options" { name } else { format!("{argument}.{name}") };
        return malformed(&name, "given");
    }
    if text.starts_with("invalid") {
        return malformed(argument, in_javascript(&expected));
    }
    if text.contains("untagged") {
        return malformed(argument, "a number or a string");
    }
    // The `time` crate, of a moment.
    malformed(argument, "a Date")
}

fn word(argument: &str, choices: &str) -> Error {
    Error::new(ErrorKind::Invalid, Code::InputUnknownWord).with("argument", argument).with("choices", choices)
}

/// What serde expects, in words of JavaScript.
fn in_javascript(expected: &str) -> &str {
    match expected {
        "u8" | "u32" | "u64" | "usize" => "a whole number from 0",
        "i32" | "i64" => "a whole number",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        words if words.starts_with("a string") => "a string",
        words if words.starts_with("struct ") || words.contains("map") => "an object",
        words if words.starts_with("a tuple") => "a list",
        words if words.contains("enum") || words.contains("variant") => "one of its words",
        words => words,
    }
}
