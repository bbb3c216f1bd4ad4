"""What stands in the columns of a table, fed to a field or not: texts that are frequent, and how many say something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from psm_qualify.engines.base import IrregularError
from psm_qualify.facts.decimals import decimal_point
from psm_qualify.facts.readers import UNKNOWN, Reader
from psm_qualify.sources.delimited import records
from psm_qualify.sources.table import Table, Wanted

HEAD = 10_000
"""Records whose texts are looked at for frequent ones; those are then counted in the whole list."""
_MOST_FREQUENT = 200  # texts of a column that are looked at for samples


@dataclass(frozen=True, slots=True)
class ColumnReader:
    """How the cells of a column are read. `swapped`: they write a decimal comma."""

    reader: Reader
    swapped: bool = False

    def says_something(self, text: str) -> bool:
        """Whether a cell is neither blank nor a value that means unknown."""
        return self.reader.read(decimal_point(text) if self.swapped else text) is not UNKNOWN


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records there are, in how many each column says something, and how often each asked text stands."""

    records: int
    filled: tuple[int, ...]
    texts: tuple[tuple[int, ...], ...]


class Profiler(Protocol):
    """Looks at the columns of one table. Both raise IrregularError where it can't be read as it stands."""

    def frequent(self, readers: Sequence[ColumnReader]) -> list[list[str]]:
        """By column, the most frequent texts that say something, as far as the first records tell."""

    def count(self, readers: Sequence[ColumnReader], texts: Sequence[Sequence[str]]) -> Counted:
        """Counts over all records; `texts` asks for some of each column."""


class DirectProfiler:
    """A profiler that holds the list in memory."""

    def __init__(self, table: Table, wanted: Wanted) -> None:
        found = records(table, wanted)
        self._rows = [record.cells for record in found]
        if found.rejected:
            raise IrregularError([0])

    def frequent(self, readers: Sequence[ColumnReader]) -> list[list[str]]:
        """See `Profiler.frequent`."""
        return most_frequent(readers, islice(self._rows, HEAD))

    def count(self, readers: Sequence[ColumnReader], texts: Sequence[Sequence[str]]) -> Counted:
        """See `Profiler.count`."""
        counts = [Counter(row[index] for row in self._rows) for index in range(len(readers))]
        filled = (
            sum(count for text, count in own.items() if reader.says_something(text))
            for reader, own in zip(readers, counts, strict=True)
        )
        asked = (tuple(own[text] for text in some) for own, some in zip(counts, texts, strict=True))
        return Counted(len(self._rows), tuple(filled), tuple(asked))


def most_frequent(readers: Sequence[ColumnReader], rows: Iterable[Sequence[str | None]]) -> list[list[str]]:
    """By column, the most frequent texts that say something; those as frequent in the order of their first rows."""
    columns = list(zip(*rows, strict=True)) or [()] * len(readers)
    return [
        list(islice(_telling(reader, column), _MOST_FREQUENT)) for reader, column in zip(readers, columns, strict=True)
    ]


def _telling(reader: ColumnReader, column: Iterable[str | None]) -> Iterator[str]:
    return (text for text, _ in Counter(filter(None, column)).most_common() if reader.says_something(text))
