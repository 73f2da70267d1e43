"""Who is known: `add`, `roles`, `delete`, `former`, `restore` (A6, U4), `apply`
(S3), `tie`, `tie-all`, `end-tie` (R), `grant`, `grant-all`, `end-grant` (V).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, get_args
from uuid import UUID

import typer

from carekey import Added, Enrolled, Finding, NewGrant, NewTie
from carekey.cli.creating import end_many, many_in_parts, under_way
from carekey.cli.desk import Desk, at_desk, id_of, in_utc, language_of, words_of
from carekey.cli.ends import fail_if, not_there
from carekey.cli.handing import HandOverFile, new_file, say_handed_over
from carekey.cli.show import error_told, mends
from carekey.words import Method, PartyKind, Resource, Role, TieKind

Who = Annotated[str, typer.Argument(metavar="WHO", help="A party: its id, external id, username, or whole name.")]
Name = Annotated[str, typer.Argument(help="As it is written: `Sue Wright`, or `Wright, Sue`.")]
Roles = Annotated[
    list[str], typer.Option("--role", metavar="ROLE", help=f"What it is to the agency, any number of these: {', '.join(get_args(Role))}.")
]
Kind = Annotated[PartyKind, typer.Option(help="A person, or an organization.")]
Email = Annotated[str | None, typer.Option(help="E-mail.")]
Phone = Annotated[str | None, typer.Option(help="Phone, with or without its country.")]
Preferred = Annotated[Method | None, typer.Option(help="How they want to be written to.")]
Language = Annotated[str | None, typer.Option(help="Their language.")]
ExternalId = Annotated[str | None, typer.Option("--external-id", help="How your own system knows them.")]
From = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="From that day on, in UTC; else from now on.")]
Until = Annotated[datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Until that day begins, in UTC.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (add, roles, delete, former, restore, apply, tie, tie_all, end_tie, grant, grant_all, end_grant):
        app.command()(at_desk(command))


def add(
    desk: Desk,
    *,
    name: Name,
    role: Roles,
    kind: Kind = "person",
    email: Email = None,
    phone: Phone = None,
    preferred: Preferred = None,
    language: Language = None,
    external_id: ExternalId = None,
    later: Annotated[bool, typer.Option("--later", help="Send nothing yet.")] = False,
    hand_over: HandOverFile = None,
) -> None:
    """Adds one person or organization. A client gets an account at once; for others
    there is `create-accounts`, and for many a roster.
    """
    office = desk.entered(later=later)
    with new_file(desk, hand_over) as passwords:
        added = office.add_party(
            name, kind=kind, roles=words_of(role, get_args(Role), "role"), external_id=external_id, email=email, phone=phone, preferred=preferred,
            locale=None if language is None else language_of(language),
        )  # fmt: skip
        passwords.add_enrolled(added.enrolled)
    _told(desk, added, name)
    say_handed_over(desk, passwords)
    _end(added)


def roles(desk: Desk, *, party: Who, role: Roles, hand_over: HandOverFile = None) -> None:
    """Sets what a party is to the agency, in place of what it was. Whoever becomes a
    client gets an account.
    """
    with new_file(desk, hand_over) as passwords:
        enrolled = desk.office.set_roles(desk.party(party), words_of(role, get_args(Role), "role"))
        passwords.add_enrolled(enrolled)
    if desk.show.as_json:
        desk.show.document({"enrolled": enrolled})
    else:
        _say_enrolled(desk, enrolled)
    say_handed_over(desk, passwords)
    fail_if(enrolled is not None and any(finding.is_error for finding in enrolled.findings))


def delete(
    desk: Desk, *, party: Who, yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether that is meant.")] = False
) -> None:
    """Deletes a person or an organization: names, contacts, password and answers
    go; the history stays, and nobody else gets the username. `restore` brings the
    person back, and nothing of what went.
    """
    whom = desk.party(party)
    if not yes:
        asked = desk.show.said("Delete {name}?", name=desk.agency.party(whom).display_name)
        typer.confirm(asked, abort=True, err=True)
    desk.office.delete_party(whom)


def former(desk: Desk, *, name: Annotated[str, typer.Argument(help="An e-mail address, a phone number or a username.")]) -> None:
    """Says who is deleted and had that, so that a return is recognised. Ends with
    1 where nobody had it.
    """
    known = desk.office.former(name)
    if desk.show.as_json:
        desk.show.document({"former": known})
    elif known is None:
        desk.show.say("nobody who is deleted had {text}", text=name)
    else:
        facts = ((desk.show.said(what.replace("_", " ")), value) for what, value in known.to_dict().items())
        desk.show.rows("Former", ("what", "value"), facts)
    fail_if(known is None)


def restore(
    desk: Desk,
    *,
    was: Annotated[str, typer.Argument(metavar="WAS", help="What they had: an e-mail, a phone, a username; or the id.")],
    name: Name,
    role: Roles,
    kind: Kind = "person",
    email: Email = None,
    phone: Phone = None,
    preferred: Preferred = None,
    language: Language = None,
    external_id: ExternalId = None,
    hand_over: HandOverFile = None,
) -> None:
    """Brings back someone who was deleted: the same party, who may have their own
    usernames again. Accounts, ties and grants are made anew.
    """
    with new_file(desk, hand_over) as passwords:
        added = desk.office.restore_party(
            party=_former(desk, was), kind=kind, name=name, roles=words_of(role, get_args(Role), "role"),
            external_id=external_id, email=email, phone=phone, preferred=preferred,
            locale=None if language is None else language_of(language),
        )  # fmt: skip
        passwords.add_enrolled(added.enrolled)
    _told(desk, added, name)
    say_handed_over(desk, passwords)
    _end(added)


def apply(
    desk: Desk, *, number: Annotated[str, typer.Argument(help="The number of the application.")], family: Who
) -> None:
    """Writes down an application of a family, and invites them to it."""
    submitted = desk.office.add_application(number, family=desk.party(family))
    if desk.show.as_json:
        return desk.show.document(submitted)
    what = desk.show.findings(submitted.findings) or desk.show.said("invited")
    desk.show.say("application {number}: {what}", number=number, what=what)
    fail_if(any(finding.is_error for finding in submitted.findings))


def tie(
    desk: Desk,
    *,
    who: Who,
    kind: Annotated[TieKind, typer.Argument(help="What the first is to the second.")],
    of: Annotated[str, typer.Argument(metavar="OF", help="To whom; named in the same ways.")],
    begins: From = None,
    until: Until = None,
    reference: Annotated[str | None, typer.Option(help="Of the document that it rests on.")] = None,
    hand_over: HandOverFile = None,
) -> None:
    """Makes a tie: WHO is the KIND of OF. Whoever it makes an emergency contact,
    payer or community of a client gets an account.
    """
    with new_file(desk, hand_over) as passwords:
        made = desk.office.relate(
            kind, who=desk.party(who), of=desk.party(of), begins_at=in_utc(begins), ends_at=in_utc(until), reference=reference
        )
        passwords.add_enrolled(made.enrolled)
    if desk.show.as_json:
        desk.show.document(made)
    else:
        desk.show.say("tie {id}", id=made.tie)
        _say_enrolled(desk, made.enrolled)
    say_handed_over(desk, passwords)


def tie_all(
    desk: Desk,
    *,
    kind: Annotated[TieKind, typer.Argument(help="What each is to each of --of.")],
    whos: Annotated[list[str], typer.Argument(metavar="WHO...", help="Parties, named as in `tie`.")],
    of: Annotated[list[str], typer.Option("--of", metavar="OF", help="To whom; any number of these.")],
    begins: From = None,
    until: Until = None,
    reference: Annotated[str | None, typer.Option(help="Of the document that they rest on.")] = None,
    hand_over: HandOverFile = None,
) -> None:
    """Makes many ties: each WHO is the KIND of each --of. Whoever one makes an
    emergency contact, payer or community gets an account. Can be run again.
    """
    ends = [(desk.party(who), desk.party(whose)) for who in whos for whose in of]
    new = [
        NewTie(kind, who=who, of=whose, begins_at=in_utc(begins), ends_at=in_utc(until), reference=reference)
        for who, whose in ends
    ]
    with new_file(desk, hand_over) as passwords, under_way(desk, len(new), "tying") as told:
        done, stopped = many_in_parts(new, lambda part, told: desk.office.relate_all(part, progress=told), told, passwords)
    if desk.show.as_json:
        desk.show.document({"rows": done} if stopped is None else {"rows": done, "stopped": error_told(stopped)})
    else:
        shown = (
            (row.party, whose, row.tie, row.username, row.done, row.findings, mends(row.findings))
            for row, (_, whose) in zip(done, ends, strict=False)
        )
        desk.show.rows("Ties", ("who", "of", "tie", "username", "done", "findings", "mend"), shown)
        if stopped is not None:
            desk.show.line(stopped.message(desk.show.locale))
    say_handed_over(desk, passwords)
    end_many(done, stopped)


def end_tie(desk: Desk, *, tie: Annotated[str, typer.Argument(metavar="TIE", help="As `ties` shows it.")], until: Until = None) -> None:
    """Ends a tie, now or on a day. An end only ever comes earlier."""
    desk.office.end_tie(id_of(tie, "tie"), at=in_utc(until))


def grant(
    desk: Desk,
    *,
    party: Who,
    resource: Annotated[Resource, typer.Argument(help="What they may see.")],
    of: Annotated[str | None, typer.Option("--of", metavar="CLIENT", help="Of whom; without it of every client.")] = None,
    until: Until = None,
    reason: Annotated[str | None, typer.Option(help="Why: an emergency, say.")] = None,
) -> None:
    """Grants a member of the office staff what they do not see by their role."""
    made = desk.office.grant(
        desk.party(party), resource, of=None if of is None else desk.party(of), ends_at=in_utc(until), reason=reason
    )
    if desk.show.as_json:
        return desk.show.document({"grant": made})
    desk.show.say("grant {id}", id=made)


def grant_all(
    desk: Desk,
    *,
    resource: Annotated[Resource, typer.Argument(help="What they may see.")],
    parties: Annotated[list[str], typer.Argument(metavar="WHO...", help="Parties, named as in `grant`.")],
    of: Annotated[list[str], typer.Option("--of", metavar="CLIENT", help="Of whom; any number of these; without it of every client.")] = [],
    until: Until = None,
    reason: Annotated[str | None, typer.Option(help="Why: an emergency, say.")] = None,
) -> None:
    """Grants it to many members of the office staff. Can be run again."""
    clients: list[UUID | None] = [desk.party(client) for client in of] or [None]
    ends = [(party, client) for party in map(desk.party, parties) for client in clients]
    new = [NewGrant(party, resource, of=client, ends_at=in_utc(until), reason=reason) for party, client in ends]
    with under_way(desk, len(new), "granting") as go_on:
        done = desk.office.grant_all(new, progress=go_on)
    if desk.show.as_json:
        desk.show.document({"rows": done})
    else:
        shown = (
            (row.party, client or desk.show.said("all"), row.grant, row.done, row.findings, mends(row.findings))
            for row, (_, client) in zip(done, ends, strict=True)
        )
        desk.show.rows("Grants", ("to", "of", "grant", "done", "findings", "mend"), shown)
    end_many(done)


def end_grant(desk: Desk, *, grant: Annotated[str, typer.Argument(metavar="GRANT", help="As `grants` shows it.")], until: Until = None) -> None:
    """Ends a grant, now or on a day. An end only ever comes earlier."""
    desk.office.end_grant(id_of(grant, "grant"), at=in_utc(until))


def _former(desk: Desk, was: str) -> UUID:
    """Who was deleted and had that: its id is one of those things."""
    known = desk.office.former(was)
    if known is not None:
        party: UUID = known.party
        return party
    try:
        return id_of(was)
    except typer.BadParameter:
        raise not_there("party.not_found", "nobody who is deleted had {text}", text=was) from None


def _told(desk: Desk, added: Added, name: str) -> None:
    if desk.show.as_json:
        return desk.show.document(added)
    desk.show.say("{name} is {id}", name=name, id=added.party)
    _say_enrolled(desk, added.enrolled, added.findings)


def _say_enrolled(desk: Desk, enrolled: Enrolled | None, findings: Iterable[Finding] = ()) -> None:
    """The username that someone got, and what there is to say of it."""
    if enrolled is not None and enrolled.username is not None:
        desk.show.say("username: {name}", name=enrolled.username)
    if told := (*findings, *(enrolled.findings if enrolled is not None else ())):
        desk.show.line(desk.show.findings(told))


def _end(added: Added) -> None:
    fail_if(any(finding.is_error for finding in (*added.findings, *(added.enrolled.findings if added.enrolled else ()))))
