"""DuckDB, in process: over any size, out of core, on every core."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from tempfile import gettempdir

import duckdb

from psm_qualify.compile import ranking, scan, twins
from psm_qualify.compile.query import IS_BLANK, ODD, POSITION, VERDICT, Query
from psm_qualify.compile.sql import Column, literal, name, select
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
from psm_qualify.engines.duckdb_facts import Facts
from psm_qualify.engines.duckdb_twins import Twins
from psm_qualify.engines.twins import Shared, to_drop
from psm_qualify.errors import InputError, OutputError
from psm_qualify.facts.decimals import decimal_point
from psm_qualify.facts.firms import KINDS
from psm_qualify.facts.text import formula_safe
from psm_qualify.rules.model import Verdict
from psm_qualify.rules.pack import WHO
from psm_qualify.rules.scoring import VERDICTS
from psm_qualify.selection import Filter

_SAMPLE = 20_000  # rows that tell how often the texts of a column repeat
_FEW = 4_000  # distinct texts in the sample, above which a column gains nothing from a dictionary
_BATCH = 1_000


class DuckDBEngine:
    """An engine that keeps cells and scored prospects in tables; a position in the list ties the two together."""

    def __init__(self) -> None:
        self._db = duckdb.connect()
        # Every join here has its small side written last: nothing is left to be guessed.
        self._db.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
        self._db.execute("SET enable_progress_bar = false")
        # Else it would spill into the folder in which the user happens to be.
        self._db.execute(f"SET temp_directory = {literal(str(Path(gettempdir(), f'psm-qualify-{os.getpid()}-spill')))}")

    def score(self, task: Task) -> Scored:
        """See `Engine.score`."""
        self._task, self._tables = task, task.tables
        query = Query(task.pack, task.fields)
        try:
            self._read(query)
        except duckdb.InvalidInputException as error:
            raise self._irregular(error) from None
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            raise InputError(f"the list can't be read: {_first_line(error)}") from None
        accepted = self._accepted()
        self._facts = Facts(self._db, task, query)
        self._query = Query(task.pack, query.mapped, self._read_dictionaries(query))
        self._db.execute(f"CREATE OR REPLACE TABLE scored AS\n{self._query.score('SELECT * FROM facts')}")
        self._facts.answers.restore()
        self._check_blanks()
        self._twins = Twins(self._db, task, self._names)
        dropped = self._drop(self._twins.groups()) if task.dedupe else ()
        lost = Counter(one.at.table for one in dropped)
        accepted = tuple(count - lost[number] for number, count in enumerate(accepted))
        facts, repeated = self._facts, self._twins.repeated
        return Scored(
            accepted, self._verdicts(), self._odd(), facts.commas, facts.joined, repeated, dropped, facts.answers.joined
        )  # fmt: skip

    def choose(self, chosen: Filter) -> int:
        """See `Engine.choose`."""
        order, limit = ranking.order(self._query, POSITION), chosen.top
        first = "" if limit is None else f" LIMIT {literal(limit)}"
        ordered = f"SELECT * EXCLUDE ({ODD}, {IS_BLANK}) FROM scored ORDER BY {order}{'' if chosen.selects else first}"
        self._db.execute(f"CREATE OR REPLACE TABLE ordered AS {ordered}")
        # The table lies in rank order, and what only reads it keeps that order.
        wanted, turn = ranking.condition(self._query, chosen), ranking.turn(self._query, chosen)
        kept = f"SELECT *, rowid + 1 AS {ranking.RANK}, {turn} AS {ranking.TURN} FROM ordered WHERE {wanted}"
        kept += f" ORDER BY {ranking.TURN}, {ranking.RANK}{first}" if chosen.calls else first
        self._db.execute(f"CREATE OR REPLACE VIEW chosen AS {kept}")
        ((count,),) = self._db.execute("SELECT count(*) FROM chosen").fetchall()
        return int(count)

    def cells(self) -> Iterator[RankedCells]:
        """See `Engine.cells`."""
        fields, answers = self._query.mapped, self._facts.answers
        columns = ", ".join([scan.FILE, scan.ROW, scan.LINE, *(name(self._query.names[field]) for field in fields)])
        cursor = self._db.cursor()  # its own, so that several walks don't disturb one another
        cursor.execute(
            f"SELECT {ranking.RANK}, {POSITION}, {columns} FROM cells JOIN chosen ON cells.rowid = {POSITION} "
            f"ORDER BY {ranking.TURN}, {ranking.RANK}"
        )
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
        cursor = self._db.cursor()
        cursor.execute(
            f"SELECT {ranking.RANK}, {POSITION}, {', '.join(columns)} FROM cells JOIN chosen "
            f"ON cells.rowid = {POSITION} ORDER BY {ranking.TURN}, {ranking.RANK}"
        )
        while batch := cursor.fetchmany(_BATCH):
            for rank, position, table, row, line, id_, title, verdict, *totals in batch:
                at = At(table, *self._placed(table, row, line, position))
                earned, least, most = totals
                yield Ranked(rank, at, said(id_), said(title), VERDICTS[verdict], (earned, least, most))

    def standings(self) -> Sequence[tuple[tuple[int, ...], int]]:
        """See `Engine.standings`."""
        rows = self._db.execute(f"SELECT {ranking.keys(self._query)}, count(*) FROM scored GROUP BY ALL").fetchall()
        return [(tuple(key), count) for *key, count in rows]

    def write_csv(self, path: Path, keep_columns: bool) -> None:
        """The chosen prospects in rank order as a flat file, made without a detour through Python.

        Raises IrregularError where a column that was not read before turns out to be damaged.
        """
        body = self._with_original_columns() if keep_columns else self._flat()
        try:
            self._db.execute(f"COPY ({body}) TO {literal(str(path))} (FORMAT csv, HEADER TRUE)")
        except duckdb.InvalidInputException as error:
            raise self._irregular(error) from None
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            raise OutputError(f"the file can't be written: {_first_line(error)}") from None

    def close(self) -> None:
        """See `Engine.close`."""
        self._db.close()

    # -- scoring -----------------------------------------------------------------------------------------------

    def _read(self, query: Query) -> None:
        """Reads the raw texts of all fields into a table. Nothing is joined here, so its rows keep their order."""
        self._names = {field: query.names[field] for field in query.mapped}
        cells = scan.select_cells(
            [table.table.scan for table in self._tables], [table.columns for table in self._tables], self._names
        )
        keys = twins.keys({kind: self._names[kind] for kind in KINDS if kind in self._task.columns})
        self._db.execute(f"CREATE OR REPLACE TABLE cells AS\n{select(keys, f'({cells})')}")

    def _read_dictionaries(self, query: Query) -> tuple[str, ...]:
        """Reads each distinct text of the columns that repeat themselves once; returns their fields."""
        columns = {field.id: name(query.names[field.id]) for field in query.read}
        if not columns:
            return ()
        counts = ", ".join(f"count(DISTINCT {column})" for column in columns.values())
        (found,) = self._db.execute(f"SELECT {counts} FROM (FROM facts LIMIT {_SAMPLE})").fetchall()
        chosen = tuple(field for field, count in zip(columns, found, strict=True) if count <= _FEW)
        if chosen:  # one pass over the cells for all of them
            lists = ", ".join(f"list(DISTINCT {columns[field]}) AS {columns[field]}" for field in chosen)
            self._db.execute(f"CREATE OR REPLACE TABLE texts AS SELECT {lists} FROM facts")
        for field in chosen:
            texts = f"(SELECT unnest({columns[field]}) AS raw FROM texts)"
            table = name(query.dictionary_name(field))
            self._db.execute(f"CREATE OR REPLACE TABLE {table} AS\n{query.dictionary(field, texts)}")
        return chosen

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
        irregular = irregular or self._repeating()
        if irregular:
            raise IrregularError(irregular)
        self._starts = [sum(counts[:number]) for number in range(len(counts))]
        return counts

    def _repeating(self) -> list[int]:
        """The tables that are to be read as they stand, and hold their line of headers once more."""
        checks = [
            scan.repeats_headers(number, {self._names[field]: mapped.header(field) for field in mapped.columns})
            for number, mapped in enumerate(self._tables)
            if mapped.table.expected is not None and len(mapped.columns) > 1
        ]
        if not checks:
            return []
        found = self._db.execute(f"SELECT DISTINCT {scan.FILE} FROM cells WHERE {' OR '.join(checks)}").fetchall()
        return sorted(number for (number,) in found)

    def _check_blanks(self) -> None:
        """Rows without any text we read may be blank altogether: only the careful reader can tell."""
        blank = self._db.execute(
            f"SELECT DISTINCT {scan.FILE} FROM cells JOIN scored ON cells.rowid = {POSITION} WHERE {IS_BLANK}"
        ).fetchall()
        irregular = [number for (number,) in blank if self._tables[number].table.expected is not None]
        if irregular:
            raise IrregularError(sorted(irregular))

    def _verdicts(self) -> dict[Verdict, int]:
        found = dict(self._db.execute(f"SELECT {VERDICT}, count(*) FROM scored GROUP BY ALL").fetchall())
        return {word: found.get(index, 0) for index, word in enumerate(VERDICTS)}

    def _odd(self) -> tuple[OddText, ...]:
        rows = self._db.execute(f"""
            WITH texts AS (
                SELECT unnest(range(1, len({ODD}) + 1)) AS field, unnest({ODD}) AS raw, {POSITION} AS position
                FROM scored WHERE {ODD} IS NOT NULL
            )
            SELECT field, raw, count(*) AS count, min(position, {FIRST_PLACES}) FROM texts WHERE raw IS NOT NULL
            GROUP BY field, raw ORDER BY field, count DESC, min(position)""").fetchall()
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
        primary = self._task.pack.primary.id
        least, most = (name(self._query.card_column(primary, total)) for total in ("least", "most"))
        positions = sorted({position for one in found for position in one.positions})
        unknown = dict(self._db.execute(
            f"SELECT {POSITION}, {most} - {least} FROM scored WHERE {POSITION} IN (SELECT unnest(CAST(? AS BIGINT[])))",
            [positions]).fetchall())  # fmt: skip
        chosen = to_drop(found, unknown)
        gone = sorted(chosen)
        self._db.execute(f"DELETE FROM scored WHERE {POSITION} IN (SELECT unnest(CAST(? AS BIGINT[])))", [gone])
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
        rows = (
            self._db.cursor()
            .execute(
                f"SELECT rowid, {columns} FROM cells WHERE rowid IN (SELECT unnest(CAST(? AS BIGINT[])))",
                [[*positions]],
            )
            .fetchall()
        )
        return {position: At(table, *self._placed(table, row, line, position)) for position, table, row, line in rows}

    def _placed(self, table: int, row: int | None, line: int | None, position: int) -> tuple[int, int]:
        """Row and line of a record; in a regular file they follow from its position."""
        if row is None:
            row = position - self._starts[table] + 1
        return row, row + self._tables[table].table.origin.header_line if line is None else line

    # -- writing -----------------------------------------------------------------------------------------------

    def _flat(self) -> str:
        """The record's id and name, then ours."""
        who = {
            field: formula_safe(next(mapped.header(field) for mapped in self._tables if field in mapped.columns))
            for field in WHO
            if field in self._query.carried
        }
        columns = select(ranking.export(self._query, who), self._with_twins("chosen"), keep=False)
        return f"{columns}\nORDER BY {ranking.RANK}" if self._twins.repeated else columns

    def _with_twins(self, source: str) -> str:
        """A relation and the rows that seem to be the same firm, in words."""
        if not self._twins.repeated:
            return f"(SELECT *, CAST(NULL AS VARCHAR) AS {twins.DUPLICATES} FROM {source})"
        several = len(self._tables) > 1
        lines = [
            f"WHEN {number} THEN {literal(mapped.table.name + ' ' if several else '')} || 'line ' || "
            f"coalesce({scan.LINE}, rowid - {self._starts[number] - mapped.table.origin.header_line - 1})"
            for number, mapped in enumerate(self._tables)
        ]
        self._db.execute(twins.group_texts(f"CASE {scan.FILE} {' '.join(lines)} END"))
        return f"({twins.told(source, POSITION, self._twins.kinds)})"

    def _with_original_columns(self) -> str:
        """Every original column of every table, then ours, which take the place of those of a former run."""
        ours = ranking.export(self._query, {})
        taken = {column.name.casefold() for column in ours}
        headers = [_distinct(mapped.table.headers) for mapped in self._tables]
        keys = {key.casefold(): key for keys in reversed(headers) for key in reversed(keys)}
        order = dict.fromkeys(key.casefold() for keys in headers for key in keys if key.casefold() not in taken)
        sql = {key: f"original_{number}" for number, key in enumerate(order)}
        positions = [{key.casefold(): index for index, key in enumerate(table)} for table in headers]
        source = scan.select_cells([mapped.table.scan for mapped in self._tables], positions, sql)
        original = [Column(formula_safe(keys[key]), ranking.formula_safe(name(sql[key]))) for key in order]
        return (
            f"WITH placed AS (SELECT * EXCLUDE ({scan.FILE}, {scan.ROW}, {scan.LINE}), "
            f"row_number() OVER () - 1 AS {POSITION} FROM ({source}))\n"
            + select([*original, *ours], self._with_twins(f"placed JOIN chosen USING ({POSITION})"), keep=False)
            + f"\nORDER BY {ranking.RANK}"
        )


def _first_line(error: duckdb.Error) -> str:
    return str(error).splitlines()[0]


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
