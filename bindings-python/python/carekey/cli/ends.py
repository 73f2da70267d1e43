"""How the command ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from carekey import CarekeyError, Finding
from carekey.words import ErrorKind

EXIT_CODES = """

**Settings** come from options or from the environment: `CAREKEY_STORE`
(`sqlite:FILE` or `postgres://…`), `CAREKEY_AGENCY`, `CAREKEY_AS`, and the key from
`CAREKEY_KEY_FILE` or `CAREKEY_KEY` (32 bytes in hex or base64; make one with
`openssl rand -hex 32`). `CAREKEY_HASHING_LIMITS` is what your portal opens the
directory with, if it sets its own, and `CAREKEY_LANGUAGE_FILES` names the files of
the languages that it loads.

**Exit codes**

- 0: done, and nothing to say against it
- 1: rows failed or wait, something was found, or what was named is not there
- 2: wrong usage
- 3: refused, or the actor may not
- 4: the store, the key or the network
- 130: stopped by Ctrl-C; what was done until then is told
"""

OK, FOUND, USAGE, REFUSED, STORE, STOPPED = 0, 1, 2, 3, 4, 130

_KINDS: dict[ErrorKind, int] = {
    "invalid": FOUND,
    "not_found": FOUND,
    "not_allowed": REFUSED,
    "refused": REFUSED,
    "conflict": STORE,
    "configuration": STORE,
    "store": STORE,
    "cancelled": STOPPED,
    "internal": STORE,
}


class Failed(Exception):
    """The command did its work, and that came of it."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def exit_code(error: CarekeyError) -> int:
    """What the command ends with because of an error."""
    return _KINDS[error.kind]


def stopped_by(error: CarekeyError) -> Failed:
    """The command did a part of its work, and that stopped it."""
    return Failed(exit_code(error))


class Row(Protocol):
    """What came of one of many."""

    @property
    def done(self) -> bool:
        """Whether it was done."""
        ...

    @property
    def findings(self) -> Sequence[Finding]:
        """Why not."""
        ...


def end_rows(rows: Iterable[Row]) -> None:
    """Ends as what came of many says: stopped, or with something not done."""
    rows = list(rows)
    if any(finding.code == "act.cancelled" for row in rows for finding in row.findings):
        raise Failed(STOPPED)
    fail_if(not all(row.done for row in rows))


def fail_if(something: object) -> None:
    """Ends with the exit code for findings, if there are any."""
    if something:
        raise Failed(FOUND)
