"""How a list came out under a pack: what the checks with `--data` count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psm_qualify.assess import assess
from psm_qualify.rules.conditions import Kleene
from psm_qualify.rules.pack import Criterion

if TYPE_CHECKING:
    from psm_qualify.scoring import Ranking


@dataclass(frozen=True, slots=True)
class Tally:
    """A list in figures: in how many rows each fact is known, assumed values left out, and how criteria came out."""

    name: str
    rows: int
    known: Mapping[str, int]
    came: Mapping[Criterion, Mapping[Kleene, int]]
    columns: frozenset[str]
    """The fields that a column of the list feeds."""


def tally(ranking: Ranking) -> Tally:
    """Counts the chosen prospects of a scored list."""
    known: Counter[str] = Counter()
    came: dict[Criterion, Counter[Kleene]] = {}
    pack, rows = ranking.summary.pack, 0
    for case in ranking.cases():
        found = assess(pack, case.given, case.headers)
        known.update(name for name, fact in found.facts.items() if fact.how != "assumed")
        for result in found.criteria:
            came.setdefault(result.criterion, Counter())[result.verdict] += 1
        rows += 1
    read = ranking.summary.input
    return Tally(", ".join(read.files), rows, known, came, frozenset(read.columns))
