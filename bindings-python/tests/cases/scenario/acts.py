"""What each step does, and its outcome: `done`, what the method answers, or
the error that it raises."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

from carekey import (
    Actor,
    Agency,
    ChangePassword,
    Enrolled,
    Granted,
    Linked,
    NewAccount,
    NewGrant,
    NewTie,
    Office,
    Policy,
    Recovery,
    Redeemed,
    Roster,
    Session,
    SetQuestions,
    SignIn,
    SignInFirst,
    TiePreview,
    TieRoster,
    verify_export,
    verify_history_export,
)
from carekey.password import questions
from carekey.words import Locale
from tests.cases.roster import ROSTERS, decide
from tests.cases.scenario.outcome import party_file as party_file_
from tests.cases.scenario.outcome import (
    DONE,
    codes,
    decision,
    enrolled,
    line,
    merged,
    sign_in,
    tie_row,
    user,
    window_group,
    without_blanks,
)
from tests.cases.scenario.world import World
from tests.cases.shared import Call, Json, moment_or_none, rfc3339


@dataclass
class Here:
    """Where a step is done, by whom, and from where."""

    agency: Agency
    office: Office
    source: str | None
    actor: Actor


Act: TypeAlias = Callable[..., Json]

ACTS: dict[str, Act] = {}


def act(do: Act) -> Act:
    """An act is known by the name of its function, an underscore aside."""
    ACTS[do.__name__.rstrip("_")] = do
    return do


# --- the world around the engine ---


@act
def wait(world: World, here: Here, *, ms: int = 0, **time: int) -> Json:
    world.clock.advance(timedelta(milliseconds=ms, **time))
    return DONE


@act
def keep(world: World, here: Here, *, name: str, value: str) -> Json:
    value = world.text(here.agency, value)
    world.named(name).text = value
    return DONE


@act
def suspend_agency(world: World, here: Here, *, reason: str = "") -> Json:
    world.directory.suspend_agency(here.agency.code, reason=reason, actor=here.actor)
    return DONE


@act
def resume_agency(world: World, here: Here) -> Json:
    world.directory.resume_agency(here.agency.code, actor=here.actor)
    return DONE


@act
def export_agency(world: World, here: Here, *, name: str | None = None) -> Json:
    file = Path(world.folder.name, f"{len(list(Path(world.folder.name).iterdir()))}.jsonl")
    made = world.directory.export_agency(here.agency.code, file, actor=here.actor)
    assert verify_export(file, key=bytes([7] * 32)) == made
    world.named(name).export = file
    return {"agency": made.agency, "rows": made.rows}


@act
def export_history(
    world: World,
    here: Here,
    *,
    name: str | None = None,
    account: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Json:
    file = Path(world.folder.name, f"{len(list(Path(world.folder.name).iterdir()))}.jsonl")
    whose = None if account is None else world.account(account)
    made = here.office.export_history(
        file, account=whose, since=moment_or_none(since), until=moment_or_none(until)
    )
    assert verify_history_export(file, key=bytes([7] * 32)) == made
    world.named(name).export = file
    said = without_blanks(
        agency=made.agency,
        account=made.account is not None,
        since=rfc3339(made.since),
        until=rfc3339(made.until),
    )
    return {**said, "lines": made.lines, "removed": made.removed}


@act
def trim_history(world: World, here: Here, *, export: str) -> Json:
    file = world.thing(export).export
    assert file is not None
    done = here.office.trim_history(file)
    return {"until": rfc3339(done.until), "lines": done.lines}


@act
def delete_agency(world: World, here: Here, *, export: str) -> Json:
    file = world.thing(export).export
    assert file is not None
    world.directory.delete_agency(here.agency.code, file, actor=here.actor)
    return DONE


@act
def create_agency(world: World, here: Here, *, code: str) -> Json:
    world.directory.create_agency(world.new_agency(code), actor=here.actor)
    return DONE


@act
def agency_rows(world: World, here: Here) -> Json:
    return [
        without_blanks(
            code=row.code,
            name=row.name,
            state=row.state,
            since=rfc3339(row.since),
            by=row.by,
            reason=row.reason,
            exported=None if row.export is None else len(row.export),
        )
        for row in world.directory.agency_rows()
    ]


@act
def make_active(
    world: World,
    here: Here,
    *,
    name: str,
    full_name: str,
    role: Json = None,
    email: str | None = None,
    phone: str | None = None,
    password: str = "Lantern#47 tide",
) -> Json:
    """Short for all the steps that bring someone to their first session."""
    agency, office = here.agency, here.office
    email = email or f"{name}@example.com"
    policy = agency.settings.policy

    def by_temporary_password(username: str) -> SignIn:
        temporary = world.text(agency, f"$password:{email}")
        answer = agency.sign_in(username, temporary, source=here.source)
        if isinstance(answer, ChangePassword):
            return agency.choose_password(answer.step.token, password, confirm=password, source=here.source)
        return answer

    answer: SignIn
    if role is None:
        first, last = full_name.split(" ", 1)
        made = office.add_manager(first_name=first, last_name=last, email=email, phone=phone or "+12125550100")
        keep_enrolled(world, name, made)
        answer = by_temporary_password(made.username or "")
    else:
        kind: Json = "organization" if role in ("organization", "community") else "person"
        added = office.add_party(full_name, roles=[role], kind=kind, email=email, phone=phone)
        world.named(name).party = added.party
        scheme, username = policy.enrolment_scheme(role), ""
        if added.enrolled is None and scheme == "invitation_code":
            office.invite(party=added.party)
            world.named(name).password = None
        else:
            made = added.enrolled or office.create_account(added.party, role)
            keep_enrolled(world, name, made)
            username = made.username or ""
        if scheme == "temporary_password":
            answer = by_temporary_password(username)
        elif scheme == "activation_link":
            agency.activate(world.text(agency, f"$link:{email}"), password, confirm=password, source=here.source)
            answer = agency.sign_in(username, password, source=here.source)
        else:
            keep_redeemed(world, name, agency.redeem_link(world.text(agency, f"$link:{email}"), source=here.source))
            step = world.text(agency, f"${name}.step")
            answer = agency.choose_password(step, password, confirm=password, source=here.source)
    if isinstance(answer, SetQuestions):
        asked = zip(questions(), ["Bramble", "Hillside", "Juniper Lane", "Ottoline", "Marchbanks"], strict=False)
        count = agency.question_count(answer.step.token)
        answers = {question.id: given for question, given in islice(asked, count)}
        answer = agency.set_questions(answer.step.token, answers, source=here.source)
    return keep_answer(world, name, answer)


# --- the agency ---


@act
def change_settings(world: World, here: Here, *, settings: Json = None, policy: Json = None) -> Json:
    changes = dict(settings or {})
    if policy is not None:
        changes["policy"] = Policy.draft(policy)
    here.office.change_settings(here.agency.settings.replace(**changes))
    return DONE


@act
def set_text(world: World, here: Here, *, kind: Json, method: Json, locale: Json, text: Json = None) -> Json:
    here.office.set_text(kind, method, locale, **(text or {}))
    return DONE


@act
def texts(world: World, here: Here, **wanted: Json) -> Json:
    rows = [row for row in here.office.texts() if all(getattr(row, name) == value for name, value in wanted.items())]
    return [{"kind": row.kind, "method": row.method, "locale": row.locale, "own": row.own} for row in rows]


@act
def text(world: World, here: Here, *, kind: Json, method: Json, locale: Json) -> Json:
    row = here.office.text(kind, method, locale)
    return {"subject": row.subject, "body": row.body, "own": row.own}


@act
def preview_text(world: World, here: Here, *, kind: Json, method: Json, locale: Json, text: Json = None) -> Json:
    shown = here.office.preview_text(kind, method, locale, **(text or {}))
    return {"subject": shown.subject, "body": shown.body.reveal()}


# --- people ---


@act
def add_party(
    world: World, here: Here, *, full_name: str, name: str | None = None, roles: Json = (), **fields: Json
) -> Json:
    added = here.office.add_party(full_name, roles=roles, **fields)
    world.named(name).party = added.party
    return keep_enrolled(world, name, added.enrolled)


@act
def create_account(world: World, here: Here, *, party: str, role: Json, username: str | None = None) -> Json:
    return keep_enrolled(world, party, here.office.create_account(world.party(party), role, username=username))


@act
def set_roles(world: World, here: Here, *, party: str, roles: Json) -> Json:
    return keep_enrolled(world, party, here.office.set_roles(world.party(party), roles))


@act
def relate(
    world: World,
    here: Here,
    *,
    who: str,
    kind: Json,
    of: str,
    name: str | None = None,
    begins_at: str | None = None,
    ends_at: str | None = None,
    reference: str | None = None,
) -> Json:
    tied = here.office.relate(
        kind,
        who=world.party(who),
        of=world.party(of),
        begins_at=moment_or_none(begins_at),
        ends_at=moment_or_none(ends_at),
        reference=reference,
    )
    world.named(name).tie = tied.tie
    return keep_enrolled(world, who, tied.enrolled)


@act
def relate_all(world: World, here: Here, *, ties: list[dict[str, Any]], stop: bool = False) -> Json:
    made = [
        NewTie(
            tie["kind"],
            who=world.party(tie["who"]),
            of=world.party(tie["of"]),
            begins_at=moment_or_none(tie.get("begins_at")),
            ends_at=moment_or_none(tie.get("ends_at")),
            reference=tie.get("reference"),
        )
        for tie in ties
    ]
    rows = here.office.relate_all(made, progress=lambda done, total: not stop)
    assert all(row.done == (row.tie is not None) and row.grant is None for row in rows)
    return keep_done(world, [tie["who"] for tie in ties], rows)


@act
def grant_all(world: World, here: Here, *, grants: list[dict[str, Any]], stop: bool = False) -> Json:
    given = [
        NewGrant(
            world.party(grant["party"]),
            grant["resource"],
            of=None if "of" not in grant else next(iter(world.item(grant["of"]).values())),
            ends_at=moment_or_none(grant.get("ends_at")),
            reason=grant.get("reason"),
        )
        for grant in grants
    ]
    rows = here.office.grant_all(given, progress=lambda done, total: not stop)
    assert all(row.done == (row.grant is not None) and row.tie is None for row in rows)
    return keep_done(world, [grant["party"] for grant in grants], rows)


@act
def ties(world: World, here: Here, *, party: str, at: str | None = None) -> Json:
    return [
        tie_row(tie)
        for tie in here.office.ties(world.party(party), at=moment_or_none(at))
    ]


@act
def end_tie(world: World, here: Here, *, tie: str, at: str | None = None) -> Json:
    ended = world.thing(tie).tie
    assert ended is not None
    here.office.end_tie(ended, at=moment_or_none(at))
    return DONE


@act
def grant(
    world: World,
    here: Here,
    *,
    party: str,
    resource: Json,
    of: str | None = None,
    ends_at: str | None = None,
    reason: str | None = None,
    name: str | None = None,
) -> Json:
    whose = None if of is None else next(iter(world.item(of).values()))
    ends = moment_or_none(ends_at)
    given = here.office.grant(world.party(party), resource, of=whose, ends_at=ends, reason=reason)
    world.named(name).grant = given
    return DONE


@act
def grants(world: World, here: Here, *, party: str, at: str | None = None) -> Json:
    return [
        without_blanks(
            to=grant.to_name,
            resource=grant.resource,
            of=grant.of_name,
            **{"from": rfc3339(grant.begins_at)},
            until=rfc3339(grant.ends_at),
            reason=grant.reason,
        )
        for grant in here.office.grants(world.party(party), at=moment_or_none(at))
    ]


@act
def end_grant(world: World, here: Here, *, grant: str, at: str | None = None) -> Json:
    ended = world.thing(grant).grant
    assert ended is not None
    here.office.end_grant(ended, at=moment_or_none(at))
    return DONE


@act
def add_application(world: World, here: Here, *, number: str, family: str, name: str | None = None) -> Json:
    submitted = here.office.add_application(number, family=world.party(family))
    world.named(name).application = submitted.application
    return {"findings": codes(submitted.findings)} if submitted.findings else DONE


@act
def party(world: World, here: Here, *, party: str) -> Json:
    found = here.agency.party(world.party(party))
    return without_blanks(
        display_name=found.display_name,
        roles=found.roles,
        external_id=found.external_id,
        email=found.email,
        phone=found.phone,
        account=found.account is not None,
    )


@act
def restore_party(
    world: World, here: Here, *, party: str, full_name: str, kind: Json = "person", roles: Json = (), **fields: Json
) -> Json:
    restored = here.office.restore_party(
        party=world.party(party), name=full_name, kind=kind, roles=roles, **fields
    )
    return keep_enrolled(world, party, restored.enrolled)


@act
def former(world: World, here: Here, *, username: str, party: str) -> Json:
    found = here.office.former(username)
    return found is not None and found.party == world.party(party)


@act
def delete_party(world: World, here: Here, *, party: str) -> Json:
    here.office.delete_party(world.party(party))
    return DONE


@act
def window(world: World, here: Here) -> Json:
    return [window_group(group) for group in here.office.window(limit=100)]


@act
def review(world: World, here: Here, *, unused_days: int) -> Json:
    # They come by identifier, which tells no order within a millisecond.
    return [[item.kind, sorted(item.names)] for item in here.office.review(unused_days=unused_days)]


@act
def find_parties(world: World, here: Here, *, text: str) -> Json:
    text = str(world.party(text)) if text.startswith("$") else text
    return [found.display_name for found in here.agency.find_parties(text)]


@act
def parties(world: World, here: Here, *, offset: int = 0, limit: int = 100, **filter_: Json) -> Json:
    found = list(here.office.parties(filter_.pop("text", None), **filter_))
    return {"parties": [party.display_name for party in found[offset : offset + limit]], "found": len(found)}


@act
def party_file(world: World, here: Here, *, party: str, at: str | None = None) -> Json:
    file = here.office.party_file(world.party(party), at=moment_or_none(at))
    return party_file_(file)


@act
def merge_parties(world: World, here: Here, *, keep: str, gone: str) -> Json:
    return merged(here.office.merge_parties(world.party(keep), world.party(gone)))


@act
def preview_merge(world: World, here: Here, *, keep: str, gone: str) -> Json:
    return merged(here.office.preview_merge(world.party(keep), world.party(gone)))


@act
def split_party(world: World, here: Here, *, party: str) -> Json:
    split = here.office.split_party(world.party(party))
    return without_blanks(moved=len(split.moved), changed=len(split.changed))


@act
def edit_party(world: World, here: Here, *, party: str, edit: dict[str, Json]) -> Json:
    edited = here.office.edit_party(world.party(party), **edit)
    told = without_blanks(
        changes=[[change.field, change.before, change.after] for change in edited.changes],
        sent_again=edited.sent_again,
        findings=codes(edited.findings),
    )
    return told or DONE


# --- rosters ---


@act
def preview(world: World, here: Here, *, csv: list[str], name: str | None = None, then: Json = ()) -> Json:
    preview = here.office.preview("\n".join(csv).encode())
    decide(preview, then, who_of(world))
    world.named(name).preview = preview
    return [
        without_blanks(
            line=row.line,
            state=row.state,
            action=row.action,
            username=row.username,
            findings=codes(row.findings),
            suggestions=row.suggestions,
        )
        for row in preview.rows
    ]


@act
def create(
    world: World,
    here: Here,
    *,
    preview: str | None = None,
    csv: list[str] | None = None,
    then: Json = (),
    names: Json = None,
    initial_password: str | None = None,
    confirm: str | None = None,
    stop: bool = False,
) -> Json:
    if csv is not None:
        assert preview is None
        checked = here.office.preview(Roster.read("\n".join(csv).encode()))
        decide(checked, then, who_of(world))
    else:
        kept = world.thing(preview or "").preview
        assert kept is not None
        checked = kept
    report = here.office.create(
        checked, initial_password=initial_password, confirm=confirm, progress=lambda done, total: not stop
    )
    rows = []
    for row in report.rows:
        if str(row.line) in (names or {}):
            thing = world.named(names[str(row.line)])
            thing.party, thing.account = row.party or thing.party, row.account or thing.account
            thing.password = row.hand_over and row.hand_over.reveal()
        rows.append(
            without_blanks(
                line=row.line,
                outcome=row.outcome,
                username=row.username,
                handed_over=row.hand_over is not None,
                findings=codes(row.findings),
            )
        )
    return without_blanks(
        rows=rows,
        gone=[here.agency.party(gone).display_name for gone in report.gone],
        stopped=report.stopped and report.stopped.code,
    )


def said(
    world: World, here: Here, *, csv: Json = (), file: str | None = None, reading: Json = None, then: Json = ()
) -> TiePreview:
    """A preview of a roster of ties with what was said on who its ends are. A
    cell `$name` is the identifier of that party."""

    def with_ids(line: str) -> str:
        return ",".join(str(world.party(cell)) if cell.startswith("$") else cell for cell in line.split(","))

    source = ROSTERS / file if file is not None else "\n".join(map(with_ids, csv)).encode()
    preview = here.office.preview_ties(TieRoster.read(source, **(reading or {})))
    for accepted in then:
        preview.accept(accepted["line"], accepted["end"], world.party(accepted["party"]))
    return preview


@act
def preview_ties(world: World, here: Here, **file: Json) -> Json:
    preview = said(world, here, **file)
    rows = [
        without_blanks(
            line=row.line,
            outcome=row.outcome,
            who=row.who_name,
            of=row.of_name,
            maybe=[here.agency.party(party).display_name for party in (*row.who_maybe, *row.of_maybe)],
            **{"from": rfc3339(row.begins_at)},
            until=rfc3339(row.ends_at),
            findings=codes(row.findings),
        )
        for row in preview.rows
    ]
    return without_blanks(rows=rows, findings=codes(preview.findings))


@act
def create_ties(world: World, here: Here, *, names: Json = None, stop: bool = False, **file: Json) -> Json:
    report = here.office.create_ties(said(world, here, **file), progress=lambda done, total: not stop)
    for row in report.rows:
        if str(row.line) in (names or {}):
            world.named(names[str(row.line)]).tie = row.tie
    rows = [
        without_blanks(
            line=row.line,
            outcome=row.outcome,
            username=row.username,
            handed_over=row.hand_over is not None,
            findings=codes(row.findings),
        )
        for row in report.rows
    ]
    return without_blanks(rows=rows, stopped=report.stopped and report.stopped.code)


def who_of(world: World) -> Call:
    """Reads who a row is about: a party by its name, or another."""
    return lambda who: who if who == "another" else world.party(who)


# --- invitations ---


@act
def invite(world: World, here: Here, *, item: str, method: Json = None) -> Json:
    here.office.invite(**world.item(item), method=method)
    return DONE


@act
def reinvite(world: World, here: Here, *, item: str, method: Json = None) -> Json:
    here.office.reinvite(**world.item(item), method=method)
    return DONE


@act
def unlink(world: World, here: Here, *, item: str) -> Json:
    here.office.unlink(**world.item(item))
    return DONE


@act
def cancel_invitation(world: World, here: Here, *, item: str) -> Json:
    here.office.cancel_invitation(**world.item(item))
    return DONE


@act
def batch(
    world: World, here: Here, *, action: Json, items: list[str], method: Json = None, as_of: str | None = None
) -> Json:
    wanted = [world.item(item) for item in items]
    rows = here.office.batch(
        action,
        parties=[item["party"] for item in wanted if "party" in item],
        applications=[item["application"] for item in wanted if "application" in item],
        method=method,
        # What was sent now was sent before the office looked.
        as_of=moment_or_none(as_of) or world.clock.now() + timedelta(milliseconds=1),
        progress=lambda done, total: True,
    )
    results: defaultdict[UUID | None, deque[Json]] = defaultdict(deque)
    for row in rows:
        results[row.party or row.application].append(DONE if row.done else codes(row.findings))
    return [results[next(iter(item.values()))].popleft() for item in wanted]


@act
def applications(
    world: World, here: Here, *, search: str | None = None, offset: int = 0, limit: int = 100
) -> Json:
    def column(linked_to: str | None, action: str | None) -> Json:
        return {"action": action} if linked_to is None else {"linked": linked_to}

    return [
        {
            "number": row.number,
            "family": row.family_name,
            "online_account": column(row.linked_to, row.next_action),
            "until": rfc3339(row.invited_until),
        }
        for row in islice(here.office.applications(search), offset, offset + limit)
    ]


def keep_done(world: World, names: list[str], rows: Json) -> Json:
    """Keeps what was made for each of many, and says what came of it."""
    out = []
    for name, row in zip(names, rows, strict=True):
        thing = world.named(name)
        thing.account = row.account or thing.account
        thing.password = row.hand_over and row.hand_over.reveal()
        out.append(("handed_over" if row.hand_over else DONE) if row.done else codes(row.findings))
    return out


@act
def create_accounts(world: World, here: Here, *, parties: list[str], role: Json, stop: bool = False) -> Json:
    ids = [world.party(party) for party in parties]
    return keep_done(world, parties, here.office.create_accounts(ids, role, progress=lambda done, total: not stop))


@act
def disable_all(world: World, here: Here, *, accounts: list[str], stop: bool = False) -> Json:
    ids = [world.account(account) for account in accounts]
    return keep_done(world, accounts, here.office.disable_all(ids, progress=lambda done, total: not stop))


@act
def send_again_all(world: World, here: Here, *, accounts: list[str], as_of: str | None = None) -> Json:
    ids = [world.account(account) for account in accounts]
    looked_at = moment_or_none(as_of) or world.clock.now() + timedelta(milliseconds=1)
    return keep_done(world, accounts, here.office.send_again_all(ids, as_of=looked_at))


@act
def end_sessions_all(world: World, here: Here, *, accounts: list[str]) -> Json:
    return keep_done(world, accounts, here.office.end_sessions_all([world.account(account) for account in accounts]))


@act
def allowed(world: World, here: Here) -> Json:
    return {allowed.act: allowed.roles for allowed in here.office.allowed()}


@act
def application(world: World, here: Here, *, number: str) -> Json:
    row = here.office.application(number)
    linked = {"action": row.next_action} if row.linked_to is None else {"linked": row.linked_to}
    return without_blanks(
        number=row.number,
        family=row.family_name,
        online_account=linked,
        invited=row.invited_contact,
        by=row.invited_method,
        invitation=row.invitation,
        until=rfc3339(row.invited_until),
    )


@act
def applications_by(
    world: World,
    here: Here,
    *,
    invited_before: str | None = None,
    lapses_before: str | None = None,
    offset: int = 0,
    limit: int = 100,
    **filter: Json,
) -> Json:
    invited, lapses = moment_or_none(invited_before), moment_or_none(lapses_before)
    found = here.office.applications_by(invited_before=invited, lapses_before=lapses, **filter)
    return {"numbers": [row.number for row in islice(found, offset, offset + limit)], "found": found.found}


@act
def look(world: World, here: Here, *, link: str) -> Json:
    view = here.agency.look_at_invitation(world.text(here.agency, link))
    return without_blanks(agency=view.agency, application=view.application, until=rfc3339(view.expires_at))


@act
def redeem_code(
    world: World, here: Here, *, code: str, name: str | None = None, session: str | None = None, **contact: str
) -> Json:
    code, typed = (world.text(here.agency, text) for text in (code, contact["with"]))
    token = session and world.text(here.agency, session)
    return keep_redeemed(world, name, here.agency.redeem_code(code, typed, session=token, source=here.source))


@act
def redeem_link(world: World, here: Here, *, link: str, name: str | None = None, session: str | None = None) -> Json:
    link = world.text(here.agency, link)
    token = session and world.text(here.agency, session)
    return keep_redeemed(world, name, here.agency.redeem_link(link, session=token, source=here.source))


@act
def print_code(world: World, here: Here, *, item: str, name: str | None = None, method: Json = None) -> Json:
    printed = here.office.print_code(**world.item(item), method=method)
    thing = world.named(name)
    thing.code, thing.link = printed.code.reveal(), printed.link.reveal()
    return without_blanks(
        **{"with": printed.contact}, application=printed.application, until=rfc3339(printed.expires_at)
    )


@act
def staged(world: World, here: Here, *, offset: int = 0, limit: int = 100) -> Json:
    waiting = list(here.office.staged())
    rows = [
        without_blanks(
            name=row.display_name,
            account=row.account is not None,
            party=row.party is not None,
            since=rfc3339(row.since),
        )
        for row in waiting[offset : offset + limit]
    ]
    return {"rows": rows, "found": len(waiting)}


@act
def send_staged(
    world: World, here: Here, *, items: list[str], by_party: bool = False, stop: bool = False
) -> Json:
    things = [world.thing(item) for item in items]
    is_account = [thing.account is not None and not by_party for thing in things]
    accounts = [world.account(item) for item, is_one in zip(items, is_account, strict=True) if is_one]
    parties = [world.party(item) for item, is_one in zip(items, is_account, strict=True) if not is_one]
    rows = list(here.office.send_staged(accounts=accounts, parties=parties, progress=lambda done, total: not stop))
    of_accounts, of_parties = iter(rows[: len(accounts)]), iter(rows[len(accounts) :])
    out = []
    for thing, is_one in zip(things, is_account, strict=True):
        row = next(of_accounts if is_one else of_parties)
        thing.account = row.account or thing.account
        thing.password = row.hand_over and row.hand_over.reveal()
        out.append(("handed_over" if row.hand_over else DONE) if row.done else codes(row.findings))
    return out


@act
def remind(world: World, here: Here) -> Json:
    return here.agency.remind()


# --- ways in ---


@act
def activation(world: World, here: Here, *, link: str) -> Json:
    return {"username": here.agency.activation(world.text(here.agency, link))}


@act
def activate(world: World, here: Here, *, link: str, password: str, confirm: str | None = None) -> Json:
    link, password = (world.text(here.agency, text) for text in (link, password))
    return here.agency.activate(link, password, confirm=confirm, source=here.source)


@act
def sign_in_(
    world: World,
    here: Here,
    *,
    username: str,
    password: str,
    name: str | None = None,
    remember: bool = False,
    device: str | None = None,
    times: int = 1,
) -> Json:
    username, password = (world.text(here.agency, text) for text in (username, password))
    device = device and world.text(here.agency, device)
    for _ in range(times):
        answer = here.agency.sign_in(username, password, remember=remember, device=device, source=here.source)
    return keep_answer(world, name, answer)


@act
def choose_password(
    world: World, here: Here, *, step: str, password: str, name: str | None = None, confirm: str | None = None
) -> Json:
    step, password = (world.text(here.agency, text) for text in (step, password))
    return keep_answer(world, name, here.agency.choose_password(step, password, confirm=confirm, source=here.source))


@act
def question_count(world: World, here: Here, *, token: str) -> Json:
    return here.agency.question_count(world.text(here.agency, token))


@act
def set_questions(world: World, here: Here, *, step: str, answers: Json, name: str | None = None) -> Json:
    step = world.text(here.agency, step)
    return keep_answer(world, name, here.agency.set_questions(step, map(tuple, answers), source=here.source))


@act
def change_password(
    world: World,
    here: Here,
    *,
    session: str,
    current: str,
    password: str,
    name: str | None = None,
    confirm: str | None = None,
) -> Json:
    token, current, password = (world.text(here.agency, text) for text in (session, current, password))
    new = here.agency.change_password(token, current, password, confirm=confirm, source=here.source)
    keep_session(world, name, new)
    return DONE


@act
def session(world: World, here: Here, *, session: str) -> Json:
    found = here.agency.session(world.text(here.agency, session))
    return without_blanks(
        username=found.username,
        display_name=found.display_name,
        linked=found.party is not None,
        manager=found.is_manager,
        until=rfc3339(found.expires_at),
    )


@act
def sign_out(world: World, here: Here, *, session: str) -> Json:
    here.agency.sign_out(world.text(here.agency, session), source=here.source)
    return DONE


@act
def sessions(
    world: World, here: Here, *, session: str | None = None, account: str | None = None, name: str | None = None
) -> Json:
    rows: Json
    if session is not None:
        rows = here.agency.sessions(world.text(here.agency, session))
    else:
        rows = here.office.sessions(world.account(account or ""))
    world.named(name).sessions = [row.id for row in rows]
    return [
        without_blanks(
            kind=row.kind,
            since=rfc3339(row.since),
            last_used=rfc3339(row.last_used_at),
            until=rfc3339(row.until),
            **{"from": row.source},
            remembered=row.remembered,
            device=row.device is not None,
            current=session is not None and row.current,
        )
        for row in rows
    ]


@act
def end_session(world: World, here: Here, *, session: str, of: str | None = None, at: int = 0) -> Json:
    wanted = UUID(int=0) if of is None else world.thing(of).sessions[at]
    here.agency.end_session(world.text(here.agency, session), wanted, source=here.source)
    return DONE


@act
def end_other_sessions(world: World, here: Here, *, session: str) -> Json:
    return here.agency.end_other_sessions(world.text(here.agency, session), source=here.source)


# --- a forgotten password ---


@act
def recover(world: World, here: Here, *, username: str, name: str | None = None) -> Json:
    return keep_recovery(world, name, here.agency.recover(username, source=here.source))


@act
def recovery_code(world: World, here: Here, *, step: str, code: str, name: str | None = None) -> Json:
    step, code = (world.text(here.agency, text) for text in (step, code))
    return keep_recovery(world, name, here.agency.recovery_code(step, code, source=here.source))


@act
def recovery_answers(world: World, here: Here, *, step: str, answers: Json, name: str | None = None) -> Json:
    step = world.text(here.agency, step)
    return keep_recovery(world, name, here.agency.recovery_answers(step, map(tuple, answers), source=here.source))


@act
def finish_recovery(
    world: World, here: Here, *, step: str, password: str, name: str | None = None, confirm: str | None = None
) -> Json:
    step, password = (world.text(here.agency, text) for text in (step, password))
    recovered = here.agency.finish_recovery(step, password, confirm=confirm, source=here.source)
    world.named(name).device = recovered.device.reveal()
    return recovered.state


def own_contact(contact: Json) -> Json:
    return without_blanks(
        method=contact.method,
        address=contact.address,
        proven=contact.proven_at is not None,
        until=rfc3339(contact.confirm_until),
        objected=contact.objected_at is not None,
    )


@act
def contacts(world: World, here: Here, *, session: str) -> Json:
    found = here.agency.contacts(world.text(here.agency, session), source=here.source)
    return [own_contact(contact) for contact in found]


@act
def change_contact(world: World, here: Here, *, session: str, password: str, method: Json, address: str) -> Json:
    token, password = (world.text(here.agency, text) for text in (session, password))
    return own_contact(here.agency.change_contact(token, password, method, address, source=here.source))


@act
def change_questions(world: World, here: Here, *, session: str, password: str, answers: Json) -> Json:
    token, password = (world.text(here.agency, text) for text in (session, password))
    here.agency.change_questions(token, password, map(tuple, answers), source=here.source)
    return DONE


@act
def set_language(world: World, here: Here, *, session: str, language: Json) -> Json:
    here.agency.set_language(world.text(here.agency, session), language, source=here.source)
    return DONE


@act
def confirm_contact(world: World, here: Here, *, link: str) -> Json:
    return {"username": here.agency.confirm_contact(world.text(here.agency, link), source=here.source)}


@act
def object_to_contact(world: World, here: Here, *, link: str) -> Json:
    here.agency.object_to_contact(world.text(here.agency, link), source=here.source)
    return DONE


# --- accounts and their managers ---


@act
def add_manager(world: World, here: Here, *, name: str | None = None, **staff: Json) -> Json:
    return keep_enrolled(world, name, here.office.add_manager(**staff))


@act
def create_staff_account(world: World, here: Here, *, name: str | None = None, **staff: Json) -> Json:
    if staff.get("password") is not None:
        staff["password"] = world.text(here.agency, staff["password"])
    return keep_enrolled(world, name, here.office.create_staff_account(**staff))


@act
def link_account(world: World, here: Here, *, account: str, party: str) -> Json:
    here.office.link_account(world.account(account), world.party(party))
    return DONE


@act
def promote(world: World, here: Here, *, account: str) -> Json:
    here.office.promote(world.account(account))
    return DONE


@act
def remove_manager(world: World, here: Here, *, account: str) -> Json:
    here.office.remove_manager(world.account(account))
    return DONE


@act
def hand_over(world: World, here: Here, *, from_account: str, to_account: str) -> Json:
    here.office.hand_over(world.account(from_account), world.account(to_account))
    return DONE


@act
def disable(world: World, here: Here, *, account: str) -> Json:
    here.office.disable(world.account(account))
    return DONE


@act
def enable(world: World, here: Here, *, account: str) -> Json:
    here.office.enable(world.account(account))
    return DONE


@act
def end_sessions(world: World, here: Here, *, account: str) -> Json:
    here.office.end_sessions(world.account(account))
    return DONE


@act
def unlock(world: World, here: Here, *, account: str) -> Json:
    here.office.unlock(world.account(account))
    return DONE


@act
def release_contact(world: World, here: Here, *, account: str, contact: str) -> Json:
    here.office.release_contact(world.account(account), contact)
    return DONE


@act
def reset_password(world: World, here: Here, *, account: str, password: str, confirm: str | None = None) -> Json:
    here.office.reset_password(world.account(account), world.text(here.agency, password), confirm=confirm)
    return DONE


@act
def send_again(world: World, here: Here, *, account: str) -> Json:
    return keep_enrolled(world, account, here.office.send_again(world.account(account)))


@act
def set_note(world: World, here: Here, *, account: str, note: str) -> Json:
    here.office.set_note(world.account(account), note)
    return DONE


@act
def user_(world: World, here: Here, *, account: str) -> Json:
    return user(here.office.user(world.account(account)))


@act
def users(
    world: World, here: Here, *, columns: list[str] | None = None, locale: Locale = "en", **query: Json
) -> Json:
    page = here.office.users(**query)
    shown = [user(found, locale) for found in page.users]
    told = [one["username"] if columns is None else [one.get(column) for column in columns] for one in shown]
    return {"users": told, "found": page.found, "active": page.active}


# --- messages ---


@act
def messages(
    world: World, here: Here, *, state: Json = None, offset: int = 0, limit: int = 100, texts: bool = False
) -> Json:
    out = []
    for row in islice(here.office.messages(state), offset, offset + limit):
        told = {name: getattr(row, name) for name in ("kind", "method", "address", "state", "tries")}
        out.append({**told, "subject": row.subject, "body": row.body} if texts else told)
    return out


@act
def claim(
    world: World, here: Here, *, name: str | None = None, most: int = 100, method: Json = None
) -> Json:
    claimed = here.agency.outbox.claim(most, method=method)
    for message in claimed:
        world.receive(here.agency, message)
    world.named(name).claim = claimed
    return [[message.kind, message.method, message.address, message.attempt] for message in claimed]


@act
def sent(world: World, here: Here, *, claim: str) -> Json:
    for message in world.thing(claim).claim:
        here.agency.outbox.sent(message)
    return DONE


@act
def failed(world: World, here: Here, *, claim: str) -> Json:
    for message in world.thing(claim).claim:
        here.agency.outbox.failed(message)
    return DONE


# --- who sees what ---


@act
def can_see(world: World, here: Here, *, viewer: str, resource: Json, of: str | None = None) -> Json:
    whose = {} if of is None else world.item(of)
    return decision(here.agency.can_see(world.account(viewer), resource, **whose))


@act
def sees(world: World, here: Here, *, viewer: str) -> Json:
    """By whom it is: the resources that are seen of them, with how much."""
    out: dict[str, dict[str, Json]] = {}
    for sight in here.agency.sees(world.account(viewer)):
        party, application = sight.party, sight.application
        if party is not None:
            of = world.name_of(lambda thing, party=party: thing.party == party)  # type: ignore[misc]
        elif application is not None:
            of = world.name_of(lambda thing, application=application: thing.application == application)  # type: ignore[misc]
        else:
            of = "own"
        out.setdefault(of, {})[sight.resource] = sight.decision.scope
    return out


@act
def seen_by(world: World, here: Here, *, resource: Json, of: str) -> Json:
    accounts = [seen.account for seen in here.agency.seen_by(resource, **world.item(of))]
    return sorted(world.name_of(lambda thing, account=account: thing.account == account) for account in accounts)  # type: ignore[misc]


# --- histories ---


@act
def history(
    world: World, here: Here, *, account: str | None = None, last: int | None = None, details: bool = False
) -> Json:
    agency = here.agency
    lines = agency.agency_history() if account is None else agency.history(world.account(account))
    start = 0 if last is None else max(0, len(lines) - last)
    return [line(shown, details) for shown in lines[start:]]


@act
def feed(
    world: World,
    here: Here,
    *,
    name: str | None = None,
    after: str | None = None,
    since: str | None = None,
    until: str | None = None,
    **query: Json,
) -> Json:
    cursor = None if after is None else world.text(here.agency, after)
    page = here.office.feed(after=cursor, since=moment_or_none(since), until=moment_or_none(until), **query)
    lines = []
    for found in page.lines:
        of = found.account
        whose = "agency" if of is None else world.name_of(lambda thing, of=of: thing.account == of)  # type: ignore[misc]
        lines.append([whose, found.kind, found.actor_name])
    world.named(name).text = page.next
    return {"lines": lines, "more": page.more}


@act
def verify(world: World, here: Here, *, account: str | None = None) -> Json:
    if account is None:
        here.agency.verify_agency_history()
    else:
        here.agency.verify_history(world.account(account))
    return DONE


# --- what steps keep under their name ---


def keep_enrolled(world: World, name: str | None, made: Enrolled | None) -> Json:
    """Keeps what an enrolment made, and says what it was."""
    if made is None:
        return DONE
    thing = world.named(name)
    thing.account = made.account or thing.account
    thing.password = made.hand_over and made.hand_over.reveal()
    return enrolled(made)


def keep_redeemed(world: World, name: str | None, redeemed: Redeemed) -> Json:
    """Keeps the account, and the step where there is one."""
    match redeemed:
        case NewAccount(account, username, step):
            thing = world.named(name)
            thing.account, thing.step = account, step.token.reveal()
            return {"new": username}
        case Linked(account, username):
            world.named(name).account = account
            return {"linked": username}
        case SignInFirst():
            return "sign_in_first"


def keep_answer(world: World, name: str | None, answer: SignIn) -> Json:
    """Keeps the session or the step."""
    thing = world.named(name)
    match answer:
        case Granted(session=session):
            keep_session(world, name, session)
        case ChangePassword(step=step) | SetQuestions(step=step):
            thing.step = step.token.reveal()
    return sign_in(answer)


def keep_session(world: World, name: str | None, session: Session) -> None:
    """Keeps the session, and the token of the device where it is a new one."""
    thing = world.named(name)
    thing.account, thing.session = session.account, session.token.reveal()
    if session.device is not None:
        thing.device = session.device.reveal()


def keep_recovery(world: World, name: str | None, recovery: Recovery) -> Json:
    """What is asked next; the questions by their ids."""
    world.named(name).step = recovery.token.reveal()
    if recovery.asks == "questions":
        return [question.id for question in recovery.questions]
    return recovery.asks
