"""What a check is: a stable code, what it says, why that matters, and the function that finds it in a pack."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from psm_qualify.advise.answers import Answers
from psm_qualify.assess import Evidence, assess
from psm_qualify.authoring.review.outcomes import Outcomes, Vectors, outcomes
from psm_qualify.authoring.review.tally import Tally
from psm_qualify.errors import Finding, Severity
from psm_qualify.rules import model
from psm_qualify.rules.conditions import All, Any
from psm_qualify.rules.loader import PackSource
from psm_qualify.rules.pack import Criterion, Pack
from psm_qualify.rules.places import Path


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check found: what is the case, how to mend it, and at which part of the pack (`key`: at its key)."""

    message: str
    hint: str
    path: Path
    key: bool = False


@dataclass(frozen=True)
class Subject:
    """A pack that loads, as the checks look at it, and how a list came out under it where one was given.

    `own`: the files of the last layer where there are several; who wrote it need not have written what lies below.
    """

    source: PackSource
    tally: Tally | None = None
    own: Collection[str] | None = None

    @property
    def pack(self) -> Pack:
        """The pack in its typed form."""
        return self.source.pack

    @property
    def shape(self) -> model.PackModel:
        """The pack as it was written."""
        return self.source.shape

    def written(self, criterion: Criterion) -> model.Criterion:
        """A criterion as it was written."""
        return self.shape.scorecards[criterion.scorecard].criteria[criterion.id]

    @cached_property
    def outcomes(self) -> Mapping[Criterion, Outcomes | None]:
        """What can come of each criterion; None where that takes too many combinations to try."""
        return {
            criterion: outcomes([(level.when, level.say) for level in criterion.levels], self._vectors)
            for criterion in self.pack.criteria
        }

    @cached_property
    def judged(self) -> Iterable[tuple[Criterion, Outcomes]]:
        """The criteria of which it is known what can come of them, with that."""
        return tuple((one, found) for one, found in self.outcomes.items() if found is not None)

    def together(self, criteria: Sequence[Criterion]) -> Outcomes | None:
        """What can come of meeting all of some criteria; None where that takes too many combinations to try."""
        each = (Any(tuple(level.when for level in criterion.levels)) for criterion in criteria)
        return outcomes([(All(tuple(each)), None)], self._vectors)

    @cached_property
    def _vectors(self) -> Vectors:
        return Vectors(Answers(self.pack), assess(self.pack, Evidence({}, infer=False), {}))


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a careful reader would ask about. `explanation`: why it matters and what to do about it.

    `of_author`: it asks for something that only who wrote the file would add, so of layers it looks at the last one.
    """

    code: str
    summary: str
    explanation: str
    find: Callable[[Subject], Iterable[Remark]]
    severity: Severity = "warning"
    of_author: bool = False

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """What it finds in a pack."""
        for one in self.find(subject):
            place = subject.source.places.locate(one.path, key=one.key)
            if not self.of_author or subject.own is None or place.file in subject.own:
                yield Finding(self.code, one.message, one.hint, place, self.severity)


def path_of(criterion: Criterion, *below: str | int) -> Path:
    """Where a criterion stands, or what is below it."""
    return ("scorecards", criterion.scorecard, "criteria", criterion.id, *below)


def listed(names: Iterable[str], last: str = "and") -> str:
    """`a, b and c`."""
    *others, end = names
    return f"{', '.join(others)} {last} {end}" if others else end
