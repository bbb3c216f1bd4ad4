"""What an engine does: score opened tables with a pack and hand back counts, order and raw cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Protocol, TypeAlias

from psm_qualify.engines.memory import MemoryLimit
from psm_qualify.errors import QualifyError
from psm_qualify.results import JoinedContacts
from psm_qualify.rules.inference import Inference, can_look
from psm_qualify.rules.model import Verdict
from psm_qualify.rules.pack import Pack
from psm_qualify.selection import Filter
from psm_qualify.sources.answers import AnswerBook, Answered, AnsweredFirms
from psm_qualify.sources.contacts import Contacts
from psm_qualify.sources.mapping import Mapped
from psm_qualify.sources.table import Rejected, Wanted


class IrregularError(QualifyError):
    """Tables that an engine can't read as they stand: they have to be read record by record. Holds their numbers."""

    def __init__(self, tables: Sequence[int]) -> None:
        self.tables = tuple(tables)
        super().__init__(f"irregular tables: {self.tables}")


FIRST_PLACES = 5
"""How many places of a text that was not understood are told."""

MOST_LEFT = 5
"""How many firms of a contact list that are no prospect are told by name."""

DecimalSign: TypeAlias = Literal["comma", "point"]


@dataclass(frozen=True)
class Task:
    """What an engine is to score: opened tables (as they were `wanted`), the pack, and how.

    `decimal` None: found out for each column. `dedupe`: of records that seem to be the same firm, one is kept.
    Beyond the `memory_limit` an engine writes to disk.
    """

    tables: Sequence[Mapped]
    pack: Pack
    wanted: Wanted
    contacts: Contacts | None = None
    infer: bool = True
    dedupe: bool = False
    decimal: DecimalSign | None = None
    answers: Sequence[AnswerBook | None] = ()  # by table
    memory_limit: MemoryLimit | None = None

    @cached_property
    def columns(self) -> frozenset[str]:
        """The fields that have a column in some table."""
        return frozenset(field for mapped in self.tables for field in mapped.columns)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields that may have a value, in the order of the pack: from a column, an answer or by inference."""
        return tuple(
            field for field in self.pack.fields if field in self.columns or field in self.answered or self.rules(field)
        )

    @cached_property
    def answered(self) -> frozenset[str]:
        """The fields of which some firm's answer is kept."""
        books = (book for book in self.answers if book is not None)
        return frozenset(line.field for book in books for line in book.usable(self.pack))

    def rules(self, field: str) -> tuple[Inference, ...]:
        """The inferences of a field that have something to look at."""
        if not self.infer:
            return ()
        fields, people = self.columns | self.answered, self.contacts is not None
        return tuple(rule for rule in self.pack.fields[field].infer if can_look(rule, fields, people))


@dataclass(frozen=True, slots=True)
class At:
    """Where a record stands: the number of its table, its row, its line; both 0 where records have no order."""

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
class Twin:
    """Another record that seems to be the same firm, and by what: id, domain or name."""

    at: At
    by: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A record that was left out, since it seems to be the same firm as one that is better known."""

    at: At
    kept: Twin
    text: str


@dataclass(frozen=True, slots=True)
class Scored:
    """Counts over all scored prospects. `commas`: by table, the fields whose cells write a decimal comma."""

    accepted: tuple[int, ...]  # by table
    verdicts: Mapping[Verdict, int]
    odd: tuple[OddText, ...]
    commas: tuple[frozenset[str], ...]
    joined: JoinedContacts | None = None
    repeated: int = 0  # records that seem to stand more than once
    dropped: tuple[Dropped, ...] = ()
    answered: tuple[AnsweredFirms | None, ...] = ()  # by table
    rejected: tuple[Rejected, ...] = ()  # records that turned out to be damaged, and how many more there are
    more_rejected: int = 0


@dataclass(frozen=True, slots=True)
class RankedCells:
    """A chosen prospect: its rank, where it stands, its raw texts by field, its people's job titles, its twins, and
    the answers about it."""

    rank: int
    at: At
    cells: Mapping[str, str | None]
    titles: tuple[str, ...] | None = None
    twins: tuple[Twin, ...] = ()
    answers: Mapping[str, Answered] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Who a chosen prospect is and how it stands: its rank, where it is, its id and name as they are written, its
    verdict, and its points (earned, least, most) on the primary scorecard."""

    rank: int
    at: At
    id: str | None
    name: str | None
    verdict: Verdict
    totals: tuple[int, int, int]


def said(text: str | None) -> str | None:
    """What a cell says, None where it says nothing."""
    return text.strip() or None if text is not None else None


class Engine(Protocol):
    """One engine, one list: `score` first, then the rest in any order."""

    def score(self, task: Task) -> Scored:
        """Scores every record of the tables. Raises IrregularError where some can't be read as they stand."""

    def choose(self, chosen: Filter) -> int:
        """Ranks the prospects and keeps those that the filter selects; returns how many."""

    def cells(self) -> Iterator[RankedCells]:
        """The chosen prospects in rank order, with their raw texts."""

    def who(self) -> Iterator[Ranked]:
        """Who the chosen prospects are, in rank order: quicker than `cells`."""

    def standings(self) -> Sequence[tuple[tuple[int, ...], int]]:
        """How many scored prospects have each `rules.scoring.rank_key`, in any order."""

    def close(self) -> None:
        """Frees what the engine holds."""
