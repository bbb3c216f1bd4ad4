"""A DuckDB of one's own: every statement can be stopped and tells how far it is, and nothing that it spills stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from types import MappingProxyType, TracebackType
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from psm_qualify.compile.sql import literal
from psm_qualify.engines.memory import LEAST, MemoryLimit
from psm_qualify.errors import MemoryLimitError
from psm_qualify.progress import Listener, Progress, Unit, unheard
from psm_qualify.sources.table import Wanted
from psm_qualify.stopping import stoppable

T = TypeVar("T")
_SETTINGS = (
    # Every join here has its small side written last: nothing is left to be guessed.
    "SET disabled_optimizers = 'join_order,build_side_probe_side'",
    # DuckDB only keeps account of its progress where it could show a bar.
    "SET enable_progress_bar = true",
    "SET enable_progress_bar_print = false",
    # Texts of any length together: else those of a column end at two gigabytes.
    "SET arrow_large_buffer_size = true",
)
_A_THREAD = 200 * 10**6
"""Bytes of a limit for each thread. Of less, their buffers would take what sorting and joining needs."""
_ROWS = 50_000  # that come at once
_PART = 32 * 10**6  # bytes
_PIECE = 20_000  # rows of a table in memory that one thread works on
_PARTS = 20  # that fit into the memory at least


class Database:
    """A database in memory, which spills to a folder of its own beyond the limit.

    `memory` is how many bytes it may take before that: the limit, else most of what the machine has.
    """

    def __init__(self) -> None:
        self._limit: MemoryLimit | None = None
        self._listener: Listener = unheard
        self._stage: Progress | None = None
        self._db = duckdb.connect()
        self.execute("; ".join(_SETTINGS))

    def prepare(self, wanted: Wanted, limit: MemoryLimit | None = None) -> None:
        """Says where to spill, who hears how far statements are, and how much memory they may take."""
        self._listener, self._limit = wanted.listener, limit
        # Else it would spill into the folder in which the user happens to be.
        self._folder = wanted.folder / "spilt"
        self._folder.mkdir(exist_ok=True)
        self.execute(f"SET temp_directory = {literal(str(self._folder))}")
        if limit is not None:
            share = max(limit.bytes // 2, min(limit.bytes, LEAST))  # what is worked on besides takes as much
            self.execute(f"SET memory_limit = {literal(f'{share}B')}")
            self.execute(f"SET threads = least(current_setting('threads'), {max(share // _A_THREAD, 1)})")
        settings = "parse_formatted_bytes(current_setting('memory_limit')), current_setting('threads')"
        ((memory, self._threads),) = self.rows(f"SELECT {settings}")
        self.memory = int(memory) if limit is None else limit.bytes
        self._part = min(_PART, self.memory // _PARTS)
        # What comes part by part is made meanwhile, so far ahead. With less its threads stand idle.
        self.execute(f"SET streaming_buffer_size = '{self._part * 3 // 2}B'")

    def breathe(self) -> None:
        """Gives memory that is not used any more back to the system, where it is bounded."""
        if self._limit is not None:
            pa.default_memory_pool().release_unused()

    def hold(self, relation: str, table: pa.Table) -> None:
        """Makes a table in memory a relation. Statements and queries that run on connections of their own (`walk`, and
        those at the same time) don't see it."""
        self._run(self._db, lambda: _register({relation: table}, self._db))

    def execute(self, sql: str, parameters: object = None) -> None:
        """Runs a statement. Raises MemoryLimitError."""
        self._run(self._db, lambda: self._db.execute(sql, parameters))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Runs a query; all its rows. Raises MemoryLimitError."""
        return self._run(self._db, lambda: self._db.execute(sql).fetchall())

    def columns(self, sql: str) -> pa.Table:
        """Runs a query; its whole result, in the order of its rows. Raises MemoryLimitError."""
        return self._run(self._db, lambda: self._db.sql(sql).to_arrow_table())

    def execute_all(self, statements: Iterable[str]) -> None:
        """Runs statements at the same time. They don't see what is held in memory. Raises MemoryLimitError."""
        self._at_once([partial(_execute, sql) for sql in statements])

    def columns_of(self, queries: Iterable[tuple[str, Mapping[str, pa.Table]]]) -> list[pa.Table]:
        """The whole results of queries that run at the same time. Of what is held in memory they see only the tables
        given with them. Raises MemoryLimitError.
        """
        return self._at_once([partial(_result, *one) for one in queries])

    def parts(self, sql: str) -> Iterator[pa.Table]:
        """Runs a query; its result in parts of some size, in the order of its rows. Until their end nothing else can
        be run but `walk`. Raises MemoryLimitError.
        """
        return self._parts(self._db, sql)

    def walk(self, sql: str, held: Mapping[str, pa.Table] = MappingProxyType({})) -> Iterator[pa.Table]:
        """The same on a connection of its own, so that several walks don't disturb one another.

        The tables of the database it sees, but of those in memory only the ones given here.
        """
        cursor = self._db.cursor()
        self._run(cursor, lambda: _register(held, cursor))
        return self._parts(cursor, sql)

    def begin(self, stage: str, total: int | None = None, unit: Unit = "rows") -> None:
        """Says what the next statements are for. With a `total`, each tells how much of that it has done."""
        self.end()
        self.breathe()
        self._stage = Progress(stage, 0, total, unit)
        self._listener(self._stage)

    def tell(self, done: int) -> None:
        """Says how far a stage is that is no statement's work."""
        if self._stage is not None:
            self._listener(replace(self._stage, done=done))

    def end(self) -> None:
        """Says that a stage has ended, if one has begun."""
        if self._stage is not None:
            self._listener(replace(self._stage, ended=True))
            self._stage = None

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Frees the database, and what it has spilt."""
        self.end()
        self._db.close()

    def _parts(self, db: duckdb.DuckDBPyConnection, sql: str) -> Iterator[pa.Table]:
        reader = self._run(db, lambda: db.sql(sql).to_arrow_reader(_ROWS))
        while part := self._run(db, lambda: _gathered(reader, self._part)):
            yield pa.Table.from_batches(part)

    def _run(self, db: duckdb.DuckDBPyConnection, work: Callable[[], T]) -> T:
        # All that DuckDB does goes by here: in the main thread it turns a wish to stop into an error of its own.
        return self._stoppable(work, db.interrupt, self._look(db))

    def _at_once(self, work: Sequence[Callable[[duckdb.DuckDBPyConnection], T]]) -> list[T]:
        """What pieces of work return, each done on a connection of its own."""
        connections = [self._db.cursor() for _ in work]

        def stop() -> None:
            for db in connections:
                db.interrupt()

        def done() -> list[T]:
            with ThreadPoolExecutor(self._threads) as threads:
                return list(threads.map(lambda do, db: do(db), work, connections))

        return self._stoppable(done, stop, self._look(self._db))

    def _stoppable(self, work: Callable[[], T], stop: Callable[[], None], look: Callable[[], None]) -> T:
        try:
            return stoppable(work, stop, look)
        except duckdb.OutOfMemoryException as error:
            raise MemoryLimitError(self._too_little(error)) from None

    def _look(self, db: duckdb.DuckDBPyConnection) -> Callable[[], None]:
        def look() -> None:
            if self._stage is not None:
                percent = max(db.query_progress(), 0)  # -1: not known yet
                self._listener(replace(self._stage, done=int((self._stage.total or 0) * percent / 100)))

        return look

    def _too_little(self, error: duckdb.Error) -> str:
        if "max_temp_directory_size" in str(error):
            return (
                f"the list is larger than the memory, and {self._folder.parent.parent} has no room for the rest: make "
                "some there, or let TMPDIR name a folder on another disk"
            )
        if self._limit is None:
            return f"the list needs more memory than this machine has free ({str(error).splitlines()[0]})"
        return (
            f"--memory-limit {self._limit.text}: too little for this list and these rules; give more, or leave the "
            "option out"
        )


def _execute(sql: str, db: duckdb.DuckDBPyConnection) -> None:
    db.execute(sql)


def _result(sql: str, held: Mapping[str, pa.Table], db: duckdb.DuckDBPyConnection) -> pa.Table:
    _register(held, db)
    return db.sql(sql).to_arrow_table()


def _register(held: Mapping[str, pa.Table], db: duckdb.DuckDBPyConnection) -> None:
    for relation, table in held.items():
        db.register(relation, pa.Table.from_batches(table.to_batches(_PIECE), table.schema))


def _gathered(reader: pa.RecordBatchReader, enough: int) -> list[pa.RecordBatch]:
    """The next batches, so many bytes together or somewhat more; none at the end."""
    found: list[pa.RecordBatch] = []
    size = 0
    try:
        for batch in reader:
            found.append(batch)
            size += batch.nbytes
            if size >= enough:
                break
    except OSError as error:  # Arrow's reader passes on DuckDB's words, but not its kind of error
        raise _of_duckdb(str(error)) from None
    return found


def _of_duckdb(words: str) -> duckdb.Error:
    kinds = {
        "Invalid Input Error": duckdb.InvalidInputException,
        "IO Error": duckdb.IOException,
        "Out of Memory Error": duckdb.OutOfMemoryException,
    }
    return next((kind for beginning, kind in kinds.items() if words.startswith(beginning)), duckdb.Error)(words)
