"""Documents for the terminal: as wide as it is, broken at spaces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from psm_qualify.facts.text import printable
from psm_qualify.render.base import Target
from psm_qualify.render.blocks import Block, Heading, Items, Paragraph, Table
from psm_qualify.render.lines import Page, console_on, fit, wrap

_GAP = "  "
_LEAST = 34  # cells that running text needs beside other columns
_WIDEST = 40  # cells for any other column


def write(blocks: Iterable[Block], target: Target) -> None:
    """Writes the document."""
    with target.open() as out:
        Sheet(console_on(out, target.width)).print(blocks)


class Sheet(Page):
    """Lays blocks out for one width."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._begun = False

    def print(self, blocks: Iterable[Block]) -> None:
        """Prints blocks, a blank line before each title."""
        for block in blocks:
            match block:
                case Heading(text, level):
                    if self._begun and level < 3:
                        self._line()
                    self._wrapped(text, indent=0 if level < 3 else 2, style="bold")
                case Paragraph(text, strong, faint):
                    self._wrapped(text, style="bold" if strong else "dim" if faint else "", indent=2 * self._begun)
                case Items():
                    self._items(block)
                case Table():
                    self._table(block)
            self._begun = self._begun or isinstance(block, Heading)

    def _items(self, block: Items) -> None:
        for number, item in enumerate(block.items, 1):
            mark = f"{number:>2}. " if block.numbered else "[ ] " if item.box else "- "
            for first, line in enumerate(wrap(printable(item.text), self.width - 2 - len(mark))):
                self._line(Text(f"  {' ' * len(mark) if first else mark}{line}"))
            for detail in item.details:
                self._wrapped(detail, indent=2 + len(mark), style="dim")

    def _table(self, table: Table) -> None:
        """The last column stands beside the others where there is room, else on lines of its own."""
        shown = [tuple(printable(cell) for cell in row) for row in (table.headers, *table.rows)]
        widths = [min(_WIDEST, max(cell_len(row[place]) for row in shown)) for place in range(len(table.headers) - 1)]
        beside = self.width - 2 - sum(width + len(_GAP) for width in widths)
        texts = [place for place in range(len(widths)) if place not in table.numeric]
        if texts and beside + len(_GAP) < 0:  # figures stay whole, the widest text is cut
            widest = max(texts, key=lambda place: widths[place])
            widths[widest] = max(widths[widest] + beside + len(_GAP), 1)
        for number, row in enumerate(shown):
            cells = _aligned(row[:-1], widths, table.numeric)
            style = "dim" if number == 0 else ""
            if beside >= _LEAST:
                lines = wrap(row[-1], beside) or [""]
                self._line(Text(f"  {cells}{_GAP}{lines[0]}", style=style))
                for line in lines[1:]:
                    self._line(Text(" " * (self.width - beside) + line))
            else:
                self._line(Text(f"  {cells}", style=style))
                if number and row[-1]:
                    self._wrapped(row[-1], indent=6, style="dim")


def _aligned(cells: Sequence[str], widths: Sequence[int], numeric: frozenset[int]) -> str:
    aligned = []
    for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        text = fit(cell, width) if place not in numeric else " " * (width - cell_len(cell)) + cell
        aligned.append(text)
    return _GAP.join(aligned)
