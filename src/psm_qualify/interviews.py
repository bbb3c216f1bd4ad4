"""An interview about one prospect: the question that matters most, an answer, and what it changes.

Nothing is read, printed or kept here, and there is no clock: the one who holds the interview does that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from psm_qualify.advise.lifts import band_may_change, verdict_may_change
from psm_qualify.advise.questions import next_question
from psm_qualify.assess import Assessment, in_words
from psm_qualify.entries import accepts
from psm_qualify.hints import hint
from psm_qualify.judging import Case, Judge
from psm_qualify.results import Prospect, Question
from psm_qualify.sources.answers import Answered


@dataclass(frozen=True, slots=True)
class Understood:
    """An answer that was read: in words, and the prospect before and after it."""

    words: str
    before: Prospect
    after: Prospect


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that can't be read: what it could mean, and what may be said."""

    text: str
    hint: str | None
    accepts: str


class Interview:
    """Asks about one prospect. `prospect` is the result as it stands: judged again after every answer."""

    def __init__(self, judge: Judge, case: Case) -> None:
        self._judge = judge
        self._case = case
        self._steps: list[tuple[str, Answered | None]] = []  # each field, and what was known of it before
        self._skipped: list[str] = []
        self._found = judge.assess(case)
        self._first = (self._key(self._found), case.rank)
        self.prospect = judge.prospect_of(case, self._found)

    @property
    def case(self) -> Case:
        """The prospect as it is given now, its answers among that."""
        return self._case

    @property
    def answers(self) -> Mapping[str, Answered]:
        """The answers by field, those of earlier interviews too."""
        return self._case.given.answers

    def question(self) -> Question | None:
        """What to ask now.

        None where nothing that is left can change the verdict or a band, or where all that could was passed over.
        """
        answers = self._judge.advisor.answers
        verdict = verdict_may_change(answers, self._found)
        cards = {card for card in self._judge.pack.scorecards if band_may_change(card, answers, self._found)}
        left = [
            one
            for one in self.prospect.questions
            if one.field not in self._skipped
            if (verdict and one.bears_on_verdict) or not cards.isdisjoint(one.bears_on)
        ]
        return next_question(self._judge.pack, left)

    def answer(self, field: str, text: str, date: str | None = None) -> Understood | Refused:
        """Takes an answer, and judges the prospect again. `date` is kept with the answer."""
        asked = self._judge.pack.fields[field]
        value = asked.reader.read(text).value
        if value is None:
            return Refused(text, hint(asked, text), accepts(asked))
        before = self.prospect
        self._steps.append((field, self.answers.get(field)))
        self._keep({**self.answers, field: Answered(text.strip(), date)})
        return Understood(in_words(asked, value), before, self.prospect)

    def skip(self, field: str) -> None:
        """Passes a question over: it is not asked again, unless `back` comes to it."""
        self._skipped.append(field)
        self._steps.append((field, self.answers.get(field)))

    def back(self) -> str | None:
        """Undoes the last answer or the last skip and returns its field; None where there is nothing to undo."""
        if not self._steps:
            return None
        field, earlier = self._steps.pop()
        if field in self._skipped:
            self._skipped.remove(field)
        else:
            others = {name: answer for name, answer in self.answers.items() if name != field}
            self._keep(others if earlier is None else {**others, field: earlier})
        return field

    def _keep(self, answers: Mapping[str, Answered]) -> None:
        case = replace(self._case, given=replace(self._case.given, answers=answers))
        self._found = self._judge.assess(case)
        self._case = replace(case, rank=self._rank())
        self.prospect = self._judge.prospect_of(self._case, self._found)

    def _key(self, found: Assessment) -> tuple[int, ...] | None:
        standings = self._judge.standings
        return None if standings is None else standings.key(found.verdict, found.totals)

    def _rank(self) -> int:
        """The rank among the list as it would be now."""
        key, standings = self._key(self._found), self._judge.standings
        own, rank = self._first
        return rank if key is None or standings is None or key == own else standings.place(key, own)
