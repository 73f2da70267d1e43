//! U: usernames, and names of people.

use std::sync::{Mutex, PoisonError};

use carekey::Checked;
use carekey::name::PersonName;
use carekey::policy::UsernameScheme;
use carekey::username::{self, NameRequest, StaffPattern, Taken};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::Value;

use super::policy_or_default;
use crate::border::{guard, read, reads, rules};
use crate::show::Show;

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

rules! {
    username_clash(name: String, taken: Vec<String>, #[serde(default)] retired: Vec<String>) =>
        in_use(&taken, &retired).find(&name);

    strict username_staff(pattern: String, prefix: String, name: PersonName, max_length: u32) => {
        let Checked { value, findings } = StaffPattern::parse(&pattern);
        let name = value.map(|pattern| pattern.name_for(&prefix, &name, max_length));
        name.unwrap_or(Checked { value: None, findings })
    };
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
            reads!(strict &given =>
                #[serde(default)] taken: Vec<String>,
                #[serde(default)] retired: Vec<String>,
                policy: Option<Value>, prefix: String, country: String,
            );
            let policy = policy_or_default(policy.as_ref())?;
            let taken = in_use(&taken, &retired);
            let names = username::Usernames::new(&policy.username, &prefix, &country, taken)?;
            Ok(Self { names: Mutex::new(names) })
        })
    }

    fn ask<Answer: Show>(
        &self,
        ask: impl FnOnce(&mut username::Usernames) -> carekey::Result<Answer>,
    ) -> napi::Result<String> {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        guard(|| ask(&mut names).map(|answer| answer.show().to_string()))
    }

    #[napi]
    pub fn check(&self, given: String) -> napi::Result<String> {
        self.ask(|names| Ok(names.check(&read::<Asking>(&given)?.request())))
    }

    #[napi]
    pub fn check_all(&self, given: String) -> napi::Result<String> {
        self.ask(|names| {
            reads!(&given => requests: Vec<Asking>);
            Ok(names.check_all(&requests.iter().map(Asking::request).collect::<Vec<_>>()))
        })
    }

    #[napi]
    pub fn accept(&self, given: String) -> napi::Result<String> {
        self.ask(|names| {
            reads!(&given => request: Asking, username: String);
            Ok(names.accept(&request.request(), &username))
        })
    }

    #[napi]
    pub fn suggest(&self, given: String) -> napi::Result<String> {
        self.ask(|names| {
            reads!(strict &given => line: u64, name: PersonName, most: usize);
            Ok(names.suggest(line, &name, most))
        })
    }
}
