//! Commits: revisions, unique columns, all or nothing.

use carekey::store::record::{Answer, Party, Throttle};
use carekey::store::{Record, Select, Store, StoreError, Write};
use carekey::{AgencyId, RecordId};
use uuid::Uuid;

use crate::rows::{agency, answer, conflicts, find, known, numbers, party, put};

fn all(store: &dyn Store, here: AgencyId) -> Vec<Party> {
    find(store, &Select::of::<Party>(here))
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
    assert_eq!(numbers(store, &Select::of::<Party>(here)), [1, 4, 5, 6]);
}

pub fn unique_over_several_columns(store: &dyn Store) {
    let here = agency("104");
    put(store, &[answer(here, 1, 1, "pet"), answer(here, 2, 1, "city"), answer(here, 3, 2, "pet")]);
    assert!(conflicts(store, vec![Write::insert(&answer(here, 4, 2, "pet"))]));
    put(store, &[answer(here, 4, 2, "city")]);
    assert_eq!(numbers(store, &Select::of::<Answer>(here).is("account", Uuid::from_u128(2))), [3, 4]);
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
    assert_eq!(numbers(store, &Select::of::<Party>(here).is("external_id", "c".to_owned())), [1]);
    assert_eq!(numbers(store, &Select::of::<Party>(here).is("external_id", "a".to_owned())), [3]);
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
    assert_eq!(store.count(&Select::of::<Answer>(here)).expect("a count"), 0);
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
    assert_eq!(numbers(store, &Select::of::<Party>(here)), [2]);
    // But not the other way round.
    let heir = known(here, 3, "a");
    assert!(conflicts(store, vec![Write::insert(&heir), Write::delete(&known(here, 2, "a"))]));
    // A row that this commit made can be changed and removed by it.
    first.external_id = Some("new".to_owned());
    let insert = Write::insert(&first);
    let (once, twice) = (Write::update(&mut first), Write::update(&mut first));
    let delete = Write::delete(&first);
    store.commit(vec![insert, once, twice, delete]).expect("one after the other");
    assert_eq!(numbers(store, &Select::of::<Party>(here)), [2]);
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
    let rows: Vec<Throttle> = (0..10_000)
        .map(|number| Throttle {
            agency: here,
            id: RecordId(Uuid::from_u128(number)),
            revision: 1,
            failures: u32::MAX,
            attempts_open: 0,
            attempts_until: None,
            locked_until: None,
            touched_at: crate::rows::at(0),
        })
        .collect();
    put(store, &rows);
    assert_eq!(find::<Throttle>(store, &Select::of::<Throttle>(here)), rows);
}
