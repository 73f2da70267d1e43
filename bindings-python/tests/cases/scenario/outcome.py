"""Outcomes, reduced to what matters: codes, states, usernames, counts. Never
an identifier, never a secret."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from carekey import (
    CarekeyError,
    ChangePassword,
    Decision,
    Enrolled,
    Finding,
    Granted,
    Line,
    Merged,
    PartyFile,
    SetQuestions,
    SignIn,
    TieRow,
    User,
    WindowGroup,
)
from carekey.words import Locale
from tests.cases.shared import Json, rfc3339, without

DONE = "done"
BLANK: tuple[Json, ...] = (None, False, [], {})


def without_blanks(**fields: Json) -> dict[str, Json]:
    """The fields without nulls, `false`, empty lists and empty objects."""
    return without(BLANK, {name: value for name, value in fields.items() if value != 0 or value is False})


def tie_row(tie: TieRow) -> Json:
    """A tie of a party, what is blank left out."""
    return without_blanks(
        who=tie.who_name,
        kind=tie.kind,
        of=tie.of_name,
        **{"from": rfc3339(tie.begins_at)},
        until=rfc3339(tie.ends_at),
        reference=tie.reference,
    )


def merged(merged: Merged) -> Json:
    """What a merge moved, by number, what is blank left out."""
    return without_blanks(
        roles=merged.roles,
        given=merged.given,
        ties=len(merged.ties),
        joined=len(merged.joined),
        ended=len(merged.ended),
        grants=len(merged.grants),
        links=len(merged.links),
        applications=len(merged.applications),
        invitations=len(merged.invitations),
        cancelled=len(merged.cancelled),
    )


def party_file(file: PartyFile) -> Json:
    """The file of a party, what is blank left out."""
    party, invitation = file.party, file.invitation
    return without_blanks(
        name=party.display_name,
        first_name=party.first_name,
        middle_name=party.middle_name,
        last_name=party.last_name,
        nickname=party.nickname,
        roles=party.roles,
        conveyed=party.conveyed,
        external_id=party.external_id,
        email=party.email,
        phone=party.phone,
        preferred=party.preferred,
        locale=party.locale,
        created=rfc3339(party.created_at),
        links=[
            without_blanks(
                username=link.username,
                application=link.number,
                since=rfc3339(link.since),
                until=rfc3339(link.ends_at),
                act=link.act,
                by=link.by,
            )
            for link in file.links
        ],
        ties=[tie_row(tie) for tie in file.ties],
        grants=[
            without_blanks(
                resource=grant.resource,
                of_one=grant.of is not None,
                **{"from": rfc3339(grant.begins_at)},
                until=rfc3339(grant.ends_at),
            )
            for grant in file.grants
        ],
        invitation=None
        if invitation is None
        else {
            "method": invitation.method,
            "contact": invitation.contact,
            "until": rfc3339(invitation.expires_at),
            "standing": invitation.standing,
        },
        applications=[application.number for application in file.applications],
    )


def codes(findings: Iterable[Finding]) -> Json:
    """The codes of findings."""
    return [finding.code for finding in findings]


def failed(error: CarekeyError) -> Json:
    """The codes of its findings, or else its own."""
    return {"error": codes(error.findings) or [error.code]}


def enrolled(made: Enrolled) -> Json:
    """The username, whether an invitation was sent or a password is to be
    handed over, and the findings; `done` where there is nothing of it."""
    out = without_blanks(
        username=made.username,
        invited=made.invitation is not None,
        handed_over=made.hand_over is not None,
        findings=codes(made.findings),
    )
    return out or DONE


def sign_in(answer: SignIn) -> Json:
    """Which of the four answers it is."""
    match answer:
        case Granted():
            return "granted"
        case ChangePassword():
            return "change_password"
        case SetQuestions():
            return "set_questions"
    return "refused"


def decision(decision: Decision) -> Json:
    """How much is seen, and the codes of why."""
    return {"sees": decision.scope or False, "because": [reason.code for reason in decision.because]}


def user(user: User, locale: Locale = "en") -> dict[str, Json]:
    """The columns of the list of users, what is blank left out."""
    return without_blanks(
        display_name=user.display_name,
        first_name=user.first_name,
        last_name=user.last_name,
        username=user.username,
        state=user.state,
        manager=user.is_manager,
        linked=user.party is not None,
        last_logon=rfc3339(user.last_logon),
        created=rfc3339(user.created),
        disabled=rfc3339(user.disabled),
        disabled_by=user.disabled_by,
        description=user.description and user.description.text(locale),
        note=user.note,
        staged=rfc3339(user.staged),
    )


def window_group(group: WindowGroup) -> Json:
    """A role of the bulk window: its number and its rows."""
    rows = [
        without_blanks(
            name=row.display_name,
            username=row.username,
            email=row.email,
            phone=row.phone,
            account=row.account is not None,
            state=row.state,
            note=row.note,
            staged=rfc3339(row.staged),
        )
        for row in group.rows
    ]
    return {"role": group.role, "total": group.total, "rows": rows}


def is_id(value: Json) -> bool:
    """Whether it is an identifier."""
    try:
        UUID(value)
    except (ValueError, AttributeError, TypeError):
        return False
    return True


def line(line: Line, details: bool) -> Json:
    """What and who; with details also what kind of actor, when, the details
    that are no identifiers, and from where."""
    if not details:
        return [line.kind, line.actor_name]
    return without_blanks(
        what=line.kind,
        who=line.actor_name,
        actor=line.actor,
        at=rfc3339(line.at),
        details={name: value for name, value in line.details.items() if not is_id(value)},
        **{"from": line.source},
    )
