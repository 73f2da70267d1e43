//! When a message that could not be sent is tried again (N).

use time::{Duration, OffsetDateTime};

use crate::policy::OutboxPolicy;

/// No wait is longer: a day, by which an outage is over or someone looks.
const LONGEST_WAIT_SECONDS: u64 = 24 * 3600;

/// When a message that has now failed `tries` times, counting from 1, may be
/// tried again (rule N); `None` where it is abandoned, because the policy allows no
/// further try.
///
/// The first wait is the policy's, and each further one is twice as long, up
/// to a day. By default: 60 s, 2 min, 4 min … 64 min, and abandoned with the
/// eighth failure, about two hours after the first.
///
/// ```
/// use carekey::message::retry_at;
/// use carekey::policy::OutboxPolicy;
/// use time::{Duration, macros::datetime};
///
/// let now = datetime!(2026-03-02 09:00 UTC);
/// let policy = OutboxPolicy::default();
/// assert_eq!(retry_at(&policy, 1, now), Some(now + Duration::seconds(60)));
/// assert_eq!(retry_at(&policy, 2, now), Some(now + Duration::seconds(120)));
/// assert_eq!(retry_at(&policy, 8, now), None);
/// ```
pub fn retry_at(policy: &OutboxPolicy, tries: u32, now: OffsetDateTime) -> Option<OffsetDateTime> {
    if tries >= policy.tries {
        return None;
    }
    let wait = 2u64
        .saturating_pow(tries.saturating_sub(1))
        .saturating_mul(u64::from(policy.first_retry_seconds))
        .min(LONGEST_WAIT_SECONDS);
    Some(now.saturating_add(Duration::seconds(i64::try_from(wait).unwrap_or(i64::MAX))))
}
