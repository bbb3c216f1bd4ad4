"""Compares psm-qualify with other ways to do the same: same list, same rules, same result, in one run.

    python compare.py --date 2026-11-28            # 100 thousand and a million rows
    python compare.py --date 2026-11-28 --full     # 5 million as well: an hour

Every contender is a whole process that reads the list and writes the ranking as CSV. They take turns, round by round;
medians count. A contender whose result differs from the tool's in one cell ends the benchmark.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import zip_longest
from pathlib import Path

from lists import FORMATS, a_list
from measuring import Command, Taken, about, markdown, measure, scan, scoring

HERE = Path(__file__).parent
RESULT = HERE / "COMPARISON.md"
SIZES = (100_000, 1_000_000)
LARGEST = 5_000_000
LARGEST_REPEAT = 3
SCAN = "bare scan"
TOOL = "psm-qualify"
TASKS: Mapping[str, int | None] = {"top 10": 10, "all rows": None}
"""Task -> how many rows it writes."""


@dataclass(frozen=True)
class Contender:
    """Another way to do the same."""

    title: str
    script: str
    packages: tuple[str, ...] = ()
    most: int = LARGEST
    """The longest list that it is run on: it would take too long."""

    def command(self, file: Path, out: Path, top: int | None) -> Command:
        """Ranks a list."""
        script = HERE / "contenders" / f"{self.script}.py"
        return (sys.executable, str(script), str(file), str(out), *(("--top", str(top)) if top else ("--all",)))


CONTENDERS = (
    Contender("polars", "with_polars", ("polars",)),
    Contender("pandas", "with_pandas", ("pandas", "pyarrow", "numpy")),
    Contender("plain Python", "plain_python"),
    Contender("zen-engine", "with_zen", ("zen-engine",), most=1_000_000),
    Contender("rule-engine", "with_rule_engine", ("rule-engine",), most=100_000),
)


# -- measuring -----------------------------------------------------------------------------------------------------


def compare(file: Path, folder: Path, repeat: int, contenders: Sequence[Contender] = ()) -> str:
    """A table: everyone on one list, against the bare scan of it. `folder` keeps what they write."""
    print(file.name, file=sys.stderr)
    commands: dict[tuple[str, str], Command] = {(SCAN, ""): scan(file)}
    written: dict[tuple[str, str], Path] = {}
    for task, top in TASKS.items():
        for who in (TOOL, *(one.title for one in contenders)):
            written[who, task] = folder / f"{who}, {task} of {file.name}.csv"
        commands[TOOL, task] = scoring(file, written[TOOL, task], top)
        commands |= {(one.title, task): one.command(file, written[one.title, task], top) for one in contenders}
    taken = measure(commands, repeat)
    for (_, task), out in written.items():
        check(folder / f"{TOOL}, {task} of {file.stem}.csv.csv", out)
    return table(taken)


def check(expected: Path, written: Path) -> None:
    """Ends the benchmark where a result differs from what the tool makes of the CSV, row for row."""
    for number, (wanted, given) in enumerate(zip_longest(rows_of(expected), rows_of(written)), 1):
        if wanted != given:
            sys.exit(f"{written.stem}: line {number} differs\n  expected: {wanted}\n  written:  {given}")


def rows_of(file: Path) -> Iterator[list[str]]:
    """The lines of a result, without the tool's column of duplicates, which nobody else looks for."""
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        headers = next(reader)
        kept = len(headers) - headers.count("psm_duplicates")
        yield headers[:kept]
        for row in reader:
            yield row[:kept]


# -- showing -------------------------------------------------------------------------------------------------------


TITLES = ("who", "task", "times the scan", "CPU, times the scan's", "peak MB", "seconds", "CPU seconds")


def table(taken: Mapping[tuple[str, str], Taken]) -> str:
    """Everyone by task, the fastest first, below the scan."""
    base = taken[SCAN, ""]
    order = ["", *TASKS]
    ordered = sorted(taken.items(), key=lambda item: (order.index(item[0][1]), item[1].seconds))
    return markdown([TITLES, *(line(who, task, each, base) for (who, task), each in ordered)])


def line(who: str, task: str, each: Taken, base: Taken) -> Sequence[str]:
    """A line of the table."""
    return (who, task, f"{each.seconds / base.seconds:.1f}", f"{each.cpu_seconds / base.cpu_seconds:.1f}",
            f"{each.megabytes:.0f}", f"{each.seconds:.2f}", f"{each.cpu_seconds:.2f}")  # fmt: skip


def report(date: str, repeat: int, full: bool) -> Iterator[str]:
    """The parts of the result."""
    packages = [package for contender in CONTENDERS for package in contender.packages]
    rounds = f"medians of {repeat} rounds{f', of {LARGEST_REPEAT} at {LARGEST:,} rows' if full else ''}"
    yield "# The same task, done in other ways"
    yield f"{about(date, packages)} They take turns, round by round; {rounds}."
    yield ("All results are the same, cell by cell. [What is compared, and how](README.md#comparison): the tool does "
           "some things besides that nobody else here does.")  # fmt: skip
    for rows in (*SIZES, *((LARGEST,) if full else ())):
        with tempfile.TemporaryDirectory() as folder:
            yield from section(rows, repeat if rows < LARGEST else LARGEST_REPEAT, Path(folder))


def section(rows: int, repeat: int, folder: Path) -> Iterator[str]:
    """What is said of lists of one length."""
    yield f"## {rows:,} rows"
    runs = [one for one in CONTENDERS if rows <= one.most]
    if left_out := [one.title for one in CONTENDERS if one not in runs]:
        yield f"Left out, for they would take too long: {', '.join(left_out)}. A shorter list shows them."
    yield compare(a_list(rows), folder, repeat, runs)
    for ending in FORMATS if rows > min(SIZES) else ():
        if ending != "csv":
            yield f"The same list from {FORMATS[ending]}, against the bare scan of that file:"
            yield compare(a_list(rows, ending), folder, repeat)


def missing() -> list[str]:
    """The packages that are not installed."""
    found = []
    for package in (package for contender in CONTENDERS for package in contender.packages):
        try:
            version(package)
        except PackageNotFoundError:
            found.append(package)
    return found


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--date", required=True, help="shown in the result")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--full", action="store_true", help="5 million rows as well")
    parser.add_argument("--write", type=Path, default=RESULT, metavar="FILE", help=f"default: {RESULT.name}")
    chosen = parser.parse_args()
    if missing():
        sys.exit(f"not installed: {', '.join(missing())}. Run: pip install -r {HERE / 'requirements.txt'}")
    parts = []
    for part in report(chosen.date, chosen.repeat, chosen.full):
        print(f"{part}\n", flush=True)  # at once: it takes long
        parts.append(part)
    chosen.write.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
