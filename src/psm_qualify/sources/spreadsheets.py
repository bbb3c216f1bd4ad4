"""Workbooks: the table in a sheet, wherever in it that stands."""

from __future__ import annotations

from itertools import chain, islice

from psm_qualify.errors import InputError
from psm_qualify.sources import layout
from psm_qualify.sources.copies import write_copy
from psm_qualify.sources.encoding import Content
from psm_qualify.sources.table import Origin, Raw, Table, Wanted
from psm_qualify.sources.workbook import read_sheet


def open_spreadsheet(content: Content, shown: str, wanted: Wanted) -> Table:
    """The table in a workbook, copied. Raises InputError."""
    sheet = read_sheet(content.path, shown, wanted.sheet, wanted.listener)
    rows = (Raw(line, cells) for line, cells in sheet.rows if layout.has_content(cells))
    first = list(islice(rows, layout.LOOKED_AT))
    if not first:
        raise InputError(f"{shown}: the sheet {sheet.name!r} is empty; --sheet NAME reads another")
    found = layout.find(first, wanted.known, shown)
    records = layout.fates(chain(first, rows), found, wanted.known, shown, padded=True)
    scan = write_copy(records, found.headers, wanted)
    others = ", ".join(map(repr, sheet.others))
    read = [f"{shown}: the sheet {sheet.name!r} is read, not {others}; --sheet NAME reads another"] if others else []
    origin = Origin("xlsx", None, sheet.name, found.line)
    notes = (*read, *found.notes)
    return Table(shown, scan, found.headers, origin, tuple(records.rejected), beside=found.beside, notes=notes)
