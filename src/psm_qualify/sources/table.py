"""What a reader of a format hands on: where the raw text cells are, their headers, and what was refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from psm_qualify.progress import Listener, unheard

# Bytes. With a larger bound on records an engine's buffers become so large that one thread reads a whole file.
BUFFERED = 2_000_000


@dataclass(frozen=True, slots=True)
class Scan:
    """How an engine reads the cells: delimited UTF-8 text, every column a text.

    `skip` lines stand above the line of headers. With `placed`, two columns follow the table's own: the row and the
    line of each record in the user's file. No record has more than `longest` bytes.
    """

    path: Path
    delimiter: str
    width: int
    skip: int = 0
    placed: bool = False
    longest: int = BUFFERED


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that can't be scored. `row` counts records without the header, `line` is where it begins."""

    file: str
    row: int
    line: int
    reason: str
    text: str


class Raw(NamedTuple):
    """A record as it stands in a file: where it begins, its cells, its text, and what is wrong with it ("": nothing).

    An empty `text` says that the file has no text of its own: the cells tell all.
    """

    line: int
    cells: list[str]
    text: str = ""
    fault: str = ""


class Record(NamedTuple):
    """A sound record: its number (the header not counted), the line on which it begins, its cells."""

    row: int
    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the user wants a list to be read. What is None is found out.

    `known` are the headers that mean something, as letters and digits only: they tell a header from what stands
    above it. `folder` takes the copies that have to be made. The `listener` hears how far that is.
    """

    folder: Path
    known: frozenset[str] = frozenset()
    encoding: str | None = None
    sheet: str | None = None
    records: str | None = None
    listener: Listener = unheard

    def new_file(self) -> Path:
        """A path in the folder where nothing stands yet."""
        return self.folder / f"{len(list(self.folder.iterdir()))}.csv"


@dataclass(frozen=True, slots=True)
class Origin:
    """How a file was read: its format, the encoding of its text, the sheet or list in it, the line of its headers."""

    format: str
    encoding: str | None = None
    part: str | None = None
    header_line: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """One opened file.

    `expected` is how many records the file holds if it is regular (one to a line below the header); None says
    that it has been read record by record, or has to be. Columns from `beside` on belong to another table.
    """

    name: str
    scan: Scan
    headers: tuple[str, ...]
    origin: Origin = field(default_factory=lambda: Origin("csv"))
    rejected: tuple[Rejected, ...] = ()
    expected: int | None = None
    beside: int | None = None
    notes: tuple[str, ...] = ()


class Records:
    """Sound records one by one, from a file of any format; what is refused gathers in `rejected` meanwhile."""

    def __init__(self, found: Iterator[Record], rejected: list[Rejected]) -> None:
        self._found = found
        self.rejected = rejected

    def __iter__(self) -> Iterator[Record]:
        return self._found
