"""Collects what is wrong with a pack while its parts are read and bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from psm_qualify.errors import Finding, did_you_mean
from psm_qualify.rules.places import Path, Places
from psm_qualify.rules.tree import MAX_FOUND

_MAX_COMPARED = 1000
_OF_THE_PACK = ("field", "criterion", "scorecard", "phrase")  # the same thing wherever it is named


class EnoughError(Exception):
    """So much is wrong that the rest is not looked at."""


class Findings:
    """What is wrong with a pack, and what was taken out of it for that, so that nothing is told of its absence."""

    def __init__(self, places: Places, found: list[Finding]) -> None:
        self.places = places
        self.found = found
        self._lost_paths: set[Path] = set()  # with all that they lie in
        self._lost_names: set[str] = set()
        self._unknown: dict[tuple[str, str, str], tuple[int, int]] = {}  # where it is told, and in how many places

    def add(self, code: str, message: str, hint: str, path: Path, *, key: bool = False) -> None:
        """Adds a finding at the value that stands at `path`, or at its key where the message is about that."""
        finding = Finding(code, message, hint, self.places.locate(path, key=key))
        if finding not in self.found:  # an alias repeats a fault
            self.found.append(finding)
        if len(self.found) >= MAX_FOUND:
            raise EnoughError

    def add_unknown(self, kind: str, name: str, known: Sequence[str], path: Path, *, key: bool = False) -> None:
        """Adds that nothing of this kind has that name; unless it was lost."""
        if name not in self._lost_names and name.rpartition(".")[2] not in self._lost_names:  # a scorecard's criterion
            hint = (
                did_you_mean(name, tuple(dict.fromkeys(known))[:_MAX_COMPARED])
                or f"there is none to name: define a {kind}, or take this out"
            )
            mistake = (kind, name, "" if kind in _OF_THE_PACK else hint)
            at, places = self._unknown.get(mistake, (None, 0))
            if at is None:
                self._unknown[mistake] = (len(self.found), 1)
                self.add(f"unknown-{kind}", f"there is no {kind} {name!r}", hint, path, key=key)
            elif self.places.locate(path, key=key) != self.found[at].place:
                more = f", here and in {places} more place{'s' if places > 1 else ''}"
                self.found[at] = replace(self.found[at], message=f"there is no {kind} {name!r}{more}")
                self._unknown[mistake] = (at, places + 1)

    def lose(self, path: Path, names: Iterable[str]) -> None:
        """Notes that what stood at `path`, with these names, was wrong and is left out."""
        self._lost_paths.update(within(path))
        self._lost_names.update(names)

    def whole(self, path: Path) -> bool:
        """Whether nothing was lost at or below `path`, so that what is missing there was never written."""
        return path not in self._lost_paths


def within(path: Path) -> Iterator[Path]:
    """The path and all that it lies in."""
    return (path[:length] for length in range(len(path) + 1))


def in_order(found: Iterable[Finding], files: Sequence[str]) -> list[Finding]:
    """Each finding once: by file (in the order of the layers), line and column."""
    return sorted(dict.fromkeys(found), key=lambda one: (files.index(one.place.file), one.place.line, one.place.column))
