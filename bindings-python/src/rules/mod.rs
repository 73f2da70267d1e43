//! The rules alone, for hosts with a database of their own: the core's pure
//! functions, one file for each of its modules.

pub(crate) mod account;
pub(crate) mod checked;
pub(crate) mod history;
pub(crate) mod invitation;
pub(crate) mod message;
pub(crate) mod name;
pub(crate) mod password;
pub(crate) mod relationship;
pub(crate) mod roster;
pub(crate) mod username;
pub(crate) mod visibility;

use std::sync::{LazyLock, Mutex, PoisonError};

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

/// A value of the core that its methods change.
struct Held<T>(Mutex<T>);

impl<T> Held<T> {
    fn new(value: T) -> Self {
        Self(Mutex::new(value))
    }

    fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> R {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<T: Clone> Held<T> {
    fn get(&self) -> T {
        self.with(|value| value.clone())
    }
}

impl<T: Clone + PartialEq> PartialEq for Held<T> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}
