"""Rosters of ties: `preview-ties` and `create-ties` (R, B)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from carekey import TiePreview, TieResult, TieRoster
from carekey._long_work import UNDONE
from carekey.cli.creating import Came, end_roster, roster_in_parts, under_way
from carekey.cli.desk import Desk, at_desk
from carekey.cli.ends import fail_if
from carekey.cli.files import write_private
from carekey.cli.handing import LINES, HandOverFile, new_file, say_handed_over
from carekey.cli.rosters import (
    Columns, Dates, Encoding, FailedFile, RosterFile, Sheet, Statuses, columns_told, statuses_told,
)  # fmt: skip
from carekey.cli.show import error_told, mends

if TYPE_CHECKING:
    from uuid import UUID

    from carekey.words import DateOrder, TieEnd

Who = Annotated[
    list[str] | None,
    typer.Option("--who", metavar="LINE=PARTY", help="Who has the part on that line: the id of a party."),
]
Of = Annotated[
    list[str] | None,
    typer.Option("--of", metavar="LINE=PARTY", help="Whose relationship it is on that line: the id of a party."),
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(at_desk(preview_ties))
    app.command()(at_desk(create_ties))


def preview_ties(
    desk: Desk,
    *,
    roster: RosterFile,
    sheet: Sheet = None,
    column: Columns = None,
    status: Statuses = None,
    encoding: Encoding = None,
    dates: Dates = None,
    who: Who = None,
    of: Of = None,
    failed: FailedFile = None,
) -> None:
    """Says of every row of a roster of ties what would come of it. Writes nothing."""
    read = _read(roster, sheet, column, status, encoding, dates)
    held = _held(desk, read, who=who or [], of=of or [], failed=failed)
    if desk.show.as_json:
        desk.show.document({"counts": held.counts, "findings": held.findings, "rows": held.rows})
    else:
        rows = (
            (row.line, row.who_name, desk.show.word("tie_kind", row.kind), row.of_name, row.begins_at, row.ends_at,
             desk.show.word("tie_outcome", row.outcome), [*row.who_maybe, *row.of_maybe], row.findings, mends(row.findings))
            for row in held.rows
        )  # fmt: skip
        desk.show.file(held.findings)
        columns = ("line", "who", "kind", "of", "from", "until", "verdict", "may be", "findings", "mend")
        desk.show.rows("Preview", columns, rows)
        desk.show.counts(held.counts, "tie_outcome")
    fail_if(sum(held.counts.get(outcome, 0) for outcome in UNDONE))


def create_ties(
    desk: Desk,
    *,
    roster: RosterFile,
    sheet: Sheet = None,
    column: Columns = None,
    status: Statuses = None,
    encoding: Encoding = None,
    dates: Dates = None,
    who: Who = None,
    of: Of = None,
    failed: FailedFile = None,
    hand_over: HandOverFile = None,
) -> None:
    """Makes and ends the ties that pass, and enrols by policy whom one makes an
    emergency contact, payer or community. Can be run again, and with next
    month's roster.
    """
    read = _read(roster, sheet, column, status, encoding, dates)
    held = _held(desk, read, who=who or [], of=of or [], failed=failed)
    with new_file(desk, hand_over, titles=LINES) as passwords, under_way(desk, len(held)) as told:
        came = roster_in_parts(lambda told: desk.office.create_ties(held, progress=told), told, passwords)
    _show(desk, held, came)
    say_handed_over(desk, passwords)
    end_roster(came)


def _read(
    file: Path, sheet: str | None, columns: list[str] | None, statuses: list[str] | None, encoding: str | None,
    dates: str | None,
) -> TieRoster:  # fmt: skip
    """The roster of a file, read as it is told."""
    return TieRoster.read(
        file, sheet=sheet, columns=columns_told(columns), statuses=statuses_told(statuses), encoding=encoding,
        dates=cast("DateOrder | None", dates),
    )  # fmt: skip


def _held(
    desk: Desk, roster: TieRoster, *, who: list[str], of: list[str], failed: Path | None
) -> TiePreview:
    """The roster held against the agency, with what was said on who ends are."""
    held = desk.office.preview_ties(roster)
    texts: dict[TieEnd, list[str]] = {"who": who, "of": of}
    said: list[tuple[int, TieEnd, UUID | str]] = []
    for end, lines in texts.items():
        for text in lines:
            line, _, party = text.partition("=")
            if not line.isdecimal() or not party:
                raise typer.BadParameter("who an end is is LINE=PARTY")
            said.append((int(line), end, party))
    held.accept_all(said)
    if failed is not None:
        write_private(failed, held.write_failed(locale=desk.show.locale) or "")
    return held


def _show(desk: Desk, held: TiePreview, came: Came[TieResult]) -> None:
    if desk.show.as_json:
        stopped = None if came.stopped is None else error_told(came.stopped)
        told = {"counts": came.counts, "findings": held.findings, "rows": came.rows}
        desk.show.document({**told, "stopped": stopped})
        return
    desk.show.file(held.findings)
    names = {row.line: (row.who_name, desk.show.word("tie_kind", row.kind), row.of_name) for row in held.rows}
    rows = (
        (row.line, *names[row.line], row.label(desk.show.locale), row.username, row.findings, mends(row.findings))
        for row in came.rows
    )
    desk.show.rows("Created", ("line", "who", "kind", "of", "result", "username", "findings", "mend"), rows)
    desk.show.counts(came.counts, "tie_outcome")
    if came.stopped is not None:
        desk.show.line(came.stopped.message(desk.show.locale))
