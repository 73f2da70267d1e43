"""Sending what waits in the outbox (N).

>>> from smtplib import SMTP
>>> from carekey import mail
>>> def send_waiting(agency):
...     with SMTP("localhost", 8025) as server:
...         send = mail.over_smtp(server, sender="Harbor <office@example.com>")
...         return mail.deliver(agency, send, method="email")
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import localtime, make_msgid, parseaddr
from smtplib import SMTP, SMTPNotSupportedError, SMTPRecipientsRefused, SMTPResponseException

from carekey import Agency, Message, NotFound
from carekey.username import check_email
from carekey.words import Method

CLAIM = 25
"""How many messages are claimed at a time: few, so that the lease of the last
still runs when its turn comes."""


class NotSent(Exception):
    """This one message could not be sent; it comes again later."""


@dataclass(frozen=True)
class Delivery:
    """What came of sending, in messages."""

    sent: int
    failed: int


def deliver(agency: Agency, send: Callable[[Message], None], *, method: Method | None = None) -> Delivery:
    """Sends every message that is due, and says of each what came of it. With
    a ``method``, only those that go by it; the others wait.

    ``send`` raises :class:`NotSent` for a message that cannot go: it comes
    again later, and after the last try of the policy no more. Whatever else
    it raises ends the work; the messages that were claimed come again when
    their lease ends.
    """
    outbox, sent, failed = agency.outbox, 0, 0
    while messages := outbox.claim(CLAIM, method=method):
        for message in messages:
            try:
                send(message)
            except NotSent:
                failed += 1
                report = outbox.failed
            else:
                sent += 1
                report = outbox.sent
            # The lease ran out meanwhile: it is for the next one to say.
            with suppress(NotFound):
                report(message)
    return Delivery(sent, failed)


def over_smtp(server: SMTP, *, sender: str) -> Callable[[Message], None]:
    """Sends e-mail over a connection, for :func:`deliver`. What the server
    refuses is not sent; a lost connection ends the work. It has no way to
    send an SMS.
    """

    def send(message: Message) -> None:
        if message.method != "email":
            raise NotSent(message.method)
        try:
            server.send_message(email(message, sender=sender))
        except (SMTPRecipientsRefused, SMTPResponseException, SMTPNotSupportedError) as error:
            raise NotSent(type(error).__name__) from error

    return send


def email(message: Message, *, sender: str) -> EmailMessage:
    """A claimed message as MIME: UTF-8, and marked as written by a program
    (RFC 3834), so that no absence notice answers it. Its text may hold a link,
    a code or a password.
    """
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = recipient(message.address)
    mail["Subject"] = message.subject or ""
    mail["Date"] = localtime()
    mail["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2] or None)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body.reveal())
    return mail


def recipient(address: str) -> Address:
    """An address as a mail header takes it: the domain in ASCII."""
    local, _, domain = address.rpartition("@")
    known = check_email(address).value
    if known is not None:
        domain = known.canonical.rpartition("@")[2]
    return Address(username=local, domain=domain)
