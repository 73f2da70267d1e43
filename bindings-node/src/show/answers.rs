//! Written by core/surface from the core: change it there, not here.

use serde_json::{Value, json};

use super::{moment, moment_or_null};

pub(crate) fn review_item(row: &carekey::agency::ReviewItem) -> Value {
    json!({
        "kind": row.kind,
        "account": row.account,
        "parties": row.parties,
        "application": row.application,
        "names": row.names,
        "since": moment_or_null(row.since),
    })
}

pub(crate) fn tie_row(row: &carekey::agency::TieRow) -> Value {
    json!({
        "tie": row.tie,
        "kind": row.kind,
        "who": row.who,
        "whoName": row.who_name,
        "of": row.of,
        "ofName": row.of_name,
        "beginsAt": moment(row.begins_at),
        "endsAt": moment_or_null(row.ends_at),
    })
}

pub(crate) fn window_row(row: &carekey::agency::WindowRow) -> Value {
    json!({
        "party": row.party,
        "displayName": row.display_name,
        "username": row.username,
        "email": row.email,
        "phone": row.phone,
        "account": row.account,
        "state": row.state,
        "note": row.note,
    })
}
