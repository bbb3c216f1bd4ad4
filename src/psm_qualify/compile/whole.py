"""A pack as one query over a named table: raw columns in, one row a prospect out, as in a flat export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from psm_qualify.compile import ranking
from psm_qualify.compile.inference import swapped
from psm_qualify.compile.inline import InlineInferences
from psm_qualify.compile.query import ODD, Query
from psm_qualify.compile.sql import Column, name, select, with_layers
from psm_qualify.rules.inference import Inference, can_look
from psm_qualify.rules.pack import Pack

SCORED, RANKED = "scored", "ranked"
"""The relations that hold one row a prospect, without its rank and with it."""
ID = "who__id"
"""What orders prospects that are alike otherwise, where a table has no order."""


@dataclass(frozen=True)
class WholeQuery:
    """A pack over a table whose columns feed some fields.

    `commas` says for fields that write a decimal comma in which rows they do (SQL). What only a contact list could
    tell stays unknown. `carried` are columns of the table that go through to `scored` as they are.
    """

    pack: Pack
    columns: Mapping[str, str]  # field -> the table's column
    infer: bool = True
    commas: Mapping[str, str] = field(default_factory=dict)
    carried: tuple[str, ...] = ()

    @cached_property
    def query(self) -> Query:
        """The compiled form of the pack over the fields that may have a value."""
        fields = (field for field in self.pack.fields if field in self.columns or self._rules[field])
        return Query(self.pack, tuple(fields))

    def scored(self, table: str) -> list[tuple[str, str]]:
        """Layers over a relation (SQL). The last is `scored`, as `compile/ranking.py` reads it, and what is carried."""
        carried = [Column(column, name(column)) for column in self.carried]
        layers = [("source", select([*carried, *self._cells], table, keep=False))]
        rules = {field: rules for field, rules in self._rules.items() if rules}
        if rules:
            layers += InlineInferences(self.query, rules, frozenset(self.columns), carried).layers("source")
        layers = self.query.judging(self.query.reading(layers, self.query.read))
        result = [*carried, *self.query.who, *self.query.judgement, *([Column(ODD, self.query.odd)] if carried else [])]
        return [*layers, (SCORED, select(result, name(layers[-1][0]), keep=False))]

    def ranked(self) -> str:
        """The relation `ranked` over `scored`. Needs a field `id`, which orders prospects that are alike otherwise."""
        order = ranking.order(self.query, name(ID))
        return select([Column(ranking.RANK, f"row_number() OVER (ORDER BY {order})")], name(SCORED))

    def export(self, ranked: bool, safe: bool = False) -> str:
        """The columns of a flat export over `scored` or `ranked`; who a prospect is stands under the fields' names.

        `safe`: as a spreadsheet may read them, with no text that it would run.
        """
        guard = ranking.formula_safe if safe else str
        columns = [Column(field, guard(name(f"who__{field}"))) for field in self.query.carried]
        columns += [Column(ranking.RANK_HEADER, name(ranking.RANK))] * ranked
        columns += ranking.judged(self.query, [column.name for column in columns])
        return select(columns, name(RANKED if ranked else SCORED), keep=False)

    def statement(self, table: str, ranked: bool, ordered: bool = False) -> str:
        """The whole as one query."""
        layers = self.scored(table)
        if ranked:
            layers.append((RANKED, self.ranked()))
        order = f"\nORDER BY {name(ranking.RANK)}" if ranked and ordered else ""
        return with_layers(layers, self.export(ranked) + order)

    @cached_property
    def _rules(self) -> Mapping[str, Sequence[Inference]]:
        return {
            field.id: [rule for rule in field.infer if self.infer and can_look(rule, self.columns.keys(), people=False)]
            for field in self.pack.fields.values()
        }

    @property
    def _cells(self) -> list[Column]:
        """Each field's raw text."""
        fields = (field for field in self.query.mapped if field in self.columns)
        return [Column(self.query.names[field], self._cell(field)) for field in fields]

    def _cell(self, field: str) -> str:
        text = f"CAST({name(self.columns[field])} AS VARCHAR)"
        if field not in self.commas:
            return text
        return f"CASE WHEN {self.commas[field]} THEN {swapped(text)} ELSE {text} END"


def unordered(pack: Pack) -> str:
    """Why there can be no ranks, and what to do."""
    why = "a table has no order of its own, so ranks need a field `id` that orders prospects which are alike"
    if "id" not in pack.fields:
        return f"{why}; the pack has none: add `id: {{type: text}}` to its fields, or --no-rank"
    return f"{why}; name its column with --map id=COLUMN, or leave ranks out with --no-rank"
