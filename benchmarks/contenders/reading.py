"""Reads messy cells in plain Python: intervals of numbers, choices, yes or no. Each distinct text is read once.

Numbers are floats here, which is exact enough for the limits of these rules; an exclusive bound is a hair off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from math import inf
from typing import TypeAlias

import rules

Interval: TypeAlias = tuple[float, float]
ANY: Interval = (-inf, inf)
"""What is known of a number where nothing is."""
ODD, BLANK = "?", ""
"""An option that is not understood, and one of which nothing is known."""

Read: TypeAlias = Callable[[str], Interval]

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_NUMBER = (
    r"[+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?"
    r"|" + "|".join(rules.NUMBER_WORDS)
)
_WORDS = {word: float(number) for number, word in enumerate(rules.NUMBER_WORDS)}


def clean(text: str) -> str:
    """Trimmed, in lower case, with single spaces."""
    return " ".join(text.split()).lower()


def is_unknown(cell: str) -> bool:
    """Whether a cleaned cell says nothing."""
    return not cell or cell in rules.UNKNOWN or not any(map(str.isalnum, cell))


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


# -- numbers -------------------------------------------------------------------------------------------------------


def number_pattern(suffixes: Iterable[str], currency: str = "", units: Iterable[str] = (), last: bool = False) -> str:
    """The forms of a number: a plain one, a range, one with words of a bound before or after."""
    before = _either((*rules.ABOUT, *rules.AT_LEAST, *rules.MORE_THAN, *rules.AT_MOST, *rules.LESS_THAN))
    money = f"(?:{currency} ?)?" if currency else ""
    money_after = f"(?: ?{currency})?" if currency else ""
    end = f"{money}({_NUMBER}) ?({_either(suffixes)})?{money_after}"
    trailing = f"(?: ?({_either(suffixes)}))?" if last else "()"
    unit = f"(?: ?(?:{_either(units)}))?" if units else ""
    return f"(?:({before}) ?)?{end}(?: ?(?:-|to) ?{end})?(?: ?({_either(rules.AFTER)}))?{trailing}{unit}"


def numbers(
    scale: Mapping[str, Callable[[float], float]],
    *,
    currency: str = "",
    units: Iterable[str] = (),
    last: bool = False,
    words: Mapping[str, str] | None = None,
    fractions: bool = False,
) -> Read:
    """A reader of one kind of number. `scale` turns a number with a suffix into the unit that is compared."""
    match = re.compile(number_pattern(scale, currency, units, last)).fullmatch

    def value(number: str, suffix: str) -> float:
        written = _WORDS[number] if number in _WORDS else float(number.replace(",", ""))
        return scale[suffix](written) if suffix else written

    @cache
    def read(text: str) -> Interval:
        cell = clean(text)
        if words and cell in words:
            return read(words[cell])
        if is_unknown(cell) or (found := match(cell.translate(_DASHES))) is None:
            return ANY
        before, low, low_suffix, high, high_suffix, after, last_suffix = found.groups("")
        bound = after or ("" if before in rules.ABOUT else before)
        if (after and before) or (bound and high) or (last_suffix and (low_suffix or not after)):
            return ANY
        if not high:
            suffix = low_suffix or last_suffix
            one = value(low, suffix)
            return _bounded(one * 100 if fractions and not suffix and abs(one) <= 2 else one, bound)
        if not low_suffix and high_suffix and value(low, "") <= value(high, ""):
            low_suffix = high_suffix  # `$1-5M`
        ends = value(low, low_suffix), value(high, high_suffix)
        if fractions and not low_suffix and not high_suffix and all(abs(end) <= 2 for end in ends):
            ends = ends[0] * 100, ends[1] * 100
        return ends if ends[0] <= ends[1] else ANY

    return read


def _bounded(value: float, bound: str) -> Interval:
    hair = 1e-12 * max(abs(value), 1)
    if bound in rules.AT_LEAST:
        return value, inf
    if bound in rules.MORE_THAN:
        return value + hair, inf
    if bound in rules.AT_MOST:
        return -inf, value
    if bound in rules.LESS_THAN:
        return -inf, value - hair
    return value, value


def _times(factor: float) -> Callable[[float], float]:
    return lambda number: number * factor


def _over(divisor: int) -> Callable[[float], float]:
    return lambda number: number / divisor


# -- options -------------------------------------------------------------------------------------------------------


def choices(synonyms: Mapping[str, Iterable[str]], patterns: Mapping[str, str]) -> Callable[[str], str]:
    """A reader of a choice."""
    written = {clean(word): name for name, words in synonyms.items() for word in words}
    squashed = {_squash(word): name for word, name in written.items()}
    search = {name: re.compile(pattern, re.ASCII).search for name, pattern in patterns.items()}

    @cache
    def read(text: str) -> str:
        cell = clean(text)
        if cell in written:
            return written[cell]
        if is_unknown(cell):
            return BLANK
        if (name := squashed.get(_squash(cell))) is not None:
            return name
        found = [name for name, hit in search.items() if hit(cell)]
        return found[0] if len(found) == 1 else ODD

    return read


def yes_or_no(yes: Iterable[str], no: Iterable[str]) -> Callable[[str], str]:
    """A reader of a yes or no."""
    written = {**dict.fromkeys(yes, "yes"), **dict.fromkeys(no, "no")}

    @cache
    def read(text: str) -> str:
        cell = clean(text)
        return written.get(cell) or (BLANK if is_unknown(cell) else ODD)

    return read


def _squash(text: str) -> str:
    return "".join(filter(str.isalnum, text))


# -- the fields ----------------------------------------------------------------------------------------------------

sales_reps = numbers({word: _times(factor) for word, factor in rules.THOUSANDS.items()}, units=rules.SALES_UNITS)
goal_attainment = numbers(dict.fromkeys(rules.PERCENT, float), last=True, words=rules.ATTAINMENT_WORDS, fractions=True)
years_in_business = numbers(
    {word: _over(count) for count, words in rules.PER_YEAR.items() for word in words}, last=True
)
annual_revenue = numbers({word: _times(factor) for word, factor in rules.MONEY.items()}, currency=rules.CURRENCY)
sales_leader = choices(rules.LEADERS, rules.LEADER_PATTERNS)
offering = choices(rules.OFFERINGS, {})
goals_realistic = yes_or_no(rules.REALISTIC_YES, rules.REALISTIC_NO)
asks_for_advice = yes_or_no(rules.ADVICE_YES, rules.ADVICE_NO)
"""What each field's cell says."""


@cache
def industry(text: str) -> str:
    """The trade, cleaned; blank where it is unknown."""
    cell = clean(text)
    return BLANK if is_unknown(cell) else cell
