"""How the cells of a line of text are set apart: the delimiter, the quotes, how a quote in a cell is written."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

_USUAL = (",", "\t", ";", "|")
_UNUSUAL = ("^", "~", "\x1f", "\x1e", "¦", "§", ":", "#", "!")
_LOOKED_AT = 40  # records
_DIRECTIVE = re.compile(r"^\ufeff?\"?sep=(.)\"?\r?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """The signs of a delimited text. `backslash`: a quote within a cell is written \\" and not twice."""

    delimiter: str
    quote: str = '"'
    backslash: bool = False

    @property
    def plain(self) -> bool:
        """Whether every engine reads it as it stands."""
        return self.quote == '"' and not self.backslash


def dialect_of(head: str) -> Dialect:
    """The dialect in which the first records fall into columns most evenly."""
    directive = _DIRECTIVE.match(head.split("\n", 1)[0])
    quote = "'" if _single_quoted(head) else '"'
    delimiter = directive[1] if directive else _delimiter(head, quote)
    return Dialect(delimiter, quote, _backslashed(head, delimiter, quote))


def _delimiter(head: str, quote: str) -> str:
    evenness = {sign: _evenness(head, sign, quote) for sign in _USUAL}
    if max(evenness.values())[0] <= 0.5:  # none of the usual signs makes columns
        unusual = {sign: _evenness(head, sign, quote) for sign in _UNUSUAL}
        # An unusual sign in ordinary text is no delimiter: it has to split every record alike.
        evenness |= {sign: (share, width) for sign, (share, width) in unusual.items() if share == 1}
    return max(evenness, key=lambda sign: evenness[sign])


def _evenness(head: str, delimiter: str, quote: str) -> tuple[float, int]:
    """The share of the first records that have the most usual width (more than one cell), and that width."""
    sample = csv.reader(io.StringIO(head, newline=None), delimiter=delimiter, quotechar=quote)
    widths: Counter[int] = Counter()
    try:
        for cells in sample:
            if any(cell.strip() for cell in cells):
                widths[len(cells)] += 1
            if widths.total() == _LOOKED_AT:
                break
    except csv.Error:
        pass
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0, 0
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    return count / widths.total(), width


def _single_quoted(head: str) -> bool:
    """Whether the cells of the first lines stand between single quotes."""
    lines = [line for line in head.split("\n", 6)[:6] if line.strip()]
    return bool(lines) and all(re.match(r"^'(?:[^']|'')*'(?:[,;\t|]|\r?$)", line) for line in lines)


def _backslashed(head: str, delimiter: str, quote: str) -> bool:
    """Whether a backslash before a quote makes it part of a cell: else it would have to close the cell."""
    escaped = rf"\\{quote}(?!{quote}|{re.escape(delimiter)}|\r?\n|\r?$)"
    doubled = rf"[^{re.escape(delimiter)}\n]{quote}{quote}[^{re.escape(delimiter)}\n]"
    return re.search(escaped, head) is not None and re.search(doubled, head) is None
