"""A bare scan by DuckDB: every cell is read as text and its length summed up. Nothing is judged or written.

python bare_scan.py LIST        # CSV, JSON Lines or Parquet, by its ending
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
from rules import INPUT

TYPES = "columns={" + ", ".join(f"'{header}': 'VARCHAR'" for header in INPUT.values()) + "}"
READ = {
    ".csv": f"read_csv(?, auto_detect=false, header=true, delim=',', quote='\"', escape='\"', {TYPES})",
    ".jsonl": f"read_json(?, format='newline_delimited', {TYPES})",
    ".parquet": "read_parquet(?)",
}


def scan(list_: Path) -> None:
    """Prints how much text each column holds."""
    lengths = ", ".join(f'sum(length("{header}"))' for header in INPUT.values())
    print(duckdb.execute(f"SELECT {lengths} FROM {READ[list_.suffix]}", [str(list_)]).fetchall())


if __name__ == "__main__":
    scan(Path(sys.argv[1]))
