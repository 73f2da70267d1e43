//! A model check of the whole engine: random sequences of acts by the office,
//! by families, clients, caregivers and strangers, with time running, each held
//! against a small model of who may get into what, written from the rulebook.
//!
//! Every step is answered by both; what came of it must be the same, a session
//! must be of the account that the model says, every message must go where it
//! says, and at the end of each world every session, every role and everything
//! that is seen is compared.
//!
//! The same seed plays the same steps. `CAREKEY_MODEL_STEPS` sets how many,
//! `CAREKEY_MODEL_SEED` from which seed on: `make model` does, for a longer run.

#[path = "model/choose.rs"]
mod choose;
#[path = "model/doors.rs"]
mod doors;
#[path = "model/found.rs"]
mod found;
#[path = "model/office.rs"]
mod office;
#[path = "model/shrink.rs"]
mod shrink;
#[path = "model/sight.rs"]
mod sight;
#[path = "model/state.rs"]
mod state;
#[path = "model/step.rs"]
mod step;
#[path = "model/world.rs"]
mod world;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use carekey_tests::desk::Desk;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use choose::Chooser;
use step::Step;
use world::{World, policy};

/// How many steps the run takes, at least; `make model` takes millions.
const STEPS: u64 = 200_000;
/// How many steps one world lives.
const LIFE: u32 = 250;
/// After so many worlds everything is looked at once.
const THOROUGH: u64 = 20;

/// The steps of one world, each with the number by which it names what it makes.
pub(crate) type Story = Vec<(u32, Step)>;

/// How often each thing came of each kind of step.
type Tally = BTreeMap<String, u64>;

/// What went wrong in a world.
struct Failure {
    seed: u64,
    story: Story,
    why: String,
}

/// Lives one world.
fn live(seed: u64, desk: Desk, tally: &mut Tally) -> Result<u64, Failure> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut world = World::new(desk);
    let mut story = Story::new();
    for number in 1..=LIFE {
        let step = Chooser { model: &world.model, rng: &mut rng }.next(number - 1);
        story.push((number, step.clone()));
        match world.play(number, &step) {
            Ok(outcome) => *tally.entry(kind(&step, outcome.as_deref().unwrap_or("left out"))).or_default() += 1,
            Err(why) => return Err(Failure { seed, story, why }),
        }
    }
    world.sweep(seed.is_multiple_of(THOROUGH)).map_err(|why| Failure { seed, story, why })?;
    Ok(u64::from(LIFE))
}

/// A kind of step with what came of it, for the tally.
fn kind(step: &Step, outcome: &str) -> String {
    let debug = match step {
        Step::Office { act, .. } => format!("{act:?}"),
        _ => format!("{step:?}"),
    };
    let word = debug.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let outcome = if matches!(step, Step::Session(_)) && outcome != "session.ended" { "ok" } else { outcome };
    format!("{word}: {outcome}")
}

/// Tells a failure: the shortest story that was found to have one, and where it
/// comes from.
fn tell(failure: &Failure, desk: impl Fn() -> Desk) -> String {
    let (story, why) = shrink::shortest(&failure.story, &failure.why, desk);
    let last = story.len().saturating_sub(60);
    let lines: Vec<String> = story[last..].iter().map(|(number, step)| format!("{number:>4}  {step:?}")).collect();
    format!(
        "seed {}, step {}: {}\nshortened to {} steps: {why}\n{}",
        failure.seed,
        failure.story.len(),
        failure.why,
        story.len(),
        lines.join("\n")
    )
}

fn from_environment(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is a number, not {text:?}")))
}

/// Lives worlds in two threads until so many steps are taken.
fn run(steps: u64, first: u64, desk: impl Fn() -> Desk + Sync) -> Tally {
    let (began, taken, failed) = (Instant::now(), AtomicU64::new(0), AtomicBool::new(false));
    let desk = &desk;
    let lives: Vec<Result<Tally, Failure>> = std::thread::scope(|scope| {
        let workers = [0, 1].map(|thread| {
            let (taken, failed) = (&taken, &failed);
            scope.spawn(move || {
                let mut tally = Tally::new();
                for seed in (first + thread..).step_by(2) {
                    if taken.load(Ordering::Relaxed) >= steps || failed.load(Ordering::Relaxed) {
                        break;
                    }
                    match live(seed, desk(), &mut tally) {
                        Ok(lived) => taken.fetch_add(lived, Ordering::Relaxed),
                        Err(failure) => {
                            failed.store(true, Ordering::Relaxed);
                            return Err(failure);
                        }
                    };
                }
                Ok(tally)
            })
        });
        workers.into_iter().map(|worker| worker.join().expect("no panic")).collect()
    });
    let mut all = Tally::new();
    for life in lives {
        match life {
            Ok(tally) => tally.into_iter().for_each(|(kind, count)| *all.entry(kind).or_default() += count),
            Err(failure) => panic!("{}", tell(&failure, desk)),
        }
    }
    let (taken, seconds) = (taken.into_inner(), began.elapsed().as_secs_f64());
    println!("model: {taken} steps in {seconds:.1} s, {:.0} a second, from seed {first}", taken as f64 / seconds);
    assert!(taken >= steps);
    all
}

#[test]
fn random_steps_come_out_as_the_rulebook_says() {
    let steps = from_environment("CAREKEY_MODEL_STEPS").unwrap_or(STEPS);
    let seed = from_environment("CAREKEY_MODEL_SEED").unwrap_or(0);
    let tally = run(steps, seed, || Desk::memory(policy()));
    for (kind, count) in &tally {
        println!("{count:>8}  {kind}");
    }
    // It is about what leads somewhere, too.
    for kind in ["SignIn: granted", "Finish: ok", "Redeem: linked", "Redeem: sign in first", "Confirm: ok"] {
        let share = tally.get(kind).copied().unwrap_or(0);
        assert!(share * 2_000 >= steps.min(STEPS) || steps < STEPS, "{kind}: {share} of {steps}");
    }
}

/// The same on a file: fewer, since each act is a commit there.
#[test]
fn it_is_the_same_on_sqlite() {
    run(10_000, 1_000_000, || Desk::sqlite(policy()));
}
