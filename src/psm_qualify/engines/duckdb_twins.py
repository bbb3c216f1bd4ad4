"""Records that seem to be the same firm, found by DuckDB among all, and compared in Python."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from psm_qualify.compile import firms
from psm_qualify.compile.sql import name
from psm_qualify.engines.base import Task
from psm_qualify.engines.twins import KINDS, Shared, firm_key

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_KEYS = {"id": "trim({})".format, "domain": firms.host, "name": firms.name_key}


def shared(db: DuckDBPyConnection, task: Task, columns: dict[str, str]) -> list[Shared]:
    """The records of the table `cells` that have an id, an address or a name in common. `columns`: SQL names."""
    found = []
    for kind in KINDS:
        if kind in task.columns:
            texts = _alike(db, kind, name(columns[kind]))
            groups: dict[str, list[int]] = {}
            for position, text in texts:
                if key := firm_key(kind, text):
                    groups.setdefault(key, []).append(position)
            found += [Shared(kind, positions) for positions in groups.values() if len(positions) > 1]
    return found


def _alike(db: DuckDBPyConnection, kind: str, column: str) -> Collection[tuple[int, str]]:
    """The records whose keys another one has too, and their texts. Hashes are compared: Python looks again."""
    db.execute(
        f"CREATE OR REPLACE TABLE hashes AS "
        f"SELECT rowid AS position, hash({_KEYS[kind](column)}) AS hash FROM cells WHERE {column} IS NOT NULL"
    )
    twice = "SELECT hash FROM hashes GROUP BY hash HAVING count(*) > 1"
    positions = f"SELECT position FROM hashes WHERE hash IN ({twice})"
    found = db.execute(f"SELECT rowid, {column} FROM cells WHERE rowid IN ({positions}) ORDER BY rowid").fetchall()
    db.execute("DROP TABLE hashes")
    return found
