"""Sending staged: `staged` and `send-staged` (I10)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import typer

from carekey import SentRow
from carekey.cli.creating import Told, end_many, many_in_parts, under_way
from carekey.cli.desk import Desk, at_desk
from carekey.cli.handing import HandOverFile, new_file, say_handed_over
from carekey.cli.show import error_told, mends

Parties = Annotated[list[str] | None, typer.Option("--party", metavar="WHO", help="A party: its id, external id, username, or whole name.")]
Accounts = Annotated[list[str] | None, typer.Option("--account", metavar="USERNAME", help="An account: its username or its id.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(at_desk(staged))
    app.command()(at_desk(send_staged))


def staged(desk: Desk) -> None:
    """Lists who waits to be sent their first message, the longest first: what
    `create --later` made, and families that were never invited.
    """
    found = list(desk.office.staged())
    if desk.show.as_json:
        return desk.show.document({"staged": found})
    shown = ((row.display_name, row.since, row.account, row.party) for row in found)
    desk.show.rows("Waiting to be sent", ("name", "since", "account", "party"), shown)


def send_staged(
    desk: Desk,
    *,
    account: Accounts = None,
    party: Parties = None,
    everyone: Annotated[bool, typer.Option("--all", help="Everyone who waits.")] = False,
    hand_over: HandOverFile = None,
) -> None:
    """Sends those who wait their first message, now. Run again, it sends
    nothing twice.
    """
    if not (account or party or everyone):
        raise typer.BadParameter("say to whom: --account, --party or --all")
    accounts, parties = [desk.account(one) for one in account or []], [desk.party(one) for one in party or []]
    if everyone:
        found = list(desk.office.staged())
        accounts = [row.account for row in found if row.account is not None]
        parties = [row.party for row in found if row.account is None and row.party is not None]

    def send(part: Sequence[tuple[UUID, bool]], told: Told) -> Sequence[SentRow]:
        of_accounts, of_parties = ([id for id, is_account in part if is_account is wanted] for wanted in (True, False))
        return desk.office.send_staged(accounts=of_accounts, parties=of_parties, progress=told)

    waiting = [*((id, True) for id in accounts), *((id, False) for id in parties)]
    with new_file(desk, hand_over) as passwords, under_way(desk, len(waiting), "sending") as told:
        done, stopped = many_in_parts(waiting, send, told, passwords)
    if desk.show.as_json:
        desk.show.document({"rows": done} if stopped is None else {"rows": done, "stopped": error_told(stopped)})
    else:
        shown = ((row.account, row.party, row.username, row.done, row.findings, mends(row.findings)) for row in done)
        desk.show.rows("Sent", ("account", "party", "username", "done", "findings", "mend"), shown)
        if stopped is not None:
            desk.show.line(stopped.message(desk.show.locale))
    say_handed_over(desk, passwords)
    end_many(done, stopped)
