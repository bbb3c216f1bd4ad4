"""The only way for a name or a literal into SQL, and the small vocabulary that the lowering shares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from psm_qualify.facts.interval import EXACT, SCALE, WIDTH, End


def name(identifier: str) -> str:
    """A quoted identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(value: str | int | bool | Decimal | None) -> str:
    """A quoted literal. A decimal is written out in full: it stays exact."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "'" + value.replace("'", "''") + "'"


DECIMAL = f"DECIMAL({WIDTH}, {SCALE})"


def end(value: End | None) -> str:
    """An end of an interval as a literal: just above and just below are one unit in the last place away."""
    if value is None:
        return f"CAST(NULL AS {DECIMAL})"
    moved = EXACT.add(value.value, Decimal(value.shift).scaleb(-SCALE))
    return f"CAST({literal(moved)} AS {DECIMAL})"


def case_of(subject: str, outcomes: Mapping[str, str], otherwise: str = "NULL") -> str:
    """`CASE subject WHEN 'key' THEN value …`: keys are quoted here, values are SQL. No keys: `otherwise`."""
    if not outcomes:
        return otherwise
    whens = " ".join(f"WHEN {literal(key)} THEN {value}" for key, value in outcomes.items())
    return f"CASE {subject} {whens} ELSE {otherwise} END"


def any_of(subject: str, words: Iterable[str]) -> str:
    """Whether the subject is one of the words. Not `IN`: a long list there becomes a join, which costs more."""
    return case_of(subject, dict.fromkeys(sorted(words), "TRUE"), "FALSE")


@dataclass(frozen=True, slots=True)
class Column:
    """An expression and the name that it gets in its layer."""

    name: str
    sql: str
    comment: str = ""


def select(columns: Sequence[Column], source: str, *, keep: bool = True) -> str:
    """`SELECT *, …` (or only the columns) from a named relation or a subquery, a column to a line."""
    items = (["*"] if keep else []) + [_item(column) for column in columns]
    return "SELECT\n    " + ",\n    ".join(items) + f"\nFROM {source}"


def _item(column: Column) -> str:
    named = column.sql if column.sql == name(column.name) else f"{column.sql} AS {name(column.name)}"
    return f"{named} {comment(column.comment)}" if column.comment else named


def comment(text: str) -> str:
    """A comment of one line. Nothing in it can end it."""
    plain = re.sub(r"\s+", " ", "".join(char if char.isprintable() else " " for char in text))
    return f"/* {plain.replace('*/', '* /').replace('/*', '/ *').strip()} */"


def with_layers(layers: Sequence[tuple[str, str]], final: str) -> str:
    """A query whose named layers each read the one before."""
    # Not materialized: each layer is read once, so it is a projection on the way.
    # Nothing is indented: a name or text may hold a line break, which has to stay as it is.
    parts = [f"{name(title)} AS NOT MATERIALIZED (\n{body}\n)" for title, body in layers]
    return "WITH " + ",\n".join(parts) + "\n" + final


class Names:
    """SQL names for ids that a rule author chose freely: short, legible, unique whatever their case."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        taken = {"rowid"}  # DuckDB's own name for a row's number
        for identifier in ids:
            # A single underscore at most, so that `name__suffix` can't meet another id.
            slug = re.sub(r"[^a-z0-9]+", "_", identifier.lower()).strip("_") or "x"
            chosen, count = slug, 1
            while chosen in taken:
                count += 1
                chosen = f"{slug}_{count}"
            taken.add(chosen)
            self._names[identifier] = chosen

    def __getitem__(self, identifier: str) -> str:
        return self._names[identifier]
