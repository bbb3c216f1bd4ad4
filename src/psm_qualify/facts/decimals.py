"""Decimal commas: how a column of numbers is written, and the same text with a decimal point.

`1.200,50` is one thousand two hundred and a half where a comma is the decimal sign. Text that could be either way
(`1.200`, `1,200`) is read so only in a column where other cells leave no doubt and none speaks against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SWAPPED = str.maketrans(".,", ",.")
_BEGIN = r"(?:^|[^0-9.,])"
_END = r"(?:$|[^0-9.,]|[.,](?:$|[^0-9]))"
_GROUPS = r"[0-9]{1,3}(?:[.][0-9]{3})"
CERTAIN = rf"{_BEGIN}(?:{_GROUPS}+,[0-9]+|{_GROUPS}{{2,}}){_END}"
"""A number that makes sense with a decimal comma alone: `1.200,50`, `1.200.000`."""
LIKELY = rf"{_BEGIN}[0-9]+,(?:[0-9]{{1,2}}|[0-9]{{4,}}){_END}"
"""One that is likely such, `3,5`: it may be a slip, so two different cells are needed."""
AGAINST = rf"{_BEGIN}(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:[.][0-9]+)?|[0-9]+[.](?:[0-9]{{1,2}}|[0-9]{{4,}})){_END}"
"""A number that speaks for a decimal point, or could: `1,200`, `1,200.50`, `3.5`."""
ENOUGH = 2


def writes_commas(cells: Iterable[str]) -> bool:
    """Whether the cells of a column write a decimal comma, without doubt."""
    marked = {cell for cell in cells if "," in cell or "." in cell}
    certain = any(re.search(CERTAIN, cell) for cell in marked)
    likely = sum(re.search(LIKELY, cell) is not None for cell in marked)
    return (certain or likely >= ENOUGH) and not any(re.search(AGAINST, cell) for cell in marked)


def decimal_point(text: str) -> str:
    """A text with decimal commas as one with decimal points; and the other way round."""
    return text.translate(_SWAPPED)
