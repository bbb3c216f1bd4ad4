"""What DuckDB does between reading the cells and judging them: decimal commas, people, inferences."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from psm_qualify.compile.inference import PEOPLE, TITLES, TOLD, Inferences
from psm_qualify.compile.query import POSITION, Query
from psm_qualify.compile.sql import literal, name
from psm_qualify.engines import keys as firm_keys
from psm_qualify.engines.base import MOST_LEFT, Task
from psm_qualify.engines.codes import Codes, Coding
from psm_qualify.engines.decimals import writes_commas
from psm_qualify.engines.duckdb_answers import Answers
from psm_qualify.engines.duckdb_cells import Cells
from psm_qualify.facts.firms import domain_key, name_key
from psm_qualify.results import JoinedContacts
from psm_qualify.sources.contacts import join

if TYPE_CHECKING:
    from psm_qualify.engines.duckdb_session import Database


class Facts:
    """What each field of each record is read from, made of the relation `cells`."""

    def __init__(self, db: Database, task: Task, query: Query, cells: Cells) -> None:
        self._db, self._task, self._query, self._cells = db, task, query, cells
        self._db.begin("Looking for facts")
        self.commas = self._comma_fields()
        self.joined = self._join_people() if task.contacts is not None and task.infer else None
        self.answers = Answers(db, task, cells, {field: query.names[field] for field in query.mapped}, self.commas)
        self._infer()

    def _comma_fields(self) -> tuple[frozenset[str], ...]:
        """By table, the numeric fields whose cells write a decimal comma."""
        task = self._task
        numeric = [field for field in task.fields if field in task.pack.numeric and field in task.columns]
        if task.decimal is not None or not numeric:
            chosen = numeric if task.decimal == "comma" else []
            return tuple(frozenset(field for field in chosen if field in mapped.columns) for mapped in task.tables)
        coded = {field: self._cells.coded[self._query.names[field]] for field in numeric}
        return tuple(
            frozenset(field for field in numeric if writes_commas(coded[field].texts_of(self._cells.records_of(table))))
            for table in range(len(task.tables))
        )

    def _join_people(self) -> JoinedContacts:
        """Puts the job titles of each prospect's people into a table."""
        assert self._task.contacts is not None
        people = list(self._task.contacts.people(self._task.wanted))
        domains = sorted({person.domain for person in people} - {""})
        names = sorted({person.name for person in people} - {""})
        found = join(people, self._firms(domains, names), MOST_LEFT)
        positions, titles = list(found.titles), list(map(list, found.titles.values()))
        self._db.execute(f"CREATE OR REPLACE TABLE {PEOPLE} ({name(POSITION)} BIGINT, {TITLES} VARCHAR[])")
        self._db.execute(
            f"INSERT INTO {PEOPLE} SELECT unnest(CAST(? AS BIGINT[])), unnest(CAST(? AS VARCHAR[][]))",
            [positions, titles],
        )
        return JoinedContacts(found.people, found.joined, len(found.titles), found.left)

    def _firms(self, domains: Sequence[str], names: Sequence[str]) -> Collection[tuple[int, str, str]]:
        """The prospects that one of the keys fits: their positions and keys."""
        kinds = ("domain", "name")
        columns: dict[str, str] = {kind: self._query.names[kind] for kind in kinds if kind in self._task.columns}
        if not columns:
            return ()
        keys = {"domain": domains, "name": names}
        texts = ((field, self._cells.texts(column), keys[field]) for field, column in columns.items())
        found = np.unique(np.concatenate([firm_keys.among(*one) for one in texts]))
        rows = self._cells.rows(found, columns)
        return [(at, domain_key(own.get("domain") or ""), name_key(own.get("name") or "")) for at, own in rows]

    def _infer(self) -> None:
        task = self._task
        rules = {field: found for field in task.fields if (found := task.rules(field))}
        commas: dict[str, list[int]] = {}
        for number, fields in enumerate(self.commas):
            for field in fields:
                commas.setdefault(field, []).append(number)
        self.inferences = Inferences(task.pack, self._query.names, rules, task.columns | task.answered, commas)
        if self.inferences.searching:
            self._db.execute(f"CREATE OR REPLACE TABLE {TOLD} AS\n{self.inferences.told}")
        self._db.execute_all(map(self.inferences.inferred, self.inferences.searching))
        for field in self.inferences.bounding:
            table = name(self.inferences.bounds_name(field))
            self._db.execute(f"CREATE OR REPLACE TABLE {table} AS\n{self.inferences.bounds(field)}")

    def codes(self) -> Mapping[str, Codes]:
        """The fields that are read, as codes."""
        columns = {field.id: self._query.names[field.id] for field in self._query.read}
        changed = self.inferences.changed | self._task.answered
        written = [column for field, column in columns.items() if field in changed]
        made = self._encoded(written) if written else {}
        return {field: made.get(column) or self._cells.coded[column] for field, column in columns.items()}

    def _encoded(self, columns: Sequence[str]) -> Mapping[str, Codes]:
        """Columns that are not as the cells have them."""
        coding = {column: Coding() for column in columns}
        wanted = ", ".join(map(name, [POSITION, *columns]))
        positions = [np.empty(0, np.int64)]
        for part in self._db.parts(f"SELECT {wanted} FROM (\n{self.inferences.facts}\n)"):
            positions.append(part.column(POSITION).to_numpy())
            for column, own in coding.items():
                own.add(part.column(column))
        # Joins lose the order.
        order = np.argsort(np.concatenate(positions))
        found = {column: own.done() for column, own in coding.items()}
        return {column: Codes(codes.texts, codes.of[order]) for column, codes in found.items()}

    def titles(self, positions: Collection[int]) -> Mapping[int, tuple[str, ...]]:
        """The job titles of the people of some prospects."""
        if self.joined is None or not positions:
            return {}
        wanted = ", ".join(map(literal, positions))
        parts = self._db.walk(f"SELECT * FROM {PEOPLE} WHERE {name(POSITION)} IN ({wanted})")
        rows = (row for part in parts for row in zip(*(column.to_pylist() for column in part.columns), strict=True))
        return {position: tuple(titles) for position, titles in rows}
