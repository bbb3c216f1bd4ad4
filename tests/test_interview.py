"""An interview: which question comes, what an answer does, when it ends, and that `back` undoes all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psm_qualify import Pack, Prospect, parse_pack, score
from psm_qualify.advise.questions import CLOSE, Advisor
from psm_qualify.assess import Evidence, assess
from psm_qualify.explaining import case_of, find
from psm_qualify.interviews import Interview, Refused, Understood
from psm_qualify.judging import Case, Judge
from psm_qualify.results import RecordPlace
from psm_qualify.sources.answers import Answered, AnswerLine, append_answer
from strategies import scorecards

Plain = dict[str, Any]

YES_NO = {"type": "yes_no"}
BOSS = {"type": "choice", "choices": {"nobody": ["none"], "owner": ["founder"], "manager": ["head of sales"]}}
THERE = {"when": {"there": "yes"}, "points": "0", "required": "yes"}
"""A required criterion that is met where `there` is given: the verdict is settled."""


def pack_of(fields: Plain, criteria: Plain, bands: Mapping[str, str] | None = None, **cards: Plain) -> Pack:
    """A pack of the scorecard fit, and others."""
    fit = {"criteria": criteria, "bands": {name: {"at_least": end} for name, end in (bands or {"C": "0"}).items()}}
    return parse_pack(json.dumps({"pack": {"name": "small"}, "fields": fields, "scorecards": {"fit": fit, **cards}}))


def interview(pack: Pack, cells: Mapping[str, str] | None = None, **answers: Answered) -> Interview:
    """An interview about a firm that stands in no list."""
    given_ = Evidence(cells or {}, answers=answers)
    return Interview(Judge(Advisor(pack)), Case(1, RecordPlace("", 1, 1), given_, {}, name="Ann"))


def asked(held: Interview) -> str | None:
    """The field that is asked for now."""
    question = held.question()
    return None if question is None else question.field


def order(held: Interview) -> list[str]:
    """The fields in the order in which they are asked for, were nothing answered."""
    found: list[str] = []
    while (field := asked(held)) is not None:
        assert field not in found
        found.append(field)
        held.skip(field)
    return found


# -- which question comes ------------------------------------------------------------------------------------------


def test_what_settles_the_verdict_comes_before_what_moves_the_score() -> None:
    criteria = {
        "mood": {"when": {"mood": "yes"}, "points": "90"},
        "small": {"when": {"small": "yes"}, "points": "10", "required": "yes"},
    }
    held = interview(pack_of({"mood": YES_NO, "small": YES_NO}, criteria, {"A": "50", "C": "0"}))
    assert order(held) == ["small", "mood"]


@pytest.mark.parametrize(
    ("points", "first"),
    [
        ((480, 520), "early"),
        ((475, 525), "early"),  # 52.5 - 47.5: just as far apart as is close
        ((474, 526), "late"),
        ((200, 800), "late"),
        ((800, 200), "early"),
    ],
)
def test_of_questions_that_matter_about_as_much_the_conversation_goes_on(points: tuple[int, int], first: str) -> None:
    assert CLOSE == 5
    criteria = {
        name: {"when": {name: "yes"}, "points": str(worth)}
        for name, worth in zip(("early", "late"), points, strict=True)
    }
    pack = pack_of(
        {"there": YES_NO, "early": YES_NO, "late": YES_NO}, {**criteria, "there": THERE}, {"A": "99", "C": "0"}
    )
    assert asked(interview(pack, {"there": "yes"})) == first  # neither alone reaches A, which takes all 1000 points


def test_what_is_assumed_comes_last() -> None:
    criteria = {
        "fair": {"when": {"fair": "yes"}, "points": "50", "required": "yes"},
        "mood": {"when": {"mood": "yes"}, "points": "50"},
    }
    fields = {"fair": {**YES_NO, "assume": "yes"}, "mood": YES_NO}
    held = interview(pack_of(fields, criteria, {"A": "80", "C": "0"}))
    assert held.prospect.provisional
    assert order(held) == ["mood", "fair"]


def test_the_primary_scorecard_comes_before_another() -> None:
    criteria = {"mood": {"when": {"mood": "yes"}, "points": "10"}, "there": THERE}
    warmth = {"criteria": {"asks": {"when": {"asks": "yes"}, "points": "10"}},
              "bands": {"warm": {"at_least": "50"}, "cool": {"at_least": "0"}}}  # fmt: skip
    fields = {"there": YES_NO, "asks": YES_NO, "mood": YES_NO}
    pack = pack_of(fields, criteria, {"A": "50", "C": "0"}, warmth=warmth)
    assert order(interview(pack, {"there": "yes"})) == ["mood", "asks"]


# -- when it ends --------------------------------------------------------------------------------------------------


SAME = pack_of(
    {"a": YES_NO, "b": YES_NO},
    {"same": {"when": {"any": [{"a": "yes", "b": "yes"}, {"a": "no", "b": "no"}]}, "points": "10", "required": "yes"}},
)
"""Whether two facts are the same: one alone tells nothing."""


@pytest.mark.parametrize(("b", "verdict"), [("yes", "qualified"), ("no", "disqualified")])
def test_two_facts_that_only_together_settle_are_both_asked(b: str, verdict: str) -> None:
    held = interview(SAME)
    assert asked(held) == "a"
    held.answer("a", "yes")
    assert (held.prospect.verdict, asked(held)) == ("needs_info", "b")
    held.answer("b", b)
    assert (held.prospect.verdict, asked(held), held.settled()) == (verdict, None, True)


def test_what_matters_only_with_a_fact_that_was_passed_over_is_not_asked() -> None:
    held = interview(SAME)
    held.skip("a")
    assert asked(held) is None
    assert not held.settled()
    assert held.back() == "a"
    assert asked(held) == "a"


def test_one_that_settles_ends_it() -> None:
    criteria = {name: {"when": {name: "yes"}, "points": "10", "required": "yes"} for name in "abc"}
    held = interview(pack_of(dict.fromkeys("abc", YES_NO), criteria))
    held.answer("a", "no")
    assert (held.prospect.verdict, asked(held), held.settled()) == ("disqualified", None, True)


def test_what_moves_only_the_score_is_not_asked() -> None:
    criteria = {"mood": {"when": {"mood": "yes"}, "points": "49"}, "base": {"when": {"there": "yes"}, "points": "51"}}
    pack = pack_of({"there": YES_NO, "mood": YES_NO}, {**criteria, "there": THERE}, {"A": "50", "C": "0"})
    held = interview(pack, {"there": "yes"})
    assert [one.field for one in held.prospect.questions] == ["mood"]
    assert (asked(held), held.settled()) == (None, True)


@st.composite
def small_packs(draw: st.DrawFn) -> Pack:
    """Packs over four facts, so few that every combination of answers can be tried."""
    assumed = {**YES_NO, "assume": draw(st.sampled_from(["yes", "no"]))}
    fields: Plain = {"a": YES_NO, "b": YES_NO, "boss": BOSS, "fair": assumed}
    cards = {name: draw(scorecards(fields, primary=name == "fit")) for name in ("fit", "warmth")}
    header = {"name": "drawn", "rank_by": ["fit"]}
    return parse_pack(json.dumps({"pack": header, "fields": fields, "scorecards": cards}))


SAID = {"a": ("yes", "no"), "b": ("yes", "no"), "boss": ("nobody", "owner", "manager"), "fair": ("yes", "no")}


def standings(pack: Pack, known: Mapping[str, str], open_: list[str]) -> Iterator[object]:
    """The verdict and the bands that each combination of answers to open facts gives, no answer being one."""
    for texts in product(*((None, *SAID[field]) for field in open_)):
        cells = {**known, **{field: text for field, text in zip(open_, texts, strict=True) if text is not None}}
        found = assess(pack, Evidence(cells), {})
        yield found.verdict, {name: card.band for name, card in found.scorecards.items()}


def can_change(pack: Pack, known: Mapping[str, str], open_: list[str]) -> bool:
    now, *others = standings(pack, known, open_)
    return any(other != now for other in others)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(pack=small_packs(), data=st.data())
def test_it_ends_when_no_answers_to_what_is_left_change_the_verdict_or_a_band(pack: Pack, data: st.DataObject) -> None:
    held = interview(pack)
    known: dict[str, str] = {}
    skipped: list[str] = []
    for _ in range(len(SAID) + 1):
        question = held.question()
        open_ = [field for field in SAID if field not in known]
        assert (question is not None) == can_change(pack, known, [field for field in open_ if field not in skipped])
        assert held.settled() == (not can_change(pack, known, open_))
        if question is None:
            break
        assert question.field in open_
        assert question.field not in skipped
        text = data.draw(st.sampled_from([None, *SAID[question.field]]))
        if text is None:
            held.skip(question.field)
            skipped.append(question.field)
        else:
            assert isinstance(held.answer(question.field, text), Understood)
            known[question.field] = text


# -- back ----------------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(pack=small_packs(), moves=st.lists(st.sampled_from(["answer", "skip", "back"]), max_size=8), data=st.data())
def test_back_restores_the_very_same_state(pack: Pack, moves: list[str], data: st.DataObject) -> None:
    held = interview(pack, boss=Answered("owner", "2026-01-02"))
    before: list[tuple[str, Prospect, Mapping[str, Answered], str | None]] = []
    for move in moves:
        field = data.draw(st.sampled_from(list(SAID)))
        if move == "back":
            check_back(held, before)
            continue
        before.append((field, held.prospect, held.answers, asked(held)))
        if move == "skip":
            held.skip(field)
        else:
            held.answer(field, data.draw(st.sampled_from(SAID[field])), "2026-02-03")
    while before:
        check_back(held, before)
    check_back(held, before)


def check_back(held: Interview, before: list[tuple[str, Prospect, Mapping[str, Answered], str | None]]) -> None:
    undone = held.back()
    if not before:
        assert undone is None
        return
    field, prospect, answers, question = before.pop()
    assert (undone, held.prospect, held.answers, asked(held)) == (field, prospect, answers, question)


def test_back_brings_an_answer_of_an_earlier_interview_back() -> None:
    criteria = {"small": {"when": {"reps": {"between": ["1", "6"]}}, "points": "10", "required": "yes"}}
    earlier = Answered("5-10", "2026-01-02")
    held = interview(pack_of({"reps": {"type": "number"}}, criteria), reps=earlier)
    first = held.prospect
    assert (first.verdict, asked(held)) == ("needs_info", "reps")
    held.answer("reps", "8", "2026-02-03")
    assert held.answers == {"reps": Answered("8", "2026-02-03")}
    assert held.prospect.verdict == "disqualified"
    assert held.back() == "reps"
    assert (held.prospect, held.answers) == (first, {"reps": earlier})


def test_a_fact_that_was_passed_over_and_then_answered_is_undone_step_by_step() -> None:
    held = interview(SAME)
    held.skip("a")
    held.answer("a", "yes")
    assert (held.back(), dict(held.answers), asked(held)) == ("a", {}, None)
    assert (held.back(), asked(held)) == ("a", "a")


# -- answers -------------------------------------------------------------------------------------------------------

FACTS = pack_of(
    {
        "reps": {"type": "number", "units": ["reps"]},
        "boss": BOSS,
        "goal": {"type": "percent", "words": {"not sure": "50%"}},
        "notes": {"type": "text", "question": "Anything else?"},
    },
    {
        "small": {"when": {"reps": {"between": ["1", "6"]}}, "points": "10", "required": "yes"},
        "led": {"when": {"boss": "nobody"}, "points": "10", "required": "yes"},
        "goal": {"when": {"goal": {"at_most": "100%"}}, "points": "10", "required": "yes"},
        "notes": {"when": {"notes": {"matches": "growing"}}, "points": "10", "required": "yes"},
    },
)


def test_an_answer_is_read_by_the_reader_of_its_field_and_kept_as_it_was_said() -> None:
    held = interview(FACTS)
    reply = held.answer("reps", " five reps ", "2026-03-31")
    assert isinstance(reply, Understood)
    assert (reply.words, reply.after) == ("5", held.prospect)
    assert reply.before.criteria != reply.after.criteria
    fact = held.prospect.facts["reps"]
    assert (fact.how, fact.value, fact.date) == ("answered", "five reps", "2026-03-31")
    assert (fact.read, fact.low) == ("5", Decimal(5))
    assert held.case.given.answers == {"reps": Answered("five reps", "2026-03-31")}


def test_no_date_is_made_up() -> None:
    held = interview(FACTS)
    held.answer("reps", "3")
    assert held.prospect.facts["reps"].date is None


def test_an_answer_goes_before_the_cell_and_the_conflict_is_shown() -> None:
    held = interview(FACTS, {"reps": "2-9"})
    held.answer("reps", "11")
    assert held.prospect.verdict == "disqualified"
    (clash,) = held.prospect.conflicts
    assert (clash.field, clash.counts.value, clash.other.value) == ("reps", "11", "2-9")


@pytest.mark.parametrize(
    ("field", "text", "accepted"),
    [
        ("reps", "lots", "Such as 3"),
        ("reps", "2 inside, 3 outside", "Such as 3"),
        ("reps", "none", "Such as 3"),  # unknown in a cell; here it may well mean 0
        ("goal", "Nil", "Such as 85%"),
        ("boss", "Bob", "nobody"),
        ("boss", "owner and head of sales", "manager"),
    ],
)
def test_a_refused_answer_changes_nothing(field: str, text: str, accepted: str) -> None:
    held = interview(FACTS)
    held.answer("reps", "3")
    before, question = held.prospect, held.question()
    reply = held.answer(field, text)
    assert isinstance(reply, Refused)
    assert reply.text == text
    assert accepted in reply.accepts
    assert (held.prospect, held.question(), held.answers) == (before, question, {"reps": Answered("3")})
    assert (held.back(), held.back()) == ("reps", None)


@pytest.mark.parametrize("text", ["n/a", "TBD", "-", "", "don't know", "I don’t know.", "No idea!", "not sure"])
@pytest.mark.parametrize("field", ["reps", "boss", "notes"])
def test_an_answer_that_says_that_it_is_not_known_passes_the_question_over(field: str, text: str) -> None:
    held = interview(FACTS)
    before = held.prospect
    assert held.answer(field, text) is None
    assert (held.prospect, held.answers) == (before, {})
    assert field not in order(held)
    while (undone := held.back()) != field:
        assert undone is not None
    assert field in order(held)


def test_a_word_of_the_field_s_own_is_an_answer() -> None:
    held = interview(FACTS)
    assert isinstance(held.answer("goal", "Not sure"), Understood)  # its own word for 50%
    assert isinstance(held.answer("boss", "None"), Understood)  # its own word for nobody
    assert (held.prospect.facts["goal"].low, held.prospect.facts["boss"].read) == (Decimal(50), "nobody")


# -- rank ----------------------------------------------------------------------------------------------------------

RANKED = pack_of(
    {"name": {"type": "text"}, "there": YES_NO, "base": {"type": "number"}, "ask": BOSS, "led": YES_NO},
    {
        "there": THERE,
        "base": {"levels": [{"when": {"base": str(tens)}, "points": str(10 * tens)} for tens in range(1, 7)]},
        "ask": {
            "levels": [{"when": {"ask": "nobody"}, "points": "25"}, {"when": {"ask": "owner"}, "points": "-13"}],
            "otherwise": "4",
        },
        "led": {"when": {"led": "yes"}, "points": "32", "otherwise": "-17"},
    },
    {"A": "60", "B": "40", "C": "0"},
)
"""No two prospects of the list below ever have as many points."""
LIST = "name,there,base\n" + "".join(f"Firm {number},yes,{number}\n" for number in range(1, 7))


def ranks_with(path: Path, answers: Mapping[str, str], who: str) -> int:
    """The rank in the list, scored anew with answers about one prospect."""
    kept = path.with_name("answers.jsonl")
    kept.unlink(missing_ok=True)
    for field, text in answers.items():
        append_answer(kept, AnswerLine(field=field, answer=text, name=who))
    with score([path], RANKED, answers={path: kept} if answers else None) as ranking:
        return next(one.rank for one in ranking if one.name == who)


@pytest.mark.parametrize("number", range(1, 7))
def test_the_rank_is_that_of_the_list_scored_anew(number: int, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    who = f"Firm {number}"
    with score([path], RANKED) as ranking:
        held = Interview(ranking.judge, case_of(ranking, find(ranking, who).rank))
    first = held.prospect
    answers: dict[str, str] = {}
    for field, text in {"ask": "nobody", "led": "no"}.items():
        for question in held.prospect.questions:
            ranks = [ranks_with(path, {**answers, question.field: said}, who) for said in OPTIONS[question.field]]
            assert question.ranks == (min(ranks), max(ranks))
        held.answer(field, text)
        answers[field] = text
        assert held.prospect.rank == held.case.rank == ranks_with(path, answers, who)
    held.back()
    held.back()
    assert held.prospect == first


OPTIONS = {"ask": ("nobody", "owner", "manager"), "led": ("yes", "no")}
