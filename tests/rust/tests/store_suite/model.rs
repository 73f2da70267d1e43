//! Any history of commits and questions, put to a store and to the memory
//! store: they agree on every conflict and on every answer.

use std::sync::atomic::{AtomicU64, Ordering};

use carekey::store::record::Party;
use carekey::store::{Column, MemoryStore, Record, Row, Select, Store, StoreError, Test, Value, Write};
use carekey::{AgencyId, InvitationId, Role};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use uuid::Uuid;

use crate::rows::{agency, at, party};

/// One write: which agency, which row, at which revision, with which values.
#[derive(Debug, Clone)]
struct Step {
    sort: u8,
    there: bool,
    number: u128,
    revision: i64,
    external_id: Option<&'static str>,
    name: &'static str,
    invitation: Option<u128>,
    created: i64,
    deleted: bool,
    roles: &'static [Role],
}

/// One question.
#[derive(Debug, Clone)]
struct Question {
    there: bool,
    all: Vec<(&'static str, Test)>,
    any: Vec<(&'static str, Test)>,
    order: Vec<(&'static str, bool)>,
    page: Option<(u64, u64)>,
}

const TEXTS: &[&str] = &["a", "b", "A", "Ab", "é", "É", ""];
const COLUMNS: &[&str] =
    &["id", "agency", "external_id", "name_key", "invitation", "created_at", "revision", "roles", "kind", "deleted_at"];
const ROLES: &[&[Role]] = &[&[], &[Role::Client], &[Role::Caregiver, Role::Client]];
const WORDS: &[&str] = &["client", "caregiver", "care", "Client", "client,caregiver", "a", ""];

fn step() -> impl Strategy<Value = Step> {
    let text = || select(TEXTS);
    let key = (any::<bool>(), 0..5u128, 1..4i64);
    let rest = (prop::option::of(text()), text(), prop::option::of(0..3u128), -2..3i64, any::<bool>(), select(ROLES));
    (0..8u8, key, rest).prop_map(
        |(sort, (there, number, revision), (external_id, name, invitation, created, deleted, roles))| Step {
            sort,
            there,
            number,
            revision,
            external_id,
            name,
            invitation,
            created,
            deleted,
            roles,
        },
    )
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => select(TEXTS).prop_map(|text| Value::Text(text.to_owned())),
        3 => (-2..4i64).prop_map(Value::Int),
        3 => (0..5u128).prop_map(|number| Value::Id(Uuid::from_u128(number))),
        1 => Just(Value::Null),
        1 => Just(Value::Bytes(vec![0; 16])),
    ]
}

fn condition() -> impl Strategy<Value = (&'static str, Test)> {
    let test = prop_oneof![
        3 => value().prop_map(Test::Is),
        3 => prop::collection::vec(value(), 0..6).prop_map(Test::In),
        2 => prop::collection::vec(value(), 0..4).prop_map(Test::NoneOf),
        1 => value().prop_map(Test::Below),
        1 => value().prop_map(Test::AtLeast),
        1 => (value(), any::<bool>()).prop_map(|(value, descending)| Test::Behind { value, descending }),
        1 => select(TEXTS).prop_map(|text| Test::Contains(text.to_owned())),
        1 => select(WORDS).prop_map(|word| Test::Has(word.to_owned())),
        1 => any::<bool>().prop_map(Test::Null),
    ];
    (select(COLUMNS), test)
}

/// What is asked of how many there are, as lists do: by what is kept of it.
fn of_totals() -> impl Strategy<Value = Vec<(&'static str, Test)>> {
    let null = any::<bool>().prop_map(|null| ("deleted_at", Test::Null(null)));
    let role = select(WORDS).prop_map(|word| ("roles", Test::Has(word.to_owned())));
    let kind =
        select(&["person", "organization"][..]).prop_map(|kind| ("kind", Test::Is(Value::Text(kind.to_owned()))));
    prop::collection::vec(prop_oneof![null, role, kind], 0..4)
}

fn question() -> impl Strategy<Value = Question> {
    let other = (prop::collection::vec(condition(), 0..3), prop::collection::vec(condition(), 0..3));
    (
        any::<bool>(),
        prop_oneof![2 => other, 1 => of_totals().prop_map(|all| (all, Vec::new()))],
        prop::collection::vec((select(COLUMNS), any::<bool>()), 0..3),
        prop::option::of((0..4u64, 0..4u64)),
    )
        .prop_map(|(there, (all, any), order, page)| Question { there, all, any, order, page })
}

impl Step {
    fn write(&self, agencies: [AgencyId; 2]) -> Write {
        let row = Party {
            revision: self.revision,
            external_id: self.external_id.map(str::to_owned),
            invitation: self.invitation.map(|number| InvitationId(Uuid::from_u128(number))),
            created_at: at(self.created),
            deleted_at: self.deleted.then(|| at(0)),
            roles: self.roles.iter().copied().collect(),
            ..party(agencies[usize::from(self.there)], self.number, self.name)
        };
        match self.sort {
            0..3 => Write::insert(&Party { revision: 1, ..row }),
            3..5 => Write::Update { table: Party::TABLE, row: row.to_row() },
            5 => Write::delete(&row),
            _ => Write::guard(&row),
        }
    }
}

impl Question {
    fn select(&self, agencies: [AgencyId; 2]) -> Select {
        let mut asked = Select::all::<Party>(agencies[usize::from(self.there)]);
        asked.order = self.order.clone();
        for (column, test) in &self.all {
            asked = asked.and(column, test.clone());
        }
        for (column, test) in &self.any {
            asked = asked.or(column, test.clone());
        }
        match self.page {
            Some((offset, limit)) => asked.page(offset, limit),
            None => asked,
        }
    }
}

/// The result of a commit: the table of the conflict, if there was one.
fn outcome(store: &dyn Store, writes: Vec<Write>) -> Option<&'static str> {
    match store.commit(writes) {
        Ok(()) => None,
        Err(StoreError::Conflict { table }) => Some(table),
        Err(other) => panic!("{other}"),
    }
}

fn is_of(row: &Row, agency: AgencyId) -> bool {
    row.first() == Some(&agency.to_value())
}

pub fn agrees_with_the_model(store: &dyn Store) {
    static RUN: AtomicU64 = AtomicU64::new(0);
    let history = prop::collection::vec(prop::collection::vec(step(), 1..4), 1..12);
    let strategy = (history, prop::collection::vec(question(), 1..12));
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(256) });
    runner
        .run(&strategy, |(history, questions)| {
            let run = RUN.fetch_add(1, Ordering::Relaxed);
            let agencies = [agency(&format!("here {run}")), agency(&format!("there {run}"))];
            let model = MemoryStore::new();
            for commit in &history {
                let writes = || commit.iter().map(|step| step.write(agencies)).collect();
                prop_assert_eq!(outcome(store, writes()), outcome(&model, writes()), "{:?}", commit);
            }
            for question in &questions {
                let asked = question.select(agencies);
                let found = store.find(&asked).expect("an answer");
                let expected = model.find(&asked).expect("an answer");
                prop_assert!(found == expected, "{question:?}: {} and {} rows", found.len(), expected.len());
                prop_assert!(found.iter().all(|row| is_of(row, agencies[usize::from(question.there)])));
                prop_assert_eq!(store.count(&asked).expect("a count"), model.count(&asked).expect("a count"));
            }
            Ok(())
        })
        .expect("agreement");
}
