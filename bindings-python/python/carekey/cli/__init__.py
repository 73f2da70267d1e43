"""The command ``carekey`` (extra ``cli``).

Its help says everything: ``carekey --help``.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import Annotated

import typer

from carekey import __version__
from carekey.cli import accounts, agencies, families, managers, people, register, rosters, sending, staged, texts, ties
from carekey.cli.ends import EXIT_CODES, STORE, Failed

app = typer.Typer(
    help="Accounts and access for care agencies." + EXIT_CODES,
    rich_markup_mode="markdown",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for part in (rosters, staged, ties, people, register, families, accounts, managers, agencies, sending, texts):
    part.add_to(app)


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"carekey {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Which carekey this is.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Runs the command, and ends with one of its exit codes."""
    _hold_standard_streams()
    for name in ("SIGTERM", "SIGHUP"):  # there is no SIGHUP on Windows
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _as_by_ctrl_c)
    try:
        app()
    except Failed as failed:
        sys.exit(failed.code)
    except OSError as error:  # of what typer itself prints
        print(f"stdout: {error.strerror}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(STORE)


def _as_by_ctrl_c(number: int, frame: FrameType | None) -> None:
    """Long work ends as it does by Ctrl-C: what was done until then is told."""
    signal.raise_signal(signal.SIGINT)


def _hold_standard_streams() -> None:
    """Where one of the three is closed, the next file that is opened takes its
    number, a store among them, and gets what was meant for people.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")
    if sys.stdout is None:
        print("stdout is closed", file=sys.stderr)
        sys.exit(STORE)
