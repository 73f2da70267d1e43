//! Policy: every number and switch that an agency may set.
//!
//! A [`Policy`] is data. It has a default for everything, is [read](Policy::read)
//! from and written to JSON, and refuses fields it does not know.
//! [`Policy::findings`] says where a number lies outside what carekey can
//! keep, [`Policy::departures`] where it departs from a standard. All durations
//! are in the unit their name ends with.
//!
//! ```
//! use carekey::policy::Policy;
//!
//! let policy: Policy = serde_json::from_str(r#"{ "invitation": { "lifetime_hours": 168 } }"#)?;
//! assert_eq!(policy.invitation.lifetime_hours, 168);
//! assert_eq!(policy.password, carekey::policy::PasswordPolicy::agency());
//! assert!(policy.findings().is_empty());
//! # Ok::<(), serde_json::Error>(())
//! ```

mod departures;
mod hashing;
mod limits;
mod office;
mod password;
mod read;
mod stored;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::finding::{Code, Finding};
use crate::text_enum::text_enum;
use crate::visibility::{Cell, cell};
use crate::words::{Resource, Role};

pub use hashing::HashingLimits;
pub use office::{OFFICE_ROLES, OfficeAct, OfficePolicy};
pub use password::{Argon2Cost, PasswordPolicy, TemporaryPasswordPolicy};
pub use stored::StoredPolicy;

text_enum! {
    /// How a username comes about (rules U1, U2, U3).
    pub enum UsernameScheme {
        /// The username is the e-mail address (U1).
        Email = "email",
        /// The username is the e-mail address or the phone number (U2).
        EmailOrPhone = "email_or_phone",
        /// The username is made from the name (U3).
        Staff = "staff",
    }
}

text_enum! {
    /// How an account gets its first password (rule E1).
    pub enum EnrolmentScheme {
        /// A link by e-mail or SMS leads to choosing one (S0).
        ActivationLink = "activation_link",
        /// A one-time password comes by mail and must be changed (S1, S2).
        TemporaryPassword = "temporary_password",
        /// A link and a code, good for 14 days (S3).
        InvitationCode = "invitation_code",
    }
}

text_enum! {
    /// How a forgotten password is recovered (rules Q5, E6).
    pub enum RecoveryMethod {
        /// A code to the stored contact, then the security questions.
        CodeThenQuestions = "code_then_questions",
        /// The security questions alone, as S0 and S1 describe it.
        Questions = "questions",
        /// A code to the stored contact alone.
        Code = "code",
    }
}

/// Everything that an agency may set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Usernames (U).
    pub username: UsernamePolicy,
    /// Passwords (P1 to P6).
    pub password: PasswordPolicy,
    /// Temporary passwords (P8).
    pub temporary_password: TemporaryPasswordPolicy,
    /// Security questions (Q).
    pub questions: QuestionPolicy,
    /// Which role gets its first password how (E1).
    pub enrolment: EnrolmentPolicy,
    /// Counting failures (E4).
    pub throttle: ThrottlePolicy,
    /// Sessions (E5).
    pub session: SessionPolicy,
    /// Forgotten passwords (E6, Q5).
    pub recovery: RecoveryPolicy,
    /// Invitations (I).
    pub invitation: InvitationPolicy,
    /// Who sees what (V).
    pub visibility: VisibilityPolicy,
    /// Access snapshots (V).
    pub snapshot: SnapshotPolicy,
    /// Waiting messages (N).
    pub outbox: OutboxPolicy,
    /// How many account managers an agency may have (A1).
    pub account_managers: u32,
    /// What the office delegates (A7).
    pub office: OfficePolicy,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            username: UsernamePolicy::default(),
            password: PasswordPolicy::default(),
            temporary_password: TemporaryPasswordPolicy::default(),
            questions: QuestionPolicy::default(),
            enrolment: EnrolmentPolicy::default(),
            throttle: ThrottlePolicy::default(),
            session: SessionPolicy::default(),
            recovery: RecoveryPolicy::default(),
            invitation: InvitationPolicy::default(),
            visibility: VisibilityPolicy::default(),
            snapshot: SnapshotPolicy::default(),
            outbox: OutboxPolicy::default(),
            account_managers: 3,
            office: OfficePolicy::default(),
        }
    }
}

/// Usernames: which role uses which scheme, and the house style of U3.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UsernamePolicy {
    /// The scheme of each role; a role that is not named uses its default.
    pub schemes: BTreeMap<Role, UsernameScheme>,
    /// The pattern of staff names: `{prefix}`, `{first}`, `{middle}`, `{last}`
    /// and literal characters, each name with an optional length, `{first:1}`.
    pub staff_pattern: String,
    /// The longest staff name, in characters: a Windows logon name has 20.
    pub staff_max_length: u32,
}

impl Default for UsernamePolicy {
    fn default() -> Self {
        Self { schemes: BTreeMap::new(), staff_pattern: "{prefix}{first:1}{last}".to_owned(), staff_max_length: 20 }
    }
}

impl UsernamePolicy {
    /// The scheme of a role: families U2, office staff U3, all others U1.
    pub fn scheme(&self, role: Role) -> UsernameScheme {
        self.schemes.get(&role).copied().unwrap_or(match role {
            Role::Family => UsernameScheme::EmailOrPhone,
            Role::OfficeStaff => UsernameScheme::Staff,
            Role::Client
            | Role::Caregiver
            | Role::HumanResources
            | Role::Organization
            | Role::Contact
            | Role::EmergencyContact
            | Role::Payer
            | Role::Community
            | Role::Employer
            | Role::Participant => UsernameScheme::Email,
        })
    }
}

/// Security questions: how many, and what an answer must be (Q1, Q2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct QuestionPolicy {
    /// How many questions are answered before the account is active; 0 for
    /// none, which is refused where recovery asks [nothing else](RecoveryMethod::Questions).
    pub count: u32,
    /// How many those of a role answer, where that is another number (S0 asks
    /// caregivers three, S1 clients one); [`of`](Self::of) says how many somebody
    /// does. Where recovery asks nothing else, all roles answer as many.
    pub by_role: BTreeMap<Role, u32>,
    /// The fewest letters and digits of an answer.
    pub answer_min_length: u32,
}

impl Default for QuestionPolicy {
    fn default() -> Self {
        Self { count: 3, by_role: BTreeMap::new(), answer_min_length: 3 }
    }
}

impl QuestionPolicy {
    /// What is asked of somebody of these roles: the largest number of any of
    /// them; of who has none, that of all others.
    ///
    /// ```
    /// use carekey::Role;
    /// use carekey::policy::QuestionPolicy;
    ///
    /// let policy = QuestionPolicy { by_role: [(Role::Client, 1)].into(), ..QuestionPolicy::default() };
    /// assert_eq!(policy.of([Role::Client]).count, 1);
    /// assert_eq!(policy.of([Role::Client, Role::Caregiver]).count, 3);
    /// assert_eq!(policy.of([]).count, 3);
    /// ```
    #[must_use]
    pub fn of(&self, roles: impl IntoIterator<Item = Role>) -> Self {
        let theirs = roles.into_iter().map(|role| self.by_role.get(&role).copied().unwrap_or(self.count));
        Self { count: theirs.max().unwrap_or(self.count), by_role: BTreeMap::new(), ..*self }
    }

    /// The most that anybody answers.
    pub(crate) fn most(&self) -> u32 {
        self.by_role.values().copied().fold(self.count, u32::max)
    }
}

/// Which role gets its first password how (E1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EnrolmentPolicy {
    /// The scheme of each role; a role that is not named uses its default.
    pub schemes: BTreeMap<Role, EnrolmentScheme>,
    /// How long an activation link is good.
    pub activation_hours: u32,
    /// How long a begun step (change the password, set the questions) is good.
    pub step_minutes: u32,
    /// After how many days those who have not come are reminded of what they
    /// were sent, invitations among it (I10): 3 and 10 are usual; none by
    /// default. Each lies before activation links and invitations are over.
    pub reminder_days: BTreeSet<u32>,
}

impl Default for EnrolmentPolicy {
    fn default() -> Self {
        Self { schemes: BTreeMap::new(), activation_hours: 14 * 24, step_minutes: 30, reminder_days: BTreeSet::new() }
    }
}

impl EnrolmentPolicy {
    /// The scheme of a role: caregivers and human resources by link, families
    /// by code, all others by temporary password.
    pub fn scheme(&self, role: Role) -> EnrolmentScheme {
        self.schemes.get(&role).copied().unwrap_or(match role {
            Role::Caregiver | Role::HumanResources => EnrolmentScheme::ActivationLink,
            Role::Family => EnrolmentScheme::InvitationCode,
            Role::Client
            | Role::OfficeStaff
            | Role::Organization
            | Role::Contact
            | Role::EmergencyContact
            | Role::Payer
            | Role::Community
            | Role::Employer
            | Role::Participant => EnrolmentScheme::TemporaryPassword,
        })
    }
}

/// Counting failures (E4): per account and way in, and per network that
/// attempts come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ThrottlePolicy {
    /// How many failures in a row bring the first wait.
    pub failures: u32,
    /// The first wait; it doubles with each further failure.
    pub first_wait_seconds: u32,
    /// The longest wait.
    pub longest_wait_seconds: u32,
    /// How many failures in a row close password sign-in until recovery.
    pub close_after: u32,
    /// How many different names may fail from one network within the window
    /// before attempts from there wait, as long and doubling as above.
    pub source_names: u32,
    /// The window in which different names of one network are counted.
    pub source_window_minutes: u32,
    /// How many leading bits of an IPv4 address are its network.
    pub source_prefix_v4: u32,
    /// How many leading bits of an IPv6 address are its network.
    pub source_prefix_v6: u32,
}

impl Default for ThrottlePolicy {
    fn default() -> Self {
        Self {
            failures: 5,
            first_wait_seconds: 30,
            longest_wait_seconds: 15 * 60,
            close_after: 100,
            source_names: 30,
            source_window_minutes: 10,
            source_prefix_v4: 24,
            source_prefix_v6: 56,
        }
    }
}

/// Sessions (E5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SessionPolicy {
    /// How long a session may be left unused.
    pub idle_minutes: u32,
    /// How long a session lasts at most.
    pub absolute_hours: u32,
    /// How long one with "remember me" lasts, used or not; 0 turns it off.
    pub remember_days: u32,
    /// How long a device is known after a sign-in (E4).
    pub device_days: u32,
}

impl Default for SessionPolicy {
    fn default() -> Self {
        Self { idle_minutes: 15, absolute_hours: 12, remember_days: 30, device_days: 180 }
    }
}

/// Forgotten passwords (E6, Q4, Q5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RecoveryPolicy {
    /// What is asked before a new password can be chosen.
    pub method: RecoveryMethod,
    /// How many digits a code has at least; it has more where strangers guess.
    pub code_digits: u32,
    /// How long a code by e-mail is good.
    pub email_minutes: u32,
    /// How long a code by SMS is good; longer only while the messages of the
    /// day are used up.
    pub sms_minutes: u32,
    /// How many wrong codes end one, unless it is too long to be guessed.
    pub code_tries: u32,
    /// How many messages with a code that is not used go to one contact within
    /// 24 hours.
    pub messages_per_day: u32,
    /// How many wrong sets of answers end it.
    pub answer_tries: u32,
}

impl Default for RecoveryPolicy {
    fn default() -> Self {
        Self {
            method: RecoveryMethod::CodeThenQuestions,
            code_digits: 8,
            email_minutes: 24 * 60,
            sms_minutes: 10,
            code_tries: 5,
            messages_per_day: 10,
            answer_tries: 5,
        }
    }
}

/// Invitations (I2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InvitationPolicy {
    /// How long an invitation is good: 14 × 24.
    pub lifetime_hours: u32,
}

impl Default for InvitationPolicy {
    fn default() -> Self {
        Self { lifetime_hours: 14 * 24 }
    }
}

/// Cells of the matrix that the agency takes away, and those that it opens (V).
/// It opens only what the matrix leaves to it
/// ([`ByPolicy`](crate::visibility::Cell::ByPolicy)), and adds none: what staff
/// see beyond the matrix comes from grants.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VisibilityPolicy {
    /// What each role no longer sees.
    pub taken_away: BTreeMap<Role, BTreeSet<Resource>>,
    /// What each role sees of those it is tied to, since the agency opens it.
    pub opened: BTreeMap<Role, BTreeSet<Resource>>,
}

impl VisibilityPolicy {
    /// Whether the agency took this cell away.
    pub fn takes_away(&self, role: Role, resource: Resource) -> bool {
        self.taken_away.get(&role).is_some_and(|resources| resources.contains(&resource))
    }

    /// Whether the agency opens this cell, and the matrix leaves it to it.
    pub fn opens(&self, role: Role, resource: Resource) -> bool {
        cell(role, resource) == Cell::ByPolicy
            && self.opened.get(&role).is_some_and(|resources| resources.contains(&resource))
    }

    /// What an agency should know of the cells it takes away and opens, all of
    /// them warnings:
    ///
    /// * `policy.profile_taken_away` (field `visibility.taken_away`), once per
    ///   role that can no longer change its password;
    /// * `policy.opens_nothing` (field `visibility.opened`), once per cell that
    ///   the matrix does not leave to the agency: it stays as it is.
    ///
    /// To take away a cell that opens nothing is no fault and does nothing.
    pub fn findings(&self) -> Vec<Finding> {
        let without_profile = self.taken_away.keys().filter(|role| self.takes_away(**role, Resource::Profile));
        let without_profile = without_profile.map(|role| {
            Finding::new(Code::PolicyProfileTakenAway, "visibility.taken_away").with("role", role.as_str())
        });
        let opened = self.opened.iter().flat_map(|(role, resources)| resources.iter().map(|it| (*role, *it)));
        let fixed = opened.filter(|(role, resource)| !self.opens(*role, *resource));
        let fixed = fixed.map(|(role, resource)| {
            let finding = Finding::new(Code::PolicyOpensNothing, "visibility.opened").with("role", role.as_str());
            finding.with("resource", resource.as_str())
        });
        without_profile.chain(fixed).collect()
    }
}

/// Access snapshots (V).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SnapshotPolicy {
    /// How long an app may decide by a snapshot, and so how long what was
    /// revoked may still be seen without a network.
    pub lifetime_hours: u32,
}

impl Default for SnapshotPolicy {
    fn default() -> Self {
        Self { lifetime_hours: 24 }
    }
}

/// Waiting messages (N).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OutboxPolicy {
    /// How long a claimed message is kept for whoever claimed it.
    pub lease_seconds: u32,
    /// The wait after the first failure; it doubles with each further one.
    pub first_retry_seconds: u32,
    /// How many tries before a message is abandoned.
    pub tries: u32,
}

impl Default for OutboxPolicy {
    fn default() -> Self {
        Self { lease_seconds: 300, first_retry_seconds: 60, tries: 8 }
    }
}
