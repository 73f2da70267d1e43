"""Rosters: `preview` and `create` (B)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from carekey import CreateReport, DoneRow, Preview, Roster, RowResult, Secret
from carekey.cli.creating import (
    Came, Told, end_many, end_roster, may_lack_contact, roster_in_parts, typed_password, under_way,
)  # fmt: skip
from carekey.cli.desk import Desk, at_desk
from carekey.cli.ends import fail_if
from carekey.cli.files import write_private
from carekey.cli.handing import LINES, HandOverFile, new_file, say_handed_over
from carekey.cli.show import error_told, mends

if TYPE_CHECKING:
    from carekey.words import DateOrder, Role, RosterColumn

RosterFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, metavar="ROSTER", help="A CSV file or a workbook.")]
Accept = Annotated[bool, typer.Option("--accept", help="Take the first suggestion for every row that waits.")]
Name = Annotated[
    list[str] | None, typer.Option("--name", metavar="LINE=USERNAME", help="Take this username for that line.")
]
Who = Annotated[
    list[str] | None,
    typer.Option("--who", metavar="LINE=PARTY", help="Who that line is about: the id of a party, or `another`."),
]
Share = Annotated[
    list[int] | None,
    typer.Option(
        "--share", metavar="LINE", help="Let the person of that line share the login that has their address."
    ),
]
FailedFile = Annotated[
    Path | None, typer.Option("--failed", help="Write the rows that do not pass to this CSV file, to correct them.")
]
Sheet = Annotated[str | None, typer.Option("--sheet", help="The sheet of a workbook.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="TITLE=MEANING", help="What a title of the file means; nothing: it is passed over."),
]
Statuses = Annotated[
    list[str] | None,
    typer.Option("--status", metavar="WORD=MEANING", help="What a status of the file means: `here` or `left`."),
]
Dates = Annotated[
    str | None, typer.Option("--dates", help="Which number of 01/02/2026 is the day: `day_first` or `month_first`.")
]
Everyone = Annotated[str | None, typer.Option("--role", help="The role of everyone, where no column says it.")]
Encoding = Annotated[str | None, typer.Option("--encoding", help="The encoding of a text, such as macintosh.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(at_desk(preview))
    app.command()(at_desk(create))
    app.command()(at_desk(leavers))


def preview(
    desk: Desk,
    *,
    roster: RosterFile,
    sheet: Sheet = None,
    column: Columns = None,
    status: Statuses = None,
    role: Everyone = None,
    encoding: Encoding = None,
    dates: Dates = None,
    accept: Accept = False,
    name: Name = None,
    who: Who = None,
    share: Share = None,
    failed: FailedFile = None,
) -> None:
    """Says of every row of a roster what would come of it. Writes nothing."""
    read = _read(roster, sheet, column, status, role, encoding, dates)
    held = _held(desk, read, accept=accept, names=name or [], who=who or [], share=share or [], failed=failed)
    summary = held.summary
    if desk.show.as_json:
        desk.show.document({"summary": summary, "findings": held.findings, "rows": held.rows, "gone": held.gone})
    else:
        rows_shown = (
            (row.line, row.name, desk.show.word("role", row.role), desk.show.said(row.state),
             row.username or row.suggestions, row.maybe, row.findings, mends(row.findings))
            for row in held.rows
        )  # fmt: skip
        desk.show.file(held.findings)
        columns = ("line", "name", "role", "verdict", "username", "may be", "findings", "mend")
        desk.show.rows("Preview", columns, rows_shown)
        desk.show.counts(summary.to_dict())
    fail_if(summary.failed + summary.waiting)


def create(
    desk: Desk,
    *,
    roster: RosterFile,
    sheet: Sheet = None,
    column: Columns = None,
    status: Statuses = None,
    role: Everyone = None,
    encoding: Encoding = None,
    dates: Dates = None,
    accept: Accept = False,
    name: Name = None,
    who: Who = None,
    share: Share = None,
    failed: FailedFile = None,
    hand_over: HandOverFile = None,
    initial_password_file: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Its first line is everyone's temporary password (office staff)."),
    ] = None,
    ask_initial_password: Annotated[bool, typer.Option("--ask-initial-password", help="Ask for it, twice.")] = False,
    later: Annotated[
        bool, typer.Option("--later", help="Send nothing yet: `staged` lists who waits, `send-staged` sends.")
    ] = False,
) -> None:
    """Creates what passes: parties, accounts and their first messages. Can be
    run again, and with next month's roster.
    """
    read = _read(roster, sheet, column, status, role, encoding, dates)
    held = _held(desk, read, accept=accept, names=name or [], who=who or [], share=share or [], failed=failed)
    password, confirm = _initial_password(desk, initial_password_file, ask=ask_initial_password)
    office = desk.entered(later=later)

    def part(told: Told) -> CreateReport:
        return office.create(held, initial_password=password, confirm=confirm, progress=told)

    with new_file(desk, hand_over, titles=LINES) as passwords, under_way(desk, len(held)) as told:
        came = roster_in_parts(part, told, passwords, whole=not may_lack_contact(held))
    _show(desk, held, came)
    say_handed_over(desk, passwords)
    end_roster(came)


def leavers(
    desk: Desk,
    *,
    roster: RosterFile,
    sheet: Sheet = None,
    column: Columns = None,
    status: Statuses = None,
    role: Everyone = None,
    encoding: Encoding = None,
    dates: Dates = None,
    disable: Annotated[bool, typer.Option("--disable", help="Disable their accounts: their sessions end at once.")] = False,
) -> None:
    """Lists whom a roster no longer has: of the roles it speaks of, those that the
    agency knows and it does not name. Ends with 1 where somebody left and is not
    disabled.
    """
    held = desk.office.preview(_read(roster, sheet, column, status, role, encoding, dates))
    gone = [desk.agency.party(party) for party in held.gone]
    accounts = [account for party in gone for account in party.accounts]
    users = {account: desk.office.user(account) for account in accounts}
    live = [account for account in accounts if users[account].disabled is None]
    done: list[DoneRow] = []
    if disable:
        with under_way(desk, len(live), "disabling") as go_on:
            done = list(desk.office.disable_all(live, progress=go_on))
    ended = {row.account for row in done if row.done}
    if desk.show.as_json:
        desk.show.document({"leavers": gone, "findings": held.findings, "rows": done})
    else:
        desk.show.file(held.findings)
        shown = (
            (party.display_name, desk.show.words("role", party.roles), [users[one].username for one in party.accounts],
             desk.show.words("state", ["disabled" if one in ended else users[one].state for one in party.accounts]), party.id)
            for party in gone
        )  # fmt: skip
        desk.show.rows("Leavers", ("name", "roles", "username", "state", "id"), shown)
    end_many(done)
    fail_if(not disable and live)


def _read(
    file: Path, sheet: str | None, columns: list[str] | None, statuses: list[str] | None, role: str | None,
    encoding: str | None, dates: str | None,
) -> Roster:  # fmt: skip
    """The roster of a file, read as it is told."""
    return Roster.read(
        file, sheet=sheet, columns=columns_told(columns), statuses=statuses_told(statuses),
        role=cast("Role | None", role), encoding=encoding, dates=cast("DateOrder | None", dates),
    )  # fmt: skip


def statuses_told(statuses: list[str] | None) -> dict[str, bool]:
    """Whether who has a status is there, as `--status` tells it."""
    meant = [status.rpartition("=") for status in statuses or []]
    if not all(word and meaning in {"here", "left"} for word, _, meaning in meant):
        raise typer.BadParameter("a status is WORD=here or WORD=left")
    return {word: meaning == "here" for word, _, meaning in meant}


def columns_told(columns: list[str] | None) -> dict[str, RosterColumn | None]:
    """What titles mean, as `--column` tells it."""
    meant = [column.rpartition("=") for column in columns or []]
    told = {title: meaning or None for title, _, meaning in meant}
    if not all(told):
        raise typer.BadParameter("a column is TITLE=MEANING, or TITLE= for one that is passed over")
    return cast("dict[str, RosterColumn | None]", told)


def _held(
    desk: Desk,
    roster: Roster,
    *,
    accept: bool,
    names: list[str],
    who: list[str],
    share: list[int],
    failed: Path | None,
) -> Preview:
    """The roster held against the agency, with what was decided."""
    held = desk.office.preview(roster)
    decisions = [decision.partition("=") for decision in who]
    if not all(line.isdecimal() and party for line, _, party in decisions):
        raise typer.BadParameter("who a line is about is LINE=PARTY or LINE=another")
    held.decide_all((int(line), party) for line, _, party in decisions)
    for name in names:
        line, _, username = name.partition("=")
        if not line.isdecimal() or not username:
            raise typer.BadParameter("a name is LINE=USERNAME")
        held.accept(int(line), username)
    for line_shared in share:
        held.share(line_shared)
    if accept:
        held.accept_suggestions()
    if failed is not None:
        write_private(failed, held.write_failed(locale=desk.show.locale) or "")
    return held


def _initial_password(desk: Desk, file: Path | None, *, ask: bool) -> tuple[Secret | None, Secret | None]:
    return typed_password(desk, file, "Initial password") if file is not None or ask else (None, None)


def _show(desk: Desk, held: Preview, came: Came[RowResult]) -> None:
    if desk.show.as_json:
        stopped = None if came.stopped is None else error_told(came.stopped)
        told = {"counts": came.counts, "findings": held.findings, "rows": came.rows, "gone": held.gone}
        desk.show.document({**told, "stopped": stopped})
        return
    desk.show.file(held.findings)
    names = {row.line: row.name for row in held.rows}
    rows = (
        (row.line, names.get(row.line), row.label(desk.show.locale), row.username, row.findings, mends(row.findings))
        for row in came.rows
    )
    desk.show.rows("Created", ("line", "name", "result", "username", "findings", "mend"), rows)
    desk.show.counts(came.counts, "row_outcome")
    if came.stopped is not None:
        desk.show.line(came.stopped.message(desk.show.locale))
