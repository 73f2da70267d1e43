//! Written by core/surface from the core: change it there, not here.

use serde_json::{Value, json};

use super::moment_or_null;

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
