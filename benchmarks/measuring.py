"""Measures whole processes side by side: wall time, CPU time, the highest memory. Medians over interleaved rounds."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import TypeAlias

PACK = Path(__file__).with_name("reference.yaml")
TOOL = Path(sys.executable).with_name("psm-qualify")
BARE_SCAN = Path(__file__).parent / "contenders" / "bare_scan.py"

Command: TypeAlias = Sequence[str]


@dataclass(frozen=True)
class Taken:
    """What one process took. CPU seconds count every thread."""

    seconds: float
    cpu_seconds: float
    megabytes: float


# -- commands ------------------------------------------------------------------------------------------------------


def scan(file: Path) -> Command:
    """Reads every cell of a list with DuckDB, and does nothing else."""
    return (sys.executable, str(BARE_SCAN), str(file))


def scoring(file: Path, out: Path, top: int | None = None) -> Command:
    """Scores a list with this tool into a file, its format by its ending."""
    return (str(TOOL), "score", str(file), "--rules", str(PACK), "-o", str(out), *(("--top", str(top)) if top else ()))


# -- measuring -----------------------------------------------------------------------------------------------------


def run(command: Command) -> Taken:
    """Runs a command to its end. Any failure ends the benchmark."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            sys.exit(f"failed: {' '.join(command)[:200]}\n{errors.read().decode()[-2000:]}")
    return Taken(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure(commands: Mapping[str, Command], repeat: int) -> Mapping[str, Taken]:
    """Medians over `repeat` rounds in which every command runs once, after a round that doesn't count."""
    rounds = []
    for number in range(repeat + 1):
        rounds.append({task: run(command) for task, command in commands.items()})
        print(f"  round {number} of {repeat}", file=sys.stderr)
    return {task: middle(each[task] for each in rounds[1:]) for task in commands}


def middle(taken: Iterable[Taken]) -> Taken:
    """The median of each measure by itself."""
    return Taken(*map(median, zip(*map(astuple, taken), strict=True)))


# -- showing -------------------------------------------------------------------------------------------------------


def markdown(table: Sequence[Sequence[str]]) -> str:
    """A table whose columns line up as plain text too."""
    widths = [max(len(cells[column]) for cells in table) for column in range(len(table[0]))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"
             for cells in table]  # fmt: skip
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def about(date: str, packages: Iterable[str] = ()) -> str:
    """The day, the machine, and the versions."""
    names = ("psm-qualify", "duckdb", "pydantic", "typer", *packages)
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (f"{date}, {os.cpu_count()} cores ({_processor()}), {memory:.0f} GB of memory, {platform.system()}, "
            f"Python {platform.python_version()}, {versions}; whole processes, files in the page cache.")  # fmt: skip


def _processor() -> str:
    """The model of the processor, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return ", ".join([*models[:1], platform.machine()])
