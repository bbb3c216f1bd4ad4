"""Small parts of queries that dialects share."""

from __future__ import annotations

from sqlglot import exp

_BETWEEN = "\x1f"


def call(function: str, *arguments: exp.Expr | str | int) -> exp.Expr:
    """A call of a dialect's own function; texts and numbers become literals."""
    return exp.Anonymous(this=function, expressions=[_literal(argument) for argument in arguments])


def _literal(argument: exp.Expr | str | int) -> exp.Expr:
    if isinstance(argument, exp.Expr):
        return argument
    return exp.Literal.string(argument) if isinstance(argument, str) else exp.Literal.number(argument)


def pattern_of(node: exp.Expr) -> str:
    """The pattern that a function of patterns looks for."""
    pattern = node.args["expression"]
    assert isinstance(pattern, exp.Literal)
    return str(pattern.this)


def ignores_case(node: exp.Expr) -> bool:
    """Whether a function of patterns ignores case."""
    flags = (node.args.get(key) for key in ("flag", "options", "parameters", "modifiers"))
    return any(flag is not None and "i" in flag.name for flag in flags)


def group_of(node: exp.RegexpExtract) -> int:
    """Which group is wanted."""
    group = node.args.get("group")
    return int(group.name) if group is not None else 0


def replacement_of(node: exp.RegexpReplace) -> str:
    """What takes the place of what is found."""
    return str(node.args["replacement"].this)


def whole(pattern: str) -> str:
    """The pattern, where it has to fit the whole text."""
    return f"^(?:{pattern})$"


def or_nothing(value: exp.Expr) -> exp.Expr:
    """A text, empty where there is none: as a group that catches nothing reads in the compiled query."""
    return exp.Coalesce(this=value, expressions=[exp.Literal.string("")])


def contains(node: exp.Contains) -> exp.Expr:
    """Whether a text stands in another, for dialects that only tell where."""
    return exp.GT(this=call("STRPOS", node.this, node.expression), expression=exp.Literal.number(0))


def split(node: exp.Anonymous) -> exp.Expr:
    """A text split at a pattern, for dialects that split only at a text: one that no cleaned text has."""
    if node.name != "regexp_split_to_array":
        return node
    text, pattern = node.expressions
    return call("SPLIT", call("REGEXP_REPLACE", text, pattern, _BETWEEN), _BETWEEN)


def within_width(number: exp.Expr, type_: exp.DataType) -> exp.Expr:
    """A number rounded as a decimal type rounds it, NULL where the type has no room: for engines whose casts fail."""
    width, scale = (int(each.name) for each in type_.expressions)
    rounded = exp.Round(this=number, decimals=exp.Literal.number(scale))
    fits = exp.LT(this=exp.Abs(this=rounded.copy()), expression=exp.Literal.number("1" + "0" * (width - scale)))
    return exp.Case(ifs=[exp.If(this=fits, true=rounded)])
