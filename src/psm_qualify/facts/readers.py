"""Readers: what a field needs to read a cell, compiled from its type and its own words, units and choices.

A reader is data with a `read` of its own, for one cell at a time (literals of rules, answers, the prospects that
are shown). `compile/cells.py` lowers the same data to SQL for whole lists; property tests hold the two together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TypeAlias

from psm_qualify.facts.interval import EXACT, SCALE, WIDTH, End, Interval, exact
from psm_qualify.facts.text import blank, clean, dashed, spaced, squash
from psm_qualify.facts.types import CURRENCIES, NUMBER_WORDS, Numeric

Value: TypeAlias = Interval | str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: a value, nothing (unknown), or something that is not understood."""

    value: Value | None = None
    understood: bool = True


UNKNOWN = Reading()
NOT_UNDERSTOOD = Reading(understood=False)

NUMBER = (
    r"[+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?"
    r"|" + "|".join(NUMBER_WORDS)
)
WORD_DIGITS: Mapping[str, str] = {word: str(number) for number, word in enumerate(NUMBER_WORDS)}
_CURRENCY = r"(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|" + "|".join(CURRENCIES) + ")"

ABOUT = ("about", "~")
AT_LEAST = (">=", "≥", "at least", "+", "or more")
MORE_THAN = (">", "more than", "over")
AT_MOST = ("<=", "≤", "at most", "up to", "or fewer", "or less")
LESS_THAN = ("<", "less than", "fewer than", "under")
_BEFORE = (*ABOUT, ">=", "≥", "at least", *MORE_THAN, "<=", "≤", "at most", "up to", *LESS_THAN)
_AFTER = ("+", "or more", "or fewer", "or less")

GROUPS = ("before", "low", "low_suffix", "high", "high_suffix", "after", "last_suffix")
"""What the groups of a numeric pattern catch, in order."""


def _either(words: tuple[str, ...] | list[str]) -> str:
    return "|".join(re.escape(word).replace("\\ ", " ") for word in sorted(words, key=len, reverse=True))


def numeric_pattern(kind: Numeric, units: tuple[str, ...]) -> str:
    """One pattern for every form of a numeric type, in the subset that Python, RE2 and Java share."""
    money = f"(?:{_CURRENCY} ?)?" if kind.currency else ""
    money_after = f"(?: ?{_CURRENCY})?" if kind.currency else ""
    suffixes = _either(list(kind.suffixes))
    end = f"{money}({NUMBER}) ?({suffixes})?{money_after}"
    last = f"(?: ?({suffixes}))?" if kind.trailing_suffix else "()"
    tail = f"(?: ?(?:{_either(units)}))?" if units else ""
    return f"^(?:({_either(_BEFORE)}) ?)?{end}(?: ?(?:-|to) ?{end})?(?: ?({_either(_AFTER)}))?{last}{tail}$"


@dataclass(frozen=True)
class NumericReader:
    """Reads an interval."""

    kind: Numeric
    pattern: str
    words: Mapping[str, Interval]
    unknown: frozenset[str]

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def read(self, text: str) -> Reading:
        """The reading of a raw cell."""
        cell = clean(text)
        if cell in self.words:
            return Reading(self.words[cell])
        if blank(cell) or cell in self.unknown:
            return UNKNOWN
        match = self._compiled.match(dashed(cell))
        interval = self._interval(*match.groups(default="")) if match else None
        return NOT_UNDERSTOOD if interval is None else Reading(interval)

    def _interval(
        self, before: str, low: str, low_suffix: str, high: str, high_suffix: str, after: str, last_suffix: str
    ) -> Interval | None:
        bound = after or ("" if before in ABOUT else before)
        if (after and before) or (bound and high) or (last_suffix and (low_suffix or not after)):
            return None
        if high:
            return self._range(low, low_suffix, high, high_suffix)
        suffix = low_suffix or last_suffix
        value = self._value(low, suffix, self._as_fraction((low,), suffix))
        return None if value is None else _bounded(value, bound)

    def _range(self, low: str, low_suffix: str, high: str, high_suffix: str) -> Interval | None:
        if not low_suffix and high_suffix and _at_most(self._number(low), self._number(high)):
            low_suffix = high_suffix  # shared where that keeps the order: `$1-5M`, not `500-1M`
        fraction = self._as_fraction((low, high), low_suffix or high_suffix)
        lower, upper = self._value(low, low_suffix, fraction), self._value(high, high_suffix, fraction)
        if lower is None or upper is None or lower > upper:
            return None
        return Interval(End(lower), End(upper))

    def _as_fraction(self, numbers: tuple[str, ...], suffix: str) -> bool:
        """Whether numbers without a sign are fractions: all of them lie from -2 to 2."""
        if self.kind.sign is None or suffix:
            return False
        values = [self._number(number) for number in numbers]
        return all(value is not None and abs(value) <= 2 for value in values)

    def _number(self, number: str) -> Decimal | None:
        return exact(_digits(number), self.kind.digits)

    def _value(self, number: str, suffix: str, fraction: bool) -> Decimal | None:
        scale = self.kind.suffixes[suffix] if suffix else self.kind.bare
        written = self._number(number)
        if written is None:
            return None
        value = EXACT.multiply(written.scaleb(scale.exponent, EXACT), 100 if fraction else scale.factor)
        return value if value.adjusted() < WIDTH - SCALE else None


def _digits(number: str) -> str:
    return WORD_DIGITS.get(number) or number.replace(",", "")


def _at_most(low: Decimal | None, high: Decimal | None) -> bool:
    return low is not None and high is not None and low <= high


def _bounded(value: Decimal, bound: str) -> Interval:
    if bound in AT_LEAST:
        return Interval(End(value), None)
    if bound in MORE_THAN:
        return Interval(End(value, +1), None)
    if bound in AT_MOST:
        return Interval(None, End(value))
    if bound in LESS_THAN:
        return Interval(None, End(value, -1))
    return Interval(End(value), End(value))


@dataclass(frozen=True)
class OptionsReader:
    """Reads one of a few names: as written, else by letters and digits, else by the one pattern that is found."""

    names: tuple[str, ...]
    written: Mapping[str, str]
    squashed: Mapping[str, str]
    patterns: tuple[tuple[str, str], ...]  # (name, pattern)
    unknown: frozenset[str]

    def read(self, text: str) -> Reading:
        """The reading of a raw cell."""
        cell = clean(text)
        if cell in self.written:
            return Reading(self.written[cell])
        if blank(cell) or cell in self.unknown:
            return UNKNOWN
        if (name := self.squashed.get(squash(cell))) is not None:
            return Reading(name)
        found = {name for name, pattern in self.patterns if search(pattern, cell)}
        return Reading(found.pop()) if len(found) == 1 else NOT_UNDERSTOOD

    def found(self, text: str) -> tuple[str, ...]:
        """The names whose patterns are found in the cell: with more than one it is not understood."""
        cell = clean(text)
        return tuple(name for name in self.names if any(n == name and search(p, cell) for n, p in self.patterns))


@dataclass(frozen=True)
class TextReader:
    """Leaves text as it stands."""

    unknown: frozenset[str]

    def read(self, text: str) -> Reading:
        """The reading of a raw cell."""
        cell = clean(text)
        return UNKNOWN if blank(cell) or cell in self.unknown else Reading(" ".join(text.split()))


Reader: TypeAlias = NumericReader | OptionsReader | TextReader


def search(pattern: str, cell: str) -> bool:
    """Whether a pattern of a rule is found in a cleaned cell."""
    return _searcher(pattern).search(cell) is not None


@lru_cache(maxsize=1024)
def _searcher(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


def mentions(cell: str, phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands in the cell as whole words."""
    words = spaced(cell)
    return any(f" {phrase} " in words for phrase in phrases)
