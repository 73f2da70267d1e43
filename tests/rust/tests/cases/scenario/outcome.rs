//! Outcomes, reduced to what matters: codes, states, usernames, counts. Never
//! an identifier, never a secret.

use carekey::agency::{Enrolled, GrantRow, SignIn, TieRow, User, WindowGroup};
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
