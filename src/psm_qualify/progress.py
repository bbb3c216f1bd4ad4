"""How far long work is: what the library tells whoever listens. It draws nothing, and knows no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar

T = TypeVar("T")
Unit: TypeAlias = Literal["bytes", "rows"]
WRITING = "Writing"
"""The stage in which output comes: what a listener shows could mix with it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage of the work is: `done` of `total` (None: nobody knows of how much). Told once more at its end."""

    stage: str
    done: int = 0
    total: int | None = None
    unit: Unit = "rows"
    ended: bool = False


Listener: TypeAlias = Callable[[Progress], None]
"""Hears how far the work is, some times a second at most while it is done; what it raises stops the work."""


def unheard(_: Progress) -> None:
    """The listener where nobody listens."""


def counted(
    items: Iterable[T],
    listener: Listener,
    stage: Progress,
    place: Callable[[], int] | None = None,
    every: int = 1_000,
) -> Iterator[T]:
    """The same items; the listener hears at `every` so many of them how far they are, or how far `place` says."""
    if listener is unheard:
        yield from items
        return
    listener(stage)
    try:
        for count, item in enumerate(items, 1):
            yield item
            if count % every == 0:
                listener(replace(stage, done=count if place is None else place()))
    finally:
        listener(replace(stage, ended=True))


def of_file(path: Path, doing: str, shown: str) -> Progress:
    """The stage in which something is done with all bytes of a file; `shown` is what the user calls it."""
    return Progress(f"{doing} {shown}", 0, path.stat().st_size, "bytes")
