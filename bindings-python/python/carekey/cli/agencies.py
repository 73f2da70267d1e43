"""Agencies: `agency create`, `agency list`, and `tidy`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from carekey import AgencySettings, Policy
from carekey.cli.desk import Desk, at_desk, language_of


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    agency = typer.Typer(help="Agencies of the store.", no_args_is_help=True)
    agency.command("create")(at_desk(create))
    agency.command("list")(at_desk(every))
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
        policy=None if policy is None else Policy.read(policy.read_text("utf-8")),
    )
    made = desk.directory.create_agency(settings, actor=desk.actor)
    if desk.show.as_json:
        return desk.show.document({"code": made.code, "id": made.id})
    desk.show.line(f"{name} is agency {made.code}")


def every(desk: Desk) -> None:
    """Lists the agencies."""
    agencies = [agency.settings for agency in desk.directory.agencies()]
    if desk.show.as_json:
        listed = [{"code": one.code, "name": one.name, "link_base": one.link_base} for one in agencies]
        return desk.show.document({"agencies": listed})
    desk.show.rows("Agencies", ("code", "name", "links"), ((one.code, one.name, one.link_base) for one in agencies))


def tidy(
    desk: Desk, *, days: Annotated[int, typer.Option(min=0, help="Messages that were closed so many days ago.")] = 30
) -> None:
    """Removes what nobody needs any more: lapsed tokens, old messages."""
    removed = desk.agency.tidy(days)
    if desk.show.as_json:
        return desk.show.document({"removed": removed})
    desk.show.line(f"{removed} records removed")
