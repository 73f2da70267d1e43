"""What comes out: tables for people, JSON for programs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast, runtime_checkable
from uuid import UUID

from rich.console import Console
from rich.table import Table
from rich.text import Text

from carekey import CarekeyError, Description, Finding, Secret
from carekey import Table as Results
from carekey.words import Locale

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
        json.dump(plain(document), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")

    def rows(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """A table for people; of what is wanted as CSV, its cells."""
        if self.as_csv:
            out = csv.writer(sys.stdout)
            out.writerow(columns)
            out.writerows([_defused(self._cell(value)) for value in row] for row in rows)
            return
        table = Table(*columns, title=title, title_justify="left")
        for row in rows:
            table.add_row(*(Text(self._cell(value)) for value in row))
        _console().print(table)

    def line(self, text: str) -> None:
        """A line for people: on stderr where stdout is for a program."""
        _console(stderr=self.as_json or self.as_csv).print(Text(_printable(text)))

    def findings(self, findings: Iterable[Finding]) -> str:
        """Findings in words."""
        return "; ".join(finding.message(self.locale) for finding in findings)

    def file(self, findings: Sequence[Finding]) -> None:
        """What there is to say of a file itself."""
        if self.as_csv:
            for finding in findings:
                self.line(f"{finding.message(self.locale)} [{finding.code}]")
        elif findings:
            self.rows("File", ("code", "finding"), ((finding.code, finding.message(self.locale)) for finding in findings))

    def counts(self, counts: Mapping[str, int]) -> str:
        """How many there are of each, in a line."""
        return ", ".join(f"{name}: {count}" for name, count in counts.items())

    def _cell(self, value: object) -> str:
        match value:
            case None:
                return ""
            case bool():
                return "yes" if value else "no"
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


def report_error(error: CarekeyError, *, as_json: bool) -> None:
    """An error: for people on stderr, for programs on stdout."""
    if as_json:
        Show("en", True).document({"error": error_told(error)})
        return
    console = _console(stderr=True)
    console.print(Text(_printable(str(error)), style="red"))
    for finding in error.findings:
        console.print(Text(_printable(f"  {finding.field}: {finding.message()} [{finding.code}]")))


def error_told(error: CarekeyError) -> Mapping[str, object]:
    """An error as JSON has it."""
    return {"code": error.code, "kind": error.kind, "message": error.message(), "findings": error.findings}


def plain(value: object) -> object:
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
        case Finding():
            told = {"code": value.code, "field": value.field, "severity": value.severity, "message": value.message()}
            return {**told, "params": plain(value.params), "suggestion": value.suggestion}
        case Mapping():
            return {str(name): plain(item) for name, item in cast("Mapping[object, object]", value).items()}
        case Results():
            return plain(value.to_dicts())
        case _Record():
            return plain(value.to_dict())
        case Iterable():
            return [plain(item) for item in cast("Iterable[object]", value)]
        case _:
            raise TypeError(type(value).__name__)


@runtime_checkable
class _Record(Protocol):
    def to_dict(self) -> Mapping[str, object]: ...


def _console(*, stderr: bool = False) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _PIPE_WIDTH
    return Console(file=stream, width=width, highlight=False)


def _defused(text: str) -> str:
    """A cell that a spreadsheet would run is told to be a text, a phone number
    among them, as the core writes rosters and histories (B).
    """
    bare = text.lstrip("'")
    runs = bare.startswith(("\t", "\r", "\n")) or bare.lstrip().startswith(tuple("=+-@＝＋－＠"))
    return f"'{text}" if runs else text


def _printable(text: str) -> str:
    """Names come from files: what would steer a terminal is shown as a sign."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)
