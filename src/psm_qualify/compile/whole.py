"""A pack as one query over a named table: raw columns in, one row a prospect out, as in a flat export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from psm_qualify.compile import ranking
from psm_qualify.compile.inline import InlineInferences
from psm_qualify.compile.query import Query
from psm_qualify.compile.sql import Column, literal, name, select, with_layers
from psm_qualify.rules.inference import AtMost, FromText, Inference
from psm_qualify.rules.pack import Pack


@dataclass(frozen=True)
class WholeQuery:
    """A pack over a table whose columns feed some fields.

    `commas` are the fields that write a decimal comma. What only a contact list could tell stays unknown.
    """

    pack: Pack
    columns: Mapping[str, str]  # field -> the table's column
    infer: bool = True
    commas: frozenset[str] = frozenset()

    @cached_property
    def query(self) -> Query:
        """The compiled form of the pack over the fields that may have a value."""
        return Query(
            self.pack, tuple(field for field in self.pack.fields if field in self.columns or self._rules[field])
        )

    @cached_property
    def _rules(self) -> Mapping[str, Sequence[Inference]]:
        return {
            field.id: [rule for rule in field.infer if self.infer and self._can_look(rule)]
            for field in self.pack.fields.values()
        }

    def _can_look(self, rule: Inference) -> bool:
        if isinstance(rule, FromText):
            return not self.columns.keys().isdisjoint(rule.sources)
        return isinstance(rule, AtMost) and rule.field in self.columns

    def scored(self, table: str, extra: Sequence[Column] = ()) -> list[tuple[str, str]]:
        """Layers over a relation (SQL): the last, `scored`, has one row a prospect, as `compile/ranking.py` reads it,
        and `extra` columns of the layers below."""
        layers = [("source", select(self._cells, table, keep=False))]
        rules = {field: rules for field, rules in self._rules.items() if rules}
        if rules:
            layers += InlineInferences(self.query, rules, frozenset(self.columns)).layers("source")
        layers = self.query.judging(layers)
        return [*layers, ("scored", select([*self.query.judgement, *extra], name(layers[-1][0]), keep=False))]

    def export(self, table: str, ranked: bool, ordered: bool = False) -> str:
        """The query: the columns of a flat export, which say who a prospect is under the names of the fields.

        Ranks need a field `id`, by which prospects that are alike otherwise are put in order.
        """
        layers = self.scored(table)
        if ranked:
            order = ranking.order(self.query, name("who__id"))
            rank = Column(ranking.RANK, f"row_number() OVER (ORDER BY {order})")
            layers.append(("ranked", select([rank], name("scored"))))
        columns = [Column(field, name(f"who__{field}")) for field in self.query.carried]
        columns += [Column("psm_rank", name(ranking.RANK))] * ranked
        columns += ranking.judged(self.query, columns)
        final = select(columns, name(layers[-1][0]), keep=False)
        return with_layers(layers, f"{final}\nORDER BY {name(ranking.RANK)}" if ranked and ordered else final)

    @property
    def _cells(self) -> list[Column]:
        """Each field's raw text."""
        return [
            Column(self.query.names[field], self._cell(field)) for field in self.query.mapped if field in self.columns
        ]

    def _cell(self, field: str) -> str:
        text = f"CAST({name(self.columns[field])} AS VARCHAR)"
        return f"translate({text}, {literal('.,')}, {literal(',.')})" if field in self.commas else text
