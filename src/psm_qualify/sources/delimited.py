"""Delimited text (CSV, TSV): the quick way for regular files, the careful way for all others.

A regular file has one record a line, each as wide as the header, in UTF-8. The engine reads it as it stands;
`open_table` only counts its lines. Where that count and the engine's don't agree, or the engine refuses the file,
`read_carefully` goes through it record by record, puts aside what is damaged, and writes a regular copy.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from psm_qualify.errors import InputError
from psm_qualify.sources.table import BUFFERED, Rejected, Scan, Table

_CHUNK = 1 << 22
_HEAD = 1 << 20
_UTF8 = "utf-8-sig"
_DELIMITERS = (",", "\t", ";", "|")
_LONGEST_CELL = 1 << 28
_LONGEST_RECORD = 10_000  # lines; a quote that stays open longer is a stray one


def open_table(path: Path, shown: str) -> Table:
    """The table in a file, its cells not read yet. Raises InputError where no table can be there."""
    csv.field_size_limit(_LONGEST_CELL)
    head = _head(path, shown)
    encoding = _encoding(head, shown)
    text = head.decode(encoding, errors="replace")
    delimiter = _delimiter(text)
    headers = _header(text, delimiter, shown)
    lines, unusual = _count_lines(path)
    begins = text.split("\n", 1)[0].strip(f'{delimiter}" \r') != ""
    regular = encoding == _UTF8 and not unusual and begins
    scan = Scan(path, delimiter, len(headers))
    return Table(shown, scan, headers, expected=max(lines - 1, 0) if regular else None, notes=_note(shown, encoding))


def read_carefully(table: Table, folder: Path) -> Table:
    """The same table record by record: a regular copy in `folder`, with what had to be rejected and why."""
    copy = folder / f"{len(list(folder.iterdir()))}.csv"
    found, longest = records(table), 0
    with copy.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow([*found.headers, "row", "line"])
        for row, line, cells in found:
            writer.writerow([*cells, row, line])
            longest = max(longest, sum(map(len, cells)))
    # A character takes at most four bytes, a cell two quotes and a comma more.
    most = max(BUFFERED, 4 * longest + 3 * len(found.headers) + 100)
    scan = Scan(copy, ",", len(found.headers), placed=True, longest=most)
    return Table(table.name, scan, found.headers, tuple(found.rejected), None, found.notes)


class records:  # noqa: N801 - used like a function: it yields (row, line, cells)
    """The sound records of a file, one by one. `rejected` grows while they are read."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.rejected: list[Rejected] = []
        self.headers = table.headers
        self._encoding = _settled_encoding(table.scan.path, table.name)
        self.notes = table.notes or _note(table.name, self._encoding)

    def __iter__(self) -> Iterator[tuple[int, int, list[str]]]:
        with self.table.scan.path.open(encoding=self._encoding, newline="", errors="replace") as lines:
            yield from self._placed(lines) if self.table.scan.placed else self._checked(lines)

    def _placed(self, lines: Iterator[str]) -> Iterator[tuple[int, int, list[str]]]:
        """The records of a copy, which says where they stood."""
        copied = csv.reader(lines)
        next(copied)
        for *cells, row, line in copied:
            yield int(row), int(line), cells

    def _checked(self, lines: Iterator[str]) -> Iterator[tuple[int, int, list[str]]]:
        table, row = self.table, 0
        found = iter(_Records(lines, table.scan.delimiter))
        next((cells for cells, _, _, _ in found if _has_content(cells)), None)  # the header
        for cells, line, text, fault in found:
            if not fault and not _has_content(cells):
                continue
            row += 1
            cells, fault = _fitted(cells, len(self.headers), fault)
            if fault:
                self.rejected.append(Rejected(table.name, row, line, fault, text))
            else:
                yield row, line, cells


# -- looking before reading --------------------------------------------------------------------------------------


def _head(path: Path, shown: str) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError:
        raise InputError(f"{shown}: there is no such file") from None
    except IsADirectoryError:
        raise InputError(f"{shown}: that is a folder; name the list in it, such as {shown}/prospects.csv") from None
    except OSError as error:
        raise InputError(f"{shown}: can't be read: {error.strerror}") from None
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise InputError(f"{shown}: the file is empty; a list has a line of headers and a line for each prospect")
    return head


def _encoding(head: bytes, shown: str) -> str:
    """The encoding that the first bytes are in."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith(b"PK\x03\x04"):
        raise InputError(f"{shown}: that is a workbook or an archive, not text; save the sheet as CSV first")
    if head.count(b"\0") > 2 + len(head) // 100 or _control_codes(head[:4096]) > 0.1:
        raise InputError(f"{shown}: that is not a text file; save the list as CSV first")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return _UTF8


def _note(shown: str, encoding: str) -> tuple[str, ...]:
    names = {"cp1252": "is not UTF-8 and was read as Windows-1252", "utf-16": "was read as UTF-16"}
    return (f"{shown} {names[encoding]}",) if encoding in names else ()


def _control_codes(head: bytes) -> float:
    odd = sum(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in head)
    return odd / max(len(head), 1)


def _delimiter(text: str) -> str:
    """The delimiter that splits the first records most evenly, and into the most cells."""

    def evenness(delimiter: str) -> tuple[int, int]:
        sample = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter)
        widths: list[int] = []
        try:
            for cells in sample:
                if _has_content(cells):
                    widths.append(len(cells))
                if len(widths) == 20:
                    break
        except csv.Error:
            pass
        width = widths[0] if widths else 0
        return (sum(each == width for each in widths) if width > 1 else 0, width)

    return max(_DELIMITERS, key=evenness)


def _header(text: str, delimiter: str, shown: str) -> tuple[str, ...]:
    lines = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter, skipinitialspace=True)
    try:
        cells = next((cells for cells in lines if _has_content(cells)), [])
    except csv.Error as error:
        raise InputError(f"{shown}: the line of headers can't be read: {error}") from None
    return tuple(cell.replace("\0", "").strip() for cell in cells)


def _count_lines(path: Path) -> tuple[int, bool]:
    """How many lines the file has, and whether it holds NUL bytes or a lone carriage return."""
    count, last, unusual = 0, b"", False
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            count += chunk.count(b"\n")
            returns = chunk.count(b"\r") - chunk.count(b"\r\n")
            # A pair may be cut in two where one chunk ends and the next begins.
            returns += last.endswith(b"\r") * (not chunk.startswith(b"\n")) - chunk.endswith(b"\r")
            unusual = unusual or returns > 0 or b"\0" in chunk
            last = chunk
    return count + (not last.endswith(b"\n")), unusual or last.endswith(b"\r")


def _settled_encoding(path: Path, shown: str) -> str:
    """The encoding in which the whole file can be read."""
    encoding = _encoding(_head(path, shown), shown)
    return "cp1252" if encoding == _UTF8 and not _is_utf8(path) else encoding


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


# -- record by record --------------------------------------------------------------------------------------------


def _has_content(cells: list[str]) -> bool:
    return any(cell.strip() for cell in cells)


def _fitted(cells: list[str], width: int, fault: str) -> tuple[list[str], str]:
    """The cells cut to the header's width where only blanks are cut, or what is wrong."""
    if not fault and any("\0" in cell for cell in cells):
        fault = "NUL bytes: the row is damaged"
    if len(cells) > width and not _has_content(cells[width:]):
        cells = cells[:width]
    if not fault and len(cells) != width:
        fault = f"{len(cells)} cell{'s' if len(cells) != 1 else ''} where the header has {width}"
    return cells, fault


class _Records:
    """Yields (cells, line, text, fault). A quote that opens and never closes costs its own line, not the rest."""

    def __init__(self, lines: Iterator[str], delimiter: str) -> None:
        self._lines = lines
        self._delimiter = delimiter
        around = re.escape(delimiter)
        self._loose_quote = re.compile(rf'(^|{around}) +"|"() +(?={around}|\r?\n?$)')
        self._again: deque[str] = deque()  # lines read in vain, to be read once more
        self._taken: list[str] = []
        self._number = 0
        self._width: int | None = None

    def __iter__(self) -> Iterator[tuple[list[str], int, str, str]]:
        while True:
            first = self._number + 1
            self._taken = []
            try:
                cells, fault = self._parse(self._feed()), ""
            except csv.Error as error:
                cells, fault = [], _fault(error, self._taken)
            if cells is None and not self._taken:
                return
            cells = cells or []
            if len(self._taken) > 1 and (fault or (self._width is not None and len(cells) != self._width)):
                self._give_back()
                cells, fault = [], "a quote opens here and does not close where the record should end"
            if self._width is None and _has_content(cells):
                self._width = len(cells)
            yield cells, first, "".join(self._taken).rstrip("\r\n"), fault

    def _parse(self, lines: Iterator[str]) -> list[str] | None:
        """The next record. Blanks between a quote and a delimiter are passed over, as other readers do."""
        try:
            cells = next(csv.reader(lines, delimiter=self._delimiter, strict=True), None)
            if not any(cell.startswith(" ") and cell.lstrip(" ").startswith('"') for cell in cells or ()):
                return cells
        except csv.Error:
            if not any(self._loose_quote.search(line) for line in self._taken):
                raise
        tight = [self._loose_quote.sub(lambda found: f'{found[1] or ""}"', line) for line in self._taken]
        return next(csv.reader(tight, delimiter=self._delimiter, strict=True), None)

    def _feed(self) -> Iterator[str]:
        while len(self._taken) < _LONGEST_RECORD:
            line = self._again.popleft() if self._again else next(self._lines, None)
            if line is None:
                return
            self._number += 1
            self._taken.append(line)
            yield line

    def _give_back(self) -> None:
        rest = self._taken[1:]
        self._again.extendleft(reversed(rest))
        self._number -= len(rest)
        del self._taken[1:]


def _fault(error: csv.Error, taken: list[str]) -> str:
    if "expected after" in str(error):
        return "text follows a closing quote; a quote inside a quoted cell is written twice"
    if "unexpected end" in str(error):
        return "a quote opens here and never closes"
    return f"can't be read: {error}"
