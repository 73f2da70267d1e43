"""Rosters from data frames as people have them (B)."""

import ctypes
import datetime as dt
import importlib
from decimal import Decimal
from typing import Any

import pytest

from carekey import CarekeyError, Roster, StoreError, TieRoster


def untyped(name: str) -> Any:
    return importlib.import_module(name)


pandas, polars, pyarrow = untyped("pandas"), untyped("polars"), untyped("pyarrow")

PEOPLE = {"Role": ["Client", "Client", "Client"], "Name": ["Sue Wright", "Bo Hu", "Ann Hale"]}


def cells(source: Any, column: str = "external_id") -> list[object]:
    return [getattr(row, column) for row in Roster.read(source).rows]


def of_ids(values: list[Any], **kind: Any) -> Any:
    return pyarrow.table({**PEOPLE, "ID": pyarrow.array(values, **kind)})


def test_a_blank_makes_fractions_of_numbers_which_are_whole_again() -> None:
    frame = pandas.DataFrame({**PEOPLE, "ID": [17, None, 18], "Phone": [2125550142, None, float("nan")]})
    assert str(frame["ID"].dtype) == "float64"
    assert cells(frame) == ["17", None, "18"]
    assert cells(frame, "phone") == ["2125550142", None, None]
    # A text is no number: nothing is guessed of it.
    assert cells(pandas.DataFrame({**PEOPLE, "Phone": ["2125550142.0", None, None]}), "phone")[0] == "2125550142.0"


@pytest.mark.parametrize("missing", [None, float("nan"), pandas.NA, pandas.NaT, Decimal("NaN")])
def test_whatever_is_missing_is_a_blank(missing: object) -> None:
    mixed = pandas.DataFrame({**PEOPLE, "ID": pandas.Series([17, missing, "B-7"], dtype=object)})
    assert cells(mixed) == ["17", None, "B-7"]
    records = [{"role": "client", "name": "Sue Wright", "id": 17.0}, {"role": "client", "name": "Bo Hu", "id": missing}]
    assert cells(records) == ["17", None]


def test_a_mixture_is_read_cell_by_cell() -> None:
    mixed = pandas.DataFrame({**PEOPLE, "ID": pandas.Series([17, "B-7", 18.0], dtype=object)})
    with pytest.raises(Exception, match="(?i)expected|convert|type"):
        pyarrow.table(mixed)  # Arrow does not take it
    assert cells(mixed) == ["17", "B-7", "18"]
    # Two columns of one name are said, not merged.
    twice = pandas.DataFrame([["Client", "Sue Wright", 1, "x"]], columns=["Role", "Name", "ID", "ID"]).astype(object)
    with pytest.raises(CarekeyError) as raised:
        Roster.read(twice)
    assert raised.value.code == "roster.column_repeated"


@pytest.mark.parametrize(
    ("values", "kind", "seen"),
    [
        ([1, None, 3], {"type": pyarrow.int8()}, ["1", None, "3"]),
        ([-1, None, 3], {"type": pyarrow.int64()}, ["-1", None, "3"]),
        ([2**63, None, 3], {"type": pyarrow.uint64()}, [str(2**63), None, "3"]),
        ([1.5, None, 3], {"type": pyarrow.float32()}, ["1.5", None, "3"]),
        ([0.1, None, 16777216.0], {"type": pyarrow.float32()}, ["0.1", None, None]),
        ([17, None, 4.5e17], {"type": pyarrow.float64()}, ["17", None, None]),
        (["a", None, "ñ" * 40], {"type": pyarrow.string()}, ["a", None, "ñ" * 40]),
        (["a", None, "ñ" * 40], {"type": pyarrow.large_string()}, ["a", None, "ñ" * 40]),
        (["a", None, "ñ" * 40], {"type": pyarrow.string_view()}, ["a", None, "ñ" * 40]),
        ([Decimal("17.50"), None, Decimal("-3")], {"type": pyarrow.decimal128(9, 2)}, ["17.5", None, "-3"]),
        ([None, None, None], {"type": pyarrow.null()}, [None, None, None]),
        ([dt.date(2026, 2, 1), None, dt.date(1969, 7, 20)], {}, ["2026-02-01", None, "1969-07-20"]),
        ([dt.time(9, 30), None, dt.time(0)], {}, ["09:30:00", None, None]),
        ([dt.datetime(2026, 2, 1), None, dt.datetime(2026, 2, 1, 9, 30)], {}, ["2026-02-01", None, "2026-02-01 09:30:00"]),
    ],
)
def test_each_kind_of_column(values: list[Any], kind: dict[str, Any], seen: list[object]) -> None:
    table = of_ids(values, **kind)
    assert cells(table) == seen
    # In pieces, and from the middle of a larger one.
    pieces = pyarrow.concat_tables([table.slice(0, 1), table.slice(1, 2)])
    assert cells(pieces) == seen
    assert cells(table.slice(1)) == seen[1:]
    if values[0] is not None:
        assert cells(table.set_column(2, "ID", table.column("ID").dictionary_encode())) == seen


def test_halves_flags_and_zones() -> None:
    import struct

    halves = pyarrow.array([struct.unpack("<e", struct.pack("<e", value))[0] for value in (1.5, 17.0, 2.0**-20)], type=pyarrow.float64())
    assert cells(pyarrow.table({**PEOPLE, "ID": halves.cast(pyarrow.float16())}))[:2] == ["1.5", "17"]
    zoned = pyarrow.array([dt.datetime(2026, 2, 1, 9, tzinfo=dt.timezone.utc)] * 3, type=pyarrow.timestamp("us", tz="America/New_York"))
    assert cells(pyarrow.table({**PEOPLE, "ID": zoned}))[0] == "2026-02-01T09:00:00Z"
    flags = pyarrow.table({**PEOPLE, "ID": pyarrow.array([True, False, None])})
    assert cells(flags) == ["true", "false", None]


def test_polars_and_categories() -> None:
    frame = polars.DataFrame({**PEOPLE, "ID": [17, None, 18]})
    assert cells(frame) == ["17", None, "18"]
    assert cells(frame.with_columns(polars.col("ID").cast(polars.String).cast(polars.Categorical))) == ["17", None, "18"]
    assert cells(frame.lazy().collect().slice(2)) == ["18"]
    category = pandas.DataFrame(PEOPLE).astype({"Role": "category"})
    assert len(Roster.read(category)) == 3


def test_ties_begin_on_the_day_that_a_frame_says() -> None:
    ties = pandas.DataFrame({"Who": ["Tom"], "Kind": ["guardian"], "Of": ["C-1"], "From": pandas.to_datetime(["2026-02-01"])})
    [row] = TieRoster.read(ties).rows
    assert row.begins_at == dt.datetime(2026, 2, 1, tzinfo=dt.timezone.utc) and row.findings == []


@pytest.mark.parametrize(
    ("values", "kind", "holds"),
    [
        ([[1], [2], []], {}, "lists"),
        ([{"a": 1}, {"a": 2}, None], {}, "records"),
        ([b"a", b"b", None], {}, "bytes"),
        ([dt.timedelta(1), None, None], {}, "durations"),
        ([[("a", 1)], [], []], {"type": pyarrow.map_(pyarrow.string(), pyarrow.int64())}, "records"),
    ],
)
def test_a_column_of_no_cells_is_told_by_its_title(values: list[Any], kind: dict[str, Any], holds: str) -> None:
    with pytest.raises(TypeError) as raised:
        Roster.read(of_ids(values, **kind))
    error = raised.value
    assert isinstance(error, CarekeyError) and error.code == "input.wrong_type"
    assert error.params["argument"] == "ID" and holds in str(error.params["expected"])


def test_what_breaks_off_is_an_error_with_its_cause() -> None:
    class Broken:
        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            raise pyarrow.ArrowInvalid("no more of it")

    class NoCapsule:
        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            return 7

    with pytest.raises(CarekeyError) as raised:
        Roster.read(Broken())
    assert raised.value.code == "roster.unreadable" and isinstance(raised.value.__cause__, pyarrow.ArrowInvalid)
    with pytest.raises(TypeError):
        Roster.read(NoCapsule())

    def pieces() -> Any:
        yield pyarrow.record_batch(PEOPLE)
        raise ValueError("the other end is gone")

    reader = pyarrow.RecordBatchReader.from_batches(pyarrow.record_batch(PEOPLE).schema, pieces())
    with pytest.raises(CarekeyError) as raised:
        Roster.read(reader)
    assert raised.value.code == "roster.unreadable"
    # A stream is read once.
    whole = pyarrow.RecordBatchReader.from_batches(pyarrow.record_batch(PEOPLE).schema, [pyarrow.record_batch(PEOPLE)])
    capsule = whole.__arrow_c_stream__()

    class Once:
        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            return capsule

    assert len(Roster.read(Once())) == 3
    with pytest.raises(CarekeyError) as raised:
        Roster.read(Once())
    assert raised.value.code == "roster.unreadable"


def test_text_that_is_none_is_refused() -> None:
    bad = pyarrow.Array.from_buffers(
        pyarrow.string(), 3, [None, pyarrow.py_buffer((ctypes.c_int32 * 4)(0, 1, 2, 3)), pyarrow.py_buffer(b"\xff\xfe\xfd")]
    )
    with pytest.raises(CarekeyError) as raised:
        Roster.read(pyarrow.table({**PEOPLE, "ID": bad}))
    assert raised.value.code == "roster.unreadable" and not isinstance(raised.value, StoreError)


def test_what_goes_out_is_whole_in_the_hands_of_others() -> None:
    roster = Roster.read(pandas.DataFrame({**PEOPLE, "ID": [17, None, 18]}))
    table = pyarrow.table(roster.rows)
    table.validate(full=True)
    assert table.column("external_id").to_pylist() == ["17", None, "18"]
    assert table.column("email").null_count == 3
    assert pyarrow.table(roster.rows[1:1]).num_rows == 0
    # Kept after what it came from is gone, and read again.
    rows = roster.rows
    del roster
    frame = polars.DataFrame(rows)
    del rows
    assert frame["last"].to_list() == ["Wright", "Hu", "Hale"]
    assert frame["line"].to_list() == [1, 2, 3]
