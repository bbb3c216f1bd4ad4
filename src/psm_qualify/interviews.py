"""An interview about one prospect: the question that matters most, an answer, and what it changes.

Nothing is read, printed or kept here, and there is no clock: the one who holds the interview does that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from psm_qualify.advise.lifts import band_may_change, verdict_may_change
from psm_qualify.advise.questions import Advisor, next_question
from psm_qualify.advise.standings import Standings
from psm_qualify.assess import Assessment, Evidence, in_words
from psm_qualify.entries import accepts
from psm_qualify.facts.decimals import decimal_point
from psm_qualify.facts.readers import TextReader
from psm_qualify.facts.text import clean, squash
from psm_qualify.hints import hint
from psm_qualify.judging import Case, Judge
from psm_qualify.results import Prospect, Question, RecordPlace
from psm_qualify.rules.pack import Field, Pack
from psm_qualify.sources.answers import Answered, AnswerLine

NOT_KNOWN = ("dontknow", "idontknow", "donotknow", "idonotknow", "dunno", "idk", "noidea", "notsure", "unsure")
"""Letters of what people say who can't answer."""

NO_FIGURE = ("none", "nil")
"""Unknown in a cell. Said aloud they mean 0, so that one who says them is asked again."""


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
    """Asks about one prospect. `prospect` is the result as it stands: judged again after every answer.

    `commas`: whoever answers writes a decimal comma.
    """

    def __init__(self, judge: Judge, case: Case, commas: bool = False) -> None:
        self._judge = judge
        self._commas = commas
        self._case = case
        self._skipped: frozenset[str] = frozenset()
        self._steps: list[tuple[str, Mapping[str, Answered], frozenset[str]]] = []  # each field, and what was before
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

    @property
    def can_undo(self) -> bool:
        """Whether there is anything for `back` to undo."""
        return bool(self._steps)

    def question(self) -> Question | None:
        """What to ask now; None where nothing but what was passed over can change the verdict or a band."""
        return next_question(self._judge.pack, self._open(self._skipped))

    def settled(self) -> bool:
        """Whether nothing can change the verdict or a band, not even what was passed over."""
        return not self._open(())

    def answer(self, field: str, text: str, date: str | None = None) -> Understood | Refused | None:
        """Takes an answer, and judges the prospect again. `date` is kept with the answer.

        None where it says that it is not known: the question is passed over.
        """
        asked = self._judge.pack.fields[field]
        pointed = decimal_point(text)
        if self._commas and field in self._judge.pack.numeric and asked.reader.read(pointed).value is not None:
            text = pointed  # answers are kept in one form, whoever gave them
        if _not_known(asked, text):
            self.skip(field)
            return None
        value = asked.reader.read(text).value
        if value is None:
            return Refused(text, hint(asked, text), accepts(asked))
        before = self.prospect
        self._steps.append((field, self.answers, self._skipped))
        self._keep({**self.answers, field: Answered(text.strip(), date)})
        return Understood(in_words(asked, value), before, self.prospect)

    def skip(self, field: str) -> None:
        """Passes a question over: it is not asked again, unless `back` comes to it."""
        self._steps.append((field, self.answers, self._skipped))
        self._skipped |= {field}

    def back(self) -> str | None:
        """Undoes the last answer or the last skip and returns its field; None where there is nothing to undo."""
        if not self._steps:
            return None
        field, answers, self._skipped = self._steps.pop()
        if answers != self.answers:
            self._keep(answers)
        return field

    def _open(self, without: Collection[str]) -> list[Question]:
        """The questions that can still change the verdict or a band, were some facts never asked for."""
        advisor = self._judge.advisor
        if without:
            advisor = replace(advisor, without=frozenset(without))
        verdict = verdict_may_change(advisor.answers, self._found)
        cards = {card for card in advisor.pack.scorecards if band_may_change(card, advisor.answers, self._found)}
        return [
            one
            for one in advisor.questions(self._found, self._judge.standings)
            if (verdict and one.bears_on_verdict) or not cards.isdisjoint(one.bears_on)
        ]

    def _keep(self, answers: Mapping[str, Answered]) -> None:
        before = self._key(self._found)
        case = replace(self._case, given=replace(self._case.given, answers=answers))
        self._found = self._judge.assess(case)
        self._judge = replace(self._judge, standings=_moved(self._judge.standings, before, self._key(self._found)))
        self._case = replace(case, rank=self._rank())
        self.prospect = self._judge.prospect_of(self._case, self._found)

    def _key(self, found: Assessment) -> tuple[int, ...] | None:
        standings = self._judge.standings
        return None if standings is None else standings.key(found.verdict, found.totals)

    def _rank(self) -> int:
        """The rank among the list as it would be now."""
        key, standings = self._key(self._found), self._judge.standings
        own, rank = self._first
        return rank if key is None or standings is None or key == own else standings.place(key, key)


def _moved(
    standings: Standings | None, before: tuple[int, ...] | None, after: tuple[int, ...] | None
) -> Standings | None:
    """The standings of the list in which a prospect has another key now."""
    if standings is None or before is None or after is None:
        return standings
    counts = Counter(dict(standings.counts))
    counts[before] -= 1
    counts[after] += 1
    return Standings.of(standings.pack, (+counts).items())


def _not_known(field: Field, text: str) -> bool:
    """Whether one who says so doesn't know."""
    reading = field.reader.read(text)
    if reading.value is None and reading.understood:
        return clean(text) not in NO_FIGURE
    return squash(text) in NOT_KNOWN and (reading.value is None or isinstance(field.reader, TextReader))


def newcomer(pack: Pack, name: str, answers: Mapping[str, Answered], infer: bool = True) -> Interview:
    """An interview about a firm that stands in no list: its name is all that is given, and earlier answers."""
    cells = {"name": name} if "name" in pack.fields else {}
    case = Case(1, RecordPlace("", 1, 1), Evidence(cells, infer=infer, answers=answers), {}, name=name)
    return Interview(Judge(Advisor(pack)), case)


def line_of(
    case: Case, pack: Pack, field: str, answer: Answered | None, date: str | None, list_digest: str | None
) -> AnswerLine:
    """An answer as it is kept, by which its firm is found again. None takes an earlier one back, on a `date`."""
    text, day = (None, date) if answer is None else (answer.text, answer.date)
    return AnswerLine(
        field=field, answer=text, date=day, id=case.id, domain=case.given.cells.get("domain"), name=case.name,
        row=case.place.row, list_digest=list_digest, pack_digest=pack.digest)  # fmt: skip
