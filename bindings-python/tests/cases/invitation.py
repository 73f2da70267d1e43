"""Invitations (I) and messages (N)."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

from datetime import timedelta

from carekey import RefusedError
from carekey.invitation import (
    Invitation,
    InvitationCode,
    LinkToken,
    check_action,
    choose_method,
    next_action,
    online_account,
)
from carekey.message import (
    Text,
    check_link_base,
    check_template,
    page_address,
    page_link,
    page_of,
    render,
    retry_at,
    shipped,
)
from tests.cases.shared import Call, Json, findings_json, moment, part, rfc3339


def code(given: Json) -> Json:
    """A code as someone typed it."""
    checked = InvitationCode.parse(given["text"])
    value = checked.value
    return {
        "code": value and value.canonical().reveal(),
        "shown": value and value.grouped().reveal(),
        "findings": findings_json(checked.findings),
    }


def link(given: Json) -> Json:
    """A token, alone or within a link."""
    checked = LinkToken.parse(given["text"])
    token = checked.value and checked.value.canonical().reveal()
    return {"token": token, "findings": findings_json(checked.findings)}


def invitation_of(given: Json) -> Invitation:
    """The invitation of a case: issued by the policy, then what happened."""
    policy = part("invitation", given.get("policy"))
    invitation = Invitation.issue("sue@example.com", "email", now=moment(given["issued_at"]), policy=policy)
    if "redeemed_at" in given:
        invitation.redeem(moment(given["redeemed_at"]))
    if "superseded_at" in given:
        invitation.supersede(moment(given["superseded_at"]))
    return invitation


def standing(given: Json) -> Json:
    """Where it stands, and how long it is good."""
    invitation, now = invitation_of(given), moment(given["now"])
    return {
        "standing": invitation.standing(now),
        "expires_at": rfc3339(invitation.expires_at),
        "left_ms": invitation.time_left(now) // timedelta(milliseconds=1),
    }


def redeem(given: Json) -> Json:
    """What comes of redeeming it."""
    invitation = invitation_of(given)
    try:
        invitation.redeem(moment(given["now"]))
    except RefusedError as error:
        return {"error": {"kind": error.kind, "code": error.code}}
    return {"redeemed_at": rfc3339(invitation.redeemed_at)}


def action(given: Json) -> Json:
    """Whether an action can be done, and which can."""
    linked, sent = given["linked"], given["sent"]
    finding = check_action(given["action"], linked=linked, sent=sent)
    return {"findings": findings_json([finding] if finding else []), "next": next_action(linked=linked, sent=sent)}


def column(given: Json) -> Json:
    """The Online Account column."""
    account = online_account(linked_contact=given.get("linked_contact"), sent=given["sent"])
    return {"action": account.next_action} if account.linked_to is None else {"linked": account.linked_to}


def method(given: Json) -> Json:
    """How it is sent, and where to."""
    checked = choose_method(**{name: given.get(name) for name in ("preferred", "asked", "email", "phone")})
    method, contact = checked.value or (None, None)
    return {"method": method, "contact": contact, "findings": findings_json(checked.findings)}


def rendered(given: Json) -> Json:
    """A text filled in."""
    if "text" in given:
        text = Text(given["text"]["body"], subject=given["text"].get("subject"))
    else:
        text = shipped(given["kind"], given["method"], given["locale"])
    message = render(text, given["params"], given["secrets"])
    return {"subject": message.subject, "body": message.body.reveal()}


def template(given: Json) -> Json:
    """What is wrong with a text."""
    text = Text(given["text"]["body"], subject=given["text"].get("subject"))
    return findings_json(check_template(given["kind"], given["method"], text))


def message_link(given: Json) -> Json:
    """The address of a page, with a token or without."""
    page, base = page_of(given["kind"]), given["base"]
    if given.get("token") is None:
        return {"address": page_address(page, base)}
    return {"address": page_link(page, base, LinkToken.parse(given["token"]).require()).reveal()}


def link_base(given: Json) -> Json:
    """The address that links begin with."""
    checked = check_link_base(given["text"])
    return {"base": checked.value, "findings": findings_json(checked.findings)}


def retry(given: Json) -> Json:
    """When a message is tried again."""
    at = retry_at(given["tries"], now=moment(given["now"]), policy=part("outbox", given["policy"]))
    return {"retry_at": rfc3339(at)}


CALLS: dict[str, Call] = {
    "invitation.code": code,
    "invitation.link": link,
    "invitation.standing": standing,
    "invitation.redeem": redeem,
    "invitation.action": action,
    "invitation.column": column,
    "invitation.method": method,
    "message.render": rendered,
    "message.check_template": template,
    "message.link": message_link,
    "message.link_base": link_base,
    "message.retry": retry,
}
