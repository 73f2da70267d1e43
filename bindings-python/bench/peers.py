# Peers that only make bench brings have no types here.
# pyright: basic, reportMissingImports=false, reportMissingModuleSource=false
"""What people would take from Python otherwise: argon2-cffi for a hash, Django
for accounts. Both sides in one run, turn by turn, on files of their own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import argon2
import django
from django.conf import settings

from carekey import Actor, AgencySettings, Directory, Roster
from carekey.password import Hasher
from turns import beside, turns

PEOPLE = 10_000
HASHES = 20
PASSWORD = "Lantern#47 tide"


def hashing() -> None:
    hasher = Hasher()
    peer = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32)
    stored = hasher.hash(PASSWORD)
    assert peer.verify(stored, PASSWORD) and hasher.verify(peer.hash(PASSWORD), PASSWORD).matches

    def ours() -> None:
        for _ in range(HASHES):
            assert hasher.verify(stored, PASSWORD).matches

    def theirs() -> None:
        for _ in range(HASHES):
            peer.verify(stored, PASSWORD)

    first, second = turns(ours, theirs)
    name = f"argon2-cffi {version('argon2-cffi')}"
    beside("a password compared from Python, 19 MiB, 2 passes", HASHES, first, name, second, "each takes the other's")


def accounts(folder: Path) -> None:
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "django.db"}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    directory = Directory.open(f"sqlite:{folder / 'carekey.db'}", key=bytes(range(32)))
    new = AgencySettings("104", "Harbor", "https://portal.example.com")
    support = Actor.support("Pat Long")
    office = directory.create_agency(new, actor=support).acting_as(support)
    turn = iter(range(1_000))

    def people() -> list[tuple[str, str]]:
        number = next(turn)
        return [(f"p{number}x{at}@example.com", f"Ann{number}x{at}") for at in range(PEOPLE)]

    # What comes before the accounts is not counted: of Django it is nothing.
    def preview(some: list[tuple[str, str]]):  # noqa: ANN202
        lines = "\n".join(f"{first},Wright,caregiver,{email}" for email, first in some)
        return office.preview(Roster.read(f"First,Last,Role,Email\n{lines}\n".encode()))

    previews = iter([preview(people()) for _ in range(5)])
    one_by_one, at_once = iter([people() for _ in range(5)]), iter([people() for _ in range(5)])

    def ours() -> None:
        report = office.create(next(previews))
        assert len(report.rows) == PEOPLE

    def create_user() -> None:
        with transaction.atomic():
            for email, first in next(one_by_one):
                User.objects.create_user(email, email, None, first_name=first, last_name="Wright")

    def bulk_create() -> None:
        User.objects.bulk_create(
            [User(username=email, email=email, first_name=first, last_name="Wright", password="!")
             for email, first in next(at_once)],
            batch_size=500,
        )

    took, single, bulk = turns(ours, create_user, bulk_create)
    name = f"Django {django.__version__}"
    note = "with contact, link, history, invitation and message; Django writes a user alone"
    beside("10,000 accounts created from Python, SQLite", PEOPLE, took, f"{name} create_user", single, note)
    beside("10,000 accounts created from Python, SQLite", PEOPLE, took, f"{name} bulk_create", bulk, note)
    value = f"{single / took:.2f} times Django's `create_user`, {bulk / took:.2f} its `bulk_create`"
    print(f"reach | create-sqlite | {value} |")


def imports() -> None:
    def load(module: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, "-c", f"import {module}"], check=True)

    ours, theirs, nothing = turns(load("carekey"), load("argon2"), load("sys"))
    name = f"argon2-cffi {version('argon2-cffi')}"
    beside("import", 1, ours - nothing, name, theirs - nothing, "without the start of Python")


hashing()
with tempfile.TemporaryDirectory() as folder:
    accounts(Path(folder))
imports()
