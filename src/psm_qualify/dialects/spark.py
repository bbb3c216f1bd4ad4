"""Spark SQL, on clusters and on Databricks. Patterns are Java's."""

from __future__ import annotations

from sqlglot import exp

from psm_qualify.dialects.base import Dialect
from psm_qualify.dialects.signs import Signs
from psm_qualify.dialects.words import call, group_of, ignores_case, pattern_of, replacement_of, whole

# Java's \\b knows letters beyond A to Z, its \\s the vertical tab: RE2's don't.
_SIGNS = Signs(
    {r"\b": r"(?:(?<!\w)(?=\w)|(?<=\w)(?!\w))", r"\B": r"(?:(?<!\w)(?!\w)|(?<=\w)(?=\w))",
     r"\s": r"[\t\n\f\r ]", r"\S": r"[^\t\n\f\r ]"},
    {r"\s": r"\t\n\f\r "},
)  # fmt: skip


def _pattern(node: exp.Expr, pattern: str) -> exp.Expr:
    """Java ignores the case of A to Z alone unless told: cells are in lower case already, other texts are not."""
    flags = "" if not ignores_case(node) else "(?i)" if pattern.isascii() else "(?iu)"
    return exp.Literal.string(flags + _SIGNS.rewritten(pattern))


def _found(node: exp.RegexpLike) -> exp.Expr:
    return exp.RegexpLike(this=node.this, expression=_pattern(node, pattern_of(node)))


def _fits(node: exp.RegexpFullMatch) -> exp.Expr:
    return exp.RegexpLike(this=node.this, expression=_pattern(node, whole(pattern_of(node))))


def _extract(node: exp.RegexpExtract) -> exp.Expr:
    return call("REGEXP_EXTRACT", node.this, _pattern(node, pattern_of(node)), group_of(node))


def _replace(node: exp.RegexpReplace) -> exp.Expr:
    replacement = replacement_of(node).replace("\\1", "$1")
    return call("REGEXP_REPLACE", node.this, _pattern(node, pattern_of(node)), replacement)


def _own(node: exp.Anonymous) -> exp.Expr:
    return call("SPLIT", *node.expressions) if node.name == "regexp_split_to_array" else node


def _first(node: exp.Bracket) -> exp.Expr:
    return call("GET", node.this, node.expressions[0])


SPARK = Dialect(
    "spark",
    "Spark",
    "spark",
    {
        exp.RegexpLike: _found,
        exp.RegexpFullMatch: _fits,
        exp.RegexpExtract: _extract,
        exp.RegexpReplace: _replace,
        exp.Anonymous: _own,
        exp.Bracket: _first,
    },
)
