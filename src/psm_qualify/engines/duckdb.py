"""DuckDB, in process: over any size, out of core, on every core."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import duckdb

from psm_qualify.compile import lines, ranking, scan
from psm_qualify.compile.patterns import NUMBER
from psm_qualify.compile.query import POSITION, VERDICT, Query
from psm_qualify.compile.sql import literal, name
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
from psm_qualify.engines.duckdb_export import Export
from psm_qualify.engines.duckdb_facts import Facts
from psm_qualify.engines.duckdb_scores import Scores
from psm_qualify.engines.duckdb_session import Database
from psm_qualify.engines.duckdb_twins import Twins
from psm_qualify.engines.twins import Shared, to_drop
from psm_qualify.errors import InputError, OutputError
from psm_qualify.facts.decimals import decimal_point
from psm_qualify.progress import WRITING
from psm_qualify.rules.scoring import VERDICTS
from psm_qualify.selection import Filter

_BATCH = 1_000


class DuckDBEngine:
    """An engine that keeps cells and scored prospects in tables; a position in the list ties the two together."""

    def __init__(self) -> None:
        self._db = Database()

    def score(self, task: Task) -> Scored:
        """See `Engine.score`."""
        self._task, self._tables = task, task.tables
        self._db.prepare(task.wanted, task.memory_limit)
        self._query = query = Query(task.pack, task.fields)
        try:
            self._read(query)
        except duckdb.InvalidInputException as error:
            raise self._irregular(error) from None
        except duckdb.IOException as error:
            raise InputError(f"the list can't be read: {_first_line(error)}") from None
        accepted = self._accepted()
        self._facts = Facts(self._db, task, query)
        self._scores = Scores(self._db, query, sum(accepted))
        self._facts.answers.restore()
        self._twins = Twins(self._db, task, self._names)
        dropped = self._drop(self._twins.groups()) if task.dedupe else ()
        lost = Counter(one.at.table for one in dropped)
        accepted = tuple(count - lost[number] for number, count in enumerate(accepted))
        facts, verdicts = self._facts, self._scores.verdicts()
        answered, repeated = facts.answers.joined, self._twins.repeated
        return Scored(accepted, verdicts, self._odd(), facts.commas, facts.joined, repeated, dropped, answered)

    def choose(self, chosen: Filter) -> int:
        """See `Engine.choose`."""
        self._returned = self._scores.choose(chosen)
        return self._returned

    def cells(self) -> Iterator[RankedCells]:
        """See `Engine.cells`."""
        fields, answers = self._query.mapped, self._facts.answers
        columns = ", ".join([scan.FILE, scan.ROW, scan.LINE, *(name(self._query.names[field]) for field in fields)])
        self._db.begin(WRITING)
        cursor = self._db.query(
            f"SELECT {ranking.RANK}, {POSITION}, {columns} FROM cells JOIN chosen ON cells.rowid = {POSITION} "
            f"ORDER BY {ranking.TURN}, {ranking.RANK}"
        )
        self._db.end()
        while batch := cursor.fetchmany(_BATCH):
            titles = self._facts.titles([position for _, position, *_ in batch])
            found = self._twins.of([position for _, position, *_ in batch])
            places = self._places({other for others in found.values() for other in others})
            for rank, position, table, row, line, *texts in batch:
                at = At(table, *self._placed(table, row, line, position))
                others = tuple(Twin(places[other], kind) for other, kind in found.get(position, {}).items())
                cells = answers.original.get(position) or dict(zip(fields, texts, strict=True))
                yield RankedCells(rank, at, cells, titles.get(position), others, answers.of.get(position, {}))

    def who(self) -> Iterator[Ranked]:
        """See `Engine.who`."""
        columns = [scan.FILE, scan.ROW, scan.LINE]
        columns += [
            name(self._query.names[field]) if field in self._query.mapped else "NULL" for field in ("id", "name")
        ]
        primary = self._task.pack.primary.id
        columns += [VERDICT, *(name(self._query.card_column(primary, total)) for total in ("earned", "least", "most"))]
        cursor = self._db.query(
            f"SELECT {ranking.RANK}, {POSITION}, {', '.join(columns)} FROM cells JOIN chosen "
            f"ON cells.rowid = {POSITION} JOIN patterns USING ({NUMBER}) ORDER BY {ranking.TURN}, {ranking.RANK}"
        )
        while batch := cursor.fetchmany(_BATCH):
            for rank, position, table, row, line, id_, title, verdict, *totals in batch:
                at = At(table, *self._placed(table, row, line, position))
                earned, least, most = totals
                yield Ranked(rank, at, said(id_), said(title), VERDICTS[verdict], (earned, least, most))

    def standings(self) -> Sequence[tuple[tuple[int, ...], int]]:
        """See `Engine.standings`."""
        return self._scores.standings()

    def write_csv(self, path: Path, keep_columns: bool) -> None:
        """The chosen prospects in rank order as a flat file, made without a detour through Python.

        Raises IrregularError where a column that was not read before turns out to be damaged.
        """
        self._db.begin(WRITING, self._returned)
        export = Export(self._db, self._tables, self._starts, self._query, self._twins)
        body = export.with_original_columns() if keep_columns else export.flat()
        try:
            self._db.execute(f"COPY ({body}) TO {literal(str(path))} ({lines.OPTIONS})")
        except duckdb.InvalidInputException as error:
            raise self._irregular(error) from None
        except duckdb.IOException as error:
            raise OutputError(f"the file can't be written: {_first_line(error)}") from None
        self._db.end()

    def close(self) -> None:
        """See `Engine.close`."""
        self._db.close()

    # -- scoring -----------------------------------------------------------------------------------------------

    def _read(self, query: Query) -> None:
        """Reads the raw texts of all fields into a table. Nothing is joined here, so its rows keep their order."""
        self._db.begin("Reading", sum(mapped.table.scan.path.stat().st_size for mapped in self._tables), "bytes")
        self._names = {field: query.names[field] for field in query.mapped}
        scans = [table.table.scan for table in self._tables]
        cells = scan.select_cells(scans, [table.columns for table in self._tables], self._names)
        self._db.execute(f"CREATE OR REPLACE TABLE cells AS\n{cells}")
        for column, definition in scan.same_places(scans).items():
            self._db.execute(f"ALTER TABLE cells ADD COLUMN {column} {definition}")

    def _irregular(self, error: duckdb.Error) -> Exception:
        numbers = [index for index, mapped in enumerate(self._tables) if mapped.table.expected is not None]
        if not numbers:
            return InputError(f"the list can't be read: {_first_line(error)}")
        return IrregularError(numbers)

    def _accepted(self) -> tuple[int, ...]:
        """How many records each table gave. Raises IrregularError where its lines promised another number."""
        found = dict(self._db.execute(f"SELECT {scan.FILE}, count(*) FROM cells GROUP BY ALL").fetchall())
        counts = tuple(found.get(number, 0) for number in range(len(self._tables)))
        irregular = [
            number for number, mapped in enumerate(self._tables) if mapped.table.expected not in (None, counts[number])
        ]
        irregular = irregular or self._unusual()
        if irregular:
            raise IrregularError(irregular)
        self._starts = [sum(counts[:number]) for number in range(len(counts))]
        return counts

    def _unusual(self) -> list[int]:
        """The tables that are to be read as they stand, and hold what only the careful reader can tell: their line of
        headers once more, or rows without any text we read, which may be blank altogether."""
        checks = []
        for number, mapped in enumerate(self._tables):
            if mapped.table.expected is not None:
                checks.append(scan.in_table(number, self._query.says_nothing))
                if len(mapped.columns) > 1:
                    headers = {self._names[field]: mapped.header(field) for field in mapped.columns}
                    checks.append(scan.in_table(number, scan.repeats_headers(headers)))
        if not checks:
            return []
        where = f"({' OR '.join(checks)})"
        if self._query.scanned:
            first = self._query.scanned[0]
            texts = [mapped.header(first) for mapped in self._tables if first in mapped.columns]
            where = f"({scan.may_be_blank_or(self._names[first], texts)}) AND {where}"
        found = self._db.execute(f"SELECT DISTINCT {scan.FILE} FROM cells WHERE {where}").fetchall()
        return sorted(number for (number,) in found)

    def _odd(self) -> tuple[OddText, ...]:
        rows = self._scores.odd()
        places = self._places({position for *_, positions in rows for position in positions})
        found: dict[tuple[int, str], tuple[int, list[At]]] = {}
        for number, text, count, positions in rows:
            here = [places[one] for one in positions]
            # As it was written, not as it was read; where files differ in that, it may have been counted apart.
            swapped = self._query.read[number - 1].id in self._facts.commas[here[0].table]
            key = (number, decimal_point(text) if swapped else text)
            before, at = found.get(key, (0, []))
            found[key] = (before + count, sorted([*at, *here], key=lambda one: (one.table, one.row))[:FIRST_PLACES])
        ordered = sorted(
            found.items(), key=lambda item: (item[0][0], -item[1][0], item[1][1][0].table, item[1][1][0].row)
        )
        return tuple(
            OddText(self._query.read[number - 1].id, text, count, tuple(at)) for (number, text), (count, at) in ordered
        )

    def _drop(self, found: Collection[Shared]) -> tuple[Dropped, ...]:
        """Takes out of the scored records all but one of each firm; returns what was taken out."""
        chosen = to_drop(found, self._scores.unknown(sorted({position for one in found for position in one.positions})))
        gone = sorted(chosen)
        self._scores.drop(gone)
        places = self._places({*gone, *(kept for kept, _ in chosen.values())})
        texts = self._texts(gone)
        return tuple(
            Dropped(places[position], Twin(places[chosen[position][0]], chosen[position][1]), texts[position])
            for position in gone
        )

    def _texts(self, positions: Sequence[int]) -> dict[int, str]:
        """What stands in some records."""
        columns = ", ".join(name(self._names[field]) for field in self._task.fields if field in self._task.columns)
        rows = self._db.execute(
            f"SELECT rowid, {columns} FROM cells WHERE rowid IN (SELECT unnest(CAST(? AS BIGINT[])))", [positions]
        ).fetchall()
        return {position: " | ".join(text for text in texts if text) for position, *texts in rows}

    def _places(self, positions: Collection[int]) -> dict[int, At]:
        """Where the records at some positions stand."""
        if not positions:
            return {}
        columns = ", ".join((scan.FILE, scan.ROW, scan.LINE))
        rows = self._db.query(
            f"SELECT rowid, {columns} FROM cells WHERE rowid IN (SELECT unnest(CAST(? AS BIGINT[])))", [[*positions]]
        ).fetchall()
        return {position: At(table, *self._placed(table, row, line, position)) for position, table, row, line in rows}

    def _placed(self, table: int, row: int | None, line: int | None, position: int) -> tuple[int, int]:
        """Row and line of a record; in a regular file they follow from its position."""
        if row is None:
            row = position - self._starts[table] + 1
        return row, row + self._tables[table].table.origin.header_line if line is None else line


def _first_line(error: duckdb.Error) -> str:
    return str(error).splitlines()[0]
