"""Lines for people: broken at spaces, cut to the width, harmless whatever a file put into them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from psm_qualify.facts.text import printable

_WIDE = 120  # columns: from here on a thing takes one line


def console_on(out: TextIO, width: int | None) -> Console:
    """A console that shows text as it stands. `width` None: as wide as the terminal."""
    return Console(file=out, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


class Page:
    """Prints titles and lines for one width."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = max(console.width, 40)
        self.wide = self.width >= _WIDE

    def _title(self, title: str) -> None:
        self._line()
        self._line(Text(title, style="bold"))

    def _more(self, count: int, what: str) -> None:
        if count > 0:
            self._line(Text(f"  … and {count} more {what}", style="dim"))

    def _wrapped(self, text: str, indent: int = 0, style: str = "") -> None:
        for number, line in enumerate(wrap(printable(text), self.width - indent - 2)):
            self._line(Text(" " * (indent + (2 if number else 0)) + line, style=style))

    def _line(self, text: Text | None = None) -> None:
        line = text or Text()
        line.plain = printable(line.plain)  # sign for sign, so that the styles stay where they are
        line.truncate(self.console.width)
        line.rstrip()
        self.console.print(line, no_wrap=True, overflow="crop", crop=True)


def fit(text: str, width: int) -> str:
    """The text in exactly `width` cells, cut with an ellipsis where it is longer."""
    return set_cell_size(text, width) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken at spaces."""
    lines: list[str] = []
    for word in _words(text, width):
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def at_most(lines: list[str], count: int) -> list[str]:
    """The first lines, with an ellipsis where there are more."""
    return lines if len(lines) <= count else [*lines[: count - 1], f"{lines[count - 1]} …"]


def _words(text: str, width: int) -> Iterable[str]:
    for word in text.split():
        while cell_len(word) > width:
            yield fit(word, width)[:-1]
            word = word[len(fit(word, width)) - 1 :]
        yield word
