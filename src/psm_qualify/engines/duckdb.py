"""DuckDB, in process: over any size, out of core, on every core."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Event

import duckdb
import numpy as np
import pyarrow as pa

from psm_qualify.compile.query import VERDICT, Query
from psm_qualify.compile.sql import name
from psm_qualify.engines.base import (
    FIRST_PLACES,
    At,
    Dropped,
    IrregularError,
    OddText,
    Ranked,
    RankedCells,
    Scored,
    Task,
    Twin,
    said,
)
from psm_qualify.engines.codes import Numbers
from psm_qualify.engines.duckdb_cells import Cells
from psm_qualify.engines.duckdb_export import Export
from psm_qualify.engines.duckdb_facts import Facts
from psm_qualify.engines.duckdb_scores import Scores
from psm_qualify.engines.duckdb_session import Database
from psm_qualify.engines.duckdb_twins import Twins
from psm_qualify.engines.threads import meanwhile
from psm_qualify.engines.twins import Shared, to_drop
from psm_qualify.errors import InputError, OutputError
from psm_qualify.facts.decimals import decimal_point
from psm_qualify.progress import WRITING
from psm_qualify.rules.scoring import VERDICTS
from psm_qualify.selection import Filter
from psm_qualify.sources.mapping import size_of

_BATCH = 1_000


class DuckDBEngine:
    """An engine that works on columns: a position in the list ties texts, outcomes and order together.

    `spilling` keeps texts where they can be written to disk, also where they would fit into memory.
    """

    def __init__(self, spilling: bool = False) -> None:
        self._db, self._spilling = Database(), spilling

    def score(self, task: Task) -> Scored:
        """See `Engine.score`."""
        self._task, self._tables = task, task.tables
        self._db.prepare(task.wanted, task.memory_limit)
        self._query = query = Query(task.pack, task.fields)
        self._names = {field: query.names[field] for field in query.mapped}
        with self._reading():
            self._cells = self._read()
        # Not meanwhile, where answers may stand in the cells, and every thread takes memory of its own.
        with meanwhile(self._find_twins) if self._cells.in_memory else nullcontext(self._find_twins) as twins:
            self._judge()
            self._db.begin("Looking for doubles")
            self._twins = twins()
        dropped = self._drop(self._twins.groups()) if task.dedupe else ()
        lost = Counter(one.at.table for one in dropped)
        accepted = tuple(count - lost[number] for number, count in enumerate(self._cells.counts))
        facts, verdicts = self._facts, self._scores.verdicts()
        answered, repeated = facts.answers.joined, self._twins.repeated
        return Scored(accepted, verdicts, self._odd(), facts.commas, facts.joined, repeated, dropped, answered)

    def choose(self, chosen: Filter) -> int:
        """See `Engine.choose`."""
        self._db.begin("Ranking")
        self._chosen = self._scores.choose(chosen)
        self._db.end()
        return len(self._chosen.ranks)

    def cells(self) -> Iterator[RankedCells]:
        """See `Engine.cells`."""
        for ranks, positions, batch in self._batches(list(self._names.values())):
            at = positions.tolist()
            titles, found = self._facts.titles(at), self._twins.of(positions)
            places = self._cells.places.at({*at, *(one for own in found.values() for one in own)})
            columns = (batch.column(column).to_pylist() for column in self._names.values())
            for rank, position, *texts in zip(ranks, at, *columns, strict=True):
                yield self._ranked(rank, position, texts, titles, found, places)

    def _batches(self, columns: Sequence[str]) -> Iterator[tuple[list[int], Numbers, pa.RecordBatch]]:
        """The chosen records, some at once: their ranks, their positions, and columns of their cells."""
        parts = self._cells.pick(self._chosen.positions, columns)
        for chosen, batch in self._chosen.beside(batch for part in parts for batch in part.to_batches(_BATCH)):
            yield chosen.ranks.tolist(), chosen.positions, batch

    def _ranked(
        self,
        rank: int,
        position: int,
        texts: Sequence[str | None],
        titles: Mapping[int, tuple[str, ...]],
        twins: Mapping[int, Mapping[int, str]],
        places: Mapping[int, At],
    ) -> RankedCells:
        answers = self._facts.answers
        cells = answers.original.get(position) or dict(zip(self._names, texts, strict=True))
        others = tuple(Twin(places[other], kind) for other, kind in twins.get(position, {}).items())
        return RankedCells(rank, places[position], cells, titles.get(position), others, answers.of.get(position, {}))

    def who(self) -> Iterator[Ranked]:
        """See `Engine.who`."""
        primary = self._task.pack.primary.id
        columns = [VERDICT, *(name(self._query.card_column(primary, total)) for total in ("earned", "least", "most"))]
        judged = [column.to_numpy() for column in self._scores.of_patterns(*columns)]
        own = {field: self._names[field] for field in ("id", "name") if field in self._names}
        for ranks, positions, batch in self._batches(list(own.values())):
            places = self._cells.places.at(positions.tolist())
            none = [None] * len(batch)
            texts = [batch.column(own[field]).to_pylist() if field in own else none for field in ("id", "name")]
            numbers = self._scores.numbers(positions)
            found = (column[numbers].tolist() for column in judged)
            for rank, position, id_, title, verdict, *points in zip(
                ranks, positions.tolist(), *texts, *found, strict=True
            ):
                earned, least, most = points
                yield Ranked(rank, places[position], said(id_), said(title), VERDICTS[verdict], (earned, least, most))

    def standings(self) -> Sequence[tuple[tuple[int, ...], int]]:
        """See `Engine.standings`."""
        return self._scores.standings()

    def write_csv(self, path: Path, keep_columns: bool) -> None:
        """The chosen prospects in rank order as a flat file, made without a detour through Python.

        Raises IrregularError where a column that was not read before turns out to be damaged.
        """
        self._db.begin(WRITING, len(self._chosen.ranks))
        export = Export(self._db, self._cells, self._query, self._scores, self._twins, self._chosen)
        try:
            with self._reading(), path.open("wb") as file:
                write = export.with_original_columns if keep_columns else export.flat
                write(file)
        except OSError as error:
            raise OutputError(f"the file can't be written: {error.strerror or error}") from None
        self._db.end()

    def close(self) -> None:
        """See `Engine.close`."""
        self._db.close()

    # -- scoring -----------------------------------------------------------------------------------------------

    def _read(self) -> Cells:
        """Reads the raw texts of all fields."""
        self._db.begin("Reading", size_of(self._tables), "bytes")
        columns = [mapped.columns for mapped in self._tables]
        coded = [self._names[field.id] for field in self._query.read]
        in_table = self._spilling or any(book is not None for book in self._task.answers)  # which change it
        return Cells(self._db, "cells", self._tables, columns, self._names, coded, in_table)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except duckdb.InvalidInputException as error:
            raise self._irregular(error) from None
        except duckdb.IOException as error:
            raise InputError(f"the list can't be read: {_first_line(error)}") from None

    def _irregular(self, error: duckdb.Error) -> Exception:
        numbers = [index for index, mapped in enumerate(self._tables) if mapped.table.expected is not None]
        if not numbers:
            return InputError(f"the list can't be read: {_first_line(error)}")
        return IrregularError(numbers)

    def _judge(self) -> None:
        self._check()
        self._facts = Facts(self._db, self._task, self._query, self._cells)
        self._scores = Scores(self._db, self._query, self._facts.codes(), self._cells.size)
        self._cells.coded.clear()  # all that they tell is known
        self._facts.answers.restore()

    def _find_twins(self, given_up: Event | None = None) -> Twins:
        kinds = {kind: column for kind, column in self._names.items() if kind in self._task.columns}
        return Twins(self._cells, kinds, given_up)

    def _check(self) -> None:
        """Raises IrregularError where the lines of a table promised another number of records, or hold some that only
        the careful reader can tell."""
        counts = self._cells.counts
        irregular = [
            number for number, mapped in enumerate(self._tables) if mapped.table.expected not in (None, counts[number])
        ]
        irregular = irregular or self._unusual()
        if irregular:
            raise IrregularError(irregular)

    def _unusual(self) -> list[int]:
        """The tables that are to be read as they stand, and hold what only the careful reader can tell: their line of
        headers once more, or rows without any text we read, which may be blank altogether."""
        found = []
        for number, mapped in enumerate(self._tables):
            if mapped.table.expected is not None:
                headers = {self._names[field]: mapped.header(field) for field in mapped.columns}
                blank = {self._names[field]: "" for field in self._query.scanned}
                repeats = len(headers) > 1 and self._cells.has_record(number, headers)
                if repeats or self._cells.has_record(number, blank):
                    found.append(number)
        return found

    def _odd(self) -> tuple[OddText, ...]:
        rows = self._scores.odd()
        places = self._cells.places.at({position for *_, positions in rows for position in positions})
        found: dict[tuple[str, str], tuple[int, list[At]]] = {}
        for field, text, count, positions in rows:
            here = [places[one] for one in positions]
            # As it was written, not as it was read; where files differ in that, it may have been counted apart.
            swapped = field in self._facts.commas[here[0].table]
            key = (field, decimal_point(text) if swapped else text)
            before, at = found.get(key, (0, []))
            found[key] = (before + count, sorted([*at, *here], key=lambda one: (one.table, one.row))[:FIRST_PLACES])
        fields = {field.id: number for number, field in enumerate(self._query.read)}
        ordered = sorted(
            found.items(), key=lambda item: (fields[item[0][0]], -item[1][0], item[1][1][0].table, item[1][1][0].row)
        )
        return tuple(OddText(field, text, count, tuple(at)) for (field, text), (count, at) in ordered)

    def _drop(self, found: Collection[Shared]) -> tuple[Dropped, ...]:
        """Takes out of the scored records all but one of each firm; returns what was taken out."""
        chosen = to_drop(found, self._scores.unknown(sorted({position for one in found for position in one.positions})))
        gone = sorted(chosen)
        self._scores.drop(gone)
        places = self._cells.places.at({*gone, *(kept for kept, _ in chosen.values())})
        texts = self._texts(gone)
        return tuple(
            Dropped(places[position], Twin(places[chosen[position][0]], chosen[position][1]), text)
            for position, text in zip(gone, texts, strict=True)
        )

    def _texts(self, positions: Sequence[int]) -> Iterator[str]:
        """What stands in some records."""
        columns = {field: self._names[field] for field in self._task.fields if field in self._task.columns}
        for _, texts in self._cells.rows(np.array(positions, np.int64), columns):
            yield " | ".join(text for text in texts.values() if text)


def _first_line(error: duckdb.Error) -> str:
    return str(error).splitlines()[0]
