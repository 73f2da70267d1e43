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
- 2: wrong usage, or what was named fits several
- 3: refused, or the actor may not
- 4: the store, the key, the network, or a file or output that cannot be written
- 130: stopped by Ctrl-C or SIGTERM; what was done until then is told
"""

OK, FOUND, USAGE, REFUSED, STORE, STOPPED = 0, 1, 2, 3, 4, 130

NO_OUTPUT = "output.unwritable"
"""That nobody can be told on standard output."""

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


class Wrong(Exception):
    """What keeps the command from its work, and is no error of the library: told
    like one. Its text is one that :mod:`carekey.cli.said` has, with what it speaks of.
    """

    def __init__(self, exit: int, code: str, kind: ErrorKind, text: str, /, **values: object) -> None:
        super().__init__(text)
        self.exit = exit
        self.code = code
        self.kind: ErrorKind = kind
        self.text = text
        self.values = values


def not_there(code: str, text: str, /, **values: object) -> Wrong:
    """What was named is not there."""
    return Wrong(FOUND, code, "not_found", text, **values)


def unwritable(what: object, error: OSError, code: str = "file.unwritable") -> Wrong:
    """A file, or the output, takes nothing."""
    return Wrong(STORE, code, "store", "{what} cannot be used: {why}", what=what, why=error.strerror or error)


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
