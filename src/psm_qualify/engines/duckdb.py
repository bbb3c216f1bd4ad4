"""DuckDB, in process: over any size, out of core, on every core."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from psm_qualify.compile import ranking, scan
from psm_qualify.compile.query import Query
from psm_qualify.compile.sql import Column, literal, name, select
from psm_qualify.engines.base import IrregularError, RankedCells, Scored
from psm_qualify.errors import InputError
from psm_qualify.rules.pack import WHO, Pack
from psm_qualify.rules.scoring import VERDICTS
from psm_qualify.selection import Filter
from psm_qualify.sources.delimited import records_at
from psm_qualify.sources.mapping import Mapped

_SAMPLE = 20_000  # rows that tell how often the texts of a column repeat
_FEW = 4_000  # distinct texts in the sample, above which a column gains nothing from a dictionary
_BATCH = 1_000
_FIRST_ROWS = 5


class DuckDBEngine:
    """An engine that keeps scored prospects in a temporary table, in the order of the input."""

    def __init__(self) -> None:
        self._db = duckdb.connect()
        # Ours is always the small side of a join, and rows have to keep the order of the file.
        self._db.execute("SET preserve_insertion_order = true")
        self._db.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
        self._db.execute("SET enable_progress_bar = false")

    def score(self, tables: Sequence[Mapped], pack: Pack) -> Scored:
        """See `Engine.score`."""
        self._tables = tables
        self._scans = [mapped.table.scan for mapped in tables]
        mapped = tuple(field for field in pack.fields if any(field in table.columns for table in tables))
        query = Query(pack, mapped)
        source = self._source(query, query.scanned)
        try:
            query = Query(pack, mapped, self._read_dictionaries(query, source))
            self._query = query
            self._db.execute(f"CREATE OR REPLACE TEMP TABLE scored AS\n{query.score(source)}")
        except duckdb.InvalidInputException as error:
            raise self._irregular(error) from None
        return Scored(self._accepted(), self._verdicts(), self._odd())

    def choose(self, chosen: Filter) -> int:
        """See `Engine.choose`."""
        order, limit = ranking.order(self._query, "position"), chosen.top
        ordered = f"SELECT *, rowid AS position FROM scored ORDER BY {order}"
        if limit is not None and not chosen.selects:
            ordered += f" LIMIT {literal(limit)}"
        self._db.execute(f"CREATE OR REPLACE TEMP TABLE ordered AS {ordered}")
        chain = f"SELECT *, rowid + 1 AS rank FROM ordered WHERE {ranking.condition(self._query, chosen)} ORDER BY rank"
        if limit is not None:
            chain += f" LIMIT {literal(limit)}"
        self._db.execute(f"CREATE OR REPLACE TEMP VIEW chosen AS {chain}")
        ((count,),) = self._db.execute("SELECT count(*) FROM chosen").fetchall()
        self._count = int(count)
        return self._count

    def cells(self) -> Iterator[RankedCells]:
        """See `Engine.cells`. A few prospects of a regular file are picked by their lines, many by a second scan."""
        regular = all(mapped.table.expected is not None for mapped in self._tables)
        return self._picked() if regular and self._count <= _BATCH else self._scanned()

    def _picked(self) -> Iterator[RankedCells]:
        chosen = self._db.execute(f"SELECT rank, {scan.FILE}, position FROM chosen ORDER BY rank").fetchall()
        found = []
        for number, mapped in enumerate(self._tables):
            start = self._starts[number]
            positions = [position - start for _, table, position in chosen if table == number]
            found.append(records_at(mapped.table, positions))
        for rank, table, position in chosen:
            index = position - self._starts[table]
            texts, mapped = found[table][index], self._tables[table]
            cells = {field: texts[column] or None for field, column in mapped.columns.items()}
            yield RankedCells(rank, table, index + 1, index + 2, cells)

    def _scanned(self) -> Iterator[RankedCells]:
        fields = self._query.mapped
        columns = ", ".join(name(self._query.names[field]) for field in fields)
        extra = f", {columns}" if columns else ""
        cursor = self._db.execute(f"""
            WITH placed AS (SELECT *, row_number() OVER () - 1 AS position FROM ({self._source(self._query, fields)}))
            SELECT rank, placed.{scan.FILE}, placed.{scan.ROW}, placed.{scan.LINE}, position{extra}
            FROM placed JOIN (SELECT rank, position FROM chosen) USING (position)
            ORDER BY rank""")
        while batch := cursor.fetchmany(_BATCH):
            for rank, table, row, line, position, *texts in batch:
                row, line = self._placed(table, row, line, position)
                yield RankedCells(rank, table, row, line, dict(zip(fields, texts, strict=True)))

    def write_csv(self, path: Path, keep_columns: bool) -> None:
        """The chosen prospects in rank order as a flat file, made without a detour through Python."""
        who = {field: self._header(field) for field in WHO if field in self._query.carried}
        if keep_columns:
            body = self._with_original_columns()
        else:
            body = select(ranking.export(self._query, who), "chosen", keep=False) + "\nORDER BY rank"
        self._db.execute(f"COPY ({body}) TO {literal(str(path))} (FORMAT csv, HEADER TRUE)")

    def close(self) -> None:
        """See `Engine.close`."""
        self._db.close()

    # -- scoring -----------------------------------------------------------------------------------------------

    def _source(self, query: Query, fields: Sequence[str]) -> str:
        positions = [
            {field: table.columns[field] for field in fields if field in table.columns} for table in self._tables
        ]
        return scan.select_cells(self._scans, positions, {field: query.names[field] for field in fields})

    def _read_dictionaries(self, query: Query, source: str) -> tuple[str, ...]:
        """Reads each distinct text of the columns that repeat themselves once; returns their fields.

        A look at the first rows tells which columns do. One scan collects their texts: it costs little more than
        reading the file, and spares reading every cell by patterns.
        """
        columns = {field.id: name(query.names[field.id]) for field in query.read}
        if not columns:
            return ()
        self._db.execute(f"CREATE OR REPLACE TEMP TABLE sample AS SELECT * FROM ({source}) LIMIT {_SAMPLE}")
        counts = ", ".join(f"count(DISTINCT {column})" for column in columns.values())
        ((size, *found),) = self._db.execute(f"SELECT count(*), {counts} FROM sample").fetchall()
        chosen = [field for field, count in zip(columns, found, strict=True) if count <= _FEW]
        if not chosen:
            return ()
        texts = ", ".join(f"list(DISTINCT {columns[field]}) AS {columns[field]}" for field in chosen)
        whole = "sample" if size < _SAMPLE else f"({source})"
        self._db.execute(f"CREATE OR REPLACE TEMP TABLE texts AS SELECT {texts} FROM {whole}")
        for field in chosen:
            table = name(query.dictionary_name(field))
            values = f"(SELECT unnest({columns[field]}) AS raw FROM texts)"
            self._db.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS\n{query.dictionary(field, values)}")
        return tuple(chosen)

    def _irregular(self, error: duckdb.Error) -> Exception:
        numbers = [index for index, mapped in enumerate(self._tables) if mapped.table.expected is not None]
        if not numbers:
            return InputError(f"the list can't be read: {str(error).splitlines()[0]}")
        return IrregularError(numbers)

    def _accepted(self) -> tuple[int, ...]:
        found = {
            table: (count, blank)
            for table, count, blank in self._db.execute(
                f"SELECT {scan.FILE}, count(*), count(*) FILTER (is_blank) FROM scored GROUP BY ALL"
            ).fetchall()
        }
        accepted = tuple(found.get(number, (0, 0)) for number in range(len(self._tables)))
        irregular = [
            number
            for number, (mapped, (count, blank)) in enumerate(zip(self._tables, accepted, strict=True))
            if mapped.table.expected is not None and (count != mapped.table.expected or blank)
        ]
        if irregular:
            raise IrregularError(irregular)
        counts = tuple(count for count, _ in accepted)
        self._starts = [sum(counts[:number]) for number in range(len(counts))]
        return counts

    def _verdicts(self) -> dict[str, int]:
        found = dict(self._db.execute("SELECT verdict, count(*) FROM scored GROUP BY verdict").fetchall())
        return {word: found.get(index, 0) for index, word in enumerate(VERDICTS)}

    def _odd(self) -> tuple[tuple[str, str, int, tuple[tuple[int, int], ...]], ...]:
        found = []
        for field in self._query.read:
            column = name(self._query.odd(field.id))
            rows = self._db.execute(f"""
                SELECT {column}, count(*),
                       min({{'position': rowid, 'file': {scan.FILE}, 'row': {scan.ROW}}}, {_FIRST_ROWS})
                FROM scored WHERE {column} IS NOT NULL
                GROUP BY {column} ORDER BY count(*) DESC, min(rowid)""").fetchall()
            for text, count, first in rows:
                places = tuple(
                    (at["file"], self._placed(at["file"], at["row"], None, at["position"])[0]) for at in first
                )
                found.append((field.id, text, count, places))
        return tuple(found)

    def _placed(self, table: int, row: int | None, line: int | None, position: int) -> tuple[int, int]:
        """Row and line of a record; in a regular file they follow from its position."""
        if row is None:
            row = position - self._starts[table] + 1
        return row, row + 1 if line is None else line

    # -- writing -----------------------------------------------------------------------------------------------

    def _header(self, field: str) -> str:
        return next(mapped.header(field) for mapped in self._tables if field in mapped.columns)

    def _with_original_columns(self) -> str:
        """Every original column of every table first, then ours."""
        headers = _distinct_headers(self._tables)
        keys = list(dict.fromkeys(key for keys in headers for key in keys))
        sql = {key: f"original_{number}" for number, key in enumerate(keys)}
        positions = [{key: index for index, key in enumerate(table)} for table in headers]
        source = scan.select_cells(self._scans, positions, sql)
        original = [Column(key, ranking.formula_safe(name(sql[key]))) for key in keys]
        ours = ranking.export(self._query, {})
        return (
            f"WITH placed AS (SELECT * EXCLUDE ({scan.FILE}, {scan.ROW}, {scan.LINE}), "
            f"row_number() OVER () - 1 AS position FROM ({source}))\n"
            + select([*original, *ours], "placed JOIN chosen USING (position)", keep=False)
            + "\nORDER BY rank"
        )


def _distinct_headers(tables: Sequence[Mapped]) -> list[list[str]]:
    """The headers of each table, made distinct: a second `Phone` becomes `Phone (2)`, a blank one `Column 3`."""
    result = []
    for mapped in tables:
        seen: set[str] = set()
        keys: list[str] = []
        for index, header in enumerate(mapped.table.headers, 1):
            base = key = header or f"Column {index}"
            count = 1
            while key.casefold() in seen:
                count += 1
                key = f"{base} ({count})"
            seen.add(key.casefold())
            keys.append(key)
        result.append(keys)
    return result
