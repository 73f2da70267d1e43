//! P and Q: passwords and security questions.

use std::sync::Arc;

use carekey::agency::{Environment, SystemEnvironment};
use carekey::password::questions::{Question, VERSION, check_answers};
use carekey::password::{self, Change, Checklist, Person};
use carekey::policy::{Argon2Cost, PasswordPolicy};
use carekey::{Locale, Secret};
use napi::bindgen_prelude::{AsyncTask, Uint8Array};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::policy_or_default;
use crate::border::{Work, guard, malformed, reads, rules};
use crate::engine::Answers;
use crate::show::Show;

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

fn policy(given: Option<&Value>, second_factor: bool) -> carekey::Result<PasswordPolicy> {
    let policy = policy_or_default(given)?.password;
    Ok(if second_factor { policy.beside_second_factor() } else { policy })
}

impl Show for Checklist {
    fn show(&self) -> Value {
        json!({ "passes": self.passes(), "rules": self.rules.show(), "findings": self.findings().show() })
    }
}

rules! {
    strict password_check[password](
        policy: Option<Value>, #[serde(default)] second_factor: bool, #[serde(default)] person: Whose,
    ) => {
        let policy = self::policy(policy.as_ref(), second_factor)?;
        person.with(|person| policy.check(password.reveal(), person))
    };

    strict password_change[password, confirm](
        policy: Option<Value>, #[serde(default)] second_factor: bool, #[serde(default)] person: Whose,
        current_matches: Option<bool>, #[serde(default)] same_as_current: bool, #[serde(default)] reused: bool,
    ) => {
        let policy = self::policy(policy.as_ref(), second_factor)?;
        let (new, confirm) = (password.reveal(), confirm.reveal());
        let change = Change { new, confirm, current_matches, same_as_current, reused };
        person.with(|person| policy.check_change(&change, person))
    };

    questions_list(locale: Locale) => {
        let questions = Question::ALL.iter();
        let questions = questions.map(|question| json!({ "id": question.id, "text": question.text(locale) }));
        json!({ "version": VERSION, "questions": questions.collect::<Value>() })
    };
}

#[napi]
pub fn questions_check(given: String, answers: Vec<String>) -> napi::Result<String> {
    let answers = Answers::new(answers);
    guard(|| {
        reads!(strict &given => policy: Option<Value>, username: String, questions: Vec<String>);
        let policy = policy_or_default(policy.as_ref())?.questions;
        Ok(check_answers(&policy, &username, &answers.to(&questions)).show().to_string())
    })
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
            reads!(strict &given => policy: Option<Value>);
            let cost: Argon2Cost = policy_or_default(policy.as_ref())?.password.cost;
            let pepper = pepper.map(|pepper| <[u8; 32]>::try_from(&*pepper).map(Zeroizing::new));
            let pepper = pepper.transpose().map_err(|_| malformed("pepper", "32 bytes"))?;
            Ok(Self { hasher: Arc::new(password::Hasher::new(cost, pepper.map(|pepper| *pepper))) })
        })
    }

    #[napi]
    pub fn hash(&self, password: String) -> AsyncTask<Work> {
        let (hasher, password) = (Arc::clone(&self.hasher), Secret::from(password));
        Work::showing(move || hasher.hash(password.reveal(), &mut *SystemEnvironment.randomness()?))
    }

    #[napi]
    pub fn verify(&self, stored: String, password: String) -> AsyncTask<Work> {
        let (hasher, password) = (Arc::clone(&self.hasher), Secret::from(password));
        Work::showing(move || hasher.verify(&stored, password.reveal()))
    }
}
