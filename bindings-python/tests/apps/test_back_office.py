"""The back office, with a real mail server."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from smtplib import SMTP
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server

from carekey import Actor, Agency, Directory, Message, testing
from examples.back_office import SENDER, import_roster, invite_again, send_waiting

ROOT = Path(__file__).parents[2]
ROSTER = ROOT.parent / "tests/rosters/agency.csv"


class Mailbox:
    """What the server took; it refuses whom it does not know."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], EmailMessage]] = []
        self.refused: set[str] = set()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default)
        self.taken.append((envelope.rcpt_tos, message))
        return "250 OK"


class Post(Controller):
    def factory(self) -> Server:
        return Server(self.handler, enable_SMTPUTF8=True)


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, Post]]:
    mailbox = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    server = Post(mailbox, hostname="127.0.0.1", port=free)
    server.start()
    yield mailbox, server
    server.stop()


def send(agency: Agency, server: Post) -> tuple[int, int, list[Message]]:
    texts: list[Message] = []
    with SMTP("127.0.0.1", server.port) as connection:
        done = send_waiting(agency, connection, texts.append)
    return done.sent, done.failed, texts


def test_a_morning(mailbox: tuple[Mailbox, Post], tmp_path: Path) -> None:
    box, server = mailbox
    clock = testing.clock()
    with testing.agency(clock=clock) as agency:
        office = agency.acting_as(Actor.system("back office"))
        report = import_roster(office, ROSTER, tmp_path / "failed.csv")
        assert report.counts == {"created": 35, "failed": 19, "invited": 5, "updated": 1}
        assert len((tmp_path / "failed.csv").read_text().splitlines()) == 1 + 19

        box.refused = {"dpria@example.net"}
        sent, failed, texts = send(agency, server)
        assert (sent, failed) == (39, 1)
        assert {message.address for message in texts} == {"+14044040184", "+14044040186"}

        expected = {message.address for message in office.messages("sent") if message.method == "email"}
        assert {to for recipients, _ in box.taken for to in recipients} == {ascii_domain(to) for to in expected}
        for recipients, message in box.taken:
            assert message["From"] == SENDER
            assert [address.addr_spec for address in message["To"].addresses] == recipients
            assert message["Auto-Submitted"] == "auto-generated"
            assert message["Date"] and message["Message-ID"] and message["Subject"]
            assert message.get_content_type() == "text/plain"
            assert not message.defects
            assert re.search(r"https://portal\.example\.com/\S+", message.get_content())
        subjects = {message["Subject"] for _, message in box.taken}
        assert any("cuenta" in subject for subject in subjects) and any("account" in subject for subject in subjects)

        # Nothing waits but the one that was refused; it comes again.
        assert send(agency, server)[:2] == (0, 0)
        [waiting] = office.messages("waiting")
        assert (waiting.address, waiting.tries) == ("dpria@example.net", 1)
        box.refused.clear()
        clock.advance(timedelta(minutes=1))
        assert send(agency, server)[:2] == (1, 0)
        assert list(office.messages("waiting")) == []

        looked_at = clock.now()
        clock.advance(timedelta(seconds=1))
        again = invite_again(office, looked_at)
        assert [row.done for row in again] == [True] * 5
        assert [row.done for row in invite_again(office, looked_at)] == [False] * 5
        sent, failed, texts = send(agency, server)
        assert (sent, failed, len(texts)) == (5, 0, 2)


def ascii_domain(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower().encode('idna').decode()}"


def test_a_lost_connection_costs_no_message(mailbox: tuple[Mailbox, Post]) -> None:
    _, server = mailbox
    clock = testing.clock()
    with testing.agency(clock=clock) as agency:
        office = agency.acting_as(Actor.system("back office"))
        office.add_party("Ann Hale", roles=["client"], email="ann@example.com")
        with SMTP("127.0.0.1", server.port) as connection:
            connection.close()
            with pytest.raises(OSError):
                send_waiting(agency, connection, lambda message: None)
        clock.advance(timedelta(minutes=6))
        assert send(agency, server)[:2] == (1, 0)


def test_the_command_sends_over_smtp_too(mailbox: tuple[Mailbox, Post], tmp_path: Path) -> None:
    box, server = mailbox
    with Directory.open(f"sqlite:{tmp_path / 'agency.db'}", key=testing.KEY) as directory:
        agency = directory.create_agency(testing.settings(), actor=Actor.support("Pat Long"))
        office = agency.acting_as(Actor.system("roster"))
        office.create(office.preview(ROSTER))
    done = subprocess.run(
        [str(Path(sys.executable).with_name("carekey")), "outbox", "send", "--json"]
        + ["--smtp", f"127.0.0.1:{server.port}", "--no-tls", "--from", SENDER],
        cwd=tmp_path,
        env={**os.environ, "CAREKEY_STORE": "sqlite:agency.db", "CAREKEY_KEY": testing.KEY.hex()},
        capture_output=True,
        text=True,
    )
    assert json.loads(done.stdout) == {"sent": len(box.taken), "failed": 0}, done.stderr
    assert done.returncode == 0
    assert len(box.taken) > 30
    # Two families want a text message, which cannot go over SMTP.
    with Directory.open(f"sqlite:{tmp_path / 'agency.db'}", key=testing.KEY) as directory:
        waiting = directory.agency("104").acting_as(Actor.system("test")).messages("waiting")
        assert [message.method for message in waiting] == ["sms", "sms"]


def test_as_a_program(mailbox: tuple[Mailbox, Post], tmp_path: Path) -> None:
    box, server = mailbox
    done = subprocess.run(
        [sys.executable, ROOT / "examples/back_office.py", ROSTER, "--smtp", f"127.0.0.1:{server.port}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert "roster: created 35, failed 19, invited 5, updated 1" in done.stdout
    assert "messages: sent 45" in done.stdout
    assert len(box.taken) == 41
    assert not re.search(r"#\w{20}|password: ", done.stdout + done.stderr)
