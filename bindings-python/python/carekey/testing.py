"""For a host's own tests: a ready agency that lives in memory.

>>> from datetime import timedelta
>>> from carekey import Actor, RefusedError
>>> from carekey.testing import agency, clock
>>> now = clock()
>>> with agency(clock=now) as harbor:
...     office = harbor.acting_as(Actor.system("test"))
...     family = office.add_party("Marisol Alvarez", roles=["family"], email="marisol@example.com").party
...     office.invite(party=family)
...     [invitation] = harbor.outbox.claim()
...     now.advance(timedelta(days=14))
...     try:
...         harbor.look_at_invitation(invitation.body.reveal().split("#")[1].split()[0])
...     except RefusedError as error:
...         error.code
'invitation.expired'
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timezone

from carekey import Actor, Agency, AgencySettings, Directory, ManualClock

KEY = bytes(32)
"""A key for tests, and for nothing else."""


def clock() -> ManualClock:
    """A clock that stands on a Monday morning until it is moved."""
    return ManualClock(datetime(2026, 3, 2, 9, tzinfo=timezone.utc))


def settings() -> AgencySettings:
    """The settings of the agency that everyone tests with."""
    return AgencySettings("104", "Harbor Home Care", "https://portal.example.com")


@contextmanager
def agency(given: AgencySettings | None = None, *, clock: ManualClock | None = None) -> Generator[Agency, None, None]:
    """An agency of its own, gone at the end. Without a clock it goes by the
    real one.

    Raises :class:`~carekey.InvalidInput` with the findings about the settings.
    """
    with Directory.open("memory:", key=KEY, clock=clock) as directory:
        yield directory.create_agency(given or settings(), actor=Actor.support("Test"))
