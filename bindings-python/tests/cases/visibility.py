"""Relationships (R) and visibility (V)."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

from carekey.relationship import PartyFacts, Period, Tie, check_tie, conveys, role_fits
from carekey.visibility import (
    Decision,
    Grant,
    Of,
    Viewer,
    check_grant,
    check_policy,
    decide,
    sees,
    what_can_see,
    who_can_see,
)
from tests.cases.shared import Call, Json, findings_json, moment, moment_or_none, part


def period_of(given: Json) -> Period:
    """From when until when."""
    return Period(moment(given["begins_at"]), moment_or_none(given.get("ends_at")))


def dated(given: Json) -> Json:
    """The fields of a tie or a grant, their moments read."""
    ends_at = moment_or_none(given.get("ends_at"))
    return {**given, "begins_at": moment(given["begins_at"]), "ends_at": ends_at}


def viewer_of(given: Json) -> Viewer:
    """Someone who looks."""
    return Viewer(
        active=given.get("active", False),
        parties=[PartyFacts(**party) for party in given.get("parties", [])],
        ties=[Tie(**dated(tie)) for tie in given.get("ties", [])],
        grants=[Grant(**dated(grant)) for grant in given.get("grants", [])],
        applications=given.get("applications", []),
    )


def of_of(given: Json) -> Of:
    """Whose it is."""
    if given == "own":
        return Of.own()
    if "application" in given:
        return Of.application(given["application"])
    return Of.party(PartyFacts(given["party"]["id"], roles=["client"] if given["party"]["client"] else []))


def of_json(of: Of) -> Json:
    """The same as cases write it."""
    if of.kind == "own":
        return "own"
    return {of.kind: {"id": str(of.id), "client": of.client} if of.kind == "party" else str(of.id)}


def decision_json(decision: Decision) -> Json:
    """A decision as cases write it: of each reason the code, the role, and the
    kind of the tie."""
    because = []
    for reason in decision.because:
        shown = {"code": reason.code}
        if reason.role is not None:
            shown["role"] = reason.role
        if reason.tie is not None:
            shown["tie"] = reason.tie.kind
        because.append(shown)
    out = {"allowed": decision.allowed, "because": because}
    return out if decision.scope is None else {**out, "scope": decision.scope}


def decided(given: Json) -> Decision:
    """The decision of a case, after making sure that the short way agrees."""
    viewer, of, at = viewer_of(given["viewer"]), of_of(given["of"]), moment(given["at"])
    policy = part("visibility", given.get("policy"))
    decision = decide(viewer, given["resource"], of, at=at, policy=policy)
    assert sees(viewer, given["resource"], of, at=at, policy=policy) == decision.scope
    assert bool(decision) == decision.allowed
    return decision


def what(given: Json) -> Json:
    """Everything that a viewer sees."""
    others, policy = [of_of(of) for of in given["others"]], part("visibility", given.get("policy"))
    seen = what_can_see(viewer_of(given["viewer"]), others, at=moment(given["at"]), policy=policy)
    return [{"resource": resource, "of": of_json(of), "scope": decision.scope} for resource, of, decision in seen]


def who(given: Json) -> Json:
    """Everyone who sees something."""
    viewers = [(name, viewer_of(viewer)) for name, viewer in given["viewers"]]
    policy = part("visibility", given.get("policy"))
    seen = who_can_see(given["resource"], of_of(given["of"]), viewers, at=moment(given["at"]), policy=policy)
    return [{"id": name, "scope": decision.scope} for name, decision in seen]


def role(given: Json) -> Json:
    """Whether a role fits."""
    finding = role_fits(given["role"], given["kind"])
    return findings_json([finding] if finding else [])


def period(given: Json) -> Json:
    """Whether a period is valid, holds a moment, and overlaps another."""
    period = period_of(given["period"])
    out = {"valid": period.valid}
    if "at" in given:
        out["in_force"] = period.in_force(moment(given["at"]))
    if "other" in given:
        out["overlaps"] = period.overlaps(period_of(given["other"]))
    return out


def tie(given: Json) -> Json:
    """Whether a tie may be made."""
    return findings_json(
        check_tie(
            given["kind"],
            who=PartyFacts(**given["who"]),
            of=PartyFacts(**given["of"]),
            period=period_of(given["period"]),
            existing=[Tie(**dated(tie)) for tie in given.get("existing", [])],
        )
    )


def grant(given: Json) -> Json:
    """Whether a grant may be given."""
    to, period = PartyFacts(**given["to"]), period_of(given["period"])
    return findings_json(check_grant(to=to, resource=given["resource"], period=period))


CALLS: dict[str, Call] = {
    "relationship.role": role,
    "relationship.conveys": lambda given: conveys(given["kind"]),
    "relationship.period": period,
    "relationship.check": tie,
    "grant.check": grant,
    "visibility.policy": lambda given: findings_json(check_policy(part("visibility", given["policy"]))),
    "visibility.decide": lambda given: decision_json(decided(given)),
    "visibility.explain": lambda given: [reason.message(given["locale"]) for reason in decided(given).because],
    "visibility.what": what,
    "visibility.who": who,
}
