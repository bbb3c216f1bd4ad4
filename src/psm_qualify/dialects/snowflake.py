"""Snowflake. Patterns are POSIX with a few of Perl's escapes: every group catches, and none is lazy."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from sqlglot import exp

from psm_qualify.compile.cells import LETTERS, WHITE
from psm_qualify.dialects.base import Dialect, RefusedError
from psm_qualify.dialects.signs import Signs, is_lazy, with_groups_only
from psm_qualify.dialects.words import (
    call,
    group_of,
    ignores_case,
    or_nothing,
    pattern_of,
    replacement_of,
    split,
    whole,
)


@cache
def _signs() -> Signs:
    """Snowflake knows no classes of Unicode: white space, letters and digits are spelled out."""
    white = "".join(_ranges(lambda char: char.isspace()))
    letters = "".join(_ranges(lambda char: unicodedata.category(char)[0] in "LN"))
    return Signs(in_class={WHITE: white, LETTERS: letters})


def _pattern(node: exp.Expr, pattern: str) -> str:
    if is_lazy(pattern):
        raise RefusedError("a repetition that takes as few as it can, such as *?, is not among its patterns")
    return _signs().rewritten(with_groups_only(pattern)[0])


def _flags(node: exp.Expr) -> str:
    return "i" if ignores_case(node) else "c"


def _found(node: exp.RegexpLike) -> exp.Expr:
    place = call("REGEXP_INSTR", node.this, _pattern(node, pattern_of(node)), 1, 1, 0, _flags(node))
    return exp.GT(this=place, expression=exp.Literal.number(0))


def _fits(node: exp.RegexpFullMatch) -> exp.Expr:
    return call("REGEXP_LIKE", node.this, _pattern(node, whole(pattern_of(node))), _flags(node))


def _extract(node: exp.RegexpExtract) -> exp.Expr:
    _, number = with_groups_only(pattern_of(node), group_of(node))
    pattern = _pattern(node, pattern_of(node))
    return or_nothing(call("REGEXP_SUBSTR", node.this, pattern, 1, 1, _flags(node) + "e", number))


def _replace(node: exp.RegexpReplace) -> exp.Expr:
    return call("REGEXP_REPLACE", node.this, _pattern(node, pattern_of(node)), replacement_of(node))


def _first(node: exp.Bracket) -> exp.Expr:
    """The elements of its arrays are variants; GET gives NULL where there is none."""
    return exp.cast(call("GET", node.this, node.expressions[0]), "varchar")


def _try_cast(node: exp.TryCast) -> exp.Expr:
    return call("TRY_TO_DECIMAL", node.this, *(int(each.name) for each in node.to.expressions))


def _ranges(belongs: Callable[[str], bool]) -> Iterator[str]:
    """Ranges of signs for a class; signs that are not assigned count with those around them."""
    first = last = None
    for char in map(chr, range(sys.maxunicode + 1)):
        if belongs(char):
            first, last = first or char, char
        elif first is not None and last is not None and unicodedata.category(char) not in ("Cn", "Cs", "Co"):
            yield first if first == last else f"{first}-{last}"
            first = None
    if first is not None and last is not None:
        yield f"{first}-{last}"


_RESERVED = frozenset(
    """account connect connection current_time current_timestamp current_user database following gscluster ilike
    increment issue lateral localtime localtimestamp minus organization qualify regexp revoke rlike row rows sample
    schema start tablesample trigger try_cast view whenever""".split()  # noqa: SIM905
)
SNOWFLAKE = Dialect(
    "snowflake",
    "Snowflake",
    "snowflake",
    {
        exp.RegexpLike: _found,
        exp.RegexpFullMatch: _fits,
        exp.RegexpExtract: _extract,
        exp.RegexpReplace: _replace,
        exp.Anonymous: split,
        exp.Bracket: _first,
        exp.TryCast: _try_cast,
    },
    reserved=_RESERVED,
    longest_query=1_000_000,
)
