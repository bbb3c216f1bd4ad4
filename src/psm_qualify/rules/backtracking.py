r"""Finds repetitions in which an engine that backtracks, such as Python's, would lose its way.

`(\w+ ?)+$` fits "abc" as abc, ab-c, a-bc and a-b-c: where no end fits, each letter doubles the ways that are tried.
That is so where a walk through what is repeated can leave a sign by two ways on the same text and come back to it
by both. `\w+(?: \w+)*` has one way for each text: a space tells where the next part begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

_MAX_SIGNS = 100
"""A repetition of more signs is allowed unseen: to look at it would take too long."""

_MANY = 10
"""So many repetitions are as bad as any number."""

_ALPHABET = "".join(map(chr, range(32, 127))) + "\t\n\ré"


@dataclass(frozen=True, slots=True)
class _Sign:
    chars: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Joined:
    parts: Sequence[_Part]


@dataclass(frozen=True, slots=True)
class _Either:
    parts: Sequence[_Part]


@dataclass(frozen=True, slots=True)
class _Repeated:
    part: _Part
    least: int
    most: int | None
    text: str

    @property
    def loops(self) -> bool:
        return self.most is None or self.most >= _MANY


_Part: TypeAlias = _Sign | _Joined | _Either | _Repeated
_Ends: TypeAlias = tuple[bool, list[int], list[int]]
"""Whether a part fits nothing at all, and the signs with which it may begin and end."""


def runaway(tokens: Sequence[re.Match[str]]) -> str | None:
    """The repetition, as it is written, that may be tried in too many ways. None where there is none."""
    part, _ = _read(tokens, 0)
    return next((loop.text for loop in _doubtful(part) if _Walk().loses_its_way(loop)), None)


def _read(tokens: Sequence[re.Match[str]], at: int) -> tuple[_Part, int]:
    """The part that begins at a token, up to the end of its group, and where that is."""
    branches: list[list[_Part]] = [[]]
    began = 0
    while at < len(tokens) and tokens[at].lastgroup != "end":
        token, kind, parts = tokens[at], tokens[at].lastgroup, branches[-1]
        if kind == "repeat":
            if parts:
                parts[-1] = _repeated(parts[-1], token, token.string[began : token.end()])
        elif token.group() == "|":
            branches.append([])
        else:
            began = token.start()
            if kind == "group":
                part, at = _read(tokens, at + 1)
                parts.append(part)
            elif token.group() in ("^", "$", r"\b", r"\B"):
                parts.append(_Joined(()))
            else:
                parts.append(_Sign(_fitting(token.group())))
        at += 1
    return _Either([_Joined(parts) for parts in branches]), at


def _repeated(part: _Part, token: re.Match[str], text: str) -> _Repeated:
    if token["least"] is None:
        return _Repeated(part, int(token.group()[0] == "+"), 1 if token.group()[0] == "?" else None, text)
    least = int(token["least"])
    return _Repeated(
        part, least, least if token["most"] is None else int(token["most"]) if token["most"] else None, text
    )


@lru_cache(maxsize=512)
def _fitting(sign: str) -> frozenset[str]:
    return frozenset(re.findall(sign, _ALPHABET, re.IGNORECASE | re.ASCII | re.DOTALL))


def _doubtful(part: _Part) -> Iterator[_Repeated]:
    """The repetitions without end that are worth a look; of those in one another the outermost."""
    if isinstance(part, _Repeated) and part.loops and not _is_set_apart(part):
        if r"\b" not in part.text:  # which keeps words whole
            yield part
    elif not isinstance(part, _Sign):
        for inner in _parts(part):
            yield from _doubtful(inner)


def _is_set_apart(loop: _Repeated) -> bool:
    """Whether each turn begins or ends with a sign that nothing repeated within it fits, such as a space."""
    within = frozenset[str]().union(*_chars(loop.part, looped=False))
    return bool(within) and any(_is_apart(loop.part, at, within) for at in (0, -1))


def _is_apart(part: _Part, at: int, within: frozenset[str]) -> bool:
    match part:
        case _Sign(chars):
            return not chars & within
        case _Joined(parts):
            return bool(parts) and _is_apart(parts[at], at, within)
        case _Either(parts):
            return all(_is_apart(branch, at, within) for branch in parts)
        case _Repeated():
            return False


def _chars(part: _Part, looped: bool) -> Iterator[frozenset[str]]:
    """The signs that stand in a repetition without end."""
    if isinstance(part, _Sign):
        yield from [part.chars] if looped else []
    else:
        for inner in _parts(part):
            yield from _chars(inner, looped or (isinstance(part, _Repeated) and part.loops))


def _parts(part: _Joined | _Either | _Repeated) -> Sequence[_Part]:
    return (part.part,) if isinstance(part, _Repeated) else part.parts


class _Walk:
    """The signs of a repetition, and which may follow which: counted, since two ways to the same sign are two."""

    def __init__(self) -> None:
        self.signs: list[frozenset[str]] = []
        self.steps: Counter[tuple[int, int]] = Counter()

    def loses_its_way(self, loop: _Repeated) -> bool:
        """Whether two ways lead from a sign back to it on the same text."""
        self._add(loop)
        if len(self.signs) > _MAX_SIGNS:
            return False
        after: list[list[int]] = [[] for _ in self.signs]
        for sign, following in self.steps:
            after[sign].append(following)
        forks = (
            (sign, one, other)
            for sign, following in enumerate(after)
            for one in following
            for other in following
            if one < other or (one == other and self.steps[sign, one] > 1)
        )
        return any(self._meet(after, (one, other), (sign, sign)) for sign, one, other in forks)

    def _meet(self, after: Sequence[Sequence[int]], start: tuple[int, int], goal: tuple[int, int]) -> bool:
        """Whether the same text leads from a pair of signs to another pair."""
        if not self.signs[start[0]] & self.signs[start[1]]:
            return False
        if start == goal:
            return True
        seen, waiting = {start}, [start]
        while waiting:
            one, other = waiting.pop()
            pairs = {(left, right) for left in after[one] for right in after[other]} - seen
            if goal in pairs:
                return True
            fitting = [pair for pair in pairs if self.signs[pair[0]] & self.signs[pair[1]]]
            seen.update(fitting)
            waiting += fitting
        return False

    def _add(self, part: _Part) -> _Ends:
        if len(self.signs) > _MAX_SIGNS:
            return True, [], []
        match part:
            case _Sign(chars):
                self.signs.append(chars)
                return False, [len(self.signs) - 1], [len(self.signs) - 1]
            case _Joined(parts):
                return self._joined(parts)
            case _Either(parts):
                branches = [self._add(branch) for branch in parts]
                first = [sign for _, begins, _ in branches for sign in begins]
                return any(empty for empty, _, _ in branches), first, [sign for *_, ends in branches for sign in ends]
            case _Repeated():
                return self._repeated(part)

    def _repeated(self, part: _Repeated) -> _Ends:
        may_stop = not part.loops and part.most not in (1, part.least)  # {2,3}: one, and perhaps another
        empty, first, last = self._joined([part.part, _Repeated(part.part, 0, 1, "")] if may_stop else [part.part])
        if part.loops:
            self._connect(last, first)
        return empty or part.least == 0, first, last

    def _joined(self, parts: Sequence[_Part]) -> _Ends:
        empty, first, last = True, list[int](), list[int]()
        for part in parts:
            may_lack, begins, ends = self._add(part)
            self._connect(last, begins)
            first = first + begins if empty else first
            last = last + ends if may_lack else ends
            empty = empty and may_lack
        return empty, first, last

    def _connect(self, last: Sequence[int], first: Sequence[int]) -> None:
        self.steps.update((one, other) for one in last for other in first)
