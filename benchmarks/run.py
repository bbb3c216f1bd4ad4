"""Measures psm-qualify beside a bare DuckDB scan of the same list, as whole processes, interleaved; shows medians.

    python run.py --date 2026-11-23                      # a million rows: some minutes
    python run.py --date 2026-11-23 --full --write result.md
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from make_list import HEADERS, write_list

HERE = Path(__file__).parent
DATA = HERE / "data"
PACK = HERE / "reference.yaml"

SCAN = """
import duckdb, sys
columns = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(int(sys.argv[2])))
lengths = ", ".join(f"sum(length(c{n}))" for n in range(int(sys.argv[2])))
print(duckdb.sql(f"SELECT {lengths} FROM read_csv('{sys.argv[1]}', auto_detect=false, header=true, delim=',', "
                 f"quote='\\"', escape='\\"', columns={{{columns}}})").fetchall())
"""
LIBRARY = """
import sys
from pathlib import Path
from psm_qualify.selection import Filter
from psm_qualify.rules.loader import load_pack
from psm_qualify.scoring import score
file, pack, top, out = sys.argv[1:]
with score([file], load_pack(pack), chosen=Filter(top=int(top) or None)) as ranking:
    if int(top):
        Path(out).write_text("\\n".join(map(repr, ranking)))
    else:
        ranking.write_csv(Path(out))
"""
IMPORTS = "import typer, rich, pydantic, yaml, duckdb"
SMALL = 200  # rows of the start-up measurement
Command = Sequence[str]


@dataclass(frozen=True)
class Taken:
    """What one process took."""

    seconds: float
    megabytes: float


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
                f"<= {self.target:g}" if self.target else "", met, f"{self.taken.megabytes:.0f}")  # fmt: skip


TITLES = ("process", "rows", "seconds", "ratio", "target", "met", "peak MB")


# -- one process ---------------------------------------------------------------------------------------------------


def run(command: Command) -> Taken:
    """Runs a command to its end: its time and its highest memory. Any failure ends the benchmark."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        taken = Taken(time.perf_counter() - start, usage.ru_maxrss / 1024)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            sys.exit(f"failed: {' '.join(command)[:200]}\n{errors.read().decode()[-2000:]}")
    return taken


def measure(commands: Mapping[str, Command], repeat: int) -> Mapping[str, Taken]:
    """Medians over `repeat` rounds in which every command runs once, after a round that doesn't count."""
    rounds = []
    for number in range(repeat + 1):
        rounds.append({task: run(command) for task, command in commands.items()})
        print(f"  round {number} of {repeat}", file=sys.stderr)
    return {task: Taken(median(each[task].seconds for each in rounds[1:]),
                        median(each[task].megabytes for each in rounds[1:])) for task in commands}  # fmt: skip


# -- what is measured ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tool:
    """How the tool is started: by its command, or through the library while it has none."""

    command: Path | None
    out: Path

    def score(self, file: Path, top: int = 0) -> Command:
        """Scores a list: the top as JSON, or (0) all rows as CSV."""
        if self.command is None:
            return (sys.executable, "-c", LIBRARY, str(file), str(PACK), str(top), str(self.out / "out"))
        ending = ("--top", str(top), "--json", "-o", str(self.out / "out.json")) if top else \
            ("--format", "csv", "-o", str(self.out / "out.csv"))  # fmt: skip
        return (str(self.command), "score", str(file), "--rules", str(PACK), *ending)

    def on(self, file: Path) -> Mapping[str, Command]:
        """The tasks that are measured on a list of any size."""
        return {"bare scan": (sys.executable, "-c", SCAN, str(file), str(len(HEADERS))),
                "top 10": self.score(file, 10), "all rows to CSV": self.score(file)}  # fmt: skip

    def start_up(self) -> Mapping[str, Command]:
        """The tasks in which starting is what costs."""
        tasks = {"python": (sys.executable, "-c", "pass"), "imports": (sys.executable, "-c", IMPORTS),
                 "score": self.score(a_list(SMALL), 10)}  # fmt: skip
        if self.command is not None:
            tasks |= {option: (str(self.command), option) for option in ("--help", "--version")}
        return tasks


def find_tool(out: Path) -> Tool:
    """The tool beside this Python. Without a command that runs, the library."""
    command = Path(sys.executable).with_name("psm-qualify")
    try:
        works = subprocess.run((command, "score", "--help"), capture_output=True, check=False).returncode == 0
    except OSError:
        works = False
    return Tool(command if works else None, out)


def a_list(rows: int) -> Path:
    """A list of so many rows, written where it isn't there yet."""
    DATA.mkdir(exist_ok=True)
    file = DATA / f"{rows}.csv"
    if not file.exists():
        write_list(rows, file)
    return file


def ratios(tool: Tool, rows: int, repeat: int) -> Iterable[Line]:
    """The main job against a bare scan."""
    taken = measure(tool.on(a_list(rows)), repeat)
    targets = {"top 10": 4.0, "all rows to CSV": 6.0} if rows >= 1_000_000 else {}
    for task, each in taken.items():
        yield Line(task, rows, each, taken["bare scan"], targets.get(task))


def start_up(tool: Tool, repeat: int) -> Iterable[Line]:
    """Starting against importing what is used."""
    taken = measure(tool.start_up(), repeat)
    targets = {"score": 1.4, "--help": 0.5, "--version": 0.5}
    names = {"score": f"score {SMALL} rows", "imports": IMPORTS}
    for task, each in taken.items():
        yield Line(names.get(task, task), None, each, taken["imports"], targets.get(task))


# -- what is shown -------------------------------------------------------------------------------------------------


def growth(lines: Sequence[Line]) -> Sequence[Sequence[str]]:
    """Microseconds a row by size: of the whole process, and of each row more than in the list before."""
    table: list[Sequence[str]] = [("process", "rows", "µs a row", "µs for each further row")]
    before: dict[str, Line] = {}
    for line in lines:
        if not line.rows:
            continue
        last = before.get(line.task)
        further = ""
        if last is not None and last.rows:
            further = f"{(line.taken.seconds - last.taken.seconds) / (line.rows - last.rows) * 1e6:.2f}"
        table.append((line.task, f"{line.rows:,}", f"{line.taken.seconds / line.rows * 1e6:.2f}", further))
        before[line.task] = line
    return [table[0], *sorted(table[1:], key=lambda cells: cells[0])]


def markdown(table: Sequence[Sequence[str]]) -> str:
    """A table whose columns line up as plain text too."""
    widths = [max(len(cells[column]) for cells in table) for column in range(len(table[0]))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"
             for cells in table]  # fmt: skip
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def about(date: str, tool: Tool, repeat: int) -> str:
    """Machine and versions."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("psm-qualify", "duckdb", "pydantic", "typer"))
    way = "the command" if tool.command else "the library, since the command does not run yet"
    return (f"{date}, {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, {versions}; "
            f"medians of {repeat} interleaved runs of whole processes, files in the page cache, through {way}.")


def report(chosen: argparse.Namespace, tool: Tool) -> str:
    """Measures everything and puts it together."""
    sizes = sorted({10_000, 100_000, chosen.rows, *([5_000_000] if chosen.full else [])})
    lines = [line for rows in sizes for line in ratios(tool, rows, chosen.repeat if rows < 5_000_000 else 3)]
    starts = list(start_up(tool, max(chosen.repeat, 9)))
    return "\n\n".join([
        about(chosen.date, tool, chosen.repeat),
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
    parser.add_argument("--full", action="store_true", help="5 million rows as well")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the result as Markdown too")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = report(chosen, find_tool(Path(folder)))
    print(text, end="")
    if chosen.write:
        chosen.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
