"""Agencies: `agency create`, `agency list`, their end, and `tidy`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from carekey import AgencySettings, Policy
from carekey.cli.desk import Desk, at_desk, language_of
from carekey.cli.files import read_text


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    agency = typer.Typer(help="Agencies of the store.", no_args_is_help=True)
    agency.command("create")(at_desk(create, makes_store=True))
    agency.command("list")(at_desk(every))
    agency.command("suspend")(at_desk(suspend))
    agency.command("resume")(at_desk(resume))
    agency.command("export")(at_desk(export))
    agency.command("delete")(at_desk(delete))
    app.add_typer(agency, name="agency")
    app.command()(at_desk(tidy))


def create(
    desk: Desk,
    *,
    code: Annotated[str, typer.Argument(help="By which the store knows it, for ever.")],
    name: Annotated[str, typer.Argument(help="As people know it.")],
    link_base: Annotated[str, typer.Argument(metavar="LINK_BASE", help="What links in messages begin with.")],
    prefix: Annotated[str | None, typer.Option(help="What staff names begin with.")] = None,
    country: Annotated[str | None, typer.Option(help="Two capital letters.")] = None,
    language: Annotated[str | None, typer.Option(help="Of messages: `en`, `es`, or one that is loaded.")] = None,
    owner_email: Annotated[
        list[str] | None, typer.Option(help="Where messages to its owner go; once for each owner.")
    ] = None,
    time_zone: Annotated[str | None, typer.Option(help="In which messages tell moments: `America/Toronto`.")] = None,
    policy: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="A policy in JSON.")] = None,
) -> None:
    """Makes an agency, and the store where there is none. Only support does:
    `--as support:NAME`.
    """
    settings = AgencySettings(
        code,
        name,
        link_base,
        prefix=prefix,
        country=country,
        locale=None if language is None else language_of(language),
        owner_emails=owner_email,
        time_zone=time_zone,
        policy=None if policy is None else Policy.read(read_text(policy)),
    )
    made = desk.directory.create_agency(settings, actor=desk.actor)
    if desk.show.as_json:
        return desk.show.document({"code": made.code, "id": made.id})
    desk.show.say("{name} is agency {code}", name=name, code=made.code)


def every(desk: Desk) -> None:
    """Lists the agencies, with the suspended ones and the notes of those that were
    deleted.
    """
    agencies = desk.directory.agency_rows()
    settings = [agency.settings for agency in desk.directory.agencies()]
    links = {one.code: one.link_base for one in settings}
    if desk.show.as_json:
        listed = [
            {
                "code": one.code,
                "name": one.name,
                "link_base": links.get(one.code),
                "state": one.state,
                "since": one.since.isoformat(),
                "by": one.by,
                "reason": one.reason,
                "export": one.export,
            }
            for one in agencies
        ]
        return desk.show.document({"agencies": listed})
    desk.show.rows(
        "Agencies",
        ("code", "name", "links", "state", "since", "by"),
        (
            (one.code, one.name, links.get(one.code), desk.show.word("agency_state", one.state), one.since, one.by)
            for one in agencies
        ),
    )


_Code = Annotated[str, typer.Argument(help="By which the store knows it.")]


def suspend(
    desk: Desk,
    *,
    code: _Code,
    reason: Annotated[str, typer.Option(help="Why; its history says so.")] = "",
) -> None:
    """Suspends an agency: nobody gets in and nothing is done in it until it is
    resumed. Only support does any of this: `--as support:NAME`.
    """
    desk.directory.suspend_agency(code, reason=reason, actor=desk.actor)
    if desk.show.as_json:
        return desk.show.document({"suspended": code})
    desk.show.say("agency {code} is suspended", code=code)


def resume(desk: Desk, *, code: _Code) -> None:
    """Takes a suspended agency up again."""
    desk.directory.resume_agency(code, actor=desk.actor)
    if desk.show.as_json:
        return desk.show.document({"resumed": code})
    desk.show.say("agency {code} is resumed", code=code)


def export(
    desk: Desk,
    *,
    code: _Code,
    file: Annotated[Path, typer.Argument(dir_okay=False, help="To be made: JSON lines.")],
) -> None:
    """Writes out everything that an agency has, readable and without a secret."""
    made = desk.directory.export_agency(code, file, actor=desk.actor)
    if desk.show.as_json:
        return desk.show.document({"file": str(file), "agency": made.agency, "rows": made.rows, "sha256": made.sha256})
    desk.show.say(
        "{count} rows of agency {code} in {file}, SHA-256 {digest}",
        count=made.rows, code=code, file=file, digest=made.sha256,
    )  # fmt: skip


def delete(
    desk: Desk,
    *,
    code: _Code,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An export of it as it is now.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Deletes a suspended agency for good. Asks first; wants the export as the file
    that was made last.
    """
    if not yes:
        asked = desk.show.said("Delete agency {code} and everything in it for good?", code=code)
        typer.confirm(asked, abort=True, err=True)
    desk.directory.delete_agency(code, file, actor=desk.actor)
    if desk.show.as_json:
        return desk.show.document({"deleted": code})
    desk.show.say("agency {code} is deleted", code=code)


def tidy(
    desk: Desk, *, days: Annotated[int, typer.Option(min=0, help="Messages that were closed so many days ago.")] = 30
) -> None:
    """Removes what nobody needs any more: lapsed tokens, old messages."""
    removed = desk.agency.tidy(days)
    if desk.show.as_json:
        return desk.show.document({"removed": removed})
    desk.show.say("{count} records removed", count=removed)
