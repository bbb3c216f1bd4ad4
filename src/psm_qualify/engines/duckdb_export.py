"""Flat files of the chosen prospects: gathered in rank order, made into lines by DuckDB."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from psm_qualify.compile import lines, ranking, twins
from psm_qualify.compile.query import Query
from psm_qualify.compile.sql import Column, name
from psm_qualify.engines.codes import Numbers
from psm_qualify.engines.duckdb_cells import Cells
from psm_qualify.engines.duckdb_scores import Chosen, Scores
from psm_qualify.engines.duckdb_twins import NOBODY, Twins
from psm_qualify.facts.firms import KINDS
from psm_qualify.facts.text import formula_safe
from psm_qualify.rules.pack import WHO

if TYPE_CHECKING:
    from psm_qualify.engines.duckdb_session import Database

_JUDGED = "judged"


@dataclass(frozen=True)
class Export:
    """Queries for lines of the chosen prospects, in rank order. Each can be run once."""

    db: Database
    cells: Cells
    query: Query
    scores: Scores
    twins: Twins
    chosen: Chosen

    def flat(self) -> str:
        """The record's id and name, then ours."""
        columns = {self._header(field): self.query.names[field] for field in WHO if field in self.query.carried}
        return self._lines(self.cells, columns)

    def _header(self, field: str) -> str:
        return next(mapped.header(field) for mapped in self.cells.tables if field in mapped.columns)

    def with_original_columns(self) -> str:
        """Every original column of every table, then ours, which take the place of those of a former run."""
        tables = self.cells.tables
        taken = {column.name.casefold() for column in self._ours([])}
        headers = [_distinct(mapped.table.headers) for mapped in tables]
        keys = {key.casefold(): key for keys in reversed(headers) for key in reversed(keys)}
        order = dict.fromkeys(key.casefold() for keys in headers for key in keys if key.casefold() not in taken)
        sql = {key: f"original_{number}" for number, key in enumerate(order)}
        positions = [{key.casefold(): index for index, key in enumerate(table)} for table in headers]
        cells = Cells(self.db, "originals", tables, positions, sql)
        return self._lines(cells, {keys[key]: sql[key] for key in order})

    def _ours(self, own: Sequence[Column]) -> list[Column]:
        """Our columns, behind those of the record's own."""
        before = [*own, ranking.RANK_COLUMN]
        judged = ranking.judged(self.query, before)
        return [ranking.RANK_COLUMN, *judged, ranking.told_twins([*before, *judged])]

    def _lines(self, cells: Cells, columns: Mapping[str, str]) -> str:
        """The lines of a file: some columns of the cells, by their titles, then ours."""
        own = [Column(formula_safe(title), ranking.formula_safe(name(sql))) for title, sql in columns.items()]
        rank, *judged, told = self._ours(own)
        # How a record was judged is put into words once for each pattern.
        (words,) = self.scores.of_patterns(lines.line(lines.cell(column.sql) for column in judged))
        self._gather(cells, list(columns.values()), words.combine_chunks())
        others = twins.told(twins.MOST if self.twins.repeated else 0, len(self.cells.tables) > 1)
        shown = [*(lines.cell(column.sql) for column in own), rank.sql, name(_JUDGED), lines.cell(others)]
        title = lines.headers(column.name for column in (*own, rank, *judged, told))
        return f"SELECT {lines.line(shown)} AS {title}\nFROM gathered"

    def _gather(self, cells: Cells, columns: Sequence[str], words: pa.Array) -> None:
        """Makes the relation `gathered`: what lines are made of, which comes part by part while they are written."""

        def batch(ranks: Numbers, positions: Numbers, texts: Sequence[pa.Array]) -> pa.RecordBatch:
            numbers = self.scores.numbers(positions).astype(np.int32)
            found = {ranking.RANK: ranks, **dict(zip(columns, texts, strict=True))}
            found[_JUDGED] = pa.DictionaryArray.from_arrays(numbers, words)
            return pa.RecordBatch.from_pydict(found | self._others(positions))

        def batches() -> Iterator[pa.RecordBatch]:
            ranks, positions, done = self.chosen.ranks, self.chosen.positions, 0
            for part in cells.pick(positions, columns):
                here = slice(done, done + len(part))
                texts = [part.column(column).cast(pa.large_string()).combine_chunks() for column in columns]
                yield batch(ranks[here], positions[here], texts)
                done += len(part)

        nothing = np.empty(0, np.int64)
        schema = batch(nothing, nothing, [pa.array([], pa.large_string())] * len(columns)).schema
        self.db.hold("gathered", pa.RecordBatchReader.from_batches(schema, batches()))

    def _others(self, positions: Numbers) -> dict[str, pa.Array]:
        """Where the others of each record's groups stand, and what tells so."""
        found: dict[str, pa.Array] = {}
        if not self.twins.repeated:
            return found
        others, kinds = self.twins.others(positions)
        for number, (column, tells) in enumerate(zip(others.T, kinds.T, strict=True)):
            tables, _, lines_ = self.cells.places.of(np.maximum(column, 0))
            names = [f"{mapped.table.name} " for mapped in self.cells.tables]
            file, line, kind = twins.other(number)
            found[file] = pa.DictionaryArray.from_arrays(tables.astype(np.int32), names)
            found[line] = pa.array(lines_, mask=column == NOBODY)
            found[kind] = pa.DictionaryArray.from_arrays(tells.astype(np.int32), list(KINDS))
        return found


def _distinct(headers: Sequence[str]) -> list[str]:
    """Headers made distinct: a second `Phone` becomes `Phone (2)`, a blank one `Column 3`."""
    seen: set[str] = set()
    keys: list[str] = []
    for index, header in enumerate(headers, 1):
        base = key = header or f"Column {index}"
        count = 1
        while key.casefold() in seen:
            count += 1
            key = f"{base} ({count})"
        seen.add(key.casefold())
        keys.append(key)
    return keys
