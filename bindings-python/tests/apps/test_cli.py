"""The real command, in processes of its own, on a real SQLite file."""

from __future__ import annotations

import base64
import json
import os
import re
import stat
import subprocess
import sys
from email import message_from_bytes, policy
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from carekey import verify_export

ROSTER = Path(__file__).parents[3] / "tests/rosters/agency.csv"
COMMAND = str(Path(sys.executable).with_name("carekey"))
KEY = "7b" * 32
NO_MAIL = "Role,Name,Phone\nOffice Staff,Felicia Conner,\nOffice Staff,Frank Okafor,\n"


class Office:
    """A folder with a store, and the command run in it as an office would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "key").write_text(KEY + "\n")

    def environment(self, **changed: str | None) -> dict[str, str]:
        given: dict[str, str | None] = {
            **os.environ,
            "CAREKEY_STORE": "sqlite:agency.db",
            "CAREKEY_KEY_FILE": "key",
            "CAREKEY_AS": "support:Pat Long",
            "COLUMNS": "200",
            **changed,
        }
        return {name: value for name, value in given.items() if value is not None}

    def run(self, *arguments: str, **environment: str | None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [COMMAND, *arguments],
            cwd=self.folder,
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    def json(self, *arguments: str, code: int = 0, **environment: str | None) -> Any:
        done = self.run(*arguments, "--json", **environment)
        assert done.returncode == code, done
        return json.loads(done.stdout)

    def file(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, encoding="utf-8")
        return name


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    made = office.run("agency", "create", "104", "Harbor Home Care", "https://portal.example.com")
    assert (made.returncode, made.stderr) == (0, ""), made
    return office


def secrets_of(folder: Path) -> set[str]:
    """Every link, code and password that the sent messages held."""
    found: set[str] = set()
    for path in folder.iterdir():
        text = path.read_bytes()
        body = message_from_bytes(text, policy=policy.default).get_content() if path.suffix == ".eml" else text.decode()
        found.update(re.findall(r"#(\w{20,})", body))
        found.update(re.findall(r"^(?:Temporary password|Contraseña temporal): (\S+)$", body, flags=re.MULTILINE))
        found.update(re.findall(r"\b[0-9A-Z]{5}-[0-9A-Z]{5,6}\b", body))
    return found


def test_an_agency_is_created_once_and_listed(office: Office) -> None:
    again = office.run("agency", "create", "104", "Other", "https://other.example.com")
    assert again.returncode == 1
    assert "agency.exists" in again.stderr
    [listed] = office.json("agency", "list")["agencies"]
    assert listed.pop("since")
    assert listed == {
        "code": "104",
        "name": "Harbor Home Care",
        "link_base": "https://portal.example.com",
        "state": "open",
        "by": None,
        "reason": None,
        "export": None,
    }


def test_an_agency_ends_by_its_latest_export(office: Office) -> None:
    assert office.run("agency", "suspend", "104", "--reason", "left").stdout == "agency 104 is suspended\n"
    refused = office.run("accounts", "--agency", "104")
    assert (refused.returncode, "agency.suspended" in refused.stderr) == (3, True)
    assert office.run("agency", "resume", "104").returncode == 0
    assert office.run("accounts").returncode == 0
    office.run("agency", "suspend", "104")
    assert "actor.not_allowed" in office.run("agency", "export", "104", "all.jsonl", CAREKEY_AS="system:job").stderr
    made = office.json("agency", "export", "104", "all.jsonl")
    assert verify_export(office.folder / "all.jsonl", key=bytes.fromhex(KEY)).sha256 == made["sha256"]
    assert stat.S_IMODE((office.folder / "all.jsonl").stat().st_mode) == 0o600
    assert "export.failed" in office.run("agency", "export", "104", "all.jsonl").stderr
    (office.folder / "older.jsonl").write_bytes((office.folder / "all.jsonl").read_bytes())
    latest = office.json("agency", "export", "104", "latest.jsonl")
    # Nobody says yes.
    asked = office.run("agency", "delete", "104", "latest.jsonl")
    assert (asked.returncode, "for good?" in asked.stderr) == (1, True)
    assert "agency.not_exported" in office.run("agency", "delete", "104", "older.jsonl", "--yes").stderr
    assert office.run("agency", "delete", "104", "latest.jsonl", "--yes").stdout == "agency 104 is deleted\n"
    [note] = office.json("agency", "list")["agencies"]
    assert (note["state"], note["by"], note["export"]) == ("deleted", "Pat Long", latest["sha256"])
    again = office.run("agency", "create", "104", "Other", "https://other.example.com")
    assert "agency.deleted" in again.stderr


def test_a_preview_tells_of_every_row_and_writes_nothing(office: Office) -> None:
    told = office.json("preview", str(ROSTER), "--failed", "failed.csv", code=1)
    assert told["summary"] == {"rows": 60, "create": 35, "update": 1, "unchanged": 0, "waiting": 5, "failed": 19}
    assert len(told["rows"]) == 60
    becky = told["rows"][1]
    assert (becky["line"], becky["state"], becky["findings"][0]["code"]) == (3, "fail", "email.domain_without_dot")
    frank = next(row for row in told["rows"] if row["name"] == "Frank Conner")
    assert (frank["state"], frank["suggestions"][0]) == ("waiting", "104frconner")
    # Title, and a row for each that does not pass.
    assert len((office.folder / "failed.csv").read_text().splitlines()) == 1 + 24
    assert office.json("accounts")["users"] == []


def test_a_roster_becomes_accounts_once(office: Office) -> None:
    first = office.json("create", str(ROSTER), "--accept", code=1)
    assert first["counts"] == {"created": 35, "failed": 19, "invited": 5, "updated": 1}
    again = office.json("create", str(ROSTER), "--accept", code=1)
    assert again["counts"] == {"failed": 19, "unchanged": 41}
    assert len(office.json("accounts")["users"]) == 35
    # Everybody had a contact, so there was nothing to hand over.
    assert not (office.folder / "hand-over.csv").exists()


def test_texts_are_read_tried_and_set(office: Office) -> None:
    text = office.file("text.txt", "{agency}: {link} or {code}, sign in at {page}")
    given = ("invitation", "--method", "sms", "--body", text)
    assert "#SAMPLE or SAMPL-E0000" in office.json("texts", "preview", *given)["body"]
    assert office.json("texts", "list", "--own")["texts"] == []
    assert office.json("texts", "set", *given)["own"] is True
    [own] = office.json("texts", "list", "--own")["texts"]
    assert (own["kind"], own["method"], own["locale"]) == ("invitation", "sms", "en")
    assert office.json("texts", "show", "invitation", "--method", "sms")["body"] == own["body"]
    told = office.json("texts", "preview", "invitation", "--body", office.file("bad.txt", "{cod}"), code=1)
    assert "template.no_secret" in [finding["code"] for finding in told["error"]["findings"]]
    assert office.json("texts", "set", "invitation", "--method", "sms")["own"] is False
    assert office.json("texts", "list", "--own")["texts"] == []


def test_a_name_can_be_chosen(office: Office) -> None:
    roster = office.file("r.csv", "Role,Name,Email\nOffice Staff,Ann Long,a@example.com\nOffice Staff,Al Long,b@example.com\n")
    waiting = office.run("create", roster)
    assert waiting.returncode == 1 and "Waiting: 1" in waiting.stdout
    chosen = office.json("create", roster, "--name", "3=104al.long")
    assert [row["username"] for row in chosen["rows"]] == ["104along", "104al.long"]


def test_a_roster_of_ties_is_previewed_and_created_once(office: Office) -> None:
    people = "Role,Name,Email,ID\nClient,Sue Taming,sue@example.com,C-17\nContact,Tom Reed,tom@example.com,\n"
    office.run("create", office.file("people.csv", people))
    ties = office.file("ties.csv", "Who,Kind,Of,From,Shift\nTom Reed,guardian,C-17,01/02/2026,day\n")
    told = office.json("preview-ties", ties, "--dates", "day_first", code=1)
    assert [finding["code"] for finding in told["findings"]] == ["roster.column_unknown"]
    [row] = told["rows"]
    [tom] = row["who_maybe"]
    assert (row["outcome"], row["of_name"], row["findings"][0]["code"]) == ("waiting", "Sue Taming", "roster.maybe_same")
    assert tom in office.run("preview-ties", ties, "--dates", "day_first").stdout
    assert office.run("preview-ties", ties, "--who", "2").returncode == 2
    # Which number is the day, nothing says: it fails, whoever it is about.
    assert office.json("preview-ties", ties, "--who", f"2={tom}", code=1)["counts"] == {"failed": 1}
    given = ("create-ties", ties, "--dates", "day_first")
    made = office.run(*given, "--who", f"2={tom}")
    assert made.returncode == 0 and "Relationship Made" in made.stdout and "Shift" in made.stdout
    assert office.json(*given)["counts"] == {"unchanged": 1}


def test_who_is_who_is_decided_once(office: Office) -> None:
    titles = "Role,Name,Email\n"
    office.run("create", office.file("r.csv", titles + "Caregiver,Maria Garcia,maria@example.com\n"))
    roster = office.file("next.csv", titles + "Caregiver,Maria Garcia,garcia@example.com\n")
    [row] = office.json("preview", roster, code=1)["rows"]
    [party] = row["maybe"]
    assert (row["state"], row["findings"][0]["code"]) == ("waiting", "roster.maybe_same")
    assert party in office.run("preview", roster).stdout
    assert office.json("preview", roster, "--who", f"2={party}")["rows"][0]["party"] == party
    assert office.run("preview", roster, "--who", "2").returncode == 2
    assert office.json("create", roster, "--who", "2=another")["counts"] == {"created": 1}
    assert office.json("create", roster)["counts"] == {"unchanged": 1}


def test_what_a_status_and_a_day_of_leaving_mean_is_told(office: Office) -> None:
    sue, ann = "Caregiver,Sue Wright,s@example.com,Per visit,", "Caregiver,Ann Hale,a@example.com,Active,03/04/2050"
    roster = office.file("r.csv", f"Role,Name,Email,Status,Last day worked\n{sue}\n{ann}\n")
    first, second = office.json("preview", roster, code=1)["rows"]
    assert [finding["code"] for finding in first["findings"]][:1] == ["roster.status_unclear"]
    assert "roster.leaves" in [finding["code"] for finding in second["findings"]]
    told = ("--status", "Per visit=here", "--dates", "month_first")
    assert [row["state"] for row in office.json("preview", roster, *told)["rows"]] == ["pass", "pass"]
    assert office.run("preview", roster, "--status", "Per visit=perhaps").returncode == 2


def test_two_of_a_household_share_a_login(office: Office) -> None:
    rows = "Role,Name,Email\nCaregiver,Sam Roe,roes@example.com\nCaregiver,Pat Roe,roes@example.com\n"
    roster = office.file("r.csv", rows)
    assert office.json("preview", roster, code=1)["rows"][1]["findings"][-1]["code"] == "roster.may_share"
    assert office.json("create", roster, "--share", "3")["counts"] == {"created": 1, "invited": 1}
    assert office.run("preview", roster, "--share", "2").returncode == 1


def test_ctrl_c_tells_what_was_done(office: Office) -> None:
    rows = "".join(f"Office Staff,Ann {''.join(word)}\n" for word in product("abdefghkm", repeat=4))
    arguments = ["create", office.file("r.csv", "Role,Name\n" + rows), "--json", "--hand-over", "passwords.csv"]
    # Ctrl-C when the first piece is written.
    script = (
        "import carekey.cli.creating as creating, os, signal, sys\n"
        "from carekey import cli\n"
        "plain = creating.Progress.update\n"
        "def update(self, task, **told):\n"
        "    plain(self, task, **told)\n"
        "    if told['completed']: os.kill(os.getpid(), signal.SIGINT)\n"
        "creating.Progress.update = update\n"
        "sys.argv[0] = 'carekey'\n"
        "cli.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=office.folder,
        env=office.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 130, done.stderr
    told = json.loads(done.stdout)
    assert told["stopped"]["code"] == "act.cancelled"
    assert told["counts"]["created"] > 0 and told["counts"]["not_reached"] > 0
    # Nobody's password is lost.
    passwords = (office.folder / "passwords.csv").read_text().splitlines()
    assert len(passwords) == 1 + told["counts"]["created"] == 1 + len(office.json("accounts")["users"])


def test_passwords_go_to_the_named_file_and_nowhere_else(office: Office) -> None:
    done = office.run("create", office.file("r.csv", NO_MAIL), "--hand-over", "passwords.csv")
    assert done.returncode == 0, done
    path = office.folder / "passwords.csv"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    lines = [line.split(",") for line in path.read_text().splitlines()]
    assert [line[1] for line in lines[1:]] == ["104fconner", "104fokafor"]
    for _, _, password in lines[1:]:
        assert len(password) >= 12
        assert password not in done.stdout + done.stderr


def test_a_file_with_passwords_is_never_written_over(office: Office) -> None:
    office.file("passwords.csv", "mine")
    done = office.run("create", office.file("r.csv", NO_MAIL), "--hand-over", "passwords.csv")
    assert done.returncode == 2 and "exists already" in done.stderr
    assert (office.folder / "passwords.csv").read_text() == "mine"
    assert office.json("accounts")["users"] == []


def test_an_initial_password_comes_from_a_file(office: Office) -> None:
    password = office.file("initial", "Harvest!Moon47\n")
    roster = office.file("r.csv", NO_MAIL)
    weak = office.run("create", roster, "--initial-password-file", office.file("weak", "short"))
    assert weak.returncode == 1 and "password.too_short" in weak.stderr
    done = office.run("create", roster, "--initial-password-file", password)
    assert done.returncode == 0, done
    assert "Harvest" not in done.stdout + done.stderr
    assert not (office.folder / "hand-over.csv").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no terminal to play with")
def test_an_initial_password_is_asked_for_twice_and_not_shown(office: Office) -> None:
    import fcntl
    import pty
    import termios

    roster = office.file("r.csv", NO_MAIL)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [COMMAND, "create", roster, "--ask-initial-password"],
        cwd=office.folder,
        env=office.environment(),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(theirs)
    shown = b""
    for prompt in (b"Initial password: ", b"The same again: "):
        while not shown.endswith(prompt):
            shown += os.read(ours, 1024)
        os.write(ours, b"Harvest!Moon47\n")
    try:
        while more := os.read(ours, 1024):
            shown += more
    except OSError:  # the other side is closed
        pass
    os.close(ours)
    assert process.wait() == 0, shown
    assert b"Harvest" not in shown
    assert b"104fconner" in shown


def test_messages_go_out_and_their_secrets_are_never_shown(office: Office) -> None:
    shown = office.run("create", str(ROSTER), "--accept").stdout
    waiting = office.json("messages", "--state", "waiting")["messages"]
    assert len(waiting) == 40
    sent = office.json("outbox", "send", "--out", "outgoing", "--from", "Harbor <office@example.com>")
    assert sent == {"sent": 40, "failed": 0}
    files = list((office.folder / "outgoing").iterdir())
    assert len(files) == 40
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    secrets = secrets_of(office.folder / "outgoing")
    # A link or a password in each, and a code besides the link in the five invitations.
    assert len(secrets) == 40 + 5
    for arguments in (["messages"], ["messages", "--json"], ["accounts"], ["history", "--json"], ["review"]):
        done = office.run(*arguments)
        shown += done.stdout + done.stderr
    assert not [secret for secret in secrets if secret in shown]
    assert office.json("outbox", "send", "--out", "outgoing", "--from", "o@example.com") == {"sent": 0, "failed": 0}


def test_families_are_invited_again_and_unlinked(office: Office) -> None:
    office.run("create", office.file("r.csv", "Role,Name,Email\nFamily,Marisol Alvarez,marisol@example.com\n"))
    [party] = {row["party"] for row in office.json("create", "r.csv")["rows"]}
    again = office.json("reinvite", "--party", party)
    assert [row["done"] for row in again["rows"]] == [True]
    refused = office.json("unlink", "--party", party, code=1)
    assert refused["rows"][0]["findings"][0]["code"] == "invitation.not_linked"
    assert office.run("cancel", "--party", party).returncode == 0
    assert "invitation.never_sent" in office.run("cancel", "--party", party).stderr
    assert office.run("cancel").returncode == 2
    assert office.run("invite").returncode == 2
    assert office.run("invite", "--party", "not-an-id").returncode == 1
    assert office.run("invite", "A-1").returncode == 1
    assert office.json("invite", "--all") == {"rows": []}
    assert office.json("applications") == {"applications": []}
    assert office.json("applications", "--lapsed") == {"applications": []}
    assert office.json("applications", "--due", "3") == {"applications": []}
    assert office.json("applications", "Okafor", "--standing", "never_invited") == {"applications": []}
    assert office.run("applications", "--lapsed", "--due", "3").returncode == 2


def test_accounts_are_made_sent_to_again_and_disabled_for_many(office: Office) -> None:
    roster = office.file("r.csv", "Role,Name,Email\nCaregiver,Ann Hale,ann@example.com\nCaregiver,Bob Hale,bob@example.com\n")
    made = office.json("create", roster)["rows"]
    again = office.json("create-accounts", "--role", "caregiver", "--party", made[0]["party"], code=1)
    assert [finding["code"] for finding in again["rows"][0]["findings"]] == ["account.exists"]
    assert again["rows"][0]["account"] == made[0]["account"]
    assert office.json("create-accounts", "--role", "caregiver", "--all") == {"rows": []}
    assert office.run("create-accounts", "--role", "caregiver").returncode == 2
    sent = office.json("send-again", "ann@example.com", "bob@example.com")
    assert [row["done"] for row in sent["rows"]] == [True, True]
    assert [row["done"] for row in office.json("disable", "ann@example.com", "bob@example.com")["rows"]] == [True, True]
    refused = office.json("disable", "ann@example.com", code=1)
    assert [finding["code"] for finding in refused["rows"][0]["findings"]] == ["account.disabled"]
    assert office.run("disable", "nobody").returncode == 1


def test_accounts_are_made_now_and_sent_to_later(office: Office) -> None:
    roster = office.file("r.csv", "Role,Name,Email\nCaregiver,Ann Hale,ann@example.com\nFamily,Mia Okafor,mia@example.com\n")
    rows = office.json("create", roster, "--later")["rows"]
    assert [row["outcome"] for row in rows] == ["staged", "staged"]
    assert office.json("messages")["messages"] == []
    staged = office.json("staged")["staged"]
    assert [row["display_name"] for row in staged] == ["Ann Hale", "Mia Okafor"]
    assert office.run("send-staged").returncode == 2
    assert office.run("send-staged", "--party", "nobody").returncode == 1
    assert [row["done"] for row in office.json("send-staged", "--account", rows[0]["account"])["rows"]] == [True]
    again = office.json("send-staged", "--account", rows[0]["account"], "--all", code=0)
    assert [row["party"] for row in again["rows"]] == [rows[1]["party"]]
    refused = office.json("send-staged", "--party", rows[0]["party"], code=1)
    assert refused["rows"][0]["findings"][0]["code"] == "enrolment.not_staged"
    kinds = sorted(message["kind"] for message in office.json("messages")["messages"])
    assert kinds == ["activation", "invitation"]
    assert office.json("staged") == {"staged": []}
    assert office.json("remind") == {"reminded": 0}
    assert not (office.folder / "hand-over.csv").exists()


def test_codes_are_printed_to_a_private_file_and_nowhere_else(office: Office) -> None:
    roster = office.file("r.csv", "Role,Name,Email\nFamily,Mia Okafor,mia@example.com\n")
    [mia] = office.json("create", roster, "--later")["rows"]
    done = office.run("print-code", "--party", mia["party"], "--out", "paper.csv")
    assert done.returncode == 0, done
    path = office.folder / "paper.csv"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    titles, printed = path.read_text().splitlines()
    assert titles.startswith("For,Application,Code,Together with,Link")
    [code] = re.findall(r"[0-9A-Z]{5}-[0-9A-Z]{5}", printed)
    assert "mia@example.com" in printed
    assert code not in done.stdout + done.stderr
    assert office.run("print-code", "--party", mia["party"], "--out", "paper.csv").returncode == 2
    assert office.run("print-code").returncode == 2
    assert office.json("messages")["messages"] == []


def test_ties_are_listed(office: Office) -> None:
    roster = office.file("r.csv", "Role,Name,Email\nCaregiver,Ann Hale,ann@example.com\n")
    [ann] = office.json("create", roster)["rows"]
    assert office.json("ties", ann["party"]) == {"ties": []}
    assert office.run("ties", ann["party"], "--now").returncode == 0
    assert office.run("ties", "nobody").returncode == 1


def test_people_are_found_shown_and_edited(office: Office) -> None:
    office.run("create", office.file("r.csv", "Role,Name,Email,ID\nCaregiver,Ann Hale,ann@example.com,H-1\n"))
    [ann] = office.json("find", "hale", "--role", "caregiver", "--kind", "person")["parties"]
    assert office.json("find", "--without-account") == {"parties": []}
    assert "Ann Hale" in office.run("find", "H-1").stdout
    shown = office.json("show", ann["id"])
    assert shown["links"][0]["username"] == "ann@example.com"
    assert "ann@example.com" in office.run("show", ann["id"], "--now").stdout
    edited = office.json("edit", ann["id"], "--email", "anna@example.com", "--nickname", "Annie")
    assert (edited["sent_again"], [change["field"] for change in edited["changes"]]) == (True, ["nickname", "email"])
    assert "Annie" in office.run("edit", ann["id"], "--clear", "nickname").stdout
    assert office.json("find", "anna@example.com")["parties"][0]["nickname"] is None
    assert office.run("edit", ann["id"]).returncode == 2
    assert office.run("edit", ann["id"], "--clear", "name").returncode == 2
    assert office.run("show", "nobody").returncode == 1


def test_people_are_merged_and_split(office: Office) -> None:
    rows = "Caregiver,Ann Hale,ann@example.com,H-1\nFamily,Anne Hale,anne@example.com,H-2\n"
    office.run("create", office.file("r.csv", "Role,Name,Email,ID\n" + rows))
    ann, anne = (office.json("find", id)["parties"][0]["id"] for id in ("H-1", "H-2"))
    assert office.json("merge", ann, anne, "--dry-run")["roles"] == ["family"]
    assert office.json("find", "H-2")["parties"]
    assert "Family" in office.run("merge", ann, anne).stdout
    assert office.json("find", "H-2") == {"parties": []}
    assert "party.merged" in office.run("show", anne).stderr
    assert office.json("split", anne)["of"] == ann
    assert office.json("find", "H-2")["parties"]
    assert office.run("split", anne).returncode != 0


def test_grants_are_listed(office: Office) -> None:
    roster = office.file("r.csv", "Role,Name,Email\nCaregiver,Ann Hale,ann@example.com\n")
    [ann] = office.json("create", roster)["rows"]
    assert office.json("grants", ann["party"]) == {"grants": []}
    assert office.run("grants", ann["party"], "--now").returncode == 0
    assert office.run("grants", "nobody").returncode == 1


def test_an_account_is_unlocked_and_loses_a_contact(office: Office) -> None:
    office.run("create", office.file("r.csv", "Role,Name,Email\nCaregiver,Ann Hale,ann@example.com\n"))
    assert office.run("unlock", "ann@example.com").returncode == 0
    assert "contact.last" in office.run("release", "ann@example.com", "ann@example.com").stderr
    assert "contact.not_found" in office.run("release", "ann@example.com", "other@example.com").stderr
    assert office.run("unlock", "nobody").returncode == 1
    assert office.run("end-sessions", "ann@example.com").returncode == 0
    assert "Signed out everywhere" in office.run("history", "ann@example.com").stdout


def test_histories_are_shown_and_verified(office: Office) -> None:
    office.run("create", office.file("r.csv", NO_MAIL))
    lines = office.json("history", "104fconner", "--verify")["lines"]
    assert lines[0]["sequence"] == 1
    assert lines[0]["actor_name"] == "Pat Long"
    assert lines[0]["source"] == "carekey command"
    assert office.json("history", "--verify")["lines"]
    assert office.run("history", "nobody").returncode == 1


def test_the_feed_goes_on_after_a_cursor(office: Office) -> None:
    begun = office.json("feed")
    assert [line["kind"] for line in begun["lines"]] == ["agency.created"]
    office.run("create", office.file("r.csv", NO_MAIL))
    page = office.json("feed", "--after", begun["next"], "--kind", "account.created", "--limit", "1")
    assert page["lines"][0]["account"]
    assert office.json("feed", "--after", office.json("feed")["next"])["lines"] == []
    assert office.json("feed", "--until", "2001-01-01")["lines"] == []
    assert page["next"] in office.run("feed", "--kind", "account.created", "--limit", "1").stdout
    assert office.run("feed", "--after", "7").returncode != 0


def test_review_and_tidy(office: Office) -> None:
    assert office.json("review") == {"items": []}
    office.run("create", office.file("r.csv", "Role,Name,Email\nClient,Ann Hale,h@example.com\nClient,Bo Hale,h@example.com\n"))
    assert office.json("tidy", "--days", "0") == {"removed": 0}


def test_every_end_has_its_code(office: Office) -> None:
    def code(*arguments: str, **environment: str | None) -> int:
        return office.run(*arguments, **environment).returncode

    assert code("--help") == 0
    assert code("accounts") == 0
    assert code("preview", office.file("bad.csv", "Role,Name,Email\nClient,Ann Hale,nothing\n")) == 1
    assert code("accounts", "--agency", "999") == 1
    assert code("nonsense") == 2
    assert code("preview", "no-such-file.csv") == 2
    assert code("accounts", "--as", "somebody") == 2
    assert code("accounts", CAREKEY_STORE=None) == 2
    assert code("accounts", CAREKEY_HASHING_LIMITS="131072,4,4") == 0
    assert code("accounts", CAREKEY_HASHING_LIMITS="131072") == 2
    assert code("accounts", CAREKEY_KEY_FILE=None) == 2
    assert code("agency", "create", "105", "Other", "https://o.example.com", CAREKEY_AS="system:job") == 3
    assert code("accounts", CAREKEY_KEY_FILE=None, CAREKEY_KEY="00" * 32) == 4
    assert code("accounts", CAREKEY_KEY_FILE=None, CAREKEY_KEY="no key") == 4
    assert code("accounts", "--store", "mongo:somewhere") == 4
    assert code("outbox", "send", "--smtp", "127.0.0.1:9", "--from", "o@example.com") == 4


def test_the_key_comes_from_the_environment_too(office: Office) -> None:
    text = base64.b64encode(bytes.fromhex(KEY)).decode()
    assert office.json("accounts", CAREKEY_KEY_FILE=None, CAREKEY_KEY=text) == {"users": []}


def test_an_error_is_a_document_too(office: Office) -> None:
    told = office.json("accounts", "--agency", "999", code=1)
    assert told["error"]["code"] == "agency.not_found"
    assert told["error"]["kind"] == "not_found"


def test_nothing_that_steers_a_terminal_comes_out(office: Office) -> None:
    roster = office.file("r.csv", "Role,Name,Email\nOffice Staff,Ann \x1b[31mLong,a@example.com\nCommunity,[bold]Hale,\n")
    done = office.run("preview", roster)
    assert "\x1b" not in done.stdout + done.stderr
    assert "[bold]Hale" in done.stdout
    shown = office.run("preview", roster, FORCE_COLOR="1").stdout
    assert "\x1b[31mLong" not in shown


def test_the_other_language(office: Office) -> None:
    roster = office.file("r.csv", "Role,Name,Email\nClient,Ann Hale,\n")
    assert "falta la dirección de correo electrónico" in office.run("preview", roster, "--locale", "es").stdout


def test_a_further_language_comes_from_its_file(office: Office) -> None:
    polish = str(ROSTER.parents[1] / "languages/pl.json")
    roster = office.file("r.csv", "Role,Name,Email\nClient,Ann Hale,\n")
    refused = office.run("preview", roster, "--locale", "pl")
    assert (refused.returncode, "en, es" in refused.stderr) == (2, True)
    told = ("--locale", "pl", "--language-file", polish)
    assert "brakuje adresu e-mail" in office.run("preview", roster, *told).stdout
    agency = ("agency", "create", "105", "Dom", "https://dom.example.com", "--language", "pl")
    assert office.run(*agency).returncode == 2
    assert office.run(*agency, CAREKEY_LANGUAGE_FILES=polish).returncode == 0


def every_command() -> list[tuple[str, ...]]:
    from typer.main import get_command

    from carekey.cli import app

    found: list[tuple[str, ...]] = []
    top: Any = get_command(app)
    for name, command in top.commands.items():
        found += [(name, below) for below in command.commands] if hasattr(command, "commands") else [(name,)]
    return found


def test_help_speaks_the_words_of_the_office() -> None:
    from typer.main import get_command

    from carekey.cli import app

    top: Any = get_command(app)
    for path in every_command():
        command = top
        for name in path:
            command = command.commands[name]
        told = [command.help, *(getattr(option, "help", None) for option in command.params)]
        for text in told:
            assert not re.search(r"\([A-Z]\d*(, [A-Z]\d*)*\)", text or ""), (path, text)
        # Whatever is asked for says what it is.
        assert command.help, path


def test_which_carekey_it_is_and_what_can_be_typed_next(office: Office) -> None:
    assert re.fullmatch(r"carekey \d+\.\d+\.\d+\S*\n", office.run("--version").stdout)
    for shell in ("bash", "zsh", "fish"):
        assert "_CAREKEY_COMPLETE" in office.run(_CAREKEY_COMPLETE=f"source_{shell}").stdout
    next_words = office.run(COMP_WORDS="carekey disa", COMP_CWORD="1", _CAREKEY_COMPLETE="complete_bash").stdout
    assert next_words.split() == ["disable"]


def test_whoever_is_named_is_found_and_nobody_is_guessed(office: Office) -> None:
    rows = "Caregiver,Ann Hale,ann@example.com,H-1\nCaregiver,Ann Halewood,annh@example.com,H-2\nCaregiver,Bo Dale,bo@example.com,H-3\n"
    office.run("create", office.file("r.csv", "Role,Name,Email,ID\n" + rows))
    [ann] = office.json("find", "H-1")["parties"]
    for named in ("H-1", "ann@example.com", "ann hale", ann["id"]):
        assert office.json("show", named)["party"]["id"] == ann["id"], named
    for named in ("H-1", ann["id"], ann["account"]):
        assert office.run("unlock", named).returncode == 0, named
    # A part of a name is nobody, and says who it may be.
    refused = office.run("disable", "Hale")
    assert refused.returncode == 2 and "Ann Halewood" in refused.stderr and ann["id"] in refused.stderr
    office.run("add", "Ann Hale", "--role", "contact")
    twice = office.run("show", "Ann Hale")
    assert twice.returncode == 2 and twice.stderr.count("Ann Hale ") >= 2
    assert office.json("accounts", "--disabled")["users"] == office.json("accounts")["users"]


def test_leavers_are_named_and_disabled(office: Office) -> None:
    titles, ann, bo = "Role,Name,Email,ID\n", "Caregiver,Ann Hale,ann@example.com,H-1\n", "Caregiver,Bo Dale,bo@example.com,H-2\n"
    office.run("create", office.file("r.csv", titles + ann + bo))
    assert office.json("leavers", "r.csv")["leavers"] == []
    roster = office.file("next.csv", titles + ann)
    told = office.run("leavers", roster)
    assert told.returncode == 1 and "Bo Dale" in told.stdout and "Ann Hale" not in told.stdout
    assert office.run("leavers", roster, "--csv").stdout.splitlines()[1].startswith("Bo Dale,Caregiver,bo@example.com,Invited,")
    [row] = office.json("leavers", roster, "--disable")["rows"]
    assert row["done"] is True
    # Run again, there is nothing left to do, and they are still told.
    again = office.json("leavers", roster, "--disable")
    assert again["rows"] == [] and [party["display_name"] for party in again["leavers"]] == ["Bo Dale"]
    assert office.run("enable", "bo@example.com").returncode == 0
    assert "account.not_disabled" in office.run("enable", "bo@example.com").stderr


def test_a_password_is_reset_from_a_file(office: Office) -> None:
    office.run("create", office.file("r.csv", "Role,Name,Email\nCaregiver,Ann Hale,ann@example.com\n"))
    weak = office.run("reset-password", "Ann Hale", "--password-file", office.file("weak", "short"))
    assert weak.returncode == 1 and "password.too_short" in weak.stderr
    done = office.run("reset-password", "Ann Hale", "--password-file", office.file("new", "Harvest!Moon47\n"))
    assert done.returncode == 0 and "Harvest" not in done.stdout + done.stderr
    assert office.run("note", "Ann Hale", "asked twice").returncode == 0
    [user] = office.json("accounts")["users"]
    assert (user["state"], user["note"]) == ("password_due", "asked twice")


def test_lists_are_csv_and_run_in_no_spreadsheet(office: Office) -> None:
    office.run("add", "=HYPERLINK(1) Ann", "--role", "contact", "--phone", "404-555-0131")
    office.run("add", "Bo Dale", "--role", "contact")
    titles, *rows = office.run("find", "--csv").stdout.splitlines()
    assert titles == "name,nickname,roles,e-mail,phone,external id,account,id" and len(rows) == 2
    assert not [cell for row in rows for cell in row.split(",") if cell.startswith(("=", "+", "@"))]
    assert office.run("find", "--csv", "--json").returncode == 2
    # What there is to say of a file stands beside it, and not in it.
    told = office.run("preview", office.file("r.csv", "Role,Name,Email,Shift\nClient,Ann Hale,ann@example.com,day\n"), "--csv")
    assert "roster.column_unknown" in told.stderr and "roster.column_unknown" not in told.stdout


def test_families_are_invited_at_once(office: Office) -> None:
    office.run("add", "Mia Okafor", "--role", "family", "--email", "mia@example.com")
    office.run("add", "Ana Ruiz", "--role", "family", "--email", "ana@example.com")
    office.run("apply", "A-1", "Ana Ruiz")
    assert [row["done"] for row in office.json("invite", "--families")["rows"]] == [True]
    assert office.json("invite", "--families") == {"rows": []}
    assert [row["done"] for row in office.json("reinvite", "--families")["rows"]] == [True]
