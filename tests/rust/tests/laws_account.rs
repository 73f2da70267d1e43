//! Laws of counting failures and of sessions (E4, E5), for whatever comes in
//! whatever order.

use carekey::account::{Admission, Throttle, TokenLife};
use carekey::policy::{SessionPolicy, ThrottlePolicy};
use proptest::prelude::*;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

const BEGIN: OffsetDateTime = datetime!(2026-11-22 9:00 UTC);
/// As long as an attempt may be under way.
const LEASE: Duration = Duration::seconds(30);

#[derive(Debug, Clone, Copy)]
enum Step {
    /// So many milliseconds pass.
    Wait(i64),
    /// Someone tries.
    Admit,
    /// One of those under way ends.
    End(prop::sample::Index, Outcome),
    /// The process of one of those under way dies.
    Die,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Outcome {
    Right,
    Wrong,
    Undecided,
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![1 => Just(Outcome::Right), 6 => Just(Outcome::Wrong), 1 => Just(Outcome::Undecided)]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let wait = prop_oneof![0..50i64, 0..40_000i64, 0..2_000_000i64];
    let step = prop_oneof![
        3 => wait.prop_map(Step::Wait),
        6 => Just(Step::Admit),
        5 => (any::<prop::sample::Index>(), outcome()).prop_map(|(which, outcome)| Step::End(which, outcome)),
        1 => Just(Step::Die),
    ];
    prop::collection::vec(step, 0..160)
}

fn policies() -> impl Strategy<Value = ThrottlePolicy> {
    (1..8u32, 1..60u32, 0..1000u32, 0..40u32).prop_map(|(failures, first, more, closing)| ThrottlePolicy {
        failures,
        first_wait_seconds: first,
        longest_wait_seconds: first + more,
        close_after: failures + closing,
        ..ThrottlePolicy::default()
    })
}

/// The wait that so many failures in a row bring.
fn wait_after(policy: &ThrottlePolicy, failures: u32) -> Duration {
    let Some(beyond) = failures.checked_sub(policy.failures) else { return Duration::ZERO };
    let doubled = f64::from(policy.first_wait_seconds) * 2f64.powi(beyond as i32);
    Duration::seconds(doubled.min(f64::from(policy.longest_wait_seconds)) as i64)
}

proptest! {
    /// While every attempt ends within its lease, nothing is estimated: places
    /// held are the attempts under way, failures the wrong ones since the last
    /// right one, and no more than the limit are ever under way or wrong.
    #[test]
    fn counting_is_exact_in_any_order(policy in policies(), steps in steps()) {
        let (mut throttle, mut now) = (Throttle::default(), BEGIN);
        let (mut under_way, mut wrong): (Vec<OffsetDateTime>, u32) = (Vec::new(), 0);
        for step in steps {
            match step {
                Step::Wait(ms) => {
                    // All end before the lease of the first of them does.
                    let latest = under_way.iter().min().map(|first| *first + LEASE - Duration::MILLISECOND);
                    now = latest.map_or(now + Duration::milliseconds(ms), |latest| latest.min(now + Duration::milliseconds(ms)).max(now));
                }
                Step::Admit => {
                    let locked = throttle.locked(now);
                    let closed = wrong >= policy.close_after;
                    let room = (wrong + under_way.len() as u32) < policy.failures || (wrong >= policy.failures && under_way.is_empty());
                    let expected = match locked {
                        _ if closed => Admission::Closed,
                        Some(until) => Admission::Locked(until),
                        None if room => Admission::Evaluate,
                        None => Admission::Busy,
                    };
                    prop_assert_eq!(throttle.admit(&policy, now), expected);
                    if expected == Admission::Evaluate {
                        under_way.push(now);
                    }
                }
                Step::End(which, outcome) if !under_way.is_empty() => {
                    under_way.remove(which.index(under_way.len()));
                    match outcome {
                        Outcome::Right => {
                            throttle.succeeded();
                            wrong = 0;
                        }
                        Outcome::Wrong => {
                            throttle.failed(&policy, now);
                            wrong += 1;
                            let until = throttle.locked(now).unwrap_or(now);
                            prop_assert!(until - now >= wait_after(&policy, wrong));
                        }
                        Outcome::Undecided => throttle.withdrawn(),
                    }
                }
                Step::End(..) | Step::Die => {}
            }
            prop_assert_eq!((throttle.failures, throttle.open as usize), (wrong, under_way.len()));
            prop_assert!(under_way.len() as u32 <= policy.failures.saturating_sub(wrong).max(1));
        }
    }

    /// Without a right one, whatever dies, ends late or never ends: failures
    /// and the wait never go back, none that was let in is forgotten, and past
    /// the limit each has to wait longer than the one before.
    #[test]
    fn nobody_gets_more_tries_by_dying_or_by_coming_late(policy in policies(), steps in steps()) {
        let (mut throttle, mut now) = (Throttle::default(), BEGIN);
        let (mut under_way, mut admitted): (u32, Vec<OffsetDateTime>) = (0, Vec::new());
        for step in steps {
            let before = throttle.clone();
            match step {
                Step::Wait(ms) => now += Duration::milliseconds(ms),
                Step::Admit => {
                    if throttle.admit(&policy, now) == Admission::Evaluate {
                        under_way += 1;
                        admitted.push(now);
                    }
                }
                Step::End(..) if under_way > 0 => {
                    under_way -= 1;
                    throttle.failed(&policy, now);
                }
                Step::Die if under_way > 0 => under_way -= 1,
                Step::End(..) | Step::Die => {}
            }
            prop_assert!(throttle.failures >= before.failures && throttle.locked_until >= before.locked_until);
            prop_assert!(admitted.len() as u32 <= throttle.failures + throttle.open);
        }
        for (earlier, pair) in (1..).zip(admitted.windows(2)) {
            prop_assert!(pair[1] - pair[0] >= wait_after(&policy, earlier), "after {} tries", earlier);
        }
        prop_assert!(admitted.len() as u32 <= policy.close_after);
    }

    /// A throttle survives being stored between any two steps.
    #[test]
    fn a_stored_throttle_is_the_same(failures: u32, open: u32, at in prop::option::of(0i64..4_000_000_000)) {
        let at = at.map(|at| OffsetDateTime::from_unix_timestamp(at).expect("a moment"));
        let throttle = Throttle { failures, open, open_until: at, locked_until: at };
        let stored = serde_json::to_string(&throttle).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Throttle>(&stored).expect("a throttle"), throttle);
    }

    /// Whoever is out stays out, limits are outside, and only the own epoch counts.
    #[test]
    fn a_session_ends_once(
        idle in 1..20_000u32, hours in 1..2_000u32, days in 0..366u32, remember: bool, epoch in 0..3i64,
        looks in prop::collection::vec(0..200_000_000_000i64, 1..20),
    ) {
        let policy = SessionPolicy { idle_minutes: idle, absolute_hours: hours, remember_days: days, ..SessionPolicy::default() };
        let life = TokenLife::session(&policy, remember, BEGIN, epoch);
        let mut looks = looks;
        looks.sort_unstable();
        let live: Vec<bool> = looks.iter().map(|ms| life.is_live(epoch, BEGIN + Duration::milliseconds(*ms))).collect();
        prop_assert!(live.windows(2).all(|pair| pair[0] || !pair[1]), "{live:?}");
        prop_assert!(!life.is_live(epoch, life.expires_at));
        prop_assert!(life.is_live(epoch, BEGIN));
        let idle = life.idle_ms.map_or(life.expires_at, |ms| life.expires_at.min(BEGIN + Duration::milliseconds(ms)));
        prop_assert!(life.is_live(epoch, idle - Duration::MILLISECOND) && !life.is_live(epoch, idle));
        prop_assert!(!life.is_live(epoch + 1, BEGIN) && !life.is_live(epoch - 1, BEGIN));
        let ended = TokenLife { ended: true, ..life };
        prop_assert!(!ended.is_live(epoch, BEGIN));
    }
}

/// 64 at once, all wrong, at every limit: exactly as many are evaluated.
#[test]
fn exactly_the_limit_are_evaluated() {
    for limit in 1..=64 {
        let policy = ThrottlePolicy { failures: limit, close_after: 1_000, ..ThrottlePolicy::default() };
        let mut throttle = Throttle::default();
        let evaluated = (0..64).filter(|_| throttle.admit(&policy, BEGIN) == Admission::Evaluate).count();
        assert_eq!(evaluated, limit as usize);
        for _ in 0..evaluated {
            throttle.failed(&policy, BEGIN);
        }
        assert_eq!(throttle.admit(&policy, BEGIN), Admission::Locked(BEGIN + Duration::seconds(30)));
    }
}
