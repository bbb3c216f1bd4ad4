"""SQL that reads opened tables: raw text, one column a field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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


def in_table(number: int, condition: str) -> str:
    """Whether a record belongs to a table and a condition holds."""
    return f"({FILE} = {literal(number)} AND {condition})"


def repeats_headers(headers: Mapping[str, str]) -> str:
    """Whether a record is its line of headers once more. `headers` by the SQL names of their columns."""
    return " AND ".join(f"trim({name(sql)}) = {literal(header)}" for sql, header in headers.items())


def may_be_blank_or(sql: str, texts: Iterable[str]) -> str:
    """Whether a cell of a column could say nothing or one of some texts, with spaces around it.

    As ranges, which the least and greatest text of many rows answer for all of these at once.
    """
    spans = [f"{name(sql)} BETWEEN {literal(text)} AND {literal(text + '!')}" for text in dict.fromkeys(texts)]
    return " OR ".join([f"{name(sql)} IS NULL", f"{name(sql)} < '!'", *spans])


def select_cells(scans: Sequence[Scan], columns: Sequence[Mapping[str, int]], names: Mapping[str, str]) -> str:
    """One relation over several tables, in order: raw texts under their SQL names, and where each record stands as far
    as that is not the same for all (see `same_places`).

    `columns` gives each table's position of a key, `names` the SQL name of each key; a table without it gives NULL.
    """
    same = same_places(scans)
    parts = []
    for number, (scan, positions) in enumerate(zip(scans, columns, strict=True)):
        row, line = (f"{name(column(scan.width + at))}" if scan.placed else "NULL" for at in (0, 1))
        places = {FILE: literal(number), ROW: f"CAST({row} AS BIGINT)", LINE: f"CAST({line} AS BIGINT)"}
        cells = [f"{sql} AS {place}" for place, sql in places.items() if place not in same]
        cells += [
            f"{name(column(positions[key])) if key in positions else 'CAST(NULL AS VARCHAR)'} AS {name(sql)}"
            for key, sql in names.items()
        ]
        parts.append(f"SELECT {', '.join(cells or ['NULL AS at__nothing'])}\nFROM {read(scan)}")
    return "\nUNION ALL\n".join(parts)


def same_places(scans: Sequence[Scan]) -> Mapping[str, str]:
    """What is the same for all records of where they stand: columns and their definitions. To add them to a table in
    the end costs nothing, to carry them through the reading does."""
    found = {} if any(scan.placed for scan in scans) else {ROW: "BIGINT", LINE: "BIGINT"}
    return found if len(scans) > 1 else {FILE: "INTEGER DEFAULT 0", **found}
