//! Which columns an export of an agency has (A9), and why another is not in
//! it. Each is decided here: the library does not compile where a table has a
//! column that is not.

use super::Goes::{self, Json, Plain, Withheld, Words};
use super::Why;
use crate::store::record::TABLES;

/// Every table of the store with every column, in their order.
pub(super) const COLUMNS: &[(&str, &[(&str, Goes)])] = &[
    (
        "agency",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("code", Plain),
            ("name", Plain),
            ("prefix", Plain),
            ("country", Plain),
            ("locale", Plain),
            ("link_base", Plain),
            ("owner_email", Plain),
            ("owner_emails", Json),
            ("time_zone", Plain),
            ("policy", Json),
            ("created_at", Plain),
            ("listed_by", Withheld(Why::Derived)),
            ("suspended_at", Plain),
            ("suspended_by", Plain),
            ("suspended_for", Plain),
            ("deleting_since", Plain),
            ("deleted_by", Plain),
            ("deleted_export", Plain),
            ("deleted_at", Plain),
        ],
    ),
    (
        "strand",
        &[("agency", Withheld(Why::Same)), ("id", Plain), ("revision", Plain), ("length", Plain), ("mac", Plain)],
    ),
    (
        "party",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("kind", Plain),
            ("external_id", Plain),
            ("roles", Words),
            ("display_name", Plain),
            ("first_name", Plain),
            ("middle_name", Plain),
            ("last_name", Plain),
            ("nickname", Plain),
            ("name_key", Withheld(Why::Derived)),
            ("email", Plain),
            ("email_canonical", Plain),
            ("phone", Plain),
            ("phone_e164", Plain),
            ("preferred", Plain),
            ("locale", Plain),
            ("invitation", Plain),
            ("created_at", Plain),
            ("deleted_at", Plain),
            ("sort_display", Withheld(Why::Derived)),
            ("search", Withheld(Why::Derived)),
            ("merged_into", Plain),
            ("merge", Json),
        ],
    ),
    (
        "account",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("username", Plain),
            ("username_canonical", Plain),
            ("display_name", Plain),
            ("first_name", Plain),
            ("last_name", Plain),
            ("locale", Plain),
            ("enrolment", Plain),
            ("stage", Plain),
            ("written_to", Plain),
            ("password", Withheld(Why::Hash)),
            ("password_class", Plain),
            ("password_set_at", Plain),
            ("password_expires_at", Plain),
            ("epoch", Plain),
            ("last_sign_in_at", Plain),
            ("created_at", Plain),
            ("manager_since", Plain),
            ("disabled_at", Plain),
            ("disabled_by", Plain),
            ("deleted_at", Plain),
            ("note", Plain),
            ("description", Json),
            ("staged_at", Plain),
            ("reminded_at", Plain),
            ("history_length", Plain),
            ("history_head", Plain),
            ("sort_display", Withheld(Why::Derived)),
            ("sort_first", Withheld(Why::Derived)),
            ("sort_last", Withheld(Why::Derived)),
            ("search", Withheld(Why::Derived)),
        ],
    ),
    (
        "contact",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("account", Plain),
            ("method", Plain),
            ("address", Plain),
            ("canonical", Plain),
            ("added_at", Plain),
            ("proven_at", Plain),
            ("objected_at", Plain),
        ],
    ),
    (
        "contact_change",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("account", Plain),
            ("contact", Plain),
            ("method", Plain),
            ("canonical", Plain),
            ("earlier_method", Plain),
            ("earlier", Plain),
            ("earlier_canonical", Plain),
            ("digest", Withheld(Why::Digest)),
            ("own", Plain),
            ("asked_at", Plain),
            ("expires_at", Plain),
            ("confirmed_at", Plain),
            ("ended_at", Plain),
        ],
    ),
    (
        "link",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("account", Plain),
            ("party", Plain),
            ("application", Plain),
            ("sole", Plain),
            ("since", Plain),
            ("ends_at", Plain),
            ("act", Plain),
            ("by", Plain),
        ],
    ),
    (
        "password_share",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("class", Plain),
            ("came", Plain),
            ("renewed", Plain),
        ],
    ),
    (
        "used_name",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("skeleton", Withheld(Why::Digest)),
            ("canonical", Plain),
            ("account", Plain),
            ("claimed_at", Plain),
            ("retired_at", Plain),
        ],
    ),
    (
        "old_password",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("account", Plain),
            ("password", Withheld(Why::Hash)),
            ("replaced_at", Plain),
        ],
    ),
    (
        "answer",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("account", Plain),
            ("question", Plain),
            ("hash", Withheld(Why::Hash)),
        ],
    ),
    (
        "old_answer",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("account", Plain),
            ("question", Plain),
            ("hash", Withheld(Why::Hash)),
            ("replaced_at", Plain),
        ],
    ),
    (
        "token",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("account", Plain),
            ("purpose", Plain),
            ("digest", Withheld(Why::Digest)),
            ("created_at", Plain),
            ("expires_at", Plain),
            ("idle_ms", Plain),
            ("used_at", Plain),
            ("epoch", Plain),
            ("tries", Plain),
            ("ended_at", Plain),
            ("remember", Plain),
            ("source", Plain),
            ("contact", Plain),
            ("device", Plain),
        ],
    ),
    (
        "invitation",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("party", Plain),
            ("application", Plain),
            ("method", Plain),
            ("contact", Plain),
            ("link_digest", Withheld(Why::Digest)),
            ("code_digest", Withheld(Why::Digest)),
            ("issued_at", Plain),
            ("expires_at", Plain),
            ("superseded_at", Plain),
            ("redeemed_at", Plain),
            ("printed_at", Plain),
            ("reminded_at", Plain),
        ],
    ),
    (
        "application",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("number", Plain),
            ("family", Plain),
            ("family_name", Plain),
            ("submitted_at", Plain),
            ("invitation", Plain),
            ("search", Withheld(Why::Derived)),
        ],
    ),
    (
        "tie",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("kind", Plain),
            ("who", Plain),
            ("of", Plain),
            ("begins_at", Plain),
            ("ends_at", Plain),
            ("enrols_at", Plain),
            ("reference", Plain),
        ],
    ),
    (
        "access_grant",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("party", Plain),
            ("resource", Plain),
            ("of", Plain),
            ("begins_at", Plain),
            ("ends_at", Plain),
            ("reason", Plain),
        ],
    ),
    (
        "message",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("kind", Plain),
            ("method", Plain),
            ("address", Plain),
            ("locale", Plain),
            ("account", Plain),
            ("invitation", Plain),
            ("expires_at", Plain),
            ("params", Json),
            ("sealed", Withheld(Why::Sealed)),
            ("state", Plain),
            ("due_at", Plain),
            ("tries", Plain),
            ("created_at", Plain),
            ("closed_at", Plain),
        ],
    ),
    (
        "event",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("subject", Plain),
            ("sequence", Plain),
            ("at", Plain),
            ("kind", Plain),
            ("actor", Plain),
            ("actor_account", Plain),
            ("actor_name", Plain),
            ("details", Json),
            ("source", Plain),
            ("mac", Plain),
            ("serial", Plain),
        ],
    ),
    (
        "throttle",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("account", Plain),
            ("failures", Plain),
            ("open", Plain),
            ("open_until", Plain),
            ("locked_until", Plain),
            ("refusals", Json),
            ("touched_at", Plain),
        ],
    ),
    (
        "code_book",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("codes", Withheld(Why::Digest)),
            ("touched_at", Plain),
        ],
    ),
    (
        "source_count",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("tally", Withheld(Why::Digest)),
            ("touched_at", Plain),
        ],
    ),
    (
        "who_decision",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("said", Plain),
            ("party", Plain),
            ("decided_at", Plain),
        ],
    ),
    (
        "template",
        &[
            ("agency", Withheld(Why::Same)),
            ("id", Plain),
            ("revision", Plain),
            ("kind", Plain),
            ("method", Plain),
            ("locale", Plain),
            ("subject", Plain),
            ("body", Plain),
        ],
    ),
    (
        "setting",
        &[
            ("agency", Withheld(Why::Directory)),
            ("id", Withheld(Why::Directory)),
            ("revision", Withheld(Why::Directory)),
            ("value", Withheld(Why::Directory)),
        ],
    ),
];

/// Every column is decided, and nothing that is none.
#[allow(clippy::indexing_slicing, reason = "it is looked at when the library is built")]
const _: () = {
    assert!(TABLES.len() == COLUMNS.len(), "a table that no export knows");
    let mut table = 0;
    while table < TABLES.len() {
        let (columns, decided) = (TABLES[table].columns, COLUMNS[table].1);
        assert!(same(TABLES[table].name, COLUMNS[table].0), "a table that no export knows");
        assert!(columns.len() == decided.len(), "a column that no export decides");
        let mut column = 0;
        while column < columns.len() {
            assert!(same(columns[column].name, decided[column].0), "a column that no export decides");
            column += 1;
        }
        table += 1;
    }
};

#[allow(clippy::indexing_slicing, reason = "both ends are looked at before")]
const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}
