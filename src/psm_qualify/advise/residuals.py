"""What is left of a condition once some facts are settled: the tests that can still change its outcome.

A residual is met (True), not met (False), unknown for good (None), or an open formula over the facts that are left.
`Not` is pushed down to the tests, which Kleene logic allows, and parts that can't change anything any more are gone:
so two ways to the same place are equal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from psm_qualify.facts.readers import Value
from psm_qualify.rules.conditions import All, Any, Condition, Kleene, Not, Test, Values, Way, judge


@dataclass(frozen=True, slots=True)
class Leaf:
    """A test that is still open. `wanted` is the outcome that makes it met."""

    test: Test
    wanted: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Open parts of which any, or all, must be met. `doubt`: among the settled parts is an unknown one."""

    any: bool
    parts: frozenset[Leaf | Group]
    doubt: bool


Residual: TypeAlias = Kleene | Leaf | Group


def residual(condition: Condition, values: Values, left: Mapping[str, Collection[Value]]) -> Residual:
    """What is left of a condition where only the fields in `left` may still get a value, one of those that are named.

    A test that comes out the same with each of them, and without, is settled.
    """
    return _residual(condition, values, left, wanted=True)


def _residual(condition: Condition, values: Values, left: Mapping[str, Collection[Value]], wanted: bool) -> Residual:
    match condition:
        case All(parts) | Any(parts):
            # Not (a and b) is (not a) or (not b).
            return _join(isinstance(condition, Any) is wanted, (_residual(one, values, left, wanted) for one in parts))
        case Not(part):
            return _residual(part, values, left, not wanted)
        case Way(_, part):
            return _residual(part, values, left, wanted)
    outcome = judge(condition, values)
    if any(condition.judge(value) is not outcome for value in left.get(condition.field, ())):
        return Leaf(condition, wanted)
    return _outcome(outcome, wanted)


def settle(found: Residual, field: str, value: Value | None) -> Residual:
    """The residual once it is settled what a field is: a value, or (None) that it stays unknown."""
    if isinstance(found, Leaf):
        if found.test.field != field:
            return found
        return _outcome(judge(found.test, {} if value is None else {field: value}), found.wanted)
    if isinstance(found, Group) and field in set(fields_of(found)):
        return _join(found.any, (settle(part, field, value) for part in found.parts), found.doubt)
    return found


def fields_of(found: Residual) -> Iterator[str]:
    """The fields that can still change the outcome, maybe more than once."""
    if isinstance(found, Leaf):
        yield found.test.field
    elif isinstance(found, Group):
        for part in found.parts:
            yield from fields_of(part)


def _outcome(outcome: Kleene, wanted: bool) -> Kleene:
    return None if outcome is None else outcome is wanted


def _join(any_: bool, parts: Iterable[Residual], doubt: bool = False) -> Residual:
    """Parts of which any, or all, must be met."""
    left: set[Leaf | Group] = set()
    for part in parts:
        if part is any_:
            return any_  # one met part is enough for any, one that is not met for all
        if part is None:
            doubt = True
        elif isinstance(part, Group) and part.any is any_:
            left |= part.parts
            doubt = doubt or part.doubt
        elif not isinstance(part, bool):
            left.add(part)
    if not left:
        return None if doubt else not any_
    if len(left) == 1 and not doubt:
        return next(iter(left))
    return Group(any_, frozenset(left), doubt)
