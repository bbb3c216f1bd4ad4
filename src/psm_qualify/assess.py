"""One prospect at a time: facts from raw cells, and what each criterion makes of them.

This is the same reading and judging that the compiled query does for whole lists, on the same readers and
conditions. It explains the prospects that are shown, where a query only counts.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from psm_qualify.facts.decimals import decimal_point
from psm_qualify.facts.interval import End, Interval
from psm_qualify.facts.readers import UNKNOWN, Value
from psm_qualify.facts.text import shortened
from psm_qualify.facts.types import Numeric
from psm_qualify.results import Conflict, CriterionResult, Fact, ScorecardResult
from psm_qualify.rules.conditions import All as AllOf
from psm_qualify.rules.conditions import Any, Condition, Not, Values, Way, judge, kleene_and, tests
from psm_qualify.rules.inference import Inferred, Known, infer
from psm_qualify.rules.model import Verdict
from psm_qualify.rules.pack import Criterion, Field, Pack, Scorecard
from psm_qualify.rules.scoring import Points, band_name, band_of, known_of, points, score_of, totals, verdict_word
from psm_qualify.sources.answers import Answered

PEOPLE = "the contact list"
"""What an inferred fact names in the place of a column, where it rests on a firm's people."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that follows from a prospect's cells alone."""

    values: Values
    facts: Mapping[str, Fact]
    not_understood: Mapping[str, str]
    conflicts: tuple[Conflict, ...]
    criteria: tuple[CriterionResult, ...]
    totals: Mapping[str, tuple[int, int, int]]  # by scorecard: points earned, least, most
    scorecards: Mapping[str, ScorecardResult]
    verdict: Verdict
    provisional: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is given about one prospect: raw texts by field, and its people's job titles (None: nobody is known).

    `commas` are the fields whose cells write a decimal comma; `infer` says whether inferences are drawn; `answers` go
    before everything else.
    """

    cells: Mapping[str, str | None]
    titles: Sequence[str] | None = None
    commas: frozenset[str] = frozenset()
    infer: bool = True
    answers: Mapping[str, Answered] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a prospect. `values` holds inferred and assumed values too, `odd` what was not understood.

    `cells` are the values that its cells give by themselves.
    """

    values: Values
    cells: Values
    known: Known
    inferred: Mapping[str, Inferred]
    assumed: frozenset[str]
    odd: Mapping[str, str]

    @property
    def firm(self) -> Values:
        """The values without the assumed ones."""
        return {name: value for name, value in self.values.items() if name not in self.assumed}


def read_facts(pack: Pack, given: Evidence) -> Facts:
    """Reads a prospect's raw texts by field. Where a cell says nothing, an inferred value, then an assumed one."""
    cells: dict[str, Value] = {}
    odd: dict[str, str] = {}
    for name, raw in given.cells.items():
        text = decimal_point(raw) if raw and name in given.commas else raw
        reading = pack.fields[name].reader.read(text) if text else UNKNOWN
        if raw is None or reading is UNKNOWN:
            continue
        if reading.value is not None:
            cells[name] = reading.value
        elif name not in given.answers:
            odd[name] = raw
    answered = {name: pack.fields[name].reader.read(answer.text).value for name, answer in given.answers.items()}
    said = {**cells, **{name: value for name, value in answered.items() if value is not None}}
    texts = {**given.cells, **{name: answer.text for name, answer in given.answers.items()}}
    known = Known(texts, said, given.titles)
    inferred: dict[str, Inferred] = {}
    for field in pack.inferable if given.infer else ():
        if field.id not in said and field.id not in odd:
            found = infer(field.infer, field.reader, known)
            if found is not None:
                inferred[field.id] = found
    told = {*said, *odd, *inferred}
    assumed = {name: value for name, value in pack.assumed.items() if name not in told}
    values = {**assumed, **{name: found.value for name, found in inferred.items()}, **said}
    return Facts(values, cells, known, inferred, frozenset(assumed), odd)


def assess(pack: Pack, given: Evidence, headers: Mapping[str, str]) -> Assessment:
    """Judges one prospect. `headers` tells the column in which each field's text stands."""
    read = read_facts(pack, given)
    facts: dict[str, Fact] = {}
    for field in pack.fields.values():
        if field.id in read.assumed:
            facts[field.id] = _fact(field, field.assume_text or "", read.values[field.id], "assumed", None)
        elif field.id in read.inferred:
            facts[field.id] = _inferred_fact(field, read.inferred[field.id], headers)
        elif field.id in given.answers:
            answer = given.answers[field.id]
            fact = _fact(field, answer.text.strip(), read.values[field.id], "answered", None)
            facts[field.id] = replace(fact, date=answer.date)
        elif field.id in read.values:
            facts[field.id] = _cell_fact(field, given, read.values[field.id], headers)
    criteria = tuple(_criterion(pack, criterion, read.values, facts, read.odd) for criterion in pack.criteria)
    sums = {
        card: totals([result for result in criteria if result.criterion.scorecard == card]) for card in pack.scorecards
    }
    verdict = verdict_of(pack, read.values)
    return Assessment(
        read.values,
        facts,
        read.odd,
        _conflicts(pack, given, read, facts, headers),
        criteria,
        sums,
        {card.id: scorecard_result(card, *sums[card.id]) for card in pack.scorecards.values()},
        verdict,
        verdict_of(pack, read.firm) != verdict,
    )


def verdict_of(pack: Pack, values: Values) -> Verdict:
    """The verdict that the values give."""
    return verdict_word(kleene_and(criterion_points(criterion, values).verdict for criterion in pack.required))


def criterion_points(criterion: Criterion, values: Values) -> Points:
    """What a criterion earns with these values."""
    return points(criterion, [judge(level.when, values) for level in criterion.levels])


def scorecard_result(card: Scorecard, earned: int, least: int, most: int) -> ScorecardResult:
    """A scorecard's figures from its sums of points."""
    score, low, high = (score_of(card, total) for total in (earned, least, most))
    known = known_of(card, least, most)
    return ScorecardResult(
        score, low, high, known, band_name(card, score, known), band_of(card, high).id, band_of(card, low).id
    )


# -- criteria ----------------------------------------------------------------------------------------------------


def _criterion(
    pack: Pack, criterion: Criterion, values: Values, facts: Mapping[str, Fact], odd: Mapping[str, str]
) -> CriterionResult:
    won = criterion_points(criterion, values)
    ways: tuple[str, ...] = ()
    if won.verdict:
        held = next(level for level in criterion.levels if judge(level.when, values))
        evidence, ways = _deciders(held.when, values, True), _ways(held.when, values)
        reason = "; ".join(ways) or held.say or _because(pack, evidence, facts)
    elif won.verdict is False:
        evidence = _each_once(_deciders(level.when, values, False) for level in criterion.levels)
        reason = _because(pack, evidence, facts)
    else:
        evidence = _unsettled(criterion, values)
        reason = _open(pack, criterion, values, facts, odd)
    return CriterionResult(criterion, won.verdict, won.earned, won.least, won.most, evidence, ways, reason)


def _deciders(condition: Condition, values: Values, outcome: bool) -> tuple[str, ...]:
    """The fields on which it rests that a condition is met, or is not met."""
    match condition:
        case Way(_, part):
            return _deciders(part, values, outcome)
        case Not(part):
            return _deciders(part, values, not outcome)
        case Any(parts) | AllOf(parts):
            # One part is enough for a met `any` and for an `all` that is not met; else every part counts.
            enough = outcome is isinstance(condition, Any)
            deciding = [part for part in parts if judge(part, values) is outcome] if enough else parts
            return _each_once(_deciders(part, values, outcome) for part in deciding)
        case _:
            return (condition.field,)


def _ways(condition: Condition, values: Values) -> tuple[str, ...]:
    """The names of the ways in that hold in a condition."""
    match condition:
        case Way(way, part):
            return (way,) if judge(part, values) else ()
        case Any(parts) | AllOf(parts):
            return _each_once(_ways(part, values) for part in parts)
        case _:
            return ()


def _each_once(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))


def _unsettled(criterion: Criterion, values: Values) -> tuple[str, ...]:
    """The fields that have a value which leaves a test open."""
    return _each_once(
        (test.field,)
        for level in criterion.levels
        for test in tests(level.when)
        if test.field in values and judge(test, values) is None
    )


def _because(pack: Pack, evidence: tuple[str, ...], facts: Mapping[str, Fact]) -> str:
    """What the deciding facts say. A fact that is not known decides only where that is asked."""
    return "; ".join(
        describe(pack.fields[field], facts[field]) if field in facts else f"{pack.fields[field].label} not known"
        for field in evidence
    )


def _open(pack: Pack, criterion: Criterion, values: Values, facts: Mapping[str, Fact], odd: Mapping[str, str]) -> str:
    """Why it is unknown: what was not understood, what does not settle it, what is not known."""
    unread = {field: shortened(odd[field].strip()) for field in criterion.fields if field in odd}
    parts = [f"{pack.fields[field].label} not understood: {text}" for field, text in unread.items()]
    unsettled = _unsettled(criterion, values)
    bounds = [field for field in unsettled if facts[field].how == "inferred" and facts[field].low is None]
    parts += [
        f"{describe(pack.fields[field], facts[field])}: not settled" for field in unsettled if field not in bounds
    ]
    missing = [f"{pack.fields[field].label} ({facts[field].read}, inferred)" for field in bounds]
    missing += [pack.fields[field].label for field in criterion.fields if field not in values and field not in odd]
    if missing:
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        parts.append(f"not known: {', '.join(missing[:3])}{more}")
    return "; ".join(parts)


def describe(field: Field, fact: Fact) -> str:
    """A fact in a few words: `3 salespeople`, `Sales leadership: Founder & CEO`."""
    inferred = f" (inferred, {fact.column}: “{shortened(fact.words or '', 40)}”)"
    answered = f" (answered{f' on {fact.date}' if fact.date else ''})"
    marks = {"assumed": " (assumed)", "inferred": inferred, "answered": answered}
    mark = marks.get(fact.how, "")
    if field.type == "number" and not (fact.low == fact.high == 1):
        ordinary = field.label[1:2].islower()  # not an acronym
        return f"{fact.read} {field.label[:1].lower() if ordinary else field.label[:1]}{field.label[1:]}{mark}"
    # Numbers and shares are clearer as they were read (0.85 is 85%), all else as it was written ($2,400, 1 month).
    as_read = isinstance(field.kind, Numeric) and (field.kind.sign is not None or field.type == "number")
    return f"{field.label}: {shortened(fact.read if as_read else fact.value)}{mark}"


# -- conflicts ---------------------------------------------------------------------------------------------------


def _conflicts(
    pack: Pack, given: Evidence, read: Facts, facts: Mapping[str, Fact], headers: Mapping[str, str]
) -> tuple[Conflict, ...]:
    """Where a source that does not count says something else than the one that does: a cell, then an inference."""
    found = []
    for field in pack.fields.values():
        if field.id not in facts or field.id in read.assumed:
            continue
        counts = read.values[field.id]
        others = _others(field, given, read, headers)
        other = next((fact for value, fact in others if _disagree(counts, value)), None)
        if other is not None:
            found.append(Conflict(field.id, facts[field.id], other))
    return tuple(found)


def _others(field: Field, given: Evidence, read: Facts, headers: Mapping[str, str]) -> Iterator[tuple[Value, Fact]]:
    """What each source says about a field."""
    if field.id in given.answers and field.id in read.cells:
        yield read.cells[field.id], _cell_fact(field, given, read.cells[field.id], headers)
    for rule in field.infer if given.infer else ():
        other = infer((rule,), field.reader, read.known)
        if other is not None:
            yield other.value, _inferred_fact(field, other, headers)


def _disagree(one: Value, other: Value) -> bool:
    if isinstance(one, Interval) and isinstance(other, Interval):
        return one.apart(other)
    return one != other


# -- facts -------------------------------------------------------------------------------------------------------


def _inferred_fact(field: Field, found: Inferred, headers: Mapping[str, str]) -> Fact:
    candidate = found.candidate
    column = PEOPLE if candidate.source is None else headers.get(candidate.source)
    return replace(_fact(field, candidate.text, found.value, "inferred", column), words=candidate.words)


def _cell_fact(field: Field, given: Evidence, value: Value, headers: Mapping[str, str]) -> Fact:
    return _fact(field, (given.cells[field.id] or "").strip(), value, "cell", headers.get(field.id))


def in_words(field: Field, value: Value) -> str:
    """How a value is read: `at least 10`, `1 to 6`, the name of a choice."""
    return _fact(field, "", value, "cell", None).read


def _fact(field: Field, raw: str, value: Value, how: str, column: str | None) -> Fact:
    if not isinstance(value, Interval):
        return Fact(field.id, raw, value, how, column, False, None, None)
    kind = field.kind
    assert isinstance(kind, Numeric)
    low, high = _shown_end(value.low, kind), _shown_end(value.high, kind)
    return Fact(field.id, raw, _in_words(value, low, high, kind), how, column, True, low, high)


def _shown_end(end: End | None, kind: Numeric) -> Decimal | None:
    """An end in shown units. Only here is a duration divided: what is compared stays exact."""
    return None if end is None else (end.value / kind.per_unit).normalize()


def _in_words(value: Interval, low: Decimal | None, high: Decimal | None, kind: Numeric) -> str:
    def number(end: Decimal | None) -> str:
        return "" if end is None else f"{round(end, 2).normalize():,f}"

    unit = kind.singular if low == high == 1 else kind.plural
    if value.plain:
        return f"{number(low)}{unit}"
    if value.high is None and value.low is not None:
        return f"{'over' if value.low.shift else 'at least'} {number(low)}{unit}"
    if value.low is None and value.high is not None:
        return f"{'under' if value.high.shift else 'at most'} {number(high)}{unit}"
    above, below = value.low is not None and value.low.shift, value.high is not None and value.high.shift
    return f"{'over ' if above else ''}{number(low)} to {'under ' if below else ''}{number(high)}{unit}"
