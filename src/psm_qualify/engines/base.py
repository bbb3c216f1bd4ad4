"""What an engine does: score opened tables with a pack and hand back counts, order and raw cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from psm_qualify.errors import QualifyError
from psm_qualify.rules.model import Verdict
from psm_qualify.rules.pack import Pack
from psm_qualify.selection import Filter
from psm_qualify.sources.mapping import Mapped


class IrregularError(QualifyError):
    """Tables that an engine can't read as they stand: they have to be read record by record. Holds their numbers."""

    def __init__(self, tables: Sequence[int]) -> None:
        self.tables = tuple(tables)
        super().__init__(f"irregular tables: {self.tables}")


FIRST_PLACES = 5
"""How many places of a text that was not understood are told."""


@dataclass(frozen=True, slots=True)
class At:
    """Where a record stands: the number of its table, its row, its line."""

    table: int
    row: int
    line: int


@dataclass(frozen=True, slots=True)
class OddText:
    """A text that a field could not read: how often it stands, and where first."""

    field: str
    text: str
    count: int
    places: tuple[At, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """Counts over all scored prospects."""

    accepted: tuple[int, ...]  # by table
    verdicts: Mapping[Verdict, int]
    odd: tuple[OddText, ...]


@dataclass(frozen=True, slots=True)
class RankedCells:
    """A chosen prospect: its rank, where it stands (table, row, line), and its raw texts by field."""

    rank: int
    table: int
    row: int
    line: int
    cells: Mapping[str, str | None]


class Engine(Protocol):
    """One engine, one list: `score` first, then the rest in any order."""

    def score(self, tables: Sequence[Mapped], pack: Pack) -> Scored:
        """Scores every record of the tables. Raises IrregularError where some can't be read as they stand."""

    def choose(self, chosen: Filter) -> int:
        """Ranks the prospects and keeps those that the filter selects; returns how many."""

    def cells(self) -> Iterator[RankedCells]:
        """The chosen prospects in rank order, with their raw texts."""

    def close(self) -> None:
        """Frees what the engine holds."""
