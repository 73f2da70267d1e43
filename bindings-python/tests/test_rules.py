"""The rules alone: what the cases do not show of their Python face."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

import carekey
from carekey import Finding, Policy, Secret
from carekey.account import Throttle, TokenLife
from carekey.history import Head, Line
from carekey.invitation import Invitation, InvitationCode, LinkToken
from carekey.message import Text, moment, render
from carekey.password import Hasher, check_answers, check_password
from carekey.relationship import PartyFacts, Tie
from carekey.username import NameRequest, PersonName, Taken, Usernames, check_email, check_phone
from carekey.visibility import Of, Viewer, decide

NOW = datetime(2026, 3, 2, 9, tzinfo=timezone.utc)
ANY: Any = object()

WRONG: dict[str, Callable[[], object]] = {
    "a text": lambda: check_email(ANY),
    "a country": lambda: check_phone("2125550142", ANY),
    "a secret": lambda: check_password(ANY),
    "a policy": lambda: check_password("Lantern#47 tide", policy=ANY),
    "a flag": lambda: check_password("Lantern#47 tide", second_factor=ANY),
    "answers": lambda: check_answers(ANY, username="sue"),
    "names": lambda: Taken(ANY),
    "a text for many": lambda: Taken("104fconner"),
    "a request": lambda: Usernames(prefix="104", country="US").check(ANY),
    "a name": lambda: NameRequest(1, "staff", ANY),
    "a moment": lambda: Throttle().admit(ANY),
    "a moment without a zone": lambda: Throttle().admit(datetime(2026, 3, 2)),
    "a duration": lambda: TokenLife.step(ANY, now=NOW, epoch=0),
    "an epoch": lambda: TokenLife.session(now=NOW, epoch=ANY),
    "a key": lambda: Head().append(ANY, line()),
    "a line": lambda: Head().append(bytes(32), ANY),
    "an identifier": lambda: PartyFacts(ANY),
    "a viewer": lambda: decide(ANY, "calendar", Of.own(), at=NOW),
    "a parameter": lambda: render(Text("{a}"), {"a": ANY}),
}


def line() -> Line:
    """A line of a history."""
    return Line(UUID(int=1), at=NOW, kind="account.disabled", actor="manager", actor_name="Felicia Conner")


@pytest.mark.parametrize("call", WRONG.values(), ids=WRONG.keys())
def test_what_has_the_wrong_type_is_refused_with_a_code(call: Callable[[], object]) -> None:
    with pytest.raises(carekey.WrongType) as caught:
        call()
    assert caught.value.code == "input.wrong_type"


def test_a_word_that_is_none_is_refused_with_a_code() -> None:
    unknown: Any = "nobody"
    with pytest.raises(carekey.InvalidInput) as caught:
        Policy.agency().enrolment_scheme(unknown)
    assert caught.value.code == "input.unknown_word"
    with pytest.raises(carekey.InvalidInput) as caught:
        Finding(unknown, "field")
    assert caught.value.code == "input.unknown_word"


def test_a_key_of_another_length_is_refused() -> None:
    for call in (lambda: Head().append(b"short", line()), lambda: Hasher(pepper=b"short")):
        with pytest.raises(carekey.ConfigurationError) as caught:
            call()
        assert caught.value.code == "key.length"


def test_what_was_read_is_compared_shown_and_required() -> None:
    checked = check_email("sue@example.com")
    assert checked == check_email("sue@example.com") != check_email("sam@example.com")
    assert checked.require() == checked.value
    with pytest.raises(carekey.InvalidInput) as caught:
        check_email("sue").require()
    assert caught.value.code == "email.malformed"
    assert [finding.code for finding in caught.value.findings] == ["email.malformed"]
    assert "sue" not in str(caught.value)


def test_codes_and_links_do_not_show() -> None:
    code, link = InvitationCode.generate(), LinkToken.generate()
    rendered = render(Text("{code}"), {}, {"code": code.canonical(), "text": "hidden away"})
    shown = repr([code, link, rendered, code.canonical(), InvitationCode.parse(code.grouped())])
    for secret in (code.canonical(), code.grouped(), link.canonical()):
        assert isinstance(secret, Secret)
        assert secret.reveal() not in shown


def test_states_go_to_a_store_and_come_back() -> None:
    throttle = Throttle()
    throttle.admit(NOW)
    throttle.failed(NOW)
    assert Throttle(**throttle.to_dict()) == throttle != Throttle()
    life = TokenLife.session(now=NOW, epoch=3, remember=True)
    assert TokenLife(**life.to_dict()) == life
    invitation = Invitation.issue("sue@example.com", "email", now=NOW)
    invitation.supersede(NOW + timedelta(days=1))
    assert Invitation(**invitation.to_dict()) == invitation
    chained = Head().append(bytes(32), line())
    assert Line(**chained.to_dict()) == chained


def test_a_policy_may_be_a_draft() -> None:
    draft = Policy.draft({"invitation": {"lifetime_hours": 0}})
    assert [finding.code for finding in draft.findings()] == ["policy.out_of_range"]
    for source in ('{"invitations": {}}', '{"password": [12]}', "{"):
        with pytest.raises(carekey.InvalidInput) as caught:
            Policy.draft(source)
        assert caught.value.code == "policy.malformed"


def test_a_moment_is_told_in_its_own_offset() -> None:
    at = datetime(2026, 1, 31, tzinfo=timezone(timedelta(hours=-5)))
    assert moment(at, "es") == "31 de enero de 2026 a las 00:00 UTC-5"


class Own(datetime):
    """A class of a host's."""


@pytest.mark.parametrize(
    "at",
    [
        datetime(1, 1, 1, tzinfo=timezone.utc),
        datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=timezone.utc),
        datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=timezone.utc),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=-2))),
        datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York")),
        datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=ZoneInfo("America/New_York")),
        datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=1, seconds=7, microseconds=3))),
        Own(2026, 3, 14, 9, microsecond=7, tzinfo=timezone.utc),
    ],
)
def test_a_moment_comes_out_in_utc_as_it_came_in(at: datetime) -> None:
    begins_at = Tie("payer", who=UUID(int=1), of=UUID(int=2), begins_at=at).begins_at
    assert type(begins_at) is datetime and begins_at.tzinfo == timezone.utc
    assert begins_at == at.astimezone(timezone.utc)


class Moving(tzinfo):
    """A zone that somebody moves."""

    offset = timedelta(0)

    def utcoffset(self, dt: datetime | None) -> timedelta:
        return self.offset

    def dst(self, dt: datetime | None) -> None:
        return None

    def tzname(self, dt: datetime | None) -> str:
        return "moving"


def test_a_moment_that_comes_in_again_is_read_anew_where_its_zone_may_have_moved() -> None:
    def read(at: datetime) -> datetime:
        return Tie("payer", who=UUID(int=1), of=UUID(int=2), begins_at=at).begins_at

    zone = Moving()
    moves = datetime(2026, 3, 14, 9, tzinfo=zone)
    stays = datetime(2026, 3, 14, 9, tzinfo=timezone.utc)
    assert [read(at) for at in (moves, moves, stays, stays, NOW, stays)] == [stays] * 4 + [NOW, stays]
    zone.offset = timedelta(hours=1)
    assert read(moves) == read(moves) == stays - timedelta(hours=1)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, [stays, NOW] * 100)) == [stays, NOW] * 100


def test_a_batch_serves_threads_and_gives_each_name_once() -> None:
    names = Usernames(prefix="104", country="US")
    smith = PersonName.parse("J Smith").require()

    def take(number: int) -> str | None:
        request = NameRequest(number, "staff", smith)
        verdict = names.check(request)
        while not verdict.passes:
            verdict = names.accept(request, verdict.suggestions[0])
        return verdict.username

    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(take, range(1, 101)))
    assert len(set(given)) == 100 and None not in given


def test_a_viewer_that_is_not_active_sees_nothing() -> None:
    assert not decide(Viewer(active=False), "profile", Of.own(), at=NOW)
