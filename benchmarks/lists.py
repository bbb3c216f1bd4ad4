"""The lists that are measured, written where they aren't there yet: the same rows as CSV, JSON Lines and Parquet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE / "data"
FORMATS = {"csv": "CSV", "jsonl": "JSON Lines", "parquet": "Parquet"}
"""Ending -> what it is called."""

CONVERT = """
import duckdb, sys
source, out, kind = sys.argv[1:]
duckdb.sql("SET enable_progress_bar = false")
duckdb.sql(f"COPY (FROM read_csv('{source}', all_varchar=true, header=true)) TO '{out}' (FORMAT {kind})")
"""


def a_list(rows: int, ending: str = "csv") -> Path:
    """A list of so many rows."""
    file = DATA / f"{rows}.{ending}"
    if not file.exists():
        print(f"writing {file}", file=sys.stderr)
        DATA.mkdir(exist_ok=True)
        part = file.with_suffix(".part")
        # In a process of its own: what measures can't see less memory in others than it took itself.
        subprocess.run((sys.executable, *writer(rows, ending, part)), check=True)
        part.rename(file)
    return file


def writer(rows: int, ending: str, out: Path) -> tuple[str, ...]:
    """What Python has to run."""
    if ending == "csv":
        return (str(HERE / "make_list.py"), str(rows), str(out))
    return ("-c", CONVERT, str(a_list(rows)), str(out), "json" if ending == "jsonl" else ending)
