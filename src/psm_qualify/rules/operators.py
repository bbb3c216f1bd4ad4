"""The operators of the rule language. A new operator is one entry in `OPERATORS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from psm_qualify.facts.interval import End, Interval
from psm_qualify.facts.readers import (
    NumericReader,
    OptionsReader,
    Reader,
    TextReader,
    Value,
)
from psm_qualify.facts.text import squash
from psm_qualify.rules.conditions import (
    Condition,
    InRange,
    IsOneOf,
    Known,
    Matches,
    Mentions,
    Not,
    TextIs,
)


@dataclass(frozen=True, slots=True)
class Operator:
    """What an operator may stand on, how its literals are read, and the condition that it makes.

    `reads`: "value" (by the field's own reader), "plain" (a single number), "phrase", "pattern" or "flag".
    """

    families: tuple[type[Reader], ...]
    reads: str
    build: Callable[[str, Reader, tuple[Value, ...]], Condition]


def _equals(field: str, reader: Reader, values: tuple[Value, ...]) -> Condition:
    if isinstance(reader, NumericReader):
        return InRange(field, tuple(value for value in values if isinstance(value, Interval)))
    if isinstance(reader, OptionsReader):
        return IsOneOf(field, tuple(map(str, values)))
    return TextIs(field, tuple(squash(str(value)) for value in values))


def _differs(field: str, reader: Reader, values: tuple[Value, ...]) -> Condition:
    return Not(_equals(field, reader, values))


def _range(low_shift: int | None, high_shift: int | None) -> Callable[[str, Reader, tuple[Value, ...]], Condition]:
    """From the first literal up, or up to the last one; None leaves that end open."""

    def build(field: str, reader: Reader, values: tuple[Value, ...]) -> Condition:
        first, last = values[0], values[-1]
        low = None if low_shift is None else End(_single(first), low_shift)
        high = None if high_shift is None else End(_single(last), high_shift)
        return InRange(field, (Interval(low, high),))

    return build


def _single(value: Value) -> Decimal:
    """The number of a literal that has been read as a single one."""
    if not isinstance(value, Interval) or value.low is None:
        raise TypeError(f"not a single number: {value}")
    return value.low.value


def _known(field: str, reader: Reader, values: tuple[Value, ...]) -> Condition:
    return Known(field) if values == ("yes",) else Not(Known(field))


_ALL = (NumericReader, OptionsReader, TextReader)
_NUMBERS = (NumericReader,)
_TEXT = (TextReader,)

OPERATORS: Mapping[str, Operator] = {
    "is": Operator(_ALL, "value", _equals),
    "is_not": Operator(_ALL, "value", _differs),
    "one_of": Operator(_ALL, "value", _equals),
    "none_of": Operator(_ALL, "value", _differs),
    "between": Operator(_NUMBERS, "plain", _range(0, 0)),
    "at_least": Operator(_NUMBERS, "plain", _range(0, None)),
    "at_most": Operator(_NUMBERS, "plain", _range(None, 0)),
    "more_than": Operator(_NUMBERS, "plain", _range(+1, None)),
    "less_than": Operator(_NUMBERS, "plain", _range(None, -1)),
    "mentions": Operator(_TEXT, "phrase", lambda field, _, values: Mentions(field, tuple(map(str, values)))),
    "matches": Operator(_TEXT, "pattern", lambda field, _, values: Matches(field, str(values[0]))),
    "known": Operator(_ALL, "flag", _known),
}  # fmt: skip
