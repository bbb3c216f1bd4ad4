"""SQL that looks at the columns of one table: its first records, and counts over all of them."""

from __future__ import annotations

from collections.abc import Sequence

from psm_qualify.compile import cells, scan
from psm_qualify.compile.sql import literal, name
from psm_qualify.facts.readers import Reader
from psm_qualify.sources.table import Scan


def first_records(table: Scan, most: int) -> str:
    """The texts of the first records."""
    return f"SELECT {', '.join(_columns(table))}\nFROM {scan.read(table)}\nLIMIT {literal(most)}"


def counts(table: Scan, readers: Sequence[tuple[Reader, bool]], texts: Sequence[Sequence[str]]) -> str:
    """One row: how many records there are; for each column how many say something, and how often some texts stand.

    Each column has its reader, and whether its cells write a decimal comma.
    """
    found = ["count(*)"]
    for column, (reader, swapped), asked in zip(_columns(table), readers, texts, strict=True):
        raw = f"translate({column}, '.,', ',.')" if swapped else column
        found.append(f"count(*) FILTER (WHERE NOT {cells.says_nothing(raw, reader)})")
        found += [f"count(*) FILTER (WHERE {column} = {literal(text)})" for text in asked]
    return f"SELECT {', '.join(found)}\nFROM {scan.read(table)}"


def _columns(table: Scan) -> list[str]:
    return [name(scan.column(index)) for index in range(table.width)]
