"""The field types: what each reads, as data. A new type is one entry in `FIELD_TYPES`.

Three families read cells: numeric types give an interval, option types give one of a few names, text stands as
it is. The grammar of the numeric types follows the table "Reading a cell" of the rule language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

DEFAULT_UNKNOWN = (
    "n/a", "#n/a", "na", "nan", "null", "nil", "none", "--none--", "unknown", "not known", "not available",
    "not specified", "not provided", "[not provided]", "(no value)", "(blank)", "tbd", "tba", "select",
)  # fmt: skip
"""What people and programs write where they know nothing."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What a suffix does to its number: shift the decimal point, then multiply."""

    exponent: int = 0
    factor: int = 1


@dataclass(frozen=True, slots=True)
class Numeric:
    """A type that reads an interval. Values are kept in base units: `per_unit` of them make one shown unit."""

    suffixes: Mapping[str, Scale]
    bare: Scale = Scale()
    currency: bool = False
    trailing_suffix: bool = False  # the suffix may stand behind `+` or `or more`
    sign: str | None = None  # required in a rule; without it small numbers are fractions
    per_unit: int = 1
    digits: int = 19  # before the decimal point; a larger number is not understood
    singular: str = ""
    plural: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """A type that reads one of a few names. `fixed` are names that every field of the type has."""

    fixed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    loose: bool = False  # compare letters and digits only


@dataclass(frozen=True, slots=True)
class FreeText:
    """A type that stands as it is."""


FieldType: TypeAlias = Numeric | Options | FreeText

_YEAR = 12 * 5 * 13 * 73  # 56,940: the least count that months, weeks and days divide evenly
_DURATIONS = {
    _YEAR: ("years", "yrs", "year", "yr", "y"),
    _YEAR // 12: ("months", "month", "mths", "mth", "mos", "mo"),
    _YEAR // 52: ("weeks", "week", "wks", "wk"),
    _YEAR // 365: ("days", "day", "d"),
}
_MONEY = {
    "thousand": 3, "k": 3, "million": 6, "mm": 6, "m": 6, "billion": 9, "bn": 9, "b": 9,
}  # fmt: skip

FIELD_TYPES: Mapping[str, FieldType] = {
    "number": Numeric(suffixes={"k": Scale(exponent=3)}),
    "money": Numeric(suffixes={word: Scale(exponent=power) for word, power in _MONEY.items()}, currency=True),
    "percent": Numeric(suffixes={"%": Scale(), "percent": Scale()}, sign="%", trailing_suffix=True,
                       singular="%", plural="%"),
    "duration": Numeric(
        suffixes={word: Scale(factor=ticks) for ticks, words in _DURATIONS.items() for word in words},
        bare=Scale(factor=_YEAR), trailing_suffix=True, per_unit=_YEAR, digits=14,
        singular=" year", plural=" years"),
    "yes_no": Options(fixed={"yes": ("yes", "y", "true", "1"), "no": ("no", "n", "false", "0")}),
    "choice": Options(loose=True),
    "text": FreeText(),
}  # fmt: skip

CURRENCIES = (
    "usd", "eur", "gbp", "cad", "aud", "nzd", "chf", "jpy", "inr", "sek", "nok", "dkk", "zar", "mxn", "brl",
    "sgd", "hkd", "cny", "pln", "czk",
)  # fmt: skip
"""Codes that may stand at a sum of money. Sums are compared as they are written, never converted."""

NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
