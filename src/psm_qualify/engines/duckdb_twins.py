"""Records that seem to be the same firm, found by DuckDB. Twins of single records are only looked up when asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from psm_qualify.compile import twins
from psm_qualify.engines.base import Task
from psm_qualify.engines.duckdb_texts import repeating
from psm_qualify.engines.twins import Shared
from psm_qualify.facts.firms import KINDS

if TYPE_CHECKING:
    from psm_qualify.engines.duckdb_session import Database


class Twins:
    """The groups of records of the table `cells` that share an id, an address or a name; `kinds` are those that do."""

    def __init__(self, db: Database, task: Task, columns: Mapping[str, str]) -> None:
        self._db = db
        self._db.begin("Looking for doubles")
        self._db.execute(twins.NO_GROUPS)
        found = {kind: columns[kind] for kind in KINDS if kind in task.columns}
        often = repeating(db, "cells", {kind: column for kind, column in found.items() if kind in twins.COSTLY})
        for kind, column in found.items():
            self._db.execute(twins.keys(kind, column, kind in often))
            for statement in twins.find_groups(kind, column):
                self._db.execute(statement)
        self.kinds = tuple(kind for kind, _ in self._db.execute(twins.KINDS_FOUND).fetchall())
        self.repeated = self._db.execute(twins.count(self.kinds)).fetchall()[0][0] if self.kinds else 0

    def of(self, positions: Sequence[int]) -> dict[int, dict[int, str]]:
        """For some records, the first others of their groups, each with the surest kind that tells so."""
        if not self.repeated:
            return {}
        found: dict[int, dict[int, str]] = {}
        for position, _, kind, first in self._db.query(twins.of_some(self.kinds), [[*positions]]).fetchall():
            others = found.setdefault(position, {})
            for other in first:
                if other != position and len(others) < twins.MOST:
                    others.setdefault(other, kind)
        return found

    def groups(self) -> Collection[Shared]:
        """Every group, whole."""
        if not self.repeated:
            return ()
        return [Shared(kind, positions) for kind, positions in self._db.execute(twins.whole(self.kinds)).fetchall()]
