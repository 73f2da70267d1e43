//! What the office sees.

use carekey::AgencySettings;
use carekey::agency::{
    Added, ApplicationRow, BatchRow, Description, Enrolled, Invitee, MessageRow, Party, Submitted, Tied, User,
    UserPage, WindowGroup,
};
use serde_json::{Value, json};

use super::{findings, list, moment, moment_or_null, secret, texts};

pub(crate) fn settings(settings: &AgencySettings) -> Value {
    json!({
        "code": settings.code,
        "name": settings.name,
        "prefix": settings.prefix,
        "country": settings.country,
        "locale": settings.locale,
        "linkBase": settings.link_base,
        "ownerEmail": settings.owner_email,
        "policy": settings.policy,
    })
}

pub(crate) fn party(party: &Party) -> Value {
    json!({
        "id": party.id,
        "kind": party.kind,
        "displayName": party.display_name,
        "roles": party.roles,
        "conveyed": party.conveyed,
        "externalId": party.external_id,
        "email": party.email,
        "phone": party.phone,
        "account": party.account,
        "accounts": party.accounts,
    })
}

pub(crate) fn enrolled(enrolled: &Enrolled) -> Value {
    json!({
        "account": enrolled.account,
        "username": enrolled.username,
        "invitation": enrolled.invitation,
        "handOver": enrolled.hand_over.as_ref().map(secret),
        "findings": findings(&enrolled.findings),
    })
}

pub(crate) fn added(added: &Added) -> Value {
    json!({ "party": added.party, "enrolled": added.enrolled.as_ref().map(enrolled) })
}

pub(crate) fn tied(tied: &Tied) -> Value {
    json!({ "tie": tied.tie, "enrolled": tied.enrolled.as_ref().map(enrolled) })
}

pub(crate) fn submitted(submitted: &Submitted) -> Value {
    json!({ "application": submitted.application, "findings": findings(&submitted.findings) })
}

fn invitee(item: Invitee) -> Value {
    match item {
        Invitee::Party(party) => json!({ "party": party }),
        Invitee::Application(application) => json!({ "application": application }),
    }
}

pub(crate) fn batch_row(row: &BatchRow) -> Value {
    json!({ "item": invitee(row.item), "done": row.done, "findings": findings(&row.findings) })
}

pub(crate) fn application(row: &ApplicationRow) -> Value {
    json!({
        "id": row.id,
        "number": row.number,
        "familyName": row.family_name,
        "family": row.family,
        "submittedAt": moment(row.submitted_at),
        "onlineAccount": row.online_account,
        "invitedUntil": moment_or_null(row.invited_until),
    })
}

fn description(description: &Description) -> Value {
    json!({ "act": description.act, "by": description.by, "text": texts(|locale| description.text(locale)) })
}

pub(crate) fn user(user: &User) -> Value {
    json!({
        "account": user.account,
        "party": user.party,
        "displayName": user.display_name,
        "firstName": user.first_name,
        "lastName": user.last_name,
        "username": user.username,
        "state": user.state,
        "isManager": user.is_manager,
        "lastLogon": moment_or_null(user.last_logon),
        "created": moment(user.created),
        "disabled": moment_or_null(user.disabled),
        "disabledBy": user.disabled_by,
        "description": user.description.as_ref().map(description),
        "note": user.note,
    })
}

pub(crate) fn user_page(page: &UserPage) -> Value {
    json!({ "users": list(&page.users, user), "found": page.found, "active": page.active })
}

pub(crate) fn window_group(group: &WindowGroup) -> Value {
    json!({ "role": group.role, "total": group.total, "rows": list(&group.rows, super::answers::window_row) })
}

pub(crate) fn message_row(row: &MessageRow) -> Value {
    json!({
        "id": row.id,
        "kind": row.kind,
        "method": row.method,
        "address": row.address,
        "subject": row.subject,
        "body": row.body,
        "state": row.state,
        "tries": row.tries,
        "createdAt": moment(row.created_at),
        "dueAt": moment(row.due_at),
        "closedAt": moment_or_null(row.closed_at),
    })
}
