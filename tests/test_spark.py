"""Scoring with Spark: in this process, on a cluster whose worker dies, and through Spark Connect."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from clusters import connect_server, kill, standalone
from psm_qualify.errors import InputError, OutputError, UsageError
from psm_qualify.rules.loader import load_pack, parse_pack
from psm_qualify.scoring import score
from psm_qualify.selection import Filter
from reference import evaluate
from servers import INTERPRETED, needs_spark
from test_parity import Plain, Rows, cases, expected, figures
from test_whole_query import line_of

SCHEMA = json.loads(files("psm_qualify").joinpath("schemas/result.schema.json").read_text(encoding="utf-8"))
EXAMPLES = Path(__file__).parents[1] / "examples" / "prospects.csv"
PACK = """
pack: {name: small, rank_by: [fit]}
fields:
  id: {type: text}
  name: {type: text}
  reps: {type: number}
  revenue: {type: money}
  led_by: {type: choice, choices: {nobody: [no one, unmanaged], owner: ["/owner|founder/"]}}
scorecards:
  fit:
    criteria:
      small: {required: true, when: {reps: {between: [1, 6]}}, points: 30}
      unmanaged: {when: {led_by: nobody}, points: 20}
      wealthy: {when: {revenue: {at_least: $1000}}, points: 10}
    bands: {A: {at_least: 50}, B: {at_least: 0}}
"""


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    needs_spark()
    from psm_qualify.engines.spark_session import started

    with started(master="local[2]", settings=INTERPRETED) as running:
        yield running


def scored(session: Any, *paths: Path, pack: Any = None, **options: Any) -> Any:
    from psm_qualify.clusters import score_with_spark

    return score_with_spark(session, [str(path) for path in paths], pack or parse_pack(PACK), **options)


def written(folder: Path) -> list[dict[str, str]]:
    """The rows of a folder of CSV part files, in the order of the parts."""
    lines: list[dict[str, str]] = []
    for part in sorted(folder.glob("part-*.csv")):
        with part.open(newline="", encoding="utf-8") as file:
            lines += csv.DictReader(file)
    return lines


def a_list(path: Path, rows: Sequence[str], header: str = "id,name,reps,led by,revenue") -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_random_packs_agree_with_the_reference(session: Any, tmp_path: Path) -> None:
    tried = 0

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck),
              phases=(Phase.explicit, Phase.reuse, Phase.generate))  # fmt: skip
    @given(case=cases())
    def agrees(case: tuple[Plain, Rows]) -> None:
        nonlocal tried
        tried += 1
        data, rows = case
        data["fields"]["id"] = {"type": "text"}
        rows = [{"id": f"{number:04}", **row} for number, row in enumerate(rows, 1)]
        pack = parse_pack(json.dumps(data, ensure_ascii=False))
        path, out = tmp_path / f"{tried}.csv", tmp_path / f"{tried}"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(field for row in rows for field in row)))
            writer.writeheader()
            writer.writerows(rows)
        ranking = scored(session, path, pack=pack, decimal="point")
        answers = evaluate(data, rows)
        nowhere = [{**expected(one), "row": 0} for one in answers]
        assert [figures(one) for one in ranking] == nowhere
        ranking.write(str(out), "csv")
        assert written(out) == [line_of(pack, one) for one in answers]

    agrees()


def test_the_examples_come_out_as_on_one_machine(session: Any, tmp_path: Path) -> None:
    pack = load_pack()
    ranking = scored(session, EXAMPLES, pack=pack)
    with score([EXAMPLES], pack) as alone:
        assert ranking.summary.verdicts == alone.summary.verdicts
        alike = {(one.field, one.value): (one.count, one.hint) for one in alone.summary.input.not_understood}
        found = {(one.field, one.value): (one.count, one.hint) for one in ranking.summary.input.not_understood}
        assert found == alike
        mine = {one.id: replace(one, rank=0, row=0, line=0, questions=()) for one in alone}
    assert {one.id: replace(one, rank=0, questions=()) for one in ranking} == mine


def test_filters_keep_the_ranks_of_the_full_list(session: Any, tmp_path: Path) -> None:
    rows = [f"P{n:03},Firm {n},{n % 9},{('nobody', 'owner', '')[n % 3]},{n * 100}" for n in range(60)]
    path = a_list(tmp_path / "list.csv", rows)
    with score([path], parse_pack(PACK)) as alone:
        ranks = {one.id: one.rank for one in alone}
    chosen = Filter(top=7, verdicts=("disqualified",), bands={"fit": ("B",)})
    kept = list(scored(session, path, chosen=chosen))
    assert len(kept) == 7
    assert {one.verdict for one in kept} == {"disqualified"}
    assert [one.rank for one in kept] == [ranks[one.id] for one in kept]
    assert [one.rank for one in kept] == sorted(one.rank for one in kept)


def test_a_band_that_is_none_is_told(session: Any, tmp_path: Path) -> None:
    path = a_list(tmp_path / "list.csv", ["1,Acme,3,,"])
    with pytest.raises(UsageError, match="fit has the bands A, B, unknown"):
        scored(session, path, chosen=Filter(bands={"fit": ("Z",)}))


def test_parts_hold_all_in_rank_order_however_many_there_are(
    session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("psm_qualify.engines.spark._ROWS_A_PART", 40)
    rows = [f"P{n:03},,{n % 4},," for n in range(200)]
    ranking = scored(session, a_list(tmp_path / "list.csv", rows))
    ranking.write(str(tmp_path / "out"), "csv")
    lines = written(tmp_path / "out")
    assert len([*(tmp_path / "out").glob("part-*.csv")]) > 1
    assert [int(line["psm_rank"]) for line in lines] == list(range(1, 201))
    with score([tmp_path / "list.csv"], parse_pack(PACK)) as alone:
        assert [line["id"] for line in lines] == [one.id for one in alone]


def test_what_is_written_as_jsonl_and_parquet_is_the_same(session: Any, tmp_path: Path) -> None:
    path = a_list(tmp_path / "list.csv", ["1,=cmd,3,nobody,", "2,Acme,,owner,5k"])
    ranking = scored(session, path)
    for format_ in ("csv", "jsonl", "parquet"):
        ranking.write(str(tmp_path / format_), format_)
    lines = [json.loads(line) for part in sorted((tmp_path / "jsonl").glob("part-*.json"))
             for line in part.read_text(encoding="utf-8").splitlines()]  # fmt: skip
    rows = session.read.parquet(str(tmp_path / "parquet")).orderBy("psm_rank").collect()
    assert [row["name"] for row in rows] == [line["name"] for line in lines] == ["=cmd", "Acme"]
    assert [line["psm_verdict"] for line in lines] == ["qualified", "needs_info"]
    # Only a CSV may land in a spreadsheet, which would run the name.
    assert [line["name"] for line in written(tmp_path / "csv")] == ["'=cmd", "Acme"]


def test_without_ranks_no_id_is_needed(session: Any, tmp_path: Path) -> None:
    path = a_list(tmp_path / "list.csv", ["Acme,3"], header="name,reps")
    with pytest.raises(UsageError, match="--map id=COLUMN, or leave ranks out with --no-rank"):
        scored(session, path)
    ranking = scored(session, path, ranked=False)
    ranking.write(str(tmp_path / "out"), "csv", ranked=False)
    (line,) = written(tmp_path / "out")
    assert (line["name"], line["psm_verdict"]) == ("Acme", "qualified")
    assert "psm_rank" not in line


def test_two_rankings_live_beside_one_another_and_the_users_views(session: Any, tmp_path: Path) -> None:
    session.createDataFrame([(1,)], "mine INT").createOrReplaceTempView("points")
    first = scored(session, a_list(tmp_path / "a.csv", ["a,Acme,3,,"]))
    second = scored(session, a_list(tmp_path / "b.csv", ["b,Bell,3,,", "c,Cole,4,,"]))
    assert [one.id for one in first] == ["a"]
    assert [one.id for one in second] == ["b", "c"]
    first.write(str(tmp_path / "out"), "csv")
    assert [line["id"] for line in written(tmp_path / "out")] == ["a"]
    assert session.table("points").columns == ["mine"]
    views = session.sql("SHOW VIEWS").count()
    second.close()
    assert session.sql("SHOW VIEWS").count() < views


def test_files_of_a_folder_have_to_have_the_same_headers(session: Any, tmp_path: Path) -> None:
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    a_list(folder / "a.csv", ["1,3"], header="id,reps")
    a_list(folder / "b.csv", ["4,2"], header="reps,id")
    with pytest.raises(InputError, match="don't all have the same headers in the same order"):
        scored(session, folder)
    a_list(folder / "b.csv", ["2,4"], header="id,reps")
    assert [one.id for one in scored(session, folder)] == ["1", "2"]


def test_encodings_and_byte_order_marks(session: Any, tmp_path: Path) -> None:
    marked, western = tmp_path / "marked.csv", tmp_path / "western.csv"
    marked.write_bytes("\ufeffid,name,reps\n1,Zoë,3\n".encode())
    western.write_bytes("id,naam,reps,größe\n1,Zoë,3,\n".encode("latin-1"))
    assert [(one.id, one.name) for one in scored(session, marked)] == [("1", "Zoë")]
    (one,) = scored(session, western, encoding="latin-1", mapping={"name": "naam", "revenue": "größe"})
    assert one.name == "Zoë"
    with pytest.raises(UsageError, match="Spark reads UTF-8, ISO-8859-1, US-ASCII"):
        scored(session, marked, encoding="utf-16")


def test_a_record_that_holds_nothing_is_none(session: Any, tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    path.write_text('{}\n{"id": null, "reps": " "}\n{"id": 8, "re`ps": 1, "reps": 3}\n', encoding="utf-8")
    ranking = scored(session, path)
    assert [one.id for one in ranking] == ["8"]
    assert ranking.summary.input.scored == 1


def test_every_row_has_a_fate(session: Any, tmp_path: Path) -> None:
    rows = ["1,Acme,3,nobody,", "2,Short,3", "", ",,,,", '3,"Bell, Inc",2,,', "4,Long,1,,,,,7"]
    ranking = scored(session, a_list(tmp_path / "list.csv", rows))
    assert {one.name for one in ranking} == {"Acme", "Bell, Inc"}
    read = ranking.summary.input
    assert (read.rows, read.scored) == (4, 2)
    assert sorted(one.text for one in read.rejected) == ["2,Short,3", "4,Long,1,,,,,7"]


def test_files_are_read_each_in_its_own_columns_and_decimals(session: Any, tmp_path: Path) -> None:
    first = a_list(tmp_path / "a.csv", ["a1;Un;2;1.200,50", "a2;Deux;2;999,50"], header="id;name;reps;revenue")
    second = a_list(tmp_path / "b.tsv", ["One\t1,200.50\tb1\t9"], header="name\trevenue\tid\treps")
    found = {one.id: one for one in scored(session, first, second)}
    wealth = {id_: next(each.verdict for each in one.criteria if each.criterion.id == "wealthy")
              for id_, one in found.items()}  # fmt: skip
    assert wealth == {"a1": True, "a2": False, "b1": True}
    assert found["b1"].file == str(second)
    assert found["a1"].facts["revenue"].value == "1.200,50"


def test_json_lines_and_parquet_are_read(session: Any, tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    path.write_text('{"id": 7, "reps": 3, "led by": "nobody"}\n{"id": 8, "reps": "10+"}\n', encoding="utf-8")
    assert [(one.id, one.verdict) for one in scored(session, path)] == [("7", "qualified"), ("8", "disqualified")]
    session.read.json(str(path)).write.parquet(str(tmp_path / "list.parquet"))
    found = scored(session, tmp_path / "list.parquet")
    assert [(one.id, one.verdict) for one in found] == [("7", "qualified"), ("8", "disqualified")]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere.csv", "Spark finds nothing there"),
        ("folder", "add --input-format csv, json or parquet"),
        ("broken.parquet", "no Parquet file"),
        ("empty.csv", "the file is empty"),
        ("strange.csv", "no column feeds any field"),
        ("array.json", "it takes JSON Lines, an object a line"),
    ],
)
def test_what_can_not_be_read_is_told_in_a_line(session: Any, tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "broken.parquet").write_text("no parquet", encoding="utf-8")
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    a_list(tmp_path / "strange.csv", ["1,2"], header="a,b")
    (tmp_path / "array.json").write_text('[\n {"id": 1,\n  "reps": 3}\n]\n', encoding="utf-8")
    with pytest.raises((InputError, UsageError), match=message):
        scored(session, tmp_path / name)


def test_a_file_that_no_worker_can_read_is_told(session: Any, tmp_path: Path) -> None:
    from psm_qualify.engines import spark_tables

    path = a_list(tmp_path / "list.csv", ["1,Acme,3,,"])
    opened = spark_tables.open_spark_table(session, str(path), None, None)
    path.unlink()  # gone when the workers look, as where only the driver sees it
    with (
        pytest.raises(InputError, match="where driver and workers alike see it"),
        spark_tables.failing(InputError, str(path)),
    ):
        opened.frame.count()


def test_what_is_there_is_not_written_over(session: Any, tmp_path: Path) -> None:
    from psm_qualify.clusters import check_free

    check_free(session, str(tmp_path / "new"))
    with pytest.raises(OutputError, match="there is something already"):
        check_free(session, str(tmp_path))
    ranking = scored(session, a_list(tmp_path / "list.csv", ["1,Acme,3,,"]))
    with pytest.raises(OutputError, match="there is something already"):
        ranking.write(str(tmp_path), "csv")


def by_id(lines: Sequence[Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    return {line["id"]: line for line in lines}


def test_a_worker_that_dies_loses_nothing(tmp_path: Path) -> None:
    rows = [f"P{n:05},Firm {n},{n % 9},{('nobody', 'the owner', '')[n % 3]},{n * 7}" for n in range(20_000)]
    path = a_list(tmp_path / "list.csv", rows)
    with score([path], parse_pack(PACK)) as alone:
        ranks = [one.id for one in alone]
    many = {"spark.sql.files.maxPartitionBytes": "16k", "spark.sql.shuffle.partitions": "8",
            "spark.executor.memory": "512m", "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1"}  # fmt: skip
    with standalone(workers=2) as cluster:
        from psm_qualify.engines.spark_session import started

        with started(master=cluster.master, settings=many) as session:
            ranking = scored(session, path)
            done: list[str] = []
            writing = Thread(target=lambda: done.append(ranking.write(str(tmp_path / "out"), "csv") or "written"))
            writing.start()
            tracker = session.sparkContext.statusTracker()
            while writing.is_alive() and not any(
                stage.numCompletedTasks for id_ in tracker.getActiveStageIds() if (stage := tracker.getStageInfo(id_))
            ):
                pass
            assert writing.is_alive(), "it was done before a worker could die"
            kill(cluster.workers[0])
            writing.join()
    assert done == ["written"]
    lines = written(tmp_path / "out")
    assert [line["id"] for line in lines] == ranks
    assert [int(line["psm_rank"]) for line in lines] == list(range(1, len(rows) + 1))


def test_the_command_goes_through_spark_connect(tmp_path: Path) -> None:
    path = a_list(tmp_path / "list.csv", ["1,Acme,3,nobody,", "2,Bell,20,owner,", "3,Cole,,owner,5 reps quit", "4,x"])
    rules = tmp_path / "rules.yaml"
    rules.write_text(PACK, encoding="utf-8")
    with connect_server() as address:
        command = [sys.executable, "-m", "psm_qualify", "score", str(path), "--rules", str(rules)]
        cluster = ["--engine", "spark", "--remote", address]
        shown = subprocess.run([*command, *cluster, "--top", "5", "--json"], capture_output=True, text=True)
        assert shown.returncode == 0, shown.stderr
        document = json.loads(shown.stdout)
        jsonschema.validate(document, SCHEMA)
        assert [(one["id"], one["verdict"], one["row"]) for one in document["prospects"]] == [
            ("1", "qualified", None), ("3", "needs_info", None), ("2", "disqualified", None)]  # fmt: skip
        assert document["input"]["not_understood"][0]["value"] == "5 reps quit"
        assert document["input"]["rejected_rows"][0]["text"] == "4,x"
        out = tmp_path / "out"
        kept = subprocess.run([*command, *cluster, "-o", str(out), "--format", "csv"], capture_output=True, text=True)
        assert kept.returncode == 0, kept.stderr
        assert [line["id"] for line in written(out)] == ["1", "3", "2"]
