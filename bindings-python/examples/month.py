"""A month of an office, by a script: who is hired, who comes as a client and with
whom, what is corrected, who leaves and who comes back, and the audit at its end.

    python examples/month.py

Each station is a function of its own, and says what came of it. The clock is moved
by hand, so that the month takes no time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from carekey import (
    Actor,
    Agency,
    ChangePassword,
    Granted,
    ManualClock,
    Message,
    NewAccount,
    NotAllowed,
    Office,
    SetQuestions,
    SignIn,
    testing,
)
from carekey.password import questions

PASSWORD = "Harvest!Moon47"
ROSTER = [
    {"Role": "Office Staff", "Name": "Conner, Felicia", "Email": "felicia@example.com", "ID": "E-1"},
    {"Role": "Office Staff", "Name": "Conner, Frank", "Email": "frank@example.com", "ID": "E-2"},
    {"Role": "Caregiver", "Name": "Hale, Ann", "Email": "ann@example.com", "ID": "E-3"},
    {"Role": "Caregiver", "Name": "Dale, Bo", "Email": "bo@example.com", "ID": "E-4"},
]


@dataclass
class Month:
    """An agency, its office, its clock, and who is known by now."""

    agency: Agency
    office: Office
    clock: ManualClock

    def messages(self) -> list[Message]:
        """Takes what waits, as a mailer would."""
        waiting = self.agency.outbox.claim(1000)
        self.agency.outbox.sent_all(waiting)
        return waiting

    def days(self, days: int) -> None:
        """Lets days go by."""
        self.clock.advance(timedelta(days=days))


def hiring(month: Month) -> dict[str, str]:
    """A roster, two of whom would have the same name; each signs in for the first
    time. Says who has which username.
    """
    preview = month.office.preview(ROSTER)
    waiting = [(row.name, row.suggestions[0]) for row in preview.rows if row.state == "waiting"]
    assert waiting == [("Frank Conner", "104frconner")]
    preview.accept_suggestions()
    report = month.office.create(preview)
    by_address = {message.address: message for message in month.messages()}
    names = {row["Email"]: result.username or "" for row, result in zip(ROSTER, report.rows, strict=True)}
    for address, username in names.items():
        first_login(month, username, by_address[address])
    return names


def first_login(month: Month, username: str, message: Message) -> None:
    """All the way in, by a link or by a temporary password."""
    text = message.body.reveal()
    if message.kind == "activation":
        month.agency.activate(found(r"activate#(\S+)", text), PASSWORD)
        go_on(month, month.agency.sign_in(username, PASSWORD))
    else:
        go_on(month, month.agency.sign_in(username, found(r"password: (\S+)", text)))


def go_on(month: Month, answer: SignIn) -> Granted:
    """Takes every step that a sign-in asks for."""
    answers = {question.id: text for question, text in zip(questions(), ("Biscuit", "Lincoln", "Rosalind"))}
    while True:
        match answer:
            case Granted():
                return answer
            case ChangePassword(step):
                answer = month.agency.choose_password(step.token, PASSWORD)
            case SetQuestions(step):
                answer = month.agency.set_questions(step.token, answers)
            case _:
                raise SystemExit("refused")


def client(month: Month) -> dict[str, UUID]:
    """A client with a personal representative, a payer and a community. Says who
    is who.
    """
    office = month.office
    sue = office.add_party("Sue Wright", roles=["client"], email="sue@example.com", phone="404-555-0110").party
    rita = office.add_party("Rita Wright", roles=["contact"], email="rita@example.com").party
    fund = office.add_party("Harbor Fund", kind="organization", roles=["organization"], email="fund@example.com").party
    grove = office.add_party("Elm Grove", kind="organization", roles=["organization"], email="grove@example.com").party
    until = month.clock.now() + timedelta(days=365)
    office.relate("personal_representative", who=rita, of=sue, ends_at=until, reference="power of attorney 17")
    office.relate("payer", who=fund, of=sue)
    office.relate("community", who=grove, of=sue)
    return {"sue": sue, "rita": rita, "fund": fund, "grove": grove}


def family(month: Month) -> Sequence[UUID]:
    """A family of two parents with two applications: the first is invited to one,
    the second, at an address of their own, to the other. Says which accounts.
    """
    party = month.office.add_party("Marisol Alvarez", roles=["family"], email="marisol@example.com").party
    month.office.add_application("A-0417", family=party)
    redeemed(month, "marisol@example.com")
    month.days(2)
    month.office.edit_party(party, email="diego@example.com")
    month.office.add_application("A-0418", family=party)
    redeemed(month, "diego@example.com")
    return month.agency.party(party).accounts


def redeemed(month: Month, address: str) -> None:
    """Accepts the invitation that went to an address, by its link."""
    [invitation] = [one for one in month.messages() if one.address == address and one.kind == "invitation"]
    answer = month.agency.redeem_link(found(r"invitation#(\S+)", invitation.body.reveal()))
    assert isinstance(answer, NewAccount), answer
    go_on(month, month.agency.choose_password(answer.step.token, PASSWORD))


def correction(month: Month) -> str:
    """A caregiver's address was written down wrongly. Says their username once they
    have confirmed the right one.
    """
    [ann] = month.agency.find_parties("E-3")
    month.office.edit_party(ann.id, email="ann.hale@example.com")
    [message] = [one for one in month.messages() if one.kind == "confirm_contact"]
    return month.agency.confirm_contact(found(r"confirm#(\S+)", message.body.reveal()))


def objection(month: Month) -> tuple[list[str], str]:
    """Somebody writes down an address that is not Felicia's. She objects, and the
    office decides. Says what the review asked about, and what her file says then.
    """
    [felicia] = month.agency.find_parties("E-1")
    month.office.edit_party(felicia.id, email="felicia@example.org")
    [message] = [one for one in month.messages() if one.kind == "contact_changing"]
    month.agency.object_to_contact(found(r"object#(\S+)", message.body.reveal()))
    [asked] = [item for item in month.office.review() if item.kind == "objection"]
    assert asked.account is not None
    month.office.release_contact(asked.account, "felicia@example.org")
    month.office.edit_party(felicia.id, email="felicia@example.com")
    assert not [item for item in month.office.review() if item.kind == "objection"]
    return asked.contacts, month.agency.party(felicia.id).email or ""


def leaver(month: Month) -> list[str]:
    """Next month's roster has one fewer. Says who left, and is disabled."""
    month.days(10)
    rows = [row for row in ROSTER if row["ID"] != "E-4"]
    rows[2] = {**rows[2], "Email": "ann.hale@example.com"}
    gone = [month.agency.party(party) for party in month.office.preview(rows).gone]
    left = [party for party in gone if "caregiver" in party.roles]
    done = month.office.disable_all([account for party in left for account in party.accounts])
    assert all(row.done for row in done)
    return [party.display_name for party in left]


def returner(month: Month) -> bool:
    """The one who left is deleted, and comes back. Says whether it is the same
    party again, with the username that was theirs.
    """
    [bo] = month.agency.find_parties("E-4")
    month.office.delete_party(bo.id)
    month.days(5)
    known = month.office.former("bo@example.com")
    assert known is not None
    month.office.restore_party(
        party=known.party, kind="person", name="Bo Dale", roles=["caregiver"], email="bo@example.com", external_id="E-4"
    )
    made = month.office.create_account(known.party, "caregiver")
    return known.party == bo.id and made.username == "bo@example.com"


def household(month: Month) -> bool:
    """Ben reads the mailbox of Ann, and shares her login once she has taken up the
    invitation. Says whether both are of one account.
    """
    preview = month.office.preview([{"Role": "Caregiver", "Name": "Hale, Ben", "Email": "ann.hale@example.com", "ID": "E-5"}])
    [row] = preview.rows
    preview.share(row.line)
    month.office.create(preview)
    [invitation] = [one for one in month.messages() if one.kind == "invitation"]
    session = go_on(month, month.agency.sign_in("ann.hale@example.com", PASSWORD)).session.token
    month.agency.redeem_link(found(r"invitation#(\S+)", invitation.body.reveal()), session=session)
    (ann,), (ben,) = (month.agency.find_parties(id) for id in ("E-3", "E-5"))
    return month.agency.party(ann.id).accounts == month.agency.party(ben.id).accounts


def ties(month: Month) -> dict[str, int]:
    """A roster of ties: Ann comes to the client from now on, and the fund pays until
    a day. Says what came of its rows.
    """
    until = (month.clock.now() + timedelta(days=365)).date().isoformat()
    rows = [
        {"Who": "E-3", "Kind": "caregiver", "Of": "sue@example.com"},
        {"Who": "fund@example.com", "Kind": "payer", "Of": "sue@example.com", "Until": until},
    ]
    return month.office.create_ties(month.office.preview_ties(rows)).counts


def holiday(month: Month) -> tuple[bool, bool]:
    """The account manager is away for a week, and somebody else has their place.
    Says whether the deputy could act, and whether they still can afterwards.
    """
    support = month.agency.acting_as(Actor.support("Pat Long"))
    made = support.add_manager(first_name="Dana", last_name="Whitfield", email="dana@example.com", phone="404-555-0131")
    assert made.account is not None and made.username is not None
    [message] = [one for one in month.messages() if one.address == "dana@example.com"]
    first_login(month, made.username, message)
    [deputy] = month.office.each_user(filter="104fconner")
    assert deputy.party is not None
    month.office.edit_party(deputy.party, phone="404-555-0132")
    support.hand_over(made.account, deputy.account)
    could = may_act(month, deputy.account)
    month.days(7)
    support.hand_over(deputy.account, made.account)
    return could, may_act(month, deputy.account)


def may_act(month: Month, account: UUID) -> bool:
    """Whether somebody may do the office's work now."""
    try:
        month.agency.acting_as(Actor.account(account)).users()
    except NotAllowed:
        return False
    return True


def one_person(month: Month, sue: UUID) -> list[str]:
    """The client stands there twice, and is merged. Says what finds her then."""
    twice = month.office.add_party("Susan Wright", roles=["contact"], email="susan.w@example.com", external_id="C-9").party
    month.office.merge_parties(sue, twice)
    return [party.display_name for party in month.agency.find_parties("C-9")]


def audit(month: Month) -> dict[str, int]:
    """Verifies every history, and says what stands in the review."""
    month.agency.verify_agency_history()
    for user in month.office.each_user(show_disabled=True):
        month.agency.verify_history(user.account)
    counts: dict[str, int] = {}
    for item in month.office.review():
        counts[item.kind] = counts.get(item.kind, 0) + 1
    return counts


def found(pattern: str, text: str) -> str:
    """What a message has, as its reader finds it."""
    match = re.search(pattern, text)
    if match is None:
        raise SystemExit(f"no {pattern} in the message")
    return match[1]


def main() -> None:
    """The whole month. What it prints has no secret."""
    clock = testing.clock()
    with testing.agency(clock=clock) as agency:
        month = Month(agency, agency.acting_as(Actor.support("Pat Long")), clock)
        print("hired:", ", ".join(hiring(month).values()))
        known = client(month)
        print("known with the client:", len(known) - 1)
        print("parents with an account:", len(family(month)))
        print("corrected:", correction(month))
        print("objected, and kept:", objection(month)[1])
        print("left:", ", ".join(leaver(month)))
        print("came back as the same:", returner(month))
        print("share a login:", household(month))
        print("ties:", ties(month))
        print("deputy could act, and still can:", *holiday(month))
        print("merged, found:", *one_person(month, known["sue"]))
        print("review:", audit(month))


if __name__ == "__main__":
    main()
