"""What every command works at: the options that all have, and what they open."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timezone
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from carekey import Actor, Agency, Directory, Finding, HashingLimits, InvalidInput, NotAllowed, NotFound, Office, Party, User
from carekey.cli.ends import STORE, USAGE, Wrong, not_there
from carekey.cli.files import read_text
from carekey.cli.show import Show, telling
from carekey.keys import read_key
from carekey.message import load_language
from carekey.words import Locale

_PANEL = "Options of every command"
_SOURCE = "carekey command"
_MAYBE = 20
"""Of how many it is said that they may be meant."""


class Desk:
    """An open directory, the agency and the actor that were named, and how to
    show what comes of it.
    """

    def __init__(self, directory: Directory, agency: str | None, actor: Actor, show: Show) -> None:
        self.directory = directory
        self.actor = actor
        self.show = show
        self._agency = agency

    @cached_property
    def agency(self) -> Agency:
        """The agency: the one that was named, or the only one there is."""
        if self._agency is not None:
            return self.directory.agency(self._agency)
        agencies = self.directory.agencies()
        if len(agencies) != 1:
            raise typer.BadParameter("name the agency with --agency")
        return agencies[0]

    @cached_property
    def office(self) -> Office:
        """The office, with the actor."""
        return self.entered()

    def entered(self, *, later: bool = False) -> Office:
        """The office, where those whom it enrols are sent to later, or at once."""
        return self.agency.acting_as(self.actor, source=_SOURCE, send="later" if later else "now")


    def party(self, text: str) -> UUID:
        """A party that was named: by its id, its external id, its e-mail, phone or
        username, or its whole name. Nobody is guessed: what fits several, or only a
        part of a name, is refused with who it may be.
        """
        id = _id(text)
        if id is not None and self._party(id) is not None:
            return id
        found = self._found(text, id)
        for user in found.users:
            if user.party is not None and user.party not in found.parties:
                found.parties[user.party] = self.agency.party(user.party)
        if len(found.parties) == 1:
            return next(iter(found.parties))
        if id is not None and not found.parties:  # one that is gone: the act says what became of it
            return id
        raise found.nobody(text)

    def account(self, text: str) -> UUID:
        """An account that was named: by its username or its id, or as :meth:`party`
        whoever has it.
        """
        id = _id(text)
        party = None if id is None else self._party(id)
        found = self._found(text, id) if party is None else _Found(parties={party.id: party})
        accounts = {user.account: user.display_name for user in found.users}
        for one in found.parties.values():
            accounts.update(dict.fromkeys(one.accounts, one.display_name))
        if len(accounts) == 1:
            return next(iter(accounts))
        if accounts:
            raise _several(text, accounts)
        if len(found.parties) == 1:
            [one] = found.parties.values()
            raise not_there("account.not_found", "{name} has no account", name=one.display_name)
        if id is not None and not found.parties:  # an account's own id, that of a deleted one too
            return id
        raise found.nobody(text)

    def _party(self, id: UUID) -> Party | None:
        try:
            return self.agency.party(id)
        except NotFound:
            return None

    def _found(self, text: str, id: UUID | None) -> _Found:
        """Whom a text names. Lists that the actor may not see are passed over where
        there is something without them: delegated work acts on whom it is given.
        """
        found, wanted = _Found(), text.casefold()
        refused: NotAllowed | None = None
        try:
            if id is None:  # no username looks like one
                users = self.office.each_user(filter=text, show_disabled=True)
                found.users += (user for user in users if user.username.casefold() == wanted)
        except NotAllowed as error:
            refused = error
        try:
            for party in self.office.parties(text):
                names = (party.external_id, party.email, party.phone, party.display_name)
                fits = wanted in {(name or "").casefold() for name in names}
                (found.parties if fits else found.maybe)[party.id] = party
        except NotAllowed as error:
            refused = error
        if refused is not None and id is None and not (found.users or found.parties):
            raise refused
        return found


@dataclass
class _Found:
    """Whom a text names: users by their usernames, and parties; and of whom it is
    only a part.
    """

    users: list[User] = field(default_factory=list[User])
    parties: dict[UUID, Party] = field(default_factory=dict[UUID, Party])
    maybe: dict[UUID, Party] = field(default_factory=dict[UUID, Party])

    def nobody(self, text: str) -> Wrong:
        """Why it is nobody."""
        maybe = {id: party.display_name for id, party in (self.parties or self.maybe).items()}
        return _several(text, maybe) if maybe else not_there("party.not_found", "nobody is known as {text}", text=text)


def _several(text: str, maybe: dict[UUID, str]) -> Wrong:
    told = "; ".join(f"{name} {id}" for id, name in islice(maybe.items(), _MAYBE))
    return Wrong(USAGE, "party.ambiguous", "invalid", "{text} may be {maybe}", text=text, maybe=told)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def id_of(text: str, what: str = "id") -> UUID:
    """An identifier that was typed."""
    if (id := _id(text)) is None:
        raise typer.BadParameter(f"{text} is no {what}")
    return id


def words_of(typed: list[str], known: tuple[Any, ...], what: str) -> list[Any]:
    """Words that were typed, each one of those that there are."""
    for word in typed:
        if word not in known:
            raise typer.BadParameter(f"{word} is no {what}: {', '.join(known)}")
    return list(typed)


def in_utc(typed: datetime | None) -> datetime | None:
    """A day or a moment that was typed: it is meant in UTC."""
    return None if typed is None else typed.replace(tzinfo=timezone.utc)


def language_of(tag: str) -> Locale:
    """A language that has texts: one that ships, or that was loaded."""
    try:
        Finding("name.missing", "name").message(tag)
    except InvalidInput as error:
        raise typer.BadParameter(f"a language is one of {error.params['choices']}, or has a --language-file") from None
    return tag


def _actor(text: str) -> Actor:
    kind, _, name = text.partition(":")
    makers: dict[str, Callable[[str], Actor]] = {
        "support": Actor.support,
        "system": Actor.system,
        "account": Actor.account,
    }
    if kind not in makers or not name:
        raise typer.BadParameter("an actor is support:NAME, system:NAME or account:ID")
    return makers[kind](name)


def _key(file: Path | None) -> bytes:
    # Not an option: what stands on a command line can be read by everyone.
    text = os.environ.get("CAREKEY_KEY") if file is None else read_text(file)
    if text is None:
        raise typer.BadParameter("give the key by --key-file, CAREKEY_KEY_FILE or CAREKEY_KEY")
    return read_key(text)


def _limits(text: str | None) -> HashingLimits | None:
    if text is None:
        return None
    numbers = text.split(",")
    if len(numbers) != 3 or not all(number.isdecimal() for number in numbers):
        raise typer.BadParameter("the limits of hashing are KIB,PASSES,LANES")
    memory_kib, passes, lanes = map(int, numbers)
    return HashingLimits(memory_kib=memory_kib, passes=passes, lanes=lanes)


@contextmanager
def _open(
    makes_store: bool,
    store: Annotated[
        str, typer.Option(envvar="CAREKEY_STORE", help="`sqlite:FILE` or `postgres://…`", rich_help_panel=_PANEL, metavar="ADDRESS")
    ],
    key_file: Annotated[
        Path | None,
        typer.Option(
            envvar="CAREKEY_KEY_FILE",
            exists=True,
            dir_okay=False,
            help="Holds the key, in hex or base64. Or set CAREKEY_KEY.",
            rich_help_panel=_PANEL,
        ),
    ] = None,
    agency: Annotated[
        str | None,
        typer.Option(
            envvar="CAREKEY_AGENCY", metavar="CODE", help="Needed where there are several.", rich_help_panel=_PANEL
        ),
    ] = None,
    actor: Annotated[
        str,
        typer.Option(
            "--as",
            envvar="CAREKEY_AS",
            metavar="ACTOR",
            help="`support:NAME`, `system:NAME` or `account:ID`, as the histories show it.",
            rich_help_panel=_PANEL,
        ),
    ] = "system:carekey command",
    hashing_limits: Annotated[
        str | None,
        typer.Option(
            envvar="CAREKEY_HASHING_LIMITS",
            metavar="KIB,PASSES,LANES",
            help="What a password hash may cost at most.",
            rich_help_panel=_PANEL,
        ),
    ] = None,
    locale: Annotated[
        str, typer.Option(metavar="LANGUAGE", help="Of what tables say: `en`, `es`, or one that is loaded.", rich_help_panel=_PANEL)
    ] = "en",
    language_file: Annotated[
        list[Path],
        typer.Option(
            envvar="CAREKEY_LANGUAGE_FILES",
            exists=True,
            dir_okay=False,
            help="The texts of a further language, to be loaded; any number of these.",
            rich_help_panel=_PANEL,
        ),
    ] = [],
    json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.", rich_help_panel=_PANEL)] = False,
    csv: Annotated[
        bool, typer.Option("--csv", help="Lists as CSV on stdout, for a spreadsheet.", rich_help_panel=_PANEL)
    ] = False,
) -> Generator[Desk, None, None]:
    if json and csv:
        raise typer.BadParameter("one of --json and --csv")
    with telling(Show("en", json)):
        for file in language_file:
            load_language(read_text(file).encode())
    show = Show(locale=language_of(locale), as_json=json, as_csv=csv)
    with telling(show):
        _check_store(store, may_be_new=makes_store)
        with Directory.open(store, key=_key(key_file), hashing_limits=_limits(hashing_limits)) as directory:
            yield Desk(directory, agency, _actor(actor), show)


def _check_store(address: str, *, may_be_new: bool) -> None:
    """A path that was mistyped is no new store, except for what makes one."""
    kind, _, file = address.partition(":")
    if kind == "sqlite" and file and not may_be_new and not Path(file).exists():
        text = "there is no store {file}; `carekey agency create` makes one"
        raise Wrong(STORE, "store.unavailable", "store", text, file=file)


def at_desk(work: Callable[..., None], *, makes_store: bool = False) -> Callable[..., None]:
    """Makes a command of a function whose first argument is the desk: it gets
    the options of every command besides its own.
    """
    own = list(inspect.signature(work, eval_str=True).parameters.values())[1:]
    opened: Callable[..., AbstractContextManager[Desk]] = _open
    common = list(inspect.signature(opened, eval_str=True).parameters.values())[1:]

    def command(**given: Any) -> None:
        with opened(makes_store, **{option.name: given.pop(option.name) for option in common}) as desk:
            work(desk, **given)

    every = [option.replace(kind=inspect.Parameter.KEYWORD_ONLY) for option in (*own, *common)]
    setattr(command, "__signature__", inspect.Signature(every))
    command.__name__, command.__doc__ = work.__name__, work.__doc__
    return command
