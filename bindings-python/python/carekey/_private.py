"""Files that hold something secret."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

from carekey import RowResult, TieResult


def create_private(path: Path) -> int:
    """Makes a file that only its owner reads, and opens it for writing.

    Raises ``FileExistsError`` rather than write over what is there.
    """
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


class HandOver:
    """The file for what is handed over in person: temporary passwords that no
    message can carry, printed codes. Each is given once, so the file is made
    before anyone gets one; where nobody did, it goes again.
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
        for row in rows:
            if row.hand_over is not None:
                self.add(row.line, row.username, row.hand_over.reveal())

    def add(self, *cells: object) -> None:
        """Writes down one row."""
        table = csv.writer(self._file)
        if self.count == 0:
            table.writerow(self._titles)
        table.writerow(cells)
        self.count += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if self.count == 0:
            self.path.unlink()
