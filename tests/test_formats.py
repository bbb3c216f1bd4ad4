"""One list in every format: the same prospects from each; and what is no sound file is refused, never lost."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psm_qualify.engines.direct import DirectEngine
from psm_qualify.engines.duckdb import DuckDBEngine
from psm_qualify.errors import InputError, QualifyError, UsageError
from psm_qualify.render.json import prospect_dict
from psm_qualify.rules.loader import parse_pack
from psm_qualify.scoring import score

ENGINES: Mapping[str, type[DirectEngine] | type[DuckDBEngine]] = {"direct": DirectEngine, "duckdb": DuckDBEngine}
RULES = """
pack: {name: tiny, version: 1.0.0}
fields:
  id: {type: text}
  name: {type: text}
  note: {type: text}
  reps: {type: number, question: "How many sell?"}
scorecards:
  fit:
    criteria:
      small: {required: true, when: {reps: {between: [1, 6]}}, points: 40}
      noted: {when: {note: {known: yes}}, points: 10}
    bands: {A: {at_least: 80}, B: {at_least: 0}}
"""
PACK = parse_pack(RULES)

HEADERS = ["id", "name", "reps", "note"]
PROSPECTS = [
    ["1", "Zoë & Söhne GmbH", "3", "café"],
    ["2", 'The "Big" One', "4", 'says "hello" twice'],
    ["3", "Bob, Sons, Co", "2", "a; b | c ^ d"],
    ["4", "Ünal’s Läden", "9", ""],
    ["5", "Müller", "", "straße"],
    ["6", "O'Neill", "many", "it's"],
    ["007", "Señor Peña", "1", "two\nlines"],
    ["8", "Été à la Carte", "6", "naïve"],
]


def delimited(rows: list[list[str]], **form: Any) -> str:
    out = io.StringIO()
    csv.writer(out, **{"lineterminator": "\n", **form}).writerows([HEADERS, *rows])
    return out.getvalue()


def dicts(rows: list[list[str]]) -> list[dict[str, str]]:
    return [dict(zip(HEADERS, row, strict=True)) for row in rows]


def workbook(rows: list[list[str]], at: tuple[int, int] = (0, 0)) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Leads")
    for number, row in enumerate([HEADERS, *rows]):
        for index, cell in enumerate(row):
            sheet.write_string(at[0] + number, at[1] + index, cell)
    book.close()
    return out.getvalue()


def parquet(rows: list[list[str]]) -> bytes:
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as db:
        db.execute("CREATE TABLE t (id VARCHAR, name VARCHAR, reps VARCHAR, note VARCHAR)")
        db.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", [[cell or None for cell in row] for row in rows])
        path = Path(folder, "t.parquet")
        db.execute(f"COPY t TO '{path}' (FORMAT parquet)")
        return path.read_bytes()


PLAIN = delimited(PROSPECTS)
JSON = json.dumps(dicts(PROSPECTS), ensure_ascii=False, indent=1)
LINES = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in dicts(PROSPECTS))
FORMS: dict[str, tuple[bytes, str, str | None]] = {
    "comma": (PLAIN.encode(), "csv", "UTF-8"),
    "semicolon": (delimited(PROSPECTS, delimiter=";").encode(), "csv", "UTF-8"),
    "tab": (delimited(PROSPECTS, delimiter="\t").encode(), "csv", "UTF-8"),
    "pipe": (delimited(PROSPECTS, delimiter="|").encode(), "csv", "UTF-8"),
    "caret": (delimited(PROSPECTS, delimiter="^").encode(), "csv", "UTF-8"),
    "all quoted": (delimited(PROSPECTS, quoting=csv.QUOTE_ALL).encode(), "csv", "UTF-8"),
    "single quotes": (delimited(PROSPECTS, quoting=csv.QUOTE_ALL, quotechar="'").encode(), "csv", "UTF-8"),
    "backslashes": (delimited(PROSPECTS, doublequote=False, escapechar="\\").encode(), "csv", "UTF-8"),
    "backslashes, all quoted": (
        delimited(PROSPECTS, doublequote=False, escapechar="\\", quoting=csv.QUOTE_ALL).encode(),
        "csv",
        "UTF-8",
    ),
    "CRLF": (delimited(PROSPECTS, lineterminator="\r\n").encode(), "csv", "UTF-8"),
    "UTF-8 with a mark": (PLAIN.encode("utf-8-sig"), "csv", "UTF-8"),
    "UTF-16 LE with a mark": (codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"), "csv", "UTF-16"),
    "UTF-16 BE with a mark": (codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"), "csv", "UTF-16"),
    "UTF-16 LE": (PLAIN.encode("utf-16-le"), "csv", "UTF-16"),
    "UTF-16 BE": (PLAIN.encode("utf-16-be"), "csv", "UTF-16"),
    "Windows-1252": (PLAIN.encode("cp1252"), "csv", "Windows-1252"),
    "Mac Roman": (PLAIN.encode("mac-roman"), "csv", "Mac Roman"),
    "CSV, packed": (gzip.compress(PLAIN.encode()), "csv", "UTF-8"),
    "workbook": (workbook(PROSPECTS), "xlsx", None),
    "workbook, table at C5": (workbook(PROSPECTS, (4, 2)), "xlsx", None),
    "JSON array": (JSON.encode(), "json", "UTF-8"),
    "JSON array, UTF-16": (JSON.encode("utf-16"), "json", "UTF-16"),
    "JSON document": (json.dumps({"total": 8, "records": dicts(PROSPECTS)}).encode(), "json", "UTF-8"),
    "JSON Lines": (LINES.encode(), "jsonl", "UTF-8"),
    "JSON Lines, packed": (gzip.compress(LINES.encode()), "jsonl", "UTF-8"),
    "Parquet": (parquet(PROSPECTS), "parquet", None),
    "Parquet, packed": (gzip.compress(parquet(PROSPECTS)), "parquet", None),
}


def judged(data: bytes, folder: Path, engine: str, **wanted: Any) -> tuple[list[dict[str, Any]], Any]:
    """The prospects without the place in the file, which depends on the format; and the summary."""
    path = folder / "list"
    path.write_bytes(data)
    with score(path, PACK, engine=ENGINES[engine](), names={path: "list"}, **wanted) as ranking:
        found = [prospect_dict(one) for one in ranking]
    assert ranking.summary.input.rows == ranking.summary.input.scored + len(ranking.summary.input.rejected)
    return [{key: value for key, value in one.items() if key != "line"} for one in found], ranking.summary.input


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    found, _ = judged(FORMS["comma"][0], tmp_path_factory.mktemp("expected"), "direct")
    assert sorted([one["id"], one["name"]] for one in found) == sorted(row[:2] for row in PROSPECTS)
    return found


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("form", FORMS)
def test_every_format_gives_the_same_prospects(
    form: str, engine: str, expected: list[dict[str, Any]], tmp_path: Path
) -> None:
    data, format_, encoding = FORMS[form]
    found, read = judged(data, tmp_path, engine)
    assert read.rejected == ()
    assert found == expected
    assert [(one.format, one.encoding) for one in read.origins] == [(format_, encoding)]


def test_keys_that_only_late_records_have_are_columns_too(tmp_path: Path) -> None:
    records: list[dict[str, str]] = [{"id": str(number), "name": f"Firm {number}"} for number in range(1_200)]
    records += [{"name": "Late", "reps": "4"}, {"reps": "5", "note": "later still"}]
    early = [{key: one.get(key, "") for key in ("id", "name", "reps", "note")} for one in records]
    results = []
    for listed in (records, early):
        found, read = judged("".join(json.dumps(one) + "\n" for one in listed).encode(), tmp_path, "duckdb")
        assert read.rows == len(records)
        results.append((found, read.columns, read.unused_columns))
    assert results[0] == results[1]


# -- encodings ---------------------------------------------------------------------------------------------------

POLISH = ["Zażółć gęślą jaźń", "Łódź Świętokrzyska", "Spółdzielnia Wąż", "Księgarnia Żółw", "Hurtownia Śląsk"]
RUSSIAN = ["Общество Ромашка", "Завод Москва", "Торговый дом Север", "Книжный магазин", "Строитель"]
JAPANESE = ["株式会社さくら", "東京電機工業", "日本の会社です", "有限会社ひまわり", "大阪商店"]
ENCODINGS = {
    "Polish": (POLISH, "cp1250", "Windows-1250"),
    "Russian": (RUSSIAN, "cp1251", "Windows-1251"),
    "Japanese": (JAPANESE, "cp932", "Shift-JIS"),
    "one accent": (["Acme", "Zoë", "Bolt"], "cp1252", "Windows-1252"),
    "smart quotes": (["Bob’s “Best” Co", "Ann – Bell", "Bolt…"], "cp1252", "Windows-1252"),
}


def named(names: list[str], encoding: str) -> bytes:
    return ("name,reps\n" + "".join(f"{name},3\n" for name in names)).encode(encoding)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", ENCODINGS)
def test_the_encoding_is_found_out(case: str, engine: str, tmp_path: Path) -> None:
    names, encoding, called = ENCODINGS[case]
    found, read = judged(named(names, encoding), tmp_path, engine)
    assert [one["name"] for one in found] == names
    assert read.origins[0].encoding == called
    assert any(f"read as {called}" in note for note in read.notes)


def test_an_encoding_that_was_named_is_taken(tmp_path: Path) -> None:
    data = named(["Łódź"], "cp1250")
    assert judged(data, tmp_path, "direct")[0][0]["name"] != "Łódź"  # too little to tell it from Windows-1252
    found, read = judged(data, tmp_path, "direct", encoding="cp1250")
    assert (found[0]["name"], read.origins[0].encoding) == ("Łódź", "Windows-1250")
    with pytest.raises(UsageError, match="--encoding klingon: there is no such encoding"):
        judged(data, tmp_path, "direct", encoding="klingon")
    with pytest.raises(UsageError, match="--encoding base64: there is no such encoding"):
        judged(data, tmp_path, "direct", encoding="base64")


@pytest.mark.parametrize("engine", ENGINES)
def test_bytes_that_turn_out_odd_late_in_a_file_lose_no_row(engine: str, tmp_path: Path) -> None:
    count = (1 << 20) // 1000 + 50
    data = b"name,reps,fax\n" + b"Ann,3,%s\n" % (b"x" * 1000) * count + "Zoë,3,1\n".encode("cp1252")
    found, read = judged(data, tmp_path, engine)
    assert (read.rows, read.scored, read.origins[0].encoding) == (count + 1, count + 1, "Windows-1252")
    assert found[-1]["name"] == "Zoë"


# -- damaged files -----------------------------------------------------------------------------------------------

SMALL = PROSPECTS[:4]
DAMAGED = {
    "truncated gzip": gzip.compress(PLAIN.encode())[:-20],
    "gzip header only": gzip.compress(PLAIN.encode())[:10],
    "gzip of nothing": gzip.compress(b""),
    "gzip of blanks": gzip.compress(b" \n\n"),
    "truncated Parquet": parquet(SMALL)[:-40],
    "Parquet sign only": b"PAR1",
    "truncated workbook": workbook(SMALL)[:-200],
    "zip sign only": b"PK\x03\x04",
    "truncated JSON document": b'{"records": [{"name": "Ann"',
    "JSON without records": b"[]",
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", DAMAGED)
def test_a_damaged_file_is_refused_by_name(case: str, engine: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^list: "):
        judged(DAMAGED[case], tmp_path, engine)


SOUND = {
    "CSV": delimited(SMALL).encode(),
    "JSON": json.dumps(dicts(SMALL)).encode(),
    "JSON document": json.dumps({"a": {"records": dicts(SMALL)}}).encode(),
    "JSON Lines": "".join(json.dumps(one) + "\n" for one in dicts(SMALL)).encode(),
    "workbook": workbook(SMALL),
    "Parquet": parquet(SMALL),
    "gzip": gzip.compress(delimited(SMALL).encode()),
}
CHANGES = st.lists(
    st.tuples(
        st.integers(0, 1 << 16),
        st.sampled_from([0, 1, 1, 5]),
        st.one_of(st.binary(max_size=3), st.sampled_from([b'"', b"\0", b"\r", b"{", b"]", b"\\", b"\xff\xfe"])),
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("kind", SOUND)
def test_whatever_bytes_change_every_row_is_told_or_the_file_refused(kind: str, tmp_path: Path) -> None:
    @settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(CHANGES)
    def holds(changes: list[tuple[int, int, bytes]]) -> None:
        data = bytearray(SOUND[kind])
        for place, cut, put in changes:
            at = place % (len(data) + 1)
            data[at : at + cut] = put
        try:
            direct, read = judged(bytes(data), tmp_path, "direct")
        except QualifyError:
            return
        assert len(direct) == read.scored
        rows = sorted([one["row"] for one in direct] + [one.row for one in read.rejected])
        assert rows == list(range(1, read.rows + 1))

    holds()


# -- the command line --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("rules") / "tiny.yaml"
    path.write_text(RULES)
    return str(path)


def command(rules: str, data: bytes, *args: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "psm_qualify", "score", "-", "--json", "--rules", rules, *args],
        input=data,
        capture_output=True,
        timeout=60,
        check=False,
    )


def names_in(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    assert done.returncode == 0, done.stderr.decode()
    return [one["name"] for one in json.loads(done.stdout)["prospects"]]


def refusal(done: subprocess.CompletedProcess[bytes]) -> str:
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr
    return done.stderr.decode()


@pytest.mark.parametrize(
    "form", ["comma", "UTF-16 LE", "CSV, packed", "workbook", "JSON array", "JSON Lines", "Parquet"]
)
def test_standard_input_takes_every_format(form: str, rules: str, expected: list[dict[str, Any]]) -> None:
    assert names_in(command(rules, FORMS[form][0])) == [one["name"] for one in expected]


def test_rejected_rows_are_written_with_place_reason_and_text(rules: str, tmp_path: Path) -> None:
    out = tmp_path / "rejected.csv"
    done = command(rules, b'{"name": "Ann", "reps": 3}\n{"name": oops}\n{"name": "Bob"}\n', "--rejected", str(out))
    assert names_in(done) == ["Ann", "Bob"]
    (row,) = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig")))
    assert (row["row"], row["line"]) == ("2", "2")
    assert "is not JSON" in row["reason"]
    assert '{"name": oops}' in row.values()


def test_options_say_how_a_list_is_read(rules: str) -> None:
    assert names_in(command(rules, named(["Łódź"], "cp1250"), "--encoding", "windows-1250")) == ["Łódź"]
    document = b'{"a": [{"name": "Ann"}], "b": {"c": [{"name": "Bob"}]}}'
    assert names_in(command(rules, document, "--records", "b.c")) == ["Bob"]
    assert "a, b.c" in refusal(command(rules, document))


def test_the_sheet_is_chosen_by_name(rules: str) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name in ("Ann", "Bob"):
        sheet = book.add_worksheet(f"List of {name}")
        sheet.write_row("A1", ["name", "reps"])
        sheet.write_row("A2", [name, 3])
    book.close()
    assert names_in(command(rules, out.getvalue())) == ["Ann"]
    assert names_in(command(rules, out.getvalue(), "--sheet", "list of bob")) == ["Bob"]
    assert "there is no sheet 'Nope'" in refusal(command(rules, out.getvalue(), "--sheet", "Nope"))


def test_wrong_values_of_options_are_refused(rules: str) -> None:
    said = refusal(command(rules, b"name,reps\nAnn,3\n", "--decimal", "dot"))
    assert "comma" in said
    assert "point" in said
    assert "--encoding klingon" in refusal(command(rules, b"name,reps\nAnn,3\n", "--encoding", "klingon"))


@pytest.mark.parametrize("case", ["truncated gzip", "truncated Parquet", "zip sign only"])
def test_the_command_line_refuses_damaged_files_without_a_traceback(case: str, rules: str) -> None:
    assert refusal(command(rules, DAMAGED[case])).strip()
