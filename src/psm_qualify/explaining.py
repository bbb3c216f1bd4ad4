"""One prospect of a list explained: found by what is known of it, each score from nothing to what it could become."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from psm_qualify.advise.lifts import Lifts, band_goals, smallest, verdict_goals
from psm_qualify.assess import Assessment
from psm_qualify.engines.base import Ranked
from psm_qualify.errors import UsageError
from psm_qualify.facts.text import shortened, squash
from psm_qualify.judging import Case, Judge
from psm_qualify.results import CriterionResult, Prospect
from psm_qualify.rules.pack import Criterion, Pack, Scorecard
from psm_qualify.rules.scoring import score_of
from psm_qualify.scoring import Ranking
from psm_qualify.selection import Filter
from psm_qualify.suggestions import near_names

_MOST_LISTED = 10
_LONGEST_NUMBER = 18  # digits; no list is longer, and Python does not turn just any text into a number


@dataclass(frozen=True, slots=True)
class Step:
    """What one criterion does to a score: from `before` to `after` for certain, and as far as `possible` if all that
    is open came out best, each in points of 100 and on top of the steps before it."""

    result: CriterionResult
    before: Decimal
    after: Decimal
    possible: Decimal


@dataclass(frozen=True, slots=True)
class Waterfall:
    """A scorecard's score, built up criterion by criterion: from `start`, what no evidence at all would give."""

    card: Scorecard
    start: Decimal
    steps: tuple[Step, ...]
    score: Decimal
    potential: Decimal


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that can be said of one prospect. `scored`: how many prospects its list holds."""

    pack: Pack
    prospect: Prospect
    scored: int
    waterfalls: tuple[Waterfall, ...]
    lifts: tuple[Lifts, ...]


def explain(ranking: Ranking, rank: int) -> Explanation:
    """The prospect with a rank, explained."""
    case = case_of(ranking, rank)
    return explain_case(ranking.judge, case, ranking.summary.input.scored)


def explain_case(judge: Judge, case: Case, scored: int) -> Explanation:
    """A prospect as it is given, explained."""
    found = judge.assess(case)
    return Explanation(
        judge.pack,
        judge.prospect_of(case, found),
        scored,
        tuple(_waterfall(card, found) for card in judge.pack.scorecards.values()),
        tuple(_lifts(judge, found)),
    )


def case_of(ranking: Ranking, rank: int) -> Case:
    """The prospect with a rank, as it is given."""
    ranking.choose(Filter(ranks=(rank,)))
    return next(ranking.cases())


# -- finding -----------------------------------------------------------------------------------------------------


def find(ranking: Ranking, who: str) -> Ranked:
    """The prospect that is meant by a rank, `row:N`, `line:N`, `id:X` or part of a name.

    Raises UsageError where there is none, naming those that are near, or several, listing them.
    """
    who = who.strip()
    if not who:
        raise UsageError("name a prospect: write a rank, row:N, line:N, id:X or part of a name")
    kind, colon, text = who.partition(":")
    ranking.choose(Filter())
    if _a_number(who):
        return _by_rank(ranking, int(who))
    if colon and kind.lower() in ("rank", "row", "line") and _a_number(text.strip()):
        number = int(text)
        if kind.lower() == "rank":
            return _by_rank(ranking, number)
        rows = kind.lower() == "row"
        return _one(ranking, who, [one for one in ranking.who() if number == (one.at.row if rows else one.at.line)])
    if colon and kind.lower() == "id":
        return _one(ranking, who, [one for one in ranking.who() if one.id == text.strip()])
    return _by_name(ranking, who)


def _a_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= _LONGEST_NUMBER


def _by_rank(ranking: Ranking, rank: int) -> Ranked:
    scored = ranking.summary.input.scored
    if not 1 <= rank <= scored:
        ids = [one for one in ranking.who() if one.id == str(rank)]
        hint = f"; did you mean id:{rank}?" if ids else "; a row is written row:N, an id id:X"
        raise UsageError(f"{rank}: the list has the ranks 1 to {scored}{hint}")
    ranking.choose(Filter(ranks=(rank,)))
    return next(ranking.who())


def _by_name(ranking: Ranking, who: str) -> Ranked:
    wanted, same, parts = squash(who), [], []
    for one in ranking.who() if wanted else ():
        key = squash(one.name or "")
        if key == wanted:
            same.append(one)
        elif wanted in key:
            parts.append(one)
    return _one(ranking, who, same or parts)


def _one(ranking: Ranking, who: str, found: Sequence[Ranked]) -> Ranked:
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"{who}: no prospect fits that{_near(ranking, who)}")
    listed = "\n".join(f"  {line}" for line in _listed(ranking, found[:_MOST_LISTED]))
    more = f"\n  … and {len(found) - _MOST_LISTED} more" if len(found) > _MOST_LISTED else ""
    raise UsageError(f"{who}: {len(found)} prospects fit; name one by its rank or row:\n{listed}{more}")


def _listed(ranking: Ranking, found: Sequence[Ranked]) -> Iterator[str]:
    for one in found:
        place = ranking.place_of(one)
        id_ = f", id:{one.id}" if one.id else ""
        name = shortened(one.name or "(no name)", 50)
        yield f"{one.rank:>4}  {name} (row:{place.row}{id_}, {place.file} line {place.line})"


def _near(ranking: Ranking, who: str) -> str:
    """The names that are nearest, as words to end a message with."""
    near = near_names(who, [one.name for one in ranking.who() if one.name])
    if near:
        return f"; did you mean {', '.join(repr(shortened(name, 50)) for name in near)}?"
    return "; write a rank, row:N, id:X or part of a name"


# -- explaining --------------------------------------------------------------------------------------------------


def _waterfall(card: Scorecard, found: Assessment) -> Waterfall:
    results = [result for result in found.criteria if result.criterion.scorecard == card.id]
    earned = possible = sum(_nothing(result.criterion) for result in results)
    start = score_of(card, earned)
    steps = []
    for result in results:
        before = score_of(card, earned)
        earned += result.earned - _nothing(result.criterion)
        possible += result.most - _nothing(result.criterion)
        steps.append(Step(result, before, score_of(card, earned), score_of(card, possible)))
    total = found.scorecards[card.id]
    return Waterfall(card, start, tuple(steps), total.score, total.high)


def _nothing(criterion: Criterion) -> int:
    """What a criterion gives where nothing is known: of what it can give, the nearest to 0."""
    return min(max(0, criterion.floor), criterion.ceiling)


def _lifts(judge: Judge, found: Assessment) -> Iterator[Lifts]:
    answers = judge.advisor.answers
    for goal in (*verdict_goals(found), *band_goals(judge.pack, found)):
        yield smallest(goal, answers, found)
