"""BigQuery. Patterns are RE2's; exact decimals are BIGNUMERIC."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.dialects.bigquery import BigQuery

from psm_qualify.dialects.base import Dialect
from psm_qualify.dialects.signs import with_one_group
from psm_qualify.dialects.words import (
    call,
    contains,
    group_of,
    ignores_case,
    or_nothing,
    pattern_of,
    replacement_of,
    split,
    whole,
    within_width,
)


def _pattern(node: exp.Expr, pattern: str) -> str:
    return f"(?i){pattern}" if ignores_case(node) else pattern


def _found(node: exp.RegexpLike) -> exp.Expr:
    return call("REGEXP_CONTAINS", node.this, _pattern(node, pattern_of(node)))


def _fits(node: exp.RegexpFullMatch) -> exp.Expr:
    return call("REGEXP_CONTAINS", node.this, _pattern(node, whole(pattern_of(node))))


def _extract(node: exp.RegexpExtract) -> exp.Expr:
    pattern = with_one_group(pattern_of(node), group_of(node))
    return or_nothing(call("REGEXP_EXTRACT", node.this, _pattern(node, pattern)))


def _replace(node: exp.RegexpReplace) -> exp.Expr:
    return call("REGEXP_REPLACE", node.this, pattern_of(node), replacement_of(node))


def _first(node: exp.Bracket) -> exp.Expr:
    return exp.Bracket(this=node.this, expressions=node.expressions, offset=0, safe=True)


def _least(node: exp.Least) -> exp.Expr:
    return _among("MIN", node)


def _greatest(node: exp.Greatest) -> exp.Expr:
    return _among("MAX", node)


def _among(aggregate: str, node: exp.Func) -> exp.Expr:
    """The least or greatest, those that are NULL left out: BigQuery's own functions give NULL then."""
    values = exp.Array(expressions=[node.this, *node.expressions])
    one = exp.TableAlias(columns=[exp.to_identifier("one")])
    return exp.select(call(aggregate, exp.column("one"))).from_(exp.Unnest(expressions=[values], alias=one)).subquery()


def _cast(node: exp.Cast) -> exp.Expr:
    if node.to.is_type("decimal"):
        node.set("to", exp.DataType.build("BIGNUMERIC", dialect="bigquery"))
    return node


def _try_cast(node: exp.TryCast) -> exp.Expr:
    number = exp.TryCast(this=node.this, to=exp.DataType.build("BIGNUMERIC", dialect="bigquery"), safe=True)
    return within_width(number, node.to)


def _number(node: exp.Literal) -> exp.Expr:
    """A number with a point would be a float."""
    if node.is_string or "." not in node.name:
        return node
    return exp.cast(exp.Literal.string(node.name), exp.DataType.build("BIGNUMERIC", dialect="bigquery"))


BIGQUERY = Dialect(
    "bigquery",
    "BigQuery",
    "bigquery",
    {
        exp.RegexpLike: _found,
        exp.RegexpFullMatch: _fits,
        exp.RegexpExtract: _extract,
        exp.RegexpReplace: _replace,
        exp.Contains: contains,
        exp.Anonymous: split,
        exp.Bracket: _first,
        exp.Least: _least,
        exp.Greatest: _greatest,
        exp.Cast: _cast,
        exp.TryCast: _try_cast,
        exp.Literal: _number,
    },
    reserved=frozenset(BigQuery.Generator.RESERVED_KEYWORDS),
    longest_query=1_024_000,
)
