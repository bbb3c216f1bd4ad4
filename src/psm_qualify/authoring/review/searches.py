"""Reads patterns as deeply as is needed to say for sure that one can never be found in a cleaned text.

Cells are cleaned before they are searched: trimmed, in small letters, every run of white space one space. Whatever
is not sure counts as findable. Patterns come from a pack that loads, so they are sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"(?P<sign>\\.)|(?P<klass>\[\^?(?:\\.|[^\]\\])*\])|(?P<open>\((?:\?:)?)|(?P<close>\))|(?P<or>\|)"
    r"|(?P<repeat>[*+?]\??|\{(?P<least>[0-9]+)(?:,[0-9]*)?\}\??)|(?P<other>.)",
    re.DOTALL,
)
_ODD_SPACES = ("\t", "\n", "\r", "\f", "\\t", "\\n", "\\r", "\\f")
_SPACES = (" ", "\\s")
_MAX_DEPTH = 60  # no pattern that people write comes near
_NO_WIDTH = ("^", "$", "\\b", "\\B")


@dataclass(frozen=True, slots=True)
class Part:
    """A sign, class or group (then `branches` holds what may stand in it), at least `least` times."""

    text: str
    least: int = 1
    branches: tuple[tuple[Part, ...], ...] = ()
    once: bool = True

    @property
    def wide(self) -> bool:
        """Whether it takes at least one sign."""
        if self.branches:
            return self.least > 0 and all(any(part.wide for part in branch) for branch in self.branches)
        return self.least > 0 and self.text not in _NO_WIDTH


@dataclass(frozen=True, slots=True)
class Search:
    """A pattern in its parts, and the groups that catch, in order."""

    branches: tuple[tuple[Part, ...], ...]
    groups: tuple[Part, ...]


def parsed(pattern: str) -> Search:
    """A sound pattern in its parts. Of one that is nested very deep nothing is told: it has an empty branch."""
    groups: list[Part | None] = []
    open_: list[tuple[int | None, list[list[Part]]]] = [(None, [[]])]
    deepest = 0
    for token in _TOKEN.finditer(pattern):
        branches, text = open_[-1][1], token.group()
        match token.lastgroup:
            case "open":
                number = len(groups) if text == "(" else None
                groups += [None] if text == "(" else []
                open_.append((number, [[]]))
                deepest = max(deepest, len(open_))
            case "close":
                number, inner = open_.pop()
                part = Part("", branches=tuple(map(tuple, inner)))
                if number is not None:
                    groups[number] = part
                open_[-1][1][-1].append(part)
            case "or":
                branches.append([])
            case "repeat" if branches[-1]:
                last = branches[-1].pop()
                least = int(token["least"]) if token["least"] else int(text[0] == "+")
                branches[-1].append(Part(last.text, least * last.least, last.branches, once=False))
            case _:
                branches[-1].append(_sign(text))
    if deepest > _MAX_DEPTH:
        return Search(((),), tuple(Part("", 0) for _ in groups))
    return Search(tuple(map(tuple, open_[0][1])), tuple(group for group in groups if group is not None))


@lru_cache(maxsize=256)  # a pattern is made of few signs, and a pack of many patterns
def _sign(text: str) -> Part:
    return Part(text)


def obstacle(search: Search, whole: bool = True) -> str | None:
    """Why a pattern is never found in a cleaned text, in words; None where it may be. `whole`: not in parts of it."""
    return _of_branches(search.branches, whole)


def _of_branches(branches: Sequence[Sequence[Part]], whole: bool) -> str | None:
    found = [_of_branch(branch, whole) for branch in branches]
    return found[0] if all(found) else None


def _of_branch(parts: Sequence[Part], whole: bool) -> str | None:
    """What keeps the parts from standing one behind the other."""
    taken, ended = False, False
    before = ""  # what surely stands right before
    for part in parts:
        if not part.least:
            before = ""
            continue
        if (inner := _of_part(part, before, whole)) is not None:
            return inner
        if part.text == "^" and taken:
            return "something stands before ^, which is the beginning"
        if ended and part.wide:
            return "something stands behind $, which is the end"
        taken, ended = taken or part.wide, ended or part.text == "$"
        if part.text not in ("\\b", "\\B"):
            before = part.text
    return None


def _of_part(part: Part, before: str, whole: bool) -> str | None:
    if part.branches:
        return _of_branches(part.branches, whole)
    if part.text in _ODD_SPACES:
        return "cells are cleaned before they are searched: no tab or line end is left in them"
    if part.text in _SPACES:
        if part.least > 1 or before in _SPACES:
            return "cells are cleaned before they are searched: two spaces never stand side by side"
        if before == "^" and whole:
            return "cells are trimmed before they are searched: none begins with a space"
    if part.text == "$" and before in _SPACES and whole:
        return "cells are trimmed before they are searched: none ends with a space"
    return None


def fixed_texts(branches: Sequence[Sequence[Part]]) -> Iterator[str]:
    """Texts that are found because they stand there letter by letter, what is optional left out. Not all there are."""
    for branch in branches:
        parts = [part for part in branch if part.least and part.text not in _NO_WIDTH]
        if len(parts) == 1 and parts[0].branches and parts[0].once:
            yield from fixed_texts(parts[0].branches)
        elif parts and all(_plain(part) for part in parts):
            yield "".join(part.text for part in parts)


def _plain(part: Part) -> bool:
    return part.once and len(part.text) == 1 and part.text != "."
