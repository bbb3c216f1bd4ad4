"""Outcomes packed into patterns, texts that are read once: the quick ways of an engine come out as the plain one."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from psm_qualify.compile.patterns import Patterns
from psm_qualify.compile.query import Query
from psm_qualify.engines.base import Engine
from psm_qualify.engines.direct import DirectEngine
from psm_qualify.engines.duckdb import DuckDBEngine
from psm_qualify.rules.loader import parse_pack
from psm_qualify.rules.pack import Pack
from psm_qualify.scoring import score

MANY = 50
"""So many fields of three bits each that a pattern takes several words."""


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def outcome(path: Path, pack: Pack, engine: Engine) -> tuple[object, ...]:
    """All that a list comes to."""
    with score([path], pack, engine=engine) as ranking:
        summary = ranking.summary
        return summary.verdicts, summary.input.not_understood, list(ranking.who())


def many_fields() -> Pack:
    fields = {f"f{number}": {"type": "yes_no"} for number in range(MANY)}
    fields["f0"] |= {"assume": "yes"}
    criteria = {f"c{number}": {"when": {f"f{number}": "yes"}, "points": str(number + 1)} for number in range(MANY)}
    criteria["c0"] |= {"required": "true"}
    criteria["c1"] |= {"when": {"f1": {"known": "true"}}}
    data = {
        "pack": {"name": "many"},
        "fields": fields,
        "scorecards": {"fit": {"criteria": criteria, "bands": {"all": {"at_least": "0"}}}},
    }
    return parse_pack(json.dumps(data))


def test_a_pattern_of_several_words_loses_nothing(tmp_path: Path) -> None:
    pack = many_fields()
    assert len(Patterns(Query(pack, tuple(pack.fields))).words) > 1
    rng = random.Random(7)
    rows = [rng.choices(["yes", "no", "", "n/a", "perhaps"], k=MANY) for _ in range(300)]
    path = write(tmp_path / "list.csv", list(pack.fields), rows)
    assert outcome(path, pack, DuckDBEngine()) == outcome(path, pack, DirectEngine())


@pytest.mark.parametrize("most", [1_500, 10**9], ids=["texts repeat", "texts are all different"])
def test_columns_with_many_texts_are_read_as_ever(tmp_path: Path, most: int) -> None:
    """More texts than a dictionary of few holds: they are read once each where they repeat, else in place."""
    data = {
        "pack": {"name": "many texts"},
        "fields": {"turnover": {"type": "money"}, "notes": {"type": "text"}},
        "scorecards": {
            "fit": {
                "criteria": {
                    "size": {"when": {"turnover": {"between": ["$1k", "$4k"]}}, "points": "5", "required": "true"},
                    "warm": {"when": {"notes": {"mentions": "referral"}}, "points": "3"},
                },
                "bands": {"all": {"at_least": "0"}},
            }
        },
    }
    rng = random.Random(3)
    rows = []
    for _ in range(30_000):
        amount = rng.randrange(most)
        cell = rng.choice([f"${amount:,}", f"{amount}", f"{amount} or so", ""])
        rows.append([cell, rng.choice(["", f"a referral from {amount}", f"call {amount}", f"ask {amount}"])])
    path = write(tmp_path / "list.csv", ["turnover", "notes"], rows)
    pack = parse_pack(json.dumps(data))
    assert outcome(path, pack, DuckDBEngine()) == outcome(path, pack, DirectEngine())
