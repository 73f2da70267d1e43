//! Usernames, U1 to U6, and names of people.

use carekey::finding::Checked;
use carekey::name::PersonName;
use carekey::policy::{UsernamePolicy, UsernameScheme};
use carekey::username::{
    self, Clash, NameRequest, NameVerdict, StaffPattern, Taken, Usernames, check_contact, check_email, check_phone,
};
use carekey_tests::findings_json;
use serde::Deserialize;
use serde_json::{Value, json};

/// The output of a call of this part.
pub fn call(call: &str, given: &Value) -> Option<Value> {
    Some(match call {
        "username.email" => checked(
            check_email(text(given, "text")),
            |email| json!({ "typed": email.typed, "canonical": email.canonical }),
        ),
        "username.phone" => checked(
            check_phone(text(given, "text"), text(given, "country")),
            |phone| json!({ "typed": phone.typed, "e164": phone.e164 }),
        ),
        "username.contact" => checked(
            check_contact(text(given, "text"), text(given, "country")),
            |contact| json!({ "method": contact.method(), "display": contact.display(), "canonical": contact.canonical() }),
        ),
        "username.canonical" => json!(username::canonical(text(given, "text"), text(given, "country"))),
        "username.clash" => match taken(given).find(text(given, "name")) {
            None => json!({ "clash": null }),
            Some(Clash::Taken) => json!({ "clash": "taken" }),
            Some(Clash::Retired) => json!({ "clash": "retired" }),
            Some(Clash::Confusable(other)) => json!({ "clash": "confusable", "other": other }),
        },
        "username.staff" => {
            let Checked { value: pattern, findings } = StaffPattern::parse(text(given, "pattern"));
            let Some(pattern) = pattern else {
                return Some(json!({ "value": null, "findings": findings_json(&findings) }));
            };
            let max_length = given["max_length"].as_u64().and_then(|n| u32::try_from(n).ok()).unwrap();
            checked(pattern.name_for(text(given, "prefix"), &person(&given["name"]), max_length), |name| json!(name))
        }
        "username.check" => check(given),
        "name.parse" => checked(
            PersonName::parse(text(given, "text")),
            |name| json!({ "name": name, "display": name.display(), "key": name.key() }),
        ),
        _ => return None,
    })
}

/// One row of `username.check`. With `accept`, that username is accepted for
/// it after all rows have been checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    line: u64,
    scheme: UsernameScheme,
    #[serde(default)]
    name: Value,
    username: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    own: Option<String>,
    #[serde(default)]
    earlier: Vec<String>,
    accept: Option<String>,
}

/// The names in use, and those of people who were deleted.
fn taken(given: &Value) -> Taken {
    let mut taken: Taken = texts(given, "taken").into_iter().collect();
    texts(given, "retired").iter().for_each(|name| taken.insert_retired(name));
    taken
}

fn check(given: &Value) -> Value {
    let policy = given.get("policy").map_or_else(UsernamePolicy::default, |policy| {
        serde_json::from_value(policy.clone()).expect("a username policy")
    });
    let taken = taken(given);
    let mut names = match Usernames::new(&policy, text(given, "prefix"), text(given, "country"), taken) {
        Ok(names) => names,
        Err(error) => return json!({ "error": findings_json(&error.findings) }),
    };
    let rows: Vec<Row> = serde_json::from_value(given["rows"].clone()).expect("rows");
    let people: Vec<PersonName> = rows.iter().map(|row| person(&row.name)).collect();
    let requests: Vec<NameRequest<'_>> = rows
        .iter()
        .zip(&people)
        .map(|(row, name)| NameRequest {
            line: row.line,
            scheme: row.scheme,
            name,
            username: row.username.as_deref(),
            email: row.email.as_deref(),
            phone: row.phone.as_deref(),
            own: row.own.as_deref(),
            earlier: &row.earlier,
        })
        .collect();
    let mut verdicts = names.check_all(&requests);
    for ((row, request), verdict) in rows.iter().zip(&requests).zip(&mut verdicts) {
        if let Some(username) = &row.accept {
            *verdict = names.accept(request, username);
        }
    }
    json!({ "verdicts": verdicts.iter().map(verdict_json).collect::<Vec<_>>() })
}

/// What a verdict does not have is left out.
fn verdict_json(verdict: &NameVerdict) -> Value {
    let mut out = json!({ "pass": verdict.pass() });
    if let Some(username) = &verdict.username {
        out["username"] = json!(username);
        out["canonical"] = json!(verdict.canonical);
    }
    if let Some(email) = &verdict.email {
        out["email"] = json!(email.canonical);
    }
    if let Some(phone) = &verdict.phone {
        out["phone"] = json!(phone.e164);
    }
    if !verdict.findings.is_empty() {
        out["findings"] = findings_json(&verdict.findings);
    }
    if !verdict.suggestions.is_empty() {
        out["suggestions"] = json!(verdict.suggestions);
    }
    out
}

fn checked<T>(checked: Checked<T>, show: impl Fn(&T) -> Value) -> Value {
    json!({ "value": checked.value.as_ref().map(show), "findings": findings_json(&checked.findings) })
}

/// A name by its parts, or as one text.
fn person(name: &Value) -> PersonName {
    match name {
        Value::Null => PersonName::default(),
        Value::String(text) => PersonName::parse(text).value.expect("a name"),
        parts => serde_json::from_value(parts.clone()).expect("parts of a name"),
    }
}

fn text<'a>(given: &'a Value, key: &str) -> &'a str {
    given[key].as_str().unwrap_or_else(|| panic!("no text {key} in {given}"))
}

fn texts(given: &Value, key: &str) -> Vec<String> {
    given.get(key).map_or_else(Vec::new, |texts| serde_json::from_value(texts.clone()).expect("a list of texts"))
}
