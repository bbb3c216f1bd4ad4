"""What a reader of a format hands on: where the raw text cells are, their headers, and what was refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# Bytes. With a larger bound on records an engine's buffers become so large that one thread reads a whole file.
BUFFERED = 2_000_000


@dataclass(frozen=True, slots=True)
class Scan:
    """How an engine reads the cells: delimited text with a header line, every column a text.

    With `placed`, two columns follow the table's own: the row and the line of each record in the user's file.
    No record has more than `longest` bytes.
    """

    path: Path
    delimiter: str
    width: int
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


@dataclass(frozen=True, slots=True)
class Table:
    """One opened file.

    `expected` is how many records the file holds if it is regular (one to a line below the header); None says
    that it has been read record by record, or has to be.
    """

    name: str
    scan: Scan
    headers: tuple[str, ...]
    rejected: tuple[Rejected, ...] = ()
    expected: int | None = None
    notes: tuple[str, ...] = ()
