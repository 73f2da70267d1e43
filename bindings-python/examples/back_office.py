"""A morning in the back office: a roster becomes accounts, the messages go out
over SMTP, families that have not answered are invited again.

    python examples/back_office.py tests/rosters/agency.csv --smtp localhost:1025
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from pathlib import Path
from smtplib import SMTP

from tqdm import tqdm

from carekey import Actor, Agency, AgencySettings, BatchRow, CreateReport, Directory, Message, NotFound, Office, mail
from carekey.keys import read_key

SENDER = "Harbor Home Care <office@example.com>"


def import_roster(office: Office, roster: Path, failed: Path) -> CreateReport:
    """Previews, takes the suggested names, writes down what is to be corrected,
    and creates the rest.
    """
    preview = office.preview(roster)
    for check in preview.rows:
        if check.maybe:
            print(f"line {check.line}: {check.name} may be someone known: somebody decides, and it waits")
        elif check.state == "waiting":
            print(f"line {check.line}: {check.name} becomes {check.suggestions[0]}")
    preview.accept_suggestions()
    preview.write_failed(failed)
    with tqdm(desc="creating", unit="row") as bar:
        return office.create(preview, progress=bar)


def send_waiting(agency: Agency, server: SMTP, text: Callable[[Message], None]) -> mail.Delivery:
    """Sends every message that is due: e-mails through the server, and what
    goes to a phone through ``text``.
    """
    by_mail = mail.over_smtp(server, sender=SENDER)
    return mail.deliver(agency, lambda message: (by_mail if message.method == "email" else text)(message))


def invite_again(office: Office, looked_at: datetime) -> list[BatchRow]:
    """Invites every family that has no account yet once more. Run twice with
    the same moment, it sends nothing twice.
    """
    groups = office.window(limit=10_000)
    families = [row.party for group in groups if group.role == "family" for row in group.rows if row.account is None]
    return list(office.batch("reinvite", parties=families, as_of=looked_at))


def main() -> None:
    """The whole morning."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("roster", type=Path)
    parser.add_argument("--store", default="memory:", help="sqlite:FILE keeps it")
    parser.add_argument("--key-file", type=Path, help="32 bytes in hex or base64; without it, a key for trying out")
    parser.add_argument("--failed", type=Path, default=Path("failed.csv"), help="rows to correct")
    parser.add_argument("--smtp", default="localhost:25")
    given = parser.parse_args()

    key = read_key(given.key_file.read_text("ascii")) if given.key_file else bytes(32)
    host, _, port = given.smtp.partition(":")
    with Directory.open(given.store, key=key) as directory, SMTP(host, int(port or 25)) as server:
        agency = the_agency(directory)
        office = agency.acting_as(Actor.system("back office"))

        report = import_roster(office, given.roster, given.failed)
        tell("roster", report.counts)
        tell("outbox", vars(send_waiting(agency, server, by_hand)))
        looked_at = datetime.now(timezone.utc)
        tell("invited again", Counter("done" if row.done else "not done" for row in invite_again(office, looked_at)))
        tell("outbox", vars(send_waiting(agency, server, by_hand)))
        tell("messages", Counter(message.state for message in office.messages()))


def the_agency(directory: Directory) -> Agency:
    """The agency, made when it is not there yet."""
    try:
        return directory.agency("104")
    except NotFound:
        settings = AgencySettings("104", "Harbor Home Care", "https://portal.example.com")
        return directory.create_agency(settings, actor=Actor.support("Pat Long"))


def by_hand(message: Message) -> None:
    """In place of your SMS gateway. The text has a code in it: never print it."""
    print(f"to be texted to {message.address}: {message.kind}")


def tell(what: str, counts: Mapping[str, int]) -> None:
    """A line of the report."""
    print(f"{what}: " + ", ".join(f"{name} {count}" for name, count in sorted(counts.items())))


if __name__ == "__main__":
    main()
