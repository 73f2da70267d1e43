"""Values are equal, keys, copied, and go to other processes; secrets do not."""

import copy
import multiprocessing
import pickle
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from typing import Any
from uuid import UUID

import pytest

import carekey.testing
from carekey import (
    Actor,
    Agency,
    AgencySettings,
    CarekeyError,
    Decision,
    Finding,
    HashingLimits,
    InvalidInput,
    Policy,
    Roster,
    Secret,
    _carekey,
)
from carekey.account import Throttle, TokenLife
from carekey.history import Head, Line
from carekey.invitation import Invitation, InvitationCode
from carekey.username import PersonName, StaffPattern, check_email, check_phone
from carekey.visibility import Of, Viewer

native: Any = _carekey

NOW = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)


@pytest.fixture
def harbor() -> Iterator[Agency]:
    with carekey.testing.agency() as agency:
        yield agency


def values(agency: Agency) -> list[object]:
    """One of each kind of value, made twice gives equal ones."""
    office = agency.acting_as(Actor.support("Pat Long"))
    found = office.users()
    return [
        *found.users,
        found.users,
        found,
        *office.window(),
        agency.history(found.users[0].account),
        agency.can_see(found.users[0].account, "invoices"),
        *agency.can_see(found.users[0].account, "invoices").because,
        check_email("sue@gmial.com"),
        check_email("sue"),
        check_phone("2125550142", country="US"),
        PersonName.parse("O'Brien-Lee, Máire").require(),
        StaffPattern.parse("{first}.{last}").require(),
        Finding("username.taken", "username", params={"username": "sue"}, suggestion="sue2"),
        Policy.evv_state(),
        AgencySettings("104", "Harbor", "https://portal.example.com", owner_email="o@example.com"),
        HashingLimits(memory_kib=65536),
        Actor.support("Pat Long"),
        Actor.system("import"),
        Actor.account(UUID(int=7)),
        Of.own(),
        Of.application(UUID(int=7)),
        Viewer(active=True, applications=[UUID(int=7)]),
        Line(UUID(int=1), at=NOW, kind="account.disabled", actor="manager", actor_name="Felicia"),
        *Roster.read([{"role": "client", "name": "Sue Wright", "email": "sue@example.com"}]).rows,
    ]


CHANGING: list[Callable[[], object]] = [
    lambda: Throttle(failures=3, locked_until=NOW),
    lambda: TokenLife.session(now=NOW, epoch=2),
    lambda: Invitation.issue("wei@example.com", "email", now=NOW),
    lambda: Head(),
]


@pytest.fixture
def people(harbor: Agency) -> Agency:
    office = harbor.acting_as(Actor.support("Pat Long"))
    for name in ("Sue Wright", "Bo Hu"):
        office.add_party(name, roles=["client"], email=f"{name[:2].strip().lower()}@example.com")
    return harbor


def test_each_is_equal_to_its_like_and_a_key_with_it(people: Agency) -> None:
    ones, others = values(people), values(people)
    assert len(ones) >= 25
    for one, other in zip(ones, others):
        assert one == other and not one != other, one
        assert one != "another thing" and one != object()
        if isinstance(one, _carekey.Table):
            continue  # a list is no key
        assert hash(one) == hash(other) and len({one, other}) == 1, one
    assert len(set(map(repr, ones))) > 20


def test_what_differs_is_another_key() -> None:
    assert Actor.support("Pat") != Actor.system("Pat")
    names = {Actor.support("Pat"), Actor.system("Pat"), Actor.support("Ann")}
    assert len(names) == 3
    assert len({check_email("a@example.com"), check_email("b@example.com"), check_email("b")}) == 3
    assert len({Policy.agency(), Policy.evv_state(), Policy.nist_800_63b_4(), Policy.agency()}) == 3


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_each_comes_back_from_a_pickle_as_it_was(people: Agency, protocol: int) -> None:
    for one in [*values(people), *(make() for make in CHANGING)]:
        again = pickle.loads(pickle.dumps(one, protocol))
        assert again == one and type(again) is type(one), one
        assert repr(again) == repr(one) or not isinstance(one, (Throttle, TokenLife, Invitation))
        for copied in (copy.copy(one), copy.deepcopy(one)):
            assert copied == one


def test_a_table_that_came_back_is_still_one(people: Agency) -> None:
    users: Any = people.acting_as(Actor.support("Pat Long")).users().users
    again = pickle.loads(pickle.dumps(users[1:]))
    assert again == users[1:] and again.to_csv() == users[1:].to_csv() and again[0] == users[1]


def named(value: Any) -> tuple[str, str]:
    return type(value).__name__, repr(value)


def test_another_process_has_them(people: Agency) -> None:
    sent = values(people)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(named, sent) == [named(one) for one in sent]


def test_what_changes_is_no_key() -> None:
    for make in CHANGING:
        assert make() == make()
        with pytest.raises(TypeError, match="unhashable"):
            hash(make())


def test_no_secret_goes_anywhere(people: Agency) -> None:
    office = people.acting_as(Actor.support("Pat Long"))
    canary = "Canary!47"
    granted = native._restored("Granted._restored", session_of(people))
    secrets: list[object] = [Secret(canary), [Secret(canary)], granted, people, office, office.preview([{"name": "X", "role": "client"}])]
    for one in secrets:
        with pytest.raises(TypeError) as raised:
            pickle.dumps(one)
        assert canary not in str(raised.value)
    with pytest.raises(TypeError, match="Secret"):
        pickle.dumps(Secret(canary))
    with pytest.raises(TypeError, match="unhashable"):
        hash(Secret(canary))
    with pytest.raises(TypeError):
        hash(InvitationCode.generate())
    # What holds one is a key by the rest, and is copied, as it is on this side.
    assert hash(granted) == hash(copy.copy(granted)) and copy.deepcopy(granted) == granted


def session_of(agency: Agency) -> object:
    """A session, with its token."""
    office = agency.acting_as(Actor.support("Pat Long"))
    [user] = [user for user in office.users().users if user.username.startswith("su")]
    at = NOW
    made: object = native.Session._restored(user.account, Secret("t" * 40), at, False, Secret("d" * 40), at)
    return made


def test_a_pickle_made_by_hand_is_refused() -> None:
    for maker, takes in [
        ("Finding._restored", ("{}",)),
        ("Policy._restored", ('{"password": 7}',)),
        ("Decision._restored", ()),
        ("Decision._restored", ("x", "y")),
        ("User._table", ([1, 2],)),
        ("UserPage._restored", (Finding("username.taken", "username"), 1, 1)),
        ("StaffPattern._restored", ("{nothing}",)),
    ]:
        with pytest.raises(InvalidInput) as raised:
            native._restored(maker, *takes)
        assert raised.value.code == "input.wrong_type", maker
    assert isinstance(raised.value, CarekeyError) and Decision.__module__ == "carekey"
