"""DuckDB: the dialect that packs are compiled to. The query runs as it is."""

from __future__ import annotations

from psm_qualify.dialects.base import Dialect

DUCKDB = Dialect("duckdb", "DuckDB", "duckdb", structs=True, materialized=False)
