"""Lines of a history as a page shows them (H): without what programs alone know each
other by, with moments in the reader's time and actors by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime

from carekey import NotFound, Office
from carekey.django.language import locale
from carekey.message import label

_IDENTIFIERS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}( |$)")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+Z")


def told(lines: Iterable[Any], names: dict[UUID, str] | None = None) -> list[dict[str, Any]]:
    """What the template needs of each line; with the names of accounts, whose it is."""
    return [
        {
            "at": line.at,
            "kind": label("event_kind", line.kind, locale()),
            "who": line.actor_name or label("actor_kind", line.actor, locale()),
            "details": [_detail(name, value) for name, value in line.details.items() if _is_told(line, name, value)],
            **({} if names is None else {"account": line.account, "whose": names.get(line.account)}),
        }
        for line in lines
    ]


def names_of(office: Office, accounts: set[UUID]) -> dict[UUID, str]:
    """The names of accounts; of one that was deleted there is none."""
    names: dict[UUID, str] = {}
    for account in accounts:
        try:
            names[account] = office.user(account).display_name
        except NotFound:
            continue
    return names


def _is_told(line: Any, name: str, value: object) -> bool:
    # The seal of a checkpoint is for `verify`.
    is_seal = line.kind == "history.checkpoint" and name == "head"
    return value != "" and not is_seal and not _IDENTIFIERS.match(str(value))


def _detail(name: str, value: object) -> tuple[str, object, datetime | None]:
    """The name, the value, and the moment that the value says, if it says one."""
    text = str(value)
    return name, value, parse_datetime(text) if _MOMENT.fullmatch(text) else None
