"""Checks on bands: which scores are possible, and which bands they fall into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import reduce

from psm_qualify.authoring.review.base import Check, Remark, Subject
from psm_qualify.rules.pack import Criterion, Scorecard
from psm_qualify.rules.scoring import score_of

_MOST_POINTS = 1_000_000
"""A scorecard whose points span more is not looked at: nothing is said of its bands."""


def _unreachable(subject: Subject) -> Iterator[Remark]:
    for card in subject.pack.scorecards.values():
        scores = _possible_scores(card)
        upper = None
        for band in card.bands if scores else ():
            if not any(band.at_least <= score and (upper is None or score < upper) for score in scores):
                below = max((score for score in scores if score < band.at_least), default=Decimal(0))
                above = min((score for score in scores if score > band.at_least), default=Decimal(100))
                reach = f"from {band.at_least} to below {upper}" if upper is not None else f"from {band.at_least}"
                yield Remark(
                    f"no score can fall into the band {band.id} ({reach}): the nearest that are possible are "
                    f"{_plain(below)} and {_plain(above)}",
                    f"begin it at {_plain(below)}, begin the band above it higher, or take it out",
                    ("scorecards", card.id, "bands", band.id, "at_least"),
                )
            upper = band.at_least


def _possible_scores(card: Scorecard) -> Sequence[Decimal]:
    """All rounded scores that sums of what the criteria can earn make, in order. Some may never come together."""
    if card.span > _MOST_POINTS:
        return ()
    # bit n stands for n points above the floor
    sums = reduce(_added, (_earnings(criterion) for criterion in card.criteria), 1)
    totals = (place for place, bit in enumerate(reversed(f"{sums:b}")) if bit == "1")
    return list(dict.fromkeys(score_of(card, card.floor + total) for total in totals))


def _added(sums: int, earnings: Sequence[int]) -> int:
    return reduce(lambda found, points: found | sums << points, earnings, 0)


def _earnings(criterion: Criterion) -> Sequence[int]:
    """What a criterion can earn for certain, as points above its floor: that of any outcome, or 0 while it is open."""
    earned = {criterion.otherwise, *(level.points for level in criterion.levels)}
    if criterion.floor <= 0 <= criterion.ceiling:
        earned.add(0)
    return sorted(points - criterion.floor for points in earned)


def _plain(score: Decimal) -> str:
    return f"{score.normalize():f}"


CHECKS = (
    Check(
        "band-out-of-reach",
        "No score can fall into a band.",
        "A score is a sum of the points that criteria earn, on a scale from 0 (the least they can give) to 100 (the "
        "most), rounded to one decimal. Between two neighbouring scores there may be a gap, and a band that lies in "
        "it wholly is empty: its name is never shown and its advice never given. Begin the band at a score that is "
        "possible, begin the band above it higher, change points, or take the band out. Bands can neither overlap "
        "nor leave a gap: each reaches from its at_least up to that of the next higher one.",
        _unreachable,
    ),
)
