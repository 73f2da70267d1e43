//! All sequences of steps of recovery and invitation up to length 6: none sets
//! a password without a live token for that very step (E6, I7).
//!
//! Whoever plays keeps every token, code and link that ever came out, and
//! tries each at every door, used and unused, early and late. What must come
//! of it is said by a small model, written from the rulebook and not from the
//! engine. Every sequence is walked, except that a step that changes nothing
//! (which is checked, on the rows) is not followed by what was tried already,
//! and that two ways to the same rows, model and possessions are gone on from
//! once.

use std::collections::HashMap;
use std::fmt::Write as _;

use carekey::account::Throttle;
use carekey::agency::{Asks, Invitee, Recovery, Redeemed};
use carekey::password::questions::Answer;
use carekey::store::record::{self, TABLES};
use carekey::store::{MemoryStore, Record, Select, Store, Write};

use carekey::{AccountId, Agency, AgencyId, Directory, PartyId, Policy, RecordId, Role, Secret, SignIn, Source};
use carekey_tests::desk::{Clock, Desk, KEY, Mail, Room, START, answers, new_person, send_all, support, twice};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

/// How long the sequences are.
const LENGTH: usize = 6;
/// How long a mailed code is good, in minutes.
const DAY: i64 = 24 * 60;
const NAME: &str = "rosa@example.com";
const NOWHERE: &Source = &Source::UNKNOWN;

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Door {
    Code,
    Answers,
    Finish,
    Choose,
    Session,
}

/// A token that came out, as the rulebook has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Token {
    door: Door,
    live: bool,
    expires: i64,
    tries: u32,
}

/// A recovery code that was sent to the contact.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Sent {
    at: i64,
    live: bool,
    tries: u32,
}

/// An invitation that came out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Invitation {
    over: bool,
    expires: i64,
}

/// The rulebook's view: minutes for moments.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
struct Model {
    now: i64,
    has_account: bool,
    has_password: bool,
    has_answers: bool,
    /// The office has set a temporary password: recovery must wait.
    password_due: bool,
    linked: bool,
    invitations: Vec<Invitation>,
    /// The codes belong to the contact, whoever asked for them (E4).
    codes: Vec<Sent>,
    tokens: Vec<Token>,
}

/// A step that someone takes, with what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Recover,
    RecoverUnknown,
    /// That token with one of the codes that were sent, or with a wrong one.
    Code(usize, Option<usize>),
    Answers(usize, bool),
    Finish(usize),
    Choose(usize),
    Reinvite,
    Unlink,
    RedeemCode(usize, bool),
    RedeemLink(usize),
    /// That link with that token for a session.
    RedeemAs(usize, usize),
    Look(usize),
    Reset,
    Wait(i64),
}

/// What came of a step, as text: `ok` and what for, or the code.
type Outcome = String;

impl Model {
    fn token(&self, at: usize, door: Door) -> bool {
        let token = &self.tokens[at];
        token.door == door && token.live && self.now < token.expires
    }

    fn issue(&mut self, door: Door, live: bool, minutes: i64) {
        self.tokens.push(Token { door, live, expires: self.now + minutes, tries: 0 });
    }

    /// A password was set, or access was taken away: what was begun is over.
    fn all_over(&mut self) {
        self.tokens.iter_mut().for_each(|token| token.live = false);
    }

    /// A password was set: what was sent before is dead.
    fn all_dead(&mut self) {
        self.all_over();
        self.codes.iter_mut().for_each(|code| code.live = false);
    }

    /// A new step ends the earlier live one (E6).
    fn step(&mut self, door: Door) {
        self.tokens.iter_mut().filter(|token| token.door == door).for_each(|token| token.live = false);
        self.issue(door, true, 30);
    }

    fn is_good(&self, code: usize) -> bool {
        let code = &self.codes[code];
        code.live && self.now < code.at + DAY
    }

    fn wrong_code(&mut self) {
        let now = self.now;
        for code in self.codes.iter_mut().filter(|code| code.live && now < code.at + DAY) {
            code.tries += 1;
            code.live = code.tries < 5;
        }
    }

    fn wrong_answers(&mut self, at: usize) {
        if self.token(at, Door::Answers) {
            let token = &mut self.tokens[at];
            token.tries += 1;
            token.live = token.tries < 5;
        }
    }

    /// What must come of a step, and where it leads.
    fn take(&mut self, step: Step) -> Outcome {
        match step {
            Step::Recover => {
                let can = self.has_account && !self.password_due;
                // One that is on its way must do.
                let waits = self.codes.last().is_some_and(|last| last.live && last.at == self.now);
                if can && !waits {
                    self.codes.push(Sent { at: self.now, live: true, tries: 0 });
                }
                self.issue(Door::Code, can, DAY);
                "ok".into()
            }
            Step::RecoverUnknown => {
                self.issue(Door::Code, false, DAY);
                "ok".into()
            }
            Step::Code(at, given) => {
                if !self.token(at, Door::Code) {
                    return "recovery.refused".into();
                }
                if !given.is_some_and(|code| self.is_good(code)) {
                    self.wrong_code();
                    return "recovery.refused".into();
                }
                self.codes.iter_mut().for_each(|code| code.live = false);
                self.step(if self.has_answers { Door::Answers } else { Door::Finish });
                "ok".into()
            }
            Step::Answers(at, right) => {
                if self.token(at, Door::Answers) && right {
                    self.tokens[at].live = false;
                    self.step(Door::Finish);
                    return "ok".into();
                }
                self.wrong_answers(at);
                "recovery.refused".into()
            }
            Step::Finish(at) => {
                if !self.token(at, Door::Finish) {
                    return "step.refused".into();
                }
                (self.has_password, self.password_due) = (true, false);
                self.all_dead();
                "ok".into()
            }
            Step::Choose(at) => {
                if !self.token(at, Door::Choose) {
                    return "step.refused".into();
                }
                (self.has_password, self.password_due) = (true, false);
                self.all_dead();
                self.issue(Door::Session, true, 15);
                "ok".into()
            }
            Step::Reinvite => {
                if self.linked {
                    return "invitation.already_linked".into();
                }
                self.invitations.iter_mut().for_each(|invitation| invitation.over = true);
                self.invitations.push(Invitation { over: false, expires: self.now + 14 * 24 * 60 });
                "ok".into()
            }
            Step::Unlink => {
                if !self.linked {
                    return "invitation.not_linked".into();
                }
                self.linked = false;
                self.invitations.iter_mut().for_each(|invitation| invitation.over = true);
                self.all_over();
                "ok".into()
            }
            Step::RedeemCode(_, false) => "invitation.refused".into(),
            Step::RedeemCode(at, true) | Step::RedeemLink(at) => {
                if let Some(refusal) = self.invitation(at) {
                    return refusal;
                }
                if self.has_account {
                    // Without a session never to an account that exists (C6).
                    return "ok sign in first".into();
                }
                (self.invitations[at].over, self.linked, self.has_account) = (true, true, true);
                self.issue(Door::Choose, true, 30);
                "ok new".into()
            }
            Step::RedeemAs(at, token) => {
                if let Some(refusal) = self.invitation(at) {
                    return refusal;
                }
                if !self.token(token, Door::Session) {
                    return "session.ended".into();
                }
                (self.invitations[at].over, self.linked) = (true, true);
                "ok linked".into()
            }
            Step::Look(at) => self.invitation(at).unwrap_or_else(|| "ok".into()),
            Step::Reset => {
                self.password_due = true;
                self.all_dead();
                "ok".into()
            }
            Step::Wait(minutes) => {
                self.now += minutes;
                "ok".into()
            }
        }
    }

    fn invitation(&self, at: usize) -> Option<Outcome> {
        let invitation = &self.invitations[at];
        if invitation.over {
            Some("invitation.refused".into())
        } else if self.now >= invitation.expires {
            Some("invitation.expired".into())
        } else {
            None
        }
    }
}

/// What the player holds.
#[derive(Clone, Default)]
struct Purse {
    tokens: Vec<Secret>,
    /// The codes that were sent.
    codes: Vec<String>,
    /// The code and the link of each invitation.
    invitations: Vec<(String, String)>,
}

/// A directory that can be copied: rows, and a clock.
struct World {
    store: MemoryStore,
    agency: Agency,
    clock: Clock,
    party: PartyId,
    /// Where the codes of the contact rest.
    book: Option<RecordId>,
}

impl World {
    fn open(store: MemoryStore, now: i64, party: PartyId, seed: u64) -> Self {
        let clock = Clock::new();
        clock.advance(Duration::minutes(now));
        let directory = Directory::with(store.clone(), &KEY, Room::new(clock.clone(), seed)).unwrap();
        Self { store, agency: directory.agency("104").unwrap(), clock, party, book: None }
    }

    fn copy(&self, now: i64, seed: u64) -> Self {
        let store = MemoryStore::new();
        let agencies = [self.agency.id(), AgencyId(uuid::Uuid::nil())];
        let mut writes = Vec::new();
        for table in TABLES {
            for agency in agencies {
                let select = Select { table, ..Select::all::<record::Agency>(agency) };
                writes.extend(self.store.find(&select).unwrap().into_iter().map(|row| Write::Insert { table, row }));
            }
        }
        store.commit(writes).unwrap();
        Self { book: self.book, ..Self::open(store, now, self.party, seed) }
    }

    /// The same, and it is known where the codes of the contact rest, which
    /// someone with an account there finds out.
    fn with_book(self, account: impl FnOnce(&Agency)) -> Self {
        let tried = self.copy(0, 3);
        account(&tried.agency);
        tried.agency.recover(NAME, NOWHERE).unwrap();
        let books = tried.rows::<record::CodeBook>();
        assert_eq!(books.len(), 1);
        Self { book: Some(books[0].id), ..self }
    }

    fn rows<R: Record>(&self) -> Vec<R> {
        let rows = self.store.find(&Select::all::<R>(self.agency.id())).unwrap();
        rows.into_iter().map(|row| R::from_row(row).unwrap()).collect()
    }

    fn account(&self) -> Option<record::Account> {
        self.rows::<record::Account>().into_iter().next()
    }

    /// Everything in the rows that a later step could depend on. Histories and
    /// messages are left out, and what only tells over rows apart.
    fn facts(&self) -> String {
        let mut out = String::new();
        let account = self.account();
        if let Some(row) = &account {
            let counted = self.rows::<record::Throttle>().into_iter().find(|counted| counted.account == Some(row.id));
            let counted = counted.map_or_else(Throttle::default, |counted| counted.throttle());
            let _ = write!(
                out,
                "{} {:?} {} {:?} {} {} {:?}",
                counted.failures,
                counted.locked_until,
                counted.open,
                row.stage,
                row.password.is_some(),
                !self.rows::<record::Link>().is_empty(),
                row.disabled_at
            );
        }
        let epoch = account.map_or(0, |row| row.epoch);
        let now = self.clock.now();
        let mut lines: Vec<String> = Vec::new();
        for token in self.rows::<record::Token>() {
            let open = token.ended_at.is_none() && token.epoch == epoch && now < token.expires_at;
            let live = open && token.account.is_some();
            let of = (token.purpose, live, token.account.is_some());
            lines.push(if live {
                format!("{of:?} {} {}", token.tries, token.expires_at - now)
            } else {
                format!("{of:?}")
            });
        }
        // Of nobody's codes none is ever right.
        for row in self.rows::<record::CodeBook>().iter().filter(|row| Some(row.id) == self.book) {
            let codes = serde_json::to_value(&row.codes).unwrap();
            for code in codes["messages"].as_array().unwrap() {
                let moment = |name: &str| OffsetDateTime::parse(code[name].as_str().unwrap(), &Rfc3339).unwrap();
                if code["digest"] != "" && now < moment("expires_at") {
                    lines.push(format!(
                        "c {} {} {}",
                        code["tries_left"],
                        now - moment("at"),
                        moment("expires_at") - now
                    ));
                }
            }
        }
        for row in self.rows::<record::Invitation>() {
            let open = row.superseded_at.is_none() && row.redeemed_at.is_none();
            lines.push(format!("i {open} {}", if open { row.expires_at - now } else { Duration::ZERO }));
        }
        for row in self.rows::<record::Party>() {
            lines.push(format!("p {}", row.invitation.is_some()));
        }
        lines.sort();
        out + &lines.join("\n")
    }
}

struct Player {
    seeds: u64,
    visited: HashMap<(Model, String), usize>,
    steps: u64,
    set: u64,
    path: Vec<Step>,
    alphabet: fn(&Model) -> Vec<Step>,
}

impl Player {
    fn new(alphabet: fn(&Model) -> Vec<Step>) -> Self {
        Self { seeds: 100, visited: HashMap::new(), steps: 0, set: 0, path: Vec::new(), alphabet }
    }

    /// Takes every step from here, and every step from there.
    fn walk(&mut self, world: &World, model: &Model, purse: &Purse, left: usize) {
        if left == 0 {
            return;
        }
        let here = (model.clone(), world.facts());
        if self.visited.get(&here).is_some_and(|seen| *seen >= left) {
            return;
        }
        let facts = here.1.clone();
        self.visited.insert(here, left);
        for step in (self.alphabet)(model) {
            let mut after = model.clone();
            let expected = after.take(step);
            self.path.push(step);
            self.steps += 1;
            if after == *model {
                // It leads nowhere: what was true before must be true now.
                let before = world.account().map(|row| (row.password, row.epoch));
                let outcome = play(world, purse, step, self.path.len()).0;
                assert_eq!(outcome, expected, "{:?}", self.path);
                assert_eq!(world.facts(), facts, "{:?} changed something", self.path);
                let now = world.account().map(|row| (row.password, row.epoch));
                assert_eq!(now, before, "{:?} touched the password", self.path);
            } else {
                self.seeds += 1;
                let copy = world.copy(model.now, self.seeds);
                let before = copy.account().and_then(|row| row.password);
                let (outcome, gained) = play(&copy, purse, step, self.path.len());
                assert_eq!(outcome, expected, "{:?}", self.path);
                let now = copy.account().and_then(|row| row.password);
                let sets = matches!(step, Step::Finish(_) | Step::Choose(_) | Step::Reset);
                assert_eq!(now != before, sets, "{:?}: the password", self.path);
                self.set += u64::from(sets);
                let mut richer = purse.clone();
                gained.add_to(&mut richer);
                let held = (richer.tokens.len(), richer.codes.len(), richer.invitations.len());
                let expected = (after.tokens.len(), after.codes.len(), after.invitations.len());
                assert_eq!(held, expected, "{:?}", self.path);
                self.walk(&copy, &after, &richer, left - 1);
            }
            self.path.pop();
        }
    }
}

/// What came out of a step.
#[derive(Default)]
struct Gained {
    token: Option<Secret>,
    code: Option<String>,
    invitation: Option<(String, String)>,
}

impl Gained {
    fn add_to(self, purse: &mut Purse) {
        purse.tokens.extend(self.token);
        purse.codes.extend(self.code);
        purse.invitations.extend(self.invitation);
    }
}

/// Takes a step in the world.
fn play(world: &World, purse: &Purse, step: Step, number: usize) -> (Outcome, Gained) {
    let agency = &world.agency;
    let mut gained = Gained::default();
    let new = Secret::from(format!("Lantern#{number} tide {number}"));
    let told = |error: carekey::Error| error.code.to_string();
    let step_of = |result: carekey::Result<Recovery>, gained: &mut Gained| {
        result.map_or_else(told, |begun| {
            gained.token = Some(begun.token);
            "ok".into()
        })
    };
    let redeemed = |result: carekey::Result<Redeemed>, gained: &mut Gained| {
        result.map_or_else(told, |redeemed| match redeemed {
            Redeemed::NewAccount { step, .. } => {
                gained.token = Some(step.token);
                "ok new".into()
            }
            Redeemed::Linked { .. } => "ok linked".into(),
            Redeemed::SignInFirst => "ok sign in first".into(),
        })
    };
    let outcome: Outcome = match step {
        Step::Recover | Step::RecoverUnknown => {
            let name = if step == Step::Recover { NAME } else { "nobody@example.com" };
            let begun = agency.recover(name, NOWHERE).unwrap();
            assert_eq!(begun.asks, Asks::Code);
            let mail = send_all(agency);
            assert!(mail.iter().all(|mail| mail.to == NAME) && mail.len() <= 1);
            (gained.token, gained.code) = (Some(begun.token), mail.first().map(Mail::digits));
            "ok".into()
        }
        Step::Code(at, what) => {
            let code = what.map_or("not a code", |code| &purse.codes[code]);
            step_of(agency.recovery_code(&purse.tokens[at], code, NOWHERE), &mut gained)
        }
        Step::Answers(at, right) => {
            let mut given = answers();
            if !right {
                given[0] = Answer { answer: "wrong", ..given[0] };
            }
            step_of(agency.recovery_answers(&purse.tokens[at], &given, NOWHERE), &mut gained)
        }
        Step::Finish(at) => agency.finish_recovery(&purse.tokens[at], twice(&new), NOWHERE).map_or_else(told, |_| {
            send_all(agency);
            "ok".into()
        }),
        Step::Choose(at) => agency.choose_password(&purse.tokens[at], twice(&new), NOWHERE).map_or_else(told, |next| {
            let SignIn::Granted(session) = next else { panic!("no questions are asked") };
            gained.token = Some(session.token);
            "ok".into()
        }),
        Step::Reinvite => office(world).reinvite(Invitee::Party(world.party), None).map_or_else(told, |()| {
            let mail = send_all(agency).remove(0);
            gained.invitation = Some((mail.code(), mail.link()));
            "ok".into()
        }),
        Step::Unlink => office(world).unlink(Invitee::Party(world.party)).map_or_else(told, |()| {
            send_all(agency);
            "ok".into()
        }),
        Step::RedeemCode(at, right) => {
            let with = if right { NAME } else { "other@example.com" };
            redeemed(agency.redeem_code(&purse.invitations[at].0, with, None, NOWHERE), &mut gained)
        }
        Step::RedeemLink(at) => redeemed(agency.redeem_link(&purse.invitations[at].1, None, NOWHERE), &mut gained),
        Step::RedeemAs(at, token) => {
            let session = Some(purse.tokens[token].reveal());
            redeemed(agency.redeem_link(&purse.invitations[at].1, session, NOWHERE), &mut gained)
        }
        Step::Look(at) => agency.look_at_invitation(&purse.invitations[at].1).map_or_else(told, |_| "ok".into()),
        Step::Reset => {
            let account: AccountId = world.account().unwrap().id;
            let typed = Secret::from(format!("Harvest!88 moon {number}"));
            office(world).reset_password(account, twice(&typed)).map_or_else(told, |()| {
                send_all(agency);
                "ok".into()
            })
        }
        Step::Wait(minutes) => {
            world.clock.advance(Duration::minutes(minutes));
            "ok".into()
        }
    };
    (outcome, gained)
}

fn office(world: &World) -> carekey::Office {
    world.agency.acting_as(support())
}

/// A policy without locks, which other tests are about, and hashes that cost
/// nearly nothing.
fn policy() -> Policy {
    let mut policy = Policy::default();
    (policy.throttle.failures, policy.throttle.close_after) = (100, 10_000);
    policy
}

fn world(policy: Policy, prepare: impl FnOnce(&Desk) -> PartyId) -> World {
    let store = MemoryStore::new();
    let desk = Desk::on(store.clone(), policy);
    desk.cheap_hashes();
    let party = prepare(&desk);
    assert_eq!(desk.clock.now(), START);
    World::open(store, 0, party, 2)
}

/// Every door for every token.
fn doors(model: &Model, with_answers: bool) -> Vec<Step> {
    let mut steps = Vec::new();
    for at in 0..model.tokens.len() {
        let codes = (0..model.codes.len()).map(Some).chain([None]);
        steps.extend(codes.map(|code| Step::Code(at, code)));
        if with_answers {
            steps.extend([Step::Answers(at, true), Step::Answers(at, false)]);
        }
        steps.extend([Step::Finish(at), Step::Choose(at)]);
    }
    steps
}

fn recovery_steps(model: &Model) -> Vec<Step> {
    let mut steps = vec![Step::Recover, Step::RecoverUnknown, Step::Wait(31)];
    // Once is enough: only the hash would be another.
    steps.extend((!model.password_due).then_some(Step::Reset));
    steps.extend(doors(model, true));
    steps
}

fn invitation_steps(model: &Model) -> Vec<Step> {
    let mut steps = vec![Step::Recover, Step::Reinvite, Step::Unlink, Step::Wait(31), Step::Wait(14 * 24 * 60)];
    for at in 0..model.invitations.len() {
        steps.extend([Step::RedeemCode(at, true), Step::RedeemCode(at, false), Step::RedeemLink(at), Step::Look(at)]);
        steps.extend((0..model.tokens.len()).map(|token| Step::RedeemAs(at, token)));
    }
    steps.extend(doors(model, false));
    steps
}

fn report(player: &Player) {
    println!("{} steps, {} states, {} passwords set", player.steps, player.visited.len(), player.set);
}

#[test]
fn no_sequence_of_recovery_skips_a_step() {
    let mut player = Player::new(recovery_steps);
    let world = world(policy(), |desk| desk.with_answers("Garcia, Rosa", NAME).party.unwrap());
    let world = world.with_book(|_| ());
    let model = Model { has_account: true, has_password: true, has_answers: true, linked: true, ..Model::default() };
    player.walk(&world, &model, &Purse::default(), LENGTH);
    report(&player);
    assert!(player.set > 100 && player.steps > 10_000);
}

#[test]
fn no_sequence_of_invitation_and_recovery_skips_a_step() {
    let mut player = Player::new(invitation_steps);
    let mut policy = policy();
    policy.questions.count = 0;
    let mut purse = Purse::default();
    let world = world(policy, |desk| {
        let party = desk.office().add_party(&new_person("Garcia, Rosa", Role::Family, NAME)).unwrap().party;
        desk.office().invite(Invitee::Party(party), None).unwrap();
        let mail = desk.one_mail();
        purse.invitations.push((mail.code(), mail.link()));
        party
    });
    let world = world.with_book(|agency| {
        agency.redeem_link(&purse.invitations[0].1, None, NOWHERE).unwrap();
    });
    let first = Invitation { over: false, expires: 14 * 24 * 60 };
    let model = Model { invitations: vec![first], ..Model::default() };
    player.walk(&world, &model, &purse, LENGTH);
    report(&player);
    assert!(player.set > 100 && player.steps > 10_000);
}

/// The walk can fail: a token that is written to be for another step opens it,
/// and the model says that it must not.
#[test]
#[should_panic(expected = "Finish(0)")]
fn the_walk_finds_a_token_that_opens_another_door() {
    let world = world(policy(), |desk| desk.with_answers("Garcia, Rosa", NAME).party.unwrap());
    let model = Model { has_account: true, has_password: true, has_answers: true, linked: true, ..Model::default() };
    let begun = world.agency.recover(NAME, NOWHERE).unwrap();
    let code = send_all(&world.agency).remove(0).digits();
    let step = world.agency.recovery_code(&begun.token, &code, NOWHERE).unwrap();
    let last = world.agency.recovery_answers(&step.token, &answers(), NOWHERE).unwrap();
    // The model takes it for a token that waits for answers.
    let purse = Purse { tokens: vec![last.token], codes: vec![code], invitations: Vec::new() };
    let mut mistaken = model;
    mistaken.issue(Door::Answers, true, 30);
    mistaken.codes.push(Sent { at: 0, live: false, tries: 0 });
    let only_finish: fn(&Model) -> Vec<Step> = |_| vec![Step::Finish(0)];
    Player::new(only_finish).walk(&world, &mistaken, &purse, 1);
}
