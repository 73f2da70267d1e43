//! The three bounds of E4, shown by strangers who do what they can, for weeks,
//! against an owner who comes every few hours.

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use time::macros::datetime;

use super::*;

const BEGIN: OffsetDateTime = datetime!(2026-11-22 9:00 UTC);
/// 1 in 10,000 a year.
const BOUND: f64 = 1e-4;
/// From the first request for a code to being in.
const PATIENCE: Duration = Duration::minutes(15);

/// What came into the owner's mailbox.
struct Mail {
    at: OffsetDateTime,
    digest: Vec<u8>,
    digits: u32,
    used: bool,
}

/// One contact, its owner's mailbox, and what strangers gain.
struct World {
    codes: LiveCodes,
    policy: RecoveryPolicy,
    method: Method,
    now: OffsetDateTime,
    mailbox: Vec<Mail>,
    /// When someone guessed, and with what chance.
    guesses: Vec<(OffsetDateTime, f64)>,
    /// Which limited message was first guessed at, and when.
    first_guesses: Vec<(OffsetDateTime, usize)>,
}

impl World {
    fn new(policy: RecoveryPolicy, method: Method) -> Self {
        let (mailbox, guesses, first_guesses) = (Vec::new(), Vec::new(), Vec::new());
        Self { codes: LiveCodes::default(), policy, method, now: BEGIN, mailbox, guesses, first_guesses }
    }

    /// Anyone may ask for a code.
    fn request(&mut self) -> bool {
        let Some(code) = self.codes.request(&self.policy, self.method, self.now) else { return false };
        let digest = (self.mailbox.len() as u64 + 1).to_be_bytes();
        self.mailbox.push(Mail { at: self.now, digest: digest.to_vec(), digits: code.digits, used: false });
        self.codes.sent(code, &digest);
        let stored = serde_json::to_string(&self.codes).expect("JSON");
        self.codes = serde_json::from_str(&stored).expect("codes");
        let day = |mail: &&Mail| !mail.used && self.now - mail.at < DAY;
        let unused = self.mailbox.iter().rev().take(50).filter(day).count();
        assert!(unused <= self.policy.messages_per_day as usize, "{unused} messages in a day");
        assert!(self.codes.messages.len() <= SLOTS.into());
        true
    }

    /// A stranger guesses, wrongly.
    fn guess(&mut self) {
        let live = self.codes.messages.iter().filter(|code| code.is_live(self.now));
        let chance = live.map(|code| 0.1f64.powi(self.mailbox[self.place(code)].digits as i32)).sum();
        let first: Vec<_> = self.limited().filter(|code| !code.guessed).map(|code| self.place(code)).collect();
        self.first_guesses.extend(first.into_iter().map(|place| (self.now, place)));
        self.guesses.push((self.now, chance));
        assert!(!self.codes.try_code(&0u64.to_be_bytes(), self.now));
    }

    /// Where the message of a live code stands in the mailbox.
    fn place(&self, code: &Sent) -> usize {
        let digest = BASE64URL_NOPAD.decode(code.digest.as_bytes()).expect("a digest");
        u64::from_be_bytes(digest.try_into().expect("8 bytes")) as usize - 1
    }

    /// The owner types the code of the newest message.
    fn owner_types(&mut self) -> bool {
        let Some(newest) = self.mailbox.last_mut() else { return false };
        newest.used = self.codes.try_code(&newest.digest, self.now);
        newest.used
    }

    /// The limited codes that are good and untried, or not used up.
    fn limited(&self) -> impl Iterator<Item = &Sent> {
        self.codes.messages.iter().filter(|code| code.is_live(self.now) && code.tries_left.is_some())
    }

    /// The most that was gained by guessing within any year.
    fn worst_year(&self) -> f64 {
        let (mut first, mut sum, mut worst) = (0, 0.0, 0.0f64);
        for (at, chance) in &self.guesses {
            sum += chance;
            while *at - self.guesses[first].0 >= YEAR {
                sum -= self.guesses[first].1;
                first += 1;
            }
            worst = worst.max(sum);
        }
        worst
    }
}

/// Each step of the proof: of the codes that were first guessed at within a
/// year, in the order they were sent, each has the digits of its place at least.
fn every_place_holds(world: &World) {
    for from in world.first_guesses.iter().map(|(at, _)| *at).step_by(50) {
        let year = from..from + YEAR;
        let mut places: Vec<_> =
            world.first_guesses.iter().filter(|(at, _)| year.contains(at)).map(|(_, place)| *place).collect();
        places.sort_unstable();
        for (place, message) in (1u128..).zip(places) {
            let digits = world.mailbox[message].digits;
            let needed = TWICE_ODDS * u128::from(world.policy.code_tries) * place * place;
            assert!(10u128.pow(digits) >= needed, "{digits} digits at place {place}");
        }
    }
}

/// What a stranger does.
#[derive(Debug, Clone, Copy)]
enum Stranger {
    /// All at once, as often as anything comes of it.
    Flood,
    /// One request and one guess a minute.
    Trickle,
    /// Each new code is used up at once.
    Burn,
    /// Requests only.
    Requests,
    /// Nothing until the owner asks; then what they get is used up.
    Wait,
    /// Each code is left one try, until the owner asks.
    LastTry,
    /// Asks just before the owner does, and uses it up just after.
    Forestall,
    /// Now this, now that.
    Random,
}

const STRANGERS: [Stranger; 8] = {
    use Stranger::*;
    [Flood, Trickle, Burn, Requests, Wait, LastTry, Forestall, Random]
};

impl Stranger {
    /// The stranger's turn: every minute, and after each thing the owner does.
    fn act(self, world: &mut World, owner_waits: bool, rng: &mut ChaCha8Rng) {
        match self {
            Self::Flood => {
                while world.request() {}
                (0..6).for_each(|_| world.guess());
            }
            Self::Trickle => {
                world.request();
                world.guess();
            }
            Self::Burn => {
                world.request();
                burn(world, 0);
            }
            Self::Requests => while world.request() {},
            Self::Wait if owner_waits => burn(world, 0),
            Self::Wait => {}
            Self::LastTry => {
                world.request();
                burn(world, u32::from(!owner_waits));
            }
            Self::Forestall if owner_waits => burn(world, 0),
            Self::Forestall => {
                world.request();
            }
            Self::Random => match rng.random_range(0..8u8) {
                0 => while world.request() {},
                1 => burn(world, 0),
                2 => burn(world, 1),
                3 | 4 => world.guess(),
                5 => {
                    world.request();
                }
                _ => {}
            },
        }
    }
}

/// Guesses until so many tries are left of every limited code.
fn burn(world: &mut World, leave: u32) {
    while world.limited().any(|code| code.tries_left.is_some_and(|left| left > leave)) {
        // One that another guess would kill is spared.
        if leave > 0 && world.limited().any(|code| code.tries_left.is_some_and(|left| left <= leave)) {
            break;
        }
        world.guess();
    }
}

/// Three weeks of a stranger, and an owner who comes every few hours, asks for
/// a code, types the newest a minute later, and asks again where it is refused.
fn three_weeks(stranger: Stranger, policy: &RecoveryPolicy, method: Method, seed: u64) -> World {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut world = World::new(policy.clone(), method);
    let mut owner_comes = BEGIN + Duration::hours(3);
    while world.now < BEGIN + Duration::weeks(3) {
        stranger.act(&mut world, false, &mut rng);
        if world.now >= owner_comes {
            let came = world.now;
            loop {
                world.request();
                world.now += Duration::seconds(rng.random_range(2..30));
                stranger.act(&mut world, true, &mut rng);
                world.now += Duration::seconds(rng.random_range(30..60));
                if world.owner_types() {
                    break;
                }
                world.now += Duration::seconds(rng.random_range(2..60));
                stranger.act(&mut world, false, &mut rng);
            }
            assert!(world.now - came <= PATIENCE, "{stranger:?}: not in after {}", world.now - came);
            owner_comes = world.now + Duration::minutes(rng.random_range(1..12 * 60));
        }
        world.now += Duration::minutes(1);
    }
    world
}

#[test]
fn no_stranger_breaks_a_bound() {
    for stranger in STRANGERS {
        for method in [Method::Email, Method::Sms] {
            let world = three_weeks(stranger, &RecoveryPolicy::default(), method, 7);
            let (gained, sent) = (world.worst_year(), world.mailbox.len());
            assert!(gained <= BOUND, "{stranger:?}: {gained:e}");
            let used = world.mailbox.iter().filter(|mail| mail.used).count();
            assert!(used > 40 && sent <= 21 * 10 + 10 + used, "{stranger:?}: {sent} sent, {used} used");
        }
    }
}

#[test]
fn whatever_the_policy_allows_keeps_the_bounds() {
    for (code_digits, code_tries, messages_per_day) in [(6, 10, 10), (6, 1, 10), (12, 10, 3), (6, 10, 1), (8, 5, 2)] {
        let policy = RecoveryPolicy { code_digits, code_tries, messages_per_day, ..RecoveryPolicy::default() };
        for stranger in STRANGERS {
            let world = three_weeks(stranger, &policy, Method::Sms, 11);
            assert!(world.worst_year() <= BOUND, "{stranger:?}: {:e}", world.worst_year());
        }
    }
}

/// Three years of those who gain the most: every day each code of the day is
/// guessed at, as often as can be, with or without using it up, one by one or
/// when all are there.
#[test]
fn no_year_gives_more_than_the_bound() {
    let shortest = RecoveryPolicy { code_digits: 6, code_tries: 10, ..RecoveryPolicy::default() };
    for (policy, leave, collects) in [
        (RecoveryPolicy::default(), 0, false),
        (RecoveryPolicy::default(), 1, false),
        (shortest.clone(), 0, false),
        (shortest.clone(), 1, false),
        (shortest.clone(), 0, true),
    ] {
        let mut world = World::new(policy, Method::Email);
        while world.now < BEGIN + Duration::days(3 * 365) {
            for _ in 0..10 {
                world.request();
                if !collects {
                    burn(&mut world, leave);
                }
                world.now += Duration::minutes(2);
            }
            burn(&mut world, leave);
            world.now += Duration::hours(24);
        }
        every_place_holds(&world);
        let gained = world.worst_year();
        assert!((0.01 * BOUND..=BOUND).contains(&gained), "{gained:e}");
        let longest = world.mailbox.iter().map(|mail| mail.digits).filter(|digits| *digits < LONG).max();
        assert!(longest <= Some(13), "{longest:?}");
        world.now += YEAR * 2;
        assert!(world.codes.is_spent(world.now));
    }
}

/// The sum itself, for more codes than can be sent in a year, each with the
/// digits of its place.
#[test]
fn the_digits_of_all_places_add_up_to_less_than_the_bound() {
    for code_tries in 1..=10 {
        let policy = RecoveryPolicy { code_tries, code_digits: 6, ..RecoveryPolicy::default() };
        let mut codes = LiveCodes::default();
        let sum: f64 = (0..100_000)
            .map(|place| {
                codes.guessed = place;
                f64::from(code_tries) * 0.1f64.powi(codes.digits(&policy, BEGIN) as i32)
            })
            .sum();
        assert!(sum <= 0.823 * BOUND, "{sum:e}");
        codes.guessed = u32::MAX;
        assert!(codes.digits(&policy, BEGIN) >= 20, "beyond any count it is a long one");
    }
}

#[test]
fn an_owner_who_mistypes_gets_short_codes() {
    let mut world = World::new(RecoveryPolicy::default(), Method::Email);
    for _ in 0..30 {
        assert!(world.request());
        world.guess();
        assert!(world.owner_types());
        world.now += Duration::days(3);
    }
    assert!(world.mailbox.iter().all(|mail| mail.digits == 8));
}

#[test]
fn a_request_takes_nothing_away() {
    let mut world = World::new(RecoveryPolicy::default(), Method::Email);
    for _ in 0..5 {
        assert!(world.request() && !world.request());
        world.now += ON_ITS_WAY;
    }
    assert!(world.mailbox.iter().all(|mail| world.codes.is_live(&mail.digest, world.now)));
    let first = world.mailbox[0].digest.clone();
    assert!(world.codes.try_code(&first, world.now));
    assert!(world.mailbox.iter().all(|mail| !world.codes.is_live(&mail.digest, world.now)));
}

#[test]
fn after_three_used_up_the_next_is_long() {
    let mut world = World::new(RecoveryPolicy::default(), Method::Sms);
    for _ in 0..4 {
        assert!(world.request());
        (0..5).for_each(|_| world.guess());
    }
    assert_eq!(world.mailbox.iter().map(|mail| mail.digits).collect::<Vec<_>>(), [8, 8, 8, 20]);
    (0..1_000).for_each(|_| world.guess());
    assert!(world.owner_types());
}

#[test]
fn the_last_code_of_the_day_is_good_until_the_next_may_be_sent() {
    let mut world = World::new(RecoveryPolicy::default(), Method::Sms);
    for _ in 0..10 {
        assert!(world.request());
        world.now += Duration::minutes(2);
    }
    assert!(!world.request());
    let last = world.mailbox[9].digest.clone();
    let next = BEGIN + DAY;
    assert!(world.codes.is_live(&last, next - Duration::MILLISECOND) && !world.codes.is_live(&last, next));
    world.now = next - Duration::MILLISECOND;
    assert!(!world.request());
    world.now = next;
    assert!(world.request());
}

#[test]
fn who_used_a_code_or_changed_the_password_gets_another_the_same_day() {
    for ended in [false, true] {
        let mut world = World::new(RecoveryPolicy::default(), Method::Email);
        for _ in 0..10 {
            world.request();
            world.now += ON_ITS_WAY;
        }
        assert!(!world.request());
        if ended {
            world.codes.end_all();
            world.mailbox[9].used = true;
        } else {
            assert!(world.owner_types());
        }
        assert!(world.request() && world.owner_types());
    }
    LiveCodes::default().end_all();
}

#[test]
fn tries_that_were_used_up_stay_so_under_another_policy() {
    let mut world = World::new(RecoveryPolicy::default(), Method::Email);
    world.request();
    (0..5).for_each(|_| world.guess());
    world.policy.code_tries = 10;
    assert!(!world.owner_types());
}

#[test]
fn nothing_is_right_where_nothing_was_sent() {
    let mut codes = LiveCodes::default();
    assert!(!codes.try_code(b"", BEGIN) && !codes.try_code(&[0; 32], BEGIN));
    let code = codes.request(&RecoveryPolicy::default(), Method::Email, BEGIN).expect("one");
    codes.sent(code, b"");
    assert!(!codes.try_code(b"", BEGIN));
    assert!(codes.is_spent(BEGIN + DAY));
}

#[test]
fn a_clock_that_showed_another_year_leaves_a_code() {
    let mut world = World::new(RecoveryPolicy::default(), Method::Sms);
    world.now = BEGIN + Duration::days(3650);
    for _ in 0..10 {
        world.request();
        world.guess();
        world.now += ON_ITS_WAY;
    }
    world.now = BEGIN;
    assert!(!world.request());
    assert!(world.codes.guessed > 0);
    world.now += Duration::hours(23);
    assert!(world.owner_types());
    world.now = BEGIN + Duration::days(3);
    assert!(world.request());
}

#[test]
fn counts_are_kept_for_a_year_at_least() {
    let mut codes = LiveCodes { guessed: 3, since: Some(BEGIN), ..LiveCodes::default() };
    let later = |days| BEGIN + Duration::days(days);
    codes.settle(later(364));
    assert_eq!((codes.guessed, codes.guessed_before), (3, 0));
    codes.settle(later(400));
    assert_eq!((codes.guessed, codes.guessed_before, codes.since), (0, 3, Some(later(400))));
    codes.settle(later(764));
    assert_eq!(codes.guessed_before, 3);
    codes.settle(later(765));
    assert_eq!(codes, LiveCodes::default());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Strangers who do now this, now that.
    #[test]
    fn no_mixture_breaks_a_bound(seed: u64, sms: bool) {
        let method = if sms { Method::Sms } else { Method::Email };
        let world = three_weeks(Stranger::Random, &RecoveryPolicy::default(), method, seed);
        prop_assert!(world.worst_year() <= BOUND);
    }
}

proptest! {
    /// In any order, also with a clock that jumps: bounded, stored as it is,
    /// and of what is dead nothing comes back.
    #[test]
    fn what_is_dead_stays_dead(steps in prop::collection::vec((0..8u8, -200_000..100_000i64), 0..150)) {
        let mut world = World::new(RecoveryPolicy::default(), Method::Email);
        let mut dead: Vec<Vec<u8>> = Vec::new();
        for (what, seconds) in steps {
            match what {
                0 | 1 => {
                    if let Some(code) = world.codes.request(&world.policy, world.method, world.now) {
                        let digest = (world.mailbox.len() as u64 + 1).to_be_bytes().to_vec();
                        world.mailbox.push(Mail { at: world.now, digest: digest.clone(), digits: code.digits, used: false });
                        world.codes.sent(code, &digest);
                    }
                }
                2..5 => {
                    prop_assert!(!world.codes.try_code(&[0; 8], world.now));
                    let ended = |mail: &&Mail| {
                        let digest = BASE64URL_NOPAD.encode(&mail.digest);
                        world.codes.messages.iter().all(|code| code.digest != digest)
                    };
                    dead = world.mailbox.iter().filter(ended).map(|mail| mail.digest.clone()).collect();
                }
                5 => {
                    if world.owner_types() {
                        dead = world.mailbox.iter().map(|mail| mail.digest.clone()).collect();
                    }
                }
                6 => world.now += Duration::seconds(seconds),
                _ => world.now += Duration::seconds(seconds.abs() / 100),
            }
            prop_assert!(dead.iter().all(|digest| !world.codes.is_live(digest, world.now)));
            prop_assert!(world.codes.messages.len() <= SLOTS.into());
            prop_assert!(world.codes.messages.is_sorted_by_key(|code| code.at));
            let stored = serde_json::to_string(&world.codes).expect("JSON");
            prop_assert_eq!(&serde_json::from_str::<LiveCodes>(&stored).expect("codes"), &world.codes);
        }
    }
}
