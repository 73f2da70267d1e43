"""Access snapshots (V): opening them, and deciding by them."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

from carekey import CarekeyError, Snapshot
from tests.cases.shared import Call, Json, moment, rfc3339
from tests.cases.visibility import decision_json


def opened(given: Json) -> Snapshot:
    """The snapshot of a case."""
    now = moment(given["now"])
    return Snapshot.open(
        given["snapshot"], key=given["key"], agency=given["agency"], account=given["viewer"], now=now
    )


def or_error(call: Call) -> Call:
    """The call, or the code of its error and its parameters."""

    def answer(given: Json) -> Json:
        try:
            return call(given)
        except CarekeyError as error:
            params = dict(error.params)
            return {"error": error.code, "params": params} if params else {"error": error.code}

    return answer


def shown(given: Json) -> Json:
    """When it was issued, and when it lapses."""
    snapshot = opened(given)
    return {"issued_at": rfc3339(snapshot.issued_at), "lapses_at": rfc3339(snapshot.lapses_at)}


def decided(given: Json) -> Json:
    """What it decides."""
    whose = {} if given["of"] == "own" else given["of"]
    return decision_json(opened(given).can_see(given["resource"], at=moment(given["at"]), **whose))


CALLS: dict[str, Call] = {"snapshot.open": or_error(shown), "snapshot.decide": or_error(decided)}
