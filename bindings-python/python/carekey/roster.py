"""Rosters (B): from a file to verdicts, and back to a file.

A :class:`Roster` is read from anything. :meth:`Roster.preview` holds every row
against what the host knows and the usernames in use, and writes nothing; the
:class:`Preview` is where people decide on suggestions and on who is who.

>>> from carekey.roster import Roster
>>> from carekey.username import Taken, Usernames
>>> roster = Roster.read([
...     {"Role": "Cuidador", "Name": "Taming, Sue (Sue W)", "Correo": "sue@example.com"},
...     {"Role": "Office staff", "Name": "Felicia Conner"},
... ])
>>> usernames = Usernames(prefix="104", country="US", taken=Taken(["104fconner"]))
>>> preview = roster.preview(usernames=usernames, country="US")
>>> [(row.username, row.state) for row in preview.rows]
[('sue@example.com', 'pass'), (None, 'waiting')]
>>> preview.accept_suggestions()
1
>>> preview.rows[1].username
'104feconner'

A :class:`TieRoster` is the second roster: who is what of whom, from when and
until when (R). `Office.preview_ties` holds it against the agency.
"""

from carekey._carekey import (
    Change,
    Known,
    Outline,
    PersonName,
    Preview,
    RoleGroup,
    Roster,
    RosterRow,
    RowCheck,
    Summary,
    TieCheck,
    TiePreview,
    TieRoster,
    TieRosterRow,
    Titled,
    WhoDecision,
    defused,
)

__all__ = [
    "Change",
    "Known",
    "Outline",
    "PersonName",
    "Preview",
    "RoleGroup",
    "Roster",
    "RosterRow",
    "RowCheck",
    "Summary",
    "TieCheck",
    "TiePreview",
    "TieRoster",
    "TieRosterRow",
    "Titled",
    "WhoDecision",
    "defused",
]
