"""Bad input gives the right exception with its code, and nothing is lost."""

from __future__ import annotations

import io
import pickle
import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest

import carekey
from carekey import Actor, Agency, AgencySettings, Directory, ManualClock, Office, Policy, Roster, Secret
from carekey import _carekey as native

from tests.conftest import KEY

WRONG: Any = object()


def raised(act: Callable[[], object]) -> carekey.CarekeyError:
    """What an act raises: always one of carekey's own."""
    with pytest.raises(carekey.CarekeyError) as caught:
        act()
    return caught.value


# What reads when it is first asked for a row.
LAZY = ("find_parties", "applications", "applications_by", "messages")


def test_every_public_call_refuses_a_wrong_type_with_its_code(agency: Agency, office: Office) -> None:
    """Whatever takes arguments is called with an object that fits nowhere."""
    wrong = 0
    for target in (agency, office, agency.outbox):
        for name in dir(target):
            attribute: Any = getattr(target, name)
            if name.startswith("_") or not callable(attribute) or name in LAZY:
                continue
            signature: str | None = getattr(attribute, "__text_signature__", None)
            if signature is None or signature in ("()", "($self)"):
                continue
            count = len([p for p in signature.strip("()").split("*")[0].split(",") if p.strip() not in ("", "$self", "/")])
            keywords = [
                p.strip()
                for p in signature.strip("()").partition("*, ")[2].split(",")
                if p.strip() and "=" not in p and p.strip() != "/"
            ]
            if count == 0 and not keywords:
                continue
            error = raised(lambda: attribute(*[WRONG] * count, **dict.fromkeys(keywords, WRONG)))
            assert error.code == "input.wrong_type", f"{name}{signature}: {error}"
            assert isinstance(error, TypeError) and isinstance(error, ValueError)
            wrong += 1
    assert wrong >= 45, wrong


@pytest.mark.parametrize(
    ("act", "kind", "code"),
    [
        (lambda: Directory.open("sqlite:x", key=b"short"), carekey.ConfigurationError, "key.length"),
        (lambda: Directory.open("mysql://x", key=KEY), carekey.ConfigurationError, "store.address"),
        (lambda: Directory.open("sqlite:/no/such/folder/x.db", key=KEY), carekey.StoreError, "store.unavailable"),
        (lambda: Directory.open("memory:", key=cast(bytes, "text")), carekey.WrongType, "input.wrong_type"),
        (lambda: Directory.open("\ud800", key=KEY), carekey.WrongType, "input.wrong_type"),
        (lambda: Roster.read("no-such-file.csv"), carekey.InvalidInput, "roster.unreadable"),
        (lambda: Roster.read(Path("no-such-file.csv")), carekey.InvalidInput, "roster.unreadable"),
        (lambda: Roster.read(b""), carekey.InvalidInput, "roster.empty"),
        (lambda: Roster.read(b"Role,Name\nClient,\x81\n"), carekey.InvalidInput, "roster.encoding"),
        (lambda: Roster.read(b'Role,Name\nClient,"Sue\n'), carekey.InvalidInput, "roster.malformed"),
        (lambda: Roster.read(io.StringIO("Name\nSue\n")), carekey.InvalidInput, "roster.column_missing"),
        (lambda: Roster.read(io.StringIO("Role,Name\nClient,\ud800\n")), carekey.WrongType, "input.wrong_type"),
        (lambda: Roster.read(cast(Any, 5)), carekey.WrongType, "input.wrong_type"),
        (lambda: Roster.read(cast(Any, [5])), carekey.WrongType, "input.wrong_type"),
        (lambda: Roster.read([]), carekey.InvalidInput, "roster.empty"),
        (lambda: Policy.read("not json"), carekey.InvalidInput, "policy.malformed"),
        (lambda: Policy.read({"no_such_section": 1}), carekey.InvalidInput, "policy.malformed"),
        (lambda: Policy.read({"invitation": {"lifetime_hours": 10_000_000}}), carekey.InvalidInput, "policy.out_of_range"),
        (lambda: Policy.read(cast(Any, {"a": WRONG})), carekey.WrongType, "input.wrong_type"),
        (lambda: Actor.account("no-uuid"), carekey.InvalidInput, "id.malformed"),
        (lambda: ManualClock(datetime(2026, 1, 1)), carekey.WrongType, "input.wrong_type"),
        (lambda: Secret(cast(str, 5)), carekey.WrongType, "input.wrong_type"),
    ],
)
def test_the_right_exception_with_its_code(act: Callable[[], object], kind: type[Exception], code: str) -> None:
    error = raised(act)
    assert type(error) is kind
    assert error.code == code


def test_words_that_are_none_name_those_there_are(office: Office) -> None:
    error = raised(lambda: office.add_party("Sue Wright", roles=cast(Any, ["boss"])))
    assert error.code == "input.unknown_word"
    assert "caregiver" in str(error.params["choices"])
    assert raised(lambda: office.users(sort=cast(Any, "shoe_size"))).code == "input.unknown_word"
    assert raised(lambda: office.add_party("Sue Wright", roles=cast(Any, "client"))).code == "input.wrong_type"


def test_what_is_not_there(agency: Agency, office: Office) -> None:
    nobody = uuid.uuid4()
    assert raised(lambda: office.user(nobody)).code == "account.not_found"
    assert raised(lambda: agency.party(nobody)).code == "party.not_found"
    assert raised(lambda: agency.can_see(nobody, "invoices")).code == "account.not_found"
    assert isinstance(raised(lambda: office.disable(nobody)), LookupError)


def test_an_actor_who_may_not(agency: Agency) -> None:
    job = agency.acting_as(Actor.system("nightly"))
    error = raised(lambda: job.add_manager(first_name="Felicia", last_name="Conner", email="felicia@example.com"))
    assert isinstance(error, carekey.NotAllowed)
    assert error.code == "actor.not_allowed"


def test_everything_of_a_closed_directory_says_so(directory: Directory, agency: Agency, office: Office) -> None:
    pages = agency.find_parties()
    directory.close()
    directory.close()
    acts: list[Callable[[], object]] = [
        lambda: directory.agencies(),
        lambda: agency.code,
        lambda: agency.sign_in("a", "b"),
        lambda: office.users(),
        lambda: agency.outbox.claim(),
        lambda: next(pages),
        lambda: repr(agency),
    ]
    for act in acts:
        error = raised(act)
        assert isinstance(error, carekey.StoreError)
        assert error.code == "directory.closed"


def test_another_key_does_not_open_it(tmp_path: Path) -> None:
    address = f"sqlite:{tmp_path / 'carekey.db'}"
    Directory.open(address, key=KEY).close()
    assert raised(lambda: Directory.open(address, key=bytes(32))).code == "key.wrong"


def test_a_file_that_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("buy milk\n" * 1000)
    assert isinstance(raised(lambda: Directory.open(f"sqlite:{path}", key=KEY)), carekey.StoreError)
    assert path.read_text() == "buy milk\n" * 1000


def test_a_panic_is_an_exception_and_the_process_lives(agency: Agency) -> None:
    error = raised(native._panic)
    assert isinstance(error, carekey.InternalError)
    assert isinstance(error, Exception)
    assert agency.code == "104"


def test_the_texts_of_an_error(agency: Agency) -> None:
    error = raised(lambda: agency.session("no-such-token"))
    assert str(error) == f"{error.message()} [{error.code}]"
    assert error.message("es") != error.message("en")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.code, again.kind, str(again)) == (type(error), error.code, error.kind, str(error))


def test_no_secret_is_in_what_is_raised_or_shown(agency: Agency) -> None:
    canary = "Canary!4711 secret"
    errors = [
        raised(lambda: agency.activate("https://portal.example.com/activate#" + canary, canary)),
        raised(lambda: agency.session(canary)),
        raised(lambda: agency.change_password(canary, canary, canary)),
        raised(lambda: agency.redeem_code(canary, "sue@example.com")),
        raised(lambda: agency.recovery_code(canary, canary)),
    ]
    shown = [str(error) + repr(error) + repr(error.params) + repr(error.findings) for error in errors]
    shown += [repr(Secret(canary)), str(Secret(canary)), f"{Secret(canary)!s}"]
    assert not any(canary in text for text in shown)
    with pytest.raises(TypeError):
        pickle.dumps(Secret(canary))


def test_an_agency_needs_good_settings(directory: Directory) -> None:
    error = raised(
        lambda: directory.create_agency(
            AgencySettings("1/04", "", "ftp://x", country="USA"), actor=Actor.support("Pat Long")
        )
    )
    assert {finding.code for finding in error.findings} >= {"agency.code_malformed", "agency.country"}
    assert directory.agencies() == []
