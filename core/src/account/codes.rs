//! The codes that were sent to one contact (E4, E6): how many, how long, and
//! what each wrong one costs. Three bounds hold whatever strangers send.
//!
//! **Noise.** A message is sent only while fewer than
//! [`messages_per_day`](RecoveryPolicy::messages_per_day) went out within the
//! 24 hours before it. One whose code came back right was its owner's, and
//! counts no longer.
//!
//! **Denial.** All codes that have not expired are good for every request, so a
//! stranger's request takes nothing away, and one that sends nothing leaves
//! those that were sent. A limited code is dead after
//! [`code_tries`](RecoveryPolicy::code_tries) wrong ones. The last message that
//! the day allows, and each while three of its codes were used up, carries a
//! [`LONG`] code instead, which no number of tries uses up; the last one is good
//! until a further message may be sent. So whoever asks again after each dead
//! code has a good one with the fourth message, and is never without.
//!
//! **Guessing.** B = 1 in 10,000 a year. Let n be the number of limited codes
//! that met their first wrong try within the past 365 days, and of those that
//! are live and met none yet. The next limited code has so many digits d that
//!
//! ```text
//! tries / 10^d ≤ B / (2 (n + 1)²)
//! ```
//!
//! Take all codes that meet their first wrong try within any 365 days, in the
//! order they were sent: number 0, 1, 2, … When number j was sent, each of the
//! j before it had met its first wrong try, within the year, or was live; so n
//! was at least j. Each is guessed right with at most tries / 10^d, and all of
//! them with at most
//!
//! ```text
//! Σ B / (2 (j + 1)²) < B/2 · π²/6 < 0.823 B
//! ```
//!
//! The rest, 0.177 B, is for long codes. At most ten of them are live, so a
//! guess hits one with 10 / 10²⁰: it takes more than 10¹⁴ guesses at one
//! contact in a year, five million a second, to use that up.
//!
//! What is kept of the year is two counts: of the year that runs, and of the
//! one before. Together they are never less than those of the past 365 days.

#[cfg(test)]
mod attackers;

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};
use time::{Duration, OffsetDateTime};

use crate::policy::RecoveryPolicy;
use crate::words::Method;

/// The digits of a code that no number of tries uses up: 66 bits.
const LONG: u32 = 20;
/// The fewest digits of a code (E6).
const FEWEST: u32 = 6;
/// 2 / B.
const TWICE_ODDS: u128 = 2 * 10_000;
/// How many codes are compared at each try, whatever was sent: the most
/// messages that a policy may allow a day.
const SLOTS: u8 = 10;
/// So many used-up codes within a day, and the next is long.
const USED_UP: usize = 3;
/// A code younger than that is on its way: a request sends no further one.
const ON_ITS_WAY: Duration = Duration::seconds(60);
const DAY: Duration = Duration::days(1);
const YEAR: Duration = Duration::days(365);

/// The codes that were sent to one contact and are not past, with what is
/// needed to say how long the next one must be.
///
/// Of a code only a keyed digest is kept, which the caller makes, over the
/// contact and the digits. The digest, the tries and the messages change
/// together: write the value back in the commit that sends the message or
/// answers the try.
///
/// ```
/// use carekey::account::LiveCodes;
/// use carekey::{Method, policy::RecoveryPolicy};
/// use time::macros::datetime;
///
/// let policy = RecoveryPolicy::default();
/// let now = datetime!(2026-11-22 9:00 UTC);
/// let mut codes = LiveCodes::default();
/// let code = codes.request(&policy, Method::Email, now).expect("the first message of the day");
/// assert_eq!((code.digits, code.expires_at), (8, datetime!(2026-11-23 9:00 UTC)));
/// codes.sent(code, b"digest of 12345678");
///
/// assert!(codes.request(&policy, Method::Email, now).is_none(), "it is on its way");
/// assert!(!codes.try_code(b"digest of 00000000", now));
/// assert!(codes.try_code(b"digest of 12345678", now));
/// assert!(!codes.try_code(b"digest of 12345678", now), "used once");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LiveCodes {
    /// The messages of the last 24 hours, the oldest first.
    messages: Vec<Sent>,
    /// How many limited codes met their first wrong try since then.
    guessed: u32,
    /// How many did in the year before.
    guessed_before: u32,
    /// When the year that runs began.
    #[serde(with = "time::serde::rfc3339::option")]
    since: Option<OffsetDateTime>,
}

/// One message with a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    expires_at: OffsetDateTime,
    /// In base64url; empty once the code is dead.
    digest: String,
    /// The wrong tries that are left; nothing for a long code.
    tries_left: Option<u32>,
    /// Whether it met a wrong try.
    guessed: bool,
}

impl Sent {
    fn is_live(&self, now: OffsetDateTime) -> bool {
        !self.digest.is_empty() && now < self.expires_at
    }

    const fn is_used_up(&self) -> bool {
        matches!(self.tries_left, Some(0))
    }
}

/// A code to be made and sent. Nothing is counted until it is
/// [`sent`](LiveCodes::sent).
#[derive(Debug, PartialEq, Eq)]
pub struct NewCode {
    /// How many random digits it has.
    pub digits: u32,
    /// Until when it is good.
    pub expires_at: OffsetDateTime,
    at: OffsetDateTime,
    tries: Option<u32>,
}

impl LiveCodes {
    /// Someone asks for a code: the one to make and send, or nothing, where the
    /// codes that were sent must do. The answer to a visitor is the same.
    #[must_use = "a code that is not sent helps nobody"]
    pub fn request(&mut self, policy: &RecoveryPolicy, method: Method, now: OffsetDateTime) -> Option<NewCode> {
        self.settle(now);
        let a_day = usize::try_from(policy.messages_per_day.min(SLOTS.into())).unwrap_or(1).max(1);
        let on_its_way = |last: &Sent| last.is_live(now) && now - last.at < ON_ITS_WAY;
        if self.messages.len() >= a_day || self.messages.last().is_some_and(on_its_way) {
            return None;
        }
        let minutes = match method {
            Method::Email => policy.email_minutes,
            Method::Sms => policy.sms_minutes,
        };
        let mut expires_at = now.saturating_add(Duration::minutes(minutes.into()).min(DAY));
        let is_last = self.messages.len() + 1 == a_day;
        if is_last {
            // A further message may be sent when the oldest is a day old.
            let oldest = self.messages.first().map_or(now, |oldest| oldest.at);
            expires_at = expires_at.max(oldest.saturating_add(DAY));
        }
        let used_up = self.messages.iter().filter(|code| code.is_used_up()).count();
        let digits = if is_last || used_up >= USED_UP { LONG } else { self.digits(policy, now) };
        let tries = (digits < LONG).then_some(policy.code_tries.max(1));
        Some(NewCode { digits, expires_at, at: now, tries })
    }

    /// The code was made and its message goes out: the keyed digest by which it
    /// is recognised. One without a digest is sent, and never right.
    pub fn sent(&mut self, code: NewCode, digest: &[u8]) {
        self.messages.push(Sent {
            at: code.at,
            expires_at: code.expires_at,
            digest: BASE64URL_NOPAD.encode(digest),
            tries_left: code.tries,
            guessed: false,
        });
    }

    /// Whether what was typed, as the digest of it, is a code that is good. A
    /// right one ends them all (E6); a wrong one counts against each.
    #[must_use]
    pub fn try_code(&mut self, digest: &[u8], now: OffsetDateTime) -> bool {
        self.settle(now);
        if let Some(right) = self.position(digest, now) {
            self.end(Some(right));
            return true;
        }
        for code in self.messages.iter_mut().filter(|code| code.is_live(now)) {
            let Some(left) = &mut code.tries_left else { continue };
            *left = left.saturating_sub(1);
            if *left == 0 {
                code.digest.clear();
            }
            if !code.guessed {
                code.guessed = true;
                self.guessed = self.guessed.saturating_add(1);
                self.since.get_or_insert(now);
            }
        }
        false
    }

    /// Whether the code of that digest is good: a message that waits with
    /// another is withdrawn (N).
    #[must_use]
    pub fn is_live(&self, digest: &[u8], now: OffsetDateTime) -> bool {
        self.position(digest, now).is_some()
    }

    /// Ends all codes: the password was changed, the account disabled, the
    /// contact corrected. No stranger can bring that about, so it makes room for
    /// one message: nobody is left without a code for a day.
    pub fn end_all(&mut self) {
        self.end(self.messages.len().checked_sub(1));
    }

    /// Whether there is nothing left to know, so that it need not be kept.
    #[must_use]
    pub fn is_spent(&self, now: OffsetDateTime) -> bool {
        let mut settled = self.clone();
        settled.settle(now);
        settled == Self::default()
    }

    /// Ends all codes, and no longer counts the message at that place.
    fn end(&mut self, place: Option<usize>) {
        if let Some(place) = place.filter(|place| *place < self.messages.len()) {
            self.messages.remove(place);
        }
        self.messages.iter_mut().for_each(|code| code.digest.clear());
    }

    /// Where the live code of that digest stands. As much is compared, whatever
    /// was sent and whichever is right.
    fn position(&self, digest: &[u8], now: OffsetDateTime) -> Option<usize> {
        let typed = BASE64URL_NOPAD.encode(digest);
        let blank = "=".repeat(typed.len());
        let mut place = SLOTS;
        for slot in 0..SLOTS {
            let live = self.messages.get(usize::from(slot)).filter(|code| code.is_live(now));
            let stored = live.map_or(&blank, |code| &code.digest);
            let right = stored.as_bytes().ct_eq(typed.as_bytes()) & Choice::from(u8::from(live.is_some()));
            place.conditional_assign(&slot, right);
        }
        (place < SLOTS).then_some(usize::from(place))
    }

    /// How many digits the next limited code has, so that the bound holds.
    fn digits(&self, policy: &RecoveryPolicy, now: OffsetDateTime) -> u32 {
        let untouched = |code: &&Sent| code.is_live(now) && code.tries_left.is_some() && !code.guessed;
        let untouched = self.messages.iter().filter(untouched).count() as u64;
        let n = u64::from(self.guessed) + u64::from(self.guessed_before) + untouched;
        let place = u128::from(n) + 1;
        let needed = TWICE_ODDS * u128::from(policy.code_tries.max(1)) * place * place;
        (policy.code_digits.max(FEWEST)..LONG).find(|digits| 10u128.pow(*digits) >= needed).unwrap_or(LONG)
    }

    /// Lets go of what is past, and cuts what a wrong clock wrote down.
    fn settle(&mut self, now: OffsetDateTime) {
        for code in &mut self.messages {
            code.at = code.at.min(now);
            code.expires_at = code.expires_at.min(code.at.saturating_add(DAY));
        }
        self.messages.retain(|code| now - code.at < DAY);
        let Some(since) = self.since.map(|since| since.min(now)) else { return };
        self.since = Some(since);
        if now - since >= YEAR {
            // Nothing was counted after the year's end, or it would have been seen.
            self.guessed_before = if now - since < YEAR * 2 { self.guessed } else { 0 };
            self.guessed = 0;
            self.since = (self.guessed_before > 0).then_some(now);
        }
    }
}
