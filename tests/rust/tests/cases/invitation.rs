//! Invitations (I) and messages (N).

use std::collections::BTreeMap;

use carekey::invitation::{
    Invitation, InvitationCode, LinkToken, OfficeAction, check_action, choose_method, next_action, online_account,
};
use carekey::message::{Page, Rendered, Text, check_link_base, check_template, render, retry_at, shipped};
use carekey::policy::{InvitationPolicy, OutboxPolicy};
use carekey::words::MessageKind;
use carekey::{Finding, Locale, Method, Params, Secret};
use carekey_tests::{findings_json, moment};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The output of a call, or `None` where it is none of ours.
pub fn call(call: &str, given: &Value) -> Option<Value> {
    Some(match call {
        "invitation.code" => code(given),
        "invitation.link" => link(given),
        "invitation.standing" => standing(given),
        "invitation.redeem" => redeem(given),
        "invitation.action" => action(given),
        "invitation.column" => column(given),
        "invitation.method" => method(given),
        "message.render" => rendered(given),
        "message.check_template" => findings_json(&check_template(
            read::<MessageKind>(&given["kind"]),
            read::<Method>(&given["method"]),
            &read::<Text>(&given["text"]),
        )),
        "message.link" => message_link(given),
        "message.link_base" => {
            let checked = check_link_base(text(given, "text"));
            json!({ "base": checked.value, "findings": findings_json(&checked.findings) })
        }
        "message.retry" => {
            let policy: OutboxPolicy = read(&given["policy"]);
            json!({ "retry_at": rfc3339(retry_at(&policy, read(&given["tries"]), moment(&given["now"]))) })
        }
        _ => return None,
    })
}

fn code(given: &Value) -> Value {
    let checked = InvitationCode::parse(text(given, "text"));
    json!({
        "code": checked.value.as_ref().map(InvitationCode::canonical),
        "shown": checked.value.as_ref().map(|code| code.grouped().reveal().to_owned()),
        "findings": findings_json(&checked.findings),
    })
}

fn link(given: &Value) -> Value {
    let checked = LinkToken::parse(text(given, "text"));
    json!({
        "token": checked.value.as_ref().map(LinkToken::canonical),
        "findings": findings_json(&checked.findings),
    })
}

/// The invitation of a case: issued by the policy, then what happened to it.
fn invitation(given: &Value) -> Invitation {
    let policy: InvitationPolicy = given.get("policy").map(read).unwrap_or_default();
    let mut invitation = Invitation::issue("sue@example.com", Method::Email, &policy, moment(&given["issued_at"]));
    if let Some(at) = given.get("redeemed_at") {
        invitation.redeem(moment(at)).expect("it is live then");
    }
    if let Some(at) = given.get("superseded_at") {
        invitation.supersede(moment(at));
    }
    invitation
}

fn standing(given: &Value) -> Value {
    let invitation = invitation(given);
    let now = moment(&given["now"]);
    json!({
        "standing": invitation.standing(now),
        "expires_at": rfc3339(Some(invitation.expires_at)),
        "left_ms": i64::try_from(invitation.time_left(now).whole_milliseconds()).expect("a short time"),
    })
}

fn redeem(given: &Value) -> Value {
    let mut invitation = invitation(given);
    match invitation.redeem(moment(&given["now"])) {
        Ok(()) => json!({ "redeemed_at": rfc3339(invitation.redeemed_at) }),
        Err(error) => json!({ "error": { "kind": error.kind, "code": error.code } }),
    }
}

fn action(given: &Value) -> Value {
    let (linked, sent) = (read(&given["linked"]), read(&given["sent"]));
    let finding: Option<Finding> = check_action(read::<OfficeAction>(&given["action"]), linked, sent);
    json!({ "findings": findings_json(finding.as_slice()), "next": next_action(linked, sent) })
}

fn column(given: &Value) -> Value {
    json!(online_account(given["linked_contact"].as_str(), read(&given["sent"])))
}

fn method(given: &Value) -> Value {
    let checked = choose_method(
        read(&given["preferred"]),
        read(&given["asked"]),
        given["email"].as_str(),
        given["phone"].as_str(),
    );
    let (method, contact) = checked.value.unzip();
    json!({ "method": method, "contact": contact, "findings": findings_json(&checked.findings) })
}

fn rendered(given: &Value) -> Value {
    let template = match given.get("text") {
        Some(text) => read(text),
        None => shipped(
            read::<MessageKind>(&given["kind"]),
            read::<Method>(&given["method"]),
            read::<Locale>(&given["locale"]),
        ),
    };
    let secrets: BTreeMap<String, String> = read(&given["secrets"]);
    let secrets = secrets.into_iter().map(|(name, value)| (name, Secret::from(value))).collect();
    let Rendered { subject, body } = render(&template, &read::<Params>(&given["params"]), &secrets);
    json!({ "subject": subject, "body": body.reveal() })
}

fn message_link(given: &Value) -> Value {
    let page = Page::of(read(&given["kind"]));
    let base = text(given, "base");
    let address = match given["token"].as_str() {
        Some(token) => {
            let token = LinkToken::parse(token).value.expect("a token");
            page.link(base, &token).reveal().to_owned()
        }
        None => page.address(base),
    };
    json!({ "address": address })
}

fn text<'a>(given: &'a Value, name: &str) -> &'a str {
    given[name].as_str().expect("a text")
}

fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

fn rfc3339(at: Option<OffsetDateTime>) -> Option<String> {
    at.map(|at| at.format(&Rfc3339).expect("a year of four digits"))
}
