"""Lines of a CSV made in SQL, to the byte as DuckDB's own writer makes them, which takes three times as long."""

from __future__ import annotations

import re
from collections.abc import Iterable

from psm_qualify.compile.sql import literal, name

_QUOTED = r'[",#\r\n]'


def cell(value: str) -> str:
    """A value (SQL) as it stands in a line: an empty text is quoted, NULL is nothing."""
    text = f"CAST({value} AS VARCHAR)"
    quoted = f"""concat('"', replace({text}, '"', '""'), '"')"""
    return f"CASE WHEN {text} = '' OR regexp_matches({text}, {literal(_QUOTED)}) THEN {quoted} ELSE {text} END"


def line(cells: Iterable[str]) -> str:
    """A line of cells or of parts of a line (SQL)."""
    return "concat(" + ", ',', ".join(cells) + ")"


def headers(titles: Iterable[str]) -> str:
    """The name of the one column that holds lines: their line of headers."""
    return name(",".join(map(_quoted, titles)))


def _quoted(title: str) -> str:
    return '"' + title.replace('"', '""') + '"' if not title or re.search(_QUOTED, title) else title


OPTIONS = "FORMAT csv, HEADER TRUE, DELIMITER '', QUOTE '', ESCAPE ''"
"""How a relation with one column of lines is written."""
