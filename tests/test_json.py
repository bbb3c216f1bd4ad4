"""The JSON that scripts rely on: real output against its schema, and two prospects worked out by hand."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from psm_qualify.engines.base import Engine
from psm_qualify.engines.direct import DirectEngine
from psm_qualify.engines.duckdb import DuckDBEngine
from psm_qualify.render.base import Target
from psm_qualify.render.json import render_document, render_lines, summary_dict
from psm_qualify.rules.loader import load_pack, parse_pack
from psm_qualify.rules.pack import Pack
from psm_qualify.scoring import score
from psm_qualify.selection import Filter

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads(files("psm_qualify").joinpath("schemas/result.schema.json").read_text(encoding="utf-8"))
ENGINES: Mapping[str, type[DirectEngine] | type[DuckDBEngine]] = {"direct": DirectEngine, "duckdb": DuckDBEngine}
Plain = dict[str, Any]


def printed(path: Path, pack: Pack, chosen: Filter | None = None, engine: Engine | None = None) -> Plain:
    """The document, through its text."""
    with tempfile.TemporaryDirectory() as folder, score([path], pack, chosen=chosen, engine=engine) as ranking:
        render_document(ranking, Target(Path(folder, "out.json")))
        document: Plain = json.loads(Path(folder, "out.json").read_text(encoding="utf-8"))
        return document


def faults(document: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMA).iter_errors(document)]


@cache
def psm() -> tuple[Path, Pack]:
    return ROOT / "examples/prospects.csv", load_pack()


@cache
def cafes() -> tuple[Path, Pack]:
    folder = ROOT / "examples/coffee-roaster"
    return folder / "cafes.csv", load_pack(folder / "cafes.yaml")


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("example", [psm, cafes])
def test_the_examples_fit_the_schema(example: Any, name: str) -> None:
    path, pack = example()
    document = printed(path, pack, engine=ENGINES[name]())
    assert faults(document) == []
    assert len(document["prospects"]) == document["input"]["returned"] == len(path.read_text().splitlines()) - 1


FILTERS = {
    "top": (Filter(top=3), 3),
    "nothing": (Filter(top=0), 0),
    "verdict": (Filter(verdicts=("disqualified",)), 4),
    "score": (Filter(min_score=Decimal(100)), 0),
    "unknown band": (Filter(bands={"relationship": ("unknown",)}), None),
}


@pytest.mark.parametrize(("chosen", "count"), FILTERS.values(), ids=FILTERS)
def test_a_filtered_list_fits_the_schema_and_keeps_its_ranks(chosen: Filter, count: int | None) -> None:
    whole, part = printed(*psm()), printed(*psm(), chosen)
    assert faults(part) == []
    assert part["input"]["returned"] == len(part["prospects"])
    assert count is None or len(part["prospects"]) == count
    assert (part["input"]["scored"], part["verdicts"]) == (whole["input"]["scored"], whole["verdicts"])
    ranked = {one["rank"]: one for one in whole["prospects"]}
    assert [one for one in part["prospects"] if ranked[one["rank"]] != one] == []


ODD_LISTS = {
    "header only": "name,sales reps\n",
    "nobody named": "sales reps\n3\n\nmany\n",
    "no fact": "name\nAnn\n",
    "open ends": "id,sales reps,goal attainment,contract years\n1,10+,<80%,\n2,under 5,exceeds,\n",
    "awkward texts": 'name,sales reps\n"A ""b""\n\\ \u2028 🙂 \x07",4 reps quit\n',
    "damaged": "name,sales reps\nAnn,3,4\n",
}


@pytest.mark.parametrize("text", ODD_LISTS.values(), ids=ODD_LISTS)
def test_odd_lists_fit_the_schema(text: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    assert faults(printed(path, psm()[1])) == []


# -- the schema can fail -------------------------------------------------------------------------------------------

OBJECTS: Mapping[str, tuple[str | int, ...]] = {
    "document": (),
    "pack": ("pack",),
    "input": ("input",),
    "text not understood": ("input", "not_understood", 0),
    "prospect": ("prospects", 0),
    "scorecard": ("prospects", 0, "scorecards", "fit"),
    "criterion": ("prospects", 0, "criteria", 0),
    "question": ("prospects", 0, "questions", 0),
    "advice": ("prospects", 0, "advice", 0),
}
LATER = {"title", "rules", "notes", "ways_in", "ways", "required", "scorecard", "assumed", "places", "sources",
         "duplicates", "contacts", "words", "answers", "bears_on_verdict", "bears_on", "bands", "ranks"}  # fmt: skip
"""Keys beyond those that design.md promises."""


def at(document: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        document = document[key]
    return document


@pytest.mark.parametrize("path", OBJECTS.values(), ids=OBJECTS)
def test_no_promised_key_may_be_missing_or_of_another_type(path: tuple[str | int, ...]) -> None:
    whole = printed(*psm())
    for key in at(whole, path):
        broken = copy.deepcopy(whole)
        at(broken, path)[key] = [[]]
        assert faults(broken), f"{key} may be anything"
        del at(broken, path)[key]
        assert faults(broken) or key in LATER, f"{key} may be missing"


def test_another_verdict_is_none() -> None:
    document = printed(*psm())
    document["prospects"][0]["criteria"][0]["verdict"] = "not_met"
    assert len(faults(document)) == 1


# -- two prospects by hand -----------------------------------------------------------------------------------------

PACK = """
pack: {name: tiny, title: Tiny, version: 2.1.0, rank_by: [fit, warmth]}
fields:
  id: {type: text}
  name: {type: text}
  reps: {type: number, label: Salespeople, question: "How many sell?", columns: [sales team], units: [reps]}
  boss: {type: choice, label: Boss, question: "Who leads?", choices: {nobody: [none at all], owner: [founder]}}
  goal: {type: percent, label: Goal, question: "Where did you land?"}
  fair: {type: yes_no, label: Fair, question: "Was it fair?", assume: yes}
  asks: {type: yes_no, label: Asks for advice, question: "Do they ask?"}
scorecards:
  fit:
    criteria:
      small: {required: true, when: {reps: {between: [1, 6]}}, points: 40, source: S2}
      gap:
        required: true
        when:
          any:
            - {boss: nobody, say: unmanaged}
            - {say: goals missed, all: [{goal: {at_most: 100%}}, {fair: yes}]}
        points: 40
        source: S3-S6
        advice: [{for: consultant, say: Look at the goal., when: goals missed}]
      team:
        levels:
          - {when: {reps: {between: [4, 6]}}, points: 20, say: a good team}
          - {when: {reps: {between: [2, 6]}}, points: 10, say: a team}
    bands:
      A: {at_least: 80, advice: [{for: consultant, say: Call.}]}
      B: {at_least: 50}
      C: {at_least: 0}
  warmth:
    min_known: 50%
    criteria:
      asks: {when: {asks: yes}, points: 15, otherwise: -15}
    bands:
      warm: {at_least: 65, advice: [{for: prospect, say: Keep in touch., source: S35}]}
      cool: {at_least: 0}
"""
LIST = """id,Name,Sales Team,Boss,Goal,Fax,asks
8,Bob,over 6 reps,None at all,,1,sometimes
7,Ann & Co,2-4,,90%,2,yes
"""


def criterion(card: str, name: str, verdict: str, points: tuple[int, int, int], **rest: Any) -> Plain:
    """A criterion as printed; `points`: certain, least, most."""
    earned, least, most = points
    bounds = {"small": (0, 40), "gap": (0, 40), "team": (0, 20), "asks": (-15, 15)}[name]
    return {
        "scorecard": card, "id": name, "verdict": verdict, "points": earned, "least": least, "most": most,
        "floor": bounds[0], "ceiling": bounds[1], "evidence": [], "ways": [], "source": None, "required": False,
    } | rest  # fmt: skip


def text(value: str, read: str, column: str | None, how: str = "cell") -> Plain:
    return {"value": value, "read": read, "how": how, "column": column}


FAIR = text("yes", "yes", None, "assumed")
ANN = {
    "rank": 1, "file": "list.csv", "row": 2, "line": 3, "id": "7", "name": "Ann & Co",
    # fair is assumed, and without it nobody knows whether there is a gap
    "verdict": "qualified", "provisional": True,
    # 40 small + 40 gap + 10 for a team of two at least, 20 if it is four
    "score": 90.0, "potential": 100.0, "known": 0.9, "band": "A",
    "scorecards": {
        "fit": {"score": 90.0, "low": 90.0, "high": 100.0, "known": 0.9,
                "band": "A", "best_band": "A", "worst_band": "A"},
        "warmth": {"score": 100.0, "low": 100.0, "high": 100.0, "known": 1.0,
                   "band": "warm", "best_band": "warm", "worst_band": "warm"},
    },
    "facts": {
        "id": text("7", "7", "id"),
        "name": text("Ann & Co", "Ann & Co", "Name"),
        "reps": text("2-4", "2 to 4", "Sales Team") | {"low": 2, "high": 4},
        "goal": text("90%", "90%", "Goal") | {"low": 90, "high": 90},
        "fair": FAIR,
        "asks": text("yes", "yes", "asks"),
    },
    "criteria": [
        criterion("fit", "small", "met", (40, 40, 40), evidence=["reps"], reason="2 to 4 salespeople",
                  source="S2", required=True),
        criterion("fit", "gap", "met", (40, 40, 40), evidence=["goal", "fair"], ways=["goals missed"],
                  reason="goals missed",
                  source="S3-S6", required=True),
        criterion("fit", "team", "met", (10, 10, 20), evidence=["reps"], reason="a team"),
        criterion("warmth", "asks", "met", (15, 15, 15), evidence=["asks"], reason="Asks for advice: yes"),
    ],
    "ways_in": ["goals missed"], "conflicts": [], "duplicates": [],
    "questions": [
        # two to four are a small team whatever the answer, so the verdict does not hang on it
        {"field": "reps", "ask": "How many sell?", "swing": 10.0, "scorecard": "fit", "decides_verdict": False,
         "assumed": False, "bears_on_verdict": False, "bears_on": ["fit"], "bands": [], "ranks": [1, 1]},
        # no: the gap is open again, 40 points less are proven, and the verdict is another
        {"field": "fair", "ask": "Was it fair?", "swing": 40.0, "scorecard": "fit", "decides_verdict": True,
         # 50 of 100 is a B, and Bob is disqualified: still the first
         "assumed": True, "bears_on_verdict": True, "bears_on": ["fit"], "bands": ["fit"], "ranks": [1, 1]},
    ],
    "advice": [
        {"for": "consultant", "say": "Look at the goal.", "source": "S3-S6", "because": "Gap: goals missed",
         "scorecard": "fit", "criterion": "gap", "band": None},
        {"for": "consultant", "say": "Call.", "source": None, "because": "Fit: A (90.0)", "scorecard": "fit",
         "criterion": None, "band": "A"},
        {"for": "prospect", "say": "Keep in touch.", "source": "S35", "because": "Warmth: warm (100.0)",
         "scorecard": "warmth", "criterion": None, "band": "warm"},
    ],
}  # fmt: skip
BOB = {
    "rank": 2, "file": "list.csv", "row": 1, "line": 2, "id": "8", "name": "Bob",
    "verdict": "disqualified", "provisional": False,
    "score": 40.0, "potential": 40.0, "known": 1.0, "band": "C",
    "scorecards": {
        "fit": {"score": 40.0, "low": 40.0, "high": 40.0, "known": 1.0,
                "band": "C", "best_band": "C", "worst_band": "C"},
        # from -15 to 15, and 0 of it certain: half way, but nothing is known
        "warmth": {"score": 50.0, "low": 0.0, "high": 100.0, "known": 0.0,
                   "band": "unknown", "best_band": "warm", "worst_band": "cool"},
    },
    "facts": {
        "id": text("8", "8", "id"),
        "name": text("Bob", "Bob", "Name"),
        "reps": text("over 6 reps", "over 6", "Sales Team") | {"low": 6, "high": None},
        "boss": text("None at all", "nobody", "Boss"),
        "fair": FAIR,
    },
    "criteria": [
        criterion("fit", "small", "not met", (0, 0, 0), evidence=["reps"], reason="over 6 salespeople",
                  source="S2", required=True),
        criterion("fit", "gap", "met", (40, 40, 40), evidence=["boss"], ways=["unmanaged"], reason="unmanaged",
                  source="S3-S6", required=True),
        criterion("fit", "team", "not met", (0, 0, 0), evidence=["reps"], reason="over 6 salespeople"),
        criterion("warmth", "asks", "unknown", (0, -15, 15), reason="Asks for advice not understood: sometimes"),
    ],
    "ways_in": ["unmanaged"], "conflicts": [], "duplicates": [],
    "questions": [
        {"field": "asks", "ask": "Do they ask?", "swing": 100.0, "scorecard": "warmth", "decides_verdict": False,
         "assumed": False, "bears_on_verdict": False, "bears_on": ["warmth"], "bands": ["warmth"], "ranks": [2, 2]},
    ],
    "advice": [],
}  # fmt: skip
REST = {
    "schema": 1,
    "input": {
        "files": ["list.csv"], "rows": 2, "scored": 2, "rejected": 0, "returned": 2,
        "columns": {"id": "id", "name": "Name", "reps": "Sales Team", "boss": "Boss", "goal": "Goal", "asks": "asks"},
        "unused_columns": ["Fax"],
        "not_understood": [{"field": "asks", "value": "sometimes", "count": 1, "rows": [1], "hint": None,
                            "places": [{"file": "list.csv", "row": 1, "line": 2}]}],
        "rejected_rows": [], "notes": [], "duplicates": 0, "contacts": None, "answers": [],
        "sources": [{"file": "list.csv", "format": "csv", "encoding": "UTF-8", "part": None, "header_line": 1}],
    },
    "verdicts": {"qualified": 1, "needs_info": 0, "disqualified": 1},
}  # fmt: skip


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("list.csv")
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ENGINES)
def test_two_prospects_come_out_as_by_hand(name: str, listed: Path) -> None:
    document = printed(listed, parse_pack(PACK), engine=ENGINES[name]())
    head = document.pop("pack")
    assert document.pop("prospects") == [ANN, BOB]
    assert document == REST
    assert head.pop("digest").startswith("sha256:")
    assert head == {
        "name": "tiny",
        "version": "2.1.0",
        "rank_by": ["fit", "warmth"],
        "title": "Tiny",
        "rules": ["<text>"],
    }


def test_the_headline_figures_are_those_of_the_primary_scorecard(listed: Path) -> None:
    text = PACK.replace("rank_by: [fit, warmth]", "rank_by: [warmth, fit]").replace(
        "asks: {when", "asks: {required: true, when"
    )
    bob = printed(listed, parse_pack(text))["prospects"][1]
    assert (bob["score"], bob["potential"], bob["known"], bob["band"]) == (50.0, 100.0, 0.0, "unknown")


def test_the_digest_names_the_content(listed: Path) -> None:
    def digest(text: str) -> str:
        return str(printed(listed, parse_pack(text))["pack"]["digest"])

    assert digest(PACK) == digest("# a comment\n" + PACK)
    assert digest(PACK) != digest(PACK.replace("points: 20", "points: 21"))


def test_jsonl_holds_the_prospects_and_the_summary_the_rest(tmp_path: Path) -> None:
    path, pack = psm()
    document, lines = printed(path, pack), tmp_path / "out.jsonl"
    with score([path], pack) as ranking:
        render_lines(ranking, Target(lines))
        rest = json.loads(json.dumps(summary_dict(ranking.summary)))
    assert [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()] == document["prospects"]
    assert {**rest, "prospects": document["prospects"]} == document
