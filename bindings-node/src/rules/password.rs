//! P and Q: passwords and security questions.

use std::sync::Arc;

use carekey::agency::{Environment, SystemEnvironment};
use carekey::password::questions::{Question, VERSION, check_answers, normalise_answer};
use carekey::password::{
    self, Change, Checklist, HashingMemory, Person, check_hash, is_block_listed, limit_hashing_memory,
};
use carekey::policy::{Argon2Cost, PasswordPolicy};
use carekey::{Locale, Secret};
use napi::bindgen_prelude::{AsyncTask, Uint8Array};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::policy_or_default;
use crate::border::{Work, guard, malformed, read, rule};
use crate::engine::Answers;
use crate::show::{checked, finding, findings, secret};

/// How much memory hashing may hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Most {
    kib: u32,
}

/// Whose password it is.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Whose {
    #[serde(default)]
    names: Vec<String>,
    username: Option<String>,
    email: Option<String>,
    agency: Option<String>,
}

impl Whose {
    fn with<T>(&self, act: impl FnOnce(&Person<'_>) -> T) -> T {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        act(&Person {
            names: &names,
            username: self.username.as_deref(),
            email: self.email.as_deref(),
            agency: self.agency.as_deref(),
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Checking {
    policy: Option<Value>,
    #[serde(default)]
    second_factor: bool,
    #[serde(default)]
    person: Whose,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changing {
    policy: Option<Value>,
    #[serde(default)]
    second_factor: bool,
    #[serde(default)]
    person: Whose,
    current_matches: Option<bool>,
    #[serde(default)]
    same_as_current: bool,
    #[serde(default)]
    reused: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Making {
    policy: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hashing {
    policy: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    policy: Option<Value>,
    username: String,
    questions: Vec<String>,
}

#[derive(Deserialize)]
struct Language {
    locale: Locale,
}

fn policy(given: Option<&Value>, second_factor: bool) -> carekey::Result<PasswordPolicy> {
    let policy = policy_or_default(given)?.password;
    Ok(if second_factor { policy.beside_second_factor() } else { policy })
}

fn checklist(list: &Checklist) -> Value {
    let rules = list.rules.iter();
    let rules = rules.map(|rule| json!({ "code": rule.code, "met": rule.met, "finding": finding(&rule.finding) }));
    json!({ "passes": list.passes(), "rules": rules.collect::<Value>(), "findings": findings(&list.findings()) })
}

#[napi]
pub fn password_check(given: String, password: String) -> napi::Result<String> {
    let password = Secret::from(password);
    rule(&given, |Checking { policy: given, second_factor, person }| {
        let policy = policy(given.as_ref(), second_factor)?;
        Ok(checklist(&person.with(|person| policy.check(password.reveal(), person))))
    })
}

#[napi]
pub fn password_change(given: String, password: String, confirm: String) -> napi::Result<String> {
    let (new, confirm) = (Secret::from(password), Secret::from(confirm));
    rule(&given, |given: Changing| {
        let policy = policy(given.policy.as_ref(), given.second_factor)?;
        let change = Change {
            new: new.reveal(),
            confirm: confirm.reveal(),
            current_matches: given.current_matches,
            same_as_current: given.same_as_current,
            reused: given.reused,
        };
        Ok(findings(&given.person.with(|person| policy.check_change(&change, person))))
    })
}

#[napi]
pub fn password_temporary(given: String) -> napi::Result<String> {
    rule(&given, |Making { policy }| {
        let policy = policy_or_default(policy.as_ref())?;
        let mut randomness = SystemEnvironment.randomness()?;
        Ok(secret(&password::temporary(&policy.password, &policy.temporary_password, &mut *randomness)))
    })
}

#[napi]
pub fn password_block_listed(password: String) -> napi::Result<bool> {
    let password = Secret::from(password);
    guard(|| Ok(is_block_listed(password.reveal())))
}

#[napi]
pub fn password_stored(stored: String) -> napi::Result<String> {
    let stored = Secret::from(stored);
    guard(|| Ok(checked(&check_hash(stored.reveal()), |kind| json!(kind)).to_string()))
}

#[napi]
pub fn hashing_memory_limit(given: String) -> napi::Result<String> {
    rule(&given, |Most { kib }| {
        limit_hashing_memory(kib.into());
        Ok(Value::Null)
    })
}

#[napi]
pub fn hashing_memory() -> napi::Result<String> {
    guard(|| {
        let HashingMemory { limit_kib, taken_kib, kept_kib, most_kib, waiting } = password::hashing_memory();
        let memory = json!({ "limitKib": limit_kib, "takenKib": taken_kib, "keptKib": kept_kib, "mostKib": most_kib, "waiting": waiting });
        Ok(memory.to_string())
    })
}

#[napi]
pub fn questions_list(given: String) -> napi::Result<String> {
    rule(&given, |Language { locale }| {
        let questions = Question::ALL.iter();
        let questions = questions.map(|question| json!({ "id": question.id, "text": question.text(locale) }));
        Ok(json!({ "version": VERSION, "questions": questions.collect::<Value>() }))
    })
}

#[napi]
pub fn questions_check(given: String, answers: Vec<String>) -> napi::Result<String> {
    let answers = Answers::new(answers);
    rule(&given, |Asked { policy, username, questions }| {
        let policy = policy_or_default(policy.as_ref())?;
        Ok(findings(&check_answers(&policy.questions, &username, &answers.to(&questions))))
    })
}

#[napi]
pub fn questions_normalise(answer: String) -> napi::Result<String> {
    let answer = Secret::from(answer);
    guard(|| Ok(secret(&normalise_answer(answer.reveal())).to_string()))
}

/// Hashes and verifies passwords.
#[napi]
pub struct Hasher {
    hasher: Arc<password::Hasher>,
}

#[napi]
impl Hasher {
    #[napi(factory)]
    pub fn of(given: String, pepper: Option<Uint8Array>) -> napi::Result<Self> {
        guard(|| {
            let Hashing { policy } = read(&given)?;
            let cost: Argon2Cost = policy_or_default(policy.as_ref())?.password.cost;
            let pepper = pepper.map(|pepper| <[u8; 32]>::try_from(&*pepper).map(Zeroizing::new));
            let pepper = pepper.transpose().map_err(|_| malformed("pepper", "32 bytes"))?;
            Ok(Self { hasher: Arc::new(password::Hasher::new(cost, pepper.map(|pepper| *pepper))) })
        })
    }

    #[napi]
    pub fn hash(&self, password: String) -> AsyncTask<Work> {
        let (hasher, password) = (Arc::clone(&self.hasher), Secret::from(password));
        Work::on_pool(move || {
            let stored = hasher.hash(password.reveal(), &mut *SystemEnvironment.randomness()?)?;
            Ok(json!(stored).to_string())
        })
    }

    #[napi]
    pub fn verify(&self, stored: String, password: String) -> AsyncTask<Work> {
        let (hasher, password) = (Arc::clone(&self.hasher), Secret::from(password));
        Work::on_pool(move || {
            let verified = hasher.verify(&stored, password.reveal())?;
            Ok(json!({ "matches": verified.matches, "renew": verified.renew }).to_string())
        })
    }
}
