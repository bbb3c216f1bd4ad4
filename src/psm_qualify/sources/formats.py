"""The formats of lists. A new one is one entry here: how its bytes begin, and what opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from psm_qualify.sources.delimited import open_delimited
from psm_qualify.sources.encoding import Content, content
from psm_qualify.sources.json_lists import begins_json, open_json
from psm_qualify.sources.parquet import open_parquet
from psm_qualify.sources.spreadsheets import open_spreadsheet
from psm_qualify.sources.table import Table, Wanted

Opener: TypeAlias = Callable[[Content, str, Wanted], Table]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: whether a file that begins with some bytes is one, and what opens it."""

    fits: Callable[[bytes], bool]
    open: Opener


_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

FORMATS = (
    Format(lambda head: head.startswith((_ZIP, _OLE)), open_spreadsheet),
    Format(lambda head: head.startswith(b"PAR1"), open_parquet),
    Format(begins_json, open_json),
    Format(lambda head: True, open_delimited),
)
"""In the order in which they are tried. What a file is called does not matter: many a .xls is a table of text."""


def open_table(path: Path, shown: str, wanted: Wanted) -> Table:
    """The table in a file of any format. Raises InputError where none can be there."""
    found = content(path, shown, wanted)
    return next(each for each in FORMATS if each.fits(found.head)).open(found, shown, wanted)
