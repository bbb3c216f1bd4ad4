"""How often the texts of columns stand, found by DuckDB."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from psm_qualify.compile.sql import name

if TYPE_CHECKING:
    from psm_qualify.engines.duckdb_session import Database

_OFTEN = 4  # how often a text has to stand on the average, for finding it again to cost less than reading it


def repeating(db: Database, relation: str, columns: Mapping[str, str]) -> tuple[str, ...]:
    """The fields whose texts stand several times each, so that it is less work to read each once.

    `columns` are the SQL names of the fields in the relation.
    """
    if not columns:
        return ()
    counts = ", ".join(f"approx_count_distinct({name(column)})" for column in columns.values())
    ((rows, *found),) = db.execute(f"SELECT count(*), {counts} FROM {relation}").fetchall()
    return tuple(field for field, count in zip(columns, found, strict=True) if count * _OFTEN <= rows)
