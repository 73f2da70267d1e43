//! What every bench prints: one line for each row of `docs/benchmarks.md`,
//! which `core/benches/run.sh` makes of them.
//!
//! ```text
//! beside | work | ours | peer | ratio | note
//! growth | work | small | large | ratio | note
//! ```
//!
//! `beside` is ours and a peer's at the same work, in one run, turn by turn:
//! the ratio is the peer's time by ours, so that above 1 ours is the faster.
//! `growth` is the time of one thing of few and of many: the ratio is that of
//! the many by that of the few, so that 1 is level. `{name}` in a line stands
//! for the crate of that name with its version.
#![allow(dead_code, clippy::print_stdout, reason = "each bench takes what it needs, and printing is what it is for")]

use std::time::{Duration, Instant};

/// How often each side has its turn: the shortest counts.
const TURNS: usize = 5;

/// The shortest time of each of several pieces of work, which take turns, so
/// that what else the machine does meets all of them.
pub fn turns<const N: usize>(mut works: [&mut dyn FnMut(); N]) -> [Duration; N] {
    let mut best = [Duration::MAX; N];
    for _ in 0..TURNS {
        for (work, best) in works.iter_mut().zip(&mut best) {
            let started = Instant::now();
            work();
            *best = started.elapsed().min(*best);
        }
    }
    best
}

/// Ours and a peer's at the same work, done `times` over in the time that each
/// took.
pub fn beside(work: &str, times: usize, ours: Duration, (peer, theirs): (&str, Duration), note: &str) {
    let ratio = theirs.as_secs_f64() / ours.as_secs_f64();
    let (ours, theirs) = (each(ours, times), each(theirs, times));
    println!("beside | {work} | {ours} | {peer}: {theirs} | {ratio:.2} | {note}");
}

/// One thing of few and of many: how many there are, and what all of them took.
pub fn growth(work: &str, (few, small): (usize, Duration), (many, large): (usize, Duration), note: &str) {
    let one = |count: usize, all: Duration| all.as_secs_f64() / count as f64;
    let ratio = one(many, large) / one(few, small);
    let shown = |count: usize, all: Duration| format!("{count}: {}", each(all, count));
    println!("growth | {work} | {} | {} | {ratio:.2} | {note}", shown(few, small), shown(many, large));
}

/// What one of so many took.
pub fn each(all: Duration, times: usize) -> String {
    let nanos = all.as_nanos() as f64 / times as f64;
    match nanos {
        _ if nanos < 1e3 => format!("{nanos:.0} ns"),
        _ if nanos < 1e6 => format!("{:.2} µs", nanos / 1e3),
        _ if nanos < 1e9 => format!("{:.2} ms", nanos / 1e6),
        _ => format!("{:.2} s", nanos / 1e9),
    }
}
