"""Lowers conditions to pairs of SQL: *surely met* and *surely not met*. Unknown is neither.

Neither expression is ever negated and NULL counts as "not surely", so three-valued SQL logic can't turn an unknown
into a yes. What is known when the query is made (a field without a column) folds to a constant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from psm_qualify.compile import cells
from psm_qualify.compile.sql import Column, any_of, end, literal, name
from psm_qualify.facts.interval import Interval
from psm_qualify.facts.readers import Value
from psm_qualify.rules.conditions import (
    All,
    Any,
    Condition,
    InRange,
    IsOneOf,
    Kleene,
    Known,
    Matches,
    Mentions,
    Not,
    Test,
    TextIs,
    Way,
)

TRUE, FALSE = "TRUE", "FALSE"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two SQL conditions that are never both true: surely met, surely not met."""

    met: str
    unmet: str

    @property
    def constant(self) -> bool:
        """Whether it is the same for every prospect."""
        return {self.met, self.unmet} <= {TRUE, FALSE}


def constant(outcome: Kleene) -> Pair:
    """The pair of an outcome that is known when the query is made."""
    return Pair(TRUE if outcome is True else FALSE, TRUE if outcome is False else FALSE)


@dataclass(frozen=True, slots=True)
class FactColumns:
    """Where the facts stand: the SQL names of the fields that have a column, and the assumed values.

    The outcome of each test on a field has a pair of columns, so that it can be kept in a dictionary with the fact.
    """

    names: Mapping[str, str]
    assumed: Mapping[str, Value]
    tests: Mapping[str, tuple[Test, ...]]  # by field

    def pair(self, test: Test) -> Pair:
        """The columns that hold a test's outcome."""
        number = self.tests[test.field].index(test) + 1
        return Pair(*(name(f"{self.names[test.field]}__{word}_{number}") for word in ("met", "unmet")))

    def outcomes(self, field: str, raw: str) -> list[Column]:
        """The columns of all tests on a field, computed from its facts and its raw text (SQL)."""
        columns = []
        for number, test in enumerate(self.tests[field], 1):
            pair = _TESTS[type(test)](test, self.names[field], raw)
            columns.append(Column(f"{self.names[field]}__met_{number}", pair.met))
            columns.append(Column(f"{self.names[field]}__unmet_{number}", pair.unmet))
        return columns


def lower(condition: Condition, facts: FactColumns) -> Pair:
    """The pair of a condition."""
    match condition:
        case All(parts):
            pairs = [lower(part, facts) for part in parts]
            return Pair(_and(pair.met for pair in pairs), _or(pair.unmet for pair in pairs))
        case Any(parts):
            pairs = [lower(part, facts) for part in parts]
            return Pair(_or(pair.met for pair in pairs), _and(pair.unmet for pair in pairs))
        case Not(part):
            pair = lower(part, facts)
            return Pair(pair.unmet, pair.met)
        case Way(_, part):
            return lower(part, facts)
    return _lower_test(condition, facts)


def _lower_test(test: Test, facts: FactColumns) -> Pair:
    field, assumed = test.field, facts.assumed.get(test.field)
    without = False if isinstance(test, Known) else None
    unknown: Kleene = without if assumed is None else test.judge(assumed)
    if field not in facts.names:
        return constant(unknown)
    column = facts.names[field]
    blank, odd = name(f"{column}__blank"), name(f"{column}__odd")
    if isinstance(test, Known) and unknown is False:
        return Pair(f"NOT {blank} AND NOT {odd}", f"({blank} OR {odd})")
    if isinstance(test, Known):
        return Pair(f"NOT {odd}", odd)
    pair = facts.pair(test)
    # A blank cell takes what the assumed value gives; a cell that is not understood stays unknown.
    met = _or([pair.met, blank if unknown is True else FALSE])
    unmet = _or([pair.unmet, blank if unknown is False else FALSE])
    return Pair(met, unmet)


def _in_range(test: InRange, column: str, raw: str) -> Pair:
    low, high = name(f"{column}__low"), name(f"{column}__high")
    inside, apart = [], []
    for interval in test.ranges:
        inside.append(_and(_inside(interval, low, high)))
        apart.append(_or(_apart(interval, low, high)))
    return Pair(_or(inside), _and(apart))


def _inside(interval: Interval, low: str, high: str) -> Iterable[str]:
    if interval.low is not None:
        yield f"{low} >= {end(interval.low)}"
    if interval.high is not None:
        yield f"{high} <= {end(interval.high)}"


def _apart(interval: Interval, low: str, high: str) -> Iterable[str]:
    if interval.low is not None:
        yield f"{high} < {end(interval.low)}"
    if interval.high is not None:
        yield f"{low} > {end(interval.high)}"


def _is_one_of(test: IsOneOf, column: str, raw: str) -> Pair:
    value = name(f"{column}__value")
    others = " AND ".join(f"{value} <> {literal(option)}" for option in test.names)
    return Pair(f"({' OR '.join(f'{value} = {literal(option)}' for option in test.names)})", f"({others})")


def _text_is(test: TextIs, column: str, raw: str) -> Pair:
    equal = any_of(cells.squash(name(f"{column}__text")), test.texts)
    said = f"NOT {name(column + '__blank')}"
    return Pair(f"({said} AND {equal})", f"({said} AND NOT {equal})")


def _mentions(test: Mentions, column: str, raw: str) -> Pair:
    # Blank cells hold no word at all; an unknown value might.
    return Pair(f"({cells.mentions(raw, test.phrases)} AND NOT {name(column + '__blank')})", FALSE)


def _matches(test: Matches, column: str, raw: str) -> Pair:
    found = cells.matches(name(f"{column}__text"), test.pattern)
    said = f"NOT {name(column + '__blank')}"
    return Pair(f"({said} AND {found})", f"({said} AND NOT {found})")


_TESTS: Mapping[type[Test], Callable[..., Pair]] = {
    InRange: _in_range,
    IsOneOf: _is_one_of,
    TextIs: _text_is,
    Mentions: _mentions,
    Matches: _matches,
}


def _and(parts: Iterable[str]) -> str:
    kept = list(dict.fromkeys(part for part in parts if part != TRUE))
    if FALSE in kept:
        return FALSE
    return _joined(kept, " AND ", TRUE)


def _or(parts: Iterable[str]) -> str:
    kept = list(dict.fromkeys(part for part in parts if part != FALSE))
    if TRUE in kept:
        return TRUE
    return _joined(kept, " OR ", FALSE)


def _joined(parts: list[str], word: str, empty: str) -> str:
    if not parts:
        return empty
    return parts[0] if len(parts) == 1 else f"({word.join(parts)})"
