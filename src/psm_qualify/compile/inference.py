"""Lowers inferences to SQL: from raw texts to what each field is read from, its own cell or what was inferred.

`told` holds the few records in whose texts some pattern is found, or whose people are known. Candidates come from it,
the first that can be read is what is inferred, and `facts` puts it where a field's own cell says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from psm_qualify.compile import cells, scan
from psm_qualify.compile.query import POSITION, distinct_read
from psm_qualify.compile.sql import Column, Names, literal, name, select, with_layers
from psm_qualify.rules import patterns
from psm_qualify.rules.inference import CAUGHT, SENTENCE_END, AtMost, FromContacts, FromText, Inference, in_order
from psm_qualify.rules.pack import Pack

_TOGETHER = 8_000  # signs of patterns that are looked for at once: with more, the matcher runs out of its memory
PEOPLE, TOLD, TITLES = "people_of", "told", "titles"
"""Tables and a column: job titles by position, the records to look at, the job titles of each."""


@dataclass(frozen=True)
class Inferences:
    """The inferences that have something to look at, by field, over the table `cells`."""

    pack: Pack
    names: Names
    rules: Mapping[str, Sequence[Inference]]
    columns: frozenset[str]  # the fields that have a column
    commas: Mapping[str, Sequence[int]]  # the tables in which a field writes decimal commas

    # -- from texts and people ---------------------------------------------------------------------------------

    @cached_property
    def searching(self) -> tuple[str, ...]:
        """The fields with inferences from texts or people."""
        return tuple(field for field in self.rules if self._candidates_of(field))

    @property
    def told(self) -> str:
        """The records to look at: their texts as patterns search them, job titles, the fields' own texts."""
        columns = [Column(POSITION, f"cells.{name(POSITION)}")]
        columns += [Column(self._searched(source), cells.clean(self._cell(source))) for source in self._sources]
        columns += [Column(self._own(field), self._cell(field)) for field in self.searching if field in self.columns]
        inner = select([*columns, *self._title_column], self._from_people, keep=False)
        wanted = [self._any_pattern(source) for source in self._sources]
        wanted += [f"{TITLES} IS NOT NULL"] * bool(self._title_column)
        return f"SELECT * FROM (\n{inner}\n)\nWHERE {' OR '.join(wanted)}"

    def inferred(self, field: str) -> str:
        """Statements that make the table of what is inferred for a field: of each record the first candidate that can
        be read. They read the table `told`."""
        candidates, readable = (name(f"{self.names[field]}__{title}") for title in ("candidates", "readable"))
        texts = f"SELECT DISTINCT raw FROM {candidates}"
        reader, layers = distinct_read(self.names[field], self.pack.fields[field], texts)
        sound = f"NOT {name(reader.blank)} AND NOT {name(reader.odd)}"
        tables = {
            candidates: self._candidates(field),
            # Not as a layer of the next: its condition would be moved into each of the reader's, and they grow by that.
            readable: with_layers(layers, f"SELECT raw, {sound} AS sound FROM {name(layers[-1][0])}"),
            name(self.inferred_name(field)): f"SELECT {name(POSITION)}, arg_min(raw, number) AS raw FROM {candidates}\n"
            f"JOIN (SELECT raw FROM {readable} WHERE sound) USING (raw) GROUP BY {name(POSITION)}",
        }
        return ";\n".join(f"CREATE OR REPLACE TABLE {table} AS\n{query}" for table, query in tables.items())

    def inferred_name(self, field: str) -> str:
        """The table that holds what was inferred for a field."""
        return f"{self.names[field]}__inferred"

    def _candidates(self, field: str) -> str:
        """What a field could be read from: one row a text, with its position and its number in order."""
        parts = self._candidates_of(field)
        texts = ", ".join(f"CASE WHEN {found} THEN {text} END" for found, text in parts)
        some = " OR ".join(dict.fromkeys(self._any_of_field(field)))
        listed = (
            f"SELECT {name(POSITION)}, list_filter([{texts}], lambda text: text IS NOT NULL) AS texts\n"
            f"FROM {TOLD} WHERE {self._own_is_blank(field, name(self._own(field)))} AND ({some})"
        )
        columns = f"{name(POSITION)}, unnest(texts) AS raw, generate_subscripts(texts, 1) AS number"
        return f"SELECT {columns}\nFROM (\n{listed}\n)"

    @property
    def _sources(self) -> tuple[str, ...]:
        rules = [rule for field in self.rules for rule in self.rules[field] if isinstance(rule, FromText)]
        return tuple(dict.fromkeys(source for rule in rules for source in rule.sources if source in self.columns))

    def _any_pattern(self, source: str) -> str:
        """Whether some pattern is found in a text: most records hold none, and are done with."""
        rules = [rule for field in self.rules for rule in self.rules[field] if isinstance(rule, FromText)]
        return _any_found(name(self._searched(source)), [_anywhere(rule) for rule in rules if source in rule.sources])

    def _any_of_field(self, field: str) -> list[str]:
        found = []
        for source in self._sources:
            rules = [rule for rule in self.rules[field] if isinstance(rule, FromText) and source in rule.sources]
            if rules:
                found.append(_any_found(name(self._searched(source)), [_anywhere(rule) for rule in rules]))
        contacts = any(isinstance(rule, FromContacts) for rule in self.rules[field])
        return [*found, *([f"{TITLES} IS NOT NULL"] if contacts else [])]

    def _candidates_of(self, field: str) -> list[tuple[str, str]]:
        """For each candidate whether there is one, and its text; in order."""
        found: list[tuple[str, str]] = []
        for rule in in_order(self.rules[field]):
            if isinstance(rule, FromText):
                sources = [name(self._searched(source)) for source in rule.sources if source in self.columns]
                found += [_from_text(rule, source) for source in sources]
            elif isinstance(rule, FromContacts):
                found.append(_from_contacts(rule))
        return found

    @property
    def _title_column(self) -> list[Column]:
        contacts = any(isinstance(rule, FromContacts) for field in self.rules for rule in self.rules[field])
        return [Column(TITLES, f"{PEOPLE}.{TITLES}")] if contacts else []

    @property
    def _from_people(self) -> str:
        join = f"cells LEFT JOIN {PEOPLE} ON cells.{name(POSITION)} = {PEOPLE}.{name(POSITION)}"
        return join if self._title_column else "cells"

    def _searched(self, source: str) -> str:
        return f"{self.names[source]}__searched"

    def _own(self, field: str) -> str:
        return f"{self.names[field]}__own"

    def _own_is_blank(self, field: str, own: str) -> str:
        return cells.says_nothing(own, self.pack.fields[field].reader) if field in self.columns else "TRUE"

    # -- bounds ------------------------------------------------------------------------------------------------

    @property
    def bounding(self) -> tuple[str, ...]:
        """The fields that bound another one."""
        rules = (rule for field in self.rules for rule in self.rules[field] if isinstance(rule, AtMost))
        return tuple(dict.fromkeys(rule.field for rule in rules))

    def bounds(self, field: str) -> str:
        """What each distinct text of a bounding field says of the other: `at most …`, where it has an upper end."""
        texts = f"SELECT DISTINCT {self._cell(field)} AS raw FROM cells"
        _, layers = distinct_read(self.names[field], self.pack.fields[field], texts)
        high = name(f"{self.names[field]}__high")
        bound = f"'at most ' || CAST({high} AS VARCHAR)"
        final = select([Column("raw", name("raw")), Column("bound", bound)], name(layers[-1][0]), keep=False)
        return with_layers(layers, f"{final}\nWHERE {high} IS NOT NULL")

    def bounds_name(self, field: str) -> str:
        """The table that holds the bounds that a field makes."""
        return f"{self.names[field]}__bounds"

    # -- what fields are read from -----------------------------------------------------------------------------

    @property
    def changed(self) -> frozenset[str]:
        """The fields that may be read from something else than their cells."""
        return frozenset((*self.rules, *self.commas))

    @property
    def facts(self) -> str:
        """Every record with its position, and the text that each field is read from."""
        inferred = {field: name(self.inferred_name(field)) for field in self.searching}
        bounds = {field: name(self.bounds_name(field)) for field in self.bounding}
        joins = [
            f"LEFT JOIN {table} ON {table}.{name(POSITION)} = cells.{name(POSITION)}" for table in inferred.values()
        ]
        joins += [f"LEFT JOIN {table} ON {table}.raw = {self._cell(field)}" for field, table in bounds.items()]
        replaced = []
        for field in sorted(self.changed):
            own = self._cell(field)
            parts = [f"{inferred[field]}.raw"] if field in inferred else []
            parts += [
                f"CASE WHEN {self._own_is_blank(field, own)} THEN {bounds[rule.field]}.bound END"
                for rule in self.rules.get(field, ())
                if isinstance(rule, AtMost)
            ]
            text = f"coalesce({', '.join([*parts, own])})" if parts else own
            replaced.append(f"{text} AS {name(self.names[field])}")
        columns = f"cells.* REPLACE ({', '.join(replaced)})" if replaced else "cells.*"
        return "\n".join([f"SELECT {columns}", "FROM cells", *joins])

    def _cell(self, field: str) -> str:
        """A field's own text, decimal commas as points."""
        raw = f"cells.{name(self.names[field])}"
        tables = self.commas.get(field, ())
        if not tables:
            return raw
        here = " OR ".join(f"{scan.FILE} = {literal(table)}" for table in tables)
        return f"CASE WHEN {here} THEN {swapped(raw)} ELSE {raw} END"


def swapped(raw: str) -> str:
    """A text with decimal commas as points."""
    return f"translate({raw}, '.,', ',.')"


def _any_found(text: str, patterns: Sequence[str]) -> str:
    """Whether one of the patterns is found, several looked for at once."""
    groups: list[str] = []
    for pattern in (f"(?:{pattern})" for pattern in dict.fromkeys(patterns)):
        if groups and len(groups[-1]) + len(pattern) < _TOGETHER:
            groups[-1] += f"|{pattern}"
        else:
            groups.append(pattern)
    return " OR ".join(cells.matches(text, group) for group in groups)


def _anywhere(rule: FromText) -> str:
    """A pattern that is found in every text in which the rule finds something."""
    return rule.pattern if rule.unless is None else patterns.within(rule.pattern, SENTENCE_END)


def _from_text(rule: FromText, source: str) -> tuple[str, str]:
    if rule.unless is None:
        return cells.matches(source, rule.pattern), value(rule, source)
    sentence = first_sentence(rule, sentences(source))
    return f"{cells.matches(source, _anywhere(rule))} AND {sentence} IS NOT NULL", value(rule, sentence)


def sentences(searched: str) -> str:
    """The sentences of a text, as an array."""
    return f"regexp_split_to_array({searched}, {literal(SENTENCE_END)})"


def first_sentence(rule: FromText, sentences: str) -> str:
    """The first sentence in which the pattern is found and nothing that spoils it."""
    assert rule.unless is not None
    sound = f"{cells.matches('part', rule.pattern)} AND NOT {cells.matches('part', rule.unless)}"
    return f"list_filter({sentences}, lambda part: {sound})[1]"


def value(rule: FromText, source: str) -> str:
    """The value of an inference, with what its groups caught."""
    parts, at = [], 0
    for caught in CAUGHT.finditer(rule.value):
        if caught.start() > at:
            parts.append(literal(rule.value[at : caught.start()]))
        parts.append(f"regexp_extract({source}, {literal(rule.pattern)}, {int(caught[1])}, 'i')")
        at = caught.end()
    if at < len(rule.value):
        parts.append(literal(rule.value[at:]))
    return " || ".join(parts)


def _from_contacts(rule: FromContacts) -> tuple[str, str]:
    count = f"len(list_filter({TITLES}, lambda title: {cells.matches(cells.clean('title'), rule.pattern)}))"
    if rule.value is not None:
        return f"{count} > 0", literal(rule.value)
    if rule.exact:
        return f"{TITLES} IS NOT NULL", f"CAST({count} AS VARCHAR)"
    return f"{count} > 0", f"CAST({count} AS VARCHAR) || '+'"
