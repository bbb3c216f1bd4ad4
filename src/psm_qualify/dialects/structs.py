"""Takes structs out of the compiled query: a column that holds several groups becomes a column for each."""

from __future__ import annotations

from sqlglot import exp


def without_structs(tree: exp.Expr) -> None:
    """Replaces, in place, columns that hold a struct by one for each of its fields, and what reads them."""
    held: dict[str, list[str]] = {}  # the fields of each column that holds a struct
    for column in [*tree.find_all(exp.Alias)]:
        fields = _fields(column.this)
        if fields and isinstance(column.parent, exp.Select):
            held[column.alias] = fields
            _replace(column, [_named(column, field) for field in fields])
    for reference in [*tree.find_all(exp.Column)]:
        if reference.table in held:
            reference.replace(exp.column(f"{reference.table}__{reference.name}", quoted=True))


def _fields(value: exp.Expr) -> list[str]:
    """The fields of a struct, none where a value is no struct."""
    if isinstance(value, exp.RegexpExtract) and isinstance(value.args.get("group"), exp.Array):
        return [field.name for field in value.args["group"].expressions]
    if isinstance(value, exp.Struct):
        return [field.name for field in value.expressions]
    if isinstance(value, exp.Case):
        return next((fields for branch in value.args["ifs"] if (fields := _fields(branch.args["true"]))), [])
    return []


def _field(value: exp.Expr, field: str) -> exp.Expr:
    """What gives one field of a struct."""
    if isinstance(value, exp.RegexpExtract):
        number = _fields(value).index(field) + 1
        one = value.copy()
        one.set("group", exp.Literal.number(number))
        return one
    if isinstance(value, exp.Struct):
        found: exp.Expr = next(each.expression for each in value.expressions if each.name == field)
        return found.copy()
    assert isinstance(value, exp.Case)
    branches = [exp.If(this=each.this.copy(), true=_field(each.args["true"], field)) for each in value.args["ifs"]]
    return exp.Case(ifs=branches, default=_field(value.args["default"], field))


def _named(column: exp.Alias, field: str) -> exp.Expr:
    return exp.alias_(_field(column.this, field), f"{column.alias}__{field}", quoted=True)


def _replace(column: exp.Alias, columns: list[exp.Expr]) -> None:
    layer = column.parent
    assert layer is not None
    found: list[exp.Expr] = []
    for each in layer.expressions:
        found += columns if each is column else [each]
    layer.set("expressions", found)
