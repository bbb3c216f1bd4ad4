"""A pack and a column mapping -> one query: raw text in, verdicts and points out.

The query is a chain of layers, each a projection over the one before: source -> reading -> criteria -> points ->
scores. What the mapping settles beforehand (a field without a column) is folded into constants.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from psm_qualify.compile import cells
from psm_qualify.compile.conditions import (
    FALSE,
    TRUE,
    FactColumns,
    Pair,
    lower,
)
from psm_qualify.compile.points import open_points, verdict
from psm_qualify.compile.sql import Column, Names, literal, name, select, with_layers
from psm_qualify.facts.readers import TextReader
from psm_qualify.rules.conditions import Kleene, Known, Test, tests
from psm_qualify.rules.pack import WHO, Criterion, Field, Pack, Scorecard
from psm_qualify.rules.scoring import points

POSITION, VERDICT, PROVISIONAL, ODD, FIRM = (
    "at__position",
    "out__verdict",
    "out__provisional",
    "out__odd",
    "out__firm",
)
"""Columns of the result that are no field's, criterion's or scorecard's. A slug has no double underscore."""


@dataclass(frozen=True)
class Query:
    """The compiled form of a pack over the fields that have a column."""

    pack: Pack
    mapped: tuple[str, ...]

    @cached_property
    def names(self) -> Names:
        """The SQL names of the fields."""
        return Names(self.pack.fields)

    @cached_property
    def criteria_names(self) -> Names:
        """The SQL names of the criteria, by `scorecard__criterion`."""
        return Names(f"{criterion.scorecard} {criterion.id}" for criterion in self.pack.criteria)

    @cached_property
    def card_names(self) -> Names:
        """The SQL names of the scorecards."""
        return Names(self.pack.scorecards)

    @property
    def read(self) -> tuple[Field, ...]:
        """The fields with a column that some criterion rests on, or whose cells may not be understood."""
        fields = (self.pack.fields[field] for field in self.mapped)
        return tuple(
            field for field in fields if field.id in self.pack.used_fields or not isinstance(field.reader, TextReader)
        )

    @property
    def carried(self) -> tuple[str, ...]:
        """The fields that say who a prospect is, where they have a column: carried through as they stand."""
        return tuple(field for field in WHO if field in self.mapped)

    @property
    def who(self) -> list[Column]:
        """Who a prospect is, over raw texts."""
        return [Column(f"who__{field}", name(self.names[field])) for field in self.carried]

    @property
    def scanned(self) -> tuple[str, ...]:
        """The fields whose raw text is looked at."""
        needed = {*(field.id for field in self.read), *self.carried}
        return tuple(field for field in self.mapped if field in needed)

    # -- reading -----------------------------------------------------------------------------------------------

    def dictionary(self, field: str, values: str) -> str:
        """The query that reads a relation of distinct raw texts (one column, `raw`) of one field."""
        lowered, layers = distinct_read(self.names[field], self.pack.fields[field], f"SELECT raw FROM {values}")
        kept = [Column(column, name(column)) for column in ("raw", lowered.blank, lowered.odd)]
        outcomes = self._facts.outcomes(field, name("raw"))
        return with_layers(layers, select([*kept, *outcomes], name(layers[-1][0]), keep=False))

    def reading(self, layers: Sequence[tuple[str, str]], fields: Sequence[Field]) -> list[tuple[str, str]]:
        """Layers that read some fields, on top of those given: the last of them has each field's raw text.

        What comes is what the tests on the fields came out as.
        """
        read = abreast(cells.lower(self.names[one.id], name(self.names[one.id]), one.reader).layers for one in fields)
        found = [*layers, *chain(layers[-1][0], read)]
        outcomes = [column for one in fields for column in self._facts.outcomes(one.id, name(self.names[one.id]))]
        return [*found, ("tests", select(outcomes, name(found[-1][0])))]

    def outcomes_of(self, field: str) -> tuple[str, ...]:
        """The columns that say what the tests on a field came out as: all of a field that judging looks at."""
        columns = [column.name for column in self._facts.outcomes(field, name(self.names[field]))]
        known = field in self._known
        columns += [self.blank_column(field)] * (known or field in self.pack.assumed)
        columns += [self.odd_column(field)] * known
        return tuple(columns)

    def blank_column(self, field: str) -> str:
        """The column that says whether nothing is known of a field."""
        return f"{self.names[field]}__blank"

    def odd_column(self, field: str) -> str:
        """The column that says whether something stands there that is not understood."""
        return f"{self.names[field]}__odd"

    # -- judging -----------------------------------------------------------------------------------------------

    def judging(self, layers: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Layers that judge, on top of those given: the last of them has what the tests came out as."""
        found = list(layers)
        for title, columns in {"criteria": self._criteria, "points": self._points, "scores": self._scores}.items():
            found.append((title, select(columns, name(found[-1][0]))))
        return found

    @cached_property
    def _tests(self) -> tuple[Test, ...]:
        return tuple(
            test for criterion in self.pack.criteria for level in criterion.levels for test in tests(level.when)
        )

    @property
    def _known(self) -> frozenset[str]:
        """The fields of which some test asks whether they are known."""
        return frozenset(test.field for test in self._tests if isinstance(test, Known))

    @cached_property
    def _facts(self) -> FactColumns:
        asked: dict[str, dict[Test, None]] = {field.id: {} for field in self.read}
        for test in self._tests:
            if test.field in asked and not isinstance(test, Known):
                asked[test.field][test] = None
        names = {field.id: self.names[field.id] for field in self.read}
        return FactColumns(names, self.pack.assumed, {field: tuple(found) for field, found in asked.items()})

    @cached_property
    def _pairs(self) -> Mapping[tuple[str, str], tuple[Pair, ...]]:
        return {
            (criterion.scorecard, criterion.id): tuple(lower(level.when, self._facts) for level in criterion.levels)
            for criterion in self.pack.criteria
        }

    def _column(self, criterion: Criterion, suffix: str) -> str:
        return f"criterion__{self.criteria_names[f'{criterion.scorecard} {criterion.id}']}__{suffix}"

    def is_settled(self, criterion: Criterion) -> bool:
        """Whether no column bears on a criterion, so that it is the same for every prospect."""
        return all(pair.constant for pair in self._pairs[criterion.scorecard, criterion.id])

    def settled_outcomes(self, criterion: Criterion) -> tuple[Kleene, ...]:
        """The outcomes of the levels of a settled criterion."""
        return tuple(
            True if pair.met == TRUE else False if pair.unmet == TRUE else None
            for pair in self._pairs[criterion.scorecard, criterion.id]
        )

    @property
    def judged(self) -> tuple[Criterion, ...]:
        """The criteria that differ from prospect to prospect."""
        return tuple(criterion for criterion in self.pack.criteria if not self.is_settled(criterion))

    @property
    def _criteria(self) -> list[Column]:
        columns = []
        for criterion in self.judged:
            for number, pair in enumerate(self._pairs[criterion.scorecard, criterion.id], 1):
                columns.append(Column(self._column(criterion, f"met_{number}"), pair.met))
                columns.append(Column(self._column(criterion, f"unmet_{number}"), pair.unmet))
        return [*columns, *self._firm_verdict_columns]

    @property
    def _firm_verdict_columns(self) -> list[Column]:
        """The required criteria without the assumed values, where that can make a difference."""
        if not any(field in self._facts.assumed for criterion in self.pack.required for field in criterion.fields):
            return []
        bare = FactColumns(self._facts.names, {}, self._facts.tests)
        pairs = [tuple(lower(level.when, bare) for level in criterion.levels) for criterion in self.pack.required]
        met = [" OR ".join(pair.met for pair in levels) for levels in pairs]
        unmet = [" AND ".join(pair.unmet for pair in levels) for levels in pairs]
        return [Column(FIRM, verdict(met, unmet))]

    @property
    def _points(self) -> list[Column]:
        columns = []
        for criterion in self.judged:
            count = range(1, len(criterion.levels) + 1)
            met = [name(self._column(criterion, f"met_{number}")) for number in count]
            unmet = [name(self._column(criterion, f"unmet_{number}")) for number in count]
            columns += [
                Column(self._column(criterion, "met"), " OR ".join(met), _about(criterion)),
                Column(self._column(criterion, "unmet"), " AND ".join(unmet)),
                Column(self._column(criterion, "least"), open_points(criterion, met, unmet, "least")),
                Column(self._column(criterion, "most"), open_points(criterion, met, unmet, "greatest")),
            ]
        return columns

    @property
    def _scores(self) -> list[Column]:
        columns = [
            Column(self.card_column(card.id, total), self._total(card, total))
            for card in self.pack.scorecards.values()
            for total in ("earned", "least", "most")
        ]
        required = [criterion for criterion in self.pack.required if not self.is_settled(criterion)]
        settled = [
            points(criterion, self.settled_outcomes(criterion)).verdict
            for criterion in self.pack.required
            if self.is_settled(criterion)
        ]
        met = [name(self._column(criterion, "met")) for criterion in required]
        unmet = [name(self._column(criterion, "unmet")) for criterion in required]
        met += [TRUE if outcome is True else FALSE for outcome in settled]
        unmet += [TRUE if outcome is False else FALSE for outcome in settled]
        return [*columns, Column(VERDICT, verdict(met, unmet))]

    def _total(self, card: Scorecard, total: str) -> str:
        fixed = sum(
            getattr(points(criterion, self.settled_outcomes(criterion)), total)
            for criterion in card.criteria
            if self.is_settled(criterion)
        )
        terms = [self._term(criterion, total) for criterion in card.criteria if not self.is_settled(criterion)]
        return f"CAST({' + '.join([literal(fixed), *terms])} AS INTEGER)"

    def _term(self, criterion: Criterion, total: str) -> str:
        least, most = name(self._column(criterion, "least")), name(self._column(criterion, "most"))
        if total != "earned":
            return least if total == "least" else most
        if criterion.floor >= 0:
            return least
        return most if criterion.ceiling <= 0 else f"least(greatest(0, {least}), {most})"

    @property
    def judgement(self) -> list[Column]:
        """The verdict, points by scorecard, the criteria's verdicts; over the last layer."""
        firm = bool(self._firm_verdict_columns)
        columns = [
            Column(VERDICT, f"CAST({name(VERDICT)} AS TINYINT)"),
            Column(PROVISIONAL, f"{name(VERDICT)} <> {name(FIRM)}" if firm else FALSE),
        ]
        columns += [
            Column(column, name(column))
            for card in self.pack.scorecards
            for column in (self.card_column(card, total) for total in ("earned", "least", "most"))
        ]
        columns += [
            Column(
                self._column(criterion, "verdict"),
                f"CASE WHEN {name(self._column(criterion, 'met'))} THEN TRUE "
                f"WHEN {name(self._column(criterion, 'unmet'))} THEN FALSE END",
            )
            for criterion in self.judged
        ]
        return columns

    @property
    def odd(self) -> str:
        """The texts that were not understood, in the order of `read`; NULL where there is none."""
        odd = {name(self.names[field.id]): name(self.odd_column(field.id)) for field in self.read}
        texts = ", ".join(f"CASE WHEN {is_odd} THEN {raw} END" for raw, is_odd in odd.items())
        return f"CASE WHEN {' OR '.join(odd.values())} THEN [{texts}] END" if odd else "CAST(NULL AS VARCHAR[])"

    def card_column(self, card: str, total: str) -> str:
        """The column of the result that holds a scorecard's `earned`, `least` or `most` points."""
        return f"card__{self.card_names[card]}__{total}"

    def criterion_column(self, criterion: Criterion) -> str:
        """The column of the result that holds a criterion's verdict."""
        return self._column(criterion, "verdict")


def _about(criterion: Criterion) -> str:
    """What a reader of the query wants to know of a criterion: where it stands, its title and its authority."""
    source = f" ({criterion.source})" if criterion.source else ""
    return f"{criterion.scorecard}.{criterion.id}: {criterion.title}{source}"


def abreast(chains: Iterable[Sequence[cells.Layer]]) -> list[cells.Layer]:
    """Several chains of layers as one: the first layer of each, then the second of each, and so on."""
    return [[column for layer in layers if layer for column in layer] for layers in zip_longest(*chains)]


def distinct_read(column: str, field: Field, texts: str) -> tuple[cells.Lowered, list[tuple[str, str]]]:
    """How a query for distinct raw texts (one column, `raw`) is read by a field, and the layers that do it."""
    lowered = cells.lower(column, name("raw"), field.reader)
    first = "distinct_values"
    return lowered, [(first, texts), *chain(first, lowered.layers)]


def chain(first: str, layers: Sequence[Sequence[Column]], title: str = "reading") -> list[tuple[str, str]]:
    """Named layers, each a projection over the one before; the first over a relation."""
    titles = [first, *(f"{title}_{number}" for number in range(1, len(layers) + 1))]
    return [(titles[number], select(columns, name(titles[number - 1]))) for number, columns in enumerate(layers, 1)]
