"""How things are said, the same in every document for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from psm_qualify.advise.answers import ANYTHING_ELSE, EVERYTHING
from psm_qualify.advise.lifts import BandGoal, Goal, Lift, Lifts, VerdictGoal
from psm_qualify.assess import PEOPLE, in_words
from psm_qualify.facts.readers import OptionsReader, Value
from psm_qualify.facts.text import shortened
from psm_qualify.results import Fact, Prospect, Question, ScorecardResult
from psm_qualify.rules.model import Verdict
from psm_qualify.rules.pack import Field, Pack
from psm_qualify.rules.scoring import UNKNOWN_BAND

VERDICT_WORDS: Mapping[Verdict, str] = {
    "qualified": "Qualified", "needs_info": "Needs info", "disqualified": "Disqualified",
}  # fmt: skip


def figure(score: Decimal) -> str:
    """A score with its decimal."""
    return f"{score:.1f}"


def called(one: Prospect) -> str:
    """What to call a prospect."""
    return shortened(one.name or one.id or f"row {one.row}")


def cited(text: str, source: str | None) -> str:
    """A text and the statement that it rests on."""
    return f"{text} [{source}]" if source else text


def standing(card: ScorecardResult) -> str:
    """A scorecard's figures: `31.0, could be 100.0; C, could be A`."""
    score = figure(card.score) if card.score == card.high else f"{figure(card.score)}, could be {figure(card.high)}"
    return f"{score}; {band_range(card)}"


def band_range(card: ScorecardResult) -> str:
    """A band, and the best and worst that it could become."""
    could = list(dict.fromkeys(band for band in (card.best_band, card.worst_band) if band != card.band))
    known = "not enough is known for a band" if card.band == UNKNOWN_BAND else card.band
    return f"{known}, could be {' or '.join(could)}" if could else known


def effect(one: Question, pack: Pack, verdict: Verdict) -> str:
    """What the answers to a question would change."""
    settles = "settle" if verdict == "needs_info" else "change"
    can = [f"{settles} the verdict"] if one.decides_verdict else []
    if one.bands:
        verb = "" if can and settles == "change" else "change "
        can.append(f"{verb}the band of {' and '.join(pack.scorecards[card].title for card in one.bands)}")
    points, card = f"{figure(one.swing)} points", pack.scorecards[one.scorecard].title
    parts = [f"can {' and '.join(can)} ({points})" if one.swing else f"can {' and '.join(can)}"] if can else []
    if one.bears_on_verdict and verdict == "needs_info" and not one.decides_verdict:
        parts.append("can settle the verdict together with other answers")
    if one.swing and not can:
        parts.append(f"moves {card} by {points}")
    if one.ranks is not None and one.ranks[0] != one.ranks[1]:
        parts.append(f"rank {one.ranks[0]} to {one.ranks[1]}")
    if one.assumed:
        parts.append("assumed so far")
    return ", ".join(parts) or "counts only together with other answers"


def stake(one: Question, pack: Pack, verdict: Verdict) -> str:
    """The same in short, for a line of a call sheet."""
    parts = ["verdict"] if one.decides_verdict else []
    if one.bears_on_verdict and verdict == "needs_info" and not one.decides_verdict:
        parts.append("verdict with other answers")
    parts += ["band"] if one.bands else []
    if one.swing:
        card = f" of {pack.scorecards[one.scorecard].title}" if one.scorecard != pack.primary.id else ""
        parts.append(f"{figure(one.swing)} points{card}")
    if one.ranks is not None and one.ranks[0] != one.ranks[1]:
        parts.append(f"rank {one.ranks[0]} to {one.ranks[1]}")
    if one.assumed:
        parts.append("assumed so far")
    return ", ".join(parts) or "counts with other answers"


def origin(fact: Fact, line: int | None) -> str:
    """Where a fact comes from and how it was read. `line`: that of the prospect in its list."""
    value, words = f"“{shortened(fact.value, 60)}”", fact.read.replace("_", " ")
    read = "" if fact.read == fact.value else f", read as {words}"
    where = f" line {line}" if line is not None and fact.column != PEOPLE else ""
    match fact.how:
        case "answered":
            return f"answered{f' on {fact.date}' if fact.date else ''}: {value}{read}"
        case "assumed":
            return f"{words}, assumed"
        case "inferred":
            return f"inferred from {fact.column}{where} (“{shortened(fact.words or '', 60)}”): {words}"
        case _:
            return f"{fact.column}{where}: {value}{read}"


def goal_words(goal: Goal, pack: Pack) -> str:
    """What is to be reached."""
    match goal:
        case VerdictGoal(verdict):
            return VERDICT_WORDS[verdict]
        case BandGoal(card, None):
            return f"{pack.scorecards[card].title}: enough known for a band"
        case BandGoal(card, band):
            best = pack.scorecards[card].bands[0].id
            return f"{pack.scorecards[card].title}: {band}{'' if band == best else ' or above'}"


def count_words(lifts: Lifts) -> str:
    """How many answers it takes."""
    if lifts.size is None:
        cut = "the search was cut short"
        return "out of reach" if lifts.complete else f"not found with up to {lifts.tried} answers; {cut}"
    return "one answer" if lifts.size == 1 else f"{lifts.size} answers together"


def lift_words(lift: Lift, pack: Pack) -> str:
    """The answers that do it: `Salespeople: 1 to 6; Sales leadership: nobody`."""
    return "; ".join(
        f"{pack.fields[field].label}: {answer_words(pack.fields[field], values)}"
        for field, values in lift.answers.items()
    )


def answer_words(field: Field, values: Sequence[Value]) -> str:
    """Some of the answers that a field may get."""
    if isinstance(field.reader, OptionsReader) and len(values) == len(field.reader.names):
        return "any answer"
    return " or ".join(value_words(field, value) for value in values)


def value_words(field: Field, value: Value) -> str:
    """A possible answer."""
    if value == EVERYTHING:
        return "any answer"
    if field.type == "text":
        return "anything else" if value == ANYTHING_ELSE else f"such as “{shortened(str(value), 40)}”"
    return in_words(field, value).replace("_", " ")
