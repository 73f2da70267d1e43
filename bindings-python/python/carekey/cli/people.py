"""People and organizations (A6): `find`, `show`, `edit`, `merge`, `split`."""

from __future__ import annotations

from datetime import datetime, timezone
from itertools import islice
from typing import TYPE_CHECKING, Annotated, TypedDict

import typer

from carekey.cli.desk import Desk, at_desk, language_of
from carekey.words import Locale, Method, PartyKind, Role

if TYPE_CHECKING:
    from carekey import PartyFile

PartyId = Annotated[str, typer.Argument(metavar="WHO", help="A party: its id, external id, username, or whole name.")]
CLEARABLE = ("nickname", "email", "phone", "preferred", "locale", "external-id")
_CALLED = {"email": "e-mail", "external_id": "external id"}
"""What is called otherwise than its field."""


class _Edits(TypedDict, total=False):
    """What is to be changed: what is not in it stays."""

    name: str | None
    nickname: str | None
    email: str | None
    phone: str | None
    preferred: Method | None
    locale: Locale | None
    external_id: str | None


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(at_desk(find))
    app.command()(at_desk(show))
    app.command()(at_desk(edit))
    app.command()(at_desk(merge))
    app.command()(at_desk(split))


def find(
    desk: Desk,
    *,
    text: Annotated[str | None, typer.Argument(help="Words of names, e-mail, phone, or an identifier.")] = None,
    role: Annotated[Role | None, typer.Option(help="Only those with this role now.")] = None,
    kind: Annotated[PartyKind | None, typer.Option(help="Only people, or only organizations.")] = None,
    without_account: Annotated[bool, typer.Option("--without-account", help="Only those without one.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 100,
) -> None:
    """Parties by name: those that a text finds, or all."""
    pages = desk.office.parties(text, role=role, kind=kind, without_account=without_account, page=limit)
    found = list(islice(pages, limit))
    if desk.show.as_json:
        return desk.show.document({"parties": found})
    titles = ("name", "nickname", "roles", "e-mail", "phone", "external id", "account", "id")
    shown = (
        (party.display_name, party.nickname, desk.show.words("role", party.roles), party.email, party.phone, party.external_id,
         party.account is not None, party.id)
        for party in found
    )  # fmt: skip
    desk.show.rows("Parties", titles, shown)


def show(
    desk: Desk,
    *,
    party: PartyId,
    now: Annotated[bool, typer.Option("--now", help="Only links, ties and grants in force.")] = False,
) -> None:
    """All that the office knows of a party."""
    file = desk.office.party_file(desk.party(party), at=datetime.now(timezone.utc) if now else None)
    if desk.show.as_json:
        return desk.show.document(file)
    known = file.party
    facts = (
        ("name", known.display_name), ("nickname", known.nickname), ("kind", desk.show.word("party_kind", known.kind)),
        ("roles", desk.show.words("role", known.roles)), ("by ties", desk.show.words("role", known.conveyed)),
        ("e-mail", known.email), ("phone", known.phone), ("preferred", desk.show.word("method", known.preferred)),
        ("language", desk.show.word("locale", known.locale)),
        ("external id", known.external_id), ("known since", known.created_at),
    )  # fmt: skip
    desk.show.rows("{name}", ("what", "value"), ((desk.show.said(what), value) for what, value in facts), name=known.display_name)
    _show_rest(desk, file)


def _show_rest(desk: Desk, file: PartyFile) -> None:
    links = ((row.username, row.number, row.since, row.ends_at, row.act, row.by) for row in file.links)
    desk.show.rows("Accounts", ("username", "application", "since", "until", "act", "by"), links)
    ties = ((tie.who_name, desk.show.word("tie_kind", tie.kind), tie.of_name, tie.begins_at, tie.ends_at, tie.tie) for tie in file.ties)
    desk.show.rows("Ties", ("who", "kind", "of", "begins", "ends", "tie"), ties)
    grants = ((desk.show.word("resource", row.resource), row.of_name or row.of, row.begins_at, row.ends_at, row.grant) for row in file.grants)
    desk.show.rows("Grants", ("resource", "of", "begins", "ends", "grant"), grants)
    if (sent := file.invitation) is not None:
        standing, until = desk.show.word("standing", sent.standing), f"{sent.expires_at:%Y-%m-%d %H:%M}"
        desk.show.say("invitation to {contact}: {standing}, until {until}", contact=sent.contact, standing=standing, until=until)
    for application in file.applications:
        desk.show.say("application {number}", number=application.number)


def edit(
    desk: Desk,
    *,
    party: PartyId,
    name: Annotated[str | None, typer.Option(help="As it is written: `Sue Wright`, or `Wright, Sue`.")] = None,
    nickname: Annotated[str | None, typer.Option(help="What they are called.")] = None,
    email: Annotated[str | None, typer.Option(help="E-mail.")] = None,
    phone: Annotated[str | None, typer.Option(help="Phone, with or without its country.")] = None,
    preferred: Annotated[Method | None, typer.Option(help="How they want to be written to.")] = None,
    language: Annotated[str | None, typer.Option(help="Their language.")] = None,
    external_id: Annotated[str | None, typer.Option("--external-id", help="How the host knows them.")] = None,
    clear: Annotated[list[str] | None, typer.Option(help=f"What is to be none: {', '.join(CLEARABLE)}.")] = None,
) -> None:
    """Edits a party. A contact that is corrected is followed up: what was sent to
    the old one is dead, and is sent again, or the new one is to be confirmed.
    """
    edits = _Edits()
    if name is not None:
        edits["name"] = name
    if nickname is not None:
        edits["nickname"] = nickname
    if email is not None:
        edits["email"] = email
    if phone is not None:
        edits["phone"] = phone
    if preferred is not None:
        edits["preferred"] = preferred
    if language is not None:
        edits["locale"] = language_of(language)
    if external_id is not None:
        edits["external_id"] = external_id
    for cleared in clear or []:
        _clear(edits, cleared)
    if not edits:
        raise typer.BadParameter("say what to change, or --clear")
    edited = desk.office.edit_party(desk.party(party), **edits)
    if desk.show.as_json:
        return desk.show.document(edited)
    changes = ((desk.show.said(_CALLED.get(change.field, change.field)), change.before, change.after) for change in edited.changes)
    desk.show.rows("Changed", ("what", "before", "after"), changes)
    if edited.sent_again:
        desk.show.say("sent again")
    if edited.findings:
        desk.show.line(desk.show.findings(edited.findings))


def merge(
    desk: Desk,
    *,
    keep: Annotated[str, typer.Argument(metavar="WHO", help="The party that stays.")],
    gone: Annotated[str, typer.Argument(metavar="WHO", help="The one that is the same, and goes.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would do.")] = False,
) -> None:
    """Merges two parties that are one person or organization. `split` undoes it."""
    office, ids = desk.office, (desk.party(keep), desk.party(gone))
    merged = office.preview_merge(*ids) if dry_run else office.merge_parties(*ids)
    if desk.show.as_json:
        return desk.show.document(merged)
    told = {**merged.to_dict(), "roles": desk.show.words("role", merged.roles)}
    desk.show.rows("Merged", ("what", "moved"), ((desk.show.said(what), moved) for what, moved in told.items() if moved))


def split(desk: Desk, *, party: Annotated[str, typer.Argument(metavar="WHO", help="The party that had gone.")]) -> None:
    """Splits a party again from the one it was merged into."""
    done = desk.office.split_party(desk.party(party))
    if desk.show.as_json:
        return desk.show.document(done)
    desk.show.say(
        "split from {id}: {moved} moved back, {changed} changed since",
        id=done.of, moved=len(done.moved), changed=len(done.changed),
    )  # fmt: skip


def _clear(edits: _Edits, cleared: str) -> None:
    match cleared:
        case "nickname":
            edits["nickname"] = None
        case "email":
            edits["email"] = None
        case "phone":
            edits["phone"] = None
        case "preferred":
            edits["preferred"] = None
        case "locale":
            edits["locale"] = None
        case "external-id":
            edits["external_id"] = None
        case _:
            raise typer.BadParameter(f"--clear takes one of {', '.join(CLEARABLE)}")
