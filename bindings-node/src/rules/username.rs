//! U: usernames, and names of people.

use std::sync::{Mutex, PoisonError};

use carekey::name::PersonName;
use carekey::policy::UsernameScheme;
use carekey::username::{
    self, Clash, NameRequest, NameVerdict, StaffPattern, Taken, check_contact, check_email, check_phone,
    check_staff_name,
};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::{Value, json};

use super::policy_or_default;
use crate::border::{guard, read, rule};
use crate::show::{checked, findings, list};

#[derive(Deserialize)]
struct Text {
    text: String,
}

#[derive(Deserialize)]
struct Local {
    text: String,
    country: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Staff {
    pattern: String,
    prefix: String,
    name: PersonName,
    max_length: u32,
}

#[derive(Deserialize)]
struct Typed {
    text: String,
    max_length: u32,
}

#[derive(Deserialize)]
struct Clashing {
    name: String,
    taken: Vec<String>,
    #[serde(default)]
    retired: Vec<String>,
}

#[derive(Deserialize)]
struct Named {
    name: PersonName,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Batch {
    policy: Option<Value>,
    prefix: String,
    country: String,
    #[serde(default)]
    taken: Vec<String>,
    #[serde(default)]
    retired: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asking {
    line: u64,
    scheme: UsernameScheme,
    #[serde(default)]
    name: PersonName,
    username: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    own: Option<String>,
    #[serde(default)]
    earlier: Vec<String>,
}

#[derive(Deserialize)]
struct All {
    requests: Vec<Asking>,
}

#[derive(Deserialize)]
struct Accepting {
    request: Asking,
    username: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suggesting {
    line: u64,
    name: PersonName,
    most: usize,
}

impl Asking {
    fn request(&self) -> NameRequest<'_> {
        NameRequest {
            line: self.line,
            scheme: self.scheme,
            name: &self.name,
            username: self.username.as_deref(),
            email: self.email.as_deref(),
            phone: self.phone.as_deref(),
            own: self.own.as_deref(),
            earlier: &self.earlier,
        }
    }
}

/// The names in use, and those of people who were deleted.
fn in_use(taken: &[String], retired: &[String]) -> Taken {
    let mut names: Taken = taken.iter().collect();
    retired.iter().for_each(|name| names.insert_retired(name));
    names
}

fn email(email: &username::Email) -> Value {
    json!({ "typed": email.typed, "canonical": email.canonical })
}

fn phone(phone: &username::Phone) -> Value {
    json!({ "typed": phone.typed, "e164": phone.e164 })
}

fn person(name: &PersonName) -> Value {
    json!({ "first": name.first, "middle": name.middle, "last": name.last, "nickname": name.nickname })
}

fn verdict(verdict: &NameVerdict) -> Value {
    json!({
        "pass": verdict.pass(),
        "username": verdict.username,
        "canonical": verdict.canonical,
        "email": verdict.email.as_ref().map(email),
        "phone": verdict.phone.as_ref().map(phone),
        "findings": findings(&verdict.findings),
        "suggestions": verdict.suggestions,
    })
}

#[napi]
pub fn username_email(given: String) -> napi::Result<String> {
    rule(&given, |Text { text }| Ok(checked(&check_email(&text), email)))
}

#[napi]
pub fn username_phone(given: String) -> napi::Result<String> {
    rule(&given, |Local { text, country }| Ok(checked(&check_phone(&text, &country), phone)))
}

#[napi]
pub fn username_contact(given: String) -> napi::Result<String> {
    rule(&given, |Local { text, country }| {
        Ok(checked(
            &check_contact(&text, &country),
            |contact| json!({ "method": contact.method(), "display": contact.display(), "canonical": contact.canonical() }),
        ))
    })
}

#[napi]
pub fn username_canonical(given: String) -> napi::Result<String> {
    rule(&given, |Local { text, country }| Ok(json!(username::canonical(&text, &country))))
}

#[napi]
pub fn username_skeleton(given: String) -> napi::Result<String> {
    rule(&given, |Text { text }| Ok(json!(username::skeleton(&text))))
}

#[napi]
pub fn username_clash(given: String) -> napi::Result<String> {
    rule(&given, |Clashing { name, taken, retired }| {
        let taken = in_use(&taken, &retired);
        Ok(match taken.find(&name) {
            None => Value::Null,
            Some(Clash::Taken) => json!({ "kind": "taken" }),
            Some(Clash::Retired) => json!({ "kind": "retired" }),
            Some(Clash::Confusable(other)) => json!({ "kind": "confusable", "other": other }),
        })
    })
}

#[napi]
pub fn username_staff(given: String) -> napi::Result<String> {
    rule(&given, |Staff { pattern, prefix, name, max_length }| {
        let pattern = StaffPattern::parse(&pattern);
        let Some(pattern) = &pattern.value else { return Ok(checked(&pattern, |_| Value::Null)) };
        Ok(checked(&pattern.name_for(&prefix, &name, max_length), |name| json!(name)))
    })
}

#[napi]
pub fn username_typed(given: String) -> napi::Result<String> {
    rule(&given, |Typed { text, max_length }| Ok(checked(&check_staff_name(&text, max_length), |name| json!(name))))
}

#[napi]
pub fn name_parse(given: String) -> napi::Result<String> {
    rule(&given, |Text { text }| Ok(checked(&PersonName::parse(&text), person)))
}

#[napi]
pub fn name_display(given: String) -> napi::Result<String> {
    rule(&given, |Named { name }| Ok(json!(name.display())))
}

#[napi]
pub fn name_key(given: String) -> napi::Result<String> {
    rule(&given, |Named { name }| Ok(json!(name.key())))
}

/// The usernames of an agency and of one batch.
#[napi]
pub struct Usernames {
    names: Mutex<username::Usernames>,
}

#[napi]
impl Usernames {
    #[napi(factory)]
    pub fn of(given: String) -> napi::Result<Self> {
        guard(|| {
            let Batch { policy, prefix, country, taken, retired } = read(&given)?;
            let policy = policy_or_default(policy.as_ref())?;
            let taken = in_use(&taken, &retired);
            let names = username::Usernames::new(&policy.username, &prefix, &country, taken)?;
            Ok(Self { names: Mutex::new(names) })
        })
    }

    fn ask(&self, ask: impl FnOnce(&mut username::Usernames) -> carekey::Result<Value>) -> napi::Result<String> {
        guard(|| {
            let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
            ask(&mut names).map(|answer| answer.to_string())
        })
    }

    #[napi]
    pub fn check(&self, given: String) -> napi::Result<String> {
        self.ask(|names| Ok(verdict(&names.check(&read::<Asking>(&given)?.request()))))
    }

    #[napi]
    pub fn check_all(&self, given: String) -> napi::Result<String> {
        self.ask(|names| {
            let All { requests } = read(&given)?;
            let requests: Vec<NameRequest<'_>> = requests.iter().map(Asking::request).collect();
            Ok(list(&names.check_all(&requests), verdict))
        })
    }

    #[napi]
    pub fn accept(&self, given: String) -> napi::Result<String> {
        self.ask(|names| {
            let Accepting { request, username } = read(&given)?;
            Ok(verdict(&names.accept(&request.request(), &username)))
        })
    }

    #[napi]
    pub fn suggest(&self, given: String) -> napi::Result<String> {
        self.ask(|names| {
            let Suggesting { line, name, most } = read(&given)?;
            Ok(json!(names.suggest(line, &name, most)))
        })
    }
}
