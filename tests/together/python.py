"""What Python does with a directory, and what it answers about it.

    python.py make|change|answers FILE ROSTER

`make` makes the directory with people in it, `change` acts in it; each prints
the answers afterwards, as one JSON document that `node.mjs` prints in the
same form.
"""

import json
import sys
from datetime import datetime, timedelta, timezone

from carekey import Actor, Agency, AgencySettings, Directory, Granted, ManualClock

KEY = bytes(range(32))
NOW = datetime(2026, 3, 2, 9, tzinfo=timezone.utc)
RESOURCES = ["dashboard", "invoices", "calendar", "service_plan", "message_owner", "application", "profile"]
PASSWORD = "Lantern#47 tide"


def make(directory: Directory, roster: str) -> None:
    """An agency, its roster, a family with an application, and ties."""
    settings = AgencySettings("104", "Harbor Home Care", "https://portal.example.com")
    agency = directory.create_agency(settings, actor=Actor.support("Pat Long"))
    office = agency.acting_as(Actor.system("python"))
    preview = office.preview(roster)
    preview.accept_suggestions()
    office.create(preview)
    client = office.add_party("Ana Silva", roles=["client"], email="ana@example.com").party
    contact = office.add_party("Tom Silva", roles=["emergency_contact"], email="tom@example.com").party
    office.relate("emergency_contact", who=contact, of=client)
    family = office.add_party("Maria Lopez", roles=["family"], email="maria@example.com", locale="es").party
    office.add_application("2026-17", family=family)
    link_for(agency, "sue.taming@example.com")


def change(directory: Directory) -> None:
    """The first activates the account that Node made, the second is disabled."""
    agency = directory.agency("104")
    office = agency.acting_as(Actor.system("python"))
    agency.activate(link_for(agency, "nora@example.com"), PASSWORD)
    assert not isinstance(agency.sign_in("nora@example.com", PASSWORD), Granted), "the questions come first"
    office.disable(next(user.account for user in office.each_user(filter="sue.taming")))


def link_for(agency: Agency, address: str) -> str:
    """The link of the newest message to that address."""
    links = []
    for message in agency.outbox.claim(1000):
        agency.outbox.sent(message)
        if message.address == address:
            links += [word for word in message.body.reveal().split() if "#" in word]
    return links[-1]


def answers(directory: Directory) -> dict[str, object]:
    """Everything that both languages are asked."""
    agency = directory.agency("104")
    office = agency.acting_as(Actor.system("python"))
    users = list(office.each_user(show_disabled=True, sort="username"))
    parties = sorted(agency.find_parties(), key=lambda party: str(party.id))
    agency.verify_agency_history()
    for user in users:
        agency.verify_history(user.account)
    return {
        "settings": agency.settings.policy.to_dict(),
        "users": [[str(user.account), user.username, user.state, user.display_name, moment(user.created)] for user in users],
        "parties": [[str(party.id), party.display_name, party.roles, party.email, party.phone] for party in parties],
        "sight": [
            [user.username, resource, [decision.allowed, decision.scope, [reason.code for reason in decision.because]]]
            for user in users
            for resource in RESOURCES
            for decision in [agency.can_see(user.account, resource)]
        ],
        "ties": [
            [party.display_name, str(seen.account), seen.decision.scope]
            for party in parties
            if "client" in party.roles
            for seen in agency.seen_by("calendar", party=party.id)
        ],
        "applications": [[row.number, row.family_name, row.next_action, row.linked_to] for row in office.applications()],
        "histories": [[user.username, [line.kind for line in agency.history(user.account)]] for user in users],
        "agency_history": [[line.kind, line.mac.hex()] for line in agency.agency_history()],
        "messages": sorted([row.kind, row.address, row.state] for row in office.messages()),
        "snapshot_key": agency.snapshot_key,
    }


def moment(at: datetime) -> str:
    """As JavaScript writes it."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def main(do: str, address: str, roster: str) -> None:
    """Does it, and prints the answers."""
    clock = ManualClock(NOW + timedelta(hours={"make": 0, "change": 2}.get(do, 3)))
    with Directory.open(address, key=KEY, clock=clock) as directory:
        if do == "make":
            make(directory, roster)
        elif do == "change":
            change(directory)
        print(json.dumps(answers(directory), ensure_ascii=False, sort_keys=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
