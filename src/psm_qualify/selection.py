"""Which prospects of a ranked list to return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Filter:
    """Which prospects to return. Ranks stay those of the full list."""

    top: int | None = None
    verdicts: tuple[str, ...] = ()
    bands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    min_score: Decimal | None = None

    @property
    def selects(self) -> bool:
        """Whether it leaves prospects out by what they are, not only by their number."""
        return bool(self.verdicts or self.bands or self.min_score is not None)
