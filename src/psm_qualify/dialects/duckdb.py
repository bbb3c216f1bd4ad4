"""DuckDB: the dialect that packs are compiled to. The query runs as it is."""

from __future__ import annotations

from sqlglot.dialects.duckdb import DuckDB

from psm_qualify.dialects.base import Dialect

_RESERVED = frozenset(DuckDB.Generator.RESERVED_KEYWORDS)
DUCKDB = Dialect("duckdb", "DuckDB", "duckdb", structs=True, materialized=False, reserved=_RESERVED)
