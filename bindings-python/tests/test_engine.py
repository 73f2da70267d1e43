"""The engine as a Python program meets it: types, tables, iterators."""

from __future__ import annotations

import csv
import importlib
import io
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, cast, get_args
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

import carekey
from carekey import (
    Actor,
    Agency,
    ChangePassword,
    Directory,
    Granted,
    Linked,
    ManualClock,
    NewAccount,
    Office,
    Refused,
    Roster,
    Secret,
    SetQuestions,
    SignInFirst,
    Table,
)

from carekey.words import Resource
from tests.conftest import KEY, START

PASSWORD = "Lantern#47 tide"
ANSWERS = {"first_pet": "Biscuit", "first_car": "Blue Beetle", "childhood_friend": "Rosalind"}


def link_to(agency: Agency, address: str) -> str:
    """The link of the newest message to that address, as its reader has it."""
    links: list[str] = []
    for message in agency.outbox.claim(1000):
        agency.outbox.sent(message)
        if message.address == address:
            links += [word for word in message.body.reveal().split() if "#" in word]
    return links[-1]


def add_caregiver(office: Office, name: str = "Tess Moreau", email: str = "tess@example.com") -> UUID:
    """A caregiver with an account; returns the account."""
    report = office.create(office.preview([{"role": "caregiver", "name": name, "email": email}]))
    account = report.rows[0].account
    assert account is not None
    return account


def sign_in_first(agency: Agency) -> Granted:
    """Activates Tess, sets her questions, and signs her in."""
    assert agency.activate(link_to(agency, "tess@example.com"), PASSWORD, confirm=PASSWORD) == "questions_due"
    answer = agency.sign_in("tess@example.com", PASSWORD)
    assert isinstance(answer, SetQuestions)
    questions = carekey_questions()
    granted = agency.set_questions(answer.step.token, questions)
    assert isinstance(granted, Granted)
    return granted


def carekey_questions() -> dict[str, str]:
    """Answers to the first three questions of the list."""
    from carekey.password import questions

    ids = [question.id for question in questions()][:3]
    return dict(zip(ids, ["Biscuit dog", "Blue Beetle", "Rosalind K"], strict=True))


def test_from_a_roster_to_a_session(agency: Agency, office: Office, clock: ManualClock) -> None:
    account = add_caregiver(office)
    granted = sign_in_first(agency)
    match granted:
        case Granted(session):
            signed_in = agency.session(session.token)
    assert signed_in.account == account
    assert signed_in.display_name == "Tess Moreau"
    assert signed_in.expires_at.tzinfo is not None
    assert isinstance(agency.sign_in("tess@example.com", "wrong"), Refused)
    decision = agency.can_see(account, "dashboard")
    assert decision and decision.allowed and decision.because[0].message("es")
    agency.sign_out(session.token)
    with pytest.raises(carekey.RefusedError):
        agency.session(session.token)
    agency.verify_history(account)
    kinds = [line.kind for line in agency.history(account)]
    assert kinds[0] == "account.created"
    assert all(line.source in (None, "203.0.113.7") for line in agency.history(account))


def test_a_temporary_password_leads_to_a_step(agency: Agency, office: Office) -> None:
    report = office.create(
        office.preview([{"role": "office staff", "name": "Felicia Conner"}]),
        initial_password="Meadow!Lights 52",
        confirm="Meadow!Lights 52",
    )
    assert report.counts == {"created": 1}
    assert report.rows[0].username == "104fconner"
    answer = agency.sign_in("104FConner", Secret("Meadow!Lights 52"))
    assert isinstance(answer, ChangePassword)
    assert answer.step.expires_at > START
    with pytest.raises(carekey.InvalidInput) as caught:
        agency.choose_password(answer.step.token, "short")
    assert "password.too_short" in {finding.code for finding in caught.value.findings}


def test_families_redeem_codes_and_links(agency: Agency, office: Office, clock: ManualClock) -> None:
    family = office.add_party("Wright, Sue", roles=["family"], email="sue@example.com").party
    first = office.add_application("2026-17", family=family)
    assert first.findings == []
    link = link_to(agency, "sue@example.com")
    for _ in range(3):
        assert agency.look_at_invitation(link).agency == "Harbor Home Care"
    made = agency.redeem_link(link)
    assert isinstance(made, NewAccount)
    with pytest.raises(carekey.RefusedError):
        agency.redeem_link(link)
    second = office.add_application("2026-18", family=family)
    rows = list(office.applications(page=1))
    assert {row.number for row in rows} == {"2026-17", "2026-18"}
    clock.advance(timedelta(milliseconds=1))
    batch = office.batch("invite", applications=[second.application], as_of=clock.now())
    assert isinstance(batch, Table)


def test_moments_may_come_in_any_zone(office: Office) -> None:
    family = office.add_party("Wright, Sue", roles=["family"], email="sue@example.com").party
    submitted = datetime(2026, 2, 1, 8, 30, tzinfo=ZoneInfo("America/New_York"))
    office.add_application("2026-17", family=family, submitted_at=submitted)
    [row] = office.applications()
    assert row.submitted_at == submitted
    assert row.submitted_at.utcoffset() == timedelta(0)


def test_results_are_values(office: Office) -> None:
    added = office.add_party("Sue Wright", roles={"caregiver"}, email="sue@example.com")
    party = office.agency.party(added.party)
    assert party == office.agency.party(added.party)
    assert party != office.agency.party(office.add_party("Bo Hu", roles=("caregiver",)).party)
    assert repr(party).startswith("Party(id=UUID(")
    assert party.to_dict()["display_name"] == "Sue Wright"
    with pytest.raises(AttributeError):
        party.display_name = "other"  # type: ignore[misc]
    assert party.__match_args__[0] == "id"


def untyped(name: str) -> Any:
    """A library whose types are not there, or not whole."""
    return importlib.import_module(name)


def roster_of(count: int) -> list[dict[str, object]]:
    return [
        {"role": "caregiver", "name": f"Person{n:05} Wright", "email": f"p{n}@example.com", "ID": n} for n in range(count)
    ]


def test_tables_are_sequences(office: Office) -> None:
    report = office.create(office.preview(roster_of(50)))
    table = report.rows
    assert len(table) == 50
    assert table[0].line == 1 and table[-1].line == 50
    assert [row.line for row in table[10:13]] == [11, 12, 13]
    assert [row.line for row in table[::-25]] == [50, 25]
    assert len(table[60:]) == 0
    with pytest.raises(IndexError):
        table[50]
    with pytest.raises(IndexError):
        table[-51]
    assert table[3:5] == table[3:5] and table[3:5] != table[4:6]
    assert table[0] in table
    assert table.to_dicts()[0]["outcome"] == "created"
    rows = list(csv.DictReader(io.StringIO(cast(str, table.to_csv()))))
    assert [row["username"] for row in rows][:2] == ["p0@example.com", "p1@example.com"]
    html = table._repr_html_()
    assert html.count("<tr>") == 21 and "and 30 more rows" in html


def test_tables_export_themselves(office: Office, tmp_path: Path) -> None:
    office.create(office.preview(roster_of(3) + [{"role": "client", "name": "=cmd()", "email": "x@example.com"}]))
    users = office.users().users
    import polars

    pandas, pyarrow = untyped("pandas"), untyped("pyarrow")
    arrow = pyarrow.table(users)
    assert arrow.num_rows == len(users) and arrow.column_names == list(users.columns)
    assert str(arrow.schema.field("created").type) == "timestamp[ms, tz=UTC]"
    assert str(arrow.schema.field("is_manager").type) == "bool"
    assert polars.DataFrame(users)["username"].to_list() == [user.username for user in users]
    frame = pandas.DataFrame.from_arrow(users)
    assert list(frame["display_name"]) == [user.display_name for user in users]
    path = tmp_path / "users.csv"
    assert users.to_csv(path) is None
    assert "p0@example.com" in path.read_text(encoding="utf-8")


def test_rosters_come_from_anywhere(office: Office, tmp_path: Path) -> None:
    import polars

    pandas, pyarrow = untyped("pandas"), untyped("pyarrow")
    text = "Role,Name,Email,ID\nCaregiver,Sue Wright,sue@example.com,17\nClient,Bo Hu,,\n"
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")
    columns = {"Role": ["Caregiver", "Client"], "Name": ["Sue Wright", "Bo Hu"], "Email": ["sue@example.com", None], "ID": [17, None]}
    records = [{"role": "Caregiver", "name": "Sue Wright", "email": "sue@example.com", "id": 17}, {"role": "Client", "name": "Bo Hu"}]
    polars_frame = polars.DataFrame(columns)
    sources: list[object] = [
        path,
        str(path),
        text.encode(),
        io.BytesIO(text.encode()),
        io.StringIO(text),
        path.open("rb"),
        records,
        iter(records),
        polars_frame,
        polars_frame.with_columns(polars.col("Role").cast(polars.Categorical)),
        pandas.DataFrame(columns).astype({"ID": "Int64"}),
        pyarrow.table(columns),
    ]
    for source in sources:
        rows = Roster.read(source).rows  # type: ignore[arg-type]
        seen = [(row.role, row.first, row.last, row.email, row.external_id) for row in rows]
        assert seen == [
            ("caregiver", "Sue", "Wright", "sue@example.com", "17"),
            ("client", "Bo", "Hu", None, None),
        ], source
        if isinstance(source, io.IOBase):
            source.close()
    assert len(office.preview(path).rows) == 2
    assert len(Roster.read(polars_frame.clear())) == 0


def test_decisions_on_suggestions(office: Office) -> None:
    office.create(office.preview([{"role": "office staff", "name": "Felicia Conner"}]))
    preview = office.preview(
        [
            {"role": "office staff", "name": "Frank Conner"},
            {"role": "office staff", "name": "Fay Conner"},
            {"role": "office staff", "name": "Finn Conner"},
        ]
    )
    assert [row.state for row in preview.rows] == ["waiting"] * 3
    assert preview.accept(2, "104faconner").state == "pass"
    preview.decline(3)
    assert preview.accept_suggestions() == 1
    assert preview.summary.create == 2 and preview.summary.failed == 1
    [group] = preview.by_role()
    assert (group.role, len(group.rows)) == ("office_staff", 3)
    failed = preview.write_failed(locale="es")
    assert failed is not None and "Finn" in failed and "Fay" not in failed
    with pytest.raises(carekey.NotFound) as caught:
        preview.accept(99, "x")
    assert caught.value.code == "roster.no_such_row"
    assert office.create(preview).counts == {"created": 2, "failed": 1}


def test_progress_is_told(office: Office) -> None:
    told: list[tuple[int, int]] = []
    preview = office.preview(roster_of(10))
    office.create(preview, progress=lambda done, total: told.append((done, total)))
    assert told[0] == (0, 10) and told[-1] == (10, 10)

    from tqdm import tqdm

    with tqdm(disable=False, file=io.StringIO()) as bar:
        office.create(office.preview(roster_of(20)), progress=bar)
        assert (bar.n, bar.total) == (20, 20)

    from rich.progress import Progress

    with Progress(disable=True) as progress:
        task = progress.add_task("creating")
        preview = office.preview(roster_of(30))
        office.create(preview, progress=lambda done, total: progress.update(task, completed=done, total=total))
        assert progress.tasks[0].completed == 30


def test_an_exception_of_the_listener_stops_the_work_and_comes_out(office: Office) -> None:
    def stop(done: int, total: int) -> None:
        raise ZeroDivisionError(f"{done} of {total}")

    with pytest.raises(ZeroDivisionError):
        office.create(office.preview(roster_of(10)), progress=stop)
    assert office.users().found == 0


def test_long_lists_are_read_page_by_page(agency: Agency, office: Office) -> None:
    office.create(office.preview(roster_of(25)))
    names = [user.username for user in office.each_user(sort="username", page=7)]
    assert names == sorted(f"p{n}@example.com" for n in range(25))
    pages = agency.find_parties("Wright", page=10)
    assert (pages.found, len(list(pages)), pages.found) == (25, 25, 25)
    assert len(list(office.messages("waiting", page=25))) == 25
    page = office.users(filter="p1", limit=5)
    assert (len(page.users), page.found, page.active) == (5, 11, 25)


def test_the_feed_is_followed(agency: Agency, office: Office) -> None:
    begun = office.feed().next
    office.create(office.preview(roster_of(5)))
    lines = list(office.feed_lines(after=begun, page=2))
    page = office.feed(after=begun, limit=100)
    assert (lines, page.more) == (page.lines, False)
    made = [line.account for line in lines if line.kind == "account.created"]
    assert len(set(made)) == 5 and None not in made
    assert list(office.feed_lines(kinds=["account.created"], page=0)) == [
        line for line in lines if line.kind == "account.created"
    ]
    assert list(office.feed_lines(after=lines[2].cursor)) == lines[3:]
    assert office.feed(since=lines[0].at, until=lines[0].at).lines == []
    for bad, code in (("7", "cursor.malformed"), ("a" + 32 * "7", "cursor.not_found")):
        with pytest.raises(carekey.CarekeyError) as found:
            next(office.feed_lines(after=bad))
        assert found.value.code == code


def test_a_directory_is_opened_again(tmp_path: Path) -> None:
    address = f"sqlite:{tmp_path / 'carekey.db'}"
    settings = carekey.AgencySettings("104", "Harbor Home Care", "https://portal.example.com")
    with Directory.open(address, key=KEY) as directory:
        agency = directory.create_agency(settings, actor=Actor.support("Pat Long"))
        agency.acting_as(Actor.system("x")).add_party("Sue Wright", roles=["client"], email="sue@example.com")
    with Directory.open(address, key=KEY) as directory:
        [agency] = directory.agencies()
        assert agency.settings == settings
        assert [party.display_name for party in agency.find_parties("wri")] == ["Sue Wright"]
        agency.verify_agency_history()


def test_settings_and_policies_are_values(agency: Agency) -> None:
    policy = carekey.Policy.read({"invitation": {"lifetime_hours": 168}})
    assert policy == carekey.Policy.read(json.dumps({"invitation": {"lifetime_hours": 168}}))
    assert policy != carekey.Policy.agency()
    changed = agency.settings.replace(name="Harbor", policy=policy, locale="es")
    agency.acting_as(Actor.support("Pat Long")).change_settings(changed)
    assert agency.settings == changed
    assert agency.settings.policy.to_dict()["invitation"]["lifetime_hours"] == 168


def test_now_is_the_clock_of_the_host(clock: ManualClock) -> None:
    assert clock.now() == START
    clock.advance(timedelta(hours=-1, milliseconds=5))
    assert clock.now() == START.astimezone(timezone.utc) - timedelta(minutes=59, seconds=59, milliseconds=995)


def test_snapshots_decide_without_a_store(agency: Agency, office: Office, clock: ManualClock) -> None:
    client = office.add_party("Ana Silva", roles=["client"], email="ana@example.com").party
    contact = office.add_party("Tom Silva", roles=["emergency_contact"], email="tom@example.com")
    tie = office.relate("emergency_contact", who=contact.party, of=client).tie
    account = office.agency.party(contact.party).account
    assert account is not None
    active = add_caregiver(office)
    sign_in_first(agency)

    def opened(viewer: UUID) -> carekey.Snapshot:
        text = agency.snapshot(viewer)
        return carekey.Snapshot.open(text, key=agency.snapshot_key, agency="104", account=viewer, now=clock.now())

    for viewer in (account, active):
        snapshot = opened(viewer)
        for resource in get_args(Resource):
            for party in (None, client, contact.party):
                decision = snapshot.can_see(resource, party=party, at=clock.now())
                assert decision.allowed == agency.can_see(viewer, resource, party=party).allowed
    assert opened(active).what(clock.now()) == agency.sees(active)
    office.end_tie(tie)
    assert not opened(account).can_see("calendar", party=client, at=clock.now())
    snapshot = opened(active)
    assert snapshot.issued_at == clock.now() and snapshot.lapses_at == clock.now() + timedelta(hours=24)
    with pytest.raises(carekey.RefusedError) as caught:
        snapshot.can_see("profile", at=snapshot.lapses_at)
    assert caught.value.code == "snapshot.lapsed"
    with pytest.raises(carekey.RefusedError) as caught:
        carekey.Snapshot.open(agency.snapshot(active)[:-4], key=agency.snapshot_key, agency="104", account=active, now=clock.now())
    assert caught.value.code == "snapshot.malformed"


def test_each_answer_of_redeeming_is_a_result_of_its_own() -> None:
    assert Linked.__match_args__ == ("account", "username")
    assert carekey.Redeemed == NewAccount | Linked | SignInFirst
    assert repr(SignInFirst.__match_args__) == "()"


def test_whoever_has_the_contact_signs_in_first(agency: Agency, office: Office) -> None:
    account = add_caregiver(office)
    session = sign_in_first(agency).session
    family = office.add_party("Moreau, Tess", roles=["family"], email="tess@example.com").party
    office.invite(party=family)
    link = link_to(agency, "tess@example.com")
    assert isinstance(agency.redeem_link(link), SignInFirst)
    linked = agency.redeem_link(link, session=session.token)
    assert isinstance(linked, Linked) and linked.account == account
    signed_in = agency.session(session.token)
    assert len(signed_in.parties) == 2 and signed_in.parties[0] == signed_in.party
    assert agency.party(family).accounts == [account]


def test_a_known_device_gets_in_whatever_strangers_try(agency: Agency, office: Office) -> None:
    account = add_caregiver(office)
    session = sign_in_first(agency).session
    assert session.device is not None and session.device_expires_at > session.expires_at
    for _ in range(5):
        agency.sign_in("tess@example.com", "wrong")
    assert isinstance(agency.sign_in("tess@example.com", PASSWORD), Refused)
    again = agency.sign_in("tess@example.com", PASSWORD, device=session.device)
    assert isinstance(again, Granted) and again.session.device is None
    for _ in range(5):
        agency.sign_in("tess@example.com", "wrong")
    office.unlock(account)
    assert isinstance(agency.sign_in("tess@example.com", PASSWORD), Granted)


def test_a_finished_recovery_makes_the_device_known(agency: Agency, office: Office) -> None:
    add_caregiver(office)
    sign_in_first(agency)
    begun = agency.recover("tess@example.com")
    [code] = [message for message in agency.outbox.claim(10) if message.kind == "recovery_code"]
    digits = next(word for word in code.body.reveal().replace(".", " ").split() if word.isdigit() and len(word) >= 6)
    step = agency.recovery_code(begun.token, digits)
    assert step.asks == "questions"
    known = carekey_questions()
    step = agency.recovery_answers(step.token, {question.id: known[question.id] for question in step.questions})
    recovered = agency.finish_recovery(step.token, "Harvest!Moon47")
    assert (recovered.state, recovered.device_expires_at > START) == ("active", True)
    answer = agency.sign_in("tess@example.com", "Harvest!Moon47", device=recovered.device)
    assert isinstance(answer, Granted) and answer.session.device is None


def test_a_corrected_contact_is_confirmed_by_its_user(agency: Agency, office: Office) -> None:
    roster: dict[str, object] = {"role": "caregiver", "name": "Tess Moreau", "id": "17"}
    report = office.create(office.preview([{**roster, "email": "tess@example.com"}]))
    account = report.rows[0].account
    assert account is not None
    sign_in_first(agency)
    preview = office.preview([{**roster, "email": "moreau@example.com"}])
    assert "contact.to_be_confirmed" in {finding.code for finding in preview.rows[0].findings}
    office.create(preview)
    links = {message.address: message for message in agency.outbox.claim(10)}
    assert {message.kind for message in links.values()} == {"confirm_contact", "contact_changing"}
    link = next(word for word in links["moreau@example.com"].body.reveal().split() if "#" in word)
    assert agency.confirm_contact(link) == "moreau@example.com"
    with pytest.raises(carekey.RefusedError):
        agency.object_to_contact(link)
    with pytest.raises(carekey.InvalidInput) as caught:
        office.release_contact(account, "moreau@example.com")
    assert caught.value.code == "contact.last"


def test_who_is_who_is_decided(office: Office) -> None:
    first = office.create(office.preview([{"role": "caregiver", "name": "Maria Garcia", "email": "maria@example.com"}]))
    preview = office.preview(
        [
            {"role": "caregiver", "name": "Maria Garcia", "email": "garcia@example.com"},
            {"role": "caregiver", "name": "Bo Hu", "email": "bo@example.com"},
        ]
    )
    party = first.rows[0].party
    assert preview.rows[0].maybe == [party] and preview.rows[0].decision is None
    assert party is not None
    assert preview.decide(1, party).party == party
    preview.decide_all({1: "another"}.items())
    [decision] = preview.decisions
    assert (decision.who, len(decision.said)) == ("another", 64)
    assert preview.rows[0].decision == decision == carekey.WhoDecision(decision.said, "another")
    assert decision.to_dict() == {"said": decision.said, "who": "another"}
    with pytest.raises(carekey.NotFound) as caught:
        preview.decide(2, "another")
    assert caught.value.code == "roster.nothing_to_decide"
    with pytest.raises(carekey.InvalidInput):
        preview.decide(1, "nobody")
    assert office.create(preview).counts == {"created": 2}


def test_work_that_was_stopped_reports_what_was_done(office: Office) -> None:
    report = office.create(office.preview(roster_of(10)), progress=lambda done, total: False)
    assert report.counts == {"not_reached": 10}
    assert isinstance(report.stopped, carekey.Cancelled) and report.stopped.code == "act.cancelled"
    whole = office.create(office.preview(roster_of(10)))
    assert (whole.counts, whole.stopped) == ({"created": 10}, None)

    told: list[tuple[int, int]] = []
    parties = [office.add_party(f"Ann Hale{n}", roles=["family"], email=f"hale{n}@example.com").party for n in range(3)]
    as_of = datetime.max.replace(tzinfo=timezone.utc)
    rows = office.batch("invite", parties=parties, as_of=as_of, progress=lambda done, total: False)
    assert {row.findings[0].code for row in rows} == {"act.cancelled"}
    rows = office.batch("invite", parties=parties, as_of=as_of, progress=lambda done, total: told.append((done, total)))
    assert all(row.done for row in rows) and told[-1] == (3, 3)
    office.cancel_invitation(party=parties[0])
    with pytest.raises(carekey.InvalidInput) as caught:
        office.cancel_invitation(party=parties[0])
    assert caught.value.code == "invitation.never_sent"


def test_roles_that_ties_convey_are_told(office: Office) -> None:
    client = office.add_party("Ana Silva", roles=["client"], email="ana@example.com").party
    someone = office.add_party("Tom Silva", roles=["contact"], email="tom@example.com").party
    office.relate("payer", who=someone, of=client)
    party = office.agency.party(someone)
    assert set(party.roles) == {"contact", "payer"} and party.conveyed == ["payer"]
    enrolled = office.set_roles(someone, ["client"])
    assert office.set_roles(someone, ["client", "contact"]) is None
    assert enrolled is None or isinstance(enrolled, carekey.Enrolled)


def test_the_operator_says_what_a_hash_may_cost(clock: ManualClock) -> None:
    dear = {"password": {"cost": {"memory_kib": 128 * 1024, "passes": 2, "lanes": 1}}}
    settings = carekey.AgencySettings(
        "104", "Harbor Home Care", "https://portal.example.com", policy=carekey.Policy.read(dear)
    )
    with Directory.open("memory:", key=KEY) as directory:
        with pytest.raises(carekey.InvalidInput) as caught:
            directory.create_agency(settings, actor=Actor.support("Pat Long"))
        assert {finding.code for finding in caught.value.findings} == {"policy.cost_over_limit"}
    limits = carekey.HashingLimits(memory_kib=128 * 1024)
    with Directory.open("memory:", key=KEY, clock=clock, hashing_limits=limits) as directory:
        directory.create_agency(settings, actor=Actor.support("Pat Long"))
