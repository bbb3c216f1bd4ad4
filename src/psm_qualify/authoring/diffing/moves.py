"""What comes out of comparing two packs: what changed, whom it moves, and which change did how much of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

from psm_qualify.authoring.diffing.changes import Change
from psm_qualify.authoring.diffing.trials import Outcome
from psm_qualify.judging import Case
from psm_qualify.rules.loader import PackSource

Part: TypeAlias = tuple[int, ...]
"""Changes that are weighed as one, by their numbers (from 1, in the order of `Diff.changes`)."""


@dataclass(frozen=True, slots=True)
class Share:
    """What a part did to a score."""

    part: Part
    points: Fraction


@dataclass(frozen=True, slots=True)
class CardMove:
    """What became of a prospect in a scorecard that both packs have.

    `shares` add up to the move of its score, or of its potential where the score stands. `band_by`: the smallest sets
    of parts that alone give the new band, empty where it is the old one. `coarse`: more changes matter than can be
    weighed one by one, so those of one thing were weighed together.
    """

    card: str
    figure: Literal["score", "potential"]
    shares: tuple[Share, ...]
    band_by: tuple[tuple[Part, ...], ...]
    coarse: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A prospect that moved. `verdict_by` are the smallest sets of parts that alone give the new verdict.

    `coarse`: for its verdict or a score, changes were weighed together.
    """

    case: Case
    rank: int
    before: Outcome
    after: Outcome
    cards: tuple[CardMove, ...]
    verdict_by: tuple[tuple[Part, ...], ...]
    coarse: bool

    @property
    def verdict_moved(self) -> bool:
        """Whether it has another verdict."""
        return self.before.verdict != self.after.verdict

    @property
    def band_moved(self) -> bool:
        """Whether it is in another band of the primary scorecard. Bands of two scorecards can't be compared."""
        primary = self.after.primary
        return self.before.primary == primary and self.before.cards[primary].band != self.after.cards[primary].band

    @property
    def matters(self) -> bool:
        """Whether its verdict or its band in any scorecard is another."""
        return self.verdict_moved or self.band_moved or any(one.band_by for one in self.cards)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a part did on the list: how many scores it moved and by how much in the mean, and in how many smallest sets
    for a new verdict or band it stands."""

    part: Part
    scores: int
    mean: Fraction
    decided: int


@dataclass(frozen=True)
class Moves:
    """What the changes did to a list: all who moved, by their new rank. `only_old` and `only_new`: how many records
    only one of the packs reads. `joint`: changes that only together leave a pack that works."""

    prospects: int
    moves: tuple[Move, ...]
    joint: tuple[Part, ...]
    only_old: int
    only_new: int

    @cached_property
    def failing(self) -> int:
        """How many changed verdict or band of the primary scorecard: what `--fail-if-moved` counts."""
        return sum(one.verdict_moved or one.band_moved for one in self.moves)

    @cached_property
    def telling(self) -> frozenset[int]:
        """The numbers of the changes that have a part in a move of a score, a verdict or a band."""
        shares = (share.part for move in self.moves for card in move.cards for share in card.shares)
        sets = (part for move in self.moves for by in _deciding(move) for part in by)
        return frozenset(number for part in (*shares, *sets) for number in part)

    def effects(self, primary: str) -> tuple[Effect, ...]:
        """What each part did to the score of one scorecard, the most telling first."""
        points: dict[Part, list[Fraction]] = {}
        decided: dict[Part, int] = {}
        for move in self.moves:
            for card in move.cards:
                for share in card.shares:
                    own = card.card == primary and card.figure == "score" and share.points != 0
                    points.setdefault(share.part, []).extend([share.points] if own else [])
            for part in {part for one in _deciding(move) for part in one}:
                decided[part] = decided.get(part, 0) + 1
        effects = [
            Effect(part, len(points.get(part, [])), _mean(points.get(part, [])), decided.get(part, 0))
            for part in dict.fromkeys((*points, *decided))
        ]
        shown = [one for one in effects if one.scores or one.decided]
        return tuple(sorted(shown, key=lambda one: (-one.decided, -one.scores, one.part)))


@dataclass(frozen=True)
class Diff:
    """Two packs, called `old_name` and `new_name`; what changed; and on a list, whom that moves."""

    old: PackSource
    new: PackSource
    old_name: str
    new_name: str
    changes: tuple[Change, ...]
    list_name: str | None = None
    moves: Moves | None = None

    @property
    def comparable(self) -> bool:
        """Whether one scorecard is the primary one in both: else their scores and bands say nothing of one another."""
        return self.old.pack.rank_by[0] == self.new.pack.rank_by[0]


def _deciding(move: Move) -> Iterator[tuple[Part, ...]]:
    """The smallest sets of parts that gave a prospect a new verdict or band."""
    yield from move.verdict_by
    yield from (one for card in move.cards for one in card.band_by)


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values) if values else Fraction(0)
