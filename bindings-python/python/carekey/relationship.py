"""Relationships: what a party is, and the ties between two (R).

:func:`check_tie` says whether a tie makes sense; :func:`conveys` names the role
that comes with it, :func:`conveyed` those that someone has by their ties now. Who sees what because of a tie is decided in
:mod:`carekey.visibility`.

>>> from carekey.relationship import conveys, role_fits
>>> conveys("emergency_contact")
'emergency_contact'
>>> role_fits("caregiver", "organization").code
'party.role_unfit'
"""

from carekey._carekey import (
    PartyFacts,
    Period,
    Tie,
    check_tie,
    conveyed,
    conveys,
    role_fits,
)

__all__ = [
    "PartyFacts",
    "Period",
    "Tie",
    "check_tie",
    "conveyed",
    "conveys",
    "role_fits",
]
