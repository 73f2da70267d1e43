"""A newcomer's way: from an empty folder, by the documentation word for word, with the
wheel and what it brings, and nothing of this repository.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from html import unescape
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from zipfile import ZipFile

import httpx2 as httpx
import pytest

from tests.pages import ROOT, blocks, script, section

README = (ROOT / "bindings-python/README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs/python.md").read_text(encoding="utf-8")
WHEELS = ROOT / "target/python/wheels"
# The guide's port may be taken here.
ADDRESS, PORT = "http://localhost:8000", "8000"

USERNAME, PASSWORD = "sue@example.com", "Harvest!Moon47"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the commands are for a Unix shell")


@pytest.fixture
def environment() -> dict[str, str]:
    """That of a newcomer, whose pip finds the wheel."""
    ours = ("CAREKEY_", "DJANGO_", "PORTAL_", "PYTHON", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    path = f"{Path(sys.executable).parent}:{kept['PATH']}"
    links = f"{WHEELS} {kept.get('PIP_FIND_LINKS', '')}"
    # What programs print is there at once: into a file they would hold it back.
    return {**kept, "PATH": path, "PIP_FIND_LINKS": links, "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Path]:
    """An empty folder. What fills it is large, and not kept."""
    folder = tmp_path / "here"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


def test_a_script(here: Path, environment: dict[str, str]) -> None:
    [install] = blocks(README, "console")
    (here / "script.py").write_text("\n".join(blocks(README, "python")), encoding="utf-8")
    commands = f"""
        python3 -m venv venv && . venv/bin/activate
        {install}
        pip freeze
        python script.py && python script.py
    """
    done = subprocess.run(["sh", "-ec", commands], cwd=here, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("{'created': 2}") == 2
    assert done.stdout.count("activation sue@example.com") == 2, done.stdout
    assert is_the_wheel(here / "venv")
    # It needs nothing beside itself.
    assert re.findall(r"^(\S+)==", done.stdout, flags=re.MULTILINE) == ["carekey"]


def test_a_django_site(here: Path, environment: dict[str, str]) -> None:
    with served(section(GUIDE, "Django"), here, environment) as (browser, output):
        assert is_the_wheel(here / "venv")
        assert "System check identified no issues" in output
        assert "Harbor Home Care is agency 104" in output
        browser.open("/")
        assert browser.page.url.path == "/sign-in"
        browser.open(link_in(output))
        browser.send(link=link_in(output), password=PASSWORD, confirm=PASSWORD)
        assert "Your password is set" in browser.page.text
        browser.send(username=USERNAME, password="wrong")
        assert browser.page.url.path == "/sign-in"
        browser.send(username=USERNAME, password=PASSWORD)
        assert browser.page.url.path == "/set-questions"
        questions = {"question_0": "first_pet", "question_1": "first_school", "question_2": "first_boss"}
        browser.send(**questions, answer_0="Biscuit", answer_1="Lincoln Elementary", answer_2="Rosalind")
        assert browser.page.url.path == "/" and "Sue Taming, no visits are planned." in browser.page.text
        browser.send()
        assert browser.page.url.path == "/sign-in"
        browser.open("/")
        assert browser.page.url.path == "/sign-in"


def test_a_fastapi_site(here: Path, environment: dict[str, str]) -> None:
    with served(section(GUIDE, "FastAPI"), here, environment) as (browser, output):
        assert is_the_wheel(here / "venv")
        browser.open("/")
        assert browser.page.url.path == "/sign-in"
        browser.open(link_in(output))
        browser.send(link=link_in(output), password="short", confirm="short")
        assert browser.page.status_code == 422 and "8" in browser.page.text, browser.page.text
        browser.open(link_in(output))
        browser.send(link=link_in(output), password=PASSWORD, confirm=PASSWORD)
        assert browser.page.url.path == "/sign-in"
        browser.send(username=USERNAME, password="wrong")
        assert browser.page.url.path == "/sign-in"
        browser.send(username=USERNAME, password=PASSWORD)
        assert browser.page.url.path == "/set-questions"
        browser.send(first_pet="Biscuit", first_school="Lincoln Elementary", childhood_street="Orchard Lane")
        assert browser.page.url.path == "/" and "Sue Taming, no visits are planned." in browser.page.text
        browser.send()
        assert browser.page.url.path == "/sign-in"
        browser.open("/")
        assert browser.page.url.path == "/sign-in"


class Browser:
    """What a browser does with links, forms and cookies."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, follow_redirects=True, timeout=None)
        # As browsers do it: localhost is as good as TLS.
        self._client.cookies.jar.set_policy(DefaultCookiePolicy(secure_protocols=("http", "https")))
        self.page = httpx.Response(204)

    def open(self, link: str) -> None:
        """Follows a link."""
        self.page = self._client.get(link)
        assert self.page.status_code == 200, self.page.text

    def send(self, **typed: str) -> None:
        """Sends the form of the page with what is typed, and what it hides."""
        [form] = re.findall(r"<form method=\"post\".*?</form>", self.page.text, flags=re.DOTALL)
        action = re.search(r"<form [^>]*action=\"([^\"]+)\"", form)
        inputs = [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall(r"<(?:input|select) [^>]*>", form)]
        hidden = {field["name"]: unescape(field["value"]) for field in inputs if field.get("type") == "hidden"}
        assert set(typed) <= {field["name"] for field in inputs}, form
        self.page = self._client.post(action[1] if action else self.page.url, data={**hidden, **typed})

    def close(self) -> None:
        """Forgets everything."""
        self._client.close()


@contextmanager
def served(text: str, here: Path, environment: dict[str, str]) -> Generator[tuple[Browser, str]]:
    """A site that was made by a page, whose last command serves it; and what its
    commands printed until then.
    """
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = str(probe.getsockname()[1])
    output = here.parent / "output"
    with output.open("w") as file:
        # In a session of its own, which ends with all that the server started.
        shell = subprocess.Popen(
            ["sh", "-ec", script(text).replace(PORT, port)],
            cwd=here, env=environment, stdout=file, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    browser = Browser(ADDRESS.replace(PORT, port))
    try:
        # However long it takes: it has come up, or it has ended.
        while True:
            assert shell.poll() is None, output.read_text()
            try:
                browser.open("/sign-in")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield browser, output.read_text()
    finally:
        browser.close()
        with suppress(ProcessLookupError):
            os.killpg(shell.pid, signal.SIGTERM)
        shell.wait()


def is_the_wheel(venv: Path) -> bool:
    """Whether what pip brought there is what was packed here, and not another carekey."""
    [wheel] = WHEELS.glob("*.whl")
    [installed] = venv.glob("lib/python*/site-packages")
    with ZipFile(wheel) as packed:
        # pip adds its own lines to the record.
        names = [name for name in packed.namelist() if not name.endswith("/RECORD")]
        return all((installed / name).read_bytes() == packed.read(name) for name in names)


def link_in(output: str) -> str:
    """The link of the mail that the site's command showed."""
    [link] = re.findall(r"^http://localhost:\d+/activate#\S+$", output, flags=re.MULTILINE)
    return str(link)
