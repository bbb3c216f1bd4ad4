"""What to do, and what to coach: the advice that applies to a prospect, the most important first.

Advice comes from criteria (how they came out, or which of their ways hold) and from bands. In order of importance:
the required criteria of the primary scorecard, its other criteria by the points that they can move, its band; then
the other scorecards likewise, those that rank first. Of the advice to one audience on one topic only the most
important stands, a criterion's before any band's, since it knows more; and no text is given twice.

A disqualified prospect is neither courted nor coached. The consultant is told only what the required criteria that
are not met have to say: why it is no fit, and what to do instead. That goes for a provisional verdict, too: what is
assumed counts until it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from psm_qualify.results import CriterionResult, Guidance, ScorecardResult
from psm_qualify.rules.model import CriterionAdvice, Verdict
from psm_qualify.rules.pack import Band, Pack, Scorecard
from psm_qualify.rules.scoring import OUTCOMES


@dataclass(frozen=True, slots=True)
class _Given:
    """A piece of advice that applies, before it is known whether another speaks on its topic."""

    guidance: Guidance
    topic: str | None


def advice(
    pack: Pack,
    verdict: Verdict,
    scorecards: Mapping[str, ScorecardResult],
    criteria: Sequence[CriterionResult],
) -> tuple[Guidance, ...]:
    """What applies to a prospect that was judged so, the most important first."""
    if verdict == "disqualified":
        return _settle(_why_not(pack, criteria))
    return _settle(
        one
        for name in pack.cards_in_order
        for one in (*_of_criteria(pack, name, criteria), *_of_band(pack.scorecards[name], scorecards[name]))
    )


def _why_not(pack: Pack, criteria: Sequence[CriterionResult]) -> Iterator[_Given]:
    """What the required criteria that are not met tell the consultant."""
    missed = [result for result in criteria if result.verdict is False and result.criterion in pack.required]
    for one in _of_criteria(pack, pack.primary.id, missed):
        if one.guidance.for_ == "consultant":
            yield one


def _of_criteria(pack: Pack, card: str, criteria: Sequence[CriterionResult]) -> Iterator[_Given]:
    """What the criteria of one scorecard advise, the most important criterion first."""
    speaking = [result for result in criteria if result.criterion.scorecard == card and result.criterion.advice]
    for result in sorted(speaking, key=lambda one: (one.criterion not in pack.required, -one.criterion.span)):
        criterion = result.criterion
        for item in criterion.advice:
            if _applies(item, result):
                source = item.source or criterion.source
                because = _outcome(item, result)
                yield _Given(Guidance(item.for_, item.say, source, because, card, criterion.id, None), item.topic)


def _applies(item: CriterionAdvice, result: CriterionResult) -> bool:
    """Whether a criterion came out as its advice wants: met, not met or unknown, or by a way or level of that name."""
    if item.when in OUTCOMES.values():
        return item.when == OUTCOMES[result.verdict]
    return result.verdict is True and item.when in (result.ways or (result.reason,))


def _outcome(item: CriterionAdvice, result: CriterionResult) -> str:
    """How a criterion came out, as a phrase. A criterion's title says what is the case where it is met."""
    title = result.criterion.title
    if result.verdict is None:
        return f"{title} is unknown; {result.reason}"
    if result.verdict is False:
        return f"{title} is not met: {result.reason}"
    return f"{title}: {result.reason if item.when in OUTCOMES.values() else item.when}"


def _of_band(card: Scorecard, result: ScorecardResult) -> Iterator[_Given]:
    """What the band of one scorecard advises. The band `unknown` has nothing to say."""
    for band in card.bands:
        if band.id == result.band:
            because = f"{card.title}: {_called(band)} ({result.score:.1f})"
            for item in band.advice:
                source = item.source or band.source
                yield _Given(Guidance(item.for_, item.say, source, because, card.id, None, band.id), item.topic)


def _called(band: Band) -> str:
    return band.id if band.title == band.id else f"{band.id}, {band.title}"


def _settle(applying: Iterable[_Given]) -> tuple[Guidance, ...]:
    """Those that stand: one on each topic, and each text once."""
    given = list(applying)
    speaks: dict[tuple[str, str | None], _Given] = {}
    for one in sorted(given, key=lambda one: one.guidance.criterion is None):  # criteria first, each in its order
        speaks.setdefault((one.guidance.for_, one.topic), one)
    standing: dict[tuple[str, str], Guidance] = {}
    for one in given:
        if one.topic is None or speaks[one.guidance.for_, one.topic] is one:
            standing.setdefault((one.guidance.for_, one.guidance.say), one.guidance)
    return tuple(standing.values())
