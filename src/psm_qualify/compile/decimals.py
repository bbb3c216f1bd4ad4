"""SQL twin of `facts.decimals.writes_commas`, for many columns at once."""

from __future__ import annotations

from collections.abc import Iterable

from psm_qualify.compile.scan import FILE
from psm_qualify.compile.sql import literal, name
from psm_qualify.facts.decimals import AGAINST, CERTAIN, ENOUGH, LIKELY


def write_commas(columns: Iterable[str]) -> str:
    """For each table and column, whether its cells write a decimal comma without doubt."""
    found, marks = [], []
    for column in map(name, columns):
        marks.append(f"contains({column}, ',') OR contains({column}, '.')")
        certain = f"bool_or(regexp_matches({column}, {literal(CERTAIN)}))"
        likely = f"count(DISTINCT CASE WHEN regexp_matches({column}, {literal(LIKELY)}) THEN {column} END)"
        against = f"bool_or(regexp_matches({column}, {literal(AGAINST)}))"
        found.append(f"coalesce(({certain} OR {likely} >= {ENOUGH}) AND NOT {against}, FALSE)")
    # Most cells have neither mark, and no pattern needs to be searched in them.
    return f"SELECT {FILE}, {', '.join(found)} FROM cells WHERE {' OR '.join(marks)} GROUP BY {FILE}"
