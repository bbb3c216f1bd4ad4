"""`template`: an empty list whose every column leads back to its field, as CSV and as a workbook with drop-downs."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

import psm_qualify
from psm_qualify.entries import EXAMPLES
from psm_qualify.errors import PackError, UsageError
from psm_qualify.facts.types import FIELD_TYPES, Numeric
from psm_qualify.render.base import Target
from psm_qualify.render.formats import TEMPLATE
from psm_qualify.render.template import LISTS, PROSPECTS, QUESTIONS, workbook
from psm_qualify.rules.loader import load_pack, parse_pack
from psm_qualify.rules.pack import Pack
from psm_qualify.sources.mapping import Mapped, map_columns
from psm_qualify.sources.table import Origin, Scan, Table
from psm_qualify.surveys import survey
from psm_qualify.template import Template, template_of
from test_cli import CAFES, command, done, refused

PSM = load_pack("psm")
ROASTER = load_pack(CAFES)
SMALL = """
pack: {name: small}
fields:
  domain: {type: text}
  fax: {type: text}
  notes: {type: text}
  diary: {type: text}
  staff: {type: number}
  reps: {type: number, label: Salespeople, question: "How many sell?",
         words: {a pair: "2", a couple: "2", none at all: "0"},
         infer: [{from: [notes], find: "team of ([0-9]+)", value: $1}, {at_most: staff}]}
  mood: {type: yes_no, infer: [{from: [diary], find: glad, value: yes}]}
  name: {type: text, label: Firm}
  leader: {type: choice, choices: {nobody: [no one], non_seller: [founder, "/owner/"], n/a: []}}
  coached: {type: yes_no, question: "Is anybody coached?", assume: no}
  quota: {type: percent}
scorecards:
  fit:
    title: Fit
    criteria:
      small: {title: Small force, when: {reps: {at_most: 6}}, points: 1, required: true}
      led: {title: Badly led, when: {any: [{leader: nobody}, {coached: yes}, {quota: {at_most: 100%}}]}, points: 1}
    bands: {A: {at_least: 0}}
"""


def packed(fields: Mapping[str, Mapping[str, object]]) -> Pack:
    """A pack in which one criterion rests on every field."""
    return parse_pack(json.dumps({
        "pack": {"name": "made"},
        "fields": fields,
        "scorecards": {"fit": {
            "criteria": {"all": {"required": "yes", "points": "1",
                                 "when": {"all": [{name: {"known": "yes"}} for name in fields]}}},
            "bands": {"A": {"at_least": "0"}},
        }},
    }))  # fmt: skip


def headers(template: Template) -> list[str]:
    return [column.header for column in template.columns]


def ids(template: Template) -> list[str]:
    return [column.field.id for column in template.columns]


def mapped(pack: Pack, under: Iterable[str]) -> Mapped:
    table = Table("list.csv", Scan(Path("list.csv"), ",", 0), tuple(under), Origin("csv", None, None, 1))
    return map_columns(table, pack, {}, needed=False)


def leads_back(pack: Pack, fields: Mapping[str, str]) -> bool:
    """Whether each of these headers, all in one list, feeds its field, and nothing need be said about that."""
    found = mapped(pack, fields.values())
    return dict(found.columns) == {field: index for index, field in enumerate(fields)} and not found.notes


def written(folder: Path, pack: Pack, name: str) -> Path:
    path = folder / name
    TEMPLATE.by_name[path.suffix[1:]].render(template_of(pack), Target(path))
    return path


def opened(pack: Pack) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(template_of(pack))))


def drop_downs(book: openpyxl.Workbook) -> dict[str, list[str]]:
    """The options by header."""
    sheet = book[PROSPECTS]
    found = {}
    for one in sheet.data_validations.dataValidation:
        (cells,) = one.sqref.ranges
        assert (cells.min_row, cells.max_row, one.type) == (2, 1 << 20, "list")
        assert one.errorStyle == "information"  # forbids nothing
        name, area = one.formula1.lstrip("=").split("!")
        assert name == LISTS
        found[sheet.cell(1, cells.min_col).value] = [row[0].value for row in _rows(book[name], area.replace("$", ""))]
    return found


def _rows(sheet: Worksheet, area: str) -> list[tuple[openpyxl.cell.Cell, ...]]:
    first, _, last = area.partition(":")
    return list(sheet[f"{first}:{last or first}"])


# -- which columns -----------------------------------------------------------------------------------------------


def test_who_comes_first_then_what_counts_then_what_that_is_inferred_from() -> None:
    template = template_of(parse_pack(SMALL))
    assert ids(template) == ["name", "domain", "reps", "leader", "coached", "quota", "notes", "staff"]
    by_id = {column.field.id: column for column in template.columns}
    assert by_id["notes"].feeds == by_id["staff"].feeds == ("Salespeople",)
    assert [criterion.id for criterion in by_id["leader"].criteria] == ["led"]


def test_the_shipped_pack_leaves_out_what_nothing_uses() -> None:
    shown = ids(template_of(PSM))
    assert shown[:3] == ["name", "id", "domain"]
    assert {*PSM.used_fields, "notes", "about", "employees"} <= set(shown)
    assert {"annual_revenue", "lead_status", "our_rep", "owner_sells", "purchase_frequency"} & set(shown) == set()


def test_what_may_be_written_is_said_in_words_that_are_read() -> None:
    by_id = {column.field.id: column for column in template_of(parse_pack(SMALL)).columns}
    assert by_id["reps"].accepts == "Such as 3 · 1-6 · 10+ · about 5 · a pair · none at all."
    assert by_id["leader"].accepts == "One of: nobody (no one) · non seller (founder) · n/a."
    assert by_id["coached"].accepts == "Yes or no. Left empty it counts as no."
    assert by_id["name"].accepts == "Any text."


def test_every_numeric_type_has_examples_that_it_reads() -> None:
    numeric = {name for name, kind in FIELD_TYPES.items() if isinstance(kind, Numeric)}
    assert set(EXAMPLES) == numeric
    pack = packed({name: {"type": name} for name in numeric})
    for name, texts in EXAMPLES.items():
        assert all(pack.fields[name].reader.read(text).value is not None for text in texts)


# -- headers that lead back --------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", [PSM, ROASTER, parse_pack(SMALL)], ids=lambda pack: pack.name)
@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_every_column_is_recognised(pack: Pack, name: str, tmp_path: Path) -> None:
    path = written(tmp_path, pack, name)
    (file,) = survey(path, pack).files
    assert {fed.field for fed in file.fields} == set(ids(template_of(pack)))
    assert (file.unclaimed, file.rejected, file.rows) == ((), 0, 0)
    # A second sheet is named, as in every workbook; that it is not read instead is what counts.
    assert all("'Prospects' is read, not 'Questions'" in note for note in file.notes)
    assert len(file.notes) == (name == "list.xlsx")
    with psm_qualify.score([path], pack) as ranking:
        assert (list(ranking), ranking.summary.input.unused_columns) == ([], ())


POOL = st.sampled_from(["Size", "size!", "Staff", "Team", "a", "b", "c", "d", "??"])


@st.composite
def clashing(draw: st.DrawFn) -> Pack:
    """A pack such as no file can hold: labels and columns that several fields claim."""
    names = draw(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=6, unique=True))
    pack = packed({name: {"type": "text"} for name in names})
    fields = {}
    for name in names:
        columns = draw(st.permutations([*draw(st.lists(POOL, max_size=3)), *([name] if draw(st.booleans()) else [])]))
        fields[name] = replace(pack.fields[name], label=draw(POOL), columns=tuple(columns))
    judged = draw(st.sets(st.sampled_from(names), min_size=1))
    (criterion,) = pack.criteria
    criterion = replace(criterion)
    criterion.__dict__["fields"] = tuple(judged)
    card = replace(pack.primary, criteria=(criterion,))
    return replace(pack, fields=MappingProxyType(fields), scorecards={card.id: card})


@given(clashing())
def test_each_header_is_the_first_that_leads_back_to_its_field(pack: Pack) -> None:
    try:
        template = template_of(pack)
    except UsageError as error:
        (name,) = (name for name in pack.fields if f"field {name} has no header" in str(error))
        assert not any(_alone(pack, name, header) for header in pack.fields[name].columns)
        return
    chosen = {column.field.id: column.header for column in template.columns}
    assert leads_back(pack, chosen)
    for name, header in chosen.items():
        field = pack.fields[name]
        candidates = [field.label, field.id, *field.columns]
        for better in candidates[: candidates.index(header)]:
            assert not leads_back(pack, {**chosen, name: better})


def _alone(pack: Pack, name: str, header: str) -> bool:
    return list(mapped(pack, [header]).columns) == [name]


def test_signs_that_part_cells_elsewhere_are_left_out_of_a_csv(tmp_path: Path) -> None:
    one = packed({"a": {"type": "text", "label": "Size: now|then"}})
    assert written(tmp_path, one, "one.csv").read_text(encoding="utf-8-sig") == "Size now then\n"
    two = packed({"a": {"type": "text", "label": "Size: now; then"}, "b": {"type": "text", "label": "# of b, c"}})
    assert written(tmp_path, two, "two.csv").read_text(encoding="utf-8-sig") == 'Size: now then,"# of b, c"\n'


def test_two_fields_under_one_label_have_headers_of_their_own() -> None:
    pack = packed({"a": {"type": "text"}, "b": {"type": "text"}})
    labelled = {name: replace(field, label="Size", columns=("Size", name)) for name, field in pack.fields.items()}
    assert headers(template_of(replace(pack, fields=labelled))) == ["Size", "b"]


def test_a_field_without_a_header_of_its_own_is_an_error() -> None:
    pack = packed({"a": {"type": "text"}, "b": {"type": "text"}})
    labelled = {name: replace(field, label="Size", columns=("Size",)) for name, field in pack.fields.items()}
    with pytest.raises(UsageError, match="the field b has no header of its own"):
        template_of(replace(pack, fields=labelled))


ODD = st.text(alphabet="=+-@'\";,|\t:#/\\_<&ab1É漢\n\u200b\x1b ", max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(ODD, min_size=1, max_size=5), st.sampled_from(["list.csv", "list.xlsx"]))
def test_any_label_survives_the_file(labels: list[str], name: str) -> None:
    fields = {f"f{number}": {"type": "text", "label": f"{label}x{number}"} for number, label in enumerate(labels)}
    try:
        pack = packed(fields)
    except PackError:
        assume(False)
    with tempfile.TemporaryDirectory() as folder:
        (file,) = survey(written(Path(folder), pack, name), pack).files
    assert [fed.field for fed in file.fields] == list(fields)
    assert file.unclaimed == ()
    assert all("'Questions'" in note for note in file.notes)


FORMULAS = packed({
    "a": {"type": "text", "label": '=HYPERLINK("http://x.example","a")', "question": "=1+1"},
    "b": {"type": "yes_no", "label": "@b", "question": "+cmd|' /C calc'!A0"},
    "c": {"type": "choice", "choices": {"=one": [], "-2+3": []}},
})  # fmt: skip


def test_what_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    for sheet in opened(FORMULAS).worksheets:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s"}
    text = written(tmp_path, FORMULAS, "list.csv").read_text(encoding="utf-8-sig")
    assert next(csv.reader([text])) == ['\'=HYPERLINK("http://x.example","a")', "'@b", "C"]
    assert [fed.field for fed in survey(tmp_path / "list.csv", FORMULAS).files[0].fields] == ["a", "b", "c"]


# -- the workbook ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", [PSM, ROASTER, FORMULAS], ids=lambda pack: pack.name)
def test_choices_and_yes_no_have_drop_downs_that_are_read(pack: Pack) -> None:
    lists = drop_downs(opened(pack))
    columns = {column.header: column.field for column in template_of(pack).columns}
    assert set(lists) == {header for header, field in columns.items() if field.type in ("choice", "yes_no")}
    for header, options in lists.items():
        reader = columns[header].reader
        assert [reader.read(option).value for option in options] == list(reader.names)
        assert not any("_" in option for option in options)


def test_a_list_may_be_longer_than_excel_takes_at_the_cell() -> None:
    choices = {f"choice_number_{number}, and more": [] for number in range(300)}
    pack = packed({"a": {"type": "choice", "choices": choices}, "b": {"type": "yes_no"}, "c": {"type": "yes_no"}})
    book = opened(pack)
    lists = drop_downs(book)
    assert lists["A"] == [name.replace("_", " ") for name in choices]
    assert lists["B"] == lists["C"] == ["yes", "no"]
    assert book[LISTS].max_column == 2  # equal lists stand there once
    assert book[LISTS].sheet_state == "hidden"
    assert book[PROSPECTS]["A1"].comment.text.count(" · ") == 12  # a note is to be read


def test_a_choice_whose_name_is_read_as_another_is_offered_under_a_synonym_or_not_at_all() -> None:
    pack = packed({"a": {"type": "yes_no", "words": {"yes": "no"}}})
    assert [column.options for column in template_of(pack).columns] == [("y", "no")]


def test_the_notes_at_the_headers_hold_the_questions() -> None:
    pack = parse_pack(SMALL)
    sheet = opened(pack)[PROSPECTS]
    notes = {cell.value: cell.comment.text for cell in sheet[1]}
    assert notes["Salespeople"] == (
        "How many sell?\nSuch as 3 · 1-6 · 10+ · about 5 · a pair · none at all.\nFit: Small force (required)"
    )
    assert notes["Notes"] == "Any text.\nRead where these are left empty: Salespeople"
    assert notes["Firm"] == "Any text."
    for cell, column in zip(opened(PSM)[PROSPECTS][1], template_of(PSM).columns, strict=True):
        assert column.field.question in cell.comment.text


def test_the_questions_stand_on_a_sheet_that_is_never_taken_for_the_list() -> None:
    sheet = opened(PSM)[QUESTIONS]
    lines = [[cell.value for cell in row if cell.value] for row in sheet.iter_rows()]
    assert max(map(len, lines)) == 1
    said = [line[0] for line in lines if line]
    for column in template_of(PSM).columns:
        assert {column.header, column.accepts} | {column.field.question or column.accepts} <= set(said)
    assert "PSM ideal client: Small sales force (required); A team to manage" in said


def test_cells_keep_what_is_typed_and_the_headers_stay_in_sight() -> None:
    sheet = opened(PSM)[PROSPECTS]
    assert sheet.freeze_panes == "B2"
    assert sheet["A1"].font.bold
    for column in sheet.column_dimensions.values():
        assert column.number_format == "@"
        assert 12 <= column.width <= 51


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert workbook(template_of(PSM)) == workbook(template_of(load_pack("psm")))


def filled(path: Path, *rows: Mapping[str, str]) -> None:
    """Fills rows in by header, and saves as another program would."""
    book = openpyxl.load_workbook(path)
    sheet = book[PROSPECTS]
    at = {cell.value: cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, 2):
        for header, text in row.items():
            sheet.cell(number, at[header], text)
    book.save(path)


def test_a_workbook_that_was_filled_in_gives_the_facts(tmp_path: Path) -> None:
    path = written(tmp_path, PSM, "list.xlsx")
    lists = drop_downs(openpyxl.load_workbook(path))
    row = {header: options[-1] for header, options in lists.items()}
    row |= {"Firm": "Acme", "Id": "00042", "Salespeople": "1-6", "Goal attainment": "85%", "Full-time leader": "n/a"}
    filled(path, row, {"Firm": "Bolt", "Sales leadership": lists["Sales leadership"][1], "Notes": "team of 4 reps"})
    with psm_qualify.score([path], PSM) as ranking:
        by_name = {prospect.name: prospect for prospect in ranking}
        read = ranking.summary.input
    assert (read.unused_columns, read.not_understood, read.rejected) == ((), (), ())
    assert by_name["Acme"].id == "00042"
    facts = by_name["Acme"].facts
    fields = {column.header: column.field for column in template_of(PSM).columns if column.options}
    for header, field in fields.items():
        if header != "Full-time leader":
            assert (facts[field.id].value, facts[field.id].how) == (field.reader.names[-1].replace("_", " "), "cell")
    assert "leader_full_time" not in facts
    assert (facts["sales_reps"].low, facts["sales_reps"].high) == (1, 6)
    assert by_name["Bolt"].facts["sales_leader"].value == "non sales professional"
    assert by_name["Bolt"].facts["sales_reps"].how == "inferred"


def test_a_list_of_names_alone_is_read_from_the_first_sheet(tmp_path: Path) -> None:
    path = written(tmp_path, PSM, "list.xlsx")
    filled(path, {"Firm": "Acme"})
    with psm_qualify.score([path], PSM) as ranking:
        assert [prospect.name for prospect in ranking] == ["Acme"]


# -- the command -------------------------------------------------------------------------------------------------


def test_csv_goes_to_standard_output() -> None:
    text = done("template", "--rules", CAFES)
    assert text == "Name,Coffee spend,Contract left,Drunk black,Grinder\n"
    assert done("template", "--rules", CAFES, "--format", "csv") == text


def test_what_goes_to_standard_output_is_read_back() -> None:
    result = command("score", "-", "--format", "csv", stdin=done("template").encode())
    assert result.returncode == 0
    assert b"not used" not in result.stderr


def test_the_ending_names_the_format_and_the_rules_are_said(tmp_path: Path) -> None:
    for name in ("list.csv", "list.xlsx"):
        result = command("template", "--rules", CAFES, "-o", str(tmp_path / name))
        assert (result.returncode, result.stdout) == (0, b"")
        assert f"{name}: 5 columns for Cafes for our roastery 1.0.0" in result.stderr.decode()
    assert (tmp_path / "list.csv").read_bytes().startswith(b"\xef\xbb\xbfName,")  # Excel opens it as UTF-8
    assert (tmp_path / "list.xlsx").read_bytes() == workbook(template_of(ROASTER))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["list.csv", "list.xlsx"]


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_a_file_that_may_be_filled_in_is_not_replaced(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("mine")
    said = refused("template", "-o", str(path))
    assert "perhaps filled in" in said
    assert "--force" in said
    assert path.read_text() == "mine"
    assert command("template", "-o", str(path), "--force").returncode == 0
    assert b"mine" not in path.read_bytes()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--format", "xlsx"], "a workbook can't go to standard output"),
        (["--format", "xls"], "--format xls: there is no such format; did you mean 'xlsx'?"),
        (["-o", "list.ods"], "the ending .ods names no format; use one of .csv, .xlsx"),
        (["-o", "no/such/list.csv"], "there is no folder no/such"),
        (["-o", "tests/x.csv/"], "there is no folder"),
        (["--rules", "no.yaml"], "no.yaml"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_each_mistake_has_one_clear_message(args: list[str], message: str, tmp_path: Path) -> None:
    args = [str(tmp_path / arg) if arg.startswith("tests/") else arg for arg in args]
    said = refused("template", *args)
    assert message in said
    assert said.count("\n") == 1
