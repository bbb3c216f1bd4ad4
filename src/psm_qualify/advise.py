"""What to ask next, and what to do: from an assessment and its pack.

Questions. For each fact that is open, every answer that could make a difference is tried: one value from each
stretch between the bounds that the rules name, each choice, yes and no. The swing is the widest gap that two
answers make in a scorecard, in what is proven or in what is still possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from psm_qualify.assess import Assessment, criterion_points, verdict_of
from psm_qualify.facts.interval import End, Interval
from psm_qualify.facts.readers import NumericReader, OptionsReader, Value
from psm_qualify.results import Prospect, Question, ScorecardResult
from psm_qualify.rules.conditions import InRange, Test, Values, tests
from psm_qualify.rules.model import Advice
from psm_qualify.rules.pack import Criterion, Field, Pack


@dataclass(frozen=True)
class Advisor:
    """Finds the questions of prospects of one pack. What depends on the pack alone is worked out once."""

    pack: Pack

    @cached_property
    def _criteria_of(self) -> Mapping[str, tuple[Criterion, ...]]:
        return {
            field: tuple(criterion for criterion in self.pack.criteria if field in criterion.fields)
            for field in self.pack.used_fields
        }

    @cached_property
    def _answers_of(self) -> Mapping[str, tuple[Value, ...]]:
        found: dict[str, tuple[Value, ...]] = {}
        for name in self.pack.used_fields:
            field = self.pack.fields[name]
            asked = [
                test
                for criterion in self._criteria_of[name]
                for level in criterion.levels
                for test in tests(level.when)
                if test.field == name
            ]
            found[name] = tuple(_answers(field, asked))
        return found

    @cached_property
    def _swings(self) -> dict[tuple[object, ...], tuple[Decimal, str]]:
        """Swings by what they depend on: most prospects of a list share them."""
        return {}

    def questions(self, found: Assessment) -> tuple[Question, ...]:
        """The open facts that are worth asking, the most useful first; assumed ones come last."""
        asked = [question for name in self.pack.fields if (question := self._question(name, found)) is not None]
        # Fields stand in the pack in the order of a conversation, and sorting keeps it where all else is equal.
        return tuple(
            sorted(
                asked,
                key=lambda one: (one.assumed, not one.decides_verdict, self._importance(one.scorecard), -one.swing),
            )
        )

    def _importance(self, card: str) -> int:
        return self.pack.cards_in_order.index(card)

    def _question(self, name: str, found: Assessment) -> Question | None:
        answers = self._possible(name, found)
        if len(answers) < 2:
            return None
        swing, card = self._swing(name, answers, found.values)
        decides = found.verdict == "needs_info" and self._decides(name, answers, found.values)
        if swing == 0 and not decides:
            return None
        assumed = name in found.facts and found.facts[name].how == "assumed"
        return Question(name, self.pack.fields[name].question, swing, card, decides, assumed)

    def _possible(self, name: str, found: Assessment) -> Sequence[Value]:
        """The answers that a field still leaves open: none where it is settled or nothing rests on it."""
        answers = self._answers_of.get(name, ())
        fact = found.facts.get(name)
        if fact is None or fact.how == "assumed":
            return answers
        value = found.values[name]
        if isinstance(value, Interval) and not value.plain:
            return [answer for answer in answers if isinstance(answer, Interval) and answer.inside(value)]
        return ()

    def _swing(self, name: str, answers: Sequence[Value], values: Values) -> tuple[Decimal, str]:
        criteria = self._criteria_of[name]
        rest = {field for criterion in criteria for field in criterion.fields if field != name}
        key = (name, tuple(answers), tuple(sorted((field, values[field]) for field in rest if field in values)))
        if key not in self._swings:
            self._swings[key] = self._widest(name, criteria, answers, values)
        return self._swings[key]

    def _widest(
        self, name: str, criteria: Sequence[Criterion], answers: Sequence[Value], values: Values
    ) -> tuple[Decimal, str]:
        """The widest gap, and the scorecard in which it opens (by rank_by, then by size)."""
        gaps: dict[str, Decimal] = {}
        for card in self.pack.scorecards.values():
            own = [criterion for criterion in criteria if criterion.scorecard == card.id]
            if not own:
                continue
            results = [
                [criterion_points(criterion, {**values, name: answer}) for criterion in own] for answer in answers
            ]
            proven = [sum(one.earned for one in result) for result in results]
            possible = [sum(one.most for one in result) for result in results]
            gap = max(max(proven) - min(proven), max(possible) - min(possible))
            gaps[card.id] = round(Decimal(100 * gap) / card.span, 1)
        open_cards = [card for card, gap in gaps.items() if gap > 0]
        if not open_cards:
            return Decimal(0), next(iter(gaps), self.pack.primary.id)
        best = min(open_cards, key=lambda card: (self._importance(card), -gaps[card]))
        return gaps[best], best

    def _decides(self, name: str, answers: Sequence[Value], values: Values) -> bool:
        if not any(name in criterion.fields for criterion in self.pack.required):
            return False
        return any(verdict_of(self.pack, {**values, name: answer}) != "needs_info" for answer in answers)


def _answers(field: Field, asked: Sequence[Test]) -> Iterable[Value]:
    """Answers of which every outcome that an answer can have is one."""
    reader = field.reader
    if isinstance(reader, OptionsReader):
        yield from reader.names
    elif isinstance(reader, NumericReader):
        yield from _stretches(asked)


def _stretches(asked: Sequence[Test]) -> Iterable[Interval]:
    """The bounds that the rules name, and a value from each stretch between and beyond them."""
    bounds = sorted(
        {
            end.value
            for test in asked
            if isinstance(test, InRange)
            for interval in test.ranges
            for end in (interval.low, interval.high)
            if end is not None
        }
    )
    if not bounds:
        return
    between = [(low + high) / 2 for low, high in pairwise(bounds)]
    for value in sorted({bounds[0] - 1, *bounds, *between, bounds[-1] + 1}):
        yield Interval(End(value), End(value))


def advice(pack: Pack, results: Mapping[str, ScorecardResult]) -> tuple[Advice, ...]:
    """The advice of the bands that a prospect falls into, the primary scorecard's first."""
    return tuple(
        item
        for card in pack.cards_in_order
        for band in pack.scorecards[card].bands
        if band.id == results[card].band
        for item in band.advice
    )


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """A question that is worth asking several prospects of a list."""

    field: str
    ask: str
    names: tuple[str, ...]
    decides_verdict: bool


def most_useful(prospects: Iterable[Prospect], pack: Pack) -> tuple[ListQuestion, ...]:
    """Across prospects: the questions that settle most verdicts, then those that move most.

    What moves a scorecard that ranks comes before what moves another; assumed facts come last. Disqualified
    prospects are not asked.
    """
    asked: dict[tuple[bool, bool, str], list[tuple[Prospect, Question]]] = {}
    for one in prospects:
        for question in one.questions if one.verdict != "disqualified" else ():
            asked.setdefault((question.assumed, not question.decides_verdict, question.field), []).append(
                (one, question)
            )
    importance = {card: place for place, card in enumerate(pack.cards_in_order)}

    def order(item: tuple[tuple[bool, bool, str], list[tuple[Prospect, Question]]]) -> tuple[bool, bool, int, Decimal]:
        (assumed, moves_only, _), answers = item
        card = min(importance[question.scorecard] for _, question in answers)
        gain = sum((question.swing for _, question in answers), Decimal(0))
        return assumed, moves_only, card if moves_only else 0, -gain if moves_only else Decimal(-len(answers))

    best: dict[str, ListQuestion] = {}
    for (_, moves_only, field), answers in sorted(asked.items(), key=order):
        names = tuple(one.name or one.id or f"row {one.row}" for one, _ in answers)
        best.setdefault(field, ListQuestion(field, answers[0][1].ask, names, not moves_only))
    return tuple(best.values())
