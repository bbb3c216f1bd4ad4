"""A pack in its typed form: what the loader returns and everything downstream reads. Frozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from psm_qualify.facts.readers import Reader, Value
from psm_qualify.facts.types import FIELD_TYPES, FieldType, Numeric
from psm_qualify.rules.conditions import All, Any, Condition, Way, fields
from psm_qualify.rules.inference import FromText, Inference
from psm_qualify.rules.model import Advice, CriterionAdvice, RuleTest

WHO = ("id", "name", "domain")
"""The text fields that say who a prospect is."""


@dataclass(frozen=True, slots=True)
class Field:
    """A fact about a prospect. `columns` are all headers it may stand under, the best first.

    A field without a question is never asked for.
    """

    id: str
    type: str
    label: str
    question: str
    columns: tuple[str, ...]
    reader: Reader
    assume: Value | None
    assume_text: str | None
    infer: tuple[Inference, ...]

    @property
    def kind(self) -> FieldType:
        return FIELD_TYPES[self.type]


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a criterion."""

    when: Condition
    points: int
    say: str | None


@dataclass(frozen=True, eq=False)
class Criterion:
    """A test on fields, worth points. `floor` and `ceiling`: the least and the most that it can ever give."""

    id: str
    scorecard: str
    title: str
    required: bool
    levels: tuple[Level, ...]
    otherwise: int
    source: str | None
    note: str | None
    advice: tuple[CriterionAdvice, ...]

    @cached_property
    def floor(self) -> int:
        return min((self.otherwise, *(level.points for level in self.levels)))

    @cached_property
    def ceiling(self) -> int:
        return max((self.otherwise, *(level.points for level in self.levels)))

    @property
    def span(self) -> int:
        """The points that it can move."""
        return self.ceiling - self.floor

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What its ways are called, and its levels where they have no ways: what is shown when they hold."""
        by_level = (tuple(_ways(level.when)) or (level.say,) for level in self.levels)
        return tuple(dict.fromkeys(name for names in by_level for name in names if name is not None))

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields that it rests on, each once."""
        return tuple(dict.fromkeys(field for level in self.levels for field in fields(level.when)))


def _ways(condition: Condition) -> Iterator[str]:
    """The ways that can be shown to hold; what stands within a way or a `not` never is."""
    match condition:
        case Way(name, _):
            yield name
        case All(parts) | Any(parts):
            for part in parts:
                yield from _ways(part)


@dataclass(frozen=True, slots=True)
class Band:
    """A named range of the score, from `at_least` up to the next higher band."""

    id: str
    at_least: Decimal
    title: str
    source: str | None
    advice: tuple[Advice, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Criteria and bands (highest first). `floor` and `ceiling` are sums over the criteria, in points."""

    id: str
    title: str
    min_known: Decimal
    criteria: tuple[Criterion, ...]
    bands: tuple[Band, ...]
    floor: int
    ceiling: int

    @property
    def span(self) -> int:
        """Points from floor to ceiling: what 100 stands for."""
        return self.ceiling - self.floor


@dataclass(frozen=True)
class Pack:
    """Fields, scorecards and tests, checked. `digest` names its content, comments and tests left out."""

    name: str
    title: str
    version: str
    digest: str
    rank_by: tuple[str, ...]
    fields: Mapping[str, Field]
    scorecards: Mapping[str, Scorecard]
    tests: tuple[RuleTest, ...]
    origin: tuple[str, ...]  # where the layers were read from, as the user named them

    @cached_property
    def primary(self) -> Scorecard:
        """The scorecard whose required criteria give the verdict."""
        return self.scorecards[self.rank_by[0]]

    @cached_property
    def cards_in_order(self) -> tuple[str, ...]:
        """The scorecards by importance: those that rank first."""
        return tuple(dict.fromkeys((*self.rank_by, *self.scorecards)))

    @cached_property
    def assumed(self) -> Mapping[str, Value]:
        """The values that are taken where a fact is unknown."""
        return {field.id: field.assume for field in self.fields.values() if field.assume is not None}

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria of all scorecards, in order."""
        return tuple(criterion for card in self.scorecards.values() for criterion in card.criteria)

    @cached_property
    def required(self) -> tuple[Criterion, ...]:
        """The criteria that decide the verdict."""
        return tuple(criterion for criterion in self.primary.criteria if criterion.required)

    @cached_property
    def inferable(self) -> tuple[Field, ...]:
        """The fields that may be inferred."""
        return tuple(field for field in self.fields.values() if field.infer)

    @cached_property
    def searched(self) -> frozenset[str]:
        """The text fields in which patterns look for other facts."""
        rules = (rule for field in self.inferable for rule in field.infer if isinstance(rule, FromText))
        return frozenset(source for rule in rules for source in rule.sources)

    @cached_property
    def numeric(self) -> frozenset[str]:
        """The fields whose values are intervals."""
        return frozenset(field.id for field in self.fields.values() if isinstance(field.kind, Numeric))

    @cached_property
    def used_fields(self) -> frozenset[str]:
        """The fields that some criterion rests on."""
        return frozenset(field for criterion in self.criteria for field in criterion.fields)
