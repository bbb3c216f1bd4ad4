"""One prospect explained: found by what is known of it, every point by hand, and pages that hold whatever is in a cell.

`PSM_QUALIFY_GOLDEN=1 pytest tests/test_explain.py` writes the golden files anew; look at the difference.
"""

from __future__ import annotations

import copy
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from psm_qualify.advise.questions import Advisor
from psm_qualify.assess import Evidence
from psm_qualify.engines.direct import DirectEngine
from psm_qualify.engines.duckdb import DuckDBEngine
from psm_qualify.errors import UsageError
from psm_qualify.explaining import Explanation, explain, explain_case, find
from psm_qualify.facts.text import printable
from psm_qualify.judging import Case, Judge
from psm_qualify.render import explanation_json
from psm_qualify.render.base import Target
from psm_qualify.render.blocks import Heading, Item, Items, Paragraph, Table
from psm_qualify.render.explanation import document, render_markdown, render_table
from psm_qualify.results import RecordPlace
from psm_qualify.rules.loader import load_pack, parse_pack
from psm_qualify.rules.pack import Pack
from psm_qualify.scoring import Ranking, score
from strategies import lists, packs
from test_markdown import flat, parsed

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
REWRITES = "PSM_QUALIFY_GOLDEN"
EXAMPLE = "examples/prospects.csv"
ENGINES: Mapping[str, type[DirectEngine] | type[DuckDBEngine]] = {"direct": DirectEngine, "duckdb": DuckDBEngine}
SCHEMA = json.loads(files("psm_qualify").joinpath("schemas/explanation.schema.json").read_text(encoding="utf-8"))
Plain = dict[str, Any]

RULES = """
pack: {name: tiny, title: Tiny, version: 2.1.0}
fields:
  id: {type: text}
  name: {type: text}
  notes: {type: text}
  reps:
    type: number
    label: Salespeople
    question: How many sell?
    columns: [sales team]
    units: [reps]
    infer: [{from: [notes], find: "team of ([0-9]+)", value: "$1"}, {contacts: sales rep, count: exact}]
  boss: {type: choice, label: Boss, question: "Who leads?", choices: {nobody: [none at all], owner: [founder]}}
  fair: {type: yes_no, label: Fair goal, question: "Was it fair?", assume: yes}
  asks: {type: yes_no, label: Asks for advice, question: "Do they ask?"}
  pays: {type: yes_no, label: Pays, question: "Do they pay?"}
scorecards:
  fit:
    title: Ideal
    criteria:
      small: {title: Small, required: true, when: {reps: {between: [1, 6]}}, points: 40, source: S2}
      team:
        title: A team
        levels:
          - {when: {reps: {between: [4, 6]}}, points: 20, say: a good team}
          - {when: {reps: {between: [2, 6]}}, points: 10, say: a pair}
      extra: {title: Advice, when: {asks: yes}, points: 10, otherwise: 5, source: S9}
      lazy: {title: Led by the owner, when: {boss: owner}, points: -15}
      warm: {title: Pays in time, when: {pays: yes}, points: 10, otherwise: -10}
      fair: {title: Fair, required: true, when: {fair: yes}, points: 15}
    bands:
      A: {at_least: 80, advice: [{for: consultant, say: Call., source: S7}]}
      B: {at_least: 50, advice: [{for: consultant, say: Write to them.}, {for: prospect, say: Answer soon.}]}
      C: {at_least: 0}
"""
HEADER = "id,Name,Sales Team,Boss,Fair,Asks,Pays,Notes"


@cache
def tiny() -> Pack:
    return parse_pack(RULES, "tiny.yaml")


@cache
def psm() -> Pack:
    return load_pack()


def written(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "list.csv"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return path


def explained(path: Path | str, who: str, pack: Pack | None = None, **options: Any) -> Explanation:
    path = Path(path)
    with score([path], pack or tiny(), names={path: path.name}, **options) as ranking:
        return explain(ranking, find(ranking, who).rank)


def shown(explanation: Explanation, width: int = 80) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        render_table(explanation, Target(Path(folder, "out.txt"), width=width))
        return Path(folder, "out.txt").read_text(encoding="utf-8").splitlines()


def as_markdown(explanation: Explanation) -> str:
    with tempfile.TemporaryDirectory() as folder:
        render_markdown(explanation, Target(Path(folder, "out.md")))
        return Path(folder, "out.md").read_text(encoding="utf-8")


def as_json(explanation: Explanation) -> Plain:
    with tempfile.TemporaryDirectory() as folder:
        explanation_json.render(explanation, Target(Path(folder, "out.json")))
        found: Plain = json.loads(Path(folder, "out.json").read_text(encoding="utf-8"))
        return found


def parts(explanation: Explanation) -> dict[str, list[tuple[str, ...]]]:
    """What stands under each title: the cells of rows, items with their details, and paragraphs."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for block in document(explanation):
        match block:
            case Heading(text, _):
                under = found.setdefault(text.split(":")[0], [])
            case Table(_, rows, _):
                under += rows
            case Items(items, _):
                under += [(item.text, *item.details) for item in items]
            case Paragraph(text, _, _):
                under.append((text,))
    return found


# -- the waterfall -------------------------------------------------------------------------------------------------


def test_every_step_by_hand(tmp_path: Path) -> None:
    # The criteria can give from -20 (0 + 0 + 5 - 15 - 10 + 0) to 95 points, a span of 115. With nothing known, `extra`
    # still gives 5: 25 of 115.
    found = explained(written(tmp_path, "7,Ann,2-4,owner,,,no,"), "ann")
    (waterfall,) = found.waterfalls
    assert (waterfall.start, waterfall.score, waterfall.potential) == tuple(map(Decimal, ("21.7", "56.5", "69.6")))
    steps = {one.result.criterion.id: [str(one.before), str(one.after), str(one.possible)] for one in waterfall.steps}
    assert steps == {
        "small": ["21.7", "56.5", "56.5"],  # + 40: 65 of 115
        "team": ["56.5", "65.2", "73.9"],  # + 10 for certain: 75; + 20 at best: 85
        "extra": ["65.2", "65.2", "78.3"],  # 5 stand already; 5 more at best: 90
        "lazy": ["65.2", "52.2", "65.2"],  # - 15: 60, 75
        "warm": ["52.2", "43.5", "56.5"],  # - 10: 50, 65
        "fair": ["43.5", "56.5", "69.6"],  # + 15: 65, 80
    }
    assert parts(found)["Ideal"] == [
        ("", "nothing known", "", "21.7", "21.7", ""),
        ("met", "Small (required)", "40 of 40", "56.5", "56.5",
         "2 to 4 salespeople; Sales Team line 2: “2-4”, read as 2 to 4 [S2]"),
        ("met", "A team", "10 of 20", "65.2", "73.9", "a pair; Sales Team line 2: “2-4”, read as 2 to 4"),
        ("unknown", "Advice", "5 of 5 to 10", "65.2", "78.3", "not known: Asks for advice [S9]"),
        ("met", "Led by the owner", "-15 of -15 to 0", "52.2", "65.2", "Boss: owner; Boss line 2"),
        ("not met", "Pays in time", "-10 of -10 to 10", "43.5", "56.5", "Pays: no; Pays line 2"),
        ("met", "Fair (required)", "15 of 15", "56.5", "69.6", "Fair goal: yes (assumed)"),
    ]  # fmt: skip


def test_the_head_says_how_it_stands(tmp_path: Path) -> None:
    found = explained(written(tmp_path, "7,Ann,2-4,owner,,,no,", "8,Bob,3,nobody,yes,yes,yes,"), "ann")
    assert parts(found)["Ann"] == [
        ("Qualified, provisional: it rests on assumed values. Ideal: 56.5, could be 69.6; B",),
        ("“Could be” takes for true what is assumed: Fair goal: yes.",),
        ("rank 2 of 2, list.csv line 2, id 7; by the rules of tiny.yaml (Tiny 2.1.0)",),
    ]


thorough = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Pack, Evidence]:
    """A pack, and what is given about a prospect."""
    data = draw(packs())
    return parse_pack(json.dumps(data, ensure_ascii=False)), Evidence(draw(lists(data))[0])


@thorough
@given(case=cases())
def test_steps_add_up_in_any_pack(case: tuple[Pack, Evidence]) -> None:
    pack, evidence = case
    found = explain_case(Judge(Advisor(pack)), Case(1, RecordPlace("list.csv", 1, 2), evidence, {}), 1)
    for waterfall in found.waterfalls:
        card = found.prospect.scorecards[waterfall.card.id]
        steps = waterfall.steps
        assert [step.before for step in steps] == [waterfall.start, *(step.after for step in steps[:-1])]
        assert (waterfall.score, waterfall.potential) == (card.score, card.high)
        assert (steps[-1].after, steps[-1].possible) == (card.score, card.high)
        assert all(step.after <= step.possible for step in steps)
        assert [step.result.criterion for step in steps] == list(waterfall.card.criteria)


def test_a_fact_says_how_it_came_to_be_known(tmp_path: Path) -> None:
    path = written(tmp_path, "7,Ann,,,,,,We are a team of 3 here", "8,Bob,five reps,None at all,no,,,")
    answers = tmp_path / "list.csv.answers.jsonl"
    lines = [{"field": "asks", "answer": "yes", "date": "2026-03-31", "id": "7"},
             {"field": "pays", "answer": "y", "id": "7"}]  # fmt: skip
    answers.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    ann = {row[1]: row[-1] for row in parts(explained(path, "ann", answers={path: answers}))["Ideal"]}
    inferred = "inferred from Notes line 2 (“team of 3”): 3"
    assert ann["Small (required)"] == f"3 salespeople (inferred, Notes: “team of 3”); {inferred} [S2]"
    assert ann["Advice"] == "Asks for advice: yes (answered on 2026-03-31) [S9]"
    assert ann["Pays in time"].endswith("; Pays answered: “y”, read as yes")
    bob = {row[1]: row[-1] for row in parts(explained(path, "bob"))["Ideal"]}
    assert bob["Small (required)"] == "5 salespeople; Sales Team line 3: “five reps”, read as 5 [S2]"
    assert bob["Led by the owner"] == "Boss: None at all; Boss line 3, read as nobody"
    assert bob["Fair (required)"] == "Fair goal: no; Fair line 3"


def test_who_is_counted_in_the_contact_list_stands_on_no_line_of_the_list(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("company,title\nAnn,Sales Rep\nAnn,Sales Rep\n", encoding="utf-8")
    found = explained(written(tmp_path, "7,Ann,,,,,,"), "ann", contacts=people)
    why = {row[1]: row[-1] for row in parts(found)["Ideal"]}["Small (required)"]
    assert "inferred from the contact list (“" in why
    assert "the contact list line" not in why


def test_conflicts_are_shown_with_what_counts(tmp_path: Path) -> None:
    found = explained(written(tmp_path, "7,Ann,5,,,,,a team of 3"), "ann")
    assert parts(found)["Conflicts"] == [
        ("Salespeople: 5 counts", "Sales Team line 2: “5”", "against it: inferred from Notes line 2 (“team of 3”): 3")
    ]
    assert "Conflicts" not in parts(explained(written(tmp_path, "7,Ann,3,,,,,a team of 3"), "ann"))


def test_what_is_not_understood_is_shown_with_its_line_and_what_it_could_mean(tmp_path: Path) -> None:
    found = explained(written(tmp_path, "7,Ann,6-Jan,,,,,"), "ann")
    ((text, meant),) = parts(found)["Not understood"]
    assert text == "Salespeople, line 2: “6-Jan”"
    assert "date" in meant
    assert as_json(found)["not_understood"] == [{"field": "reps", "value": "6-Jan", "hint": meant}]


def test_the_same_firm_elsewhere_is_named(tmp_path: Path) -> None:
    found = explained(written(tmp_path, ",Ann Inc,3,,,,,", ",Bob,3,,,,,", ",Ann Inc.,4,,,,,"), "row:1")
    assert parts(found)["The same firm, it seems"] == [("list.csv line 4 (same name)",)]


def test_what_would_change_it_by_hand(tmp_path: Path) -> None:
    changes = parts(explained(written(tmp_path, "7,Ann,,nobody,yes,no,yes,"), "ann"))["What would change it"]
    # 5 + 0 + 10 + 15 stand, 20 off the floor: 50 of 115 are 43.5, a C. Any small team makes it a B (78.3), and with 60
    # points more, of a team of four, 110 of 115 are an A; but only the next band is a goal.
    assert changes == [
        ("Qualified: one answer", "Salespeople: 1 to 6"),
        ("Disqualified: one answer", "Salespeople: under 1 or over 6"),
        ("Ideal: B or above: one answer", "Salespeople: 1 to 6"),
    ]


def test_where_nothing_can_change_that_is_said(tmp_path: Path) -> None:
    found = parts(explained(written(tmp_path, "7,Ann,3,owner,yes,no,no,"), "ann"))
    assert found["What would change it"] == [("Nothing that is still open can change the verdict or lift a band.",)]
    assert "Ask, in this order" not in found


def test_advice_says_for_whom_and_because_of_what(tmp_path: Path) -> None:
    found = parts(explained(written(tmp_path, "7,Ann,2-4,owner,,,no,"), "ann"))
    assert found["For you"] == [("Write to them.", "Ideal: B (56.5)")]
    assert found["For their people"] == [("Answer soon.", "Ideal: B (56.5)")]
    best = parts(explained(written(tmp_path, "7,Ann,4,nobody,,yes,yes,"), "ann"))
    assert best["For you"] == [("Call.", "Ideal: A (100.0) [S7]")]


def test_questions_stand_in_their_order(tmp_path: Path) -> None:
    found = explained(written(tmp_path, "7,Ann,,,,,,"), "ann")
    asked = [text for text, *_ in parts(found)["Ask, in this order"]]
    assert asked == [one.ask for one in found.prospect.questions]
    assert (asked[0], asked[-1]) == ("How many sell?", "Was it fair?")
    assert "assumed so far" in parts(found)["Ask, in this order"][-1][1]


# -- who -----------------------------------------------------------------------------------------------------------

FIRMS = [
    "1001,Harbor Light,3", "1002,Harbor Freight,4", "3,Müller & Söhne GmbH,5", "A-7,\"Bob's \"\"Best\"\" Bikes\",6",
    ",,1", "77,東京商事,2", "78,Harbor,", "79,Łódź,",
]  # fmt: skip
WHO_HEADER = "id,name,sales team"


@pytest.fixture(params=ENGINES)
def firms(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Ranking]:
    path = written(tmp_path, *FIRMS, header=WHO_HEADER)
    with score([path], tiny(), names={path: "list.csv"}, engine=ENGINES[request.param]()) as ranking:
        yield ranking


@pytest.mark.parametrize(
    ("who", "row"),
    [
        ("row:3", 3), ("ROW: 5 ", 5), ("id:1001", 1), ("id:3", 3), ("Id: A-7", 4), ("id:77", 6),
        ("Harbor Light", 1), ("harbor-light", 1), ("freight", 2), ("harbor", 7), ("müller", 3), ("MÜLLER & SÖHNE", 3),
        ("söhne", 3), ('bob\'s "best"', 4), ("bobs best", 4), ("東京", 6), ("łódź", 8), ("  light  ", 1),
    ],
)  # fmt: skip
def test_a_prospect_is_found_by_what_is_known_of_it(firms: Ranking, who: str, row: int) -> None:
    found = find(firms, who)
    assert found.at.row == row
    assert explain(firms, found.rank).prospect.row == row


def test_a_rank_is_one_of_the_whole_list(firms: Ranking) -> None:
    for rank in range(1, len(FIRMS) + 1):
        assert find(firms, str(rank)).rank == find(firms, f"rank:{rank}").rank == rank
        assert explain(firms, rank).prospect.rank == rank


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("9", "9: the list has the ranks 1 to 8; a row is written row:N, an id id:X"),
        ("0", "0: the list has the ranks 1 to 8"),
        ("1001", "did you mean id:1001?"),
        ("rank:77", "did you mean id:77?"),
        ("row:9", "row:9: no prospect fits that"),
        ("row:0", "row:0: no prospect fits that"),
        ("id:zzz", "id:zzz: no prospect fits that"),
        ("id:", "id:: no prospect fits that"),
        ("", "name a prospect: write a rank, row:N, line:N, id:X or part of a name"),
        ("  ", "name a prospect"),
        ("!?", "!?: no prospect fits that"),
        ("9" * 5000, "no prospect fits that"),
        ("row:" + "9" * 5000, "no prospect fits that"),
    ],
)
def test_who_is_not_found_is_told_what_to_write(firms: Ranking, who: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        find(firms, who)
    assert said in str(caught.value)


@pytest.mark.parametrize(("who", "near"), [("harbour light", "Harbor Light"), ("muller", "Müller & Söhne GmbH")])
def test_who_is_not_found_is_told_the_nearest_names(firms: Ranking, who: str, near: str) -> None:
    with pytest.raises(UsageError, match="did you mean") as caught:
        find(firms, who)
    assert repr(near) in str(caught.value)


def test_several_that_fit_are_listed_with_rank_and_row(firms: Ranking) -> None:
    with pytest.raises(UsageError) as caught:
        find(firms, "harb")
    ranks = {row: find(firms, f"row:{row}").rank for row in (1, 2, 7)}
    title, *listed = str(caught.value).split("\n")
    assert title == "harb: 3 prospects fit; name one by its rank or row:"
    assert listed == [
        f"{rank:>6}  {name} (row:{row}, id:{id_}, list.csv line {row + 1})"
        for rank, row, name, id_ in sorted(
            [(ranks[1], 1, "Harbor Light", 1001), (ranks[2], 2, "Harbor Freight", 1002), (ranks[7], 7, "Harbor", 78)]
        )
    ]


def test_many_that_fit_are_counted(tmp_path: Path) -> None:
    path = written(tmp_path, *(f"{number},Firm {number},3" for number in range(25)), header=WHO_HEADER)
    with score([path], tiny()) as ranking, pytest.raises(UsageError) as caught:
        find(ranking, "firm")
    lines = str(caught.value).split("\n")
    assert len(lines) == 12
    assert lines[-1] == "  … and 15 more"


def test_two_of_the_same_name_are_listed(tmp_path: Path) -> None:
    path = written(tmp_path, "1,Ann,3", "2,ann,4", "3,Annette,4", header=WHO_HEADER)
    with score([path], tiny()) as ranking, pytest.raises(UsageError, match="2 prospects fit"):
        find(ranking, "Ann")


def test_who_has_no_name_is_called_by_its_id_or_row(tmp_path: Path) -> None:
    path = written(tmp_path, "A-7,,3", ",,4", header=WHO_HEADER)
    assert shown(explained(path, "id:A-7"))[0] == "A-7"
    assert shown(explained(path, "row:2"))[0] == "row 2"


def test_an_empty_list_has_nobody(tmp_path: Path) -> None:
    with score([written(tmp_path, header=WHO_HEADER)], tiny()) as ranking:
        for who in ("1", "ann", "row:1", "id:1"):
            with pytest.raises(UsageError):
                find(ranking, who)


def test_both_engines_explain_alike(tmp_path: Path) -> None:
    path = written(tmp_path, "7,Ann,2-4,owner,,,no,a team of 9", "8,Ann,quit,None at all,,yes,,", "9,Cy,9,,,,,")
    for who in ("row:1", "row:2", "row:3"):
        one, other = (explained(path, who, engine=engine()) for engine in ENGINES.values())
        assert as_json(one) == as_json(other)
        assert shown(one) == shown(other)


# -- pages ---------------------------------------------------------------------------------------------------------

GOLDENS = {"ironwood": "Ironwood Fencing", "metro": "Metro Office Furniture"}  # much is open; disqualified


def golden(name: str, found: str) -> None:
    path = GOLDEN / name
    if os.environ.get(REWRITES):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def of_the_example(who: str) -> Explanation:
    with score([EXAMPLE], psm()) as ranking:
        return explain(ranking, find(ranking, who).rank)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", GOLDENS)
def test_the_page_is_the_golden_one(name: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    golden(f"explain-{name}-{width}.txt", "\n".join(shown(of_the_example(GOLDENS[name]), width)) + "\n")


@pytest.mark.parametrize("name", GOLDENS)
def test_the_markdown_is_the_golden_one(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    golden(f"explain-{name}.md", as_markdown(of_the_example(GOLDENS[name])))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_every_line_fits_the_width(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with score([EXAMPLE], psm()) as ranking:
        for rank in range(1, 22, 4):
            found = explain(ranking, rank)
            lines = shown(found, width)
            assert [line for line in lines if cell_len(line) > width] == []
            rows = [line for line in lines if line.startswith(("  met  ", "  not met", "  unknown"))]
            figures = [f"{step.result.earned} of" for waterfall in found.waterfalls for step in waterfall.steps]
            assert [figure in row for figure, row in zip(figures, rows, strict=True)] == [True] * len(rows)


NASTY = [
    "[bold]red[/bold]", "\x1b[31mred\x1b[0m", "a | b | c", "*a* **b** _c_", "<script>alert(1)</script>", "`code` ```x",
    "# title", "[link](http://a.b)", "![x](y)", "two\nlines", "- item", "1. first", "&lt;b&gt; &amp;", "\\| \\", "---",
    "\u202eright to left", "=1+1", "~~gone~~", "x" * 300, "漢字" * 40,
]  # fmt: skip


@pytest.mark.parametrize("nasty", NASTY)
def test_no_cell_injects_anything(nasty: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["Id", "Name", nasty, "Sales Team", "Boss", "Notes"],
                                    [nasty, nasty, "3", nasty, "founder", f"{nasty} team of 3"]])  # fmt: skip
    found = explained(path, "row:1", mapping={"pays": nasty})
    texts = [flat(text) for text in _texts(found)]
    assert any(flat(nasty)[:40] in text for text in texts)
    for width in (60, 80, 120):
        for line in shown(found, width):
            assert cell_len(line) <= width
            assert line == printable(line)
    read = parsed(as_markdown(found))
    assert [text.replace("(strong_open)", "").replace("(strong_close)", "") for _, text in read] == texts
    assert {place.split()[0] for place, _ in read} <= {"h1", "h2", "p", "ul", "ol", "table"}


def _texts(explanation: Explanation) -> Iterator[str]:
    """Every text of the document, in its order."""
    for block in document(explanation):
        match block:
            case Heading(text, _) | Paragraph(text, _, _):
                yield text
            case Items(items, _):
                yield from (text for item in items for text in (item.text, *item.details))
            case Table(headers, rows, _):
                yield from (cell for row in (headers, *rows) for cell in row)


def test_the_command_prints_lists_of_names_harmlessly(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id", "name", "sales reps"], ["1", "Ann\x1b[31m\nB", 3], ["2", "Ann C", 3]])
    result = subprocess.run([sys.executable, "-m", "psm_qualify", "explain", str(path), "ann"], capture_output=True,
                            timeout=60, check=False)  # fmt: skip
    assert (result.returncode, result.stdout) == (2, b"")
    said = result.stderr.decode()
    assert "\x1b" not in said
    assert "2 prospects fit" in said
    assert "row:1, id:1" in said


# -- JSON ----------------------------------------------------------------------------------------------------------


def faults(document: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMA).iter_errors(document)]


def test_the_schema_is_one_and_has_the_prospect_of_the_result() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    result = json.loads(files("psm_qualify").joinpath("schemas/result.schema.json").read_text(encoding="utf-8"))
    same = {name: one for name, one in SCHEMA["$defs"].items() if name not in ("waterfall", "lifts")}
    assert same == {name: result["$defs"][name] for name in same}
    assert "prospect" in same


@pytest.mark.parametrize("rank", [1, 12, 16, 20])
def test_the_example_fits_the_schema(rank: int) -> None:
    with score([ROOT / EXAMPLE], psm()) as ranking:
        assert faults(as_json(explain(ranking, rank))) == []


PLACES: Mapping[str, Sequence[str | int]] = {
    "document": (), "text not understood": ("not_understood", 0), "waterfall": ("waterfalls", 0),
    "step": ("waterfalls", 0, "steps", 0), "lifts": ("lifts", 0), "goal": ("lifts", 0, "goal"),
    "prospect": ("prospect",),
}  # fmt: skip


@pytest.mark.parametrize("path", PLACES.values(), ids=PLACES)
def test_no_key_may_be_missing_or_of_another_type(path: Sequence[str | int], tmp_path: Path) -> None:
    whole = as_json(explained(written(tmp_path, "7,Ann,quit,owner,,,no,"), "ann"))
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
        assert faults(broken) or key in ("ways_in", "duplicates"), f"{key} may be missing"


def test_the_json_holds_all_that_the_page_shows(tmp_path: Path) -> None:
    path = written(tmp_path, "7,Ann,2-4,owner,,,no,a team of 9", "8,Ann,quit,,,,,")
    for who in ("row:1", "row:2"):
        found = explained(path, who)
        shown_, held = parts(found), as_json(found)
        one = held["prospect"]
        (waterfall,) = held["waterfalls"]
        rows = [
            (criterion["verdict"], step["title"], criterion["points"], step["after"], step["possible"])
            for criterion, step in zip(one["criteria"], waterfall["steps"], strict=True)
        ]
        assert rows == [
            (verdict, title.removesuffix(" (required)"), int(points.split()[0]), float(after), float(possible))
            for verdict, title, points, after, possible, _ in shown_["Ideal"][1:]
        ]
        for criterion, row in zip(one["criteria"], shown_["Ideal"][1:], strict=True):
            assert criterion["reason"] in row[-1]
            assert (criterion["source"] is None) == ("[S" not in row[-1])
            facts = [one["facts"][field] for field in criterion["evidence"] if field in one["facts"]]
            assert all(fact["column"] is None or f"{fact['column']} line {one['line']}" in row[-1] for fact in facts)
        clashes = [clash["counts"]["value"] for clash in one["conflicts"]]
        assert len(shown_.get("Conflicts", [])) == len(clashes)
        assert [f"Salespeople, line {one['line']}: “{each['value']}”" for each in held["not_understood"]] == [
            text for text, *_ in shown_.get("Not understood", [])
        ]
        assert [f"{each['file']} line {each['line']} (same {each['by']})" for each in one["duplicates"]] == [
            text for (text,) in shown_["The same firm, it seems"]
        ]
        assert [each["ask"] for each in one["questions"]] == [text for text, *_ in shown_["Ask, in this order"]]
        advice = [(each["say"], each["because"]) for each in one["advice"]]
        assert advice == [*shown_.get("For you", []), *shown_.get("For their people", [])]
        sizes = [each["answers_needed"] for each in held["lifts"] if each["answers_needed"]]
        assert len(sizes) == len([text for text, *_ in shown_["What would change it"]])


def test_ways_name_choices_as_rules_do(tmp_path: Path) -> None:
    with score([ROOT / EXAMPLE], psm()) as ranking:
        held = as_json(explain(ranking, find(ranking, "ironwood").rank))
    (qualified,) = [each for each in held["lifts"] if each["goal"] == {"verdict": "qualified"}]
    assert qualified["answers_needed"] == 1
    assert {"sales_leader": ["nobody", "non_sales_professional"]} in qualified["ways"]


def test_items_are_never_boxes_in_an_explanation(tmp_path: Path) -> None:
    blocks = document(explained(written(tmp_path, "7,Ann,,,,,,"), "ann"))
    items: list[Item] = [item for block in blocks if isinstance(block, Items) for item in block.items]
    assert items
    assert not any(item.box for item in items)
