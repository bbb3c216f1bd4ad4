"""Decimal commas: how a column of numbers is written, and the same text with a decimal point.

`1.200,50` is one thousand two hundred and a half where a comma is the decimal sign. Text that could be either way
(`1.200`, `1,200`) is read so only in a column that has cells which leave no doubt, and none that speak against it.
"""

from __future__ import annotations

import re

_SWAPPED = str.maketrans(".,", ",.")
NUMBER = r"(?:^|[^0-9.,])"
END = r"(?:$|[^0-9.,]|[.,](?:$|[^0-9]))"
_GROUPS = r"[0-9]{1,3}(?:[.][0-9]{3})"
COMMA_ONLY = rf"{NUMBER}(?:{_GROUPS}+,[0-9]+|[0-9]+,(?:[0-9]{{1,2}}|[0-9]{{4,}})|{_GROUPS}{{2,}}){END}"
"""A number that makes sense with a decimal comma alone: `1.200,50`, `3,5`, `1.200.000`."""
AGAINST = rf"{NUMBER}(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:[.][0-9]+)?|[0-9]+[.](?:[0-9]{{1,2}}|[0-9]{{4,}})){END}"
"""A number that speaks for a decimal point, or could: `1,200`, `1,200.50`, `3.5`."""


def has_comma_only(text: str) -> bool:
    """Whether a number stands in a cell that makes sense with a decimal comma alone."""
    return ("," in text or text.count(".") > 1) and re.search(COMMA_ONLY, text) is not None


def speaks_against_comma(text: str) -> bool:
    """Whether a number stands in a cell that is written with a decimal point, or could be."""
    return ("," in text or "." in text) and re.search(AGAINST, text) is not None


def decimal_point(text: str) -> str:
    """A text with decimal commas as one with decimal points; and the other way round."""
    return text.translate(_SWAPPED)
