"""A pack as one query for a warehouse: which columns of a table feed it, and the text in the warehouse's dialect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from psm_qualify.compile.conditions import TRUE
from psm_qualify.compile.whole import WholeQuery, unordered
from psm_qualify.dialects.all import sql_dialect
from psm_qualify.dialects.base import TABLE, Dialect
from psm_qualify.errors import UsageError, did_you_mean
from psm_qualify.facts.text import printable
from psm_qualify.rules.inference import FromContacts
from psm_qualify.rules.pack import Pack
from psm_qualify.sources.mapping import Mapped
from psm_qualify.sources.table import Origin, Scan, Table

_MOST_TOLD = 12  # fields without a column that are named


def to_sql(
    pack: Pack,
    dialect: str = "duckdb",
    *,
    table: str = "prospects",
    columns: Mapping[str, str] | None = None,
    infer: bool = True,
    decimal_comma: bool = False,
    ranked: bool = True,
    view: str | None = None,
) -> str:
    """The pack as one query over a table, in a dialect of SQL: one row a prospect, as a flat export has it.

    `columns` (field -> column) says what feeds the fields; without it each field has a column of its name. Ranks need
    a column that feeds the field `id`. `view` makes it a view of that name. Facts from a contact list stay unknown.

    Raises UsageError, also where the dialect can't express the pack.
    """
    said = sql_dialect(dialect)
    for each in (table, *([view] if view is not None else [])):
        said.table(each)  # a wrong name is told before the work is done
    fed = checked(pack, columns if columns is not None else {field: field for field in pack.fields})
    if not fed:
        raise UsageError("no column feeds any field: name one with --map FIELD=COLUMN")
    if ranked and "id" not in fed:
        raise UsageError(unordered(pack))
    commas = dict.fromkeys(pack.numeric, TRUE) if decimal_comma else {}
    whole = WholeQuery(pack, fed, infer, commas)
    query = whole.statement(TABLE, ranked, ordered=view is None)
    return said.translate(query, table, [*map(printable, _heading(whole, said, table))], view)


def columns_of(mapped: Mapped) -> dict[str, str]:
    """Which column of a table feeds which field."""
    return {field: mapped.header(field) for field in mapped.columns}


def table_with(name: str, headers: Sequence[str]) -> Table:
    """A table of which no more than the columns are known."""
    return Table(name, Scan(Path(name), ",", len(headers)), tuple(headers), Origin("table", header_line=0))


def checked(pack: Pack, mapping: Mapping[str, str]) -> dict[str, str]:
    """Columns that were named for fields, in the order of the pack. Raises UsageError."""
    for field, column in mapping.items():
        if field not in pack.fields:
            hint = did_you_mean(field, tuple(pack.fields))
            raise UsageError(f"--map {field}={column}: the pack has no field {field!r}; {hint}")
        if not column:
            raise UsageError(f"--map {field}=: name a column")
    return {field: mapping[field] for field in pack.fields if field in mapping}


def _heading(whole: WholeQuery, dialect: Dialect, table: str) -> Iterator[str]:
    pack = whole.pack
    yield f"{pack.title} {pack.version} ({pack.digest}), for {dialect.title}: one row a prospect of {table}."
    for field, column in whole.columns.items():
        yield f"  {field}: {column}"
    missing = [field for field in pack.fields if field in pack.used_fields and field not in whole.columns]
    if missing:
        more = f" and {len(missing) - _MOST_TOLD} more" if len(missing) > _MOST_TOLD else ""
        yield f"No column feeds {', '.join(missing[:_MOST_TOLD])}{more}: unknown unless inferred."
    people = [each.id for each in pack.fields.values() if any(isinstance(rule, FromContacts) for rule in each.infer)]
    if people and whole.infer:
        yield f"What a contact list could tell is not in this query: {', '.join(people)}."
