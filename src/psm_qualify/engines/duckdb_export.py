"""Flat files of the chosen prospects, made by DuckDB without a detour through Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psm_qualify.compile import lines, ranking, scan, twins
from psm_qualify.compile.patterns import NUMBER
from psm_qualify.compile.query import POSITION, Query
from psm_qualify.compile.sql import Column, literal, name, select
from psm_qualify.engines.duckdb_twins import Twins
from psm_qualify.facts.text import formula_safe
from psm_qualify.rules.pack import WHO
from psm_qualify.sources.mapping import Mapped

if TYPE_CHECKING:
    from psm_qualify.engines.duckdb_session import Database


@dataclass(frozen=True)
class Export:
    """Queries for the chosen prospects in rank order, over the tables of the engine."""

    db: Database
    tables: Sequence[Mapped]
    starts: Sequence[int]  # the position of each table's first record
    query: Query
    twins: Twins

    def flat(self) -> str:
        """The record's id and name, then ours."""
        who = [
            Column(formula_safe(self._header(field)), ranking.formula_safe(name(f"who__{field}")))
            for field in WHO
            if field in self.query.carried
        ]
        return self._lines(who, select([Column("record", "rowid"), *self.query.who], "cells", keep=False))

    def _header(self, field: str) -> str:
        return next(mapped.header(field) for mapped in self.tables if field in mapped.columns)

    def with_original_columns(self) -> str:
        """Every original column of every table, then ours, which take the place of those of a former run."""
        taken = {column.name.casefold() for column in self._ours([])}
        headers = [_distinct(mapped.table.headers) for mapped in self.tables]
        keys = {key.casefold(): key for keys in reversed(headers) for key in reversed(keys)}
        order = dict.fromkeys(key.casefold() for keys in headers for key in keys if key.casefold() not in taken)
        sql = {key: f"original_{number}" for number, key in enumerate(order)}
        positions = [{key.casefold(): index for index, key in enumerate(table)} for table in headers]
        cells = scan.select_cells([mapped.table.scan for mapped in self.tables], positions, sql)
        original = [Column(formula_safe(keys[key]), ranking.formula_safe(name(sql[key]))) for key in order]
        texts = [Column("record", "row_number() OVER () - 1"), *(Column(own, name(own)) for own in sql.values())]
        return self._lines(original, select(texts, f"({cells})", keep=False))

    def _ours(self, own: Sequence[Column]) -> list[Column]:
        """Our columns, behind those of the record's own."""
        before = [*own, ranking.RANK_COLUMN]
        judged = ranking.judged(self.query, before)
        return [ranking.RANK_COLUMN, *judged, ranking.told_twins([*before, *judged])]

    def _lines(self, own: Sequence[Column], listed: str) -> str:
        """The lines of a file: the own columns of each record, over `listed`, which has its position, then ours."""
        rank, *judged, told = self._ours(own)
        texts = [Column(f"own_{number}", column.sql) for number, column in enumerate(own)]
        made = select([Column("record", "record"), *texts], f"({listed})", keep=False)
        # How a record was judged is put into words once for each pattern.
        words = [Column(NUMBER, NUMBER), Column("judged", lines.line(lines.cell(column.sql) for column in judged))]
        source = (
            f"({made}) JOIN chosen ON record = {POSITION}\n"
            f"JOIN ({select(words, 'patterns', keep=False)}) USING ({NUMBER})"
        )
        cells = [*(lines.cell(name(column.name)) for column in texts), rank.sql, "judged", told.sql]
        title = lines.headers(column.name for column in (*own, rank, *judged, told))
        return f"SELECT {lines.line(cells)} AS {title}\nFROM ({self._with_twins(source)})\nORDER BY {rank.sql}"

    def _with_twins(self, source: str) -> str:
        """A relation, each of its records with its twins in words."""
        if not self.twins.repeated:
            return f"SELECT *, CAST(NULL AS VARCHAR) AS {twins.DUPLICATES} FROM {source}"
        for statement in twins.tell(self._words, self.twins.kinds):
            self.db.execute(statement)
        return twins.told(source, self.twins.kinds)

    @property
    def _words(self) -> str:
        """The first records of each group of twins in words."""
        several = len(self.tables) > 1
        whens = []
        for number, mapped in enumerate(self.tables):
            line = f"record - {self.starts[number] - mapped.table.origin.header_line - 1}"
            line = f"coalesce({scan.LINE}, {line})" if mapped.table.scan.placed else line
            file = literal(f"{mapped.table.name} " if several else "")
            whens.append(
                f"WHEN record >= {self.starts[number]} THEN {file} || 'line ' || {line} || ' (' || kind || ')'"
            )
        words = f"CASE {' '.join(reversed(whens))} END"
        placed = any(mapped.table.scan.placed for mapped in self.tables)
        return twins.words_by_record(words) if placed else twins.words_by_position(words)


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
