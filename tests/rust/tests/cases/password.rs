//! Passwords and security questions: P and Q.

use carekey::password::questions::{Answer, Question, VERSION, check_answers, normalise_answer};
use carekey::password::{Change, Hasher, Person, check_hash, temporary};
use carekey::policy::{Argon2Cost, PasswordPolicy, QuestionPolicy, TemporaryPasswordPolicy};
use carekey_tests::findings_json;
use serde_json::{Value, json};

/// The output of a call of this part, or `None` where it is none of its calls.
pub fn call(call: &str, given: &Value) -> Option<Value> {
    Some(match call {
        "password.check" => check(given),
        "password.change" => change(given),
        "password.temporary" => make_temporary(given),
        "password.hash" => hash(given),
        "password.verify" => verify(given),
        "password.stored" => {
            let checked = check_hash(text(&given["stored"]));
            json!({ "kind": checked.value, "findings": findings_json(&checked.findings) })
        }
        "questions.check" => questions(given),
        "questions.normalise" => json!(normalise_answer(text(&given["text"])).reveal()),
        "questions.list" => {
            let locale = text(&given["locale"]).parse().expect("a locale");
            let list: Vec<Value> = Question::ALL
                .iter()
                .map(|question| json!({ "id": question.id, "text": question.text(locale) }))
                .collect();
            json!({ "version": VERSION, "questions": list })
        }
        _ => return None,
    })
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// A policy: the name of a preset, or its fields.
fn policy(given: &Value) -> PasswordPolicy {
    let policy = match given["policy"].as_str() {
        None | Some("agency") => PasswordPolicy::agency(),
        Some("evv_state") => PasswordPolicy::evv_state(),
        Some("nist_800_63b_4") => PasswordPolicy::nist_800_63b_4(),
        Some(other) => panic!("no preset {other}"),
    };
    let policy = if given["policy"].is_object() {
        serde_json::from_value(given["policy"].clone()).expect("a policy")
    } else {
        policy
    };
    if given["second_factor"] == json!(true) { policy.beside_second_factor() } else { policy }
}

fn with_person<T>(given: &Value, act: impl FnOnce(&Person<'_>) -> T) -> T {
    let person = &given["person"];
    let names: Vec<&str> = person["names"].as_array().into_iter().flatten().map(text).collect();
    act(&Person {
        names: &names,
        username: person["username"].as_str(),
        email: person["email"].as_str(),
        agency: person["agency"].as_str(),
    })
}

fn check(given: &Value) -> Value {
    let list = with_person(given, |person| policy(given).check(text(&given["password"]), person));
    let rules: Vec<Value> = list.rules.iter().map(|rule| json!({ "code": rule.code, "met": rule.met })).collect();
    json!({ "passes": list.passes(), "rules": rules, "findings": findings_json(&list.findings()) })
}

fn change(given: &Value) -> Value {
    let change = Change {
        new: text(&given["new"]),
        confirm: text(&given["confirm"]),
        current_matches: given["current_matches"].as_bool(),
        same_as_current: given["same_as_current"] == json!(true),
        reused: given["reused"] == json!(true),
    };
    findings_json(&with_person(given, |person| policy(given).check_change(&change, person)))
}

fn make_temporary(given: &Value) -> Value {
    let length = given["length"].as_u64().map_or(12, |length| u32::try_from(length).expect("a length"));
    let settings = TemporaryPasswordPolicy { length, ..TemporaryPasswordPolicy::default() };
    let policy = policy(given);
    let password = temporary(&policy, &settings, &mut rand::rng());
    json!({
        "length": password.reveal().chars().count(),
        "passes": policy.check(password.reveal(), &Person::default()).passes(),
        "look_alikes": password.reveal().chars().filter(|c| "0OoQD1IliLjJ!|2Zz5Ss$6Gb8B&gqUuVv".contains(*c)).count(),
    })
}

fn hasher(given: &Value) -> Hasher {
    let cost: Argon2Cost = match &given["cost"] {
        Value::Null => Argon2Cost::default(),
        cost => serde_json::from_value(cost.clone()).expect("a cost"),
    };
    let pepper = given["pepper"].as_u64().map(|byte| [u8::try_from(byte).expect("a byte"); 32]);
    Hasher::new(cost, pepper)
}

fn hash(given: &Value) -> Value {
    let hasher = hasher(given);
    let password = text(&given["password"]);
    match hasher.hash(password, &mut rand::rng()) {
        Ok(stored) => {
            // All up to the salt, which differs each time.
            let head: Vec<&str> = stored.split('$').take(4).collect();
            let verified = hasher.verify(&stored, password).expect("a hash of its own");
            json!({ "head": head.join("$"), "matches": verified.matches, "renew": verified.renew })
        }
        Err(error) => json!({ "findings": findings_json(&error.findings) }),
    }
}

fn verify(given: &Value) -> Value {
    match hasher(given).verify(text(&given["stored"]), text(&given["password"])) {
        Ok(verified) => json!({ "matches": verified.matches, "renew": verified.renew }),
        Err(error) => json!({ "findings": findings_json(&error.findings) }),
    }
}

fn questions(given: &Value) -> Value {
    let policy: QuestionPolicy = match &given["policy"] {
        Value::Null => QuestionPolicy::default(),
        policy => serde_json::from_value(policy.clone()).expect("a policy"),
    };
    let answers: Vec<Answer<'_>> = given["answers"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|answer| Answer { question: text(&answer["question"]), answer: text(&answer["answer"]) })
        .collect();
    findings_json(&check_answers(&policy, given["username"].as_str().unwrap_or(""), &answers))
}
