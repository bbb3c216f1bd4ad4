"""Patterns as other engines write them. Those of the compiled query are RE2's, in the subset that rules keep to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from psm_qualify.compile.cells import LETTERS, WHITE
from psm_qualify.rules.patterns import tokens

WHITE_SIGNS = r"\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""White space sign by sign, for engines that don't know the classes of Unicode."""

_IN_CLASS = re.compile(rf"{re.escape(WHITE)}|{re.escape(LETTERS)}|\\.")


@dataclass(frozen=True)
class Signs:
    """What an engine writes in the place of an escape, and within a class in that of an escape or class of Unicode."""

    escapes: Mapping[str, str] = field(default_factory=dict)
    in_class: Mapping[str, str] = field(default_factory=dict)

    def rewritten(self, pattern: str) -> str:
        """A pattern as the engine writes it."""
        return "".join(self._sign(token.lastgroup, token.group()) for token in tokens(pattern))

    def _sign(self, kind: str | None, text: str) -> str:
        if kind == "klass":
            return _IN_CLASS.sub(lambda found: self.in_class.get(found[0], found[0]), text)
        return self.escapes.get(text, text) if kind == "escape" else text


def with_one_group(pattern: str, number: int) -> str:
    """The pattern, in which only one group catches what it fits: 0 is the whole."""
    parts, count = [], 0
    for token in tokens(pattern):
        text = token.group()
        if token.lastgroup == "group" and text == "(":
            count += 1
            text = "(" if count == number else "(?:"
        parts.append(text)
    return "".join(parts)


def with_groups_only(pattern: str, number: int = 0) -> tuple[str, int]:
    """The pattern without groups that catch nothing, and the new number of a group."""
    parts, old, new, found = [], 0, 0, 0
    for token in tokens(pattern):
        text = token.group()
        if token.lastgroup == "group":
            new += 1
            old += text == "("
            found = new if text == "(" and old == number else found
            text = "("
        parts.append(text)
    return "".join(parts), found


def is_lazy(pattern: str) -> bool:
    """Whether a repetition takes as few as it can."""
    return any(token.lastgroup == "repeat" and token["mode"] == "?" for token in tokens(pattern))
