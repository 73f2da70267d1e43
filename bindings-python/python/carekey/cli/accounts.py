"""Accounts and their histories: `accounts`, `create-accounts`, `send-again`, `disable`, `enable`,
`reset-password`, `unlock`, `note`,
`sessions`, `end-sessions`, `release`, `history`, `feed`, `export-history`,
`trim-history`, `review` (A, C, E5, H).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated, get_args

import typer

from carekey import UNUSED_DAYS, CarekeyError, DoneRow
from carekey.cli.creating import end_many, many_in_parts, typed_password, under_way
from carekey.cli.desk import Desk, at_desk, in_utc, words_of
from carekey.cli.ends import fail_if
from carekey.cli.handing import HandOverFile, new_file, say_handed_over
from carekey.cli.show import error_told, mends
from carekey.words import EventKind, Role, UserColumn

Usernames = Annotated[list[str], typer.Argument(metavar="USERNAME...", help="Whose: their usernames, ids, external ids, or whole names.")]
Account = Annotated[str, typer.Argument(metavar="USERNAME", help="Whose: a username, an id, an external id, or a whole name.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    commands = (
        accounts, create_accounts, send_again, disable, enable, reset_password, unlock, note, sessions,
        end_sessions, release, history, feed, export_history, trim_history, review,
    )  # fmt: skip
    for command in commands:
        app.command()(at_desk(command))


def accounts(
    desk: Desk,
    *,
    search: Annotated[str | None, typer.Argument(help="A text in the names.")] = None,
    disabled: Annotated[bool, typer.Option("--disabled", help="Disabled ones too.")] = False,
    unlinked: Annotated[bool, typer.Option("--unlinked", help="Only those without a staff record.")] = False,
    sort: Annotated[UserColumn | None, typer.Option(help="By which column.")] = None,
    descending: Annotated[bool, typer.Option("--descending", help="The other way round.")] = False,
) -> None:
    """Lists accounts."""
    users = desk.office.each_user(
        filter=search, show_disabled=disabled, unlinked_only=unlinked, sort=sort, descending=descending
    )
    if desk.show.as_json:
        return desk.show.document({"users": users})
    shown = (
        (user.display_name, user.username, desk.show.word("state", user.state), user.is_manager, user.last_logon, user.created, user.description)
        for user in users
    )
    titles = ("name", "username", "state", "manager", "last logon", "created", "description")
    desk.show.rows("Accounts", titles, shown)


def create_accounts(
    desk: Desk,
    *,
    role: Annotated[Role, typer.Option("--role", help="The role by whose scheme they get them.")],
    party: Annotated[list[str] | None, typer.Option("--party", metavar="WHO", help="A party: its id, external id, username, or whole name.")] = None,
    everyone: Annotated[bool, typer.Option("--all", help="Everyone who has the role and no account.")] = False,
    hand_over: HandOverFile = None,
) -> None:
    """Makes accounts for many, each with a result. Run again, it makes none
    twice.
    """
    if not (party or everyone):
        raise typer.BadParameter("say for whom: --party or --all")
    parties = [desk.party(one) for one in party or []]
    if everyone:
        groups = desk.office.window(limit=1_000_000)
        parties += [row.party for group in groups if group.role == role for row in group.rows if row.account is None]
    with new_file(desk, hand_over) as passwords, under_way(desk, len(parties)) as told:
        done, stopped = many_in_parts(
            parties, lambda part, told: desk.office.create_accounts(part, role, progress=told), told, passwords
        )
    _say_done(desk, "Accounts", done, stopped)
    say_handed_over(desk, passwords)
    end_many(done, stopped)


def send_again(desk: Desk, *, accounts: Usernames, hand_over: HandOverFile = None) -> None:
    """Sends many their link, or their username with a new temporary password,
    once more; what was sent before is dead. So is a password that was to be handed
    over and was lost.
    """
    looked_at = datetime.now(timezone.utc)
    ids = [desk.account(account) for account in accounts]
    with new_file(desk, hand_over) as passwords, under_way(desk, len(ids), "sending") as told:
        done, stopped = many_in_parts(
            ids, lambda part, told: desk.office.send_again_all(part, as_of=looked_at, progress=told), told, passwords
        )
    _say_done(desk, "Sent again", done, stopped)
    say_handed_over(desk, passwords)
    end_many(done, stopped)


def disable(desk: Desk, *, accounts: Usernames) -> None:
    """Disables accounts: those who left. Their sessions end at once."""
    ids = [desk.account(account) for account in accounts]
    with under_way(desk, len(ids), "disabling") as go_on:
        done = desk.office.disable_all(ids, progress=go_on)
    _say_done(desk, "Disabled", done)
    end_many(done)


def enable(desk: Desk, *, account: Account) -> None:
    """Enables an account again, as far as it had got."""
    desk.office.enable(desk.account(account))


def reset_password(
    desk: Desk,
    *,
    account: Account,
    password_file: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Its first line is the new password; else it is asked for, twice."),
    ] = None,
) -> None:
    """Sets a temporary password, to be changed at the next sign-in. All sessions
    end, and what was sent before is dead.
    """
    password, confirm = typed_password(desk, password_file, "Temporary password")
    desk.office.reset_password(desk.account(account), password, confirm=confirm)


def note(
    desk: Desk, *, account: Account, text: Annotated[str, typer.Argument(help="The note; an empty one takes it away.")]
) -> None:
    """Writes a note on an account, for the office alone."""
    desk.office.set_note(desk.account(account), text)


def unlock(desk: Desk, *, account: Account) -> None:
    """Forgets the failures of an account: passwords from devices that are not
    known are tried again.
    """
    desk.office.unlock(desk.account(account))


def sessions(desk: Desk, *, account: Account) -> None:
    """Lists where a user is signed in: their sessions, and the devices that
    are known.
    """
    rows = desk.office.sessions(desk.account(account))
    if desk.show.as_json:
        return desk.show.document({"sessions": rows})
    shown = ((desk.show.word("session_kind", row.kind), row.since, row.last_used_at, row.until, row.source, row.remembered) for row in rows)
    desk.show.rows("Sessions", ("kind", "since", "last used", "until", "source", "remembered"), shown)


def end_sessions(desk: Desk, *, account: Account) -> None:
    """Signs a user out everywhere: all sessions end, and no device is known
    any more. The password stays.
    """
    desk.office.end_sessions(desk.account(account))


def release(
    desk: Desk,
    *,
    account: Account,
    contact: Annotated[str, typer.Argument(help="The e-mail address or phone number.")],
) -> None:
    """Takes a contact that has changed hands from an account. It is free
    for its new owner then.
    """
    desk.office.release_contact(desk.account(account), contact)


def history(
    desk: Desk,
    *,
    account: Annotated[str | None, typer.Argument(metavar="[USERNAME]", help="The agency's own without it.")] = None,
    verify: Annotated[bool, typer.Option("--verify", help="Check first that it is whole and unchanged.")] = False,
) -> None:
    """Shows the history of an account, or of the agency."""
    if account is None:
        if verify:
            desk.agency.verify_agency_history()
        lines = desk.agency.agency_history()
    else:
        whose = desk.account(account)
        if verify:
            desk.agency.verify_history(whose)
        lines = desk.agency.history(whose)
    if desk.show.as_json:
        return desk.show.document({"lines": lines})
    shown = ((line.sequence, line.at, desk.show.word("event_kind", line.kind), line.actor_name, line.details, line.source) for line in lines)
    desk.show.rows("History", ("#", "when", "what", "who", "details", "from"), shown)


def feed(
    desk: Desk,
    *,
    after: Annotated[str | None, typer.Option(metavar="CURSOR", help="Only what came after this cursor.")] = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", metavar="EVENT", help="Only these kinds of events.")] = None,
    since: Annotated[datetime | None, typer.Option(help="From this moment on, in UTC.")] = None,
    until: Annotated[datetime | None, typer.Option(help="Before this moment, in UTC.")] = None,
    limit: Annotated[int, typer.Option(help="How many at the most.")] = 100,
) -> None:
    """Follows all events of the agency. It ends with the cursor from which to
    go on.
    """
    kinds = words_of(kind or [], get_args(EventKind), "kind of event")
    page = desk.office.feed(after=after, kinds=kinds, since=in_utc(since), until=in_utc(until), limit=limit)
    if desk.show.as_json:
        return desk.show.document({"lines": page.lines, "next": page.next, "more": page.more})
    shown = (
        (line.at, line.account or "", desk.show.word("event_kind", line.kind), line.actor_name, line.details, line.source) for line in page.lines
    )
    desk.show.rows("Feed", ("when", "account", "what", "who", "details", "from"), shown)
    desk.show.say("more: --after {cursor}" if page.more else "next: --after {cursor}", cursor=page.next)


def export_history(
    desk: Desk,
    *,
    file: Annotated[Path, typer.Argument(dir_okay=False, help="To be made: JSON lines.")],
    account: Annotated[str | None, typer.Option("--account", help="Of one account alone.")] = None,
    since: Annotated[datetime | None, typer.Option(help="From this moment on, in UTC.")] = None,
    until: Annotated[datetime | None, typer.Option(help="Before this moment, in UTC; else until now.")] = None,
) -> None:
    """Writes out the histories of a span of time, sealed."""
    whose = None if account is None else desk.account(account)
    made = desk.office.export_history(file, account=whose, since=in_utc(since), until=in_utc(until))
    if desk.show.as_json:
        return desk.show.document({"file": str(file), "lines": made.lines, "until": made.until, "sha256": made.sha256})
    desk.show.say(
        "{count} lines until {until} in {file}, SHA-256 {digest}",
        count=made.lines, until=made.until.isoformat(), file=file, digest=made.sha256,
    )  # fmt: skip


def trim_history(
    desk: Desk,
    *,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An export of all histories, as `export-history` made it.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Removes from the histories the lines that an export has in it. Asks first. Only
    support does: `--as support:NAME`. Keep the export.
    """
    if not yes:
        asked = desk.show.said("Remove the lines that are in {file} from the histories for good?", file=file)
        typer.confirm(asked, abort=True, err=True)
    done = desk.office.trim_history(file)
    if desk.show.as_json:
        return desk.show.document({"removed": done.lines, "until": done.until})
    desk.show.say("{count} lines of before {until} removed", count=done.lines, until=done.until.isoformat())


def review(
    desk: Desk, *, unused_days: Annotated[int, typer.Option(min=1, help="Unused for so many days.")] = UNUSED_DAYS
) -> None:
    """Lists what an office should look at from time to time. Ends with 1
    where there is anything.
    """
    items = desk.office.review(unused_days=unused_days)
    if desk.show.as_json:
        desk.show.document({"items": items})
    else:
        shown = ((desk.show.word("review_kind", item.kind), item.names, item.contacts, item.since) for item in items)
        desk.show.rows("Review", ("why", "who", "contacts", "since"), shown)
    fail_if(len(items))


def _say_done(desk: Desk, title: str, done: Sequence[DoneRow], stopped: CarekeyError | None = None) -> None:
    if desk.show.as_json:
        return desk.show.document({"rows": done} if stopped is None else {"rows": done, "stopped": error_told(stopped)})
    shown = ((row.account, row.party, row.username, row.done, row.findings, mends(row.findings)) for row in done)
    desk.show.rows(title, ("account", "party", "username", "done", "findings", "mend"), shown)
    if stopped is not None:
        desk.show.line(stopped.message(desk.show.locale))
