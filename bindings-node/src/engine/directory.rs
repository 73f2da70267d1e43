//! Directories, and the slot that all handles of one share.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use carekey::agency::SystemEnvironment;
use carekey::policy::HashingLimits;
use carekey::{AccountId, Actor, AgencySettings, Code, Error, ErrorKind, Locale, Policy};
use napi::bindgen_prelude::{AsyncTask, Uint8Array};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::agency::Agency;
use super::clock::Clock;
use crate::border::{Work, guard, malformed, read};
use crate::rules::read_policy;

/// An open directory and the agencies of it that are in use. Closing takes it
/// away from every handle; acts that are under way end first.
#[derive(Default)]
pub(crate) struct Slot(RwLock<Option<Open>>);

struct Open {
    directory: carekey::Directory,
    agencies: HashMap<String, carekey::Agency>,
}

impl Slot {
    fn directory(&self) -> carekey::Result<carekey::Directory> {
        let slot = self.0.read().unwrap_or_else(PoisonError::into_inner);
        slot.as_ref().map(|open| open.directory.clone()).ok_or_else(closed)
    }

    /// The agency of that code.
    pub(super) fn agency(&self, code: &str) -> carekey::Result<carekey::Agency> {
        let slot = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let open = slot.as_ref().ok_or_else(closed)?;
        open.agencies.get(code).cloned().ok_or_else(|| Error::not_found(Code::AgencyNotFound))
    }

    fn keep(&self, agency: carekey::Agency) -> carekey::Result<Value> {
        let mut slot = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let open = slot.as_mut().ok_or_else(closed)?;
        let shown = json!({ "id": agency.id(), "code": agency.code() });
        open.agencies.insert(agency.code().to_owned(), agency);
        Ok(shown)
    }
}

fn closed() -> Error {
    Error::new(ErrorKind::Configuration, Code::DirectoryClosed)
}

/// Who acts, as JavaScript says it.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Acting {
    Support(String),
    Account(AccountId),
    System(String),
}

pub(super) fn actor(given: &str) -> carekey::Result<Actor> {
    Ok(match read(given)? {
        Acting::Support(name) => Actor::Support(name),
        Acting::Account(id) => Actor::Account(id),
        Acting::System(name) => Actor::System(name),
    })
}

/// Settings of which some are given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    code: Option<String>,
    name: Option<String>,
    prefix: Option<String>,
    country: Option<String>,
    locale: Option<Locale>,
    link_base: Option<String>,
    owner_email: Option<String>,
    owner_emails: Option<Vec<String>>,
    time_zone: Option<String>,
    policy: Option<Value>,
}

impl Settings {
    fn of_new_agency(self) -> carekey::Result<AgencySettings> {
        let given = |name, text: &Option<String>| text.clone().ok_or_else(|| malformed(name, "given"));
        let (code, name) = (given("code", &self.code)?, given("name", &self.name)?);
        let new = AgencySettings::new(&code, &name, &given("linkBase", &self.link_base)?);
        self.over(new)
    }

    /// What is given, over what there is.
    pub(super) fn over(self, settings: AgencySettings) -> carekey::Result<AgencySettings> {
        let policy: Option<Policy> = self.policy.map(|policy| read_policy(&policy)).transpose()?;
        Ok(AgencySettings {
            code: self.code.unwrap_or(settings.code),
            name: self.name.unwrap_or(settings.name),
            prefix: self.prefix.unwrap_or(settings.prefix),
            country: self.country.unwrap_or(settings.country),
            locale: self.locale.unwrap_or(settings.locale),
            link_base: self.link_base.unwrap_or(settings.link_base),
            owner_email: self.owner_email.or(settings.owner_email),
            owner_emails: self.owner_emails.unwrap_or(settings.owner_emails),
            time_zone: self.time_zone.or(settings.time_zone),
            policy: policy.unwrap_or(settings.policy),
        })
    }
}

/// What a directory is opened with, beside its key and its clock.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    hashing_limits: Option<Limits>,
}

/// What a password hash may cost at most; what is left out has its default.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Limits {
    memory_kib: Option<u32>,
    passes: Option<u32>,
    lanes: Option<u32>,
}

impl From<Limits> for HashingLimits {
    fn from(limits: Limits) -> Self {
        let plain = Self::default();
        Self {
            memory_kib: limits.memory_kib.unwrap_or(plain.memory_kib),
            passes: limits.passes.unwrap_or(plain.passes),
            lanes: limits.lanes.unwrap_or(plain.lanes),
        }
    }
}

/// All that one store holds.
#[napi]
pub struct Directory {
    slot: Arc<Slot>,
}

#[napi]
impl Directory {
    /// A directory that is not open yet.
    #[napi(constructor)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self { slot: Arc::default() }
    }

    #[napi]
    pub fn open(&self, given: String, address: String, key: Uint8Array, clock: Option<&Clock>) -> AsyncTask<Work> {
        let key = Zeroizing::new(key.to_vec());
        let clock = clock.map(|clock| clock.clock.clone());
        let slot = Arc::clone(&self.slot);
        Work::showing(move || {
            let Opening { hashing_limits } = read(&given)?;
            let limits = HashingLimits::from(hashing_limits.unwrap_or_default());
            let directory = match clock {
                Some(clock) => carekey::Directory::open_within(&address, &key, clock, limits),
                None => carekey::Directory::open_within(&address, &key, SystemEnvironment, limits),
            }?;
            let mut slot = slot.0.write().unwrap_or_else(PoisonError::into_inner);
            *slot = Some(Open { directory, agencies: HashMap::new() });
            Ok(())
        })
    }

    #[napi]
    pub fn create_agency(&self, given: String, by: String) -> AsyncTask<Work> {
        let slot = Arc::clone(&self.slot);
        Work::with(given, move |settings: Settings| {
            slot.keep(slot.directory()?.create_agency(settings.of_new_agency()?, &actor(&by)?)?)
        })
    }

    #[napi]
    pub fn find_agency(&self, code: String) -> AsyncTask<Work> {
        let slot = Arc::clone(&self.slot);
        Work::showing(move || slot.keep(slot.directory()?.agency(&code)?))
    }

    #[napi]
    pub fn agencies(&self) -> AsyncTask<Work> {
        let slot = Arc::clone(&self.slot);
        Work::showing(move || {
            let agencies = slot.directory()?.agencies()?.into_iter().map(|agency| slot.keep(agency));
            agencies.collect::<carekey::Result<Value>>()
        })
    }

    #[napi]
    pub fn agency_rows(&self) -> AsyncTask<Work> {
        let slot = Arc::clone(&self.slot);
        Work::showing(move || slot.directory()?.agency_rows())
    }

    #[napi]
    pub fn suspend_agency(&self, code: String, reason: String, by: String) -> AsyncTask<Work> {
        let slot = Arc::clone(&self.slot);
        Work::showing(move || slot.directory()?.suspend_agency(&code, &reason, &actor(&by)?))
    }

    #[napi]
    pub fn resume_agency(&self, code: String, by: String) -> AsyncTask<Work> {
        let slot = Arc::clone(&self.slot);
        Work::showing(move || slot.directory()?.resume_agency(&code, &actor(&by)?))
    }

    #[napi]
    pub fn export_agency(&self, code: String, file: String, by: String) -> AsyncTask<Work> {
        let slot = Arc::clone(&self.slot);
        Work::showing(move || slot.directory()?.export_agency_to(&code, Path::new(&file), &actor(&by)?))
    }

    #[napi]
    pub fn delete_agency(&self, code: String, file: String, by: String) -> AsyncTask<Work> {
        let slot = Arc::clone(&self.slot);
        Work::showing(move || slot.directory()?.delete_agency_by(&code, Path::new(&file), &actor(&by)?))
    }

    /// The handle of an agency that was found.
    #[napi]
    pub fn agency(&self, code: String) -> Agency {
        Agency::new(Arc::clone(&self.slot), code)
    }

    #[napi]
    pub fn hash_operations(&self) -> napi::Result<f64> {
        guard(|| self.slot.directory().map(|directory| directory.hash_operations() as f64))
    }

    #[napi]
    pub fn close(&self) -> AsyncTask<Work> {
        let slot = Arc::clone(&self.slot);
        Work::showing(move || {
            drop(slot.0.write().unwrap_or_else(PoisonError::into_inner).take());
            Ok(())
        })
    }
}

/// Verifies the file of an export with the key.
#[napi]
pub fn verify_export(file: String, key: Uint8Array) -> AsyncTask<Work> {
    let key = Zeroizing::new(key.to_vec());
    Work::showing(move || carekey::agency::verify_export_at(Path::new(&file), &key))
}

/// Verifies the file of an export of histories with the key.
#[napi]
pub fn verify_history_export(file: String, key: Uint8Array) -> AsyncTask<Work> {
    let key = Zeroizing::new(key.to_vec());
    Work::showing(move || carekey::agency::verify_history_export_at(Path::new(&file), &key))
}
