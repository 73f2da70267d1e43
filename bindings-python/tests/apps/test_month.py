"""The month of an office: by the script of the examples, and by the commands of the
guide, word for word.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from carekey import Actor, Agency, Directory, NewAccount, Refused, testing
from examples import month

PAGE = (Path(__file__).parents[3] / "docs/month.md").read_text(encoding="utf-8")
KEY = "6b" * 32


def test_the_month_by_a_script() -> None:
    clock = testing.clock()
    with testing.agency(clock=clock) as agency:
        here = month.Month(agency, agency.acting_as(Actor.support("Pat Long")), clock)

        names = month.hiring(here)
        assert list(names.values()) == ["104fconner", "104frconner", "ann@example.com", "bo@example.com"]
        assert [user.state for user in here.office.each_user()] == ["active"] * 4

        known = month.client(here)
        ties = here.office.party_file(known["sue"]).ties
        assert {tie.kind for tie in ties} == {"personal_representative", "payer", "community"}
        sent = {message.address: message.kind for message in here.messages()}
        assert (sent["fund@example.com"], sent["grove@example.com"]) == ("registration", "registration")
        assert agency.party(known["rita"]).account is None
        assert not agency.party(known["fund"]).account == agency.party(known["grove"]).account

        first, second = month.family(here)
        one, other = (here.office.application(number) for number in ("A-0417", "A-0418"))
        assert {one.linked_to, other.linked_to} == {"marisol@example.com", "diego@example.com"}
        # Each parent sees what they redeemed, and not the other's.
        seen = [{sight.application for sight in agency.sees(account) if sight.application} for account in (first, second)]
        assert sorted(map(len, seen)) == [1, 1] and seen[0] | seen[1] == {one.id, other.id}

        assert month.correction(here) == "ann.hale@example.com"
        assert isinstance(agency.sign_in("ann@example.com", month.PASSWORD), Refused)
        month.go_on(here, agency.sign_in("ann.hale@example.com", month.PASSWORD))

        asked, kept = month.objection(here)
        assert (asked, kept) == (["felicia@example.org", "felicia@example.com"], "felicia@example.com")
        month.go_on(here, agency.sign_in("104fconner", month.PASSWORD))

        assert month.leaver(here) == ["Bo Dale"]
        assert isinstance(agency.sign_in("bo@example.com", month.PASSWORD), Refused)

        assert month.returner(here)
        # The old password opens nothing: the account is a new one.
        assert isinstance(agency.sign_in("bo@example.com", month.PASSWORD), Refused)

        assert month.household(here)
        assert {count: number for count, number in month.ties(here).items() if number} == {"made": 1, "ended": 1}
        assert {tie.kind for tie in here.office.party_file(known["sue"]).ties} >= {"caregiver", "payer"}

        assert month.holiday(here) == (True, False)
        assert [user.username for user in here.office.each_user() if user.is_manager] == ["104dwhitfield"]

        assert month.one_person(here, known["sue"]) == ["Sue Wright"]
        assert month.audit(here) == {"not_activated": 4, "shared_email": 1}


def test_the_script_says_no_secret() -> None:
    root = Path(month.__file__).parents[1]
    done = subprocess.run([sys.executable, month.__file__], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "review: {'not_activated': 4, 'shared_email': 1}"
    assert month.PASSWORD not in done.stdout and not re.search(r"#\w{20}|password", done.stdout)


class Guide:
    """The blocks of the page, one after the other, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._blocks: Iterator[tuple[str, str]] = iter(
            re.findall(r"^```(csv|console)\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
        )
        self._files = iter(re.findall(r"`([\w-]+\.csv)`:", PAGE))

    def run(self, *, fails: tuple[str, ...] = ()) -> list[str]:
        """Runs the next block of commands, and gives what each said. Those that are
        named end with 1, all others with 0.
        """
        kind, text = next(self._blocks)
        if kind == "csv":
            (self.folder / next(self._files)).write_text(text, encoding="utf-8")
            kind, text = next(self._blocks)
        said: list[str] = []
        for line in text.splitlines():
            command = line.removeprefix("$ ")
            done = subprocess.run(["/bin/sh", "-c", command], cwd=self.folder, env=self._environment(), capture_output=True, text=True)
            assert done.returncode == (1 if command in fails else 0), (command, done)
            said.append(done.stdout + done.stderr)
        return said

    def nothing_left(self) -> bool:
        return next(self._blocks, None) is None

    def mail_to(self, address: str) -> str:
        """The newest mail to somebody."""
        found: list[tuple[float, str]] = []
        for path in (self.folder / "outgoing").glob("*.eml"):
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            if mail["To"] == address:
                found.append((path.stat().st_mtime, mail.get_content()))
        return max(found)[1]

    def directory(self) -> Directory:
        return Directory.open(f"sqlite:{self.folder / 'office.db'}", key=bytes.fromhex(KEY))

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}/usr/bin:/bin", "COLUMNS": "240",
            "CAREKEY_STORE": "sqlite:office.db", "CAREKEY_KEY": KEY, "CAREKEY_AS": "support:Pat Long",
        }  # fmt: skip


def at_the_portal(agency: Agency) -> month.Month:
    """People do there what the command does not."""
    return month.Month(agency, agency.acting_as(Actor.system("test")), testing.clock())


def come_in(guide: Guide, username: str, address: str) -> None:
    """Somebody of the office signs in for the first time."""
    with guide.directory() as directory:
        agency = directory.agency("104")
        temporary = month.found(r"password: (\S+)", guide.mail_to(address))
        month.go_on(at_the_portal(agency), agency.sign_in(username, temporary))


def accept(guide: Guide, address: str) -> None:
    """A parent accepts an invitation."""
    with guide.directory() as directory:
        agency = directory.agency("104")
        answer = agency.redeem_link(month.found(r"invitation#(\S+)", guide.mail_to(address)))
        assert isinstance(answer, NewAccount)
        month.go_on(at_the_portal(agency), agency.choose_password(answer.step.token, month.PASSWORD))


def objects(guide: Guide, address: str) -> None:
    """Somebody objects to an address that is not theirs."""
    with guide.directory() as directory:
        directory.agency("104").object_to_contact(month.found(r"object#(\S+)", guide.mail_to(address)))


@pytest.mark.skipif(sys.platform == "win32", reason="the commands are for a Unix shell")
def test_the_month_by_the_command(tmp_path: Path) -> None:
    guide = Guide(tmp_path)
    _, told, created, _ = guide.run(fails=("carekey preview month.csv",))
    assert "104frconner" in told and "Account Created: 4" in created
    come_in(guide, "104fconner", "felicia@example.com")

    *_, ties = guide.run()
    assert all(word in ties for word in ("Personal representative", "Payer", "Community", "power of attorney 17"))

    guide.run()
    accept(guide, "marisol@example.com")
    guide.run()
    accept(guide, "diego@example.com")
    [applications] = guide.run()
    assert "marisol@example.com" in applications and "diego@example.com" in applications

    changed, found = guide.run()
    assert "sent again" in changed and "ann.hale@example.com" in found

    guide.run()
    objects(guide, "felicia@example.com")
    asked, _, _, hers = guide.run(fails=("carekey review",))
    assert "Objection" in asked and "felicia@example.org; felicia@example.com" in asked
    assert "felicia@example.com" in hers and "felicia@example.org" not in hers

    before, after, listed = guide.run(fails=("carekey leavers next-month.csv",))
    assert "Bo Dale" in before and "Invited" in before and "Disabled" in after
    assert listed.splitlines()[1].startswith("Bo Dale,Caregiver,bo@example.com,Disabled,")

    _, former, _, again = guide.run()
    assert "Bo Dale" not in former and "bo@example.com" in again

    asked, shared, _ = guide.run(fails=("carekey preview household.csv",))
    assert "share" in asked and "Invited: 1" in shared
    before, made, again, ties = guide.run()
    assert "Relationship Made: 1" in before and "Relationship Ended: 1" in made and "Unchanged: 2" in again
    assert "Caregiver" in ties and "2099-12-31" in ties

    guide.run()
    come_in(guide, "104dwhitfield", "dana@example.com")
    _, deputy, _, back = guide.run()
    assert "104fconner" in deputy and "104dwhitfield" not in deputy
    assert "104dwhitfield" in back and "104fconner" not in back

    _, _, _, sue = guide.run()
    assert "Sue Wright" in sue and "Rita Wright" in sue and "Susan" not in sue

    _, felicia, accounts, review = guide.run(fails=("carekey review",))
    assert "Account created" in felicia and "Signed in" in felicia
    assert {line.split(",")[1] for line in accounts.splitlines()[1:]} == {
        "104fconner", "104frconner", "104dwhitfield", "ann.hale@example.com", "bo@example.com", "sue@example.com",
        "fund@example.com", "grove@example.com", "marisol@example.com", "diego@example.com",
    }  # fmt: skip
    assert "Not activated" in review
    assert guide.nothing_left()
