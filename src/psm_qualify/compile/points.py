"""Lowers what outcomes are worth to SQL: the verdict of required criteria, the points of a criterion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from psm_qualify.rules.pack import Criterion


def verdict(met: Sequence[str], unmet: Sequence[str]) -> str:
    """Qualified where all required criteria are met, disqualified where any is not met, else more is needed."""
    every, some = " AND ".join(f"({one})" for one in met), " OR ".join(f"({one})" for one in unmet)
    return f"CASE WHEN {every} THEN 0 WHEN {some} THEN 2 ELSE 1 END"


Bound: TypeAlias = Literal["least", "greatest"]


def open_points(criterion: Criterion, met: Sequence[str], unmet: Sequence[str], bound: Bound) -> str:
    """The least or the greatest of the points that are still open, from the pairs of a criterion's levels."""
    levels, otherwise = criterion.levels, criterion.otherwise
    if len(levels) == 1:
        pick = min if bound == "least" else max
        unknown = pick(levels[0].points, otherwise)
        return f"CASE WHEN {met[0]} THEN {levels[0].points} WHEN {unmet[0]} THEN {otherwise} ELSE {unknown} END"
    outcomes = []
    for number, level in enumerate(levels):
        earlier = [f"WHEN {one} THEN NULL" for one in met[:number]]
        outcomes.append(f"CASE {' '.join([*earlier, f'WHEN {unmet[number]} THEN NULL'])} ELSE {level.points} END")
    outcomes.append(f"CASE {' '.join(f'WHEN {one} THEN NULL' for one in met)} ELSE {otherwise} END")
    return f"{bound}({', '.join(outcomes)})"
