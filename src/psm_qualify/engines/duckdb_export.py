"""Flat files of the chosen prospects, gathered in rank order and made into lines column by column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from psm_qualify.compile import ranking
from psm_qualify.compile.query import Query
from psm_qualify.compile.sql import Column
from psm_qualify.engines import lines
from psm_qualify.engines.codes import Numbers
from psm_qualify.engines.duckdb_cells import Cells
from psm_qualify.engines.duckdb_scores import Chosen, Scores
from psm_qualify.engines.duckdb_twins import Twins
from psm_qualify.engines.threads import in_threads
from psm_qualify.facts.firms import KINDS
from psm_qualify.facts.text import formula_safe
from psm_qualify.rules.pack import WHO

if TYPE_CHECKING:
    from psm_qualify.engines.duckdb_session import Database


@dataclass(frozen=True)
class Export:
    """Writes the chosen prospects in rank order."""

    db: Database
    cells: Cells
    query: Query
    scores: Scores
    twins: Twins
    chosen: Chosen

    def flat(self, file: BinaryIO) -> None:
        """The record's id and name, then ours."""
        columns = {self._header(field): self.query.names[field] for field in WHO if field in self.query.carried}
        self._write(file, self.cells, columns)

    def _header(self, field: str) -> str:
        return next(mapped.header(field) for mapped in self.cells.tables if field in mapped.columns)

    def with_original_columns(self, file: BinaryIO) -> None:
        """Every original column of every table, then ours, which take the place of those of a former run."""
        tables = self.cells.tables
        taken = {title.casefold() for title in self._ours([])[1]}
        headers = [_distinct(mapped.table.headers) for mapped in tables]
        keys = {key.casefold(): key for keys in reversed(headers) for key in reversed(keys)}
        order = dict.fromkeys(key.casefold() for keys in headers for key in keys if key.casefold() not in taken)
        sql = {key: f"original_{number}" for number, key in enumerate(order)}
        positions = [{key.casefold(): index for index, key in enumerate(table)} for table in headers]
        cells = Cells(self.db, "originals", tables, positions, sql)
        self._write(file, cells, {keys[key]: sql[key] for key in order})

    def _ours(self, own: Sequence[str]) -> tuple[list[Column], list[str]]:
        """The columns that say how a record was judged; the headers of all of ours, which stand behind its own."""
        judged = ranking.judged(self.query, [*own, ranking.RANK_HEADER])
        ours = [ranking.RANK_HEADER, *(column.name for column in judged)]
        return judged, [*ours, ranking.twins_header([*own, *ours])]

    def _write(self, file: BinaryIO, cells: Cells, columns: Mapping[str, str]) -> None:
        """Writes some columns of the cells, by their titles, and ours behind them."""
        titles = [formula_safe(title) for title in columns]
        judged, ours = self._ours(titles)
        file.write(lines.headers([*titles, *ours]).encode() + b"\n")
        # How a record was judged is put into words once for each pattern.
        words = self.scores.of_patterns(*(f"CAST({column.sql} AS VARCHAR)" for column in judged))
        shown = lines.joined([lines.cells(column.combine_chunks()) for column in words])

        def made(part: tuple[Chosen, pa.Table]) -> pa.Array:
            chosen, found = part
            texts = [found.column(column).cast(pa.large_string()).combine_chunks() for column in columns.values()]
            numbers = pa.array(self.scores.numbers(chosen.positions))
            ranks = pc.cast(chosen.ranks, pa.large_string())
            own = (lines.safe_cells(one) for one in texts)
            return lines.joined([*own, ranks, shown.take(numbers), self._told(chosen.positions)])

        for whole in in_threads(made, self._parts(cells, list(columns.values()))):
            *_, texts = whole.buffers()  # one behind the other, each with its line break
            file.write(texts)

    def _parts(self, cells: Cells, columns: Sequence[str]) -> Iterator[tuple[Chosen, pa.Table]]:
        done = 0
        for chosen, found in self.chosen.beside(cells.pick(self.chosen.positions, columns)):
            yield chosen, found
            done += len(found)
            self.db.tell(done)

    def _told(self, positions: Numbers) -> pa.Array:
        """The ends of lines: the others of each record's groups, where each stands and what tells so."""
        repeated = self.twins.repeats(positions)
        counts, others, kinds = self.twins.others(positions[repeated])
        tables, _, found = self.cells.places.of(others)
        telling = pa.array([f" ({kind})" for kind in KINDS], pa.large_string())
        files = pa.array([f"{mapped.table.name} " for mapped in self.cells.tables], pa.large_string())
        file = files.take(pa.array(tables)) if len(files) > 1 else ""
        parts = lines.joined([file, "line ", pc.cast(found, pa.large_string()), telling.take(pa.array(kinds))], "")
        told = lines.joined([lines.cells(lines.listed(parts, counts)), ""], "\n")
        ends = pa.repeat(pa.scalar("\n", pa.large_string()), len(positions))
        return pc.replace_with_mask(ends, pa.array(repeated), told)


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
