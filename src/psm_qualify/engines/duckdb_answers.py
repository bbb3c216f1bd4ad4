"""Answers from interviews, put into DuckDB's table of cells in the place of what a list says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from psm_qualify.compile.sql import name
from psm_qualify.engines import keys
from psm_qualify.engines.base import IrregularError, Task, said
from psm_qualify.engines.duckdb_cells import Cells, stored
from psm_qualify.facts.decimals import decimal_point
from psm_qualify.facts.firms import KINDS
from psm_qualify.sources.answers import AnswerBook, Answered, AnsweredFirms, Listed, firm_keys, join_answers

if TYPE_CHECKING:
    from psm_qualify.engines.duckdb_session import Database

_NO_ROW = 1 << 63  # no row has this number, nor one above


class Answers:
    """The answers about the records of the table `cells`, which it changes. `original` keeps what stood there."""

    def __init__(
        self, db: Database, task: Task, cells: Cells, names: Mapping[str, str], commas: Sequence[frozenset[str]]
    ) -> None:
        self._db, self._task, self._cells, self._names, self._commas = db, task, cells, names, commas
        self.joined = tuple(
            None if book is None else join_answers(book, task.pack, self._firms(number, book))
            for number, book in enumerate(task.answers)
        )
        self.of: Mapping[int, Mapping[str, Answered]] = {
            position: own for firms in self.joined if firms is not None for position, own in firms.answers.items()
        }
        self.original = self._originals()
        self._check_blanks()
        for number, found in enumerate(self.joined):
            if found is not None:
                self._put(number, found)

    def _firms(self, number: int, book: AnswerBook) -> list[Listed]:
        """The records of one table that could be a firm that was asked."""
        columns = {kind: self._names[kind] for kind in KINDS if kind in self._task.columns}
        given = [line.keys for line in book.lines]
        wanted = {kind: sorted({own[place] for own in given} - {""}) for place, kind in enumerate(KINDS)}
        named = {at for line in book.lines if 0 < (at := line.row or 0) < _NO_ROW and not any(line.keys)}
        tables, rows, _ = self._cells.places.of(np.arange(self._cells.size))
        fits = np.isin(rows, list(named))
        for kind, column in columns.items():
            fits[keys.among(kind, self._cells.texts(column), wanted[kind])] = True
        found = self._cells.rows(np.flatnonzero(fits & (tables == number)), columns)
        return [
            Listed(position, int(rows[position]), firm_keys(*(own.get(kind) for kind in KINDS)))
            for position, own in found
        ]

    def _originals(self) -> dict[int, dict[str, str | None]]:
        """What the list itself says of the records with answers."""
        return dict(self._cells.rows(np.array(sorted(self.of), np.int64), self._names))

    def _check_blanks(self) -> None:
        """A row without any text but with an answer may be a blank line, which only the careful reader leaves out."""
        irregular = [
            number
            for number, found in enumerate(self.joined)
            if found is not None and self._task.tables[number].table.expected is not None
            if not all(any(map(said, self.original[position].values())) for position in found.answers)
        ]
        if irregular:
            raise IrregularError(irregular)

    def restore(self) -> None:
        """Puts the list's own texts back, once the records are judged."""
        for field in dict.fromkeys(field for own in self.of.values() for field in own):
            texts = {position: self.original[position][field] for position, own in self.of.items() if field in own}
            self._write(name(self._names[field]), texts)

    def _put(self, number: int, found: AnsweredFirms) -> None:
        """Writes answers where the cells stand, as the column writes its numbers."""
        for field in dict.fromkeys(field for own in found.answers.values() for field in own):
            texts = {position: own[field].text for position, own in found.answers.items() if field in own}
            if field in self._commas[number]:
                texts = {position: decimal_point(text) for position, text in texts.items()}
            self._write(name(self._names[field]), texts)

    def _write(self, column: str, texts: Mapping[int, str | None]) -> None:
        self._db.execute(
            f"UPDATE {stored('cells')} AS cells SET {column} = answered.text\n"
            "FROM (SELECT unnest(CAST(? AS BIGINT[])) AS position, unnest(CAST(? AS VARCHAR[])) AS text) "
            f"AS answered\nWHERE cells.rowid = answered.position",
            [list(texts), list(texts.values())],
        )
