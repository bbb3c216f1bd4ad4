"""What to ask next. docs/questions.md tells the method, its reasons and its limits.

For each fact that is open, every answer that could make a difference is tried. What the answers would change orders
the questions: the verdict, alone or together with other facts; then bands; then the rank; then the score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal, TypeAlias, get_args

from psm_qualify.advise.answers import Answer, Answers
from psm_qualify.advise.residuals import fields_of, residual
from psm_qualify.advise.standings import Standings
from psm_qualify.assess import Assessment, criterion_points
from psm_qualify.results import CriterionResult, Prospect, Question
from psm_qualify.rules.conditions import Values, kleene_and
from psm_qualify.rules.model import Verdict
from psm_qualify.rules.pack import Criterion, Pack
from psm_qualify.rules.scoring import Points, band_at, half_up, verdict_word

CLOSE = Decimal(5)
"""Swings no further apart than this, in points of 100, are close: a conversation then goes its own way."""

_MOST_KEPT = 50_000  # results that are remembered: a list of millions must not fill the memory

_Outcomes: TypeAlias = Mapping[Criterion, Points]
_Possible: TypeAlias = Mapping[str, tuple[Answer, ...]]
_Sums: TypeAlias = tuple[str, int, int, int]


@dataclass(frozen=True)
class Advisor:
    """Finds the questions of prospects of one pack, but for facts that are not to be asked for (`without`). What
    depends on the pack alone is worked out once."""

    pack: Pack
    without: frozenset[str] = frozenset()

    @cached_property
    def answers(self) -> Answers:
        """The answers that questions may get."""
        return Answers(self.pack, self.without)

    @cached_property
    def _importance(self) -> Mapping[str, int]:
        return {card: place for place, card in enumerate(self.pack.cards_in_order)}

    @cached_property
    def _tried(self) -> dict[tuple[object, ...], tuple[_Outcomes, ...]]:
        """Outcomes by what they depend on: most prospects of a list share them."""
        return {}

    @cached_property
    def _bands(self) -> dict[_Sums, str]:
        """Bands by scorecard and sums of points."""
        return {}

    @cached_property
    def _left(self) -> dict[tuple[object, ...], frozenset[str]]:
        """The facts that can still change a criterion, by what that depends on."""
        return {}

    def questions(self, found: Assessment, standings: Standings | None = None) -> tuple[Question, ...]:
        """The open facts that are worth asking, the most useful first; assumed ones come last.

        `standings` are those of the list that the prospect belongs to.
        """
        now = _Now(self.pack, found, standings, self._bands)
        possible = {name: self.answers.open(name, found) for name in self.pack.fields}
        possible = {name: answers for name, answers in possible.items() if answers}
        bearing = self._bearing(found, possible)
        asked = [
            question
            for name, answers in possible.items()
            if (question := self._question(name, answers, now, bearing)) is not None
        ]
        # Fields stand in the pack in the order of a conversation, and sorting keeps it where all else is equal.
        return tuple(sorted(asked, key=lambda one: self._order(one, now.verdict)))

    def _order(self, one: Question, verdict: Verdict) -> tuple[bool, bool, bool, int, int, int, Decimal]:
        last = len(self._importance)
        bears = one.bears_on_verdict and verdict == "needs_info"
        band = min((self._importance[card] for card in one.bands), default=last)
        places = one.ranks[1] - one.ranks[0] if one.ranks else 0
        return (
            one.assumed, not one.decides_verdict, not bears, band, self._importance[one.scorecard], -places, -one.swing
        )  # fmt: skip

    def _question(
        self, name: str, answers: Sequence[Answer], now: _Now, bearing: Mapping[str, frozenset[str]]
    ) -> Question | None:
        """A question, unless no answer can change anything, whatever else becomes known."""
        if name not in bearing:
            return None
        changes = [now.change(outcomes) for outcomes in self._outcomes(name, answers, now.values)]
        swing, card = self._swing(name, changes)
        places = [change.place for change in changes if change.place is not None]
        return Question(
            field=name,
            ask=self.pack.fields[name].question,
            swing=swing,
            scorecard=card,
            decides_verdict=any(change.verdict != now.verdict for change in changes),
            assumed=_is_assumed(name, now.found),
            bears_on_verdict="" in bearing[name],
            bears_on=tuple(card for card in self.pack.cards_in_order if card in bearing[name]),
            bands=tuple(card for card in self.pack.cards_in_order if any(card in change.bands for change in changes)),
            ranks=(min(places), max(places)) if places else None,
        )

    def _bearing(self, found: Assessment, possible: _Possible) -> dict[str, frozenset[str]]:
        """The open facts that some criterion still depends on: by fact the scorecards, and "" for the verdict.

        An assumed value is taken for true while other facts are looked at: what matters only without it is asked once
        it has turned out wrong.
        """
        firm = {name: answers for name, answers in possible.items() if not _is_assumed(name, found)}
        bearing: dict[str, set[str]] = {}
        for criterion in self.pack.criteria:
            names = set(self._fields_left(criterion, found.values, firm))
            if len(firm) < len(possible):
                names |= self._fields_left(criterion, found.values, possible) - firm.keys()
            for name in names:
                bearing.setdefault(name, set()).add(criterion.scorecard)
                if criterion.required and criterion.scorecard == self.pack.primary.id:
                    bearing[name].add("")
        return {name: frozenset(cards) for name, cards in bearing.items()}

    def _fields_left(self, criterion: Criterion, values: Values, possible: _Possible) -> frozenset[str]:
        left = {name: possible[name] for name in criterion.fields if name in possible}
        if not left:
            return frozenset()
        key = (criterion, tuple(left.items()), tuple(values.get(name) for name in criterion.fields))
        if len(self._left) > _MOST_KEPT:
            self._left.clear()
        if key not in self._left:
            fields: set[str] = set()
            answers = {name: [answer.value for answer in each] for name, each in left.items()}
            for level in criterion.levels:
                outcome = residual(level.when, values, answers)
                fields.update(fields_of(outcome))
                if outcome is True:
                    break  # no level behind it can count
            self._left[key] = frozenset(fields)
        return self._left[key]

    def _outcomes(self, name: str, answers: Sequence[Answer], values: Values) -> tuple[_Outcomes, ...]:
        """For each answer, what the criteria that rest on the field come to."""
        criteria = self.answers.criteria_of[name]
        rest = dict.fromkeys(field for criterion in criteria for field in criterion.fields if field != name)
        key = (name, tuple(answers), tuple(values.get(field) for field in rest))
        if len(self._tried) > _MOST_KEPT:
            self._tried.clear()
        if key not in self._tried:
            self._tried[key] = tuple(
                {criterion: criterion_points(criterion, {**values, name: answer.value}) for criterion in criteria}
                for answer in answers
            )
        return self._tried[key]

    def _swing(self, name: str, changes: Sequence[_Change]) -> tuple[Decimal, str]:
        """The widest gap in what is proven or still possible, and the scorecard in which it opens."""
        cards = dict.fromkeys(criterion.scorecard for criterion in self.answers.criteria_of[name])
        gaps: dict[str, Decimal] = {}
        for card in cards:
            proven = [change.totals[card][0] for change in changes]
            possible = [change.totals[card][2] for change in changes]
            gap = max(max(proven) - min(proven), max(possible) - min(possible))
            gaps[card] = Decimal(half_up(1000 * gap, self.pack.scorecards[card].span)) / 10
        open_cards = [card for card, gap in gaps.items() if gap > 0] or list(cards)
        best = min(open_cards, key=lambda card: (self._importance[card], -gaps[card]))
        return gaps[best], best


@dataclass(frozen=True, slots=True)
class _Change:
    """What one answer makes of a prospect. `bands`: the scorecards whose band is another then."""

    verdict: Verdict
    totals: Mapping[str, tuple[int, int, int]]
    bands: frozenset[str]
    place: int | None


class _Now:
    """A prospect as it stands."""

    def __init__(self, pack: Pack, found: Assessment, standings: Standings | None, bands: dict[_Sums, str]) -> None:
        self.pack = pack
        self.found = found
        self.values = found.values
        self.verdict = found.verdict
        self.standings = standings
        self.bands = bands
        self.results: Mapping[Criterion, CriterionResult] = {one.criterion: one for one in found.criteria}
        self.key = standings.key(self.verdict, found.totals) if standings is not None else None

    def change(self, outcomes: _Outcomes) -> _Change:
        """What would come of it, were these the outcomes of some criteria."""
        changed = dict(self.found.totals)
        for criterion, won in outcomes.items():
            before, (earned, least, most) = self.results[criterion], changed[criterion.scorecard]
            changed[criterion.scorecard] = (
                earned + won.earned - before.earned, least + won.least - before.least, most + won.most - before.most
            )  # fmt: skip
        verdict = self.verdict
        if any(criterion.required for criterion in outcomes):
            verdict = verdict_word(
                kleene_and((outcomes.get(one) or self.results[one]).verdict for one in self.pack.required)
            )
        place = None
        if self.standings is not None:
            place = self.standings.place(self.standings.key(verdict, changed), self.key)
        other = frozenset(
            card
            for card, sums in changed.items()
            if sums != self.found.totals[card] and self._band(card, sums) != self.found.scorecards[card].band
        )
        return _Change(verdict, changed, other, place)

    def _band(self, card: str, sums: tuple[int, int, int]) -> str:
        """The band that sums of points give. Most prospects of a list share them."""
        if (card, *sums) not in self.bands:
            self.bands[card, *sums] = band_at(self.pack.scorecards[card], *sums)
        return self.bands[card, *sums]


def _is_assumed(name: str, found: Assessment) -> bool:
    fact = found.facts.get(name)
    return fact is not None and fact.how == "assumed"


def next_question(pack: Pack, questions: Sequence[Question]) -> Question | None:
    """The question to ask now: of those that matter about as much as the first, the one a conversation comes to first.

    `questions` stand in the order of their use. Raises nothing; None where there is none.
    """
    if not questions:
        return None
    first = questions[0]
    close = [one for one in questions if _alike(one, first) and first.swing - one.swing <= CLOSE]
    conversation = list(pack.fields)
    return min(close, key=lambda one: conversation.index(one.field))


def _alike(one: Question, other: Question) -> bool:
    """Whether two questions could change the same things."""
    return (one.assumed, one.decides_verdict, one.bears_on_verdict, one.bands[:1], one.scorecard) == (
        other.assumed, other.decides_verdict, other.bears_on_verdict, other.bands[:1], other.scorecard
    )  # fmt: skip


Reach: TypeAlias = Literal["verdict", "band", "score"]
"""What a question reaches, the most first."""


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """A question, and the prospects of a list whom to ask it, those first for whom it would change most.

    `reaches`: what it can change for those. `assumed`: a value is assumed for all of them.
    """

    field: str
    ask: str
    reaches: Reach
    assumed: bool
    asked: tuple[tuple[Prospect, Question], ...]

    @property
    def most(self) -> tuple[Prospect, ...]:
        """Those for whom it would change most."""
        return tuple(one for one, question in self.asked if reach_of(question) == self.reaches)


def reach_of(question: Question) -> Reach:
    """What one answer can change at most."""
    return "verdict" if question.decides_verdict else "band" if question.bands else "score"


def across(prospects: Iterable[Prospect], pack: Pack) -> tuple[ListQuestion, ...]:
    """The questions of several prospects put together: which, asked of whom, would change most.

    What settles verdicts comes first, that of the most prospects; then what changes bands, then scores; a scorecard
    that ranks before another. Assumed facts come last. Who is surely disqualified is not asked.
    """
    groups: dict[str, list[tuple[Prospect, Question]]] = {}
    for one in prospects:
        for question in one.questions if one.verdict != "disqualified" or one.provisional else ():
            groups.setdefault(question.field, []).append((one, question))
    reaches = get_args(Reach)
    found = []
    for field, asked in groups.items():
        asked.sort(key=lambda pair: (pair[1].assumed, reaches.index(reach_of(pair[1]))))
        _, first = asked[0]
        found.append(ListQuestion(field, first.ask, reach_of(first), first.assumed, tuple(asked)))
    importance = {card: place for place, card in enumerate(pack.cards_in_order)}

    def order(one: ListQuestion) -> tuple[bool, int, int, int, Decimal]:
        card = min(importance[question.scorecard] for _, question in one.asked)
        gain = sum((question.swing for _, question in one.asked), Decimal(0))
        reach = reaches.index(one.reaches)
        return one.assumed, reach, 0 if one.reaches == "verdict" else card, -len(one.most), -gain

    return tuple(sorted(found, key=order))
