"""PostgreSQL, from version 15 on. Its patterns take the longest match; letters are what the database's locale says."""

from __future__ import annotations

import re

from sqlglot import exp

from psm_qualify.compile.cells import LETTERS, WHITE
from psm_qualify.dialects.base import Dialect, RefusedError
from psm_qualify.dialects.signs import WHITE_SIGNS, Signs, is_lazy
from psm_qualify.dialects.words import (
    call,
    contains,
    group_of,
    ignores_case,
    or_nothing,
    pattern_of,
    replacement_of,
    whole,
    within_width,
)
from psm_qualify.rules.patterns import tokens

_WORD, _DIGIT, _SPACE = "0-9A-Za-z_", "0-9", r"\t\n\f\r "
_MOST_REPEATS = 255
# Its own \\y, \\w and \\d know letters and digits beyond ASCII: RE2's don't.
_SIGNS = Signs(
    {r"\b": f"(?:(?<![{_WORD}])(?=[{_WORD}])|(?<=[{_WORD}])(?![{_WORD}]))",
     r"\B": f"(?:(?<![{_WORD}])(?![{_WORD}])|(?<=[{_WORD}])(?=[{_WORD}]))",
     r"\d": f"[{_DIGIT}]", r"\D": f"[^{_DIGIT}]", r"\w": f"[{_WORD}]", r"\W": f"[^{_WORD}]", r"\s": f"[{_SPACE}]",
     r"\S": f"[^{_SPACE}]"},
    {r"\d": _DIGIT, r"\w": _WORD, r"\s": _SPACE, WHITE: WHITE_SIGNS, LETTERS: "[:alnum:]"},
)  # fmt: skip
_RESERVED = frozenset(
    """analyse analyze array asymmetric authorization binary both collate collation concurrently constraint
    current_catalog current_role current_schema current_time current_timestamp current_user deferrable do freeze ilike
    initially isnull lateral leading localtime localtimestamp notnull only overlaps placing returning session_user
    similar symmetric system_user tablesample trailing variadic verbose""".split()  # noqa: SIM905
)


def _rewritten(pattern: str) -> str:
    for token in tokens(pattern):
        if token.lastgroup == "klass" and re.search(r"(?<!\\)(?:\\\\)*\\[WDS]", token.group()):
            raise RefusedError(f"in {token.group()} the signs that are none of a kind can't be told as part of a class")
        if token.lastgroup == "repeat" and int(token["most"] or token["least"] or 0) > _MOST_REPEATS:
            raise RefusedError(f"{token.group()} repeats more than {_MOST_REPEATS} times")
    return _SIGNS.rewritten(pattern)


def _looks(node: exp.Expr, pattern: str) -> exp.Expr:
    kind = exp.RegexpILike if ignores_case(node) else exp.RegexpLike
    return kind(this=node.this, expression=exp.Literal.string(_rewritten(pattern)))


def _found(node: exp.RegexpLike) -> exp.Expr:
    return _looks(node, pattern_of(node))


def _fits(node: exp.RegexpFullMatch) -> exp.Expr:
    return _looks(node, whole(pattern_of(node)))


def _extract(node: exp.RegexpExtract) -> exp.Expr:
    if is_lazy(pattern_of(node)):
        raise RefusedError("what a group catches depends on a repetition such as *?, and its matches are the longest")
    flags = "i" if ignores_case(node) else ""
    return or_nothing(call("REGEXP_SUBSTR", node.this, _rewritten(pattern_of(node)), 1, 1, flags, group_of(node)))


def _replace(node: exp.RegexpReplace) -> exp.Expr:
    return call("REGEXP_REPLACE", node.this, _rewritten(pattern_of(node)), replacement_of(node), "g")


def _try_cast(node: exp.TryCast) -> exp.Expr:
    return within_width(exp.cast(node.this, "numeric"), node.to)


def _first(node: exp.Bracket) -> exp.Expr:
    node.set("this", exp.Paren(this=node.this))
    return node


def _by_bytes(node: exp.Ordered) -> exp.Expr:
    """Ranks don't depend on the locale in which a database sorts."""
    if isinstance(node.this, exp.Column) and node.this.name == "who__id":
        node.set("this", exp.Collate(this=node.this, expression=exp.to_identifier("C", quoted=True)))
    return node


POSTGRES = Dialect(
    "postgres",
    "PostgreSQL",
    "postgres",
    {
        exp.RegexpLike: _found,
        exp.RegexpFullMatch: _fits,
        exp.RegexpExtract: _extract,
        exp.RegexpReplace: _replace,
        exp.Contains: contains,
        exp.TryCast: _try_cast,
        exp.Bracket: _first,
        exp.Ordered: _by_bytes,
    },
    materialized=True,  # else it writes the columns of each step into all that read them, and the query explodes
    reserved=_RESERVED,
    longest_name=63,
    most_columns=1_600,
)
