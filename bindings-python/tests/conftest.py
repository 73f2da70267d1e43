"""What the tests share: an agency in a real SQLite file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from carekey import Actor, Agency, AgencySettings, Directory, ManualClock, Office

KEY = bytes(range(32))
START = datetime(2026, 3, 2, 9, tzinfo=timezone.utc)


@pytest.fixture
def clock() -> ManualClock:
    """A clock that is moved by hand."""
    return ManualClock(START)


@pytest.fixture
def directory(tmp_path: Path, clock: ManualClock) -> Iterator[Directory]:
    """An empty directory in a file."""
    with Directory.open(f"sqlite:{tmp_path / 'carekey.db'}", key=KEY, clock=clock) as directory:
        yield directory


@pytest.fixture
def agency(directory: Directory) -> Agency:
    """Agency 104, with the shipped policy."""
    settings = AgencySettings("104", "Harbor Home Care", "https://portal.example.com", owner_email="owner@example.com")
    return directory.create_agency(settings, actor=Actor.support("Pat Long"))


@pytest.fixture
def office(agency: Agency) -> Office:
    """Its office, with a job of the host's acting."""
    return agency.acting_as(Actor.system("import"), source="203.0.113.7")
