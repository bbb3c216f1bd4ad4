"""Flat files of the chosen prospects, made by DuckDB without a detour through Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psm_qualify.compile import ranking, scan, twins
from psm_qualify.compile.patterns import NUMBER
from psm_qualify.compile.query import POSITION, Query
from psm_qualify.compile.sql import Column, literal, name, select
from psm_qualify.engines.duckdb_twins import Twins
from psm_qualify.facts.text import formula_safe
from psm_qualify.rules.pack import WHO
from psm_qualify.sources.mapping import Mapped

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_JUDGED = f"chosen JOIN patterns USING ({NUMBER})"


@dataclass(frozen=True)
class Export:
    """Queries for the chosen prospects in rank order, over the tables of the engine."""

    db: DuckDBPyConnection
    tables: Sequence[Mapped]
    starts: Sequence[int]  # the position of each table's first record
    query: Query
    twins: Twins

    def flat(self) -> str:
        """The record's id and name, then ours."""
        who = {
            field: formula_safe(next(mapped.header(field) for mapped in self.tables if field in mapped.columns))
            for field in WHO
            if field in self.query.carried
        }
        listed = select([Column("record", "rowid"), *self.query.who], "cells", keep=False)
        source = f"({listed}) JOIN ({_JUDGED}) ON record = {POSITION}"
        return self._in_order(ranking.export(self.query, who), source)

    def with_original_columns(self) -> str:
        """Every original column of every table, then ours, which take the place of those of a former run."""
        ours = ranking.export(self.query, {})
        taken = {column.name.casefold() for column in ours}
        headers = [_distinct(mapped.table.headers) for mapped in self.tables]
        keys = {key.casefold(): key for keys in reversed(headers) for key in reversed(keys)}
        order = dict.fromkeys(key.casefold() for keys in headers for key in keys if key.casefold() not in taken)
        sql = {key: f"original_{number}" for number, key in enumerate(order)}
        positions = [{key.casefold(): index for index, key in enumerate(table)} for table in headers]
        cells = scan.select_cells([mapped.table.scan for mapped in self.tables], positions, sql)
        original = [Column(formula_safe(keys[key]), ranking.formula_safe(name(sql[key]))) for key in order]
        here = Column("record", "row_number() OVER () - 1")
        listed = (
            f"({select([here, *(Column(own, name(own)) for own in sql.values())], f'({cells})', keep=False)}) AS listed"
        )
        return self._in_order([*original, *ours], f"{listed} JOIN ({_JUDGED}) ON record = {POSITION}")

    def _in_order(self, columns: Sequence[Column], source: str) -> str:
        if not self.twins.repeated:
            told = f"(SELECT *, CAST(NULL AS VARCHAR) AS {twins.DUPLICATES} FROM {source})"
        else:
            for statement in twins.tell(self._words, self.twins.kinds):
                self.db.execute(statement)
            told = f"({twins.told(source, self.twins.kinds)})"
        return f"{select(columns, told, keep=False)}\nORDER BY {ranking.RANK}"

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
