"""Rosters of workbooks, and of files that are told how to be read (B)."""

from io import BytesIO
from pathlib import Path

import pytest

from carekey import CarekeyError, Roster

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
