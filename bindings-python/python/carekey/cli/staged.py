"""Sending staged: `staged` and `send-staged` (I10)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from carekey.cli.creating import HandOverFile, new_file, say_handed_over, under_way
from carekey.cli.desk import Desk, at_desk
from carekey.cli.ends import end_rows

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
    hand_over: HandOverFile = Path("hand-over.csv"),
) -> None:
    """Sends those who wait their first message, now. Run again, it sends
    nothing twice.
    """
    if not (account or party or everyone):
        raise typer.BadParameter("say to whom: --account, --party or --all")
    accounts, parties = [desk.account(one) for one in account or []], [desk.party(one) for one in party or []]
    if everyone:
        waiting = list(desk.office.staged())
        accounts = [row.account for row in waiting if row.account is not None]
        parties = [row.party for row in waiting if row.account is None and row.party is not None]
    titles = ("Account", "Username", "Temporary password")
    with new_file(hand_over, "--hand-over", titles) as passwords, under_way(len(accounts) + len(parties), "sending") as go_on:
        done = desk.office.send_staged(accounts=accounts, parties=parties, progress=go_on)
        for row in done:
            if row.hand_over is not None:
                passwords.add(row.account, row.username, row.hand_over.reveal())
    if desk.show.as_json:
        desk.show.document({"rows": done})
    else:
        shown = ((row.account, row.party, row.done, row.findings) for row in done)
        desk.show.rows("Sent", ("account", "party", "done", "findings"), shown)
    say_handed_over(desk, passwords)
    end_rows(done)
