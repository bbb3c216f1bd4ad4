"""The call sheet: whom to ask what, because it would change most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from psm_qualify.advise.questions import ListQuestion, across
from psm_qualify.results import Prospect, Question, Summary
from psm_qualify.scoring import Ranking


@dataclass(frozen=True, slots=True)
class CallSheet:
    """Prospects with something to ask, first those whose verdict is open, and the questions of all of them.

    `more`: whether prospects were left out.
    """

    summary: Summary
    calls: tuple[Prospect, ...]
    questions: tuple[ListQuestion, ...]
    more: bool


def call_sheet(ranking: Ranking, top: int | None, each: int | None) -> CallSheet:
    """The call sheet of the prospects that the ranking's filter lets through: `top` of them, `each` with so many
    questions; None: all."""
    asked = (one for one in ranking.calls() if one.questions)
    found = list(islice(asked, None if top is None else top + 1))
    calls = tuple(replace(one, questions=_most_useful(one.questions, each)) for one in found[:top])
    summary = ranking.summary
    summary = replace(summary, input=replace(summary.input, returned=len(calls)))
    return CallSheet(summary, calls, across(calls, summary.pack), len(found) > len(calls))


def _most_useful(questions: Sequence[Question], each: int | None) -> tuple[Question, ...]:
    """The first questions. An assumption on which the verdict rests comes last, but is never left out."""
    left_out = () if each is None else questions[each:]
    deciding = [one for one in left_out if one.assumed and one.decides_verdict][:1]
    return (*questions[: each and each - len(deciding)], *deciding)
