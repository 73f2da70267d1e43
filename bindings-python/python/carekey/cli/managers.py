"""Account managers (A1): `managers`, `add-manager`, `promote`, `hand-over`,
`remove-manager`; and what whoever acts may do, `allowed` (A7).
"""

from __future__ import annotations

from typing import Annotated

import typer

from carekey.cli.desk import Desk, at_desk
from carekey.cli.handing import HandOverFile, new_file, say_handed_over

Account = Annotated[str, typer.Argument(metavar="USERNAME", help="Whose: a username, an id, an external id, or a whole name.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (managers, add_manager, promote, hand_over, remove_manager, allowed):
        app.command()(at_desk(command))


def managers(desk: Desk) -> None:
    """Lists the account managers."""
    found = [user for user in desk.office.each_user(show_disabled=True) if user.is_manager]
    if desk.show.as_json:
        return desk.show.document({"managers": found})
    shown = ((user.display_name, user.username, desk.show.word("state", user.state), user.last_logon) for user in found)
    desk.show.rows("Account managers", ("name", "username", "state", "last logon"), shown)


def add_manager(
    desk: Desk,
    *,
    first_name: Annotated[str, typer.Argument()],
    last_name: Annotated[str, typer.Argument()],
    email: Annotated[str, typer.Option(help="E-mail.")],
    phone: Annotated[str, typer.Option(help="Phone, with or without its country.")],
    username: Annotated[str | None, typer.Option(help="Else it is made from the name.")] = None,
    hand_over: HandOverFile = None,
) -> None:
    """Adds an account manager, with an account of their own. Only support does."""
    with new_file(desk, hand_over) as passwords:
        made = desk.office.add_manager(
            first_name=first_name, last_name=last_name, email=email, phone=phone, username=username
        )
        passwords.add_enrolled(made)
    if desk.show.as_json:
        desk.show.document(made)
    else:
        desk.show.say("{name} is {id}", name=f"{first_name} {last_name}", id=made.username)
    say_handed_over(desk, passwords)


def promote(desk: Desk, *, account: Account) -> None:
    """Makes somebody who has an account an account manager. Only support does."""
    desk.office.promote(desk.account(account))


def hand_over(
    desk: Desk, *, account: Account, to: Annotated[str, typer.Argument(metavar="TO", help="Who takes the place.")]
) -> None:
    """Hands the place of an account manager to somebody else, in one act: while
    they are away, say. The way back is the same. Only support does.
    """
    desk.office.hand_over(desk.account(account), desk.account(to))


def remove_manager(desk: Desk, *, account: Account) -> None:
    """Takes the place of an account manager away; the account stays. Only support
    does.
    """
    desk.office.remove_manager(desk.account(account))


def allowed(desk: Desk) -> None:
    """Lists what whoever acts (`--as`) may do, and to whom."""
    found = desk.office.allowed()
    if desk.show.as_json:
        return desk.show.document({"allowed": found})
    shown = ((desk.show.word("office_act", row.act), desk.show.words("role", row.roles)) for row in found)
    desk.show.rows("Allowed", ("act", "to"), shown)
