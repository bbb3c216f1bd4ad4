"""Columns of a long table, looked at by DuckDB: the cells are read twice and never kept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

import duckdb

from psm_qualify.compile import profile
from psm_qualify.engines.base import IrregularError
from psm_qualify.engines.duckdb_session import Database
from psm_qualify.engines.profiles import HEAD, ColumnReader, Counted, most_frequent
from psm_qualify.errors import InputError
from psm_qualify.sources.table import Table, Wanted


class DuckDBProfiler:
    """A profiler for tables of any size."""

    def __init__(self, table: Table, wanted: Wanted) -> None:
        self._table, self._wanted = table, wanted

    def frequent(self, readers: Sequence[ColumnReader]) -> list[list[str]]:
        """See `Profiler.frequent`."""
        return most_frequent(readers, self._rows(profile.first_records(self._table.scan, HEAD)))

    def count(self, readers: Sequence[ColumnReader], texts: Sequence[Sequence[str]]) -> Counted:
        """See `Profiler.count`."""
        plain = [(each.reader, each.swapped) for each in readers]
        ((records, *found),) = self._rows(profile.counts(self._table.scan, plain, texts))
        if self._table.expected not in (None, records):
            raise IrregularError([0])
        left = iter(found)
        columns = [tuple(islice(left, 1 + len(asked))) for asked in texts]
        return Counted(records, tuple(own[0] for own in columns), tuple(own[1:] for own in columns))

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        with Database() as db:
            db.prepare(self._wanted)
            db.begin("Counting", self._table.scan.path.stat().st_size, "bytes")
            try:
                return db.rows(sql)
            except duckdb.InvalidInputException as error:
                raise self._irregular(error) from None
            except duckdb.IOException as error:
                raise InputError(f"the list can't be read: {str(error).splitlines()[0]}") from None
            finally:
                db.end()

    def _irregular(self, error: duckdb.Error) -> Exception:
        if self._table.expected is None:
            return InputError(f"the list can't be read: {str(error).splitlines()[0]}")
        return IrregularError([0])
