"""`psm-qualify sql`: the text in every dialect, and what is refused.

`PSM_QUALIFY_GOLDEN=1 pytest tests/test_sql.py` writes the golden files anew; look at the difference.
"""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import sqlglot

import psm_qualify
from psm_qualify.cli import sql
from psm_qualify.dialects.all import DIALECTS
from psm_qualify.dialects.signs import with_groups_only, with_one_group
from psm_qualify.errors import UsageError
from psm_qualify.rules.loader import load_pack, parse_pack

GOLDEN = Path(__file__).parent / "golden" / "sql"
COLUMNS = {
    "id": "ID",
    "name": "Company",
    "notes": "Notes",
    "staff": "Employees",
    "sellers": 'Sales "team"',
    "led_by": "Led by",
    "attained": "Attainment",
    "age": "Age",
    "revenue": "Revenue",
    "trade": "Trade",
}


def psm(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "psm_qualify", "sql", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_golden(dialect: str) -> None:
    path = GOLDEN / f"{dialect}.sql"
    if os.environ.get("PSM_QUALIFY_GOLDEN"):
        path.write_text(golden(dialect), encoding="utf-8")
    assert golden(dialect) == path.read_text(encoding="utf-8")


def test_the_command_completes_every_dialect() -> None:
    assert tuple(DIALECTS) == sql.DIALECTS


def golden(dialect: str) -> str:
    pack = load_pack(str(GOLDEN / "pack.yaml"))
    return psm_qualify.to_sql(pack, dialect, table="crm.accounts", columns=COLUMNS, view="psm_fit")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_is_one_statement_that_names_criteria_and_sources(dialect: str) -> None:
    text = golden(dialect)
    (statement,) = sqlglot.parse(text, read=DIALECTS[dialect].sqlglot)
    assert isinstance(statement, sqlglot.exp.Create)
    assert "fit.small: Small sales force (S2)" in text
    # What a title says can't end its comment.
    assert "DROP TABLE" in text
    assert not list(statement.find_all(sqlglot.exp.Drop))
    outputs = statement.expression.named_selects
    assert outputs[:4] == ["id", "name", "psm_rank", "psm_verdict"]
    assert outputs[-6:] == [
        "psm_fit_small",
        "psm_fit_gap",
        "psm_bond_old",
        "psm_bond_wealthy",
        "psm_bond_trusted",
        "psm_bond_advises",
    ]


def test_the_view_can_be_made_and_asked() -> None:
    with duckdb.connect() as db:
        db.execute("CREATE SCHEMA crm")
        named = ", ".join('"' + column.replace('"', '""') + '" VARCHAR' for column in COLUMNS.values())
        db.execute(f"CREATE TABLE crm.accounts ({named})")
        db.execute("INSERT INTO crm.accounts (ID, Notes) VALUES ('7', 'five reps. nobody leads them')")
        db.execute(golden("duckdb"))
        assert db.execute("SELECT id, psm_rank, psm_verdict, psm_fit_small FROM psm_fit").fetchall() == [
            ("7", 1, "qualified", "met")
        ]


def test_numbers_of_a_table_are_read_like_texts() -> None:
    pack = load_pack(str(GOLDEN / "pack.yaml"))
    query = psm_qualify.to_sql(pack, table="t", columns={"id": "id", "sellers": "n", "realistic": "r"})
    with duckdb.connect() as db:
        db.execute("CREATE TABLE t AS SELECT 1 AS id, 4.0 AS n, FALSE AS r")
        inner = query.rstrip().rstrip(";")
        found = db.execute(f"SELECT psm_fit_small, psm_fit_score, psm_fit_gap FROM ({inner})").fetchall()
    # 30 of the points from -10 to 60 are certain: 100 x (30 + 10) / 70.
    assert found == [("met", Decimal("57.1"), "unknown")]


def test_a_decimal_comma_is_read_where_it_is_said() -> None:
    pack = load_pack(str(GOLDEN / "pack.yaml"))
    with duckdb.connect() as db:
        db.execute("CREATE TABLE t AS SELECT 'a' AS id, '600.000,50' AS revenue")
        found = []
        for comma in (False, True):
            query = psm_qualify.to_sql(pack, table="t", columns={"id": "id", "revenue": "revenue"}, decimal_comma=comma)
            found += db.execute(f"SELECT psm_bond_wealthy FROM ({query.rstrip().rstrip(';')})").fetchall()
    assert found == [("unknown",), ("met",)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--dialect", "mysql"], "--dialect mysql: there is no such dialect"),
        (["--table", "order"], "order is a word of DuckDB's own"),
        (["--table", "my table"], "is no name of a table"),
        (["--create-view", "a.select"], "select is a word of DuckDB's own"),
        (["--map", "sales_rep=Reps"], "did you mean 'sales_reps'?"),
        (["--map", "sales_reps=Reps"], "name its column with --map id=COLUMN, or leave ranks out with --no-rank"),
        (["--columns", "A,B"], "no column feeds any field"),
        (["--columns", "Sales reps,Domain", "--map", "id=Key"], "prospects has no column 'Key'"),
        (["--decimal", "dot"], "write comma"),
        (["--create-view", "only", "--dialect", "postgres"], "only is a word of PostgreSQL's own"),
        (["--table", "crm.qualify", "--dialect", "snowflake"], "qualify is a word of Snowflake's own"),
        (["--dialect", "bigquery"], "BigQuery takes a query of 1,024,000 characters"),
        (["--sheet", "Accounts"], "--sheet goes with a LIST"),
        (["list.csv", "--columns", "A"], "exclude one another"),
        (["nowhere.csv"], "nowhere.csv"),
    ],
)
def test_wrong_usage_is_told_in_a_line(tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "list.csv").write_text("id,sales reps\n1,2\n", encoding="utf-8")
    done = psm(*arguments, folder=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_a_list_tells_the_columns_of_the_table(tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_text("Record ID;Sales Team Size;Fax\n1;2;3\n", encoding="utf-8")
    done = psm("export.csv", "--dialect", "snowflake", "--table", "CRM.ACCOUNTS", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "--   sales_reps: Sales Team Size\n" in done.stdout
    assert 'CAST("Sales Team Size" AS VARCHAR) AS "sales_reps"' in done.stdout
    assert "FROM CRM.ACCOUNTS" in done.stdout
    assert "Fax" not in done.stdout
    named = psm("--columns", "Record ID,Sales Team Size", "--dialect", "snowflake", "--table", "CRM.ACCOUNTS")
    assert named.stdout == done.stdout


def test_without_ranks_nothing_is_sorted(tmp_path: Path) -> None:
    done = psm("--no-rank", "--map", "sales_reps=Reps", "-o", "fit.sql", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    text = (tmp_path / "fit.sql").read_text(encoding="utf-8")
    assert "ORDER BY" not in text
    assert "psm_rank" not in text


def a_pack(pattern: str, value: str = "nobody", criterion: str = "led") -> psm_qualify.Pack:
    return parse_pack(f"""
pack: {{name: p}}
fields:
  id: {{type: text}}
  notes: {{type: text}}
  leader: {{type: choice, choices: {{nobody: [none], owner: ['/{pattern}/']}}}}
scorecards:
  fit:
    criteria: {{{criterion}: {{required: true, when: {{leader: owner}}, points: 1}}}}
    bands: {{A: {{at_least: 0}}}}
""")


def test_what_a_dialect_lacks_is_refused_with_its_place() -> None:
    lazy = a_pack("own.*?er")
    for dialect in ("duckdb", "spark", "bigquery", "postgres"):
        assert "own.*?er" in psm_qualify.to_sql(lazy, dialect)
    with pytest.raises(UsageError, match="repeats more than 255 times"):
        psm_qualify.to_sql(a_pack("x{300}"), "postgres")
    with pytest.raises(UsageError, match="can't be told as part of a class"):
        psm_qualify.to_sql(a_pack(r"own[^\W\d]"), "postgres")
    with pytest.raises(UsageError, match=r"Snowflake can't run these rules[^$]*leader__fits_1: a repetition"):
        psm_qualify.to_sql(lazy, "snowflake")


def test_what_a_group_catches_is_not_left_to_chance() -> None:
    pack = parse_pack("""
pack: {name: p}
fields:
  id: {type: text}
  notes: {type: text}
  reps: {type: number, infer: [{from: [notes], find: '(\\d+?) reps', value: $1}]}
scorecards: {fit: {criteria: {few: {required: true, when: {reps: 3}, points: 1}}, bands: {A: {at_least: 0}}}}
""")
    columns = {"id": "id", "notes": "notes"}
    assert "reps" in psm_qualify.to_sql(pack, "bigquery", columns=columns)
    with pytest.raises(UsageError, match=r"PostgreSQL can't run[^$]*reps__candidate_1: what a group catches"):
        psm_qualify.to_sql(pack, "postgres", columns=columns)


def test_names_fit_the_dialect() -> None:
    long = a_pack("owner", criterion="led_by_" + "somebody_who_" * 5 + "owns_it")
    with pytest.raises(UsageError, match="63 bytes in its name; give the criterion or scorecard a shorter id"):
        psm_qualify.to_sql(long, "postgres")
    fitting = a_pack("owner", criterion="led_by_somebody_who_owns_all_of_the_firm")
    text = psm_qualify.to_sql(fitting, "postgres")
    names = {each.name for each in sqlglot.parse_one(text, read="postgres").find_all(sqlglot.exp.Identifier)}
    assert max(len(name) for name in names) <= 63
    assert "psm_fit_led_by_somebody_who_owns_all_of_the_firm" in names


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_table_and_its_columns_keep_their_names(dialect: str) -> None:
    columns = {"id": "i" * 70, "leader": "Sales\nLeader, `who` \\"}
    text = psm_qualify.to_sql(a_pack("owner"), dialect, table=f'crm."{"t" * 70}"', columns=columns)
    names = {
        each.name for each in sqlglot.parse_one(text, read=DIALECTS[dialect].sqlglot).find_all(sqlglot.exp.Identifier)
    }
    assert {"i" * 70, "t" * 70, columns["leader"]} <= names


@pytest.mark.parametrize("name", ["alter", "force", "xor", "rollback"])
def test_a_table_may_be_called_like_a_statement(name: str) -> None:
    assert f"FROM {name}\n" in psm_qualify.to_sql(a_pack("owner"), "spark", table=name)


def test_without_a_mapping_all_fields_are_fed_and_facts_inferred() -> None:
    text = psm_qualify.to_sql(load_pack(str(GOLDEN / "pack.yaml")))
    assert 'CAST("notes" AS TEXT)' in text
    assert "sellers__candidate_1" in text
    with pytest.raises(UsageError, match="the pack has no field 'seller'; did you mean 'sellers'"):
        psm_qualify.to_sql(load_pack(str(GOLDEN / "pack.yaml")), columns={"id": "id", "seller": "n"})
    with pytest.raises(UsageError, match="no column feeds any field"):
        psm_qualify.to_sql(load_pack(str(GOLDEN / "pack.yaml")), columns={}, ranked=False)


def test_columns_may_hold_commas(tmp_path: Path) -> None:
    done = psm("--columns", 'id, "Sales reps, all", fax', "--map", "sales_reps=Sales reps, all", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert 'CAST("Sales reps, all" AS TEXT) AS "sales_reps"' in done.stdout


@pytest.mark.parametrize(
    ("pattern", "number", "one", "only"),
    [
        ("(a)(?:b)(c(d))", 2, "(?:a)(?:b)(c(?:d))", ("(a)(b)(c(d))", 3)),
        (r"\((a)[(]", 1, r"\((a)[(]", (r"\((a)[(]", 1)),
        ("(a)b", 0, "(?:a)b", ("(a)b", 0)),
    ],
)
def test_groups_are_counted_anew(pattern: str, number: int, one: str, only: tuple[str, int]) -> None:
    assert with_one_group(pattern, number) == one
    assert with_groups_only(pattern, number) == only
