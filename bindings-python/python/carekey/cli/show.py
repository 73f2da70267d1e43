"""What comes out: tables for people, in their language; JSON for programs."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast, runtime_checkable
from uuid import UUID

from rich.console import Console
from rich.table import Table
from rich.text import Text

from carekey import CarekeyError, Description, Finding, Secret
from carekey import Table as Results
from carekey.cli.ends import NO_OUTPUT, Failed, Wrong, exit_code, unwritable
from carekey.cli.said import said
from carekey.message import label
from carekey.roster import defused
from carekey.words import Locale, WordSet

_PIPE_WIDTH = 240
"""How wide a table may be where nobody looks at it: wide enough for grep."""


@dataclass(frozen=True)
class Show:
    """Shows results, all the same way."""

    locale: Locale
    as_json: bool
    as_csv: bool = False

    def document(self, document: object) -> None:
        """The one JSON document of the command."""
        with _writing():
            json.dump(plain(document, self.locale), sys.stdout, ensure_ascii=False, indent=2)
            sys.stdout.write("\n")

    def rows(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], /, **values: object) -> None:
        """A table for people; of what is wanted as CSV, its cells."""
        titles = [self.said(column) for column in columns]
        # Read before anything is written: what a failing store had until then is no list.
        cells = [[self._cell(value) for value in row] for row in rows]
        if self.as_csv:
            with _writing():
                out = csv.writer(sys.stdout)
                out.writerows([titles, *(map(defused, row) for row in cells)])
            return
        table = Table(*titles, title=Text(_printable(self.said(title, **values))), title_justify="left")
        for row in cells:
            table.add_row(*map(Text, row))
        _print(table)

    def say(self, text: str, /, **values: object) -> None:
        """A text for people: on stderr where stdout is for a program."""
        self.line(self.said(text, **values))

    def line(self, text: str) -> None:
        """The same of what is in their language already."""
        _print(Text(_printable(text)), stderr=self.as_json or self.as_csv)

    def said(self, text: str, /, **values: object) -> str:
        """A text of the command, in the language that was asked for."""
        return said(self.locale, text, **values)

    def word(self, of: WordSet, word: str | None) -> str | None:
        """How people call a stable word."""
        return None if word is None else label(of, word, self.locale)

    def words(self, of: WordSet, words: Iterable[str]) -> list[str]:
        """How they call several."""
        return [label(of, word, self.locale) for word in words]

    def findings(self, findings: Iterable[Finding]) -> str:
        """Findings in words."""
        return "; ".join(finding.message(self.locale) for finding in findings)

    def file(self, findings: Sequence[Finding]) -> None:
        """What there is to say of a file itself."""
        if self.as_csv:
            for finding in findings:
                self.line(f"{finding.message(self.locale)} [{finding.code}]")
        elif findings:
            self.rows("File", ("code", "finding"), ((finding.code, finding) for finding in findings))

    def counts(self, counts: Mapping[str, int], of: WordSet | None = None) -> None:
        """How many there are of each, in a line."""
        called = {name: self.said(name) if of is None else label(of, name, self.locale) for name in counts}
        self.line(", ".join(f"{called[name]}: {count}" for name, count in counts.items()))

    def error(self, error: CarekeyError) -> None:
        """An error: for people on stderr, for programs on stdout."""
        self._trouble(error_told(error), f"{error.message(self.locale)} [{error.code}]", error.findings)

    def wrong(self, wrong: Wrong) -> None:
        """The same of what the command says itself."""
        text = self.said(wrong.text, **wrong.values)
        told = {"code": wrong.code, "kind": wrong.kind, "message": text, "findings": ()}
        self._trouble(told, f"{text} [{wrong.code}]", (), no_output=wrong.code == NO_OUTPUT)

    def _trouble(
        self, told: Mapping[str, object], text: str, findings: Sequence[Finding], *, no_output: bool = False
    ) -> None:
        if self.as_json and not no_output:
            return self.document({"error": told})
        console = _console(stderr=True)
        console.print(Text(_printable(text), style="red"))
        for finding in findings:
            console.print(Text(_printable(f"  {finding.field}: {finding.message(self.locale)} [{finding.code}]")))

    def _cell(self, value: object) -> str:
        match value:
            case None:
                return ""
            case bool():
                return self.said("yes" if value else "no")
            case datetime():
                return value.strftime("%Y-%m-%d %H:%M")
            case list():
                return "; ".join(self._cell(item) for item in cast("list[object]", value))
            case dict():
                items = cast("dict[str, object]", value).items()
                return "; ".join(f"{name}: {self._cell(item)}" for name, item in items)
            case Finding():
                return _printable(value.message(self.locale))
            case Description():
                return _printable(value.text(self.locale))
            case _:
                return _printable(str(value))


@contextmanager
def telling(show: Show) -> Generator[None, None, None]:
    """Tells what keeps a command from its work, and ends with its exit code."""
    try:
        yield
    except CarekeyError as error:
        show.error(error)
        raise Failed(exit_code(error)) from error
    except Wrong as wrong:
        show.wrong(wrong)
        raise Failed(wrong.exit) from wrong
    except OSError as error:
        cannot = unwritable(error.filename or "?", error)
        show.wrong(cannot)
        raise Failed(cannot.exit) from error


def mends(findings: Iterable[Finding]) -> list[str]:
    """What would mend them, where something is known that would."""
    return [finding.suggestion for finding in findings if finding.suggestion is not None]


def error_told(error: CarekeyError) -> Mapping[str, object]:
    """An error as JSON has it."""
    return {"code": error.code, "kind": error.kind, "message": error, "findings": error.findings}


def plain(value: object, locale: Locale) -> object:
    """A result as JSON has it. A secret stays one."""
    match value:
        case None | bool() | int() | str():
            return value
        case datetime():
            return value.isoformat()
        case UUID() | Secret():
            return str(value)
        case bytes():
            return value.hex()
        case CarekeyError():
            return value.message(locale)
        case Finding():
            said = value.message(locale)
            told = {"code": value.code, "field": value.field, "severity": value.severity, "message": said}
            return {**told, "params": plain(value.params, locale), "suggestion": value.suggestion}
        case Mapping():
            items = cast("Mapping[object, object]", value).items()
            return {str(name): plain(item, locale) for name, item in items}
        case Results():
            return plain(value.to_dicts(), locale)
        case _Record():
            return plain(value.to_dict(), locale)
        case Iterable():
            return [plain(item, locale) for item in cast("Iterable[object]", value)]
        case _:
            raise TypeError(type(value).__name__)


@runtime_checkable
class _Record(Protocol):
    def to_dict(self) -> Mapping[str, object]: ...


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Not rich's own exit: that ends with 1, which says something else."""
        raise  # rich calls it where the error is handled


def _console(*, stderr: bool = False) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _PIPE_WIDTH
    return _Console(file=stream, width=width, highlight=False)


def _print(what: Table | Text, *, stderr: bool = False) -> None:
    with _writing():
        _console(stderr=stderr).print(what)


@contextmanager
def _writing() -> Generator[None, None, None]:
    """Writes to the output, and says at once where it takes nothing: a disk may be
    full, and whoever read a pipe may be gone.
    """
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer has nowhere to go when Python ends, either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise unwritable("stdout", error, NO_OUTPUT) from error


def _printable(text: str) -> str:
    """Names come from files: what would steer a terminal is shown as a sign."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)
