"""Files that the command reads and writes."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import typer

from carekey.cli.ends import unwritable


def read_text(path: Path) -> str:
    """The text of a file, without the mark that Windows puts before it."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise typer.BadParameter(f"{path} is no text in UTF-8") from None
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be read: {error.strerror}") from None


def first_line(path: Path) -> str:
    """The first line of a file: a password, say."""
    return read_text(path).split("\n")[0].removesuffix("\r")


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner reads, in place of one that is there: rows
    of a roster may hold password hashes.
    """
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline="") as file:
            # One that was there keeps its permissions otherwise.
            if hasattr(os, "fchmod") and stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                os.fchmod(file.fileno(), 0o600)
            file.write(text)
    except OSError as error:
        raise unwritable(path, error) from None
