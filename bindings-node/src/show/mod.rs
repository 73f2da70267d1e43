//! What the core answers, as JSON in JavaScript's spelling.

#[rustfmt::skip]
mod answers;
mod office;
mod sight;
mod ways_in;

pub(crate) use answers::*;
pub(crate) use office::{
    added, application, batch_row, enrolled, message_row, party, settings, submitted, tied, user, user_page,
    window_group,
};
pub(crate) use sight::{decision, line, seen_by, sight};
pub(crate) use ways_in::{invitation_view, recovered, recovery, redeemed, session, sign_in, signed_in};

use carekey::agency::ListPage;
use carekey::{Checked, Finding, Locale, Secret};
use serde_json::{Value, json};
use time::OffsetDateTime;

/// A moment, marked so that it becomes a `Date`.
pub(crate) fn moment(at: OffsetDateTime) -> Value {
    json!({ "$moment": i64::try_from(at.unix_timestamp_nanos().div_euclid(1_000_000)).unwrap_or(i64::MAX) })
}

pub(crate) fn moment_or_null(at: Option<OffsetDateTime>) -> Value {
    at.map_or(Value::Null, moment)
}

/// A secret, marked so that it becomes a `Secret`.
pub(crate) fn secret(secret: &Secret) -> Value {
    json!({ "$secret": secret.reveal() })
}

pub(crate) fn finding(finding: &Finding) -> Value {
    json!({
        "code": finding.code,
        "field": finding.field,
        "severity": finding.severity,
        "params": finding.params,
        "suggestion": finding.suggestion,
        "message": finding.message(Locale::English),
    })
}

pub(crate) fn findings(findings: &[Finding]) -> Value {
    findings.iter().map(finding).collect()
}

/// A list, each shown so.
pub(crate) fn list<'a, T: 'a>(items: impl IntoIterator<Item = &'a T>, show: impl Fn(&T) -> Value) -> Value {
    items.into_iter().map(show).collect()
}

/// A page of a list, its rows shown so.
pub(crate) fn page<T>(page: &ListPage<T>, show: impl Fn(&T) -> Value) -> Value {
    json!({ "rows": list(page, show), "found": page.found })
}

pub(crate) fn checked<T>(checked: &Checked<T>, show: impl FnOnce(&T) -> Value) -> Value {
    json!({ "value": checked.value.as_ref().map(show), "findings": findings(&checked.findings) })
}

/// What is said in every language, by its tag.
fn texts(say: impl Fn(Locale) -> String) -> Value {
    Locale::known().into_iter().map(|locale| (locale.as_str(), say(locale))).collect()
}
