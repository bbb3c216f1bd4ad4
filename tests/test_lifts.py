"""The smallest sets of facts that reach a goal: against trying everything on random packs, and cases by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product
from math import prod
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psm_qualify.advise import lifts
from psm_qualify.advise.answers import Answers
from psm_qualify.advise.lifts import (
    BandGoal,
    Goal,
    Lift,
    Lifts,
    VerdictGoal,
    band_goals,
    band_may_change,
    smallest,
    verdict_goals,
    verdict_may_change,
)
from psm_qualify.assess import Assessment, Evidence, assess, criterion_points, scorecard_result, verdict_of
from psm_qualify.facts.interval import End, Interval
from psm_qualify.facts.readers import Value
from psm_qualify.rules.loader import load_pack, parse_pack
from psm_qualify.rules.pack import Pack
from psm_qualify.rules.scoring import UNKNOWN_BAND, VERDICTS, totals
from strategies import lists, packs, scorecards

Plain = dict[str, Any]
Assignment = frozenset[tuple[str, int]]  # by field the number of an answer
Standing = tuple[str, Mapping[str, str]]  # the verdict, and the bands by scorecard

thorough = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
brief = settings(thorough, max_examples=50)
MOST_TRIED = 250  # combinations of answers
YES_NO = {"type": "yes_no"}


def may_change(answers: Answers, found: Assessment) -> bool:
    """Whether any answers give another verdict, or another band of any scorecard."""
    cards = answers.pack.scorecards
    return verdict_may_change(answers, found) or any(band_may_change(card, answers, found) for card in cards)


def yes_no(names: Iterable[str]) -> Plain:
    return dict.fromkeys(names, YES_NO)


# ---------------------------------------- trying everything


@st.composite
def packs_of_yes_no(draw: st.DrawFn) -> Plain:
    """A pack of facts with few answers, so that more of them can be tried together."""
    fields = yes_no("abcde") | {"e": {**YES_NO, "assume": draw(st.sampled_from(["yes", "no"]))}}
    cards = {name: draw(scorecards(fields, primary=name == "fit")) for name in ("fit", "relationship")}
    return {"pack": {"name": "drawn", "rank_by": ["fit"]}, "fields": fields, "scorecards": cards}


@st.composite
def cases(draw: st.DrawFn) -> tuple[Pack, Assessment]:
    """A pack with few open facts, and a prospect."""
    data = draw(st.one_of(packs(), packs_of_yes_no()))
    for name, field in data["fields"].items():
        if field["type"] == "text" and draw(st.booleans()):
            field["question"] = f"{name}?"
    row = draw(lists(data))[0]
    pack = parse_pack(json.dumps(data, ensure_ascii=False))
    dropped = draw(st.sets(st.sampled_from(list(row)))) if row else set()
    found = assess(pack, Evidence({name: cell for name, cell in row.items() if name not in dropped}), {})
    return fewer_questions(pack, found), found


def fewer_questions(pack: Pack, found: Assessment) -> Pack:
    """The pack, in which so few facts are asked for that every combination of answers can be tried."""
    for name in pack.fields:
        sizes = {field: len(own) + 1 for field, own in possible(Answers(pack), found).items()}
        if prod(sizes.values()) <= MOST_TRIED:
            break
        if name in sizes:
            pack = replace(pack, fields={**pack.fields, name: replace(pack.fields[name], question="")})
    return pack


def possible(answers: Answers, found: Assessment) -> dict[str, Sequence[Any]]:
    """The answers to the facts that can be asked."""
    asked = {name: answers.open(name, found) for name, field in answers.pack.fields.items() if field.question}
    return {name: own for name, own in asked.items() if own}


def standing(pack: Pack, values: Mapping[str, Value]) -> Standing:
    """What the values make of a prospect."""
    bands = {
        name: scorecard_result(card, *totals([criterion_points(one, values) for one in card.criteria])).band
        for name, card in pack.scorecards.items()
    }
    return verdict_of(pack, values), bands


def everything(answers: Answers, found: Assessment) -> dict[Assignment, Standing]:
    """What each combination of answers gives, that of no answer among them."""
    open_ = possible(answers, found)
    results = {}
    for numbers in product(*(range(-1, len(own)) for own in open_.values())):
        given_ = {name: number for name, number in zip(open_, numbers, strict=True) if number >= 0}
        values = {**found.values, **{name: open_[name][number].value for name, number in given_.items()}}
        results[frozenset(given_.items())] = standing(answers.pack, values)
    return results


def reached(goal: Goal, pack: Pack, now: Standing) -> bool:
    verdict, bands = now
    if isinstance(goal, VerdictGoal):
        return verdict == goal.verdict
    band = bands[goal.scorecard]
    names = [one.id for one in pack.scorecards[goal.scorecard].bands]
    return band != UNKNOWN_BAND and (goal.band is None or names.index(band) <= names.index(goal.band))


def goals(pack: Pack) -> Iterator[Goal]:
    """Every goal that there can be."""
    yield from (VerdictGoal(verdict) for verdict in VERDICTS)
    for name, card in pack.scorecards.items():
        yield from (BandGoal(name, band) for band in (None, *(band.id for band in card.bands)))


def assignments(way: Lift, open_: Mapping[str, Sequence[Any]]) -> list[Assignment]:
    """Every combination of the answers in a way."""
    numbers = {
        name: [number for number, one in enumerate(open_[name]) if any(within(one.stands_for, part) for part in parts)]
        for name, parts in way.answers.items()
    }
    return [frozenset(zip(numbers, chosen, strict=True)) for chosen in product(*numbers.values())]


def within(value: Value, part: Value) -> bool:
    if isinstance(value, Interval) and isinstance(part, Interval):
        return value.inside(part)
    return value == part


@thorough
@given(case=cases())
def test_they_are_what_trying_everything_finds(case: tuple[Pack, Assessment]) -> None:
    pack, found = case
    answers = Answers(pack)
    open_, tried = possible(answers, found), everything(answers, found)
    for goal in goals(pack):
        winning = [given_ for given_, now in tried.items() if reached(goal, pack, now)]
        size = min(map(len, winning), default=None)
        lifts_ = smallest(goal, answers, found)
        assert (lifts_.goal, lifts_.size, lifts_.complete) == (goal, size, True)
        covered = [one for way in lifts_.ways for one in assignments(way, open_)]
        assert len(covered) == len(set(covered))  # no combination is shown twice
        assert set(covered) == {given_ for given_ in winning if len(given_) == size}


@brief
@given(case=cases())
def test_what_may_change_is_what_some_answers_change(case: tuple[Pack, Assessment]) -> None:
    pack, found = case
    answers = Answers(pack)
    tried = list(everything(answers, found).values())
    verdict = any(verdict != found.verdict for verdict, _ in tried)
    other = {card: any(bands[card] != found.scorecards[card].band for _, bands in tried) for card in pack.scorecards}
    assert verdict_may_change(answers, found) == verdict
    assert {card: band_may_change(card, answers, found) for card in pack.scorecards} == other
    assert may_change(answers, found) == (verdict or any(other.values()))


@brief
@given(case=cases(), steps=st.integers(0, 300), kept=st.integers(1, 5))
def test_what_is_cut_short_says_so(case: tuple[Pack, Assessment], steps: int, kept: int) -> None:
    pack, found = case
    answers = Answers(pack)
    open_ = possible(answers, found)
    for goal in goals(pack):
        whole = smallest(goal, answers, found)
        with patch.object(lifts, "MOST_STEPS", steps):
            short = smallest(goal, answers, found)
        if short.size is not None or short.complete:
            assert (short.ways, short.size, short.complete) == (whole.ways, whole.size, True)
        else:
            assert short.ways == ()
            assert whole.size is None or whole.size > short.tried or short.tried == 0
        with patch.object(lifts, "MOST_WAYS", kept):
            short = smallest(goal, answers, found)
        some, all_ = ({one for way in each.ways for one in assignments(way, open_)} for each in (short, whole))
        assert (short.size, bool(some)) == (whole.size, bool(all_))
        assert some <= all_
        assert short.complete == (some == all_)


# ---------------------------------------- by hand


def prospect(
    fields: Plain, criteria: Plain, cells: Mapping[str, str] | None = None, bands: Plain | None = None, **card: str
) -> tuple[Answers, Assessment]:
    """One prospect, and a pack of one scorecard, fit. A required criterion, met, is added where there is none."""
    if not any("required" in criterion for criterion in criteria.values()):
        criteria = {**criteria, "required": {"when": {"there": "yes"}, "points": "0", "required": "yes"}}
        fields, cells = {**fields, "there": YES_NO}, {**(cells or {}), "there": "yes"}
    ends = bands or {"A": "80", "B": "50", "C": "0"}
    fit = {"criteria": criteria, "bands": {name: {"at_least": end} for name, end in ends.items()}, **card}
    pack = parse_pack(json.dumps({"pack": {"name": "hand"}, "fields": fields, "scorecards": {"fit": fit}}))
    return Answers(pack), assess(pack, Evidence(cells or {}), {})


def number(low: str | None, high: str | None, low_shift: int = 0, high_shift: int = 0) -> Interval:
    return Interval(
        None if low is None else End(Decimal(low), low_shift), None if high is None else End(Decimal(high), high_shift)
    )


def ways(found: Lifts) -> list[Plain]:
    assert found.complete
    return [dict(way.answers) for way in found.ways]


def test_two_facts_that_only_together_settle() -> None:
    pairs = [dict.fromkeys(pair, "yes") for pair in combinations("abcd", 2)]
    answers, found = prospect(yes_no("abcd"), {"one": {"when": {"any": pairs}, "points": "10", "required": "yes"}})
    assert verdict_goals(found) == (VerdictGoal("qualified"), VerdictGoal("disqualified"))
    qualified, disqualified = (smallest(goal, answers, found) for goal in verdict_goals(found))
    assert (qualified.size, disqualified.size) == (2, 3)
    assert ways(qualified) == [dict.fromkeys(pair, ("yes",)) for pair in combinations("abcd", 2)]
    assert ways(disqualified) == [dict.fromkeys(three, ("no",)) for three in combinations("abcd", 3)]


def test_all_of_many() -> None:
    names = [f"f{number}" for number in range(20)]
    when = {"all": [{name: "yes"} for name in names]}
    answers, found = prospect(yes_no(names), {"one": {"when": when, "points": "10", "required": "yes"}})
    qualified, disqualified = (smallest(goal, answers, found) for goal in verdict_goals(found))
    assert ways(qualified) == [dict.fromkeys(names, ("yes",))]
    assert ways(disqualified) == [{name: ("no",)} for name in names]
    assert ways(smallest(BandGoal("fit", "A"), answers, found)) == [dict.fromkeys(names, ("yes",))]


def test_an_answer_can_shut_a_way() -> None:
    # Not asked, the leader leaves the way open; an answer that is not the owner shuts it.
    gap = {"any": [{"leader": {"known": "no"}, "goal": "no"}, {"leader": "yes"}]}
    answers, found = prospect(yes_no(["leader", "goal"]), {"gap": {"when": gap, "points": "10", "required": "yes"}})
    assert ways(smallest(VerdictGoal("qualified"), answers, found)) == [{"leader": ("yes",)}, {"goal": ("no",)}]
    assert ways(smallest(VerdictGoal("disqualified"), answers, found)) == [{"leader": ("no",)}]


def test_what_is_had_without_an_answer_is_lost_by_one() -> None:
    answers, found = prospect(
        yes_no("ab"),
        {
            "silent": {"when": {"a": {"known": "no"}}, "points": "60"},
            "said": {"when": {"a": "yes", "b": "yes"}, "points": "40"},
        },
    )
    # 60 of 100 stand; both answers give 40, and lose the 60.
    assert found.scorecards["fit"].band == "B"
    assert smallest(BandGoal("fit", "A"), answers, found).size is None
    assert band_may_change("fit", answers, found)  # downwards
    assert not verdict_may_change(answers, found)


def test_points_can_fall() -> None:
    answers, found = prospect(
        yes_no("abc"),
        {
            "both": {"when": {"a": "yes", "b": "yes"}, "points": "30"},
            "a": {"when": {"a": "yes"}, "points": "-20", "otherwise": "0"},
            "c": {"when": {"c": "yes"}, "points": "20"},
        },
        bands={"A": "70", "B": "50", "C": "0"},
    )
    # Floor -20, ceiling 50: no points are 28.6, c alone makes 57.1, a and b without c 42.9, all three 71.4.
    assert found.scorecards["fit"].band == "C"
    assert ways(smallest(BandGoal("fit", "B"), answers, found)) == [{"c": ("yes",)}]
    # a alone costs points, and b alone earns none.
    assert ways(smallest(BandGoal("fit", "A"), answers, found)) == [dict.fromkeys("abc", ("yes",))]


def test_levels_and_stretches_that_touch() -> None:
    levels = [
        {"when": {"reps": {"between": ["3", "6"]}}, "points": "10"},
        {"when": {"reps": {"between": ["2", "6"]}}, "points": "6"},
    ]
    answers, found = prospect({"reps": {"type": "number"}}, {"team": {"levels": levels}})
    assert ways(smallest(BandGoal("fit", "B"), answers, found)) == [{"reps": (number("2", "6"),)}]
    assert ways(smallest(BandGoal("fit", "A"), answers, found)) == [{"reps": (number("3", "6"),)}]


def test_an_interval_is_narrowed() -> None:
    when = {"reps": {"between": ["1", "6"]}}
    answers, found = prospect(
        {"reps": {"type": "number"}}, {"team": {"when": when, "points": "10", "required": "yes"}}, {"reps": "5-10"}
    )
    assert ways(smallest(VerdictGoal("qualified"), answers, found)) == [{"reps": (number("5", "6"),)}]
    assert ways(smallest(VerdictGoal("disqualified"), answers, found)) == [{"reps": (number("6", "10", 1),)}]


def test_an_assumed_fact_can_be_answered() -> None:
    fields = {"reached": YES_NO, "fair": {**YES_NO, "assume": "yes"}}
    when = {"any": [{"reached": "no", "fair": "yes"}]}
    criteria = {"gap": {"when": when, "points": "10", "required": "yes"}}
    answers, found = prospect(fields, criteria, {"reached": "no"})
    assert (found.verdict, found.provisional) == ("qualified", True)
    assert ways(smallest(VerdictGoal("disqualified"), answers, found)) == [{"fair": ("no",)}]
    assert smallest(VerdictGoal("needs_info"), answers, found).size is None
    assert may_change(answers, found)
    answers, found = prospect(fields, criteria, {"reached": "no", "fair": "yes"})
    assert not may_change(answers, found)


def test_an_unknown_band_wants_any_band() -> None:
    single = {name: {"when": {name: "yes"}, "points": "10", "otherwise": "-10"} for name in "abcd"}
    answers, found = prospect(yes_no("abcd"), single, min_known="50%")
    assert band_goals(answers.pack, found) == (BandGoal("fit", None),)
    assert ways(smallest(BandGoal("fit", None), answers, found)) == [
        dict.fromkeys(pair, ("yes", "no")) for pair in combinations("abcd", 2)
    ]


def test_a_band_wants_points_and_enough_known() -> None:
    single = {name: {"when": {name: "yes"}, "points": "10", "otherwise": "-10"} for name in "abcd"}
    answers, found = prospect(yes_no("abcd"), single, bands={"A": "60", "B": "0"}, min_known="50%")
    # 10 points would do, but one fact is too little.
    assert ways(smallest(BandGoal("fit", "A"), answers, found)) == [
        dict.fromkeys(pair, ("yes",)) for pair in combinations("abcd", 2)
    ]


def test_the_best_band_has_no_goal() -> None:
    answers, found = prospect(yes_no("a"), {"a": {"when": {"a": "yes"}, "points": "10"}}, {"a": "yes"})
    assert band_goals(answers.pack, found) == ()
    here = smallest(BandGoal("fit", "A"), answers, found)
    assert (here.size, ways(here)) == (0, [{}])


def test_what_is_not_asked_is_no_way() -> None:
    text = {"type": "text"}
    criterion = {"when": {"notes": {"matches": "owner"}}, "points": "10", "required": "yes"}
    answers, found = prospect({"notes": text}, {"one": criterion})
    assert smallest(VerdictGoal("qualified"), answers, found).size is None
    assert not may_change(answers, found)
    answers, found = prospect({"notes": {**text, "question": "Well?"}}, {"one": criterion})
    assert ways(smallest(VerdictGoal("qualified"), answers, found)) == [{"notes": ("owner",)}]


def test_more_ways_than_are_kept() -> None:
    names = [f"f{number}" for number in range(30)]
    single = {name: {"when": {name: "yes"}, "points": "10", "otherwise": "-10"} for name in names}
    answers, found = prospect(yes_no(names), single, bands={"A": "75", "B": "0"})
    many = smallest(BandGoal("fit", "A"), answers, found)
    assert (many.size, many.complete, len(many.ways)) == (15, False, lifts.MOST_WAYS)
    assert all(len(way.answers) == 15 for way in many.ways)
    assert many == smallest(BandGoal("fit", "A"), answers, found)


def test_more_facts_than_python_would_recurse_over() -> None:
    names = [f"f{number}" for number in range(1100)]
    single = {name: {"when": {name: "yes"}, "points": "10" if name == "f0" else "1"} for name in names}
    answers, found = prospect(yes_no(names), single, bands={"A": "0.9", "B": "0"})
    assert ways(smallest(BandGoal("fit", "A"), answers, found)) == [{"f0": ("yes",)}]


def test_the_shipped_pack_with_nothing_known() -> None:
    pack = load_pack("psm")
    answers, found = Answers(pack), assess(pack, Evidence({}), {})
    sizes = {
        goal: (each.size, each.complete)
        for goal in (*verdict_goals(found), *band_goals(pack, found), BandGoal("relationship", "client"))
        for each in [smallest(goal, answers, found)]
    }
    assert sizes == {
        VerdictGoal("qualified"): (2, True),
        VerdictGoal("disqualified"): (1, True),
        BandGoal("fit", "B"): (2, True),
        BandGoal("relationship", None): (2, True),
        BandGoal("service", None): (2, True),
        BandGoal("relationship", "client"): (2, True),
    }
    assert may_change(answers, found)


@pytest.mark.parametrize(
    ("goal", "facts"),
    [
        (VerdictGoal("qualified"), ["sales_leader", "goal_attainment", "needs_mentoring"]),
        (VerdictGoal("disqualified"), [None]),
        (BandGoal("fit", "B"), ["sales_leader"]),
    ],
)
def test_what_the_shipped_pack_wants_beside_the_number_of_salespeople(goal: Goal, facts: list[str | None]) -> None:
    pack = load_pack("psm")
    found = smallest(goal, Answers(pack), assess(pack, Evidence({}), {}))
    assert [set(way) for way in ways(found)] == [{"sales_reps", fact} - {None} for fact in facts]
