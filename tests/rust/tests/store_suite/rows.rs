//! Plain records for the suite.

use std::collections::BTreeSet;

use carekey::account::Refusals;
use carekey::store::record::{Answer, Party, Record, Strand, Throttle};
use carekey::store::{Row, Select, Store, StoreError, Value, Write};
use carekey::{AccountId, AgencyId, PartyId, PartyKind, RecordId};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// An agency for one test.
pub fn agency(code: &str) -> AgencyId {
    AgencyId::of_code(code)
}

/// The moment that many milliseconds after 1970.
pub fn at(ms: i64) -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Duration::milliseconds(ms)
}

/// A party with that number as its id.
pub fn party(agency: AgencyId, number: u128, name: &str) -> Party {
    Party {
        agency,
        id: PartyId(Uuid::from_u128(number)),
        revision: 1,
        kind: PartyKind::Person,
        external_id: None,
        roles: BTreeSet::new(),
        display_name: name.to_owned(),
        first_name: None,
        middle_name: None,
        last_name: None,
        nickname: None,
        name_key: name.to_owned(),
        email: None,
        email_canonical: None,
        phone: None,
        phone_e164: None,
        preferred: None,
        locale: None,
        invitation: None,
        created_at: at(0),
        deleted_at: None,
        sort_display: None,
        search: None,
        merged_into: None,
        merge: None,
    }
}

/// A party that the host knows by that text.
pub fn known(agency: AgencyId, number: u128, external_id: &str) -> Party {
    Party { external_id: Some(external_id.to_owned()), ..party(agency, number, "x") }
}

/// An answer: its account and question are unique together.
pub fn answer(agency: AgencyId, number: u128, account: u128, question: &str) -> Answer {
    Answer {
        agency,
        id: RecordId(Uuid::from_u128(number)),
        revision: 1,
        account: AccountId(Uuid::from_u128(account)),
        question: question.to_owned(),
        hash: String::new(),
    }
}

/// A row of few columns.
pub fn throttle(agency: AgencyId, number: u128) -> Throttle {
    Throttle {
        agency,
        id: RecordId(Uuid::from_u128(number)),
        revision: 1,
        account: None,
        failures: 0,
        open: 0,
        open_until: None,
        locked_until: None,
        refusals: Refusals::default(),
        touched_at: at(0),
    }
}

/// The head of a chain without lines.
pub fn strand(agency: AgencyId, number: u128) -> Strand {
    Strand { agency, id: RecordId(Uuid::from_u128(number)), revision: 1, length: 0, mac: vec![] }
}

/// Puts the records there.
pub fn put<R: Record>(store: &dyn Store, records: &[R]) {
    store.commit(records.iter().map(Write::insert).collect()).expect("free keys");
}

/// The records that fit.
pub fn find<R: Record>(store: &dyn Store, select: &Select) -> Vec<R> {
    store.find(select).expect("an answer").into_iter().map(|row| R::from_row(row).expect("a sound row")).collect()
}

/// The numbers of the rows that fit, in their order; counts them too.
pub fn numbers(store: &dyn Store, select: &Select) -> Vec<u128> {
    let rows = store.find(select).expect("an answer");
    if select.offset == 0 && select.limit.is_none() {
        assert_eq!(store.count(select).expect("a count"), rows.len() as u64);
    }
    rows.iter().map(number).collect()
}

fn number(row: &Row) -> u128 {
    match row.get(1) {
        Some(Value::Id(id)) => id.as_u128(),
        other => panic!("no id but {other:?}"),
    }
}

/// Whether the commit failed for a conflict.
pub fn conflicts(store: &dyn Store, writes: Vec<Write>) -> bool {
    match store.commit(writes) {
        Ok(()) => false,
        Err(StoreError::Conflict { .. }) => true,
        Err(other) => panic!("{other}"),
    }
}
