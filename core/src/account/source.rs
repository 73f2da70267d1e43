//! Counting by where attempts come from (E4), so that trying one password at
//! many names is slow.

use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddrV4};

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::{Admission, Throttle};
use crate::policy::ThrottlePolicy;

/// The network of an address: its leading bits, as many as the policy says.
///
/// It is shown as `203.0.113.0/24`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Network {
    address: IpAddr,
    prefix: u32,
}

impl Network {
    /// The network of a source that begins with an IP address, and nothing for
    /// any other. What follows the address is passed over: a port, a zone, or
    /// the host's own words after a blank, comma or semicolon. An IPv4 address
    /// written as IPv6 (`::ffff:203.0.113.7`) is one of IPv4.
    ///
    /// ```
    /// use carekey::account::Network;
    /// use carekey::policy::ThrottlePolicy;
    ///
    /// let policy = ThrottlePolicy::default();
    /// let network = |source| Network::of(source, &policy).map(|network| network.to_string());
    /// assert_eq!(network("203.0.113.7, portal").as_deref(), Some("203.0.113.0/24"));
    /// assert_eq!(network("2001:db8:0:1ff::7").as_deref(), Some("2001:db8:0:100::/56"));
    /// assert_eq!(network("portal"), None);
    /// ```
    pub fn of(source: &str, policy: &ThrottlePolicy) -> Option<Self> {
        let source = source.trim_start();
        let source = source.strip_prefix('[').unwrap_or(source);
        let end = source.find(|c: char| !(c.is_ascii_hexdigit() || c == '.' || c == ':'));
        let (address, rest) = source.split_at_checked(end.unwrap_or(source.len()))?;
        if rest.chars().next().is_some_and(|c| !(c.is_whitespace() || matches!(c, ',' | ';' | '%' | ']' | '/'))) {
            return None;
        }
        let with_port = || address.parse::<SocketAddrV4>().map(|socket| IpAddr::V4(*socket.ip()));
        let address: IpAddr = address.parse().or_else(|_| with_port()).ok()?;
        Some(match address.to_canonical() {
            IpAddr::V4(address) => {
                let prefix = policy.source_prefix_v4.min(32);
                let mask = u32::MAX.checked_shl(32 - prefix).unwrap_or(0);
                Self { address: Ipv4Addr::from_bits(address.to_bits() & mask).into(), prefix }
            }
            IpAddr::V6(address) => {
                let prefix = policy.source_prefix_v6.min(128);
                let mask = u128::MAX.checked_shl(128 - prefix).unwrap_or(0);
                Self { address: Ipv6Addr::from_bits(address.to_bits() & mask).into(), prefix }
            }
        })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

/// More names than the limit and so many are not told apart: by then the wait
/// is the longest.
const BEYOND: usize = 32;

/// The different names that failed from one network within the window, and
/// the wait that they bring.
///
/// It is asked before an attempt from an unknown device, after the account's
/// own [`Throttle`] and in the same way: attempts under way hold a place, so
/// that no more are evaluated than the limit, however many come at once. A
/// right one counts for nothing, and the same name counts once.
///
/// ```
/// use carekey::account::{Admission, SourceTally};
/// use carekey::policy::ThrottlePolicy;
/// use time::macros::datetime;
///
/// let policy = ThrottlePolicy::default();
/// let now = datetime!(2026-11-22 9:00 UTC);
/// let mut tally = SourceTally::default();
/// for name in 0..30u64 {
///     assert_eq!(tally.admit(&policy, now), Admission::Evaluate);
///     tally.failed(name.to_be_bytes(), &policy, now);
/// }
/// assert_eq!(tally.admit(&policy, now), Admission::Locked(datetime!(2026-11-22 9:00:30 UTC)));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SourceTally {
    /// The names, the one that failed last at the end.
    names: Vec<Failed>,
    /// Its failures are the number of names.
    throttle: Throttle,
}

/// A name that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Failed {
    /// The beginning of a keyed digest of the name.
    name: [u8; 8],
    /// When it last failed.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
}

impl SourceTally {
    /// Lets an attempt in, or says why not: never [`Admission::Closed`]. Store
    /// the tally before evaluating the attempt.
    #[must_use = "an attempt that was not let in is not evaluated"]
    pub fn admit(&mut self, policy: &ThrottlePolicy, now: OffsetDateTime) -> Admission {
        self.settle(policy, now);
        self.throttle.admit(&waits(policy), now)
    }

    /// An attempt that was let in was wrong, at the name of that digest.
    pub fn failed(&mut self, name: [u8; 8], policy: &ThrottlePolicy, now: OffsetDateTime) {
        self.settle(policy, now);
        let known = self.names.iter().position(|failed| failed.name == name);
        if let Some(known) = known {
            self.names.remove(known);
            self.throttle.withdrawn();
        } else {
            self.throttle.failed(&waits(policy), now);
        }
        self.names.push(Failed { name, at: now });
        let most = limit(policy).saturating_add(BEYOND);
        self.names.drain(..self.names.len().saturating_sub(most));
    }

    /// An attempt that was let in was right, or could not be decided: it counts
    /// for nothing.
    pub fn withdrawn(&mut self) {
        self.throttle.withdrawn();
    }

    /// Whether there is nothing left to know, so that it need not be kept.
    #[must_use]
    pub fn is_spent(&self, policy: &ThrottlePolicy, now: OffsetDateTime) -> bool {
        let mut settled = self.clone();
        settled.settle(policy, now);
        settled.names.is_empty() && settled.throttle.open == 0 && settled.throttle.locked(now).is_none()
    }

    /// Lets go of the names that are past the window, and of attempts whose
    /// process died: those have no name to count.
    fn settle(&mut self, policy: &ThrottlePolicy, now: OffsetDateTime) {
        let window = Duration::minutes(policy.source_window_minutes.into());
        for failed in &mut self.names {
            // A wrong clock may have written it down.
            failed.at = failed.at.min(now);
        }
        self.names.retain(|failed| now - failed.at < window);
        self.throttle.failures = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        if self.throttle.open_until.is_some_and(|until| now >= until) {
            self.throttle.open = 0;
            self.throttle.open_until = None;
        }
    }
}

/// The waits of a network: those of an account, from another limit on, and it
/// is never closed.
fn waits(policy: &ThrottlePolicy) -> ThrottlePolicy {
    ThrottlePolicy { failures: policy.source_names, close_after: u32::MAX, ..policy.clone() }
}

fn limit(policy: &ThrottlePolicy) -> usize {
    usize::try_from(policy.source_names).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-22 9:00 UTC);

    fn name(number: u64) -> [u8; 8] {
        number.to_be_bytes()
    }

    #[test]
    fn a_source_that_begins_with_an_address_has_a_network() {
        let policy = ThrottlePolicy::default();
        for (source, network) in [
            ("203.0.113.7", Some("203.0.113.0/24")),
            (" 203.0.113.7, portal", Some("203.0.113.0/24")),
            ("203.0.113.7:8443", Some("203.0.113.0/24")),
            ("203.0.113.7;app", Some("203.0.113.0/24")),
            ("::ffff:203.0.113.7", Some("203.0.113.0/24")),
            ("[::ffff:203.0.113.7]:443", Some("203.0.113.0/24")),
            ("2001:DB8:0:1ff::7", Some("2001:db8:0:100::/56")),
            ("[2001:db8:0:1ff::7]:443 app", Some("2001:db8:0:100::/56")),
            ("fe80::1%eth0", Some("fe80::/56")),
            ("::1", Some("::/56")),
            ("", None),
            ("[", None),
            ("portal", None),
            ("portal, 203.0.113.7", None),
            ("203.0.113", None),
            ("203.0.113.777", None),
            ("203.0.113.7portal", None),
            ("203.0.113.7é", None),
            ("cafe: front desk", None),
        ] {
            assert_eq!(Network::of(source, &policy).map(|network| network.to_string()).as_deref(), network, "{source}");
        }
    }

    #[test]
    fn a_house_says_how_wide_its_networks_are() {
        let policy = ThrottlePolicy { source_prefix_v4: 32, source_prefix_v6: 128, ..ThrottlePolicy::default() };
        assert_eq!(Network::of("203.0.113.7", &policy).expect("one").to_string(), "203.0.113.7/32");
        assert_eq!(Network::of("2001:db8::7", &policy).expect("one").to_string(), "2001:db8::7/128");
    }

    #[test]
    fn one_name_and_right_answers_bring_no_wait() {
        let policy = ThrottlePolicy::default();
        let mut tally = SourceTally::default();
        for _ in 0..1_000 {
            assert_eq!(tally.admit(&policy, NOW), Admission::Evaluate);
            tally.failed(name(1), &policy, NOW);
            assert_eq!(tally.admit(&policy, NOW), Admission::Evaluate);
            tally.withdrawn();
        }
        assert_eq!((tally.names.len(), tally.throttle.open), (1, 0));
    }

    #[test]
    fn no_more_than_the_limit_are_evaluated_at_once() {
        let policy = ThrottlePolicy::default();
        let mut tally = SourceTally::default();
        let admitted = (0..1_000).filter(|_| tally.admit(&policy, NOW) == Admission::Evaluate).count();
        assert_eq!((admitted, tally.admit(&policy, NOW)), (30, Admission::Busy));
        (0..30).for_each(|number| tally.failed(name(number), &policy, NOW));
        assert_eq!(tally.admit(&policy, NOW), Admission::Locked(NOW + Duration::seconds(30)));
    }

    #[test]
    fn those_of_a_dead_process_hold_no_place_for_good() {
        let policy = ThrottlePolicy::default();
        let mut tally = SourceTally::default();
        while tally.admit(&policy, NOW) == Admission::Evaluate {}
        assert_eq!(tally.admit(&policy, NOW + Duration::seconds(30)), Admission::Evaluate);
        assert_eq!(tally.throttle.open, 1);
    }

    #[test]
    fn a_clock_that_showed_another_year_keeps_nobody_out() {
        let policy = ThrottlePolicy::default();
        let mut tally = SourceTally::default();
        (0..40).for_each(|number| tally.failed(name(number), &policy, NOW + Duration::days(3650)));
        let until = NOW + Duration::minutes(15);
        assert_eq!(tally.admit(&policy, NOW), Admission::Locked(until));
        assert_eq!(tally.admit(&policy, until), Admission::Evaluate);
        tally.withdrawn();
        assert!(tally.is_spent(&policy, until));
    }

    /// Whoever tries one password at a thousand names as fast as is let in.
    #[test]
    fn spraying_is_slow() {
        let policy = ThrottlePolicy::default();
        let (mut tally, mut now, mut tried) = (SourceTally::default(), NOW, 0u64);
        while now < NOW + Duration::days(1) {
            match tally.admit(&policy, now) {
                Admission::Evaluate => {
                    tally.failed(name(tried), &policy, now);
                    tried += 1;
                }
                Admission::Locked(until) => now = until,
                other => panic!("{other:?}"),
            }
        }
        assert!((1_000..6_000).contains(&tried), "{tried} in a day");
    }

    proptest! {
        /// Whatever comes: bounded, never more than the limit of names within
        /// the window without a wait, and no wait beyond the longest.
        #[test]
        fn bounded_whatever_comes(
            steps in prop::collection::vec((0..4u8, 0..80u64, -1_000..200i64), 0..400),
            limit in 2..40u32, longest in 1..900u32,
        ) {
            let policy = ThrottlePolicy {
                source_names: limit, first_wait_seconds: 1, longest_wait_seconds: longest, ..ThrottlePolicy::default()
            };
            let (mut tally, mut now) = (SourceTally::default(), NOW);
            for (what, number, seconds) in steps {
                // Mostly forwards, by bursts; backwards at times.
                now += Duration::seconds(if seconds < -990 { seconds } else { seconds.max(0) });
                match what {
                    0 => now += Duration::seconds(seconds.max(0)),
                    1 => tally.withdrawn(),
                    _ => match tally.admit(&policy, now) {
                        Admission::Evaluate => {
                            prop_assert!(tally.throttle.open <= limit);
                            tally.failed(name(number), &policy, now);
                        }
                        Admission::Locked(until) => prop_assert!(until - now <= Duration::seconds(longest.into())),
                        other => prop_assert!(false, "{other:?}"),
                    },
                }
                prop_assert!(tally.names.len() <= limit as usize + BEYOND);
                let mut distinct: Vec<_> = tally.names.iter().map(|failed| failed.name).collect();
                distinct.sort_unstable();
                distinct.dedup();
                prop_assert_eq!(distinct.len(), tally.names.len());
                let stored = serde_json::to_string(&tally).expect("JSON");
                prop_assert_eq!(&serde_json::from_str::<SourceTally>(&stored).expect("a tally"), &tally);
            }
        }
    }
}
