"""H: the chain of a history, what was done to it, and its exports."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

import json
from uuid import UUID

from carekey import StoreError
from carekey.history import Head, Line, to_csv, to_json_lines, verify
from tests.cases.shared import Call, Json, moment

NIL = UUID(int=0)


def line_of(fields: Json) -> Line:
    """A line from its fields; a moment may be in RFC 3339."""
    at = fields["at"]
    return Line(**{**fields, "at": moment(at) if isinstance(at, str) else at})


def written(given: Json) -> tuple[bytes, list[Line], Head]:
    """The lines of a case, chained; what they leave out is nil, empty or none."""
    key, head = bytes.fromhex(given["key"]), Head()
    lines = []
    for fields in given["lines"]:
        left_out = {
            "subject": NIL,
            "at": "2026-11-22T09:00:00Z",
            "kind": "note.changed",
            "actor": "manager",
            "actor_name": "",
        }
        lines.append(head.append(key, line_of({**left_out, **fields})))
    return key, lines, head


def tamper(change: Json, lines: list[Line], head: Head) -> Head:
    """What a stranger with the store but without the key does. Lines count
    from 1; returns the head that there is then."""
    what, at = change["do"], change.get("line", 0) - 1
    if what == "edit":
        lines[at] = line_of({**lines[at].to_dict(), **change["set"], "mac": lines[at].mac})
    elif what == "edit_mac":
        mac = lines[at].mac
        lines[at] = line_of({**lines[at].to_dict(), "mac": bytes([mac[0] ^ 1]) + mac[1:]})
    elif what == "empty_mac":
        lines[at] = line_of({**lines[at].to_dict(), "mac": b""})
    elif what == "remove":
        del lines[at]
    elif what == "repeat":
        lines.insert(at, lines[at])
    elif what == "swap":
        other = change["with"] - 1
        lines[at], lines[other] = lines[other], lines[at]
    elif what == "cut":
        del lines[len(lines) - change["lines"] :]
    elif what == "renumber":
        lines[:] = [line_of({**line.to_dict(), "sequence": nth}) for nth, line in enumerate(lines, 1)]
    elif what == "head_length":
        return Head(change["to"], head.mac)
    elif what == "head_mac":
        return Head(head.length, head.mac[:31] + bytes([head.mac[31] ^ 0x80]))
    elif what == "head_of_last_line":
        return Head(head.length, lines[-1].mac)
    elif what == "empty_head":
        return Head()
    else:
        raise AssertionError(f"no such change: {what}")
    return head


def chain(given: Json) -> Json:
    """The keyed hashes of lines and head."""
    _, lines, head = written(given)
    return {"macs": [line.mac.hex() for line in lines], "head": {"length": head.length, "mac": head.mac.hex()}}


def verified(given: Json) -> Json:
    """What is found after it was tampered with."""
    key, lines, head = written(given)
    subject = lines[0].subject if lines else NIL
    for change in given.get("then", []):
        head = tamper(change, lines, head)
    if "other_key" in given:
        key = bytes.fromhex(given["other_key"])
    try:
        verify(key, given.get("of", subject), lines, head)
    except StoreError as error:
        return {"error": error.code, "params": dict(error.params)}
    return {"whole": True}


CALLS: dict[str, Call] = {
    "history.chain": chain,
    "history.verify": verified,
    "history.csv": lambda given: {"text": to_csv(written(given)[1])},
    "history.json_lines": lambda given: [json.loads(line) for line in to_json_lines(written(given)[1]).split("\n") if line],
}
