"""One prospect as it is given, and what comes of it: judged once for a list, again and again in an interview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from psm_qualify.advise.guidance import advice
from psm_qualify.advise.questions import Advisor
from psm_qualify.advise.standings import Standings
from psm_qualify.assess import Assessment, Evidence, assess
from psm_qualify.results import Duplicate, Prospect, RecordPlace
from psm_qualify.rules.pack import Pack


@dataclass(frozen=True, slots=True)
class Case:
    """A prospect before it is judged: who and where it is, and what is given. `headers`: its columns by field."""

    rank: int
    place: RecordPlace
    given: Evidence
    headers: Mapping[str, str]
    id: str | None = None
    name: str | None = None
    duplicates: tuple[Duplicate, ...] = ()

    @property
    def who(self) -> str:
        """What to call it."""
        return self.name or self.id or f"row {self.place.row}"


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges prospects by the rules of a pack; `advisor` finds their questions. `standings`: those of their list,
    None where there is no list."""

    advisor: Advisor
    standings: Standings | None = None

    @property
    def pack(self) -> Pack:
        """The rules."""
        return self.advisor.pack

    def assess(self, case: Case) -> Assessment:
        """What follows from what is given."""
        return assess(self.pack, case.given, case.headers)

    def prospect(self, case: Case) -> Prospect:
        """The whole result."""
        return self.prospect_of(case, self.assess(case))

    def prospect_of(self, case: Case, found: Assessment) -> Prospect:
        """The whole result of what was found about a case."""
        return Prospect(
            rank=case.rank, file=case.place.file, row=case.place.row, line=case.place.line, id=case.id, name=case.name,
            verdict=found.verdict, provisional=found.provisional,
            primary=found.scorecards[self.pack.primary.id], scorecards=found.scorecards, facts=found.facts,
            criteria=found.criteria, questions=self.advisor.questions(found, self.standings),
            advice=advice(self.pack, found.verdict, found.scorecards, found.criteria),
            ways=tuple(dict.fromkeys(way for result in found.criteria for way in result.ways
                                     if result.criterion.required)),
            not_understood=found.not_understood, conflicts=found.conflicts, duplicates=case.duplicates)  # fmt: skip
