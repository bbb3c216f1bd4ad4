"""Intervals of exact decimals. Every number is one; a plain number is its own two ends."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

SCALE = 18
"""Decimal places that are kept, in Python as in every engine."""

WIDTH = 37
"""Digits in all, of which WIDTH - SCALE stand before the point: one less than engines have, so that sums fit too."""

EXACT = Context(prec=100)
"""Wide enough that no operation on two values rounds."""

_QUANTUM = Decimal(1).scaleb(-SCALE)


def exact(text: str, digits: int) -> Decimal | None:
    """The decimal that `text` writes, or None where more than `digits` stand before the point."""
    written = EXACT.create_decimal(text)
    if written.adjusted() > digits:
        return None
    value = written.quantize(_QUANTUM, ROUND_HALF_UP, EXACT)
    return value if abs(value) < Decimal(10) ** digits else None


@dataclass(frozen=True, slots=True, order=True)
class End:
    """One end of an interval. `shift` is 0, or +1/-1 for just above/just below: an exclusive bound."""

    value: Decimal
    shift: int = 0


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`; None is an open end. Both None would be the unknown."""

    low: End | None
    high: End | None

    @property
    def plain(self) -> bool:
        """Whether it is a single value."""
        return self.low is not None and self.low == self.high

    def inside(self, other: Interval) -> bool:
        """Whether all of it lies in `other`."""
        low_fits = other.low is None or (self.low is not None and self.low >= other.low)
        high_fits = other.high is None or (self.high is not None and self.high <= other.high)
        return low_fits and high_fits

    def apart(self, other: Interval) -> bool:
        """Whether none of it lies in `other`."""
        below = self.high is not None and other.low is not None and self.high < other.low
        above = self.low is not None and other.high is not None and self.low > other.high
        return below or above
