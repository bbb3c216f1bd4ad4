"""Regular copies: what no engine could read as it stands, as delimited text with the place of each record."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

from psm_qualify.sources.table import BUFFERED, Record, Scan, Wanted


def write_copy(records: Iterable[Record], headers: Sequence[str], wanted: Wanted) -> Scan:
    """Writes sound records to a file of their own; behind the cells stand the row and the line of each."""
    copy, longest = wanted.new_file(), 0
    with copy.open("w", encoding="utf-8", newline="", errors="replace") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow([*headers, "row", "line"])
        for row, line, cells in records:
            longest = max(longest, writer.writerow([*cells, row, line]))
    # A character takes at most four bytes.
    return Scan(copy, ",", len(headers), placed=True, longest=max(BUFFERED, 4 * longest))
