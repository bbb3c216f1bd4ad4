"""Markdown: for an e-mail, a wiki, or a sheet of paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from psm_qualify.facts.text import printable
from psm_qualify.render.base import Target
from psm_qualify.render.blocks import Block, Heading, Items, Paragraph, Table

_SIGNS = re.compile(r"([\\`*_\[\]<>|~#]|&(?=#?\w+;))")
_AT_THE_START = re.compile(r"^([-+]|[0-9]+[.)])(?= |$)|^-(?=[- ]*$)")


def write(blocks: Iterable[Block], target: Target) -> None:
    """Writes the document."""
    with target.open() as out:
        out.write("\n\n".join("\n".join(_lines(block)) for block in blocks) + "\n")


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * level} {escaped(text)}"
        case Paragraph(text, strong, _):
            yield f"**{escaped(text)}**" if strong else _at_the_start(escaped(text))
        case Items(items, numbered):
            for number, item in enumerate(items, 1):
                mark = f"{number}." if numbered else "-"
                text = _at_the_start(escaped(item.text))
                if item.box:  # to be printed: what takes one line leaves room for more calls
                    yield f"{mark} [ ] {' — '.join((text, *map(escaped, item.details)))}"
                    continue
                yield f"{mark} {text}"
                yield from (f"{' ' * len(mark)} - {_at_the_start(escaped(detail))}" for detail in item.details)
        case Table():
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    yield _row([escaped(header) for header in table.headers])
    yield _row(["---:" if number in table.numeric else "---" for number in range(len(table.headers))])
    for row in table.rows:
        yield _row([escaped(cell) for cell in row])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """A text as one line that says what it says, whatever a file put into it."""
    return _SIGNS.sub(r"\\\1", " ".join(printable(text).split()))


def _at_the_start(text: str) -> str:
    """A text that stands at the start of a line, where some signs would begin a list."""
    return _AT_THE_START.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", text)
