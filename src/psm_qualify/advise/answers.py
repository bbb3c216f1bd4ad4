"""The answers that a question may get: of every outcome that an answer can have, one is among them.

For numbers these are the stretches that the bounds of the rules cut, as far as they differ in an outcome; for
options each name; for text an example of each thing that the rules look for, and of none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby, pairwise

from psm_qualify.assess import Assessment
from psm_qualify.facts.interval import End, Interval
from psm_qualify.facts.readers import NumericReader, OptionsReader, Value
from psm_qualify.rules.conditions import InRange, Matches, Mentions, Test, TextIs, tests
from psm_qualify.rules.pack import Criterion, Field, Pack
from psm_qualify.rules.patterns import example

ANYTHING_ELSE = "anything else"
"""Stands for a text in which nothing is found."""

EVERYTHING = Interval(None, None)
"""Stands for any number."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A value that a question may get, and all those that come to the same: a stretch of numbers, else itself."""

    value: Value
    stands_for: Value


@dataclass(frozen=True)
class Answers:
    """The possible answers to the questions of a pack, but for facts that are not to be asked for (`without`)."""

    pack: Pack
    without: frozenset[str] = frozenset()

    @cached_property
    def criteria_of(self) -> Mapping[str, tuple[Criterion, ...]]:
        """The criteria that rest on each field."""
        return {
            field: tuple(criterion for criterion in self.pack.criteria if field in criterion.fields)
            for field in self.pack.used_fields
        }

    @cached_property
    def _tests_of(self) -> Mapping[str, tuple[Test, ...]]:
        found: dict[str, dict[Test, None]] = {field: {} for field in self.pack.used_fields}
        for criterion in self.pack.criteria:
            for level in criterion.levels:
                for test in tests(level.when):
                    found[test.field][test] = None
        return {field: tuple(own) for field, own in found.items()}

    @cached_property
    def _all_of(self) -> Mapping[str, tuple[Answer, ...]]:
        return {
            field: tuple(_answers(self.pack.fields[field], own, EVERYTHING)) for field, own in self._tests_of.items()
        }

    def open(self, field: str, found: Assessment) -> tuple[Answer, ...]:
        """The answers that a field still leaves open: none where it is settled, is never asked for, or where no
        criterion rests on it."""
        if field not in self._tests_of or field in self.without or not self.pack.fields[field].question:
            return ()
        fact = found.facts.get(field)
        if fact is None or fact.how == "assumed":
            return self._all_of[field]
        value = found.values[field]
        if not isinstance(value, Interval) or value.plain:
            return ()
        answers = tuple(_answers(self.pack.fields[field], self._tests_of[field], value))
        return answers if len(answers) > 1 else ()


def _answers(field: Field, asked: Sequence[Test], within: Interval) -> Iterable[Answer]:
    reader = field.reader
    if isinstance(reader, OptionsReader):
        return (Answer(name, name) for name in reader.names)
    if isinstance(reader, NumericReader):
        return _numbers(asked, within)
    return _texts(asked)


# -- numbers -----------------------------------------------------------------------------------------------------


def _numbers(asked: Sequence[Test], within: Interval) -> Iterator[Answer]:
    """Neighbouring stretches that come to the same are one answer."""
    ranges = [test for test in asked if isinstance(test, InRange)]
    bounds = sorted(
        {end.value for test in ranges for one in test.ranges for end in (one.low, one.high) if end is not None}
    )
    stretches = [part for each in _stretches([End(bound) for bound in bounds]) if (part := _common(each, within))]
    placed = [(part, _inner(part)) for part in stretches]
    for _, group in groupby(placed, key=lambda one: tuple(test.judge(one[1]) for test in ranges)):
        alike = list(group)
        whole = Interval(alike[0][0].low, alike[-1][0].high)
        exact = [value for part, value in alike if part.plain]
        yield Answer((exact or [alike[0][1]])[0], whole)


def _stretches(bounds: Sequence[End]) -> Iterator[Interval]:
    """The bounds, and what lies below, between and above them, in order."""
    if not bounds:
        yield EVERYTHING
        return
    yield Interval(None, End(bounds[0].value, -1))
    for low, high in pairwise(bounds):
        yield Interval(low, low)
        yield Interval(End(low.value, 1), End(high.value, -1))
    yield Interval(bounds[-1], bounds[-1])
    yield Interval(End(bounds[-1].value, 1), None)


def _common(one: Interval, other: Interval) -> Interval | None:
    """What lies in both, None where nothing does."""
    if one.apart(other):
        return None
    lows = [end for end in (one.low, other.low) if end is not None]
    highs = [end for end in (one.high, other.high) if end is not None]
    return Interval(max(lows, default=None), min(highs, default=None))


def _inner(stretch: Interval) -> Interval:
    """A single value in a stretch."""
    low, high = stretch.low, stretch.high
    if low is not None and high is not None:
        value = (low.value + high.value) / 2
    elif low is not None:
        value = low.value + 1
    elif high is not None:
        value = high.value - 1
    else:
        value = Decimal(1)
    return Interval(End(value), End(value))


# -- texts -------------------------------------------------------------------------------------------------------


def _texts(asked: Sequence[Test]) -> Iterator[Answer]:
    """One text for each set of tests that the examples meet."""
    found: dict[tuple[bool | None, ...], Answer] = {}
    for text in [*_examples(asked), ANYTHING_ELSE]:
        found.setdefault(tuple(test.judge(text) for test in asked), Answer(text, text))
    yield from found.values()


def _examples(asked: Sequence[Test]) -> Iterator[str]:
    for test in asked:
        match test:
            case TextIs(_, texts) | Mentions(_, texts):
                yield from texts
            case Matches(_, pattern):
                text = example(pattern)
                if text is not None:
                    yield text
            case _:
                pass
