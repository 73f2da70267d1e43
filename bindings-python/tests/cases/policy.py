"""Policies (P1): reading, ranges, and where they depart from the standards."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

from functools import reduce

from carekey import InvalidInput, Policy
from tests.cases.shared import Call, Json, findings_json, preset


def policy_of(given: Json) -> Policy:
    """The policy of a case: a preset by name, or one in JSON."""
    return preset(given["preset"]) if "preset" in given else Policy.draft(given["policy"])


def read(given: Json) -> Json:
    """The policy that was read, whole or the settings that the case wants
    shown; or the findings."""
    try:
        policy = Policy.read(given["json"]) if "json" in given else policy_of(given)
    except InvalidInput as error:
        return {"findings": findings_json(error.findings)}
    whole: Json = policy.to_dict()
    if "show" not in given:
        return {"policy": whole}

    def setting(path: str) -> Json:
        return reduce(lambda group, name: group.get(name), path.split("."), whole)

    return {"policy": {path: setting(path) for path in given["show"]}}


CALLS: dict[str, Call] = {
    "policy.check": lambda given: findings_json(policy_of(given).departures()),
    "policy.explain": lambda given: [finding.message(given["locale"]) for finding in policy_of(given).departures()],
    "policy.findings": lambda given: findings_json(policy_of(given).findings()),
    "policy.read": read,
}
