"""SQL that reads opened tables: raw text, one column a field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psm_qualify.compile.sql import literal, name
from psm_qualify.sources.table import Scan

FILE, ROW, LINE = "at__file", "at__row", "at__line"
"""Where a record stands: the number of its table, its row and line (NULL where the file is regular)."""
PLACES = {FILE: "INTEGER", ROW: "BIGINT", LINE: "BIGINT"}
"""The types of these columns."""
_RECORDS = 8  # of the longest kind, that a buffer holds: half of what DuckDB would take, each time as new memory


def read(scan: Scan) -> str:
    """The table function that reads a delimited file: every cell as it stands, an empty one as NULL."""
    width = scan.width + (2 if scan.placed else 0)
    columns = ", ".join(f"{literal(column(index))}: 'VARCHAR'" for index in range(width))
    return (
        f"read_csv({literal(str(scan.path))}, auto_detect = FALSE, header = TRUE, columns = {{{columns}}}, "
        f"delim = {literal(scan.delimiter)}, quote = '\"', escape = '\"', nullstr = '', strict_mode = TRUE, "
        f"null_padding = FALSE, max_line_size = {scan.longest}, buffer_size = {_RECORDS * scan.longest}, "
        f"hive_partitioning = FALSE, compression = 'none', skip = {scan.skip})"
    )


def column(index: int) -> str:
    """The name of a table's column by its position: what the header says never gets into SQL."""
    return f"c{index}"


def select_cells(scans: Sequence[Scan], columns: Sequence[Mapping[str, int]], names: Mapping[str, str]) -> str:
    """One relation over several tables, in order: raw texts under their SQL names, and where each record stands as far
    as that is not the same for all (see `same_places`).

    `columns` gives each table's position of a key, `names` the SQL name of each key; a table without it gives NULL.
    """
    same = same_places(scans)
    parts = []
    for number, (scan, positions) in enumerate(zip(scans, columns, strict=True)):
        row, line = (f"{name(column(scan.width + at))}" if scan.placed else "NULL" for at in (0, 1))
        places = {FILE: literal(number), ROW: row, LINE: line}
        cells = [f"CAST({sql} AS {PLACES[place]}) AS {place}" for place, sql in places.items() if place not in same]
        cells += [
            f"{name(column(positions[key])) if key in positions else 'CAST(NULL AS VARCHAR)'} AS {name(sql)}"
            for key, sql in names.items()
        ]
        parts.append(f"SELECT {', '.join(cells or ['NULL AS at__nothing'])}\nFROM {read(scan)}")
    return "\nUNION ALL\n".join(parts)


def same_places(scans: Sequence[Scan]) -> Mapping[str, str]:
    """What is the same for all records of where they stand, as constants: to carry it along costs time."""
    found = {} if any(scan.placed for scan in scans) else {ROW: "NULL", LINE: "NULL"}
    found |= {FILE: "0"} if len(scans) == 1 else {}
    return {place: f"CAST({sql} AS {PLACES[place]})" for place, sql in found.items()}
