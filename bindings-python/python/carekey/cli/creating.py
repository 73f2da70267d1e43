"""What all commands that make logins have in common: the bar that says how far
they are, the file for what is handed over in person, and how they end."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from carekey import CreateReport, Secret, TieReport
from carekey._long_work import UNDONE, until_ctrl_c
from carekey._private import HandOver
from carekey.cli.desk import Desk
from carekey.cli.ends import fail_if, stopped_by

HandOverFile = Annotated[
    Path,
    typer.Option("--hand-over", help="A new file for passwords that no message can carry; only its owner reads it."),
]


def new_file(path: Path, option: str, titles: Sequence[str] = HandOver.PASSWORDS) -> HandOver:
    """The file that an option names, for what is handed over in person."""
    try:
        return HandOver(path, titles)
    except FileExistsError:
        raise typer.BadParameter(f"{path} exists already; name another file with {option}") from None


@contextmanager
def under_way(total: int, what: str = "creating") -> Generator[Callable[[int, int], bool], None, None]:
    """A ``progress`` that is shown, and that Ctrl-C ends."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar, until_ctrl_c() as go_on:
        task = bar.add_task(what, total=total)

        def told(done: int, total: int) -> bool:
            bar.update(task, completed=done, total=total)
            return go_on(done, total)

        yield told


def say_handed_over(desk: Desk, passwords: HandOver) -> None:
    """Says how many passwords are in the file, if there are any."""
    if passwords.count:
        desk.show.line(f"{passwords.count} passwords to hand over in person: {passwords.path}")


def typed_password(file: Path | None, prompt: str) -> tuple[Secret, Secret]:
    """A password and the same again: the first line of a file, or asked for twice.
    It is no argument: what stands on a command line can be read by everyone.
    """
    if file is not None:
        password = Secret(file.read_text("utf-8").split("\n")[0].removesuffix("\r"))
        return password, password
    asked = (typer.prompt(text, hide_input=True, err=True) for text in (prompt, "The same again"))
    password, confirm = (Secret(text) for text in asked)
    return password, confirm


def end(report: CreateReport | TieReport) -> None:
    """Ends as the report says."""
    if report.stopped is not None:
        raise stopped_by(report.stopped)
    fail_if(sum(report.counts.get(outcome, 0) for outcome in UNDONE))
