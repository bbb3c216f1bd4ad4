"""What would lift a prospect: the smallest sets of open facts whose answers, together, reach a goal.

They are found exactly. Answers to several facts may do what no answer to one does, an answer can close a way that
is open (`known: no`), and points can fall. `diagram.py` holds all that answers can lead to; here stands what is asked
of it. A bound on work, counted in steps, keeps odd packs from taking for ever: what it cut short says so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from psm_qualify.advise.answers import Answer, Answers
from psm_qualify.advise.diagram import Gain, Meter, Opening, Reaches, TooMuchError
from psm_qualify.assess import Assessment
from psm_qualify.facts.interval import Interval
from psm_qualify.facts.readers import Value
from psm_qualify.rules.model import Verdict
from psm_qualify.rules.pack import Criterion, Pack, Scorecard
from psm_qualify.rules.scoring import UNKNOWN_BAND, VERDICTS, Points, known_of, score_of

MOST_STEPS = 100_000
"""The bound on the work for a goal."""

MOST_STEPS_BETWEEN = 10_000
"""The bound on the work between two questions of an interview."""

MOST_WAYS = 1_000
"""The bound on the ways that are kept."""


@dataclass(frozen=True, slots=True)
class VerdictGoal:
    """A verdict."""

    verdict: Verdict


@dataclass(frozen=True, slots=True)
class BandGoal:
    """At least this band of a scorecard; None: any band at all, where too little is known for one."""

    scorecard: str
    band: str | None


Goal: TypeAlias = VerdictGoal | BandGoal


@dataclass(frozen=True, slots=True)
class Lift:
    """Answers to some facts that together reach a goal: each answer of a field with each of the others.

    A stretch of numbers stands for every number in it, one without ends for any number.
    """

    answers: Mapping[str, tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Lifts:
    """All ways to a goal with the fewest facts, in the order of a conversation.

    `size` is that number of facts, 0 where the goal is reached already, None where no answers reach it. Where the
    search was cut short, `complete` is False: ways may be missing, or, with no size, need more than `tried` facts.
    """

    goal: Goal
    ways: tuple[Lift, ...]
    size: int | None
    complete: bool
    tried: int


def verdict_goals(found: Assessment) -> tuple[Goal, ...]:
    """The verdicts that a prospect does not have."""
    return tuple(VerdictGoal(verdict) for verdict in VERDICTS if verdict != found.verdict)


def band_goals(pack: Pack, found: Assessment) -> tuple[Goal, ...]:
    """For each scorecard the next better band: any where it is unknown, none where it is the best already."""
    goals: list[Goal] = []
    for name in pack.cards_in_order:
        present = found.scorecards[name].band
        bands = [band.id for band in pack.scorecards[name].bands]
        if present == UNKNOWN_BAND:
            goals.append(BandGoal(name, None))
        elif present != bands[0]:
            goals.append(BandGoal(name, bands[bands.index(present) - 1]))
    return tuple(goals)


def smallest(goal: Goal, answers: Answers, found: Assessment) -> Lifts:
    """The fewest open facts whose answers reach a goal: all such sets, with the answers that do it."""
    aim = _aim(goal, answers.pack)
    opening = Opening(aim.criteria, found.values, _possible(answers, found, aim.criteria))
    size = len(opening.fields)
    try:
        return _lifts(goal, aim, opening, answers.pack, size, Meter(MOST_STEPS))
    except TooMuchError:
        pass
    # Too much for all facts at once: one more at a time gets as far as the bound allows.
    meter = Meter(MOST_STEPS)
    for tried in range(size):
        try:
            lifts = _lifts(goal, aim, opening, answers.pack, tried, meter)
        except TooMuchError:
            return Lifts(goal, (), None, False, max(tried - 1, 0))
        if lifts.size is not None:
            return lifts
    return Lifts(goal, (), None, False, max(size - 1, 0))


def verdict_may_change(answers: Answers, found: Assessment) -> bool:
    """Whether any answers give another verdict; True as well where that takes too much work to tell."""
    return _any_reached([_aim(goal, answers.pack) for goal in verdict_goals(found)], answers, found)


def band_may_change(card: str, answers: Answers, found: Assessment) -> bool:
    """Whether any answers give another band of a scorecard; True as well where that takes too much work to tell."""
    return _any_reached(_other_bands(answers.pack.scorecards[card], found.scorecards[card].band), answers, found)


# -- goals as sums -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Aim:
    """A goal in numbers: over some criteria, both sums of what they gain are to be at least what is needed."""

    criteria: Sequence[Criterion]
    gain: Callable[[Points], Gain]
    needed: Gain


def _aim(goal: Goal, pack: Pack) -> _Aim:
    if isinstance(goal, VerdictGoal):
        return _verdict_aim(goal.verdict, pack)
    card = pack.scorecards[goal.scorecard]
    if goal.band is None:
        return _Aim(card.criteria, lambda won: (won.least - won.most, 0), (-_widest(card), 0))
    return _at_least(card, _first_total(card, goal.band))


def _verdict_aim(verdict: Verdict, pack: Pack) -> _Aim:
    required = pack.required
    match verdict:
        case "qualified":
            return _Aim(required, lambda won: (won.verdict is True, 0), (len(required), 0))
        case "disqualified":
            return _Aim(required, lambda won: (won.verdict is False, 0), (1, 0))
        case _:
            return _Aim(required, lambda won: (won.verdict is None, -(won.verdict is False)), (1, 0))


def _at_least(card: Scorecard, earned: int) -> _Aim:
    """So many points, and enough known for a band."""
    return _Aim(card.criteria, lambda won: (won.earned, won.least - won.most), (earned, -_widest(card)))


def _other_bands(card: Scorecard, present: str) -> list[_Aim]:
    """What it takes for another band: any where it is unknown, else too little known, a better or a worse one."""
    widest = _widest(card)
    if present == UNKNOWN_BAND:
        return [_Aim(card.criteria, lambda won: (won.least - won.most, 0), (-widest, 0))]
    bands = [band.id for band in card.bands]
    aims = [
        _Aim(card.criteria, lambda won: (won.most - won.least, 0), (widest + 1, 0)),
        _Aim(
            card.criteria,
            lambda won: (-won.earned, won.least - won.most),
            (1 - _first_total(card, present), -widest),
        ),
    ]
    if present != bands[0]:
        aims.append(_at_least(card, _first_total(card, bands[bands.index(present) - 1])))
    return aims


def _first_total(card: Scorecard, band: str) -> int:
    """The fewest points whose rounded score lies in a band or above it."""
    at_least = next(one.at_least for one in card.bands if one.id == band)
    return card.floor + bisect_left(range(card.span + 1), at_least, key=lambda over: score_of(card, card.floor + over))


def _widest(card: Scorecard) -> int:
    """The most points that may be open where enough is known for a band; -1 where none is."""
    return bisect_right(range(card.span + 1), -card.min_known, key=lambda open_: -known_of(card, 0, open_)) - 1


# -- the search --------------------------------------------------------------------------------------------------


def _possible(answers: Answers, found: Assessment, criteria: Iterable[Criterion]) -> dict[str, tuple[Answer, ...]]:
    """The answers to the open facts that can be asked and on which the criteria rest."""
    names = dict.fromkeys(name for criterion in criteria for name in criterion.fields)
    possible = {name: answers.open(name, found) for name in names}
    return {name: own for name, own in possible.items() if own}


def _any_reached(aims: Sequence[_Aim], answers: Answers, found: Assessment) -> bool:
    """Whether one of several goals over the same criteria can be reached."""
    criteria = aims[0].criteria
    opening = Opening(criteria, found.values, _possible(answers, found, criteria))
    meter = Meter(MOST_STEPS_BETWEEN)
    try:
        diagram = opening.diagram(meter, len(opening.fields))
        return any(Reaches(diagram, aim.gain, aim.needed, meter, None).size is not None for aim in aims)
    except TooMuchError:
        return True


def _lifts(goal: Goal, aim: _Aim, opening: Opening, pack: Pack, limit: int, meter: Meter) -> Lifts:
    """The smallest ways with at most `limit` answers. Raises TooMuchError where it can't tell how small they are."""
    diagram = opening.diagram(meter, limit)
    reaches = Reaches(diagram, aim.gain, aim.needed, meter, limit)
    if reaches.size is None:
        return Lifts(goal, (), None, True, limit)
    boxes = list(islice(_boxes(reaches, diagram.fields, reaches.size), MOST_WAYS + 1))
    places = {name: place for place, name in enumerate(pack.fields)}
    joined = _joined(boxes[:MOST_WAYS])
    ordered = sorted(sorted((places[name], name, chosen) for name, chosen in box) for box in joined)
    ways = tuple(Lift({name: _shown(chosen, opening.possible[name]) for _, name, chosen in box}) for box in ordered)
    return Lifts(goal, ways, reaches.size, len(boxes) <= MOST_WAYS, limit)


_Box: TypeAlias = tuple[tuple[str, tuple[int, ...]], ...]
"""By fact the numbers of answers, each of which does together with each of the others'."""


def _boxes(reaches: Reaches, fields: Sequence[str], size: int) -> Iterator[_Box]:
    """All ways to the goal with so many answers, none of which is in two boxes."""
    waiting: list[tuple[int, int, Gain, _Box]] = [(0, 0, reaches.needed, ())]
    while waiting:
        layer, node, needed, box = waiting.pop()
        if layer == len(fields):
            yield box
            continue
        for step in reaches.steps[layer][node]:
            after = (*box, (fields[layer], step.answers)) if step.answers else box
            behind = needed[0] - step.gain[0], needed[1] - step.gain[1]
            # Only ways that lead to the goal are taken, so each step is part of a box.
            if reaches.leads(layer + 1, step.to, size - len(after), behind):
                waiting.append((layer + 1, step.to, behind, after))


# -- how ways are shown ------------------------------------------------------------------------------------------


def _joined(boxes: Sequence[_Box]) -> list[_Box]:
    """The same ways in fewer boxes: those that differ in the answers to one fact are one."""
    while True:
        before = len(boxes)
        seen: dict[str, set[tuple[int, ...]]] = {}
        for name, chosen in (one for box in boxes for one in box):
            seen.setdefault(name, set()).add(chosen)
        for name in (name for name, several in seen.items() if len(several) > 1):
            boxes = _joined_in(boxes, name)
        if len(boxes) == before:
            return list(boxes)


def _joined_in(boxes: Sequence[_Box], name: str) -> list[_Box]:
    joined: dict[_Box, set[int]] = {}
    for box in boxes:
        # The place of the fact stays, with no answers, so that boxes with it and without it are told apart.
        rest = tuple((other, () if other == name else chosen) for other, chosen in box)
        joined.setdefault(rest, set()).update(number for other, chosen in box if other == name for number in chosen)
    return [
        tuple((other, chosen or tuple(sorted(answers))) for other, chosen in box) for box, answers in joined.items()
    ]


def _shown(chosen: Sequence[int], answers: Sequence[Answer]) -> tuple[Value, ...]:
    """What the answers stand for; stretches of numbers that touch are one."""
    shown: list[Value] = []
    last = None
    for number in chosen:
        value = answers[number].stands_for
        before = shown[-1] if shown else None
        if isinstance(value, Interval) and isinstance(before, Interval) and last == number - 1:
            shown[-1] = Interval(before.low, value.high)
        else:
            shown.append(value)
        last = number
    return tuple(shown)
