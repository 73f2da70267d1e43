"""Messages: `messages` and `outbox send` (N), `remind` (I10)."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from smtplib import SMTP, SMTP_SSL, SMTPException
from ssl import create_default_context
from typing import Annotated

import typer

from carekey import Message, mail
from carekey._private import create_private
from carekey.cli.desk import Desk, at_desk
from carekey.cli.ends import STORE, Failed, fail_if
from carekey.cli.files import first_line
from carekey.words import MessageState


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    outbox = typer.Typer(help="Messages that wait to be sent.", no_args_is_help=True)
    outbox.command("send")(at_desk(send))
    app.add_typer(outbox, name="outbox")
    app.command()(at_desk(messages))
    app.command()(at_desk(remind))


def messages(
    desk: Desk, *, state: Annotated[MessageState | None, typer.Option(help="Only those in that state.")] = None
) -> None:
    """Lists messages, the newest first, their secrets masked."""
    found = desk.office.messages(state)
    if desk.show.as_json:
        return desk.show.document({"messages": found})
    shown = ((desk.show.word("message_kind", row.kind), desk.show.word("method", row.method), row.address,
              desk.show.word("message_state", row.state), row.tries, row.created_at, row.due_at) for row in found)
    desk.show.rows("Messages", ("kind", "method", "to", "state", "tries", "written", "due"), shown)


def remind(desk: Desk) -> None:
    """Reminds those who were sent a link, a password or an invitation and have
    not come, on the days of the policy (`enrolment.reminder_days`). Run it about
    once a day, before `outbox send`.
    """
    reminded = desk.agency.remind()
    if desk.show.as_json:
        desk.show.document({"reminded": reminded})
    else:
        desk.show.say("{count} reminded", count=reminded)


def send(
    desk: Desk,
    *,
    out: Annotated[
        Path | None,
        typer.Option(help="Write them here instead, e-mails as .eml, for a mailer of your own. They hold secrets."),
    ] = None,
    smtp: Annotated[str, typer.Option(envvar="CAREKEY_SMTP", metavar="HOST[:PORT]", help="The mail server.")] = "",
    sender: Annotated[
        str, typer.Option("--from", envvar="CAREKEY_FROM", metavar="ADDRESS", help="Whom e-mails come from.")
    ] = "",
    tls: Annotated[bool, typer.Option(help="STARTTLS, or TLS from the start on port 465.")] = True,
    user: Annotated[str | None, typer.Option(envvar="CAREKEY_SMTP_USER", help="To sign in with.")] = None,
    password_file: Annotated[
        Path | None,
        typer.Option(envvar="CAREKEY_SMTP_PASSWORD_FILE", exists=True, dir_okay=False, help="Its first line is the password."),
    ] = None,
) -> None:
    """Sends what waits: e-mails over SMTP, or everything into a folder. An SMS
    cannot go over SMTP, and goes on waiting. What failed comes again later.
    """
    if not sender or not (out or smtp):
        raise typer.BadParameter("say where to: --out, or --smtp; and whom from: --from")
    if out is not None:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        done = mail.deliver(desk.agency, _into(out, sender))
    else:
        try:
            with _server(smtp, tls=tls, user=user, password_file=password_file) as server:
                done = mail.deliver(desk.agency, mail.over_smtp(server, sender=sender), method="email")
        except (SMTPException, OSError) as error:
            desk.show.say("the mail server cannot be used ({why})", why=type(error).__name__)
            raise Failed(STORE) from error
    if desk.show.as_json:
        desk.show.document({"sent": done.sent, "failed": done.failed})
    else:
        desk.show.say("{sent} sent, {failed} failed", sent=done.sent, failed=done.failed)
    fail_if(done.failed)


def _server(address: str, *, tls: bool, user: str | None, password_file: Path | None) -> SMTP:
    host, _, port = address.partition(":")
    if port == "465":
        server: SMTP = SMTP_SSL(host, 465, timeout=30, context=create_default_context())
    else:
        server = SMTP(host, int(port or 25), timeout=30)
        if tls:
            server.starttls(context=create_default_context())
    if user is not None and password_file is not None:
        server.login(user, first_line(password_file))
    return server


def _into(folder: Path, sender: str) -> Callable[[Message], None]:
    def write(message: Message) -> None:
        if message.method == "email":
            content, ending = mail.email(message, sender=sender).as_bytes(), "eml"
        else:
            content, ending = f"To: {message.address}\n\n{message.body.reveal()}\n".encode(), "txt"
        # A message that came before, and was not reported: the newer one holds.
        path = folder / f"{message.id}-{message.attempt}.{ending}"
        with os.fdopen(create_private(path), "wb") as file:
            file.write(content)

    return write
