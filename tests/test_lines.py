"""Lines of a CSV that are made column by column: the same bytes as DuckDB's own writer gives."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from psm_qualify.engines import lines
from psm_qualify.facts.text import formula_safe

TEXTS = [
    "plain", "", " spaced ", "a,b", 'say "so"', '"', "two\nlines", "a\rb", "#1", "a #1", "tab\there", "semi;colon",
    "it's", "NULL", "Zoë", "\\", "a\\,b", "1.0", "-", None,
]  # fmt: skip
HEADERS = ["text", 'a "name", quoted', "#", ""]
FORMULAS = [
    "=1+1",
    "@x",
    "+1",
    "-5.5",
    "-",
    "-x",
    "+49 30 1",
    "\tx",
    "\rx",
    "=a,b",
    '=say "so"',
    "",
    "a=b",
    "-5 %",
    None,
]


def test_lines_are_those_of_the_writer(tmp_path: Path) -> None:
    titles = [title or "nothing" for title in HEADERS]
    with duckdb.connect() as db:
        named = ", ".join(f"""text AS "{title.replace('"', '""')}\"""" for title in titles)
        writer = tmp_path / "writer.csv"
        db.execute(f"COPY (SELECT {named} FROM (SELECT unnest(?) AS text)) TO '{writer}' (FORMAT csv)", [TEXTS])
    made = lines.joined([lines.cells(pa.array(TEXTS, pa.large_string()))] * len(titles))
    assert "\n".join([lines.headers(titles), *made.to_pylist(), ""]) == writer.read_bytes().decode()


def test_a_header_without_text_is_quoted() -> None:
    assert lines.headers(HEADERS) == 'text,"a ""name"", quoted","#",""'


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_run_by_a_spreadsheet(text: str | None) -> None:
    guarded = None if text is None else formula_safe(text)
    both = lines.safe_cells(pa.array([text, "x"], pa.large_string()))
    assert both.to_pylist() == [*lines.cells(pa.array([guarded], pa.large_string())).to_pylist(), "x"]


def test_lists_of_none_one_and_several_texts() -> None:
    texts = pa.array(["a", "b", "c"], pa.large_string())
    assert lines.listed(texts, np.array([0, 1, 0, 2, 0])).to_pylist() == ["", "a", "", "b, c", ""]
