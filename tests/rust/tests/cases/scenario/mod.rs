//! Scenarios: what an agency does, act by act, and what comes of it.
//!
//! A case is `{ "settings"?, "policy"?, "steps": […] }` and expects one
//! outcome for each step. The vocabulary is in [`step`], what the outcomes
//! look like in [`acts`], and how steps refer to what earlier ones made in
//! [`world`]. Agency `104`, "Harbor Home Care", is there from the beginning;
//! the clock starts at 2026-03-02T09:00:00Z and moves by `wait` alone.

mod acts;
mod outcome;
mod step;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use carekey::store::{MemoryStore, SqliteStore, Store};
use carekey_tests::postgres::Schema;
use serde_json::{Value, json};
use step::{Given, Step};
use world::World;

/// Answers `scenario` on the store that keeps everything in memory.
pub fn call(call: &str, given: &Value) -> Option<Value> {
    (call == "scenario").then(|| play(MemoryStore::new(), given))
}

/// Plays a scenario on an empty store.
fn play(store: impl Store, given: &Value) -> Value {
    let given = Given::read(given);
    let mut world = World::new(store, given.settings, given.policy);
    // A step that refers to what no earlier one made fails by itself, so that
    // the first step that came out otherwise is seen.
    let mut play =
        |step| catch_unwind(AssertUnwindSafe(|| world.play(Step::read(step)))).unwrap_or_else(|_| json!("panic"));
    given.steps.into_iter().map(&mut play).collect()
}

/// The steps that did not come out as expected.
pub fn differences(expect: &Value, got: &Value) -> String {
    let step = |all: &Value, at: usize| all.get(at).map_or_else(|| "nothing".to_owned(), Value::to_string);
    let most = got.as_array().map_or(0, Vec::len).max(expect.as_array().map_or(0, Vec::len));
    let differ = (0..most).map(|at| (at, step(expect, at), step(got, at))).filter(|(_, expect, got)| expect != got);
    differ.map(|(at, expect, got)| format!("\n  step {}\n    expect {expect}\n    got    {got}", at + 1)).collect()
}

/// What holds in memory holds in a file.
#[test]
fn every_scenario_holds_on_sqlite() {
    hold(|| {
        let folder = tempfile::tempdir().expect("a folder");
        (SqliteStore::open(&folder.path().join("agency.db")).expect("an empty file"), folder)
    });
}

/// And on a server.
#[test]
#[ignore = "needs a PostgreSQL server"]
fn every_scenario_holds_on_postgres() {
    hold(|| {
        let schema = Schema::new();
        (schema.store(), schema)
    });
}

/// Plays every scenario on a store of its own. Several at a time: most of the
/// time is spent waiting for the disk.
fn hold<S: Store, Home>(fresh: impl Fn() -> (S, Home) + Sync) {
    let files = carekey_tests::case_files();
    let scenarios = files.iter().filter(|(_, cases)| cases.call == "scenario");
    let scenarios: Vec<_> =
        scenarios.flat_map(|(file, cases)| cases.cases.iter().map(move |case| (file, case))).collect();
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some((file, case)) = scenarios.get(next.fetch_add(1, Relaxed)) {
            let (store, _home) = fresh();
            let got = play(store, &case.given);
            if got != case.expect {
                let found = format!("{file} / {}{}", case.name, differences(&case.expect, &got));
                wrong.lock().expect("no thread panicked").push(found);
            }
        }
    };
    std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(work))));
    let mut wrong = wrong.into_inner().expect("no thread panicked");
    wrong.sort();
    assert!(wrong.is_empty(), "{} of {} scenarios:\n{}", wrong.len(), scenarios.len(), wrong.join("\n"));
    println!("scenarios: {}", scenarios.len());
}
