//! Names as JavaScript spells them, read as the core spells them.

use carekey::{Code, Error, ErrorKind};
use serde_json::{Map, Value};

/// What is under these names is data with names of its own: a policy is the
/// same document in every language, and parameters are those of a code.
const AS_THEY_ARE: [&str; 4] = ["policy", "params", "details", "secrets"];

/// `beginsAt` as `begins_at`, however deep. A name that is spelt `begins_at`
/// already is refused: there is one way to say a thing.
pub(super) fn core_spelling(value: Value) -> carekey::Result<Value> {
    Ok(match value {
        Value::Array(items) => Value::Array(items.into_iter().map(core_spelling).collect::<Result<_, _>>()?),
        Value::Object(fields) => {
            let mut out = Map::new();
            for (name, value) in fields {
                if name.contains('_') {
                    let error = Error::new(ErrorKind::Invalid, Code::InputUnknownWord);
                    return Err(error.with("argument", "name").with("choices", camel_case(&name)));
                }
                let value = if AS_THEY_ARE.contains(&name.as_str()) { value } else { core_spelling(value)? };
                out.insert(snake_case(&name), value);
            }
            Value::Object(out)
        }
        other => other,
    })
}

fn snake_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

pub(super) fn camel_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut upper = false;
    for c in name.chars() {
        if c == '_' {
            upper = true;
        } else {
            out.push(if upper { c.to_ascii_uppercase() } else { c });
            upper = false;
        }
    }
    out
}
