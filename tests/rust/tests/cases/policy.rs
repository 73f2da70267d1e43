//! Policies (P1): reading, ranges, and where they depart from the standards.

use carekey::policy::Policy;
use carekey::{Locale, finding};
use carekey_tests::findings_json;
use serde_json::{Map, Value, json};

/// The output of a call, or `None` where it is not one of these.
pub(crate) fn call(call: &str, given: &Value) -> Option<Value> {
    Some(match call {
        "policy.check" => findings_json(&policy(given).departures()),
        "policy.explain" => {
            let locale: Locale = serde_json::from_value(given["locale"].clone()).expect("a language");
            policy(given).departures().iter().map(|finding| finding.message(locale)).collect()
        }
        "policy.findings" => findings_json(&policy(given).findings()),
        "policy.read" => read(given),
        _ => return None,
    })
}

/// The policy of a case: a preset by name, or one in JSON.
fn policy(given: &Value) -> Policy {
    match given["preset"].as_str() {
        Some("agency") => Policy::agency(),
        Some("evv_state") => Policy::evv_state(),
        Some("nist_800_63b_4") => Policy::nist_800_63b_4(),
        Some(other) => panic!("no preset {other}"),
        None => serde_json::from_value(given["policy"].clone()).expect("a policy"),
    }
}

/// The policy that was read, whole or the settings that the case wants shown;
/// or the findings.
fn read(given: &Value) -> Value {
    let read = match given["json"].as_str() {
        Some(json) => Policy::read(json),
        None => finding::Checked::pass(policy(given)),
    };
    let Some(policy) = read.value else { return json!({ "findings": findings_json(&read.findings) }) };
    let whole = json!(policy);
    let Some(settings) = given["show"].as_array() else { return json!({ "policy": whole }) };
    let shown = settings.iter().map(|setting| {
        let setting = setting.as_str().expect("a setting");
        (setting.to_owned(), setting.split('.').fold(&whole, |group, name| &group[name]).clone())
    });
    json!({ "policy": shown.collect::<Map<_, _>>() })
}
