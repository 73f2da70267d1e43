//! I: invitations.

use carekey::agency::{Environment, SystemEnvironment};
use carekey::invitation::{
    Invitation, InvitationCode, InvitationSecret, LinkToken, OfficeAction, check_action, choose_method, next_action,
    online_account,
};
use carekey::{Method, Secret};
use napi_derive::napi;
use serde_json::{Value, json};

use super::policy_or_default;
use crate::border::{Moment, guard, rules};
use crate::show::Show;

#[napi]
pub fn invitation_generate() -> napi::Result<String> {
    guard(|| {
        let made = InvitationSecret::generate(&mut *SystemEnvironment.randomness()?);
        Ok(json!({ "code": made.code.show(), "link": made.link.show() }).to_string())
    })
}

#[napi]
pub fn invitation_code(text: String) -> napi::Result<String> {
    let text = Secret::from(text);
    guard(|| Ok(InvitationCode::parse(text.reveal()).show().to_string()))
}

#[napi]
pub fn invitation_link(text: String) -> napi::Result<String> {
    let text = Secret::from(text);
    guard(|| Ok(LinkToken::parse(text.reveal()).show().to_string()))
}

rules! {
    strict invitation_issue(contact: String, method: Method, policy: Option<Value>, now: Moment) =>
        Invitation::issue(&contact, method, &policy_or_default(policy.as_ref())?.invitation, now.0);

    invitation_standing(invitation: Invitation, now: Moment) => invitation.standing(now.0);

    invitation_time_left(invitation: Invitation, now: Moment) =>
        i64::try_from(invitation.time_left(now.0).whole_milliseconds()).unwrap_or(i64::MAX);

    invitation_redeem(invitation: Invitation, now: Moment) => {
        let mut redeemed = invitation;
        redeemed.redeem(now.0)?;
        redeemed
    };

    invitation_supersede(invitation: Invitation, now: Moment) => {
        let mut superseded = invitation;
        superseded.supersede(now.0);
        superseded
    };

    strict invitation_next_action(linked: bool, sent: bool) => next_action(linked, sent);

    strict invitation_check_action(action: Option<OfficeAction>, linked: bool, sent: bool) =>
        action.and_then(|action| check_action(action, linked, sent));

    strict invitation_online_account(linked_contact: Option<String>, sent: bool) =>
        online_account(linked_contact.as_deref(), sent);

    strict invitation_choose_method(
        preferred: Option<Method>, asked: Option<Method>, email: Option<String>, phone: Option<String>,
    ) => choose_method(preferred, asked, email.as_deref(), phone.as_deref());
}
