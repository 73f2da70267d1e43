//! I: invitations.

use carekey::agency::{Environment, SystemEnvironment};
use carekey::invitation::{
    Invitation, InvitationCode, InvitationSecret, LinkToken, OfficeAction, check_action, choose_method, next_action,
    online_account,
};
use carekey::{Method, Secret};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::policy_or_default;
use crate::border::{guard, rule};
use crate::show::{checked, finding, moment, moment_or_null, secret};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Issuing {
    contact: String,
    method: Method,
    policy: Option<Value>,
    #[serde(deserialize_with = "crate::border::moment::deserialize")]
    now: OffsetDateTime,
}

#[derive(Deserialize)]
struct Standing {
    invitation: Invitation,
    #[serde(deserialize_with = "crate::border::moment::deserialize")]
    now: OffsetDateTime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Acting {
    action: Option<OfficeAction>,
    linked: bool,
    sent: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    linked_contact: Option<String>,
    sent: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Choosing {
    preferred: Option<Method>,
    asked: Option<Method>,
    email: Option<String>,
    phone: Option<String>,
}

fn invitation(invitation: &Invitation) -> Value {
    json!({
        "contact": invitation.contact,
        "method": invitation.method,
        "issuedAt": moment(invitation.issued_at),
        "expiresAt": moment(invitation.expires_at),
        "supersededAt": moment_or_null(invitation.superseded_at),
        "redeemedAt": moment_or_null(invitation.redeemed_at),
    })
}

fn code(code: &InvitationCode) -> Value {
    json!({ "canonical": secret(&Secret::from(code.canonical())), "grouped": secret(&code.grouped()) })
}

fn link(link: &LinkToken) -> Value {
    secret(&Secret::from(link.canonical()))
}

#[napi]
pub fn invitation_generate() -> napi::Result<String> {
    guard(|| {
        let made = InvitationSecret::generate(&mut *SystemEnvironment.randomness()?);
        Ok(json!({ "code": code(&made.code), "link": link(&made.link) }).to_string())
    })
}

#[napi]
pub fn invitation_code(text: String) -> napi::Result<String> {
    let text = Secret::from(text);
    guard(|| Ok(checked(&InvitationCode::parse(text.reveal()), code).to_string()))
}

#[napi]
pub fn invitation_link(text: String) -> napi::Result<String> {
    let text = Secret::from(text);
    guard(|| Ok(checked(&LinkToken::parse(text.reveal()), link).to_string()))
}

#[napi]
pub fn invitation_issue(given: String) -> napi::Result<String> {
    rule(&given, |Issuing { contact, method, policy, now }| {
        let policy = policy_or_default(policy.as_ref())?.invitation;
        Ok(invitation(&Invitation::issue(&contact, method, &policy, now)))
    })
}

#[napi]
pub fn invitation_standing(given: String) -> napi::Result<String> {
    rule(&given, |Standing { invitation, now }| Ok(json!(invitation.standing(now))))
}

#[napi]
pub fn invitation_time_left(given: String) -> napi::Result<String> {
    rule(&given, |Standing { invitation, now }| {
        Ok(json!(i64::try_from(invitation.time_left(now).whole_milliseconds()).unwrap_or(i64::MAX)))
    })
}

#[napi]
pub fn invitation_redeem(given: String) -> napi::Result<String> {
    rule(&given, |Standing { invitation: mut redeemed, now }| {
        redeemed.redeem(now)?;
        Ok(invitation(&redeemed))
    })
}

#[napi]
pub fn invitation_supersede(given: String) -> napi::Result<String> {
    rule(&given, |Standing { invitation: mut superseded, now }| {
        superseded.supersede(now);
        Ok(invitation(&superseded))
    })
}

#[napi]
pub fn invitation_next_action(given: String) -> napi::Result<String> {
    rule(&given, |Acting { linked, sent, .. }| Ok(json!(next_action(linked, sent))))
}

#[napi]
pub fn invitation_check_action(given: String) -> napi::Result<String> {
    rule(&given, |Acting { action, linked, sent }| {
        let found = action.and_then(|action| check_action(action, linked, sent));
        Ok(found.as_ref().map_or(Value::Null, finding))
    })
}

#[napi]
pub fn invitation_online_account(given: String) -> napi::Result<String> {
    rule(&given, |Column { linked_contact, sent }| Ok(json!(online_account(linked_contact.as_deref(), sent))))
}

#[napi]
pub fn invitation_choose_method(given: String) -> napi::Result<String> {
    rule(&given, |Choosing { preferred, asked, email, phone }| {
        let chosen = choose_method(preferred, asked, email.as_deref(), phone.as_deref());
        Ok(checked(&chosen, |(method, contact)| json!({ "method": method, "contact": contact })))
    })
}
