"""Columns -> fields: by exact normalised header, the field's earlier synonym first."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psm_qualify.errors import InputError, UsageError, did_you_mean, nearest
from psm_qualify.facts.text import printable, shortened, squash
from psm_qualify.rules.pack import Pack
from psm_qualify.sources.table import Table

_MOST_LOOKED_AT = 50  # headers, for one that was nearly right
_MOST_WANTED = 8  # fields whose headers are shown where none was found


@dataclass(frozen=True, slots=True)
class Mapped:
    """A table with the column (its position) that feeds each field, and what should be said about that."""

    table: Table
    columns: Mapping[str, int]
    notes: tuple[str, ...] = ()

    def header(self, field: str) -> str:
        """The header of the column that feeds a field."""
        return self.table.headers[self.columns[field]]

    @property
    def unused(self) -> tuple[str, ...]:
        """The headers that feed no field, in order."""
        used = set(self.columns.values())
        return tuple(header for index, header in enumerate(self.table.headers) if index not in used)


def size_of(tables: Sequence[Mapped]) -> int:
    """How many bytes an engine has to read."""
    return sum(mapped.table.scan.path.stat().st_size for mapped in tables)


def known_headers(pack: Pack, chosen: Mapping[str, str]) -> frozenset[str]:
    """The headers that mean something, as letters and digits: those of the pack, and those that were named."""
    headers = (header for field in pack.fields.values() for header in field.columns)
    return frozenset(filter(None, map(squash, (*headers, *chosen.values()))))


def map_tables(tables: Sequence[Table], pack: Pack, chosen: Mapping[str, str], needed: bool = True) -> list[Mapped]:
    """`map_columns` for several tables: a header that is chosen has to stand in one of them at least."""
    found = {
        table.name: {field: header for field, header in chosen.items() if _positions(table, header)} for table in tables
    }
    missing = {field: header for field, header in chosen.items() if not any(field in own for own in found.values())}
    return [map_columns(table, pack, {**found[table.name], **missing}, needed) for table in tables]


def map_columns(table: Table, pack: Pack, chosen: Mapping[str, str], needed: bool = True) -> Mapped:
    """Which column feeds which field. `chosen` (field -> header) goes before the pack's synonyms.

    Raises UsageError where `chosen` names what isn't there, InputError where a field is `needed` and none is fed.
    """
    positions: dict[str, int] = {}
    for index, header in enumerate(table.headers[: table.beside]):
        if squash(header):
            positions.setdefault(squash(header), index)
    columns = {field: _chosen_column(field, header, table, pack) for field, header in chosen.items()}
    taken = set(columns.values())
    notes: list[str] = []
    for field in pack.fields.values():
        if field.id in columns:
            continue
        found = [
            positions[squash(header)] for header in field.columns if positions.get(squash(header)) not in (None, *taken)
        ]
        found = list(dict.fromkeys(found))
        if found:
            columns[field.id] = found[0]
            taken.add(found[0])
            notes += [
                f"{table.name}: {field.id} is read from {table.headers[found[0]]!r}; "
                f"{table.headers[other]!r} would fit it too and is left alone"
                for other in found[1:]
            ]
    notes += _duplicates(table, positions, taken)
    if needed and not columns:
        raise InputError(_nothing_fits(table, pack))
    return Mapped(table, {field: columns[field] for field in pack.fields if field in columns}, tuple(notes))


def _chosen_column(field: str, header: str, table: Table, pack: Pack) -> int:
    if field not in pack.fields:
        raise UsageError(
            f"--map {field}={header}: the pack has no field {field!r}; " + did_you_mean(field, tuple(pack.fields))
        )
    for position in _positions(table, header):
        return position
    raise UsageError(
        f"--map {field}={header}: {table.name} has no column {header!r}; "
        + did_you_mean(header, [each for each in table.headers if each])
    )


def has_column(table: Table, header: str) -> bool:
    """Whether a column stands under a header that was named."""
    return bool(_positions(table, header))


def _positions(table: Table, header: str) -> list[int]:
    """The columns that stand under a header: written the same, else the same in letters and digits."""
    exact = [index for index, each in enumerate(table.headers) if each == header]
    wanted = squash(header)
    return exact + [index for index, each in enumerate(table.headers) if wanted and squash(each) == wanted]


def _duplicates(table: Table, positions: Mapping[str, int], taken: set[int]) -> list[str]:
    return [
        f"{table.name}: the header {header!r} stands more than once; its first column is read"
        for index, header in enumerate(table.headers[: table.beside])
        if squash(header)
        and positions[squash(header)] in taken
        and positions[squash(header)] != index
        and index not in taken
    ]


def _nothing_fits(table: Table, pack: Pack) -> str:
    """Why nothing can be scored, the headers that would have worked, and last what to do."""
    headers = ", ".join(repr(shortened(header, 40)) for header in table.headers[:8])
    more = ", …" if len(table.headers) > 8 else ""
    helpful = [field for field in pack.fields.values() if field.id in ("name", "id") or field.id in pack.used_fields]
    wanted = "\n".join(f"  {field.label}: {', '.join(field.columns[:4])}" for field in helpful[:_MOST_WANTED])
    return (
        f"{table.name}: no column feeds any field of the pack {pack.name}. {_where(table)}: "
        f"{headers}{more}\nHeaders that would have worked, among others:\n{wanted}\n{_mend(table.headers, pack)}"
    )


def _where(table: Table) -> str:
    line = table.origin.header_line
    first = "The first line was" if line == 1 else f"Line {line} was"
    return f"{first} taken for headers" if line else "The names in it are"


def _mend(headers: Sequence[str], pack: Pack) -> str:
    if any(header.isdecimal() for header in headers):
        return "A number stands in the first line, so the list seems to have no headers: add a line of them on top."
    known = {column: field.id for field in pack.fields.values() for column in field.columns}
    for header in headers[:_MOST_LOOKED_AT]:
        close = nearest(header, known)
        if close is not None and printable(header) == header:
            option = shlex.quote(f"{known[close]}={header}")
            return f"{header!r} looks like {known[close]}: say so with --map {option}"
    return "Name a column with --map FIELD=COLUMN, or put headers such as these on top."
