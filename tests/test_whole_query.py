"""The pack as one query: every server that can run here gives, row for row, what the engines give."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from psm_qualify.compile.query import Query
from psm_qualify.rules.loader import load_pack, parse_pack
from psm_qualify.rules.pack import Pack
from psm_qualify.scoring import score
from psm_qualify.warehouse import to_sql
from reference import evaluate
from servers import SERVERS, TABLE, Server, flat, read_csv
from test_parity import Plain, Rows, cases

EXAMPLES = Path(__file__).parents[1] / "examples"
SENTENCES = Path(__file__).parent / "labelled" / "sentences.csv"
TRIES = {"duckdb": 120, "postgres": 120, "spark": 200}
"""Random packs for each server. Spark stands for the cluster, so it gets the most."""


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[tuple[str, Server]]:
    """Each server in turn, after the dialect that it speaks."""
    with SERVERS[request.param]() as running:
        yield request.param, running


def line_of(pack: Pack, answer: Mapping[str, Any]) -> dict[str, str]:
    """What a flat export says of a prospect that the reference evaluator judged."""
    names = Query(pack, ())
    line = {
        "id": f"{answer['row']:04}",
        "psm_rank": str(answer["rank"]),
        "psm_verdict": answer["verdict"],
        "psm_provisional": str(answer["provisional"]).lower(),
    }
    for card, found in answer["scorecards"].items():
        prefix = f"psm_{names.card_names[card]}"
        line |= {
            f"{prefix}_score": f"{found['score']:.1f}",
            f"{prefix}_potential": f"{found['high']:.1f}",
            f"{prefix}_known": f"{found['known']:.3f}",
            f"{prefix}_band": found["band"],
        }
    for found in answer["criteria"]:
        line[f"psm_{names.criteria_names[found['scorecard'] + ' ' + found['id']]}"] = found["verdict"]
    return line


def test_random_packs_agree_with_the_reference(server: tuple[str, Server]) -> None:
    dialect, running = server

    # Nothing is made smaller when it fails: each try is a query of its own.
    @settings(max_examples=TRIES[dialect], deadline=None, suppress_health_check=list(HealthCheck),
              phases=(Phase.explicit, Phase.reuse, Phase.generate))  # fmt: skip
    @given(case=cases())
    def agrees(case: tuple[Plain, Rows]) -> None:
        data, rows = case
        data["fields"]["id"] = {"type": "text"}
        rows = [{"id": f"{number:04}", **row} for number, row in enumerate(rows, 1)]
        pack = parse_pack(json.dumps(data, ensure_ascii=False))
        columns = list(dict.fromkeys(field for row in rows for field in row))
        running.load(columns, [[row.get(column) for column in columns] for row in rows])
        query = to_sql(pack, dialect, table=TABLE, columns={column: column for column in columns})
        assert flat(*running.run(query)) == [line_of(pack, one) for one in evaluate(data, rows)]

    agrees()


def by_engine(path: Path, pack: Pack, out: Path) -> dict[str, dict[str, str]]:
    """What the engine of this machine says of each prospect, by id; ranks and firms that stand twice left out."""
    with score([path], pack) as ranking:
        ranking.write_csv(out)
        columns = ranking.task.tables[0]
        headers = {columns.header(field): field for field in columns.columns}
    with out.open(newline="", encoding="utf-8") as file:
        lines = [{headers.get(key, key): value for key, value in line.items()} for line in csv.DictReader(file)]
    return {
        line["id"]: {key: line[key] for key in sorted(line.keys() - {"psm_rank", "psm_duplicates"})} for line in lines
    }


def by_server(path: Path, pack: Pack, dialect: str, running: Server) -> dict[str, dict[str, str]]:
    columns, rows = read_csv(path)
    with score([path], pack) as ranking:
        mapped = ranking.task.tables[0]
        fed = {field: mapped.header(field) for field in mapped.columns}
    running.load(columns, rows)
    lines = flat(*running.run(to_sql(pack, dialect, table=TABLE, columns=fed)))
    assert sorted(int(line.pop("psm_rank")) for line in lines) == list(range(1, len(rows) + 1))
    return {line["id"]: dict(sorted(line.items())) for line in lines}


def test_the_examples_come_out_as_with_the_engine(server: tuple[str, Server], tmp_path: Path) -> None:
    pack, path = load_pack(), EXAMPLES / "prospects.csv"
    assert by_server(path, pack, *server) == by_engine(path, pack, tmp_path / "out.csv")


def test_facts_in_notes_are_found_as_with_the_engine(server: tuple[str, Server], tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    with SENTENCES.open(newline="", encoding="utf-8") as file:
        sentences = list(dict.fromkeys(line["text"] for line in csv.DictReader(file)))[::4]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "notes", "employees", "sales reps"])
        for number, sentence in enumerate(sentences):
            cells = [("", "12", "~5", "10+")[number % 4], ("", "", "3", "n/a", "whatever")[number % 5]]
            writer.writerow([f"{number:04}", sentence, *cells])
    pack = load_pack()
    assert by_server(path, pack, *server) == by_engine(path, pack, tmp_path / "out.csv")


@pytest.mark.parametrize(
    ("pattern", "cell", "found"),
    [
        (r"(?:^|[^\w])5\b", "5é rep", True),  # to the engines no letter beyond A to Z is one of a word
        (r"\bcaf\b", "café", True),
        (r"\Bcaf", "écaf", False),
        (r"\d\d", "٣٣", False),
        (r"[\s]x", "a x", True),
        (r"é+n", "ÉÉN", True),
    ],
)
def test_escapes_mean_the_same_everywhere(server: tuple[str, Server], pattern: str, cell: str, found: bool) -> None:
    dialect, running = server
    pack = parse_pack(f"""
pack: {{name: p}}
fields: {{id: {{type: text}}, trade: {{type: text}}}}
scorecards:
  fit:
    criteria: {{fits: {{required: true, when: {{trade: {{matches: '{pattern}'}}}}, points: 1}}}}
    bands: {{A: {{at_least: 0}}}}
""")
    running.load(["id", "trade"], [["1", cell]])
    (line,) = flat(*running.run(to_sql(pack, dialect, table=TABLE)))
    assert line["psm_verdict"] == ("qualified" if found else "disqualified")
