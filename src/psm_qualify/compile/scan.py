"""SQL that reads opened tables: raw text, one column a field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psm_qualify.compile.sql import literal, name
from psm_qualify.sources.table import Scan

FILE, ROW, LINE = "at__file", "at__row", "at__line"
"""Where a record stands: the number of its table, its row and line (NULL where the file is regular)."""


def read(scan: Scan) -> str:
    """The table function that reads a delimited file: every cell as it stands, an empty one as NULL."""
    width = scan.width + (2 if scan.placed else 0)
    columns = ", ".join(f"{literal(column(index))}: 'VARCHAR'" for index in range(width))
    return (
        f"read_csv({literal(str(scan.path))}, auto_detect = FALSE, header = TRUE, columns = {{{columns}}}, "
        f"delim = {literal(scan.delimiter)}, quote = '\"', escape = '\"', nullstr = '', strict_mode = TRUE, "
        f"null_padding = FALSE, max_line_size = {scan.longest}, hive_partitioning = FALSE, "
        f"compression = 'none', skip = {scan.skip})"
    )


def column(index: int) -> str:
    """The name of a table's column by its position: what the header says never gets into SQL."""
    return f"c{index}"


def repeats_headers(number: int, headers: Mapping[str, str]) -> str:
    """Whether a record of a table is its line of headers once more. `headers` by the SQL names of their columns."""
    same = [f"trim({name(sql)}) = {literal(header)}" for sql, header in headers.items()]
    return " AND ".join([f"{FILE} = {number}", *same])


def select_cells(scans: Sequence[Scan], columns: Sequence[Mapping[str, int]], names: Mapping[str, str]) -> str:
    """One relation over several tables, in order: where each record stands, and raw texts under their SQL names.

    `columns` gives each table's position of a key, `names` the SQL name of each key; a table without it gives NULL.
    """
    parts = []
    for number, (scan, positions) in enumerate(zip(scans, columns, strict=True)):
        placed = (f"CAST({name(column(scan.width))} AS BIGINT)", f"CAST({name(column(scan.width + 1))} AS BIGINT)")
        row, line = placed if scan.placed else ("CAST(NULL AS BIGINT)",) * 2
        cells = [f"{number} AS {FILE}", f"{row} AS {ROW}", f"{line} AS {LINE}"]
        cells += [
            f"{name(column(positions[key])) if key in positions else 'CAST(NULL AS VARCHAR)'} AS {name(sql)}"
            for key, sql in names.items()
        ]
        parts.append(f"SELECT {', '.join(cells)}\nFROM {read(scan)}")
    return "\nUNION ALL\n".join(parts)
