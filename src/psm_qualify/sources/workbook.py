"""Workbooks (Excel, OpenDocument): one sheet as rows of texts, such as a person sees them.

calamine reads the values of cells, not how they are shown. For a few number formats the value alone would be misread:
1.12 that is shown as 112%, 42 that is shown as 00042. For .xlsx files the XML itself says which cells have such a
format. calamine also sets aside memory for every cell between the outermost two, and aborts the process where there
is not enough, so sheets with cells far astray are refused before it sees them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zipfile import ZipFile

from psm_qualify.errors import InputError, did_you_mean
from psm_qualify.progress import Listener, Progress, counted, unheard
from psm_qualify.stopping import stoppable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from python_calamine import CalamineSheet, CalamineWorkbook

T = TypeVar("T")

_CHUNK = 1 << 20
_LARGEST_PART = 1 << 26  # bytes of XML that are parsed as a whole
_MOST_CELLS = 1 << 27  # calamine takes 32 bytes for each
_REMEMBERED = 1 << 17
_WHOLE = 2.0**53  # below it, every whole number is exact
_MEND = "open it in a spreadsheet program and save it as .xlsx or as CSV"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `rows` yields (row in the sheet from 1, its texts), all rows equally wide, blank rows left out.

    `others` are further visible sheets that hold data; where a sheet was asked for by name, nobody looked for any.
    """

    name: str
    rows: Iterator[tuple[int, list[str]]]
    others: tuple[str, ...]


def read_sheet(path: Path, shown: str, wanted: str | None, listener: Listener = unheard) -> Sheet:
    """The sheet named `wanted`, or else the first that holds a list. Raises InputError, also while rows are read."""
    book = _open(path, shown, listener)
    try:
        visible, hidden = _worksheets(book)
        if wanted is not None:
            best, filled = _survey(book, path, shown, listener, [_named(wanted, visible + hidden, shown)])
        else:
            best, filled = _survey(book, path, shown, listener, visible)
            best = best or _survey(book, path, shown, listener, hidden)[0]
    finally:
        with suppress(RuntimeError):  # where it was interrupted, calamine is still at work in it
            book.close()
    if best is None:
        nothing = "no worksheet in it holds data" if wanted is None else f"the sheet {wanted!r} is empty"
        raise InputError(f"{shown}: {nothing}; a list has a line of headers and a line for each prospect")
    others = tuple(name for name in filled if name != best.name)
    listener(Progress(f"Opening {shown}", ended=True))
    stage = Progress(f"Reading {shown}", total=best.height)
    return Sheet(best.name, counted(_rows(best, _formats(path, best.name), shown), listener, stage), others)


# -- opening and choosing ----------------------------------------------------------------------------------------


def _open(path: Path, shown: str, listener: Listener) -> CalamineWorkbook:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        path.open("rb").close()
    except OSError as error:
        raise InputError(f"{shown}: can't be read: {error.strerror}") from None
    with _explained(shown, "it"):
        try:
            return _beside(lambda: CalamineWorkbook.from_path(path), shown, listener)
        except PasswordError:
            raise
        except CalamineError:
            # The suffix may be wrong (exports named .xls are often .xlsx inside); without one, the content decides.
            return _beside(lambda: CalamineWorkbook.from_object(BytesIO(path.read_bytes())), shown, listener)


def _beside(work: Callable[[], T], shown: str, listener: Listener) -> T:
    """What calamine does in one long step, during which this thread stays free to hear Ctrl-C."""
    return stoppable(work, look=lambda: listener(Progress(f"Opening {shown}")))


@contextmanager
def _explained(shown: str, what: str) -> Iterator[None]:
    """Turns whatever calamine raises into one InputError that says what to do."""
    from python_calamine import PasswordError

    try:
        yield
    except PasswordError:
        message = (
            f"{shown}: the workbook is protected by a password; open it and save it without one, or save it as CSV"
        )
        raise InputError(message) from None
    except BaseException as error:
        # A panic in Rust is no Exception, and its class can't be imported.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise InputError(f"{shown}: {what} can't be read as a workbook, or is damaged; {_MEND}") from None


def _worksheets(book: CalamineWorkbook) -> tuple[list[str], list[str]]:
    """The names of the visible worksheets and of the hidden ones. Charts and macros are none."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    return visible, [sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible]


def _named(wanted: str, names: list[str], shown: str) -> str:
    same = [name for name in names if name == wanted]
    same = same or [name for name in names if name.strip().casefold() == wanted.strip().casefold()]
    if same:
        return same[0]
    hint, listed = did_you_mean(wanted, names), did_you_mean("", names)  # no name is near to none: that lists them
    hints = hint if hint == listed else f"{hint} ({listed})"
    raise InputError(f"{shown}: there is no sheet {wanted!r}; {hints or 'it has no worksheet at all'}")


def _survey(
    book: CalamineWorkbook, path: Path, shown: str, listener: Listener, names: list[str]
) -> tuple[CalamineSheet | None, list[str]]:
    """The first sheet that holds a list (else the first with data, if any), and the names of all with data."""
    best, highest, filled = None, 0, []
    for name in names:
        _check_extent(path, name, shown)
        with _explained(shown, f"the sheet {name!r}"):
            sheet = _beside(partial(book.get_sheet_by_name, name), shown, listener)
            rank = _rank(sheet)
        if rank:
            filled.append(name)
        if rank > highest:
            best, highest = sheet, rank
    return best, filled


def _rank(sheet: CalamineSheet) -> int:
    """0 for a sheet without data, 1 for one with some, 2 for a list.

    A list has two rows with two filled cells or more. A cover has a title and some lines below it, each in one cell.
    (A list of one column is taken only where no sheet is wider. Read-me sheets of one column are far more common.)
    """
    rank = wide = 0
    for row in sheet.iter_rows():
        filled = sum(bool(str(cell).strip()) for cell in row)
        rank = rank or int(filled > 0)
        wide += filled > 1
        if wide == 2:
            return 2
    return rank


# -- cells as texts ----------------------------------------------------------------------------------------------


def _rows(sheet: CalamineSheet, formats: dict[int, dict[int, _Texts]], shown: str) -> Iterator[tuple[int, list[str]]]:
    # calamine leaves out the columns before the first filled one, but begins with the sheet's first row.
    first = sheet.start[1] if sheet.start else 0
    texts_of = _texts()
    with _explained(shown, f"the sheet {sheet.name!r}"):
        for number, row in enumerate(sheet.iter_rows(), 1):
            texts = [cell if type(cell) is str else texts_of[type(cell)][cell] for cell in row]
            for column, numbers in formats.items():
                value = row[column - first] if number in numbers and first <= column < first + len(row) else ""
                if type(value) is float or type(value) is int:
                    texts[column - first] = numbers[number][value]
            if any(texts):
                yield number, texts


class _Texts(dict[Any, str]):
    """The texts of values of one type, each worked out once. One for all types won't do: 1, 1.0 and True are equal."""

    def __init__(self, text: Callable[[Any], str]) -> None:
        self._text = text

    def __missing__(self, value: Any) -> str:
        text = self._text(value)
        if len(self) < _REMEMBERED:
            self[value] = text
        return text


def _texts() -> dict[type, _Texts]:
    """A text for each value of each type that calamine gives. Error cells and empty ones come as empty strings."""
    readers: dict[type, Callable[[Any], str]] = {
        float: _number,
        int: str,
        bool: lambda value: str(value).upper(),
        date: date.isoformat,
        datetime: _moment,
        time: lambda value: value.isoformat("seconds"),
        timedelta: _duration,
    }
    return {each: _Texts(text) for each, text in readers.items()}


def _number(value: float) -> str:
    """The number in digits, at most 15 that count: that is what a spreadsheet shows, and hides noise like 0.1 + 0.2."""
    if value.is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    text = f"{value:.15g}"
    return f"{Decimal(text):f}" if "e" in text and 1e-15 < abs(value) < 1e21 else text


def _moment(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")


def _duration(value: timedelta) -> str:
    seconds = round(abs(value).total_seconds())
    return f"{'-' * (value < timedelta())}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


# -- number formats ----------------------------------------------------------------------------------------------

_TOKEN = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[[^\]]*\]|[_*].|(?P<end>;)|(?P<plain>.)', re.DOTALL)


def _format(code: str) -> _Texts | None:
    """How numbers with this format code are shown, where their values alone would be misread."""
    plain = template = ""
    for token in _TOKEN.finditer(code):
        if token["end"]:  # what follows is for negative numbers
            break
        plain += token["plain"] or ""
        literal = token["plain"] or token["quoted"] or token["escaped"] or ""
        template += "{}" if token["plain"] == "0" else re.sub("[{}]", r"\g<0>\g<0>", literal)
    if "%" in plain:
        return _Texts(lambda value: f"{_number(float(value) * 100)}%")
    if plain.count("0") > 1 and set(plain) <= set("0-() +"):
        return _Texts(lambda value: _padded(float(value), template.strip(), plain.count("0")))
    return None


def _padded(value: float, template: str, places: int) -> str:
    """The digits of a code (ZIP, phone, social security number), each in its place."""
    digits = _number(value)
    if not digits.isdecimal() or len(digits) > places:  # a fraction, or a number for another part of the format
        return digits
    return template.format(*digits.zfill(places))


def _formats(path: Path, sheet: str) -> dict[int, dict[int, _Texts]]:
    """The formats that matter, by column (from 0) and row (from 1). None where the file says nothing of formats."""
    found: dict[int, dict[int, _Texts]] = {}
    # Other kinds of workbooks have no such parts. In a damaged one, plain values are better than nothing.
    with suppress(Exception), ZipFile(path) as archive:
        if styles := _styles(archive):
            cells = _cells(archive, _part(archive, sheet), rb'r="([A-Z]+)(\d+)"[^>/]*? s="(%s)"' % b"|".join(styles))
            for column, row, style in cells:
                found.setdefault(_column(column), {})[int(row)] = styles[style]
    return found


def _styles(archive: ZipFile) -> dict[bytes, _Texts]:
    """The formats that matter by the number of the cell style, as cells refer to it."""
    root = _parsed(archive, "xl/styles.xml")
    codes = {"9": "0%", "10": "0.00%"}
    codes |= {each.get("numFmtId", ""): each.get("formatCode", "") for each in root.findall("{*}numFmts/{*}numFmt")}
    styles = root.findall("{*}cellXfs/{*}xf")
    formats = {number: _format(codes.get(style.get("numFmtId", ""), "")) for number, style in enumerate(styles)}
    return {b"%d" % number: text for number, text in formats.items() if text is not None}


# -- the XML of .xlsx --------------------------------------------------------------------------------------------

_DIMENSION = re.compile(rb'dimension ref="\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)"')


def _check_extent(path: Path, sheet: str, shown: str) -> None:
    """Refuses a sheet with filled cells so far apart that the cells between them would fill the memory."""
    area = 0
    with suppress(Exception), ZipFile(path) as archive:
        part = _part(archive, sheet)
        with archive.open(part) as file:
            claim = _DIMENSION.search(file.read(1 << 13))
        # The claim counts cells that are only coloured, and in a damaged file it may be wrong. A closer look costs
        # time, so a large sheet gets it only where the claim is out of bounds.
        small = archive.getinfo(part).file_size < _CHUNK
        if small or not claim or _area([claim.group(1, 2), claim.group(3, 4)]) > _MOST_CELLS:
            area = _area(_cells(archive, part, rb'(?:[^>/]*?\s)?r="([A-Za-z]+)(\d+)"'))
    if area > _MOST_CELLS:
        message = "has filled cells too far apart; delete the stray ones outside the list, or save the list as CSV"
        raise InputError(f"{shown}: the sheet {sheet!r} {message}")


def _area(cells: Iterable[tuple[bytes, ...]]) -> int:
    """How many cells lie between the outermost ones."""
    columns, rows = set(), set()
    for column, row in cells:
        columns.add(_column(column))
        rows.add(int(row))
    return (max(columns) - min(columns) + 1) * (max(rows) - min(rows) + 1)


def _cells(archive: ZipFile, part: str, having: bytes) -> Iterator[tuple[bytes, ...]]:
    """The groups in `having` of each cell with such attributes that is not empty."""
    with archive.open(part) as file:
        data = file.read(_CHUNK)
        root = re.search(rb"<(\w+:)?worksheet", data)
        prefix = root[1] or b"" if root else b""
        pattern = re.compile(rb"<%sc\s%s[^>/]*>" % (prefix, having))
        while data:
            cut = max(data.rfind(b"<"), 0)  # a tag may be cut in two where the chunk ends
            yield from pattern.findall(data, 0, cut)
            more = file.read(_CHUNK)
            data = data[cut:] + more if more else b""


@cache
def _column(letters: bytes) -> int:
    """The column from 0 that these letters name."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _part(archive: ZipFile, sheet: str) -> str:
    """The path of a sheet's XML in the archive."""
    sheets = _parsed(archive, "xl/workbook.xml").findall("{*}sheets/{*}sheet")
    link = next(value for each in sheets if each.get("name") == sheet for key, value in each.items() if "}" in key)
    links = _parsed(archive, "xl/_rels/workbook.xml.rels").findall("{*}Relationship")
    target = next(each.get("Target", "") for each in links if each.get("Id") == link)
    return posixpath.join("xl", target).removeprefix("/")


def _parsed(archive: ZipFile, part: str) -> Element:
    from xml.etree.ElementTree import fromstring

    if archive.getinfo(part).file_size > _LARGEST_PART:
        raise ValueError(part)
    text = archive.read(part).decode("utf-8-sig")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:  # entities can be made to expand without end
        raise ValueError(part)
    return fromstring(text)
