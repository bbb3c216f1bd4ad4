"""The engine and the one-prospect path against the reference evaluator, on random packs and lists."""

from __future__ import annotations

import csv
import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psm_qualify.results import Prospect
from psm_qualify.rules.loader import parse_pack
from psm_qualify.scoring import score
from reference import evaluate
from strategies import lists, packs

Plain = dict[str, Any]
OUTCOMES = {True: "met", False: "not met", None: "unknown"}


def run(pack: Plain, rows: list[dict[str, str | None]]) -> tuple[list[Prospect], list[dict[str, str]]]:
    """The rows through CSV, SQL and back: prospects, and the flat export."""
    fields = list(dict.fromkeys(field for row in rows for field in row))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list.csv")
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["row number", *fields])
            writer.writerows([n, *(row.get(field) or "" for field in fields)] for n, row in enumerate(rows, 1))
        with score([path], parse_pack(json.dumps(pack, ensure_ascii=False))) as ranking:
            prospects = list(ranking)
            ranking.write_csv(Path(folder, "out.csv"))
        with Path(folder, "out.csv").open(newline="", encoding="utf-8") as file:
            return prospects, list(csv.DictReader(file))


def figures(prospect: Prospect) -> Plain:
    """A prospect in the shape of the reference's answer."""
    return {
        "rank": prospect.rank, "row": prospect.row, "verdict": prospect.verdict, "provisional": prospect.provisional,
        "scorecards": {
            name: {"score": card.score, "low": card.low, "high": card.high, "known": card.known, "band": card.band,
                   "best_band": card.best_band, "worst_band": card.worst_band}
            for name, card in prospect.scorecards.items()},
        "criteria": [
            {"scorecard": one.criterion.scorecard, "id": one.criterion.id, "verdict": OUTCOMES[one.verdict],
             "points": one.earned, "least": one.least, "most": one.most, "floor": one.criterion.floor,
             "ceiling": one.criterion.ceiling} for one in prospect.criteria],
        "not_understood": sorted(prospect.not_understood),
    }  # fmt: skip


def expected_figures(answer: Plain) -> Plain:
    """The same keys of the reference's answer."""
    return {
        **{key: answer[key] for key in ("rank", "row", "verdict", "provisional", "scorecards", "criteria")},
        "not_understood": sorted(answer["not_understood"]),
    }


@st.composite
def cases(draw: st.DrawFn) -> tuple[Plain, list[dict[str, str | None]]]:
    """A pack and a list that has at least one column for it."""
    pack = draw(packs())
    rows = draw(lists(pack))
    return pack, rows


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_random_packs_agree_with_the_reference(case: tuple[Plain, list[dict[str, str | None]]]) -> None:
    pack, rows = case
    if not any(row for row in rows):
        return
    prospects, _ = run(pack, rows)
    assert [figures(one) for one in prospects] == [expected_figures(one) for one in evaluate(pack, rows)]
