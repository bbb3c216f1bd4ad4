"""A document for people in its parts: what an explanation or a call sheet says, before it is laid out anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """A title: of the document at level 1, of a part at 2, of a part of that at 3."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. `strong` where it says what matters most, `faint` where it is only by the way."""

    text: str
    strong: bool = False
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headers. The last column is running text, which may go below the others where there is no room;
    `numeric` are the columns that are aligned to the right."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a list, and what stands below it. `box`: it is to be ticked off or filled in."""

    text: str
    details: tuple[str, ...] = ()
    box: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Item, ...]
    numbered: bool = False


Block: TypeAlias = Heading | Paragraph | Table | Items
