//! B: rosters, read, previewed and written.

use carekey::name::PersonName;
use carekey::roster::{Known, Preview, Roster, RosterRow, RowCheck, Who, WhoDecision};
use carekey::username::{Taken, Usernames, canonical, check_email, check_phone};
use carekey::{Error, Locale, PartyId, Policy};
use carekey_tests::findings_json;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// Answers the calls of rule B.
pub fn call(call: &str, given: &Value) -> Option<Value> {
    Some(match call {
        "roster.read" => read(given).map_or_else(error_json, |roster| {
            let mut out = json!({ "rows": roster.rows().iter().map(row_json).collect::<Value>() });
            if !roster.findings().is_empty() {
                out["findings"] = findings_json(roster.findings());
            }
            out
        }),
        "roster.check" => preview(given).map_or_else(error_json, |preview| {
            let mut out =
                json!({ "rows": preview.rows().iter().map(|row| check_json(row, &preview)).collect::<Value>() });
            if !preview.gone().is_empty() {
                out["gone"] = preview.gone().iter().map(|party| party_json(*party)).collect();
            }
            if !preview.decisions().is_empty() {
                out["decisions"] = preview.decisions().iter().map(decision_json).collect();
            }
            out
        }),
        "roster.summary" => preview(given).map_or_else(error_json, |preview| {
            let groups = preview.by_role().into_iter().map(|group| {
                let lines: Vec<u64> = group.rows.iter().map(|row| row.row.line).collect();
                json!({ "role": group.role, "summary": group.summary, "lines": lines })
            });
            json!({ "summary": preview.summary(), "groups": groups.collect::<Value>() })
        }),
        "roster.write" => preview(given).map_or_else(error_json, |preview| {
            let locale: Locale = given["locale"].as_str().unwrap_or("en").parse().expect("a locale");
            let mut out = Vec::new();
            preview.write_failed(&mut out, locale).expect("memory can be written");
            json!({ "csv": String::from_utf8(out).expect("UTF-8") })
        }),
        _ => return None,
    })
}

fn read(given: &Value) -> carekey::Result<Roster> {
    if let Some(rows) = given.get("rows") {
        let rows: Vec<RosterRow> = serde_json::from_value(rows.clone()).expect("rows");
        return Ok(Roster::from_rows(rows));
    }
    if let Some(table) = given.get("table") {
        let titles: Vec<String> = serde_json::from_value(table["titles"].clone()).expect("titles");
        let rows: Vec<Vec<String>> = serde_json::from_value(table["rows"].clone()).expect("rows");
        return Roster::from_table(titles, rows);
    }
    match (given["csv"].as_str(), given["base64"].as_str(), given["file"].as_str()) {
        (Some(text), _, _) => Roster::from_csv(text.as_bytes()),
        (_, Some(text), _) => {
            let bytes = data_encoding::BASE64.decode(text.as_bytes()).expect("base 64");
            Roster::from_csv(bytes.as_slice())
        }
        (_, _, Some(name)) => {
            let path = carekey_tests::tests_folder().join("rosters").join(name);
            Roster::from_csv(std::fs::File::open(path).expect("a roster"))
        }
        _ => panic!("a roster is csv, base64, file, table or rows"),
    }
}

/// Defaults: prefix 104, country US, nobody known, nothing taken, nothing decided.
fn preview(given: &Value) -> carekey::Result<Preview> {
    let country = given["country"].as_str().unwrap_or("US");
    let policy: Policy = given
        .get("policy")
        .map_or_else(Policy::default, |policy| serde_json::from_value(policy.clone()).expect("a policy"));
    let list = |name: &str| given[name].as_array().cloned().unwrap_or_default();
    let known: Vec<Known> = list("known").iter().map(|known| known_party(known, country)).collect();
    let names = list("taken").into_iter().map(|name| canonical(name.as_str().expect("a name"), country));
    let taken: Vec<String> = names.chain(known.iter().filter_map(|known| known.username_canonical.clone())).collect();
    let mut taken: Taken = taken.iter().map(String::as_str).collect();
    for name in list("retired") {
        taken.insert_retired(&canonical(name.as_str().expect("a name"), country));
    }
    let decisions: Vec<WhoDecision> = list("decisions").iter().map(decision).collect();
    let usernames = Usernames::new(&policy.username, given["prefix"].as_str().unwrap_or("104"), country, taken)?;
    let mut preview = read(given)?.preview(&known, &decisions, usernames, &policy, country);
    for step in list("then") {
        if step == "accept_suggestions" {
            preview.accept_suggestions();
        } else if let Some(line) = step["decide"].as_u64() {
            preview.decide(line, who(&step["who"]))?;
        } else if let Some(name) = step["username"].as_str() {
            preview.accept(step["line"].as_u64().expect("a line"), name)?;
        } else {
            preview.decline(step["decline"].as_u64().expect("a line"))?;
        }
    }
    Ok(preview)
}

/// A decision as cases write it: the party is a small number.
fn decision(given: &Value) -> WhoDecision {
    WhoDecision { said: given["said"].as_str().expect("a digest").to_owned(), who: who(&given["who"]) }
}

fn decision_json(decision: &WhoDecision) -> Value {
    let who = match decision.who {
        Who::Same(party) => json!({ "same": party_json(party) }),
        Who::Another => json!("another"),
    };
    json!({ "said": decision.said, "who": who })
}

fn who(given: &Value) -> Who {
    match given["same"].as_u64() {
        Some(number) => Who::Same(PartyId(Uuid::from_u128(number.into()))),
        None => {
            assert_eq!(given, "another");
            Who::Another
        }
    }
}

/// Someone the agency knows, as cases write them: `party` is a small number,
/// `account` says whether they have one, `active` whether its user has come,
/// `joined` whether it was made for another, `invited` whether they were
/// invited, and `organization` is the name of one.
fn known_party(given: &Value, country: &str) -> Known {
    let text = |name: &str| given[name].as_str().map(str::to_owned);
    let name = match text("organization") {
        Some(organization) => PersonName { last: Some(organization), ..PersonName::default() },
        None => PersonName::parse(given["name"].as_str().expect("a name")).into_result().expect("a name"),
    };
    let number = given["party"].as_u64().expect("a number");
    Known {
        party: PartyId(Uuid::from_u128(number.into())),
        account: given["account"]
            .as_bool()
            .filter(|has| *has)
            .map(|_| carekey::AccountId(Uuid::from_u128(number.into()))),
        active: given["active"].as_bool().unwrap_or(false),
        joined: given["joined"].as_bool().unwrap_or(false),
        unrecorded: given["unrecorded"].as_bool().unwrap_or(false),
        deleted: false,
        invited: given["invited"].as_bool().unwrap_or(false),
        external_id: text("external_id"),
        name_key: name.key(),
        display_name: name.display(),
        nickname: name.nickname,
        roles: serde_json::from_value(given["roles"].clone()).expect("roles"),
        username_canonical: text("username").map(|name| canonical(&name, country)),
        own_names: given["own_names"].as_array().map_or_else(Vec::new, |names| {
            names.iter().map(|name| canonical(name.as_str().expect("a name"), country)).collect()
        }),
        account_email: text("account_email").map(|text| check_email(&text).value.expect("an e-mail").canonical),
        account_phone: text("account_phone").map(|text| check_phone(&text, country).value.expect("a phone").e164),
        email_canonical: text("email").map(|text| check_email(&text).value.expect("an e-mail").canonical),
        phone_e164: text("phone").map(|text| check_phone(&text, country).value.expect("a phone").e164),
        preferred: serde_json::from_value(given["preferred"].clone()).expect("a method"),
        locale: serde_json::from_value(given["locale"].clone()).expect("a locale"),
        note: text("note"),
    }
}

fn party_json(party: PartyId) -> Value {
    json!(u64::try_from(party.0.as_u128()).expect("a small number"))
}

/// What the row says; what it leaves blank is left out.
fn row_json(row: &RosterRow) -> Value {
    let mut out = json!(row);
    if !row.findings.is_empty() {
        out["findings"] = findings_json(&row.findings);
    }
    without_blanks(out)
}

fn check_json(check: &RowCheck, preview: &Preview) -> Value {
    without_blanks(json!({
        "line": check.row.line,
        "state": check.state(),
        "action": check.action,
        "party": check.party.map(party_json),
        "maybe": check.maybe.iter().map(|party| party_json(*party)).collect::<Value>(),
        "same_as": check.same_as,
        "username": check.username,
        "canonical": check.canonical.as_ref().filter(|canonical| Some(*canonical) != check.username.as_ref()),
        "findings": findings_json(&check.findings),
        "suggestions": preview.suggestions(check.row.line),
        "changes": check.changes.iter().map(|change| json!([change.field, change.before, change.after])).collect::<Value>(),
    }))
}

fn error_json(error: Error) -> Value {
    let mut out = json!({ "error": error.code });
    if !error.params.is_empty() {
        out["params"] = json!(error.params);
    }
    if !error.findings.is_empty() {
        out["findings"] = findings_json(&error.findings);
    }
    out
}

/// An object without nulls, empty lists and empty objects.
fn without_blanks(value: Value) -> Value {
    let Value::Object(map) = value else { return value };
    let blank = |value: &Value| match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    Value::Object(map.into_iter().filter(|(_, value)| !blank(value)).collect::<Map<_, _>>())
}
