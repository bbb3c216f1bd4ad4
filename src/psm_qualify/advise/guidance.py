"""What to do, and what to coach: the advice that applies to a prospect."""

from __future__ import annotations

from collections.abc import Mapping

from psm_qualify.results import ScorecardResult
from psm_qualify.rules.model import Advice
from psm_qualify.rules.pack import Pack


def advice(pack: Pack, results: Mapping[str, ScorecardResult]) -> tuple[Advice, ...]:
    """The advice of the bands that a prospect falls into, the primary scorecard's first."""
    return tuple(
        item
        for card in pack.cards_in_order
        for band in pack.scorecards[card].bands
        if band.id == results[card].band
        for item in band.advice
    )
