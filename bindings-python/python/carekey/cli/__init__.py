"""The command ``carekey`` (extra ``cli``).

Its help says everything: ``carekey --help``.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from carekey import CarekeyError, __version__
from carekey.cli import accounts, agencies, families, managers, people, register, rosters, sending, staged, texts, ties
from carekey.cli.ends import EXIT_CODES, Failed, exit_code
from carekey.cli.show import report_error

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
    try:
        app()
    except Failed as failed:
        sys.exit(failed.code)
    except CarekeyError as error:
        report_error(error, as_json="--json" in sys.argv)
        sys.exit(exit_code(error))
