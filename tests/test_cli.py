"""The command line as scripts and people use it: exit codes, streams, files, options, harmless output."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLE = str(ROOT / "examples/prospects.csv")
CAFES = str(ROOT / "examples/coffee-roaster/cafes.yaml")
LIST = "id,name,sales reps,sales leader,fax\n1,Ann,3,nobody,x\n2,Bob,4,owner,\n3,Cy,9,nobody,\n4,Di,,,\n"


def command(*args: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    clean = {key: value for key, value in os.environ.items() if key not in ("PSM_QUALIFY_RULES", "COLUMNS", "NO_COLOR")}
    return subprocess.run(
        [sys.executable, "-m", "psm_qualify", *args], input=stdin, env=clean | (env or {}), capture_output=True,
        timeout=60, check=False,
    )  # fmt: skip


def done(*args: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> str:
    """Standard output of a run that went well."""
    result = command(*args, stdin=stdin, env=env)
    assert result.returncode == 0, result.stderr.decode()
    return result.stdout.decode()


def refused(*args: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> str:
    """Standard error of a run that was refused: exit code 2, a message, nothing else."""
    result = command(*args, stdin=stdin, env=env)
    assert (result.returncode, result.stdout) == (2, b""), result.stderr.decode()
    said = result.stderr.decode()
    assert "Traceback" not in said
    assert said.strip()
    return said


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    return path


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


# -- exit codes and streams ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "5,Eve,many,,",
        pytest.param("5,Eve"),
    ],
    ids=["not understood", "rejected"],
)
def test_strict_exits_with_1_where_a_row_or_a_value_is_amiss(line: str, listed: Path) -> None:
    assert command("score", str(listed), "--strict").returncode == 0
    listed.write_text(f"{LIST}{line}\n")
    assert command("score", str(listed)).returncode == 0
    strict = command("score", str(listed), "--strict", "--json")
    assert strict.returncode == 1
    assert json.loads(strict.stdout)["input"]["rows"] == 5


REFUSALS = {
    "no such file": (["gone.csv"], "there is no such file"),
    "a folder": (["/"], "folder"),
    "no file": ([], "FILES"),
    "unknown option": ([EXAMPLE, "--nope"], "--nope"),
    "format": ([EXAMPLE, "--format", "jsno"], "did you mean 'json'?"),
    "ending": ([EXAMPLE, "-o", "out.doc"], ".csv"),
    "negative top": ([EXAMPLE, "--top", "-1"], "--top"),
    "verdict": ([EXAMPLE, "--verdict", "qualfied"], "did you mean 'qualified'?"),
    "scorecard": ([EXAMPLE, "--band", "fti=A"], "did you mean 'fit'?"),
    "band": ([EXAMPLE, "--band", "fit=Z"], "A, B, C, unknown"),
    "band without a name": ([EXAMPLE, "--band", "A"], "NAME=VALUE"),
    "score": ([EXAMPLE, "--min-score", "high"], "a number"),
    "no number": ([EXAMPLE, "--min-score", "nan"], "a number"),
    "mapped field": ([EXAMPLE, "--map", "sales_rep=Industry"], "did you mean 'sales_reps'?"),
    "mapped column": ([EXAMPLE, "--map", "sales_reps=Indusry"], "did you mean 'Industry'?"),
    "mapped twice": ([EXAMPLE, "--map", "notes=Industry", "--map", "notes=Industry"], "twice"),
    "standard input twice": (["-", "-"], "once"),
    "no such rules": ([EXAMPLE, "--rules", "gone.yaml"], "gone.yaml"),
    "kept columns of a table": ([EXAMPLE, "--keep-columns"], "--format csv"),
    "no such folder for JSON": ([EXAMPLE, "-o", "gone/out.json"], "gone/out.json"),
    "output is a folder": ([EXAMPLE, "--json", "-o", "/"], "folder"),
}


@pytest.mark.parametrize(("args", "said"), REFUSALS.values(), ids=REFUSALS)
def test_wrong_usage_exits_with_2_and_says_what_to_do(args: list[str], said: str) -> None:
    assert said in refused("score", *args)


def test_a_csv_into_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "gone" in refused("score", EXAMPLE, "-o", str(tmp_path / "gone/out.csv"))


def test_the_list_itself_is_never_overwritten(listed: Path) -> None:
    refused("score", str(listed), "-o", str(listed))
    assert listed.read_text() == LIST


def test_a_score_beyond_the_scale_is_refused() -> None:
    for score in ("1e999999999", "-1", "101"):
        refused("score", EXAMPLE, "--format", "csv", "--min-score", score)


def test_an_empty_rules_variable_is_none(listed: Path) -> None:
    assert len(done("score", str(listed), "--format", "jsonl", env={"PSM_QUALIFY_RULES": ""}).splitlines()) == 4


def test_a_narrow_encoding_does_no_harm() -> None:
    done("score", EXAMPLE, env={"PYTHONIOENCODING": "ascii"})


def test_data_goes_to_standard_output_and_all_else_to_standard_error(listed: Path) -> None:
    for form in ("json", "jsonl", "csv"):
        result = command("score", str(listed), "--format", form)
        assert b"4 of 4 rows scored" in result.stderr
        assert b"4 of 4 rows" not in result.stdout
    assert command("score", str(listed)).stderr == b""


def test_a_closed_pipe_ends_in_silence() -> None:
    text = f"{sys.executable} -m psm_qualify score {EXAMPLE} --json | head -c 1"
    result = subprocess.run(["bash", "-c", text], capture_output=True, timeout=60, check=False)
    assert (result.stdout, result.stderr) in ((b"{", b""), (b"{", command("score", EXAMPLE, "--json").stderr))


# -- input and output ----------------------------------------------------------------------------------------------


def test_a_dash_is_standard_input(listed: Path) -> None:
    piped = json.loads(done("score", "-", "--json", stdin=LIST.encode()))
    read = json.loads(done("score", str(listed), "--json"))
    assert piped["input"]["files"] == ["-"]
    assert {one["file"] for one in piped["prospects"]} == {"-"}
    assert [one["name"] for one in piped["prospects"]] == [one["name"] for one in read["prospects"]]
    assert "-: the file is empty" in refused("score", "-")


def test_the_ending_names_the_format(listed: Path, tmp_path: Path) -> None:
    for ending, form in {"json": "json", "jsonl": "jsonl", "ndjson": "jsonl", "CSV": "csv"}.items():
        out = tmp_path / f"out.{ending}"
        result = command("score", str(listed), "-o", str(out))
        assert (result.returncode, result.stdout) == (0, b"")
        assert out.read_text() == done("score", str(listed), "--format", form)


def test_a_format_goes_before_the_ending(listed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    done("score", str(listed), "-o", str(out), "--json")
    assert json.loads(out.read_text())["schema"] == 1


def test_an_error_leaves_the_old_file_and_no_other(listed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("old")
    refused("score", str(listed), "gone.csv", "-o", str(out))
    refused("score", str(listed), "--band", "fit=Z", "-o", str(out))
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.csv", "out.json"]


def test_a_failure_while_writing_leaves_no_part_of_a_file(
    listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from psm_qualify.cli.options import written

    out = tmp_path / "out.json"
    out.write_text("old")

    def fail() -> None:
        with written(out) as partial:
            assert partial is not None
            partial.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.csv", "out.json"]


def test_the_summary_is_all_but_the_prospects(listed: Path, tmp_path: Path) -> None:
    lines = done("score", str(listed), "--format", "jsonl", "--summary", str(tmp_path / "rest.json")).splitlines()
    whole = json.loads(done("score", str(listed), "--json"))
    rest = json.loads((tmp_path / "rest.json").read_text())
    assert {**rest, "prospects": [json.loads(line) for line in lines]} == whole


# -- filters, mapping, rules ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "keeps"),
    [
        (["--top", "3"], lambda one: one["rank"] <= 3),
        (["--verdict", "needs-info"], lambda one: one["verdict"] == "needs_info"),
        (["--verdict", "needs_info", "--verdict", "disqualified"], lambda one: one["verdict"] != "qualified"),
        (["--band", "fit=B", "--band", "fit=C"], lambda one: one["scorecards"]["fit"]["band"] in "BC"),
        (
            ["--band", "fit=A", "--band", "relationship=mixed"],
            lambda one: (one["band"], one["scorecards"]["relationship"]["band"]) == ("A", "mixed"),
        ),
        (["--min-score", "69"], lambda one: one["score"] >= 69),
    ],
    ids=["top", "verdict", "verdicts", "bands", "cards", "score"],
)  # fmt: skip
def test_filters_keep_the_ranks_of_the_full_list(options: list[str], keeps) -> None:  # type: ignore[no-untyped-def]
    whole = json.loads(done("score", EXAMPLE, "--json"))["prospects"]
    expected = [one for one in whole if keeps(one)]
    assert 0 < len(expected) < len(whole)
    assert json.loads(done("score", EXAMPLE, "--json", *options))["prospects"] == expected
    ranks = [int(line["psm_rank"]) for line in rows_of(done("score", EXAMPLE, "--format", "csv", *options))]
    assert ranks == [one["rank"] for one in expected]


def test_a_column_can_be_given_to_a_field(listed: Path) -> None:
    listed.write_text("name,who sells here,sales reps\nAnn,3,9\n")
    read = json.loads(done("score", str(listed), "--json", "--map", "sales_reps=Who Sells Here"))
    assert read["prospects"][0]["facts"]["sales_reps"] == {
        "value": "3", "read": "3", "low": 3, "high": 3, "how": "cell", "column": "who sells here",
    }  # fmt: skip
    assert read["input"]["unused_columns"] == ["sales reps"]


LAYER = """
fields:
  town: {type: text, columns: [town]}
scorecards:
  fit:
    criteria:
      near_us: {when: {town: {is: Ghent}}, points: 10}
"""


def test_rules_are_laid_one_over_another(listed: Path, tmp_path: Path) -> None:
    ours = tmp_path / "ours.yaml"
    ours.write_text(LAYER)
    listed.write_text("name,town\nAnn,Bruges\nBob,Ghent\n")
    by_option = done("score", str(listed), "--json", "--rules", "psm", "--rules", str(ours))
    read = json.loads(by_option)
    assert [one["name"] for one in read["prospects"]] == ["Bob", "Ann"]
    assert read["pack"]["rules"] == ["psm", str(ours)]
    by_variable = done("score", str(listed), "--json", env={"PSM_QUALIFY_RULES": os.pathsep.join(["psm", str(ours)])})
    assert by_variable == by_option


def test_the_option_goes_before_the_variable(listed: Path) -> None:
    listed.write_text("cafe,monthly spend\nAnn,$900\n")
    read = done("score", str(listed), "--json", "--rules", CAFES, env={"PSM_QUALIFY_RULES": "gone.yaml"})
    assert json.loads(read)["pack"]["name"] == "cafes"


# -- headers ---------------------------------------------------------------------------------------------------------


def test_no_known_header_is_refused_with_those_that_would_have_worked(listed: Path) -> None:
    listed.write_text("foo,sales folk\n1,3\n")
    said = refused("score", str(listed))
    assert "'foo', 'sales folk'" in said
    assert "company name" in said
    assert "number of salespeople" in said


def test_names_without_facts_need_info_and_it_is_said_aloud(listed: Path) -> None:
    listed.write_text("company,fax\nAnn,1\nBob,2\n")
    table = done("score", str(listed))
    assert "No column of this list feeds the scorecard" in " ".join(table.split())
    assert "Not counting you, how many people mainly sell?" in table
    result = command("score", str(listed), "--json")
    read = json.loads(result.stdout)
    assert read["verdicts"] == {"qualified": 0, "needs_info": 2, "disqualified": 0}
    assert all(one["questions"] for one in read["prospects"])
    assert b"no column of this list feeds the scorecard" in result.stderr


# -- CSV ---------------------------------------------------------------------------------------------------------------


def test_the_flat_file_begins_with_the_records_id(listed: Path) -> None:
    lines = done("score", str(listed), "--format", "csv").splitlines()
    assert lines[0].startswith("id,name,psm_rank,psm_verdict,psm_provisional,psm_fit_score,")
    assert lines[1].startswith("1,Ann,1,qualified,")
    assert len(lines) == 5


def test_kept_columns_come_first_and_unchanged(listed: Path) -> None:
    cells = [["1", " Ann ", "3", 'a "b"', "x\ny", ""], ["2", "Bob, Co", "4", "-5", "", "+1.5"]]
    out = io.StringIO()
    csv.writer(out).writerows([["id", "name", "sales reps", "Phone", "phone", ""], *cells])
    listed.write_text(out.getvalue())
    kept = list(csv.reader(io.StringIO(done("score", str(listed), "--format", "csv", "--keep-columns"), newline="")))
    flat = list(csv.reader(io.StringIO(done("score", str(listed), "--format", "csv"))))
    assert kept[0][:6] == ["id", "name", "sales reps", "Phone", "phone (2)", "Column 6"]
    assert sorted(line[:6] for line in kept[1:]) == cells
    assert [line[6:] for line in kept] == [line[2:] for line in flat]
    assert len(set(kept[0])) == len(kept[0])


def test_a_file_can_go_round_twice(listed: Path, tmp_path: Path) -> None:
    once, twice = tmp_path / "once.csv", tmp_path / "twice.csv"
    done("score", str(listed), "--keep-columns", "-o", str(once))
    done("score", str(once), "--keep-columns", "-o", str(twice))
    first, second = rows_of(once.read_text()), rows_of(twice.read_text())
    assert [{key: line[key] for key in line if key in first[0]} for line in second] == first


FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\t=1", "+49 30 1234 x"]
HARMLESS = ["-", "-5", "+5", "-1,200.50", "a=b", "Ann", "'", "5-6", "1e5"]


@pytest.mark.parametrize("keep", [["--keep-columns"], []])
def test_a_formula_is_made_text_and_a_number_stays(keep: list[str], listed: Path) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["id", "sales reps"], *([text, "3"] for text in [*FORMULAS, *HARMLESS])])
    listed.write_text(out.getvalue())
    found = [line["id"] for line in rows_of(done("score", str(listed), "--format", "csv", *keep))]
    assert found == [*(f"'{text}" for text in FORMULAS), *HARMLESS]


def test_a_formula_in_a_header_is_made_text(listed: Path) -> None:
    listed.write_text("=1+1,name,sales reps\n1,Ann,3\n")
    assert done("score", str(listed), "--format", "csv", "--keep-columns").startswith("'=1+1,name,")


# -- the terminal ------------------------------------------------------------------------------------------------------

EVIL = "[bold]x[/bold] [link=http://x]y[/link] :smile: \x1b[35;5mred\x1b]0;title\x07 \u202egnp.exe \r\x9b2J"


def test_markup_and_control_codes_reach_the_terminal_as_text(listed: Path) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["name", "sales reps", "sales leader"], [EVIL, EVIL, EVIL]])
    listed.write_text(out.getvalue())
    for env in ({}, {"FORCE_COLOR": "1"}):
        table = done("score", str(listed), env={"COLUMNS": "200", **env})
        assert "[bold]x[/bold]" in table
        assert ":smile:" in table
        for harm in ("\x1b[35", "\x1b]", "\x07", "\u202e", "\r", "\x9b"):
            assert harm not in table
    errors = command("score", str(listed), "--json").stderr
    assert b"\x1b" not in errors
    assert b"\x07" not in errors


def test_a_pipe_and_no_color_get_no_codes() -> None:
    assert "\x1b" not in done("score", EXAMPLE)
    assert "\x1b" not in done("score", EXAMPLE, env={"TERM": "xterm-256color"})


def test_a_terminal_gets_colours_unless_no_color_is_set() -> None:
    def on_a_terminal(**env: str) -> bytes:
        import pty

        shown = bytearray()
        clean = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "psm_qualify", "score", EXAMPLE, "--top", "3"],
            stdout=follower, env=clean | {"TERM": "xterm-256color"} | env,
        )  # fmt: skip
        os.close(follower)
        while True:
            try:
                data = os.read(leader, 1 << 16)
            except OSError:
                break
            if not data:
                break
            shown += data
        os.close(leader)
        assert process.wait() == 0
        return bytes(shown)

    assert b"\x1b[32m" in on_a_terminal() or b"\x1b[1;32m" in on_a_terminal()
    plain = on_a_terminal(NO_COLOR="1")
    assert b"Pinecrest" in plain
    assert not any(b"\x1b[%dm" % code in plain or b";%dm" % code in plain for code in range(30, 38))


# -- cost and constancy ------------------------------------------------------------------------------------------------


def test_the_same_list_gives_the_same_bytes_on_any_number_of_threads(tmp_path: Path) -> None:
    header, *rows = Path(EXAMPLE).read_text().splitlines()
    path = tmp_path / "long.csv"
    path.write_text("\n".join([header, *(rows[n * n % 21] for n in range(6000))]) + "\n")
    code = (
        "import duckdb, os\n"
        "connect = duckdb.connect\n"
        "duckdb.connect = lambda: connect(config={'threads': int(os.environ['THREADS'])})\n"
        "from psm_qualify.cli import main\n"
        "main()"
    )

    def output(threads: int, form: str) -> bytes:
        args = ["score", str(path), "--top", "400" if form == "jsonl" else "6000", "--format", form]
        env = os.environ | {"THREADS": str(threads)}
        done = subprocess.run([sys.executable, "-c", code, *args], env=env, capture_output=True, timeout=60, check=True)
        return done.stdout

    for form in ("csv", "jsonl"):
        first = output(1, form)
        assert first.count(b"\n") == (6001 if form == "csv" else 400)
        assert output(1, form) == output(2, form) == output(8, form) == first
