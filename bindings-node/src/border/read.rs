//! Reading what a call was given.

use carekey::{Code, Error, ErrorKind};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use super::fault::{guard, malformed};
use super::given::{Given, Wrong};
use super::spelling::{camel_case, core_spelling};
use crate::show::Show;

/// Does a rule: reads what it is given, and answers in JSON.
pub(crate) fn rule<Given: DeserializeOwned, Answer: Show>(
    given: &str,
    rule: impl FnOnce(Given) -> carekey::Result<Answer>,
) -> napi::Result<String> {
    guard(|| rule(read(given)?).map(|answer| answer.show().to_string()))
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
    serde_path_to_error::deserialize(Given(&value)).map_err(|error| {
        let path = camel_case(&error.path().to_string());
        let argument = if path == "." { "options" } else { &path };
        said(argument, error.inner(), at(&value, error.path()))
    })
}

/// What is wrong, as an error of carekey's.
fn said(argument: &str, wrong: &Wrong, given: Option<&Value>) -> Error {
    match wrong {
        Wrong::Type(expected) => malformed(argument, expected),
        Wrong::Word(words) => word(argument, words),
        Wrong::NoWord => word(argument, &[]),
        Wrong::Name(names) => {
            let names: Vec<String> = names.iter().map(|name| camel_case(name)).collect();
            word(argument, &names.iter().map(String::as_str).collect::<Vec<_>>())
        }
        Wrong::Missing(name) if argument == "options" => malformed(&camel_case(name), "given"),
        Wrong::Missing(name) => malformed(&format!("{argument}.{}", camel_case(name)), "given"),
        Wrong::Id => Error::new(ErrorKind::Invalid, Code::IdMalformed),
        // A type of the core read it itself: a moment, or what may be either.
        Wrong::Unreadable if given.is_some_and(Value::is_string) => malformed(argument, "a Date"),
        Wrong::Unreadable => malformed(argument, "a number or a string"),
    }
}

fn word(argument: &str, choices: &[&str]) -> Error {
    let error = Error::new(ErrorKind::Invalid, Code::InputUnknownWord);
    error.with("argument", argument).with("choices", choices.join(", "))
}

/// What was given in that place.
fn at<'a>(value: &'a Value, path: &Path) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, segment| match segment {
        Segment::Seq { index } => value.get(index),
        Segment::Map { key } => value.get(key),
        Segment::Enum { variant } => value.get(variant),
        Segment::Unknown => None,
    })
}
