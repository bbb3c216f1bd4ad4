"""Lines of a CSV that are made in SQL: the same bytes as DuckDB's own writer gives."""

from __future__ import annotations

from pathlib import Path

import duckdb

from psm_qualify.compile import lines

TEXTS = [
    "plain", "", " spaced ", "a,b", 'say "so"', '"', "two\nlines", "a\rb", "#1", "a #1", "tab\there", "semi;colon",
    "it's", "NULL", "Zoë", "\\", "a\\,b", "1.0", "-", None,
]  # fmt: skip
HEADERS = ["text", 'a "name", quoted', "#", "whole", "truth", "tenth"]


def test_lines_are_those_of_the_writer(tmp_path: Path) -> None:
    with duckdb.connect() as db:
        db.execute("CREATE TABLE texts AS SELECT unnest(CAST(? AS VARCHAR[])) AS text", [TEXTS])
        values = [
            "text",
            "text",
            "text",
            "length(text)",
            "length(text) > 3",
            "CAST(length(text) AS DECIMAL(9, 0)) * 0.1",
        ]
        named = ", ".join(
            f"""{value} AS "{title.replace('"', '""')}\"""" for value, title in zip(values, HEADERS, strict=True)
        )
        made = f"SELECT {lines.line(map(lines.cell, values))} AS {lines.headers(HEADERS)} FROM texts"
        db.execute(f"COPY (SELECT {named} FROM texts) TO '{tmp_path / 'writer.csv'}' (FORMAT csv, HEADER TRUE)")
        db.execute(f"COPY ({made}) TO '{tmp_path / 'lines.csv'}' ({lines.OPTIONS})")
    assert (tmp_path / "lines.csv").read_bytes() == (tmp_path / "writer.csv").read_bytes()
