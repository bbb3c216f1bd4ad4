"""Who moved: how the prospects of a list stand, before and after something changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from psm_qualify.rules.model import Verdict
from psm_qualify.rules.scoring import band_at, score_of
from psm_qualify.scoring import Ranking
from psm_qualify.selection import Filter


@dataclass(frozen=True, slots=True)
class Standing:
    """How one prospect stands: its rank, verdict, and band and score on the primary scorecard."""

    name: str
    rank: int
    verdict: Verdict
    band: str
    score: Decimal


@dataclass(frozen=True, slots=True)
class Move:
    """A prospect that stands differently now. None: it was not there before, or is not any more."""

    before: Standing | None
    after: Standing | None

    @property
    def weight(self) -> int:
        """What is another: verdict or band (2), else the score (1), else the rank alone, for others moved (0)."""
        one, other = self.before, self.after
        if one is None or other is None or (one.verdict, one.band) != (other.verdict, other.band):
            return 2
        return int(one.score != other.score)


ListStanding: TypeAlias = Mapping[tuple[str, int], Standing]
"""How the prospects of a list stand, by what tells who they are (several may have one name)."""


def standing(ranking: Ranking) -> ListStanding:
    """How all prospects of a ranking stand. It chooses all of them."""
    ranking.choose(Filter())
    found: dict[tuple[str, int], Standing] = {}
    seen: dict[str, int] = {}
    card, known = ranking.summary.pack.primary, dict[tuple[int, int, int], tuple[str, Decimal]]()
    for one in ranking.who():
        name = one.name or one.id or f"row {one.at.row}"
        key = one.id or one.name or f"{one.at.table} {one.at.row}"
        seen[key] = seen.get(key, 0) + 1
        if one.totals not in known:
            known[one.totals] = band_at(card, *one.totals), score_of(card, one.totals[0])
        found[key, seen[key]] = Standing(name, one.rank, one.verdict, *known[one.totals])
    return found


def moves(before: ListStanding, after: ListStanding) -> list[Move]:
    """Who stands differently, those first whose verdict or band is another, then whose score is, each by rank."""
    keys = dict.fromkeys((*after, *before))
    found = [Move(before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)]
    return sorted(found, key=lambda move: -move.weight)
