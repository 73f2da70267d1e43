"""What the command must not lose, and whom it must not guess: passwords that are
shown once, names that fit several, files and outputs that are not as they should be.
"""

from __future__ import annotations

import csv
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import carekey
from carekey import Actor, AgencySettings, ChangePassword, Directory, Policy, SetQuestions, TieReport
from carekey.cli.creating import Told, roster_in_parts
from carekey.cli.handing import LINES, Passwords
from carekey.password import questions
from tests.apps.test_cli import COMMAND, KEY, Office

# Those get a name that is no address, so that there may be nowhere to send to.
BY_HAND = '{"username": {"schemes": {"client": "staff", "payer": "staff", "emergency_contact": "staff"}}}'
WORDS = ["".join(word) for word in product("abdefghkm", repeat=4)]


@contextmanager
def inside(office: Office) -> Generator[carekey.Office, None, None]:
    """What the tests lay out, without a process for each act."""
    with Directory.open(f"sqlite:{office.folder / 'agency.db'}", key=bytes.fromhex(KEY)) as directory:
        yield directory.agency("104").acting_as(Actor.support("Pat Long"))


def made(folder: Path, policy: str) -> Office:
    office = Office(folder)
    settings = AgencySettings("104", "Harbor Home Care", "https://portal.example.com", policy=Policy.read(policy))
    with Directory.open(f"sqlite:{folder / 'agency.db'}", key=bytes.fromhex(KEY)) as directory:
        directory.create_agency(settings, actor=Actor.support("Pat Long"))
    return office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return made(tmp_path, BY_HAND)


def handed_over(office: Office, name: str) -> dict[str, str]:
    """The passwords of a file, by username; only its owner reads it."""
    path = office.folder / name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with path.open(encoding="utf-8", newline="") as file:
        return {row["Username"]: row["Temporary password"] for row in csv.DictReader(file)}


def opens(office: Office, username: str, password: str) -> bool:
    with inside(office) as desk:
        return isinstance(desk.agency.sign_in(username, password), ChangePassword)


def test_whoever_an_act_enrols_has_the_password_in_a_file(office: Office) -> None:
    with inside(office) as desk:
        sue = desk.add_party("Sue Wright", roles=["client"], email="sue@example.com").party
        ann, bo, cy, di = (
            str(desk.add_party(name, roles=["contact"]).party) for name in ("Ann Hale", "Bo Dale", "Cy Reed", "Di Long")
        )
        gone = desk.add_party("Gus Okafor", roles=["contact"], email="gus@example.com").party
        desk.delete_party(gone)
    acts = {
        "104ahale": ("roles", ann, "--role", "client"),
        "104bdale": ("tie", bo, "emergency_contact", str(sue)),
        "104creed": ("tie-all", "emergency_contact", cy, di, "--of", str(sue), "--csv"),
        "104gokafor": ("restore", str(gone), "Gus Okafor", "--role", "client"),
    }
    for username, act in acts.items():
        done = office.run(*act, "--hand-over", f"{username}.csv")
        assert done.returncode == 0, done
        passwords = handed_over(office, f"{username}.csv")
        assert username in done.stdout and username in passwords, done
        assert "to hand over in person" in done.stdout + done.stderr
        assert not [word for word in passwords.values() if word in done.stdout + done.stderr]
        assert opens(office, username, passwords[username])
    assert set(handed_over(office, "104creed.csv")) == {"104creed", "104dlong"}
    # Unnamed, the file is another one each time.
    for number, name in enumerate(("Eve Stone", "Flo Stone")):
        assert office.run("add", name, "--role", "client").returncode == 0
        assert len(handed_over(office, ("hand-over.csv", "hand-over-2.csv")[number])) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_no_password_of_what_was_committed_is_lost(office: Office, end: signal.Signals) -> None:
    rows = "".join(f"Office Staff,Ann {word}\n" for word in WORDS[:2600])
    arguments = ["create", office.file("r.csv", "Role,Name\n" + rows), "--hand-over", "passwords.csv"]
    # It ends while the second part is made.
    script = (
        "import carekey.cli.creating as creating, os, sys\n"
        "from carekey import cli\n"
        "plain = creating.Progress.update\n"
        "def update(self, task, **told):\n"
        "    plain(self, task, **told)\n"
        f"    if told['completed'] and hasattr(creating, 'again'): os.kill(os.getpid(), {int(end)})\n"
        "    if told['completed']: creating.again = True\n"
        "creating.Progress.update = update\n"
        "sys.argv[0] = 'carekey'\n"
        "cli.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=office.folder, env=office.environment(),
        stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == (-end if end == signal.SIGKILL else 130), done.stderr
    passwords = handed_over(office, "passwords.csv")
    with inside(office) as desk:
        users = {user.username for user in desk.each_user()}
    assert 0 < len(users) < 2600
    assert users == set(passwords)
    # The rest, and nobody twice; the file of before is not touched.
    again = office.json("create", "r.csv", "--hand-over", "rest.csv")
    assert again["counts"] == {"created": 2600 - len(users), "unchanged": len(users)}
    assert len(handed_over(office, "rest.csv")) == 2600 - len(users)


def test_what_parts_came_to_is_told_as_one(office: Office) -> None:
    rows = "".join(f"Office Staff,Ann {word}\n" for word in WORDS[:2100])
    told = office.json("create", office.file("r.csv", "Role,Name\n" + rows + "Client,\n"), code=1)
    assert told["counts"] == {"created": 2100, "failed": 1} and told["stopped"] is None
    assert [row["line"] for row in told["rows"]] == list(range(2, 2103))
    assert len(handed_over(office, "hand-over.csv")) == 2100


def test_ties_are_made_in_parts_that_tell_once_what_each_made(office: Office) -> None:
    ties = "".join(f"K-{word},emergency contact,C-1\n" for word in WORDS[:600])
    with inside(office) as desk:
        desk.add_party("Sue Wright", roles=["client"], external_id="C-1", email="sue@example.com")
        for word in WORDS[:600]:
            desk.add_party(f"Ann {word}", roles=["contact"], external_id=f"K-{word}")
        held = desk.preview_ties(("Who,Kind,Of\n" + ties).encode())
        parts: list[int] = []

        def part(told: Told) -> TieReport:
            with (office.folder / "ties.csv").open() as kept:
                parts.append(sum(1 for _ in kept))
            return desk.create_ties(held, progress=told)

        with Passwords(office.folder / "ties.csv", LINES) as passwords:
            came = roster_in_parts(part, lambda done, total: True, passwords)
    assert came.counts == {"made": 600} and came.stopped is None
    # The title and all of a part are there before the next begins.
    assert parts == [0, 501]
    assert len(handed_over(office, "ties.csv")) == 600


def test_names_in_files_to_hand_over_run_in_no_spreadsheet(office: Office) -> None:
    with inside(office) as desk:
        family = desk.add_party("=HYPERLINK(1) Ann", roles=["family"], phone="404-555-0131").party
    assert office.run("print-code", "--party", str(family), "--out", "codes.csv").returncode == 0
    with (office.folder / "codes.csv").open(newline="") as file:
        [row] = csv.DictReader(file)
    assert row["For"].startswith("'=") and row["Together with"].startswith("'+")


def test_what_fits_several_is_refused_with_who_they_are(office: Office) -> None:
    with inside(office) as desk:
        first = desk.add_party("Sam Roe", roles=["client"], email="house@example.com")
        desk.create_account(desk.add_party("Pat Roe", roles=["caregiver"], email="house@example.com").party, "caregiver")
        desk.add_party("Kim Roe", roles=["contact"], email="house@example.com")
    assert first.enrolled is not None
    refused = office.run("delete", "house@example.com", "--yes")
    assert refused.returncode == 2
    assert all(name in refused.stderr for name in ("Sam Roe", "Pat Roe", "Kim Roe", str(first.party)))
    told = office.json("unlock", "house@example.com", code=2)["error"]
    assert told["code"] == "party.ambiguous" and str(first.enrolled.account) in told["message"]
    assert office.run("unlock", str(first.enrolled.account)).returncode == 0
    with inside(office) as desk:
        assert len(list(desk.parties("Roe"))) == 3


def test_an_external_id_may_look_like_an_id(office: Office) -> None:
    with inside(office) as desk:
        ids = {text: desk.add_party(f"Ann {name}", roles=["contact"], external_id=text).party
               for name, text in (("Hale", "6b" * 16), ("Reed", "019cadc6-9a80-7d28-becb-d3b39569bb24"))}  # fmt: skip
    for text, id in ids.items():
        assert office.json("show", text)["party"]["id"] == str(id)
    missing = office.json("show", "019cadc6-9a80-7d28-becb-d3b39569bb25", code=1)
    assert missing["error"]["code"] == "party.not_found"


def test_delegated_work_acts_on_whom_it_is_given(tmp_path: Path) -> None:
    delegated = {"office": {"delegated": {"office_staff": {act: ["caregiver"] for act in ("unlock", "disable", "reset_password")}}}}
    office = made(tmp_path, json.dumps(delegated))
    with inside(office) as desk:
        helper = desk.add_party("Hal Reed", roles=["office_staff"]).party
        worker = desk.create_account(helper, "office_staff")
        assert worker.hand_over is not None and worker.username is not None
        step = desk.agency.sign_in(worker.username, worker.hand_over.reveal())
        assert isinstance(step, ChangePassword)
        ask = desk.agency.choose_password(step.step.token, "Harvest!Moon47")
        assert isinstance(ask, SetQuestions)
        answers = {question.id: answer for question, answer in zip(questions(), ["Biscuit", "Lincoln", "Rosalind"])}
        desk.agency.set_questions(ask.step.token, answers)
        ann = desk.add_party("Ann Hale", roles=["caregiver"], email="ann@example.com").party
        account = desk.create_account(ann, "caregiver").account
        manager = desk.add_manager(first_name="Dana", last_name="Whitfield", email="dana@example.com", phone="404-555-0131")
    acting = ("--as", f"account:{worker.account}")
    for named in (str(account), str(ann)):
        assert office.run("unlock", named, *acting).returncode == 0, named
    password = office.file("new", "Harvest!Moon47\n")
    assert office.run("reset-password", str(account), "--password-file", password, *acting).returncode == 0
    assert [row["done"] for row in office.json("disable", str(account), *acting)["rows"]] == [True]
    # Nobody is looked up for them, and nobody else is theirs to act on.
    assert office.run("unlock", "ann@example.com", *acting).returncode == 3
    assert office.run("unlock", str(manager.account), *acting).returncode == 3


def test_what_is_not_there_ends_with_1_and_is_a_document(office: Office) -> None:
    for act in (["show"], ["unlock"], ["history"], ["restore", "x", "Ann Hale", "--role", "contact"], ["invite"]):
        named = [*act, "nobody"] if len(act) == 1 else act
        told = office.json(*named, code=1)["error"]
        assert told["kind"] == "not_found" and told["code"].endswith(".not_found"), named
    assert office.run("show", "nobody").stderr == "nobody is known as nobody [party.not_found]\n"


def test_texts_are_read_as_windows_writes_them(office: Office) -> None:
    (office.folder / "key").write_bytes(b"\xef\xbb\xbf" + KEY.encode() + b"\r\n")
    (office.folder / "policy").write_bytes(b"\xef\xbb\xbf" + BY_HAND.encode())
    (office.folder / "new").write_bytes(b"\xef\xbb\xbfHarvest!Moon47\r\nnotes\r\n")
    (office.folder / "text").write_bytes(b"\xef\xbb\xbf{agency}: {link} or {code}, sign in at {page}")
    assert office.run("agency", "create", "105", "Other", "https://o.example.com", "--policy", "policy").returncode == 0
    with inside(office) as desk:
        made = desk.create_account(desk.add_party("Hal Reed", roles=["office_staff"]).party, "office_staff")
    named = ("--agency", "104")
    assert office.run("reset-password", str(made.account), "--password-file", "new", *named).returncode == 0
    assert opens(office, "104hreed", "Harvest!Moon47")
    assert office.json("texts", "preview", "invitation", "--method", "sms", "--body", "text", *named)["body"].startswith("Harbor")
    (office.folder / "binary").write_bytes(bytes(range(256)))
    for given in (
        ("reset-password", str(made.account), "--password-file", "binary", *named),
        ("agency", "create", "106", "Other", "https://o.example.com", "--policy", "binary"),
        ("accounts", "--key-file", "binary", *named),
        ("accounts", "--language-file", "binary", *named),
    ):
        done = office.run(*given)
        assert (done.returncode, "Traceback" in done.stderr, "UTF-8" in done.stderr) == (2, False, True), done


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")
def test_an_output_that_takes_nothing_is_told(office: Office) -> None:
    roster = office.file("r.csv", "Role,Name\nOffice Staff,Hal Reed\n")

    def run(*arguments: str, **given: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run([COMMAND, *arguments], cwd=office.folder, env=office.environment(), stderr=subprocess.PIPE, text=True, **given)

    with open("/dev/full", "w") as full:
        for act in (["create", roster], ["accounts"], ["accounts", "--json"], ["accounts", "--csv"], ["--help"]):
            done = run(*act, stdout=full)
            assert done.returncode == 4, done
            assert "No space left" in done.stderr and "Traceback" not in done.stderr and "Exception" not in done.stderr, done
    # What came of it is not lost with what was said of it.
    assert set(handed_over(office, "hand-over.csv")) == {"104hreed"}
    done = run("preview", roster, "--failed", "/dev/full", stdout=subprocess.DEVNULL)
    assert (done.returncode, "Traceback" in done.stderr) == (4, False), done
    reads, writes = os.pipe()
    os.close(reads)
    done = run("accounts", stdout=writes)
    os.close(writes)
    assert (done.returncode, "Traceback" in done.stderr) == (4, False), done
    done = run("accounts", preexec_fn=lambda: os.close(1))
    assert (done.returncode, done.stderr) == (4, "stdout is closed\n"), done
    assert office.json("accounts")["users"]


def test_rows_that_failed_are_for_their_owner_alone(office: Office) -> None:
    roster = office.file("r.csv", "Role,Name,Email,Password hash\nCaregiver,Ann Hale,nothing,$2b$12$abcdefghijklmnopqrstuv\n")
    for name in ("new.csv", office.file("there.csv", "of before")):
        (office.folder / "there.csv").chmod(0o644)
        assert office.run("preview", roster, "--failed", name).returncode == 1
        assert stat.S_IMODE((office.folder / name).stat().st_mode) == 0o600
        assert "Ann Hale" in (office.folder / name).read_text(encoding="utf-8-sig")


def test_a_store_that_was_mistyped_is_no_new_one(office: Office) -> None:
    for act in (("accounts",), ("agency", "list"), ("agency", "suspend", "104")):
        told = office.json(*act, "--store", "sqlite:agenci.db", code=4)
        assert told["error"]["code"] == "store.unavailable" and "agenci.db" in told["error"]["message"]
    assert not (office.folder / "agenci.db").exists()
    new = ("agency", "create", "104", "Other", "https://o.example.com", "--store", "sqlite:new.db")
    assert office.run(*new).returncode == 0
