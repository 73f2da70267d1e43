"""The file for what is handed over in person, and is shown once: the temporary
password that no message could carry, a printed code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Annotated, Protocol
from uuid import UUID

import typer

from carekey import Enrolled, Secret
from carekey._private import HandOver
from carekey.cli.desk import Desk
from carekey.cli.ends import STORE, Wrong, unwritable

HandOverFile = Annotated[
    Path | None,
    typer.Option(
        help="A new file for passwords that no message can carry; only its owner reads it. "
        "Else it is hand-over.csv, with a number where there is one.",
    ),
]
LINES = HandOver.PASSWORDS
ACCOUNTS = ("Account", "Username", "Temporary password")


class HandedAccount(Protocol):
    """An account that there may be something to hand over of."""

    @property
    def account(self) -> UUID | None:
        """Which."""
        ...

    @property
    def username(self) -> str | None:
        """Its username."""
        ...

    @property
    def hand_over(self) -> Secret | None:
        """Its temporary password."""
        ...


class Passwords(HandOver):
    """The file, and how the command says that it cannot be written."""

    def __enter__(self) -> Passwords:
        return self

    def add(self, *cells: object) -> None:
        """Writes down one row."""
        self.add_all([cells])

    def add_enrolled(self, enrolled: Enrolled | None) -> None:
        """Writes down the password of whom an act enrolled, if there is one."""
        self.add_accounts([] if enrolled is None else [enrolled])

    def add_accounts(self, rows: Iterable[HandedAccount]) -> None:
        """Writes down the passwords of those accounts that have one."""
        self.add_all((row.account, row.username, row.hand_over) for row in rows if row.hand_over is not None)

    def add_all(self, rows: Iterable[Sequence[object]]) -> None:
        try:
            super().add_all(rows)
        except OSError as error:
            # They are nowhere else.
            text = "{file} cannot be written: {why}; for whose password is not in it, `carekey send-again` makes another"
            raise Wrong(STORE, "file.unwritable", "store", text, file=self.path, why=error.strerror) from error


def new_file(desk: Desk, path: Path | None, option: str = "--hand-over", titles: Sequence[str] = ACCOUNTS) -> Passwords:
    """The file that an option names, or one of its own: made before anyone gets what
    goes into it, and never in place of another.
    """
    for one in _names() if path is None else (path,):
        try:
            return Passwords(one, [desk.show.said(title) for title in titles])
        except FileExistsError:
            continue
        except OSError as error:
            raise unwritable(one, error) from None
    raise typer.BadParameter(f"{path} exists already; name another file with {option}")


def _names() -> Iterator[Path]:
    yield Path("hand-over.csv")
    yield from (Path(f"hand-over-{number}.csv") for number in count(2))


def say_handed_over(desk: Desk, passwords: Passwords) -> None:
    """Says how many passwords are in the file, if there are any."""
    if passwords.count:
        desk.show.say("{count} passwords to hand over in person: {file}", count=passwords.count, file=passwords.path)
