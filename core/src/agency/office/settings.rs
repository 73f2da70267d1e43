//! What an agency is created with, and may change later.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::Office;
use crate::agency::kernel::{Agency, listing};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Finding, Locale, Params};
use crate::id::AgencyId;
use crate::message::{check_link_base, check_zone};
use crate::policy::{HashingLimits, Policy};
use crate::remark;
use crate::roster::NAME_LIMIT;
use crate::store::record;
use crate::username::{StaffPattern, check_email};
use crate::words::EventKind;

/// The settings of an agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencySettings {
    /// The code by which the directory knows it: 1 to 32 letters, digits,
    /// dots, hyphens or underscores. It never changes.
    pub code: String,
    /// Its name, as people know it.
    pub name: String,
    /// What staff names begin with (U3): at most 8 letters or digits.
    pub prefix: String,
    /// ISO 3166-1, two capital letters, for phone numbers without a country.
    pub country: String,
    /// The language of messages to people whose language is not known.
    pub locale: Locale,
    /// What links in messages begin with: `https://…`, no query.
    pub link_base: String,
    /// Where messages to the agency's owner go (S1).
    pub owner_email: Option<String>,
    /// Where they go as well, where the agency has several owners. An address
    /// that is in both gets one message.
    #[serde(default)]
    pub owner_emails: Vec<String>,
    /// The time zone in which messages tell moments, by its IANA name:
    /// `America/Toronto`. By default UTC.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// Every number and switch.
    pub policy: Policy,
}

impl AgencySettings {
    /// Settings with defaults: the code as prefix, the United States,
    /// English, the `agency` policy.
    pub fn new(code: &str, name: &str, link_base: &str) -> Self {
        Self {
            code: code.to_owned(),
            name: name.to_owned(),
            prefix: code.chars().filter(char::is_ascii_alphanumeric).take(8).collect(),
            country: "US".to_owned(),
            locale: Locale::English,
            link_base: link_base.to_owned(),
            owner_email: None,
            owner_emails: Vec::new(),
            time_zone: None,
            policy: Policy::default(),
        }
    }

    /// The settings in the form that is kept.
    pub(crate) fn checked(mut self, limits: &HashingLimits) -> Result<Self> {
        let mut findings = Vec::new();
        let code_fits = (1..=32).contains(&self.code.len())
            && self.code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
        if !code_fits {
            findings.push(Finding::new(Code::AgencyCodeMalformed, "code"));
        }
        if self.name.trim().is_empty() {
            findings.push(Finding::new(Code::NameMissing, "name"));
        }
        findings.extend(remark::all([("name", &*self.name)], NAME_LIMIT));
        if self.prefix.len() > 8 || !self.prefix.chars().all(|c| c.is_ascii_alphanumeric()) {
            findings.push(Finding::new(Code::AgencyPrefix, "prefix"));
        }
        if self.country.len() != 2 || !self.country.chars().all(|c| c.is_ascii_uppercase()) {
            findings.push(Finding::new(Code::AgencyCountry, "country"));
        }
        let base = check_link_base(&self.link_base);
        findings.extend(base.findings);
        if let Some(base) = base.value {
            self.link_base = base;
        }
        for email in self.owner_email.iter().chain(&self.owner_emails) {
            findings.extend(check_email(email).findings.into_iter().filter(Finding::is_error));
        }
        if let Some(zone) = &self.time_zone {
            let zone = check_zone(zone);
            findings.extend(zone.findings);
            self.time_zone = zone.value;
        }
        findings.extend(self.policy.findings());
        findings.extend(limits.findings(&self.policy.password.cost));
        findings.extend(StaffPattern::parse(&self.policy.username.staff_pattern).findings);
        if crate::has_errors(&findings) { Err(Error::invalid(findings)) } else { Ok(self) }
    }

    pub(crate) fn into_record(self, id: AgencyId, now: OffsetDateTime) -> record::Agency {
        record::Agency {
            agency: id,
            id,
            revision: 1,
            code: self.code,
            name: self.name,
            prefix: self.prefix,
            country: self.country,
            locale: self.locale,
            link_base: self.link_base,
            owner_email: self.owner_email,
            owner_emails: Some(self.owner_emails).filter(|emails| !emails.is_empty()),
            time_zone: self.time_zone,
            policy: self.policy.into(),
            created_at: now,
            listed_by: Some(listing::listed_by(self.locale)),
            suspended_at: None,
            suspended_by: None,
            suspended_for: None,
            deleting_since: None,
            deleted_by: None,
            deleted_export: None,
            deleted_at: None,
        }
    }

    pub(crate) fn from_record(agency: &record::Agency) -> Self {
        Self {
            code: agency.code.clone(),
            name: agency.name.clone(),
            prefix: agency.prefix.clone(),
            country: agency.country.clone(),
            locale: agency.locale,
            link_base: agency.link_base.clone(),
            owner_email: agency.owner_email.clone(),
            owner_emails: agency.owner_emails.clone().unwrap_or_default(),
            time_zone: agency.time_zone.clone(),
            policy: (*agency.policy).clone(),
        }
    }
}

impl Agency {
    /// What it has set.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn settings(&self) -> Result<AgencySettings> {
        Ok(AgencySettings::from_record(&self.record()?))
    }
}

impl Office {
    /// Changes the settings of the agency. The code stays as it is. The
    /// history says which settings changed, from what to what.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, or the findings about the settings: `name.missing`,
    /// `text.too_long`, `text.control_character`, `agency.prefix`, `agency.country`, `agency.link_base`, `agency.time_zone`,
    /// those of an owner's address such as `email.malformed`, and of the policy such
    /// as `policy.out_of_range`; `policy.cost_over_limit` where a password would cost more than the
    /// directory's operator allows (P6); `policy.delegate_unfit`,
    /// `policy.delegation_unfit` of work that cannot be delegated so (A7).
    pub fn change_settings(&self, settings: AgencySettings) -> Result<()> {
        let settings = settings.checked(&self.agency.shared.limits)?;
        self.act("change_settings", |act| {
            let before = AgencySettings::from_record(&act.agency);
            let new = AgencySettings { code: before.code.clone(), ..settings.clone() };
            let details = changes(&before, &new)?;
            let old = &act.agency;
            let (revision, policy, listed_by) =
                (old.revision, old.policy.with(new.policy.clone()), old.listed_by.clone());
            let made = new.into_record(old.id, old.created_at);
            *act.agency = record::Agency { revision, policy, listed_by, ..made };
            act.agency_event(EventKind::AgencyChanged, details)
        })?;
        // Lists are sorted as the new language does.
        listing::relist(&self.agency.shared, &self.agency.record()?)
    }
}

/// What is otherwise, by the path of each setting: before and after.
fn changes(before: &AgencySettings, after: &AgencySettings) -> Result<Params> {
    let flat = |settings: &AgencySettings| -> Result<BTreeMap<String, String>> {
        let value = serde_json::to_value(settings).map_err(|_| Error::new(ErrorKind::Internal, Code::Internal))?;
        let mut out = BTreeMap::new();
        flatten(&value, String::new(), &mut out);
        Ok(out)
    };
    let (before, after) = (flat(before)?, flat(after)?);
    let mut details = Params::new();
    for path in before.keys().chain(after.keys()) {
        let (old, new) = (before.get(path), after.get(path));
        if old != new {
            let text = |value: Option<&String>| value.cloned().unwrap_or_else(|| "-".to_owned());
            details.insert(format!("{path} before"), text(old).into());
            details.insert(format!("{path} after"), text(new).into());
        }
    }
    Ok(details)
}

fn flatten(value: &serde_json::Value, path: String, out: &mut BTreeMap<String, String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(value, path, out);
            }
        }
        serde_json::Value::Null => {}
        serde_json::Value::String(text) => _ = out.insert(path, text.clone()),
        other => _ = out.insert(path, other.to_string()),
    }
}
