"""What a text that was not understood could mean. A hint is shown; it is never applied."""

from __future__ import annotations

import re

from psm_qualify.errors import nearest
from psm_qualify.facts.readers import NumericReader, OptionsReader
from psm_qualify.facts.text import clean
from psm_qualify.rules.pack import Field

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AS_DATE = re.compile(r"^(?:(\d{1,2})-([a-z]{3})|([a-z]{3})-(\d{1,2}))$")


def hint(field: Field, text: str) -> str | None:
    """One line on what the text could mean, or None."""
    cell = clean(text)
    if isinstance(field.reader, OptionsReader):
        return _option_hint(field.reader, cell)
    if isinstance(field.reader, NumericReader):
        return _number_hint(field, cell)
    return None


def _option_hint(reader: OptionsReader, cell: str) -> str | None:
    fits = reader.found(cell)
    if len(fits) > 1:
        return f"fits {' and '.join(fits)}: which is it?"
    near = nearest(cell, reader.written)
    return f"looks like {near!r} ({reader.written[near]})" if near is not None else None


def _number_hint(field: Field, cell: str) -> str | None:
    date = _AS_DATE.match(cell)
    if date is not None:
        month, day = date.group(2) or date.group(3), date.group(1) or date.group(4)
        if month in _MONTHS:
            low, high = sorted((int(day), _MONTHS.index(month) + 1))
            return f"a spreadsheet may have made a date of the range {low}-{high}: format the column as text"
    numbers = re.findall(r"\d+(?:[.,]\d+)*", cell)
    if len(numbers) > 1:
        return "holds more than one number: write the one that is meant, or a range such as 2-3"
    if len(numbers) == 1 and field.reader.read(numbers[0]).value is not None:
        return f"write {numbers[0]} alone if that is what is meant"
    return None
