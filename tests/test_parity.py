"""Every engine, and the one-prospect path, against the reference evaluator, on random packs and lists."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psm_qualify.compile.query import Query
from psm_qualify.engines.base import Engine
from psm_qualify.engines.direct import DirectEngine
from psm_qualify.engines.duckdb import DuckDBEngine
from psm_qualify.results import Prospect
from psm_qualify.rules.loader import parse_pack
from psm_qualify.rules.pack import Pack
from psm_qualify.scoring import score
from reference import evaluate
from strategies import lists, packs

Plain = dict[str, Any]
Rows = list[dict[str, str | None]]
ENGINES: Mapping[str, Callable[[], Engine]] = {
    "direct": DirectEngine,
    "duckdb": DuckDBEngine,
    "duckdb, spilling": partial(DuckDBEngine, spilling=True),
}
OUTCOMES = {True: "met", False: "not met", None: "unknown"}
thorough = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Plain, Rows]:
    """A pack and a list for it."""
    pack = draw(packs())
    return pack, draw(lists(pack))


def write(rows: Rows, path: Path) -> None:
    """The rows as a CSV with a header of field ids, and a column that no field claims."""
    fields = list(dict.fromkeys(field for row in rows for field in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["row number", *fields])
        writer.writerows([n, *(row.get(field) or "" for field in fields)] for n, row in enumerate(rows, 1))


def run(pack: Pack, rows: Rows, engine: Engine) -> tuple[list[Prospect], list[dict[str, str]]]:
    """The prospects in rank order, and the flat export."""
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder, "list.csv"), Path(folder, "out.csv")
        write(rows, path)
        with score([path], pack, engine=engine, decimal="point") as ranking:
            prospects = list(ranking)
            ranking.write_csv(out)
        with out.open(newline="", encoding="utf-8") as file:
            return prospects, list(csv.DictReader(file))


def figures(one: Prospect) -> Plain:
    """A prospect in the shape of the reference's answer."""
    return {
        "rank": one.rank,
        "row": one.row,
        "verdict": one.verdict,
        "provisional": one.provisional,
        "scorecards": {
            name: {key: getattr(card, key) for key in card.__slots__} for name, card in one.scorecards.items()
        },
        "criteria": [
            {
                "scorecard": result.criterion.scorecard,
                "id": result.criterion.id,
                "verdict": OUTCOMES[result.verdict],
                "points": result.earned,
                "least": result.least,
                "most": result.most,
                "floor": result.criterion.floor,
                "ceiling": result.criterion.ceiling,
            }
            for result in one.criteria
        ],
        "not_understood": sorted(one.not_understood),
    }


def expected(answer: Plain) -> Plain:
    """The same keys of the reference's answer."""
    keys = ("rank", "row", "verdict", "provisional", "scorecards", "criteria")
    return {**{key: answer[key] for key in keys}, "not_understood": sorted(answer["not_understood"])}


def exported(pack: Pack, one: Prospect) -> dict[str, str]:
    """The line of the flat export that a prospect should have."""
    names = Query(pack, ()).card_names, Query(pack, ()).criteria_names
    line = {
        "psm_rank": str(one.rank),
        "psm_verdict": one.verdict,
        "psm_provisional": str(one.provisional).lower(),
    }
    for name, card in one.scorecards.items():
        prefix = f"psm_{names[0][name]}"
        line |= {
            f"{prefix}_score": f"{card.score:.1f}",
            f"{prefix}_potential": f"{card.high:.1f}",
            f"{prefix}_known": f"{card.known:.3f}",
            f"{prefix}_band": card.band,
        }
    for result in one.criteria:
        criterion = result.criterion
        line[f"psm_{names[1][f'{criterion.scorecard} {criterion.id}']}"] = OUTCOMES[result.verdict]
    line["psm_duplicates"] = ", ".join(f"line {twin.place.line} ({twin.by})" for twin in one.duplicates)
    return line


@pytest.mark.parametrize("name", ENGINES)
@thorough
@given(case=cases())
def test_random_packs_agree_with_the_reference(name: str, case: tuple[Plain, Rows]) -> None:
    data, rows = case
    pack = parse_pack(json.dumps(data, ensure_ascii=False))
    if not any(row for row in rows):
        return  # no column at all is an error of its own
    prospects, lines = run(pack, rows, ENGINES[name]())
    assert [figures(one) for one in prospects] == [expected(one) for one in evaluate(data, rows)]
    assert [{key: value for key, value in line.items() if key.startswith("psm_")} for line in lines] == [
        exported(pack, one) for one in prospects
    ]


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize(
    ("cell", "verdict"),
    [("12b", "disqualified"), ("12,000,000,000.01", "qualified"), ("> 12b", "qualified"), ("1-12b", "disqualified")],
)
def test_an_exclusive_bound_stays_exclusive_for_large_numbers(name: str, cell: str, verdict: str) -> None:
    criterion = {"when": {"turnover": {"more_than": "12b"}}, "points": "10", "required": "true"}
    data = {
        "pack": {"name": "large"},
        "fields": {"turnover": {"type": "money"}},
        "scorecards": {"fit": {"criteria": {"large": criterion}, "bands": {"A": {"at_least": "0"}}}},
    }
    prospects, lines = run(parse_pack(json.dumps(data)), [{"turnover": cell}], ENGINES[name]())
    assert (prospects[0].verdict, lines[0]["psm_verdict"]) == (verdict, verdict)
