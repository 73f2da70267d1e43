"""Passwords and security questions: P and Q."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

from carekey import CarekeyError, Policy
from carekey.password import (
    QUESTIONS_VERSION,
    Hasher,
    Person,
    check_answers,
    check_change,
    check_hash,
    check_password,
    normalise_answer,
    questions,
    temporary,
)
from tests.cases.shared import Call, Json, findings_json, part, preset

LOOK_ALIKES = set("0OoQD1IliLjJ!|2Zz5Ss$6Gb8B&gqUuVv")


def policy_of(given: Json) -> Policy:
    """A policy: the name of a preset, or the fields of its passwords."""
    policy = given.get("policy")
    return preset(policy or "agency") if not isinstance(policy, dict) else part("password", policy)


def person_of(given: Json) -> Person:
    """Whose password it is."""
    return Person(**given.get("person", {}))


def check(given: Json) -> Json:
    """Every rule, met or not."""
    checklist = check_password(
        given["password"],
        person=person_of(given),
        policy=policy_of(given),
        second_factor=given.get("second_factor", False),
    )
    rules = [{"code": rule.code, "met": rule.met} for rule in checklist.rules]
    return {"passes": checklist.passes, "rules": rules, "findings": findings_json(checklist.findings)}


def change(given: Json) -> Json:
    """Everything that stands against a change."""
    return findings_json(
        check_change(
            given["new"],
            given["confirm"],
            current_matches=given.get("current_matches"),
            same_as_current=given.get("same_as_current", False),
            reused=given.get("reused", False),
            person=person_of(given),
            policy=policy_of(given),
            second_factor=given.get("second_factor", False),
        )
    )


def make_temporary(given: Json) -> Json:
    """What a temporary password is like."""
    settings = policy_of(given).to_dict()
    settings["temporary_password"]["length"] = given.get("length", 12)
    policy = Policy.draft(settings)
    password = temporary(policy=policy).reveal()
    return {
        "length": len(password),
        "passes": check_password(password, policy=policy).passes,
        "look_alikes": len([c for c in password if c in LOOK_ALIKES]),
    }


def hasher_of(given: Json) -> Hasher:
    """A hasher of that cost and pepper."""
    cost, pepper = given.get("cost"), given.get("pepper")
    policy = part("password", {"cost": cost} if cost else None)
    return Hasher(policy=policy, pepper=None if pepper is None else bytes([pepper] * 32))


def make_hash(given: Json) -> Json:
    """A hash, all up to the salt, which differs each time."""
    hasher = hasher_of(given)
    try:
        stored = hasher.hash(given["password"])
    except CarekeyError as error:
        return {"findings": findings_json(error.findings)}
    verified = hasher.verify(stored, given["password"])
    return {"head": "$".join(stored.split("$")[:4]), "matches": verified.matches, "renew": verified.renew}


def verify(given: Json) -> Json:
    """A password against a stored hash."""
    try:
        return hasher_of(given).verify(given["stored"], given["password"]).to_dict()
    except CarekeyError as error:
        return {"findings": findings_json(error.findings)}


def stored(given: Json) -> Json:
    """What a stored hash is."""
    checked = check_hash(given["stored"])
    return {"kind": checked.value, "findings": findings_json(checked.findings)}


def answers(given: Json) -> Json:
    """What is wrong with answers."""
    pairs = [(answer["question"], answer["answer"]) for answer in given.get("answers", [])]
    policy = part("questions", given.get("policy"))
    return findings_json(check_answers(pairs, username=given.get("username", ""), policy=policy))


def list_of(given: Json) -> Json:
    """The list of questions."""
    shown = [{"id": question.id, "text": question.text(given["locale"])} for question in questions()]
    return {"version": QUESTIONS_VERSION, "questions": shown}


CALLS: dict[str, Call] = {
    "password.check": check,
    "password.change": change,
    "password.temporary": make_temporary,
    "password.hash": make_hash,
    "password.verify": verify,
    "password.stored": stored,
    "questions.check": answers,
    "questions.normalise": lambda given: normalise_answer(given["text"]).reveal(),
    "questions.list": list_of,
}
