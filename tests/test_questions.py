"""Questions against trying every answer, and the call sheet in each of its formats.

`PSM_QUALIFY_GOLDEN=1 pytest tests/test_questions.py` writes the golden files anew; look at the difference.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import product
from math import ceil, prod
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from psm_qualify.advise.answers import Answers
from psm_qualify.advise.questions import Advisor
from psm_qualify.assess import Assessment, Evidence, assess, criterion_points, scorecard_result, verdict_of
from psm_qualify.calling import CallSheet, call_sheet, question_sheet
from psm_qualify.cli.app import application
from psm_qualify.engines.direct import DirectEngine
from psm_qualify.engines.duckdb import DuckDBEngine
from psm_qualify.facts.interval import End, Interval
from psm_qualify.facts.readers import OptionsReader, Value
from psm_qualify.facts.text import printable
from psm_qualify.render import calls
from psm_qualify.render.base import Target
from psm_qualify.results import Prospect, Question
from psm_qualify.rules.conditions import InRange, Values
from psm_qualify.rules.conditions import tests as single_tests
from psm_qualify.rules.loader import load_pack, parse_pack
from psm_qualify.rules.pack import Pack
from psm_qualify.rules.scoring import totals
from psm_qualify.scoring import score
from psm_qualify.selection import Filter
from strategies import Row, lists, packs, scorecards
from test_markdown import flat, parsed

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
REWRITES = "PSM_QUALIFY_GOLDEN"
EXAMPLE = "examples/prospects.csv"
ENGINES: Mapping[str, type[DirectEngine] | type[DuckDBEngine]] = {"direct": DirectEngine, "duckdb": DuckDBEngine}
SCHEMA = json.loads(files("psm_qualify").joinpath("schemas/calls.schema.json").read_text(encoding="utf-8"))
Plain = dict[str, Any]

thorough = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
brief = settings(thorough, max_examples=25)
MOST_TRIED = 400  # combinations of answers
YES_NO = {"type": "yes_no"}


# ---------------------------------------- trying every answer


@st.composite
def cases(draw: st.DrawFn) -> tuple[Pack, Assessment]:
    """A pack, and a prospect."""
    data = draw(packs())
    pack = parse_pack(json.dumps(data, ensure_ascii=False))
    return pack, assess(pack, Evidence(draw(lists(data))[0]), {})


@st.composite
def typed_packs(draw: st.DrawFn) -> Plain:
    """A pack whose answers are easily typed."""
    fields: Plain = {"a": YES_NO, "n": {"type": "number"}}
    fields["b"] = {**YES_NO, "assume": draw(st.sampled_from(["yes", "no"]))}
    fields["c"] = {"type": "choice", "choices": {"one": ["first"], "two": ["second"], "three": ["third"]}}
    cards = {name: draw(scorecards(fields, primary=name == "fit")) for name in ("fit", "relationship")}
    return {"pack": {"name": "typed", "rank_by": ["fit", "relationship"]}, "fields": fields, "scorecards": cards}


CELLS = {"a": ["", "yes", "no", "n/a"], "b": ["", "yes", "?"], "n": ["", "1", "2-6", "5+", "12"]}
CELLS["c"] = ["", "one", "two"]
typed_lists = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()}), min_size=1, max_size=4
)


def asked(pack: Pack, found: Assessment) -> dict[str, Question]:
    return {one.field: one for one in Advisor(pack).questions(found)}


def answers(pack: Pack, found: Assessment, name: str) -> list[Value]:
    """Answers of every kind that a field may get: every bound of the rules, and a little to both sides of it."""
    field, present = pack.fields[name], found.values.get(name)
    if isinstance(field.reader, OptionsReader):
        return list(field.reader.names)
    if field.type == "text":
        return [answer.value for answer in Answers(pack).open(name, found)]
    own = [test for one in pack.criteria for level in one.levels for test in single_tests(level.when)]
    ranges = [each for test in own if test.field == name and isinstance(test, InRange) for each in test.ranges]
    bounds = {end.value for each in ranges for end in (each.low, each.high) if end is not None} | {Decimal(0)}
    numbers = sorted({bound + step for bound in bounds for step in (-1, Decimal("-1e-6"), 0, Decimal("1e-6"), 1)})
    plain = [Interval(End(number), End(number)) for number in numbers]
    if isinstance(present, Interval) and found.facts[name].how != "assumed":
        return [value for value in plain if value.inside(present)]
    return list(plain)


def sums(pack: Pack, values: Values) -> dict[str, tuple[int, int, int]]:
    return {
        name: totals([criterion_points(one, values) for one in card.criteria]) for name, card in pack.scorecards.items()
    }


def bands(pack: Pack, values: Values) -> dict[str, str]:
    return {name: scorecard_result(pack.scorecards[name], *each).band for name, each in sums(pack, values).items()}


@thorough
@given(case=cases())
def test_what_one_answer_can_change(case: tuple[Pack, Assessment]) -> None:
    pack, found = case
    for name, question in asked(pack, found).items():
        tried = [{**found.values, name: value} for value in answers(pack, found, name)]
        verdicts = {verdict_of(pack, values) for values in tried}
        assert question.decides_verdict == bool(verdicts - {found.verdict})
        others = [bands(pack, values) for values in tried]
        now = {card: result.band for card, result in found.scorecards.items()}
        assert question.bands == tuple(
            card for card in pack.cards_in_order if any(each[card] != now[card] for each in others)
        )


@thorough
@given(case=cases())
def test_the_swing_is_the_widest_gap_in_the_first_scorecard_that_has_one(case: tuple[Pack, Assessment]) -> None:
    pack, found = case
    for name, question in asked(pack, found).items():
        tried = [sums(pack, {**found.values, name: value}) for value in answers(pack, found, name)]
        gaps = {
            card: max(gap([each[card][0] for each in tried]), gap([each[card][2] for each in tried]))
            for card in pack.scorecards
        }
        exact = Decimal(100 * gaps[question.scorecard]) / pack.scorecards[question.scorecard].span
        assert abs(question.swing - exact) <= Decimal("0.05")
        opening = [card for card in pack.cards_in_order if gaps[card]]
        assert question.scorecard == opening[0] if opening else question.swing == 0


def gap(points: Sequence[int]) -> int:
    return max(points) - min(points)


def score_of_rows(pack: Pack, rows: Sequence[Row]) -> list[Prospect]:
    """The prospects of a list, in rank order."""
    with tempfile.TemporaryDirectory() as folder, score([typed_in(rows, folder)], pack, decimal="point") as ranking:
        return list(ranking)


def typed_in(rows: Sequence[Row], folder: str) -> Path:
    """A list of the rows, none of which is blank."""
    return written(Path(folder), [["x", *(cell or "" for cell in row.values())] for row in rows], ["Fax", *rows[0]])


@brief
@given(data=typed_packs(), rows=typed_lists, which=st.integers(0, 3))
def test_ranks_are_those_of_the_list_with_the_answer_typed_in(data: Plain, rows: list[Row], which: int) -> None:
    pack = parse_pack(json.dumps(data))
    row = rows[which % len(rows)]
    others = [one for number, one in enumerate(rows) if number != which % len(rows)]
    # It stands first: among equals the one that stands first has the best rank.
    (prospect,) = [one for one in score_of_rows(pack, [row, *others]) if one.row == 1]
    found = assess(pack, Evidence(row), {})
    for question in prospect.questions:
        changed = [{**row, question.field: typed(value)} for value in answers(pack, found, question.field)]
        ranks = [one.rank for each in changed for one in score_of_rows(pack, [each, *others]) if one.row == 1]
        assert question.ranks == (min(ranks), max(ranks))


def typed(value: Value) -> str:
    if not isinstance(value, Interval):
        return value
    assert value.low is not None
    return f"{value.low.value:f}"


@thorough
@given(data=typed_packs(), rows=typed_lists)
def test_no_fact_that_answers_need_is_left_out(data: Plain, rows: list[Row]) -> None:
    """An assumed value is taken for true while other facts are looked at. The other direction need not hold: what is
    asked is found in what is left of the rules, part by part, and parts can cancel out (a, or not a)."""
    pack = parse_pack(json.dumps(data))
    found = assess(pack, Evidence(rows[0]), {})
    facts = {name: found.facts.get(name) for name in pack.fields}
    open_ = {
        name: answers(pack, found, name)
        for name, fact in facts.items()
        if fact is None or fact.how == "assumed" or fact.low != fact.high
    }
    assume(prod(len(own) + 1 for own in open_.values()) <= MOST_TRIED)
    firm = {name: own for name, own in open_.items() if name not in found.facts or found.facts[name].how != "assumed"}
    needed = {
        name
        for name, own in open_.items()
        if makes_a_difference(pack, found.values, {**(firm if name in firm else open_), name: own}, name)
    }
    assert needed <= set(asked(pack, found))


def makes_a_difference(pack: Pack, values: Values, open_: Mapping[str, list[Value]], name: str) -> bool:
    """Whether, with some answers to other facts or none, the answers to a fact come to different things."""
    others = [other for other in open_ if other != name]
    for chosen in product(*([None, *open_[other]] for other in others)):
        rest = {**values, **{other: value for other, value in zip(others, chosen, strict=True) if value is not None}}
        outcomes = {
            tuple(criterion_points(one, {**rest, name: value}) for one in pack.criteria) for value in open_[name]
        }
        if len(outcomes) > 1:
            return True
    return False


@thorough
@given(case=cases())
def test_the_order(case: tuple[Pack, Assessment]) -> None:
    pack, found = case
    questions = Advisor(pack).questions(found)
    assert questions == Advisor(pack).questions(found)
    assert len({one.field for one in questions}) == len(questions)
    kinds = [(one.assumed, not one.decides_verdict) for one in questions]
    assert kinds == sorted(kinds)
    for one in questions:
        assert one.assumed == (one.field in found.facts and found.facts[one.field].how == "assumed")


# ---------------------------------------- by hand

RULES = """
pack: {name: tiny, title: Tiny, rank_by: [fit]}
fields:
  id: {type: text}
  name: {type: text}
  reps: {type: number, label: Salespeople, question: "How many sell?"}
  boss: {type: yes_no, label: Boss, question: "Is anybody in charge?"}
  fair: {type: yes_no, label: Fair goal, question: "Was it fair?", assume: yes}
  asks: {type: yes_no, label: Asks, question: "Do they ask?"}
scorecards:
  fit:
    title: Ideal
    criteria:
      small: {required: true, when: {reps: {between: [1, 6]}}, points: 40}
      fair: {required: true, when: {fair: yes}, points: 20}
      gap: {when: {boss: no}, points: 30}
      asks: {when: {asks: yes}, points: 10}
    bands: {A: {at_least: 80}, B: {at_least: 60}, C: {at_least: 0}}
"""
HEADER = ["id", "name", "reps", "boss", "fair", "asks"]
LIST = [
    ["1", "Settled", "3", "no", "yes", "yes"],  # qualified, and nothing is open
    ["2", "Ann", "", "no", "yes", "yes"],  # 60; the number of reps settles it
    ["3", "Bob", "3", "", "yes", "yes"],  # qualified with 70; whether there is a boss makes it an A
    ["4", "Cy", "9", "", "yes", ""],  # surely disqualified
    ["5", "Di", "3", "yes", "", ""],  # qualified with 60 because the goal is assumed to be fair
    ["6", "Ed", "", "", "yes", ""],  # 20; needs info
    ["7", "Flo", "3", "no", "yes", ""],  # qualified with 90, an A whatever they answer
]


@cache
def tiny() -> Pack:
    return parse_pack(RULES, "tiny.yaml")


@cache
def psm() -> Pack:
    return load_pack()


def written(folder: Path, rows: Iterable[Sequence[str]] = LIST, header: Sequence[str] = HEADER) -> Path:
    path = folder / "list.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def sheet_of(
    path: Path | str, pack: Pack | None = None, top: int | None = None, each: int | None = None, **options: Any
) -> CallSheet:
    path = Path(path)
    names = {path: path.name} if path.is_absolute() else {}
    with score([path], pack or tiny(), names=names, **options) as ranking:
        return call_sheet(ranking, top, each)


Renderer = Callable[[CallSheet, Target], None]


def printed(sheet: CallSheet, render: Renderer, by: str = "prospect", width: int = 80) -> str:
    with tempfile.TemporaryDirectory() as folder:
        render(replace(sheet, by=by), Target(Path(folder, "out"), width=width))
        return Path(folder, "out").read_bytes().decode("utf-8")


def called(sheet: CallSheet) -> list[tuple[str | None, list[str]]]:
    return [(one.name, [question.field for question in one.questions]) for one in sheet.calls]


@pytest.mark.parametrize("engine", ENGINES)
def test_open_verdicts_are_called_first_then_open_bands(engine: str, tmp_path: Path) -> None:
    sheet = sheet_of(written(tmp_path), engine=ENGINES[engine]())
    assert called(sheet) == [
        ("Ann", ["reps"]),
        ("Ed", ["reps", "boss", "asks"]),
        ("Di", ["asks", "fair"]),  # its verdict rests on what is assumed, and that is asked last
        ("Bob", ["boss"]),
        ("Flo", ["asks"]),
    ]
    assert [one.rank for one in sheet.calls] == [5, 6, 4, 3, 2]
    assert sheet.calls[2].provisional
    assert not sheet.more


def test_what_the_answers_change_by_hand(tmp_path: Path) -> None:
    found = {(one.name, each.field): each for one in sheet_of(written(tmp_path)).calls for each in one.questions}
    reps, boss, fair = found["Ann", "reps"], found["Bob", "boss"], found["Di", "fair"]
    # Ann: 60 now. 3 reps make 100, as good as Settled's and the first; 9 disqualify, behind Cy with his 20? No: 60.
    assert (reps.decides_verdict, reps.bands, reps.swing, reps.ranks) == (True, ("fit",), Decimal(40), (1, 6))
    # Bob: 70 now, a B; without a boss 100, with one he stays.
    assert (boss.decides_verdict, boss.bands, boss.swing, boss.ranks) == (False, ("fit",), Decimal(30), (1, 3))
    # Di: 60, a B; not fair: disqualified with 40, a C; Cy has 20.
    assert (fair.decides_verdict, fair.bands, fair.swing, fair.ranks) == (True, ("fit",), Decimal(20), (4, 6))
    assert fair.assumed
    assert (found["Flo", "asks"].bands, found["Flo", "asks"].ranks) == ((), (1, 2))
    assert found["Ed", "boss"].bears_on_verdict is False


@pytest.mark.parametrize("engine", ENGINES)
@brief
@given(data=typed_packs(), rows=typed_lists)
def test_the_turn_of_a_call(engine: str, data: Plain, rows: list[Row]) -> None:
    pack = parse_pack(json.dumps(data))
    primary = pack.primary.id

    def turn(one: Prospect) -> int:
        card = one.scorecards[primary]
        if one.verdict == "needs_info":
            return 0
        if one.provisional:
            return 1
        return 2 if {card.band} != {card.best_band, card.worst_band} else 3

    everybody = score_of_rows(pack, rows)
    callable_ = [one for one in everybody if one.verdict != "disqualified" or one.provisional]
    engine_ = ENGINES[engine]()
    with tempfile.TemporaryDirectory() as folder, score([typed_in(rows, folder)], pack, engine=engine_) as ranking:
        for top in (None, 2):
            ranking.choose(Filter(calls=True, top=top))
            ordered = [(turn(one), one.rank) for one in ranking]
            assert ordered == sorted((turn(one), one.rank) for one in callable_)[:top]


def test_top_and_each_leave_out_the_less_useful(tmp_path: Path) -> None:
    path = written(tmp_path)
    sheet = sheet_of(path, top=3, each=1)
    assert called(sheet) == [("Ann", ["reps"]), ("Ed", ["reps"]), ("Di", ["fair"])]
    assert sheet.more
    assert sheet.summary.input.returned == 3
    assert not sheet_of(path, top=6).more


def test_each_shows_the_first_questions_though_later_ones_decide_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    whole, short = sheet_of(EXAMPLE, psm()), sheet_of(EXAMPLE, psm(), each=2)
    decide = {one.name: [question.decides_verdict for question in one.questions] for one in whole.calls}
    assert decide["Ironwood Fencing"][:3] == [True, True, True]
    questions = {one.name: one.questions for one in whole.calls}
    for one in short.calls:
        kept = questions[one.name][:2]
        assumed = [each for each in questions[one.name] if each.assumed and each.decides_verdict and each not in kept]
        assert one.questions == (*kept[: 2 - len(assumed[:1])], *assumed[:1])


def test_the_questions_of_a_list_are_put_together(tmp_path: Path) -> None:
    sheet = sheet_of(written(tmp_path))
    names = [[prospect.name for prospect, _ in one.asked] for one in sheet.questions]
    assert [(one.field, one.reaches, one.assumed, own) for one, own in zip(sheet.questions, names, strict=True)] == [
        ("reps", "verdict", False, ["Ann", "Ed"]),
        ("boss", "band", False, ["Bob", "Ed"]),  # Bob first: for Ed it moves the score alone
        ("asks", "score", False, ["Ed", "Di", "Flo"]),
        ("fair", "verdict", True, ["Di"]),
    ]


# ---------------------------------------- the sheet


def test_a_sheet_by_prospect(tmp_path: Path) -> None:
    text = printed(sheet_of(written(tmp_path), top=3), calls.render_table)
    lines = text.splitlines()
    assert lines[:3] == [
        "Call sheet: Tiny",
        "  3 of 7 prospects in list.csv, with what the answer to each question can",
        "    change.",
    ]
    assert lines[4:8] + lines[-6:] == [
        "Ann (rank 5): needs info; 60.0, could be 100.0; B, could be A",
        "  [ ] How many sell?",
        "      can settle the verdict and change the band of Ideal (40.0 points), rank",
        "        1 to 6",
        "Di (rank 4): qualified, provisional; 60.0, could be 70.0; B",
        "  [ ] Do they ask?",
        "      moves Ideal by 10.0 points",
        "  [ ] Was it fair?",
        "      can change the verdict and the band of Ideal (20.0 points), rank 4 to 6,",
        "        assumed so far",
    ]


def test_a_sheet_by_question(tmp_path: Path) -> None:
    text = printed(sheet_of(written(tmp_path)), calls.render_table, by="question")
    assert text.splitlines()[3:9] == [
        "How many sell?",
        "  [ ] Ann (rank 5, needs info)",
        "      can settle the verdict and change the band of Ideal (40.0 points), rank",
        "        1 to 6",
        "  [ ] Ed (rank 6, needs info)",
        "      can settle the verdict and change the band of Ideal (40.0 points), rank",
    ]
    assert text.splitlines()[-4:-1] == [
        "Was it fair?",
        "  [ ] Di (rank 4, qualified, provisional)",
        "      can change the verdict and the band of Ideal (20.0 points), rank 4 to 6,",
    ]


def test_the_sheet_by_question_weighs_every_prospect_for_each_question(tmp_path: Path) -> None:
    with score([written(tmp_path)], tiny()) as ranking:
        sheet = question_sheet(ranking, 2, 1)
    assert [(one.field, [prospect.name for prospect, _ in one.asked]) for one in sheet.questions] == [
        ("reps", ["Ann"]),
        ("boss", ["Bob"]),
    ]
    assert (sheet.by, sheet.more) == ("question", True)


def test_markdown_has_a_line_to_tick_for_each_question(tmp_path: Path) -> None:
    text = printed(sheet_of(written(tmp_path), top=2), calls.render_markdown)
    assert text.split("\n\n")[2:] == [
        "## Ann (rank 5): needs info; 60.0, could be 100.0; B, could be A",
        "- [ ] How many sell? — verdict, band, 40.0 points, rank 1 to 6",
        "## Ed (rank 6): needs info; 20.0, could be 100.0; C, could be A",
        "- [ ] How many sell? — verdict, band, 40.0 points, rank 4 to 6\n"
        "- [ ] Is anybody in charge? — 30.0 points\n"
        "- [ ] Do they ask? — 10.0 points\n",
    ]


@pytest.mark.parametrize("by", ["prospect", "question"])
def test_csv_has_a_line_for_each_question_of_each_prospect(by: str, tmp_path: Path) -> None:
    sheet = sheet_of(written(tmp_path))
    rows = list(csv.DictReader(io.StringIO(printed(sheet, calls.render_csv, by))))
    everything = [(one.name, number, each) for one in sheet.calls for number, each in enumerate(one.questions, 1)]
    found = [(row["name"], int(row["number"]), row["field"]) for row in rows]
    assert sorted(found) == sorted((name, number, each.field) for name, number, each in everything)
    if by == "prospect":
        assert found == [(name, number, each.field) for name, number, each in everything]
    else:
        assert [row["field"] for row in rows] == [one.field for one in sheet.questions for _ in one.asked]
    ann = next(row for row in rows if row["name"] == "Ann")
    assert ann == {
        "rank": "5", "file": "list.csv", "row": "2", "line": "3", "id": "2", "name": "Ann", "verdict": "needs_info",
        "score": "60.0", "potential": "100.0", "band": "B", "number": "1", "field": "reps",
        "question": "How many sell?", "reaches": "verdict", "swing": "40.0", "assumed": "no", "answer": "",
        "effect": "can settle the verdict and change the band of Ideal (40.0 points), rank 1 to 6",
    }  # fmt: skip


NASTY = [
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "[bold]x[/bold]", "\x1b[31mred", "a | b", "<script>", "*a* `b`",
    "two\nlines", "&lt;", "# x", "\u202eleft", "---", "x" * 200,
]  # fmt: skip


@pytest.mark.parametrize("nasty", NASTY)
def test_no_cell_injects_anything(nasty: str, tmp_path: Path) -> None:
    sheet = sheet_of(written(tmp_path, [[nasty, nasty, "", "no", "", ""], ["2", "Ann", "", "", "", ""]]))
    for by in ("prospect", "question"):
        for row in csv.reader(io.StringIO(printed(sheet, calls.render_csv, by), newline="")):
            assert len(row) == 18
            assert [cell for cell in row if cell.startswith(("=", "@", "+", "-")) and cell != "---"] == []
        for line in printed(sheet, calls.render_table, by).splitlines():
            assert cell_len(line) <= 80
            assert line == printable(line)
        read = parsed(printed(sheet, calls.render_markdown, by))
        assert any(flat(nasty)[:50] in text for _, text in read)
        assert {place for place, _ in read} == {"h1", "h2", "p", "ul li p"}
        assert not any("(" in text and "_open)" in text for _, text in read)


@pytest.mark.parametrize("by", ["prospect", "question"])
def test_with_nothing_to_ask_the_sheet_says_so(by: str, tmp_path: Path) -> None:
    sheet = sheet_of(written(tmp_path, [LIST[0], LIST[3]]))
    assert (sheet.calls, sheet.questions, sheet.more) == ((), (), False)
    nothing = "There is nothing to ask: no answer could change a result."
    assert nothing in printed(sheet, calls.render_table, by)
    assert nothing in printed(sheet, calls.render_markdown, by)
    assert len(printed(sheet, calls.render_csv, by).splitlines()) == 1
    document = json.loads(printed(sheet, calls.render_json, by))
    assert (document["prospects"], document["questions"]) == ([], [])
    assert faults(document) == []


def test_who_is_disqualified_by_an_assumption_alone_is_asked(tmp_path: Path) -> None:
    rules = parse_pack(RULES.replace("assume: yes", "assume: no"))
    sheet = sheet_of(written(tmp_path, [["1", "Ann", "3", "no", "", "yes"], ["2", "Bob", "9", "", "", ""]]), rules)
    assert called(sheet) == [("Ann", ["fair"])]
    assert sheet.calls[0].verdict == "disqualified"
    assert [(one.field, one.reaches) for one in sheet.questions] == [("fair", "verdict")]


def test_a_sheet_of_the_chosen_alone(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert [one.name for one in sheet_of(path, chosen=Filter(verdicts=("needs_info",))).calls] == ["Ann", "Ed"]
    assert [one.name for one in sheet_of(path, chosen=Filter(min_score=Decimal(70))).calls] == ["Bob", "Flo"]
    assert sheet_of(path, chosen=Filter(verdicts=("disqualified",))).calls == ()


# ---------------------------------------- the example


def golden(name: str, found: str) -> None:
    path = GOLDEN / name
    if os.environ.get(REWRITES):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("by", ["prospect", "question"])
def test_the_page_is_the_golden_one(by: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    golden(f"questions-{by}-{width}.txt", printed(sheet_of(EXAMPLE, psm(), 25, 3), calls.render_table, by, width))


@pytest.mark.parametrize("by", ["prospect", "question"])
def test_the_markdown_is_the_golden_one(by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    golden(f"questions-{by}.md", printed(sheet_of(EXAMPLE, psm(), 10, 3), calls.render_markdown, by))


def test_ten_calls_are_one_printed_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    lines = printed(sheet_of(EXAMPLE, psm(), 10, 3), calls.render_markdown).splitlines()
    assert sum(line.startswith("## ") for line in lines) == 10
    assert sum(line.startswith("- [ ] ") for line in lines) == 30
    assert len(lines) <= 66
    # As it is printed: long lines take two, and a line is left above each title.
    assert sum(ceil(len(line) / 100) for line in lines if line) + sum(line.startswith("#") for line in lines) <= 66


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("by", ["prospect", "question"])
def test_every_line_fits_the_width(by: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    lines = printed(sheet_of(EXAMPLE, psm()), calls.render_table, by, width).splitlines()
    assert [line for line in lines if cell_len(line) > width] == []


def test_the_same_list_gives_the_same_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    one, other = (printed(sheet_of(EXAMPLE, psm(), engine=engine()), calls.render_json) for engine in ENGINES.values())
    assert one == other


# ---------------------------------------- JSON


def faults(document: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMA).iter_errors(document)]


def test_the_schema_is_one_and_has_the_question_of_the_result() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    result = json.loads(files("psm_qualify").joinpath("schemas/result.schema.json").read_text(encoding="utf-8"))
    assert SCHEMA["$defs"] == {name: result["$defs"][name] for name in SCHEMA["$defs"]}
    assert "question" in SCHEMA["$defs"]


def test_the_example_fits_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    sheet = sheet_of(EXAMPLE, psm(), 10)
    document = json.loads(printed(sheet, calls.render_json))
    assert faults(document) == []
    assert len(document["prospects"]) == document["input"]["returned"] == 10
    pairs = [(one["name"], each["field"]) for one in document["prospects"] for each in one["questions"]]
    again = [(one["name"], each["field"]) for each in document["questions"] for one in each["prospects"]]
    assert sorted(pairs) == sorted(again)


PLACES: Mapping[str, Sequence[str | int]] = {
    "document": (), "prospect": ("prospects", 0), "its question": ("prospects", 0, "questions", 0),
    "question": ("questions", 0), "asked": ("questions", 0, "prospects", 0),
}  # fmt: skip
LATER = {"scorecard", "assumed", "bears_on_verdict", "bears_on", "bands", "ranks"}
"""Keys of a question that are younger than its schema's promise."""


@pytest.mark.parametrize("path", PLACES.values(), ids=PLACES)
def test_no_key_may_be_missing_or_of_another_type(path: Sequence[str | int], tmp_path: Path) -> None:
    whole = json.loads(printed(sheet_of(written(tmp_path)), calls.render_json))
    assert faults(whole) == []

    def at(document: Any) -> Any:
        for key in path:
            document = document[key]
        return document

    for key in at(whole):
        broken = copy.deepcopy(whole)
        at(broken)[key] = [[]]
        assert faults(broken), f"{key} may be anything"
        del at(broken)[key]
        assert faults(broken) or (path == PLACES["its question"] and key in LATER), f"{key} may be missing"


# ---------------------------------------- the command


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[str, str]:
    """What the command prints, and what it says beside it."""
    application()(["questions", *args], standalone_mode=False)
    out, said = capsys.readouterr()
    return out, said


def test_the_command_has_all_formats_and_says_what_it_leaves_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(ROOT)
    out, said = run(capsys, EXAMPLE, "--top", "10", "--format", "markdown")
    assert out == (GOLDEN / "questions-prospect.md").read_text(encoding="utf-8")
    assert said == "psm-qualify: 10 prospects are shown; --top N gives more\n"
    out, said = run(capsys, EXAMPLE, "--format", "csv")
    assert (len({row["name"] for row in csv.DictReader(io.StringIO(out))}), said) == (17, "")
    out, _ = run(capsys, EXAMPLE, "--json", "--each", "1")
    assert {len(one["questions"]) for one in json.loads(out)["prospects"]} == {1}
    out, said = run(capsys, EXAMPLE, "--by", "question", "--json", "--top", "2", "--each", "1")
    assert [len(one["prospects"]) for one in json.loads(out)["questions"]] == [1, 1]
    assert said == "psm-qualify: 2 questions are shown; --top N gives more\n"
    assert run(capsys, EXAMPLE, "-o", str(tmp_path / "calls.csv")) == ("", "")
    assert (tmp_path / "calls.csv").read_text(encoding="utf-8").startswith("rank,file,row,line,id,name,")
