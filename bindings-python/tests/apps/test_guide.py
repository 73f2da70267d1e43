"""What the guide shows is run, in the order in which it stands there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from carekey.cli import ends
from tests.pages import ROOT, blocks, named, script, section

PAGE = (ROOT / "docs/python.md").read_text(encoding="utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CAREKEY_KEY", "6b" * 32)
    yield tmp_path


def test_the_python_of_the_guide(here: Path) -> None:
    names: dict[str, Any] = {}
    # Those with the name of a file make sites: tests/test_adoption.py.
    examples = [block for block in blocks(PAGE, "python") if named(block) is None]
    assert len(examples) == 8
    for example in examples:
        exec(compile(example, "docs/python.md", "exec", dont_inherit=True), names)
    names["directory"].close()


@pytest.mark.skipif(sys.platform == "win32", reason="the commands are for a Unix shell")
def test_the_commands_of_the_guide(here: Path) -> None:
    commands = script(section(PAGE, "The command")).splitlines()
    (here / "roster.csv").write_text(
        "Role,Name,Email\nOffice Staff,Felicia Conner,f@example.com\nFamily,Ann Hale,a@example.com\nClient,Bo Dale,\n"
    )
    (here / "new-people.csv").write_text("Role,Name,Email\nCaregiver,Zoe Park,zoe@example.com\n")
    told = "\n".join(f'{command} || echo "exit $?: {command.split()[1]}"' for command in commands)
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    done = subprocess.run(["/bin/sh", "-c", told], cwd=here, env={"PATH": path}, capture_output=True, text=True)
    assert done.stderr == ""
    # One client has no e-mail address, and nobody has signed in yet.
    assert re.findall(r"^exit .*$", done.stdout, flags=re.MULTILINE) == ["exit 1: preview", "exit 1: create", "exit 1: review"]
    assert len(list((here / "outgoing").glob("*.eml"))) == 2


def test_the_exit_codes_of_the_guide() -> None:
    table = dict(re.findall(r"^\| (\d+) \| (.+) \|$", PAGE, flags=re.MULTILINE))
    assert table == dict(re.findall(r"^- (\d+): (.+)$", ends.EXIT_CODES, flags=re.MULTILINE))
    known = {ends.OK, ends.FOUND, ends.USAGE, ends.REFUSED, ends.STORE, ends.STOPPED}
    assert {int(code) for code in table} == known
