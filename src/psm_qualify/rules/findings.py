"""Collects what is wrong with a pack while its parts are read and bound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from psm_qualify.errors import Finding, did_you_mean
from psm_qualify.rules.places import Path, Places


class Findings:
    """What is wrong with a pack, and what was taken out of it for that, so that nothing is told of its absence."""

    def __init__(self, places: Places, found: list[Finding]) -> None:
        self.places = places
        self.found = found
        self._lost_paths: list[Path] = []
        self._lost_names: set[str] = set()

    def add(self, code: str, message: str, hint: str, path: Path, *, key: bool = False) -> None:
        """Adds a finding at the value that stands at `path`, or at its key where the message is about that."""
        self.found.append(Finding(code, message, hint, self.places.locate(path, key=key)))

    def add_unknown(self, kind: str, name: str, known: Sequence[str], path: Path, *, key: bool = False) -> None:
        """Adds that nothing of this kind has that name; unless it was lost."""
        if name not in self._lost_names:
            self.add(f"unknown-{kind}", f"there is no {kind} {name!r}", did_you_mean(name, known), path, key=key)

    def lose(self, path: Path, names: Iterable[str]) -> None:
        """Notes that what stood at `path`, with these names, was wrong and is left out."""
        self._lost_paths.append(path)
        self._lost_names.update(names)

    def whole(self, path: Path) -> bool:
        """Whether nothing was lost at or below `path`, so that what is missing there was never written."""
        return not any(lost[: len(path)] == path for lost in self._lost_paths)


def in_order(found: Iterable[Finding], files: Sequence[str]) -> list[Finding]:
    """Each finding once: by file (in the order of the layers), line and column."""
    return sorted(dict.fromkeys(found), key=lambda one: (files.index(one.place.file), one.place.line, one.place.column))
