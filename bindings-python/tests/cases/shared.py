"""What the cases are written with: moments, findings, policies."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, TypeAlias

from carekey import CarekeyError, Finding, Policy
from carekey.username import Checked

Json: TypeAlias = Any
"""A value of JSON."""

Call: TypeAlias = Callable[[Json], Json]

_RFC3339 = re.compile(r"(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)(\.\d+)?(Z|[+-]\d\d:\d\d)")


def moment(text: str) -> datetime:
    """A moment in RFC 3339. Python 3.10 reads fewer forms of it itself."""
    found = _RFC3339.fullmatch(text)
    assert found, text
    *date, fraction, zone = found.groups()
    year, month, day, hour, minute, second = map(int, date)
    micros, nanos = divmod(int((fraction or ".")[1:].ljust(9, "0")), 1000)
    # A nanosecond more or less is played by a microsecond, the least that
    # Python has: before stays before, and after after.
    micros += 0 < nanos < 500
    offset = timedelta(0)
    if zone != "Z":
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:])) * (-1 if zone[0] == "-" else 1)
    return datetime(year, month, day, hour, minute, second, micros, timezone(offset))


def moment_or_none(text: str | None) -> datetime | None:
    """The same of what may be missing."""
    return None if text is None else moment(text)


def rfc3339(at: datetime | None) -> str | None:
    """A moment as the core writes it."""
    if at is None:
        return None
    text = at.astimezone(timezone.utc).isoformat().removesuffix("+00:00")
    return (text.rstrip("0") if "." in text else text) + "Z"


def findings_json(findings: Iterable[Finding]) -> Json:
    """Findings as cases write them: the severity is left out, since the table
    gives it, and so are empty parameters and suggestions."""
    out = []
    for finding in findings:
        shown: dict[str, Json] = {"code": finding.code, "field": finding.field}
        if finding.params:
            shown["params"] = dict(finding.params)
        if finding.suggestion is not None:
            shown["suggestion"] = finding.suggestion
        out.append(shown)
    return out


def checked_json(checked: Checked[Any], show: Callable[[Any], Json]) -> Json:
    """A value that was read, and what there is to say about it."""
    value = None if checked.value is None else show(checked.value)
    return {"value": value, "findings": findings_json(checked.findings)}


def error_json(error: CarekeyError) -> Json:
    """An error: its code, and where there are any its parameters and findings."""
    out: dict[str, Json] = {"error": error.code}
    if error.params:
        out["params"] = dict(error.params)
    if error.findings:
        out["findings"] = findings_json(error.findings)
    return out


def part(name: str, given: Mapping[str, Json] | None) -> Policy:
    """The default policy with one part of it given."""
    return Policy.draft({} if given is None else {name: given})


def preset(name: str) -> Policy:
    """A shipped policy."""
    return {"agency": Policy.agency, "evv_state": Policy.evv_state, "nist_800_63b_4": Policy.nist_800_63b_4}[name]()


def without(blanks: Iterable[Json], fields: Mapping[str, Json]) -> dict[str, Json]:
    """An object without the fields that have one of these values."""
    blank = list(blanks)
    return {name: value for name, value in fields.items() if not any(value is b or value == b for b in blank)}
