//! Outcomes, reduced to what matters: codes, states, usernames, counts. Never
//! an identifier, never a secret.

use carekey::agency::{
    Enrolled, GrantRow, Merged, OwnContact, OwnSession, PartyFile, SessionRow, SignIn, TieRow, User, WindowGroup,
};
use carekey::history::Line;
use carekey::visibility::Decision;
use carekey::{Error, Finding, Locale, Param};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Of an act that has nothing to say.
pub fn done() -> Value {
    json!("done")
}

/// `{ "error": […] }`: the codes of its findings, or else its own.
pub fn failed(error: &Error) -> Value {
    if error.findings.is_empty() {
        json!({ "error": [error.code] })
    } else {
        json!({ "error": codes(&error.findings) })
    }
}

pub fn codes(findings: &[Finding]) -> Value {
    findings.iter().map(|finding| json!(finding.code)).collect()
}

/// The username, whether an invitation was sent or a password is to be handed
/// over, and the findings; `done` where there is nothing of it.
pub fn enrolled(enrolled: &Enrolled) -> Value {
    let out = without_blanks(json!({
        "username": enrolled.username,
        "invited": enrolled.invitation.is_some(),
        "handed_over": enrolled.hand_over.is_some(),
        "findings": codes(&enrolled.findings),
    }));
    if out == json!({}) { done() } else { out }
}

pub fn sign_in(answer: &SignIn) -> Value {
    json!(match answer {
        SignIn::Granted(_) => "granted",
        SignIn::ChangePassword(_) => "change_password",
        SignIn::SetQuestions(_) => "set_questions",
        SignIn::Refused => "refused",
    })
}

/// `{ "sees": scope or false, "because": [codes] }`.
pub fn decision(decision: &Decision) -> Value {
    let because: Value = decision.because.iter().map(|reason| json!(reason.code)).collect();
    json!({ "sees": decision.scope.map_or(json!(false), |scope| json!(scope)), "because": because })
}

/// The columns of the list of users, what is blank left out.
pub fn user(user: &User, locale: Locale) -> Value {
    without_blanks(json!({
        "display_name": user.display_name,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "username": user.username,
        "state": user.state,
        "manager": user.is_manager,
        "linked": user.party.is_some(),
        "last_logon": moment(user.last_logon),
        "created": moment(Some(user.created)),
        "disabled": moment(user.disabled),
        "disabled_by": user.disabled_by,
        "description": user.description.as_ref().map(|description| description.text(locale)),
        "note": user.note,
        "staged": moment(user.staged),
    }))
}

/// A session or device of a user, as the office sees it, what is blank left out.
pub fn session_row(row: &SessionRow) -> Value {
    without_blanks(json!({
        "kind": row.kind,
        "since": moment(Some(row.since)),
        "last_used": moment(Some(row.last_used_at)),
        "until": moment(Some(row.until)),
        "from": row.source,
        "remembered": row.remembered,
        "device": row.device.is_some(),
    }))
}

/// The same, as its user sees it.
pub fn own_session(row: &OwnSession) -> Value {
    without_blanks(json!({
        "kind": row.kind,
        "since": moment(Some(row.since)),
        "last_used": moment(Some(row.last_used_at)),
        "until": moment(Some(row.until)),
        "from": row.source,
        "remembered": row.remembered,
        "device": row.device.is_some(),
        "current": row.current,
    }))
}

/// A contact of one's own account: proven, waiting until when, objected to.
pub fn own_contact(contact: &OwnContact) -> Value {
    without_blanks(json!({
        "method": contact.method,
        "address": contact.address,
        "proven": contact.proven_at.is_some(),
        "until": moment(contact.confirm_until),
        "objected": contact.objected_at.is_some(),
    }))
}

/// A tie of a party, what is blank left out.
pub fn tie_row(tie: &TieRow) -> Value {
    without_blanks(json!({
        "who": tie.who_name,
        "kind": tie.kind,
        "of": tie.of_name,
        "from": moment(Some(tie.begins_at)),
        "until": moment(tie.ends_at),
        "reference": tie.reference,
    }))
}

/// How many there are, where there are any.
pub fn number(count: usize) -> Option<usize> {
    Some(count).filter(|count| *count > 0)
}

/// What a merge moved, by number, what is blank left out.
pub fn merged(merged: &Merged) -> Value {
    without_blanks(json!({
        "roles": merged.roles,
        "given": merged.given,
        "ties": number(merged.ties.len()),
        "joined": number(merged.joined.len()),
        "ended": number(merged.ended.len()),
        "grants": number(merged.grants.len()),
        "links": number(merged.links.len()),
        "applications": number(merged.applications.len()),
        "invitations": number(merged.invitations.len()),
        "cancelled": number(merged.cancelled.len()),
    }))
}

/// The file of a party, what is blank left out.
pub fn party_file(file: &PartyFile) -> Value {
    let party = &file.party;
    let links = file.links.iter().map(|link| {
        without_blanks(json!({
            "username": link.username,
            "application": link.number,
            "since": moment(Some(link.since)),
            "until": moment(link.ends_at),
            "act": link.act,
            "by": link.by,
        }))
    });
    let grants = file.grants.iter().map(|grant| {
        without_blanks(json!({
            "resource": grant.resource,
            "of_one": grant.of.is_some(),
            "from": moment(Some(grant.begins_at)),
            "until": moment(grant.ends_at),
        }))
    });
    let invitation = file.invitation.as_ref().map(|invitation| {
        json!({
            "method": invitation.method,
            "contact": invitation.contact,
            "until": moment(Some(invitation.expires_at)),
            "standing": invitation.standing,
        })
    });
    without_blanks(json!({
        "name": party.display_name,
        "first_name": party.first_name,
        "middle_name": party.middle_name,
        "last_name": party.last_name,
        "nickname": party.nickname,
        "roles": party.roles,
        "conveyed": party.conveyed,
        "external_id": party.external_id,
        "email": party.email,
        "phone": party.phone,
        "preferred": party.preferred,
        "locale": party.locale,
        "created": moment(Some(party.created_at)),
        "links": links.collect::<Value>(),
        "ties": file.ties.iter().map(tie_row).collect::<Value>(),
        "grants": grants.collect::<Value>(),
        "invitation": invitation,
        "applications": file.applications.iter().map(|application| &application.number).collect::<Vec<_>>(),
    }))
}

/// A grant as the office lists it.
pub fn grant_row(grant: &GrantRow) -> Value {
    without_blanks(json!({
        "to": grant.to_name,
        "resource": grant.resource,
        "of": grant.of_name,
        "from": moment(Some(grant.begins_at)),
        "until": moment(grant.ends_at),
        "reason": grant.reason,
    }))
}

/// A role of the bulk window: its number and its rows, what is blank left out.
pub fn window_group(group: &WindowGroup) -> Value {
    let rows = group.rows.iter().map(|row| {
        without_blanks(json!({
            "name": row.display_name,
            "username": row.username,
            "email": row.email,
            "phone": row.phone,
            "account": row.account.is_some(),
            "state": row.state,
            "note": row.note,
            "staged": moment(row.staged),
        }))
    });
    json!({ "role": group.role, "total": group.total, "rows": rows.collect::<Value>() })
}

/// `[what, who]`, and with details also what kind of actor, when, the details
/// that are no identifiers, and from where.
pub fn line(line: &Line, details: bool) -> Value {
    if !details {
        return json!([line.kind, line.actor_name]);
    }
    let kept: Map<String, Value> = line
        .details
        .iter()
        .filter(|(_, value)| !matches!(value, Param::Text(text) if uuid::Uuid::parse_str(text).is_ok()))
        .map(|(name, value)| (name.clone(), json!(value)))
        .collect();
    without_blanks(json!({
        "what": line.kind,
        "who": line.actor_name,
        "actor": line.actor,
        "at": moment(Some(line.at)),
        "details": kept,
        "from": line.source,
    }))
}

pub fn moment(at: Option<OffsetDateTime>) -> Option<String> {
    at.map(|at| at.format(&Rfc3339).expect("a year of four digits"))
}

/// An object without nulls, `false`, empty lists and empty objects.
pub fn without_blanks(value: Value) -> Value {
    let Value::Object(map) = value else { return value };
    let blank = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    Value::Object(map.into_iter().filter(|(_, value)| !blank(value)).collect())
}
