//! Commits: revisions, unique columns, all or nothing.

use carekey::store::record::{Answer, Event, Party, Strand, Throttle};
use carekey::store::{Follow, Record, Select, Store, StoreError, StoreResult, Write};
use carekey::{AgencyId, EventId};
use uuid::Uuid;

use crate::rows::{agency, answer, conflicts, find, known, numbers, party, put, strand, throttle};
use crate::serial::{after, event};

fn all(store: &dyn Store, here: AgencyId) -> Vec<Party> {
    find(store, &Select::all::<Party>(here))
}

pub fn nothing_at_all(store: &dyn Store) {
    store.commit(vec![]).expect("nothing to do");
}

pub fn inserting_a_key_twice(store: &dyn Store) {
    let (here, there) = (agency("104"), agency("105"));
    put(store, &[party(here, 1, "first")]);
    assert!(conflicts(store, vec![Write::insert(&party(here, 1, "second"))]));
    assert!(conflicts(store, vec![Write::insert(&party(here, 2, "a")), Write::insert(&party(here, 2, "b"))]));
    put(store, &[party(there, 1, "other agency")]);
    assert_eq!(all(store, here), [party(here, 1, "first")]);
}

pub fn unique_within_the_agency_only(store: &dyn Store) {
    let (here, there) = (agency("104"), agency("105"));
    put(store, &[known(here, 1, "a"), known(there, 2, "a")]);
    assert!(conflicts(store, vec![Write::insert(&known(here, 3, "a"))]));
    // Other spellings are other values.
    put(store, &[known(here, 4, "A"), known(here, 5, "a "), known(here, 6, "")]);
    assert!(conflicts(store, vec![Write::insert(&known(here, 7, ""))]));
    assert_eq!(numbers(store, &Select::all::<Party>(here)), [1, 4, 5, 6]);
}

pub fn unique_over_several_columns(store: &dyn Store) {
    let here = agency("104");
    put(store, &[answer(here, 1, 1, "pet"), answer(here, 2, 1, "city"), answer(here, 3, 2, "pet")]);
    assert!(conflicts(store, vec![Write::insert(&answer(here, 4, 2, "pet"))]));
    put(store, &[answer(here, 4, 2, "city")]);
    assert_eq!(numbers(store, &Select::all::<Answer>(here).is("account", Uuid::from_u128(2))), [3, 4]);
}

pub fn nulls_are_never_taken(store: &dyn Store) {
    let here = agency("104");
    put(store, &[party(here, 1, "a"), party(here, 2, "b")]);
    let mut third = known(here, 3, "c");
    put(store, &[third.clone()]);
    third.external_id = None;
    store.commit(vec![Write::update(&mut third)]).expect("null is free");
    put(store, &[known(here, 4, "c")]);
}

pub fn an_update_needs_the_revision_before(store: &dyn Store) {
    let here = agency("104");
    let mut first = party(here, 1, "one");
    put(store, &[first.clone()]);
    let mut second = first.clone();
    first.display_name = "two".to_owned();
    store.commit(vec![Write::update(&mut first)]).expect("fresh");
    assert_eq!(first.revision, 2);
    second.display_name = "lost".to_owned();
    assert!(conflicts(store, vec![Write::update(&mut second)]));
    for revision in [i64::MIN, 0, 1, 2, 4, i64::MAX] {
        let row = Party { revision, ..second.clone() }.to_row();
        assert!(conflicts(store, vec![Write::Update { table: Party::TABLE, row }]), "{revision}");
    }
    assert_eq!(all(store, here), [first.clone()]);
    // The record can be written again after the commit.
    first.display_name = "three".to_owned();
    store.commit(vec![Write::update(&mut first)]).expect("fresh");
    assert_eq!(all(store, here), [first]);
}

pub fn a_delete_needs_the_revision(store: &dyn Store) {
    let here = agency("104");
    let mut row = party(here, 1, "one");
    put(store, &[row.clone()]);
    let stale = Write::delete(&row);
    store.commit(vec![Write::update(&mut row)]).expect("fresh");
    assert!(conflicts(store, vec![stale]));
    store.commit(vec![Write::delete(&row)]).expect("fresh");
    assert_eq!(all(store, here), []);
    assert!(conflicts(store, vec![Write::delete(&row)]));
    put(store, &[row]);
}

pub fn updating_or_deleting_what_is_not_there(store: &dyn Store) {
    let here = agency("104");
    put(store, &[party(agency("105"), 1, "elsewhere")]);
    let mut row = party(here, 1, "nobody");
    assert!(conflicts(store, vec![Write::delete(&row)]));
    assert!(conflicts(store, vec![Write::update(&mut row)]));
    assert_eq!(all(store, here), []);
}

pub fn an_update_may_take_a_free_unique_value_only(store: &dyn Store) {
    let here = agency("104");
    let (mut first, second) = (known(here, 1, "a"), known(here, 2, "b"));
    put(store, &[first.clone(), second.clone()]);
    let mut taking = Party { external_id: second.external_id.clone(), ..first.clone() };
    assert!(conflicts(store, vec![Write::update(&mut taking)]));
    // Its own value is not in its way.
    store.commit(vec![Write::update(&mut first)]).expect("unchanged");
    first.external_id = Some("c".to_owned());
    store.commit(vec![Write::update(&mut first)]).expect("free");
    put(store, &[known(here, 3, "a")]);
    assert_eq!(numbers(store, &Select::all::<Party>(here).is("external_id", "c".to_owned())), [1]);
    assert_eq!(numbers(store, &Select::all::<Party>(here).is("external_id", "a".to_owned())), [3]);
}

pub fn a_failing_last_write_leaves_nothing(store: &dyn Store) {
    let here = agency("104");
    let (mut kept, gone) = (known(here, 1, "a"), known(here, 2, "b"));
    put(store, &[kept.clone(), gone.clone()]);
    let before = all(store, here);
    kept.external_id = Some("changed".to_owned());
    let writes = vec![
        Write::insert(&known(here, 3, "c")),
        Write::update(&mut kept),
        Write::delete(&gone),
        Write::insert(&answer(here, 1, 1, "pet")),
        Write::insert(&known(here, 4, "c")),
    ];
    assert!(conflicts(store, writes));
    assert_eq!(all(store, here), before);
    assert_eq!(store.count(&Select::all::<Answer>(here)).expect("a count"), 0);
    // Neither the keys nor the unique values are held by what was undone.
    put(store, &[known(here, 3, "c"), known(here, 5, "changed")]);
    assert!(conflicts(store, vec![Write::insert(&known(here, 6, "a"))]));
    assert!(conflicts(store, vec![Write::insert(&known(here, 6, "b"))]));
}

pub fn writes_of_a_commit_see_each_other_in_order(store: &dyn Store) {
    let here = agency("104");
    let mut first = known(here, 1, "a");
    put(store, &[first.clone()]);
    // The name is freed before it is taken.
    store.commit(vec![Write::delete(&first), Write::insert(&known(here, 2, "a"))]).expect("in this order");
    assert_eq!(numbers(store, &Select::all::<Party>(here)), [2]);
    // But not the other way round.
    let heir = known(here, 3, "a");
    assert!(conflicts(store, vec![Write::insert(&heir), Write::delete(&known(here, 2, "a"))]));
    // A row that this commit made can be changed and removed by it.
    first.external_id = Some("new".to_owned());
    let insert = Write::insert(&first);
    let (once, twice) = (Write::update(&mut first), Write::update(&mut first));
    let delete = Write::delete(&first);
    store.commit(vec![insert, once, twice, delete]).expect("one after the other");
    assert_eq!(numbers(store, &Select::all::<Party>(here)), [2]);
}

/// Whether the commit failed for the guard's table, and nothing of it stays,
/// wherever the guard stands.
fn holds_back(store: &dyn Store, here: AgencyId, guard: &Write) {
    let before = all(store, here);
    let (mut first, new) = (before[0].clone(), known(here, 99, "new"));
    let others = [Write::update(&mut first), Write::insert(&new), Write::insert(&answer(here, 99, 1, "pet"))];
    for place in 0..=others.len() {
        let mut writes = others.to_vec();
        writes.insert(place, guard.clone());
        let failed = store.commit(writes).expect_err("to be held back");
        assert!(matches!(failed, StoreError::Conflict { table } if table == guard.table().name), "{failed}");
        assert_eq!(all(store, here), before);
        assert_eq!(store.count(&Select::all::<Answer>(here)).expect("a count"), 0);
    }
    assert!(conflicts(store, vec![guard.clone()]));
}

pub fn a_guard_needs_the_revision(store: &dyn Store) {
    let here = agency("104");
    let (mut first, mut guarded) = (party(here, 1, "one"), known(here, 2, "two"));
    put(store, &[first.clone(), guarded.clone()]);
    put(store, &[party(agency("105"), 3, "elsewhere")]);
    first.display_name = "changed".to_owned();
    store.commit(vec![Write::guard(&guarded), Write::update(&mut first)]).expect("it is as it was");
    store.commit(vec![Write::guard(&guarded)]).expect("nothing changes");
    assert_eq!(all(store, here), [first, guarded.clone()]);

    let stale = Write::guard(&guarded);
    store.commit(vec![Write::update(&mut guarded)]).expect("fresh");
    holds_back(store, here, &stale);
    for revision in [i64::MIN, 0, 3, i64::MAX] {
        holds_back(store, here, &Write::guard(&Party { revision, ..guarded.clone() }));
    }
    holds_back(store, here, &Write::guard(&party(here, 3, "nobody")));
    holds_back(store, here, &Write::guard(&Party { agency: agency("105"), ..guarded.clone() }));
    holds_back(store, here, &Write::guard(&Throttle { revision: 2, ..throttle(here, 2) }));
    let last = Write::guard(&guarded);
    store.commit(vec![Write::delete(&guarded)]).expect("fresh");
    holds_back(store, here, &last);
}

pub fn guards_hold_against_what_was_there_before(store: &dyn Store) {
    let here = agency("104");
    let (mut row, new) = (party(here, 1, "one"), party(here, 2, "new"));
    put(store, &[row.clone()]);
    // Behind the update of the row too; and twice.
    let before = Write::guard(&row);
    store.commit(vec![Write::update(&mut row), before.clone(), before.clone()]).expect("as it was before");
    store.commit(vec![Write::guard(&row), Write::update(&mut row)]).expect("as it was before");
    let fresh = Write::guard(&row);
    assert!(conflicts(store, vec![before.clone(), fresh.clone()]));
    assert!(conflicts(store, vec![before, Write::update(&mut row.clone())]));
    assert!(conflicts(store, vec![fresh.clone(), Write::update(&mut row.clone()), Write::guard(&new)]));
    assert!(conflicts(store, vec![Write::insert(&new), Write::guard(&new)]));
    let mut later = row.clone();
    let update = Write::update(&mut later);
    assert!(conflicts(store, vec![update, Write::guard(&later)]));
    assert_eq!(all(store, here), [row.clone()]);
    store.commit(vec![Write::delete(&row), fresh]).expect("as it was before");
    assert_eq!(all(store, here), []);
}

pub fn thousands_of_guards_in_one_commit(store: &dyn Store) {
    let (here, there) = (agency("104"), agency("105"));
    let mut rows: Vec<Throttle> = (0..2_000).map(|number| throttle(here, number)).collect();
    put(store, &rows);
    put(store, &[throttle(there, 7)]);
    // Three guards beside each other, then one that is written; and from the
    // last to the first.
    let mut writes: Vec<Write> = rows
        .iter_mut()
        .enumerate()
        .rev()
        .map(|(place, row)| {
            if place % 4 == 0 {
                row.failures = 1;
                Write::update(row)
            } else {
                Write::guard(row)
            }
        })
        .collect();
    writes.push(Write::guard(&throttle(there, 7)));
    let again = writes.clone();
    store.commit(writes).expect("all as they were");
    assert_eq!(find::<Throttle>(store, &Select::all::<Throttle>(here)), rows);
    assert!(conflicts(store, again));
    let mut guards: Vec<Write> = rows.iter().map(Write::guard).collect();
    guards.push(Write::guard(&throttle(there, 8)));
    assert!(conflicts(store, guards.clone()));
    guards.pop();
    store.commit(guards).expect("all as they were");
}

/// One more line behind the head of a chain, which counts its lines and keeps the
/// number of the last one.
fn one_more(here: AgencyId, ids: &[u128], line: u128) -> Write {
    let follow = Follow::of(move |mut head: Strand| {
        head.length += 1;
        head.mac = line.to_be_bytes().to_vec();
        let next = Event { id: EventId(Uuid::from_u128(line)), ..event(here, head.id.0.as_u128(), head.length) };
        Ok(vec![Write::insert(&next), Write::update(&mut head)])
    });
    Write::Follow {
        table: Strand::TABLE,
        agency: here,
        ids: ids.iter().copied().map(Uuid::from_u128).collect(),
        follow,
    }
}

fn heads(store: &dyn Store, here: AgencyId) -> Vec<(u128, i64, i64)> {
    let heads: Vec<Strand> = find(store, &Select::all::<Strand>(here));
    heads.iter().map(|head| (head.id.0.as_u128(), head.length, head.revision)).collect()
}

pub fn what_follows_is_made_of_the_row_as_it_is_then(store: &dyn Store) {
    let (here, there) = (agency("104"), agency("105"));
    put(store, &[strand(here, 1), strand(here, 2), strand(there, 1)]);
    // Two that were decided upon at the same time do not meet.
    let (one, other) = (one_more(here, &[1, 2], 101), one_more(here, &[1, 2], 102));
    store.commit(vec![one]).expect("its turn");
    store.commit(vec![other]).expect("its turn");
    assert_eq!(heads(store, here), [(1, 2, 3), (2, 0, 1)]);
    // The first that is there; of the agency that is named.
    store.commit(vec![one_more(here, &[9, 2, 1], 103)]).expect("one is there");
    assert_eq!((heads(store, here), heads(store, there)), (vec![(1, 2, 3), (2, 1, 2)], vec![(1, 0, 1)]));
    // After all else, wherever it stands: also behind what the same commit wrote.
    let mut first: Strand = find(store, &Select::all::<Strand>(here)).swap_remove(0);
    first.length = 10;
    let writes = vec![one_more(here, &[1], 104), Write::update(&mut first), Write::insert(&strand(here, 3))];
    store.commit(writes).expect("fresh");
    store.commit(vec![one_more(here, &[5], 105), Write::insert(&strand(here, 5))]).expect("it is there by then");
    assert_eq!(heads(store, here), [(1, 11, 5), (2, 1, 2), (3, 0, 1), (5, 1, 2)]);
    // What is guarded or updated by its revision meets it all the same.
    let stale = first.clone();
    assert!(conflicts(store, vec![Write::guard(&stale), Write::insert(&party(here, 1, "x"))]));
    assert!(conflicts(store, vec![Write::update(&mut first)]));
    let lines =
        |subject| store.count(&Select::all::<Event>(here).is("subject", Uuid::from_u128(subject))).expect("a count");
    assert_eq!([lines(1), lines(2), lines(5)], [3, 1, 1]);
}

pub fn what_follows_leaves_nothing_where_it_fails(store: &dyn Store) {
    let here = agency("104");
    put(store, &[strand(here, 1)]);
    let with = |last: Write| vec![Write::insert(&party(here, 1, "x")), last];
    // Nothing there to follow.
    assert!(matches!(store.commit(with(one_more(here, &[2, 3], 1))), Err(StoreError::Conflict { table: "strand" })));
    assert!(conflicts(store, with(one_more(here, &[], 1))));
    assert!(conflicts(store, with(one_more(agency("105"), &[1], 1))));
    // What it makes is taken.
    store.commit(vec![one_more(here, &[1], 7)]).expect("its turn");
    assert!(matches!(store.commit(with(one_more(here, &[1], 7))), Err(StoreError::Conflict { table: "event" })));
    // It makes what is no plain write, or does not fit, or says no.
    let made = |make: fn(Strand) -> StoreResult<Vec<Write>>| {
        let ids = vec![Uuid::from_u128(1)];
        store.commit(with(Write::Follow { table: Strand::TABLE, agency: here, ids, follow: Follow::of(make) }))
    };
    assert!(matches!(made(|head| Ok(vec![Write::guard(&head)])), Err(StoreError::Damaged(_))));
    assert!(matches!(
        made(|_| Ok(vec![Write::Insert { table: Party::TABLE, row: vec![] }])),
        Err(StoreError::Damaged(_))
    ));
    assert!(matches!(made(|_| Err(StoreError::Damaged("no"))), Err(StoreError::Damaged("no"))));
    assert_eq!((all(store, here).len(), heads(store, here)), (0, vec![(1, 1, 2)]));
}

/// Rows of several tables, one after the other and again: those of one table are
/// counted in their order, whatever stands between them.
pub fn inserts_of_many_tables_in_one_commit(store: &dyn Store) {
    let here = agency("104");
    let mut old = known(here, 5_000, "moves on");
    put(store, &[old.clone()]);
    let mut writes = Vec::new();
    for number in 1..=1_500 {
        writes.push(Write::insert(&party(here, number, "x")));
        writes.push(Write::insert(&event(here, 1, i64::try_from(number).expect("small"))));
        writes.push(Write::insert(&throttle(here, number)));
        if number == 700 {
            // Behind what was inserted before, and before what comes after.
            old.external_id = None;
            writes.push(Write::update(&mut old));
            writes.push(Write::insert(&known(here, 6_000, "moves on")));
        }
    }
    store.commit(writes.clone()).expect("free keys");
    let lines = after(store, here, 0, 2_000);
    let numbers: Vec<i64> = lines.iter().map(|line| line.sequence).collect();
    assert_eq!(numbers, (1..=1_500).collect::<Vec<i64>>());
    assert_eq!((all(store, here).len(), find::<Throttle>(store, &Select::all::<Throttle>(here)).len()), (1_502, 1_500));
    // One that is taken, in the middle of many: none is there.
    let there = agency("105");
    let of = |number| if number == 777 { 1 } else { number };
    let again: Vec<Write> = (1..=1_500).map(|number| Write::insert(&party(there, of(number), "y"))).collect();
    assert!(matches!(store.commit(again), Err(StoreError::Conflict { table: "party" })));
    assert!(all(store, there).is_empty());
}

pub fn a_conflict_names_the_table(store: &dyn Store) {
    let here = agency("104");
    let failed = store.commit(vec![Write::insert(&party(here, 1, "x")), Write::delete(&answer(here, 1, 1, "pet"))]);
    assert!(matches!(failed, Err(StoreError::Conflict { table: "answer" })));
    put(store, &[known(here, 1, "Sue Wright")]);
    let failed = store.commit(vec![Write::insert(&known(here, 2, "Sue Wright"))]).expect_err("taken");
    assert_eq!(failed.to_string(), "conflict in party");
    assert!(!format!("{failed:?}").contains("Sue"));
}

pub fn ten_thousand_rows_in_one_commit(store: &dyn Store) {
    let here = agency("104");
    let rows: Vec<Throttle> =
        (0..10_000).map(|number| Throttle { failures: u32::MAX, ..throttle(here, number) }).collect();
    put(store, &rows);
    assert_eq!(find::<Throttle>(store, &Select::all::<Throttle>(here)), rows);
}
