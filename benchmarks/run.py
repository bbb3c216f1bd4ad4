"""Measures psm-qualify beside a bare DuckDB scan of the same list: speed, memory, growth, start-up.

python run.py --date 2026-11-23                      # a million rows: some minutes
python run.py --date 2026-11-23 --full --write result.md
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lists import a_list
from measuring import TOOL, Command, Taken, about, markdown, measure, scan, scoring

IMPORTS = "import typer, rich, pydantic, yaml, duckdb"
SMALL = 200  # rows of the start-up measurement
LARGE = (5_000_000, 20_000_000)
LARGE_REPEAT = 3


@dataclass(frozen=True)
class Line:
    """A line of the result: a time as a ratio to another, and how high that ratio may be."""

    task: str
    rows: int | None
    taken: Taken
    against: Taken
    target: float | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as texts."""
        ratio = self.taken.seconds / self.against.seconds
        met = "" if self.target is None else "yes" if ratio <= self.target else "NO"
        return (self.task, f"{self.rows:,}" if self.rows else "", f"{self.taken.seconds:.2f}", f"{ratio:.2f}",
                f"<= {self.target:g}" if self.target else "", met,
                f"{self.taken.cpu_seconds:.2f}" if self.taken.cpu_seconds else "",
                f"{self.taken.megabytes:.0f}" if self.taken.megabytes else "")  # fmt: skip


TITLES = ("process", "rows", "seconds", "ratio", "target", "met", "CPU seconds", "peak MB")


# -- what is measured ----------------------------------------------------------------------------------------------


def on(file: Path, out: Path) -> Mapping[str, Command]:
    """The tasks that are measured on a list of any size."""
    return {"bare scan": scan(file), "top 10": scoring(file, out / "out.json", 10),
            "all rows to CSV": scoring(file, out / "out.csv")}  # fmt: skip


def ratios(rows: int, repeat: int, out: Path) -> Iterable[Line]:
    """The main job against a bare scan."""
    taken = measure(on(a_list(rows), out), repeat)
    targets = {"top 10": 2.5, "all rows to CSV": 4.0} if rows >= 1_000_000 else {}
    for task, each in taken.items():
        yield Line(task, rows, each, taken["bare scan"], targets.get(task))


def start_up(repeat: int, out: Path) -> Iterable[Line]:
    """Starting against importing what is used."""
    taken = measure({
        "python": (sys.executable, "-c", "pass"),
        IMPORTS: (sys.executable, "-c", IMPORTS),
        f"score {SMALL} rows": scoring(a_list(SMALL), out / "out.json", 10),
        "--help": (str(TOOL), "--help"),
        "--version": (str(TOOL), "--version"),
    }, repeat)  # fmt: skip
    targets = {f"score {SMALL} rows": 1.4, "--help": 0.5, "--version": 0.5}
    for task, each in taken.items():
        yield Line(task, None, each, taken[IMPORTS], targets.get(task))


# -- what is shown -------------------------------------------------------------------------------------------------


def growth(lines: Sequence[Line]) -> Sequence[Sequence[str]]:
    """Microseconds a row by size: of the whole process, and of each row more than in the list before."""
    table: list[Sequence[str]] = [("process", "rows", "µs a row", "µs for each further row", "CPU µs for it")]
    before: dict[str, Line] = {}
    for line in sorted(lines, key=lambda line: (line.task, line.rows or 0)):
        rows = line.rows or 1
        more = ("", "")
        if (last := before.get(line.task)) is not None:
            further = rows - (last.rows or 0)
            more = (f"{(line.taken.seconds - last.taken.seconds) / further * 1e6:.2f}",
                    f"{(line.taken.cpu_seconds - last.taken.cpu_seconds) / further * 1e6:.2f}")  # fmt: skip
        table.append((line.task, f"{rows:,}", f"{line.taken.seconds / rows * 1e6:.2f}", *more))
        before[line.task] = line
    return table


def report(chosen: argparse.Namespace, out: Path) -> str:
    """Measures everything and puts it together."""
    sizes = sorted({10_000, 100_000, chosen.rows, *(LARGE if chosen.full else ())})
    lines = [line for rows in sizes
             for line in ratios(rows, chosen.repeat if rows < min(LARGE) else LARGE_REPEAT, out)]  # fmt: skip
    starts = list(start_up(max(chosen.repeat, 9), out))
    return "\n\n".join([
        f"{about(chosen.date)} Medians of {chosen.repeat} interleaved runs"
        + (f", of {LARGE_REPEAT} from {min(LARGE):,} rows on." if chosen.full else "."),
        "Ratios to the bare scan of the same list:", markdown([TITLES, *(line.cells for line in lines)]),
        "Start-up, ratios to the imports:", markdown([TITLES, *(line.cells for line in starts)]),
        "Growth:", markdown(growth(lines)),
    ]) + "\n"  # fmt: skip


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--date", required=True, help="shown in the result")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--full", action="store_true", help="5 and 20 million rows as well")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the result as Markdown too")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = report(chosen, Path(folder))
    print(text, end="")
    if chosen.write:
        chosen.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
