"""Sending what waits through Django's e-mail backend (N)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import mail as django_mail
from django.core.mail import EmailMessage

from carekey import Agency, Message
from carekey.mail import Delivery, NotSent, deliver

SendSms = Callable[[Message], None]
"""Sends a text message, or raises :class:`carekey.mail.NotSent`."""


def send_waiting(agency: Agency, *, sender: str | None = None, sms: SendSms | None = None) -> Delivery:
    """Sends everything that is due: e-mails through the e-mail backend of the
    settings, text messages through ``sms``; without it they are left for
    whoever sends those.

    Whatever the backend raises for one message is about that message; that it
    cannot be reached at all comes out here, before anything is claimed.
    """
    connection = _connection()
    connection.open()

    def send(message: Message) -> None:
        if sms is not None and message.method == "sms":
            return sms(message)
        mail = EmailMessage(
            subject=message.subject or "",
            body=message.body.reveal(),
            from_email=sender or settings.DEFAULT_FROM_EMAIL,
            to=[message.address],
            headers={"Auto-Submitted": "auto-generated"},
        )
        try:
            taken = connection.send_messages([mail])
        except Exception as error:  # every backend has errors of its own
            raise NotSent(type(error).__name__) from error
        if not taken:
            raise NotSent(message.method)

    try:
        return deliver(agency, send, method="email" if sms is None else None)
    finally:
        connection.close()


def _connection() -> Any:
    """The site's mailer: from Django 6.1 on it is one of several."""
    mailers = getattr(django_mail, "mailers", None)
    return django_mail.get_connection() if mailers is None else mailers["default"]
