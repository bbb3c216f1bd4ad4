"""All that the answers to open facts can lead to: a layered decision diagram over some criteria.

A layer for each open fact, a node for each thing that can be left of the criteria before it is settled, an edge for
the answers that come to the same, and one for no answer. What criteria earn stands on the edges that settle them, so
that ways which differ in points alone share their nodes: the diagram stays small where criteria are nearly
independent, and serves every goal that asks for sums over criteria.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TypeAlias

from psm_qualify.advise.answers import Answer
from psm_qualify.advise.residuals import Residual, fields_of, residual, settle
from psm_qualify.rules.conditions import Kleene, Values
from psm_qualify.rules.pack import Criterion
from psm_qualify.rules.scoring import Points, points

Gain: TypeAlias = tuple[int, int]
"""What a settled criterion adds to two sums."""

Reach: TypeAlias = tuple[int, int, int]
"""A number of answers, and the two sums that they can come to."""

_Span: TypeAlias = tuple[Gain, Gain]
"""The least and the most of both sums."""


class TooMuchError(Exception):
    """The bound on work was hit."""


@dataclass(slots=True)
class Meter:
    """Counts steps of work, so that what is found under a bound is the same on every machine."""

    left: int

    def spend(self, steps: int) -> None:
        """Raises TooMuchError once more is spent than there is."""
        self.left -= steps
        if self.left < 0:
            raise TooMuchError


@dataclass(frozen=True, slots=True)
class Edge:
    """Answers to a layer's fact, by number, that come to the same; none: the fact keeps its value.

    `settled` is what the criteria earn that close here, `to` a node of the next layer.
    """

    answers: tuple[int, ...]
    settled: tuple[Points, ...]
    to: int


Node: TypeAlias = Sequence[Edge]


@dataclass(frozen=True, slots=True)
class Diagram:
    """`layers` holds the nodes of each of `fields`; behind the last is the one end. `settled` takes no answer.

    `fewest` tells with how many answers each node can be reached.
    """

    fields: Sequence[str]
    settled: tuple[Points, ...]
    layers: Sequence[Sequence[Node]]
    fewest: Sequence[Sequence[int]]


# -- what is left of a criterion ---------------------------------------------------------------------------------


@dataclass(eq=False, slots=True)
class _Part:
    """An open criterion: what is left of its levels. One for each such rest, so that identity is equality.

    `after` keeps what the answers tried so far make of it.
    """

    criterion: Criterion
    levels: tuple[Residual, ...]
    fields: tuple[str, ...]
    after: dict[tuple[str, int], _Part | Points] = field(default_factory=dict)


_State: TypeAlias = tuple[_Part | None, ...]
"""What is left of each criterion, None where it is settled."""

_NO_ANSWER = -1


class Opening:
    """Criteria as far as they are open: `fields` are the facts that can still change them, in the diagram's order."""

    def __init__(self, criteria: Sequence[Criterion], values: Values, possible: Mapping[str, Sequence[Answer]]) -> None:
        self._values = values
        self.possible = possible
        self._parts: dict[tuple[Criterion, tuple[Residual, ...]], _Part] = {}
        left = {name: [answer.value for answer in answers] for name, answers in possible.items()}
        start = [self._rest(one, [residual(level.when, values, left) for level in one.levels]) for one in criteria]
        self._settled = tuple(one for one in start if isinstance(one, Points))
        parts = [one for one in start if isinstance(one, _Part)]
        self.fields = _order(parts)
        self._entering, self._last = _places(parts, self.fields)

    def diagram(self, meter: Meter, limit: int) -> Diagram:
        """The diagram of all ways with at most `limit` answers. Raises TooMuchError."""
        nodes: dict[_State, int] = {(): 0}  # with the fewest answers that lead there
        opened: list[_Part] = []
        layers, fewest = [], [[0]]
        for place, name in enumerate(self.fields):
            entering = self._entering[place]
            opened = [*opened, *entering]
            staying = [number for number, part in enumerate(opened) if self._last[part] > place]
            before = {(*state, *entering): spent for state, spent in nodes.items()}
            layer, nodes = self._layer(before, name, staying, limit, meter)
            opened = [opened[number] for number in staying]
            layers.append(layer)
            fewest.append(list(nodes.values()))
        return Diagram(self.fields, self._settled, layers, fewest)

    def _layer(
        self, nodes: Mapping[_State, int], name: str, staying: Sequence[int], limit: int, meter: Meter
    ) -> tuple[list[Node], dict[_State, int]]:
        """The edges of all nodes of a layer, and the nodes of the next, of which only those criteria are part."""
        layer: list[Node] = []
        numbers: dict[_State, int] = {}
        following: dict[_State, int] = {}
        for state, spent in nodes.items():
            edges = []
            more = spent < limit
            meter.spend(len(self.possible[name]) + 1 if more else 1)
            for (after, settled), answers in self._ways(state, name, more).items():
                rest = tuple(after[number] for number in staying)
                edges.append(Edge(tuple(answers), settled, numbers.setdefault(rest, len(numbers))))
                cost = spent + bool(answers)
                following[rest] = min(cost, following.get(rest, cost))
            layer.append(edges)
        return layer, following

    def _ways(self, state: _State, name: str, more: bool) -> dict[tuple[_State, tuple[Points, ...]], list[int]]:
        """By what they lead to, the answers to a fact; none for what is had without."""
        touched = [place for place, part in enumerate(state) if part is not None and name in part.fields]
        free = self._step(state, name, touched, _NO_ANSWER)
        ways: dict[tuple[_State, tuple[Points, ...]], list[int]] = {free: []}
        for number in range(len(self.possible[name])) if more and touched else ():
            way = self._step(state, name, touched, number)
            if way != free:  # an answer that changes nothing is no way to anything
                ways.setdefault(way, []).append(number)
        return ways

    def _step(self, state: _State, name: str, touched: Sequence[int], number: int) -> tuple[_State, tuple[Points, ...]]:
        after = list(state)
        settled = []
        for place in touched:
            part = state[place]
            assert part is not None
            rest = self._settle(part, name, number)
            if isinstance(rest, Points):
                settled.append(rest)
            after[place] = rest if isinstance(rest, _Part) else None
        return tuple(after), tuple(settled)

    def _settle(self, part: _Part, name: str, number: int) -> _Part | Points:
        key = (name, number)
        if key not in part.after:
            value = self._values.get(name) if number == _NO_ANSWER else self.possible[name][number].value
            part.after[key] = self._rest(part.criterion, [settle(one, name, value) for one in part.levels])
        return part.after[key]

    def _rest(self, criterion: Criterion, levels: Sequence[Residual]) -> _Part | Points:
        """What is left of a criterion, or what it earns where nothing is."""
        if True in levels:  # no level behind it can count
            surely = levels.index(True)
            levels = [*levels[: surely + 1], *(False for _ in levels[surely + 1 :])]
        outcomes: list[Kleene] = [one for one in levels if one is None or isinstance(one, bool)]
        if len(outcomes) == len(levels):
            return points(criterion, outcomes)
        key = (criterion, tuple(levels))
        if key not in self._parts:
            names = dict.fromkeys(name for level in levels for name in fields_of(level))
            self._parts[key] = _Part(*key, tuple(name for name in criterion.fields if name in names))
        return self._parts[key]


def _order(parts: Sequence[_Part]) -> tuple[str, ...]:
    """The fields, those of a criterion together, so that few criteria are open at a time."""
    placed: dict[str, None] = {}
    waiting = list(parts)
    while waiting:
        # One that shares fields with what is placed comes first, then the one with the fewest others.
        sizes = [
            (placed.keys().isdisjoint(one.fields), sum(name not in placed for name in one.fields)) for one in waiting
        ]
        chosen = waiting.pop(sizes.index(min(sizes)))
        placed.update(dict.fromkeys(chosen.fields))
    return tuple(placed)


def _places(parts: Sequence[_Part], fields: Sequence[str]) -> tuple[list[list[_Part]], dict[_Part, int]]:
    """For each field the criteria that it is the first to touch, and for each criterion the place of its last."""
    places = {name: place for place, name in enumerate(fields)}
    entering: list[list[_Part]] = [[] for _ in fields]
    for part in parts:
        entering[min(places[name] for name in part.fields)].append(part)
    return entering, {part: max(places[name] for name in part.fields) for part in parts}


# -- what can be reached -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """An edge in numbers: its answers, whether they count (0 or 1), what they add to the sums, and where it leads."""

    answers: tuple[int, ...]
    cost: int
    gain: Gain
    to: int


class Reaches:
    """What answers can come to, in a diagram and for a goal: two sums that are to be at least what is needed.

    With a `limit`, ways with more answers are left out; without, answers are not counted. Raises TooMuchError.
    """

    def __init__(
        self, diagram: Diagram, gain: Callable[[Points], Gain], needed: Gain, meter: Meter, limit: int | None
    ) -> None:
        first, second = _total(diagram.settled, gain)
        self.needed = needed[0] - first, needed[1] - second
        counted = limit is not None
        self.steps = [[[_step(edge, gain, counted) for edge in node] for node in layer] for layer in diagram.layers]
        self._known: dict[tuple[int, int, int, Gain], bool] = {}
        self._spans = self._forward()
        self._best = self._backward(diagram, meter, len(diagram.fields) if limit is None else limit)

    @property
    def size(self) -> int | None:
        """The fewest answers with which the goal is reached, None where none do."""
        return min((count for count, *sums in self._best[0][0] if _enough(sums, self.needed)), default=None)

    def leads(self, layer: int, node: int, left: int, needed: Gain) -> bool:
        """Whether some way from a node on has what is needed, with no more answers than are left."""
        key = (layer, node, left, needed)
        if key not in self._known:  # many ways have the same rest
            onward = takewhile(lambda one: one[0] <= left, self._best[layer][node])  # the fewest answers come first
            self._known[key] = any(_enough(sums, needed) for _, *sums in onward)
        return self._known[key]

    def _forward(self) -> list[list[_Span]]:
        """By layer and node, the least and the most to which the sums can have come there."""
        spans: list[dict[int, _Span]] = [{0: ((0, 0), (0, 0))}]
        for layer in self.steps:
            following: dict[int, _Span] = {}
            for number, node in enumerate(layer):
                low, high = spans[-1][number]
                for step in node:
                    least, most = _plus(low, step.gain), _plus(high, step.gain)
                    before = following.get(step.to, (least, most))
                    following[step.to] = _each(min, before[0], least), _each(max, before[1], most)
            spans.append(following)
        return [[span[number] for number in range(len(span))] for span in spans]

    def _backward(self, diagram: Diagram, meter: Meter, limit: int) -> list[list[list[Reach]]]:
        """By layer and node, the best that the answers from there on can come to."""
        best: list[list[list[Reach]]] = [[[(0, 0, 0)]]]
        for place in reversed(range(len(self.steps))):
            behind = best[-1]
            here = []
            for node, spent, span in zip(self.steps[place], diagram.fewest[place], self._spans[place], strict=True):
                meter.spend(sum(len(behind[step.to]) for step in node))
                here.append(_best(self._clipped(node, behind, span, limit - spent)))
            best.append(here)
        return best[::-1]

    def _clipped(
        self, node: Sequence[Step], behind: Sequence[Sequence[Reach]], span: _Span, left: int
    ) -> Iterator[Reach]:
        """What a node's edges lead to, without what can't be enough, and no higher than is surely enough."""
        (low_first, low_second), (high_first, high_second) = span
        first_needed, second_needed = self.needed
        for step in node:
            more_first, more_second = step.gain
            for count, onward_first, onward_second in behind[step.to]:
                answers, first, second = step.cost + count, more_first + onward_first, more_second + onward_second
                if answers <= left and first + high_first >= first_needed and second + high_second >= second_needed:
                    yield answers, min(first, first_needed - low_first), min(second, second_needed - low_second)


def _step(edge: Edge, gain: Callable[[Points], Gain], counted: bool) -> Step:
    return Step(edge.answers, int(counted and bool(edge.answers)), _total(edge.settled, gain), edge.to)


def _enough(sums: Sequence[int], needed: Gain) -> bool:
    return sums[0] >= needed[0] and sums[1] >= needed[1]


def _plus(one: Gain, other: Gain) -> Gain:
    return one[0] + other[0], one[1] + other[1]


def _each(choose: Callable[[int, int], int], one: Gain, other: Gain) -> Gain:
    return choose(one[0], other[0]), choose(one[1], other[1])


def _total(settled: Iterable[Points], gain: Callable[[Points], Gain]) -> Gain:
    sums = (0, 0)
    for one in settled:
        sums = _plus(sums, gain(one))
    return sums


def _best(reached: Iterable[Reach]) -> list[Reach]:
    """Those than which no other takes as few answers and comes to as much in both sums."""
    best: list[Reach] = []
    # A staircase of what was seen with as few answers: the first sums rise, the second sums fall.
    firsts: list[int] = []
    seconds: list[int] = []
    for one in sorted(set(reached), key=lambda each: (each[0], -each[1], -each[2])):
        _, first, second = one
        place = bisect_left(firsts, first)
        if place < len(firsts) and seconds[place] >= second:
            continue
        best.append(one)
        end = place + (place < len(firsts) and firsts[place] == first)
        begin = place
        while begin and seconds[begin - 1] <= second:
            begin -= 1
        firsts[begin:end] = [first]
        seconds[begin:end] = [second]
    return best
