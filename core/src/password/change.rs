//! Changing a password (P4).

use super::{Person, is_too_long, nfc};
use crate::finding::{Code, Finding};
use crate::policy::PasswordPolicy;

/// A password about to be changed: what was typed, and what comparing it with
/// the stored hashes gave.
///
/// The comparisons cost a hash each, so they are the caller's; a change that
/// asks for no current password (recovery, a first password) gives `None`.
#[derive(Clone, Copy)]
pub struct Change<'a> {
    /// The new password.
    pub new: &'a str,
    /// The new password as typed again.
    pub confirm: &'a str,
    /// Whether the current password was given rightly; `None` if not asked.
    pub current_matches: Option<bool>,
    /// Whether the new password is the current one.
    pub same_as_current: bool,
    /// Whether the new password is one of the last that the policy bars.
    pub reused: bool,
}

impl PasswordPolicy {
    /// Everything that stands against a change (P4), all at once.
    ///
    /// The order is fixed: the current password, the rules of
    /// [`PasswordPolicy::check`] that are not met (or `password.missing`
    /// alone where nothing was typed), the confirmation, then whether it is
    /// the current one or one of the last. The two are the same if they are
    /// in NFC.
    ///
    /// ```
    /// use carekey::password::{Change, Person};
    /// use carekey::policy::PasswordPolicy;
    ///
    /// let change = Change {
    ///     new: "Lantern#47 tide",
    ///     confirm: "Lantern#47 tied",
    ///     current_matches: Some(true),
    ///     same_as_current: false,
    ///     reused: false,
    /// };
    /// let findings = PasswordPolicy::agency().check_change(&change, &Person::default());
    /// assert_eq!(findings[0].code.as_str(), "password.not_confirmed");
    /// ```
    pub fn check_change(&self, change: &Change<'_>, person: &Person<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        if change.current_matches == Some(false) {
            findings.push(Finding::new(Code::PasswordCurrentWrong, "current"));
        }
        if change.new.is_empty() {
            findings.push(Finding::new(Code::PasswordMissing, "password"));
        } else {
            findings.extend(self.check(change.new, person).findings());
        }
        if !same(change.new, change.confirm) {
            findings.push(Finding::new(Code::PasswordNotConfirmed, "confirm"));
        }
        if change.same_as_current {
            findings.push(Finding::new(Code::PasswordSameAsCurrent, "password"));
        }
        if change.reused {
            findings.push(Finding::new(Code::PasswordReused, "password").with("last", self.history));
        }
        findings
    }
}

/// Whether two passwords are the same to the hash, which sees them in NFC.
fn same(one: &str, other: &str) -> bool {
    one == other || (!is_too_long(one) && !is_too_long(other) && *nfc(one) == *nfc(other))
}
