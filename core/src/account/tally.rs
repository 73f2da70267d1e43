//! Refusals of one account, counted until they become lines of its history
//! (E4, H), so that a stranger cannot write one for each knock.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::text_enum::text_enum;

text_enum! {
    /// Why an attempt was refused. The answer does not say it, the history does.
    #[non_exhaustive]
    pub enum Refusal {
        /// No refusal: a recovery was asked for. Strangers cause it as they
        /// cause refusals, and it is told with them.
        RecoveryStarted = "recovery_started",
        /// The password was wrong.
        WrongPassword = "wrong_password",
        /// A recovery code was wrong.
        WrongCode = "wrong_code",
        /// The answers to the security questions were wrong.
        WrongAnswers = "wrong_answers",
        /// An invitation's code was wrong.
        WrongInvitation = "wrong_invitation",
        /// Passwords wait, after failures (E4).
        Locked = "locked",
        /// Passwords from unknown devices are closed (E4).
        Closed = "closed",
        /// Passwords from that network wait (E4).
        SourceLocked = "source_locked",
        /// The account is disabled.
        Disabled = "disabled",
        /// The account has no password yet, or one that cannot be used.
        NoPassword = "no_password",
        /// What is stored cannot be evaluated.
        UnusableHash = "unusable_hash",
        /// The account changed while the password was evaluated.
        ChangedMeanwhile = "changed_meanwhile",
        /// The temporary password expired.
        Expired = "expired",
    }
}

/// The most characters of a source that are kept.
const SOURCE: usize = 200;

/// What was refused at one account and stands in no history yet: one line for
/// each reason, with a count. It is as long as there are reasons, whatever is
/// sent.
///
/// It may be [taken](Self::take) at any time, and is when another line of that
/// account is written, when its history is read, and when the day is over
/// ([`due`](Self::due)). So the repeated refusals of a day are a few lines, in
/// their place among the others. Days are those of UTC.
///
/// ```
/// use carekey::account::{Refusal, Refusals};
/// use time::macros::datetime;
///
/// let mut refusals = Refusals::default();
/// for second in 0..50 {
///     let now = datetime!(2026-11-22 9:00 UTC) + time::Duration::seconds(second);
///     refusals.add(Refusal::Disabled, Some("203.0.113.7"), now);
/// }
/// assert!(!refusals.due(datetime!(2026-11-22 23:59:59.999 UTC)));
/// assert!(refusals.due(datetime!(2026-11-23 0:00 UTC)));
///
/// let lines = refusals.take();
/// assert_eq!((lines.len(), lines[0].reason, lines[0].count), (1, Refusal::Disabled, 50));
/// assert!(refusals.is_empty());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Refusals(Vec<RefusalLine>);

/// The refusals of one account for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalLine {
    /// Why.
    pub reason: Refusal,
    /// How many there were.
    pub count: u64,
    /// When the first came.
    #[serde(with = "time::serde::rfc3339")]
    pub first_at: OffsetDateTime,
    /// When the last came.
    #[serde(with = "time::serde::rfc3339")]
    pub last_at: OffsetDateTime,
    /// From where the last came.
    pub source: Option<String>,
}

impl Refusals {
    /// Counts a refusal. Where those of another day are still there, take them
    /// first ([`due`](Self::due)); else they are counted together, between the
    /// two moments that the line says.
    pub fn add(&mut self, reason: Refusal, source: Option<&str>, now: OffsetDateTime) {
        let source = source.map(|source| source.chars().take(SOURCE).collect());
        if let Some(line) = self.0.iter_mut().find(|line| line.reason == reason) {
            line.count = line.count.saturating_add(1);
            line.first_at = line.first_at.min(now);
            line.last_at = line.last_at.max(now);
            line.source = source;
        } else {
            self.0.push(RefusalLine { reason, count: 1, first_at: now, last_at: now, source });
        }
    }

    /// Whether there are some of another day than that moment's, by UTC.
    #[must_use]
    pub fn due(&self, now: OffsetDateTime) -> bool {
        let day = |moment: OffsetDateTime| moment.unix_timestamp().div_euclid(24 * 3600);
        self.0.iter().any(|line| day(line.first_at) != day(now))
    }

    /// All there are, to be written into the history, by when the last came;
    /// none are left.
    #[must_use = "they are counted nowhere else"]
    pub fn take(&mut self) -> Vec<RefusalLine> {
        let mut lines = core::mem::take(&mut self.0);
        lines.sort_by_key(|line| (line.last_at, line.reason));
        lines
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::Duration;
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-22 9:00 UTC);

    #[test]
    fn a_line_says_the_first_the_last_and_from_where() {
        let mut refusals = Refusals::default();
        refusals.add(Refusal::Locked, Some("203.0.113.7"), NOW);
        refusals.add(Refusal::Disabled, None, NOW + Duration::minutes(1));
        refusals.add(Refusal::Locked, Some(&"x".repeat(1_000)), NOW + Duration::minutes(2));
        let lines = refusals.take();
        assert_eq!(lines.iter().map(|line| line.reason).collect::<Vec<_>>(), [Refusal::Disabled, Refusal::Locked]);
        let locked = &lines[1];
        assert_eq!((locked.count, locked.first_at, locked.last_at), (2, NOW, NOW + Duration::minutes(2)));
        assert_eq!(locked.source.as_ref().map(String::len), Some(SOURCE));
        assert!(refusals.take().is_empty());
    }

    #[test]
    fn a_clock_that_showed_another_year_is_another_day() {
        let mut refusals = Refusals::default();
        refusals.add(Refusal::Locked, None, NOW + Duration::days(3650));
        assert!(refusals.due(NOW));
        assert!(!Refusals::default().due(NOW));
    }

    proptest! {
        /// A stranger who knocks for a month: each is counted once, and a day
        /// has at most a line for each reason.
        #[test]
        fn none_is_lost_and_the_lines_are_few(knocks in prop::collection::vec((0..12usize, 0..7_200i64), 0..500)) {
            let (mut refusals, mut now, mut lines) = (Refusals::default(), NOW, Vec::new());
            for (reason, seconds) in &knocks {
                now += Duration::seconds(*seconds);
                if refusals.due(now) {
                    lines.extend(refusals.take());
                }
                refusals.add(Refusal::ALL[*reason % Refusal::ALL.len()], Some("203.0.113.7"), now);
                prop_assert!(refusals.0.len() <= Refusal::ALL.len());
                let stored = serde_json::to_string(&refusals).expect("JSON");
                prop_assert_eq!(&serde_json::from_str::<Refusals>(&stored).expect("refusals"), &refusals);
            }
            lines.extend(refusals.take());
            prop_assert_eq!(lines.iter().map(|line| line.count).sum::<u64>(), knocks.len() as u64);
            prop_assert!(lines.iter().all(|line| line.first_at.date() == line.last_at.date()));
            let days = ((now - NOW).whole_days() + 2) as usize;
            prop_assert!(lines.len() <= days * Refusal::ALL.len());
        }
    }
}
