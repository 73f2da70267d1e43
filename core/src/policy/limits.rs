//! The range of every number of a policy, and the presets of whole policies.

use super::{PasswordPolicy, Policy, RecoveryMethod};
use crate::finding::{Code, Finding};

/// The longest time that a policy may name, in hours: ten years.
const TEN_YEARS_HOURS: u32 = 10 * 366 * 24;

impl Policy {
    /// The default policy: the `agency` preset.
    pub fn agency() -> Self {
        Self::default()
    }

    /// The preset of state visit verification: its passwords
    /// ([`PasswordPolicy::evv_state`]) and a lock after 3 failures.
    pub fn evv_state() -> Self {
        let mut policy = Self { password: PasswordPolicy::evv_state(), ..Self::default() };
        policy.throttle.failures = 3;
        policy
    }

    /// The preset of NIST SP 800-63B-4 ([`PasswordPolicy::nist_800_63b_4`]).
    pub fn nist_800_63b_4() -> Self {
        Self { password: PasswordPolicy::nist_800_63b_4(), ..Self::default() }
    }

    /// Where a number lies outside what carekey can keep: one finding with
    /// the code `policy.out_of_range` per setting, in the order of the fields;
    /// then what cannot be delegated ([`OfficePolicy::findings`](super::OfficePolicy::findings)).
    pub fn findings(&self) -> Vec<Finding> {
        let p = &self.password;
        // Where questions are all that is asked, none would ask nothing.
        let only_questions = self.recovery.method == RecoveryMethod::Questions;
        let fewest_questions = u32::from(only_questions);
        // Another number would say there what somebody is, before they say who.
        let count = self.questions.count;
        let (fewest_of_a_role, most_of_a_role) = if only_questions { (count, count) } else { (0, 12) };
        let mut by_role = self.questions.by_role.values().copied();
        let of_a_role = by_role.find(|of| !(fewest_of_a_role..=most_of_a_role).contains(of));
        let reminders = &self.enrolment.reminder_days;
        // A reminder comes before what it reminds of is over.
        let last_day = self.enrolment.activation_hours.min(self.invitation.lifetime_hours).saturating_sub(1) / 24;
        let farthest = reminders.last().filter(|day| **day > last_day).or(reminders.first());
        let ranges = [
            ("username.staff_max_length", self.username.staff_max_length, 4, 64),
            ("password.min_length", p.min_length, 1, 64),
            ("password.min_length_with_second_factor", p.min_length_with_second_factor, 1, 64),
            ("password.history", p.history, 0, 50),
            ("password.cost.memory_kib", p.cost.memory_kib, 19 * 1024, 1024 * 1024),
            ("password.cost.passes", p.cost.passes, 2, 10),
            ("password.cost.lanes", p.cost.lanes, 1, 16),
            ("temporary_password.length", self.temporary_password.length, 12, 64),
            ("temporary_password.lifetime_hours", self.temporary_password.lifetime_hours, 1, TEN_YEARS_HOURS),
            ("questions.count", self.questions.count, fewest_questions, 12),
            ("questions.by_role", of_a_role.unwrap_or(fewest_of_a_role), fewest_of_a_role, most_of_a_role),
            ("questions.answer_min_length", self.questions.answer_min_length, 1, 64),
            ("enrolment.activation_hours", self.enrolment.activation_hours, 1, TEN_YEARS_HOURS),
            ("enrolment.step_minutes", self.enrolment.step_minutes, 1, 24 * 60),
            ("enrolment.reminder_days", farthest.copied().unwrap_or(1), 1, last_day.max(u32::from(farthest.is_none()))),
            ("throttle.failures", self.throttle.failures, 1, 100),
            ("throttle.first_wait_seconds", self.throttle.first_wait_seconds, 1, 24 * 3600),
            (
                "throttle.longest_wait_seconds",
                self.throttle.longest_wait_seconds,
                self.throttle.first_wait_seconds,
                24 * 3600,
            ),
            ("throttle.close_after", self.throttle.close_after, self.throttle.failures, 10_000),
            ("throttle.source_names", self.throttle.source_names, 2, 1_000),
            ("throttle.source_window_minutes", self.throttle.source_window_minutes, 1, 24 * 60),
            ("throttle.source_prefix_v4", self.throttle.source_prefix_v4, 8, 32),
            ("throttle.source_prefix_v6", self.throttle.source_prefix_v6, 32, 128),
            ("session.idle_minutes", self.session.idle_minutes, 1, 7 * 24 * 60),
            ("session.absolute_hours", self.session.absolute_hours, 1, 90 * 24),
            ("session.remember_days", self.session.remember_days, 0, 366),
            ("session.device_days", self.session.device_days, 1, 366),
            ("recovery.code_digits", self.recovery.code_digits, 6, 12),
            ("recovery.email_minutes", self.recovery.email_minutes, 1, 24 * 60),
            ("recovery.sms_minutes", self.recovery.sms_minutes, 1, 24 * 60),
            ("recovery.code_tries", self.recovery.code_tries, 1, 10),
            ("recovery.messages_per_day", self.recovery.messages_per_day, 1, 10),
            ("recovery.answer_tries", self.recovery.answer_tries, 1, 10),
            ("invitation.lifetime_hours", self.invitation.lifetime_hours, 1, TEN_YEARS_HOURS),
            ("snapshot.lifetime_hours", self.snapshot.lifetime_hours, 1, 7 * 24),
            ("outbox.lease_seconds", self.outbox.lease_seconds, 1, 24 * 3600),
            ("outbox.first_retry_seconds", self.outbox.first_retry_seconds, 1, 24 * 3600),
            ("outbox.tries", self.outbox.tries, 1, 100),
            ("account_managers", self.account_managers, 1, 1000),
        ];
        ranges
            .into_iter()
            .filter(|(_, value, minimum, maximum)| value < minimum || value > maximum)
            .map(|(setting, _, minimum, maximum)| {
                Finding::new(Code::PolicyOutOfRange, setting)
                    .with("setting", setting)
                    .with("minimum", minimum)
                    .with("maximum", maximum)
            })
            .chain(self.office.findings())
            .collect()
    }
}
