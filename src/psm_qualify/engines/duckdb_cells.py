"""The raw texts of a list, read by DuckDB: held in memory as columns where they fit, else in a table that can spill."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from psm_qualify.compile import scan
from psm_qualify.compile.query import POSITION
from psm_qualify.compile.sql import name
from psm_qualify.engines.base import At
from psm_qualify.engines.codes import NO_TEXTS, Codes, Coding, Numbers, narrow
from psm_qualify.engines.threads import each, in_threads
from psm_qualify.sources.mapping import Mapped, size_of

if TYPE_CHECKING:
    from psm_qualify.engines.duckdb_session import Database

_AT_ONCE = 100_000  # texts or records that are gone through
_TOGETHER = 50_000  # records that are picked at once
_TIMES = 3  # so many times the size of the lists has to be free, for their texts to be held in memory


@dataclass(frozen=True)
class Places:
    """Where records stand. `rows` and `lines` have 0 where they follow from the position, and are None where all do."""

    tables: Sequence[Mapped]
    starts: Numbers  # the position of each table's first record
    rows: Numbers | None
    lines: Numbers | None

    def of(self, positions: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """The tables, rows and lines of the records at some positions."""
        tables = np.searchsorted(self.starts, positions, side="right") - 1
        rows = positions - self.starts[tables] + 1
        lines = rows + np.array([mapped.table.origin.header_line for mapped in self.tables])[tables]
        if self.rows is not None and self.lines is not None:
            rows = np.where(self.rows[positions], self.rows[positions], rows)
            lines = np.where(self.lines[positions], self.lines[positions], lines)
        return tables, rows, lines

    def at(self, positions: Collection[int]) -> dict[int, At]:
        """The same, one by one."""
        wanted = np.fromiter(positions, np.int64, len(positions))
        found = zip(*(each.tolist() for each in self.of(wanted)), strict=True)
        return {position: At(*place) for position, place in zip(wanted.tolist(), found, strict=True)}


class Cells:
    """All records of some tables: the relation `relation` of the main connection, a row a record, with its position.

    `columns` gives each table's position of a key, `names` the SQL name of each key; `coded` those that are wanted as
    codes as well. Where they don't fit into memory, or `in_table` says so, they are in the table `stored(relation)`.
    Raises what DuckDB raises where a table is not as it promised.
    """

    def __init__(
        self,
        db: Database,
        relation: str,
        tables: Sequence[Mapped],
        columns: Sequence[Mapping[str, int]],
        names: Mapping[str, str],
        coded: Collection[str] = (),
        in_table: bool = False,
    ) -> None:
        self.tables = tables
        scans = [mapped.table.scan for mapped in tables]
        same = scan.same_places(scans)
        self.in_memory = not in_table and size_of(tables) * _TIMES < db.memory
        places = [place for place in scan.PLACES if place not in same]
        kept = [*places, *(column for column in names.values() if column not in coded)]
        self._store: _Store = _Held(db, relation, kept) if self.in_memory else _Stored(db, relation)
        codes = {column: Coding() for column in coded}
        given: dict[str, list[Numbers]] = {place: [np.empty(0, np.int64)] for place in places}
        query = self._store.begin(scan.select_cells(scans, columns, names), [*given, *codes])
        self.size = self._go_through(db.parts(query), codes, given)
        db.breathe()
        self.coded = {column: codes.pop(column).done() for column in coded}
        found = {place: np.concatenate(numbers, dtype=np.int64) for place, numbers in given.items()}
        file = found.get(scan.FILE)
        self.counts = (self.size,) if file is None else tuple(np.bincount(file, minlength=len(tables)).tolist())
        starts = np.cumsum([0, *self.counts[:-1]])
        self.places = Places(tables, starts, found.get(scan.ROW), found.get(scan.LINE))
        source = self._store.end(self.coded, self.size)
        constants = [f"{sql} AS {place}" for place, sql in same.items()]
        db.execute(f"CREATE OR REPLACE TEMP VIEW {relation} AS SELECT {', '.join(['*', *constants])} FROM ({source})")

    def _go_through(
        self, parts: Iterable[pa.Table], codes: Mapping[str, Coding], given: Mapping[str, list[Numbers]]
    ) -> int:
        """Codes columns, notes where records stand, and keeps the rest; returns how many records there are."""
        size = 0
        for part in parts:
            size += len(part)
            columns = [(own, part.column(column)) for column, own in codes.items()]
            each(lambda column: column[0].add(column[1]), columns)
            for place, numbers in given.items():
                numbers.append(part.column(place).fill_null(0).to_numpy())
            self._store.add(part)
        return size

    def records_of(self, table: int) -> slice:
        """The positions of a table's records."""
        first = int(self.places.starts[table])
        return slice(first, first + self.counts[table])

    def pick(self, positions: Numbers, columns: Sequence[str]) -> Iterator[pa.Table]:
        """The positions and some columns of the records at some positions, part by part, in the order asked for."""
        return self._store.pick(positions, columns)

    def has_record(self, table: int, record: Mapping[str, str]) -> bool:
        """Whether some record of a table says just that in these columns, spaces around it left out."""
        here = self.records_of(table)
        coded = {column: _says(codes.texts, record[column]) for column, codes in self.coded.items() if column in record}
        # First the columns of which only the distinct texts have to be looked at.
        if not all(some.any() for some in coded.values()):
            return False
        found = [np.empty(0, np.int64)]
        for first in range(here.start, here.stop, _AT_ONCE):
            left = np.arange(first, min(first + _AT_ONCE, here.stop))
            for column, some in coded.items():
                left = left[some[self.coded[column].of[left]]]
            found.append(left)
        positions = np.concatenate(found)
        for column in record.keys() - coded.keys():
            parts = [part.column(column).cast(pa.large_string()) for part in self.pick(positions, [column])]
            positions = positions[np.concatenate([np.empty(0, bool), *(_says(part, record[column]) for part in parts)])]
        return len(positions) > 0

    def rows(self, positions: Numbers, columns: Mapping[str, str]) -> Iterator[tuple[int, dict[str, str | None]]]:
        """Some columns (keys and SQL names) of the records at some positions, one by one in the order asked for."""
        for part in self.pick(positions, list(columns.values())):
            for position, *texts in zip(*(column.to_pylist() for column in part.columns), strict=True):
                yield position, dict(zip(columns, texts, strict=True))

    def texts(self, column: str) -> Iterator[pa.Array]:
        """All texts of a column, some at once in the order of the records."""
        for part in self._store.column(column):
            for chunk in part.chunks:
                for at in range(0, len(chunk), _AT_ONCE):
                    yield chunk.slice(at, _AT_ONCE).cast(pa.large_string())


class _Store(Protocol):
    """Keeps texts as they are read."""

    def begin(self, cells: str, wanted: Sequence[str]) -> str:
        """The query by which the cells that another one gives are gone through: at least the columns `wanted`."""

    def add(self, part: pa.Table) -> None:
        """Takes the next records."""

    def end(self, coded: Mapping[str, Codes], size: int) -> str:
        """A relation (SQL) of all records, each with its position."""

    def pick(self, positions: Numbers, columns: Sequence[str]) -> Iterator[pa.Table]:
        """See `Cells.pick`."""

    def column(self, column: str) -> Iterator[pa.ChunkedArray]:
        """See `Cells.texts`."""


class _Held:
    """Texts in memory, as codes where they were coded."""

    def __init__(self, db: Database, relation: str, kept: Sequence[str]) -> None:
        self._db, self._relation, self._kept = db, f"{relation}_held", kept
        self._parts: list[pa.Table] = []

    def begin(self, cells: str, wanted: Sequence[str]) -> str:
        return cells

    def add(self, part: pa.Table) -> None:
        # Copied: a column of a part as it comes keeps the memory of all others.
        self._parts.append(pa.table({column: part.column(column).combine_chunks() for column in self._kept}))

    def end(self, coded: Mapping[str, Codes], size: int) -> str:
        texts = {column: codes.column for column, codes in coded.items()}
        kept = pa.concat_tables(self._parts) if self._parts else pa.table(dict.fromkeys(self._kept, NO_TEXTS))
        self._parts.clear()
        texts |= {column: kept.column(column) for column in self._kept}
        self._table = pa.table({POSITION: np.arange(size, dtype=narrow(size)), **texts})
        self._db.hold(self._relation, self._table)
        return f"SELECT * FROM {self._relation}"

    def pick(self, positions: Numbers, columns: Sequence[str]) -> Iterator[pa.Table]:
        def picked(some: Numbers) -> pa.Table:
            return pa.table(
                {POSITION: some, **{column: _taken(self._table.column(column), some) for column in columns}}
            )

        return in_threads(picked, (positions[at : at + _TOGETHER] for at in range(0, len(positions), _TOGETHER)))

    def column(self, column: str) -> Iterator[pa.ChunkedArray]:
        yield self._table.column(column)


class _Stored:
    """Texts in a table of DuckDB, which can spill them."""

    def __init__(self, db: Database, relation: str) -> None:
        self._db, self._relation = db, stored(relation)

    def begin(self, cells: str, wanted: Sequence[str]) -> str:
        self._db.execute(f"CREATE OR REPLACE TABLE {self._relation} AS\n{cells}")
        return f"SELECT {', '.join(map(name, wanted)) or 'NULL'} FROM {self._relation}"

    def add(self, part: pa.Table) -> None:
        """It is there already."""

    def end(self, coded: Mapping[str, Codes], size: int) -> str:
        return f"SELECT rowid AS {name(POSITION)}, * FROM {self._relation}"

    def pick(self, positions: Numbers, columns: Sequence[str]) -> Iterator[pa.Table]:
        asked = pa.table({POSITION: positions, "turn": np.arange(len(positions))})
        parts = self._db.walk(
            f"SELECT {', '.join(map(name, [POSITION, *columns]))} FROM {self._relation} AS listed "
            f"JOIN asked ON listed.rowid = asked.{name(POSITION)} ORDER BY turn",
            {"asked": asked},
        )
        for part in parts:
            for first in range(0, len(part), _TOGETHER):
                yield part.slice(first, _TOGETHER)

    def column(self, column: str) -> Iterator[pa.ChunkedArray]:
        for part in self._db.walk(f"SELECT {name(column)} FROM {self._relation}"):
            yield part.column(0)


def stored(relation: str) -> str:
    """The table in which the texts of a relation are stored where they are not held in memory."""
    return f"{relation}_stored"


def _taken(texts: pa.ChunkedArray, positions: Numbers) -> pa.Array:
    """Texts at some positions, piece by piece: Arrow would put the whole column together first, each time."""
    if texts.num_chunks == 1:
        return texts.chunk(0).take(pa.array(positions))
    bounds = np.cumsum([0, *map(len, texts.chunks)])
    own = (np.searchsorted(bounds, positions, side="right") - 1).astype(narrow(len(bounds)))
    order = np.argsort(own, kind="stable")
    parts = np.split(order, np.searchsorted(own[order], np.arange(1, texts.num_chunks)))
    found = [
        piece.take(pa.array(positions[part] - bound))
        for piece, part, bound in zip(texts.chunks, parts, bounds.tolist(), strict=False)
    ]
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return pa.concat_arrays([texts.slice(0, 0).combine_chunks(), *found]).take(pa.array(back))


def _says(texts: pa.Array, said: str) -> Numbers:
    """Whether texts say just that, spaces around it left out."""
    found: Numbers = pc.equal(pc.utf8_trim(pc.fill_null(texts, ""), " "), said).to_numpy(zero_copy_only=False)
    return found
