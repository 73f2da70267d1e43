//! Nothing is ever visible across two agencies.

use carekey::AgencyId;
use carekey::store::record::{Agency, Party, TABLES};
use carekey::store::{Record, Select, Store, StoreError, Table};

use crate::rows::{agency, at, numbers, put};

pub fn tenant(code: &str) -> Agency {
    let id = agency(code);
    Agency {
        agency: id,
        id,
        revision: 1,
        code: code.to_owned(),
        name: format!("Agency {code}"),
        prefix: code.to_owned(),
        country: "US".to_owned(),
        locale: carekey::Locale::English,
        link_base: "https://example.com".to_owned(),
        owner_email: None,
        owner_emails: None,
        time_zone: None,
        policy: carekey::policy::StoredPolicy::default(),
        created_at: at(0),
        listed_by: None,
        suspended_at: None,
        suspended_by: None,
        suspended_for: None,
        deleting_since: None,
        deleted_by: None,
        deleted_export: None,
        deleted_at: None,
    }
}

fn everything(table: &'static Table, agency: Option<AgencyId>) -> Select {
    Select { table, agency, all: vec![], any: vec![], order: vec![], offset: 0, limit: None, columns: &[] }
}

/// The property test in `model` asks this with every sort of condition.
pub fn an_agency_sees_its_own_rows_only(store: &dyn Store) {
    let (here, there) = (agency("104"), agency("105"));
    put(store, &[crate::rows::known(here, 1, "a"), crate::rows::known(here, 2, "b")]);
    put(store, &[crate::rows::known(there, 1, "a")]);
    put(store, &[tenant("104"), tenant("105")]);
    for table in TABLES {
        assert_eq!(store.count(&everything(table, Some(agency("106")))).expect("a count"), 0, "{}", table.name);
    }
    let a_there = Select::all::<Party>(there).is("external_id", "a".to_owned());
    assert_eq!(numbers(store, &a_there), [1]);
    let b_there = Select::all::<Party>(there).is("external_id", "b".to_owned());
    assert_eq!(numbers(store, &b_there), [0; 0]);
    // Not even by asking for the agency column itself.
    assert_eq!(numbers(store, &Select::all::<Party>(there).is("agency", here)), [0; 0]);
    let or = Select::all::<Party>(there).or("agency", carekey::store::Test::Null(false));
    assert_eq!(numbers(store, &or), [1]);
    assert_eq!(store.count(&Select::all::<Agency>(here)).expect("a count"), 1);
}

pub fn all_agencies_are_listed_but_nothing_else_of_them(store: &dyn Store) {
    put(store, &[tenant("105"), tenant("104"), tenant("ñ")]);
    let all = Select { order: vec![("code", false)], ..everything(Agency::TABLE, None) };
    let codes: Vec<String> = crate::rows::find::<Agency>(store, &all).into_iter().map(|found| found.code).collect();
    assert_eq!(codes, ["104", "105", "ñ"]);
    assert_eq!(store.count(&all.is("code", "105".to_owned())).expect("a count"), 1);
    for table in TABLES.iter().filter(|table| table.name != "agency") {
        assert!(matches!(store.find(&everything(table, None)), Err(StoreError::Damaged(_))), "{}", table.name);
        assert!(matches!(store.count(&everything(table, None)), Err(StoreError::Damaged(_))), "{}", table.name);
    }
}
