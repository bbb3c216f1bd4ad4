"""An empty list as CSV (the headers alone) and as a workbook (with questions, notes at the headers, drop-downs).

Labels, questions and choices come from rule files: every text is written as a text, never as a formula.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Literal

from psm_qualify.errors import UsageError
from psm_qualify.facts.readers import OptionsReader
from psm_qualify.facts.text import formula_safe, printable, shortened
from psm_qualify.facts.types import FreeText
from psm_qualify.render.base import Target
from psm_qualify.template import Column, Template

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

PROSPECTS, QUESTIONS, LISTS = "Prospects", "Questions", "Lists"
_CREATED = datetime(2026, 1, 1)  # a clock would make other bytes each time
_DELIMITER, _ANY_DELIMITER = "[;|]", "[;|^~¦§:#!]"
_LAST_ROW = (1 << 20) - 1
_MOST_CHARACTERS = 32_000  # of a cell or a note: Excel takes 32,767
_NOTE_WIDTH = 44  # characters in a line
_NARROW, _TEXT, _WIDE, _LONG_TEXT = 12, 24, 34, 50  # widths of columns, in characters
_INTRO = (
    "One prospect a line. Leave a cell empty where you do not know: unknown is never taken for a no. "
    "Columns may be moved or removed, and others added."
)


# -- CSV ---------------------------------------------------------------------------------------------------------


def render_csv(template: Template, target: Target) -> None:
    """Writes the line of headers."""
    alone = len(template.columns) == 1
    headers = [_csv_header(column.header, alone) for column in template.columns]
    with target.open() as out:
        if target.path is not None:
            out.write("\ufeff")  # Excel takes a file for UTF-8, and saves it so, where it begins like this
        ends = "\n" if target.path is None else "\r\n"
        # A line that begins with an apostrophe could be taken for one whose cells stand between apostrophes.
        csv.writer(out, lineterminator=ends, quoting=_quoting(headers)).writerow(headers)


def _csv_header(header: str, alone: bool) -> str:
    """The header without what could be taken for a delimiter (of one line alone nobody can tell) or for a formula.

    Nothing is lost: headers are compared by letters and digits.
    """
    bare = re.sub(_ANY_DELIMITER if alone else _DELIMITER, " ", _plain(header))
    return formula_safe(" ".join(bare.split()))


def _quoting(headers: Sequence[str]) -> Literal[0, 1]:
    return csv.QUOTE_ALL if headers[0].startswith("'") else csv.QUOTE_MINIMAL


# -- XLSX --------------------------------------------------------------------------------------------------------


def render_xlsx(template: Template, target: Target) -> None:
    """Writes the workbook. Raises UsageError where it has no file to go to."""
    if target.path is None:
        raise UsageError("a workbook can't go to standard output: name a file, as in -o prospects.xlsx")
    target.path.write_bytes(workbook(template))


def workbook(template: Template) -> bytes:
    """The workbook. The same template gives the same bytes."""
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": _plain(template.pack.title), "created": _CREATED})
        sheet = book.add_worksheet(PROSPECTS)
        questions = book.add_worksheet(QUESTIONS)
        _fill_prospects(book, sheet, template)
        _fill_questions(book, questions, template)
    return out.getvalue()


def _fill_prospects(book: Workbook, sheet: Worksheet, template: Template) -> None:
    """The list itself: a line of headers, and below them cells that keep what is typed."""
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE6F0", "bottom": 1})
    short = book.add_format({"num_format": "@"})  # text: else 1-6 would become a date, and 00042 would be 42
    long = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    lists = _write_lists(book, template)
    sheet.set_comments_author("psm-qualify")
    for index, column in enumerate(template.columns):
        sheet.set_column(index, index, _width(column), long if _holds_long_text(column) else short)
        sheet.write_string(0, index, _plain(column.header), head)
        _note(sheet, index, template, column)
        if column.options:
            sheet.data_validation(1, index, _LAST_ROW, index, _drop_down(lists[column.options]))
    sheet.freeze_panes(1, 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _write_lists(book: Workbook, template: Template) -> Mapping[tuple[str, ...], str]:
    """Where each list of options stands. Excel takes at most 255 characters, and no commas, at the cell itself."""
    from xlsxwriter.utility import xl_range_abs

    found: dict[tuple[str, ...], str] = {}
    every = dict.fromkeys(column.options for column in template.columns if column.options)
    if not every:
        return found
    sheet = book.add_worksheet(LISTS)
    sheet.hide()
    for index, options in enumerate(every):
        for row, option in enumerate(options):
            sheet.write_string(row, index, option)
        found[options] = f"={LISTS}!{xl_range_abs(0, index, len(options) - 1, index)}"
    return found


def _drop_down(source: str) -> dict[str, object]:
    """A list that helps and forbids nothing: synonyms and "n/a" are as good."""
    return {
        "validate": "list", "source": source, "error_type": "information",
        "error_title": "Not in the list",
        "error_message": "It can stay: other words are understood too. Where one is not, psm-qualify says so.",
    }  # fmt: skip


def _note(sheet: Worksheet, index: int, template: Template, column: Column) -> None:
    text = "\n".join(_about(template, column))
    lines = sum(max(1, len(wrap(line, _NOTE_WIDTH))) for line in text.split("\n"))
    sheet.write_comment(0, index, shortened(text, _MOST_CHARACTERS), {"width": 300, "height": 18 * min(lines, 30) + 14})


def _fill_questions(book: Workbook, sheet: Worksheet, template: Template) -> None:
    """The questions to read through, each fact a block.

    One filled cell a line is on purpose: the reader of workbooks takes the first sheet that holds a list, which is a
    sheet with two lines of several filled cells. Were this one such, it would be read in place of an empty list.
    """
    bold = book.add_format({"bold": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 100, plain)
    sheet.write_string(0, 0, shortened(f"{_plain(template.pack.title)} {_plain(template.pack.version)}", 200), bold)
    sheet.write_string(1, 1, _INTRO, plain)
    row = 3
    for column in template.columns:
        sheet.write_string(row, 0, _plain(column.header), bold)
        for text in _about(template, column):
            row += 1
            sheet.write_string(row, 1, text, plain)
        row += 2
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _about(template: Template, column: Column) -> Iterator[str]:
    """The question, what may be written, and what it is good for."""
    if column.field.question:
        yield _plain(column.field.question)
    yield _plain(column.accepts)
    yield from map(_plain, _uses(template, column))


def _uses(template: Template, column: Column) -> Iterator[str]:
    for card in template.pack.scorecards.values():
        titles = [
            f"{criterion.title} (required)" if criterion in template.pack.required else criterion.title
            for criterion in column.criteria
            if criterion.scorecard == card.id
        ]
        if titles:
            yield f"{card.title}: {'; '.join(titles)}"
    if column.feeds:
        yield f"Read where these are left empty: {', '.join(column.feeds)}"


def _holds_long_text(column: Column) -> bool:
    return bool(column.feeds) and isinstance(column.field.kind, FreeText)


def _width(column: Column) -> int:
    if _holds_long_text(column):
        return _LONG_TEXT
    longest = max(map(len, column.options), default=0) if isinstance(column.field.reader, OptionsReader) else 0
    least = _TEXT if isinstance(column.field.kind, FreeText) else _NARROW
    return max(least, min(_WIDE, max(len(column.header), longest) + 4))  # room for the arrow of a drop-down


def _plain(text: str) -> str:
    """The text as a cell can hold it: no control codes, and no longer than Excel takes."""
    return shortened(printable(text), _MOST_CHARACTERS)
