"""The real Django, with its test client, on real SQLite files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from carekey import Actor, AgencySettings, Directory, Office

HERE = Path(__file__).parent
ROSTER = HERE.parents[2] / "tests/rosters/agency.csv"
PASSWORD = "Harvest!Moon47"
ANSWERS = {"first_pet": "Biscuit", "first_school": "Lincoln Elementary", "first_boss": "Rosalind"}


@pytest.fixture(scope="module", autouse=True)
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The site, set up once as ``manage.py`` would."""
    folder = tmp_path_factory.mktemp("portal")
    os.environ["PORTAL_FOLDER"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.apps.portal.settings"
    with Directory.open(f"sqlite:{folder / 'agency.db'}", key=bytes.fromhex("7b" * 32)) as directory:
        settings = AgencySettings("104", "Harbor Home Care", "https://portal.example.com")
        directory.create_agency(settings, actor=Actor.support("Pat Long"))
    import django
    from django.core.management import call_command
    from django.test.utils import setup_test_environment, teardown_test_environment

    django.setup()
    setup_test_environment()
    call_command("migrate", verbosity=0)
    yield
    teardown_test_environment()
    from carekey.django import conf
    from django.db import connections

    conf.close()
    connections.close_all()


@pytest.fixture
def office() -> Office:
    from carekey.django.conf import agency

    return agency().acting_as(Actor.support("Pat Long"))


@pytest.fixture
def client() -> Any:
    from django.test import Client

    return Client(enforce_csrf_checks=False)


def register(office: Office, name: str, email: str) -> tuple[str, str]:
    """A client of the agency, and the temporary password from their message."""
    added = office.add_party(name, roles=["client"], email=email)
    assert added.enrolled is not None, added
    for message in office.agency.outbox.claim(1000):
        office.agency.outbox.sent(message)
        if message.address == email:
            found = re.search(r"password: (\S+)", message.body.reveal())
            assert found is not None
            return str(added.party), found[1]
    raise AssertionError("no message")


def post(client: Any, path: str, **fields: str) -> Any:
    return client.post(path, fields, secure=True)


def answers() -> dict[str, str]:
    fields: dict[str, str] = {}
    for number, (question, answer) in enumerate(ANSWERS.items()):
        fields[f"question_{number}"], fields[f"answer_{number}"] = question, answer
    return fields


def signed_in(client: Any, office: Office, name: str, email: str, **ticked: str) -> str:
    """Someone who went all the way in; their party."""
    party, temporary = register(office, name, email)
    post(client, "/sign-in", username=email, password=temporary, **ticked)
    post(client, "/choose-password", password=PASSWORD, confirm=PASSWORD)
    done = post(client, "/set-questions", **answers())
    assert done.headers["Location"] == "/me", done.content
    return party


def test_a_sign_in_goes_through_all_its_steps(client: Any, office: Office) -> None:
    from django.contrib.auth import get_user_model

    _, temporary = register(office, "Susan Marsh", "susan@example.com")
    first = post(client, "/sign-in?next=/me", username="susan@example.com", password=temporary, next="/me")
    assert first.headers["Location"] == "/choose-password?next=%2Fme"
    # Nobody is signed in yet.
    assert client.get("/me", secure=True).headers["Location"] == "/sign-in?next=/me"
    assert not get_user_model().objects.filter(email="susan@example.com").exists()

    weak = post(client, "/choose-password", password="short", confirm="shorter")
    assert weak.status_code == 200
    assert "8" in weak.content.decode() and "errorlist" in weak.content.decode()
    second = post(client, "/choose-password?next=/me", password=PASSWORD, confirm=PASSWORD, next="/me")
    assert second.headers["Location"] == "/set-questions?next=%2Fme"

    page = client.get("/set-questions", secure=True).content.decode()
    assert 'value="first_pet"' in page
    last = post(client, "/set-questions?next=/me", **answers(), next="/me")
    assert last.headers["Location"] == "/me"
    assert client.get("/me", secure=True).content == b"susan@example.com"

    user: Any = get_user_model().objects.get(email="susan@example.com")
    assert (user.first_name, user.last_name) == ("Susan", "Marsh")
    assert not user.has_usable_password()
    [known] = office.each_user(filter="susan@example.com")
    assert user.get_username() == str(known.account)


def test_cookies_have_the_right_flags_and_the_token_is_stored_nowhere(client: Any, office: Office) -> None:
    from django.conf import settings
    from django.db import connection

    signed_in(client, office, "Flora Gold", "flora@example.com")
    cookie = client.cookies["carekey"]
    assert cookie["httponly"] and cookie["secure"] and cookie["samesite"] == "Lax"
    assert client.cookies["carekey_step"].value == ""
    connection.close()
    for file in settings.FOLDER.iterdir():
        assert cookie.value.encode() not in file.read_bytes(), file.name


def test_only_who_is_remembered_is_signed_in_after_the_browser_closes(client: Any, office: Office) -> None:
    signed_in(client, office, "Gina Lark", "gina@example.com")
    assert client.cookies["carekey"]["expires"] == ""
    client.cookies.clear()
    signed_in(client, office, "Hugo Moor", "hugo@example.com", remember="on")
    # Django's cookie lasts as long as carekey's, to the second.
    for name in ("carekey", "sessionid"):
        left = parsedate_to_datetime(client.cookies[name]["expires"]) - datetime.now(timezone.utc)
        assert timedelta(days=29, hours=23) < left <= timedelta(days=30), name


def test_a_second_sign_in_is_the_same_user(client: Any, office: Office) -> None:
    from django.contrib.auth import get_user_model
    from django.test import Client

    signed_in(client, office, "Ida Moss", "ida@example.com")
    again = Client()
    assert post(again, "/sign-in", username="ida@example.com", password=PASSWORD).headers["Location"] == "/me"
    assert get_user_model().objects.filter(email="ida@example.com").count() == 1


def test_the_device_stays_known_whatever_strangers_try(client: Any, office: Office) -> None:
    from django.test import Client

    signed_in(client, office, "Lena Ford", "lena@example.com")
    device = client.cookies["carekey_device"]
    assert device["httponly"] and device["secure"] and device["samesite"] == "Lax"
    assert parsedate_to_datetime(device["expires"]) > datetime.now(timezone.utc) + timedelta(days=1)
    post(client, "/sign-out")
    stranger = Client()
    for _ in range(5):
        post(stranger, "/sign-in", username="lena@example.com", password="wrong")
    assert post(stranger, "/sign-in", username="lena@example.com", password=PASSWORD).status_code == 200
    assert client.cookies["carekey_device"].value == device.value
    again = post(client, "/sign-in", username="lena@example.com", password=PASSWORD)
    assert again.headers["Location"] == "/me"
    assert again.cookies["carekey_device"].value == device.value
    assert again.cookies["carekey_device"]["expires"]


def test_a_refusal_says_nothing(client: Any, office: Office) -> None:
    register(office, "Una Reed", "una@example.com")
    wrong = post(client, "/sign-in", username="una@example.com", password="wrong")
    unknown = post(client, "/sign-in", username="nobody@example.com", password="wrong")
    assert wrong.status_code == unknown.status_code == 200

    def said(page: Any) -> str:
        text: str = page.content.decode()
        return re.sub(r'value="[^"]*"', "", text)

    assert said(wrong) == said(unknown)
    assert "carekey" not in client.cookies


def test_a_step_is_reached_only_with_its_token(client: Any) -> None:
    assert client.get("/choose-password", secure=True).headers["Location"] == "/sign-in"
    client.cookies["carekey_step"] = "made-up"
    assert post(client, "/choose-password", password=PASSWORD, confirm=PASSWORD).headers["Location"] == "/sign-in"


def test_disabling_ends_the_session_at_once(client: Any, office: Office) -> None:
    signed_in(client, office, "Vera Pine", "vera@example.com")
    assert client.get("/me", secure=True).status_code == 200
    [user] = office.each_user(filter="vera@example.com")
    office.disable(user.account)
    assert client.get("/me", secure=True).headers["Location"] == "/sign-in?next=/me"
    assert client.cookies["carekey"].value == ""


def test_djangos_session_alone_is_nobodys(client: Any, office: Office) -> None:
    signed_in(client, office, "Wanda Ash", "wanda@example.com")
    del client.cookies["carekey"]
    assert client.get("/me", secure=True).status_code == 302


def test_signing_out_ends_both(client: Any, office: Office) -> None:
    signed_in(client, office, "Xenia Bay", "xenia@example.com")
    token = client.cookies["carekey"].value
    post(client, "/sign-out")
    assert client.cookies["carekey"].value == ""
    with pytest.raises(Exception, match="session.ended"):
        office.agency.session(token)


def test_who_sees_what(client: Any, office: Office) -> None:
    own = signed_in(client, office, "Yara Elm", "yara@example.com")
    other, _ = register(office, "Zita Oak", "zita@example.com")
    assert client.get(f"/invoices/{own}", secure=True).status_code == 200
    assert client.get(f"/invoices/{other}", secure=True).status_code == 403
    client.cookies.clear()
    assert client.get(f"/invoices/{own}", secure=True).status_code == 403


def test_the_client_of_the_tests_is_told_to_use_a_page(client: Any, office: Office) -> None:
    from django.core.exceptions import ImproperlyConfigured

    signed_in(client, office, "Abel Birch", "abel@example.com")
    with pytest.raises(ImproperlyConfigured, match="CarekeyMiddleware"):
        client.login(username="abel@example.com", password=PASSWORD)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_child_opens_its_own_directory(office: Office) -> None:
    from carekey.django.conf import agency

    inherited = agency()
    child = os.fork()
    if child == 0:
        ok = False
        try:
            ok = agency() is not inherited and agency().code == "104"
            agency().acting_as(Actor.system("child")).add_party("Child Made", roles=["contact"])
        finally:
            os._exit(0 if ok else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert agency() is inherited
    assert [party.display_name for party in agency().find_parties("Child Made")] == ["Child Made"]


def manage(*arguments: str, code: int = 0) -> str:
    from django.core.management import call_command

    out = StringIO()
    try:
        call_command("carekey", *arguments, stdout=out)
    except SystemExit as end:
        assert end.code == code
    else:
        assert code == 0
    return out.getvalue()


def test_the_command_reads_rosters_and_sends_messages(tmp_path: Path, office: Office) -> None:
    from django.core import mail

    told = manage("preview", str(ROSTER), "--failed", str(tmp_path / "failed.csv"), code=1)
    assert "email.domain" not in told and "rows: 60" in told
    assert (tmp_path / "failed.csv").exists()
    made = manage("create", str(ROSTER), "--accept", "--hand-over", str(tmp_path / "passwords.csv"), code=1)
    assert "created: 35" in made and "invited: 5" in made
    mail.outbox.clear()
    waiting = list(office.messages("waiting"))
    by_email = sum(message.method == "email" for message in waiting)
    assert f"sent: {by_email}, failed: 0" in manage("outbox")
    # Text messages are left for whoever sends those.
    assert [message.method for message in office.messages("waiting")] == ["sms"] * (len(waiting) - by_email)
    assert len(mail.outbox) == by_email
    assert {message.from_email for message in mail.outbox} == {"Harbor <office@example.com>"}
    secrets = [found for sent in mail.outbox for found in re.findall(r"(?:#|password: )(\S+)", str(sent.body))]
    assert secrets and not [secret for secret in secrets if secret in told + made]
    assert "sent: 0, failed: 0" in manage("outbox")
    # Two of the roster share a contact.
    found = len(office.review())
    assert f"items: {found}" in manage("review", code=1)


def test_the_command_decides_who_is_who(tmp_path: Path, office: Office) -> None:
    from django.core.management import CommandError

    known = office.add_party("Rosa Lind", roles=["caregiver"], email="rosa@example.com").party
    roster = tmp_path / "lind.csv"
    roster.write_text("Role,Name,Email\nCaregiver,Rosa Lind,lind@example.com\n")
    assert f"waiting\t{known}" in manage("preview", str(roster), code=1)
    assert "\tpass\t" in manage("preview", str(roster), "--who", "2=another")
    with pytest.raises(CommandError, match="LINE=ID"):
        manage("preview", str(roster), "--who", "another")


def test_the_command_refuses_with_a_text(tmp_path: Path) -> None:
    from django.core.management import CommandError

    with pytest.raises(CommandError, match="roster.unreadable"):
        manage("preview", str(tmp_path / "none.csv"))


def test_djangos_own_passwords_keep_to_a_policy() -> None:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.password_validation import get_password_validators, validate_password
    from django.core.exceptions import ValidationError

    name = "carekey.django.password_validation.PolicyValidator"
    validators = get_password_validators([{"NAME": name, "OPTIONS": {"policy": "nist_800_63b_4"}}])
    user = get_user_model()(username="fconner", first_name="Felicia", last_name="Conner")
    with pytest.raises(ValidationError) as refused:
        validate_password("felicia conner", user, validators)
    assert {error.code for error in refused.value.error_list} == {
        "password.too_short",
        "password.block_listed",
        "password.contains_person",
    }
    validate_password("lantern tide over harbor", user, validators)
    assert validators[0].get_help_text().count("<li>") == 1
    [standard] = get_password_validators([{"NAME": name}])
    # Length, a numeral, a capital, a special character.
    assert standard.get_help_text().count("<li>") == 4


def test_what_is_missing_in_the_settings_is_told() -> None:
    from django.core.checks import run_checks
    from django.test import override_settings

    assert run_checks() == []
    with override_settings(CAREKEY={"ADDRESS": "memory:"}, MIDDLEWARE=[]):
        assert {error.id for error in run_checks()} >= {"carekey.E001", "carekey.E002"}
