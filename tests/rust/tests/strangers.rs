//! The three bounds of E4 against the real engine: whatever strangers send,
//! they guess nothing, keep nobody out, and make little noise.
//!
//! A stranger who knows the username plays a strategy over simulated days, and
//! the owner comes every few hours: with a live session, from a known device,
//! and from a new one through recovery. Time moves in steps of five minutes.

use carekey::words::MessageKind;
use carekey::{Credentials, Policy, Secret, SignIn, Source};
use carekey_tests::desk::{Desk, GOOD, Mail, quick, twice};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use time::{Duration, OffsetDateTime};

/// How a stranger goes about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strategy {
    /// Three requests whenever the longest wait is over: a recovery, a wrong
    /// password, a wrong code.
    Steady,
    /// As many as fit, for an hour a day.
    Flood,
    /// Recoveries without end, and every code burned at once.
    BurnCodes,
    /// Anything, at any time, from anywhere.
    Random(u64),
}

const STEP: Duration = Duration::minutes(5);
const DAYS: i64 = 4;

struct Play {
    desk: Desk,
    username: String,
    rng: ChaCha20Rng,
    /// When a message with a code went out, and whether the owner asked.
    mails: Vec<(OffsetDateTime, Mail)>,
    token: Option<Secret>,
}

impl Play {
    fn deliver(&mut self) {
        let now = self.desk.clock.now();
        self.mails.extend(self.desk.mail().into_iter().map(|mail| (now, mail)));
    }

    fn recover(&mut self) {
        self.token = Some(self.desk.agency.recover(&self.username, &Source::UNKNOWN).unwrap().token);
        self.deliver();
    }

    fn wrong_password(&mut self) {
        let source = Source::new(&format!("198.51.{}.7", self.rng.random_range(0..200)));
        let password = Secret::from("Copper&91 kettle");
        let credentials = Credentials { username: &self.username, password: &password, remember: false, device: None };
        let answer = self.desk.agency.sign_in(&credentials, &source).unwrap();
        assert!(matches!(answer, SignIn::Refused));
    }

    fn wrong_code(&mut self) {
        let Some(token) = self.token.clone() else { return };
        let code = format!("{:08}", self.rng.random_range(0..100_000_000));
        let refused = self.desk.agency.recovery_code(&token, &code, &Source::UNKNOWN);
        assert!(refused.is_err(), "a code was guessed");
    }

    fn stranger(&mut self, strategy: Strategy, step: i64) {
        match strategy {
            Strategy::Steady if step % 3 == 0 => {
                self.recover();
                self.wrong_password();
                self.wrong_code();
            }
            Strategy::Flood if step % 288 < 12 => {
                for _ in 0..5 {
                    self.wrong_password();
                    self.recover();
                    (0..5).for_each(|_| self.wrong_code());
                }
            }
            Strategy::BurnCodes => {
                self.recover();
                (0..6).for_each(|_| self.wrong_code());
            }
            Strategy::Random(_) => {
                for _ in 0..self.rng.random_range(0..4) {
                    match self.rng.random_range(0..3) {
                        0 => self.recover(),
                        1 => self.wrong_password(),
                        _ => self.wrong_code(),
                    }
                }
            }
            Strategy::Steady | Strategy::Flood => {}
        }
    }

    /// From a new device, within fifteen minutes: the owner asks, and tries the
    /// codes that came by now, the latest first. Gives the device.
    fn owner_recovers(&mut self) -> Secret {
        let asked = self.desk.agency.recover(&self.username, &Source::UNKNOWN).unwrap();
        self.deliver();
        let day_ago = self.desk.clock.now() - Duration::days(1);
        let codes: Vec<String> = self
            .mails
            .iter()
            .rev()
            .filter(|(at, mail)| *at > day_ago && mail.kind == MessageKind::RecoveryCode)
            .map(|(_, mail)| mail.digits())
            .collect();
        let step =
            codes.iter().find_map(|code| self.desk.agency.recovery_code(&asked.token, code, &Source::UNKNOWN).ok());
        let step = step.unwrap_or_else(|| panic!("none of {} codes was good", codes.len()));
        let password = Secret::from(GOOD.to_owned() + &self.rng.random_range(0..1_000_000).to_string());
        let recovered = self.desk.agency.finish_recovery(&step.token, twice(&password), &Source::UNKNOWN).unwrap();
        // However the stranger knocks meanwhile, the sign-in that follows is granted.
        (0..6).for_each(|_| self.wrong_password());
        let credentials = Credentials {
            username: &self.username,
            password: &password,
            remember: true,
            device: Some(recovered.device.reveal()),
        };
        let SignIn::Granted(session) = self.desk.agency.sign_in(&credentials, &Source::UNKNOWN).unwrap() else {
            panic!("the owner was kept out after a recovery");
        };
        assert!(self.desk.agency.session(session.token.reveal()).is_ok());
        recovered.device
    }
}

fn play(strategy: Strategy, policy: Policy) {
    let desk = Desk::memory(policy);
    let owner = desk.caregiver("Tess Moreau", "tess@example.com");
    let seed = if let Strategy::Random(seed) = strategy { seed } else { 7 };
    let mut play = Play {
        desk,
        username: owner.username.clone(),
        rng: ChaCha20Rng::seed_from_u64(seed),
        mails: Vec::new(),
        token: None,
    };
    let password = Secret::from(GOOD);
    let at_home = Credentials { username: &owner.username, password: &password, remember: true, device: None };
    let SignIn::Granted(session) = play.desk.agency.sign_in(&at_home, &Source::UNKNOWN).unwrap() else {
        panic!("the owner signs in");
    };
    let device = session.device.clone().expect("a device");
    let lines_before = play.desk.agency.history(owner.account).unwrap().len();
    let (mut visits, mut owners_mails) = (0, 0);
    for step in 0..DAYS * 288 {
        play.stranger(strategy, step);
        if step % 97 == 50 {
            visits += 1;
            assert!(play.desk.agency.session(session.token.reveal()).is_ok(), "a live session, {strategy:?}");
            let known = Credentials { device: Some(device.reveal()), ..at_home };
            let answer = play.desk.agency.sign_in(&known, &Source::UNKNOWN).unwrap();
            assert!(matches!(answer, SignIn::Granted(_)), "a known device, {strategy:?} at step {step}: {answer:?}");
        }
        play.desk.clock.advance(STEP);
    }
    assert!(visits > 8);

    // Noise: at most ten messages in any day, and a bounded number of lines.
    let codes: Vec<OffsetDateTime> =
        play.mails.iter().filter(|(_, mail)| mail.kind == MessageKind::RecoveryCode).map(|(at, _)| *at).collect();
    for (at, first) in codes.iter().enumerate() {
        let within = codes[at..].iter().take_while(|later| **later < *first + Duration::days(1)).count();
        assert!(within <= 10, "{within} messages in a day, {strategy:?}");
    }
    let lines = play.desk.agency.history(owner.account).unwrap().len() - lines_before;
    assert!(lines <= visits * 12, "{lines} lines for {visits} visits in {DAYS} days, {strategy:?}");

    // Denial: and after all that, from a new device.
    for _ in 0..3 {
        let before = play.mails.len();
        play.owner_recovers();
        owners_mails += play.mails.len() - before;
        for step in 0..96 {
            play.stranger(strategy, step);
            play.desk.clock.advance(STEP);
        }
    }
    assert!(owners_mails < 60);
    play.desk.agency.verify_history(owner.account).unwrap();
}

#[test]
fn a_steady_stranger_keeps_nobody_out() {
    play(Strategy::Steady, quick());
}

#[test]
fn a_flood_keeps_nobody_out() {
    play(Strategy::Flood, quick());
}

#[test]
fn burning_codes_keeps_nobody_out() {
    play(Strategy::BurnCodes, quick());
}

#[test]
fn whatever_comes_keeps_nobody_out() {
    for seed in [11, 12] {
        play(Strategy::Random(seed), quick());
    }
}

/// Of passwords at most a hundred are ever evaluated in a row from devices that
/// are not known; a right one is refused then, until its owner recovers.
#[test]
fn a_hundred_guesses_in_a_row_and_no_more() {
    let desk = Desk::memory(quick());
    let owner = desk.caregiver("Tess Moreau", "tess@example.com");
    for _ in 0..300 {
        assert!(matches!(desk.sign_in(&owner.username, "Copper&91 kettle"), SignIn::Refused));
        desk.clock.advance(Duration::minutes(16));
    }
    assert!(matches!(desk.sign_in(&owner.username, GOOD), SignIn::Refused), "closed");
    let lines = desk.agency.history(owner.account).unwrap();
    let counted = |reason: &str| {
        let told = lines.iter().filter(|line| line.details.get("reason") == Some(&reason.into()));
        told.map(|line| match line.details.get("count") {
            Some(carekey::Param::Number(count)) => *count,
            _ => 1,
        })
        .sum::<i64>()
    };
    assert_eq!(counted("wrong_password"), 100, "evaluated");
    assert_eq!(counted("closed"), 201);
}

/// Fourteen days of wrong codes do not keep the right one from being taken.
#[test]
fn no_stranger_burns_an_invitation() {
    use carekey::agency::{Invitee, Redeemed};
    use carekey::invitation::InvitationCode;

    let desk = Desk::memory(quick());
    let new = carekey_tests::desk::new_person("Mia Okafor", carekey::Role::Family, "mia@example.com");
    let family = desk.office().add_party(&new).unwrap().party;
    desk.office().invite(Invitee::Party(family), None).unwrap();
    let right = desk.one_mail().code();
    let mut rng = ChaCha20Rng::seed_from_u64(3);
    for _ in 0..2_000 {
        let wrong = InvitationCode::generate(&mut rng);
        let refused = desk.agency.redeem_code(wrong.canonical(), "mia@example.com", None, &Source::UNKNOWN);
        assert_eq!(refused.unwrap_err().code, carekey::Code::InvitationRefused);
    }
    desk.clock.advance(Duration::days(14) - Duration::MILLISECOND);
    let redeemed = desk.agency.redeem_code(&right, "mia@example.com", None, &Source::UNKNOWN).unwrap();
    assert!(matches!(redeemed, Redeemed::NewAccount { .. }));
}

/// Reminders give a stranger nothing more to find: each says the code that was
/// sent, and of a family with several applications one wrong code is a try at
/// each contact alone. The right ones are taken all the same.
#[test]
fn reminders_add_no_code_to_be_guessed() {
    use std::collections::BTreeSet;

    use carekey::agency::{NewApplication, Redeemed};
    use carekey::invitation::InvitationCode;

    let mut policy = quick();
    policy.enrolment.reminder_days = [3, 10].into();
    let desk = Desk::memory(policy);
    let new = carekey_tests::desk::new_person("Mia Okafor", carekey::Role::Family, "mia@example.com");
    let family = desk.office().add_party(&new).unwrap().party;
    for number in ["A-1", "A-2", "A-3"] {
        let new = NewApplication { number: number.into(), family, submitted_at: None };
        desk.office().add_application(&new).unwrap();
    }
    let codes = |mail: &[Mail]| mail.iter().map(Mail::code).collect::<BTreeSet<String>>();
    let sent = codes(&desk.mail());
    assert_eq!(sent.len(), 3);
    let mut rng = ChaCha20Rng::seed_from_u64(4);
    for day in 1..=13 {
        desk.clock.advance(Duration::days(1));
        // One run sends nobody two: the next ones bring the others.
        let reminded: u64 = (0..4).map(|_| desk.agency.remind().unwrap()).sum();
        assert_eq!(reminded, if [3, 10].contains(&day) { 3 } else { 0 }, "day {day}");
        let again = desk.mail();
        assert!(codes(&again).is_subset(&sent) && again.len() as u64 == reminded);
        for _ in 0..100 {
            let wrong = InvitationCode::generate(&mut rng);
            let with = if rng.random_bool(0.5) { "mia@example.com" } else { "A-2" };
            let refused = desk.agency.redeem_code(wrong.canonical(), with, None, &Source::UNKNOWN);
            assert_eq!(refused.unwrap_err().code, carekey::Code::InvitationRefused);
        }
    }
    let right = sent.first().expect("a code");
    let redeemed = desk.agency.redeem_code(right, "mia@example.com", None, &Source::UNKNOWN).unwrap();
    assert!(matches!(redeemed, Redeemed::NewAccount { .. }));
}
