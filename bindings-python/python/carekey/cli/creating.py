"""What all commands that make logins have in common: the bar that says how far
they are, the parts that they come in, and how they end.

A result is given at the end of a call, and with it the passwords that no message
could carry. Whoever makes many calls in parts, so that what was committed is
written down before the next is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar, get_args

import typer
from rich.console import Console
from rich.progress import Progress

from carekey import CarekeyError, DoneRow, Preview, RowResult, Secret, SentRow, TieResult
from carekey._long_work import UNDONE, until_ctrl_c
from carekey.cli.desk import Desk
from carekey.cli.ends import end_rows, fail_if, stopped_by
from carekey.cli.files import first_line
from carekey.cli.handing import Passwords
from carekey.words import RowOutcome, TieOutcome

PART = 500
"""How many are made before the passwords that came are written down."""

Told = Callable[[int, int], bool]
"""A ``progress``: how many are done, of how many; whether to go on."""

_Item = TypeVar("_Item")
_Row = TypeVar("_Row", DoneRow, SentRow)
_Line = TypeVar("_Line", RowResult, TieResult)
_Line_co = TypeVar("_Line_co", covariant=True)


class Report(Protocol[_Line_co]):
    """What came of a roster."""

    @property
    def rows(self) -> Sequence[_Line_co]:
        """One for each of its rows."""
        ...

    @property
    def stopped(self) -> CarekeyError | None:
        """Why it ended before its time."""
        ...


@dataclass(frozen=True)
class Came(Generic[_Line]):
    """What came of a roster, in however many parts it was made."""

    rows: Sequence[_Line]
    stopped: CarekeyError | None

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each outcome."""
        found = Counter[str](row.outcome for row in self.rows)
        order = dict.fromkeys((*get_args(RowOutcome), *get_args(TieOutcome)))
        return {outcome: found[outcome] for outcome in order if found[outcome]}


@contextmanager
def under_way(desk: Desk, total: int, what: str = "creating") -> Generator[Told, None, None]:
    """A ``progress`` that is shown, and that Ctrl-C ends."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar, until_ctrl_c() as go_on:
        task = bar.add_task(desk.show.said(what), total=total)

        def told(done: int, total: int) -> bool:
            bar.update(task, completed=done, total=total)
            return go_on(done, total)

        yield told


def may_lack_contact(held: Preview) -> bool:
    """Whether somebody on a roster may get a password that no message can carry."""
    return any(row.state == "pass" and row.email is None and row.phone is None for row in held.rows)


def roster_in_parts(
    create: Callable[[Told], Report[_Line]], told: Told, passwords: Passwords, *, whole: bool = False
) -> Came[_Line]:
    """Makes a roster. Unless it may be made as a `whole`, the work rests after each
    part, and goes on with the same preview, of which nothing is made twice.
    """
    rows: list[_Line] = []
    reached = 0
    while True:
        rests = ended = False

        def go_on(done: int, total: int) -> bool:
            nonlocal rests, ended, reached
            ended = not told(done, total)
            if not ended and not whole and done >= reached + PART:
                rests, reached = True, done
            return not (rests or ended)

        try:
            report = create(go_on)
        except CarekeyError as error:
            if not rows:
                raise
            return Came(rows, error)
        # At once: until then, what was committed is nowhere but here.
        passwords.write(report.rows)
        new = list(report.rows)
        # What an earlier part did is what came of a row, not that it is done by now.
        rows = [now if then.outcome == "not_reached" else then for then, now in zip(rows or new, new, strict=True)]
        if report.stopped is None or ended or not rests:
            return Came(rows, report.stopped)


def _after(before: int, told: Told, total: int) -> Told:
    """Tells of a part that so many were done before it."""
    return lambda done, _: told(before + done, total)


def many_in_parts(
    items: Sequence[_Item], act: Callable[[Sequence[_Item], Told], Sequence[_Row]], told: Told, passwords: Passwords
) -> tuple[list[_Row], CarekeyError | None]:
    """Does something to each of many: what came of those that were reached, and
    what stopped it, if anything did.
    """
    rows: list[_Row] = []
    for start in range(0, max(len(items), 1), PART):
        try:
            part = act(items[start : start + PART], _after(start, told, len(items)))
        except CarekeyError as error:
            if not rows:
                raise
            return rows, error
        passwords.add_accounts(part)
        rows += part
    return rows, None


def typed_password(desk: Desk, file: Path | None, prompt: str) -> tuple[Secret, Secret]:
    """A password and the same again: the first line of a file, or asked for twice.
    It is no argument: what stands on a command line can be read by everyone.
    """
    if file is not None:
        password = Secret(first_line(file))
        return password, password
    asked = (typer.prompt(desk.show.said(text), hide_input=True, err=True) for text in (prompt, "The same again"))
    password, confirm = (Secret(text) for text in asked)
    return password, confirm


def end_roster(came: Came[_Line]) -> None:
    """Ends as what came of a roster says."""
    if came.stopped is not None:
        raise stopped_by(came.stopped)
    fail_if(sum(came.counts.get(outcome, 0) for outcome in UNDONE))


def end_many(rows: Sequence[_Row], stopped: CarekeyError | None = None) -> None:
    """Ends as what came of many says."""
    if stopped is not None:
        raise stopped_by(stopped)
    end_rows(rows)
