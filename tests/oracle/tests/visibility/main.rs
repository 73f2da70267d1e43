//! Who sees what (V), held against an independent oracle.
//!
//! The library and Cedar answer the same requests over random agencies.
//! `table.rs` adds every role × resource × tie, by hand.

mod table;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use carekey::visibility::{PreparedViewer, decide, sees, what_can_see, who_can_see};
use carekey::{Code, Resource};
use carekey_oracle::cedar::{Answer, Oracle};
use carekey_oracle::graph::Graph;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// How many requests are compared, at least; `make model` compares more.
fn requests() -> u64 {
    std::env::var("CAREKEY_ORACLE_REQUESTS").map_or(1_000_000, |text| text.parse().expect("a number"))
}

/// What one thread has seen.
#[derive(Default)]
struct Tally {
    requests: u64,
    graphs: u64,
    allowed: u64,
    denied: u64,
    never: u64,
    /// The cells that decided something.
    cells: BTreeSet<String>,
}

#[test]
fn requests_are_answered_as_cedar_answers_them() {
    let requests = requests();
    let oracle = Oracle::new();
    let began = Instant::now();
    let asked = AtomicU64::new(0);
    let threads = std::thread::available_parallelism().map_or(2, usize::from) as u64;
    let total = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                let (oracle, asked) = (&oracle, &asked);
                scope.spawn(move || {
                    let mut tally = Tally::default();
                    for seed in (thread..).step_by(threads as usize) {
                        if asked.load(Ordering::Relaxed) >= requests {
                            break;
                        }
                        let before = tally.requests;
                        compare(oracle, seed, &mut tally);
                        asked.fetch_add(tally.requests - before, Ordering::Relaxed);
                    }
                    tally
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().expect("no difference")).fold(Tally::default(), Tally::and)
    });
    println!(
        "oracle: {} requests over {} agencies compared with Cedar in {:.1} s: {} allowed, {} denied ({} by never)",
        total.requests,
        total.graphs,
        began.elapsed().as_secs_f64(),
        total.allowed,
        total.denied,
        total.never
    );
    assert!(total.requests >= requests);
    let idle: Vec<_> = oracle.cells().filter(|cell| !total.cells.contains(*cell)).collect();
    assert!(idle.is_empty(), "cells that decided nothing: {idle:?}");
}

/// Every request that can be made in one random agency, and the lists.
fn compare(oracle: &Oracle, seed: u64, tally: &mut Tally) {
    let graph = Graph::random(&mut ChaCha8Rng::seed_from_u64(seed));
    let (policy, at) = (graph.policy(), graph.moment());
    let viewers: Vec<_> = (0..graph.accounts.len()).map(|account| graph.viewer(account)).collect();
    let asked = oracle.ask(&graph);
    let others = graph.whose();
    let mut seen_by = vec![BTreeSet::new(); viewers.len()];
    for (account, viewer) in viewers.iter().enumerate() {
        let prepared = PreparedViewer::new(viewer.clone());
        for resource in Resource::ALL {
            for (index, whose) in others.iter().enumerate() {
                let of = graph.of(*whose);
                let Answer { scope, cells } = asked.answer(account, *resource, *whose);
                let context = || format!("seed {seed}, account {account}, {resource}, {whose:?}\n{graph:#?}");
                let got = sees(viewer, *resource, of, &policy, at);
                assert_eq!(got, scope, "{}\ncedar decided by {cells:?}", context());
                let decision = decide(viewer, *resource, of, &policy, at);
                assert_eq!((decision.scope, decision.allowed), (got, got.is_some()), "{}", context());
                assert_eq!(prepared.decide(*resource, of, &policy, at), decision, "{}", context());
                let never = decision.because.iter().any(|reason| reason.code == Code::HiddenNever);
                assert!(!never || cells.contains(&"never"), "{}", context());

                tally.requests += 1;
                match scope {
                    Some(_) => tally.allowed += 1,
                    None => tally.denied += 1,
                }
                tally.never += u64::from(cells.contains(&"never"));
                if scope.is_some() {
                    seen_by[account].insert((*resource, index));
                }
                for cell in cells {
                    if !tally.cells.contains(cell) {
                        tally.cells.insert(cell.to_owned());
                    }
                }
            }
        }
        let listed: Vec<_> = what_can_see(viewer, others.iter().map(|whose| graph.of(*whose)), &policy, at);
        let expected = seen_by[account].iter().map(|(resource, index)| (*resource, graph.of(others[*index])));
        assert_eq!(listed.len(), seen_by[account].len(), "seed {seed}, account {account}");
        for (resource, of) in expected {
            assert!(listed.iter().any(|(r, o, _)| (*r, *o) == (resource, of)), "seed {seed}, account {account}");
        }
    }
    // The other way round, for one thing of each agency.
    let (resource, index) = (Resource::ALL[seed as usize % Resource::ALL.len()], seed as usize % others.len());
    let who = who_can_see(resource, graph.of(others[index]), viewers.iter().enumerate(), &policy, at);
    let expected: Vec<usize> =
        (0..viewers.len()).filter(|account| seen_by[*account].contains(&(resource, index))).collect();
    assert_eq!(who.iter().map(|(account, _)| *account).collect::<Vec<_>>(), expected, "seed {seed}");
    tally.graphs += 1;
}

impl Tally {
    fn and(mut self, other: Self) -> Self {
        self.requests += other.requests;
        self.graphs += other.graphs;
        self.allowed += other.allowed;
        self.denied += other.denied;
        self.never += other.never;
        self.cells.extend(other.cells);
        self
    }
}
