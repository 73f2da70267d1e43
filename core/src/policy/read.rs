//! Reading a policy from JSON.

use core::fmt;
use std::borrow::Cow;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::Policy;
use crate::error::{Error, Result};
use crate::finding::{Checked, Code, Finding, has_errors};

impl Policy {
    /// Reads a policy from JSON. What is left out has its default; a field
    /// that there is not, and a value of another kind, is refused rather than
    /// passed over, since a slip in a name would leave the default in force.
    ///
    /// The findings: `policy.malformed` with the `line` and the `column` (field
    /// `policy`); or, of a policy that can be read, all of
    /// [`findings`](Self::findings).
    ///
    /// ```
    /// use carekey::policy::Policy;
    ///
    /// let policy = Policy::read(r#"{ "throttle": { "failures": 3 } }"#).value.expect("a policy");
    /// assert_eq!(policy.throttle.failures, 3);
    /// assert!(Policy::read(r#"{ "throttle": { "failure": 3 } }"#).value.is_none());
    /// ```
    pub fn read(json: &str) -> Checked<Self> {
        let policy = match parse(json) {
            Ok(policy) => policy,
            Err(finding) => return Checked::fail(finding),
        };
        let findings = policy.findings();
        Checked { value: (!has_errors(&findings)).then_some(policy), findings }
    }

    /// Reads a policy that someone is still working on: as [`Policy::read`]
    /// does, but whatever its numbers. [`Policy::findings`] says which lie out
    /// of their range.
    ///
    /// ```
    /// let draft = carekey::Policy::draft(r#"{"invitation": {"lifetime_hours": 0}}"#)?;
    /// assert_eq!(draft.findings()[0].code.as_str(), "policy.out_of_range");
    /// # Ok::<(), carekey::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) with the finding
    /// `policy.malformed`.
    pub fn draft(json: &str) -> Result<Self> {
        parse(json).map_err(|finding| Error::invalid(vec![finding]))
    }
}

/// The policy as it is written, without a look at its numbers.
fn parse(json: &str) -> Result<Policy, Finding> {
    let groups_are_named = || Named { depth: 0 }.deserialize(&mut serde_json::Deserializer::from_str(json));
    serde_json::from_str(json).and_then(|policy| groups_are_named().map(|()| policy)).map_err(|error| {
        Finding::new(Code::PolicyMalformed, "policy").with("line", error.line()).with("column", error.column())
    })
}

/// Accepts anything but a list in the place of a group. Serde would take
/// `{"password": [12]}` for a password policy whose first setting is 12.
#[derive(Clone, Copy)]
struct Named {
    depth: u8,
}

/// How deep groups and maps lie; only below them may a list stand.
const GROUPS: u8 = 3;

/// Settings that are lists, above them.
const LISTS: &[&str] = &["reminder_days"];

impl<'de> DeserializeSeed<'de> for Named {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.depth == GROUPS {
            return deserializer.deserialize_ignored_any(IgnoredAny).map(|_| ());
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Named {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a group of settings")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<Cow<'_, str>>()? {
            let depth = if LISTS.contains(&&*name) { GROUPS } else { self.depth + 1 };
            map.next_value_seed(Self { depth })?;
        }
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
}
