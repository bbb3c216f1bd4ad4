"""Measures what `--memory-limit` takes: the highest memory and the time, without one and with several.

    python memory.py --date 2026-11-28                       # a million rows, all of them into a CSV
    python memory.py --date 2026-11-28 --rows 5000000 --limits 2GB 1GB --write MEMORY.md

The outputs must be the same to the byte, or the benchmark fails.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from lists import a_list
from measuring import Command, Taken, about, markdown, middle, run, scoring

FREE = "none"
LIMITS = ("800MB", "400MB", "200MB")
TITLES = ("limit", "peak MB", "seconds", "CPU seconds", "time to no limit", "CPU to no limit", "spilt at most, MB",
          "SHA-256")  # fmt: skip

# The command, and how much lay in its temporary folder at most: looked at from beside, for DuckDB removes it itself.
WATCHED = """
import os, subprocess, sys, threading, time
from pathlib import Path
folder, told, *command = sys.argv[1:]
most, ended = 0, threading.Event()
def look():
    global most
    while not ended.wait(0.05):
        sizes = []
        for file in Path(folder).rglob("spilt/*"):
            try: sizes.append(file.stat().st_blocks * 512)
            except OSError: pass
        most = max(most, sum(sizes))
looking = threading.Thread(target=look); looking.start()
code = subprocess.run(command, env={**os.environ, "TMPDIR": folder}).returncode
ended.set(); looking.join()
Path(told).write_text(str(most))
left = list(Path(folder).iterdir())
sys.exit(code or (f"left behind: {left}" if left else 0))
"""


@dataclass(frozen=True)
class Bound:
    """What a run under a limit took, how many bytes it spilt at most, and what came out."""

    limit: str
    taken: Taken
    spilt: float
    digest: str


def measured(rows: int, limits: Sequence[str], repeat: int, folder: Path) -> list[Bound]:
    """Medians over `repeat` interleaved rounds, after one that doesn't count but in which spilling is looked at."""
    spilt = {limit: watched(command(rows, limit, folder), folder) for limit in limits}
    rounds = []
    for number in range(repeat):
        rounds.append({limit: run(command(rows, limit, folder)) for limit in limits})
        print(f"  round {number + 1} of {repeat}", file=sys.stderr)
    digests = {limit: sha256(out(limit, folder).read_bytes()).hexdigest() for limit in limits}
    if len(set(digests.values())) > 1:
        sys.exit(f"not the same output: {digests}")
    return [Bound(limit, middle(each[limit] for each in rounds), spilt[limit], digests[limit]) for limit in limits]


def command(rows: int, limit: str, folder: Path) -> Command:
    """All rows into a CSV."""
    bound = () if limit == FREE else ("--memory-limit", limit)
    return (*scoring(a_list(rows), out(limit, folder)), *bound)


def out(limit: str, folder: Path) -> Path:
    """Where the output goes."""
    return folder / f"{limit}.csv"


def watched(command: Command, folder: Path) -> float:
    """The most bytes that a command has spilt at a time. It must leave nothing behind."""
    temporary, told = folder / "temporary", folder / "told"
    temporary.mkdir(exist_ok=True)
    run((sys.executable, "-c", WATCHED, str(temporary), str(told), *command))
    return float(told.read_text())


def cells(each: Bound, free: Bound) -> tuple[str, ...]:
    """A line of the result."""
    mine, other = each.taken, free.taken
    return (each.limit, f"{mine.megabytes:.0f}", f"{mine.seconds:.1f}", f"{mine.cpu_seconds:.1f}",
            f"{mine.seconds / other.seconds:.2f}", f"{mine.cpu_seconds / other.cpu_seconds:.2f}",
            f"{each.spilt / 1e6:.0f}", each.digest[:12])  # fmt: skip


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--date", required=True, help="shown in the result")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--limits", nargs="+", default=LIMITS, metavar="SIZE")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the result as Markdown too")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measured(chosen.rows, (FREE, *chosen.limits), chosen.repeat, Path(folder))
    size = a_list(chosen.rows).stat().st_size
    text = "\n\n".join([
        f"{about(chosen.date)} Medians of {chosen.repeat} interleaved runs.",
        f"All of {chosen.rows:,} rows ({size / 1e6:.0f} MB) ranked into a CSV, the same bytes each time:",
        markdown([TITLES, *(cells(each, found[0]) for each in found)]),
    ]) + "\n"  # fmt: skip
    print(text, end="")
    if chosen.write:
        chosen.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
