"""What a dialect of SQL is: how the one compiled query is said in it, as data, and what it can't say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlglot import exp, parse_one
from sqlglot.errors import ErrorLevel, UnsupportedError

from psm_qualify.dialects.structs import without_structs
from psm_qualify.errors import UsageError

Saying: TypeAlias = Callable[..., exp.Expr]
"""A node of the compiled query -> the same in a dialect's own functions. Raises RefusedError."""

_PART = r'(?:"[^"]+"|`[^`]+`|[^".`\s;]+)'
_TABLE = re.compile(rf"{_PART}(?:\.{_PART}){{0,2}}")
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
RESERVED = frozenset(
    """all and any as asc between by case cast check column create cross current_date default delete desc distinct
    drop else end except exists false fetch for from full grant group having in inner insert intersect into is join left
    like limit natural not null offset on or order outer primary references right select set some table then to true
    union unique update user using values when where window with""".split()  # noqa: SIM905 - easier to read and to add to
)
"""Words that no dialect takes for the name of a table unless it stands in quotes."""

TABLE = "at__table"
"""What a compiled query reads from; a dialect puts the user's table in its place."""


class RefusedError(Exception):
    """Why a dialect can't say something, in words."""


@dataclass(frozen=True)
class Dialect:
    """A dialect. `name` is what users call it, `sqlglot` what its writer is called."""

    name: str
    title: str
    sqlglot: str
    sayings: Mapping[type[exp.Expr], Saying] = field(default_factory=dict)
    structs: bool = False  # whether one pattern can catch several groups at once
    materialized: bool | None = None  # what a named subquery says of itself: computed once, on the way, or nothing
    reserved: frozenset[str] = frozenset()  # further words that a table can't be called by
    longest_name: int = 255  # bytes
    longest_query: int = 100_000_000  # characters
    most_columns: int = 10_000  # that a subquery may have

    def translate(self, query: str, table: str, heading: Sequence[str] = (), view: str | None = None) -> str:
        """The compiled query over a table, laid out to be read, comments on top; as a view where it is named.

        Raises UsageError with every reason why the dialect can't express it.
        """
        tree = self._translated(query)
        for source in [*tree.find_all(exp.Table)]:
            if source.name == TABLE:
                source.replace(self.table(table))
        statement = tree if view is None else exp.Create(this=self.table(view), kind="VIEW", expression=tree)
        text = "".join(f"-- {line}\n" for line in heading) + self._written(statement) + ";\n"
        if len(text) > self.longest_query:
            raise UsageError(
                f"{self.title} takes a query of {self.longest_query:,} characters, this one has {len(text):,}: "
                "--no-infer makes it much shorter, as does feeding fewer texts"
            )
        return text

    def steps(self, query: str, prefix: str) -> list[tuple[str, str]]:
        """The same query step by step: its named subqueries in order, and last, without a name, what it ends with.

        For engines that keep the steps as relations: the names of all get a prefix. Raises UsageError.
        """
        tree = self._translated(query)
        for relation in tree.find_all(exp.Table):
            relation.set("this", exp.to_identifier(prefix + relation.name, quoted=True))
            relation.set("alias", exp.TableAlias(this=exp.to_identifier(relation.name, quoted=True)))
        layers = tree.args.pop("with_").expressions if tree.args.get("with_") else []
        return [
            *((prefix + str(layer.alias), self._written(layer.this)) for layer in layers),
            ("", self._written(tree)),
        ]

    def expressions(self, text: str) -> list[str]:
        """Expressions over a compiled query, commas between, in this dialect. Raises UsageError."""
        return [self._written(each) for each in self._translated(f"SELECT {text}").expressions]

    def table(self, name: str) -> exp.Table:
        """A table or view by its name in up to three parts, quoted where they are written so. Raises UsageError."""
        if not _TABLE.fullmatch(name):
            raise UsageError(
                f"{name!r} is no name of a table: write it like crm.accounts, or with quotes '\"My Table\"'"
            )
        parts = re.findall(_PART, name)
        for part in parts:
            if part.lower() in RESERVED | self.reserved:
                raise UsageError(
                    f"{name}: {part} is a word of {self.title}'s own; if a table is called so, put it in double quotes"
                )
        found = [exp.to_identifier(part.strip('"`'), quoted=not _PLAIN.fullmatch(part)) for part in parts]
        return exp.Table(**dict(zip(("this", "db", "catalog"), reversed(found), strict=False)))

    def _translated(self, query: str) -> exp.Expr:
        tree = parse_one(query, read="duckdb")
        for cte in tree.find_all(exp.CTE):
            cte.set("materialized", self.materialized)
        if not self.structs:
            without_structs(tree)
        reasons: dict[str, None] = {}
        self._name(tree, reasons)
        tree = self._said(tree, reasons)
        if reasons:
            raise UsageError("\n".join([f"{self.title} can't run these rules as one query:", *reasons]))
        return tree

    def _name(self, tree: exp.Expr, reasons: dict[str, None]) -> None:
        """Shortens names that are too long; those of the result are not ours to change."""
        final = {column.alias_or_name for column in tree.expressions}
        # What the query itself names; a table and its columns are called as they are.
        ours = {named.alias for named in tree.find_all(exp.Alias, exp.CTE)}
        long = sorted(name for name in ours if len(name.encode()) > self.longest_name)
        for name in (each for each in long if each in final):
            longest = f"a column of the result may have {self.longest_name} bytes in its name"
            reasons[f"  {name}: {longest}; give the criterion or scorecard a shorter id"] = None
        new = {
            name: f"{name.encode()[: self.longest_name - 6].decode(errors='ignore')}_{number}"
            for number, name in enumerate(long, 1)
        }
        for identifier in tree.find_all(exp.Identifier) if new else ():
            identifier.set("this", new.get(identifier.name, identifier.name))

    def _said(self, tree: exp.Expr, reasons: dict[str, None]) -> exp.Expr:
        """Every node in the dialect's own terms, the innermost first."""
        for node in [*tree.dfs()][::-1]:
            saying = self.sayings.get(type(node))
            if saying is None:
                continue
            try:
                said = saying(node)
            except RefusedError as refused:
                reasons[f"  {_where(node)}: {refused}"] = None
                continue
            if node is not said:
                node.replace(said)
        reasons.update(dict.fromkeys(self._wide(tree)))
        return tree

    def _wide(self, tree: exp.Expr) -> Iterator[str]:
        count = 0
        for cte in tree.find_all(exp.CTE):
            columns = cte.this.expressions
            kept = isinstance(columns[0], exp.Star)
            count = len(columns) - 1 + count if kept else len(columns)
            if count > self.most_columns:
                yield f"  the step {cte.alias} has {count:,} columns, of which it can hold {self.most_columns:,}"

    def _written(self, statement: exp.Expr) -> str:
        try:
            return statement.sql(self.sqlglot, pretty=True, unsupported_level=ErrorLevel.RAISE)
        except UnsupportedError as error:
            raise UsageError(f"{self.title} can't run these rules as one query: {error}") from None


def _where(node: exp.Expr) -> str:
    """The column in which something stands."""
    column = node.find_ancestor(exp.Alias)
    return column.alias if column is not None else "the query"
