//! What a password must be (P1 to P3): every rule, met or not.

use serde::{Deserialize, Serialize};
use unicode_normalization::char::is_combining_mark;

use super::personal::PersonalWords;
use super::{MAX_BYTES, Person, block_list, is_too_long, nfc};
use crate::finding::{Code, Finding};
use crate::policy::PasswordPolicy;

/// One rule of a policy, and whether a password meets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCheck {
    /// The code of the finding if the rule is not met.
    pub code: Code,
    /// Whether the password meets it.
    pub met: bool,
    /// The finding, with its text and parameters: what is wrong where the
    /// rule is not met, and what would be where it is.
    pub finding: Finding,
}

/// Every rule of a policy, met or not (P2).
///
/// The order is fixed: length, the limit in bytes, numeral, capital, small
/// letter, special character, block list, then the person's own name,
/// username, e-mail and agency. Rules that the policy does not have, and data
/// that the person does not have, are left out. A password over
/// [`MAX_BYTES`] is not looked at: its checklist has that rule alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// The rules, in their fixed order.
    pub rules: Vec<RuleCheck>,
}

impl Checklist {
    /// Whether every rule is met.
    pub fn passes(&self) -> bool {
        self.rules.iter().all(|rule| rule.met)
    }

    /// The findings of the rules that are not met, in their fixed order.
    pub fn findings(&self) -> Vec<Finding> {
        self.rules.iter().filter(|rule| !rule.met).map(|rule| rule.finding.clone()).collect()
    }

    fn rule(&mut self, met: bool, finding: Finding) {
        self.rules.push(RuleCheck { code: finding.code, met, finding });
    }
}

impl PasswordPolicy {
    /// Checks a password against every rule of the policy (P1, P2).
    ///
    /// Length counts code points after NFC (P3). A numeral is any character
    /// that Unicode counts as one, a capital and a small letter are those of
    /// any script, and a special character is what is neither letter nor
    /// numeral nor accent nor control character; a space is one.
    ///
    /// ```
    /// use carekey::password::Person;
    /// use carekey::policy::PasswordPolicy;
    ///
    /// let checklist = PasswordPolicy::agency().check("lantern", &Person::default());
    /// let ticks: Vec<(&str, bool)> = checklist.rules.iter().map(|rule| (rule.code.as_str(), rule.met)).collect();
    /// assert_eq!(
    ///     ticks,
    ///     [
    ///         ("password.too_short", false),
    ///         ("password.too_long", true),
    ///         ("password.no_digit", false),
    ///         ("password.no_upper", false),
    ///         ("password.no_special", false),
    ///         ("password.block_listed", false),
    ///     ]
    /// );
    /// ```
    pub fn check(&self, password: &str, person: &Person<'_>) -> Checklist {
        // What is too long is not looked at, nor is anything prepared for it (P3).
        let nobody = Person::default();
        self.checker(if is_too_long(password) { &nobody } else { person }).check(password)
    }

    /// The same for one person and many passwords: the words of their data are
    /// prepared once. For a form that ticks the rules off as someone types.
    ///
    /// ```
    /// use carekey::password::Person;
    /// use carekey::policy::PasswordPolicy;
    ///
    /// let felicia = Person { names: &["Felicia Conner"], ..Person::default() };
    /// let checker = PasswordPolicy::agency().checker(&felicia);
    /// assert!(!checker.check("Conner#47!").passes());
    /// assert!(checker.check("Lantern#47 tide").passes());
    /// ```
    pub fn checker(&self, person: &Person<'_>) -> Checker {
        let person = if self.personal { PersonalWords::of(person) } else { PersonalWords::of(&Person::default()) };
        Checker { policy: self.clone(), person }
    }

    /// The same policy where a second factor is asked too: the shorter
    /// minimum length applies.
    #[must_use]
    pub fn beside_second_factor(&self) -> Self {
        Self { min_length: self.min_length_with_second_factor, ..self.clone() }
    }
}

/// A policy and the words of one person, ready for many passwords
/// ([`PasswordPolicy::checker`]).
pub struct Checker {
    policy: PasswordPolicy,
    person: PersonalWords,
}

/// For which policy: whose words they are, no print tells.
impl core::fmt::Debug for Checker {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Checker").field("policy", &self.policy).finish_non_exhaustive()
    }
}

/// How many rules there are where a policy has all of them, and the person all data.
const MOST_RULES: usize = 11;

impl Checker {
    /// Checks a password as [`PasswordPolicy::check`] does.
    pub fn check(&self, password: &str) -> Checklist {
        let policy = &self.policy;
        let mut list = Checklist { rules: Vec::with_capacity(MOST_RULES) };
        let too_long = Finding::new(Code::PasswordTooLong, "password").with("limit", MAX_BYTES);
        if is_too_long(password) {
            list.rule(false, too_long);
            return list;
        }
        let password = nfc(password);
        let length = password.chars().count();
        list.rule(
            u32::try_from(length).is_ok_and(|length| length >= policy.min_length),
            Finding::new(Code::PasswordTooShort, "password").with("minimum", policy.min_length).with("length", length),
        );
        list.rule(true, too_long);
        let has = |class: fn(char) -> bool| password.chars().any(class);
        let classes = [
            (policy.digit, Code::PasswordNoDigit, has(char::is_numeric)),
            (policy.upper, Code::PasswordNoUpper, has(char::is_uppercase)),
            (policy.lower, Code::PasswordNoLower, has(char::is_lowercase)),
            (policy.special, Code::PasswordNoSpecial, has(is_special)),
        ];
        for (_, code, met) in classes.into_iter().filter(|(asked, _, _)| *asked) {
            list.rule(met, Finding::new(code, "password"));
        }
        if policy.block_list {
            let because = block_list::because(&password);
            let finding = Finding::new(Code::PasswordBlockListed, "password");
            list.rule(because.is_none(), finding.with("because", because.unwrap_or(block_list::ANY)));
        }
        if policy.personal {
            for (what, made_of) in self.person.within(&password) {
                list.rule(!made_of, Finding::new(Code::PasswordContainsPerson, "password").with("what", what));
            }
        }
        list
    }
}

/// Neither letter nor numeral. An accent belongs to its letter, and a control
/// character is nothing that someone types.
fn is_special(c: char) -> bool {
    !c.is_alphanumeric() && !is_combining_mark(c) && !c.is_control()
}
