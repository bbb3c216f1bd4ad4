"""Conditions in their typed form: Kleene logic over tests on facts.

Each test judges a value as True (met), False (not met) or None (unknown). `compile/conditions.py` lowers the
same classes to pairs of SQL expressions, *surely met* and *surely not met*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from psm_qualify.facts.interval import Interval
from psm_qualify.facts.readers import Value, mentions, search
from psm_qualify.facts.text import clean, squash

Kleene: TypeAlias = bool | None
Values: TypeAlias = Mapping[str, Value]
"""The facts of a prospect that have a value, by field."""


@dataclass(frozen=True, slots=True)
class InRange:
    """A numeric value lies in one of the ranges. On an interval: all of it, none of it, or some of it."""

    field: str
    ranges: tuple[Interval, ...]

    def judge(self, value: Value) -> Kleene:
        """Met where the value lies wholly inside, not met where it touches none."""
        assert isinstance(value, Interval)
        if any(value.inside(one) for one in self.ranges):
            return True
        return False if all(value.apart(one) for one in self.ranges) else None


@dataclass(frozen=True, slots=True)
class IsOneOf:
    """An option is one of the names."""

    field: str
    names: tuple[str, ...]

    def judge(self, value: Value) -> Kleene:
        """Met or not met: an option that is known is one name."""
        return value in self.names


@dataclass(frozen=True, slots=True)
class TextIs:
    """Text equals one of the texts in its letters and digits."""

    field: str
    texts: tuple[str, ...]  # squashed

    def judge(self, value: Value) -> Kleene:
        """Met or not met."""
        return squash(str(value)) in self.texts


@dataclass(frozen=True, slots=True)
class Mentions:
    """Text holds one of the phrases as whole words. Silence is no evidence: never not met."""

    field: str
    phrases: tuple[str, ...]  # words of letters and digits, one space between

    def judge(self, value: Value) -> Kleene:
        """Met or unknown."""
        return True if mentions(str(value), self.phrases) else None


@dataclass(frozen=True, slots=True)
class Matches:
    """A pattern is found in the text."""

    field: str
    pattern: str

    def judge(self, value: Value) -> Kleene:
        """Met or not met."""
        return search(self.pattern, clean(str(value)))


@dataclass(frozen=True, slots=True)
class Known:
    """There is a value, whatever it is. Never unknown."""

    field: str

    def judge(self, value: Value) -> Kleene:
        """Always met: it is asked of a value."""
        return True


Test: TypeAlias = InRange | IsOneOf | TextIs | Mentions | Matches | Known


@dataclass(frozen=True, slots=True)
class All:
    """Kleene and."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Kleene or."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Kleene not."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Way:
    """A condition with a name, shown where it holds."""

    name: str
    part: Condition


Condition: TypeAlias = All | Any | Not | Way | Test


def kleene_and(parts: Iterable[Kleene]) -> Kleene:
    """False if any part is, else None if any part is, else True."""
    result: Kleene = True
    for part in parts:
        if part is False:
            return False
        if part is None:
            result = None
    return result


def kleene_or(parts: Iterable[Kleene]) -> Kleene:
    """True if any part is, else None if any part is, else False."""
    result: Kleene = False
    for part in parts:
        if part:
            return True
        if part is None:
            result = None
    return result


def judge(condition: Condition, values: Values) -> Kleene:
    """Whether the condition holds for a prospect's values."""
    match condition:
        case All(parts):
            return kleene_and(judge(part, values) for part in parts)
        case Any(parts):
            return kleene_or(judge(part, values) for part in parts)
        case Not(part):
            inner = judge(part, values)
            return None if inner is None else not inner
        case Way(_, part):
            return judge(part, values)
    value = values.get(condition.field)
    if value is None:
        return False if isinstance(condition, Known) else None
    return condition.judge(value)


def tests(condition: Condition) -> Iterator[Test]:
    """Every test in the condition, in the order in which it was written."""
    match condition:
        case All(parts) | Any(parts):
            for part in parts:
                yield from tests(part)
        case Not(part) | Way(_, part):
            yield from tests(part)
        case _:
            yield condition


def fields(condition: Condition) -> tuple[str, ...]:
    """The fields that the condition rests on, each once, in the order in which they were written."""
    return tuple(dict.fromkeys(test.field for test in tests(condition)))
