"""Checks on advice: whether it can ever be given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from psm_qualify.authoring.review.base import Check, Remark, Subject, path_of
from psm_qualify.authoring.review.outcomes import Outcomes
from psm_qualify.rules.model import Advice, CriterionAdvice
from psm_qualify.rules.pack import Criterion
from psm_qualify.rules.scoring import OUTCOMES


def _never(subject: Subject) -> Iterator[Remark]:
    for criterion, found in subject.judged:
        for number, item in enumerate(criterion.advice):
            if not _may_apply(item, found):
                yield Remark(
                    f"this advice of {criterion.id} is never given: the criterion never comes out as {item.when!r}",
                    "let it wait for an outcome that can come, or mend the condition",
                    path_of(criterion, "advice", number, "when"),
                )


def _may_apply(item: CriterionAdvice, found: Outcomes) -> bool:
    if item.when not in OUTCOMES.values():
        return item.when in found.names or not found.met  # a criterion that is never met is told by itself
    can = {"met": found.met, "not met": found.not_met, "unknown": found.unknown}
    return can[item.when] or (item.when == "met" and not found.met)


def _to_the_disqualified(subject: Subject) -> Iterator[Remark]:
    for criterion in subject.pack.required:
        for number, item in enumerate(criterion.advice):
            if item.when == "not met" and item.for_ == "prospect":
                yield Remark(
                    f"this advice of {criterion.id} is never given: whoever does not meet it is disqualified, and a "
                    "disqualified prospect is not coached",
                    "address it to the consultant, or let it wait for `unknown`",
                    path_of(criterion, "advice", number),
                )


def _crowded_out(subject: Subject) -> Iterator[Remark]:
    for criterion in subject.pack.criteria:
        for later, earlier in _repeats(criterion, criterion.advice):
            yield _silenced(criterion.id, criterion.advice[later], path_of(criterion, "advice"), later, earlier)
    for card in subject.pack.scorecards.values():
        for band in card.bands:
            seen: dict[tuple[str, str], int] = {}
            for number, item in enumerate(band.advice):
                if item.topic is None:
                    continue
                first = seen.setdefault((item.for_, item.topic), number)
                if first != number:
                    path = ("scorecards", card.id, "bands", band.id, "advice")
                    yield _silenced(band.id, item, path, number, first)


def _repeats(criterion: Criterion, advice: Sequence[CriterionAdvice]) -> Iterator[tuple[int, int]]:
    """Advice, and an earlier one on the same topic that always applies where it does."""
    for later, item in enumerate(advice):
        for earlier, other in enumerate(advice[:later]):
            wider = other.when == item.when or (other.when == "met" and item.when not in OUTCOMES.values())
            if item.topic is not None and (item.for_, item.topic) == (other.for_, other.topic) and wider:
                yield later, earlier
                break


def _silenced(owner: str, item: Advice, path: tuple[str | int, ...], number: int, first: int) -> Remark:
    return Remark(
        f"this advice of {owner} is never given: number {first + 1} of the list speaks to the {item.for_} on the "
        f"topic {item.topic!r}, too, and goes before it",
        "put the more special one first, give it another topic, or take one of the two out",
        (*path, number),
    )


CHECKS = (
    Check(
        "advice-never-applies",
        "A piece of advice waits for something that never comes.",
        "Advice of a criterion applies where it came out as `when` says: met, not met, unknown, or by one of its named "
        "ways or levels. Every combination of answers was tried, and that outcome is not among them.",
        _never,
    ),
    Check(
        "advice-to-disqualified",
        "Advice to the prospect waits for a required criterion that is not met.",
        "Whoever does not meet a required criterion of the primary scorecard is disqualified. The people of a "
        "disqualified prospect are told nothing, so this advice is never given.",
        _to_the_disqualified,
    ),
    Check(
        "advice-crowded-out",
        "A piece of advice always gives way to another on its topic.",
        "Of the advice to one audience on one topic only the most important stands: within a criterion or a band that "
        "is the first. Where the first applies whenever the second does, the second is never given.",
        _crowded_out,
    ),
)
