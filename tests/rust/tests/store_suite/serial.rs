//! Serial numbers: whoever follows them is shown every row once.

use std::collections::BTreeMap;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use carekey::store::record::Event;
use carekey::store::{Select, Serial, Store, Test, Value, Write};
use carekey::words::{ActorKind, EventKind};
use carekey::{AgencyId, EventId};
use uuid::Uuid;

use crate::rows::{agency, at, find, put};

/// A line of that number: of the chain `subject`, at a moment that says nothing.
pub fn event(agency: AgencyId, subject: u128, sequence: i64) -> Event {
    Event {
        agency,
        id: EventId(Uuid::from_u128(subject << 64 | sequence as u128)),
        revision: 1,
        subject: Uuid::from_u128(subject),
        sequence,
        // Later lines are of earlier moments.
        at: at(1_000_000 - sequence),
        kind: EventKind::SignedIn,
        actor: ActorKind::System,
        actor_account: None,
        actor_name: String::new(),
        details: BTreeMap::new(),
        source: None,
        mac: vec![],
        serial: None,
    }
}

/// The lines above a number, in their order.
pub fn after(store: &dyn Store, here: AgencyId, last: i64, most: u64) -> Vec<Event> {
    let above = Select::all::<Event>(here).and("serial", Test::AtLeast(Value::Int(last + 1)));
    find(store, &above.by("serial", false).page(0, most))
}

fn number(event: &Event) -> i64 {
    event.serial.expect("the store gives one").0
}

pub fn the_store_counts_whatever_the_row_says(store: &dyn Store) {
    let (here, there) = (agency("104"), agency("105"));
    let said = |sequence, serial| Event { serial: Some(Serial(serial)), ..event(here, 1, sequence) };
    put(store, &[said(1, 900), said(2, 900), said(3, -5)]);
    put(store, &[event(there, 1, 1), event(here, 2, 1)]);
    let rows = after(store, here, 0, 10);
    let found: Vec<_> = rows.iter().map(|row| (row.subject.as_u128(), row.sequence)).collect();
    assert_eq!(found, [(1, 1), (1, 2), (1, 3), (2, 1)]);
    assert!(rows.windows(2).all(|pair| number(&pair[0]) < number(&pair[1])) && number(&rows[0]) > 0);
    // No update changes it.
    let mut first = Event { serial: None, actor_name: "Pat".to_owned(), ..rows[0].clone() };
    store.commit(vec![Write::update(&mut first)]).expect("the revision before");
    let mut first = Event { serial: Some(Serial(7_000)), ..first };
    store.commit(vec![Write::update(&mut first)]).expect("the revision before");
    let again = after(store, here, 0, 10);
    assert_eq!((again[0].revision, number(&again[0])), (3, number(&rows[0])));
    assert_eq!(after(store, there, 0, 10).len(), 1);
}

pub fn pages_by_number_go_both_ways(store: &dyn Store) {
    let here = agency("104");
    put(store, &(1..=10).map(|sequence| event(here, 1, sequence)).collect::<Vec<_>>());
    let rows = after(store, here, 0, 100);
    let sequences = |rows: &[Event]| rows.iter().map(|row| row.sequence).collect::<Vec<_>>();
    assert_eq!(sequences(&after(store, here, number(&rows[2]), 3)), [4, 5, 6]);
    assert_eq!(sequences(&after(store, here, number(&rows[9]), 3)), [0; 0]);
    let newest = Select::all::<Event>(here).by("serial", true);
    assert_eq!(sequences(&find(store, &newest.clone().page(0, 2))), [10, 9]);
    assert_eq!(store.count(&newest).expect("a count"), 10);
    // One that failed left no line; there may be a gap.
    crate::rows::conflicts(store, vec![Write::insert(&event(here, 1, 11)), Write::insert(&event(here, 1, 10))]);
    put(store, &[event(here, 1, 11)]);
    assert_eq!(sequences(&after(store, here, number(&rows[9]), 3)), [11]);
}

/// Eight write, each its own chain, some lines at a time; two follow.
pub fn a_follower_sees_every_row_once(store: &dyn Store) {
    const WRITERS: usize = 8;
    const COMMITS: i64 = 40;
    let here = agency("104");
    let (barrier, writing) = (Barrier::new(WRITERS + 2), AtomicUsize::new(WRITERS));
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (barrier, writing) = (&barrier, &writing);
            scope.spawn(move || {
                barrier.wait();
                for commit in 0..COMMITS {
                    let lines = (1..=3).map(|line| Write::insert(&event(here, writer as u128, commit * 3 + line)));
                    store.commit(lines.collect()).expect("nobody else writes it");
                }
                writing.fetch_sub(1, Ordering::SeqCst);
            });
        }
        for most in [1_000, 7] {
            let (barrier, writing) = (&barrier, &writing);
            scope.spawn(move || {
                barrier.wait();
                let (mut last, mut seen) = (0, BTreeMap::<u128, i64>::new());
                loop {
                    let ended = writing.load(Ordering::SeqCst) == 0;
                    let page = after(store, here, last, most);
                    for row in &page {
                        assert!(number(row) > last, "by their numbers");
                        last = number(row);
                        // None twice, none missing, none before one that came first.
                        let before = seen.insert(row.subject.as_u128(), row.sequence).unwrap_or(0);
                        assert_eq!(row.sequence, before + 1, "of {}", row.subject);
                    }
                    if ended && page.is_empty() {
                        break;
                    }
                }
                assert_eq!(seen.len(), WRITERS);
                assert!(seen.values().all(|&last| last == COMMITS * 3), "{seen:?}");
            });
        }
    });
}
