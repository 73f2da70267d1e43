"""The texts of messages: `texts list`, `texts show`, `texts preview` and `texts set` (N)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from carekey.cli.desk import Desk, at_desk, language_of
from carekey.cli.files import read_text
from carekey.words import MessageKind, Method

_Kind = Annotated[MessageKind, typer.Argument(help="Of which kind of message.")]
_Way = Annotated[Method, typer.Option(help="By which way.")]
_Language = Annotated[str, typer.Option(help="In which language.")]
_Subject = Annotated[str | None, typer.Option(help="The subject of an e-mail.")]
_Body = Annotated[Path | None, typer.Option("--body", exists=True, dir_okay=False, help="A file with the text itself.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="The texts of messages.", no_args_is_help=True)
    group.command("list")(at_desk(texts))
    group.command("show")(at_desk(show_text))
    group.command("preview")(at_desk(preview_text))
    group.command("set")(at_desk(set_text))
    app.add_typer(group, name="texts")


def texts(desk: Desk, *, own: Annotated[bool, typer.Option(help="Only the agency's own.")] = False) -> None:
    """Lists the texts that are sent, the agency's own and those that ship."""
    found = [row for row in desk.office.texts() if row.own or not own]
    if desk.show.as_json:
        return desk.show.document({"texts": found})
    shown = (
        (desk.show.word("message_kind", row.kind), desk.show.word("method", row.method),
         desk.show.word("locale", row.locale), row.own, row.subject)
        for row in found
    )  # fmt: skip
    desk.show.rows("Texts", ("kind", "method", "language", "own", "subject"), shown)


def show_text(desk: Desk, *, kind: _Kind, method: _Way = "email", language: _Language = "en") -> None:
    """Shows a text as it is written, with `{field}` where a value comes."""
    row = desk.office.text(kind, method, language_of(language))
    if desk.show.as_json:
        return desk.show.document(row)
    if row.subject is not None:
        desk.show.line(row.subject)
    desk.show.line(row.body)


def preview_text(
    desk: Desk,
    *,
    kind: _Kind,
    method: _Way = "email",
    language: _Language = "en",
    subject: _Subject = None,
    body: _Body = None,
) -> None:
    """Shows a text filled in with sample values: one that may be set, or without
    a body the one that is sent. Nothing is written, and nobody gets it.
    """
    shown = desk.office.preview_text(
        kind, method, language_of(language), subject=subject, body=None if body is None else read_text(body)
    )
    if desk.show.as_json:
        return desk.show.document({"subject": shown.subject, "body": shown.body.reveal()})
    if shown.subject is not None:
        desk.show.line(shown.subject)
    desk.show.line(shown.body.reveal())


def set_text(
    desk: Desk,
    *,
    kind: _Kind,
    method: _Way = "email",
    language: _Language = "en",
    subject: _Subject = None,
    body: _Body = None,
) -> None:
    """Puts the agency's own text in the place of the one that ships; without a
    body, the shipped one holds again.
    """
    text = None if body is None else read_text(body)
    desk.office.set_text(kind, method, language_of(language), subject=subject if text else None, body=text)
    if desk.show.as_json:
        return desk.show.document({"kind": kind, "method": method, "language": language, "own": text is not None})
    said = "{kind} by {method} is your own" if text is not None else "{kind} by {method} is the one that ships"
    desk.show.say(said, kind=desk.show.word("message_kind", kind), method=desk.show.word("method", method))
