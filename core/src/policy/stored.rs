//! A policy as it rests: what departs from the defaults and nothing else.

use core::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::Policy;

/// The policy of an agency, as its row keeps it: in JSON, only the settings
/// that are otherwise than the defaults.
///
/// So an agency that never asked for a number gets the better one of a later
/// release; one that asked for what was the default is not told from it. And a release that does not know a setting yet, which another one
/// on the same store has written, works by those it knows and writes the others
/// back as they were.
///
/// ```
/// use carekey::policy::{Policy, StoredPolicy};
///
/// let mut policy = Policy::default();
/// policy.throttle.failures = 3;
/// let stored = StoredPolicy::from(policy);
/// assert_eq!(stored.to_json().as_deref(), Some(r#"{"throttle":{"failures":3}}"#));
/// assert_eq!(StoredPolicy::from_json(r#"{"throttle":{"failures":3,"of_2031":true}}"#).unwrap().throttle, stored.throttle);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoredPolicy {
    policy: Policy,
    /// Settings of a later release, in their groups.
    unknown: Map<String, Value>,
}

impl StoredPolicy {
    /// The same with other settings, but for those that this release does not
    /// know.
    #[must_use]
    pub fn with(&self, policy: Policy) -> Self {
        Self { policy, unknown: self.unknown.clone() }
    }

    /// As it rests; nothing where it cannot be written, which no policy is
    /// known to be.
    pub fn to_json(&self) -> Option<String> {
        let (defaults, mut out) = (DEFAULTS.as_ref()?, self.unknown.clone());
        for (name, value) in object(serde_json::to_value(&self.policy).ok()?)? {
            match (defaults.get(&name)?, value) {
                (default, value) if *default == value => {}
                (Value::Object(defaults), Value::Object(settings)) => {
                    let group = out.entry(name).or_insert_with(|| Value::Object(Map::new())).as_object_mut()?;
                    group.extend(settings.into_iter().filter(|(name, value)| defaults.get(name) != Some(value)));
                }
                (_, value) => {
                    out.insert(name, value);
                }
            }
        }
        serde_json::to_string(&out).ok()
    }

    /// Reads what rests; nothing where it is none, or a setting that this
    /// release knows has a value that it does not.
    pub fn from_json(json: &str) -> Option<Self> {
        // As a rule nothing in it is unknown.
        if let Ok(policy) = serde_json::from_str(json) {
            return Some(Self { policy, unknown: Map::new() });
        }
        let (mut known, mut unknown) = (DEFAULTS.clone()?, Map::new());
        for (name, value) in serde_json::from_str::<Map<String, Value>>(json).ok()? {
            match (known.get_mut(&name), value) {
                (Some(Value::Object(known)), Value::Object(settings)) => {
                    let later: Map<String, Value> = settings
                        .into_iter()
                        .filter_map(|(name, value)| match known.get_mut(&name) {
                            Some(known) => {
                                *known = value;
                                None
                            }
                            None => Some((name, value)),
                        })
                        .collect();
                    if !later.is_empty() {
                        unknown.insert(name, Value::Object(later));
                    }
                }
                (Some(known), value) => *known = value,
                (None, value) => {
                    unknown.insert(name, value);
                }
            }
        }
        Some(Self { policy: serde_json::from_value(Value::Object(known)).ok()?, unknown })
    }
}

/// The default of each setting, in its group.
static DEFAULTS: LazyLock<Option<Map<String, Value>>> =
    LazyLock::new(|| serde_json::to_value(Policy::default()).ok().and_then(object));

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

impl From<Policy> for StoredPolicy {
    fn from(policy: Policy) -> Self {
        Self { policy, unknown: Map::new() }
    }
}

impl Deref for StoredPolicy {
    type Target = Policy;

    fn deref(&self) -> &Policy {
        &self.policy
    }
}

impl DerefMut for StoredPolicy {
    fn deref_mut(&mut self) -> &mut Policy {
        &mut self.policy
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{EnrolmentScheme, UsernameScheme};
    use crate::words::Role;

    #[test]
    fn what_is_default_is_not_kept() {
        assert_eq!(StoredPolicy::default().to_json().unwrap(), "{}");
        assert_eq!(StoredPolicy::from_json("{}").unwrap(), StoredPolicy::default());
    }

    #[test]
    fn every_policy_comes_back_as_it_was() {
        let mut own = Policy::agency();
        own.username.schemes.insert(Role::Client, UsernameScheme::Staff);
        own.enrolment.schemes.insert(Role::Family, EnrolmentScheme::TemporaryPassword);
        own.password.cost.passes = 7;
        own.account_managers = 9;
        for policy in [Policy::default(), Policy::agency(), Policy::nist_800_63b_4(), own] {
            let stored = StoredPolicy::from(policy);
            let json = stored.to_json().unwrap();
            assert_eq!(StoredPolicy::from_json(&json).unwrap(), stored, "{json}");
            // As earlier releases wrote it: whole.
            let whole = serde_json::to_string(&*stored).unwrap();
            assert_eq!(StoredPolicy::from_json(&whole).unwrap(), stored);
        }
    }

    #[test]
    fn what_a_later_release_wrote_stays_through_a_change() {
        let json = r#"{"of_2031":[1],"throttle":{"failures":3,"of_2031":true},"session":{"of_2031":{"a":1}}}"#;
        let stored = StoredPolicy::from_json(json).unwrap();
        assert_eq!(stored.throttle.failures, 3);
        let mut changed = (*stored).clone();
        changed.throttle.failures = 4;
        changed.session.idle_minutes = 1;
        let written: Value = serde_json::from_str(&stored.with(changed).to_json().unwrap()).unwrap();
        let expected = serde_json::json!({
            "of_2031": [1],
            "throttle": {"failures": 4, "of_2031": true},
            "session": {"idle_minutes": 1, "of_2031": {"a": 1}},
        });
        assert_eq!(written, expected);
    }

    #[test]
    fn a_value_that_is_none_is_no_policy() {
        for json in ["", "7", r#"{"throttle":{"failures":"many"}}"#, r#"{"throttle":3}"#] {
            assert_eq!(StoredPolicy::from_json(json), None, "{json}");
        }
    }
}
