"""Where in a sheet the table is: the header among what stands above it, and the fate of each record below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from psm_qualify.facts.text import printable, shortened, squash
from psm_qualify.sources.table import Raw, Record, Records, Rejected

LOOKED_AT = 60
"""Records at the beginning among which the header is looked for."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The headers, the lines on which they begin and end, and the column from which on another table stands."""

    headers: tuple[str, ...]
    first_line: int
    line: int
    beside: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Headers that one record gives, or two together, and how many of them are known."""

    headers: tuple[str, ...]
    first: int  # index of the record in which they begin
    last: int
    known: int


def find(rows: Sequence[Raw], known: frozenset[str], shown: str) -> Layout:
    """The layout of a table from its first records, blank ones left out. `rows` must not be empty."""
    chosen = _header(rows, known)
    headers = chosen.headers
    below = [row.cells for row in rows[chosen.last + 1 :]]
    beside = _beside(headers, below)
    notes = []
    if chosen.first:
        above = ", ".join(repr(_brief(row.cells)) for row in rows[: min(chosen.first, 3)])
        more = ", …" if chosen.first > 3 else ""
        notes.append(f"{shown}: the headers stand in line {rows[chosen.first].line}; above them stand {above}{more}")
    if chosen.last > chosen.first:
        lines = f"{rows[chosen.first].line} and {rows[chosen.last].line}"
        notes.append(f"{shown}: lines {lines} are read together as the headers")
    if beside is not None:
        notes.append(
            f"{shown}: another table stands beside the first, from column {beside + 1} ({headers[beside]!r}) on; "
            "only the first is scored: put the other into a file of its own"
        )
    return Layout(headers, rows[chosen.first].line, rows[chosen.last].line, beside, tuple(notes))


def fates(raw: Iterable[Raw], layout: Layout, known: frozenset[str], shown: str, *, padded: bool = False) -> Records:
    """Every record below the header: sound, or rejected with the reason. Blank ones are passed over.

    `padded`: the format knows no width of a record, so that a short one only has blank cells.
    """
    rejected: list[Rejected] = []
    return Records(_sorted_out(raw, layout, known, shown, padded, rejected), rejected)


def _sorted_out(
    raw: Iterable[Raw],
    layout: Layout,
    known: frozenset[str],
    shown: str,
    padded: bool,
    rejected: list[Rejected],
) -> Iterator[Record]:
    row, after_blank, second = 0, False, 0
    ends = layout.line  # the line after which the next record is expected
    for line, cells, text, fault in raw:
        if line <= layout.line:
            continue
        if not fault and not has_content(cells):
            after_blank = True
            continue
        row += 1
        after_blank = after_blank or (padded and line > ends + 1)
        ends = line
        if not second and not fault and after_blank and _is_other_header(cells, layout.headers, known):
            second = line
        after_blank = False
        cells, fault = _fitted(cells, len(layout.headers), fault, padded)
        if second:
            fault = f"belongs to a second table, which begins in line {second}: put that into a file of its own"
        elif not fault and _repeats(cells, layout.headers):
            fault = "repeats the headers"
        if fault:
            rejected.append(Rejected(shown, row, line, fault, text or " | ".join(cells)))
        else:
            yield Record(row, line, cells)


def has_content(cells: Sequence[str]) -> bool:
    """Whether anything but white space stands in a record."""
    return any(cell.strip() for cell in cells)


def clean_header(cell: str) -> str:
    """A header without what no one sees. Line ends within it stay: they are part of its name."""
    return cell.replace("\0", "").strip()


# -- the header --------------------------------------------------------------------------------------------------


def _header(rows: Sequence[Raw], known: frozenset[str]) -> _Candidate:
    """The record, or pair of records, that holds the most known headers; else the first that looks like some."""
    best = first = _single(rows, 0, known)
    for index in range(len(rows)):
        single = _single(rows, index, known)
        if index and single.known >= 2 and single.known > best.known:
            best = single
        pair = _pair(rows, index, known)
        if pair is not None and pair.known > max(best.known, _single(rows, index + 1, known).known):
            best = pair
    if best.known:
        return best
    # Nothing is known: a title of one cell is no header, a record about as wide as the widest may be one.
    widths = [_filled(row.cells) for row in rows]
    if widths[0] > 1 or max(widths) == 1:
        return first
    return _single(rows, next(index for index, width in enumerate(widths) if 2 * width >= max(widths)), known)


def _single(rows: Sequence[Raw], index: int, known: frozenset[str]) -> _Candidate:
    headers = tuple(map(clean_header, rows[index].cells))
    return _Candidate(headers, index, index, _count_known(headers, known))


def _pair(rows: Sequence[Raw], index: int, known: frozenset[str]) -> _Candidate | None:
    """Headers on two lines: groups (each over several columns, the first alone filled) above the headers proper."""
    if index + 1 >= len(rows):
        return None
    above, below = (list(map(clean_header, rows[number].cells)) for number in (index, index + 1))
    width = max(len(above), len(below))
    above += [""] * (width - len(above))
    below += [""] * (width - len(below))
    if all(above) or any(char.isdigit() for cell in below for char in cell):
        return None
    headers, group = [], ""
    for upper, lower in zip(above, below, strict=True):
        group = upper or (group if lower else "")
        headers.append(_joined(group, lower, known))
    return _Candidate(tuple(headers), index, index + 1, _count_known(headers, known))


def _joined(group: str, header: str, known: frozenset[str]) -> str:
    if not group or not header:
        return group or header
    joined = f"{group} {header}"
    return header if squash(joined) not in known and squash(header) in known else joined


def _count_known(headers: Iterable[str], known: frozenset[str]) -> int:
    return len({squash(header) for header in headers} & known)


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _brief(cells: Sequence[str]) -> str:
    return shortened(printable(" ".join(filter(None, map(str.strip, cells)))), 40)


def _beside(headers: Sequence[str], below: Sequence[Sequence[str]]) -> int | None:
    """The first column of a second table beside the first: behind an empty one, a header stands once more."""
    squashed = [squash(header) for header in headers]
    for gap, following in pairwise(range(len(headers))):
        if squashed[gap] or not squashed[following] or not any(squashed[:gap]):
            continue
        empty = not any(len(cells) > gap and cells[gap].strip() for cells in below)
        if empty and set(filter(None, squashed[:gap])) & set(squashed[following:]):
            return following
    return None


# -- the records below it ----------------------------------------------------------------------------------------


def _repeats(cells: Sequence[str], headers: Sequence[str]) -> bool:
    """Whether a record is the header once more, as where lists were put together."""
    return [clean_header(cell) for cell in cells] == list(headers) and _filled(headers) > 1


def _is_other_header(cells: Sequence[str], headers: Sequence[str], known: frozenset[str]) -> bool:
    """Whether a record is the header of another table: mostly known headers, and not those of this one."""
    count = _count_known(cells, known)
    return count >= 2 and 2 * count >= _filled(cells) and not _repeats(cells, headers)


def _fitted(cells: list[str], width: int, fault: str, padded: bool) -> tuple[list[str], str]:
    """The cells in the header's width, where only blanks are cut or added, or what is wrong."""
    if not fault and any("\0" in cell for cell in cells):
        fault = "NUL bytes: the row is damaged"
    if len(cells) > width and not has_content(cells[width:]):
        cells = cells[:width]
    if padded:
        cells = cells + [""] * (width - len(cells))
    if not fault and len(cells) != width:
        fault = f"{len(cells)} cell{'s' if len(cells) != 1 else ''} where the header has {width}"
    return cells, fault
