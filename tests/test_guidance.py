"""Advice: what applies to a prospect, in which order, because of what, and that it never contradicts itself."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from psm_qualify.advise.guidance import advice
from psm_qualify.assess import Evidence, assess
from psm_qualify.errors import PackError
from psm_qualify.results import Guidance
from psm_qualify.rules.loader import load_pack, parse_pack
from psm_qualify.rules.pack import Pack

PSM = load_pack("psm")

RULES = """
pack: {name: small, rank_by: [fit, warmth]}
fields:
  reps: {type: number, label: Salespeople, units: [reps]}
  boss: {type: choice, label: Boss, choices: {nobody: [vacant], owner: [founder], manager: [head of sales]}}
  goal: {type: percent, label: Goal}
  asks: {type: yes_no, label: Ask}
  stay: {type: yes_no, label: Stay}
  clean: {type: yes_no, label: Clean}
scorecards:
  service:
    criteria:
      dirty: {when: {clean: no}, points: 10, advice: [{for: prospect, say: Clean up.}]}
    bands: {poor: {at_least: 50, advice: [{for: prospect, say: Train.}]}, good: {at_least: 0}}
  warmth:
    criteria:
      asks: {when: {asks: yes}, points: 5, advice: [{for: prospect, say: Answer.}]}
      stay: {when: {stay: yes}, points: 20, advice: [{for: prospect, say: Thank them.}]}
    bands: {warm: {at_least: 70, advice: [{for: prospect, say: Keep in touch.}]}, cool: {at_least: 0}}
  fit:
    title: Ideal
    criteria:
      team:
        levels:
          - {when: {reps: {between: [3, 6]}}, points: 30, say: a team}
          - {when: {reps: 2}, points: 20, say: a pair}
        advice:
          - {for: consultant, say: Manage a team., when: a team}
          - {for: consultant, say: Manage two., when: a pair}
      small:
        required: true
        when: {reps: {between: [1, 6]}}
        points: 10
        source: S2
        advice:
          - {for: consultant, say: Ask how many., when: unknown}
          - {for: consultant, say: Pass., when: not met, source: S1}
          - {for: prospect, say: Hire less., when: not met}
          - {for: consultant, say: Say that it is small.}
      gap:
        title: Gap in leading
        required: true
        when: {any: [{boss: nobody, say: unmanaged}, {boss: owner, say: led by the owner}, {goal: {at_most: 100%}}]}
        points: 20
        source: S3-S5
        advice:
          - {for: consultant, say: Be their manager., when: unmanaged}
          - {for: consultant, say: Take it off the owner., when: led by the owner, source: S4}
          - {for: consultant, say: Leave it., when: not met}
    bands:
      A: {at_least: 70, title: Ideal client, source: S2-S6, advice: [{for: consultant, say: Call., source: S7},
          {for: consultant, say: Meet.}]}
      B: {at_least: 0, title: B, advice: [{for: consultant, say: Wait.}]}
"""


def given(rules: str | Pack, **cells: str) -> tuple[Guidance, ...]:
    """The advice that applies to a prospect with these cells."""
    pack = rules if isinstance(rules, Pack) else parse_pack(rules)
    found = assess(pack, Evidence(cells), {})
    return advice(pack, found.verdict, found.scorecards, found.criteria)


def said(rules: str | Pack, **cells: str) -> list[str]:
    return [one.say for one in given(rules, **cells)]


def swap(*pairs: tuple[str, str]) -> str:
    """The rules with some pieces written otherwise."""
    rules = RULES
    for old, new in pairs:
        assert rules.count(old) == 1, old
        rules = rules.replace(old, new)
    return rules


# -- what applies --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"reps": "4"}, {"Say that it is small.", "Manage a team."}),  # met is taken where there is no `when`
        ({"reps": "2"}, {"Say that it is small.", "Manage two."}),
        ({"reps": "1"}, {"Say that it is small."}),
        ({"reps": "2-4"}, {"Say that it is small."}),  # a team or a pair: neither is sure
        ({"reps": "4-9"}, {"Ask how many."}),
        ({}, {"Ask how many."}),
        ({"boss": "nobody"}, {"Ask how many.", "Be their manager."}),
        ({"boss": "owner"}, {"Ask how many.", "Take it off the owner."}),
        ({"goal": "90%"}, {"Ask how many."}),  # met by a way without a name
        ({"boss": "manager"}, {"Ask how many."}),
    ],
)
def test_a_criterion_advises_for_its_outcomes_ways_and_levels(cells: Mapping[str, str], expected: set[str]) -> None:
    assert set(said(RULES, **cells)) == {*expected, "Wait."}


def test_a_level_with_ways_is_called_by_them() -> None:
    rules = swap(("{reps: 2}, points", "{any: [{reps: 2, say: two}]}, points"), ("when: a pair}", "when: two}"))
    assert "Manage two." in said(rules, reps="2")
    assert "Manage two." not in said(rules, reps="4")


def test_only_the_band_that_a_prospect_falls_into_advises() -> None:
    assert "Keep in touch." in said(RULES, asks="yes", stay="yes")
    assert "Keep in touch." not in said(RULES, asks="yes")
    assert "Wait." not in said(RULES, reps="4", boss="nobody")


def test_the_band_unknown_has_nothing_to_say() -> None:
    rules = swap(("  service:\n", "  service:\n    min_known: 100%\n"), ("poor: {at_least: 50", "poor: {at_least: 0"),
                 ("good: {at_least: 0}", "good: {at_least: 60}"))  # fmt: skip
    assert "Train." in said(rules, clean="yes")
    assert "Train." not in said(rules)


# -- order ---------------------------------------------------------------------------------------------------------


def test_the_most_important_comes_first() -> None:
    assert said(RULES, reps="4", boss="owner", asks="yes", stay="yes", clean="no") == [
        "Take it off the owner.",  # required, 20 points
        "Say that it is small.",  # required, 10 points
        "Manage a team.",  # 30 points, not required
        "Call.",  # the primary band, as written
        "Meet.",
        "Thank them.",  # the next in rank_by: 20 points, 5 points, its band
        "Answer.",
        "Keep in touch.",
        "Clean up.",  # a scorecard that does not rank
        "Train.",
    ]


def test_equal_criteria_keep_the_order_in_which_they_stand() -> None:
    rules = swap(("points: 20\n        source: S3", "points: 10\n        source: S3"))
    assert said(rules, reps="4", boss="owner")[:2] == ["Say that it is small.", "Take it off the owner."]


# -- one voice on a topic, each text once --------------------------------------------------------------------------


def test_a_criterion_goes_before_a_band_on_its_topic() -> None:
    rules = swap(("{for: consultant, say: Wait.}", "{for: consultant, say: Wait., topic: call}"),
                 ("say: Ask how many.,", "say: Ask how many., topic: call,"))  # fmt: skip
    assert said(rules) == ["Ask how many."]
    assert said(rules, reps="1") == ["Say that it is small.", "Wait."]


def test_so_does_a_criterion_of_a_lesser_scorecard() -> None:
    rules = swap(("{for: consultant, say: Wait.}", "{for: consultant, say: Wait., topic: call}"),
                 ("{for: prospect, say: Clean up.}", "{for: consultant, say: Sweep., topic: call}"))  # fmt: skip
    assert said(rules, reps="1", clean="no") == ["Say that it is small.", "Sweep.", "Train."]


def test_of_criteria_the_more_important_speaks_and_of_ways_the_first_written() -> None:
    rules = swap(("say: Be their manager.,", "say: Be their manager., topic: offer,"),
                 ("say: Manage a team.,", "say: Manage a team., topic: offer,"))  # fmt: skip
    assert "Manage a team." not in said(rules, reps="4", boss="nobody")
    assert "Manage a team." in said(rules, reps="4", boss="owner")
    both = swap(("{goal: {at_most: 100%}}", "{goal: {at_most: 100%}, say: missed}"),
                ("say: Be their manager.,", "say: Look at goals., when: missed, topic: offer}\n"
                 "          - {for: consultant, say: Be their manager., topic: offer,"))  # fmt: skip
    assert "Look at goals." in said(both, boss="nobody", goal="80%")
    assert "Be their manager." not in said(both, boss="nobody", goal="80%")
    assert "Be their manager." in said(both, boss="nobody")


def test_a_topic_is_one_for_each_audience() -> None:
    rules = swap(("{for: consultant, say: Wait.}", "{for: consultant, say: Wait., topic: x}"),
                 ("{for: prospect, say: Clean up.}", "{for: prospect, say: Clean up., topic: x}"))  # fmt: skip
    assert {"Wait.", "Clean up."} <= set(said(rules, clean="no"))


def test_the_same_text_is_given_once_to_each_audience() -> None:
    rules = swap(("say: Clean up.", "say: Answer."))
    assert said(rules, asks="yes", clean="no").count("Answer.") == 1
    (one,) = [one for one in given(rules, asks="yes", clean="no") if one.say == "Answer."]
    assert one.scorecard == "warmth"  # the more important place
    rules = swap(("{for: prospect, say: Clean up.}", "{for: consultant, say: Answer.}"))
    assert said(rules, asks="yes", clean="no").count("Answer.") == 2


# -- disqualified --------------------------------------------------------------------------------------------------


def test_who_is_disqualified_is_neither_courted_nor_coached() -> None:
    everything = {"boss": "nobody", "asks": "yes", "stay": "yes", "clean": "no"}
    assert len(said(RULES, reps="4", **everything)) > 5
    assert said(RULES, reps="9", **everything) == ["Pass."]


def test_only_required_criteria_speak_of_who_is_disqualified() -> None:
    rules = swap(("when: a pair}", "when: not met}"))
    assert "Manage two." in said(rules, reps="1", boss="owner")
    assert said(rules, reps="9", boss="owner") == ["Pass."]


def test_a_disqualified_prospect_is_told_every_reason() -> None:
    assert said(RULES, reps="9", boss="manager", goal="120%") == ["Leave it.", "Pass."]
    assert said(RULES, boss="manager", goal="120%") == ["Leave it."]  # that the team is unknown is no matter now


# -- what each says of itself --------------------------------------------------------------------------------------


def one_of(say: str, **cells: str) -> Guidance:
    (found,) = [one for one in given(RULES, **cells) if one.say == say]
    return found


def test_the_source_is_its_own_else_that_of_its_criterion_or_band() -> None:
    assert one_of("Pass.", reps="9").source == "S1"
    assert one_of("Say that it is small.", reps="3").source == "S2"
    assert one_of("Call.", reps="4", boss="nobody").source == "S7"
    assert one_of("Meet.", reps="4", boss="nobody").source == "S2-S6"
    assert one_of("Clean up.", clean="no").source is None


@pytest.mark.parametrize(
    ("say", "cells", "because"),
    [
        ("Pass.", {"reps": "14"}, "Small is not met: 14 salespeople"),
        ("Say that it is small.", {"reps": "3"}, "Small: 3 salespeople"),
        ("Ask how many.", {"reps": "4-9"}, "Small is unknown; 4 to 9 salespeople: not settled"),
        ("Take it off the owner.", {"boss": "owner", "goal": "80%"}, "Gap in leading: led by the owner"),
        ("Manage two.", {"reps": "2"}, "Team: a pair"),
        ("Call.", {"reps": "4", "boss": "nobody"}, "Ideal: A, Ideal client (100.0)"),
        ("Wait.", {"reps": "1"}, "Ideal: B (16.7)"),
    ],
)
def test_each_says_because_of_what_it_applies(say: str, cells: Mapping[str, str], because: str) -> None:
    assert one_of(say, **cells).because == because


def test_advice_for_one_way_names_no_other() -> None:
    rules = swap(("{goal: {at_most: 100%}}", "{goal: {at_most: 100%}, say: missed}"))
    (found,) = [one for one in given(rules, boss="owner", goal="80%") if one.say == "Take it off the owner."]
    assert found.because == "Gap in leading: led by the owner"


def test_each_names_the_criterion_or_band_that_it_comes_from() -> None:
    asked, waits = given(RULES)
    assert (asked.scorecard, asked.criterion, asked.band) == ("fit", "small", None)
    assert (waits.scorecard, waits.criterion, waits.band) == ("fit", None, "B")
    assert {one.for_ for one in given(RULES, clean="no")} == {"consultant", "prospect"}


# -- findings ------------------------------------------------------------------------------------------------------


def test_advice_for_a_name_that_is_none_is_found_where_it_stands() -> None:
    rules = swap(("when: unmanaged}", "when: unmanagd}"))
    with pytest.raises(PackError) as caught:
        parse_pack(rules, "rules.yaml")
    (found,) = caught.value.findings
    line = next(line for line in rules.split("\n") if "unmanagd" in line)
    assert (found.code, found.hint) == ("unknown-outcome", "did you mean 'unmanaged'?")
    assert found.place.line == rules.split("\n").index(line) + 1
    assert found.place.column == line.index("unmanagd") + 1
    assert found.place.length == len("unmanagd")
    assert "^^^^^^^^" in found.render()


# -- the shipped pack ----------------------------------------------------------------------------------------------

WAYS = {
    "S3": {"sales_leader": "nobody"},
    "S4": {"sales_leader": "Owner"},
    "S5": {"sales_leader": "Sales Manager", "goal_attainment": "90%", "goals_reasonable": "yes"},
    "S6": {"sales_leader": "Sales Manager", "needs_mentoring": "yes"},
}


@pytest.mark.parametrize("statement", WAYS)
def test_each_way_in_sells_another_engagement(statement: str) -> None:
    first = given(PSM, sales_reps="4", **WAYS[statement])[0]
    assert (first.for_, first.source, first.criterion) == ("consultant", statement, "leadership_gap")


def test_of_several_ways_in_one_engagement_is_sold() -> None:
    ways = {**WAYS["S6"], **WAYS["S5"], **WAYS["S4"]}
    offers = [one for one in given(PSM, sales_reps="4", **ways) if one.criterion == "leadership_gap"]
    assert [one.source for one in offers] == ["S4"]


def test_nothing_is_asked_that_is_known() -> None:
    asked = {one.say for one in given(PSM)}
    known = {one.say for one in given(PSM, sales_reps="1", sales_leader="Head of Sales", goal_attainment="100%")}
    assert [say for say in asked if "ask exactly how many" in say]
    assert [say for say in asked if say.startswith("Ask who leads")]
    assert asked.isdisjoint(known)


def test_where_a_fact_decides_first_no_date_to_call_is_given() -> None:
    consulted = [one.say for one in given(PSM, sales_leader="owner") if one.for_ == "consultant"]
    assert [say.split(":")[0] for say in consulted if "call" in say.casefold()] == ["Make one short call now"]


def test_who_is_asked_for_advice_is_not_told_to_stop_before_the_sale() -> None:
    customers = {"stay_share": "5%", "stay_length": "1 month", "chosen_for": "convenience", "industry": "Gas station"}
    asked, not_asked = (given(PSM, **customers, seeks_advice=answer) for answer in ("yes", "no"))
    assert {one.band for one in (*asked, *not_asked) if one.scorecard == "relationship"} == {"customer", None}
    assert "S36" in [one.source for one in not_asked]
    assert "S36" not in [one.source for one in asked]


@pytest.mark.parametrize(
    ("cells", "statement"),
    [
        ({"service_policy": "no"}, "S26"),
        ({"expectations_told": "no"}, "S27"),
        ({"visitors_welcomed": "no"}, "S28"),
        ({"pleasant_place": "no"}, "S29"),
        ({"referral_share": "5%"}, "S29"),
        ({"staff_distracted": "yes"}, "S30"),
        ({"greets_and_thanks": "no"}, "S30"),
    ],
)
def test_each_service_fault_is_coached(cells: Mapping[str, str], statement: str) -> None:
    coached = [one for one in given(PSM, **cells) if one.for_ == "prospect" and one.scorecard == "service"]
    assert [one.source for one in coached] == [statement]


def test_a_sound_service_without_a_policy_is_not_praised_and_mended_at_once() -> None:
    sound = {"expectations_told": "yes", "visitors_welcomed": "yes", "staff_distracted": "no", "pleasant_place": "yes"}
    praised = [one for one in given(PSM, **sound, service_policy="yes") if one.for_ == "consultant"]
    mended = [one for one in given(PSM, **sound, service_policy="no") if one.for_ == "consultant"]
    assert [one.band for one in praised if one.scorecard == "service"] == ["sound"]
    assert [one.criterion for one in mended if one.scorecard == "service"] == ["no_policy"]
