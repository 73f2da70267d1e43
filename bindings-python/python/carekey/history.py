"""History (H): one line per act, append-only, chained with a keyed hash so that
an edit, a removal or a cut tail is found.

Each :class:`Line` carries a keyed hash of itself and of the line before, and
the record whose history it is keeps a :class:`Head`. :func:`verify` recomputes
both. What it cannot see is a copy put back whole, lines and head together,
from an earlier day: keep exports elsewhere against that.

>>> from datetime import datetime, timezone
>>> from uuid import UUID
>>> import carekey
>>> from carekey.history import Head, Line, verify
>>> key, subject, head = bytes(32), UUID(int=1), Head()
>>> at = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
>>> line = Line(subject, at=at, kind="account.disabled", actor="manager", actor_name="Felicia Conner")
>>> line = head.append(key, line)
>>> verify(key, subject, [line], head)
>>> try:
...     verify(key, subject, [Line(**{**line.to_dict(), "actor_name": "Someone Else"})], head)
... except carekey.StoreError as error:
...     error.code
'history.broken'
"""

from carekey._carekey import (
    Head,
    Line,
    to_csv,
    to_json_lines,
    verify,
)

__all__ = [
    "Head",
    "Line",
    "to_csv",
    "to_json_lines",
    "verify",
]
