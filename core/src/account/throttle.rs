//! Counting failures (E4), exactly, also under parallel attempts.
//!
//! An attempt is let in before it is decided, and holds one of the places
//! that are left before the next wait; so no more than the limit are ever
//! evaluated, however many come at once. An attempt that finds all places
//! held by others under way is [`Admission::Busy`]: it comes back in a moment
//! and is not refused, since those others may well be right.
//!
//! Failures and places held are together exactly the attempts since the last
//! right one that were wrong or are under way. Where a process dies, or takes
//! longer than the lease, its attempts count as failures; one that ends after
//! that is counted again rather than not at all.
//!
//! A clock may jump: what was written down by a wrong one must not keep anyone
//! out until the year it showed. So no wait lasts longer than the longest of
//! the policy, and no attempt is under way longer than the lease, from the
//! moment that they are looked at.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::policy::ThrottlePolicy;

/// How long an attempt may be under way before it counts as a failure: its
/// process must have died.
const LEASE: Duration = Duration::seconds(30);

/// The failures at one way in (password, code, questions) of one account, of
/// one device, or of another thing that is being guessed at (E4).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Throttle {
    /// Failures in a row.
    pub failures: u32,
    /// Attempts that were let in and are not decided yet.
    pub open: u32,
    /// When the open ones count as failures.
    #[serde(with = "time::serde::rfc3339::option")]
    pub open_until: Option<OffsetDateTime>,
    /// Until when further attempts are refused.
    #[serde(with = "time::serde::rfc3339::option")]
    pub locked_until: Option<OffsetDateTime>,
}

/// What becomes of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// Evaluate it, then say [`Throttle::succeeded`] or [`Throttle::failed`].
    Evaluate,
    /// Refused: too many failures, until then.
    Locked(OffsetDateTime),
    /// Refused: closed until recovery.
    Closed,
    /// All places are held by attempts under way: come back in a moment.
    Busy,
}

impl Throttle {
    /// Lets an attempt in, or says why not. Store the throttle before
    /// evaluating the attempt.
    ///
    /// ```
    /// use carekey::account::{Admission, Throttle};
    /// use carekey::policy::ThrottlePolicy;
    /// use time::macros::datetime;
    ///
    /// let policy = ThrottlePolicy::default();
    /// let now = datetime!(2026-11-22 9:00 UTC);
    /// let mut throttle = Throttle::default();
    /// for _ in 0..5 {
    ///     assert_eq!(throttle.admit(&policy, now), Admission::Evaluate);
    ///     throttle.failed(&policy, now);
    /// }
    /// assert_eq!(throttle.admit(&policy, now), Admission::Locked(datetime!(2026-11-22 9:00:30 UTC)));
    /// ```
    #[must_use = "an attempt that was not let in is not evaluated"]
    pub fn admit(&mut self, policy: &ThrottlePolicy, now: OffsetDateTime) -> Admission {
        self.settle(policy, now);
        if self.failures >= policy.close_after {
            return Admission::Closed;
        }
        if let Some(until) = self.locked(now) {
            return Admission::Locked(until);
        }
        // Past the limit each failure brings a wait: one attempt at a time.
        let places = policy.failures.saturating_sub(self.failures).max(1);
        if self.open >= places {
            return Admission::Busy;
        }
        self.open += 1;
        self.open_until = Some(now.saturating_add(LEASE));
        Admission::Evaluate
    }

    /// Until when attempts are refused, if they are, as it was last written
    /// down: [`admit`](Self::admit) cuts a wait that a wrong clock set.
    #[must_use]
    pub fn locked(&self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        self.locked_until.filter(|until| now < *until)
    }

    /// Whether this way in is closed: to passwords from unknown devices, until
    /// the owner signs in from a known one, recovers, or the office unlocks.
    #[must_use]
    pub const fn closed(&self, policy: &ThrottlePolicy) -> bool {
        self.failures >= policy.close_after
    }

    /// An attempt that was let in was right: the row of failures ends.
    pub fn succeeded(&mut self) {
        self.failures = 0;
        self.locked_until = None;
        self.leave();
    }

    /// An attempt that was let in was wrong.
    pub fn failed(&mut self, policy: &ThrottlePolicy, now: OffsetDateTime) {
        self.leave();
        self.count(policy, now);
    }

    /// An attempt that was let in was neither: it could not be decided.
    pub fn withdrawn(&mut self) {
        self.leave();
    }

    fn leave(&mut self) {
        self.open = self.open.saturating_sub(1);
        if self.open == 0 {
            self.open_until = None;
        }
    }

    /// A failure of another way in (recovery): it counts like a wrong password.
    pub fn count(&mut self, policy: &ThrottlePolicy, now: OffsetDateTime) {
        self.add(policy, 1, now);
    }

    /// Counts failures. Waits only grow, so the last one's is that of all.
    fn add(&mut self, policy: &ThrottlePolicy, failures: u32, now: OffsetDateTime) {
        self.cut(policy, now);
        self.failures = self.failures.saturating_add(failures);
        if let Some(beyond) = self.failures.checked_sub(policy.failures) {
            let wait = u64::from(policy.first_wait_seconds)
                .saturating_mul(1u64.checked_shl(beyond).unwrap_or(u64::MAX))
                .min(u64::from(policy.longest_wait_seconds));
            let until = now.saturating_add(Duration::seconds(i64::try_from(wait).unwrap_or(i64::MAX)));
            self.locked_until = Some(self.locked_until.map_or(until, |earlier| earlier.max(until)));
        }
    }

    /// Cuts what lies further ahead than this throttle ever writes down.
    fn cut(&mut self, policy: &ThrottlePolicy, now: OffsetDateTime) {
        let longest = now.saturating_add(Duration::seconds(policy.longest_wait_seconds.into()));
        self.locked_until = self.locked_until.map(|until| until.min(longest));
        let lease = now.saturating_add(LEASE);
        self.open_until = self.open_until.map(|until| until.min(lease));
    }

    /// Attempts whose process died count as failures.
    fn settle(&mut self, policy: &ThrottlePolicy, now: OffsetDateTime) {
        self.cut(policy, now);
        if self.open_until.is_some_and(|until| now >= until) {
            self.add(policy, self.open, now);
            self.open = 0;
            self.open_until = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-22 9:00 UTC);

    #[test]
    fn waits_double_up_to_the_longest_and_closing_ends_it() {
        let policy = ThrottlePolicy::default();
        let mut throttle = Throttle::default();
        let mut now = NOW;
        let mut waits = Vec::new();
        while throttle.admit(&policy, now) == Admission::Evaluate {
            throttle.failed(&policy, now);
            if let Some(until) = throttle.locked(now) {
                waits.push((until - now).whole_seconds());
                let early = throttle.clone().admit(&policy, until - Duration::MILLISECOND);
                assert!(early == Admission::Locked(until) || throttle.closed(&policy));
                now = until;
            }
        }
        assert_eq!(waits[..7], [30, 60, 120, 240, 480, 900, 900]);
        assert_eq!((throttle.failures, throttle.admit(&policy, now)), (100, Admission::Closed));
    }

    #[test]
    fn no_more_than_the_limit_are_under_way_and_none_is_refused_for_it() {
        let policy = ThrottlePolicy::default();
        let mut throttle = Throttle::default();
        for _ in 0..5 {
            assert_eq!(throttle.admit(&policy, NOW), Admission::Evaluate);
        }
        assert_eq!(throttle.admit(&policy, NOW), Admission::Busy);
        throttle.succeeded();
        assert_eq!(throttle.admit(&policy, NOW), Admission::Evaluate);
    }

    #[test]
    fn attempts_of_a_dead_process_count_as_failures() {
        let policy = ThrottlePolicy::default();
        let mut throttle = Throttle::default();
        for _ in 0..5 {
            assert_eq!(throttle.admit(&policy, NOW), Admission::Evaluate);
        }
        let later = NOW + LEASE;
        assert_eq!(throttle.admit(&policy, later), Admission::Locked(later + Duration::seconds(30)));
    }

    #[test]
    fn a_clock_that_showed_another_year_keeps_nobody_out() {
        let policy = ThrottlePolicy::default();
        let later = NOW + Duration::days(3650);
        let mut throttle = Throttle::default();
        for _ in 0..7 {
            throttle.failed(&policy, later);
        }
        let until = NOW + Duration::minutes(15);
        assert_eq!(throttle.admit(&policy, NOW), Admission::Locked(until));
        // It is cut once, not each time anew.
        assert_eq!(throttle.admit(&policy, until - Duration::MILLISECOND), Admission::Locked(until));
        assert_eq!(throttle.admit(&policy, until), Admission::Evaluate);
        assert_eq!(throttle.failures, 7);

        let mut throttle = Throttle::default();
        for _ in 0..5 {
            assert_eq!(throttle.admit(&policy, later), Admission::Evaluate);
        }
        assert_eq!(throttle.admit(&policy, NOW), Admission::Busy);
        assert!(matches!(throttle.admit(&policy, NOW + LEASE), Admission::Locked(_)));
    }

    #[test]
    fn a_row_ends_with_a_right_one() {
        let policy = ThrottlePolicy::default();
        let mut throttle = Throttle { failures: 4, ..Throttle::default() };
        assert_eq!(throttle.admit(&policy, NOW), Admission::Evaluate);
        throttle.succeeded();
        assert_eq!(throttle, Throttle::default());
    }
}
