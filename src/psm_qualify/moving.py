"""Who moved: how the prospects of a list stand, before and after something changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from psm_qualify.rules.model import Verdict
from psm_qualify.rules.scoring import band_at
from psm_qualify.scoring import Ranking
from psm_qualify.selection import Filter


@dataclass(frozen=True, slots=True)
class Standing:
    """How one prospect stands: its rank, verdict, and band on the primary scorecard."""

    name: str
    rank: int
    verdict: Verdict
    band: str


@dataclass(frozen=True, slots=True)
class Move:
    """A prospect that stands differently now. None: it was not there before, or is not any more."""

    before: Standing | None
    after: Standing | None

    @property
    def weighty(self) -> bool:
        """Whether more than the rank is another."""
        one, other = self.before, self.after
        return one is None or other is None or (one.verdict, one.band) != (other.verdict, other.band)


ListStanding: TypeAlias = Mapping[tuple[str, int], Standing]
"""How the prospects of a list stand, by what tells who they are (several may have one name)."""


def standing(ranking: Ranking) -> ListStanding:
    """How all prospects of a ranking stand. It chooses all of them."""
    ranking.choose(Filter())
    found: dict[tuple[str, int], Standing] = {}
    seen: dict[str, int] = {}
    card, bands = ranking.summary.pack.primary, dict[tuple[int, int, int], str]()
    for one in ranking.who():
        name = one.name or one.id or f"row {one.at.row}"
        key = one.id or one.name or f"{one.at.table} {one.at.row}"
        seen[key] = seen.get(key, 0) + 1
        if one.totals not in bands:
            bands[one.totals] = band_at(card, *one.totals)
        found[key, seen[key]] = Standing(name, one.rank, one.verdict, bands[one.totals])
    return found


def moves(before: ListStanding, after: ListStanding) -> list[Move]:
    """Who stands differently, those first whose verdict or band is another, then by rank."""
    keys = dict.fromkeys((*after, *before))
    found = [Move(before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)]
    return sorted(found, key=lambda move: not move.weighty)
