//! The rules alone, for hosts with a database of their own: the core's pure
//! functions, and its values with their methods. Most are written from the core
//! (`written`); here is what Python has in a shape of its own.

pub(crate) mod account;
pub(crate) mod checked;
pub(crate) mod history;
pub(crate) mod invitation;
pub(crate) mod message;
pub(crate) mod password;
pub(crate) mod username;
pub(crate) mod visibility;
#[rustfmt::skip]
pub(crate) mod written;

use std::sync::LazyLock;

use carekey::policy::VisibilityPolicy;

use crate::arg::Object;
use crate::engine::settings::Policy;

/// The policy that is given, or the core's default.
pub(crate) fn policy(given: Option<Object<Policy>>) -> carekey::Policy {
    given.map(|policy| policy.0.get().0.clone()).unwrap_or_default()
}

/// What the policy that is given, or the core's default, says of who sees what.
pub(crate) fn visibility(given: Option<&Object<Policy>>) -> &VisibilityPolicy {
    static DEFAULT: LazyLock<VisibilityPolicy> = LazyLock::new(VisibilityPolicy::default);
    given.map_or(&DEFAULT, |policy| &policy.0.get().0.visibility)
}
