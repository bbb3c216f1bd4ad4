"""The call sheet: whom to ask what, because it would change most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from psm_qualify.advise.questions import ListQuestion, across
from psm_qualify.results import Prospect, Question, Summary
from psm_qualify.scoring import Ranking

GROUPINGS = ("prospect", "question")
"""How a call sheet is grouped."""

_POOL = 500  # prospects whose questions are put together, those first whose verdict is open


@dataclass(frozen=True, slots=True)
class CallSheet:
    """Prospects with something to ask, first those whose verdict is open, and their questions put together.

    `by`: how it is grouped. `more`: whether prospects, or questions, were left out.
    """

    summary: Summary
    by: str
    calls: tuple[Prospect, ...]
    questions: tuple[ListQuestion, ...]
    more: bool


def call_sheet(ranking: Ranking, top: int | None, each: int | None) -> CallSheet:
    """The call sheet by prospect, of those that the ranking's filter lets through: `top` of them, `each` with so many
    questions; None: all."""
    found = list(islice(_asked(ranking), None if top is None else top + 1))
    calls = tuple(replace(one, questions=_most_useful(one.questions, each)) for one in found[:top])
    questions = across(calls, ranking.summary.pack)
    return CallSheet(_summary(ranking, calls), "prospect", calls, questions, len(found) > len(calls))


def question_sheet(ranking: Ranking, top: int | None, each: int | None) -> CallSheet:
    """The call sheet by question: the `top` questions that would change most, each with `each` prospects to ask it;
    None: all."""
    calls = tuple(islice(_asked(ranking), _POOL))
    found = across(calls, ranking.summary.pack)
    questions = tuple(replace(one, asked=one.asked[:each]) for one in found[:top])
    return CallSheet(_summary(ranking, calls), "question", calls, questions, len(found) > len(questions))


def _asked(ranking: Ranking) -> Iterator[Prospect]:
    return (one for one in ranking.calls() if one.questions)


def _summary(ranking: Ranking, calls: Sequence[Prospect]) -> Summary:
    summary = ranking.summary
    return replace(summary, input=replace(summary.input, returned=len(calls)))


def _most_useful(questions: Sequence[Question], each: int | None) -> tuple[Question, ...]:
    """The first questions. An assumption on which the verdict rests comes last, but is never left out."""
    left_out = () if each is None else questions[each:]
    deciding = [one for one in left_out if one.assumed and one.decides_verdict][:1]
    return (*questions[: each and each - len(deciding)], *deciding)
