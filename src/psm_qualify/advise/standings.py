"""Where a prospect would stand in its list if its points were others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from psm_qualify.rules.model import Verdict
from psm_qualify.rules.pack import Pack
from psm_qualify.rules.scoring import rank_key

Totals = Mapping[str, tuple[int, int, int]]
"""By scorecard: the points that are earned, the least and the most."""


@dataclass(frozen=True)
class Standings:
    """How many prospects of a list have each key of its order, the best key first."""

    pack: Pack
    counts: Sequence[tuple[tuple[int, ...], int]]

    @classmethod
    def of(cls, pack: Pack, counts: Iterable[tuple[tuple[int, ...], int]]) -> Standings:
        """Standings from counts by key, in any order."""
        return cls(pack, sorted(counts))

    @cached_property
    def _keys(self) -> Sequence[tuple[int, ...]]:
        return [key for key, _ in self.counts]

    @cached_property
    def _before(self) -> Sequence[int]:
        """How many prospects stand before each key."""
        before = [0]
        for _, count in self.counts:
            before.append(before[-1] + count)
        return before

    def key(self, verdict: Verdict, totals: Totals) -> tuple[int, ...]:
        """What orders a prospect."""
        return rank_key(self.pack, verdict, totals)

    def place(self, key: tuple[int, ...], own: tuple[int, ...] | None) -> int:
        """The best rank that a prospect could have with a key; `own` is its key in the list, None where it has none."""
        better = self._before[bisect_left(self._keys, key)]
        return better + 1 - (own is not None and own < key)
