//! U: usernames, and names of people.

use std::sync::{Mutex, PoisonError};

use carekey::Checked;
use carekey::name::PersonName;
use carekey::policy::UsernameScheme;
use carekey::username::{
    self, NameRequest, StaffPattern, Taken, check_contact, check_email, check_phone, check_staff_name,
};
use napi_derive::napi;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::policy_or_default;
use crate::border::{guard, read, rule, rules};
use crate::show::Show;

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
    username_email(text: String) => check_email(&text);

    username_phone(text: String, country: String) => check_phone(&text, &country);

    username_contact(text: String, country: String) => check_contact(&text, &country);

    username_canonical(text: String, country: String) => username::canonical(&text, &country);

    username_skeleton(text: String) => username::skeleton(&text);

    username_clash(name: String, taken: Vec<String>, #[serde(default)] retired: Vec<String>) =>
        in_use(&taken, &retired).find(&name);

    strict username_staff(pattern: String, prefix: String, name: PersonName, max_length: u32) => {
        let Checked { value, findings } = StaffPattern::parse(&pattern);
        let name = value.map(|pattern| pattern.name_for(&prefix, &name, max_length));
        name.unwrap_or(Checked { value: None, findings })
    };

    username_typed(text: String, max_length: u32) => check_staff_name(&text, max_length);

    name_parse(text: String) => PersonName::parse(&text);

    name_display(name: PersonName) => name.display();

    name_key(name: PersonName) => name.key();
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

    fn ask<Given: DeserializeOwned, Answer: Show>(
        &self,
        given: &str,
        ask: impl FnOnce(&mut username::Usernames, Given) -> Answer,
    ) -> napi::Result<String> {
        rule(given, |given| Ok(ask(&mut self.names.lock().unwrap_or_else(PoisonError::into_inner), given)))
    }

    #[napi]
    pub fn check(&self, given: String) -> napi::Result<String> {
        self.ask(&given, |names, asking: Asking| names.check(&asking.request()))
    }

    #[napi]
    pub fn check_all(&self, given: String) -> napi::Result<String> {
        #[derive(Deserialize)]
        struct Given {
            requests: Vec<Asking>,
        }
        self.ask(&given, |names, Given { requests }| {
            let requests: Vec<NameRequest<'_>> = requests.iter().map(Asking::request).collect();
            names.check_all(&requests)
        })
    }

    #[napi]
    pub fn accept(&self, given: String) -> napi::Result<String> {
        #[derive(Deserialize)]
        struct Given {
            request: Asking,
            username: String,
        }
        self.ask(&given, |names, Given { request, username }| names.accept(&request.request(), &username))
    }

    #[napi]
    pub fn suggest(&self, given: String) -> napi::Result<String> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Given {
            line: u64,
            name: PersonName,
            most: usize,
        }
        self.ask(&given, |names, Given { line, name, most }| names.suggest(line, &name, most))
    }
}
