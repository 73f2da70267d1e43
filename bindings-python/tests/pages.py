"""The examples of the documentation."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def blocks(text: str, language: str) -> list[str]:
    """The examples in a language."""
    return [code for found, code in _blocks(text) if found == language]


def section(text: str, title: str) -> str:
    """What stands under a heading."""
    [found] = re.findall(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, flags=re.MULTILINE | re.DOTALL)
    return str(found)


def named(code: str) -> tuple[str, bool] | None:
    """The file that an example names in its first line, and whether it is the file's end."""
    found = re.match(r"(?:# |\{# )([\w/]+\.\w+)(, at the end)?", code)
    return None if found is None else (found[1], found[2] is not None)


def script(text: str) -> str:
    """What a reader does who follows a page from its beginning, for a shell:
    commands are run, and named examples written to their files.
    """
    lines: list[str] = []
    for language, code in _blocks(text):
        file = named(code)
        if language == "console":
            lines += [line[2:] for line in code.splitlines() if line.startswith("$ ")]
        elif file is not None:
            name, at_end = file
            lines.append(f"mkdir -p $(dirname {name})")
            lines.append(f"cat {'>>' if at_end else '>'} {name} <<'END OF FILE'\n{code}END OF FILE")
    return "\n".join(lines)


def _blocks(text: str) -> list[tuple[str, str]]:
    return re.findall(r"^```(\w+)\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
