"""Workbooks: which sheet is read, and the texts of its cells as a person sees them."""

from __future__ import annotations

import random
import struct
import subprocess
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from psm_qualify.errors import InputError
from psm_qualify.sources import workbook
from psm_qualify.sources.workbook import read_sheet

LIST = [["Firm", "Size"], ["Acme", 12], ["Bolt", 7]]
LISTED = [(1, ["Firm", "Size"]), (2, ["Acme", "12"]), (3, ["Bolt", "7"])]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def rows(path: Path, wanted: str | None = None) -> list[tuple[int, list[str]]]:
    return list(read_sheet(path, "list.xlsx", wanted).rows)


def refusal(path: Path, wanted: str | None = None) -> str:
    with pytest.raises(InputError) as raised:
        rows(path, wanted)
    message = str(raised.value)
    assert message.startswith("list.xlsx: ")
    return message


def saved(folder: Path, sheets: dict[str, list[list[Any]]], hidden: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for line in lines:
            sheet.append(line)
    path = folder / "list.xlsx"
    book.save(path)
    return path


def column(folder: Path, *cells: tuple[Any, str]) -> list[str]:
    """The texts of values with these number formats."""
    book = openpyxl.Workbook()
    for number, (value, code) in enumerate(cells, 1):
        cell = book.active.cell(number, 1, value)
        cell.number_format = code
        book.active.cell(number, 2, "x")  # so that no row is blank
    book.save(folder / "column.xlsx")
    return [texts[0] for _, texts in rows(folder / "column.xlsx")]


def changed(path: Path, part: str, before: str, after: str) -> Path:
    """A copy of a workbook in which one text of one part is another."""
    copy = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            data = source.read(name).decode()
            if name == part:
                assert before in data
                data = data.replace(before, after)
            target.writestr(name, data)
    return copy


# -- which sheet -------------------------------------------------------------------------------------------------


def test_the_first_sheet_with_a_list_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    cover = [["Prospects"], [None], ["by", "Jo"], ["May 2026"]]
    path = saved(tmp_path, {"Empty": [], "Cover": cover, "Leads": LIST, "More": LIST, "Old": LIST}, hidden=("Old",))
    sheet = read_sheet(path, "list.xlsx", None)
    assert (sheet.name, sheet.others) == ("Leads", ("Cover", "More"))
    assert list(sheet.rows) == LISTED


def test_a_cover_alone_and_a_hidden_list(tmp_path: Path) -> None:
    assert read_sheet(saved(tmp_path, {"Cover": [["a"]], "Old": LIST}, ("Old",)), "x", None).name == "Cover"
    sheet = read_sheet(saved(tmp_path, {"Empty": [[" "]], "Old": LIST}, ("Old",)), "x", None)
    assert (sheet.name, sheet.others) == ("Old", ())


def test_a_sheet_by_name(tmp_path: Path) -> None:
    path = saved(tmp_path, {"Leads": [["x"]], "LEADS 2": LIST, "Old": LIST, "None": []}, hidden=("Old",))
    assert read_sheet(path, "x", "leads 2").name == "LEADS 2"
    assert rows(path, "Old") == LISTED
    assert "'None' is empty" in refusal(path, "None")
    assert "did you mean 'Leads'? (known here: Leads, LEADS 2, None, Old)" in refusal(path, "Laeds")
    assert refusal(path, "xyz").count("known here: Leads") == 1


def test_of_two_names_the_one_spelt_alike_is_meant(tmp_path: Path) -> None:
    path = saved(tmp_path, {"a": LIST, "b": LIST})
    path = changed(path, "xl/workbook.xml", 'name="b"', 'name="A"')  # openpyxl would call it A1
    assert read_sheet(path, "x", "A").name == "A"
    assert read_sheet(path, "x", "a").name == "a"


def test_workbooks_without_a_list(tmp_path: Path) -> None:
    assert "no worksheet in it holds data" in refusal(saved(tmp_path, {"a": [["  ", None]], "b": []}))
    book = openpyxl.Workbook()
    book.create_chartsheet("Chart")
    book.remove(book.active)
    book.save(tmp_path / "charts.xlsx")
    assert "no worksheet in it holds data" in refusal(tmp_path / "charts.xlsx")
    assert "no worksheet at all" in refusal(tmp_path / "charts.xlsx", "Chart")


# -- where the table stands --------------------------------------------------------------------------------------


def test_a_table_that_stands_apart_keeps_its_row_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for place, value in {
        "C4": "Firm",
        "D4": "Own",
        "C5": "Acme",
        "D5": 0.5,
        "C9": "Bolt",
        "D9": 3,
        "E9": "late",
    }.items():
        sheet[place] = value
    sheet["D5"].number_format = "0%"
    sheet["A1"].number_format = sheet["Z99"].number_format = "0%"  # formatted, but empty: outside the used range
    book.save(tmp_path / "apart.xlsx")
    assert rows(tmp_path / "apart.xlsx") == [
        (4, ["Firm", "Own", ""]),
        (5, ["Acme", "50%", ""]),
        (9, ["Bolt", "3", "late"]),
    ]


def test_merged_cells_hold_their_text_once(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "merged.xlsx")
    sheet = book.add_worksheet()
    sheet.merge_range("A1:C1", "Firms")
    sheet.write_row("A2", ["Firm", "Name", "Mail"])
    sheet.merge_range("A3:A4", "Acme")
    sheet.write_row("B3", ["Jo", "jo@x.com"])
    sheet.write_row("B4", ["Al", "al@x.com"])
    book.close()
    assert [texts for _, texts in rows(tmp_path / "merged.xlsx")] == [
        ["Firms", "", ""],
        ["Firm", "Name", "Mail"],
        ["Acme", "Jo", "jo@x.com"],
        ["", "Al", "al@x.com"],
    ]


# -- texts -------------------------------------------------------------------------------------------------------


def test_numbers_as_a_person_sees_them(tmp_path: Path) -> None:
    wanted = {
        12: "12",
        -3.0: "-3",
        1.1: "1.1",
        0.07: "0.07",
        123456789012: "123456789012",
        1234567890123456: "1234567890123456",
        1.5e18: "1500000000000000000",
        0.0000001: "0.0000001",
        1e300: "1e+300",
    }
    assert column(tmp_path, *((value, "General") for value in wanted)) == list(wanted.values())


def test_noise_in_the_last_digits_is_not_shown(tmp_path: Path) -> None:
    path = changed(saved(tmp_path, {"a": LIST}), "xl/worksheets/sheet1.xml", "<v>12</v>", "<v>0.30000000000000004</v>")
    assert rows(path)[1] == (2, ["Acme", "0.3"])


def test_equal_values_of_different_types_have_their_own_texts(tmp_path: Path) -> None:
    assert column(tmp_path, (1, "General"), (True, "General"), (0, "General"), (False, "General")) == [
        "1",
        "TRUE",
        "0",
        "FALSE",
    ]


def test_strings_stand_as_they_are(tmp_path: Path) -> None:
    odd = [["a", "b"], [" padded ", "00042"], ["two\nlines", "1.0"], ["<&>", "#N/A "]]
    assert [texts for _, texts in rows(saved(tmp_path, {"a": odd}))] == odd


def test_dates_times_and_durations(tmp_path: Path) -> None:
    assert column(
        tmp_path,
        (datetime(2026, 1, 6), "yyyy-mm-dd hh:mm"),
        (date(2026, 1, 6), "d/m/yy"),
        (datetime(2026, 1, 6, 14, 20), "d/m/yy h:mm"),
        (time(9, 5), "h:mm"),
        (timedelta(hours=30, minutes=5), "[h]:mm:ss"),
        (45000, "General"),
    ) == ["2026-01-06", "2026-01-06", "2026-01-06 14:20:00", "09:05:00", "30:05:00", "45000"]


def test_error_cells_are_blank_and_formulas_give_their_stored_values(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "errors.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["a", "b"])
    sheet.write_formula("A2", "=NA()", None, "#N/A")
    sheet.write_formula("B2", "=1/0", None, "#DIV/0!")
    sheet.write_formula("A3", "=1+1", None, 2)
    sheet.write_formula("B3", '="x"', None, "x")
    book.close()
    assert rows(tmp_path / "errors.xlsx") == [(1, ["a", "b"]), (3, ["2", "x"])]


# -- number formats ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1.12, "0%", "112%"),
        (1.12, "0.00%", "112%"),
        (2.5, "0%", "250%"),
        (0.07, "0%", "7%"),
        (-0.125, "0%;[Red]-0%", "-12.5%"),
        (1.5, "_-* 0.0%_-", "150%"),
        (12, '0"%"', "12"),  # the sign is only written behind it
        (12, r"0\%", "12"),
        (3, '[=1]0" %";0', "3"),
        (42, "00000", "00042"),
        (42.0, "[$-409]00000", "00042"),
        (941031234, r"00000\-0000", "94103-1234"),
        (12345678, "000-00-0000", "012-34-5678"),
        (2025550123, "(000) 000-0000", "(202) 555-0123"),
        (7, r'"{0}"00\}', "{0}07}"),
        (941031234, r"[<=99999]00000;00000\-0000", "941031234"),
        (42.5, "00000", "42.5"),
        (-42, "00000", "-42"),
        (1200, '"$"#,##0', "1200"),
        (1200, "#,##0.00", "1200"),
        (7, "0.00", "7"),
        ("00042", "00000", "00042"),
        ("n/a", "0%", "n/a"),
        (True, "0%", "TRUE"),
    ],
)
def test_number_formats(tmp_path: Path, value: Any, code: str, text: str) -> None:
    assert column(tmp_path, (value, code)) == [text]


def test_formats_are_found_where_the_chunks_of_the_xml_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.Workbook()
    for number in range(1, 60):
        book.active.append([number, number / 100])
        book.active.cell(number, 1).number_format = "0000"
        book.active.cell(number, 2).number_format = "0%"
    book.save(tmp_path / "chunks.xlsx")
    wanted = [(number, [f"{number:04}", f"{number}%"]) for number in range(1, 60)]
    for size in (700, 701, 999):
        monkeypatch.setattr(workbook, "_CHUNK", size)
        assert rows(tmp_path / "chunks.xlsx") == wanted


def test_the_formats_are_those_of_the_sheet_that_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, code in (("a", "0%"), ("b", "General")):
        sheet = book.create_sheet(name)
        sheet.append(["x", 1.5])
        sheet["B1"].number_format = code
    book.save(tmp_path / "two.xlsx")
    assert rows(tmp_path / "two.xlsx", "a") == [(1, ["x", "150%"])]
    assert rows(tmp_path / "two.xlsx", "b") == [(1, ["x", "1.5"])]


def test_formats_in_xml_with_prefixes(tmp_path: Path) -> None:
    path = tmp_path / "prefix.xlsx"
    column(tmp_path, (1.12, "0%"))
    with zipfile.ZipFile(tmp_path / "column.xlsx") as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                cell = b'<x:row r="1"><x:c r="A1" s="1"><x:v>1.12</x:v></x:c></x:row>'
                data = b'<x:worksheet xmlns:x="%s"><x:sheetData>%s</x:sheetData></x:worksheet>' % (MAIN.encode(), cell)
            target.writestr(name, data)
    assert rows(path) == [(1, ["112%"])]


@pytest.mark.parametrize(
    "styles",
    [
        '<!DOCTYPE s [<!ENTITY e "x">]><styleSheet xmlns="{}"><cellXfs><xf/><xf numFmtId="9"/></cellXfs></styleSheet>',
        '<styleSheet xmlns="{}"><cellXfs><xf/></cellXfs></styleSheet>',
        '<styleSheet xmlns="{}"><cellXfs><xf/><xf numFmtId="9"/></cellXfs></styleSheet></over>',
    ],
)
def test_without_sound_styles_the_values_are_read(tmp_path: Path, styles: str) -> None:
    column(tmp_path, (1.12, "0%"))
    path = tmp_path / "styles.xlsx"
    with zipfile.ZipFile(tmp_path / "column.xlsx") as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, styles.format(MAIN) if name == "xl/styles.xml" else source.read(name))
    assert rows(path) == [(1, ["1.12", "x"])]


def test_no_format_that_matters_costs_no_look_at_the_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path, {"a": LIST})
    monkeypatch.setattr(workbook, "_check_extent", lambda *_: None)
    monkeypatch.setattr(workbook, "_cells", lambda *_: pytest.fail("the cells were looked at"))
    assert rows(path) == LISTED


# -- other kinds, and what can't be read -------------------------------------------------------------------------


def test_open_document(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="{}">{}<text:p>{}</text:p></table:table-cell>'
    texts = "".join(cell.format("string", "", text) for text in ("Firm", "Size"))
    values = cell.format("string", "", "Acme") + cell.format('float" office:value="12', "", "12")
    names = " ".join(
        f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in ("office", "table", "text")
    )
    lines = "".join(f"<table:table-row>{line}</table:table-row>" for line in (texts, values))
    body = f'<office:spreadsheet><table:table table:name="Leads">{lines}</table:table></office:spreadsheet>'
    with zipfile.ZipFile(tmp_path / "list.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{manifest}"/>')
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body>{body}</office:body></office:document-content>",
        )
    sheet = read_sheet(tmp_path / "list.ods", "list.ods", None)
    assert (sheet.name, list(sheet.rows)) == ("Leads", LISTED[:2])


@pytest.mark.parametrize("name", ["list.xls", "list.ods", "list.csv", "list"])
def test_a_wrong_suffix_does_no_harm(tmp_path: Path, name: str) -> None:
    assert rows(saved(tmp_path, {"a": LIST}).rename(tmp_path / name)) == LISTED


def test_files_that_are_no_workbooks(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    sound = saved(tmp_path, {"a": LIST}).read_bytes()
    for data in (
        b"",
        b"Firm,Size\n",
        b"PK\x03\x04 and more",
        sound[:-30],
        sound[: len(sound) // 2],
        b"\xd0\xcf\x11\xe0" * 300,
    ):
        path.write_bytes(data)
        assert "save it as .xlsx or as CSV" in refusal(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert "save it as .xlsx or as CSV" in refusal(path)
    assert "No such file" in refusal(tmp_path / "none.xlsx")
    assert "can't be read" in refusal(tmp_path)


def test_a_protected_workbook(tmp_path: Path) -> None:
    def entry(name: str, kind: int, child: int) -> bytes:
        coded = (name + "\0").encode("utf-16-le")
        links = struct.pack("<BBIII", kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return (
            coded.ljust(64, b"\0")
            + struct.pack("<H", len(coded))
            + links
            + bytes(36)
            + struct.pack("<IQ", 0xFFFFFFFE, 0)
        )

    # The smallest compound file: a header, the allocation table, and a folder with the stream that says "encrypted".
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6xIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1)
    header += struct.pack("<IIIIII", 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack(
        "<109I", 0, *[0xFFFFFFFF] * 108
    )
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    folder = entry("Root Entry", 5, 1) + entry("EncryptedPackage", 2, 0xFFFFFFFF) + bytes(256)
    (tmp_path / "list.xlsx").write_bytes(header + table + folder)
    assert "save it without one" in refusal(tmp_path / "list.xlsx")


@pytest.mark.parametrize("claimed", [True, False])
def test_cells_far_astray_are_refused_before_they_fill_the_memory(tmp_path: Path, claimed: bool) -> None:
    path = saved(tmp_path, {"a": LIST})
    astray = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    path = changed(path, "xl/worksheets/sheet1.xml", "</sheetData>", astray)
    if claimed:
        path = changed(path.rename(tmp_path / "a.xlsx"), "xl/worksheets/sheet1.xml", "A1:B3", "A1:XFD1048576")
    assert "too far apart" in refusal(path)


def test_cells_that_are_only_coloured_may_be_far_away(tmp_path: Path) -> None:
    path = saved(tmp_path, {"a": LIST})
    empty = '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    path = changed(path, "xl/worksheets/sheet1.xml", "</sheetData>", empty).rename(tmp_path / "a.xlsx")
    assert rows(changed(path, "xl/worksheets/sheet1.xml", "A1:B3", "A1:XFD1048576")) == LISTED


def test_a_panic_is_an_input_error_and_an_interrupt_is_not() -> None:
    panic = type("PanicException", (BaseException,), {})
    with pytest.raises(InputError, match=r"list\.xlsx: it can't be read"), workbook._explained("list.xlsx", "it"):
        raise panic
    with pytest.raises(KeyboardInterrupt), workbook._explained("list.xlsx", "it"):
        raise KeyboardInterrupt


def test_damaged_files_never_give_a_traceback(tmp_path: Path) -> None:
    column(tmp_path, *((number / 7, "0%") for number in range(9)), (date(2026, 1, 6), "d/m/yy"), (42, "00000"))
    with zipfile.ZipFile(tmp_path / "column.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chance, path, refused = random.Random(5), tmp_path / "damaged.xlsx", 0
    for _ in range(400):
        damaged = chance.choice(sorted(parts))
        data = bytearray(parts[damaged])
        for _ in range(chance.choice((1, 2, 8))):
            at = chance.randrange(len(data))
            data[at : at + chance.choice((0, 1, 40))] = chance.choice((b"9", b"<", b'"', b"\0", b"\xff", b"", b"ZZ"))
        with zipfile.ZipFile(path, "w") as archive:
            for name, sound in parts.items():
                archive.writestr(name, bytes(data) if name == damaged else sound)
        try:
            rows(path)
        except InputError:
            refused += 1
    assert 20 < refused < 380  # some were still sound enough, some were not


def test_calamine_is_loaded_only_when_a_workbook_is_read() -> None:
    code = "import sys, psm_qualify.sources.workbook; sys.exit('python_calamine' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
