"""Patterns of rules keep to what Python, RE2 and Java's engine all run, with the same meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from psm_qualify.rules.backtracking import runaway

MAX_REPEATS = 1000
"""RE2 refuses more, counting a repetition within a repetition as their product."""

MAX_SIZE = 10_000
"""RE2 compiles a pattern with its repetitions written out, and has some memory for it."""

_ESCAPES = set("dDwWsSbBtnrf")
_CLASS_ESCAPES = _ESCAPES - set("bB")
_PLAIN_GROUPS = ("(", "(?:")
_REFUSED_GROUPS = {
    "(?=": "look-ahead", "(?!": "look-ahead", "(?<=": "look-behind", "(?<!": "look-behind",
    "(?P=": "a back-reference", "(?(": "a conditional", "(?>": "an atomic group", "(?#": "a comment",
    "(?P<": "a named group", "(?<": "a named group",
}  # fmt: skip

_TOKEN = re.compile(
    r"(?P<escape>\\.?)"
    r"|(?P<klass>\[\^?\]?(?:\\.|[^\]\\])*\]?)"
    r"|(?P<group>\((?:\?(?:<[=!]?|P[=<]|[:=!>#(])?)?)"
    r"|(?P<end>\))"
    r"|(?P<repeat>(?:[*+?]|\{(?P<least>[0-9]+)(?:,(?P<most>[0-9]*))?\})(?P<mode>[?+]?))"
    r"|(?P<brace>\{)"
    r"|.",
    re.DOTALL,
)
_TRIED = " abcdefghijklmnopqrstuvwxyz0123456789-_.,;:!?'’&/+()"
_FITTING = {"d": "0", "D": "a", "w": "a", "W": " ", "s": " ", "S": "a", "b": "", "B": "", "t": "\t", "n": "\n",
            "r": "\r", "f": "\f"}  # fmt: skip
"""A sign that each escape fits."""

_IN_CLASS = re.compile(r"(?P<escape>\\.?)|(?P<nested>\[)|(?P<both>&&)|.", re.DOTALL)


_EVERY_TEXT = "it matches every text"
_LOST_ESCAPE = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_WRITTEN = {"\b": r"\b", "\a": r"\a", "\v": r"\v"}
_INVALID = "not a valid pattern"
_BACKSLASH = 'between " and " the'
_RUNAWAY = "a search could go on for ever"


class _RefusedError(Exception):
    """Why a pattern can't be used, in words."""


def folded(pattern: str) -> str:
    """The pattern with its letters beyond A to Z in lower case, as the cells are: engines fold those differently."""
    return "".join(char if char.isascii() else char.lower() for char in pattern)


def within(pattern: str, end: str) -> str:
    """A pattern for a whole text that is found wherever the given one is found in a part of it.

    `end` is the pattern at which the text is cut into parts.
    """
    ends = {"^": f"(?:^|{end})", "$": f"(?:$|{end})"}
    return "".join(ends.get(token.group(), token.group()) for token in _TOKEN.finditer(pattern))


def tokens(pattern: str) -> Iterator[re.Match[str]]:
    """The signs of a pattern; `lastgroup` tells the kind of each: escape, klass, group, end, repeat, brace or None."""
    return _TOKEN.finditer(pattern)


def groups(pattern: str) -> int:
    """How many groups a sound pattern has."""
    return _compiled(pattern).groups


@lru_cache(maxsize=2048)  # a phrase is asked for twice
def fault(pattern: str) -> str | None:
    """What is wrong with a pattern, in words, or None."""
    if lost := _LOST_ESCAPE.search(pattern):
        return f"{_BACKSLASH} {_WRITTEN.get(lost[0], repr(lost[0])[1:-1])} became a control character"
    try:
        _scan(pattern)
        compiled = _compiled(pattern)
    except _RefusedError as refused:
        return str(refused)
    except (re.error, RecursionError, OverflowError, ValueError) as error:
        return f"{_INVALID}: {error}"
    if compiled.search(""):
        return _EVERY_TEXT
    loop = runaway([*_TOKEN.finditer(pattern)])
    return f"{_RUNAWAY}, since {loop} fits the same text in many ways" if loop else None


def remedy(problem: str) -> str:
    """What to do about a fault."""
    if problem == _EVERY_TEXT:
        return "let it need at least one letter: without `?` or `*` behind all that it holds"
    if problem.startswith(_INVALID):
        return "close each ( and [; a sign that stands for itself is written with a backslash, such as \\( or \\*"
    if problem.startswith(_BACKSLASH):
        return r"""put ' around the pattern instead of ", or write the backslash twice, such as \\b"""
    if problem.startswith(_RUNAWAY):
        return r"let each repeated part begin with a sign that can't stand within it, such as the space in \w+(?: \w+)*"
    return "write it with plain groups, classes and repetitions"


def example(pattern: str) -> str | None:
    """A short text in which a sound pattern is found, or None where none comes to mind.

    It takes the first branch of each choice and the fewest of each repetition.
    """
    text, _ = _example([*_TOKEN.finditer(pattern)], 0)
    return text if _compiled(pattern).search(text) else None


def _example(tokens: Sequence[re.Match[str]], at: int) -> tuple[str, int]:
    """An example of the tokens from `at` up to the end of their group, and where that is."""
    parts: list[str] = []
    first: str | None = None
    while at < len(tokens) and tokens[at].lastgroup != "end":
        token, kind = tokens[at], tokens[at].lastgroup
        if kind == "group":
            text, at = _example(tokens, at + 1)
            parts.append(text)
        elif kind == "repeat":
            if parts:
                parts[-1] *= int(token["least"] or (token.group()[0] == "+"))
        elif token.group() == "|":
            first = "".join(parts) if first is None else first
            parts = []
        else:
            parts.append(_one(kind, token.group()))
        at += 1
    return "".join(parts) if first is None else first, at


def _one(kind: str | None, text: str) -> str:
    """A sign, or nothing, that fits one token."""
    if kind == "klass":
        return next((char for char in _TRIED if re.search(text, char, re.ASCII)), "")
    if kind == "escape":
        return _FITTING.get(text[1:], text[1:])
    return {"^": "", "$": "", ".": "a"}.get(text, text)


@lru_cache(maxsize=2048)  # a phrase, and a pattern that names groups, is asked for twice
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


def _scan(pattern: str) -> None:
    """Walks the signs of a pattern and raises _RefusedError at the first that not every engine takes alike."""
    repeats = [1]  # for each open group, the most that anything in it repeats
    sizes = [0]  # for each open group, how many signs it has when its repetitions are written out
    last, size = 1, 0  # how often what stands before repeats, and its size: the last sign, class or group
    for token in _TOKEN.finditer(pattern):
        kind, text = token.lastgroup, token.group()
        if kind == "group":
            _check_group(text)
            repeats.append(1)
            sizes.append(0)
            last, size = 1, 0
        elif kind == "end" and len(repeats) > 1:
            last, size = repeats.pop(), sizes.pop()
            sizes[-1] += size
        elif kind == "repeat":
            times = _times(token)
            sizes[-1] += size * (times - 1)
            last, size = last * times, size * times
        else:
            _check_sign(kind, text)
            last, size = 1, 1
            sizes[-1] += 1
        repeats[-1] = max(repeats[-1], last)
        if last > MAX_REPEATS:
            raise _RefusedError(f"a repetition of more than {MAX_REPEATS}, which not every engine can run")
        if sizes[-1] > MAX_SIZE:
            raise _RefusedError(f"with its repetitions longer than {MAX_SIZE:,} signs, which not every engine can run")


def _check_group(opening: str) -> None:
    if opening in _REFUSED_GROUPS:
        raise _RefusedError(f"{_REFUSED_GROUPS[opening]}, {opening}…), which not every engine can run")
    if opening not in _PLAIN_GROUPS:
        raise _RefusedError("flags inside the pattern: patterns ignore case by themselves")


def _times(repeat: re.Match[str]) -> int:
    if repeat["mode"] == "+":
        raise _RefusedError("a possessive quantifier, which not every engine can run")
    return max(1, int(repeat["most"] or repeat["least"] or 1))


def _check_sign(kind: str | None, text: str) -> None:
    if kind == "escape":
        _check_escape(text[1:], _ESCAPES)
    elif kind == "brace":
        raise _RefusedError("a brace that begins no repetition; as a sign it is written \\{")
    elif kind == "klass":
        _check_class(text)


def _check_class(text: str) -> None:
    inner = text[1:].removeprefix("^")
    if inner.startswith("]"):
        raise _RefusedError("a bracket that closes a class at once; as a sign it is written \\]")
    for part in _IN_CLASS.finditer(inner):
        if part["escape"]:
            _check_escape(part.group()[1:], _CLASS_ESCAPES)
        elif part["nested"] or part["both"]:
            raise _RefusedError(f"{part.group()} inside a class, which does not mean the same in every engine")


def _check_escape(char: str, allowed: set[str]) -> None:
    if char.isdigit():
        raise _RefusedError(f"a back-reference, \\{char}, which not every engine can run")
    if not char or not char.isascii() or (char.isalnum() and char not in allowed):
        raise _RefusedError(f"the escape \\{char}, which does not mean the same in every engine")
