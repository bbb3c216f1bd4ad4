"""Who did how much of what was done together: Shapley values, and the smallest sets that alone suffice. Exact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import reduce
from itertools import combinations
from math import factorial
from operator import or_


def subsets(parts: Sequence[int]) -> list[int]:
    """The unions (as bits) of every subset of `parts`: number n joins those whose bit is set in n."""
    unions = [0]
    for part in parts:
        unions += [one | part for one in unions]
    return unions


def each(groups: int) -> list[int]:
    """The bits of a union, each by itself."""
    return [1 << number for number in range(groups.bit_length()) if groups >> number & 1]


def shapley(parts: Sequence[int], worth: Callable[[int], int]) -> list[Fraction]:
    """The Shapley value of each part: its mean effect over all orders in which the parts could join.

    `worth` of a union of parts is a whole number. The values add up to the worth of all less the worth of none.
    """
    worths = [worth(one) for one in subsets(parts)]
    count = len(parts)
    weights = [factorial(size) * factorial(count - size - 1) for size in range(count)]
    values = []
    for number in range(count):
        bit = 1 << number
        total = sum(
            weights[index.bit_count()] * (worths[index | bit] - worths[index])
            for index in range(len(worths))
            if not index & bit
        )
        values.append(Fraction(total, factorial(count)))
    return values


def smallest(parts: Sequence[int], enough: Callable[[int], bool]) -> list[tuple[int, ...]]:
    """The smallest sets of parts (by their position) whose union is enough; all that are equally small."""
    for size in range(len(parts) + 1):
        found = [
            chosen for chosen in combinations(range(len(parts)), size) if enough(union(parts[one] for one in chosen))
        ]
        if found:
            return found
    return []


def union(parts: Iterable[int]) -> int:
    """All bits of some parts."""
    return reduce(or_, parts, 0)
