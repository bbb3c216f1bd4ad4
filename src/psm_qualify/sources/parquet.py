"""Parquet, by DuckDB's own reader: its rows as text, nested columns flattened as `a.b`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING

from psm_qualify.errors import InputError
from psm_qualify.progress import Progress
from psm_qualify.sources.encoding import Content
from psm_qualify.sources.table import BUFFERED, Origin, Scan, Table, Wanted
from psm_qualify.stopping import load, stoppable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, Expression
    from duckdb.sqltypes import DuckDBPyType

_ROW = "file_row_number"


def open_parquet(content: Content, shown: str, wanted: Wanted) -> Table:
    """The table in a Parquet file, copied. Raises InputError."""
    load("duckdb")
    import duckdb

    copy, stage = wanted.new_file(), Progress(f"Reading {shown}")
    with duckdb.connect() as db:
        try:
            headers, longest = stoppable(
                lambda: _copy(db, content.path, copy), db.interrupt, lambda: wanted.listener(stage)
            )
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise InputError(f"{shown}: the Parquet file can't be read: {reason}") from None
    wanted.listener(replace(stage, ended=True))
    scan = Scan(copy, ",", len(headers), placed=True, longest=max(BUFFERED, longest))
    return Table(shown, scan, headers, Origin("parquet", None, None, 0))


def _copy(db: DuckDBPyConnection, source: Path, copy: Path) -> tuple[tuple[str, ...], int]:
    """Writes the rows that hold anything, with their numbers; returns the headers and how many bytes a row may have."""
    from duckdb import ColumnExpression, ConstantExpression, FunctionExpression

    rows = db.read_parquet(_no_pattern(source), file_row_number=True)
    columns = zip(rows.columns, rows.types, strict=True)
    cells = [cell for name, kind in columns if name != _ROW for cell in _flat(name, ColumnExpression(name), kind)]
    texts = [text for _, text in cells]
    says = [FunctionExpression("trim", text) != ConstantExpression("") for text in texts]
    filled = rows.filter(reduce(or_, says, ConstantExpression(False)))
    number = ColumnExpression(_ROW) + ConstantExpression(1)
    named = [text.alias(f"c{index}") for index, text in enumerate([*texts, number, number])]
    filled.select(*named).to_csv(str(copy), header=True, quoting="all", encoding="utf-8")
    lengths = [FunctionExpression("max", FunctionExpression("strlen", text)) for text in texts]
    ((*longest,),) = filled.aggregate(lengths).fetchall()
    # No row is longer than its longest cells; every quote may have been doubled, and each cell has two and a comma.
    return tuple(name for name, _ in cells), 2 * sum(most or 0 for most in longest) + 3 * len(cells) + 100


def _flat(name: str, value: Expression, kind: DuckDBPyType) -> Iterator[tuple[str, Expression]]:
    """A column's cells as text: a struct gives one for each of its parts."""
    from duckdb import ConstantExpression, FunctionExpression
    from duckdb.sqltypes import DuckDBPyType

    if kind.id == "struct":
        for part, inner in kind.children:
            assert isinstance(inner, DuckDBPyType)
            extracted = FunctionExpression("struct_extract", value, ConstantExpression(part))
            yield from _flat(f"{name}.{part}", extracted, inner)
    elif kind.id == "list":
        yield name, FunctionExpression("array_to_string", value, ConstantExpression("; "))
    elif kind.id in ("double", "float"):  # a whole number is shown as one: 3, not 3.0
        text = value.cast("VARCHAR")
        yield name, FunctionExpression("regexp_replace", text, ConstantExpression(r"\.0$"), ConstantExpression(""))
    else:
        yield name, value.cast("VARCHAR")


def _no_pattern(path: Path) -> str:
    """A path in which no sign stands for others."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in str(path))
