"""Who sees what, and why (V).

A :class:`Viewer` is an account with the parties, ties, grants and applications
that belong to it; it asks to see a resource :class:`Of` someone.
:func:`decide` answers with whether, how much, and every reason;
:func:`what_can_see` and :func:`who_can_see` list decisions both ways round.
Everything is decided within one agency: it is the caller's part to bring
together only what belongs to one.

>>> from datetime import datetime, timezone
>>> from uuid import UUID
>>> from carekey.relationship import PartyFacts
>>> from carekey.visibility import Of, Viewer, decide, what_can_see
>>> at = datetime(2026, 3, 14, 9, tzinfo=timezone.utc)
>>> sue = PartyFacts(UUID(int=1), roles=["client"])
>>> viewer = Viewer(active=True, parties=[sue])
>>> bool(decide(viewer, "service_plan", Of.own(), at=at))
True
>>> [resource for resource, of, decision in what_can_see(viewer, [], at=at)][:3]
['dashboard', 'invoices', 'calendar']
"""

from carekey._carekey import (
    Decision,
    Grant,
    Of,
    Reason,
    Viewer,
    cell,
    check_grant,
    check_policy,
    decide,
    sees,
    what_can_see,
    who_can_see,
)

__all__ = [
    "Decision",
    "Grant",
    "Of",
    "Reason",
    "Viewer",
    "cell",
    "check_grant",
    "check_policy",
    "decide",
    "sees",
    "what_can_see",
    "who_can_see",
]
