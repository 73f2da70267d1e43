"""Usernames, U1 to U6, and names of people."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

from carekey import InvalidInput
from carekey.username import (
    Clash,
    NameRequest,
    NameVerdict,
    PersonName,
    StaffPattern,
    Taken,
    Usernames,
    canonical,
    check_contact,
    check_email,
    check_phone,
)
from tests.cases.shared import Call, Json, checked_json, findings_json, part, without


def clash(given: Json) -> Json:
    """What a name clashes with."""
    found = names_in_use(given).find(given["name"])
    match found:
        case None:
            return {"clash": None}
        case Clash(other=None, retired=retired):
            return {"clash": "retired" if retired else "taken"}
        case Clash(other=other):
            return {"clash": "confusable", "other": other}


def names_in_use(given: Json) -> Taken:
    """The names in use, and those of people who were deleted."""
    taken = Taken(given.get("taken", []))
    for name in given.get("retired", []):
        taken.insert_retired(name)
    return taken


def person(name: Json) -> PersonName:
    """A name by its parts, or as one text."""
    return PersonName.parse(name).require() if isinstance(name, str) else PersonName(**(name or {}))


def staff(given: Json) -> Json:
    """A name made by a pattern."""
    pattern = StaffPattern.parse(given["pattern"])
    if pattern.value is None:
        return {"value": None, "findings": findings_json(pattern.findings)}
    name = pattern.value.name_for(given["prefix"], person(given["name"]), given["max_length"])
    return checked_json(name, str)


def check(given: Json) -> Json:
    """The verdicts on a batch. With `accept`, that username is accepted for a
    row after all rows have been checked."""
    taken, policy = names_in_use(given), part("username", given.get("policy"))
    try:
        names = Usernames(prefix=given["prefix"], country=given["country"], taken=taken, policy=policy)
    except InvalidInput as error:
        return {"error": findings_json(error.findings)}
    requests = []
    for row in given["rows"]:
        texts = {name: row.get(name) for name in ("username", "email", "phone", "own")}
        requests.append(NameRequest(row["line"], row["scheme"], person(row.get("name")), earlier=row.get("earlier", []), **texts))
    verdicts = names.check_all(requests)
    for place, row in enumerate(given["rows"]):
        if "accept" in row:
            verdicts[place] = names.accept(requests[place], row["accept"])
    return {"verdicts": [verdict_json(verdict) for verdict in verdicts]}


def verdict_json(verdict: NameVerdict) -> Json:
    """What a verdict does not have is left out."""
    fields = {
        "username": verdict.username,
        "canonical": verdict.canonical,
        "email": verdict.email and verdict.email.canonical,
        "phone": verdict.phone and verdict.phone.e164,
        "findings": findings_json(verdict.findings),
        "suggestions": verdict.suggestions,
    }
    return {"pass": verdict.passes, **without([None, []], fields)}


def name_json(name: PersonName) -> Json:
    """A name in all its forms."""
    return {"name": without([None], name.to_dict()), "display": name.display(), "key": name.key()}


CALLS: dict[str, Call] = {
    "username.email": lambda given: checked_json(check_email(given["text"]), lambda email: email.to_dict()),
    "username.phone": lambda given: checked_json(
        check_phone(given["text"], given["country"]), lambda phone: phone.to_dict()
    ),
    "username.contact": lambda given: checked_json(
        check_contact(given["text"], given["country"]), lambda contact: contact.to_dict()
    ),
    "username.canonical": lambda given: canonical(given["text"], given["country"]),
    "username.clash": clash,
    "username.staff": staff,
    "username.check": check,
    "name.parse": lambda given: checked_json(PersonName.parse(given["text"]), name_json),
}
