"""The world of a scenario: a directory, a clock that moves by hand, and what
earlier steps made."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from carekey import Actor, Agency, AgencySettings, Directory, ManualClock, Message, Policy, Preview
from carekey.invitation import InvitationCode
from tests.cases.shared import Json

START = datetime(2026, 3, 2, 9, tzinfo=timezone.utc)
"""When every scenario begins."""


@dataclass
class Thing:
    """What a name stands for: everything that the steps of that name made."""

    party: UUID | None = None
    account: UUID | None = None
    application: UUID | None = None
    tie: UUID | None = None
    grant: UUID | None = None
    preview: Preview | None = None
    claim: list[Message] = field(default_factory=list)
    session: str | None = None
    device: str | None = None
    sessions: list[UUID] = field(default_factory=list)
    step: str | None = None
    password: str | None = None
    code: str | None = None
    link: str | None = None
    text: str | None = None
    export: Path | None = None


class World:
    """A directory and what was made in it.

    Texts refer to it so: `$name` to a thing or a kept text; `$name.session`,
    `$name.device`, `$name.step`, `$name.password`, `$name.code`, `$name.link`; and
    `$link:ADDRESS`, `$code:ADDRESS`, `$password:ADDRESS` to what stood in the newest message to that address
    that has one. Asking for these sends all messages that wait.
    """

    def __init__(self, settings: Json, policy: Json) -> None:
        self.clock = ManualClock(START)
        self.directory = Directory.open("memory:", key=bytes([7] * 32), clock=self.clock)
        self.settings, self.policy = settings, Policy.draft(policy)
        self.names: dict[str, Thing] = {}
        self.mailbox: list[tuple[str, str, str]] = []
        self.agencies: dict[str, Agency] = {}
        self.folder = TemporaryDirectory()
        self.agency("104")

    def __enter__(self) -> World:
        return self

    def __exit__(self, *_: object) -> None:
        self.directory.close()
        self.folder.cleanup()

    def agency(self, code: str) -> Agency:
        """The agency of that code, made when it is first asked for."""
        if code not in self.agencies:
            made = self.directory.create_agency(self.new_agency(code), actor=Actor.support("Pat Long"))
            self.agencies[code] = made
        return self.agencies[code]

    def new_agency(self, code: str) -> AgencySettings:
        """What an agency is made with."""
        settings = AgencySettings(code, "Harbor Home Care", "https://portal.example.com", policy=self.policy)
        return settings.replace(**self.settings)

    def actor(self, by: str) -> Actor:
        """Whoever acts."""
        kind, _, name = by.partition(":")
        makers = {"support": Actor.support, "system": Actor.system}
        return makers[kind](name) if kind in makers else Actor.account(self.account(by))

    def thing(self, reference: str) -> Thing:
        """What the reference stands for."""
        assert reference.startswith("$"), f"{reference} is no reference"
        return self.names[reference[1:]]

    def named(self, name: str | None) -> Thing:
        """The thing of that name, or one that is not kept."""
        return Thing() if name is None else self.names.setdefault(name.lstrip("$"), Thing())

    def party(self, reference: str) -> UUID:
        """The party."""
        party = self.thing(reference).party
        assert party is not None, f"{reference} is no party"
        return party

    def account(self, reference: str) -> UUID:
        """The account."""
        account = self.thing(reference).account
        assert account is not None, f"{reference} has no account"
        return account

    def item(self, reference: str) -> dict[str, UUID]:
        """An application or a party, as the engine's methods take it."""
        application = self.thing(reference).application
        return {"party": self.party(reference)} if application is None else {"application": application}

    def name_of(self, fits: Callable[[Thing], bool]) -> str:
        """How the scenario calls what fits."""
        return next((name for name, thing in sorted(self.names.items()) if fits(thing)), "?")

    def text(self, agency: Agency, text: str) -> str:
        """The text itself, or what it refers to."""
        if not text.startswith("$"):
            return text
        what, colon, address = text[1:].partition(":")
        if colon:
            self.deliver(agency)
            mails = [body for code, to, body in self.mailbox if (code, to) == (agency.code, address)]
            found = next((found for body in reversed(mails) if (found := find(what, body))), None)
        else:
            name, _, part = text[1:].partition(".")
            found = getattr(self.names[name], part or "text")
        assert isinstance(found, str), f"there is no {text}"
        return found

    def deliver(self, agency: Agency) -> None:
        """Sends everything that is due, as a host would."""
        for message in agency.outbox.claim(1000):
            agency.outbox.sent(message)
            self.receive(agency, message)

    def receive(self, agency: Agency, message: Message) -> None:
        """A message arrives."""
        self.mailbox.append((agency.code, message.address, message.body.reveal()))


def find(what: str, body: str) -> str | None:
    """What someone who reads a message takes from it."""
    if what == "link":
        return next((word for word in body.split() if "#" in word and "://" in word), None)
    if what == "code":
        return next((word for word in (word.rstrip(".") for word in body.split()) if is_code(word)), None)
    for line in body.splitlines():
        for title in ("Temporary password: ", "Contraseña temporal: "):
            if what == "password" and line.startswith(title):
                return line.removeprefix(title)
    return None


def is_code(word: str) -> bool:
    """Whether it is the code of an invitation or of a recovery: digits, as
    many as any policy allows."""
    invitation = "-" in word and InvitationCode.parse(word).passes
    return invitation or (6 <= len(word) <= 12 and word.isascii() and word.isdigit())
