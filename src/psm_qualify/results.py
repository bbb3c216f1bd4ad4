"""What scoring returns: frozen records that renderers read. All figures are final: nothing is rounded later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from psm_qualify.rules.conditions import Kleene
from psm_qualify.rules.model import Verdict
from psm_qualify.rules.pack import Criterion, Pack
from psm_qualify.sources.table import Origin, Rejected


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that has a value. `low` and `high` are set for numeric fields, in shown units; None is an open end."""

    field: str
    value: str  # as it was written
    read: str  # as it was understood
    how: str  # answered, cell, inferred or assumed
    column: str | None
    numeric: bool
    low: Decimal | None
    high: Decimal | None
    words: str | None = None  # what an inferred fact rests on
    date: str | None = None  # when an answer was given, as the one who kept it said


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sources that disagree about a fact. The first counts."""

    field: str
    counts: Fact
    other: Fact


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """How a criterion came out. `earned` points are certain; `least` to `most` is the range still open."""

    criterion: Criterion
    verdict: Kleene
    earned: int
    least: int
    most: int
    evidence: tuple[str, ...]
    ways: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ScorecardResult:
    """A scorecard's score, 0 to 100, and what it could become. `known` is the share that is settled, 0 to 1."""

    score: Decimal
    low: Decimal
    high: Decimal
    known: Decimal
    band: str
    best_band: str
    worst_band: str


@dataclass(frozen=True, slots=True)
class Question:
    """An open fact that is worth asking, and what its answers would change.

    `swing`: how far apart they would put a scorecard (the one named), in points of 100. `decides_verdict`: one of them
    alone gives another verdict; `bears_on_verdict`: it may, together with other facts. `bears_on`: the scorecards that
    depend on it; `bands`: those whose band one answer alone changes. `ranks`: the best and the worst rank among the
    list, None without a list.
    """

    field: str
    ask: str
    swing: Decimal
    scorecard: str
    decides_verdict: bool
    assumed: bool
    bears_on_verdict: bool = False
    bears_on: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    ranks: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Guidance:
    """Advice that applies to a prospect, and `because` of what: a criterion, or a band that it falls into.

    `source` is the advice's own, else that of its criterion or band.
    """

    for_: str  # consultant or prospect: whom it is for
    say: str
    source: str | None
    because: str
    scorecard: str
    criterion: str | None
    band: str | None


@dataclass(frozen=True, slots=True)
class Prospect:
    """One row of the input, judged."""

    rank: int
    file: str
    row: int
    line: int
    id: str | None
    name: str | None
    verdict: Verdict
    provisional: bool
    primary: ScorecardResult
    scorecards: Mapping[str, ScorecardResult]
    facts: Mapping[str, Fact]
    criteria: tuple[CriterionResult, ...]
    questions: tuple[Question, ...]
    advice: tuple[Guidance, ...]
    ways: tuple[str, ...]
    not_understood: Mapping[str, str]
    conflicts: tuple[Conflict, ...]
    duplicates: tuple[Duplicate, ...]


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """A record's file, its number there (the header not counted), and the line on which it begins."""

    file: str
    row: int
    line: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another record that seems to be the same firm, and by what: id, domain or name."""

    place: RecordPlace
    by: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A text that a field could not read: how often it stands, where first, and what it could mean."""

    field: str
    value: str
    count: int
    places: tuple[RecordPlace, ...]
    hint: str | None

    @property
    def rows(self) -> tuple[int, ...]:
        """The numbers of the first records."""
        return tuple(place.row for place in self.places)


@dataclass(frozen=True, slots=True)
class JoinedContacts:
    """How a contact list joined the prospects. `left` names the first firms that no prospect is."""

    people: int
    joined: int
    prospects: int
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UsedAnswers:
    """How the answers that are kept in a file joined the prospects. `left` names the firms that no prospect is."""

    file: str
    answers: int
    prospects: int
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """What was read: every row is either scored or rejected."""

    files: tuple[str, ...]
    rows: int
    scored: int
    returned: int
    columns: Mapping[str, str]
    unused_columns: tuple[str, ...]
    not_understood: tuple[NotUnderstood, ...]
    rejected: tuple[Rejected, ...]
    notes: tuple[str, ...]
    origins: tuple[Origin, ...]  # how each file was read
    repeated: int  # rows that seem to be a firm that another row is, too
    contacts: JoinedContacts | None
    answers: tuple[UsedAnswers, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """The list as a whole. `verdicts` counts every scored prospect, whatever was filtered."""

    pack: Pack
    input: Input
    verdicts: Mapping[Verdict, int]
    unfed: bool  # no column feeds any criterion
