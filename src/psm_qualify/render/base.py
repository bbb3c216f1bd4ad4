"""What a renderer gets and what it may do: turn a ranking, or a survey, into text. It decides nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Generic, TextIO, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Target:
    """Where the text goes: a file, or standard output where `path` is None."""

    path: Path | None = None
    width: int | None = None  # columns; None: as wide as the terminal
    keep_columns: bool = False

    @contextmanager
    def open(self) -> Iterator[TextIO]:
        """The text stream to write to."""
        if self.path is None:
            yield sys.stdout
            sys.stdout.flush()
            return
        with self.path.open("w", encoding="utf-8", newline="") as out:
            yield out


@dataclass(frozen=True, slots=True)
class Format(Generic[T]):
    """An output format of a result: the renderer (`module:function` of this folder) and the endings of its files.

    `report`: it holds the whole story, so nothing more need be said beside it.
    """

    renderer: str
    endings: tuple[str, ...]
    report: bool = False
    keeps_columns: bool = False
    top: int | None = None  # how many prospects it shows unless told otherwise
    each: int | None = None  # ... and how many questions for each

    def render(self, result: T, target: Target) -> None:
        """Writes a result."""
        module, _, function = self.renderer.partition(":")
        getattr(import_module(f"psm_qualify.render.{module}"), function)(result, target)
