"""Lowers inferences to columns of the record itself: no joins, so that one query can hold them.

The meaning is that of `compile/inference.py`, which looks through a whole list more quickly, in tables of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from psm_qualify.compile import cells
from psm_qualify.compile.inference import first_sentence, sentences, value
from psm_qualify.compile.query import Query, abreast, chain
from psm_qualify.compile.sql import Column, name, select
from psm_qualify.rules.inference import AtMost, FromText, Inference, in_order


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A text that a field could be read from: the column that holds it, and the rule that finds it."""

    field: str
    column: str
    rule: Inference
    source: str  # the column that is searched, or the upper end of the other number


@dataclass(frozen=True)
class InlineInferences:
    """The inferences that have something to look at, by field, over a relation of raw texts under their SQL names."""

    query: Query
    rules: Mapping[str, Sequence[Inference]]
    columns: frozenset[str]  # the fields that have a column
    carried: Sequence[Column] = ()  # what goes through as it is

    def layers(self, source: str) -> list[tuple[str, str]]:
        """Layers over the relation `source`; the last has the text that each field is read from."""
        found = chain(source, self._bounding, "bounding")
        steps = {
            "searched": self._searched,
            "split": self._split,
            "sentences": self._sentences,
            "candidates": self._texts,
        }
        for title, columns in steps.items():
            if columns:
                found.append((title, select(columns, name(_last(found, source)))))
        found += chain(_last(found, source), self._readings, "candidates_read")
        return [*found, ("facts", select(self._facts, name(_last(found, source)), keep=False))]

    @cached_property
    def _candidates(self) -> tuple[_Candidate, ...]:
        found = []
        for field, rules in self.rules.items():
            texts = [(rule, source) for rule in in_order(rules) for source in self._looked_at(rule)]
            for number, (rule, source) in enumerate(texts, 1):
                found.append(_Candidate(field, f"{self.query.names[field]}__candidate_{number}", rule, source))
        return tuple(found)

    def _looked_at(self, rule: Inference) -> Iterator[str]:
        """The columns in which a rule looks."""
        if isinstance(rule, FromText):
            yield from (f"{self.query.names[source]}__searched" for source in rule.sources if source in self.columns)
        elif isinstance(rule, AtMost):
            yield f"{self.query.names[rule.field]}__high"

    @property
    def _bounding(self) -> list[cells.Layer]:
        """How the fields are read that bound another one."""
        fields = dict.fromkeys(one.rule.field for one in self._candidates if isinstance(one.rule, AtMost))
        return abreast(self._reading(self.query.names[field], field) for field in fields)

    @property
    def _searched(self) -> list[Column]:
        rules = [one.rule for one in self._candidates if isinstance(one.rule, FromText)]
        fields = dict.fromkeys(field for rule in rules for field in rule.sources if field in self.columns)
        return [
            Column(f"{self.query.names[field]}__searched", cells.clean(name(self.query.names[field])))
            for field in fields
        ]

    @property
    def _sentences(self) -> list[Column]:
        """The first sentence in which a pattern is found and nothing that spoils it."""
        return [
            Column(f"{one.column}__sentence", first_sentence(one.rule, name(f"{one.source}__sentences")))
            for one in self._candidates
            if isinstance(one.rule, FromText) and one.rule.unless is not None
        ]

    @property
    def _split(self) -> list[Column]:
        searched = dict.fromkeys(
            one.source for one in self._candidates if isinstance(one.rule, FromText) and one.rule.unless is not None
        )
        return [Column(f"{source}__sentences", sentences(name(source))) for source in searched]

    @property
    def _texts(self) -> list[Column]:
        return [Column(one.column, f"CASE WHEN {self._open(one)} THEN {_text(one)} END") for one in self._candidates]

    def _open(self, one: _Candidate) -> str:
        """Whether there is something to be inferred, and a text to infer it from."""
        parts = []
        if one.field in self.columns:
            reader = self.query.pack.fields[one.field].reader
            parts.append(cells.says_nothing(name(self.query.names[one.field]), reader))
        if isinstance(one.rule, AtMost):
            parts.append(f"{name(one.source)} IS NOT NULL")
        elif isinstance(one.rule, FromText) and one.rule.unless is not None:
            parts.append(f"{name(one.column + '__sentence')} IS NOT NULL")
        elif isinstance(one.rule, FromText):
            parts.append(cells.matches(name(one.source), one.rule.pattern))
        return " AND ".join(parts)

    @property
    def _readings(self) -> list[cells.Layer]:
        """How the candidates are read of which it can't be told beforehand whether they can be."""
        return abreast(self._reading(one.column, one.field) for one in self._candidates if _varies(one.rule))

    def _reading(self, column: str, field: str) -> Sequence[cells.Layer]:
        return cells.lower(column, name(column), self.query.pack.fields[field].reader).layers

    @property
    def _facts(self) -> list[Column]:
        """For each field the first candidate that can be read, else its own text."""
        columns = [*self.carried]
        for field in self.query.mapped:
            own = name(self.query.names[field]) if field in self.columns else "CAST(NULL AS VARCHAR)"
            whens = [f"WHEN {found} THEN {text}" for found, text in self._usable(field)]
            text = f"CASE {' '.join(whens)} ELSE {own} END" if whens else own
            columns.append(Column(self.query.names[field], text))
        return columns

    def _usable(self, field: str) -> Iterator[tuple[str, str]]:
        reader = self.query.pack.fields[field].reader
        for one in (each for each in self._candidates if each.field == field):
            found = f"{name(one.column)} IS NOT NULL"
            if _varies(one.rule):
                lowered = cells.lower(one.column, name(one.column), reader)
                yield f"{found} AND NOT {name(lowered.blank)} AND NOT {name(lowered.odd)}", name(one.column)
            elif not isinstance(one.rule, FromText) or reader.read(one.rule.value).value is not None:
                yield found, name(one.column)


def _last(layers: Sequence[tuple[str, str]], source: str) -> str:
    return layers[-1][0] if layers else source


def _varies(rule: Inference) -> bool:
    """Whether what a rule yields depends on the text."""
    return isinstance(rule, FromText) and bool(rule.groups)


def _text(one: _Candidate) -> str:
    if isinstance(one.rule, FromText):
        return value(one.rule, name(one.source if one.rule.unless is None else f"{one.column}__sentence"))
    return f"'at most ' || CAST({name(one.source)} AS VARCHAR)"
