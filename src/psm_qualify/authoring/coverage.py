"""Which outcomes of the rules the tests reached: of each criterion, of its levels where there are several, its ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from typing import TypeAlias

from psm_qualify.assess import Assessment
from psm_qualify.authoring.testing import SuiteResult
from psm_qualify.errors import Place
from psm_qualify.rules.conditions import (
    All,
    Any,
    Condition,
    Kleene,
    Known,
    Mentions,
    Not,
    Way,
    judge,
    kleene_and,
    kleene_or,
)
from psm_qualify.rules.loader import PackSource
from psm_qualify.rules.pack import Criterion, Level
from psm_qualify.rules.scoring import OUTCOMES

COUNTED = "counted"
"""The outcome of a level that holds where none before it may: its points are what is earned."""

HELD = "held"
"""The outcome of a way that is shown to hold."""

_LEVEL_OUTCOMES: Mapping[Kleene, str] = {**OUTCOMES, True: COUNTED}
_Outcomes: TypeAlias = frozenset[Kleene]
_EVERY: _Outcomes = frozenset(OUTCOMES)


@dataclass(frozen=True, slots=True)
class Covered:
    """A criterion, one of its levels, or one of its ways, and how many tests reached each outcome that it can have."""

    criterion: Criterion
    number: int | None  # of the level, from 1
    level: Level | None
    way: str | None
    place: Place
    tests: Mapping[str, int]

    @property
    def missing(self) -> tuple[str, ...]:
        """The outcomes that no test reached."""
        return tuple(outcome for outcome, count in self.tests.items() if not count)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every criterion of a pack, its levels and its ways, in order."""

    parts: tuple[Covered, ...]

    @property
    def outcomes(self) -> int:
        """How many outcomes there can be."""
        return sum(len(part.tests) for part in self.parts)

    @property
    def reached(self) -> int:
        """How many of them some test reached."""
        return self.outcomes - sum(len(part.missing) for part in self.parts)

    @property
    def gaps(self) -> tuple[Covered, ...]:
        """What has outcomes that no test reached."""
        return tuple(part for part in self.parts if part.missing)


@dataclass(frozen=True, slots=True)
class SuiteReport:
    """What is told of a run: how the tests came out and, where that was asked for, what they reached.

    `fails_on_gaps`: an outcome that no test reached counts like a failure.
    """

    suite: SuiteResult
    coverage: Coverage | None = None
    fails_on_gaps: bool = False

    @property
    def passed(self) -> bool:
        """Whether nothing was found that counts as a failure."""
        gaps = self.coverage.gaps if self.coverage is not None and self.fails_on_gaps else ()
        return not self.suite.failed and not gaps


def coverage(source: PackSource, suite: SuiteResult) -> Coverage:
    """What the tests of a suite reached, whether or not they expected it."""
    found = [case.found for case in suite.cases]
    return Coverage(tuple(part for one in source.pack.criteria for part in _parts(one, found, source)))


def possible(condition: Condition) -> _Outcomes:
    """The outcomes that a condition can have by its form: `mentions` is never not met, `known` never unknown."""
    match condition:
        case All(parts):
            return _combined(map(possible, parts), kleene_and)
        case Any(parts):
            return _combined(map(possible, parts), kleene_or)
        case Not(part):
            return frozenset(None if one is None else not one for one in possible(part))
        case Way(_, part):
            return possible(part)
        case Mentions():
            return _EVERY - {False}
        case Known():
            return _EVERY - {None}
        case _:
            return _EVERY


def _combined(parts: Iterable[_Outcomes], logic: Callable[[Iterable[Kleene]], Kleene]) -> _Outcomes:
    return reduce(lambda one, other: frozenset(map(logic, product(one, other))), parts)


def _parts(criterion: Criterion, found: Sequence[Assessment], source: PackSource) -> Iterator[Covered]:
    path = ("scorecards", criterion.scorecard, "criteria", criterion.id)
    reached = [[judge(level.when, one.values) for level in criterion.levels] for one in found]
    can = [possible(level.when) for level in criterion.levels]
    here = source.places.locate(path, key=True)
    whole = _counted(OUTCOMES, _combined(can, kleene_or), map(kleene_or, reached))
    yield Covered(criterion, None, None, None, here, whole)
    for index, level in enumerate(criterion.levels if len(criterion.levels) > 1 else ()):
        # One that holds behind a level that may hold, or does, is not the one that counts for certain.
        seen = [each[index] for each in reached if not each[index] or not any(one is not False for one in each[:index])]
        place = source.places.locate((*path, "levels", index))
        yield Covered(criterion, index + 1, level, None, place, _counted(_LEVEL_OUTCOMES, can[index], seen))
    held = Counter(
        way for one in found for result in one.criteria if result.criterion is criterion for way in result.ways
    )
    for way in _ways(criterion):
        yield Covered(criterion, None, None, way, here, {HELD: held[way]})


def _ways(criterion: Criterion) -> Iterator[str]:
    """The names of its ways; what a level without ways is called is not among them."""
    levels = {level.say for level in criterion.levels}
    return (name for name in criterion.names if name not in levels)


def _counted(words: Mapping[Kleene, str], can: _Outcomes, seen: Iterable[Kleene]) -> dict[str, int]:
    """How often each outcome that can be was seen."""
    counts = Counter(seen)
    return {word: counts[outcome] for outcome, word in words.items() if outcome in can}
