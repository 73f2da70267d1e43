//! How many there are, as the store keeps it, and pages from the end that is
//! nearer.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use carekey::store::record::Party;
use carekey::store::{Record, Select, Store, Test, Write};
use carekey::{AgencyId, PartyKind, Role};
use carekey_tests::race::race;
use uuid::Uuid;

use crate::rows::{agency, at, find, party, put};

const MANY: u64 = 2_400;

/// Somebody of a sort, a name and a place in the list that go by the number.
pub fn somebody(here: AgencyId, number: u128) -> Party {
    let roles: &[Role] = match number % 4 {
        0 => &[],
        1 => &[Role::Client],
        2 => &[Role::Caregiver],
        _ => &[Role::Client, Role::Caregiver],
    };
    let place = number * 7_919 % 500;
    Party {
        kind: if number.is_multiple_of(5) { PartyKind::Organization } else { PartyKind::Person },
        roles: roles.iter().copied().collect(),
        deleted_at: (number % 10 == 9).then(|| at(1)),
        // Ties, and those who have no place.
        sort_display: (place > 20).then(|| place.to_be_bytes()[14..].to_vec()),
        ..party(here, number, "x")
    }
}

/// What lists ask for how many of.
fn sorts(here: AgencyId) -> Vec<Select> {
    let all = || Select::all::<Party>(here);
    let there = || all().and("deleted_at", Test::Null(true));
    vec![
        all(),
        there(),
        all().and("deleted_at", Test::Null(false)),
        there().is("kind", PartyKind::Person),
        there().and("roles", Test::Has("client".to_owned())),
        there().and("roles", Test::Has("caregiver".to_owned())).and("roles", Test::Has("client".to_owned())),
        there().and("kind", Test::In(vec![])),
    ]
}

/// The same as counting what is there.
pub fn agree(store: &dyn Store, here: AgencyId) {
    for select in sorts(here) {
        let counted = store.find(&select).expect("an answer").len() as u64;
        assert_eq!(store.count(&select).expect("a count"), counted, "{:?}", select.all);
    }
}

/// Whether the store says of some sort otherwise than what is there.
fn disagree(store: &dyn Store, here: AgencyId) -> bool {
    let wrong =
        |select: &Select| store.count(select).expect("a count") != store.find(select).expect("rows").len() as u64;
    sorts(here).iter().any(wrong)
}

/// Somebody has brought data in without what keeps totals, or has edited these: `run`
/// does so by a tool, and says how many rows it changed.
pub fn recounted(store: &dyn Store, mut run: impl FnMut(&str) -> u64) {
    let (here, there) = (agency("104"), agency("105"));
    let mut rows: Vec<Party> = (1..=40).map(|number| somebody(here, number)).collect();
    put(store, &rows);
    put(store, &(1..=9).map(|number| somebody(there, number)).collect::<Vec<_>>());
    assert_eq!(store.recount(here).expect("counted"), 0);
    for edit in [
        "UPDATE party_totals SET total = total + 3",
        "UPDATE party_totals SET kind = 'nobody' WHERE kind = 'person'",
        "DELETE FROM party_totals WHERE kind = 'organization'",
        "DELETE FROM party_totals",
    ] {
        assert!(run(edit) > 0, "{edit}");
        assert!(disagree(store, here), "{edit}");
        let mended = AtomicU64::new(0);
        race(4, |_| _ = mended.fetch_add(store.recount(here).expect("counted"), Ordering::Relaxed));
        assert!(mended.into_inner() > 0, "{edit}");
        agree(store, here);
        assert_eq!(store.recount(here).expect("counted"), 0, "{edit}");
    }
    assert!(disagree(store, there), "each agency by itself");
    store.recount(there).expect("counted");
    agree(store, there);
    // Counted on from there.
    rows.iter_mut().for_each(|row| row.roles = [Role::Payer].into());
    store.commit(rows.iter_mut().map(Write::update).collect()).expect("fresh");
    agree(store, here);
    // Of whom nothing is left, nothing is kept.
    store.commit(rows.iter().map(Write::delete).collect()).expect("fresh");
    store.recount(here).expect("counted");
    store.recount(there).expect("counted");
    let of_there = find::<Party>(store, &Select::all::<Party>(there));
    store.commit(of_there.iter().map(Write::delete).collect()).expect("fresh");
    store.recount(there).expect("counted");
    assert_eq!(run("DELETE FROM party_totals"), 0);
}

/// Nothing is wrong while others write: rows and totals are seen as of one moment.
pub fn whoever_counts_anew_beside_writers_finds_nothing_wrong(store: &dyn Store) {
    let here = agency("104");
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let recounts = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                assert_eq!(store.recount(here).expect("counted"), 0);
            }
        });
        race(4, |writer| {
            for number in (0..60).map(|turn| 1_000 * (writer as u128 + 1) + turn) {
                let mut row = somebody(here, number);
                put(store, core::slice::from_ref(&row));
                row.kind = PartyKind::Person;
                store.commit(vec![Write::update(&mut row)]).expect("its own");
                if number % 3 == 0 {
                    store.commit(vec![Write::delete(&row)]).expect("its own");
                }
            }
        });
        done.store(true, Ordering::Relaxed);
        recounts.join().expect("nothing was wrong");
    });
    agree(store, here);
}

pub fn pages_from_the_end_that_is_nearer(store: &dyn Store) {
    let here = agency("104");
    put(store, &(1..=u128::from(MANY)).map(|number| somebody(here, number)).collect::<Vec<_>>());
    put(store, &[somebody(agency("105"), 1)]);
    for select in sorts(here).iter().skip(1) {
        for descending in [false, true] {
            let select = select.clone().by("sort_display", descending);
            let all: Vec<Party> = find(store, &select);
            let found = all.len() as u64;
            let near = [0, 1, 2, 99, 100, 101, 1_000].map(|before| found.saturating_sub(before));
            let offsets = [0, 999, 1_001, found / 2, found / 2 + 1, found + 1, u64::MAX];
            for (offset, limit) in
                near.into_iter().chain(offsets).flat_map(|at| [0, 1, 100, u64::MAX].map(|of| (at, of)))
            {
                let page: Vec<Party> = find(store, &select.clone().page(offset, limit));
                let skip = usize::try_from(offset.min(found)).expect("few");
                let take = usize::try_from(limit.min(found)).expect("few");
                let expected: Vec<_> = all.iter().skip(skip).take(take).collect();
                assert!(page.iter().eq(expected), "{offset} {limit} of {found}, {descending}: {:?}", select.all);
            }
        }
    }
}

pub fn all_that_come_and_go_are_counted(store: &dyn Store) {
    let here = agency("104");
    assert!(sorts(here).iter().all(|select| store.count(select).expect("a count") == 0));
    let mut rows: Vec<Party> = (1..=200).map(|number| somebody(here, number)).collect();
    put(store, &rows);
    agree(store, here);
    // To another sort, within one, and what fails.
    for (place, row) in rows.iter_mut().enumerate() {
        match place % 3 {
            0 => row.roles = [Role::Payer].into(),
            1 => row.deleted_at = row.deleted_at.is_none().then(|| at(2)),
            _ => row.nickname = Some("Bo".to_owned()),
        }
    }
    store.commit(rows.iter_mut().map(Write::update).collect()).expect("fresh");
    agree(store, here);
    let mut again = somebody(here, 201);
    let failing = vec![Write::insert(&again), Write::insert(&again)];
    store.commit(failing).expect_err("a key twice");
    agree(store, here);
    // Within one commit: made, changed and ended.
    let made = Write::insert(&again);
    again.deleted_at = Some(at(3));
    let changed = Write::update(&mut again);
    store.commit(vec![made, changed, Write::delete(&again)]).expect("one after the other");
    agree(store, here);
    store.commit(rows.iter().map(Write::delete).collect()).expect("fresh");
    assert!(sorts(here).iter().all(|select| store.count(select).expect("a count") == 0));
}

/// Whoever looks meanwhile never sees part of a commit: each makes two, or ends two.
pub fn many_are_counted_at_once(store: &dyn Store) {
    const EACH: u128 = 30;
    let here = agency("104");
    let all = Select::all::<Party>(here);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let watch = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                assert_eq!(store.count(&all).expect("a count") % 2, 0);
            }
        });
        race(8, |writer| {
            for turn in 0..EACH {
                let number = 1_000 * (writer as u128 + 1) + turn * 2;
                let pair = [somebody(here, number), somebody(here, number + 1)];
                put(store, &pair);
                if turn % 3 == 0 {
                    store.commit(pair.iter().map(Write::delete).collect()).expect("its own");
                }
            }
        });
        done.store(true, Ordering::Relaxed);
        watch.join().expect("never half a commit");
    });
    agree(store, here);
    assert_eq!(store.count(&all).expect("a count"), 8 * 2 * (EACH as u64 * 2 / 3));
    assert_eq!(find::<Party>(store, &all.by("id", true).page(0, 1))[0].key(), Uuid::from_u128(8_000 + EACH * 2 - 1));
}
