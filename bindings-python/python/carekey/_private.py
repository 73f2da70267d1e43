"""Files that hold something secret."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

from carekey import RowResult, Secret, TieResult
from carekey.roster import defused


def create_private(path: Path) -> int:
    """Makes a file that only its owner reads, and opens it for writing.

    Raises ``FileExistsError`` rather than write over what is there.
    """
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


class HandOver:
    """The file for what is handed over in person: temporary passwords that no
    message can carry, printed codes. Each is given once, so the file is made
    before anyone gets one, and what is written is on the disk at once; where
    nobody got any, it goes again.
    """

    #: The titles for passwords of the rows of a file.
    PASSWORDS: Sequence[str] = ("Line", "Username", "Temporary password")

    def __init__(self, path: Path, titles: Sequence[str] = PASSWORDS) -> None:
        self.path = path
        self.count = 0
        self._titles = titles
        self._file = os.fdopen(create_private(path), "w", encoding="utf-8", newline="")

    def __enter__(self) -> HandOver:
        return self

    def write(self, rows: Iterable[RowResult | TieResult]) -> None:
        """Writes down the passwords of those rows that have one."""
        self.add_all((row.line, row.username, row.hand_over) for row in rows if row.hand_over is not None)

    def add_all(self, rows: Iterable[Sequence[object]]) -> None:
        """Writes down some rows. Their names come from files: only a secret stays
        letter by letter.
        """
        table, before = csv.writer(self._file), self.count
        for row in rows:
            if self.count == 0:
                table.writerow(self._titles)
            table.writerow(map(_cell, row))
            self.count += 1
        if self.count > before:
            self._file.flush()
            os.fsync(self._file.fileno())

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if self.count == 0:
            self.path.unlink()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case Secret():
            return value.reveal()
        case _:
            return defused(str(value))
