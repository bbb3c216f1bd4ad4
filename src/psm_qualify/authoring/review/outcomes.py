"""What can come of a criterion, over every combination of answers to its fields, an answer that is missing included.

Tests are judged once for each answer; a combination is then one outcome for every test. More comes out as possible
than is (fields are taken as independent, and so are the phrases and patterns that are looked for in one text), so
that what is said never to come never does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import TypeAlias

from psm_qualify.advise.answers import Answer, Answers
from psm_qualify.assess import Assessment
from psm_qualify.facts.interval import Interval
from psm_qualify.facts.readers import TextReader, Value
from psm_qualify.rules.conditions import (
    All,
    Any,
    Condition,
    InRange,
    Kleene,
    Known,
    Matches,
    Mentions,
    Not,
    Test,
    TextIs,
    Way,
    kleene_and,
    kleene_or,
    tests,
)

MOST_COMBINATIONS = 20_000
"""More are not tried: nothing is said then."""

MOST_STEPS = 400_000
"""Combinations times the tests that each goes through, about a quarter of a second: no more are tried, either."""

Vector: TypeAlias = tuple[Kleene, ...]
"""The outcome of each test on one field under one answer."""
_Judge: TypeAlias = Callable[[Sequence[Kleene]], Kleene]


@dataclass
class Outcomes:
    """What can come of a criterion, and of its levels (by their number) and named ways.

    `holding`: the levels that can be met at all; `reached`: those that can be met while none before them is;
    `apart`: pairs of a level and an earlier one, where the first can be met while the earlier is not.
    """

    met: bool = False
    not_met: bool = False
    unknown: bool = False
    holding: set[int] = field(default_factory=set)
    reached: set[int] = field(default_factory=set)
    apart: set[tuple[int, int]] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Vectors:
    """Tells how the tests on one field can come out together."""

    answers: Answers
    nothing: Assessment

    def of(self, field_id: str, asked: Sequence[Test]) -> Sequence[Vector] | None:
        """Each set of outcomes once, the one of a missing answer first; None where there are too many."""
        missing = tuple(False if isinstance(test, Known) else None for test in asked)
        if isinstance(self.answers.pack.fields[field_id].reader, TextReader):
            named = {text: None for test in asked if isinstance(test, TextIs) for text in test.texts}
            told = _of_text(asked, (*named, None))
            size = (len(named) + 1) * 2 ** sum(isinstance(test, (Mentions, Matches)) for test in asked)
        else:
            answers = self.answers.open(field_id, self.nothing)
            told, size = _of_answers(asked, answers), len(answers) ** 2
        if size > MOST_COMBINATIONS:
            return None
        return tuple(dict.fromkeys((missing, *told)))


def _of_answers(asked: Sequence[Test], open_answers: Sequence[Answer]) -> Iterator[Vector]:
    """Of every option; of every number, and of what lies between any two."""
    stretches = [one.stands_for for one in open_answers if isinstance(one.stands_for, Interval)]
    between = (Interval(low.low, high.high) for number, low in enumerate(stretches) for high in stretches[number:])
    values: list[Value] = [*(one.value for one in open_answers), *between]
    for value in values:
        yield tuple(test.judge(value) for test in asked)
    if any(isinstance(test, InRange) for test in asked):
        yield tuple(True if isinstance(test, Known) else None for test in asked)


def _of_text(asked: Sequence[Test], texts: Sequence[str | None]) -> Iterator[Vector]:
    """A text may be one of those that are named, or None of them; what is found in it is free."""
    for text in texts:
        yield from product(*(_free(test, text) for test in asked))


def _free(test: Test, text: str | None) -> tuple[Kleene, ...]:
    match test:
        case TextIs(_, texts):
            return (text in texts,)
        case Mentions():
            return (True, None)
        case Matches():
            return (True, False)
        case _:
            return (True,)


def outcomes(levels: Sequence[tuple[Condition, str | None]], vectors: Vectors) -> Outcomes | None:
    """What can come of the levels of a criterion (condition and name); None where too many combinations are to try."""
    asked: dict[str, dict[Test, None]] = {}
    for when, _ in levels:
        for test in tests(when):
            asked.setdefault(test.field, {})[test] = None
    told = [one for name, own in asked.items() if (one := vectors.of(name, tuple(own))) is not None]
    if len(told) < len(asked) or prod(map(len, told)) > MOST_COMBINATIONS:
        return None
    at = {test: number for number, test in enumerate(test for own in asked.values() for test in own)}
    ready = [_Level.of(when, say, at) for when, say in levels]
    found, everything = Outcomes(), _everything(ready)
    steps = sum(1 for when, _ in levels for _ in tests(when))
    for number, combination in enumerate(product(*told)):
        if number * steps > MOST_STEPS:
            return None
        _note(found, ready, [outcome for vector in combination for outcome in vector])
        if found == everything:
            break
    return found


@dataclass(frozen=True, slots=True)
class _Level:
    """A level, ready to be judged, and its ways by name. It has a name of its own only where it has no ways."""

    judge: _Judge
    ways: Sequence[tuple[str, _Judge]]
    say: str | None

    @classmethod
    def of(cls, when: Condition, say: str | None, at: Mapping[Test, int]) -> _Level:
        """A level of a criterion; `at` says where the outcome of each test stands."""
        return cls(_judge(when, at), [(way.name, _judge(way.part, at)) for way in _ways(when)], say)


def _everything(levels: Sequence[_Level]) -> Outcomes:
    """What nothing can be added to."""
    numbers = range(len(levels))
    names = {name for level in levels for name in (level.say, *(way for way, _ in level.ways)) if name is not None}
    pairs = {(number, earlier) for number in numbers for earlier in range(number)}
    return Outcomes(True, True, True, set(numbers), set(numbers), pairs, names)


def _note(found: Outcomes, levels: Sequence[_Level], told: Sequence[Kleene]) -> None:
    """Adds what comes of one combination."""
    came = [level.judge(told) for level in levels]
    whole = kleene_or(came)
    found.met = found.met or whole is True
    found.not_met = found.not_met or whole is False
    found.unknown = found.unknown or whole is None
    first = True
    for number, outcome in enumerate(came):
        if outcome is not True:
            continue
        found.holding.add(number)
        found.apart.update((number, earlier) for earlier in range(number) if came[earlier] is not True)
        if first:
            found.reached.add(number)
            found.names.update(_names(levels[number], told))
        first = False


def _names(level: _Level, told: Sequence[Kleene]) -> Iterator[str]:
    """What is shown where a level holds."""
    ways = [name for name, judge in level.ways if judge(told)]
    yield from ways
    if not ways and level.say is not None:
        yield level.say


def _ways(condition: Condition) -> Iterator[Way]:
    """The ways that can be shown to hold: not those within a way or a `not`."""
    match condition:
        case Way():
            yield condition
        case All(parts) | Any(parts):
            for part in parts:
                yield from _ways(part)


def _judge(condition: Condition, at: Mapping[Test, int]) -> _Judge:
    """Judges a condition by the outcomes of its tests."""
    match condition:
        case All(parts):
            each = [_judge(part, at) for part in parts]
            return lambda told: kleene_and(one(told) for one in each)
        case Any(parts):
            some = [_judge(part, at) for part in parts]
            return lambda told: kleene_or(one(told) for one in some)
        case Not(part):
            inner = _judge(part, at)
            return lambda told: None if (outcome := inner(told)) is None else not outcome
        case Way(_, part):
            return _judge(part, at)
        case _:
            place = at[condition]
            return lambda told: told[place]
