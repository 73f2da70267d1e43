"""Decisions from Python (V) with few and with many ties, beside a trivial call;
and many rows of a roster as dictionaries."""

from __future__ import annotations

import gc
from datetime import datetime, timedelta, timezone
from uuid import UUID

from carekey import Roster
from carekey.relationship import PartyFacts, Tie
from carekey.visibility import Of, Viewer, cell, decide, sees
from turns import beside, each, turns

AT = datetime(2026, 3, 14, 9, tzinfo=timezone.utc)
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
TIMES = 2_000
ROWS = 100_000


def main() -> None:
    shown: list[tuple[float, float]] = []
    moments = [AT + timedelta(seconds=second) for second in range(TIMES)]
    for clients in (1, 1_000):
        tom = PartyFacts(UUID(int=1))
        sues = [PartyFacts(UUID(int=number + 2), roles=["client"]) for number in range(clients)]
        ties = [Tie("payer", who=tom.id, of=sue.id, begins_at=AT) for sue in sues]
        viewer = Viewer(active=True, parties=[tom], ties=ties)
        asked = [Of.party(sues[number * 7_919 % clients]) for number in range(TIMES)]
        assert all(decide(viewer, "calendar", of, at=AT).allowed for of in asked)

        def whole(viewer: Viewer = viewer, asked: list[Of] = asked) -> None:
            for of in asked:
                decide(viewer, "calendar", of, at=AT)

        def at_others(viewer: Viewer = viewer, asked: list[Of] = asked) -> None:
            for of, at in zip(asked, moments):
                decide(viewer, "calendar", of, at=at)

        def short(viewer: Viewer = viewer, asked: list[Of] = asked) -> None:
            for of in asked:
                sees(viewer, "calendar", of, at=AT)

        def trivial() -> None:
            for _ in range(TIMES):
                cell("payer", "calendar")

        def moment() -> None:
            for _ in range(TIMES):
                lies = AT - EPOCH
                _ = (lies.days, lies.seconds, lies.microseconds)

        ours, others, scope, least, read = turns(whole, at_others, short, trivial, moment)
        shown.append((ours, scope))
        another, bare = others / least, scope / least
        times = f"{ours / least:.1f} times; at another moment each time {another:.1f}; without reasons {bare:.1f}"
        # What keeps it from the goal is said once.
        parts = f"the stable ABI reads another moment part by part, as Python does in {each(read, TIMES)}"
        why = parts if clients == 1 else ""
        print(f"reach | python-decide | {each(ours, TIMES)} with {clients} ties, {times} | {why}")
        for what, took in (("with reasons", ours), ("without reasons", scope)):
            work = f"a decision from Python, {clients} ties, {what}"
            beside(work, TIMES, took, "the least call of the binding", least, "goal: 0.33")
    for what, few, many in zip(("with reasons", "without reasons"), *shown):
        print(f"growth | a decision from Python, {what} | 1: {each(few, TIMES)} | 1000: {each(many, TIMES)} "
              f"| {many / few:.2f} |")

    lines = "\n".join(f"Ann{n},Wright{n},Client,ann{n}@example.com" for n in range(ROWS))
    rows = Roster.read(f"First,Last,Role,Email\n{lines}\n".encode()).rows

    def former() -> list[dict[str, object]]:
        return [row.to_dict() for row in rows]

    assert rows.to_dicts() == former()
    ours, theirs = turns(rows.to_dicts, former)
    made = rows.to_dicts()

    def copied() -> list[dict[str, object]]:
        return [row.copy() for row in made]

    # By itself, with the collector at rest: it goes through what is made, again and again.
    gc.disable()
    [least] = turns(copied)
    gc.enable()
    beside(f"to_dicts of {ROWS} rows", 1, ours, "a row at a time", theirs, "answers agree")
    why = f"Python copies as many dictionaries in {least:.2f} s, without what is in them"
    print(f"reach | python-rows | {ours:.2f} s | {why}")


main()
