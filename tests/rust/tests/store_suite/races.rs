//! Many at the same time.

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use carekey::EventId;
use carekey::store::record::{Event, Party, Strand};
use carekey::store::{Follow, Record, Select, Store, Test, Write};
use carekey_tests::race::race;
use uuid::Uuid;

use crate::rows::{agency, at, conflicts, find, known, party, put, strand};
use crate::serial::event;

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
    let after: Vec<Party> = find(store, &Select::all::<Party>(here));
    assert_eq!(after[0].revision, 2);
    assert!(after[0].display_name.starts_with("by "));
}

pub fn one_of_many_inserts_wins(store: &dyn Store) {
    let here = agency("104");
    assert_eq!(winners(store, |number| Write::insert(&known(here, number, "jsmith"))), 1);
    assert_eq!(store.count(&Select::all::<Party>(here)).expect("a count"), 1);
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
                        let mut row = find::<Party>(store, &Select::all::<Party>(here)).remove(0);
                        row.created_at += time::Duration::milliseconds(1);
                        if !conflicts(store, vec![Write::update(&mut row)]) {
                            break;
                        }
                    }
                }
            });
        }
    });
    let after: Vec<Party> = find(store, &Select::all::<Party>(here));
    assert_eq!((after[0].created_at, after[0].revision), (at(80), 81));
}

/// One of two rows must stay: each act sees both, and gives one of them up.
pub fn no_two_commits_rest_on_what_the_other_changes(store: &dyn Store) {
    let here = agency("104");
    put(store, &[party(here, 1, "stays"), party(here, 2, "stays")]);
    for round in 0..20 {
        let seen: Vec<Party> = find(store, &Select::all::<Party>(here));
        let gone = race(8, |number| {
            let (other, mut mine) = (&seen[number % 2], seen[1 - number % 2].clone());
            mine.display_name = "gone".to_owned();
            !conflicts(store, vec![Write::update(&mut mine), Write::guard(other)])
        });
        assert_eq!(gone.into_iter().filter(|&gone| gone).count(), 1, "round {round}");
        let mut left: Vec<Party> = find(store, &Select::all::<Party>(here));
        assert_eq!(left.iter().filter(|row| row.display_name == "stays").count(), 1, "round {round}");
        let back = left.iter_mut().map(|row| {
            row.display_name = "stays".to_owned();
            Write::update(row)
        });
        store.commit(back.collect()).expect("nobody else writes");
    }
}

/// Rows may change while another one is open; whoever closes it counts them.
pub fn nothing_rests_on_what_has_changed(store: &dyn Store) {
    for round in 0..20 {
        let here = agency(&format!("round {round}"));
        let (open, rows) = (party(here, 0, "open"), (1..9).map(|number| party(here, number, "x")).collect::<Vec<_>>());
        put(store, std::slice::from_ref(&open));
        put(store, &rows);
        let changed = || {
            let changed =
                Select::all::<Party>(here).is("revision", 2i64).and("name_key", Test::Contains("x".to_owned()));
            store.count(&changed).expect("a count")
        };
        let counted = race(9, |number| match number.checked_sub(1) {
            Some(number) => {
                conflicts(store, vec![Write::guard(&open), Write::update(&mut rows[number].clone())]);
                None
            }
            None => {
                // By its end as well as by a change.
                let mut open = open.clone();
                let close = if round % 2 == 0 { Write::delete(&open) } else { Write::update(&mut open) };
                store.commit(vec![close]).expect("nobody else changes it");
                Some(changed())
            }
        });
        assert_eq!(counted[0], Some(changed()), "round {round}");
    }
}

/// Whoever follows on a row that all write is never too late: nobody has to
/// begin again, and no line is lost.
pub fn all_that_follow_have_their_turn(store: &dyn Store) {
    const EACH: i64 = 10;
    let here = agency("104");
    put(store, &[strand(here, 1), strand(here, 2), strand(here, 3)]);
    let ids: Vec<Uuid> = (1..=3).map(Uuid::from_u128).collect();
    let late: usize = race(16, |writer| {
        let writer = writer as u128;
        let commit = |turn: i64| {
            let number = 1_000 * (writer + 1) + u128::try_from(turn).expect("small");
            let follow = Follow::of(move |mut head: Strand| {
                head.length += 1;
                let next =
                    Event { id: EventId(Uuid::from_u128(number)), ..event(here, head.id.0.as_u128(), head.length) };
                Ok(vec![Write::insert(&next), Write::update(&mut head)])
            });
            let behind = Write::Follow { table: Strand::TABLE, agency: here, ids: ids.clone(), follow };
            conflicts(store, vec![Write::insert(&party(here, number, "x")), behind])
        };
        (0..EACH).filter(|turn| commit(*turn)).count()
    })
    .into_iter()
    .sum();
    assert_eq!(late, 0);
    let heads: Vec<Strand> = find(store, &Select::all::<Strand>(here));
    assert_eq!(heads.iter().map(|head| head.length).sum::<i64>(), 16 * EACH);
    for head in heads {
        let lines = Select::all::<Event>(here).is("subject", head.id.0).by("sequence", false);
        let lines: Vec<Event> = find(store, &lines);
        assert_eq!(lines.iter().map(|line| line.sequence).collect::<Vec<_>>(), (1..=head.length).collect::<Vec<_>>());
        // Counted by the store in the order of the chain.
        assert!(lines.windows(2).all(|pair| pair[0].serial < pair[1].serial));
    }
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
                    let seen: Vec<Party> = find(store, &Select::all::<Party>(here));
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
