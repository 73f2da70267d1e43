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

from carekey import Actor, Message, Office, Policy
from carekey.message import label

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
    import django
    from django.core.management import call_command
    from django.test.utils import setup_test_environment, teardown_test_environment

    django.setup()
    setup_test_environment()
    call_command("migrate", verbosity=0)
    # An empty site begins so.
    assert "agency 104" in manage("agency", "Harbor Home Care", "https://portal.example.com", "--by", "Pat Long")
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


def received(office: Office, address: str) -> Message:
    """The last message to somebody; all that wait are taken."""
    return [message for message in taken(office) if message.address == address][-1]


def taken(office: Office) -> list[Message]:
    waiting = office.agency.outbox.claim(1000)
    assert office.agency.outbox.sent_all(waiting) == len(waiting)
    return waiting


def link_in(message: Message, page: str) -> str:
    found = re.search(rf"https://portal\.example\.com(/{page})#(\S+)", message.body.reveal())
    assert found is not None, message.kind
    return found[2]


def test_every_link_of_every_mail_leads_to_a_page(client: Any, office: Office) -> None:
    from typing import get_args
    from urllib.parse import urlsplit

    from carekey.words import MessageKind, Method

    pages: set[str] = set()
    for kind in get_args(MessageKind):
        for method in get_args(Method):
            for language in ("en", "es"):
                body = office.preview_text(kind, method, language).body.reveal()
                links: list[str] = re.findall(r"https://portal\.example\.com[^\s,]*", body)
                pages |= {urlsplit(link).path for link in links}
    assert pages == {"/activate", "/invitation", "/sign-in", "/confirm", "/object"}
    for page in pages:
        answer = client.get(page, secure=True)
        assert answer.status_code == 200, page
        # The script that reads what stands behind the `#` is there.
        assert b"/carekey-link.js" in answer.content
    script = client.get("/carekey-link.js", secure=True)
    assert script.headers["Content-Type"] == "text/javascript" and b"location.hash" in script.content


def test_the_whole_way_of_a_caregiver(client: Any, office: Office) -> None:
    from django.test import Client

    party = office.add_party("Cora Vale", roles=["caregiver"], email="cora@example.com").party
    office.create_account(party, "caregiver")
    link = link_in(received(office, "cora@example.com"), "activate")
    # A mail scanner opens the page, a stranger makes up a link, a password is weak.
    assert client.get("/activate", secure=True).status_code == 200
    assert post(client, "/activate", link="A" * len(link), password=PASSWORD, confirm=PASSWORD).status_code == 200
    weak = post(client, "/activate", link=link, password="short", confirm="other")
    assert weak.status_code == 200 and "errorlist" in weak.content.decode()
    done = post(client, "/activate", link=f"https://portal.example.com/activate#{link}", password=PASSWORD, confirm=PASSWORD)
    assert done.headers["Location"] == "/sign-in", done.content.decode()
    assert post(client, "/activate", link=link, password=PASSWORD, confirm=PASSWORD).status_code == 200
    # It signed nobody in: the questions come with the sign-in.
    assert client.get("/me", secure=True).status_code == 302
    assert post(client, "/sign-in", username="cora@example.com", password=PASSWORD).headers["Location"] == "/set-questions"
    assert post(client, "/set-questions", **answers()).headers["Location"] == "/me"
    assert client.get("/me", secure=True).content == b"cora@example.com"
    # Another password: this session goes on, another browser's does not.
    other = Client()
    from carekey.django.testing import sign_in

    sign_in(other, "cora@example.com", PASSWORD)
    assert other.get("/me", secure=True).status_code == 200
    wrong = post(client, "/change-password", current="wrong", password="Copper?Lantern29xq", confirm="Copper?Lantern29xq")
    assert wrong.status_code == 200 and "errorlist" in wrong.content.decode()
    assert post(client, "/change-password", current=PASSWORD, password="Copper?Lantern29xq", confirm="Copper?Lantern29xq").status_code == 302
    assert client.get("/me", secure=True).status_code == 200
    assert other.get("/me", secure=True).status_code == 302
    # Signing out is no link.
    assert client.get("/sign-out", secure=True).status_code == 405
    post(client, "/sign-out")
    assert client.get("/me", secure=True).status_code == 302
    assert client.get("/change-password", secure=True).headers["Location"].startswith("/sign-in")
    with pytest.raises(AssertionError, match="refused"):
        sign_in(Client(), "cora@example.com", PASSWORD)


def test_a_forgotten_password(client: Any, office: Office) -> None:
    from django.test import Client

    signed_in(client, office, "Dina Wells", "dina@example.com")
    visitor = Client()
    unknown = post(visitor, "/forgot", username="nobody@example.com").content.decode()
    page = post(visitor, "/forgot", username="dina@example.com").content.decode()

    def bare(text: str) -> str:
        return re.sub(r'value="[^"]{20,}"', "", text)

    # Whether there is such a user is never said.
    assert bare(page) == bare(unknown) and 'value="code"' in page

    def token(text: str) -> str:
        found = re.search(r'name="token" value="([^"]+)"', text)
        assert found is not None, text
        return found[1]

    code = re.search(r"^(\d{6,})$", received(office, "dina@example.com").body.reveal(), re.MULTILINE)
    assert code is not None
    refused = post(visitor, "/forgot", step="code", token=token(page), code="000000")
    assert "errorlist" in refused.content.decode() and 'value="code"' in refused.content.decode()
    page = post(visitor, "/forgot", step="code", token=token(page), code=code[1]).content.decode()
    assert 'value="questions"' in page, page
    asked = re.findall(r'name="asked" value="([^"]+)"', page)
    assert set(asked) == set(ANSWERS)

    def given(text: str, right: bool) -> Any:
        fields: dict[str, Any] = {f"answer_{id}": ANSWERS[id] if right else "Nonsense" for id in asked}
        return visitor.post("/forgot", {"step": "questions", "token": token(text), "asked": asked, **fields}, secure=True)

    wrong = given(page, False).content.decode()
    assert "errorlist" in wrong and 'value="questions"' in wrong
    page = given(page, True).content.decode()
    assert 'value="new_password"' in page, page
    # No step is skipped: a password is set by nobody with a token of another.
    done = post(visitor, "/forgot", step="new_password", token=token(page), password="Copper?Lantern29xq", confirm="Copper?Lantern29xq")
    assert done.headers["Location"] == "/sign-in", done.content.decode()
    assert done.cookies["carekey_device"].value
    assert client.get("/me", secure=True).status_code == 302
    assert post(visitor, "/sign-in", username="dina@example.com", password="Copper?Lantern29xq").headers["Location"] == "/me"


def test_families_come_by_link_and_by_code(client: Any, office: Office) -> None:
    from django.test import Client

    by_link = office.add_party("Marisol Alvarez", roles=["family"], email="marisol@example.com").party
    office.invite(party=by_link)
    link = link_in(received(office, "marisol@example.com"), "invitation")
    empty = post(client, "/invitation")
    assert empty.status_code == 200 and "errorlist" in empty.content.decode()
    first = post(client, "/invitation", link=link)
    assert first.headers["Location"] == "/choose-password", first.content.decode()
    second = post(client, "/choose-password", password=PASSWORD, confirm=PASSWORD)
    assert second.headers["Location"] in {"/me", "/set-questions"}
    if second.headers["Location"] == "/set-questions":
        post(client, "/set-questions", **answers())
    assert client.get("/me", secure=True).content == b"marisol@example.com"
    assert "errorlist" in post(Client(), "/invitation", link=link).content.decode()

    application = office.add_application("A-7", family=by_link).application
    message = received(office, "marisol@example.com")
    code = re.search(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", message.body.reveal())
    assert code is not None
    # Without a session nothing is linked to an account that is there.
    told = post(Client(), "/invitation", code=code[0], contact="A-7").content.decode()
    assert "sign in" in told
    assert post(client, "/invitation", code=code[0], contact="A-7").headers["Location"] == "/me"
    assert office.application("A-7").linked_to == "marisol@example.com"
    assert office.application("A-7").id == application


def test_a_corrected_address_is_confirmed_or_objected_to(client: Any, office: Office) -> None:
    party = signed_in(client, office, "Nora Pike", "nora@example.com")
    office.edit_party(party, email="nora.pike@example.com")
    messages = {message.address: message for message in taken(office)}
    confirm = link_in(messages["nora.pike@example.com"], "confirm")
    object_to = link_in(messages["nora@example.com"], "object")
    assert "errorlist" in post(client, "/confirm", link=object_to).content.decode()
    assert post(client, "/object", link=object_to).headers["Location"] == "/sign-in"
    assert "errorlist" in post(client, "/confirm", link=confirm).content.decode()
    assert "objection" in {item.kind for item in office.review()}


def test_guards_answer_as_what_is_not_there(client: Any, office: Office) -> None:
    from uuid import uuid4

    from django.contrib.auth import get_user_model
    from django.test import Client

    own = signed_in(client, office, "Otto Reiss", "otto@example.com")
    other, _ = register(office, "Pia Stern", "pia@example.com")
    assert client.get(f"/plan/{own}", secure=True).status_code == 200
    assert client.get(f"/calendar/{own}", secure=True).status_code == 200
    # Another's, one that is not there, and what is no id: all the same.
    for hidden in (other, uuid4()):
        assert client.get(f"/plan/{hidden}", secure=True).status_code == 404
        assert client.get(f"/calendar/{hidden}", secure=True).status_code == 404
    assert client.get("/calendar/nonsense", secure=True).status_code == 404
    assert Client().get(f"/plan/{own}", secure=True).headers["Location"] == f"/sign-in?next=/plan/{own}"
    user: Any = get_user_model().objects.get(email="otto@example.com")
    assert user.has_perm("carekey.invoices", own) and not user.has_perm("carekey.invoices", other)
    assert not user.has_perm("carekey.nonsense", own) and not user.has_perm("other.invoices", own)
    [known] = office.each_user(filter="otto@example.com")
    office.disable(known.account)
    assert not user.has_perm("carekey.invoices", own)


def test_djangos_own_users_beside_and_managers_as_staff(client: Any, office: Office) -> None:
    from django.contrib.auth import get_user_model
    from django.test import Client

    model: Any = get_user_model()
    model.objects.create_superuser("root", "root@example.com", "Superuser!93x")
    root = Client()
    assert post(root, "/sign-in", username="root", password="Superuser!93x").headers["Location"] == "/me"
    assert root.session["_auth_user_backend"].endswith("ModelBackend")
    # carekey's middleware ends no session that is not its own.
    root.get("/sign-in", secure=True)
    assert "_auth_user_id" in root.session
    signed_in(client, office, "Rita Summer", "rita@example.com")
    user = model.objects.get(email="rita@example.com")
    assert (user.is_staff, user.is_superuser) == (False, False)
    [known] = office.each_user(filter="rita@example.com")
    party = known.party
    assert party is not None
    office.edit_party(party, phone="404-555-0131")
    office.promote(known.account)
    post(client, "/sign-in", username="rita@example.com", password=PASSWORD)
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (True, False)


def test_djangos_users_become_accounts_with_their_passwords(client: Any, office: Office) -> None:
    from django.contrib.auth import get_user_model

    model: Any = get_user_model()
    old = model.objects.create_user("tina", "tina@example.com", "Lantern?Tide28", first_name="Tina", last_name="Ueno")
    model.objects.create_user("gone", "gone@example.com", "Lantern?Tide28", is_active=False)
    assert "Tina Ueno\tpass\ttina@example.com" in manage("import-users", "--role", "caregiver", "--dry-run")
    assert not list(office.each_user(filter="tina@example.com"))
    told = manage("import-users", "--role", "caregiver")
    assert "tina@example.com" in told and "gone" not in told and "pbkdf2" not in told
    # Run again, nobody is left.
    assert "tina" not in manage("import-users", "--role", "caregiver")
    answer = post(client, "/sign-in", username="tina@example.com", password="Lantern?Tide28")
    assert answer.headers["Location"] == "/set-questions", answer.content.decode()
    assert post(client, "/set-questions", **answers()).headers["Location"] == "/me"
    # The same row of Django's as before, without its password.
    again = model.objects.get(email="tina@example.com")
    assert again.pk == old.pk and not again.has_usable_password()


def test_the_checks_say_what_is_wrong() -> None:
    from django.core.checks import run_checks
    from django.test import override_settings

    order = ["carekey.django.middleware.CarekeyMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware"]
    with override_settings(
        MIDDLEWARE=order,
        AUTHENTICATION_BACKENDS=["django.contrib.auth.backends.ModelBackend"],
        ROOT_URLCONF="django.contrib.auth.urls",
    ):
        assert {error.id for error in run_checks()} >= {"carekey.E003", "carekey.E004", "carekey.W005"}


def test_one_sees_and_ends_where_one_is_signed_in(client: Any, office: Office) -> None:
    from django.test import Client

    signed_in(client, office, "Greta Hale", "greta@example.com")
    thief = Client()
    assert post(thief, "/sign-in", username="greta@example.com", password=PASSWORD).headers["Location"] == "/me"
    assert Client().get("/sessions", secure=True).headers["Location"] == "/sign-in?next=/sessions"
    page = client.get("/sessions", secure=True).content.decode()
    [session, *_] = re.findall(r'name="id" value="([^"]+)"><button aria-label="End: Session', page)
    assert page.count("this one") >= 1
    # Another's session is not theirs to end; what is no id is not there.
    signed_in(other := Client(), office, "Hanna Iver", "hanna@example.com")
    for id in (session, "nonsense"):
        assert post(other, "/sessions", id=id).status_code == 404
    assert thief.get("/me", secure=True).status_code == 200
    assert post(client, "/sessions", id=session).headers["Location"] == "/sessions"
    assert thief.get("/me", secure=True).status_code == 302
    post(thief, "/sign-in", username="greta@example.com", password=PASSWORD)
    post(client, "/sessions", others="yes")
    assert thief.get("/me", secure=True).status_code == 302
    assert client.get("/me", secure=True).status_code == 200


def test_one_changes_the_own_contact_questions_and_language(client: Any, office: Office) -> None:
    signed_in(client, office, "Ilse Jung", "ilse@example.com")
    wrong = post(client, "/contacts", method="email", address="ilse@example.org", current="wrong").content.decode()
    # What was typed stays, but for the password.
    assert "errorlist" in wrong and 'value="ilse@example.org"' in wrong and 'value="wrong"' not in wrong
    bad = post(client, "/contacts", method="email", address="no address", current=PASSWORD).content.decode()
    assert "errorlist" in bad
    asked = post(client, "/contacts", method="email", address="ilse@example.org", current=PASSWORD)
    assert asked.headers["Location"] == "/contacts"
    page = client.get("/contacts", secure=True).content.decode()
    assert "To be confirmed until" in page and "on its way" in page
    messages = {message.address: message for message in taken(office)}
    assert post(client, "/confirm", link=link_in(messages["ilse@example.org"], "confirm")).headers["Location"] == "/sign-in"
    assert client.get("/me", secure=True).content == b"ilse@example.org"

    fields = {f"question_{n}": id for n, id in enumerate(("first_car", "first_flight", "first_job"))}
    given = {**fields, **{f"answer_{n}": text for n, text in enumerate(("Volvo", "Lisbon", "Bakery"))}}
    assert "errorlist" in post(client, "/change-questions", **given, current="wrong").content.decode()
    assert post(client, "/change-questions", **given, current=PASSWORD).headers["Location"] == "/change-questions"
    [known] = office.each_user(filter="ilse@example.org")
    assert "questions.changed" in {line.kind for line in office.agency.history(known.account)}

    assert "errorlist" in post(client, "/language", language="tlh").content.decode()
    assert post(client, "/language", language="es").headers["Location"] == "/language"
    # The pages follow.
    assert 'lang="es"' in client.get("/language", secure=True).content.decode()


def manager(client: Any, office: Office, name: str, email: str) -> str:
    """An account manager who is signed in, and so is staff; their account."""
    party = signed_in(client, office, name, email)
    office.edit_party(party, phone="404-555-0132")
    [known] = office.each_user(filter=email)
    # There may be three; one more takes the place of another.
    there = [user for user in office.each_user() if user.is_manager]
    if len(there) < 3:
        office.promote(known.account)
    else:
        office.hand_over(there[0].account, known.account)
    post(client, "/sign-in", username=email, password=PASSWORD)
    return str(known.account)


def test_the_office_reads_and_acts(client: Any, office: Office) -> None:
    from django.contrib.auth import get_user_model
    from django.test import Client, override_settings

    staff = client
    manager(staff, office, "Karl Lund", "karl@example.com")
    signed_in(other := Client(), office, "Mona Nash", "mona@example.com")
    [mona] = office.each_user(filter="mona@example.com")
    here = f"/admin/carekey/users/{mona.account}"

    # Who is not signed in comes back; who is no staff is refused, on every page and act.
    pages = ["/admin/carekey/", here, "/admin/carekey/invitations", "/admin/carekey/history"]
    for page in pages:
        assert Client().get(page, secure=True).headers["Location"].startswith("/sign-in?next=/admin/carekey/")
        assert other.get(page, secure=True).status_code == 403, page
    assert post(other, here, act="disable").status_code == 403
    [mona] = office.each_user(filter="mona@example.com")
    assert mona.state == "active"

    users = staff.get("/admin/carekey/?q=mona", secure=True).content.decode()
    assert "Mona Nash" in users and "Karl Lund" not in users
    # In the frame of Django's admin, where the site has it; else in carekey's own.
    assert "site-name" in users
    with override_settings(ROOT_URLCONF="tests.apps.portal.plain"):
        plain = staff.get("/office/?q=mona", secure=True).content.decode()
    assert "Mona Nash" in plain and "<main>" in plain and "site-name" not in plain
    # A superuser of Django's own is nobody in the agency.
    model: Any = get_user_model()
    model.objects.create_superuser("boss", "boss@example.com", "Superuser!93x")
    post(boss := Client(), "/sign-in", username="boss", password="Superuser!93x")
    assert boss.get("/admin/carekey/", secure=True).status_code == 403
    assert staff.get("/admin/carekey/?sort=nonsense", secure=True).status_code == 404
    assert "mona@example.com" in staff.get(here, secure=True).content.decode()
    assert staff.get("/admin/carekey/users/01890000-0000-7000-8000-000000000000", secure=True).status_code == 404

    assert post(staff, here, act="disable").headers["Location"] == here
    assert other.get("/me", secure=True).status_code == 302
    page = staff.get(here, secure=True).content.decode()
    assert 'value="enable"' in page and 'value="disable"' not in page and "disabled by Karl Lund" in page
    again = post(staff, here, act="disable")
    assert again.status_code == 422 and 'role="alert"' in again.content.decode()
    post(staff, here, act="enable")
    post(staff, here, act="set_note", note="Likes tulips")
    assert office.user(mona.account).note == "Likes tulips"
    weak = post(staff, here, act="reset_password", password="short", confirm="other")
    assert weak.status_code == 422 and "errorlist" in weak.content.decode()
    assert post(staff, here, act="reset_password", password="Copper?Lantern29xq", confirm="Copper?Lantern29xq").status_code == 302
    step = post(Client(), "/sign-in", username="mona@example.com", password="Copper?Lantern29xq")
    assert step.headers["Location"] == "/choose-password"
    assert post(staff, here, act="nonsense").status_code == 404
    kinds = re.findall(r"<td>([^<]+)</td>", staff.get(here, secure=True).content.decode())
    told = ("account.disabled", "account.enabled", "note.changed", "password.reset")
    assert {label("event_kind", kind) for kind in told} <= set(kinds)


def test_the_office_invites_and_follows_the_history(client: Any, office: Office) -> None:
    manager(client, office, "Olga Pratt", "olga@example.com")
    family = office.add_party("Paz Quin", roles=["family"], email="paz@example.com").party
    office.add_application("PQ-1", family=family)
    first = link_in(received(office, "paz@example.com"), "invitation")
    page = client.get("/admin/carekey/invitations?q=PQ-1", secure=True).content.decode()
    assert 'aria-label="Reinvite: PQ-1"' in page and 'aria-label="Cancel invitation: PQ-1"' in page
    id, as_of = (re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("application", "as_of"))
    assert id is not None and as_of is not None
    given = {"act": "reinvite", "application": id[1], "as_of": as_of[1].replace("&#x2B;", "+")}
    assert post(client, "/admin/carekey/invitations", **given).status_code == 302
    assert link_in(received(office, "paz@example.com"), "invitation") != first
    # A second click sends nothing twice.
    assert post(client, "/admin/carekey/invitations", **given).status_code == 422
    assert post(client, "/admin/carekey/invitations", act="cancel_invitation", application=id[1]).status_code == 302
    assert office.application("PQ-1").invitation != "live"

    history = client.get("/admin/carekey/history?kind=invitation.cancelled", secure=True).content.decode()
    assert "Verified: whole" in history and history.count(f"<td>{label('event_kind', 'invitation.cancelled')}</td>") == 1 and "Olga Pratt" in history
    # An actor has a name, an account a link to its page, a moment that of the reader; identifiers are for programs.
    made = client.get("/admin/carekey/history?kind=manager.added", secure=True).content.decode()
    assert re.search(r'<a href="/admin/carekey/users/[0-9a-f-]{36}">Olga Pratt</a>', made)
    assert not re.search(r">[^<]*[0-9a-f]{8}-[0-9a-f]{4}-", made) and not re.search(r"\d{2}T\d{2}:\d{2}", made)
    # Page by page, each line once.
    seen: list[str] = []
    at = "/admin/carekey/history"
    while at:
        page = client.get(at, secure=True).content.decode()
        seen += re.findall(r"<tr><td>.*?</tr>", page, re.DOTALL)
        on = re.search(r'<a href="(\?[^"]*after=[^"]+)"', page)
        at = "" if on is None else "/admin/carekey/history" + on[1].replace("&amp;", "&")
    assert len(seen) > 50
    for wrong in ("?kind=nonsense", "?after=nonsense"):
        assert client.get("/admin/carekey/history" + wrong, secure=True).status_code == 404


def test_the_pages_of_the_office_are_hidden_where_only_some_work_is_delegated(client: Any, office: Office) -> None:
    from django.contrib.auth import get_user_model

    settings = office.agency.settings
    policy = settings.policy.to_dict()
    policy["office"]["delegated"] = {"office_staff": {"users": ["client"], "user": ["client"], "unlock": ["client"]}}
    office.change_settings(settings.replace(policy=Policy.read(policy)))
    party = signed_in(client, office, "Quinn Rowe", "quinn@example.com")
    office.set_roles(party, ["office_staff"])
    # Staff by the site's own hand.
    get_user_model().objects.filter(email="quinn@example.com").update(is_staff=True)
    register(office, "Ruth Salt", "ruth@example.com")
    [ruth] = office.each_user(filter="ruth@example.com")
    here = f"/admin/carekey/users/{ruth.account}"
    page = client.get(here, secure=True).content.decode()
    assert 'value="unlock"' in page and 'value="disable"' not in page and "<h2>History</h2>" not in page
    assert post(client, here, act="unlock").status_code == 302
    assert post(client, here, act="disable").status_code == 403
    assert client.get("/admin/carekey/history", secure=True).status_code == 403
    assert client.get("/admin/carekey/invitations", secure=True).status_code == 403


def test_a_site_replaces_the_templates(client: Any, office: Office, tmp_path: Path) -> None:
    from django.conf import settings
    from django.test import override_settings

    (tmp_path / "carekey").mkdir()
    (tmp_path / "carekey/base.html").write_text("<main class=ours>{% block content %}{% endblock %}</main>")
    ours = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    with override_settings(TEMPLATES=ours):
        assert "<main class=ours>" in client.get("/sign-in", secure=True).content.decode()
    assert "<main class=ours>" not in client.get("/sign-in", secure=True).content.decode()
