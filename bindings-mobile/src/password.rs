//! Passwords: the checklist as someone types, and what stands against a change.

use carekey::password;

use crate::finding::{Finding, findings};
use crate::policy::Policy;
use crate::records::{Person, RuleCheck};

/// Every rule of a policy, met or not, in a fixed order: length, the limit in
/// bytes, numeral, capital, small letter, special character, block list, then
/// the person's own data.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Checklist {
    /// Whether every rule is met.
    pub passes: bool,
    /// The rules. Those that the policy does not have are left out.
    pub rules: Vec<RuleCheck>,
    /// The findings of the rules that are not met.
    pub findings: Vec<Finding>,
}

#[uniffi::export]
impl Policy {
    /// Checks a password against every rule of the policy, so that a form can
    /// tick them off as someone types.
    ///
    /// With a second factor the shorter minimum length applies.
    #[uniffi::method(default(second_factor = false, person))]
    pub fn check_password(&self, password: &str, person: Person, second_factor: bool) -> Checklist {
        person.lend(|person| {
            let policy = &self.0.password;
            let list = match second_factor {
                true => policy.beside_second_factor().check(password, person),
                false => policy.check(password, person),
            };
            list.into()
        })
    }

    /// Everything that stands against a new password, all at once, in a fixed
    /// order: the current password, the rules that are not met (or
    /// `password.missing`), the confirmation, then whether it is the current
    /// one or one of the last.
    ///
    /// `currentMatches` is what comparing the current password gave, where it
    /// was asked; a phone that cannot compare leaves out it and the others.
    #[uniffi::method(default(current_matches = None, same_as_current = false, reused = false, person))]
    pub fn check_new_password(
        &self,
        password: &str,
        confirmation: &str,
        person: Person,
        current_matches: Option<bool>,
        same_as_current: bool,
        reused: bool,
    ) -> Vec<Finding> {
        let change =
            password::Change { new: password, confirm: confirmation, current_matches, same_as_current, reused };
        person.lend(|person| findings(self.0.password.check_change(&change, person)))
    }
}

impl Person {
    /// The person as the core takes it.
    fn lend<T>(&self, act: impl FnOnce(&password::Person<'_>) -> T) -> T {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        act(&password::Person {
            names: &names,
            username: self.username.as_deref(),
            email: self.email.as_deref(),
            agency: self.agency.as_deref(),
        })
    }
}

impl From<password::Checklist> for Checklist {
    fn from(list: password::Checklist) -> Self {
        Self {
            passes: list.passes(),
            findings: findings(list.findings()),
            rules: list.rules.into_iter().map(RuleCheck::from).collect(),
        }
    }
}
