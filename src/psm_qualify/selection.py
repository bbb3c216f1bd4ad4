"""Which prospects of a ranked list to return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from psm_qualify.errors import UsageError, did_you_mean
from psm_qualify.rules.model import Verdict
from psm_qualify.rules.scoring import VERDICTS


@dataclass(frozen=True, slots=True)
class Filter:
    """Which prospects to return. Ranks stay those of the full list. Raises UsageError where it can't be meant."""

    top: int | None = None
    verdicts: tuple[Verdict, ...] = ()
    bands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    min_score: Decimal | None = None
    ranks: tuple[int, ...] | None = None
    calls: bool = False
    """Whom to call, first those whose verdict is open, then those whose verdict rests on assumptions, then those whose
    band is open, each in rank order: the disqualified are left out unless an assumed value makes them so."""

    def __post_init__(self) -> None:
        if self.top is not None and self.top < 0:
            raise UsageError(f"--top {self.top}: a number from 0 up is needed")
        for verdict in self.verdicts:
            if verdict not in VERDICTS:
                raise UsageError(f"--verdict {verdict}: there is no such verdict; {did_you_mean(verdict, VERDICTS)}")
        if self.min_score is not None and not (self.min_score.is_finite() and 0 <= self.min_score <= 100):
            raise UsageError(f"--min-score {self.min_score}: a number from 0 to 100 is needed")

    @property
    def selects(self) -> bool:
        """Whether it leaves prospects out by what they are, not only by their number."""
        some = self.verdicts or self.bands or self.min_score is not None or self.ranks is not None
        return bool(some or self.calls)
