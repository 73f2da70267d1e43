"""From the lines of the benches (table/mod.rs) to docs/benchmarks.md and its plots.

    document.py LINES < nothing

What was measured is kept in measured.txt, each bench with its day: where some were
run again, the others stay. What was to be reached is in goals.txt.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from collections import defaultdict
from datetime import datetime, timezone
from pathlib import Path

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plot  # noqa: E402  (the backend goes first)

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
# The same file of the same numbers.
matplotlib.rcParams["svg.hashsalt"] = "carekey"
matplotlib.rcParams["svg.fonttype"] = "none"

Line = list[str]


def crates() -> dict[str, str]:
    lock = (ROOT / "Cargo.lock").read_text()
    return dict(re.findall(r'name = "([^"]+)"\nversion = "([^"]+)"', lock))


def processor() -> str:
    about = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    found = re.search(r"^model name\s*: (.+)$", about, re.M)
    return found[1] if found else "an unknown processor"


def written_with() -> str:
    rust = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    return (
        f"carekey {crates()['carekey']}, rustc {rust}, Python {platform.python_version()}, "
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores"
    )


def table(titles: Line, rows: list[Line]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join("| " + " | ".join(cells).rstrip() + " |" for cells in lines) + "\n"


def picture(title: str, points: list[Line]) -> str:
    """A plot of what one costs against how many there are, and the line that shows it."""
    series: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for name, count, nanoseconds in points:
        series[name].append((float(count), float(nanoseconds) / 1e3))
    figure, axes = plot.subplots(figsize=(6.4, 3.2), layout="constrained")
    for name, some in series.items():
        some.sort()
        axes.loglog([x for x, _ in some], [y for _, y in some], marker="o", label=name)
    axes.set_xlabel("how many there are")
    axes.set_ylabel("µs for one")
    axes.set_ylim(bottom=axes.get_ylim()[0] / 3, top=axes.get_ylim()[1] * 3)
    axes.set_title(title)
    axes.grid(visible=True, alpha=0.3)
    axes.legend()
    name = "benchmark-" + re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") + ".svg"
    figure.savefig(ROOT / "docs/images" / name, metadata={"Date": None})
    plot.close(figure)
    return f"![{title}: µs for one, against how many there are](images/{name})\n"


def benches(text: str) -> dict[str, str]:
    """The lines of each bench that has any, by its title."""
    found = re.split(r"^title \| ([^|\n]+)", text, flags=re.M)[1:]
    return {title.strip(): lines for title, lines in zip(found[::2], found[1::2]) if lines.count("\n") > 1}


def measured(printed: str) -> str:
    """All that was measured, with what was measured now in the place of what was before."""
    versions, day = crates(), f"{datetime.now(timezone.utc):%Y-%m-%d}, {processor()}"
    printed = re.sub(r"\{([a-zA-Z0-9_-]+)\}", lambda found: f"{found[1]} {versions[found[1]]}", printed)
    now = {title: f"| {day}{lines}" for title, lines in benches(printed).items()}
    kept = HERE / "measured.txt"
    order = re.findall(r'\bbench "([^"]+)"', (HERE / "run.sh").read_text(), re.M)
    every = {title: lines for title, lines in (benches(kept.read_text()) | now).items() if title in order}
    text = "".join(f"title | {title} {every[title].rstrip()}\n" for title in order if title in every)
    text = re.sub(r"[ |]+$", "", text, flags=re.M)
    kept.write_text(text)
    return text


def main() -> None:
    sections: dict[str, list[Line]] = {}
    days: dict[str, str] = {}
    reached: dict[str, Line] = {}
    title = ""
    for text in measured(Path(sys.argv[1]).read_text()).splitlines():
        kind, *cells = [cell.strip() for cell in text.split(" | ")]
        if kind == "title":
            title, days[cells[0]] = cells[0], cells[1]
            sections.setdefault(title, [])
        elif kind == "reach":
            # What several benches say of one goal stands together.
            name, value, note = (cells + ["", ""])[:3]
            before = reached.get(name, ["", ""])
            reached[name] = ["; ".join(filter(None, pair)) for pair in zip(before, (value, note))]
        else:
            sections[title].append([kind, *cells])

    goals = [[cell.strip() for cell in line.split(" | ")] for line in (HERE / "goals.txt").read_text().splitlines()]
    unknown = reached.keys() - {goal[0] for goal in goals}
    assert not unknown, f"no such goal: {unknown}"
    out = [
        "# Benchmarks\n",
        "Written by `make bench`, which runs all of it again, sets up its peers itself, and writes\n"
        "nothing that it did not measure; `make bench ONLY=list` runs those alone whose titles\n"
        "match, and leaves the others as they were measured before. Only ratios are to be\n"
        "compared: both sides of a line ran in one run, turn by turn, on the same work, and each\n"
        "bench asserts that their answers agree. Times are the shortest of five turns.\n",
        f"Written with {written_with()}.\n",
        "## What was to be reached\n",
        table(
            ["work", "before", "goal", "reached", "what keeps it from the goal"],
            [[work, before, goal, *reached.get(name, ["not measured", ""])] for name, work, before, goal in goals],
        ),
    ]
    for title, lines in sections.items():
        if not lines:
            continue
        out.append(f"## {title}\n\nMeasured on {days[title]}.\n")
        for kind, titles in (
            ("beside", ["work", "ours", "peer", "times as fast", "note"]),
            ("growth", ["work", "one of few", "one of many", "times the cost", "note"]),
        ):
            rows = [cells + [""] * (len(titles) - len(cells)) for of, *cells in lines if of == kind]
            if rows:
                out.append(table(titles, rows))
        plots: dict[str, list[Line]] = defaultdict(list)
        for of, *cells in lines:
            if of == "size":
                plots[cells[0]].append(cells[1:])
        out.extend(picture(name, points) for name, points in plots.items())
    (ROOT / "docs/benchmarks.md").write_text("\n".join(out))


main()
