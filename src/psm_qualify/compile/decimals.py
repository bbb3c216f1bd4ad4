"""SQL twin of `facts/decimals.py`: whether the cells of columns speak for a decimal comma, or against it."""

from __future__ import annotations

from collections.abc import Iterable

from psm_qualify.compile.scan import FILE
from psm_qualify.compile.sql import literal, name
from psm_qualify.facts.decimals import AGAINST, COMMA_ONLY


def comma_evidence(columns: Iterable[str], *, comma: bool) -> str:
    """For each table and column, whether some cell speaks for a decimal comma (or, else, against it)."""
    found = []
    for column in map(name, columns):
        if comma:
            may = f"contains({column}, ',') OR {column} LIKE '%.%.%'"
        else:
            may = f"contains({column}, ',') OR contains({column}, '.')"
        pattern = literal(COMMA_ONLY if comma else AGAINST)
        found.append(f"coalesce(bool_or(CASE WHEN {may} THEN regexp_matches({column}, {pattern}) END), FALSE)")
    return f"SELECT {FILE}, {', '.join(found)} FROM cells GROUP BY {FILE}"
