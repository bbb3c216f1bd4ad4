"""Where a table stands in its file, and JSON of every shape: no row and no cell is lost."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from psm_qualify.errors import InputError
from psm_qualify.scoring import score
from test_formats import ENGINES, PACK, workbook


def read(data: str | bytes, folder: Path, engine: str = "direct", **wanted: Any) -> tuple[list[tuple[int, str]], Any]:
    """(line, name) of the scored rows, in order, and what was read."""
    path = folder / "list"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    with score(path, PACK, engine=ENGINES[engine](), names={path: "list"}, **wanted) as ranking:
        found = sorted((one.line, one.name or "") for one in ranking)
    assert ranking.summary.input.rows == len(found) + len(ranking.summary.input.rejected)
    return found, ranking.summary.input


def kept(data: str, folder: Path) -> list[dict[str, str]]:
    """The rows with every original column, ours left out."""
    (folder / "list").write_text(data, encoding="utf-8")
    with score(folder / "list", PACK) as ranking:
        ranking.write_csv(folder / "kept.csv", keep_columns=True)
    with (folder / "kept.csv").open(encoding="utf-8", newline="") as lines:
        return [{k: v for k, v in row.items() if not k.startswith("psm_")} for row in csv.DictReader(lines)]


LAYOUTS: dict[str, tuple[str, list[tuple[int, str]], list[tuple[int, str]], str]] = {
    # text, (line, name) of the scored, (line, part of the reason) of the rejected, part of the notes
    "preamble": (
        "Leads 2026,,\nby Ann,,\n\nname,reps,note\nAnn,3,x\nBob,4,y\n",
        [(5, "Ann"), (6, "Bob")],
        [],
        "the headers stand in line 4; above them stand 'Leads 2026', 'by Ann'",
    ),
    "sep": ("sep=;\nname;reps\nAnn, Bell;3\n", [(3, "Ann, Bell")], [], ""),
    "two-line header": (
        "name,,note\n,reps,\nAnn,3,x\n",
        [(3, "Ann")],
        [],
        "lines 1 and 2 are read together as the headers",
    ),
    "groups above the header": (
        "Firm,,Team,\nname,id,reps,note\nAnn,1,3,x\n",
        [(3, "Ann")],
        [],
        "the headers stand in line 2; above them stand 'Firm Team'",
    ),
    "repeated header": (
        "name,reps\nAnn,3\nname,reps\nBob,4\n",
        [(2, "Ann"), (4, "Bob")],
        [(3, "repeats the headers")],
        "",
    ),
    "second table": (
        "name,reps\nAnn,3\n\nname,note\nBob,4\nCy,5\n",
        [(2, "Ann")],
        [(line, "second table, which begins in line 4") for line in (4, 5, 6)],
        "",
    ),
    "side by side": (
        "name,reps,,name,reps\nAnn,3,,Eve,9\nBob,4,,,\n",
        [(2, "Ann"), (3, "Bob")],
        [],
        "another table stands beside the first, from column 4 ('name')",
    ),
    "footer": (
        "name,reps\nAnn,3\n\nExported by Ann\n",
        [(2, "Ann")],
        [(4, "1 cell where the header has 2")],
        "",
    ),
    "header only": ("name,reps\n", [], [], ""),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", LAYOUTS)
def test_the_table_is_found_in_its_file(case: str, engine: str, tmp_path: Path) -> None:
    text, scored, rejected, noted = LAYOUTS[case]
    found, told = read(text, tmp_path, engine)
    assert found == scored
    assert [one.line for one in told.rejected] == [line for line, _ in rejected]
    assert all(part in one.reason for one, (_, part) in zip(told.rejected, rejected, strict=True))
    assert noted in "\n".join(told.notes)


@pytest.mark.parametrize("engine", ENGINES)
def test_lines_of_a_workbook_are_those_of_the_sheet(engine: str, tmp_path: Path) -> None:
    found, told = read(workbook([["1", "Ann", "3", ""], ["2", "Bob", "4", ""]], (4, 2)), tmp_path, engine)
    assert (found, told.origins[0].header_line) == ([(6, "Ann"), (7, "Bob")], 5)


@pytest.mark.parametrize(
    ("header", "keys"),
    [
        ("name,reps,,", ["name", "reps", "Column 3", "Column 4"]),
        ("name,reps,fax,fax", ["name", "reps", "fax", "fax (2)"]),
        ("name,reps,fax,FAX", ["name", "reps", "fax", "FAX (2)"]),
    ],
)
def test_odd_headers_keep_their_data(header: str, keys: list[str], tmp_path: Path) -> None:
    assert kept(f"{header}\nAnn,3,x,y\n", tmp_path) == [dict(zip(keys, ["Ann", "3", "x", "y"], strict=True))]


# -- JSON --------------------------------------------------------------------------------------------------------

SHAPES = {
    "HubSpot": '{"results": [{"id": "7", "properties": {"name": "Ann", "reps": "3"}}], "paging": {}}',
    "Salesforce": '{"done": true, "records": [{"attributes": {"type": "Lead"}, "Id": "7", "Name": "Ann", "reps": 3}]}',
    "envelopes on lines": '{"id": 7, "fields": {"name": "Ann", "reps": 3}}\n',
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("shape", SHAPES)
def test_records_in_envelopes_are_read(shape: str, engine: str, tmp_path: Path) -> None:
    found, told = read(SHAPES[shape], tmp_path, engine)
    assert [name for _, name in found] == ["Ann"]
    assert {"id", "name", "reps"} <= set(told.columns)


def test_nested_records_are_flattened_and_numbers_keep_their_text(tmp_path: Path) -> None:
    text = '[{"name": "Ann", "a": {"b": {"c": 1.10}}, "zip": "010", "n": 1e3, "l": [1, 2.50], "x": NaN, "t": true}]'
    assert kept(text, tmp_path) == [
        {"name": "Ann", "a.b.c": "1.10", "zip": "010", "n": "1e3", "l": "1; 2.50", "x": "NaN", "t": "true"}
    ]


def test_a_key_that_stands_twice_loses_nothing(tmp_path: Path) -> None:
    assert kept('[{"name": "Ann", "fax": 1, "fax": 2}]', tmp_path) == [{"name": "Ann", "fax": "1", "fax (2)": "2"}]


def test_of_several_lists_one_has_to_be_named(tmp_path: Path) -> None:
    text = '{"a": [{"name": "Ann"}],\n "b": {"c": [\n{"name": "Bob"}]}}'
    with pytest.raises(InputError, match=r"several lists of records stand in it \(a, b\.c\)"):
        read(text, tmp_path)
    found, told = read(text, tmp_path, records="b.c")
    assert (found, told.origins[0].part) == ([(3, "Bob")], "b.c")


BROKEN: dict[str, tuple[str, list[tuple[int, str]], int, str]] = {
    # text, (line, name) of the scored, line and reason of the one that is rejected
    "damaged element": ('[{"name": "Ann"},\n{"name": oops},\n{"name": "Bob"}]', [(1, "Ann")], 2, "damaged from here"),
    "truncated array": ('[{"name": "Ann"},\n{"name": "Bo', [(1, "Ann")], 2, "damaged from here"),
    "array without an end": ('[{"name": "Ann"}\n', [(1, "Ann")], 2, "the list does not end"),
    "element that is no record": ('[{"name": "Ann"},\n5,\n{"name": "Bob"}]', [(1, "Ann"), (3, "Bob")], 2, "no record"),
    "bad line": ('{"name": "Ann"}\n{oops\n\n{"name": "Bob"}\n', [(1, "Ann"), (4, "Bob")], 2, "is not JSON"),
    "deep line": ('{"name": "Ann"}\n{"a": ' + "[" * 200_000 + "\n", [(1, "Ann")], 2, "nested too deeply"),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", BROKEN)
def test_broken_json_costs_only_what_is_broken(case: str, engine: str, tmp_path: Path) -> None:
    text, scored, line, reason = BROKEN[case]
    found, told = read(text, tmp_path, engine)
    assert found == scored
    assert [one.line for one in told.rejected] == [line]
    assert reason in told.rejected[0].reason


@pytest.mark.parametrize("text", ["[[1, 2], [3]]", "[1, 2, 3]", '{"a": [1, 2]}', '{"a": ' * 100_000, "[{}]"])
def test_json_without_records_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^list: "):
        read(text, tmp_path)
