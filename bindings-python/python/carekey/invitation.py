"""Invitations (I): the code and the link, their 14 days, and what the office
may do next.

The facts about an invitation are an :class:`Invitation`; its code and its link
are never among them, since a store keeps only their keyed digests.

>>> from datetime import datetime, timedelta, timezone
>>> from carekey.invitation import Invitation, InvitationCode, choose_method
>>> now = datetime(2026, 3, 2, 9, tzinfo=timezone.utc)
>>> method, contact = choose_method(email="sue@example.com").require()
>>> invitation, code = Invitation.issue(contact, method, now=now), InvitationCode.generate()
>>> InvitationCode.parse(code.grouped().reveal().lower()).require() == code
True
>>> invitation.standing(now), invitation.standing(now + timedelta(days=14))
('live', 'lapsed')
"""

from carekey._carekey import (
    Checked,
    Invitation,
    InvitationCode,
    LinkToken,
    OnlineAccount,
    check_action,
    choose_method,
    next_action,
    online_account,
)

__all__ = [
    "Checked",
    "Invitation",
    "InvitationCode",
    "LinkToken",
    "OnlineAccount",
    "check_action",
    "choose_method",
    "next_action",
    "online_account",
]
