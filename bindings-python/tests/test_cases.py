"""Runs every case of `tests/cases/` through the public API: the rulebook as
data, the same for every language."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.cases import CALLS

FOLDER = Path(__file__).parents[2] / "tests" / "cases"
FILES = sorted(FOLDER.glob("*.json"))
FLOOR = 3_240
"""How many cases there were when this was written: they only grow."""

AT_ONCE = 4
"""How many cases of a file are played at a time."""

ran: dict[str, int] = {}


@pytest.fixture(scope="module", autouse=True)
def told(request: pytest.FixtureRequest) -> Iterator[None]:
    """Says in the end how many cases ran."""
    yield
    capture: Any = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        print(f"\ncases: {sum(ran.values())} in {len(ran)} files")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_case_holds(path: Path) -> None:
    file = json.loads(path.read_text(encoding="utf-8"))
    call, wrong = CALLS[file["call"]], []
    cases = file["cases"]
    # Each has a world of its own, and the interpreter is let go while passwords are hashed.
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(call, [case["given"] for case in cases]))
    for case, got in zip(cases, answers, strict=True):
        # As JSON: there True is not 1, and 1 is not 1.0.
        if json.dumps(got, sort_keys=True) != json.dumps(case["expect"], sort_keys=True):
            wrong.append(f"{case['name']} ({case['rule']})\n  expect {case['expect']}\n  got    {got}")
        ran[path.stem] = ran.get(path.stem, 0) + 1
    assert not wrong, f"{len(wrong)} of {len(file['cases'])} cases:\n" + "\n".join(wrong)


def test_none_was_left_out(request: pytest.FixtureRequest) -> None:
    on_disk = {path.stem: len(json.loads(path.read_text(encoding="utf-8"))["cases"]) for path in FILES}
    assert sum(on_disk.values()) >= FLOOR
    chosen = [item for item in request.session.items if item.path == Path(__file__)]
    if len(chosen) > len(on_disk):
        assert ran == on_disk
    else:
        pytest.skip("only some of the files were chosen")
