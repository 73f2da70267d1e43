//! The table of codes: what each weighs and says, in each language.

use std::collections::BTreeSet;

use carekey::{Code, Finding, Locale, Params};
use serde_json::{Map, Value, json};

/// Answers the calls of the table.
pub fn call(call: &str, given: &Value) -> Option<Value> {
    (call == "finding.message").then(|| {
        let Ok(code) = given["code"].as_str().expect("a code").parse::<Code>() else {
            return json!({ "unknown": true });
        };
        let params: Params = given
            .get("params")
            .map(|params| serde_json::from_value(params.clone()).expect("parameters"))
            .unwrap_or_default();
        let finding = Finding { params, ..Finding::new(code, "field") };
        let mut out = Map::new();
        out.insert("severity".to_owned(), json!(finding.severity));
        for locale in Locale::ALL {
            out.insert(locale.to_string(), json!(finding.message(*locale)));
        }
        Value::Object(out)
    })
}

/// A code that is added comes with a case that shows its texts, with a value
/// for each of its parameters.
#[test]
fn every_code_has_a_case() {
    let mut missing: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    for (_, file) in carekey_tests::case_files() {
        for case in file.cases.iter().filter(|_| file.call == "finding.message") {
            let Ok(code) = case.given["code"].as_str().expect("a code").parse::<Code>() else { continue };
            let given = case.given["params"].as_object().map_or(0, Map::len);
            if given == code.params().len() && code.params().iter().all(|name| case.given["params"].get(name).is_some())
            {
                missing.remove(code.as_str());
            }
        }
    }
    assert!(missing.is_empty(), "no case in n-finding-texts.json for {missing:?}");
}
