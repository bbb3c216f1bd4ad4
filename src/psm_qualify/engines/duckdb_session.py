"""A DuckDB of one's own: every statement can be stopped and tells how far it is, and nothing that it spills stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import TracebackType

import duckdb

from psm_qualify.compile.sql import literal
from psm_qualify.engines.memory import MemoryLimit
from psm_qualify.errors import MemoryLimitError
from psm_qualify.progress import Listener, Progress, Unit, unheard
from psm_qualify.sources.table import Wanted
from psm_qualify.stopping import stoppable

_SETTINGS = (
    # Every join here has its small side written last: nothing is left to be guessed.
    "SET disabled_optimizers = 'join_order,build_side_probe_side'",
    # DuckDB only keeps account of its progress where it could show a bar.
    "SET enable_progress_bar = true",
    "SET enable_progress_bar_print = false",
)
_A_THREAD = 200 * 10**6
"""Bytes of a limit for each thread. Of less, their buffers would take what sorting and joining needs."""


class Database:
    """A database in memory, which spills to a folder of its own beyond the limit."""

    def __init__(self) -> None:
        self._limit: MemoryLimit | None = None
        self._listener: Listener = unheard
        self._stage: Progress | None = None
        self._db = duckdb.connect()
        for setting in _SETTINGS:
            self._db.execute(setting)

    def prepare(self, wanted: Wanted, limit: MemoryLimit | None = None) -> None:
        """Says where to spill, who hears how far statements are, and how much memory they may take."""
        self._listener, self._limit = wanted.listener, limit
        # Else it would spill into the folder in which the user happens to be.
        self._folder = wanted.folder / "spilt"
        self._folder.mkdir(exist_ok=True)
        self._db.execute(f"SET temp_directory = {literal(str(self._folder))}")
        if limit is not None:
            self._db.execute(f"SET memory_limit = {literal(f'{limit.bytes}B')}")
            self._db.execute(f"SET threads = least(current_setting('threads'), {max(limit.bytes // _A_THREAD, 1)})")

    def execute(self, sql: str, parameters: object = None) -> duckdb.DuckDBPyConnection:
        """Runs a statement. Raises MemoryLimitError."""
        return self._run(self._db, sql, parameters)

    def query(self, sql: str, parameters: object = None) -> duckdb.DuckDBPyConnection:
        """Runs a query on a connection of its own, so that several walks don't disturb one another."""
        return self._run(self._db.cursor(), sql, parameters)

    def begin(self, stage: str, total: int | None = None, unit: Unit = "rows") -> None:
        """Says what the next statements are for. With a `total`, each tells how much of that it has done."""
        self.end()
        self._stage = Progress(stage, 0, total, unit)
        self._listener(self._stage)

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

    def _run(self, db: duckdb.DuckDBPyConnection, sql: str, parameters: object) -> duckdb.DuckDBPyConnection:
        try:
            return stoppable(lambda: db.execute(sql, parameters), db.interrupt, self._look(db))
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
