//! The orders in which lists show rows (A3, A5, A6, N, S3). Deleted rows are in
//! none.
//!
//! A list of people is asked for by any column, either way. Ties are decided by
//! name, also where the column descends: of these no more is sorted than stands
//! together, and that by the index alone. Columns that are null in most rows are
//! two lists, one of either kind of rows.

use super::table::{List, Only};

const THERE: (&str, Only) = ("deleted_at", Only::Null);

const fn account(name: &'static str, by: &'static [&'static str], only: &'static [(&'static str, Only)]) -> List {
    List { name, by, with: &["disabled_at"], only }
}

/// The list of users.
pub(super) const ACCOUNT: &[List] = &[
    account("account_list_display", &["sort_display"], &[THERE]),
    account("account_list_first", &["sort_first", "sort_display"], &[THERE]),
    account("account_list_last", &["sort_last", "sort_display"], &[THERE]),
    account("account_list_username", &["username_canonical"], &[THERE]),
    account("account_list_created", &["created_at", "sort_display"], &[THERE]),
    account("account_list_logon", &["last_sign_in_at", "sort_display"], &[THERE, ("last_sign_in_at", Only::There)]),
    account("account_list_no_logon", &["sort_display"], &[THERE, ("last_sign_in_at", Only::Null)]),
    account("account_list_description", &["description", "sort_display"], &[THERE, ("description", Only::There)]),
    account("account_list_no_description", &["sort_display"], &[THERE, ("description", Only::Null)]),
    // Words may stand anywhere in what is searched, so that all of it is read; but
    // this alone, and not the rows.
    List { name: "account_list_search", by: &["sort_display"], with: &["disabled_at", "search"], only: &[THERE] },
    List {
        name: "account_list_disabled",
        by: &["disabled_at", "sort_display"],
        with: &[],
        only: &[THERE, ("disabled_at", Only::There)],
    },
];

/// The applications.
pub(super) const APPLICATION: &[List] = &[
    List { name: "application_list_submitted", by: &["submitted_at"], with: &["invitation"], only: &[] },
    List { name: "application_list_search", by: &["submitted_at"], with: &["invitation", "search"], only: &[] },
];

/// The outbox. What only looks like a message has no address.
pub(super) const MESSAGE: &[List] =
    &[List { name: "message_list_created", by: &["created_at"], with: &["state", "address"], only: &[] }];

macro_rules! of_roles {
    ($($name:literal $role:literal),+ $(,)?) => {
        /// The parties, and those of each role that the office gave them.
        pub(super) const PARTY: &[List] = &[
            List { name: "party_list_display", by: &["sort_display"], with: &["kind"], only: &[THERE] },
            List {
                name: "party_list_search",
                by: &["sort_display"],
                with: &["kind", "roles", "search"],
                only: &[THERE],
            },
            $( List {
                name: $name,
                by: &["sort_display"],
                with: &["kind"],
                only: &[THERE, ("roles", Only::Has($role))],
            }, )+
        ];
    };
}

of_roles!(
    "party_list_client" "client",
    "party_list_caregiver" "caregiver",
    "party_list_office_staff" "office_staff",
    "party_list_human_resources" "human_resources",
    "party_list_organization" "organization",
    "party_list_contact" "contact",
    "party_list_emergency_contact" "emergency_contact",
    "party_list_payer" "payer",
    "party_list_community" "community",
    "party_list_family" "family",
    "party_list_employer" "employer",
    "party_list_participant" "participant",
);

/// What lists ask for, and the index that has it.
#[cfg(test)]
pub(super) fn asked(here: crate::id::AgencyId) -> Vec<(super::Select, &'static str)> {
    use super::record::{Account, Application, Message, Party};
    use super::{Select, Test, Value};
    let null = |select: Select, column| select.and(column, Test::Null(true));
    let there = |select: Select, column| select.and(column, Test::Null(false));
    let account = || null(Select::all::<Account>(here), "deleted_at");
    let enabled = || null(account(), "disabled_at");
    let party = || null(Select::all::<Party>(here), "deleted_at");
    let by = |select: Select, column, down| select.by(column, down).by("sort_display", false).page(900, 100);
    let name = |select: Select, down| select.by("sort_display", down).page(900, 100);
    let application = || Select::all::<Application>(here).by("submitted_at", true).page(900, 100);
    let no_address = Test::NoneOf(vec![Value::Text(String::new())]);
    let message =
        || Select::all::<Message>(here).and("address", no_address.clone()).by("created_at", true).page(900, 100);
    let mut all = vec![
        (name(null(account(), "last_sign_in_at"), false), "account_list_no_logon"),
        (name(null(enabled(), "description"), false), "account_list_no_description"),
        (party().by("sort_display", false).page(0, 100), "party_list_display"),
        (name(party().and("search", Test::Contains("x".to_owned())), false), "party_list_search"),
        (name(enabled().and("search", Test::Contains("x".to_owned())), false), "account_list_search"),
        (name(party().and("roles", Test::Has("client".to_owned())), false), "party_list_client"),
        (application(), "application_list_submitted"),
        (application().and("search", Test::Contains("x".to_owned())), "application_list_search"),
        (message(), "message_list_created"),
        (message().is("state", "sent".to_owned()), "message_list_created"),
    ];
    for down in [false, true] {
        all.extend([
            (name(account(), down), "account_list_display"),
            (name(enabled(), down), "account_list_display"),
            (by(enabled(), "sort_first", down), "account_list_first"),
            (by(account(), "sort_last", down), "account_list_last"),
            (enabled().by("username_canonical", down).page(0, 100), "account_list_username"),
            (by(account(), "created_at", down), "account_list_created"),
            (by(there(account(), "disabled_at"), "disabled_at", down), "account_list_disabled"),
            (by(there(enabled(), "last_sign_in_at"), "last_sign_in_at", down), "account_list_logon"),
            (by(there(enabled(), "description"), "description", down), "account_list_description"),
        ]);
    }
    all
}

/// The selects of the pages behind a row, of each list that is [asked](asked) for:
/// where all values are there, and where there is none that may be null.
#[cfg(test)]
pub(super) fn behind(here: crate::id::AgencyId) -> Vec<(super::Select, &'static str)> {
    use super::{ColumnType, Value};
    let place = |select: &super::Select, nulls: bool| -> Vec<Value> {
        let of = |name: &str| select.table.columns.iter().find(|column| column.name == name).unwrap();
        let value = |column: &super::TableColumn| match column.column_type {
            _ if nulls && column.nullable => Value::Null,
            ColumnType::Text => Value::Text("k".to_owned()),
            ColumnType::Bytes => Value::Bytes(vec![9]),
            ColumnType::Id => Value::Id(uuid::Uuid::nil()),
            _ => Value::Int(9),
        };
        select.order.iter().map(|(name, _)| *name).chain(["id"]).map(|name| value(of(name))).collect()
    };
    let all = asked(here).into_iter().map(|(select, list)| (select.page(0, 100), list));
    let both = all.flat_map(|(select, list)| [true, false].map(|nulls| (select.behind(&place(&select, nulls)), list)));
    both.flat_map(|(selects, list)| selects.into_iter().map(move |select| (select, list))).collect()
}

/// What is read beside a page, of its rows, and the lists that go by a number of
/// each row: with the index that has it.
#[cfg(test)]
pub(super) fn looked_up(here: crate::id::AgencyId) -> Vec<(super::Select, &'static str)> {
    use super::record::{Event, Link};
    use super::{Select, Test, Value};
    use crate::id::{AccountId, PartyId};
    let nobody = uuid::Uuid::nil();
    let links = || Select::all::<Link>(here).and("ends_at", Test::Null(true));
    let above = |serial| Test::AtLeast(Value::Int(serial));
    vec![
        (links().among("party", [PartyId(nobody); 2]), "link_by_party"),
        (links().among("account", [AccountId(nobody); 2]), "link_by_account"),
        (Select::all::<Event>(here).is("subject", nobody).by("sequence", false), "event_one_subject_sequence"),
        (Select::all::<Event>(here).and("serial", above(5)).by("serial", false).page(0, 50), "event_one_serial"),
        (Select::all::<Event>(here).by("serial", true).page(0, 1), "event_one_serial"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Role;

    #[test]
    fn every_role_has_its_list() {
        let of = |role: &Role| PARTY.iter().any(|list| list.only.contains(&("roles", Only::Has(role.as_str()))));
        assert!(Role::ALL.iter().all(of));
        assert_eq!(PARTY.len(), Role::ALL.len() + 2);
    }
}
