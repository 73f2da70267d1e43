"""What the guide shows is run, in the order in which it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from carekey.cli import ends

PAGE = (Path(__file__).parents[3] / "docs/python.md").read_text(encoding="utf-8")

SETTINGS = "CAREKEY = {"
BEFORE = """
import os
SECRET_KEY = "for tests only"
ROOT_URLCONF = "site_urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "django.db"}}
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
"""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CAREKEY_KEY", "6b" * 32)
    yield tmp_path


def test_the_python_of_the_guide(here: Path) -> None:
    names: dict[str, Any] = {}
    examples = [block for block in blocks("python") if not block.startswith(SETTINGS)]
    assert len(examples) == 9
    for example in examples:
        exec(compile(example, "docs/python.md", "exec", dont_inherit=True), names)
    names["directory"].close()


def test_the_django_settings_of_the_guide(here: Path) -> None:
    [settings] = [block for block in blocks("python") if block.startswith(SETTINGS)]
    (here / "site_settings.py").write_text(BEFORE + settings, encoding="utf-8")
    (here / "site_urls.py").write_text(
        "from django.urls import include, path\nurlpatterns = [path('', include('carekey.django.urls'))]\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--fail-level", "WARNING"],
        cwd=here,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "site_settings", "PYTHONPATH": str(here)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="the commands are for a Unix shell")
def test_the_commands_of_the_guide(here: Path) -> None:
    commands = [line[2:] for block in blocks("console") for line in block.splitlines() if line.startswith("$ ")]
    commands = [command for command in commands if not command.startswith("pip ")]
    (here / "roster.csv").write_text(
        "Role,Name,Email\nOffice Staff,Felicia Conner,f@example.com\nFamily,Ann Hale,a@example.com\nClient,Bo Dale,\n"
    )
    (here / "new-people.csv").write_text("Role,Name,Email\nCaregiver,Zoe Park,zoe@example.com\n")
    script = "\n".join(f'{command} || echo "exit $?: {command.split()[1]}"' for command in commands)
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    done = subprocess.run(["/bin/sh", "-c", script], cwd=here, env={"PATH": path}, capture_output=True, text=True)
    assert done.stderr == ""
    # One client has no e-mail address, and nobody has signed in yet.
    assert re.findall(r"^exit .*$", done.stdout, flags=re.MULTILINE) == ["exit 1: preview", "exit 1: create", "exit 1: review"]
    assert len(list((here / "outgoing").glob("*.eml"))) == 2


def test_the_exit_codes_of_the_guide() -> None:
    table = dict(re.findall(r"^\| (\d+) \| (.+) \|$", PAGE, flags=re.MULTILINE))
    assert table == dict(re.findall(r"^- (\d+): (.+)$", ends.EXIT_CODES, flags=re.MULTILINE))
    known = {ends.OK, ends.FOUND, ends.USAGE, ends.REFUSED, ends.STORE, ends.STOPPED}
    assert {int(code) for code in table} == known
