"""Usernames (U1 to U6): e-mail addresses, phone numbers, and the names of the
office staff.

:func:`check_email`, :func:`check_phone` and :func:`check_contact` read a
contact. :func:`canonical` is the form in which names are compared,
:func:`skeleton` tells which look alike, and :class:`Usernames` gives each row
of a batch its verdict against the names in use or once in use.

>>> from carekey.username import NameRequest, PersonName, Taken, Usernames, canonical
>>> taken = Taken(canonical(name, "US") for name in ["104FConner"])
>>> usernames = Usernames(prefix="104", country="US", taken=taken)
>>> felicia = PersonName.parse("Conner, Felicia").require()
>>> [verdict] = usernames.check_all([NameRequest(1, "staff", felicia)])
>>> verdict.passes, verdict.suggestions[0]
(False, '104feconner')
"""

from carekey._carekey import (
    Checked,
    Clash,
    Contact,
    Email,
    NameRequest,
    NameVerdict,
    PersonName,
    Phone,
    StaffPattern,
    Taken,
    Usernames,
    canonical,
    check_contact,
    check_email,
    check_phone,
    check_staff_name,
    skeleton,
)

__all__ = [
    "Checked",
    "Clash",
    "Contact",
    "Email",
    "NameRequest",
    "NameVerdict",
    "PersonName",
    "Phone",
    "StaffPattern",
    "Taken",
    "Usernames",
    "canonical",
    "check_contact",
    "check_email",
    "check_phone",
    "check_staff_name",
    "skeleton",
]
