//! Many at the same time.

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use carekey::store::record::Party;
use carekey::store::{Select, Store, Write};

use crate::rows::{agency, at, conflicts, find, known, party, put};

const THREADS: u128 = 32;

/// How many of the threads got their commit through.
fn winners(store: &dyn Store, write: impl Fn(u128) -> Write + Sync) -> usize {
    let barrier = Barrier::new(THREADS as usize);
    thread::scope(|scope| {
        let racers: Vec<_> = (0..THREADS)
            .map(|number| {
                let (barrier, write) = (&barrier, &write);
                scope.spawn(move || {
                    let write = write(number);
                    barrier.wait();
                    !conflicts(store, vec![write])
                })
            })
            .collect();
        racers.into_iter().map(|racer| racer.join().expect("no panic")).filter(|&won| won).count()
    })
}

pub fn one_of_many_updates_wins(store: &dyn Store) {
    let here = agency("104");
    let row = party(here, 1, "x");
    put(store, std::slice::from_ref(&row));
    let update = |number| {
        let mut mine = Party { display_name: format!("by {number}"), ..row.clone() };
        Write::update(&mut mine)
    };
    assert_eq!(winners(store, update), 1);
    let after: Vec<Party> = find(store, &Select::of::<Party>(here));
    assert_eq!(after[0].revision, 2);
    assert!(after[0].display_name.starts_with("by "));
}

pub fn one_of_many_inserts_wins(store: &dyn Store) {
    let here = agency("104");
    assert_eq!(winners(store, |number| Write::insert(&known(here, number, "jsmith"))), 1);
    assert_eq!(store.count(&Select::of::<Party>(here)).expect("a count"), 1);
}

/// Read, change, commit, and again where that was a conflict.
pub fn no_increment_is_lost(store: &dyn Store) {
    let here = agency("104");
    put(store, &[party(here, 1, "x")]);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..10 {
                    loop {
                        let mut row = find::<Party>(store, &Select::of::<Party>(here)).remove(0);
                        row.created_at += time::Duration::milliseconds(1);
                        if !conflicts(store, vec![Write::update(&mut row)]) {
                            break;
                        }
                    }
                }
            });
        }
    });
    let after: Vec<Party> = find(store, &Select::of::<Party>(here));
    assert_eq!((after[0].created_at, after[0].revision), (at(80), 81));
}

/// Two rows are always written together; one find never sees only one of them.
pub fn readers_never_see_half_a_commit(store: &dyn Store) {
    let here = agency("104");
    let mut pair = [party(here, 1, "0"), party(here, 2, "0")];
    put(store, &pair);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let seen: Vec<Party> = find(store, &Select::of::<Party>(here));
                    assert_eq!(seen[0].display_name, seen[1].display_name);
                }
            });
        }
        for round in 1..=50 {
            let writes = pair.iter_mut().map(|row| {
                row.display_name = round.to_string();
                Write::update(row)
            });
            let committed = store.commit(writes.collect());
            if committed.is_err() || round == 50 {
                done.store(true, Ordering::Relaxed);
            }
            committed.expect("nobody else writes");
        }
    });
}
