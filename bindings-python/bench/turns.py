"""What every bench in Python prints and measures by: `core/benches/table/mod.rs`."""

from __future__ import annotations

import time
from collections.abc import Callable


def turns(*works: Callable[[], object]) -> list[float]:
    """The shortest time of each of several pieces of work, which take turns."""
    best = [float("inf")] * len(works)
    for _ in range(5):
        for place, work in enumerate(works):
            started = time.perf_counter()
            work()
            best[place] = min(best[place], time.perf_counter() - started)
    return best


def each(took: float, times: int) -> str:
    """What one of so many took."""
    one = took / times
    if one < 1e-6:
        return f"{one * 1e9:.0f} ns"
    return f"{one * 1e6:.2f} µs" if one < 1e-3 else f"{one * 1e3:.2f} ms"


def beside(work: str, times: int, ours: float, peer: str, theirs: float, note: str = "") -> None:
    """Prints ours and a peer's at the same work, done so many times."""
    print(f"beside | {work} | {each(ours, times)} | {peer}: {each(theirs, times)} | {theirs / ours:.2f} | {note}")
