"""Delimited text -> raw records. A quote that opens and never closes costs its own line, not the rest of the file."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from psm_qualify.sources.dialects import Dialect
from psm_qualify.sources.table import Raw

_LONGEST_RECORD = 10_000  # lines; a quote that stays open longer is a stray one


def raw_records(lines: Iterable[str], dialect: Dialect, width: int | None) -> Iterator[Raw]:
    """Every record of a text, blank ones too. `width`: how many cells a record should have, where that is known."""
    return iter(_Reader(iter(lines), dialect, width))


class _Reader:
    def __init__(self, lines: Iterator[str], dialect: Dialect, width: int | None) -> None:
        self._lines = lines
        self._width = width
        self._format: dict[str, Any] = {
            "delimiter": dialect.delimiter,
            "quotechar": dialect.quote,
            "doublequote": not dialect.backslash,
            "escapechar": "\\" if dialect.backslash else None,
            "strict": True,
        }
        around, quote = re.escape(dialect.delimiter), dialect.quote
        self._quote = quote
        self._loose_quote = re.compile(rf"(^|{around}) +{quote}|{quote}() +(?={around}|\r?\n?$)")
        self._again: deque[str] = deque()  # lines read in vain, to be read once more
        self._taken: list[str] = []
        self._number = 0

    def __iter__(self) -> Iterator[Raw]:
        while True:
            first = self._number + 1
            self._taken = []
            try:
                cells, fault = self._parse(self._feed()), ""
            except csv.Error as error:
                cells, fault = [], self._fault(error)
            if cells is None and not self._taken:
                return
            cells = cells or []
            if len(self._taken) > 1 and (fault or (self._width is not None and len(cells) != self._width)):
                self._give_back()
                cells, fault = [], "a quote opens here and does not close where the record should end"
            yield Raw(first, cells, "".join(self._taken).rstrip("\r\n"), fault)

    def _parse(self, lines: Iterator[str]) -> list[str] | None:
        """The next record. Blanks between a quote and a delimiter are passed over, as other readers do."""
        try:
            cells = next(csv.reader(lines, **self._format), None)
            if not any(cell.startswith(" ") and cell.lstrip(" ").startswith(self._quote) for cell in cells or ()):
                return cells
        except csv.Error:
            if not any(self._loose_quote.search(line) for line in self._taken):
                raise
        tight = [self._loose_quote.sub(lambda found: f"{found[1] or ''}{self._quote}", line) for line in self._taken]
        return next(csv.reader(tight, **self._format), None)

    def _feed(self) -> Iterator[str]:
        while len(self._taken) < _LONGEST_RECORD:
            line = self._again.popleft() if self._again else next(self._lines, None)
            if line is None:
                return
            self._number += 1
            self._taken.append(line)
            yield line

    def _give_back(self) -> None:
        rest = self._taken[1:]
        self._again.extendleft(reversed(rest))
        self._number -= len(rest)
        del self._taken[1:]

    def _fault(self, error: csv.Error) -> str:
        if "expected after" in str(error):
            return "text follows a closing quote; a quote inside a quoted cell is written twice"
        if "unexpected end" in str(error):
            return "a quote opens here and never closes"
        return f"can't be read: {error}"
