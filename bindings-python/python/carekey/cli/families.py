"""Invitations and ties: `applications`, `invite`, `reinvite`, `print-code`,
`cancel`, `unlink` (I), `ties` (R), `grants` (V).
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from carekey import Application, NotFound
from carekey.cli.creating import under_way
from carekey.cli.desk import Desk, at_desk
from carekey.cli.ends import end_rows, not_there
from carekey.cli.handing import new_file
from carekey.cli.show import mends
from carekey.words import ApplicationStanding, Method, OfficeAction

Numbers = Annotated[list[str] | None, typer.Argument(metavar="[NUMBER]...", help="Numbers of applications.")]
Everyone = Annotated[bool, typer.Option("--all", help="Every application with which that can be done next.")]
Parties = Annotated[list[str] | None, typer.Option("--party", metavar="WHO", help="A party: its id, external id, username, or whole name.")]
Families = Annotated[
    bool, typer.Option("--families", help="Every family without applications with which that can be done next.")
]
By = Annotated[Method | None, typer.Option("--method", help="Instead of how each family wants it.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (applications, invite, reinvite, print_code, cancel, unlink, ties, grants):
        app.command()(at_desk(command))


def applications(
    desk: Desk,
    *,
    search: Annotated[str | None, typer.Argument(help="A number or a family name.")] = None,
    standing: Annotated[
        ApplicationStanding | None, typer.Option("--standing", help="Only those of which it is so.")
    ] = None,
    lapsed: Annotated[bool, typer.Option("--lapsed", help="Only those whose invitation is over.")] = False,
    due: Annotated[
        int | None, typer.Option("--due", min=0, metavar="DAYS", help="Only those whose invitation lapses so soon.")
    ] = None,
) -> None:
    """Lists applications, with what can be done next."""
    if (standing is not None) + lapsed + (due is not None) > 1:
        raise typer.BadParameter("one of --standing, --lapsed and --due")
    if lapsed:
        standing = "lapsed"
    elif due is not None:
        standing = "invited"
    until = None if due is None else datetime.now(timezone.utc) + timedelta(days=due)
    found = list(desk.office.applications_by(search=search, standing=standing, lapses_before=until))
    if desk.show.as_json:
        return desk.show.document({"applications": found})
    titles = ("number", "family", "online account", "invited", "invitation", "until")
    rows = (
        (
            row.number,
            row.family_name,
            row.linked_to or desk.show.word("office_action", row.next_action),
            row.invited_contact,
            desk.show.word("standing", row.invitation),
            row.invited_until,
        )
        for row in found
    )
    desk.show.rows("Applications", titles, rows)


def invite(
    desk: Desk, *, numbers: Numbers = None, everyone: Everyone = False, families: Families = False, party: Parties = None, method: By = None
) -> None:
    """Sends first invitations, each good for 14 days or what the policy says."""
    _batch(desk, "invite", numbers or [], everyone, _families(desk, "invite", families) + (party or []), method, families)


def reinvite(
    desk: Desk, *, numbers: Numbers = None, everyone: Everyone = False, families: Families = False, party: Parties = None, method: By = None
) -> None:
    """Sends new invitations; the ones before are good no more."""
    _batch(desk, "reinvite", numbers or [], everyone, _families(desk, "reinvite", families) + (party or []), method, families)


def print_code(
    desk: Desk,
    *,
    numbers: Numbers = None,
    party: Parties = None,
    method: Annotated[Method | None, typer.Option("--method", help="Which contact goes with the code.")] = None,
    out: Annotated[
        Path, typer.Option(help="A new CSV file for the codes, to print from; only its owner reads it.")
    ] = Path("codes.csv"),
) -> None:
    """Makes invitations that are printed and handed over; nothing is sent.
    The ones before are good no more.
    """
    items: list[tuple[str, UUID | None, UUID | None]] = [
        (row.number, None, row.id) for row in (_application(desk, number) for number in numbers or [])
    ]
    items += [(desk.agency.party(id).display_name, id, None) for id in map(desk.party, party or [])]
    if not items:
        raise typer.BadParameter("say for whom: numbers of applications, or --party")
    titles = ("For", "Application", "Code", "Together with", "Link", "Good until")
    with new_file(desk, out, "--out", titles) as codes:
        for name, of_party, of_application in items:
            code = desk.office.print_code(party=of_party, application=of_application, method=method)
            codes.add(
                name, code.application, code.code, code.contact, code.link, code.expires_at.isoformat()
            )
    if desk.show.as_json:
        desk.show.document({"codes": codes.count, "file": str(out)})
    else:
        desk.show.say("{count} codes to hand over in person: {file}", count=codes.count, file=out)


def cancel(desk: Desk, *, numbers: Numbers = None, party: Parties = None) -> None:
    """Cancels invitations that are out: their links and codes are dead at once.
    They can be sent again.
    """
    ids = [desk.party(one) for one in party or []]
    if not (numbers or ids):
        raise typer.BadParameter("say what to cancel: numbers of applications, or --party")
    for application in [_application(desk, number) for number in numbers or []]:
        desk.office.cancel_invitation(application=application.id)
    for id in ids:
        desk.office.cancel_invitation(party=id)


def unlink(desk: Desk, *, numbers: Numbers = None, party: Parties = None) -> None:
    """Takes applications away from the accounts they are linked to."""
    _batch(desk, "unlink", numbers or [], False, party or [], None)


def ties(
    desk: Desk,
    *,
    party: Annotated[str, typer.Argument(metavar="WHO", help="A party: its id, external id, username, or whole name.")],
    now: Annotated[bool, typer.Option("--now", help="Only those in force.")] = False,
) -> None:
    """The ties of a party: what it is to others, and what others are to it."""
    found = desk.office.ties(desk.party(party), at=datetime.now(timezone.utc) if now else None)
    if desk.show.as_json:
        return desk.show.document({"ties": found})
    titles = ("who", "kind", "of", "begins", "ends", "reference", "tie")
    shown = (
        (tie.who_name, desk.show.word("tie_kind", tie.kind), tie.of_name, tie.begins_at, tie.ends_at, tie.reference, tie.tie)
        for tie in found
    )
    desk.show.rows("Ties", titles, shown)


def grants(
    desk: Desk,
    *,
    party: Annotated[str, typer.Argument(metavar="WHO", help="A party: its id, external id, username, or whole name.")],
    now: Annotated[bool, typer.Option("--now", help="Only those in force.")] = False,
) -> None:
    """The grants of a party: what it was granted, and what of it others were."""
    found = desk.office.grants(desk.party(party), at=datetime.now(timezone.utc) if now else None)
    if desk.show.as_json:
        return desk.show.document({"grants": found})
    titles = ("to", "resource", "of", "begins", "ends", "reason", "grant")
    shown = (
        (row.to_name, desk.show.word("resource", row.resource), row.of_name or row.of or desk.show.said("all"),
         row.begins_at, row.ends_at, row.reason, row.grant)
        for row in found
    )
    desk.show.rows("Grants", titles, shown)


def _batch(
    desk: Desk, action: OfficeAction, numbers: list[str], everyone: bool, parties: list[str],
    method: Method | None, families: bool = False,
) -> None:  # fmt: skip
    looked_at = datetime.now(timezone.utc)
    if everyone:
        chosen = [row for row in desk.office.applications() if row.next_action == action]
    else:
        chosen = [_application(desk, number) for number in numbers]
    if not (everyone or families or numbers or parties):
        raise typer.BadParameter(f"say what to {action}: numbers of applications, --all, --families, or --party")
    ids = [desk.party(one) for one in parties]
    numbered = [row.id for row in chosen]
    with under_way(desk, len(ids) + len(numbered), action) as go_on:
        done = desk.office.batch(
            action, parties=ids, applications=numbered, method=method, as_of=looked_at, progress=go_on
        )
    names: dict[UUID | None, str] = {row.id: f"{row.number} {row.family_name}" for row in chosen}
    names.update((party, desk.agency.party(party).display_name) for party in ids)
    if desk.show.as_json:
        desk.show.document({"rows": done})
    else:
        shown = ((names.get(row.application or row.party), row.done, row.findings, mends(row.findings)) for row in done)
        desk.show.rows(desk.show.word("office_action", action) or action, ("item", "done", "findings", "mend"), shown)
    end_rows(done)


def _families(desk: Desk, action: OfficeAction, wanted: bool) -> list[str]:
    """The families that are invited themselves, and not to an application."""
    if not wanted:
        return []
    files = (desk.office.party_file(party.id) for party in desk.office.parties(role="family", without_account=True))
    return [
        str(file.party.id) for file in files
        if not file.applications and (file.invitation is not None) == (action == "reinvite")
    ]  # fmt: skip


def _application(desk: Desk, number: str) -> Application:
    try:
        return desk.office.application(number)
    except NotFound:
        raise not_there("application.not_found", "there is no application {number}", number=number) from None
