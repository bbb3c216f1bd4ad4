"""Delimited text (CSV, TSV): the quick way for regular files, the careful way for all others.

A regular file has one record a line, each as wide as the header, in UTF-8. The engine reads it as it stands;
`open_delimited` only counts its lines. Where that count and the engine's don't agree, or the engine refuses the file,
`read_carefully` goes through it record by record, puts aside what is damaged, and writes a regular copy.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

from psm_qualify.errors import InputError
from psm_qualify.progress import counted, of_file
from psm_qualify.sources import layout
from psm_qualify.sources.copies import write_copy
from psm_qualify.sources.dialects import Dialect, dialect_of
from psm_qualify.sources.encoding import HEAD, Content, chunks_of, convert, detect, is_utf8, text_of
from psm_qualify.sources.raw_records import raw_records
from psm_qualify.sources.table import Origin, Raw, Record, Records, Scan, Table, Wanted
from psm_qualify.stopping import load

_LONGEST_CELL = 1 << 28
_LONG = 1 << 20  # bytes of a file that is worth another library


def open_delimited(content: Content, shown: str, wanted: Wanted) -> Table:
    """The table in a file of text, its cells not read yet. Raises InputError where no table can be there."""
    csv.field_size_limit(_LONGEST_CELL)
    text = text_of(content, shown, wanted)
    with text.path.open("rb") as file:
        head = file.read(HEAD).decode("utf-8-sig", errors="replace")
    dialect = dialect_of(head)
    found = layout.find(_first(head, dialect, shown), wanted.known, shown)
    lines, unusual = _count_lines(text.path, shown, wanted)
    regular = not unusual and dialect.plain and _stands_alone(head, found)
    scan = Scan(text.path, dialect.delimiter, len(found.headers), skip=found.line - 1)
    return Table(
        shown,
        scan,
        found.headers,
        Origin("csv", text.encoding, None, found.line),
        expected=max(lines - found.line, 0) if regular else None,
        beside=found.beside,
        notes=(*text.notes, *found.notes),
    )


def read_carefully(table: Table, wanted: Wanted) -> Table:
    """The same table record by record: a regular copy, with what had to be rejected and why."""
    table = _settled(table, wanted)
    found = records(table, wanted)
    scan = write_copy(found, table.headers, wanted)
    return replace(table, scan=scan, rejected=tuple(found.rejected), expected=None)


def records(table: Table, wanted: Wanted) -> Records:
    """The sound records of a table, one by one: of a copy, which says where they stood, or of the user's file."""
    if table.scan.placed:
        return Records(_placed(table, wanted), [])
    place = layout.Layout(table.headers, table.origin.header_line, table.origin.header_line)
    return layout.fates(_raw(table, wanted), place, wanted.known, table.name)


def _raw(table: Table, wanted: Wanted) -> Iterator[Raw]:
    path = table.scan.path
    with path.open("rb") as file, io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="") as lines:
        dialect = dialect_of(file.read(HEAD).decode("utf-8-sig", errors="replace"))
        file.seek(0)
        found = raw_records(lines, dialect, table.scan.width)
        yield from counted(found, wanted.listener, of_file(path, "Reading", table.name), file.tell)


def _placed(table: Table, wanted: Wanted) -> Iterator[Record]:
    csv.field_size_limit(_LONGEST_CELL)
    path = table.scan.path
    with path.open("rb") as file, io.TextIOWrapper(file, "utf-8", newline="") as lines:
        copied = csv.reader(lines)
        next(copied)
        stage = of_file(path, "Reading", table.name)
        for *cells, row, line in counted(copied, wanted.listener, stage, file.tell):
            yield Record(int(row), int(line), cells)


def _settled(table: Table, wanted: Wanted) -> Table:
    """The table in UTF-8, where bytes behind the beginning of the file turn out to be something else."""
    chunks = partial(chunks_of, table.scan.path, table.name, wanted)
    if table.origin.encoding != "UTF-8" or is_utf8(chunks()):
        return table
    odd = next(chunk for chunk in chunks() if not is_utf8(iter((chunk,)), whole=False))
    text = convert(table.scan.path, detect(odd), table.name, wanted)
    return replace(
        table,
        scan=replace(table.scan, path=text.path),
        origin=replace(table.origin, encoding=text.encoding),
        notes=(*text.notes, *table.notes),
    )


# -- looking before reading --------------------------------------------------------------------------------------


def _first(head: str, dialect: Dialect, shown: str) -> list[Raw]:
    """The first records with content."""
    found = raw_records(io.StringIO(head, newline=""), dialect, None)
    first = list(islice((raw for raw in found if raw.fault or layout.has_content(raw.cells)), layout.LOOKED_AT))
    if first and first[0].fault:
        raise InputError(f"{shown}: the line of headers can't be read: {first[0].fault}")
    sound = [raw for raw in first if not raw.fault]
    if not sound:
        raise InputError(f"{shown}: the file holds nothing but blank cells")
    return sound


def _stands_alone(head: str, found: layout.Layout) -> bool:
    """Whether the header is the one line that an engine would take for it."""
    lines = head.split("\n", found.line)
    header = next(csv.reader(lines[found.line - 1 : found.line]), []) if len(lines) >= found.line else []
    return found.first_line == found.line and len(header) > 0 and lines[found.line - 1].count('"') % 2 == 0


def _count_lines(path: Path, shown: str, wanted: Wanted) -> tuple[int, bool]:
    """How many lines the file has, and whether it holds NUL bytes or a lone carriage return."""
    count, last, unusual = 0, b"", False
    line_breaks = _counter(path)
    for chunk in chunks_of(path, shown, wanted):
        count += line_breaks(chunk)
        # Looking for a byte is ten times as quick as counting it.
        if last.endswith(b"\r") or b"\r" in chunk:
            returns = chunk.count(b"\r") - chunk.count(b"\r\n")
            # A pair may be cut in two where one chunk ends and the next begins.
            returns += last.endswith(b"\r") * (not chunk.startswith(b"\n")) - chunk.endswith(b"\r")
            unusual = unusual or returns > 0
        unusual = unusual or b"\0" in chunk
        last = chunk
    return count + (not last.endswith(b"\n")), unusual or last.endswith(b"\r")


def _counter(path: Path) -> Callable[[bytes], int]:
    """Counts line breaks."""
    if path.stat().st_size < _LONG:
        return lambda chunk: chunk.count(b"\n")
    load("numpy")
    import numpy as np  # counts what is frequent several times as fast; long lists are scored with it anyway

    return lambda chunk: int(np.count_nonzero(np.frombuffer(chunk, np.uint8) == ord("\n")))
