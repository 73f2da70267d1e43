"""Rosters of workbooks, and of files that are told how to be read (B)."""

import gc
from datetime import datetime, timezone
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest

import carekey.testing
from carekey import Actor, CarekeyError, Roster, TieRoster, TieRosterRow

ROSTERS = Path(__file__).parents[2] / "tests" / "rosters"


@pytest.mark.parametrize("name", ["staff.xlsx", "staff.xls", "staff.ods"])
def test_a_workbook_is_read_whatever_it_is_called(name: str, tmp_path: Path) -> None:
    other = tmp_path / "export.csv"
    other.write_bytes((ROSTERS / name).read_bytes())
    for source in (ROSTERS / name, other, other.read_bytes()):
        rows = Roster.read(source).rows
        assert [row.last for row in rows][:2] == ["Wright", "Núñez"]
        assert rows[0].phone == "2125550142"


def test_one_of_two_sheets_has_to_be_told() -> None:
    two = ROSTERS / "two-sheets.xlsx"
    with pytest.raises(CarekeyError) as raised:
        Roster.read(two)
    assert (raised.value.code, raised.value.params) == ("roster.sheet_needed", {"sheets": "North, South"})
    assert Roster.read(two, sheet="South").rows[0].last == "Hale"
    with pytest.raises(CarekeyError, match="West"):
        Roster.read(two, sheet="West")


def test_columns_the_role_and_the_encoding_are_told() -> None:
    file = "Aide,Branch\n\"Núñez, Zoë\",North\n".encode("mac_roman")
    roster = Roster.read(file, columns={"AIDE": "name", "branch": None}, role="caregiver", encoding="macintosh")
    assert (roster.rows[0].last, roster.rows[0].role, roster.findings) == ("Núñez", "caregiver", [])
    table = Roster.read([{"Aide": "Sue Wright"}], columns={"Aide": "name"}, role="client")
    assert table.rows[0].first == "Sue"


def test_what_a_status_means_is_told() -> None:
    file = b"Role,Name,Status\nCaregiver,Sue Wright,Per visit\nCaregiver,Ann Hale,Pool\n"
    asked = [row.findings[0].code for row in Roster.read(file).rows]
    assert asked == ["roster.status_unclear"] * 2
    sue, ann = Roster.read(file, statuses={"per VISIT": True, "Pool": False}).rows
    assert (sue.findings, ann.findings[0].code) == ([], "roster.left")


def test_a_file_says_what_it_has_to_choose_from_also_where_it_cannot_be_read_yet() -> None:
    two = ROSTERS / "two-sheets.xlsx"
    assert (Roster.outline(two).sheets, Roster.outline(two).titles) == (["North", "South"], [])
    for source in (two, two.read_bytes(), BytesIO(two.read_bytes())):
        [role, name, *_] = Roster.outline(source, sheet="South").titles
        assert [(role.title, role.column), (name.title, name.column)] == [("Role", "role"), ("Name", "name")]
    told = Roster.outline(b"Aide\nZoe\n", columns={"Aide": "name"}).titles
    assert [(one.title, one.column) for one in told] == [("Aide", "name")]
    with pytest.raises(CarekeyError, match="encoding"):
        Roster.outline("Aide\nMuñoz\n".encode("mac_roman"))
    with pytest.raises(TypeError):
        Roster.outline([{"Aide": "Zoe"}])  # type: ignore[arg-type]


def test_ties_come_from_a_table_or_from_rows_and_who_an_end_is_can_be_said() -> None:
    with carekey.testing.agency() as agency:
        office = agency.acting_as(Actor.support("Pat Long"))
        sue = office.add_party("Sue Taming", roles=["client"], email="sue@example.com").party
        tom = office.add_party("Tom Reed", roles=["contact"]).party
        table = [{"Who": "Tom Reed", "Kind": "guardian", "Of": str(sue), "From": "2026-02-01"}]
        preview = office.preview_ties(table)
        assert (preview.counts, preview.rows[0].who_maybe, len(preview)) == ({"waiting": 1}, [tom], 1)
        with pytest.raises(CarekeyError, match="waits for a decision"):
            preview.accept(1, "of", tom)
        with pytest.raises(CarekeyError, match="end"):
            preview.accept(1, cast("Any", "neither"), tom)
        preview.accept_all([(1, "who", tom)])
        told: list[tuple[int, int]] = []
        report = office.create_ties(preview, progress=lambda done, total: told.append((done, total)))
        assert (report.counts, report.stopped, told) == ({"made": 1}, None, [(0, 1), (1, 1)])
        assert report.rows[0].label("es") == "Relación creada"
        begins_at = datetime(2026, 2, 1, tzinfo=timezone.utc)
        rows = TieRoster.from_rows([TieRosterRow(who=str(tom), kind="guardian", of=str(sue), begins_at=begins_at)])
        assert (rows.rows[0].begins_at, rows.findings, len(rows)) == (begins_at, [], 1)
        assert office.preview_ties(rows).rows[0].tie == report.rows[0].tie
        failed = office.preview_ties(b"Who,Kind,Of\nnobody@example.com,payer,C-17\n").write_failed()
        assert failed is not None
        assert failed.startswith("\ufeffProblem,Suggestion,Who,Kind,Of\r\n"), failed
        assert failed.endswith(",nobody@example.com,payer,C-17\r\n"), failed


def test_the_collector_is_at_work_after_rows_were_taken_out_if_it_was_before() -> None:
    rows = Roster.read(b"First,Last,Role\nAnn,Wright,Client\n").rows
    for begin in (gc.enable, gc.disable):
        begin()
        before = gc.isenabled()
        try:
            assert len(rows.to_dicts()) == 1
            assert gc.isenabled() is before
        finally:
            gc.enable()
