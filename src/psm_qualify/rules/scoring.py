"""What outcomes earn: the arithmetic of points, scores and bands. Exact, and the same wherever a score is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from psm_qualify.rules.conditions import Kleene, kleene_or
from psm_qualify.rules.model import Verdict
from psm_qualify.rules.pack import Band, Criterion, Pack, Scorecard

UNKNOWN_BAND = "unknown"

OUTCOMES: Mapping[Kleene, str] = {True: "met", False: "not met", None: "unknown"}
"""The words for the outcome of a criterion."""

VERDICTS: tuple[Verdict, ...] = ("qualified", "needs_info", "disqualified")
"""In the order in which they rank; engines count with their index."""


def band_at(card: Scorecard, earned: int, least: int, most: int) -> str:
    """The band that sums of points give."""
    return band_name(card, score_of(card, earned), known_of(card, least, most))


def verdict_word(required: Kleene) -> Verdict:
    """The verdict that the outcome of all required criteria together gives."""
    return "qualified" if required else "disqualified" if required is False else "needs_info"


@dataclass(frozen=True, slots=True)
class Points:
    """What a criterion earns: surely (`earned`), and the range that is still open."""

    verdict: Kleene
    least: int
    most: int

    @property
    def earned(self) -> int:
        """The value in the range nearest to 0: the certain part."""
        return min(max(0, self.least), self.most)


def points(criterion: Criterion, outcomes: Sequence[Kleene]) -> Points:
    """The points of a criterion, from the outcome of each of its levels."""
    open_points: list[int] = []
    for level, outcome in zip(criterion.levels, outcomes, strict=True):
        if outcome is not False:
            open_points.append(level.points)
        if outcome is True:
            break
    else:
        open_points.append(criterion.otherwise)
    return Points(kleene_or(outcomes), min(open_points), max(open_points))


class Earning(Protocol):
    """Whatever has earned points, and a range that is still open."""

    @property
    def earned(self) -> int: ...
    @property
    def least(self) -> int: ...
    @property
    def most(self) -> int: ...


def totals(won: Sequence[Earning]) -> tuple[int, int, int]:
    """The sums of the points (earned, least, most) over the criteria of a scorecard."""
    return sum(one.earned for one in won), sum(one.least for one in won), sum(one.most for one in won)


def half_up(numerator: int, denominator: int) -> int:
    """The quotient, rounded half up to a whole number. Both are at least 0."""
    return (2 * numerator + denominator) // (2 * denominator)


def score_of(card: Scorecard, total: int) -> Decimal:
    """Points as a score from 0 to 100, rounded half up to one decimal."""
    return Decimal(half_up(1000 * (total - card.floor), card.span)) / 10


def known_of(card: Scorecard, least: int, most: int) -> Decimal:
    """The share of the scorecard that is settled, from 0 to 1, rounded half up to three decimals."""
    return Decimal(half_up(1000 * (card.span - (most - least)), card.span)) / 1000


def band_of(card: Scorecard, score: Decimal) -> Band:
    """The band that a rounded score falls into."""
    return next(band for band in card.bands if score >= band.at_least)


def band_name(card: Scorecard, score: Decimal, known: Decimal) -> str:
    """The band's id; `unknown` below the scorecard's share of evidence."""
    return UNKNOWN_BAND if known < card.min_known else band_of(card, score).id


def rank_key(pack: Pack, verdict: Verdict, points: Mapping[str, tuple[int, int, int]]) -> tuple[int, ...]:
    """What orders prospects, the best first: exact points (earned, least, most) by scorecard, nothing rounded."""
    primary, *others = pack.rank_by
    earned, least, most = points[primary]
    # Equal span and equal potential: more is known where the least is higher.
    return (VERDICTS.index(verdict), -earned, -most, -least, *(-points[card][0] for card in others))
